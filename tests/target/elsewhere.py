"""An Ottu that is not the harness's: a sandbox started by hand, behind a proxy."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[2]
PROXY = Path(__file__).with_name("proxy.py")
GATEWAYS = Path(__file__).with_name("gateways.toml")

OPEN = {"created", "pending", "attempted"}

#: A scenario of a project of its own, begun: it makes a session, for the order DH-ONE. What goes
#: on inside the block is for who uses it to add.
ORDERING = """
from harness.api import CheckoutAPI
from harness.plugin import DEALINGS, TARGET

@flow("card/paid")
def test_it(pytestconfig):
    target, guard = pytestconfig.stash[TARGET], pytestconfig.stash[DEALINGS].guard()
    order = dict(type="e_commerce", amount="12.500", currency_code="KWD", pg_codes=["ottu-sandbox"])
    with CheckoutAPI(target.base_url, target.api_key, guard=guard) as api:
        api.create(**order, order_no="DH-ONE")
"""


@dataclass
class Elsewhere:
    """The proxied target; `direct` is the sandbox behind it, for the test alone."""

    direct: str
    keys: Mapping[str, str]
    address: str
    proxy: subprocess.Popen[str]

    @property
    def settings(self) -> dict[str, str]:
        """The environment that names it."""
        return {
            "OTTU_BASE_URL": self.address,
            "OTTU_API_KEY": self.keys["api_key"],
            "OTTU_PUBLIC_KEY": self.keys["public_key"],
            "OTTU_HMAC_KEY": self.keys["hmac_key"],
            "OTTU_SDK_URL": f"{self.address}/checkout/v3/checkout.min.js",
        }

    def states(self, sessions: list[str]) -> dict[str, str]:
        """What the sandbox itself says of these sessions."""
        return {
            each: self._ask("GET", f"/b/checkout/v1/pymt-txn/{each}/")["state"] for each in sessions
        }

    def still_open(self, reports: Path) -> dict[str, str]:
        """Sessions of a run that somebody could still pay."""
        states = self.states(made(reports))
        return {session: state for session, state in states.items() if state in OPEN}

    def order_of(self, session: str) -> str:
        """The number of the order that a session is for."""
        order: str = self._ask("GET", f"/b/checkout/v1/pymt-txn/{session}/")["order_no"]
        return order

    def state_of_order(self, order_no: str) -> str:
        """What the sandbox itself says of an order."""
        state: str = self._ask("POST", "/b/pbl/v2/inquiry/", {"order_no": order_no})["state"]
        return state

    def turn_clock(self, seconds: int) -> None:
        """Turn the sandbox's clock."""
        self._ask("POST", "/_sandbox/clock", {"advance_s": seconds})

    def restart_proxy(self, *options: str) -> None:
        """Another proxy at the same address, when this one has died."""
        self.proxy.communicate(timeout=60)
        port = self.address.rpartition(":")[2]
        self.proxy = started(str(PROXY), self.direct, "--port", port, *options)
        assert first_line(self.proxy).strip() == self.address

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Api-Key {self.keys['api_key']}"}

    def _ask(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401
        answer = httpx.request(
            method, self.direct + path, json=body, headers=self._headers, trust_env=False
        )
        assert answer.is_success, answer.text
        return answer.json()


@contextmanager
def elsewhere(sandbox: tuple[str, ...] = (), proxy: tuple[str, ...] = ()) -> Iterator[Elsewhere]:
    """A sandbox with these options, behind a proxy with those."""
    with started("-m", "harness.sandbox", *sandbox) as behind:
        keys = json.loads(first_line(behind))
        front = started(str(PROXY), keys["url"], *proxy)
        target = Elsewhere(keys["url"], keys, first_line(front).strip(), front)
        try:
            yield target
        finally:
            for process in (target.proxy, behind):
                process.terminate()
            target.proxy.communicate()


def started(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, f"{process.args!r} said nothing and ended with {process.poll()}"
    return line


def start_run(target: Elsewhere, reports: Path, *arguments: str) -> subprocess.Popen[str]:
    """`harness run` on that target."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OTTU_")}
    return subprocess.Popen(
        [sys.executable, "-m", "harness", "run", f"--reports={reports}", "--no-report", *arguments],
        cwd=ROOT,
        env=kept | target.settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def verdict(reports: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((reports / "verdict.json").read_text())
    return content


def journal(reports: Path) -> list[dict[str, Any]]:
    """The run's own record of its sessions."""
    lines = (reports / "sessions.jsonl").read_text().split("\n")
    return [json.loads(line) for line in lines if line]


def made(reports: Path) -> list[str]:
    """The sessions that a run made."""
    return [line["session_id"] for line in journal(reports) if line["step"] == "made"]
