"""M-Wallet: balances that a merchant keeps for its customers, and every movement on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Final, TypeVar

from . import money
from .errors import Refused
from .tenants import Part
from .wallet_book import Account, Entry, Movement

#: The code of the one wallet service of the sandbox (``wallet_code``, ``provider_code``).
WALLET_CODE: Final = "ottu"

#: Movements that hold money without spending it, and give it back.
_HOLDS: Final = frozenset({"reserve", "release"})


class MWallet(Part):
    """The wallets of one tenant's customers."""

    def active(self) -> bool:
        """Whether this merchant has a wallet service at all."""
        return any("wallet" in mid.wallets for mid in self.tenant.mids.values())

    def find(self, customer_id: str, currency: str) -> Account | None:
        """A customer's account in that currency, or None."""
        return self.tenant.wallets.accounts.get((customer_id, currency))

    def credit(
        self,
        customer_id: str,
        amount: Decimal,
        currency: str,
        *,
        entry_type: str,
        operation_type: str,
        session_id: str = "",
        pg_code: str = "",
    ) -> Entry:
        """Put money into a wallet, which is made if there is none."""
        book, now = self.tenant.wallets, self.tenant.clock.now()
        key = (customer_id, currency)
        account = book.accounts.get(key)
        if account is None:
            number = len(book.accounts) + 1
            account = book.accounts[key] = Account(number, customer_id, currency, now, now)
        movement = self._movement(operation_type, session_id)
        return self._enter(account, movement, entry_type, amount, pg_code)

    def pay(
        self, customer_id: str, amount: Decimal, currency: str, session_id: str, pg_code: str
    ) -> dict[str, Any]:
        """Reserve and spend ``amount``; the wallet leg as payments tell of it.

        Raises Refused when the customer has not that much.
        """
        account = self.find(customer_id, currency)
        if account is None:
            raise Refused(f"No {currency} wallet account found for customer.")
        if account.available < amount:
            raise Refused("Insufficient wallet balance.")
        movement = self._movement("reservation", session_id)
        reserve = self._enter(account, movement, "reserve", amount, pg_code)
        spent = self._enter(account, movement, "debit_payment", amount, pg_code)
        return self.leg(reserve, spent)

    def _movement(self, operation_type: str, session_id: str) -> Movement:
        movements = self.tenant.wallets.movements
        movement = Movement(len(movements) + 1, operation_type, session_id)
        movements.append(movement)
        return movement

    def _enter(
        self, account: Account, movement: Movement, entry_type: str, amount: Decimal, pg_code: str
    ) -> Entry:
        entries, now = self.tenant.wallets.entries, self.tenant.clock.now()
        entry = Entry(
            number=len(entries) + 1,
            operation=movement.number,
            account=account,
            entry_type=entry_type,
            amount=amount,
            session_id=movement.session_id,
            pg_code=pg_code,
            at=now,
        )
        entries.append(entry)
        account.updated = now
        if entry_type in _HOLDS:
            account.reserved += amount if entry_type == "reserve" else -amount
        elif entry_type == "debit_payment":
            account.reserved -= amount
            account.balance -= amount
        else:
            account.balance += amount if entry.direction == "credit" else -amount
        return entry

    # -- how it is shown ----------------------------------------------------------------

    def leg(self, reserve: Entry, spent: Entry) -> dict[str, Any]:
        """A wallet's share of a payment (``customer_wallet_transactions``)."""
        at, currency = spent.at.isoformat(), spent.account.currency
        amount = money.text(spent.amount, currency)
        return {
            "provider_code": WALLET_CODE,
            "amount": amount,
            "currency": currency,
            "operation_id": str(spent.operation),
            "wallet_response": {
                "amount": amount,
                "status": "completed",
                "currency": currency,
                "created_at": at,
                "customer_id": spent.account.customer_id,
                "operation_id": str(spent.operation),
                "payment_entry_id": spent.number,
                "reserve_entry_id": reserve.number,
            },
            "created_at": at,
            "modified_at": at,
        }

    def accounts(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """A customer's accounts, one page of them."""
        fitting = [
            account
            for account in self.tenant.wallets.accounts.values()
            if account.customer_id == asked["customer_id"]
            and asked.get("currency") in (None, "", account.currency)
            and asked.get("status") in (None, "active")
        ]
        return _page(fitting, asked.get("pagination") or {}, lambda a: a.number, _account)

    def entries(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """A ledger's entries, one page of them. Raises Refused without such an account."""
        account = self.find(asked["customer_id"], asked["currency"])
        if account is None:
            raise Refused(f"No {asked['currency']} wallet account found for customer.")
        wanted = {
            name: asked[name]
            for name in ("entry_type", "direction", "session_id", "pg_code")
            if asked.get(name)
        }
        fitting = [
            entry
            for entry in self.tenant.wallets.entries
            if entry.account is account
            and all(getattr(entry, name) == value for name, value in wanted.items())
            and asked.get("status") in (None, "completed")
            and asked.get("provider") in (None, "", WALLET_CODE)
            and (asked.get("date_from") or "") <= entry.at.date().isoformat()
            and entry.at.date().isoformat() <= (asked.get("date_to") or "9999")
        ]
        return _page(fitting, asked.get("pagination") or {}, lambda e: e.number, _entry)

    def operation(self, number: int) -> dict[str, Any]:
        """One operation with its entries. Raises Refused when there is none."""
        book = self.tenant.wallets
        if not 1 <= number <= len(book.movements):
            raise Refused(f"No wallet operation {number} was found.")
        movement = book.movements[number - 1]
        return {
            "operation_type": movement.operation_type,
            "status": "completed",
            "session_id": movement.session_id,
            "entries": [
                {"id": entry.number} | _entry(entry)
                for entry in book.entries
                if entry.operation == number
            ],
        }


def _account(account: Account) -> dict[str, Any]:
    return {
        "id": account.id,
        "customer_id": account.customer_id,
        "currency": account.currency,
        "status": "active",
        "balance": money.text(account.balance, account.currency),
        "available_balance": money.text(account.available, account.currency),
        "created_at": account.created.isoformat(),
        "updated_at": account.updated.isoformat(),
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "entry_type": entry.entry_type,
        "direction": entry.direction,
        "amount": money.text(entry.amount, entry.account.currency),
        "currency": entry.account.currency,
        "status": "completed",
        "session_id": entry.session_id,
        "pg_code": entry.pg_code,
        "created_at": entry.at.isoformat(),
    }


T = TypeVar("T")


def _page(
    found: Iterable[T],
    asked: Mapping[str, Any],
    number: Callable[[T], int],
    shown: Callable[[T], dict[str, Any]],
) -> dict[str, Any]:
    """One page by cursor: ``cursor`` is the number the page starts behind, or ends before."""
    everything = list(found)
    cursor: int = asked.get("cursor") or 0
    per_page: int = asked.get("per_page") or 20
    if asked.get("direction") == "backward" and cursor:
        page = [item for item in everything if number(item) < cursor][-per_page:]
    else:
        page = [item for item in everything if number(item) > cursor][:per_page]
    first = number(page[0]) if page else 0
    last = number(page[-1]) if page else 0
    more_after = bool(page) and any(number(item) > last for item in everything)
    more_before = bool(page) and any(number(item) < first for item in everything)

    def step(to: int, direction: str) -> dict[str, Any]:
        return {"cursor": to, "direction": direction, "per_page": per_page}

    return {
        "results": [shown(item) for item in page],
        "count": len(everything),
        "next": step(last, "forward") if more_after else None,
        "previous": step(first, "backward") if more_before else None,
    }
