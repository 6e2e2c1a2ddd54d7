"""The shop's backend: sessions are created, changed, ended and made anew."""

from __future__ import annotations

import httpx
import pytest

from harness.merchant.credentials import Credentials
from harness.merchant.shop import Shop
from harness.merchant.site import MerchantSite
from tests.merchant.fake_ottu import FakeOttu

ORDER = {"amount": "12.500", "currency_code": "KWD", "pg_codes": ["knet"]}


def place(web: httpx.Client, shop: Shop, **wishes: object) -> dict[str, str]:
    answer = web.post(f"{shop.url}/orders", json=ORDER | wishes)
    assert answer.status_code == 201, answer.text
    placed: dict[str, str] = answer.json()
    return placed


def test_an_order_creates_a_session(web: httpx.Client, shop: Shop, ottu: FakeOttu) -> None:
    """The backend sends amount, customer and its own addresses, and answers with the page."""
    placed = place(
        web,
        shop,
        customer={"id": "c1", "first_name": "Sara", "email": "sara@example.com"},
        lang="ar",
        payment_type="save_card",
        card_acceptance={"min_expiry_time": 30},
        expiration_time="01:00:00",
        extra={"a": 1},
        api_fields={"notifications": {"email": ["created"]}},
    )

    ((_, body),) = ottu.asked
    assert body == {
        "type": "e_commerce",
        "amount": "12.500",
        "currency_code": "KWD",
        "pg_codes": ["knet"],
        "order_no": placed["order_no"],
        "language": "ar",
        "redirect_url": f"{shop.url}/return",
        "webhook_url": f"{shop.url}/webhooks/ottu",
        "customer_id": "c1",
        "customer_first_name": "Sara",
        "customer_email": "sara@example.com",
        "payment_type": "save_card",
        "card_acceptance_criteria": {"min_expiry_time": 30},
        "expiration_time": "01:00:00",
        "extra": {"a": 1},
        "notifications": {"email": ["created"]},
    }
    assert placed["session_id"] in ottu.sessions
    assert placed["page_url"] == f"{shop.url}/checkout/{placed['order_no']}"
    assert [(e.actor, e.method, e.status) for e in shop.exchanges] == [
        ("merchant backend", "POST", 201)
    ]


def test_without_gateways_named_the_shop_offers_all_that_charge(
    web: httpx.Client, shop: Shop, ottu: FakeOttu
) -> None:
    """Gateways are asked for in the order's currency; those that only authorise do not mix."""
    place(web, shop, pg_codes=[])

    assert ottu.asked[0] == (
        "payment-methods",
        {"plugin": "e_commerce", "operation": "purchase", "currencies": ["KWD"]},
    )
    assert ottu.asked[1][1]["pg_codes"] == ["knet", "mpgs"]


@pytest.mark.parametrize("status", [400, 401, 503])
def test_an_error_of_the_api_goes_to_the_admin_and_the_customer(
    web: httpx.Client, shop: Shop, ottu: FakeOttu, status: int
) -> None:
    """The administrator hears why, the customer gets the error page, and there is no session."""
    ottu.refuse["create"] = (status, {"detail": "No."})

    answer = web.post(f"{shop.url}/orders", json=ORDER)

    told = 502 if status < 500 else 503
    assert (answer.status_code, answer.json()) == (told, {"error_url": f"{shop.url}/error"})
    (notice,) = shop.admin_notices
    assert notice.subject == "An order could not be placed"
    assert f"answered {status}: No." in notice.reason
    assert notice.order_no == ottu.asked[0][1]["order_no"]
    assert web.get(f"{shop.url}/checkout/{notice.order_no}").status_code == 404
    error_page = web.get(answer.json()["error_url"])
    assert (error_page.status_code, "have not been charged" in error_page.text) == (200, True)


def test_an_api_that_does_not_answer_goes_to_the_admin(
    web: httpx.Client, site: MerchantSite, credentials: Credentials
) -> None:
    """A target that is down is the customer's error page, not a server error of the shop."""
    away = site.open_shop(credentials.model_copy(update={"base_url": "http://127.0.0.1:9"}))

    answer = web.post(f"{away.url}/orders", json=ORDER)

    assert answer.status_code == 503
    assert "got no answer" in away.admin_notices[0].reason


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"currency_code": "KWD"}, "amount"),
        (ORDER | {"validate_payment": "perhaps"}, "validate_payment"),
        (ORDER | {"unknown": 1}, "unknown"),
        (ORDER | {"amount": 12}, "amount"),
    ],
)
def test_an_order_the_shop_does_not_understand_is_refused(
    web: httpx.Client, shop: Shop, ottu: FakeOttu, body: dict[str, object], field: str
) -> None:
    """A mistyped wish is told to who made it, instead of being left out silently."""
    answer = web.post(f"{shop.url}/orders", json=body)

    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert ottu.asked == []


def test_a_changed_amount_is_sent_to_the_session(
    web: httpx.Client, shop: Shop, ottu: FakeOttu
) -> None:
    """The cart changes, the session follows, and the page keeps its address."""
    placed = place(web, shop)

    answer = web.patch(f"{shop.url}/orders/{placed['order_no']}", json={"amount": "20.000"})

    assert answer.json() == {**placed, "amount": "20.000", "replaced": False}
    assert ottu.asked[-1] == ("update", {"amount": "20.000"})
    assert ottu.sessions[placed["session_id"]]["amount"] == "20.000"
    assert "20.000 KWD" in web.get(placed["page_url"]).text


