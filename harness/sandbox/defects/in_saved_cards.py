"""Defects of saved cards: who is offered them, what they cost in care, whether they go."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from harness.sandbox.cards import SavedCard, Vault
from harness.sandbox.gateways import CardDetails
from harness.sandbox.mids import Mid
from harness.sandbox.payments import Payments
from harness.sandbox.transactions import Transaction

from . import BrowserDefect, Defect, defect

_GONE: Final = "removed:"


@defect(
    "saved/of-another-customer",
    place="saved cards",
    severity="blocker",
    flows=("saved-card/saved",),
)
class OfAnotherCustomer(Defect, Vault):
    """A customer is offered the cards of all others."""

    def of_customer(self, customer_id: str, pg_codes: list[str] | None = None) -> list[SavedCard]:
        return [
            card
            for card in self.tenant.cards.values()
            if pg_codes is None or card.pg_code in pg_codes
        ]


@defect(
    "saved/removed-still-chargeable",
    place="saved cards",
    severity="blocker",
    flows=("saved-card/removed",),
)
class RemovedStillChargeable(Defect, Vault):
    """A card that the customer removed can still be charged."""

    def forget(self, token: str) -> None:
        card = self.tenant.cards[token]
        self.tenant.cards[token] = replace(card, customer_id=f"{_GONE}{card.customer_id}")

    def find(self, token: str, customer_id: str) -> SavedCard:
        card = self.tenant.cards.get(token)
        gone = card is not None and card.customer_id == f"{_GONE}{customer_id}"
        return super().find(token, f"{_GONE}{customer_id}" if gone else customer_id)


@defect(
    "saved/removed-comes-back",
    place="saved cards",
    severity="critical",
    flows=("saved-card/removed",),
)
class RemovedComesBack(Defect, Vault):
    """A card that the customer removed is offered again."""

    def forget(self, token: str) -> None:
        return


@defect(
    "saved/code-not-required",
    place="saved cards",
    severity="critical",
    flows=("saved-card/paid", "saved-card/3ds-passed", "saved-card/3ds-failed"),
)
class CodeNotRequired(Defect, Vault):
    """A gateway that wants the CVV of a saved card does not get it asked for."""

    def as_listed(self, card: SavedCard) -> dict[str, Any]:
        return super().as_listed(card) | {"cvv_required": False}


@defect("saved/kept-unasked", place="saved cards", severity="blocker", flows=("saved-card/saved",))
class KeptUnasked(Defect, Payments):
    """Every card is kept, whether the customer wants it or not."""

    async def pay_with_card(
        self, session_id: str, pg_code: object, details: CardDetails, *, save_card: bool
    ) -> dict[str, Any]:
        return await super().pay_with_card(session_id, pg_code, details, save_card=True)


@defect(
    "saved/not-kept",
    place="saved cards",
    severity="major",
    flows=("saved-card/saved", "saved-card/paid"),
)
class NotKept(Defect, Vault):
    """A card that is to be kept is not."""

    def keep(self, transaction: Transaction, mid: Mid, details: CardDetails) -> SavedCard | None:
        return None


@defect(
    "saved/number-in-full",
    place="saved cards",
    severity="blocker",
    flows=("saved-card/saved", "saved-card/paid"),
)
class SavedNumberInFull(Defect, Vault):
    """The merchant's page gets the whole number of a saved card."""

    def as_listed(self, card: SavedCard) -> dict[str, Any]:
        return super().as_listed(card) | {"number": f"**** {card.details.number}"}


@defect(
    "sdk/card-kept-unasked",
    place="saved cards",
    severity="blocker",
    flows=("saved-card/saved",),
)
class CardKeptUnasked(BrowserDefect):
    """The SDK asks Ottu to keep a card though the switch is off."""


@defect(
    "sdk/switch-without-effect",
    place="saved cards",
    severity="major",
    flows=("saved-card/saved", "saved-card/paid"),
)
class SwitchWithoutEffect(BrowserDefect):
    """The switch that keeps a card has no effect."""


@defect(
    "sdk/saved-card-not-preselected",
    place="saved cards",
    severity="minor",
    flows=("saved-card/saved",),
)
class SavedCardNotPreselected(BrowserDefect):
    """A saved card is offered and not preselected."""


@defect(
    "sdk/code-not-asked",
    place="saved cards",
    severity="critical",
    flows=("saved-card/paid", "saved-card/3ds-passed", "saved-card/3ds-failed"),
)
class CodeNotAsked(BrowserDefect):
    """The SDK pays with a saved card without asking for its CVV."""


@defect(
    "sdk/removal-unconfirmed",
    place="saved cards",
    severity="major",
    flows=("saved-card/removed",),
)
class RemovalUnconfirmed(BrowserDefect):
    """A card is removed without asking whether that is meant."""


@defect(
    "sdk/keep-removes",
    place="saved cards",
    severity="critical",
    flows=("saved-card/removed",),
)
class KeepRemoves(BrowserDefect):
    """A card is removed though the customer thinks better of it."""


@defect(
    "sdk/removed-on-screen-only",
    place="saved cards",
    severity="critical",
    flows=("saved-card/removed",),
)
class RemovedOnScreenOnly(BrowserDefect):
    """A removed card disappears from the screen and not from Ottu."""
