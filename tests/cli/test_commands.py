"""The command line from outside: what wrong usage is told, and with which exit code."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from harness.cli import main


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["pay"], "No such command 'pay'. See --help."),
        (["sandbox", "--prt=1"], "No such option: --prt"),
        (["sandbox", "--port=http"], "Invalid value for '--port'"),
        (["sandbox", "--port=70000"], "Invalid value for '--port'"),
        (["gate"], "Missing argument 'folders'. See --help."),
        (["gate", "no-such-folder"], "no-such-folder holds no record of a run (stream.jsonl)."),
        (["run"], "There is no scenarios/ in"),
    ],
)
def test_wrong_usage(
    arguments: list[str],
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """One sentence on standard error, exit code 2, and nothing left behind."""
    monkeypatch.chdir(tmp_path)

    assert main(arguments) == 2

    told = capsys.readouterr()
    assert sentence in told.err
    assert told.err.count("\n") == 1
    assert told.out == ""
    assert list(tmp_path.iterdir()) == []


def test_a_policy_that_cannot_be_used_is_told_before_anything_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A slip in the policy must not cost a run of ten minutes first."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "policy.toml").write_text("[live]\nmust_run = ['card/payed']\n")

    assert main(["run", "--policy=policy.toml"]) == 2

    assert "'card/payed' is no flow" in capsys.readouterr().err
    assert not (tmp_path / "reports").exists()


def test_a_last_green_verdict_that_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that is no verdict is told by its name."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "green.json").write_text("{}")

    assert main(["run", "--last-green=green.json"]) == 2

    assert "green.json is no verdict.json of this harness." in capsys.readouterr().err


def test_the_sandbox_serves_until_it_is_told_to_stop() -> None:
    """One line of JSON and nothing else on standard output, then service, then SIGTERM."""
    with subprocess.Popen(
        [sys.executable, "-m", "harness", "sandbox"], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        host, _, port = ready["merchant_id"].partition(":")
        with socket.create_connection((host, int(port)), timeout=5):
            process.terminate()
        rest = process.stdout.read()
        process.wait(10)

    assert sorted(ready) == [
        "api_key",
        "hmac_key",
        "merchant_id",
        "public_key",
        "sdk_url",
        "url",
    ]
    assert rest == ""
    assert process.returncode in {0, -signal.SIGTERM}


def test_a_port_in_use(tmp_path: Path) -> None:
    """The sandbox cannot listen where another does: one sentence, exit code 2."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "harness", "sandbox", f"--port={port}"],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "HOME": str(tmp_path)},
            timeout=30,
        )

    assert done.returncode == 2
    assert str(port) in done.stderr
    assert "Traceback" not in done.stderr
