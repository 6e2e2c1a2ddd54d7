"""A shop for a person to try the checkout in: `harness shop`."""

from __future__ import annotations

import signal
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import typer

from harness.dealings import Dealings, Opened
from harness.embedded import EmbeddedSandbox
from harness.merchant.credentials import Credentials
from harness.merchant.site import MerchantSite
from harness.settings import Target, conduct, layers, resolve


def serve(host: str, port: int) -> None:
    """Serve a shop until SIGTERM or Ctrl-C; its address goes to standard output when it is ready.

    The shop's payments go to the target that the settings name, else to a sandbox started for
    it. Raises ConfigurationError for an unusable address or setting, SandboxDied.
    """
    over = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 -- a handler's shape
        over.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    with _target() as target, _dealings(target) as dealings, MerchantSite(host, port) as site:
        base = dealings.webhook_base(target, site.url)
        shop = site.open_shop(
            Credentials(
                base_url=target.base_url,
                api_key=target.api_key,
                public_key=target.public_key,
                merchant_id=target.merchant_id,
                sdk_url=target.sdk_url,
                hmac_key=target.hmac_key,
            ),
            webhook_base=base,
            hears_webhooks=base is not None,
            guard=dealings.guard(),
            run=dealings.run,
        )
        typer.echo(f"{shop.url}/")
        typer.echo(f"Payments go to {target.name} at {target.base_url}.", err=True)
        over.wait()


@contextmanager
def _dealings(target: Target) -> Iterator[Dealings]:
    """Within the limits that the settings name; what nobody paid in the end is closed."""
    with tempfile.TemporaryDirectory(prefix="checkout-shop-") as folder:
        opened = Opened(conduct(layers()), target, Path(folder), Path(folder))
        try:
            yield Dealings(opened.shared, target)
        finally:
            opened.close()


@contextmanager
def _target() -> Iterator[Target]:
    named = resolve(layers())
    if named is not None:
        yield named
        return
    with tempfile.TemporaryDirectory(prefix="checkout-shop-") as folder:
        sandbox = EmbeddedSandbox(Path(folder) / "sandbox.log")
        try:
            yield sandbox.ready()
        finally:
            sandbox.stop()
