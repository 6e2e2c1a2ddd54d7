"""A fresh browser context with a recorder, for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.callbacks.web import Web


@pytest.fixture
def web(chromium: Browser) -> Iterator[Web]:
    context = chromium.new_context()
    yield Web(context)
    context.close()
