"""Set-up on machines that lack something: one clear sentence, and nothing half done."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from harness import bootstrap

ROOT = Path(__file__).parents[2]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What make needs of a clone."""
    for name in ("Makefile", "pyproject.toml", "requirements.lock", "harness/bootstrap.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "harness/evidence/allure", tmp_path / "harness/evidence/allure")
    return tmp_path


def _make(clone: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    # Not the settings of pip here, nor of the make that runs these tests.
    foreign = ("PIP_", "MAKE", "MFLAGS")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return subprocess.run(
        ["make", "setup", *arguments],
        cwd=clone,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )


def _python(folder: Path, name: str, body: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


def test_no_python_that_is_new_enough(clone: Path) -> None:
    """An old Python is passed over; where there is no other, that is said."""
    old = _python(clone, "old", "exit 1")

    done = _make(clone, f"PYTHON={old}")

    assert done.returncode == 2
    assert f"No Python 3.11 or later was found ({old})" in done.stderr
    assert not (clone / ".venv").exists()


def test_a_python_that_is_new_enough_is_found_behind_one_that_is_not(clone: Path) -> None:
    """Like a version manager's shim that only complains: the next candidate is taken."""
    shim = _python(clone, "shim", "echo not installed >&2; exit 127")
    here = _python(clone, "here", f'[ "$1" = -c ] && exec {sys.executable} "$@"; echo "ran $2"')

    done = _make(clone, f"PYTHON={shim} {here}")

    assert "ran harness/bootstrap.py" in done.stdout


def test_no_venv_module(clone: Path) -> None:
    """Debian's Python without python3-venv: the package to install is named."""
    broken = (
        "import runpy, subprocess, sys\n"
        "real = subprocess.run\n"
        "def run(command, **options):\n"
        "    if 'venv' in command:\n"
        "        said = 'The virtual environment was not created because ensurepip is not ...'\n"
        "        return subprocess.CompletedProcess(command, 1, said, '')\n"
        "    return real(command, **options)\n"
        "subprocess.run = run\n"
        "sys.argv = ['bootstrap.py', '.venv']\n"
        "runpy.run_path('harness/bootstrap.py', run_name='__main__')\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", broken], cwd=clone, capture_output=True, text=True, check=False
    )

    assert done.returncode == 3
    assert done.stderr.splitlines()[-1].startswith(
        "This Python has no complete venv module: install it with `apt-get install python3-venv`"
    )


def test_no_network(clone: Path) -> None:
    """No package index can be reached: said in one sentence, with where to read more."""
    done = _make(
        clone,
        f"PYTHON={sys.executable}",
        PIP_CONFIG_FILE=os.devnull,
        PIP_INDEX_URL="http://127.0.0.1:9/simple",
        PIP_NO_CACHE_DIR="1",
    )

    assert done.returncode == 2
    # make numbers its lines when one make called another, as `make test` does here.
    own = ("set-up:", "make:", "make[")
    told = [line for line in done.stderr.splitlines() if not line.startswith(own)]
    assert len(told) == 1
    assert "the package registry cannot be reached from here; check network and proxy." in told[0]
    assert "setup.log" in told[0]
    assert not (clone / ".venv" / ".ready").exists()


PIP_SAYS = """\
WARNING: Retrying: SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]'))
ERROR: No matching distribution found for allure-pytest
"""
NPM_SAYS = """\
npm error code SELF_SIGNED_CERT_IN_CHAIN
npm error A complete log of this run can be found in: debug-0.log
"""


@pytest.mark.parametrize("said", [PIP_SAYS, NPM_SAYS], ids=["pip", "npm"])
def test_a_network_with_certificates_of_its_own(tmp_path: Path, said: str) -> None:
    """A company's proxy that nobody told pip or npm of: what to set is named."""
    log = tmp_path / "setup.log"
    log.touch()
    step = bootstrap.Step(log, "It could not be installed")

    with pytest.raises(bootstrap.SetupFailed, match="PIP_CERT and NODE_EXTRA_CA_CERTS"):
        step.run([sys.executable, "-c", f"import sys; print({said!r}); sys.exit(1)"])


def test_a_second_run_does_no_work(clone: Path) -> None:
    """While the lock files say the same, make starts nothing at all."""
    venv = clone / ".venv"
    venv.mkdir()
    (venv / ".ready").write_text("as good as any: make compares times")

    done = _make(clone, "PYTHON=/bin/false")

    assert done.returncode == 0
    assert "Nothing to be done" in done.stdout


def test_a_lock_that_only_looks_new_is_no_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A checkout gives unchanged files a new time; what they hold decides."""
    lock = tmp_path / "requirements.lock"
    lock.write_text("one==1\n")
    monkeypatch.setattr(bootstrap, "LOCKS", (lock,))
    done: list[Path] = []
    monkeypatch.setattr(bootstrap, "set_up", done.append)
    venv = tmp_path / "venv"
    venv.mkdir()

    assert bootstrap.main(venv) == 0
    lock.touch()
    assert bootstrap.main(venv) == 0
    assert len(done) == 1

    lock.write_text("one==2\n")
    assert bootstrap.main(venv) == 0
    assert len(done) == 2


def test_the_locks_name_no_registry() -> None:
    """Packages come from wherever this machine gets its packages."""
    packages = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    tool = json.loads((ROOT / "harness/evidence/allure/package-lock.json").read_text())

    assert "://" not in packages
    assert packages.count("==") < packages.count("--hash=sha256:")
    assert not [name for name, entry in tool["packages"].items() if "resolved" in entry]
