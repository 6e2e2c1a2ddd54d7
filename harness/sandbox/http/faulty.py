"""Letting a fault happen to an exchange."""

from __future__ import annotations

import asyncio
import socket
import struct
from typing import Final

from starlette.types import Message, Receive, Scope, Send

from harness.sandbox.faults import Fault

from .answers import JSON

#: A slow body comes in this many pieces.
PIECES: Final = 5


async def happens(fault: Fault, scope: Scope, receive: Receive, answer: Send, send: Send) -> bool:
    """Let it happen; whether the request still reaches its handler."""
    if fault.delay_s and fault.kind != "slow_body":
        await asyncio.sleep(fault.delay_s)
    if fault.kind == "status":
        refusal = JSON({"detail": "The service is unavailable."}, fault.status)
        await refusal(scope, receive, answer)
        return False
    if fault.kind == "reset":
        _reset(send)
        return False
    if fault.kind == "malformed_body":
        scope["spoiled"] = _Cut(answer)
    elif fault.kind == "slow_body":
        scope["spoiled"] = _Slow(answer, fault.delay_s)
    return True


def _reset(send: Send) -> None:
    """Cut the connection without an answer: the client reads a reset, not an end."""
    cycle = getattr(send, "__self__", None)
    transport = getattr(cycle, "transport", None)
    if transport is None:
        raise RuntimeError("only uvicorn's own connections can be reset")
    connection = transport.get_extra_info("socket")
    if connection is not None:
        linger = struct.pack("ii", 1, 0)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    transport.abort()


class _Cut:
    """The body's second half is missing, and the length says that this is all."""

    def __init__(self, answer: Send) -> None:
        self._answer = answer
        self._start: Message | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        body = message.get("body", b"")
        half = body[: len(body) // 2] or b"{"
        start = self._start
        if start is not None:
            kept = [(n, v) for n, v in start["headers"] if n.lower() != b"content-length"]
            length = (b"content-length", str(len(half)).encode())
            await self._answer({**start, "headers": [*kept, length]})
            self._start = None
        await self._answer({**message, "body": half, "more_body": False})


class _Slow:
    """The body trickles."""

    def __init__(self, answer: Send, delay_s: float) -> None:
        self._answer = answer
        self._pause = delay_s / PIECES

    async def __call__(self, message: Message) -> None:
        body = message.get("body", b"")
        if message["type"] != "http.response.body" or not body:
            await self._answer(message)
            return
        size = max(1, -(-len(body) // PIECES))
        for start in range(0, len(body), size):
            await asyncio.sleep(self._pause)
            more = start + size < len(body) or message.get("more_body", False)
            piece = body[start : start + size]
            await self._answer({**message, "body": piece, "more_body": more})
