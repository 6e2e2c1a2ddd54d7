"""What counts as killed, and what does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.audit import document
from harness.audit.findings import Findings, find
from harness.audit.pair import Pair, Verdict
from harness.audit.record import Record
from harness.audit.run import chosen
from harness.audit.table import closing
from harness.audit.tally import Tally
from harness.errors import ConfigurationError
from harness.powers import KnownDefect

DEFECT = KnownDefect("webhook/missing", "Nobody is told.", "webhook", "blocker", ("card/paid",))


def _pair(verdict: Verdict, flow: str = "card/paid", defect: str = DEFECT.id) -> Pair:
    return Pair(defect=defect, scenario=f"{flow}::{verdict}", flow=flow, verdict=verdict)


def _found(*pairs: Pair) -> Findings:
    return find([DEFECT], pairs, duration_s=1.0, without=())


def test_an_assertion_of_a_claiming_flow_kills() -> None:
    """A scenario that failed on an assertion, of a flow that claims the defect, kills it."""
    found = _found(_pair("passed"), _pair("noticed"))

    assert found.is_green
    assert [each.scenario for each in found.defects[0].detectors] == ["card/paid::noticed"]
    assert found.idle_scenarios == ["card/paid::passed"]


@pytest.mark.parametrize(
    ("pair", "why"),
    [
        (_pair("broken"), "broken"),
        (_pair("timed out"), "timed out"),
        (_pair("noticed", "link/bulk"), "collateral"),
    ],
    ids=["broken", "timed-out", "collateral"],
)
def test_what_says_nothing_does_not_count(pair: Pair, why: str) -> None:
    """Broken, timed out and noticed by another flow are told apart, and the defect survives."""
    found = _found(pair)

    assert not found.is_green
    assert found.defects[0].verdict == "survived"
    assert [each.why for each in found.defects[0].apart] == [why]


def test_a_red_control_makes_the_audit_worthless() -> None:
    """When a scenario is red without a defect, its kills show nothing."""
    found = _found(_pair("noticed"), _pair("noticed", defect="control/1"))

    assert not found.is_green
    assert "control is not green" in closing(found)


def test_an_audit_of_nothing_is_not_green() -> None:
    """No defect, no proof."""
    assert not find([], [], duration_s=0.0, without=()).is_green


def test_a_pair_is_left_out_only_when_it_can_tell_nothing_new(tmp_path: Path) -> None:
    """It still runs while its defect is unnoticed, or while its scenario has noticed nothing."""
    tally = Tally(tmp_path)
    tally.note("a", "one")

    assert not tally.needs("a", "one")
    assert tally.needs("a", "two")
    assert tally.needs("b", "one")


def test_an_interrupted_audit_goes_on(tmp_path: Path) -> None:
    """What was found is kept, but for the line that was being written."""
    Record(tmp_path, "same", fresh=False).add(_pair("noticed"))
    with (tmp_path / "pairs.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"defect": "webh')

    assert Record(tmp_path, "same", fresh=False).pairs == [_pair("noticed")]


@pytest.mark.parametrize(("print_", "fresh"), [("other", False), ("same", True)])
def test_another_audit_begins_anew(tmp_path: Path, print_: str, fresh: bool) -> None:
    """Findings of other sources, or that are not wanted, are not mixed in."""
    Record(tmp_path, "same", fresh=False).add(_pair("noticed"))

    assert Record(tmp_path, print_, fresh=fresh).pairs == []


def test_a_defect_nobody_knows_is_refused() -> None:
    """A typing mistake does not make an empty audit."""
    assert chosen([DEFECT], ["webhook/*"]) == [DEFECT]
    with pytest.raises(ConfigurationError, match=r"No defect is called 'webhok/\*'"):
        chosen([DEFECT], ["webhok/*"])


def test_the_document_is_written_where_it_has_a_place(tmp_path: Path) -> None:
    """The section replaces the former one and leaves the rest alone."""
    page = tmp_path / "audit.md"
    page.write_text(
        f"before\n{document.BEGIN}\nyesterday\n{document.END}\nafter\n", encoding="utf-8"
    )

    document.write(_found(_pair("noticed")), page)

    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("\nafter\n")
    assert "webhook/missing" in text
    assert "yesterday" not in text


def test_a_document_without_a_place_is_refused(tmp_path: Path) -> None:
    """Nothing is written over."""
    with pytest.raises(ConfigurationError, match="has no place for the audit"):
        document.write(_found(), tmp_path / "other.md")
