"""Short links, the same for all tenants of a process since their addresses carry no key."""

from __future__ import annotations

from . import references


class ShortLinks:
    """Codes and the paths on this host that they stand for."""

    def __init__(self) -> None:
        self._paths: dict[str, str] = {}
        self._codes: dict[str, list[str]] = {}

    def make(self, tenant_id: str, path: str) -> str:
        """A short path that leads to ``path``, which belongs to that tenant."""
        code = references.short_code()
        while code in self._paths:
            code = references.short_code()
        self._paths[code] = path
        self._codes.setdefault(tenant_id, []).append(code)
        return f"/s/{code}"

    def target(self, code: str) -> str | None:
        """The path a code stands for, or None."""
        return self._paths.get(code)

    def forget(self, tenant_id: str) -> None:
        """Drop all links of a tenant."""
        for code in self._codes.pop(tenant_id, ()):
            del self._paths[code]
