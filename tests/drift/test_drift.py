"""`harness drift` from outside: planted differences, each a row, and none where there are none."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.doctor.second_ottu import SCRIPT, Passing, behind_a_proxy, harness, sandbox

TXN = "/b/checkout/v1/pymt-txn"


@pytest.fixture(scope="module")
def ottu() -> Iterator[dict[str, str]]:
    """The settings of a second Ottu, of the same make as the embedded one."""
    with sandbox() as settings:
        yield settings


def altered(passing: Passing) -> None:
    """One difference of each kind."""
    path = passing.path.rstrip("/")
    created = passing.method == "POST" and path == TXN and passing.status == 201
    if created:
        passing.alter_json(lambda said: said.pop("checkout_page_url"))
    elif path == "/b/pbl/v2/payment-methods" and passing.status == 200:
        passing.alter_json(_flags_as_words)
    elif path == "/b/pbl/v2/inquiry" and passing.status == 200:
        passing.alter_json(_pending_as_created)
    elif passing.status == 403:
        passing.body = passing.body.replace(b"You do not have permission", b"You may not")
    elif path == "/b/pbl/v2/operation" and passing.status == 404:
        passing.status = 400
    elif path == SCRIPT:
        passing.body = passing.body.replace(b"Try Again", b"Once More")
        passing.body = passing.body.replace(b"reload: () =>", b"refresh: () => 0, reload: () =>")


def _flags_as_words(said: dict[str, Any]) -> None:
    for method in said["payment_methods"]:
        method["is_tokenizable"] = "yes" if method["is_tokenizable"] else "no"


def _pending_as_created(said: dict[str, Any]) -> None:
    if said["result"] == "pending":
        said["result"] = "created"


@pytest.mark.timeout(300)  # two checkouts are played whole
def test_every_planted_difference_is_one_row(
    tmp_path: Path, ottu: dict[str, str], snapshot: SnapshotAssertion
) -> None:
    """A field, a type, a word, a message, a status, a method, a name: a row each; exit 1."""
    with behind_a_proxy(ottu, altered) as settings:
        done = harness(["drift", "--reports", str(tmp_path)], settings)

    assert done.returncode == 1, done.stderr
    kept = json.loads((tmp_path / "drift.json").read_text())
    rows = {
        (row["area"], row["what"], row["embedded"], row["live"])
        for row in kept["comparison"]["differences"]
    }
    assert rows == {
        ("api", "checkout_page_url", "address", "absent"),
        ("api", "payment_methods[].is_tokenizable", "true or false", "text"),
        ("api", "result", "“pending”", "“created”"),
        (
            "api",
            "detail",
            "“You do not have permission to perform this action.”",
            "“You may not to perform this action.”",
        ),
        ("api", "HTTP status", "404", "400"),
        ("sdk", "refresh", "absent", "function"),
        ("locators", "ERROR_HEADING, TRY_AGAIN in pages/sdk_names.py", "found", "not found"),
    }
    assert len(kept["comparison"]["differences"]) == len(rows)
    assert done.stdout.replace(str(tmp_path), "FOLDER") == snapshot
    for name in ("OTTU_API_KEY", "OTTU_HMAC_KEY"):
        assert ottu[name] not in done.stdout + (tmp_path / "drift.json").read_text()


@pytest.mark.timeout(300)  # two checkouts are played whole
def test_an_unchanged_second_sandbox_does_not_differ(tmp_path: Path, ottu: dict[str, str]) -> None:
    """Other keys, another address, other ids: no row, nothing left uncompared, exit 0."""
    done = harness(["drift", "--json", "--reports", str(tmp_path)], ottu)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["comparison"] == {"differences": [], "not_compared": []}


def test_nothing_to_compare_with(tmp_path: Path) -> None:
    """Without a live target: one sentence, exit 2."""
    done = harness(["drift", "--reports", str(tmp_path)], {})

    assert done.returncode == 2
    assert done.stderr.startswith("No live target is named")
    assert done.stderr.count("\n") == 1


def test_a_live_target_that_is_down(tmp_path: Path, ottu: dict[str, str]) -> None:
    """Nobody at its address: one sentence, exit 3."""
    with socket.create_server(("127.0.0.1", 0)) as held:
        closed = f"http://127.0.0.1:{held.getsockname()[1]}"

    done = harness(["drift", "--reports", str(tmp_path)], ottu | {"OTTU_BASE_URL": closed})

    assert done.returncode == 3
    assert f"Nobody answers at {closed}" in done.stderr


def test_a_key_that_the_live_target_does_not_know(tmp_path: Path, ottu: dict[str, str]) -> None:
    """A wrong key is a wrong setting, exit 2, before anything is surveyed."""
    wrong = ottu | {"OTTU_API_KEY": "prv_NobodysKeyAtAll"}

    done = harness(["drift", "--reports", str(tmp_path)], wrong)

    assert done.returncode == 2
    assert "does not accept OTTU_API_KEY" in done.stderr
    assert "prv_NobodysKeyAtAll" not in done.stderr
