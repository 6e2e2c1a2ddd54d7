"""The promises of the checkout, and the two marks with which a scenario says what it proves.

The catalogue is data: the gate asks it which flows a run must show, the report takes its
sentences, and a mark that names no flow of it is refused before anything runs.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from harness.errors import ConfigurationError

__all__ = ["FLOWS", "Flow", "flow", "named", "needs"]

_F = TypeVar("_F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Flow:
    """One promise of the checkout.

    `callback` is the callback due on the merchant's page, None where none may fire; `state` is
    the state the transaction must be in afterwards, None where there is no transaction to ask.
    """

    name: str
    sentence: str
    callback: str | None
    state: str | None

    @property
    def part(self) -> str:
        """The part of the checkout it belongs to: what stands before the slash."""
        return self.name.partition("/")[0]


def _catalogue(*flows: Flow) -> dict[str, Flow]:
    return {each.name: each for each in flows}


FLOWS = _catalogue(
    Flow(
        "backend/session-created",
        "The shop's server opens a session and serves the page that carries it.",
        None,
        "created",
    ),
    Flow(
        "backend/api-error",
        "The Checkout API refuses: the shop's admin is told and the customer sees an error page.",
        None,
        None,
    ),
    Flow(
        "backend/amount-updated",
        "The basket changes under way; the new amount is the one shown and charged.",
        "success",
        "paid",
    ),
    Flow(
        "backend/update-rejected",
        "A refused update ends its session, and the one opened in its place is paid.",
        "success",
        "paid",
    ),
    Flow(
        "frontend/methods-rendered",
        "The SDK loads and offers every payment method there is, and no other.",
        None,
        "pending",
    ),
    Flow(
        "frontend/invalid-session",
        "A session id that is unknown, missing or another shop's shows a clear error, not a form.",
        None,
        None,
    ),
    Flow("card/paid", "A card is typed in and charged at once.", "success", "paid"),
    Flow("card/declined", "The gateway turns the card down.", "cancel", "attempted"),
    Flow(
        "card/declined-single-trial",
        "The only trial that is allowed is turned down, and the session is over.",
        "cancel",
        "failed",
    ),
    Flow(
        "card/form-error",
        "A slip in the form is told at its field and nothing fires; corrected, the card pays.",
        "success",
        "paid",
    ),
    Flow("card/3ds-passed", "The customer proves themselves to the bank.", "success", "paid"),
    Flow("card/3ds-failed", "The bank does not believe the customer.", "cancel", "attempted"),
    Flow(
        "card/3ds-cancelled",
        "The customer walks away from the bank's question.",
        "cancel",
        "attempted",
    ),
    Flow(
        "saved-card/saved",
        "A card kept while paying is offered on the next visit.",
        "success",
        "paid",
    ),
    Flow("saved-card/paid", "A kept card pays, asked for its CVV or not.", "success", "paid"),
    Flow(
        "saved-card/3ds-passed",
        "A kept card is challenged and the customer passes.",
        "success",
        "paid",
    ),
    Flow(
        "saved-card/3ds-failed",
        "A kept card is challenged and the customer fails.",
        "cancel",
        "attempted",
    ),
    Flow("saved-card/removed", "A card the customer removes never comes back.", None, None),
    Flow("redirect/paid", "The customer pays on the gateway's own page and returns.", None, "paid"),
    Flow(
        "redirect/declined",
        "The gateway's own page turns the payment down and sends the customer back.",
        None,
        "attempted",
    ),
    Flow(
        "redirect/cancelled",
        "The customer gives up on the gateway's own page and returns.",
        None,
        "attempted",
    ),
    Flow(
        "redirect/unavailable",
        "The gateway makes no payment address, so the customer stays and is told.",
        "error",
        "pending",
    ),
    Flow("apple-pay/paid", "The Apple Pay sheet authorises the payment.", "success", "paid"),
    Flow(
        "apple-pay/declined",
        "The sheet authorises and the gateway turns it down.",
        "cancel",
        "attempted",
    ),
    Flow(
        "apple-pay/cancelled",
        "The customer dismisses the sheet before any attempt is made.",
        "cancel",
        "pending",
    ),
    Flow("apple-pay/unavailable", "No Apple device, no Apple Pay button.", None, None),
    Flow(
        "session/expired",
        "The session runs out while the customer looks at it.",
        "cancel",
        "expired",
    ),
    Flow(
        "session/authorized",
        "A gateway that only authorises reserves the money, which is captured afterwards.",
        "success",
        "authorized",
    ),
    Flow(
        "link/shared",
        "A payment link sent by e-mail, SMS or WhatsApp is opened and paid.",
        None,
        "paid",
    ),
    Flow("link/bulk", "Each link made from one list pays its own amount.", None, "paid"),
)


def named(name: str) -> Flow:
    """The flow of that name.

    Raises:
        ConfigurationError: there is no such flow; the sentence offers the nearest names.
    """
    try:
        return FLOWS[name]
    except KeyError:
        near = difflib.get_close_matches(name, FLOWS, n=3, cutoff=0.5)
        advice = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(FLOWS)}."
        raise ConfigurationError(f"No flow is called {name!r}: {advice}") from None


def flow(name: str) -> Callable[[_F], _F]:
    """Mark a scenario with the one flow that it proves.

    A name that is not in the catalogue is refused when the scenarios are collected, with the
    place where it stands (raising here would say it in a traceback).
    """
    import pytest  # noqa: PLC0415 -- the command line reads the catalogue, and runs no test

    return pytest.mark.flow(name)


def needs(*capabilities: str) -> Callable[[_F], _F]:
    """Mark a scenario that only a target with these capabilities can run.

    On a target that lacks one, the scenario is skipped and the reason names it.
    """
    import pytest  # noqa: PLC0415 -- as above

    return pytest.mark.needs(*capabilities)
