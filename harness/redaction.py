"""What may not leave this process, taken out of whatever is about to.

Every piece of evidence (exchanges, callback payloads, page texts, error messages) passes through
one `Redactor`; a process has one, `redactor`. It knows the secrets it was told of, and knows a
card number when it sees one. Card numbers become first six and last four digits (`450875…1019`,
what PCI DSS 3.4 lets be shown), anything else becomes `***`.
"""

from __future__ import annotations

import html
import json
import os
import re
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from pathlib import Path
from typing import TypeVar, cast
from urllib.parse import quote_plus

from pydantic import SecretStr

from harness import card_numbers
from harness.errors import ConfigurationError, InfrastructureError

MASK = "***"

#: Environment variable: a private file in which the processes of a run note every secret they
#: register, one JSON string a line, so that its supervisor can search the reports for them.
NOTED_IN = "CHECKOUT_HARNESS_NOTED_SECRETS"

# Below this a secret is a word of everyday text, and masking it would blank the evidence.
SHORTEST_SECRET = 6

# How long a text may be to be remembered with what became of it, and how many are.
_MOST_REMEMBERED = 64
_REMEMBERS = 4096

_T = TypeVar("_T")

# Field names are compared without case, hyphens and underscores.
_CODE_FIELDS = (
    r"(?:(?:card|token)[-_]?)?(?:cvv2?|ccv|cvc2?|cvn|csc|pin|security[-_]?code|card[-_]?code)"
)
_KEY_FIELDS = r"(?:api[-_]?key|private[-_]?key|hmac[-_]?key|webhook[-_]?key|secret|password)"
_CODE_FIELD = re.compile(_CODE_FIELDS, re.IGNORECASE)
_KEY_FIELD = re.compile(_KEY_FIELDS + r"|authorization", re.IGNORECASE)
_CODE = re.compile(r"\d{3,8}")

# `"cvv": "100"`, `cvv=100`, `\"cvv\": 100` (JSON inside JSON), a multipart part, an HTML input.
_CODE_IN_TEXT = re.compile(
    rf"(?P<before>(?<![A-Za-z0-9]){_CODE_FIELDS}\\*[\"']?"
    r"(?:\s*[:=]\s*|\s*;?[^\S\n]*\r?\n\r?\n|\]=|[^<>]{0,200}?\svalue=)\\*[\"']?)"
    r"\d{3,8}(?!\d)",
    re.IGNORECASE,
)
_KEY_IN_TEXT = re.compile(
    rf"(?P<before>(?<![A-Za-z0-9]){_KEY_FIELDS}\\*[\"']?\s*[:=]\s*\\*[\"']?)"
    r"(?!\*\*\*)[^\s\"'\\,;&}]{6,}",
    re.IGNORECASE,
)
# A credential has a digit or a dot in it; the words that follow "Api-Key" in prose do not.
_AUTHORIZATION = re.compile(
    r"(?P<before>\b(?:Api-Key|Bearer|Basic)\s+)(?=[^\s\"']*[\d.])[\w.+/=~-]{12,}", re.IGNORECASE
)

# Scenarios run side by side: so many may end before the last report of one of them is written.
_LATE_REPORTS = 8

# Between the digits of a card number that is known: what a form, a URL or a log may put there.
_SEPARATOR = r"(?:[\s\u00a0\u2009\u202f+._/-]|%20|%2B|%2D|&nbsp;){0,2}"


@dataclass(frozen=True)
class _Known:
    """Secrets, each in every spelling; card numbers in any grouping are apart."""

    cards: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    @classmethod
    def of(cls, secrets: Iterable[str | SecretStr]) -> _Known:
        cards: set[str] = set()
        words: set[str] = set()
        for given in secrets:
            secret = given.get_secret_value() if isinstance(given, SecretStr) else given
            digits = re.sub(r"[\s\u00a0-]", "", secret)
            if re.fullmatch(r"[0-9]{12,19}", digits):
                cards.add(digits)
            elif len(secret) < SHORTEST_SECRET:
                raise ConfigurationError(
                    f"A key of {len(secret)} characters cannot be kept out of the reports: it "
                    f"would match ordinary text. Use keys of {SHORTEST_SECRET} or more."
                )
            else:
                words |= spellings(secret)
        return cls(frozenset(cards), frozenset(words))

    def __bool__(self) -> bool:
        return bool(self.cards or self.words)

    def __sub__(self, other: _Known) -> _Known:
        return _Known(self.cards - other.cards, self.words - other.words)

    def __or__(self, other: _Known) -> _Known:
        return _Known(self.cards | other.cards, self.words | other.words)

    def masked_in(self, text: str) -> str:
        for word in self._longest_first:
            text = text.replace(word, MASK)
        return self._numbers.sub(_mask_number, text) if self.cards else text

    @cached_property
    def remembered(self) -> dict[str, str]:
        """Short texts that were masked before, and what became of them."""
        return {}

    @cached_property
    def _longest_first(self) -> list[str]:
        return sorted(self.words, key=len, reverse=True)

    @cached_property
    def _numbers(self) -> re.Pattern[str]:
        longest_first = sorted(self.cards, key=len, reverse=True)
        return re.compile("|".join(_SEPARATOR.join(card) for card in longest_first))


