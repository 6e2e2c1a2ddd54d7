"""A sandbox of its own for these tests, and merchants on it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sandbox.installation import Installation, Merchant
from tests.sandbox.receiver import Receiver

_ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def installation() -> Iterator[Installation]:
    process = subprocess.Popen(
        [sys.executable, "-m", "harness.sandbox"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=_ROOT,
    )
    assert process.stdout is not None
    ready = json.loads(process.stdout.readline())
    place = Installation(ready["url"], ready["api_key"], ready["public_key"], process.pid)
    yield place
    place.close()
    process.terminate()
    process.wait(5)
    process.stdout.close()


@pytest.fixture
def merchant(installation: Installation) -> Iterator[Merchant]:
    with installation.merchant() as merchant:
        yield merchant


@pytest.fixture
def other(installation: Installation) -> Iterator[Merchant]:
    with installation.merchant() as merchant:
        yield merchant


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver
