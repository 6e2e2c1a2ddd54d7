"""Where a scenario stands in the report: by the part of the checkout and the flow it proves."""

from __future__ import annotations

import inspect

import allure
import pytest

from harness.flows import named

EPIC = "Ottu Checkout"
OWNER = "checkout"

_PARTS = {
    "backend": "Merchant backend",
    "frontend": "Merchant page",
    "card": "Card",
    "saved-card": "Saved cards",
    "redirect": "Redirect",
    "apple-pay": "Apple Pay",
    "session": "Session",
    "link": "Payment links",
}

#: Flows whose failure stops a release whatever else is green: money moves, or must not.
_BLOCKERS = frozenset({"paid", "declined", "3ds-passed", "3ds-failed", "amount-updated", "expired"})


def title(item: pytest.Item) -> str:
    """The scenario's own sentence, with what tells it apart from its variants."""
    sentence = (inspect.getdoc(getattr(item, "function", None)) or item.name).partition("\n")[0]
    callspec = getattr(item, "callspec", None)
    variant = _variant(callspec.id) if callspec else ""
    return f"{sentence.rstrip('.')}{f' ({variant})' if variant else ''}"


def label(item: pytest.Item) -> None:
    """Epic, feature, story, severity, owner and layer of a scenario, from its marks."""
    mark = item.get_closest_marker("flow")
    if mark is None:
        return
    flow = named(str(mark.args[0]))
    allure.dynamic.description(f"**{flow.name}**: {flow.sentence}")
    allure.dynamic.epic(EPIC)
    allure.dynamic.feature(_PARTS.get(flow.part, flow.part))
    allure.dynamic.story(flow.name)
    blocking = flow.name.partition("/")[2] in _BLOCKERS
    allure.dynamic.severity(
        allure.severity_level.BLOCKER if blocking else allure.severity_level.CRITICAL
    )
    allure.dynamic.label("owner", OWNER)
    allure.dynamic.label("layer", "e2e")


def _variant(callspec_id: str) -> str:
    """What tells a variant apart from its sisters: its parameters without the browser's name."""
    return callspec_id.partition("-")[2]
