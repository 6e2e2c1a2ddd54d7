"""What the page does when it is told how a payment ended, and when it may still stop one."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from harness.callbacks import CALLBACKS, CallbackEvent, Kind
from harness.integration.rule import Judgement, broken, held, unchecked
from harness.integration.visit import Visit

_HOOKS: Final[dict[Kind, str]] = {
    "validate_payment": "validatePayment",
    "before_payment": "beforePayment",
}
_ENDS: Final = ("returned", "resolved", "rejected", "threw")
_QUOTED: Final = 100


def hooks_settle(visit: Visit) -> Judgement:
    """A hook gives a promise, and it settles: until then nothing can be paid."""
    called = [e for e in visit.events if e.kind in _HOOKS and e.phase == "called"]
    if not called:
        if not any(map(visit.names, _HOOKS)):
            return unchecked("the page names no hook, which it need not")
        return unchecked(visit.why_not("no hook was called"))
    problems = [problem for hook in called if (problem := _unsettled(hook, visit.events))]
    if problems:
        return broken("; ".join(problems))
    return held(f"{' and '.join(dict.fromkeys(_HOOKS[e.kind] for e in called))} settled")


def callbacks_complete(visit: Visit) -> Judgement:
    """A callback comes to its end without an exception."""
    fired = [event for event in visit.events if event.fired]
    if not fired:
        return unchecked(visit.why_not("no callback was run"))
    failed = [e for e in visit.events if e.kind in CALLBACKS and e.phase in ("threw", "rejected")]
    if failed:
        return broken("; ".join(f"{e.name} failed with {_reason(e.payload)}" for e in failed))
    return held(", ".join(dict.fromkeys(f"{e.kind} {e.phase}" for e in fired)))


def redirect_followed(visit: Visit) -> Judgement:
    """After success the customer is taken to the `redirect_url`."""
    success = visit.fired("success")
    if success is None:
        return unchecked(visit.why_not("the success callback was not run"))
    if success.phase == "visited":
        return held(f"the browser was sent to {success.name} with the result")
    payload = success.payload if isinstance(success.payload, dict) else {}
    due = payload.get("redirect_url")
    if not due:
        return unchecked("the session has no redirect_url: give one when it is created")
    if any(_bare(url) == _bare(due) for url in visit.went_to):
        return held(f"the tab went to {_bare(due)}")
    went = f"went to {_bare(visit.went_to[-1])}" if visit.went_to else "stayed where it was"
    return broken(f"{success.name} was given redirect_url {_bare(due)}, and the tab {went}")


def cancel_told(visit: Visit) -> Judgement:
    """A customer whose payment was cancelled or declined is told so."""
    return _told(visit, "cancel")


def error_told(visit: Visit) -> Judgement:
    """A customer whose payment failed for a fault of the system is told so."""
    return _told(visit, "error")


def basket_unfrozen(visit: Visit) -> Judgement:
    """What could be used before the payment can be used after it was cancelled."""
    if visit.fired("cancel") is None:
        return unchecked(visit.why_not("the cancel callback was not run"))
    if visit.before is None or visit.after is None:
        return unchecked("the page was left when the payment was cancelled")
    usable = [place for place, control in visit.before.items() if control.usable]
    frozen = [
        visit.after[place].label
        for place in usable
        if place in visit.after and not visit.after[place].usable
    ]
    if frozen:
        return broken(f"cannot be used any more after the cancel callback: {', '.join(frozen)}")
    return held(f"{len(usable)} controls can be used as before")


def knet_receipt(visit: Visit) -> Judgement:
    """A refused KNET payment is shown with what KNET answered."""
    if visit.stopped:
        return unchecked(visit.stopped)
    given = KNET_REFUSAL["payment_gateway_info"]["pg_response"]
    for arguments in visit.popups("error"):
        if len(arguments) > 2 and isinstance(arguments[2], dict):
            return held("showPopup was given KNET's answer")
    if any(str(given["payid"]) in line for line in visit.new_text):
        return held("the page itself shows KNET's answer")
    return broken(
        "the cancel callback was given a refused KNET payment, as Ottu documents it, and did not "
        "hand its pg_response to showPopup('error', …)"
    )


def redirect_announced(visit: Visit) -> Judgement:
    """A customer who is about to leave for a gateway's page is told so."""
    if not visit.names("before_payment"):
        return unchecked("the page names no beforePayment, which it need not")
    before = next(
        (e for e in visit.events if e.kind == "before_payment" and e.phase == "called"), None
    )
    if before is None or not isinstance(before.payload, dict):
        return unchecked(visit.why_not("beforePayment was not called"))
    if not before.payload.get("redirect_url"):
        return unchecked("beforePayment was given no redirect_url")
    if visit.popups("redirect", before.sequence):
        return held("showPopup('redirect', …) was called")
    if visit.new_text or visit.dialogs:
        return held(f"the page said {_quoted(visit.new_text or visit.dialogs)}")
    return broken("beforePayment was given a redirect_url, and told the customer nothing")


#: What the SDK tells of a refused KNET payment, in the fields that Ottu documents.
KNET_REFUSAL: Final[dict[str, Any]] = {
    "message": "Payment was not completed.",
    "form_of_payment": "token_pay",
    "status": "canceled",
    "challenge_occurred": False,
    "session_id": "",
    "order_no": "",
    "reference_number": "knet-refusal",
    "payment_gateway_info": {
        "pg_code": "knet",
        "pg_name": "kpay",
        "pg_response": {
            "result": "NOT CAPTURED",
            "auth": "000000",
            "ref": "432109876543",
            "avr": "N",
            "postdate": "1123",
            "tranid": "543210987654321",
            "trackid": "7654321",
            "payid": "100432109876543210",
            "udf8": None,
            "udf10": None,
            "amt": "1.000",
        },
    },
}


def _told(visit: Visit, kind: Kind) -> Judgement:
    fired = visit.fired(kind)
    if fired is None:
        return unchecked(visit.why_not(f"the {kind} callback was not run"))
    if fired.phase == "visited":
        return held(f"the browser was sent to {fired.name} with the result")
    if visit.popups("error", fired.sequence):
        return held("showPopup('error', …) was called")
    if visit.dialogs or visit.new_text:
        return held(f"the page said {_quoted(visit.dialogs or visit.new_text)}")
    if visit.went_to:
        return held(f"the tab went to {_bare(visit.went_to[-1])}")
    return broken(f"{fired.name} was run and the customer was told nothing")


def _unsettled(hook: CallbackEvent, events: list[CallbackEvent]) -> str | None:
    name = _HOOKS[hook.kind]
    end = next(
        (
            e
            for e in events
            if e.kind == hook.kind and e.phase in _ENDS and e.sequence > hook.sequence
        ),
        None,
    )
    if end is None:
        return f"{name} was called and its promise never settled"
    if end.phase == "returned":
        return f"{name} gave {_reason(end.payload)}, not a promise"
    if end.phase == "threw":
        return f"{name} threw {_reason(end.payload)} instead of giving a promise"
    return None


def _reason(payload: object) -> str:
    said = payload.get("message", payload) if isinstance(payload, dict) else payload
    return "nothing" if said is None else repr(said)[:_QUOTED]


def _quoted(lines: list[str]) -> str:
    return repr(" / ".join(lines)[:_QUOTED])


def _bare(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}"
