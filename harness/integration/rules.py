"""The rules, in the order in which a person would check them.

Each demand is Ottu's, told in the harness's words; `source` says where it stands.
"""

from __future__ import annotations

from typing import Final

from harness.errors import ConfigurationError
from harness.integration import keys, outcomes, policy, wiring
from harness.integration.rule import Rule

_WEB: Final = "docs.ottu.com, Web SDK"


def _catalogue(*rules: Rule) -> dict[str, Rule]:
    return {rule.id: rule for rule in rules}


RULES: Final = _catalogue(
    Rule(
        "sdk-address",
        "The SDK's script is loaded from the address at which Ottu serves it.",
        f"{_WEB}, installation",
        wiring.sdk_address,
    ),
    Rule(
        "init-options",
        "Checkout.init is called with selector, merchant_id, session_id and apiKey, and the "
        "element that the selector names is in the page.",
        f"{_WEB}, Checkout.init",
        wiring.init_options,
    ),
    Rule(
        "checkout-shown",
        "The SDK shows the payment methods of the session.",
        "docs.ottu.com, Checkout SDK, merchant frontend",
        wiring.checkout_shown,
    ),
    Rule(
        "callbacks-named",
        "The script element names the success, cancel and error callback in data-success, "
        "data-cancel and data-error.",
        f"{_WEB}, installation",
        wiring.callbacks_named,
    ),
    Rule(
        "callbacks-defined",
        "Every name in those attributes is that of a global function by the time the checkout "
        "can be paid; an address in its place leads to a page.",
        f"{_WEB}, callbacks",
        wiring.callbacks_defined,
    ),
    Rule(
        "policy",
        "The page's Content-Security-Policy, if it has one, allows Ottu's script, calls, frames, "
        "images, styles and fonts.",
        f"{_WEB}, Content-Security-Policy",
        policy.allows_ottu,
    ),
    Rule(
        "private-key",
        "The private key is in no document, script or request of the page.",
        "docs.ottu.com, authentication: API keys",
        keys.private_key_absent,
    ),
    Rule(
        "public-key",
        "The apiKey that the SDK is given is the public one.",
        f"{_WEB}, Checkout.init, apiKey",
        keys.public_key_used,
    ),
    Rule(
        "hooks-settle",
        "validatePayment and beforePayment, where there are any, give a promise that settles.",
        f"{_WEB}, hooks",
        outcomes.hooks_settle,
        required=False,
    ),
    Rule(
        "redirect-popup",
        "Before the customer is sent to a gateway's page (KNET and others), beforePayment shows "
        "the redirect popup.",
        f"{_WEB}, hooks, beforePayment",
        outcomes.redirect_announced,
        required=False,
    ),
    Rule(
        "knet-receipt",
        "When a KNET payment is refused, the cancel callback shows KNET's answer in the error "
        "popup.",
        f"{_WEB}, callbacks, cancelCallback: KNET",
        outcomes.knet_receipt,
        required=False,
    ),
    Rule(
        "cancel-told",
        "The cancel callback tells the customer that the payment did not go through.",
        f"{_WEB}, callbacks, cancelCallback",
        outcomes.cancel_told,
    ),
    Rule(
        "basket-unfrozen",
        "After the cancel callback the customer can use the page again: change the basket, and "
        "try to pay once more.",
        "docs.ottu.com, Checkout SDK, SDK flow: try again",
        outcomes.basket_unfrozen,
        required=False,
    ),
    Rule(
        "error-told",
        "The error callback tells the customer that something went wrong.",
        f"{_WEB}, callbacks, errorCallback",
        outcomes.error_told,
        required=False,
    ),
    Rule(
        "redirect-followed",
        "The success callback takes the customer to the redirect_url that it is given.",
        f"{_WEB}, callbacks, successCallback",
        outcomes.redirect_followed,
    ),
    Rule(
        "callbacks-complete",
        "No callback ends in an exception.",
        f"{_WEB}, callbacks",
        outcomes.callbacks_complete,
    ),
)


def named(rule: str) -> Rule:
    """The rule of that id. Raises ConfigurationError where there is none."""
    try:
        return RULES[rule]
    except KeyError:
        message = f"No rule is called {rule!r}; there are {', '.join(RULES)}."
        raise ConfigurationError(message) from None
