"""What pytest keeps for the one test under way, with two under way."""

from __future__ import annotations

import pytest

from tests.lanes.scratch import Played, Project

# They meet again and again; `test_first` is over before `test_last` goes on to its end.
INTERLEAVED = """
import logging
import os
import sys
import warnings

@pytest.fixture(autouse=True)
def _last_to_end(request):
    yield
    happens(f"over {request.node.name}")

def _speak(name):
    print(f"out of {name}")
    print(f"err of {name}", file=sys.stderr)
    logging.getLogger("shop").warning("log of %s", name)

def test_first():
    happens("first began")
    until("last began")
    _speak("first")
    happens("first spoke")
    until("last spoke")
    _speak("first again")
    assert os.environ["PYTEST_CURRENT_TEST"].endswith("test_first (call)")
    assert {"first": 1, "same": 2} == {"first": 2, "same": 2}

def test_last():
    happens("last began")
    until("first spoke")
    _speak("last")
    happens("last spoke")
    until("over test_first")
    turn()
    _speak("last again")
    assert os.environ["PYTEST_CURRENT_TEST"].endswith("test_last (call)")
    assert ["last", "one"] == ["last", "two"]
"""


@pytest.fixture
def interleaved(project: Project) -> Played:
    """Two that speak and fail in turns."""
    project.scenarios(INTERLEAVED)
    played = project.play("-vv")
    assert played.outcomes() == {"test_first": "failed", "test_last": "failed"}, played.terminal
    return played


def test_what_is_printed_and_logged_is_told_with_the_one_that_did(interleaved: Played) -> None:
    """Output and log records stand with their scenario, also after its neighbour is over."""
    for name in ("first", "last"):
        printed = interleaved.printed(f"test_{name}")
        both = (name, f"{name} again")
        assert printed["Captured stdout call"].split("\n") == [*(f"out of {e}" for e in both), ""]
        assert printed["Captured stderr call"].split("\n") == [*(f"err of {e}" for e in both), ""]
        logged = printed["Captured log call"].splitlines()
        assert [line.partition("log of ")[2] for line in logged] == list(both)


def test_assertions_explain_themselves_to_the_one_that_failed(interleaved: Played) -> None:
    """A comparison is explained in the one that made it, also after its neighbour is over."""
    first = interleaved.of("test_first")["why"]
    last = interleaved.of("test_last")["why"]

    assert "{'first': 1} != {'first': 2}" in first
    assert "At index 1 diff: 'one' != 'two'" in last


def test_no_scenario_leaves_anything_in_the_output_of_the_run(project: Project) -> None:
    """What is printed while scenarios pass is told nowhere, and the run is as quiet as ever."""
    project.scenarios(
        """
        @pytest.mark.parametrize("number", range(4))
        def test_it(number):
            turn()
            print("a word")
            turn()
        """
    )

    played = project.play()

    assert played.code == 0
    assert "a word" not in played.terminal
    assert [played.printed(f"test_it[{number}]") for number in range(4)] == [
        {"Captured stdout call": "a word\n"}
    ] * 4


def test_a_warning_fails_the_one_that_gave_it(project: Project) -> None:
    """With `filterwarnings = error` one fails where it warned; who may warn passes beside it."""
    project.settings("filterwarnings = error")
    project.scenarios(
        """
        import warnings

        def _warn():
            warnings.warn("much too slow", UserWarning)

        @pytest.mark.filterwarnings("ignore:much too slow")
        def test_may():
            happens("may began")
            until("must not began")
            _warn()
            happens("one warned")
            until("other failed")
            _warn()

        def test_must_not():
            happens("must not began")
            until("one warned")
            try:
                _warn()
            finally:
                happens("other failed")

        @pytest.mark.filterwarnings("ignore:much too slow")
        def test_over_soon():
            happens("over soon")

        def test_goes_on():
            until("over soon")
            for _ in range(5):
                turn()
            with pytest.raises(UserWarning):
                _warn()
        """
    )

    played = project.play()

    assert played.outcomes() == {
        "test_may": "passed",
        "test_must_not": "failed",
        "test_over_soon": "passed",
        "test_goes_on": "passed",
    }, played.terminal
    assert "UserWarning: much too slow" in played.of("test_must_not")["why"]


def test_caplog_has_the_records_of_its_own_scenario(project: Project) -> None:
    """The `caplog` of one does not see what the other logs, before or after it is over."""
    project.scenarios(
        """
        import logging

        log = logging.getLogger("shop")

        def test_one(caplog):
            until("other logged")
            log.warning("one")
            assert caplog.messages == ["one"]
            happens("one logged")

        def test_other(caplog):
            log.warning("other")
            happens("other logged")
            until("one logged")
            for _ in range(5):
                turn()
            log.warning("other again")
            assert caplog.messages == ["other", "other again"]
        """
    )

    played = project.play()

    assert played.outcomes() == {"test_one": "passed", "test_other": "passed"}, played.terminal
