"""Everything that can be seen of one target: its API, its SDK, its callbacks, its markup."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from harness.api import CheckoutAPI, Guard
from harness.dealings import Dealings, Opened
from harness.probes.contract import Act, play
from harness.probes.interview import Interview
from harness.probes.observation import Observation
from harness.probes.questions import Terms, ask_all
from harness.settings import Conduct, Target


@dataclass(frozen=True, slots=True)
class Survey:
    """What was observed, and how the acts of the contract went."""

    observations: list[Observation]
    acts: list[Act]


def survey(target: Target, conduct: Conduct, terms: Terms, folder: Path) -> Survey:
    """Ask and play everything on `target`; pictures and records are left in `folder`.

    Raises:
        HarnessError: the target is lost, the machine fails, or there is no contract here.
    """
    played = play(target, conduct, folder)
    with _guarded(target, conduct, folder) as guard, Interview(target, guard) as interview:
        ask_all(interview, terms)
    return Survey([*interview.seen, *played.observations], played.acts)


@contextmanager
def _guarded(target: Target, conduct: Conduct, folder: Path) -> Iterator[Guard]:
    """Within the run's limits, and with nothing left open afterwards."""
    # Nothing is paid here, so no webhook is due, and its port stays free.
    quiet = conduct.model_copy(update={"webhook_url": None, "webhook_port": None})
    with tempfile.TemporaryDirectory(prefix="checkout-drift-") as exchange:
        opened = Opened(quiet, target, folder, Path(exchange))
        try:
            guard = Dealings(opened.shared, target).guard()
            yield guard
            if target.keeps_sessions:
                with CheckoutAPI(target.base_url, target.api_key, guard=guard) as api:
                    guard.close_mine(api)
        finally:
            opened.close()
