"""What the tests of the witnesses share."""

from __future__ import annotations

import pytest

from tests.witnesses.scene import Scene


@pytest.fixture
def scene() -> Scene:
    return Scene()