def test_a_changed_quantity_is_charged_in_the_currency_s_decimals(
    web: httpx.Client, shop: Shop, ottu: FakeOttu
) -> None:
    """Three pieces at 12.500 are 37.500, exactly."""
    placed = place(web, shop)

    answer = web.patch(f"{shop.url}/orders/{placed['order_no']}", json={"quantity": 3})

    assert answer.json()["amount"] == "37.500"
    assert ottu.asked[-1] == ("update", {"amount": "37.500"})


def test_a_rejected_change_ends_the_session_and_makes_another(
    web: httpx.Client, shop: Shop, ottu: FakeOttu
) -> None:
    """A validation error on update ends that session; the order gets a new one and a new number."""
    placed = place(web, shop)
    ottu.refuse["update"] = (400, {"amount": ["Not now."]})

    changed = web.patch(f"{shop.url}/orders/{placed['order_no']}", json={"amount": "20.000"}).json()

    assert [what for what, _ in ottu.asked] == ["create", "update", "cancel", "create"]
    assert ottu.sessions[placed["session_id"]]["state"] == "canceled"
    assert changed["replaced"] is True
    assert changed["session_id"] != placed["session_id"]
    assert changed["order_no"] != placed["order_no"]
    assert ottu.sessions[changed["session_id"]]["amount"] == "20.000"
    for url in (placed["page_url"], changed["page_url"]):
        assert changed["session_id"] in web.get(url).text
    assert shop.admin_notices == []


@pytest.mark.parametrize(
    ("state", "status", "created"), [("expired", 200, 2), ("paid", 502, 1), ("pending", 502, 1)]
)
def test_a_session_that_cannot_be_ended_is_replaced_only_when_it_is_over(
    web: httpx.Client, shop: Shop, ottu: FakeOttu, state: str, status: int, created: int
) -> None:
    """A second session beside one that is paid, or could be, would charge the customer twice."""
    placed = place(web, shop)
    ottu.sessions[placed["session_id"]]["state"] = state
    ottu.refuse["update"] = (400, {"detail": "Not now."})
    ottu.refuse["cancel"] = (400, {"detail": "Not any more."})

    answer = web.patch(f"{shop.url}/orders/{placed['order_no']}", json={"amount": "20.000"})

    assert answer.status_code == status
    assert len(ottu.sessions) == created
    assert len(shop.admin_notices) == (status == 502)


def test_a_change_that_fails_leaves_the_order_as_it_was(
    web: httpx.Client, shop: Shop, ottu: FakeOttu
) -> None:
    """A server error on update is no validation error: the session stays, the admin is told."""
    placed = place(web, shop)
    ottu.refuse["update"] = (503, {"detail": "Later."})

    answer = web.patch(f"{shop.url}/orders/{placed['order_no']}", json={"amount": "20.000"})

    assert (answer.status_code, answer.json()) == (503, {"error_url": f"{shop.url}/error"})
    assert [notice.subject for notice in shop.admin_notices] == ["An order could not be changed"]
    page = web.get(placed["page_url"]).text
    assert placed["session_id"] in page
    assert "12.500 KWD" in page


def test_an_order_that_lost_its_session_is_not_offered_for_payment(
    web: httpx.Client, shop: Shop, ottu: FakeOttu
) -> None:
    """When the ended session cannot be replaced, the customer sees the error page."""
    placed = place(web, shop)
    ottu.refuse |= {"update": (400, {"amount": ["No."]}), "create": (503, {})}

    answer = web.patch(f"{shop.url}/orders/{placed['order_no']}", json={"amount": "20.000"})

    assert answer.status_code == 503
    page = web.get(placed["page_url"])
    assert (page.status_code, page.headers["location"]) == (303, f"{shop.url}/error")
    assert [notice.subject for notice in shop.admin_notices] == ["An order could not be changed"]


def test_shops_do_not_see_each_other(
    web: httpx.Client, site: MerchantSite, credentials: Credentials
) -> None:
    """Scenarios run side by side, each with a shop of its own."""
    one, two = site.open_shop(credentials), site.open_shop(credentials)
    placed = place(web, one)

    assert len(one.exchanges) == 1
    assert two.exchanges == []
    assert web.get(placed["page_url"].replace(one.url, two.url)).status_code == 404
    assert web.get(f"{site.url}/shops/none/").status_code == 404


def test_a_return_is_checked_at_the_api_and_noted(
    web: httpx.Client, shop: Shop, ottu: FakeOttu
) -> None:
    """What the customer sees on return is what the API says, not what the address says."""
    placed = place(web, shop)
    query = {"session_id": placed["session_id"], "order_no": placed["order_no"], "state": "paid"}

    unpaid = web.get(f"{shop.url}/return", params=query).text
    ottu.sessions[placed["session_id"]]["state"] = "paid"
    paid = web.get(f"{shop.url}/return", params=query).text

    assert "Your order is not paid yet" in unpaid
    assert placed["page_url"] in unpaid
    assert "Thank you for your order" in paid
    assert [(r.session_id, r.state) for r in shop.returns] == [
        (placed["session_id"], "created"),
        (placed["session_id"], "paid"),
    ]
    assert shop.returns[0].query == query


@pytest.mark.parametrize("query", [{}, {"session_id": "0" * 40}])
def test_a_return_the_api_does_not_know_promises_nothing(
    web: httpx.Client, shop: Shop, query: dict[str, str]
) -> None:
    """A customer with an unknown session is neither thanked nor asked to pay again."""
    page = web.get(f"{shop.url}/return", params=query).text

    assert "We could not check your payment" in page
    assert [(r.session_id, r.state) for r in shop.returns] == [(query.get("session_id", ""), None)]
    assert len(shop.admin_notices) == len(query)
