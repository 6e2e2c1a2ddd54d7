"""The way to the target: its name, the connection, its clock."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import SplitResult, urlsplit

import httpx

from harness.api.transport import proxy_for, trusted
from harness.doctor.finding import Finding, fine, not_checked, noteworthy, trouble
from harness.doctor.patient import Patient
from harness.settings import is_loopback

_TIMEOUT_S: Final = 10.0
_SOON: Final = timedelta(days=14)

#: Sessions expire by the target's clock, and what waits for that looks at ours; tokens and
#: certificates commonly allow a minute.
CLOCK_LIMIT: Final = timedelta(seconds=30)

# A `Date` has whole seconds, and servers write it once a second.
_HEADERS_OWN: Final = timedelta(seconds=2)


def reachable(patient: Patient) -> Iterator[Finding]:
    """Name, TLS, HTTP: each is looked at only where the one before it is fine."""
    url = patient.ottu.base_url
    parts = urlsplit(url)
    name = _name(parts, proxy_for(url))
    yield name
    if name.exit_code:
        yield not_checked("TLS", "the name has no address")
        yield not_checked("HTTP", "the name has no address")
        return
    try:
        yield from _answer(patient, url)
    except httpx.TransportError as error:
        yield from _silence(parts, error)


def _name(parts: SplitResult, proxy: str | None) -> Finding:
    host = parts.hostname or ""
    if proxy is not None:
        return fine("name", f"{host} is looked up by the proxy {urlsplit(proxy).hostname}")
    try:
        found = socket.getaddrinfo(host, parts.port or parts.scheme, proto=socket.IPPROTO_TCP)
    except OSError as error:
        return trouble(
            "name",
            f"{host} has no address ({error.strerror or error}).",
            "Check OTTU_BASE_URL for a slip, and this machine's DNS or VPN.",
            3,
        )
    return fine("name", f"{host} is at {', '.join(sorted({str(each[4][0]) for each in found}))}")


def _answer(patient: Patient, url: str) -> Iterator[Finding]:
    transport = httpx.HTTPTransport(trusted(), proxy=proxy_for(url))
    with httpx.Client(transport=transport, timeout=_TIMEOUT_S) as client:
        patient.asked = datetime.now(UTC)
        with client.stream("GET", f"{url}/") as answer:
            patient.answered = datetime.now(UTC)
            patient.date = _date(answer.headers.get("Date"))
            stream = answer.extensions.get("network_stream")
            yield _tls(url, stream.get_extra_info("ssl_object") if stream else None)
            took = round((patient.answered - patient.asked).total_seconds() * 1000)
            if answer.status_code < 500:
                yield fine("HTTP", f"{url} answers, in {took} ms")
                return
            yield trouble(
                "HTTP",
                f"{url} is in trouble: it answers {answer.status_code}.",
                "Wait until the target is up, or ask whoever runs it.",
                3,
            )


def _tls(url: str, connection: ssl.SSLObject | None) -> Finding:
    if connection is None:
        if is_loopback(urlsplit(url).hostname or ""):
            return fine("TLS", "none, which is allowed on this machine only")
        return noteworthy("TLS", "none was seen")
    certificate = connection.getpeercert() or {}
    ends = datetime.fromtimestamp(ssl.cert_time_to_seconds(str(certificate["notAfter"])), UTC)
    said = f"{connection.version()}, the certificate is good until {ends:%Y-%m-%d}"
    if ends - datetime.now(UTC) < _SOON:
        return noteworthy("TLS", f"{said}: renew it soon")
    return fine("TLS", said)


def _silence(parts: SplitResult, error: httpx.TransportError) -> Iterator[Finding]:
    reason = _ssl_reason(error)
    if reason is not None:
        yield trouble(
            "TLS",
            f"{parts.netloc} is not trusted: {reason}.",
            "Check OTTU_BASE_URL; for a private authority, name its certificate in SSL_CERT_FILE.",
            3,
        )
        yield not_checked("HTTP", "there is no trusted connection")
        return
    yield not_checked("TLS", "there is no connection")
    yield trouble(
        "HTTP",
        f"Nobody answers at {parts.scheme}://{parts.netloc} ({type(error).__name__}).",
        "Check OTTU_BASE_URL, that the target is running, and the network, VPN or proxy "
        "(HTTPS_PROXY) on the way to it.",
        3,
    )


def _ssl_reason(error: BaseException) -> str | None:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return cause.verify_message
        if isinstance(cause, ssl.SSLError):
            return cause.reason or str(cause)
        cause = cause.__cause__ or cause.__context__
    return None


def _date(value: str | None) -> datetime | None:
    if value is None:
        return None
    try:
        return parsedate_to_datetime(value)
    except ValueError:
        return None


def clock(patient: Patient) -> Iterator[Finding]:
    """The target's clock beside ours, by the `Date` of its answer, which has whole seconds."""
    if patient.date is None or patient.asked is None or patient.answered is None:
        yield noteworthy("clock", "the target does not tell its time (no Date in its answer)")
        return
    ours = patient.asked + (patient.answered - patient.asked) / 2
    apart = patient.date - ours
    said = (
        f"{round(abs(apart).total_seconds())} s "
        f"{'ahead of' if apart > timedelta() else 'behind'} this machine's"
    )
    if abs(apart) <= _HEADERS_OWN:
        yield fine("clock", "the same as here")
        return
    if abs(apart) <= CLOCK_LIMIT:
        yield fine("clock", f"the target's is {said}")
        return
    yield trouble(
        "clock",
        f"The target's clock is {said}; {CLOCK_LIMIT.seconds} s is the most that expiring "
        "sessions and signed tokens bear.",
        "Let this machine's clock be set by the network (timedatectl set-ntp true); if it is "
        "right, tell whoever runs the target.",
        3,
    )
