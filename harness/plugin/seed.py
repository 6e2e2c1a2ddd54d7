"""The one number from which everything random in a run comes."""

from __future__ import annotations

import secrets

import pytest

SEED = pytest.StashKey[int]()

_LARGEST = 2**31


def choose(config: pytest.Config) -> int:
    """The number given by `--seed`, else a new one."""
    given: int | None = config.getoption("--seed")
    return secrets.randbelow(_LARGEST) if given is None else given
