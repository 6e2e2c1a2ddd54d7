"""The script as a file: what it is put together from and what it leaves in a page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from harness.sandbox import sdk
from tests.sdk.ottu import SDK_TAG, Ottu

FILES = sorted(Path(sdk.__file__).parent.rglob("*.js"))


def test_every_fragment_is_in_the_script() -> None:
    """No module is written and then forgotten in the list the script is made from."""
    script = sdk.script().decode()

    missing = [file.name for file in FILES if file.read_text("utf-8") not in script]

    assert not missing


def test_an_unknown_defect_is_refused_by_name() -> None:
    """A misspelt defect cannot pass for one that nobody noticed."""
    with pytest.raises(ValueError, match=r"no defect 'sdk/typo'.*sdk/success-as-cancel"):
        sdk.script(["sdk/typo"])


def test_a_known_defect_is_registered_under_the_name_of_its_file() -> None:
    """Each id that Python offers is one the script in the browser knows."""
    known = {
        name
        for file in FILES
        for name in re.findall(r"sdk\.defects\.known\['([^']+)'\]", file.read_text("utf-8"))
    }

    assert known == sdk.defect_ids()


def test_the_script_leaves_one_global(ottu: Ottu) -> None:
    """A shop's page gets `Checkout` and nothing else from the SDK."""
    ottu.serve("/", "")
    ottu.page.goto("http://shop.test/")
    before = set(ottu.page.evaluate("Object.getOwnPropertyNames(window)"))
    ottu.page.add_script_tag(url="http://ottu.test/checkout/v3/checkout.min.js")

    after = set(ottu.page.evaluate("Object.getOwnPropertyNames(window)"))

    assert after - before == {"Checkout"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_fragment_makes_markup_or_code_from_text(file: Path) -> None:
    """Strict Trusted Types stand: nothing is parsed from strings but the bank's own document."""
    forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function"

    assert not re.search(forbidden, file.read_text("utf-8"))
    assert "setInterval" not in file.read_text("utf-8")


def test_it_works_under_ottus_policy_and_strict_trusted_types(ottu: Ottu) -> None:
    """The documented Content-Security-Policy and enforced Trusted Types let everything be shown."""
    ottu.headers = {
        "Content-Security-Policy": (
            "default-src 'none'; script-src http://ottu.test 'unsafe-inline';"
            " frame-src http://ottu.test; connect-src http://ottu.test; img-src data: blob:;"
            " style-src 'unsafe-inline'; font-src data:; require-trusted-types-for 'script';"
            " trusted-types ottu-checkout"
        )
    }
    ottu.show(SDK_TAG, theme={"pay-button": {"background": "rgb(1, 2, 3)"}})
    ottu.type_card()
    ottu.page.evaluate("Checkout.showPopup('error', 'No.', {auth: '1'})")

    assert ottu.page.get_by_role("dialog").is_visible()
    assert not [line for line in ottu.console if "Content Security Policy" in line]
