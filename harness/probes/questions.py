"""What a target is asked so that its Checkout API can be compared with another one's.

Every question is one that Ottu's reference answers: the good calls of a merchant's backend, and
the mistakes whose messages a merchant may show.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from harness.api import AvailableMethod
from harness.errors import ConfigurationError
from harness.probes.interview import Interview

_TXN: Final = "/b/checkout/v1/pymt-txn/"
_PBL: Final = "/b/pbl/v2/"
_SDK: Final = "/b/checkout/api/sdk/v1/pymt-txn/submit/"
_NOBODYS_SESSION: Final = "0" * 40
_CUSTOMER: Final = "harness-drift"


@dataclass(frozen=True, slots=True)
class Terms:
    """What the questions are asked about: a gateway of the target, and a currency it takes."""

    pg_code: str
    pg: str
    currency: str


def in_common(
    one: list[AvailableMethod], other: list[AvailableMethod], names: tuple[str, str]
) -> tuple[Terms, Terms]:
    """A gateway of each target, of the same make and in the same currency where there is one.

    Raises:
        ConfigurationError: a target (called by its name in `names`) has none that charges.
    """
    candidates = _charging(one, names[0]), _charging(other, names[1])
    pairs = [(mine, theirs) for theirs in candidates[1] for mine in candidates[0]]
    best = max(pairs, key=lambda pair: _likeness(*pair))
    shared = [each for each in best[1].accepted_currencies if each in best[0].accepted_currencies]
    return _terms(best[0], shared), _terms(best[1], shared)


def _charging(methods: list[AvailableMethod], name: str) -> list[AvailableMethod]:
    found = [
        each
        for each in methods
        if (each.operation or "purchase") == "purchase" and each.accepted_currencies
    ]
    if not found:
        raise ConfigurationError(
            f"{name} offers no gateway that charges in any currency, so nothing can be asked of "
            "it: have one added to the merchant's account."
        )
    return found


def _likeness(mine: AvailableMethod, theirs: AvailableMethod) -> tuple[bool, bool, bool]:
    shared = set(mine.accepted_currencies) & set(theirs.accepted_currencies)
    return mine.pg == theirs.pg, bool(shared), mine.is_tokenizable == theirs.is_tokenizable


def _terms(method: AvailableMethod, shared: list[str]) -> Terms:
    currency = shared[0] if shared else method.accepted_currencies[0]
    return Terms(method.code, method.pg or "", currency)


def ask_all(interview: Interview, terms: Terms) -> None:
    """Ask everything; what is begun is for the interview's guard to close.

    Raises:
        TargetUnreachable: the target does not answer.
    """
    interview.known |= {terms.pg_code: "pg_code", terms.currency: "currency"}
    _good_calls(interview, terms)
    _operations(interview, terms)
    _mistakes(interview, terms)


def ask_of_the_paid(interview: Interview, session_id: str) -> None:
    """What is told of a payment that was made, and of a refund."""
    interview.known[session_id] = "session_id"
    inquiry = {"session_id": session_id}
    refund = {"operation": "refund", "session_id": session_id}
    interview.ask("retrieve, paid", "GET", f"{_TXN}{session_id}/")
    interview.ask("inquiry, paid", "POST", f"{_PBL}inquiry/", inquiry)
    interview.ask("refund", "POST", f"{_PBL}operation/", refund)


def _order(terms: Terms, **fields: object) -> dict[str, object]:
    return {
        "type": "e_commerce",
        "amount": "1",
        "currency_code": terms.currency,
        "pg_codes": [terms.pg_code],
        "customer_id": _CUSTOMER,
        "customer_email": "qa@example.com",
        "customer_first_name": "Quality",
        "customer_last_name": "Assurance",
        **fields,
    }


def _good_calls(interview: Interview, terms: Terms) -> None:
    listing = {"plugin": "e_commerce", "currencies": [terms.currency], "operation": "purchase"}
    interview.ask(
        "payment methods",
        "POST",
        f"{_PBL}payment-methods/",
        listing,
        about=lambda said: _only(terms.pg_code, said),
    )
    session = interview.begin("create", _order(terms, include_sdk_setup_preload=True))
    if not session:
        return
    interview.ask("retrieve", "GET", f"{_TXN}{session}/")
    interview.ask("update", "PATCH", f"{_TXN}{session}/", {"amount": "0.5"})
    interview.ask("SDK set-up", "GET", f"{_SDK}{session}", key="public")
    interview.ask("inquiry", "POST", f"{_PBL}inquiry/", {"session_id": session})
    cards = {"type": "sandbox", "customer_id": _CUSTOMER}
    interview.ask("cards", "POST", f"{_PBL}card/", cards)


def _operations(interview: Interview, terms: Terms) -> None:
    for operation in ("cancel", "expire", "delete"):
        session = interview.begin(None, _order(terms))
        body = {"operation": operation, "session_id": session}
        interview.ask(operation, "POST", f"{_PBL}operation/", body)
        interview.ask(f"retrieve after {operation}", "GET", f"{_TXN}{session}/")
    session = interview.begin(None, _order(terms))
    for operation in ("capture", "refund", "void"):
        body = {"operation": operation, "session_id": session}
        interview.ask(f"{operation} the unpaid", "POST", f"{_PBL}operation/", body)
    body = {"operation": "sell", "session_id": session}
    interview.ask("no such operation", "POST", f"{_PBL}operation/", body)


def _mistakes(interview: Interview, terms: Terms) -> None:
    wrong: dict[str, dict[str, object]] = {
        "no amount": {"amount": None},
        "negative amount": {"amount": "-1"},
        "amount in words": {"amount": "twelve"},
        "no such currency": {"currency_code": "XXX"},
        "no such gateway": {"pg_codes": ["harness-no-such-gateway"]},
        "no gateway": {"pg_codes": []},
        "no such type": {"type": "barter"},
    }
    for name, fields in wrong.items():
        interview.begin(f"create: {name}", _order(terms, **fields))
    interview.ask("create: nothing", "POST", _TXN, {})
    interview.ask("create: no JSON", "POST", _TXN, "{")
    nobodys = f"{_TXN}{_NOBODYS_SESSION}/"
    interview.ask("retrieve: no such session", "GET", nobodys)
    interview.ask("update: no such session", "PATCH", nobodys, {"amount": "1"})
    interview.ask("retrieve: wrong key", "GET", nobodys, key="wrong")
    interview.ask("retrieve: public key", "GET", nobodys, key="public")
    interview.ask("retrieve: no key", "GET", nobodys, key="none")
    body = {"operation": "cancel", "session_id": _NOBODYS_SESSION}
    interview.ask("cancel: no such session", "POST", f"{_PBL}operation/", body)
    inquiry = {"session_id": _NOBODYS_SESSION}
    interview.ask("inquiry: no such session", "POST", f"{_PBL}inquiry/", inquiry)
    interview.ask("payment methods: nothing", "POST", f"{_PBL}payment-methods/", {})
    interview.ask("SDK set-up: no such session", "GET", f"{_SDK}{_NOBODYS_SESSION}", key="public")
    interview.ask("SDK set-up: wrong key", "GET", f"{_SDK}{_NOBODYS_SESSION}", key="wrong")


def _only(pg_code: str, said: object) -> object:
    """The listing without the gateways that are not asked about: those are the merchant's own."""
    if not isinstance(said, dict) or not isinstance(said.get("payment_methods"), list):
        return said
    own = [each for each in said["payment_methods"] if each.get("code") == pg_code]
    return {**said, "payment_methods": own}
