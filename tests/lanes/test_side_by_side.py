"""Who is under way at once, and on whose fixtures."""

from __future__ import annotations

from tests.lanes.scratch import Project


def test_as_many_as_were_asked_for_are_under_way_and_never_more(project: Project) -> None:
    """Three meet before any goes on, seven times over, and a fourth is never among them."""
    project.scenarios(
        """
        under_way = set()
        most = []

        @pytest.mark.parametrize("number", range(21))
        def test_it(number):
            under_way.add(number)
            most.append(len(under_way))
            group = number // 3
            say(f"here {number}")
            if len({each for each in under_way if each // 3 == group}) == 3:
                happens(f"all of {group}")
            until(f"all of {group}")
            turn()
            under_way.remove(number)
            if number == 20:
                say(f"most {max(most)}")
        """
    )

    played = project.play(lanes=3)

    assert played.code == 0, played.terminal
    assert "21 passed" in played.terminal
    assert "most 3" in played.said


def test_each_has_its_own_fixtures_and_shares_those_of_the_session(project: Project) -> None:
    """Both make an order from one shop at once; each order ends with its scenario, the shop last.

    The order is another object though one function makes both while the other waits.
    """
    project.scenarios(
        """
        orders = []

        @pytest.fixture(scope="session")
        def shop():
            say("shop opens")
            happens("set-up under way")
            for _ in range(5):
                turn()
            yield object()
            say("shop closes")

        @pytest.fixture
        def order(shop, request):
            name = request.node.name
            orders.append(name)
            if len(orders) == 2:
                happens("both order")
            yield name, object(), shop
            say(f"over {name}")

        @pytest.fixture
        def receipt(order):
            return order

        seen = {}

        def _compare(order, receipt, name):
            assert receipt is order
            assert order[0] == name
            seen[name] = order
            if len(seen) == 2:
                happens("both here")
            until("both here")
            one, other = seen.values()
            assert one[1] is not other[1]
            assert one[2] is other[2]

        def test_one(order, receipt):
            _compare(order, receipt, "test_one")
            say("one ends")

        def test_other(receipt, order):
            _compare(order, receipt, "test_other")
            until("one is over")
            assert orders == ["test_one", "test_other"]
            say("other ends")

        @pytest.fixture(autouse=True)
        def _tell(request):
            yield
            happens("one is over")
        """
    )

    played = project.play()

    assert played.outcomes() == {"test_one": "passed", "test_other": "passed"}, played.terminal
    assert played.said == [
        "shop opens",
        "one ends",
        "over test_one",
        "other ends",
        "over test_other",
        "shop closes",
    ]


def test_what_is_asked_for_by_name_while_it_runs_is_its_own_too(project: Project) -> None:
    """`request.getfixturevalue` gives each its own, the same again, and it ends with it."""
    project.scenarios(
        """
        @pytest.fixture
        def order(request):
            happens(f"made for {request.node.name}")
            until("made for test_one")
            until("made for test_other")
            yield request.node.name
            say(f"over {request.node.name}")

        def test_one(request):
            assert request.getfixturevalue("order") == "test_one"

        def test_other(request):
            order = request.getfixturevalue("order")
            assert order == request.getfixturevalue("order") == "test_other"
        """
    )

    played = project.play()

    assert played.outcomes() == {"test_one": "passed", "test_other": "passed"}, played.terminal
    assert sorted(played.said) == ["over test_one", "over test_other"]


def test_a_set_up_that_fails_is_its_own(project: Project) -> None:
    """A fixture that fails for one is made, and torn down, for the other."""
    project.scenarios(
        """
        @pytest.fixture
        def order(request):
            happens(request.node.name)
            until("test_one")
            if request.node.name == "test_one":
                raise LookupError("no such order")
            yield 1
            say("over")

        def test_one(order):
            pass

        def test_other(order):
            assert order == 1
        """
    )

    played = project.play()

    assert played.outcomes("setup") == {"test_one": "failed", "test_other": "passed"}
    assert played.outcomes() == {"test_other": "passed"}
    assert "no such order" in played.of("test_one", "setup")["why"]
    assert played.said == ["over"]


def test_one_that_fails_is_run_again_while_another_is_under_way(project: Project) -> None:
    """The second attempt of a flaky one passes, on fixtures of its own, beside its neighbour."""
    project.scenarios(
        """
        tries = []

        @pytest.fixture(scope="session")
        def shop():
            yield
            say("shop closes")

        @pytest.fixture
        def order(shop, request):
            yield len(tries)
            say(f"over {request.node.name}")

        @pytest.mark.flaky(reruns=1)
        def test_flaky(order):
            assert order == len(tries)
            tries.append(order)
            until("steady is here")
            assert len(tries) == 2, "not yet"
            happens("passed at last")

        def test_steady(order):
            happens("steady is here")
            until("passed at last")
        """
    )

    played = project.play()

    assert played.code == 0, played.terminal
    assert "2 passed, 1 rerun" in played.terminal
    assert played.said.count("over test_flaky") == 2
    assert played.said.count("over test_steady") == 1
    assert played.said[-1] == "shop closes"


def test_what_lasts_is_made_once_for_all_that_ask_by_name(project: Project) -> None:
    """Two that ask for the same fixture of the session at once share the one that is made."""
    project.scenarios(
        """
        @pytest.fixture(scope="session")
        def shop():
            say("opens")
            for _ in range(5):
                turn()
            yield
            say("closes")

        def test_one(request):
            request.getfixturevalue("shop")

        def test_other(request):
            request.getfixturevalue("shop")
        """
    )

    played = project.play()

    assert played.outcomes() == {"test_one": "passed", "test_other": "passed"}, played.terminal
    assert played.said == ["opens", "closes"]


def test_set_ups_go_side_by_side_where_a_lasting_fixture_was_replaced(project: Project) -> None:
    """A fixture of the session that stands in for a plugin's makes nobody wait once it is there."""
    project.scenarios(
        """
        came = []

        @pytest.fixture
        def order(tool):
            came.append(tool)
            if len(came) == 2:
                happens("both in their set-ups")
            until("both in their set-ups", at_most=1)

        @pytest.fixture(scope="session")
        def tool():
            return "ours"

        def test_first(tool):
            assert tool == "ours"

        def test_one(order):
            pass

        def test_other(order):
            pass
        """
    )
    project.plugin(
        """
        import pytest

        @pytest.fixture(scope="session")
        def tool():
            return "theirs"
        """
    )

    played = project.play("-p", "theirs")

    assert played.outcomes("setup") == dict.fromkeys(
        ["test_first", "test_one", "test_other"], "passed"
    ), played.terminal
