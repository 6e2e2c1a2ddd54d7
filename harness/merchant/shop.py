"""One shop: its orders, its calls to the Checkout API, and what it was told and asked."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus

from harness.api import CheckoutAPI, Exchange, Transaction
from harness.errors import APIError, ConfigurationError, HarnessError
from harness.merchant.credentials import Credentials
from harness.merchant.orders import Order, OrderRequest
from harness.merchant.signature import is_signed
from harness.merchant.webhooks import ReceivedWebhook, WebhookInbox
from harness.redaction import redactor

_OVER_AND_UNPAID = frozenset({"canceled", "expired", "failed", "invalided"})


@dataclass(frozen=True, slots=True)
class AdminNotice:
    """What the shop told its administrator: something a customer could not put right."""

    at: datetime
    subject: str
    reason: str
    order_no: str


@dataclass(frozen=True, slots=True)
class CustomerReturn:
    """A customer who came back to the shop by `redirect_url`.

    `query` is what the address carried; `state` what the API said of the session then, None
    when it could not be asked.
    """

    at: datetime
    query: dict[str, str]
    state: str | None

    @property
    def session_id(self) -> str:
        """The session the address names; empty when it names none."""
        return self.query.get("session_id", "")


class Shop:
    """A merchant's shop on a `MerchantSite`. Its lists are copies, safe from any thread.

    `webhook_status` is the answer to a webhook whose signature is right (or cannot be checked);
    it may be changed at any time.
    """

    def __init__(
        self,
        url: str,
        credentials: Credentials,
        *,
        webhook_url: str,
        webhook_status: int,
        currency: str,
    ) -> None:
        redactor.register(credentials.api_key)
        if credentials.hmac_key is not None:
            redactor.register(credentials.hmac_key)
        self.url = url
        self.credentials = credentials
        self.webhook_url = webhook_url
        self.webhook_status = webhook_status
        self.currency = currency
        self._lock = threading.Lock()
        self._orders: dict[str, Order] = {}
        self._exchanges: list[Exchange] = []
        self._notices: list[AdminNotice] = []
        self._returns: list[CustomerReturn] = []
        self._inbox = WebhookInbox()
        self._api = CheckoutAPI(
            credentials.base_url,
            credentials.api_key,
            on_exchange=self._remember,
            actor="merchant backend",
        )

    def close(self) -> None:
        """Close the connection to the Checkout API."""
        self._api.close()

    @property
    def webhooks(self) -> list[ReceivedWebhook]:
        """Every webhook received, refused ones included, in the order they came."""
        return self._inbox.all

    @property
    def exchanges(self) -> list[Exchange]:
        """Every call this shop made to the Checkout API."""
        with self._lock:
            return list(self._exchanges)

    @property
    def admin_notices(self) -> list[AdminNotice]:
        """What the administrator was told."""
        with self._lock:
            return list(self._notices)

    @property
    def returns(self) -> list[CustomerReturn]:
        """Customers who came back by `redirect_url`."""
        with self._lock:
            return list(self._returns)

    def wait_for_webhook(
        self,
        session_id: str,
        count: int = 1,
        timeout_s: float = 10.0,
        matching: Callable[[ReceivedWebhook], bool] | None = None,
    ) -> list[ReceivedWebhook]:
        """The webhooks about `session_id`, as soon as `count` of them (that match) are there.

        Raises:
            NeverHappened: they did not come within `timeout_s` seconds.
        """
        return self._inbox.wait_for(session_id, count, timeout_s, matching)

    def page_url(self, order: Order) -> str:
        """The address of the page on which `order` is paid."""
        return f"{self.url}/checkout/{order.order_no}"

    def order(self, order_no: str) -> Order | None:
        """The order of that number, None when there is none."""
        with self._lock:
            return self._orders.get(order_no)

    def place(self, asked: OrderRequest, quantity: int = 1) -> Order:
        """Take an order and create its session.

        Raises:
            HarnessError: the Checkout API refused or did not answer; the administrator knows.
        """
        order = Order(_order_number(), asked, unit_price=asked.amount, quantity=quantity)
        with self._telling_admin("An order could not be placed", order.order_no):
            if not asked.pg_codes:
                asked = asked.model_copy(update={"pg_codes": self._gateways(asked.currency_code)})
                order.request = asked
            self._open_session(order)
        with self._lock:
            self._orders[order.order_no] = order
        return order

    def change(
        self, order: Order, *, amount: str | None = None, quantity: int | None = None
    ) -> bool:
        """Give `order` another amount or quantity, and tell the Checkout API.

        The API may refuse the change as invalid: then the session is ended and another created,
        and the result is True. Ottu: "Merchant backend" in its checkout documentation.

        Raises:
            HarnessError: there is no session for the new amount; the administrator knows.
        """
        with order.changing, self._telling_admin("An order could not be changed", order.order_no):
            before = order.unit_price, order.quantity
            if amount is not None:
                order.unit_price, order.quantity = amount, 1
            if quantity is not None:
                order.quantity = quantity
            try:
                return self._update_session(order)
            except HarnessError:
                order.unit_price, order.quantity = before
                raise

    def receive_webhook(self, payload: dict[str, object], headers: Mapping[str, str]) -> int:
        """Check and keep a webhook; gives the HTTP status to answer it with."""
        key = self.credentials.hmac_key
        valid = None if key is None else is_signed(payload, key.get_secret_value())
        status = int(HTTPStatus.UNAUTHORIZED) if valid is False else self.webhook_status
        webhook = ReceivedWebhook(payload, datetime.now(UTC), valid, dict(headers), status)
        self._inbox.add(webhook)
        return status

    def welcome_back(self, query: Mapping[str, str]) -> Transaction | None:
        """Note a customer's return and ask the API what became of their payment.

        The address is the customer's to change, so nothing in it is believed but the session.
        None when the API does not know, or cannot be asked; the administrator knows then.
        """
        transaction = None
        session_id = query.get("session_id", "")
        if session_id:
            try:
                with self._telling_admin("A payment could not be checked", session_id):
                    transaction = self._api.retrieve(session_id)
            except HarnessError:
                transaction = None
        state = transaction.state if transaction else None
        with self._lock:
            self._returns.append(CustomerReturn(datetime.now(UTC), dict(query), state))
        return transaction

    def notify_admin(self, subject: str, reason: str, order_no: str = "") -> None:
        """Tell the administrator."""
        notice = AdminNotice(datetime.now(UTC), subject, redactor.text(reason), order_no)
        with self._lock:
            self._notices.append(notice)

    def _open_session(self, order: Order) -> None:
        fields = order.api_fields(f"{self.url}/return", self.webhook_url)
        transaction = self._api.create(**fields)
        if order.session_id:
            order.former_sessions.append(order.session_id)
        order.session_id = transaction.session_id
        order.preload = transaction.sdk_setup_preload_payload

    def _update_session(self, order: Order) -> bool:
        try:
            self._api.update(order.session_id, amount=order.amount)
        except APIError as refused:
            if refused.status != HTTPStatus.BAD_REQUEST:
                raise
        else:
            # The set-up handed over with the page has the old amount in it.
            order.preload = None
            return False
        self._end_session(order.session_id)
        # An order number names one transaction at Ottu, so the next one needs its own.
        order.order_no = _order_number()
        self._open_session(order)
        with self._lock:
            self._orders[order.order_no] = order
        return True

    def _end_session(self, session_id: str) -> None:
        try:
            self._api.operate("cancel", session_id=session_id)
        except APIError:
            # Refused because it is over already? Then nothing is left to end. In any other
            # state a second session would let the customer pay for one order twice.
            if self._api.retrieve(session_id).state not in _OVER_AND_UNPAID:
                raise

    def _gateways(self, currency: str) -> list[str]:
        # Gateways that only authorise cannot stand beside gateways that charge at once.
        offered = self._api.payment_methods("e_commerce", [currency], operation="purchase")
        if not offered:
            raise ConfigurationError(
                f"The merchant has no payment gateway for {currency} at "
                f"{self.credentials.base_url}. Name gateways with OTTU_PG_CODES, or use "
                "another currency."
            )
        return [method.code for method in offered]

    def _remember(self, exchange: Exchange) -> None:
        with self._lock:
            self._exchanges.append(exchange)

    @contextmanager
    def _telling_admin(self, subject: str, order_no: str) -> Iterator[None]:
        try:
            yield
        except HarnessError as error:
            self.notify_admin(subject, error.message, order_no)
            raise


def _order_number() -> str:
    # Letters keep it from ever being taken for a card number.
    return f"DH-{secrets.token_hex(5).upper()}"
