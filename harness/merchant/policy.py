"""The Content-Security-Policy a merchant's checkout page sends."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit

from harness.merchant.credentials import Credentials


def content_security_policy(
    credentials: Credentials, kind: Literal["documented", "trusted-types"]
) -> str:
    """What Ottu's policy builder tells merchants to send, with this target's addresses.

    "trusted-types" adds that no string may become script or markup without a policy's leave,
    which a merchant is free to ask of their own page.
    """
    api, script = _origin(credentials.base_url), _origin(credentials.sdk_url)
    directives = [
        "default-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        f"script-src 'self' {script}",
        f"connect-src 'self' {api}",
        f"frame-src {api}",
        f"img-src 'self' {script} data: blob:",
        "style-src 'self' 'unsafe-inline'",
        "font-src data:",
    ]
    if kind == "trusted-types":
        directives += ["require-trusted-types-for 'script'", "trusted-types shop ottu-checkout"]
    return "; ".join(directives)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
