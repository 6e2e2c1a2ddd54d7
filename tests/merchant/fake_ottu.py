"""As much of Ottu as a shop notices: it creates, changes and ends sessions, and serves a script."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

SDK = (Path(__file__).parents[1] / "tiny_sdk.js").read_bytes()


@dataclass
class FakeOttu:
    """Refuses what `refuse` has an answer for (by "create", "update", "cancel", "retrieve")."""

    sessions: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    refuse: dict[str, tuple[int, object]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        one = "/b/checkout/v1/pymt-txn/{session}/"
        self.app = Starlette(
            routes=[
                Route("/b/checkout/v1/pymt-txn/", self._create, methods=["POST"]),
                Route(one, self._update, methods=["PATCH"]),
                Route(one, self._retrieve, methods=["GET"]),
                Route("/b/pbl/v2/operation/", self._operate, methods=["POST"]),
                Route("/b/pbl/v2/payment-methods/", self._methods, methods=["POST"]),
                Route("/sdk.js", self._script, methods=["GET"]),
            ]
        )

    def reset(self) -> None:
        self.sessions.clear()
        self.asked.clear()
        self.refuse.clear()

    def refused(self, what: str) -> Response | None:
        if what not in self.refuse:
            return None
        status, body = self.refuse[what]
        return JSONResponse(body, status_code=status)

    async def _create(self, request: Request) -> Response:
        body = json.loads(await request.body())
        self.asked.append(("create", body))
        if refusal := self.refused("create"):
            return refusal
        session = secrets.token_hex(20)
        self.sessions[session] = {"session_id": session, "state": "created", **body}
        if body.get("include_sdk_setup_preload"):
            self.sessions[session]["sdk_setup_preload_payload"] = {"state": "created"}
        return JSONResponse(self.sessions[session], status_code=201)

    async def _update(self, request: Request) -> Response:
        body = json.loads(await request.body())
        self.asked.append(("update", body))
        if refusal := self.refused("update"):
            return refusal
        session = self.sessions[request.path_params["session"]]
        session.update(body)
        return JSONResponse(session)

    async def _retrieve(self, request: Request) -> Response:
        self.asked.append(("retrieve", {}))
        session = self.sessions.get(request.path_params["session"])
        if refusal := self.refused("retrieve"):
            return refusal
        if session is None:
            return JSONResponse({"detail": "Not found."}, status_code=404)
        return JSONResponse(session)

    async def _operate(self, request: Request) -> Response:
        body = json.loads(await request.body())
        self.asked.append((body["operation"], body))
        if refusal := self.refused(body["operation"]):
            return refusal
        self.sessions[body["session_id"]]["state"] = "canceled"
        return JSONResponse({**body, "result": "success"})

    async def _methods(self, request: Request) -> Response:
        self.asked.append(("payment-methods", json.loads(await request.body())))
        if refusal := self.refused("payment-methods"):
            return refusal
        return JSONResponse({"payment_methods": [{"code": "knet"}, {"code": "mpgs"}]})

    async def _script(self, request: Request) -> Response:  # noqa: ARG002
        return Response(SDK, media_type="text/javascript")
