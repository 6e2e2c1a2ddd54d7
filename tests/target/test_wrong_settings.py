"""Settings that cannot be used: one sentence, exit 2, nothing made, and no key in what is said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.runs.project import Project, environment
from tests.target.elsewhere import Elsewhere, elsewhere

SCENARIO = '@flow("card/paid")\ndef test_it(): pass\n'


@pytest.fixture(scope="module")
def target() -> Iterator[Elsewhere]:
    with elsewhere() as made:
        yield made


@pytest.mark.parametrize(
    ("changes", "options", "sentence"),
    [
        ({"OTTU_API_KEY": ""}, [], "OTTU_API_KEY is not set"),
        ({"OTTU_BASE_URL": "localhost:8000"}, [], "OTTU_BASE_URL from the environment is"),
        ({"OTTU_BASE_URL": "https://pay.shop.example"}, [], "is no known sandbox"),
        (
            {"OTTU_BASE_URL": "https://pay.shop.example"},
            ["--ottu-allow-host=pay.shop.example"],
            "set OTTU_AMOUNT_LIMIT, or give --amount-limit",
        ),
        ({"OTTU_API_KEY": "{public_key}"}, [], "are the same key"),
        (
            {"OTTU_API_KEY": "{public_key}", "OTTU_PUBLIC_KEY": "{api_key}"},
            [],
            "does not accept OTTU_API_KEY from the environment (403",
        ),
        ({"OTTU_API_KEY": "prv_nobody_has_this_1"}, [], "does not accept OTTU_API_KEY"),
        ({}, ["--ottu-api-key={public_key}", "--ottu-public-key=x"], "the option --ottu-api-key"),
        ({}, ["--target=qa"], "there is no"),
        ({}, ["--rate-limit=fast"], "the option --rate-limit is 'fast'"),
        ({}, ["--webhook-url=https://a.example"], "is set without OTTU_WEBHOOK_PORT"),
        ({}, ["--webhook-url=https://a.example", "--webhook-port={port}"], "cannot listen on"),
    ],
    ids=lambda given: "" if isinstance(given, dict | list) else given[:32],
)
def test_a_run_is_refused(
    tmp_path: Path,
    target: Elsewhere,
    changes: dict[str, str],
    options: list[str],
    sentence: str,
) -> None:
    """The setting is named with the place it came from, and the target is left alone."""
    words = {**target.keys, "port": target.address.rpartition(":")[2]}
    settings = target.settings | {k: v.format(**words) for k, v in changes.items()}
    project = Project(tmp_path, environment(**settings))
    project.scenarios(SCENARIO)

    outcome = project.run(*(each.format(**words) for each in options))

    assert outcome.code == 2
    (said,) = outcome.verdict["reasons"]
    assert sentence in said
    told = outcome.out + outcome.err + _everything(outcome.reports)
    assert "Traceback" not in told
    for key in ("api_key", "hmac_key", "public_key"):
        assert target.keys[key] not in told
    asked = httpx.get(
        f"{target.direct}/_sandbox/journal",
        headers={"Authorization": f"Api-Key {target.keys['api_key']}"},
        trust_env=False,
    ).json()["requests"]
    assert not [each for each in asked if "pymt-txn" in each["path"]]


def _everything(folder: Path) -> str:
    return "".join(p.read_text(errors="replace") for p in folder.rglob("*") if p.is_file())
