"""Nobody hears what is not meant for them: keys stay in backends, cards in Ottu's own frames."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from harness.callbacks import CallbackEvent
from harness.merchant.webhooks import ReceivedWebhook
from harness.witnesses.bystander import Overheard
from harness.witnesses.statement import Statement

_BETWEEN_DIGITS: Final = re.compile(r"(?<=\d)[ \u00a0-](?=\d)")
_CODE: Final = re.compile(r'"(?:cvv|cvc|csc|security_code)\\*"\s*:\s*\\*"\d{3,4}')


def by_secrets(
    keys: Mapping[str, str],
    card_numbers: Iterable[str],
    *,
    overheard: Sequence[Overheard],
    events: Sequence[CallbackEvent],
    webhooks: Sequence[ReceivedWebhook],
) -> Statement:
    """What was heard where it must not be: a merchant's key in the browser, a card at the merchant.

    `keys` are secrets by what they are; `card_numbers` the numbers that may have been typed.
    """
    problems = [
        f"the {name} came into the browser ({each.kind} at {_place(each.url)})"
        for each in overheard
        for name, key in keys.items()
        if key in each.text
    ]
    merchants = [(f"a {each.kind} of the page", each.text) for each in overheard if each.top]
    merchants += [(f"the call of {e.kind}", json.dumps(e.payload)) for e in events]
    merchants += [("the webhook", json.dumps(webhook.payload)) for webhook in webhooks]
    numbers = set(card_numbers)
    for where, text in merchants:
        digits = _BETWEEN_DIGITS.sub("", text)
        if any(number in digits for number in numbers):
            problems.append(f"a whole card number is in {where}")
        if _CODE.search(text):
            problems.append(f"a card's security code is in {where}")
    return Statement("secrets", {}, list(dict.fromkeys(problems)))


def _place(url: str) -> str:
    return url.partition("?")[0]
