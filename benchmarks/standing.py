"""What all runners share: one standing sandbox, one browser binary, one environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from meter import cpu_s, weight_mib

from harness import browser

ROOT = Path(__file__).parents[1]
#: Modules are kept compiled, also where the shell forbids it: no runner is to pay for that.
COMPILED = {name: it for name, it in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True)
class Sandbox:
    """A sandbox that outlives the runs made on it. `environment` names it, keys included."""

    pid: int
    environment: dict[str, str]

    @property
    def cpu_s(self) -> float:
        """What it has used of the processor so far."""
        return cpu_s(self.pid)

    @property
    def memory_mib(self) -> float:
        """What it holds in memory now."""
        return weight_mib(self.pid)


@contextmanager
def sandbox() -> Iterator[Sandbox]:
    """A sandbox of our own, until the block is left."""
    command = [sys.executable, "-m", "harness.sandbox"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            ready = json.loads(process.stdout.readline())
            yield Sandbox(process.pid, COMPILED | _named(ready))
        finally:
            process.terminate()


def _named(ready: dict[str, str]) -> dict[str, str]:
    """The settings by which every runner finds the sandbox and the browser."""
    choice = browser.find()
    # Playwright's own build needs no name: all releases that are pinned here bring the same one.
    path = str(choice.executable_path or "")
    return {
        "OTTU_BASE_URL": ready["url"],
        "OTTU_MERCHANT_ID": ready["merchant_id"],
        "OTTU_SDK_URL": ready["sdk_url"],
        "OTTU_API_KEY": ready["api_key"],
        "OTTU_PUBLIC_KEY": ready["public_key"],
        "OTTU_HMAC_KEY": ready["hmac_key"],
        "BROWSER_ARGS": " ".join(choice.args),
        **({"HARNESS_BROWSER_PATH": path} if path else {}),
    }
