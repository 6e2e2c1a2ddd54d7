"""Whose report a step, an attachment and a fixture stand in."""

from __future__ import annotations

from typing import Any

from tests.lanes.scratch import Project


def _by_name(project: Project) -> dict[str, dict[str, Any]]:
    return {result["name"]: result for result in project.allure("result")}


def test_steps_and_attachments_stand_with_the_one_that_made_them(project: Project) -> None:
    """Steps of two are open at once, each in its own result, with what was attached in it."""
    project.scenarios(
        """
        import allure

        def _play(name, other):
            with allure.step(f"{name} outside"):
                happens(f"{name} in")
                until(f"{other} in")
                with allure.step(f"{name} inside"):
                    happens(f"{name} deeper")
                    until(f"{other} deeper")
                    allure.attach(name, f"{name} attached", allure.attachment_type.TEXT)
            allure.dynamic.label("who", name)

        def test_one():
            _play("one", "other")
            happens("one is over")

        def test_other():
            _play("other", "one")
            until("one is over")
            for _ in range(5):
                turn()
            with allure.step("other at last"):
                allure.attach("other", "last attached", allure.attachment_type.TEXT)
        """
    )

    played = project.play("--alluredir=allure")
    assert played.code == 0, played.terminal
    results = _by_name(project)

    assert set(results) == {"test_one", "test_other"}
    for name in ("one", "other"):
        result = results[f"test_{name}"]
        outside, *later = result["steps"]
        assert (outside["name"], outside["status"]) == (f"{name} outside", "passed")
        [inside] = outside["steps"]
        assert inside["name"] == f"{name} inside"
        [attachment] = inside["attachments"]
        assert attachment["name"] == f"{name} attached"
        assert project.attached(attachment) == name
        assert [e["value"] for e in result["labels"] if e["name"] == "who"] == [name]
        assert [each["name"] for each in later] == (["other at last"] if name == "other" else [])


def test_a_fixture_is_told_with_the_scenarios_it_was_made_for(project: Project) -> None:
    """Each order stands with its own scenario, failed or not; the shop stands with both."""
    project.scenarios(
        """
        import allure

        @pytest.fixture(scope="session")
        def shop():
            turn()
            yield

        @pytest.fixture
        def order(shop, request):
            name = request.node.name
            happens(f"{name} orders")
            with allure.step(f"{name} ordered"):
                turn()
            if name == "test_fails":
                raise LookupError("no such order")
            yield
            turn()
            raise LookupError("cannot be closed")

        def test_fails(order):
            pass

        def test_passes(order):
            until("test_fails orders")
        """
    )

    played = project.play("--alluredir=allure")
    assert played.outcomes("setup") == {"test_fails": "failed", "test_passes": "passed"}
    assert played.outcomes("teardown")["test_passes"] == "failed"
    results = _by_name(project)
    ids = {name: result["uuid"] for name, result in results.items()}
    containers = project.allure("container")

    def of(fixture: str) -> list[dict[str, Any]]:
        return [c for c in containers if [b["name"] for b in c.get("befores", ())] == [fixture]]

    [shop] = of("shop")
    assert set(shop["children"]) == set(ids.values())
    orders = {tuple(each["children"]): each for each in of("order")}
    assert set(orders) == {(uuid,) for uuid in ids.values()}
    failed, made = orders[ids["test_fails"],], orders[ids["test_passes"],]
    assert failed["befores"][0]["status"] == "broken"
    assert "no such order" in failed["befores"][0]["statusDetails"]["message"]
    assert made["befores"][0]["status"] == "passed"
    assert [step["name"] for step in made["befores"][0]["steps"]] == ["test_passes ordered"]
    assert "cannot be closed" in made["afters"][0]["statusDetails"]["message"]
    assert results["test_fails"]["status"] == "broken"
    assert results["test_passes"]["status"] == "broken"
