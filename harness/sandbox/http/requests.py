"""Reading a request: its origin, its body in any of the forms clients send, its key."""

from __future__ import annotations

import base64
import binascii
import itertools
import re
from contextlib import suppress
from typing import Any, Final
from urllib.parse import parse_qsl

import orjson
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.types import Message, Scope

from harness.sandbox.access import Access
from harness.sandbox.errors import ApiProblem, Forbidden, Invalid, NotFound, Unauthenticated
from harness.sandbox.files import Upload
from harness.sandbox.tenants import Tenant, Tenants

LARGEST_BODY: Final = 3 * 1024 * 1024
MOST_FIELDS: Final = 1000
_BRACKETS: Final = re.compile(r"\[([^\[\]]*)\]")
_LISTS: Final = frozenset(
    {"pg_codes", "email_recipients", "currencies", "pg_names", "tags", "payment_services"}
    | {"channels", "cc", "bcc"}
)
_OBJECTS: Final = frozenset(
    {"agreement", "billing_address", "card_acceptance_criteria", "extra", "loyalty"}
    | {"branding_options", "notifications", "payment_instrument", "payload", "shipping_address"}
)


class TooLarge(ApiProblem):
    """A body larger than any honest client sends."""

    status = 413


class UnsupportedMedia(ApiProblem):
    """A body in a form the API does not read."""

    status = 415


def origin(request: Request) -> str:
    """Scheme and host the client used; every address handed out is built from it."""
    host = request.headers.get("host") or "{}:{}".format(*request.scope["server"])
    return f"{request.scope['scheme']}://{host}"


def concerned(everybody: Tenants, scope: Scope) -> Tenant | None:
    """The tenant a request is about, as far as its key or the session in its address says."""
    request = Request(scope)
    with suppress(ApiProblem):
        given = key(request)
        return everybody.by_private_key(given) or everybody.by_public_key(given)
    for name in (*scope["path"].split("/"), request.query_params.get("session_id", "")):
        found = everybody.by_session(name) if len(name) == 40 else None
        if found is not None:
            return found
    return None


def tenants(request: Request) -> Tenants:
    """All tenants of this process."""
    found: Tenants = request.scope["tenants"]
    return found