def _mask_number(match: re.Match[str]) -> str:
    return card_numbers.mask(re.sub(r"%2[0BDbd]|\D", "", match[0]))


class Redactor:
    """Masks secrets in text, bytes and nested JSON. Safe to share between threads.

    `noted_in` is a file to which every secret that is registered is added.
    """

    def __init__(self, noted_in: str | None = None) -> None:
        self._noted_in = Path(noted_in) if noted_in else None
        self._lock = threading.Lock()
        self._kept = _Known()
        self._known = _Known()
        self._lent: list[_Known] = []
        self._over: deque[_Known] = deque(maxlen=_LATE_REPORTS)

    def register(self, *secrets: str | SecretStr) -> None:
        """Learn secrets (keys, card numbers in any grouping) to mask from now on.

        A secret is also recognised URL-encoded, HTML-escaped and as it stands in JSON.

        Raises:
            ConfigurationError: a secret is too short to be told from ordinary text.
            InfrastructureError: it cannot be noted, so nobody could search the reports for it.
        """
        with self._lock:
            new = _Known.of(secrets) - self._known
            if new:
                self._note(new)
                self._kept |= new
                self._known |= new

    @contextmanager
    def registered(self, *secrets: str | SecretStr) -> Iterator[None]:
        """The same for secrets that open nothing once the block is over.

        A scenario's keys die with its tenant, its last report is written a little later: they
        are masked until a few others are over too. Kept for ever, every scenario would make the
        masking of all that follow slower.

        Raises:
            ConfigurationError, InfrastructureError: as `register`.
        """
        with self._lock:
            new = _Known.of(secrets) - self._kept
            self._note(new)
            self._lent.append(new)
            self._known = reduce(or_, [*self._lent, *self._over], self._kept)
        try:
            yield
        finally:
            with self._lock:
                self._lent.remove(new)
                self._over.append(new)

    def redact(self, evidence: _T) -> _T:
        """The same thing with its secrets masked: `str`, `bytes`, or nested JSON.

        Mappings and lists are copied, never changed. Anything that is neither text nor JSON
        is given back as it is. Redacting twice changes nothing more.
        """
        return cast("_T", self._any(evidence))

    def text(self, text: str) -> str:
        """`text` with its secrets masked."""
        known = self._known
        if len(text) > _MOST_REMEMBERED:
            return _masked(text, known)
        # The names of fields and the like come again and again.
        remembered = known.remembered
        masked = remembered.get(text)
        if masked is None:
            if len(remembered) >= _REMEMBERS:
                remembered.clear()
            masked = remembered[text] = _masked(text, known)
        return masked

    def _note(self, new: _Known) -> None:
        if self._noted_in is None:
            return
        lines = "".join(f"{json.dumps(secret)}\n" for secret in (*new.cards, *new.words))
        try:
            # Never made here: whoever asked for the notes made it private, and takes it away.
            file = os.open(self._noted_in, os.O_WRONLY | os.O_APPEND)
            try:
                os.write(file, lines.encode())
            finally:
                os.close(file)
        except OSError as error:
            message = f"A secret cannot be noted for the search of the reports: {error.strerror}."
            raise InfrastructureError(message) from error

    def _any(self, evidence: object) -> object:
        if isinstance(evidence, str):
            return self.text(evidence)
        if isinstance(evidence, bytes):
            readable = evidence.decode("utf-8", "surrogateescape")
            return self.text(readable).encode("utf-8", "surrogateescape")
        if isinstance(evidence, Mapping):
            return {self._any(key): self._field(key, value) for key, value in evidence.items()}
        if isinstance(evidence, list | tuple):
            return [self._any(item) for item in evidence]
        if isinstance(evidence, int) and not isinstance(evidence, bool):
            masked = self.text(str(evidence))
            return evidence if masked == str(evidence) else masked
        return evidence

    def _field(self, key: object, value: object) -> object:
        if isinstance(key, str):
            if _CODE_FIELD.fullmatch(key) and _is_code(value):
                return MASK
            if _KEY_FIELD.fullmatch(key) and isinstance(value, str) and value:
                return MASK
        return self._any(value)


def _masked(text: str, known: _Known) -> str:
    text = known.masked_in(text)
    text = _AUTHORIZATION.sub(rf"\g<before>{MASK}", text)
    text = _CODE_IN_TEXT.sub(rf"\g<before>{MASK}", text)
    text = _KEY_IN_TEXT.sub(rf"\g<before>{MASK}", text)
    return card_numbers.masked(text)


def spellings(secret: str) -> set[str]:
    """How a key stands in text: as it is, URL-encoded, HTML-escaped, and inside JSON."""
    return {secret, quote_plus(secret), html.escape(secret), json.dumps(secret)[1:-1]}


def _is_code(value: object) -> bool:
    if isinstance(value, bool):
        return False
    return isinstance(value, str | int) and bool(_CODE.fullmatch(str(value)))


redactor = Redactor(os.environ.get(NOTED_IN))
"""The one of this process. Evidence writers, API clients and the merchant site share it."""
