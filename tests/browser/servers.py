"""Browser servers of one's own: processes that lend a browser, as another machine would."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import playwright

from harness.browser import find

DRIVER = Path(playwright.__file__).parent / "driver"


@dataclass(frozen=True)
class Server:
    """A server that is ready; `environment` is what a run needs to use it."""

    url: str
    process: subprocess.Popen[str]

    @property
    def environment(self) -> dict[str, str]:
        # Playwright's own build cannot be downloaded everywhere; the server's machine is this one.
        executable = find().executable_path
        named = {"HARNESS_BROWSER_PATH": str(executable)} if executable else {}
        return {"HARNESS_BROWSER_ENDPOINT": self.url, **named}


@dataclass(frozen=True)
class Network:
    """Another network: its end of the wire, and what to put before a command to run it there."""

    address: str
    within: tuple[str, ...]


@contextmanager
def playwright_server(
    host: str = "127.0.0.1", package: Path = DRIVER / "package", within: Sequence[str] = ()
) -> Iterator[Server]:
    """`playwright run-server`, of the Playwright in `package`, started by the command `within`."""
    command = [*within, str(DRIVER / "node"), str(package / "cli.js"), "run-server"]
    options = ["--unsafe", f"--host={host}", "--port=0"]
    with _running([*command, *options]) as process:
        said = _lines(process).readline()
        yield Server(said.removeprefix("Listening on ").strip(), process)


@contextmanager
def debugging_port(network: Network | None = None) -> Iterator[str]:
    """A Chromium that somebody started by hand; the address of its debugging port.

    It listens on loopback alone: in another network, a forwarder stands before it.
    """
    choice = find()
    assert choice.executable_path is not None
    within = network.within if network else ()
    command = [*within, str(choice.executable_path), *choice.args, "--remote-debugging-port=0"]
    with _running([*command, "about:blank"], stderr=subprocess.STDOUT) as process:
        said = next(line for line in _lines(process) if "DevTools listening on" in line)
        port = said.partition("ws://")[2].partition("/")[0].rpartition(":")[2]
        if network is None:
            yield f"http://127.0.0.1:{port}"
            return
        forward = [sys.executable, str(Path(__file__).with_name("forward.py"))]
        with _running([*within, *forward, network.address, port]) as forwarder:
            next(_lines(forwarder))
            yield f"http://{network.address}:{port}"


def _lines(process: subprocess.Popen[str]) -> IO[str]:
    assert process.stdout is not None
    return process.stdout


@contextmanager
def _running(command: Sequence[str], stderr: int | None = None) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=stderr, text=True, start_new_session=True
    ) as process:
        try:
            yield process
        finally:
            os.killpg(process.pid, signal.SIGKILL)  # Debian's Chromium stands behind a script


@contextmanager
def network_of_its_own() -> Iterator[Network | None]:
    """A network namespace joined to this one by a wire; None where the kernel refuses."""
    number = os.getpid()  # tests run side by side
    name, here, there = f"harness-{number}", f"here{number}", f"there{number}"
    wire = f"169.254.{number % 250 + 1}"
    if not _ip("netns", "add", name):
        yield None
        return
    made = (
        _ip("link", "add", here, "type", "veth", "peer", "name", there, "netns", name)
        and _ip("address", "add", f"{wire}.1/30", "dev", here)
        and _ip("link", "set", here, "up")
        and _ip("-n", name, "address", "add", f"{wire}.2/30", "dev", there)
        and _ip("-n", name, "link", "set", there, "up")
        and _ip("-n", name, "link", "set", "lo", "up")
    )
    try:
        yield Network(f"{wire}.2", ("ip", "netns", "exec", name)) if made else None
    finally:
        # The namespace itself lasts until its last process has ended; the wire need not.
        _ip("link", "delete", here)
        _ip("netns", "delete", name)


def _ip(*words: str) -> bool:
    return subprocess.run(["ip", *words], check=False, capture_output=True).returncode == 0
