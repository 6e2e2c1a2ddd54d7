"""What each witness of a payment has to say, as a statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from harness.api import Inquiry, Transaction
from harness.callbacks import CallbackEvent
from harness.merchant.records import CustomerReturn
from harness.merchant.signature import is_signed
from harness.merchant.webhooks import ReceivedWebhook
from harness.witnesses.outcome import Outcome
from harness.witnesses.statement import Statement

#: The `status` that belongs to each callback (Ottu, web SDK, "callback data").
_STATUS: Final = {"success": "success", "cancel": "canceled", "error": "error"}

#: The documented fields of a callback's payload with their types.
_SHAPE: Final[dict[str, type]] = {
    "message": str,
    "form_of_payment": str,
    "status": str,
    "challenge_occurred": bool,
    "session_id": str,
    "order_no": str,
    "reference_number": str,
    "redirect_url": str,
    "payment_gateway_info": dict,
    "operation": str,
}
_ALWAYS: Final = ("message", "form_of_payment", "status")
_ON_SUCCESS: Final = (
    "session_id",
    "order_no",
    "reference_number",
    "redirect_url",
    "payment_gateway_info",
)
_ON_CANCEL: Final = ("session_id", "order_no", "reference_number", "payment_gateway_info")
_ABOUT_THE_GATEWAY: Final = {"pg_code", "pg_name", "pg_response"}
#: A sheet that was dismissed never reached a gateway: there is no reference to give.
_WITHOUT_ATTEMPT: Final = ("session_id",)


def by_callback(outcome: Outcome, events: Sequence[CallbackEvent]) -> Statement:
    """The browser's account: which hooks and callbacks ran, in which order, with what."""
    called = [event for event in events if event.phase == "called"]
    fired = [event for event in called if event.kind in _STATUS]
    problems = _wrong_callbacks(outcome, fired)
    hooks = tuple(event.kind for event in called if event.kind.endswith("_payment"))
    if hooks != outcome.hooks:
        problems.append(f"the hooks that ran were {_listed(hooks)}, not {_listed(outcome.hooks)}")
    last_hook = max((e.sequence for e in called if e.kind.endswith("_payment")), default=0)
    if fired and fired[0].sequence < last_hook:
        problems.append(f"{fired[0].kind} fired before the hooks were through")
    if outcome.callback is None or not fired or fired[0].kind != outcome.callback:
        return Statement("callback", {}, problems)
    payload = fired[0].payload if isinstance(fired[0].payload, dict) else {}
    problems += _wrong_shape(outcome, payload)
    gateway = payload.get("payment_gateway_info")
    facts = {
        "session": payload.get("session_id"),
        "order": payload.get("order_no"),
        "reference": payload.get("reference_number"),
        "gateway": gateway.get("pg_code") if isinstance(gateway, dict) else None,
        "method": payload.get("form_of_payment"),
        "challenge": "yes" if payload.get("challenge_occurred") else "no",
        "message": payload.get("message") if outcome.attempts else None,
    }
    return Statement("callback", _known(facts), problems)


def _wrong_callbacks(outcome: Outcome, fired: Sequence[CallbackEvent]) -> list[str]:
    expected = [outcome.callback] if outcome.callback else []
    if [event.kind for event in fired] == expected:
        return []
    seen = "; ".join(f"{event.kind} with {event.payload!r}" for event in fired) or "none"
    due = f"the {outcome.callback} callback, once," if outcome.callback else "no callback"
    return [f"{due} was expected; fired: {seen}"]


def _required(outcome: Outcome) -> tuple[str, ...]:
    if outcome.callback == "success":
        return (*_ALWAYS, *_ON_SUCCESS)
    if outcome.callback == "error":
        return _ALWAYS
    return (*_ALWAYS, *(_ON_CANCEL if outcome.attempts else _WITHOUT_ATTEMPT))


def _wrong_shape(outcome: Outcome, payload: Mapping[str, Any]) -> list[str]:
    kind = outcome.callback or ""
    problems = [
        f"the payload has no {name}" for name in _required(outcome) if not payload.get(name)
    ]
    for name, value in payload.items():
        known = _SHAPE.get(name)
        if known is None:
            problems.append(f"the payload has an undocumented field {name}")
        elif value is not None and not isinstance(value, known):
            problems.append(f"{name} is of type {type(value).__name__}, not {known.__name__}")
    gateway = payload.get("payment_gateway_info")
    if isinstance(gateway, dict) and set(gateway) != _ABOUT_THE_GATEWAY:
        problems.append(f"payment_gateway_info has {', '.join(gateway)}")
    if payload.get("status") not in (None, _STATUS[kind]):
        problems.append(f"the {kind} callback carries status {payload['status']!r}")
    if kind == "success" and payload.get("redirect_url"):
        problems += _wrong_return(str(payload["redirect_url"]), payload)
    return problems


def _wrong_return(address: str, payload: Mapping[str, Any]) -> list[str]:
    query = parse_qs(urlsplit(address).query)
    return [
        f"redirect_url has {name} {query.get(name)}, the payload {payload.get(name)!r}"
        for name in ("order_no", "reference_number", "session_id")
        if query.get(name) != [payload.get(name)]
    ]


