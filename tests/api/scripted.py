"""A Checkout API that answers what a test tells it to."""

from __future__ import annotations

import json
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

PRIVATE_KEY = "prv_9f8e7d6c5b4a"


class ScriptedAPI:
    """Answers every request with `answer`, and keeps what it was asked."""

    def __init__(self) -> None:
        self.status = 200
        self.body: bytes = b"{}"
        self.headers: dict[str, str] = {}
        self._turns: list[tuple[int, object, dict[str, str]]] = []
        self.asked: list[dict[str, Any]] = []
        methods = ["GET", "POST", "PATCH", "DELETE"]
        self.app = Starlette(routes=[Route("/{path:path}", self._answer, methods=methods)])

    def answers(self, status: int, body: object, **headers: str) -> None:
        self.status = status
        self.body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def answers_in_turn(self, turns: list[tuple[int, object, dict[str, str]]]) -> None:
        """Status, body and headers of the answers to come; the last one stays."""
        self._turns = list(turns)

    async def _answer(self, request: Request) -> Response:
        body = await request.body()
        if self._turns:
            status, said, headers = self._turns.pop(0)
            self.answers(status, said, **headers)
        self.asked.append(
            {
                "method": request.method,
                "path": request.url.path,
                "query": dict(request.query_params),
                "headers": dict(request.headers),
                "body": json.loads(body) if body else None,
            }
        )
        return Response(self.body, self.status, self.headers, "application/json")
