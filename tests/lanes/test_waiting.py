"""How code that runs in a lane waits for what is not Playwright."""

from __future__ import annotations

import threading

import pytest

from harness.lanes import OneAtATime, elsewhere
from harness.lanes.lane import current
from tests.lanes.scratch import Project


def test_what_is_done_elsewhere_lets_the_other_go_on(project: Project) -> None:
    """One blocks until the other, in the same process, has set what it waits for."""
    project.scenarios(
        """
        import threading
        from harness.lanes import elsewhere

        gate = threading.Event()

        def test_waits():
            happens("waiting")
            assert elsewhere(lambda: gate.wait(10))
            assert elsewhere(threading.current_thread) is not threading.current_thread()
            with pytest.raises(LookupError, match="not there"):
                elsewhere(_look)

        def _look():
            raise LookupError("not there")

        def test_opens():
            until("waiting")
            gate.set()
        """
    )

    played = project.play()

    assert played.outcomes() == {"test_waits": "passed", "test_opens": "passed"}, played.terminal


def test_outside_a_lane_it_is_done_here() -> None:
    """It gives what the call gives and raises what it raises, in the same thread."""

    def fail() -> None:
        raise LookupError("not there")

    assert current() is None
    assert elsewhere(threading.current_thread) is threading.current_thread()
    with pytest.raises(LookupError, match="not there"):
        elsewhere(fail)


def test_one_at_a_time_is_in_the_block(project: Project) -> None:
    """Three want in at once and wait in it: none meets another, nor the one that raised in it."""
    project.scenarios(
        """
        from harness.lanes import OneAtATime

        block = OneAtATime()
        inside = []

        @pytest.mark.parametrize("number", range(6))
        def test_it(number):
            raised = pytest.raises(LookupError) if number % 2 else None
            for _ in range(5):
                turn()
            if raised:
                with raised, block:
                    _alone(number)
                    raise LookupError
            else:
                with block:
                    _alone(number)

        def _alone(number):
            inside.append(number)
            for _ in range(5):
                turn()
                assert inside == [number]
            inside.clear()
            say("was in")
        """
    )

    played = project.play(lanes=3)

    assert "6 passed" in played.terminal, played.terminal
    assert played.said == ["was in"] * 6


def test_who_is_in_the_block_may_enter_it_again(project: Project) -> None:
    """Inside itself it is open to its own lane, and to no other until the outer one is left."""
    project.scenarios(
        """
        from harness.lanes import OneAtATime

        block = OneAtATime()

        def test_twice():
            with block:
                with block:
                    happens("twice in")
                for _ in range(10):
                    turn()
                say("still in")

        def test_other():
            until("twice in")
            with block:
                say("other in")
        """
    )

    played = project.play()

    assert played.outcomes() == {"test_twice": "passed", "test_other": "passed"}, played.terminal
    assert played.said == ["still in", "other in"]


def test_outside_lanes_a_block_is_open() -> None:
    """Where nothing runs beside it, it does nothing, even inside itself."""
    block = OneAtATime()

    with block, block:
        pass
    with pytest.raises(LookupError), block:
        raise LookupError
    with block:
        pass
