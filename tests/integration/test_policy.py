"""What a Content-Security-Policy lets a checkout do, by the examples that merchants write."""

from __future__ import annotations

import pytest

from harness.integration.policy import Need, allows

PAGE = "https://shop.example/checkout"
SCRIPT = Need("script-src", "https://assets.ottu.net")
CALL = Need("connect-src", "https://sandbox.ottu.net")
FRAME = Need("frame-src", "https://sandbox.ottu.net")
IMAGE = Need("img-src", "data:")
STYLE = Need("style-src", "'unsafe-inline'")


@pytest.mark.parametrize(
    ("policy", "need", "is_allowed"),
    [
        ("", SCRIPT, True),
        ("img-src 'self'", SCRIPT, True),
        ("default-src 'self'", SCRIPT, False),
        ("default-src 'none'; script-src https://assets.ottu.net", SCRIPT, True),
        ("script-src assets.ottu.net", SCRIPT, True),
        ("SCRIPT-SRC Assets.Ottu.Net", SCRIPT, True),
        ("script-src https://assets.ottu.net/checkout/v3/", SCRIPT, True),
        ("script-src http://assets.ottu.net", SCRIPT, True),
        ("script-src https:", SCRIPT, True),
        ("script-src http://assets.ottu.net:8080", SCRIPT, False),
        ("script-src https://ottu.net", SCRIPT, False),
        ("script-src 'nonce-abc' 'strict-dynamic'", SCRIPT, True),
        ("script-src *; script-src-elem 'self'", SCRIPT, False),
        ("connect-src https://*.ottu.net", CALL, True),
        ("connect-src https://*.ottu.com", CALL, False),
        ("connect-src 'self'", CALL, False),
        ("default-src 'none'; child-src https://sandbox.ottu.net", FRAME, True),
        ("child-src 'none'; frame-src https://sandbox.ottu.net:*", FRAME, True),
        ("img-src * data:", IMAGE, True),
        ("img-src *", IMAGE, False),
        ("style-src 'self' 'unsafe-inline'", STYLE, True),
        ("style-src 'unsafe-inline' 'nonce-abc'", STYLE, False),
        ("frame-src 'none'; frame-src https://sandbox.ottu.net", FRAME, False),
    ],
)
def test_a_policy_is_read_as_a_browser_reads_it(policy: str, need: Need, is_allowed: bool) -> None:
    """Fallbacks, wildcards, ports, schemes and nonces count as the standard says."""
    assert allows(policy, need, PAGE) is is_allowed
