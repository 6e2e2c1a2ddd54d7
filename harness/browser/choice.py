"""Find a browser that is already here."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from harness.errors import BrowserMissing, ConfigurationError

ENVIRONMENT_NAME = "HARNESS_BROWSER_PATH"

REMEDY = (
    "Run `python -m harness install-browser`, or install the package chromium-headless-shell or "
    f"chromium, or name an executable in {ENVIRONMENT_NAME}."
)

# A shell has no window to show, so a headed run needs the whole browser.
_SHELLS = ("chromium-headless-shell", "chrome-headless-shell", "headless_shell")
_WHOLE = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


@dataclass(frozen=True, slots=True)
class BrowserChoice:
    """A browser to launch with Playwright.

    `executable_path` is None for the build Playwright installed itself; `version` is what the
    browser says of itself ("156.0.8078.79"); `args` go to the browser's command line.
    """

    executable_path: Path | None
    version: str
    args: tuple[str, ...] = field(default_factory=tuple)

    @property
    def whose(self) -> str:
        """Where it comes from, for a person to read."""
        return "Playwright's own" if self.executable_path is None else str(self.executable_path)


def find(
    named: str | Path | None = None,
    *,
    headless: bool = True,
    environment: Mapping[str, str] = os.environ,
) -> BrowserChoice:
    """The best Chromium on this machine for a headless (or headed) run.

    `named` is an executable to use whatever else is here; without it the variable
    HARNESS_BROWSER_PATH is asked, then Playwright's own build, then the system's.

    Raises:
        ConfigurationError: the executable named is not one, or does not run.
        BrowserMissing: no browser is here.
    """
    wanted = named or environment.get(ENVIRONMENT_NAME)
    if wanted:
        return _named(Path(wanted), "the option" if named else ENVIRONMENT_NAME)
    own = playwrights_own(headless=headless, environment=environment)
    if own is not None:
        return own
    for name in (*(_SHELLS if headless else ()), *_WHOLE):
        found = shutil.which(name, path=environment.get("PATH"))
        version = version_of(Path(found)) if found else None
        if found and version:
            return BrowserChoice(Path(found), version, _args())
    kind = "Chromium" if headless else "Chromium that can show a window"
    message = f"No {kind} was found on this machine. {REMEDY}"
    raise BrowserMissing(message)


def playwrights_own(
    *, headless: bool = True, environment: Mapping[str, str] = os.environ
) -> BrowserChoice | None:
    """The build that `playwright install` put here for this release of Playwright, or None."""
    kind = "chromium-headless-shell" if headless else "chromium"
    catalogue = _driver() / "package" / "browsers.json"
    entry = next(
        each
        for each in json.loads(catalogue.read_text(encoding="utf-8"))["browsers"]
        if each["name"] == kind
    )
    folder = _registry(environment) / f"{kind.replace('-', '_')}-{entry['revision']}"
    # Playwright writes this file last, so a download that was cut off does not count.
    if not (folder / "INSTALLATION_COMPLETE").exists():
        return None
    names = ("chrome-headless-shell", "headless_shell", "chrome", "Chromium", "chrome.exe")
    executable = next((path for name in names for path in folder.rglob(name)), None)
    # Its download brings no system libraries, and without them it does not even say its version.
    version = version_of(executable) if executable else None
    return BrowserChoice(None, version, _args()) if version else None


def version_of(executable: Path) -> str | None:
    """What `executable --version` says, without the name; None where it cannot be run."""
    try:
        answer = subprocess.run(  # noqa: S603 -- a browser found on PATH or named by the user
            [executable, "--version"], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    words = answer.stdout.split()
    version = next((word for word in words if word[0].isdigit()), None)
    return version if answer.returncode == 0 else None


def _named(path: Path, origin: str) -> BrowserChoice:
    version = version_of(path)
    if version is None:
        message = f"The browser {str(path)!r}, named by {origin}, is no browser that starts here."
        raise ConfigurationError(message)
    return BrowserChoice(path, version, _args())


def _args() -> tuple[str, ...]:
    # Chromium refuses to start its own sandbox as root, which is what most CI containers are.
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return ("--no-sandbox",) if root else ()


def _driver() -> Path:
    import playwright  # noqa: PLC0415 -- only its place on disk is asked for

    return Path(playwright.__file__).parent / "driver"


def _registry(environment: Mapping[str, str]) -> Path:
    """The folder Playwright keeps browsers in, by Playwright's own rule."""
    given = environment.get("PLAYWRIGHT_BROWSERS_PATH")
    if given == "0":
        return _driver() / "package" / ".local-browsers"
    if given:
        return Path(given)
    home = Path(environment.get("HOME") or Path.home())
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "ms-playwright"
    cache = environment.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else home / ".cache") / "ms-playwright"
