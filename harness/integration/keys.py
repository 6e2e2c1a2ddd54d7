"""Keys in the open: what a page, its scripts and its requests hold that only a server may."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from harness.integration.rule import Judgement, broken, held, unchecked
from harness.integration.visit import Visit

# How keys stand in code and in requests: behind the scheme, or in something called a key.
_BY_LOOK: Final = re.compile(
    r"Api-Key\s+(?P<sent>[\w.+/=~-]{12,})"
    r"|(?:api|private|secret|ottu)[-_]?key[\"']?\s*[:=]\s*[\"'`](?P<kept>[\w.+/=~-]{12,})[\"'`]",
    re.IGNORECASE,
)
_MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Text:
    """Something the browser was given or sent: where it stood, and all of it."""

    place: str
    content: str


def search(
    texts: Sequence[Text], private_key: str | None, opens: Callable[[str], bool], public: str
) -> list[str]:
    """Places that hold a private key.

    `private_key` is looked for as it is, where it is known. What looks like a key besides
    (`public` is the one the SDK was given, and looked at apart) is one if it `opens` the session
    to a merchant's server. At most twenty are tried.
    """
    places = [text.place for text in texts if private_key and private_key in text.content]
    suspects: dict[str, str] = {}
    for text in texts:
        for match in _BY_LOOK.finditer(text.content):
            suspects.setdefault(match["sent"] or match["kept"], text.place)
    tried = [key for key in suspects if key not in (public, private_key)][:_MOST]
    return list(dict.fromkeys([*places, *(suspects[key] for key in tried if opens(key))]))


def private_key_absent(visit: Visit) -> Judgement:
    """No private key is where a customer can read it."""
    if visit.private_places:
        return broken(f"a private key stands in {', '.join(visit.private_places)}")
    if not visit.read:
        return unchecked(visit.why_not("nothing could be read"))
    return held(f"{visit.read} documents, scripts and requests hold none")


def public_key_used(visit: Visit) -> Judgement:
    """The SDK is given the public key."""
    if visit.key == "unknown":
        return unchecked(visit.why_not("the SDK sent no key that could be looked at"))
    if visit.key == "private":
        return broken("apiKey is a private key: a merchant's server is admitted with it")
    return held("the Checkout API does not admit a merchant's server with it")
