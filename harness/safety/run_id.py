"""The name of a run, carried by everything it makes at a target."""

from __future__ import annotations

import secrets


def new_run_id() -> str:
    """A new one, `R7F3A2C`. Its letter keeps it from ever being a part of a card number."""
    return f"R{secrets.token_hex(3).upper()}"
