"""How fast the sandbox is, beside localstripe on the same machine in the same run.

    .venv/bin/python benchmarks/sandbox.py [--quick] [--write]

Makes a virtual environment of its own for localstripe. ``--write`` puts the table into
docs/performance-sandbox.md. The load comes from one process with raw sockets, since a comfortable
client would be slower than what it measures.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import http.server
import json
import os
import platform
import queue
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
import venv
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
RESULT = ROOT / "docs" / "performance-sandbox.md"
PLACE = Path(tempfile.gettempdir()) / "sandbox-benchmark-localstripe"
LOCALSTRIPE = "localstripe==1.15"
CONNECTIONS = 8
STARTS = 15
# Both start from compiled modules, also where the shell forbids Python to keep them.
COMPILED = {name: it for name, it in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
ORDER = {
    "amount": "12.500",
    "currency_code": "KWD",
    "pg_codes": ["ottu-sandbox", "knet-sandbox"],
    "type": "e_commerce",
    "order_no": "A-1",
    "customer_id": "c1",
    "customer_email": "fatima@example.com",
    "customer_phone": "+96550000000",
    "customer_first_name": "Fatima",
    "customer_last_name": "Salem",
    "billing_address": {"line1": "Street 1", "city": "Kuwait", "country": "KW"},
    "redirect_url": "https://merchant.example/return",
    "webhook_url": "https://merchant.example/webhook",
}
INTENT = b"amount=12500&currency=kwd&metadata[order]=A-1"


@dataclass(frozen=True)
class Load:
    """What came of many requests: times in seconds."""

    times: list[float]
    elapsed: float

    @property
    def rate(self) -> float:
        return len(self.times) / self.elapsed

    def at(self, percent: int) -> float:
        """The percentile in milliseconds."""
        return statistics.quantiles(self.times, n=100)[percent - 1] * 1000


def request(path: str, key: str, body: bytes, kind: str) -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: {key}\r\n"
        f"content-type: {kind}\r\ncontent-length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def _drive(port: int, raw: bytes, count: int, connections: int) -> Load:
    times: list[float] = []
    left = count

    async def one() -> None:
        nonlocal left
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
        while left > 0:
            left -= 1
            started = time.perf_counter()
            writer.write(raw)
            head = await reader.readuntil(b"\r\n\r\n")
            if head[9:11] != b"20":
                raise SystemExit(f"The server answered {head[:60]!r}.")
            at = head.lower().index(b"content-length:") + 15
            await reader.readexactly(int(head[at : head.index(b"\r", at)]))
            times.append(time.perf_counter() - started)
        writer.close()

    started = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(connections)))
    return Load(times, time.perf_counter() - started)


def drive(port: int, raw: bytes, count: int, connections: int = CONNECTIONS) -> Load:
    """Send the same request that often over that many connections."""
    gc.collect()
    with asyncio.Runner(loop_factory=_loop) as runner:
        return runner.run(_drive(port, raw, count, connections))


def _loop() -> asyncio.AbstractEventLoop:
    import uvloop  # noqa: PLC0415 -- only where the load is made

    return uvloop.new_event_loop()


def cpu(pid: int) -> float:
    """CPU seconds a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> float:
    """Resident memory of a process in MiB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


class Sandbox:
    """The sandbox as a process; ``first_answer`` is the time from its start to that."""

    name = "sandbox"

    def __init__(self) -> None:
        started = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "harness.sandbox"],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=COMPILED,
        )
        assert self.process.stdout is not None
        self.ready: dict[str, Any] = json.loads(self.process.stdout.readline())
        self.port = int(self.ready["url"].rpartition(":")[2])
        self.key = f"Api-Key {self.ready['api_key']}"
        self.raw = request(
            "/b/checkout/v1/pymt-txn/", self.key, json.dumps(ORDER).encode(), "application/json"
        )
        drive(self.port, self.raw, 1, 1)
        self.first_answer = time.perf_counter() - started

    def call(self, method: str, path: str, body: Any = None, key: str | None = None) -> Any:
        asked = urllib.request.Request(
            self.ready["url"] + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"authorization": key or self.key, "content-type": "application/json"},
        )
        with urllib.request.urlopen(asked) as answer:
            return json.load(answer)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


class LocalStripe:
    """localstripe as a process."""

    name = "localstripe"

    def __init__(self, python: Path) -> None:
        self.port = 8420 + os.getpid() % 1000
        started = time.perf_counter()
        self.process = subprocess.Popen(
            [str(python), "-m", "localstripe", "--port", str(self.port), "--from-scratch"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=PLACE,
            env=COMPILED,
        )
        self.raw = request(
            "/v1/payment_intents",
            "Bearer sk_test_12345",
            INTENT,
            "application/x-www-form-urlencoded",
        )
        while True:
            try:
                drive(self.port, self.raw, 1, 1)
            except OSError:
                if time.perf_counter() - started > 30:
                    raise SystemExit("localstripe did not start.") from None
                time.sleep(0.005)
            else:
                break
        self.first_answer = time.perf_counter() - started

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


def localstripes_python() -> Path:
    python = PLACE / "bin" / "python"
    if not python.exists():
        venv.create(PLACE, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", LOCALSTRIPE], check=True)
    return python


def measure(server: Sandbox | LocalStripe, count: int) -> dict[str, float]:
    drive(server.port, server.raw, max(200, count // 10))
    before = cpu(server.process.pid)
    load = drive(server.port, server.raw, count)
    used = cpu(server.process.pid) - before
    return {
        "rate": load.rate,
        "p50": load.at(50),
        "p95": load.at(95),
        "p99": load.at(99),
        "cpu": used / count * 1e6,
    }


def webhook_delay(sandbox: Sandbox) -> float:
    """Milliseconds from a payment's state change to its webhook's arrival, the median."""
    heard: queue.Queue[float] = queue.Queue()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.put(time.time())
            self.rfile.read(int(self.headers["content-length"]))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/"
    card = {"number": "411111111111111", "expiry_month": "12", "expiry_year": "39", "cvv": "100"}
    public = f"Api-Key {sandbox.ready['public_key']}"
    delays = []
    for _ in range(30):
        made = sandbox.call("POST", "/b/checkout/v1/pymt-txn/", {**ORDER, "webhook_url": url})
        path = f"/b/checkout/api/sdk/v1/pymt-txn/submit/{made['session_id']}/ottu-sandbox/"
        sandbox.call("POST", path, {"payment_method": "card", "card": card}, public)
        arrived = heard.get(timeout=5)
        entries = sandbox.call("GET", f"/_sandbox/ledger?session_id={made['session_id']}")
        changed = datetime.fromisoformat(entries["entries"][0]["at"]).timestamp()
        delays.append((arrived - changed) * 1000)
    server.shutdown()
    return statistics.median(delays)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="a tenth of the requests")
    parser.add_argument("--write", action="store_true", help=f"write {RESULT.relative_to(ROOT)}")
    asked = parser.parse_args()
    share = 10 if asked.quick else 1

    starts = []
    Sandbox().stop()  # compiles what an earlier start has not
    for _ in range(STARTS):
        server = Sandbox()
        starts.append(server.first_answer)
        server.stop()
    python = localstripes_python()
    LocalStripe(python).stop()
    stripe = LocalStripe(python)
    theirs = measure(stripe, 3_000 // share)
    theirs_memory = memory(stripe.process.pid)
    stripe.stop()

    sandbox = Sandbox()
    time.sleep(1)  # the client for webhooks is made in a quiet moment after the start
    drive(sandbox.port, sandbox.raw, 100)
    small = memory(sandbox.process.pid)
    ours = measure(sandbox, 9_000 // share)
    at_10k = memory(sandbox.process.pid)
    few = Sandbox()
    time.sleep(1)
    drive(few.port, few.raw, 100)
    early = drive(few.port, few.raw, 2_000 // share)
    drive(few.port, few.raw, 48_000 // share)
    late = drive(few.port, few.raw, 2_000 // share)
    at_50k = memory(few.process.pid)
    delay = webhook_delay(few)
    few.stop()
    sandbox.stop()

    start = statistics.median(starts)
    rows = [
        (
            "start to first answer",
            f"{start * 1000:.0f} ms",
            f"{stripe.first_answer * 1000:.0f} ms",
            "≤ 250 ms",
        ),
        (
            f"creates per second, {CONNECTIONS} connections",
            f"{ours['rate']:,.0f}",
            f"{theirs['rate']:,.0f}",
            "≥ 3,000 and 10 times",
        ),
        ("p50", f"{ours['p50']:.2f} ms", f"{theirs['p50']:.2f} ms", ""),
        ("p95", f"{ours['p95']:.2f} ms", f"{theirs['p95']:.2f} ms", "≤ 5 ms"),
        ("p99", f"{ours['p99']:.2f} ms", f"{theirs['p99']:.2f} ms", ""),
        ("CPU per create", f"{ours['cpu']:.0f} µs", f"{theirs['cpu']:.0f} µs", ""),
        ("memory at 100 sessions", f"{small:.0f} MiB", "", ""),
        (
            "memory at 10,000 sessions and their journal",
            f"{at_10k:.0f} MiB",
            f"{theirs_memory:.0f} MiB at 3,300",
            "≤ 150 MiB",
        ),
        ("memory at 50,000", f"{at_50k:.0f} MiB", "", ""),
        (
            "p95 at 50,000 sessions over p95 at 100",
            f"{late.at(95) / early.at(95):.2f}",
            "",
            "≤ 1.5",
        ),
        ("state change to webhook's arrival", f"{delay:.1f} ms", "", "≤ 10 ms"),
    ]
    table = ["| | sandbox | localstripe 1.15 | goal |", "| --- | --- | --- | --- |"]
    table += [f"| {' | '.join(row)} |" for row in rows]
    load = os.getloadavg()[0]
    where = (
        f"Python {platform.python_version()}, {os.cpu_count()} cores which the load generator "
        f"shares, the start the median of {STARTS}, load average {load:.1f} at the end, one server "
        "process each."
    )
    print("\n".join(table) + "\n\n" + where)
    if asked.write:
        text = (
            "# How fast the sandbox is\n\n"
            "From one run of `python benchmarks/sandbox.py --write`. A create has addresses, a\n"
            "customer and two payment methods, and answers with all of them; localstripe creates\n"
            "a payment intent, which is the nearest it has.\n\n"
        )
        RESULT.write_text(text + "\n".join(table) + "\n\n" + where + "\n")


if __name__ == "__main__":
    main()
