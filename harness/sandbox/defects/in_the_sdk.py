"""Defects of the SDK script; the overrides with the same ids stand in ``sdk/defects``."""

from __future__ import annotations

from . import BrowserDefect, defect


@defect(
    "sdk/success-as-cancel",
    place="SDK",
    severity="blocker",
    flows=("card/paid", "card/3ds-passed", "saved-card/paid", "apple-pay/paid"),
)
class SuccessAsCancel(BrowserDefect):
    """The cancel callback is run where success is due."""
