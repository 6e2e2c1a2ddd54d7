"""A target that has had enough, and one that dies under way: nothing is left open there."""

from __future__ import annotations

import json
from pathlib import Path

from tests.target.elsewhere import elsewhere, made, start_run, verdict

CHOSEN = "test_a_card_pays or test_a_closed_challenge_cancels"
HALF_AN_HOUR_S = 30 * 60


def test_a_target_that_has_had_enough_is_given_its_rest(tmp_path: Path) -> None:
    """What was answered 429 is asked again when the target said, and the run is green."""
    log = tmp_path / "asked.jsonl"
    with elsewhere(proxy=("--per-second", "4", "--log", str(log))) as target:
        run = start_run(target, tmp_path / "reports", "-n0", "-k", CHOSEN)
        out, _ = run.communicate()

        assert run.returncode == 0, out
        asked = [json.loads(line) for line in log.read_text().splitlines()]
        turned_away = [n for n, each in enumerate(asked) if each["status"] == 429]
        assert turned_away
        for number in turned_away:
            now, then = asked[number], asked[number + 1]
            assert then["at"] - now["at"] >= 0.99, "the target was asked during its rest"
            assert (then["method"], then["path"]) == (now["method"], now["path"])
        assert any(
            "left alone for a while" in each for each in verdict(tmp_path / "reports")["reasons"]
        )
        assert target.still_open(tmp_path / "reports") == {}


def test_a_target_that_never_has_enough_rest_is_inconclusive(tmp_path: Path) -> None:
    """A target that turns everybody away for longer than is waited says nothing of the checkout."""
    with elsewhere(proxy=("--per-second", "4", "--rest", "3600")) as target:
        run = start_run(target, tmp_path, "-n0", "-k", CHOSEN, "--no-replay")
        out, _ = run.communicate()

        assert run.returncode == 3, out
        assert verdict(tmp_path)["counts"]["failed"] == 0
        assert "answered 429: Too many requests." in out


def test_a_target_that_dies_is_inconclusive_and_what_is_left_there_ends_by_itself(
    tmp_path: Path,
) -> None:
    """Nobody can reach what is open on a dead target: it is named, and ends in half an hour."""
    with elsewhere(proxy=("--per-second", "6", "--dies-after", "2")) as target:
        run = start_run(target, tmp_path, "-n0", "-k", CHOSEN)
        out, _ = run.communicate()

        assert run.returncode == 3, out
        told = verdict(tmp_path)
        assert told["counts"]["failed"] == 0
        assert any(each.startswith("The target went away") for each in told["reasons"])
        (left,) = [each for each in told["reasons"] if each.startswith("Left open at the target")]
        (still_open,) = target.still_open(tmp_path)
        assert target.order_of(still_open) in left
        assert "It expires by itself 00:30:00 after" in left
        target.turn_clock(HALF_AN_HOUR_S)
        assert target.still_open(tmp_path) == {}


def test_a_target_that_comes_back_is_swept(tmp_path: Path) -> None:
    """What was open when the target died is cancelled when it answers again, for whatever ended."""
    with elsewhere(proxy=("--dies-after", "2")) as target:
        run = start_run(target, tmp_path, "-n0", "-k", CHOSEN)
        target.restart_proxy()
        out, _ = run.communicate()

        assert run.returncode == 3, out
        assert len(made(tmp_path)) >= 2
        assert target.still_open(tmp_path) == {}
        assert not any("Left open" in each for each in verdict(tmp_path)["reasons"])
