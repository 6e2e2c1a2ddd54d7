"""Whether a page's Content-Security-Policy lets the checkout work.

Matching follows the W3C's Content Security Policy Level 3 as far as the sources that merchants
write: schemes, hosts with wildcards, `'self'`, `'unsafe-inline'`, nonces and `'strict-dynamic'`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

from harness.integration.rule import Judgement, broken, held, unchecked
from harness.integration.visit import Violation, Visit
from harness.integration.wiring import is_machine
from harness.settings.target import CDN_SCRIPT

_FALLBACKS: Final = {
    "script-src": ("script-src-elem", "script-src", "default-src"),
    "connect-src": ("connect-src", "default-src"),
    "frame-src": ("frame-src", "child-src", "default-src"),
    "img-src": ("img-src", "default-src"),
    "style-src": ("style-src-elem", "style-src", "default-src"),
    "font-src": ("font-src", "default-src"),
}
_PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Need:
    """Something the checkout needs a directive to allow: an address, a scheme, or `inline`."""

    directive: str
    what: str


def allows_ottu(visit: Visit) -> Judgement:
    """The page's policy allows what Ottu's SDK needs."""
    if not visit.policies and not visit.violations:
        return held("the page sends no policy, so nothing is forbidden")
    given = visit.inits[-1] if visit.inits else {}
    merchant = given.get("merchant_id")
    scripts = [script.src for script in visit.scripts if script.src]
    needs = _needs(scripts[0] if scripts else CDN_SCRIPT, str(merchant) if merchant else None)
    refused = [
        f"{need.directive} does not allow {need.what}"
        for need in needs
        if not all(allows(policy, need, visit.url) for policy in visit.policies)
    ]
    ottu = {_origin(need.what) for need in needs if "//" in need.what}
    seen = [_told(each) for each in visit.violations if _is_ottus(each, ottu)]
    problems = refused or list(dict.fromkeys(seen))
    if problems:
        return broken("; ".join(problems))
    if not merchant:
        return unchecked("Checkout.init was not called, so it is not known what must be allowed")
    return held(f"allows {', '.join(f'{need.directive} {need.what}' for need in needs)}")


def allows(policy: str, need: Need, page_url: str) -> bool:
    """Whether one policy, as the page sends it, lets the page at `page_url` have what it needs."""
    directives = _directives(policy)
    sources = next(
        (directives[name] for name in _FALLBACKS[need.directive] if name in directives), None
    )
    if sources is None:
        return True
    if need.what == "'unsafe-inline'":
        # A nonce or hash in the list switches it off (CSP 3, "does a source list allow all
        # inline behavior").
        return "'unsafe-inline'" in sources and not any(map(_is_nonce_or_hash, sources))
    if need.directive == "script-src" and any(map(_is_nonce_or_hash, sources)):
        return True  # by nonce, which only the browser can check; it tells of what it blocks
    return any(_matches(source, need.what, page_url) for source in sources)


def _needs(sdk_url: str, merchant: str | None) -> list[Need]:
    """What Ottu's policy builder asks for, with the page's own addresses."""
    script = _origin(sdk_url)
    needs = [Need("script-src", script)]
    if merchant:
        scheme = urlsplit(sdk_url).scheme if is_machine(merchant.partition(":")[0]) else "https"
        api = f"{scheme}://{merchant}"
        needs += [Need("connect-src", api), Need("frame-src", api)]
    needs += [Need("img-src", what) for what in (script, "data:", "blob:")]
    return [*needs, Need("style-src", "'unsafe-inline'"), Need("font-src", "data:")]


def _directives(policy: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for part in policy.split(";"):
        words = part.split()
        if words:
            found.setdefault(words[0].lower(), [word.lower() for word in words[1:]])
    return found


def _matches(source: str, what: str, page_url: str) -> bool:
    if "//" not in what:
        return source == what
    wanted = urlsplit(what)
    if source == "*":
        return True
    if source == "'self'":
        return _origin(page_url) == _origin(what)
    if source.endswith(":") and "/" not in source:
        return _scheme_fits(source[:-1], wanted.scheme)
    # A path narrows a source further, and what that blocks the browser tells of.
    pattern = urlsplit(source if "//" in source else f"//{source}")
    scheme = pattern.scheme or urlsplit(page_url).scheme
    return _scheme_fits(scheme, wanted.scheme) and _host_fits(pattern.netloc, wanted)


def _host_fits(pattern: str, wanted: SplitResult) -> bool:
    host, _, port = pattern.partition(":")
    name = wanted.hostname or ""
    same = name.endswith(host[1:]) if host.startswith("*.") else host == name
    due = wanted.port or _PORTS.get(wanted.scheme)
    return same and (port == "*" or due == (int(port) if port else _PORTS.get(wanted.scheme)))


def _scheme_fits(allowed: str, wanted: str) -> bool:
    return allowed == wanted or (allowed == "http" and wanted == "https")


def _is_nonce_or_hash(source: str) -> bool:
    return source.startswith(("'nonce-", "'sha256-", "'sha384-", "'sha512-"))


def _is_ottus(violation: Violation, origins: Sequence[str] | set[str]) -> bool:
    return any(
        url.startswith(origin)
        for origin in origins
        for url in (violation.blocked, violation.source)
    )


def _told(violation: Violation) -> str:
    return f"{violation.directive} blocked {violation.blocked.partition('?')[0]}"


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
