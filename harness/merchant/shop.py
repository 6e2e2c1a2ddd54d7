"""One shop: its orders, its calls to the Checkout API, and what it was told and asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from http import HTTPStatus

from harness.api import CheckoutAPI, Exchange, Guard, Transaction
from harness.errors import HarnessError
from harness.merchant.credentials import Credentials
from harness.merchant.orders import Order, OrderRequest, order_number
from harness.merchant.records import AdminNotice, CustomerReturn
from harness.merchant.sessions import Sessions
from harness.merchant.signature import is_signed
from harness.merchant.webhooks import ReceivedWebhook, WebhookInbox
from harness.redaction import redactor


class Shop:
    """A merchant's shop on a `MerchantSite`. Its lists are copies, safe from any thread.

    `webhook_status` is the answer to a webhook whose signature is right (or cannot be checked);
    it may be changed at any time. `webhook_url` is None where no webhook can reach the shop;
    `guard` is asked before a session is made, and `run` stands in every order's number.
    """

    def __init__(
        self,
        url: str,
        credentials: Credentials,
        *,
        webhook_url: str | None,
        webhook_status: int,
        currency: str,
        guard: Guard | None,
        run: str,
        closed: Callable[[], None],
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
            guard=guard,
        )
        self._run = run
        self._closed = closed
        self._sessions = Sessions(self._api, f"{url}/return", webhook_url, run)

    def close(self) -> None:
        """Close the connection to the Checkout API; no page of the shop is served any more."""
        self._closed()
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
        order = Order(order_number(self._run), asked, unit_price=asked.amount, quantity=quantity)
        with self._telling_admin("An order could not be placed", order.order_no):
            if not asked.pg_codes:
                asked = asked.model_copy(
                    update={"pg_codes": self._sessions.gateways(asked.currency_code)}
                )
                order.request = asked
            self._sessions.open(order)
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
                return self._sessions.update(order)
            except HarnessError:
                order.unit_price, order.quantity = before
                raise
            finally:
                # Another session has another number, and the former one stays known.
                with self._lock:
                    self._orders[order.order_no] = order

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
