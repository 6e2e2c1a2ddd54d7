"""Bring a browser to a machine that has none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence

from harness.browser.choice import (
    ENVIRONMENT_NAME,
    REMEDY,
    BrowserChoice,
    find,
    playwrights_own,
)
from harness.errors import BrowserMissing

_PACKAGES = ("chromium-headless-shell", "chromium")
_DOWNLOAD_LIMIT_S = 600


def install(
    say: Callable[[str], None] = print, environment: Mapping[str, str] = os.environ
) -> BrowserChoice:
    """Make sure that `find()` finds a browser, and give it.

    The order is Playwright's download, then what the system has, then the system's package
    manager where that is permitted (root, or sudo that asks for no password). `say` is told
    each step in one sentence.

    Raises:
        ConfigurationError: HARNESS_BROWSER_PATH names something that is no browser.
        BrowserMissing: every way failed; the sentence says what to run.
    """
    if environment.get(ENVIRONMENT_NAME):
        return find(environment=environment)
    if playwrights_own(environment=environment) is None and not _download(environment):
        say("Playwright's own browser cannot be downloaded here; looking for the system's.")
    try:
        return find(environment=environment)
    except BrowserMissing:
        _from_packages(say, environment)
    try:
        return find(environment=environment)
    except BrowserMissing as error:
        message = f"No Chromium could be installed on this machine. {REMEDY}"
        raise BrowserMissing(message) from error


def _download(environment: Mapping[str, str]) -> bool:
    # Its own default waits half a minute for each of several mirrors that a closed network
    # never answers from.
    patience = {"PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "10000", **environment}
    return _run(
        [sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"], patience
    )


def _from_packages(say: Callable[[str], None], environment: Mapping[str, str]) -> None:
    apt = shutil.which("apt-get", path=environment.get("PATH"))
    prefix = _as_root(environment)
    if apt is None or prefix is None:
        return
    say("Installing the system's Chromium with apt-get.")
    quiet = {**environment, "DEBIAN_FRONTEND": "noninteractive"}
    _run([*prefix, apt, "update", "-q"], quiet)
    for package in _PACKAGES:
        if _run([*prefix, apt, "install", "-y", "-q", "--no-install-recommends", package], quiet):
            return


def _as_root(environment: Mapping[str, str]) -> list[str] | None:
    """What to put before a command so that it runs as root; None where that is not permitted."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo", path=environment.get("PATH"))
    return [sudo, "-n"] if sudo and _run([sudo, "-n", "true"], environment) else None


def _run(command: Sequence[str], environment: Mapping[str, str]) -> bool:
    try:
        done = subprocess.run(  # noqa: S603 -- fixed commands
            command,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_DOWNLOAD_LIMIT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
