"""A sandbox, and shops that have their account there."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress

import pytest
from playwright.sync_api import Browser

from fixtures.page_visit import MerchantPage, RuleBroken
from harness.embedded import EmbeddedSandbox
from harness.integration.address import Known
from harness.integration.checklist import Checklist
from scenarios.merchant_page import test_integration
from tests.integration.shops import Page, Shops, Twin

PATIENCE_S = 3.0

#: The scenarios of `scenarios/merchant_page`, in their order.
STORIES: list[Callable[[MerchantPage], None]] = [
    story for name, story in vars(test_integration).items() if name.startswith("test_")
]


@pytest.fixture(scope="session")
def merchants(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shops]:
    sandbox = EmbeddedSandbox(tmp_path_factory.mktemp("sandbox") / "sandbox.log")
    try:
        opened = Shops(sandbox.ready())
        with opened.server:
            yield opened
        opened.close()
    finally:
        sandbox.stop()


class Inspection:
    """All stories on one page, as a run tells them."""

    def __init__(self, browser: Browser, shops: Shops) -> None:
        self._browser = browser
        self.shops = shops
        self.visits: dict[str, MerchantPage] = {}

    def of(self, page: Page | Twin, *clicks: str) -> Checklist:
        checklist = Checklist.begun(self.shops.open(page))
        for story in STORIES:
            with self.visit(checklist.url, checklist, clicks) as visited:
                self.visits[story.__name__] = visited
                with suppress(RuleBroken):  # the checklist has it
                    story(visited)
        checklist.conclude()
        return checklist

    @contextmanager
    def visit(
        self,
        url: str,
        checklist: Checklist | None = None,
        clicks: tuple[str, ...] = (),
    ) -> Generator[MerchantPage]:
        context = self._browser.new_context()
        try:
            found = checklist or Checklist.begun(url)
            yield MerchantPage(url, context, found, Known(), PATIENCE_S, clicks)
        finally:
            context.close()


@pytest.fixture
def inspection(chromium: Browser, merchants: Shops) -> Inspection:
    return Inspection(chromium, merchants)