def key(request: Request) -> str:
    """The API key of the request: ``Api-Key``, Bearer, or Basic with the key on either side."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    value = value.strip()
    if not value:
        raise Unauthenticated
    if scheme.lower() in ("api-key", "bearer"):
        return value
    if scheme.lower() == "basic":
        try:
            name, _, password = base64.b64decode(value, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            raise Unauthenticated("Invalid basic header.") from None
        return password or name
    raise Unauthenticated


def merchant(request: Request) -> Tenant:
    """The tenant whose private key the request carries. Raises Unauthenticated, Forbidden."""
    given = key(request)
    tenant = tenants(request).by_private_key(given)
    if tenant is None:
        if tenants(request).by_public_key(given) is not None:
            raise Forbidden
        raise Unauthenticated("Invalid API key.")
    request.scope["tenant"] = tenant
    return tenant


def shopper(request: Request, session_id: str) -> Tenant:
    """The tenant whose public key the SDK carries, if the session is its own.

    Raises Unauthenticated for a key nobody has and NotFound for anybody else's session.
    """
    tenant = tenants(request).by_public_key(key(request))
    if tenant is None:
        raise Unauthenticated("Invalid API key.")
    request.scope["tenant"] = tenant
    return tenant.part(Access).admitted(tenants(request).by_session(session_id))


def owner(request: Request, session_id: str) -> Tenant:
    """The tenant of the session a page belongs to. Raises NotFound."""
    tenant = tenants(request).by_session(session_id)
    if tenant is None:
        raise NotFound
    request.scope["tenant"] = tenant
    return tenant


async def body(request: Request) -> dict[str, Any]:
    """The fields of the request: JSON, urlencoded (PHP's brackets too) or multipart.

    Raises Invalid, TooLarge, UnsupportedMedia.
    """
    raw = await _read(request)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return await _multipart(request, raw)
    if kind == "application/x-www-form-urlencoded":
        try:
            pairs = parse_qsl(
                raw.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS
            )
        except ValueError:
            raise Invalid({"detail": "Form parse error - too many fields."}) from None
        return as_fields(pairs)
    if not raw:
        return {}
    if kind in ("application/json", ""):
        return _json(raw)
    raise UnsupportedMedia({"detail": f'Unsupported media type "{kind[:80]}" in request.'})


async def _read(request: Request) -> bytes:
    """The body, as long as it is not larger than any honest client's. Raises TooLarge."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await request.receive()
        if message["type"] != "http.request":
            raise Invalid({"detail": "The request ended before its body did."})
        part = message.get("body", b"")
        size += len(part)
        if size > LARGEST_BODY:
            raise TooLarge({"detail": "The request body is too large."})
        if not message.get("more_body"):
            return b"".join([*parts, part]) if parts else part
        parts.append(part)


def _json(raw: bytes) -> dict[str, Any]:
    try:
        value = orjson.loads(raw)
    except ValueError as error:
        raise Invalid({"detail": f"JSON parse error - {str(error)[:120]}"}) from None
    if not isinstance(value, dict):
        raise Invalid(
            {
                "non_field_errors": [
                    f"Invalid data. Expected a dictionary, but got {type(value).__name__}."
                ]
            }
        )
    return value


async def _multipart(request: Request, raw: bytes) -> dict[str, Any]:
    async def again() -> Message:
        return {"type": "http.request", "body": raw, "more_body": False}

    try:
        form = await Request(request.scope, again).form(max_part_size=LARGEST_BODY)
    except (MultiPartException, HTTPException, KeyError, ValueError) as error:
        raise Invalid({"detail": f"Multipart form parse error - {str(error)[:120]}"}) from None
    pairs = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    fields = as_fields(pairs)
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            fields[name] = Upload(_file_name(value.filename), await value.read())
    return fields


def _file_name(given: str | None) -> str:
    """The last part of a file's name: some clients send the path it has with them."""
    return _clean(given or "").replace("\\", "/").rpartition("/")[2]


def _clean(name: str) -> str:
    """A file name without what cannot be written as UTF-8."""
    return name.encode("utf-8", "replace").decode()


def as_fields(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """A form's fields as a JSON client would have sent them.

    A form cannot say that one value is a list, nor nest without brackets: lists of one are made
    lists, and objects written as JSON are read.
    """
    fields = nested([(_clean(name), _clean(value)) for name, value in pairs])
    for name, value in fields.items():
        if name in _LISTS and isinstance(value, str):
            fields[name] = [value] if value else []
        elif name in _OBJECTS and isinstance(value, str) and value.startswith("{"):
            with suppress(ValueError):
                fields[name] = orjson.loads(value)
    return fields


def nested(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """Form pairs as an object: ``a[b]=1`` nests, ``a[]=1``, ``a[0]=1`` and repeats make lists."""
    result: dict[str, Any] = {}
    for name, value in pairs:
        head = name.partition("[")[0]
        path = [head, *_BRACKETS.findall(name[len(head) :])]
        _put(result, path, value)
    return {name: _lists(value) for name, value in result.items()}


def _put(into: dict[str, Any], path: list[str], value: str) -> None:
    for step, following in itertools.pairwise(path):
        if following == "":
            break
        child = into.setdefault(step, {})
        if not isinstance(child, dict):
            return
        into = child
    last = path[-1] if path[-1] != "" or len(path) == 1 else path[-2]
    if last in into or path[-1] == "":
        existing = into.get(last, [])
        into[last] = [*(existing if isinstance(existing, list) else [existing]), value]
    else:
        into[last] = value


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(name.isdigit() for name in value):
        return [_lists(value[name]) for name in sorted(value, key=int)]
    return {name: _lists(child) for name, child in value.items()}
