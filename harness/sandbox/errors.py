"""What the API refuses, and how it says so.

ApiProblem
├── Unauthenticated (401)
├── Forbidden (403)
├── NotFound (404)
├── Invalid (400: field messages)
└── Refused (400: ``detail`` and ``result``)
"""

from __future__ import annotations

from typing import Any


class ApiProblem(Exception):
    """An answer other than success, in Django REST framework's form."""

    status = 400

    def __init__(self, body: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        super().__init__(body)
        self.body = body
        self.headers = headers


class Unauthenticated(ApiProblem):
    """No key, or one that nobody has."""

    status = 401

    def __init__(self, detail: str = "Authentication credentials were not provided.") -> None:
        super().__init__({"detail": detail}, {"WWW-Authenticate": "Api-Key"})


class Forbidden(ApiProblem):
    """A key that is known but may not do this."""

    status = 403

    def __init__(self, detail: str = "You do not have permission to perform this action.") -> None:
        super().__init__({"detail": detail})


class NotFound(ApiProblem):
    """No such thing for this merchant."""

    status = 404

    def __init__(self, detail: str = "Not found.") -> None:
        super().__init__({"detail": detail})


class Invalid(ApiProblem):
    """Fields that cannot be accepted: each name with its list of messages."""


class Refused(ApiProblem):
    """A well-formed request that cannot be done in the present state."""

    def __init__(self, detail: str, **more: Any) -> None:
        super().__init__({"detail": detail, "result": "failed", **more})
