"""What `run` says of runs that come to their end, seen from outside."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

from tests.runs.project import Project


def test_every_status_and_every_output(project: Project) -> None:
    """One run with a scenario of each kind: each gets its own status, in all four outputs."""
    project.scenarios("""
@flow("card/paid")
def test_passed():
    "A card pays."

@flow("card/declined")
def test_failed():
    "A card is turned down."
    assert "paid" == "attempted", "expected the cancel callback, and success fired"

@flow("card/declined")
def test_broken():
    raise TargetUnreachable("nobody answers")

@flow("session/expired")
@needs("clock", "teleport")
def test_skipped():
    pass

@flow("redirect/paid")
def test_quarantined():
    assert False, "known"

@flow("link/bulk")
def test_flaky(request):
    if getattr(request.node, "execution_count", 1) == 1:
        raise TargetUnreachable("a hiccup")
""")
    project.policy("""
live.must_run = ["card/*"]
[[quarantine]]
scenario = "scenarios/test_it.py::test_quarantined"
ticket = "https://tickets.example/7"
owner = "payments"
expires = 2999-01-01
""")

    outcome = project.run("--seed=7")

    assert outcome.code == 1
    assert outcome.statuses == {
        "test_passed": "passed",
        "test_failed": "failed",
        "test_broken": "broken",
        "test_skipped": "skipped",
        "test_quarantined": "quarantined",
        "test_flaky": "flaky",
    }
    verdict = outcome.verdict
    assert (verdict["verdict"], verdict["exit_code"]) == ("fail", 1)
    assert verdict["counts"]["failed"] == verdict["counts"]["flaky"] == 1
    assert verdict["flows"]["card/declined"]["status"] == "failed"
    assert {each["id"]: each["attempts"] for each in verdict["scenarios"]} == {
        "scenarios/test_it.py::test_passed": 1,
        "scenarios/test_it.py::test_failed": 1,
        "scenarios/test_it.py::test_broken": 2,
        "scenarios/test_it.py::test_skipped": 1,
        "scenarios/test_it.py::test_quarantined": 1,
        "scenarios/test_it.py::test_flaky": 2,
    }

    assert f"{verdict['target']['name']} still answered" in outcome.reasons
    results = [json.loads(path.read_text()) for path in outcome.reports.glob("*/*-result.json")]
    tagged = {
        (result["name"], label["value"], result["status"])
        for result in results
        for label in result["labels"]
        if label["name"] == "tag"
    }
    assert tagged == {
        ("test_quarantined", "quarantine", "failed"),
        ("test_flaky", "tried again", "passed"),
        ("test_broken", "tried again", "broken"),
    }
    assert [each["status"] for each in results if each["name"] == "test_flaky"].count("broken") == 1
    links = {(r["name"], link["url"]) for r in results for link in r.get("links", ())}
    assert links == {("test_quarantined", "https://tickets.example/7")}

    again = "python -m harness run scenarios/test_it.py::test_failed --seed=7"
    assert again in outcome.out
    assert again in (outcome.reports / "verdict.md").read_text()
    cases = {
        case.get("name"): case
        for case in ET.parse(outcome.reports / "junit.xml").iter("testcase")  # noqa: S314 -- ours
    }
    assert cases["test_failed"].find("failure") is not None
    assert cases["test_broken"].find("error") is not None
    assert cases["test_flaky"].find("properties/property[@name='flaky']") is not None
    told = json.loads((outcome.reports / "ctrf.json").read_text())["results"]
    assert {test["name"].partition("::")[2]: test["rawStatus"] for test in told["tests"]} == (
        outcome.statuses
    )
    assert next(test for test in told["tests"] if "flaky" in test["name"])["flaky"] is True


def test_a_green_run_exits_zero_and_a_lacking_capability_is_no_failure(project: Project) -> None:
    """On a live target a scenario may be skipped for what the target lacks, with that reason."""
    project.scenarios("""
@flow("card/paid")
def test_passed(): pass

@flow("session/expired")
@needs("teleport")
def test_skipped(): pass
""")
    project.policy('live.must_run = ["card/*", "session/expired"]\nlive.may_lack = ["*"]\n')

    outcome = project.run("-k", "passed or skipped")

    assert outcome.code == 0
    skipped = outcome.verdict["scenarios"][1]
    assert (skipped["status"], skipped["reason"]) == (
        "skipped",
        "the target cannot do this: teleport",
    )
    assert "Only part of the scenarios was asked for (-k passed or skipped)" in outcome.reasons


def test_a_mark_that_says_nothing_is_one_sentence_and_exit_two(project: Project) -> None:
    """A scenario that names no flow, or none that exists, is refused where it stands."""
    project.scenarios('@pytest.mark.flow("card/payed")\ndef test_typo(): pass\n')
    project.scenarios("def test_silent(): pass\n", name="test_other.py")

    outcome = project.run("-n1")

    assert outcome.code == 2
    assert "test_it.py:7, test_typo: No flow is called 'card/payed': did you mean card/paid" in (
        outcome.reasons
    )
    assert "test_other.py:7, test_silent proves no flow." in outcome.reasons
    assert "Traceback" not in outcome.out + outcome.err


def test_an_unknown_option_is_wrong_usage(project: Project) -> None:
    """An option that neither the harness nor pytest knows ends the run with 2."""
    project.scenarios("")

    outcome = project.run("--no-such-option")

    assert outcome.code == 2
    assert "unrecognized arguments: --no-such-option" in outcome.err
    assert outcome.verdict["exit_code"] == 2


def test_an_unreachable_target_is_inconclusive(project: Project) -> None:
    """Nobody answers: nothing is known of the checkout, and no scenario is tried."""
    project.scenarios('@flow("card/paid")\ndef test_it(): pass\n')

    outcome = project.run(environment={"OTTU_BASE_URL": "http://127.0.0.1:9"})

    assert outcome.code == 3
    assert "Nobody answers at http://127.0.0.1:9" in outcome.reasons
    assert outcome.verdict["scenarios"] == []
    assert "Traceback" not in outcome.out + outcome.err


def test_a_setting_that_is_missing_is_named(project: Project) -> None:
    """A target without its key is wrong configuration, and no key is in what is said."""
    project.scenarios('@flow("card/paid")\ndef test_it(): pass\n')

    outcome = project.run(environment={"OTTU_API_KEY": ""})

    assert outcome.code == 2
    assert outcome.reasons.startswith("OTTU_API_KEY is not set")
    assert "pub_made_up" not in outcome.out + outcome.err
