"""The sequence diagram: who said what to whom, in which order, and what is alarming."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

from harness.callbacks import CallbackEvent
from harness.evidence import diagram
from harness.evidence.sequence import (
    Message,
    PageRequest,
    Party,
    in_order,
    of_events,
    of_requests,
    of_webhooks,
)
from harness.merchant.webhooks import ReceivedWebhook

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
SHOP = "http://127.0.0.1:1/shops/a/"
OTTU = "http://127.0.0.1:2"
SDK = f"{OTTU}/checkout/v3/checkout.min.js"


def asked(
    url: str, *, kind: str = "fetch", status: int | None = 200, main: bool = False, at: float = 0
) -> PageRequest:
    """A request of the browser."""
    return PageRequest(START + timedelta(seconds=at), "GET", url, kind, status, main)


def event(kind: str, phase: str = "called") -> CallbackEvent:
    """Something the recorder saw."""
    return CallbackEvent(kind, phase, kind, None, 1, START, SHOP, "d")  # type: ignore[arg-type]


def ends(request: PageRequest) -> tuple[Party, Party] | None:
    """Between whom the diagram draws a request."""
    messages = of_requests([request], SHOP, SDK)
    return (messages[0].sender, messages[0].receiver) if messages else None


def test_a_request_is_drawn_between_those_who_speak() -> None:
    """The address and the kind of a request tell which two parties it connects."""
    assert ends(asked(f"{SHOP}checkout/1", kind="document", main=True)) == (
        Party.CUSTOMER,
        Party.PAGE,
    )
    assert ends(asked(f"{SHOP}orders/1")) == (Party.PAGE, Party.BACKEND)
    assert ends(asked(SDK, kind="script")) == (Party.PAGE, Party.SDK)
    assert ends(asked(f"{OTTU}/b/checkout/api/sdk/v1/x")) == (Party.SDK, Party.API)
    assert ends(asked(f"{OTTU}/gateway/knet/s/r/", kind="document", main=True)) == (
        Party.CUSTOMER,
        Party.GATEWAY,
    )
    assert ends(asked(f"{OTTU}/acs/s/r/", kind="document")) == (Party.CUSTOMER, Party.ACS)
    assert ends(asked(f"{OTTU}/b/checkout/page/s/", kind="document", main=True)) == (
        Party.CUSTOMER,
        Party.API,
    )


def test_what_says_nothing_of_the_payment_is_left_out() -> None:
    """Pictures, styles and preflights are not drawn."""
    preflight = PageRequest(START, "OPTIONS", f"{OTTU}/b/x", "fetch", 204, False)

    assert ends(preflight) is None
    assert ends(asked(f"{OTTU}/checkout/v3/icons/kpay.svg", kind="image")) is None
    assert ends(asked(f"{SHOP}shop.css", kind="stylesheet")) is None


def test_a_request_without_an_answer_alarms() -> None:
    """No answer and a server's error are alarming; a refusal is not."""
    url = f"{OTTU}/b/checkout/api/sdk/v1/x"
    alarming = [
        of_requests([asked(url, status=status)], SHOP, SDK)[0].alarming
        for status in (None, 502, 404, 200)
    ]

    assert alarming == [True, True, False, False]


def test_a_callback_that_was_not_due_alarms() -> None:
    """A callback is alarming when no outcome asked for it, or not that often."""
    events = [event("success"), event("success"), event("cancel")]

    assert [m.alarming for m in of_events(events, ["success"])] == [False, True, True]


def test_hooks_and_their_refusals_are_drawn() -> None:
    """A hook goes from the SDK to the page, and its rejection back."""
    said = of_events([event("validate_payment"), event("validate_payment", "rejected")], [])

    assert [(m.sender, m.receiver) for m in said] == [
        (Party.SDK, Party.PAGE),
        (Party.PAGE, Party.SDK),
    ]


def test_a_badly_signed_webhook_alarms() -> None:
    """A webhook whose signature is wrong is drawn in red and says so."""
    [message] = of_webhooks([ReceivedWebhook({"state": "paid"}, START, False, {}, 401)])

    assert message.alarming
    assert "badly signed" in message.text


def test_messages_are_drawn_in_the_order_of_their_times() -> None:
    """Whoever noted a message, it stands where its time puts it."""
    later = of_requests([asked(f"{SHOP}orders/1", at=2)], SHOP, SDK)
    sooner = of_events([event("success")], ["success"])

    assert [m.at for m in in_order(later, sooner)] == [START, START + timedelta(seconds=2)]


def test_the_drawing_is_whole_and_escaped() -> None:
    """The SVG is well-formed, has a lane for each party that spoke, and red only for alarms."""
    messages = [
        Message(START, Party.SDK, Party.PAGE, "<b>&", alarming=True),
        Message(START + timedelta(seconds=1), Party.PAGE, Party.BACKEND, "GET /orders 200"),
    ]

    svg = diagram.drawn("A & B", messages)

    texts = [node.text for node in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314
    assert "A & B" in texts
    assert "<b>&" in texts
    assert [party for party in Party if party in texts] == [Party.PAGE, Party.SDK, Party.BACKEND]
    assert "1.000 s" in texts
    assert svg.count("#c81e1e") == 3  # line, head and words of the one alarming message
