"""Which browser is found on machines that have this one or that one."""

from __future__ import annotations

import json
import os
from pathlib import Path

import playwright
import pytest

from harness.browser import BrowserChoice, find, install
from harness.errors import BrowserMissing, ConfigurationError


class Machine:
    """A machine of which only the folders named here exist."""

    def __init__(self, folder: Path) -> None:
        self._bin = folder / "bin"
        self._cache = folder / "browsers"
        self._bin.mkdir()
        self.environment = {
            "PATH": str(self._bin),
            "PLAYWRIGHT_BROWSERS_PATH": str(self._cache),
            # Playwright's download: at once, and in vain.
            "PLAYWRIGHT_DOWNLOAD_HOST": "http://127.0.0.1:9",
        }

    def has(self, name: str, version: str = "1.2.3", folder: Path | None = None) -> Path:
        path = (folder or self._bin) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\necho Chromium {version}\n")
        path.chmod(0o755)
        return path

    def has_broken(self, name: str) -> None:
        path = self._bin / name
        path.write_text("#!/bin/sh\nexit 127\n")
        path.chmod(0o755)

    def has_playwrights(self, *, whole: bool = True) -> None:
        catalogue = Path(playwright.__file__).parent / "driver" / "package" / "browsers.json"
        revision = next(
            each["revision"]
            for each in json.loads(catalogue.read_text())["browsers"]
            if each["name"] == "chromium-headless-shell"
        )
        folder = self._cache / f"chromium_headless_shell-{revision}"
        self.has("chrome-headless-shell", "9.9", folder / "chrome-linux")
        if whole:
            (folder / "INSTALLATION_COMPLETE").touch()

    def find(self, *, headless: bool = True) -> BrowserChoice:
        return find(headless=headless, environment=self.environment)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_playwrights_own_comes_first(machine: Machine) -> None:
    """Its own build is what Playwright is tested with, so it outweighs the system's."""
    machine.has_playwrights()
    machine.has("chromium-headless-shell")

    assert machine.find().executable_path is None
    assert machine.find().version == "9.9"


def test_half_a_download_does_not_count(machine: Machine) -> None:
    """A download that was cut off is passed over for a browser that starts."""
    machine.has_playwrights(whole=False)
    shell = machine.has("chromium-headless-shell")

    assert machine.find().executable_path == shell


def test_the_shell_comes_before_the_whole_browser(machine: Machine) -> None:
    """Headless, the shell is chosen: it starts in a fraction of the time."""
    machine.has("chromium", "2.0")
    shell = machine.has("chromium-headless-shell")

    assert machine.find().executable_path == shell


def test_a_window_needs_the_whole_browser(machine: Machine) -> None:
    """Headed, a shell is of no use."""
    machine.has("chromium-headless-shell")
    with pytest.raises(BrowserMissing, match="that can show a window"):
        machine.find(headless=False)

    whole = machine.has("chromium")

    assert machine.find(headless=False).executable_path == whole


def test_one_that_does_not_start_is_passed_over(machine: Machine) -> None:
    """A browser whose libraries are missing is no browser."""
    machine.has_broken("chromium-headless-shell")
    whole = machine.has("chromium")

    assert machine.find().executable_path == whole


def test_one_that_is_named_outweighs_all(machine: Machine, tmp_path: Path) -> None:
    """HARNESS_BROWSER_PATH is taken, whatever else is there."""
    machine.has_playwrights()
    mine = machine.has("mine", "7.0", tmp_path)
    machine.environment["HARNESS_BROWSER_PATH"] = str(mine)

    assert machine.find() == BrowserChoice(mine, "7.0", machine.find().args)


def test_one_that_is_named_and_is_none(machine: Machine) -> None:
    """A wrong name is told with the variable it stands in, and nothing else is tried."""
    machine.has("chromium")
    machine.environment["HARNESS_BROWSER_PATH"] = "/nowhere/chromium"

    with pytest.raises(ConfigurationError, match=r"'/nowhere/chromium', named by HARNESS_BROW"):
        machine.find()


def test_none_at_all(machine: Machine) -> None:
    """A machine without a browser is told what to run, in one sentence."""
    with pytest.raises(BrowserMissing) as missing:
        machine.find()

    assert "python -m harness install-browser" in missing.value.message
    assert "\n" not in missing.value.message


def test_root_needs_no_sandbox(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chromium is told to go without its sandbox as root, and only then."""
    machine.has("chromium")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert machine.find().args == ("--no-sandbox",)

    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert machine.find().args == ()


def test_install_falls_back_to_apt(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """No download, no system browser, and root: the package manager brings one."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr("harness.browser.installation._download", lambda _: False)
    apt = Path(machine.environment["PATH"]) / "apt-get"
    shell = apt.with_name("chromium-headless-shell")
    apt.write_text(
        "#!/bin/sh\n"
        'for last in "$@"; do :; done\n'
        f'[ "$last" = "{shell.name}" ] || exit 0\n'
        f"printf '#!/bin/sh\\necho Chromium 5.5\\n' > {shell}; /bin/chmod 755 {shell}\n"
    )
    apt.chmod(0o755)
    said: list[str] = []

    assert install(said.append, machine.environment).executable_path == shell
    assert said == [
        "Playwright's own browser cannot be downloaded here; looking for the system's.",
        "Installing the system's Chromium with apt-get.",
    ]


def test_install_without_any_way(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is permitted, one sentence says what to run."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(BrowserMissing, match="No Chromium could be installed on this machine"):
        install(lambda _: None, machine.environment)
