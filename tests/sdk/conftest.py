"""A fresh browser context with the told Ottu in it, for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.sdk.ottu import Ottu


@pytest.fixture
def ottu(chromium: Browser) -> Iterator[Ottu]:
    context = chromium.new_context()
    context.set_default_timeout(10_000)
    told = Ottu(context)
    yield told
    context.close()
    assert not told.errors, "no script of the SDK may throw"
