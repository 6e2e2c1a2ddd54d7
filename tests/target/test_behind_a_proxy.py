"""The target is a setting: a sandbox started by hand, behind a proxy that hides its powers."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.target.elsewhere import GATEWAYS, Elsewhere, elsewhere, journal, start_run, verdict

#: One scenario that every target can run, one for a way in which a power is needed, one whose
#: gateway is another's here, and one that leaves its session unpaid.
CHOSEN = (
    "test_a_card_pays or test_a_closed_challenge_cancels or test_a_session_runs_out "
    "or test_knet_pays"
)


@pytest.fixture
def target() -> Iterator[Elsewhere]:
    """Other keys, other gateways, other currencies, a slow line, and inquiries put off."""
    with elsewhere(
        sandbox=("--mids", str(GATEWAYS), "--inquiry-throttle"), proxy=("--latency", "0.05")
    ) as made:
        yield made


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def test_scenarios_run_unchanged_on_a_target_without_powers(
    target: Elsewhere, tmp_path: Path
) -> None:
    """What needs no capability passes elsewhere, with two workers behind one webhook port."""
    port = _free_port()
    webhooks = (f"--webhook-url=http://127.0.0.1:{port}", f"--webhook-port={port}")
    codes = "--ottu-pg-codes=house-cards,house-3ds,house-reserve,house-knet,house-page"
    run = start_run(target, tmp_path, "-n2", "-k", CHOSEN, codes, *webhooks)
    out, _ = run.communicate()

    told = verdict(tmp_path)
    assert run.returncode == 0, out
    assert told["target"]["capabilities"] == []
    skipped = {each["reason"] for each in told["scenarios"] if each["status"] == "skipped"}
    assert skipped == {"the target cannot do this: clock", "house-cards does not take KWD"}
    assert told["counts"]["passed"] == 5
    assert set(told["counts"].values()) == {0, 2, 5}
    assert not any("webhook was not heard" in reason for reason in told["reasons"])
    assert target.still_open(tmp_path) == {}
    orders = [line["order_no"] for line in journal(tmp_path) if line["step"] == "asked"]
    runs = {order.split("-")[1] for order in orders}
    assert len(runs) == 1
    assert f"run: {runs.pop()}" in out
    _no_key_in(tmp_path, target)


def test_a_target_that_cannot_call_back_is_judged_without_the_webhook(
    target: Elsewhere, tmp_path: Path
) -> None:
    """Without a way back the webhook is no witness, and the verdict and the scenario say so."""
    run = start_run(target, tmp_path, "-n0", "-k", "test_knet_pays", "--webhook-url=none")
    out, _ = run.communicate()

    assert run.returncode == 0, out
    assert any(
        each.startswith("The webhook was not heard") for each in verdict(tmp_path)["reasons"]
    )
    attached = [path.read_text(errors="replace") for path in tmp_path.glob("allure-results/*")]
    assert any(text.startswith("webhook: the target cannot call") for text in attached)
    assert any("Not heard: webhook" in text for text in attached if text.startswith("<svg"))


def _no_key_in(reports: Path, target: Elsewhere) -> None:
    everything = "".join(
        path.read_text(errors="replace") for path in reports.rglob("*") if path.is_file()
    )
    assert target.keys["api_key"] not in everything
    assert target.keys["hmac_key"] not in everything
