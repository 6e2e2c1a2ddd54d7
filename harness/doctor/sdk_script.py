"""The SDK's script: it is there, it is a script, and it is the one of last time or it is not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Final

import httpx

from harness.api.transport import RetryingReads
from harness.doctor.finding import Finding, fine, noteworthy, trouble
from harness.doctor.patient import Patient, Script

_TIMEOUT_S: Final = 20.0
_SHOWN: Final = 12


def script(patient: Patient) -> Iterator[Finding]:
    """Fetch it as a browser would, and compare it with the one fetched last."""
    url = patient.ottu.sdk_url
    transport = RetryingReads(url, 2)
    try:
        with httpx.Client(transport=transport, timeout=_TIMEOUT_S, follow_redirects=True) as client:
            answer = client.get(url)
    except httpx.TransportError as error:
        yield _absent(f"Nobody answers at {url} ({type(error).__name__}).", 3)
        return
    if answer.is_error:
        code = 3 if answer.status_code >= 500 else 2
        yield _absent(f"{url} answers {answer.status_code}.", code)
    elif not answer.content.strip() or answer.text.lstrip().startswith("<"):
        kind = answer.headers.get("Content-Type", "no type given")
        yield _absent(f"What is at {url} is no script ({kind}, {len(answer.content)} bytes).", 2)
    else:
        yield _compared(patient, answer.content)


def _absent(sentence: str, exit_code: int) -> Finding:
    remedy = "Check OTTU_SDK_URL: it is the address that merchants put into their script element."
    return trouble("SDK script", sentence, remedy, exit_code)


def _compared(patient: Patient, content: bytes) -> Finding:
    found = Script(hashlib.sha256(content).hexdigest(), len(content))
    # The embedded sandbox is at another port every time.
    name = patient.ottu.name if patient.ottu.embedded else patient.ottu.sdk_url
    patient.scripts[name] = found
    said = f"{found.size:,} bytes, sha256 {found.sha256[:_SHOWN]}"
    before = patient.known_scripts.get(name)
    if before is None:
        return fine("SDK script", f"{said}, first seen")
    if before == found:
        return fine("SDK script", f"{said}, as last time")
    was = f"{before.size:,} bytes, sha256 {before.sha256[:_SHOWN]}"
    return noteworthy("SDK script", f"{said}, changed since last time ({was})")
