"""A project to run, and a target for its scenarios."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runs.project import Project, environment
from tests.runs.target import little_target


@pytest.fixture(scope="session")
def target() -> Iterator[dict[str, str]]:
    with little_target() as given:
        yield given


@pytest.fixture
def project(tmp_path: Path, target: dict[str, str]) -> Project:
    """A project whose scenarios meet the little target: no sandbox has to start."""
    return Project(tmp_path, environment(**target))


@pytest.fixture
def deserted(tmp_path: Path) -> Iterator[Project]:
    """A project with a target of its own, which a scenario may send away."""
    with little_target() as given:
        yield Project(tmp_path, environment(**given))


@pytest.fixture
def sandboxed(tmp_path: Path) -> Project:
    """A project whose scenarios meet the embedded sandbox."""
    return Project(tmp_path, environment())
