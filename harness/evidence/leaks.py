"""A search through everything a run leaves behind for what it must not hold.

Redaction keeps secrets out; this looks whether it did, in every byte: plain files, archives in
archives, and the data inside an HTML page. It says where and of what kind, never what.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import hashlib
import io
import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

# What may stand between two digits of a card number: as in harness/redaction.py, in bytes.
_SEPARATOR: Final = (
    rb"(?:[\s+._/-]|\xc2\xa0|\xe2\x80[\x89\xaf]|\\u00a0|%20|%2[BbDd]|%C2%A0|&nbsp;){0,2}"
)
# A code is too short to be looked for anywhere but in its field. Both cases are spelt out: a
# pattern that ignores case is searched several times slower.
_CODE: Final = (
    rb"(?<![A-Za-z0-9])(?:[cC][vV][vV]2?|[cC][cC][vV]|[cC][vV][cC]2?|[cC][vV][nN]|[cC][sS][cC]"
    rb"|[pP][iI][nN]|[sS][eE][cC][uU][rR][iI][tT][yY][-_ ]?[cC][oO][dD][eE]"
    rb"|[cC][aA][rR][dD][-_ ]?[cC][oO][dD][eE])"
    rb"(?:\\*[\"']?\s*[:=]\s*\\*[\"']?|[\"']?\r?\n\r?\n|\]="
    rb"|\\*\",\s*\\*\"value\\*\"\s*:\s*\\*\"|[^<>\n]{0,120}?[\s_](?:value|value_)\\*\"?[=:]\\*[\"'])"
    rb"[0-9]{3,8}(?![0-9.])"
)
# The test numbers that everybody knows: what is searched for where no run told of its own.
_PUBLISHED: Final = rb"(?<![0-9])(?:411111111111111[0-9]?|888888[0-9]{10})(?![0-9])"

# Data in a page. Longer than any key, and read unpacked only: as it stands it hides what it says.
_PACKED: Final = re.compile(
    rb"(?:[A-Za-z0-9+/]{256,}|(?<=base64,)[A-Za-z0-9+/]+|(?<=\",\")[A-Za-z0-9+/]+)={0,2}"
)
_PAGES: Final = frozenset({".html", ".htm"})
_NEVER: Final = rb"(?!)"
_CARD: Final = re.compile(r"[0-9]{12,19}")

_KINDS: Final = {"key": "a key", "card": "a card number", "code": "a card's security code"}


@dataclass(frozen=True, slots=True, order=True)
class Leak:
    """A secret where none may be: `place` is the file (and the member of an archive in it)."""

    place: str
    kind: str


def search(folders: Iterable[Path], secrets: Iterable[str]) -> list[Leak]:
    """Every place under `folders` that holds a secret; see `Search`."""
    whole = Search(secrets)
    whole.through(folders)
    return whole.found


class Search:
    """A search, which may be made in turns; what it has read it does not read again.

    `secrets` are keys as they may be spelt, and card numbers as digits, which are found in any
    grouping; published test numbers and security codes in their fields are found without being
    told. What stands in two folders, or in a page made from files already searched, is read once.
    """

    def __init__(self, secrets: Iterable[str]) -> None:
        self._pattern = _pattern(secrets)
        self._read: set[bytes] = set()
        self._found: set[Leak] = set()

    @property
    def found(self) -> list[Leak]:
        """Every place that holds a secret, named once for each kind."""
        return sorted(self._found)

    def pass_over(self, contents: Iterable[bytes]) -> None:
        """Take these, byte for byte, as read: who made them cannot know the secrets of a run."""
        self._read.update(map(_mark, contents))

    def through(self, folders: Iterable[Path], but: Path | None = None) -> None:
        """Search what is there now, except under the folder `but`."""
        files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
        # Pages last: what is in one stands in a file of its own, too, which tells more.
        for path in sorted(files, key=lambda path: (path.suffix in _PAGES, path)):
            if but is None or not path.is_relative_to(but):
                self._look_into(path.as_posix(), path.read_bytes())

    def _look_into(self, place: str, content: bytes) -> None:
        """Search a file, and what is packed in it."""
        mark = _mark(content)
        if mark in self._read:
            return
        self._read.add(mark)
        for name, packed in _unpacked(place, content):
            self._look_into(name, packed)
        if PurePosixPath(place).suffix in _PAGES:
            content = _PACKED.sub(b" ", content)
        for match in self._pattern.finditer(content):
            self._found.add(Leak(place, _KINDS[match.lastgroup or "key"]))


def _mark(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()


def _unpacked(place: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """What is packed in a file, by where it stands."""
    if content.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                for member in archive.namelist():
                    yield f"{place}!{member}", archive.read(member)
        except (zipfile.BadZipFile, zlib.error, EOFError):
            return  # cut off by what ended the run; nobody can open it either
    elif content.startswith(b"\x1f\x8b"):
        try:
            yield f"{place}!", gzip.decompress(content)
        except (OSError, zlib.error, EOFError):
            return
    elif PurePosixPath(place).suffix in _PAGES:
        for match in _PACKED.finditer(content):
            try:
                yield f"{place}!data", base64.b64decode(match.group() + b"==")
            except binascii.Error:
                yield f"{place}!data", match.group()  # no base64 after all


def _pattern(secrets: Iterable[str]) -> re.Pattern[bytes]:
    cards, words = [], []
    for secret in set(secrets):
        if _CARD.fullmatch(secret):
            cards.append(_SEPARATOR.join(bytes([digit]) for digit in secret.encode()))
        else:
            words.append(secret.encode())
    return re.compile(
        rb"(?P<key>%s)|(?P<card>%s)|(?P<code>%s)"
        % (_any_of(words) or _NEVER, b"|".join([_PUBLISHED, *cards]), _CODE)
    )


def _any_of(words: Iterable[bytes], depth: int = 6) -> bytes:
    """One of many words, by their common beginnings: some hundred keys are tried as one."""
    by_first: dict[bytes, list[bytes]] = defaultdict(list)
    for word in words:
        by_first[word[:1]].append(word[1:])
    parts = []
    for first, rests in sorted(by_first.items()):
        if b"" in rests:
            parts.append(re.escape(first))  # the shortest is found wherever a longer one is
        elif depth == 0 or len(rests) == 1:
            longest_first = sorted(rests, key=len, reverse=True)
            parts.append(re.escape(first) + b"(?:%s)" % b"|".join(map(re.escape, longest_first)))
        else:
            parts.append(re.escape(first) + _any_of(rests, depth - 1))
    return b"(?:%s)" % b"|".join(parts) if parts else b""
