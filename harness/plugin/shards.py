"""Which part of the scenarios this run is given, and which scenarios that are.

The parts take about the same time, by the durations that were recorded; they are the same on
every machine, whatever the order in which files are read there.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final

import pytest
from pytest_split.algorithms import Algorithms

from harness.errors import ConfigurationError
from harness.plugin import durations
from harness.stream import Shard

COUNT: Final = "--shards"
INDEX: Final = "--shard"
COUNT_NAME: Final = "HARNESS_SHARDS"
INDEX_NAME: Final = "HARNESS_SHARD"

#: What Kubernetes tells the pods of an Indexed Job, counted from 0.
_POD_NAME: Final = "JOB_COMPLETION_INDEX"


def asked_for(config: pytest.Config, environment: Mapping[str, str] = os.environ) -> Shard | None:
    """The part that options or environment name, None for all scenarios.

    Raises:
        ConfigurationError: a number is missing, is none, or is of no shard that there is.
    """
    if getattr(config.option, "splits", None) or getattr(config.option, "group", None):
        message = f"Scenarios are divided by {COUNT} N {INDEX} K, not by --splits and --group."
        raise ConfigurationError(message)
    count = _given(config, COUNT, COUNT_NAME, environment)
    index = _given(config, INDEX, INDEX_NAME, environment)
    if count is None:
        if index is None:
            return None
        message = f"{index[0]} says which shard to run, and nothing says of how many: give {COUNT}."
        raise ConfigurationError(message)
    of = _number(*count)
    if index is not None:
        number = _number(*index)
    elif environment.get(_POD_NAME):
        index = (_POD_NAME, environment[_POD_NAME])
        number = _number(*index, least=0) + 1
    else:
        message = f"{count[0]} says how many shards there are, and nothing which one: give {INDEX}."
        raise ConfigurationError(message)
    if number > of:
        message = f"{index[0]} is {index[1]}, and there are {of} shards ({count[0]})."
        raise ConfigurationError(message)
    return Shard(index=number, count=of)


def _given(
    config: pytest.Config, option: str, name: str, environment: Mapping[str, str]
) -> tuple[str, str] | None:
    """Where it stands and what stands there; an empty variable counts as unset."""
    value = config.getoption(option)
    if value is not None:
        return option, value
    return (name, environment[name]) if environment.get(name) else None


def _number(origin: str, value: str, least: int = 1) -> int:
    if not value.isdecimal() or int(value) < least:
        message = f"{origin} is {value!r}; it is a whole number from {least} on."
        raise ConfigurationError(message)
    return int(value)


def divide(
    items: list[pytest.Item], count: int, known: Mapping[str, float]
) -> list[list[pytest.Item]]:
    """The items in `count` parts of about the same duration, by `known` seconds.

    An item of which nothing is known counts as one of average duration.
    """
    seconds = {
        item.nodeid: known[scenario]
        for item in items
        if (scenario := durations.in_any_browser(item.nodeid)) in known
    }
    parts = Algorithms.least_duration.value(count, items, seconds)
    return [part.selected for part in parts]


class ShardPlugin:
    """Leaves the scenarios of all other shards out. Registered wherever scenarios are collected."""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Divide what was selected."""
        shard = asked_for(config)
        if shard is None:
            return
        mine = divide(items, shard.count, durations.load(config.rootpath))[shard.index - 1]
        kept = {id(item) for item in mine}
        config.hook.pytest_deselected(items=[item for item in items if id(item) not in kept])
        items[:] = mine
