"""Reading a request: its origin, its body in any of the forms clients send, its key."""

from __future__ import annotations

import base64
import binascii
import itertools
import json
import re
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from harness.sandbox.errors import ApiProblem, Forbidden, Invalid, NotFound, Unauthenticated
from harness.sandbox.tenants import Tenant, Tenants

LARGEST_BODY: Final = 3 * 1024 * 1024
_BRACKETS: Final = re.compile(r"\[([^\[\]]*)\]")


class TooLarge(ApiProblem):
    """A body larger than any honest client sends."""

    status = 413


class UnsupportedMedia(ApiProblem):
    """A body in a form the API does not read."""

    status = 415


def origin(request: Request) -> str:
    """Scheme and host the client used; every address handed out is built from it."""
    return f"{request.url.scheme}://{request.headers.get('host', request.url.netloc)}"


def tenants(request: Request) -> Tenants:
    """All tenants of this process."""
    found: Tenants = request.app.state.tenants
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
    if tenants(request).by_session(session_id) is not tenant:
        raise NotFound("Invalid session data.")
    return tenant


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
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared) > LARGEST_BODY:
        raise TooLarge({"detail": "The request body is too large."})
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return await _multipart(request)
    raw = await request.body()
    if len(raw) > LARGEST_BODY:
        raise TooLarge({"detail": "The request body is too large."})
    if kind == "application/x-www-form-urlencoded":
        return nested(parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True))
    if not raw:
        return {}
    if kind in ("application/json", ""):
        return _json(raw)
    raise UnsupportedMedia({"detail": f'Unsupported media type "{kind[:80]}" in request.'})


def _json(raw: bytes) -> dict[str, Any]:
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError) as error:
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


async def _multipart(request: Request) -> dict[str, Any]:
    try:
        form = await request.form(max_part_size=LARGEST_BODY)
    except (MultiPartException, HTTPException) as error:
        raise Invalid({"detail": f"Multipart form parse error - {str(error)[:120]}"}) from None
    pairs = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    fields = nested(pairs)
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            fields[name] = value
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
