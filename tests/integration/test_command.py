"""`harness integration` as a person or a pipeline runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness.integration.checklist import Checklist
from tests.integration import shops
from tests.integration.shops import Page, Shops, Twin
from tests.integration.twins import TWINS

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str
    reports: Path

    @property
    def checklist(self) -> Checklist:
        return Checklist.read(self.reports)


def run(reports: Path, *arguments: str, command: str = "integration", **settings: str) -> Ran:
    environment = {name: value for name, value in os.environ.items() if "OTTU" not in name}
    done = subprocess.run(
        [sys.executable, "-m", "harness", command, "--reports", str(reports), *arguments],
        cwd=ROOT,
        env=environment | settings,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr, reports)


def test_a_right_page_ends_with_0_and_leaves_its_checklist(
    merchants: Shops, tmp_path: Path
) -> None:
    """The address may come from the environment; every finding is left with its source."""
    url = merchants.open(shops.GUARDED)

    ran = run(tmp_path, "--no-report", "--patience=5", OTTU_MERCHANT_URL=url)

    assert ran.code == 0, ran.out + ran.err
    assert "The page is wired as Ottu documents it. (16 held, 0 broken" in ran.out
    assert (ran.checklist.verdict, ran.checklist.url) == ("right", url)
    assert ran.checklist.ottu == merchants.target.base_url
    assert all("docs.ottu.com" in each.source for each in ran.checklist.findings)


def test_a_wrong_page_ends_with_1_and_says_which_rule(merchants: Shops, tmp_path: Path) -> None:
    """What is broken is said with the demand, what was found, and where Ottu says so; no key is."""
    twin = named("private-key-in-script")
    url = merchants.open(twin)

    ran = run(tmp_path, f"--merchant-url={url}", "--no-report", "--patience=5")

    assert ran.code == 1, ran.out + ran.err
    assert "\u2717 private-key" in ran.out
    assert "Found: a private key stands in the page http" in ran.out
    assert "Source: docs.ottu.com, authentication: API keys." in ran.out
    assert "Broken: private-key." in ran.out
    results = list((tmp_path / "allure-results").glob("*-result.json"))
    assert len(results) == 6
    private = merchants.target.api_key.get_secret_value().encode()
    assert [f for f in tmp_path.rglob("*") if f.is_file() and private in f.read_bytes()] == []


PRODUCTION = Twin(
    "production", shops.LATE, 'merchant_id: "{{merchant}}"', 'merchant_id: "pay.shop.test"', "", ""
)


@pytest.mark.parametrize(
    ("page", "arguments", "code", "sentence"),
    [
        (None, (), 2, "No page is named: give its address with --merchant-url, or in OTTU_"),
        (None, ("--merchant-url=shop.test",), 2, "--merchant-url is 'shop.test', which is no"),
        (None, ("--merchant-url=http://me:pw@shop.test/",), 2, "holds a user name or password"),
        (None, ("--merchant-url=http://127.0.0.1:2/",), 3, "http://127.0.0.1:2/ cannot be opened"),
        (PRODUCTION, (), 2, "The page pays on pay.shop.test, which is no known sandbox"),
        (shops.LATE, ("--no-such-option",), 2, "pytest could not begin with these options"),
        (shops.LATE, ("--merchant-click=#no", "--patience=2"), 2, "'#no' cannot be clicked on"),
        (shops.LATE, ("-k", "declined"), 3, "Nothing is broken, but these could not be checked"),
    ],
    ids=[
        "none",
        "no-address",
        "password",
        "unreachable",
        "production",
        "option",
        "click",
        "narrowed",
    ],
)
def test_what_cannot_be_judged_is_said_in_one_sentence(
    merchants: Shops,
    tmp_path: Path,
    page: Page | Twin | None,
    arguments: tuple[str, ...],
    code: int,
    sentence: str,
) -> None:
    """Wrong settings end with 2 and a page that cannot be judged with 3, never with a traceback."""
    given = (f"--merchant-url={merchants.open(page)}",) if page else ()

    ran = run(tmp_path, "--no-report", *given, *arguments)

    said = " ".join((ran.out + ran.err).split())
    assert ran.code == code, said
    assert sentence in said
    assert "Traceback" not in said


def test_a_run_of_scenarios_does_not_take_a_merchants_page(tmp_path: Path) -> None:
    """The option of one command given to the other is refused, with the name of the right one."""
    ran = run(tmp_path, "--merchant-url=http://shop.test/", command="run")

    assert ran.code == 2
    assert "`harness integration`" in ran.err


def named(name: str) -> Twin:
    return next(twin for twin in TWINS if twin.name == name)
