"""A scenario is tried again only when the machine failed it, never to turn a red one green."""

from __future__ import annotations

import pytest

from harness.plugin.failures import accuses_the_checkout, blames_the_machine

#: Tag by which the report finds scenarios that the machine failed first.
TRIED_AGAIN = "tried again"


class RerunPlugin:
    """Marks every scenario so that pytest-rerunfailures repeats it on infrastructure errors."""

    def __init__(self, reruns: int) -> None:
        self._reruns = reruns

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Add the mark; without reruns there is nothing to add."""
        for item in items if self._reruns else []:
            item.add_marker(pytest.mark.flaky(reruns=self._reruns, condition=OnlyTheMachine()))

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Tag what is tried again: in the report, a later attempt replaces the first."""
        if getattr(item, "execution_count", 1) > 1:
            item.add_marker(pytest.mark.allure_label(TRIED_AGAIN, label_type="tag"))


class OnlyTheMachine:
    """Whether a scenario may be tried again, asked of each of its errors in order.

    One that accuses the checkout settles it, whatever its teardown says afterwards: the browser
    that a failed scenario leaves behind may well break too.
    """

    def __init__(self) -> None:
        self._accused = False

    def __call__(self, error: BaseException | None) -> bool:
        """True for an error of the machine, while none has accused the checkout."""
        if error is None:
            return False
        self._accused = self._accused or accuses_the_checkout(error)
        return not self._accused and blames_the_machine(error)
