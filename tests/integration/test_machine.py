"""A visit that the machine spoils says nothing of the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Playwright

from fixtures.page_visit import MerchantPage
from harness.browser import find
from harness.errors import InfrastructureError, TargetUnreachable
from harness.integration.address import Known
from harness.integration.checklist import Checklist
from tests.integration.conftest import PATIENCE_S, Inspection
from tests.integration.shops import LATE, Shops


def test_a_browser_that_dies_is_no_fault_of_the_page(
    merchants: Shops, playwright: Playwright
) -> None:
    """What a customer does next finds no browser: inconclusive, and no rule is broken."""
    choice = find()
    browser = playwright.chromium.launch(
        executable_path=choice.executable_path, args=list(choice.args)
    )
    checklist = Checklist.begun(merchants.open(LATE))
    page = MerchantPage(checklist.url, browser.new_context(), checklist, Known(), PATIENCE_S)

    def die_on_the_page() -> None:
        with page.visited() as customer:
            browser.close()
            customer.pay_by_card("declined")

    with pytest.raises(InfrastructureError, match="The browser died on") as died:
        die_on_the_page()

    checklist.stopped_by(died.value)
    checklist.conclude()
    assert (checklist.verdict, checklist.exit_code) == ("inconclusive", 3)


def test_an_error_page_is_no_page(inspection: Inspection, merchants: Shops) -> None:
    """An address that answers with an error is told as such, before any rule is judged."""
    url = f"{merchants.open(LATE)}nowhere"
    with (
        inspection.visit(url) as page,
        pytest.raises(TargetUnreachable, match="/nowhere answers 404"),
        page.visited(),
    ):
        pytest.fail("there was nothing to visit")
