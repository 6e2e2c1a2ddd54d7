"""``/_sandbox/faults``: what is to go wrong for one tenant, on request."""

from __future__ import annotations

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from harness.sandbox import validation as v
from harness.sandbox.errors import Invalid
from harness.sandbox.faults import GATEWAY_DOWN, RULE, Fault, read
from harness.sandbox.tenants import Tenant

from . import requests
from .answers import JSON
from .routing import Route

_FAULTS: Final = v.items(RULE, may_be_empty=True)


async def faults(request: Request) -> Response:
    """GET what stands; PUT ``{"faults": [...]}`` replaces, POST adds; DELETE clears all."""
    tenant = requests.merchant(request)
    if request.method == "DELETE":
        tenant.faults.replace([])
        return Response(status_code=204)
    if request.method in ("PUT", "POST"):
        asked = v.checked(await requests.body(request), {"faults": _FAULTS}, required=("faults",))
        wanted = [read(each) for each in asked["faults"]]
        _known(tenant, [fault.pg_code for fault in wanted if fault.pg_code], "faults")
        if request.method == "PUT":
            tenant.faults.replace(wanted)
        else:
            tenant.faults.add(wanted)
    return JSON({"faults": [fault.as_shown() for fault in tenant.faults]})


async def outages(request: Request) -> Response:
    """GET, PUT ``{"pg_codes": [...]}``: MIDs whose gateway does not answer, as faults."""
    tenant = requests.merchant(request)
    if request.method == "PUT":
        asked = v.checked(
            await requests.body(request), {"pg_codes": v.items(v.string(50), may_be_empty=True)}
        )
        codes = asked.get("pg_codes", [])
        _known(tenant, codes, "pg_codes")
        others = [fault for fault in tenant.faults if fault.kind != GATEWAY_DOWN]
        tenant.faults.replace([*others, *(Fault(GATEWAY_DOWN, pg_code=code) for code in codes)])
    down: list[Any] = [fault.pg_code for fault in tenant.faults if fault.kind == GATEWAY_DOWN]
    return JSON({"pg_codes": sorted(down)})


def _known(tenant: Tenant, codes: list[str], field: str) -> None:
    unknown = [code for code in codes if code not in tenant.mids]
    if unknown:
        raise Invalid({field: [f'"{code}" is not a MID here.' for code in unknown]})


ROUTES = [
    Route("/_sandbox/faults", faults, methods=["GET", "PUT", "POST", "DELETE"]),
    Route("/_sandbox/outages", outages, methods=["GET", "PUT"]),
]
