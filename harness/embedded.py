"""The embedded sandbox as a process of its own: started, watched, stopped.

Only the wire is shared with it: this file knows how to start a command and the line it prints
when it is ready, and nothing of what it does.
"""

from __future__ import annotations

import json
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pydantic import BaseModel, ConfigDict, SecretStr, ValidationError

from harness.errors import SandboxDied
from harness.settings import Target

NAME = "embedded sandbox"

COMMAND = (sys.executable, "-m", "harness.leash", "harness.sandbox")

_READY_WITHIN_S = 30.0
_STOPS_WITHIN_S = 5.0


class _Ready(BaseModel):
    model_config = ConfigDict(extra="ignore")

    url: str
    merchant_id: str
    api_key: SecretStr
    public_key: str
    hmac_key: SecretStr
    sdk_url: str


class EmbeddedSandbox:
    """A sandbox that lives as long as this object says.

    Its standard error goes to the file `log`. `on_death` is called, from a thread, with the
    exit code when the process ends without having been told to.
    """

    def __init__(
        self,
        log: Path,
        command: Sequence[str] = COMMAND,
        on_death: Callable[[int], None] | None = None,
    ) -> None:
        self._log = log
        self._on_death = on_death
        self._stopping = False
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as errors, _deaf_to_ctrl_c():
            self._process = subprocess.Popen(  # noqa: S603 -- our own command
                command,
                stdin=subprocess.PIPE,  # the leash: closes when this process ends
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        self._watcher = threading.Thread(target=self._watch, name="sandbox watcher", daemon=True)
        self._watcher.start()

    @property
    def pid(self) -> int:
        """The process to kill should this one not come to it."""
        return self._process.pid

    @property
    def log(self) -> Path:
        """The file that holds what it wrote to its standard error."""
        return self._log

    def ready(self, timeout_s: float = _READY_WITHIN_S) -> Target:
        """Wait for its ready line, and give the target it describes.

        Raises:
            SandboxDied: it ended, said something else, or said nothing within `timeout_s`.
        """
        try:
            line = self._lines.get(timeout=timeout_s)
        except queue.Empty:
            self.stop()
            message = f"The embedded sandbox was not ready after {timeout_s:g} s; see {self._log}."
            raise SandboxDied(message) from None
        if not line:
            code = self._process.wait()
            message = f"The embedded sandbox ended with exit code {code} before it was ready"
            raise SandboxDied(f"{message}: {self.last_words()}")
        try:
            said = _Ready.model_validate(json.loads(line))
        except (json.JSONDecodeError, ValidationError):
            # Not quoted in the message, nor chained to it: the line may hold keys.
            self.stop()
            message = f"The embedded sandbox's first line was no ready line; see {self._log}."
            raise SandboxDied(message) from None
        return Target(
            name=NAME,
            base_url=said.url.rstrip("/"),
            api_key=said.api_key,
            public_key=said.public_key,
            merchant_id=said.merchant_id,
            sdk_url=said.sdk_url,
            hmac_key=said.hmac_key,
            embedded=True,
        )

    def last_words(self) -> str:
        """The last line of its standard error, which says why it ended, or where to look."""
        written = self._log.read_text(encoding="utf-8", errors="replace").split("\n")
        return next((line.strip() for line in reversed(written) if line.strip()), str(self._log))

    def stop(self) -> None:
        """End it: politely, then for good. A second call does nothing."""
        self._stopping = True
        if self._process.poll() is None:
            self._process.terminate()
        try:
            self._process.wait(_STOPS_WITHIN_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._watcher.join(_STOPS_WITHIN_S)

    def _watch(self) -> None:
        with self._stdout() as lines:
            for line in lines:  # read on after the first, or it would block on a full pipe
                self._lines.put(line)
        self._lines.put("")
        code = self._process.wait()
        if not self._stopping and self._on_death is not None:
            self._on_death(code)

    def _stdout(self) -> IO[str]:
        if self._process.stdout is None:  # pragma: no cover -- Popen was told to make a pipe
            raise SandboxDied("The embedded sandbox has no standard output.")
        return self._process.stdout


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Start a process that Ctrl-C does not reach.

    The terminal sends it to every process of the group, and the sandbox has to outlive it until
    the scenarios have been torn down. A blocked signal stays blocked in the child, whatever
    handlers it installs.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
