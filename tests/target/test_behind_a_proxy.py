"""The target is a setting: a sandbox started by hand, behind a proxy that hides its powers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PROXY = Path(__file__).with_name("proxy.py")

#: One scenario that every target can run, and one for each of the ways a power is needed.
CHOSEN = "test_a_card_pays or test_a_closed_challenge_cancels or test_a_session"


@pytest.fixture
def target() -> Iterator[dict[str, str]]:
    """The environment that names a proxied sandbox with keys of its own."""
    with _started("-m", "harness.sandbox") as sandbox:
        keys = json.loads(_first_line(sandbox))
        with _started(str(PROXY), keys["url"]) as proxy:
            address = _first_line(proxy).strip()
            yield {
                "OTTU_BASE_URL": address,
                "OTTU_API_KEY": keys["api_key"],
                "OTTU_PUBLIC_KEY": keys["public_key"],
                "OTTU_HMAC_KEY": keys["hmac_key"],
                "OTTU_SDK_URL": f"{address}/checkout/v3/checkout.min.js",
            }
            proxy.terminate()
        sandbox.terminate()


def _started(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def _first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, f"{process.args!r} said nothing and ended with {process.poll()}"
    return line


def test_scenarios_run_unchanged_on_a_target_without_powers(
    target: dict[str, str], tmp_path: Path
) -> None:
    """What needs no capability passes behind the proxy; the rest is skipped, and says why."""
    done = subprocess.run(
        [sys.executable, "-m", "harness", "run", "-k", CHOSEN, "--reports", str(tmp_path)],
        cwd=ROOT,
        env=os.environ | target,
        capture_output=True,
        text=True,
        check=False,
    )

    verdict: dict[str, Any] = json.loads((tmp_path / "verdict.json").read_text())
    assert done.returncode == 0, done.stdout
    assert verdict["target"]["capabilities"] == []
    assert verdict["counts"]["failed"] == verdict["counts"]["broken"] == 0
    by_name = {each["id"].rpartition("::")[2]: each for each in verdict["scenarios"]}
    assert by_name["test_a_card_pays[chromium]"]["status"] == "passed"
    assert by_name["test_a_closed_challenge_cancels[chromium]"]["status"] == "passed"
    skipped = by_name["test_a_session_runs_out_under_the_customers_eyes[chromium]"]
    assert skipped["status"] == "skipped"
    assert "clock" in skipped["reason"]
    everything = "".join(
        path.read_text(errors="replace") for path in tmp_path.rglob("*") if path.is_file()
    )
    assert target["OTTU_API_KEY"] not in everything
    assert target["OTTU_HMAC_KEY"] not in everything
