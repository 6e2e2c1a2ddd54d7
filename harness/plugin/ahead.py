"""What the first scenarios would wait for, loaded while something else is waited for."""

from __future__ import annotations

from importlib import import_module


def load() -> None:
    """The server of the shops, and the words of which customers are made.

    What is loaded stays loaded; whoever needs it later asks for it as ever.
    """
    from faker import Faker  # noqa: PLC0415 -- only where scenarios run

    import_module("harness.merchant.site")
    Faker("en_US")
