from __future__ import annotations

from pathlib import Path

import pytest

from tests.lanes.scratch import Project

WORKER = ("-n1", "--dist=worksteal")


@pytest.fixture(params=[(), WORKER], ids=["pytest", "worker"])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Project:
    """Played by pytest's own process, and by one worker."""
    return Project(tmp_path, *request.param)


@pytest.fixture
def with_worker(tmp_path: Path) -> Project:
    """Played by one worker."""
    return Project(tmp_path, *WORKER)
