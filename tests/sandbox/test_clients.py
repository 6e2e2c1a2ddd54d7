"""How real clients call: slashes, forms, letter case, nulls; and the documents they get."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.sandbox.installation import TXN, Merchant, order


@pytest.mark.parametrize("path", [TXN, TXN.rstrip("/")])
def test_paths_with_and_without_their_slash(merchant: Merchant, path: str) -> None:
    """Neither form is redirected, for any verb."""
    made = merchant.post(path, order())
    assert made.status_code == 201
    one = path + ("" if path.endswith("/") else "/") + made.json()["session_id"]
    one += "/" if path.endswith("/") else ""
    assert merchant.call("PATCH", one, json={"amount": 1}).status_code == 200
    assert merchant.get(one).json()["amount"] == "1.000"


@pytest.mark.parametrize("scheme", ["Api-Key", "Api-key", "api-key", "API-KEY", "Bearer", "bearer"])
def test_schemes_in_any_letter_case(merchant: Merchant, scheme: str) -> None:
    """The scheme's letter case does not matter."""
    headers = {"authorization": f"{scheme} {merchant.api_key}"}
    assert merchant.call("POST", TXN, json=order(), headers=headers).status_code == 201


@pytest.mark.parametrize(
    "form",
    [
        "pg_codes[0]=ottu-sandbox&pg_codes[1]=knet-sandbox",
        "pg_codes[]=ottu-sandbox&pg_codes[]=knet-sandbox",
        "pg_codes=ottu-sandbox&pg_codes=knet-sandbox",
    ],
)
def test_forms_as_php_writes_them(merchant: Merchant, form: str) -> None:
    """Lists and nested objects arrive from urlencoded forms."""
    body = f"amount=12.5&currency_code=KWD&type=e_commerce&{form}&extra[a][b]=1&extra[c]=2"
    headers = {"content-type": "application/x-www-form-urlencoded"}
    made = merchant.call("POST", TXN, content=body, headers=headers)
    assert made.status_code == 201, made.text
    assert made.json()["pg_codes"] == ["ottu-sandbox", "knet-sandbox"]
    assert made.json()["extra"] == {"a": {"b": "1"}, "c": "2"}


def test_unknown_keys_nulls_and_numbers(merchant: Merchant) -> None:
    """What clients send beside the documented fields does no harm."""
    made = merchant.create(amount=12.5, disclosure_url="x", mode="live", customer_id=None)
    assert (made["amount"], "disclosure_url" in made) == ("12.500", False)


def _open(merchant: Merchant, url: str) -> httpx.Response:
    return merchant.browser("GET", url)


def test_short_link_qr_code_and_attachment(merchant: Merchant) -> None:
    """Each address that was asked for leads where it says."""
    fields: dict[str, Any] = {
        **order(),
        "generate_qr_code": "true",
        "shortify_checkout_url": "true",
        "shortify_attachment_url": "true",
    }
    made = merchant.call(
        "POST", TXN, data=fields, files={"attachment": ("a.txt", b"terms", "text/plain")}
    ).json()
    assert _open(merchant, made["checkout_short_url"]).headers["location"] == made["checkout_url"]
    assert _open(merchant, made["attachment_short_url"]).headers["location"] == made["attachment"]
    assert _open(merchant, made["attachment"]).content == b"terms"
    assert _open(merchant, made["qr_code_url"]).content.startswith(b"\x89PNG")


def test_documents_go_with_their_tenant(installation: Any) -> None:
    """Nothing of a dropped merchant can be opened any more."""
    with installation.merchant() as merchant:
        made = merchant.create(shortify_checkout_url=True)
        assert _open(merchant, made["checkout_short_url"]).status_code == 302
    assert installation.client.get(made["checkout_short_url"]).status_code == 404


def test_idempotent_auto_debit(merchant: Merchant) -> None:
    """Asked again under the same Idempotency-Key, an auto-debit answers alike and charges once."""
    more: dict[str, Any] = {"payment_type": "auto_debit", "agreement": {"id": "g1"}}
    token = merchant.saved_card("c1", **more)
    session_id = merchant.create(customer_id="c1", **more)["session_id"]
    body = {"session_id": session_id, "token": token}
    first, second = (
        merchant.post("/b/pbl/v2/auto-debit/", body, **{"Idempotency-Key": "k"}) for _ in range(2)
    )
    assert first.json() == second.json()
    assert len(merchant.ledger(session_id)) == 1
