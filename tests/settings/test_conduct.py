"""How much a run may do at its target, and what is refused before it does anything."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from harness.errors import ConfigurationError
from harness.settings import Conduct, conduct, layers

LIVE = {"OTTU_BASE_URL": "https://sandbox.ottu.net"}


def _conduct(folder: Path, given: dict[str, str], section: str | None = None) -> Conduct:
    return conduct(layers({}, section=section, folder=folder, environment=given))


def test_a_named_target_is_treated_with_care(tmp_path: Path) -> None:
    """Without a word on it, a named target has a cap and a pace, and the embedded one neither."""
    named, embedded = _conduct(tmp_path, LIVE), _conduct(tmp_path, {})

    assert (named.session_cap, named.rate_limit, named.amount_limit) == (500, 5.0, None)
    assert (embedded.session_cap, embedded.rate_limit) == (None, None)


def test_numbers_may_stand_as_numbers(tmp_path: Path) -> None:
    """harness.toml takes numbers with and without quotes, and keeps the digits of an amount."""
    (tmp_path / "harness.toml").write_text(
        "[target.qa]\nsession_cap = 20\nrate_limit = 0.5\namount_limit = 1.500\n"
        'webhook_url = "https://tunnel.example/"\nwebhook_port = "8085"\n'
    )

    found = _conduct(tmp_path, LIVE, "qa")

    assert found == Conduct(
        session_cap=20,
        rate_limit=0.5,
        amount_limit=Decimal("1.500"),
        webhook_url="https://tunnel.example",
        webhook_port=8085,
    )
    assert str(found.amount_limit) == "1.500"


def test_a_target_that_cannot_call_back_needs_no_port(tmp_path: Path) -> None:
    """`none` in place of an address says so, whatever port is set elsewhere."""
    found = _conduct(tmp_path, LIVE | {"OTTU_WEBHOOK_URL": "none", "OTTU_WEBHOOK_PORT": "8085"})

    assert (found.deaf, found.webhook_url, found.webhook_port) == (True, None, None)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"OTTU_AMOUNT_LIMIT": "1,5"}, "OTTU_AMOUNT_LIMIT from the environment is '1,5', which is"),
        ({"OTTU_AMOUNT_LIMIT": "0"}, "which is no number above 0"),
        ({"OTTU_AMOUNT_LIMIT": "Infinity"}, "which is no number above 0"),
        ({"OTTU_SESSION_CAP": "2.5"}, "which is no whole number"),
        ({"OTTU_SESSION_CAP": "many"}, "which is no number above 0"),
        ({"OTTU_RATE_LIMIT": "-1"}, "which is no number above 0"),
        ({"OTTU_WEBHOOK_URL": "https://a.example"}, "is set without OTTU_WEBHOOK_PORT"),
        ({"OTTU_WEBHOOK_PORT": "8085"}, "is set without OTTU_WEBHOOK_URL"),
        (
            {"OTTU_WEBHOOK_URL": "tunnel.example", "OTTU_WEBHOOK_PORT": "8085"},
            "OTTU_WEBHOOK_URL from the environment is 'tunnel.example', which is no http",
        ),
        (
            {"OTTU_WEBHOOK_URL": "https://a.example/x", "OTTU_WEBHOOK_PORT": "8085"},
            "it must end after the host",
        ),
        (
            {"OTTU_WEBHOOK_URL": "https://a.example", "OTTU_WEBHOOK_PORT": "80850"},
            "which is no whole number from 1 to 65535",
        ),
    ],
)
def test_what_is_refused(tmp_path: Path, given: dict[str, str], sentence: str) -> None:
    """A limit that could be misread, or half of a pair, ends the run before it begins."""
    with pytest.raises(ConfigurationError) as refusal:
        _conduct(tmp_path, LIVE | given)

    assert sentence in refusal.value.message


@pytest.mark.parametrize("content", ['session_cap = "many"', "session_cap = true"])
def test_a_section_is_named_where_it_is_wrong(tmp_path: Path, content: str) -> None:
    """The sentence leads to the line: setting, section and file."""
    (tmp_path / "harness.toml").write_text(f"[target.qa]\n{content}\n")

    with pytest.raises(ConfigurationError, match=r"session_cap in \[target.qa\] of .*harness.toml"):
        _conduct(tmp_path, LIVE, "qa")
