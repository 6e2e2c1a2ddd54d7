"""What every scenario can ask for: the plugin of the harness, and a file of fixtures a thing."""

from __future__ import annotations

pytest_plugins = [
    "harness.plugin",
    "fixtures.target",
    "fixtures.gateways",
    "fixtures.customers",
    "fixtures.cards",
    "fixtures.merchant",
    "fixtures.browser",
    "fixtures.devices",
    "fixtures.checkout",
    "fixtures.links",
    "fixtures.contract",
    "fixtures.merchant_page",
    "fixtures.evidence",
]