def by_webhook(outcome: Outcome, webhooks: Sequence[ReceivedWebhook]) -> Statement:
    """The merchant's server's account: what it was told, how often, with whose signature."""
    problems = []
    if len(webhooks) != outcome.attempts:
        problems.append(f"{len(webhooks)} webhooks came, {outcome.attempts} were due")
    if any(webhook.signature_valid is False for webhook in webhooks):
        problems.append("its signature is not the merchant's")
    if not webhooks:
        return Statement("webhook", {}, problems)
    payload = webhooks[-1].payload
    problems += _wrong_result(outcome, payload)
    return Statement("webhook", _as_reported(payload), problems)


def _wrong_result(outcome: Outcome, payload: Mapping[str, Any]) -> list[str]:
    """`result` is success when money moved or was reserved, and only then; so is what was paid."""
    problems = []
    if (payload.get("result") == "success") is not outcome.charged:
        problems.append(f"its result is {payload.get('result')!r}")
    paid = Decimal(str(payload.get("paid_amount") or 0))
    # What is only reserved is not paid yet.
    is_paid = outcome.charged and outcome.state == "paid"
    due = Decimal(outcome.total or 0) if is_paid else Decimal(0)
    if paid != due:
        problems.append(f"it says that {paid} was paid, {due} was due")
    return problems


def by_inquiry(outcome: Outcome, inquiry: Inquiry, hmac_key: str | None = None) -> Statement:
    """The account Ottu gives when the merchant asks for the payment's status.

    With the merchant's key it is checked that Ottu signed it.
    """
    facts = _as_reported(inquiry.everything)
    problems = _wrong_result(outcome, inquiry.everything) if outcome.attempts else []
    if hmac_key is not None and not is_signed(inquiry.everything, hmac_key):
        problems.append("its signature is not the merchant's")
    if not outcome.attempts:
        # Before any attempt there is no gateway to name.
        unknown = ("gateway", "reference", "total", "message")
        facts = {k: v for k, v in facts.items() if k not in unknown}
    return Statement("inquiry", facts, problems)


def _as_reported(payload: Mapping[str, Any]) -> dict[str, str]:
    details = payload.get("amount_details")
    facts = {
        "session": payload.get("session_id"),
        "order": payload.get("order_no"),
        "reference": payload.get("reference_number"),
        "amount": payload.get("amount"),
        "total": details.get("total") if isinstance(details, dict) else None,
        "currency": payload.get("currency_code"),
        "state": payload.get("state"),
        "gateway": payload.get("gateway_account"),
        "message": payload.get("message"),
    }
    return _known(facts)


def by_transaction(outcome: Outcome, transaction: Transaction) -> Statement:
    """The Checkout API's account of the payment transaction."""
    facts = {
        "session": transaction.session_id,
        "order": transaction.order_no,
        "amount": transaction.amount,
        "currency": transaction.currency_code,
        "state": transaction.state,
        "gateway": transaction.everything.get("settled_pg_code") if outcome.charged else None,
    }
    return Statement("transaction", _known(facts))


def by_address(
    url: str, expected_prefix: str, returns: Sequence[CustomerReturn], *, taken_back: bool
) -> Statement:
    """The customer's account: where the browser ended, and what that address says.

    `returns` are what the merchant saw of it: whoever is taken back (`taken_back`) comes once, and
    what the Checkout API says at that moment is the state that the merchant acts on.
    """
    problems = []
    if not url.startswith(expected_prefix):
        problems.append(f"the customer ended on {url}, not on {expected_prefix}")
    if len(returns) != int(taken_back):
        problems.append(f"the merchant saw {len(returns)} returns, {int(taken_back)} were due")
    if not taken_back:
        return Statement("address", {}, problems)
    query = parse_qs(urlsplit(url).query)
    facts = {
        "session": _only(query, "session_id") or "",
        "order": _only(query, "order_no") or "",
        "reference": _only(query, "reference_number") or "",
    }
    if returns and returns[-1].state is not None:
        facts["state"] = returns[-1].state
    return Statement("address", facts, problems)


def by_ledger(outcome: Outcome, charges: Sequence[Mapping[str, Any]]) -> Statement:
    """The gateway's own books, where the target lets them be read."""
    due = 1 if outcome.charged else 0
    problems = []
    if len(charges) != due:
        problems.append(f"{len(charges)} charges are in the books, {due} were due")
    if not charges:
        return Statement("ledger", {}, problems)
    charge = charges[-1]
    facts = {
        "session": charge["session_id"],
        "order": charge["order_no"],
        "reference": charge["reference_number"],
        "total": charge["amount"],
        "currency": charge["currency_code"],
        "gateway": charge["pg_code"],
        "challenge": "yes" if charge["challenge_occurred"] else "no",
    }
    return Statement("ledger", _known(facts), problems)


def _only(query: Mapping[str, list[str]], name: str) -> str | None:
    values = query.get(name, [])
    return values[0] if len(values) == 1 else None


def _known(facts: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in facts.items() if value is not None}


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or "none"
