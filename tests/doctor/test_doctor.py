"""`harness doctor` from outside, on targets with one trouble each."""

from __future__ import annotations

import inspect
import json
import re
import socket
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path
from time import time
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Locator
from syrupy.assertion import SnapshotAssertion

import pages
from harness.probes.observation import noted
from tests.doctor.second_ottu import SCRIPT, Passing, behind_a_proxy, harness, sandbox

#: What no machine and no day has in common, as it stands in the lines.
_DIFFERENT = (
    (r"(?<=Python {17})\d+\.\d+\.\S+, .*", "VERSION, EXECUTABLE"),
    (r"Chromium [\d.]+, .*", "Chromium VERSION, WHOSE"),
    (r"(?<=127\.0\.0\.1:)\d+", "PORT"),
    (r"(?<=port )\d+", "PORT"),
    (r"in \d+ ms", "in N ms"),
    (r"[\d,]+ bytes, sha256 [0-9a-f]+", "N bytes, sha256 HASH"),
    (r"(?<=, )\d+ bytes", "N bytes"),
    (r"by -?\d+ s|\d{3,} s (?=ahead|behind)", "N s "),
    (r"(?<=✓ pictures {15}).*", "FOLDER"),
)


def told(printed: str) -> str:
    """The lines as they are everywhere."""
    for pattern, meaning in _DIFFERENT:
        printed = re.sub(pattern, meaning, printed)
    return printed


@pytest.fixture(scope="module")
def ottu() -> Iterator[dict[str, str]]:
    """The settings of a healthy second Ottu."""
    with sandbox() as settings:
        yield settings


