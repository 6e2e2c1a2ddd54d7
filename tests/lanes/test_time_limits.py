"""pytest-timeout's limits, one for each of those under way."""

from __future__ import annotations

import pytest

from tests.lanes.scratch import Project

LIMIT = "Timeout (>0.5s) from pytest-timeout"


@pytest.fixture
def limited(project: Project) -> Project:
    """A project whose scenarios have half a second."""
    project.settings("timeout = 0.5", "timeout_method = signal")
    return project


def test_one_that_waits_for_ever_is_ended_alone(limited: Project) -> None:
    """Its limit fails it and tears it down, its neighbour with more time goes on and passes."""
    limited.scenarios(
        """
        @pytest.fixture
        def order():
            yield
            say("over")
            turn()
            happens("stuck is over")

        def test_stuck(order):
            for_ever()

        @pytest.mark.timeout(20)
        def test_patient():
            until("stuck is over")

        def test_quick():
            turn()
        """
    )

    played = limited.play()

    assert played.outcomes() == {
        "test_stuck": "failed",
        "test_patient": "passed",
        "test_quick": "passed",
    }, played.terminal
    assert LIMIT in played.of("test_stuck")["why"]
    assert "for_ever" in played.of("test_stuck")["why"]
    assert played.said == ["over"]


@pytest.mark.parametrize("stuck", ["while True: pass", "time.sleep(30)"], ids=["loop", "sleep"])
def test_one_that_lets_nobody_on_is_the_one_that_is_ended(limited: Project, stuck: str) -> None:
    """Who never waits is stopped a little later and named, though its neighbour began before."""
    limited.scenarios(
        f"""
        import time

        @pytest.mark.timeout(20)
        def test_patient():
            happens("patient began")
            until("stuck is over")

        @pytest.fixture
        def order():
            yield
            happens("stuck is over")

        def test_stuck(order):
            until("patient began")
            {stuck}
        """
    )

    played = limited.play()

    assert played.outcomes() == {"test_stuck": "failed", "test_patient": "passed"}, played.terminal
    assert LIMIT in played.of("test_stuck")["why"]
    assert stuck in played.of("test_stuck")["why"]


def test_a_limit_that_was_kept_is_lifted(limited: Project) -> None:
    """One after the other takes most of its time, and none is ended by another's limit."""
    limited.scenarios(
        """
        import asyncio
        from harness.lanes.lane import current

        @pytest.mark.timeout(1.5)
        @pytest.mark.parametrize("number", range(6))
        def test_it(number):
            current().wait(asyncio.sleep(0.6))
        """
    )

    played = limited.play()

    assert "6 passed" in played.terminal, played.terminal


def test_one_that_waits_for_a_thread_is_ended_too(limited: Project) -> None:
    """What is done elsewhere has the limit of the scenario that waits for it."""
    limited.scenarios(
        """
        import threading
        from harness.lanes import elsewhere

        gate = threading.Event()

        @pytest.fixture
        def order():
            yield
            happens("stuck is over")

        def test_stuck(order):
            elsewhere(lambda: gate.wait(10))

        @pytest.mark.timeout(20)
        def test_patient():
            until("stuck is over")
            gate.set()
        """
    )

    played = limited.play()

    assert played.outcomes() == {"test_stuck": "failed", "test_patient": "passed"}, played.terminal
    assert LIMIT in played.of("test_stuck")["why"]


def test_a_limit_leaves_the_block_free_that_it_was_waited_for(limited: Project) -> None:
    """Who is ended just as its turn in a block comes does not keep the next one out."""
    limited.scenarios(
        """
        import time
        from harness.lanes import OneAtATime

        block = OneAtATime()

        @pytest.mark.timeout(20)
        def test_holds():
            with block:
                happens("held")
                until("other wants it")
                time.sleep(0.6)

        def test_wants():
            until("held")
            happens("other wants it")
            with block:
                pass

        @pytest.mark.timeout(2)
        def test_next():
            with block:
                pass
        """
    )

    played = limited.play()

    assert played.outcomes() == {
        "test_holds": "passed",
        "test_wants": "failed",
        "test_next": "passed",
    }, played.terminal


def test_what_was_left_in_a_thread_keeps_no_later_one_waiting(limited: Project) -> None:
    """After two were ended while they waited elsewhere, the next one's call is still made."""
    limited.scenarios(
        """
        import time
        from harness.lanes import elsewhere

        @pytest.mark.parametrize("number", range(2))
        def test_stuck(number):
            elsewhere(lambda: time.sleep(3))

        @pytest.mark.timeout(1)
        def test_next():
            elsewhere(lambda: None)
        """
    )

    played = limited.play()

    assert played.outcomes()["test_next"] == "passed", played.terminal
