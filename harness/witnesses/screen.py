"""The customer's own eyes: what the checkout said it would cost when they pressed Pay."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from harness.witnesses.bystander import Overheard, press
from harness.witnesses.statement import Statement

_PAY: Final = re.compile(r"^(?:Pay|ادفع) \((?P<total>[\d.,]+) (?P<currency>[A-Z]{3})\)$")
_AMOUNT: Final = re.compile(r"(?P<amount>[\d.,]+) (?P<currency>[A-Z]{3})")
#: Marks that set an amount apart inside Arabic text; nobody sees them.
_INVISIBLE: Final = re.compile("[\u2066-\u2069\u200e\u200f]")


def by_screen(overheard: Sequence[Overheard]) -> Statement:
    """What the buttons that pay named as their price, and the amount above the SDK's methods.

    A gateway's own page has such a button as well; the last one that was pressed counts, and
    those before it must have named the same.
    """
    prices, amounts, problems = [], [], []
    for each in overheard:
        shown = press(each) if each.kind == "press" else {"button": ""}
        button = _PAY.match(_INVISIBLE.sub("", shown["button"]).strip())
        if button is None:
            continue
        prices.append((button["total"], button["currency"]))
        if shown["page"]:
            above = _AMOUNT.search(_INVISIBLE.sub("", shown["amount"]))
            amounts.append((above["amount"], above["currency"]) if above else ("", ""))
    if not prices:
        return Statement("screen")
    if len(set(prices)) > 1:
        named = ", then ".join(" ".join(price) for price in prices)
        problems.append(f"the buttons named {named}")
    facts = dict(zip(("total", "currency"), prices[-1], strict=True))
    if amounts:
        facts["amount"], currency = amounts[-1]
        if currency != facts["currency"]:
            problems.append(f"the amount is in {currency}, the button in {facts['currency']}")
    return Statement("screen", facts, problems)
