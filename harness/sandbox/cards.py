"""Saved cards: the vault behind tokens."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from .errors import NotFound, Refused
from .gateways import CardDetails
from .mids import Mid
from .references import card_token
from .tenants import Part
from .transactions import Transaction


@dataclass(frozen=True, slots=True)
class SavedCard:
    """A card a customer chose to keep, and the MID it can be charged with."""

    token: str
    customer_id: str
    pg_code: str
    pg: str
    details: CardDetails = field(repr=False)
    cvv_required: bool
    position: int
    agreements: tuple[str, ...] = ()

    @property
    def shown_number(self) -> str:
        """What of the number a customer may see."""
        return f"**** {self.details.number[-4:]}"

    @property
    def expiry(self) -> tuple[str, str]:
        """Month and year, two digits each."""
        return f"{self.details.expiry_month:02d}", f"{self.details.expiry_year % 100:02d}"


class Vault(Part):
    """The saved cards of one tenant."""

    def keep(self, transaction: Transaction, mid: Mid, details: CardDetails) -> SavedCard | None:
        """Save a card for the transaction's customer; None when there is no customer.

        The same card with the same MID keeps its token.
        """
        customer_id = transaction.fields.get("customer_id")
        if not customer_id or not mid.tokenizable:
            return None
        agreed = self._agreement(transaction)
        for known in self.of_customer(customer_id):
            if known.details.number == details.number and known.pg_code == mid.code:
                return self._agree(known, agreed)
        card = SavedCard(
            token=card_token(),
            customer_id=customer_id,
            pg_code=mid.code,
            pg=mid.pg,
            details=CardDetails(
                number=details.number,
                expiry_month=details.expiry_month,
                expiry_year=details.expiry_year,
                name_on_card=details.name_on_card,
            ),
            cvv_required=mid.token_needs_cvv,
            position=len(self.tenant.cards),
        )
        return self._agree(card, agreed)

    @staticmethod
    def _agreement(transaction: Transaction) -> tuple[str, ...]:
        """The agreement the card is saved for; only an auto-debit session makes one."""
        if transaction.fields.get("payment_type") != "auto_debit":
            return ()
        name = (transaction.fields.get("agreement") or {}).get("id")
        return (str(name),) if name else ()

    def _agree(self, card: SavedCard, agreements: tuple[str, ...]) -> SavedCard:
        """Bind the card to agreements; a card that takes over an agreement frees the former one."""
        if agreements:
            for other in self.of_customer(card.customer_id):
                if other.token != card.token and set(other.agreements) & set(agreements):
                    left = tuple(name for name in other.agreements if name not in agreements)
                    self.tenant.cards[other.token] = replace(other, agreements=left)
            card = replace(card, agreements=tuple(dict.fromkeys(card.agreements + agreements)))
        self.tenant.cards[card.token] = card
        return card

    def of_customer(self, customer_id: str, pg_codes: list[str] | None = None) -> list[SavedCard]:
        """A customer's cards, oldest first, only those the given MIDs can charge."""
        return [
            card
            for card in self.tenant.cards.values()
            if card.customer_id == customer_id and (pg_codes is None or card.pg_code in pg_codes)
        ]

    def find(self, token: str, customer_id: str) -> SavedCard:
        """A customer's own card. Raises NotFound."""
        card = self.tenant.cards.get(token)
        if card is None or card.customer_id != customer_id:
            raise NotFound
        return card

    def remove(self, token: str, customer_id: str) -> None:
        """Forget a customer's own card for good.

        Raises NotFound, and Refused for a card that an auto-debit agreement relies on.
        """
        if self.find(token, customer_id).agreements:
            raise Refused("This card is used for auto-debit payments and can't be deleted.")
        self.forget(token)

    def forget(self, token: str) -> None:
        """Take a card out of the vault."""
        del self.tenant.cards[token]

    def is_expired(self, card: SavedCard) -> bool:
        """Whether the card's last month is over."""
        now = self.tenant.clock.now()
        return (card.details.expiry_year, card.details.expiry_month) < (now.year, now.month)

    def as_listed(self, card: SavedCard) -> dict[str, Any]:
        """The card as the merchant's card list and webhooks show it."""
        month, year = card.expiry
        return {
            "brand": card.details.brand,
            "customer_id": card.customer_id,
            "cvv_required": card.cvv_required,
            "expiry_month": month,
            "expiry_year": year,
            "is_expired": self.is_expired(card),
            "is_preferred": card is self.of_customer(card.customer_id)[0],
            "name_on_card": card.details.name_on_card or None,
            "number": card.shown_number,
            "pg_code": card.pg_code,
            "pg_name": card.pg,
            "token": card.token,
            "agreements": list(card.agreements),
        }
