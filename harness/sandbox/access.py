"""Whose key opens whose session."""

from __future__ import annotations

from .errors import NotFound
from .tenants import Part, Tenant


class Access(Part):
    """What the public key of one tenant opens."""

    def admitted(self, owner: Tenant | None) -> Tenant:
        """The tenant whose session it is, if it is this one's own. Raises NotFound."""
        if owner is not self.tenant:
            raise NotFound("Invalid session data.")
        return owner
