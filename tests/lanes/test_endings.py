"""Runs that end before their scenarios do."""

from __future__ import annotations

import pytest

from tests.lanes.scratch import Project


@pytest.mark.parametrize("culprit", ["test_it[0]", "test_it[1]"])
def test_what_a_dead_worker_leaves_is_run_by_the_next(with_worker: Project, culprit: str) -> None:
    """With two under way one kills the process: it is told, and every other has a result."""
    with_worker.scenarios(
        f"""
        import os
        import signal

        @pytest.mark.parametrize("number", range(6))
        def test_it(number, request):
            happens(f"began {{number}}")
            if number < 2:
                until("began 0" if number else "began 1")
            if request.node.name == {culprit!r} and not os.path.exists("said"):
                say("dies")
                os.kill(os.getpid(), signal.SIGKILL)
        """.replace("if number < 2:", 'if number < 2 and not os.path.exists("said"):')
    )

    played = with_worker.play()

    last = {each["name"]: each["outcome"] for each in played.reports if each["when"] != "setup"}
    assert set(last) == {f"test_it[{number}]" for number in range(6)}, played.terminal
    crashes = [each for each in played.reports if each["when"] == "???"]
    assert len(crashes) == 1, played.terminal
    assert "crashed while running" in crashes[0]["why"]
    assert "1 failed, 5 passed" in played.terminal


def test_a_first_failure_ends_the_run(project: Project) -> None:
    """With `-x` what is under way beside the failure ends by itself, and the run with it."""
    project.scenarios(
        """
        @pytest.fixture
        def order(request):
            yield
            say(f"over {request.node.name}")

        @pytest.fixture(autouse=True)
        def _begin(request):
            say(f"began {request.node.name}")

        def test_fails(order):
            until("other began")
            assert False

        def test_other(order):
            happens("other began")
            for _ in range(20):
                turn()

        @pytest.mark.parametrize("number", range(20))
        def test_more(number):
            pass
        """
    )

    played = project.play("-x")

    assert played.code in {1, 2}, played.terminal  # pytest's own, or xdist's
    assert {"over test_fails", "over test_other"} <= set(played.said)
    assert played.outcomes()["test_fails"] == "failed"
    begun = [said for said in played.said if said.startswith("began test_more")]
    assert len(begun) <= 1, played.said


def test_nothing_is_begun_after_a_first_failure(project: Project) -> None:
    """With `-x` the scenario whose turn came with the failure is left out, as without lanes."""
    project.scenarios(
        """
        def test_fails():
            until("other began")
            assert False

        def test_other():
            happens("other began")
            for _ in range(20):
                turn()

        @pytest.mark.parametrize("number", range(20))
        def test_more(number):
            say("began")
        """
    )

    assert project.play("-x").said == []


def test_ctrl_c_ends_what_is_under_way_and_tears_it_down(project: Project) -> None:
    """One that waits and one that waits elsewhere are ended at once, each with its fixtures."""
    project.scenarios(
        """
        @pytest.fixture(scope="session")
        def shop():
            yield
            say("shop closes")

        @pytest.fixture
        def order(shop, request):
            yield
            turn()
            say(f"over {request.node.name}")

        @pytest.mark.parametrize("number", range(4))
        def test_it(order, number):
            say(f"began {number}")
            for_ever()
        """
    )

    played = project.interrupted_at("began 0", "began 1")

    assert played.code == 2, played.terminal
    assert sorted(played.said) == [
        "began 0",
        "began 1",
        "over test_it[0]",
        "over test_it[1]",
        "shop closes",
    ]
    assert played.said[-1] == "shop closes"


def test_ctrl_c_is_heard_by_one_that_lets_nobody_on(project: Project) -> None:
    """Its own code is interrupted, and its neighbour that waits is ended with it."""
    project.scenarios(
        """
        import time

        @pytest.fixture
        def order(request):
            yield
            turn()
            say(f"over {request.node.name}")

        def test_waits(order):
            happens("waits")
            for_ever()

        def test_sleeps(order):
            until("waits")
            say("began")
            time.sleep(60)
        """
    )

    played = project.interrupted_at("began")

    assert played.code == 2, played.terminal
    assert sorted(played.said) == ["began", "over test_sleeps", "over test_waits"]


def test_ctrl_c_waits_for_a_tear_down_that_waits(project: Project) -> None:
    """The one that is torn down is not left there when its neighbour ends meanwhile."""
    project.scenarios(
        """
        import asyncio
        from harness.lanes.lane import current

        torn_down = []

        @pytest.fixture
        def order(request):
            yield
            torn_down.append(request.node.name)
            if len(torn_down) == 1:
                happens("the first is torn down")
                current().wait(asyncio.sleep(0.3))
            say(f"over {request.node.name}")

        @pytest.mark.parametrize("number", range(2))
        def test_it(order, number):
            say(f"began {number}")
            until("the first is torn down")
        """
    )

    played = project.interrupted_at("began 0", "began 1")

    assert played.code == 2, played.terminal
    assert {"over test_it[0]", "over test_it[1]"} <= set(played.said)


def test_ctrl_c_does_not_wait_for_a_thread(project: Project) -> None:
    """One that waits elsewhere is torn down, and so is what lasts, long before the call is over."""
    project.scenarios(
        """
        import time
        from harness.lanes import elsewhere

        @pytest.fixture(scope="session")
        def shop():
            yield
            say("shop closes")

        @pytest.fixture
        def order(shop):
            yield
            say("order over")

        def test_it(order):
            say("began")
            elsewhere(lambda: time.sleep(60))
        """
    )

    played = project.interrupted_at("began")

    assert played.code == 2, played.terminal
    assert played.said == ["began", "order over", "shop closes"]


def test_the_last_ones_are_over_before_the_loop_is(project: Project) -> None:
    """What a plugin does around the loop (logging sets its level) lasts for every scenario."""
    project.plugin(
        """
        import pytest

        @pytest.hookimpl(wrapper=True)
        def pytest_runtestloop(session):
            result = yield
            if session.items:
                import play
                play.say("loop over")
            return result
        """
    )
    project.scenarios(
        """
        import asyncio
        from harness.lanes.lane import current

        @pytest.mark.parametrize("number", range(2))
        def test_it(number):
            current().wait(asyncio.sleep(number / 2))
            say("scenario over")
        """
    )

    assert project.play("-p", "theirs").said == ["scenario over", "scenario over", "loop over"]
