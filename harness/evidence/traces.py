"""Playwright's traces, rewritten without secrets.

A trace holds whatever a page was, was sent and was typed into: snapshots of the DOM, requests
with their bodies, and the values of every `fill`. Its text is rewritten through the redactor;
what is typed into a field and is as short as a security code goes too, because nothing in an
action says what the field is for.
"""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any, Final

from harness.redaction import MASK, redactor

#: Members of a trace that are JSON lines; the others are what pages loaded.
_LINES: Final = frozenset({".trace", ".network"})
_NO_TEXT: Final = frozenset({".jpeg", ".jpg", ".png", ".gif", ".webp", ".woff", ".woff2", ".ico"})

_CODE: Final = re.compile(r"\d{3,8}")
_CODE_NAME: Final = re.compile(r".*(?:cvv|cvc|csc|pin|security.?code).*", re.IGNORECASE)
# What Playwright's own log says of an action: fill("123").
_TOLD: Final = re.compile(r"((?:fill|type|press\w*)\(\s*\\*[\"'])[^\"'\\]*")
_TYPED: Final = frozenset({"fill", "type", "press", "pressSequentially", "insertText"})


def redact(trace: Path) -> None:
    """Rewrite a trace in place; it stays one that Playwright's viewer opens.

    Raises:
        OSError: it cannot be read or written.
        zipfile.BadZipFile: it is no whole archive.
    """
    draft = trace.with_suffix(".draft")
    with (
        zipfile.ZipFile(trace) as old,
        zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.infolist():
            new.writestr(member.filename, _member(member.filename, old.read(member)))
    draft.replace(trace)


def _member(name: str, content: bytes) -> bytes:
    suffix = PurePosixPath(name).suffix
    if suffix in _NO_TEXT:
        return content
    if suffix in _LINES:
        return b"\n".join(_line(line) for line in content.splitlines()) + b"\n"
    return redactor.redact(content)


def _line(line: bytes) -> bytes:
    if not line.strip():
        return line
    event = _untyped(json.loads(line))
    return json.dumps(redactor.redact(event), ensure_ascii=False).encode()


def _untyped(part: Any) -> Any:  # noqa: ANN401 -- any JSON
    """The same without what was typed."""
    if isinstance(part, str):
        return _TOLD.sub(rf"\1{MASK}", part)
    if isinstance(part, list):
        return [_untyped(each) for each in part]
    if not isinstance(part, dict):
        return part
    named = str(part.get("name", ""))
    typed = part.get("method") in _TYPED
    return {
        key: MASK
        if (key == "__playwright_value_" and _is_code(value))
        or (key == "value" and _is_code(value) and _CODE_NAME.fullmatch(named))
        else _masked_params(value)
        if typed and key == "params"
        else _untyped(value)
        for key, value in part.items()
    }


def _masked_params(params: Any) -> Any:  # noqa: ANN401 -- an action's own
    if not isinstance(params, dict):
        return params
    return {
        key: MASK if key in {"value", "text", "key"} else _untyped(value)
        for key, value in params.items()
    }


def _is_code(value: object) -> bool:
    return isinstance(value, str | int) and bool(_CODE.fullmatch(str(value)))
