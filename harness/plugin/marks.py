"""What `flow` and `needs` do: refuse a scenario that proves nothing known, skip what cannot be."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable

import pytest

from harness.browser.wanted import CAPABILITIES
from harness.errors import ConfigurationError
from harness.flows import named
from harness.plugin import browsers
from harness.plugin.scope import is_scenario
from harness.plugin.session import TARGET

_DECLARED = (
    "flow(name): the promise of the checkout that this scenario proves",
    "needs(*capabilities): skip unless the target and the browser have all of these",
)

_Made = pytest.Item | pytest.Collector | list[pytest.Item | pytest.Collector] | None


class UnknownFlow(pytest.Collector.CollectError):
    """A scenario's mark names no flow: told without a traceback, where it is collected."""


def declare(config: pytest.Config) -> None:
    """Tell pytest of the marks, in every run: the harness's own tests use them too."""
    for line in _DECLARED:
        config.addinivalue_line("markers", line)


class MarksPlugin:
    """Checks the marks at collection, and acts on them before a scenario runs."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    @pytest.hookimpl(wrapper=True)
    def pytest_pycollect_makeitem(self) -> Generator[None, _Made, _Made]:
        """Refuse a scenario with no flow, or with one that does not exist."""
        made = yield
        listed: Iterable[object] = made if isinstance(made, list) else [made]
        for item in listed:
            if isinstance(item, pytest.Function) and is_scenario(self._config, item.path):
                _check(item)
        return made

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Skip a scenario that needs what the target lacks, before its fixtures are made."""
        target = item.config.stash[TARGET]
        wanted = {name for mark in item.iter_markers("needs") for name in mark.args}
        lacking = sorted(wanted - target.capabilities - CAPABILITIES)
        if lacking:
            pytest.skip(f"the target cannot do this: {', '.join(lacking)}")
        too_much = browsers.beyond(item)
        if too_much:
            pytest.skip(too_much)


def _check(item: pytest.Function) -> None:
    names = {name for mark in item.iter_markers("flow") for name in mark.args}
    if len(names) != 1:
        proves = f"{len(names)} flows: {', '.join(sorted(names))}" if names else "no flow"
        raise UnknownFlow(f"{_place(item)} proves {proves}. Mark it with one, @flow(NAME).")
    try:
        named(str(names.pop()))
    except ConfigurationError as error:
        raise UnknownFlow(f"{_place(item)}: {error.message}") from None


def _place(item: pytest.Function) -> str:
    path, line, name = item.location
    return f"{os.fspath(path)}:{(line or 0) + 1}, {name}"
