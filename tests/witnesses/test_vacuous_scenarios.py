"""A scenario cannot pass by proving nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from harness.witnesses.bystander import Bystander
from pages import ThreeDS

pytest_plugins = ["pytester"]

_SCENARIO = """
import pytest

@pytest.mark.flow("card/paid")
def test_something():
    {body}
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makeconftest('pytest_plugins = ["fixtures.checkout"]')
    pytester.makeini("[pytest]\nmarkers = flow(name): a promise")
    return pytester


def test_a_scenario_that_states_no_outcome_fails(project: pytest.Pytester) -> None:
    """A scenario that only acts is red by itself, and told what to do."""
    project.makepyfile(_SCENARIO.format(body="assert True"))

    result = project.runpytest_inprocess("-p", "no:cacheprovider", "-p", "no:playwright")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*This scenario stated no outcome*"])


def test_a_scenario_that_states_an_outcome_passes(project: pytest.Pytester) -> None:
    """The rule is about outcomes and nothing else."""
    body = "request.node.stash[OUTCOMES] = 1"
    scenario = _SCENARIO.format(body=body).replace("test_something()", "test_something(request)")
    project.makepyfile("from fixtures.checkout import OUTCOMES\n" + scenario)

    project.runpytest_inprocess("-p", "no:cacheprovider", "-p", "no:playwright").assert_outcomes(
        passed=1
    )


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    expect.set_options(timeout=300)
    yield context.new_page()
    expect.set_options(timeout=5000)
    context.close()


@pytest.mark.parametrize("verb", ["pass_", "fail", "cancel", "walk_away"])
def test_a_challenge_that_never_came_fails(page: Page, verb: str) -> None:
    """Every step of a challenge demands that it is there; none is left out in silence."""
    page.set_content("<p>Paid without a question.</p>")

    with pytest.raises(AssertionError, match="the bank's challenge is shown"):
        getattr(ThreeDS(page), verb)()


def test_a_bystander_loses_nothing_to_a_page_that_is_left(chromium: Browser) -> None:
    """The press that sends a customer to another site, and what came before it, is still told."""
    context = chromium.new_context()
    bystander = Bystander(".ottu__sdk-amount")
    bystander.install(context)
    page = context.new_page()
    pay = "<button onclick=\"location.href = 'http://bank.test/'\">Pay</button>"
    page.route("**/*", lambda route: route.fulfill(body=pay, content_type="text/html"))
    page.goto("http://shop.test/")
    page.evaluate(
        "() => new Promise((heard) => { onmessage = heard; postMessage('before', '*'); })"
    )
    page.get_by_role("button").click()
    page.wait_for_url("http://bank.test/")
    heard = [(each.kind, each.url) for each in bystander.heard if each.kind != "request"]
    context.close()

    assert heard == [("message", "http://shop.test/"), ("press", "http://shop.test/")]


def test_a_bystander_sees_prices_messages_and_answers(chromium: Browser) -> None:
    """What the screen and the secrets are judged by is really heard, in frames as well."""
    context = chromium.new_context()
    bystander = Bystander(".ottu__sdk-amount")
    bystander.install(context)
    page = context.new_page()
    page.route("**/*", lambda route: route.fulfill(body="<p>frame</p>", content_type="text/html"))
    page.goto("http://shop.test/")
    page.evaluate(
        """async () => {
          const host = document.createElement("div");
          document.body.append(host);
          const root = host.attachShadow({ mode: "open" });
          const amount = document.createElement("bdi");
          amount.className = "ottu__sdk-amount";
          amount.textContent = "12.500 KWD";
          const button = document.createElement("button");
          button.textContent = "Pay (12.688 KWD)";
          root.append(amount, button);
          button.click();
          window.postMessage({ cvv: "100" }, "*");
          await (await fetch("/answer", { method: "POST", body: "sent" })).text();
          await new Promise((resolve) => setTimeout(resolve));
          window.dispatchEvent(new Event("__checkout:asked"));
        }"""
    )
    heard = {each.kind: each for each in bystander.heard}
    context.close()

    assert "Pay (12.688 KWD)" in heard["press"].text
    assert "12.500 KWD" in heard["press"].text
    assert heard["message"].text == '{"cvv":"100"}'
    assert "frame" in heard["answer"].text
    assert heard["request"].text == "POST http://shop.test/answer sent"
