"""Runs the scenarios again and again on a loaded machine and a slow line: none may turn red.

`python benchmarks/endurance.py [--runs 1000] [--latency-ms 500] [--burners 1]` counts scenario
runs, not suites. A CPU burner a `--burners` works beside them, and every answer of the sandbox
waits a random time of up to `--latency-ms`. Nothing is rerun. Exit code 0 only when all were
green.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from slow_line import SlowLine

ROOT = Path(__file__).parent.parent


def burn() -> None:
    """Keep a core busy for ever."""
    number = 1
    while True:
        number = number * 1103515245 % 2147483647 or 1


@contextmanager
def burners(count: int) -> Iterator[None]:
    """So many processes that do nothing but take the processor."""
    processes = [multiprocessing.Process(target=burn, daemon=True) for _ in range(count)]
    for process in processes:
        process.start()
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.join()


@contextmanager
def sandbox() -> Iterator[dict[str, str]]:
    """A sandbox of our own; its ready line."""
    command = [sys.executable, "-m", "harness.sandbox"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.terminate()


def suite(environment: dict[str, str], workers: int) -> Counter[str]:
    """Run every scenario once; how many ended how.

    Red ones are named on standard output, and what their run left behind is kept.
    """
    folder = Path(tempfile.mkdtemp(prefix="endurance-"))
    junit = folder / "junit.xml"
    subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "scenarios", "-q"),
            *("-n", str(workers), f"--junitxml={junit}", f"--reports={folder}"),
        ],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        check=False,
    )
    ended: Counter[str] = Counter()
    for case in ET.parse(junit).getroot().iter("testcase"):  # noqa: S314 -- pytest wrote it
        how = next((child.tag for child in case if child.tag in ("failure", "error")), "passed")
        ended["skipped" if case.find("skipped") is not None else how] += 1
        if how != "passed":
            print(f"  {how}: {case.get('name')}")
            print("   ", (case.find(how).get("message") or "")[:400])  # type: ignore[union-attr]
    if set(ended) == {"passed"}:
        shutil.rmtree(folder)
    else:
        print(f"  see {folder}", flush=True)
    return ended


def main() -> int:
    """Run until so many scenarios have run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--latency-ms", type=int, default=500)
    parser.add_argument("--burners", type=int, default=1)
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    ended: Counter[str] = Counter()
    started = time.monotonic()
    with sandbox() as ready, burners(asked.burners):
        host, _, port = ready["merchant_id"].partition(":")
        with SlowLine(host, int(port), asked.latency_ms / 1000, asked.seed) as line:
            address = f"127.0.0.1:{line.port}"
            environment = {
                **os.environ,
                "OTTU_BASE_URL": f"http://{address}",
                "OTTU_MERCHANT_ID": address,
                "OTTU_SDK_URL": f"http://{address}/checkout/v3/checkout.min.js",
                "OTTU_API_KEY": ready["api_key"],
                "OTTU_PUBLIC_KEY": ready["public_key"],
                "OTTU_HMAC_KEY": ready["hmac_key"],
            }
            while ended.total() < asked.runs:
                ended += suite(environment, asked.workers)
                spent = time.monotonic() - started
                print(f"{ended.total()} runs in {spent:.0f} s: {dict(ended)}", flush=True)
            print(f"{line.answers} answers waited 0 to {asked.latency_ms} ms")
    return 0 if set(ended) == {"passed"} else 1


if __name__ == "__main__":
    sys.exit(main())
