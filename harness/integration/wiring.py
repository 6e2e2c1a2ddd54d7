"""How the SDK is brought into the page: its script, the attributes, `Checkout.init`."""

from __future__ import annotations

import ipaddress
from typing import Any, Final
from urllib.parse import urlsplit

from harness.callbacks import CALLBACKS, Kind, Named
from harness.integration.rule import Judgement, broken, held, unchecked
from harness.integration.visit import Visit
from harness.settings import is_loopback
from harness.settings.target import CDN_SCRIPT

ATTRIBUTES: Final[dict[Kind, str]] = {
    "success": "data-success",
    "cancel": "data-cancel",
    "error": "data-error",
    "before_payment": "data-beforepayment",
    "validate_payment": "data-validatepayment",
}

_REQUIRED: Final = ("selector", "merchant_id", "session_id", "apiKey")
_SCRIPT_PATH: Final = urlsplit(CDN_SCRIPT).path
_FILE: Final = _SCRIPT_PATH.rpartition("/")[2]
_GONE: Final = (404, 410)


def sdk_address(visit: Visit) -> Judgement:
    """The SDK comes from where Ottu serves it, not from a copy."""
    named = [script.src for script in visit.scripts if script.src]
    loaded = [url for url in visit.loaded if urlsplit(url).path.endswith(_FILE)]
    found = list(dict.fromkeys(map(_bare, [*named, *loaded])))
    if not found:
        return broken("no script element loads the SDK or names a callback")
    strays = [url for url in found if not _is_documented(url, visit)]
    if strays:
        return broken(f"the SDK is loaded from {', '.join(strays)}, not from {CDN_SCRIPT}")
    return held(f"loaded from {', '.join(found)}")


def init_options(visit: Visit) -> Judgement:
    """`Checkout.init` is called with all that it needs."""
    if not visit.inits:
        if not sdk_loaded(visit):
            return unchecked("the SDK's script did not load, so nothing could be called")
        return broken("Checkout.init was not called")
    problems = [problem for given in visit.inits for problem in _wrong(given)]
    selector = visit.inits[-1].get("selector")
    if not problems and not visit.container:
        problems.append(f"the page has no element with the id {selector!r} to show the checkout in")
    if problems:
        return broken("; ".join(dict.fromkeys(problems)))
    times = "once" if len(visit.inits) == 1 else f"{len(visit.inits)} times"
    return held(f"called {times}, with {', '.join(_REQUIRED)}; the element {selector!r} is there")


def checkout_shown(visit: Visit) -> Judgement:
    """The SDK shows what can be paid with."""
    if visit.rendered:
        return held(f"{len(visit.offers)} payment methods are offered")
    if not visit.inits or not visit.container:
        return unchecked("there was no checkout to be shown")
    if visit.violations:
        return unchecked("the page's policy blocked what it needs")
    if visit.key == "private":
        return unchecked("the SDK was given a key that Ottu does not admit it with")
    return broken(visit.why_not("the SDK shows no payment method"))


def callbacks_named(visit: Visit) -> Judgement:
    """The script element names all three callbacks."""
    missing = [ATTRIBUTES[kind] for kind in sorted(CALLBACKS) if not visit.names(kind)]
    if missing:
        return broken(f"the SDK's script element has no {', no '.join(missing)}")
    told = (f"{ATTRIBUTES[each.kind]}={each.name!r}" for each in _targets(visit))
    return held(", ".join(told))


def callbacks_defined(visit: Visit) -> Judgement:
    """What is named is there: a global function, or a page at the address."""
    targets = _targets(visit)
    if not targets:
        return unchecked("no callback is named")
    problems = [_nothing_behind(each, visit) for each in targets]
    found = [problem for problem in problems if problem]
    if found:
        return broken("; ".join(found))
    functions = sum(each.address is None for each in targets)
    addresses = len(targets) - functions
    return held(
        f"{functions} names lead to a global function, {addresses} to an address that answers"
    )


def sdk_loaded(visit: Visit) -> bool:
    """Whether a script that is the SDK, by its element or its name, was loaded."""
    named = {_bare(script.src) for script in visit.scripts}
    return any(_bare(url) in named or urlsplit(url).path.endswith(_FILE) for url in visit.loaded)


def is_machine(host: str) -> bool:
    """Whether the host is in no public network: this machine, or one beside it."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return is_loopback(host)


def _targets(visit: Visit) -> list[Named]:
    return [target for script in visit.scripts for target in script.targets]


def _nothing_behind(target: Named, visit: Visit) -> str | None:
    attribute = ATTRIBUTES[target.kind]
    if target.address is not None:
        status = visit.answers.get(target.address)
        wrong = status in _GONE or (status or 0) >= 500
        return f"{attribute} names {target.address}, which answers {status}" if wrong else None
    if target.defined:
        return None
    return f"{attribute} names {target.name!r}, and there is no global function of that name"


def _wrong(given: dict[str, Any]) -> list[str]:
    problems = [f"Checkout.init was given no {name}" for name in _REQUIRED if not given.get(name)]
    if str(given.get("selector", "")).startswith(("#", ".")):
        problems.append(f"selector is {given['selector']!r}; it must be an id without a sign")
    if "/" in str(given.get("merchant_id", "")):
        problems.append(f"merchant_id is {given['merchant_id']!r}; it must be a host, no address")
    return problems


def _is_documented(url: str, visit: Visit) -> bool:
    if url in (CDN_SCRIPT, _bare(visit.documented_sdk or "")):
        return True
    # A sandbox on this machine or in this network serves the script itself.
    parts = urlsplit(url)
    own = {str(given.get("merchant_id")) for given in visit.inits}
    return parts.path == _SCRIPT_PATH and parts.netloc in own and is_machine(parts.hostname or "")


def _bare(url: str) -> str:
    return url.partition("#")[0].partition("?")[0]
