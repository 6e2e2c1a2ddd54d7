"""The catalogue of defects keeps what it promises."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from harness.flows import FLOWS
from harness.sandbox import sdk
from harness.sandbox.defects import CATALOGUE, BrowserDefect, Place, Severity, catalogue
from harness.sandbox.tenants import Part

CARDS = {card.id: card for card in catalogue.cards()}
_FORM = Path(catalogue.__file__).parent.parent / "templates/card_form/defects.js"


def test_there_are_enough_of_them_everywhere() -> None:
    """At least sixty, and some in every place a checkout can break."""
    assert len(CARDS) >= 60
    assert {card.place for card in CARDS.values()} == set(get_args(Place))


@pytest.mark.parametrize("name", CARDS)
def test_a_defect_says_what_it_is(name: str) -> None:
    """One sentence, a known severity, and flows that exist."""
    card = CARDS[name]

    assert re.fullmatch(r"[A-Za-z][^\n]+\.", card.sentence)
    assert card.severity in get_args(Severity)
    assert card.flows
    assert set(card.flows) <= set(FLOWS)


def test_every_flow_is_broken_by_a_defect() -> None:
    """No promise of the checkout is left that nothing can break."""
    claimed = {flow for card in CARDS.values() for flow in card.flows}

    assert claimed == set(FLOWS)


def test_every_browser_defect_has_its_override_and_the_other_way_round() -> None:
    """An id without browser code would do nothing, and code without an id could not be planted."""
    in_form = set(re.findall(r"cardForm\.defects\['([^']+)'\]", _FORM.read_text("utf-8")))
    entered = {d.card.id for d in CATALOGUE.values() if issubclass(d, BrowserDefect)}

    assert entered == in_form | sdk.defect_ids()


@pytest.mark.parametrize("name", CARDS)
def test_a_defect_bites_somewhere(name: str) -> None:
    """Outside the browser, a defect overrides methods that the part it bites really has."""
    defect = CATALOGUE[name]
    parts = [base for base in defect.__mro__[1:] if issubclass(base, Part)]
    own = {each for each in vars(defect) if not each.startswith("__")} - {"card"}

    if not issubclass(defect, BrowserDefect):
        assert own
    for method in own:
        assert any(method in vars(part) for part in parts), f"{method} overrides nothing"
