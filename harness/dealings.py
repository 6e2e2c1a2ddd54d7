"""What all processes of a run share in their dealings with the target.

Whoever starts the run opens it: the webhooks' door, the sweeper, the run's name. Each of its
processes then has `Dealings` of its own.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from harness.safety.guard import RunGuard
from harness.safety.journal import FILE_NAME, Journal
from harness.safety.run_id import new_run_id
from harness.safety.sweeper import Sweeper
from harness.safety.turnstile import Turnstile
from harness.settings import Conduct, Target

#: Why the target's webhooks are not heard, where they are not.
UNHEARD = (
    "the target cannot call this machine; give --webhook-url, an address that leads here, and "
    "--webhook-port"
)


@dataclass(frozen=True, slots=True)
class Shared:
    """What a process needs to take part: the run's name, its limits, where its files are."""

    run: str
    conduct: Conduct
    reports: Path
    exchange: Path

    @property
    def turnstile(self) -> Path:
        """The file of the turnstile."""
        return self.exchange / "turnstile.json"

    @property
    def journal(self) -> Path:
        """The file of the journal."""
        return self.reports / FILE_NAME

    @property
    def sites(self) -> Path:
        """The folder in which merchant sites are announced to the door."""
        return self.exchange / "sites"

    def to_wire(self) -> dict[str, Any]:
        """All of it, as plain values for a worker process."""
        return {
            "run": self.run,
            "conduct": self.conduct.model_dump(mode="json"),
            "reports": str(self.reports),
            "exchange": str(self.exchange),
        }

    @classmethod
    def from_wire(cls, given: dict[str, Any]) -> Self:
        """The same, in a worker."""
        return cls(
            given["run"],
            Conduct.model_validate(given["conduct"]),
            Path(given["reports"]),
            Path(given["exchange"]),
        )


class Dealings:
    """One process's dealings with the target, what fixtures may ask for: guards, the run's name."""

    def __init__(self, shared: Shared, target: Target) -> None:
        self.run = shared.run
        self._journal = Journal(shared.journal) if target.keeps_sessions else None
        self._shared = shared

    def guard(self) -> RunGuard:
        """A guard for one scenario, or for whoever else makes sessions and closes his own."""
        return RunGuard(_turnstile(self._shared), self._journal, self._shared.conduct.amount_limit)

    def webhook_base(self, target: Target, site_url: str) -> str | None:
        """Where the target reaches a merchant site of this process; None: it cannot."""
        public = self._shared.conduct.webhook_url
        if public is not None:
            # A server, which only a run with webhooks from elsewhere needs.
            from harness.merchant.door import announce  # noqa: PLC0415

            return public + announce(self._shared.sites, site_url)
        return site_url if _calls_back(self._shared.conduct, target) else None


class Opened:
    """The part of who starts the run, from before the first scenario until after the last.

    Raises:
        ConfigurationError: the webhooks' port is taken.
    """

    def __init__(self, conduct: Conduct, target: Target, reports: Path, exchange: Path) -> None:
        self.shared = Shared(new_run_id(), conduct, reports, exchange)
        heard = conduct.webhook_url is not None or _calls_back(conduct, target)
        self.unheard = None if heard else UNHEARD
        self._open = ExitStack()
        self.shared.journal.unlink(missing_ok=True)
        if conduct.webhook_port is not None:
            self.shared.sites.mkdir()
            from harness.merchant.door import WebhookDoor  # noqa: PLC0415

            self._open.enter_context(WebhookDoor(self.shared.sites, conduct.webhook_port))
        if target.keeps_sessions:
            sweeper = Sweeper(target, self.shared.journal, self.shared.turnstile)
            self._open.callback(sweeper.finish)

    @property
    def rests(self) -> int:
        """How often the target asked for a rest."""
        return _turnstile(self.shared).rests

    def close(self) -> None:
        """Let what was left open be closed, and wait until it is."""
        self._open.close()


def _calls_back(conduct: Conduct, target: Target) -> bool:
    """Whether the target reaches this machine without a public address."""
    return target.is_local and not conduct.deaf


def _turnstile(shared: Shared) -> Turnstile:
    conduct = shared.conduct
    return Turnstile(shared.turnstile, conduct.session_cap, conduct.rate_limit)
