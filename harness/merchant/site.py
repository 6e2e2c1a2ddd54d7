"""The web server of this process's merchants."""

from __future__ import annotations

import secrets
import threading
from types import TracebackType
from typing import Self

from harness.api import Guard
from harness.merchant.backend import Backend
from harness.merchant.credentials import Credentials
from harness.merchant.server import BackgroundServer
from harness.merchant.shop import Shop


class MerchantSite:
    """Many shops side by side on one port, served while a `with` block lasts.

    Args:
        host: the address to listen on.
        port: 0 takes any free one.
        public_url: scheme and host by which browsers and the target reach this site, when that
            is not the address it listens on (a tunnel, a container); without trailing slash.

    Raises:
        ConfigurationError: the port is taken.
    """

    def __init__(
        self, host: str = "127.0.0.1", port: int = 0, public_url: str | None = None
    ) -> None:
        self._lock = threading.Lock()
        self._shops: dict[str, Shop] = {}
        self._server = BackgroundServer(Backend(self._find).app, host, port)
        self.url = public_url or self._server.url

    def __enter__(self) -> Self:
        self._server.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.__exit__(kind, error, trace)
        with self._lock:
            shops = list(self._shops.values())
        for shop in shops:
            shop.close()

    def open_shop(
        self,
        credentials: Credentials,
        *,
        webhook_status: int = 200,
        webhook_base: str | None = None,
        hears_webhooks: bool = True,
        currency: str = "KWD",
        guard: Guard | None = None,
        run: str = "",
    ) -> Shop:
        """A new shop for the merchant of `credentials`.

        `webhook_status` is the answer to webhooks; `webhook_base` scheme and host by which the
        target reaches this site, when that differs from `url`; where it cannot reach it at all,
        the shop does not hear webhooks and asks for none. `currency` is that of the front page,
        `guard` is asked before a session is made, and `run` stands in every order's number.
        """
        shop_id = secrets.token_hex(4)
        path = f"/shops/{shop_id}"
        reached = (webhook_base or self.url).rstrip("/")
        shop = Shop(
            f"{self.url}{path}",
            credentials,
            webhook_url=f"{reached}{path}/webhooks/ottu" if hears_webhooks else None,
            webhook_status=webhook_status,
            currency=currency,
            guard=guard,
            run=run,
            closed=lambda: self._forget(shop_id),
        )
        with self._lock:
            self._shops[shop_id] = shop
        return shop

    def _forget(self, shop_id: str) -> None:
        with self._lock:
            self._shops.pop(shop_id, None)

    def _find(self, shop_id: str) -> Shop | None:
        with self._lock:
            return self._shops.get(shop_id)
