"""Tenants: merchants of this sandbox that never see each other.

Each scenario gets its own, so that cards, webhooks, clock, faults and defects of scenarios
running side by side stay apart. A tenant is addressed by its keys; a page that carries no
key is addressed by the session it belongs to.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from .agenda import Agenda
from .clock import Clock
from .defects import Defect, composed
from .faults import Faults
from .files import FileStore
from .links import ShortLinks
from .mids import BUILT_IN, Mid
from .transactions import Store
from .wallet_book import WalletBook

if TYPE_CHECKING:
    from .background import Background
    from .cards import SavedCard
    from .challenges import Challenge

JOURNAL_LENGTH = 2000

#: When, request id, method, path, status, seconds, session: tuples of plain values are not
#: walked by the garbage collector, and most are never looked at.
Entry = tuple[datetime, str, str, str, int, float, str | None]

P = TypeVar("P", bound="Part")


class Part:
    """A part of the sandbox that serves one tenant.

    Its behaviour is split into small methods, so that a defect can replace exactly one.
    """

    def __init__(self, tenant: Tenant) -> None:
        self.tenant = tenant


class Settings(NamedTuple):
    """How an installation behaves: whether inquiries are limited, how long a webhook may take."""

    inquiry_throttle: bool = False
    webhook_timeout_ms: int = 10_000


class Tenant:
    """One merchant's installation: keys, MIDs, clock, and everything it ever did."""

    def __init__(
        self,
        background: Background,
        links: ShortLinks,
        mids: Iterable[Mid] = BUILT_IN,
        name: str = "Ottu Sandbox",
    ) -> None:
        self.id = secrets.token_hex(6)
        self.name = name
        self.api_key = f"prv_{secrets.token_urlsafe(24)}"
        self.public_key = f"pub_{secrets.token_urlsafe(24)}"
        self.hmac_key = secrets.token_urlsafe(24)
        self.background = background
        self.links = links
        self.clock = Clock()
        self.mids: dict[str, Mid] = {mid.code: mid for mid in mids}
        self.store = Store()
        self.journal: deque[Entry] = deque(maxlen=JOURNAL_LENGTH)
        self.outbox: list[dict[str, Any]] = []
        self.ledger: list[dict[str, Any]] = []
        self.cards: dict[str, SavedCard] = {}
        self.challenges: dict[str, Challenge] = {}
        self.faults = Faults()
        self.wallets = WalletBook()
        self.agenda = Agenda(self.clock, self._inquire)
        self.settings = Settings()
        self.recent_inquiries: deque[datetime] = deque()
        self.answers: dict[str, dict[str, Any]] = {}
        self.files = FileStore(self.id)
        self.invoices = 0
        self.busy: dict[str, int] = {}
        self.calm = asyncio.Event()
        self.calm.set()
        self.defects: tuple[type[Defect], ...] = ()
        self._parts: dict[type[Part], Part] = {}

    def _inquire(self) -> None:
        """Ask the gateways again about the sessions that are due."""
        from .inquiry import Inquiry  # noqa: PLC0415 -- a part, and parts know the tenant

        self.background.start(self.part(Inquiry).run_due())

    def part(self, kind: type[P]) -> P:
        """This tenant's instance of a part, with the planted defects in it."""
        existing = self._parts.get(kind)
        if existing is None:
            existing = self._parts[kind] = composed(kind, self.defects)(self)
        return cast("P", existing)

    def plant(self, defects: Iterable[type[Defect]]) -> None:
        """Make exactly these defects bite from now on."""
        self.defects = tuple(defects)
        self._parts.clear()

    @contextmanager
    def working(self, session_id: str) -> Iterator[None]:
        """Count work going on for a session, so that a witness can wait for calm."""
        self.busy[session_id] = self.busy.get(session_id, 0) + 1
        self.calm.clear()
        try:
            yield
        finally:
            left = self.busy[session_id] - 1
            if left:
                self.busy[session_id] = left
            else:
                del self.busy[session_id]
            if not self.busy:
                self.calm.set()


class Tenants:
    """All tenants of this process, found by key or by session."""

    def __init__(
        self,
        background: Background,
        defects: tuple[type[Defect], ...] = (),
        mids: Iterable[Mid] = BUILT_IN,
    ) -> None:
        self.background = background
        self._defects = defects
        self.mids = tuple(mids)
        self.links = ShortLinks()
        self._by_id: dict[str, Tenant] = {}
        self._by_private_key: dict[str, Tenant] = {}
        self._by_public_key: dict[str, Tenant] = {}
        self._by_session: dict[str, Tenant] = {}

    def open(self) -> Tenant:
        """Make a new tenant with keys of its own, and with the MIDs and defects of this process."""
        tenant = Tenant(self.background, self.links, self.mids)
        tenant.plant(self._defects)
        self._by_id[tenant.id] = tenant
        self._by_private_key[tenant.api_key] = tenant
        self._by_public_key[tenant.public_key] = tenant
        return tenant

    def close(self, tenant_id: str) -> bool:
        """Forget a tenant and its sessions; False when there is none with that id."""
        tenant = self._by_id.pop(tenant_id, None)
        if tenant is None:
            return False
        del self._by_private_key[tenant.api_key]
        del self._by_public_key[tenant.public_key]
        for session_id in tenant.store.session_ids():
            self._by_session.pop(session_id, None)
        self.links.forget(tenant_id)
        return True

    def adopt(self, session_id: str, tenant: Tenant) -> None:
        """Remember whose session this is."""
        self._by_session[session_id] = tenant

    def any_faults(self) -> bool:
        """Whether any tenant has any fault: what every request may ask before it looks closer."""
        return any(tenant.faults for tenant in self._by_id.values())

    def by_id(self, tenant_id: str) -> Tenant | None:
        """The tenant with that id."""
        return self._by_id.get(tenant_id)

    def by_private_key(self, key: str) -> Tenant | None:
        """The tenant whose private key this is."""
        return self._by_private_key.get(key)

    def by_public_key(self, key: str) -> Tenant | None:
        """The tenant whose public key this is."""
        return self._by_public_key.get(key)

    def by_session(self, session_id: str) -> Tenant | None:
        """The tenant the session belongs to."""
        return self._by_session.get(session_id)

    def __iter__(self) -> Iterator[Tenant]:
        return iter(self._by_id.values())
