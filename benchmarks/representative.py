"""A pytest plugin: six scenarios that stand for the suite, so many times each.

`pytest -p representative --of-each 8 ID…` with the ids of `SCENARIOS`. They are the scenarios
themselves, not copies made for a benchmark.
"""

from __future__ import annotations

from typing import Final

import pytest

SCENARIOS: Final = {
    "card paid": "scenarios/test_card.py::test_a_card_pays",
    "form error": "scenarios/test_card.py::test_a_slip_is_told_at_its_field_and_can_be_corrected",
    "3DS passed": "scenarios/test_three_ds.py::test_a_passed_challenge_pays",
    "saved card": "scenarios/test_saved_cards.py::test_a_saved_card_pays_without_typing",
    "redirect paid": "scenarios/test_redirect.py::test_knet_pays_and_sends_the_customer_back",
    "Apple Pay": "scenarios/test_apple_pay.py::test_an_authorised_sheet_pays",
}
#: The one of several slips that the form error stands for.
SLIP: Final = "bad-number"

_FUNCTIONS: Final = {scenario.rpartition("::")[2]: kind for kind, scenario in SCENARIOS.items()}


def kind_of(item: pytest.Item) -> str:
    """Which of the six a collected test is."""
    return _FUNCTIONS[item.originalname] if isinstance(item, pytest.Function) else ""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add how many of each."""
    parser.addoption("--of-each", type=int, default=1, help="run each scenario so many times")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let each scenario come in so many turns; it need not know."""
    if metafunc.function.__name__ in _FUNCTIONS:
        metafunc.fixturenames.append("turn")
        turns = range(metafunc.config.getoption("--of-each"))
        metafunc.parametrize("turn", turns, ids=[f"turn{turn}" for turn in turns])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of the slips, keep one."""
    kept = [item for item in items if kind_of(item) != "form error" or SLIP in item.name]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept
