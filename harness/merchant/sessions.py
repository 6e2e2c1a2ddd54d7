"""The payment sessions behind a shop's orders, as Ottu tells a merchant's backend to keep them."""

from __future__ import annotations

from http import HTTPStatus

from harness.api import CheckoutAPI
from harness.errors import APIError, ConfigurationError
from harness.merchant.orders import Order, order_number

_OVER_AND_UNPAID = frozenset({"canceled", "expired", "failed", "invalided"})


class Sessions:
    """Opens, updates and replaces sessions at the Checkout API.

    Without a `webhook_url` none is asked for; `run` is what every order's number has in it.

    Every method raises `APIError` or `TargetUnreachable` when the API refuses or is silent.
    """

    def __init__(
        self, api: CheckoutAPI, redirect_url: str, webhook_url: str | None, run: str
    ) -> None:
        self._api = api
        self._run = run
        self._redirect_url = redirect_url
        self._webhook_url = webhook_url

    def gateways(self, currency: str) -> list[str]:
        """The codes of all gateways that charge `currency`.

        Raises:
            ConfigurationError: the merchant has none.
        """
        # Gateways that only authorise cannot stand beside gateways that charge at once.
        offered = self._api.payment_methods("e_commerce", [currency], operation="purchase")
        if not offered:
            raise ConfigurationError(
                f"The merchant has no payment gateway for {currency} at {self._api.base_url}. "
                "Name gateways with OTTU_PG_CODES, or use another currency."
            )
        return [method.code for method in offered]

    def open(self, order: Order) -> None:
        """Create a session for `order`."""
        transaction = self._api.create(**order.api_fields(self._redirect_url, self._webhook_url))
        order.session_id = transaction.session_id
        order.preload = transaction.sdk_setup_preload_payload

    def update(self, order: Order) -> bool:
        """Give the session of `order` its amount; True when that took another session.

        When the other session cannot be had, the order is left without one.
        """
        try:
            self._api.update(order.session_id, amount=order.amount)
        except APIError as refused:
            if refused.status != HTTPStatus.BAD_REQUEST:
                raise
        else:
            # The set-up handed over with the page has the old amount in it.
            order.preload = None
            return False
        self._end(order.session_id)
        order.former_sessions.append(order.session_id)
        order.session_id = ""
        # An order number names one transaction at Ottu, so the next one needs its own.
        order.order_no = order_number(self._run)
        self.open(order)
        return True

    def _end(self, session_id: str) -> None:
        try:
            self._api.operate("cancel", session_id=session_id)
        except APIError:
            # Refused because it is over already? Then nothing is left to end. In any other
            # state a second session would let the customer pay for one order twice.
            if self._api.retrieve(session_id).state not in _OVER_AND_UNPAID:
                raise