@pytest.fixture(scope="module")
def browserless(ottu: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The same on a machine without a browser, on which a doctor is done soon."""
    empty = str(tmp_path_factory.mktemp("empty"))
    return ottu | {"PATH": empty, "PLAYWRIGHT_BROWSERS_PATH": empty}


@pytest.mark.timeout(300)  # a checkout is played whole
def test_all_is_well_on_the_embedded_sandbox(
    tmp_path: Path, snapshot: SnapshotAssertion, chromium: Browser
) -> None:
    """Without settings every line is fine, and all that page objects have is looked for."""
    done = harness(["doctor", "--reports", str(tmp_path)], {})

    assert done.returncode == 0, done.stdout + done.stderr
    assert told(done.stdout) == snapshot
    looked = {each.what for each in noted(tmp_path / "doctor") if each.area == "locators"}
    assert _locators_of_pages(chromium) <= looked
    assert len(list((tmp_path / "doctor").glob("*.png"))) == 7
    kept = json.loads((tmp_path / "doctor.json").read_text())
    assert kept["exit_code"] == 0
    assert {each["mark"] for each in kept["findings"]} == {"fine"}


#: The shop's own pages are part of the harness; nobody else can change them.
_OF_THE_SHOP = {
    "CheckoutPage.order_total",
    "CheckoutPage.notice",
    "CheckoutPage.quantity",
    "ErrorPage.heading",
    "ReturnPage.heading",
    "ReturnPage.state",
    "ReturnPage.total",
}


def _locators_of_pages(browser: Browser) -> set[str]:
    page = browser.new_page()
    found = set()
    for name in pages.__all__:
        made = getattr(pages, name)
        if list(inspect.signature(made).parameters) == ["page"] and name not in _MADE_OF_OTHERS:
            attributes = vars(made(page))
            found |= {
                f"{name}.{each}" for each, it in attributes.items() if isinstance(it, Locator)
            }
    page.close()
    return found - _OF_THE_SHOP


#: Their locators are those of `CheckoutPage`, which is looked at.
_MADE_OF_OTHERS = {"EmbeddedCheckout", "HostedPage"}


def test_nobody_answers(tmp_path: Path, ottu: dict[str, str], snapshot: SnapshotAssertion) -> None:
    """A target that is down: its own line, what follows from it not checked, exit 3."""
    with socket.create_server(("127.0.0.1", 0)) as held:
        closed = f"http://127.0.0.1:{held.getsockname()[1]}"
    gone = ottu | {"OTTU_BASE_URL": closed, "OTTU_SDK_URL": f"{closed}{SCRIPT}"}

    done = harness(["doctor", "--reports", str(tmp_path)], gone)

    assert done.returncode == 3
    assert told(done.stdout) == snapshot


def test_an_unknown_name(tmp_path: Path, ottu: dict[str, str]) -> None:
    """A host that does not exist is told as a name without an address, exit 3."""
    nowhere = ottu | {"OTTU_BASE_URL": "https://nobody.invalid.ottu.dev"}

    done = harness(
        ["doctor", "--reports", str(tmp_path)], nowhere, NO_PROXY="nobody.invalid.ottu.dev"
    )

    assert done.returncode == 3
    assert "✗ name                   nobody.invalid.ottu.dev has no address" in done.stdout


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({"OTTU_API_KEY": "prv_NobodysKeyAtAll"}, "refuses it (401: Invalid API key.)."),
        ({"OTTU_PG_CODES": "knet-sandbox,tabby"}, "tabby is not offered to this merchant"),
        ({"OTTU_SDK_URL": "http://127.0.0.1:PORT/nowhere.js"}, "/nowhere.js answers 404."),
        ({"OTTU_PUBLIC_KEY": "pub_NobodysKeyAtAll"}, "The address of the SDK refuses it (401)."),
        ({"OTTU_BASE_URL": "https://pay.example.com"}, "is no known sandbox"),
        ({"OTTU_BASE_URL": "ftp://127.0.0.1"}, "is no http or https address"),
        ({"OTTU_API_KEY": ""}, "OTTU_API_KEY is not set"),
    ],
    ids=["private key", "gateway", "script", "public key", "production", "malformed", "missing"],
)
def test_wrong_settings(
    tmp_path: Path,
    browserless: dict[str, str],
    settings: dict[str, str],
    line: str,
    snapshot: SnapshotAssertion,
) -> None:
    """One line says which setting is wrong and what to do; exit 2, and no key is shown."""
    port = browserless["OTTU_BASE_URL"].rpartition(":")[2]
    given = {name: value.replace("PORT", port) for name, value in settings.items()}
    wrong = browserless | given

    done = harness(["doctor", "--reports", str(tmp_path)], wrong)

    assert done.returncode == 2
    assert line in done.stdout
    assert told(done.stdout) == snapshot
    for name in ("OTTU_API_KEY", "OTTU_PUBLIC_KEY", "OTTU_HMAC_KEY"):
        assert not wrong[name] or wrong[name] not in done.stdout + done.stderr


def test_keys_that_were_mixed_up(tmp_path: Path, browserless: dict[str, str]) -> None:
    """A public key as the private one, and a private one as the public: each is called so."""
    headers = {"Authorization": f"Api-Key {browserless['OTTU_API_KEY']}"}
    tenants = f"{browserless['OTTU_BASE_URL']}/_sandbox/tenants"
    tenant = httpx.post(tenants, headers=headers, trust_env=False).json()
    mixed = browserless | {
        "OTTU_API_KEY": tenant["public_key"],
        "OTTU_PUBLIC_KEY": tenant["api_key"],
    }

    done = harness(["doctor", "--reports", str(tmp_path)], mixed)

    assert done.returncode == 2
    assert "✗ private key            The Checkout API refuses it (403:" in done.stdout
    assert "it is a public key" in done.stdout
    assert "✗ public key             The Checkout API takes it: it is a private key" in done.stdout
    assert tenant["api_key"] not in done.stdout + (tmp_path / "doctor.json").read_text()


def test_a_script_that_changes(tmp_path: Path, browserless: dict[str, str]) -> None:
    """A script is first seen, then as last time, then changed, then a page instead."""
    where = ["doctor", "--reports", str(tmp_path)]
    content = [b"first()"]

    def alter(passing: Passing) -> None:
        if passing.path == SCRIPT:
            passing.body = content[0]

    with behind_a_proxy(browserless, alter) as settings:
        first = harness(where, settings).stdout
        again = harness(where, settings).stdout
        content[0] = b"second()"
        changed = harness(where, settings).stdout
        content[0] = b"<!doctype html><title>Sign in</title>"
        page = harness(where, settings).stdout

    assert "✓ SDK script             7 bytes, sha256 " in first
    assert ", first seen" in first
    assert ", as last time" in again
    assert "! SDK script             8 bytes, sha256 " in changed
    assert "changed since last time (7 bytes" in changed
    assert "✗ SDK script             What is at http://127.0.0.1" in page
    assert "is no script" in page


def test_no_browser(
    tmp_path: Path, browserless: dict[str, str], snapshot: SnapshotAssertion
) -> None:
    """Without a browser everything else is still looked at; exit 3."""
    done = harness(["doctor", "--reports", str(tmp_path)], browserless)

    assert done.returncode == 3
    assert told(done.stdout) == snapshot


def test_a_clock_that_is_wrong(tmp_path: Path, browserless: dict[str, str]) -> None:
    """A target whose clock is ten minutes ahead is told so, with the limit; as JSON too."""

    def alter(passing: Passing) -> None:
        passing.headers["date"] = formatdate(time() + 600, usegmt=True)

    with behind_a_proxy(browserless, alter) as settings:
        done = harness(["doctor", "--json", "--reports", str(tmp_path)], settings)

    said: dict[str, Any] = json.loads(done.stdout)
    clock = next(each for each in said["findings"] if each["subject"] == "clock")
    assert clock["mark"] == "trouble"
    assert clock["exit_code"] == 3
    assert re.match(
        r"The target's clock is (599|600|601) s ahead of this machine's; 30 s is", clock["sentence"]
    )
    assert "timedatectl" in clock["remedy"]


def test_webhooks_that_lead_elsewhere(tmp_path: Path, browserless: dict[str, str]) -> None:
    """A public address is called: nobody there, somebody else, the port it is to lead to."""
    where = ["doctor", "--reports", str(tmp_path)]
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
    here = f"http://127.0.0.1:{port}"

    def webhooks(url: str) -> str:
        options = [f"--webhook-url={url}", f"--webhook-port={port}"]
        printed = harness([*where, *options], browserless).stdout
        return next(line for line in printed.splitlines() if "webhooks" in line)

    assert webhooks(here).startswith("✓ webhooks               http://127.0.0.1")
    assert "leads somewhere else: 404" in webhooks(browserless["OTTU_BASE_URL"])
    assert "Nobody answers at http://127.0.0.1:9" in webhooks("http://127.0.0.1:9")


@pytest.mark.timeout(300)  # a checkout is played whole
def test_a_renamed_part_of_the_checkout(
    tmp_path: Path, ottu: dict[str, str], snapshot: SnapshotAssertion
) -> None:
    """Another name for a class of the SDK: which locator, and where to change it; exit 1."""

    def alter(passing: Passing) -> None:
        if passing.path == SCRIPT:
            passing.body = passing.body.replace(b"ottu__sdk-amount", b"ottu__sdk-sum")

    with behind_a_proxy(ottu, alter) as settings:
        done = harness(["doctor", "--reports", str(tmp_path)], settings)

    assert done.returncode == 1, done.stdout
    assert "CheckoutPage.amount is not found." in done.stdout
    assert "change AMOUNT in pages/sdk_names.py" in done.stdout
    assert told(done.stdout) == snapshot
