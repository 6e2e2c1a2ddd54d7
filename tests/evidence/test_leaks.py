"""The search for secrets: what it finds, what it leaves alone, and what a find does to a run."""

from __future__ import annotations

import base64
import gzip
import io
import os
import signal
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.evidence import leaks
from harness.evidence.leaks import Leak
from harness.evidence.noted import noting
from harness.gate import leaked
from harness.gate.judged import Judged
from harness.gate.results import RunRecord
from harness.gate.run import _unfinished
from harness.redaction import Redactor, spellings
from tests.runs.project import Project, environment
from tests.runs.target import little_target

KEY = "prv_aB3/dE+6h=I9&kL2"
CARD = "4539578763621486"
SECRETS = [*spellings(KEY), CARD]


def _zip(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _page(content: bytes) -> bytes:
    return b'<script>d("data/x.json","%s")</script>' % base64.b64encode(content)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("log.txt", f"Api-Key {KEY}".encode(), "a key"),
        ("log.txt", b"?key=prv_aB3%2FdE%2B6h%3DI9%26kL2", "a key"),
        ("page.svg", b"<text>prv_aB3/dE+6h=I9&amp;kL2</text>", "a key"),
        ("log.txt", CARD.encode(), "a card number"),
        ("log.txt", b"4539 5787 6362 1486", "a card number"),
        ("log.txt", b"453957-87636-21486", "a card number"),
        ("log.txt", "4539\u00a05787\u00a06362\u00a01486".encode(), "a card number"),
        ("log.txt", b"n=4539%2057876362%201486", "a card number"),
        ("log.txt", b"nobody told of 8888880000000001", "a card number"),
        ("body.json", b'{"cvv": "739"}', "a card's security code"),
        ("body.json", b'{\\"card\\": {\\"cvv\\":\\"739\\"}}', "a card's security code"),
        ("body.json", b'{"name": "pin", "value": "7391"}', "a card's security code"),
        ("form.txt", b"card=x&pin=7391", "a card's security code"),
        ("form.html", b'<input name="cvv" type="password" value="739">', "a card's security code"),
        ("trace.zip", _zip(a=b"nothing", b=CARD.encode()), "a card number"),
        ("trace.zip", _zip(inner=_zip(deep=KEY.encode())), "a key"),
        ("log.gz", gzip.compress(KEY.encode()), "a key"),
        ("index.html", _page(b'{"number": "%s"}' % CARD.encode()), "a card number"),
        ("index.html", _page(b"x" * 400 + KEY.encode()), "a key"),
        ("index.html", _page(_zip(trace=CARD.encode())), "a card number"),
    ],
    # Not of the bytes: an archive has the time of its making in it, and an id is the same twice.
    ids=[f"secret-{number}" for number in range(20)],
)
def test_a_secret_is_found(name: str, content: bytes, kind: str, tmp_path: Path) -> None:
    """Wherever a secret is packed and however it is spelt, its file and its kind are told."""
    (tmp_path / name).write_bytes(content)

    found = leaks.search([tmp_path], SECRETS)

    assert {leak.kind for leak in found} == {kind}
    assert all(leak.place.startswith(f"{tmp_path}/{name}") for leak in found)
    assert KEY not in str(found)
    assert CARD not in str(found)


@pytest.mark.parametrize(
    "text",
    [
        'Api-Key ***, 453957…1486, {"cvv": "***"}, pin=***',
        '{"cvv": ["This field is required"], "cvv_required": true}',
        "shipping=1234&pinned: 100, spin=1234",
        "4539578763621487 and 7fd4539578763621",
    ],
)
def test_what_is_no_secret_is_left_alone(text: str, tmp_path: Path) -> None:
    """Masked evidence, words that hold a field's name and other numbers make no run red."""
    (tmp_path / "log.txt").write_text(text)
    (tmp_path / "index.html").write_bytes(_page(text.encode()))

    assert leaks.search([tmp_path], SECRETS) == []


def test_the_same_bytes_are_told_once(tmp_path: Path) -> None:
    """A page made from files that were searched already does not double what is found."""
    (tmp_path / "a.txt").write_bytes(KEY.encode() * 20)
    (tmp_path / "z.html").write_bytes(_page(KEY.encode() * 20))

    assert leaks.search([tmp_path, tmp_path], SECRETS) == [Leak(f"{tmp_path}/a.txt", "a key")]


def test_what_came_with_the_tool_is_passed_over(tmp_path: Path) -> None:
    """Byte for byte only: a secret added to the program of the report's page is found."""
    program = b"/* the page's program */ %s" % (KEY.encode() * 20)
    (tmp_path / "a.html").write_bytes(_page(program))
    search = leaks.Search(SECRETS)
    search.pass_over([program])

    search.through([tmp_path])
    assert search.found == []

    (tmp_path / "b.html").write_bytes(_page(program + KEY.encode()))
    search.through([tmp_path])
    assert search.found == [Leak(f"{tmp_path}/b.html!data", "a key")]


def test_a_file_cut_off_is_searched_as_far_as_it_goes(tmp_path: Path) -> None:
    """A killed run leaves half an archive behind: no reason to crash."""
    (tmp_path / "half.zip").write_bytes(_zip(a=b"nothing at all " * 100)[:60])
    (tmp_path / "half.gz").write_bytes(gzip.compress(b"nothing at all " * 100)[:20])

    assert leaks.search([tmp_path], SECRETS) == []


def test_a_usual_run_is_searched_within_a_second(tmp_path: Path) -> None:
    """Six megabytes in a thousand files, with the keys of a hundred scenarios."""
    text = (
        b'{"session_id": "4e9f45366729682959fc6de59f9aaeb4ad0d571d", "at": 1763826840000}\n'
    ) * 70
    for number in range(1000):
        (tmp_path / f"{number}.json").write_bytes(b"%d %s" % (number, text))
    keys = [f"prv_{number:x}{os.urandom(12).hex()}" for number in range(200)]

    begun = time.process_time()
    assert leaks.search([tmp_path], [*keys, CARD]) == []

    assert time.process_time() - begun < 2.0  # on a busy machine, twice what is promised


def test_every_process_of_a_run_notes_its_secrets() -> None:
    """What a redactor is told of is in the notes, readable by their owner only, while they last."""
    with noting() as noted:
        redactor = Redactor(str(noted.path))
        redactor.register(KEY, "4539 5787 6362 1486")
        redactor.register(KEY)

        assert noted.secrets() == set(SECRETS)
        assert noted.path.stat().st_mode & 0o777 == 0o600
        assert noted.path.read_bytes().count(b"\n") == len(SECRETS)

    assert not noted.path.parent.exists()


@pytest.fixture(scope="module")
def target() -> Iterator[dict[str, str]]:
    with little_target() as given:
        yield given


@pytest.fixture
def project(tmp_path: Path, target: dict[str, str]) -> Project:
    (tmp_path / "tmp").mkdir()
    return Project(tmp_path, environment(**target, TMPDIR=str(tmp_path / "tmp")))


def _noted(project: Project) -> list[Path]:
    return list((project.folder / "tmp").glob("checkout-noted-*"))


PLANTS = """
import zipfile
from harness.redaction import redactor

@flow("card/paid")
def test_it():
    redactor.register("prv_made_up_by_a_worker", "4539578763621486")
    reports = Path("reports")
    (reports / "oops.log").write_text("key: prv_made_up_by_a_worker")
    (reports / "oops.json").write_text('{"cvv": "739"}')
    with zipfile.ZipFile(reports / "oops.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("in.json", "4539 5787 6362 1486")
"""


def test_a_planted_leak_makes_a_green_run_red(project: Project) -> None:
    """All passed, but the evidence holds secrets that only a worker knew: 1, and it says where."""
    project.scenarios(PLANTS)

    outcome = project.run()

    assert outcome.code == 1
    assert (outcome.verdict["verdict"], outcome.verdict["exit_code"]) == ("fail", 1)
    assert outcome.statuses == {"test_it": "passed"}
    assert outcome.verdict["reasons"][:3] == [
        "The evidence holds a secret: reports/oops.json holds a card's security code.",
        "The evidence holds a secret: reports/oops.log holds a key.",
        "The evidence holds a secret: reports/oops.zip!in.json holds a card number.",
    ]
    for text in (outcome.out, outcome.err, str(outcome.verdict)):
        assert "prv_made_up_by_a_worker" not in text
        assert "reports/oops.log holds a key" in text or text == outcome.err
    assert "FAIL: the evidence holds a secret" in outcome.out
    summary = (outcome.reports / "verdict.md").read_text()
    assert summary.startswith("# ❌ Fail: the evidence holds a secret")
    assert _noted(project) == []


def test_a_leak_in_a_shard_makes_the_gate_red(project: Project) -> None:
    """The gate searches the shards as well, for what it knows without having run them."""
    project.scenarios('@flow("card/paid")\ndef test_it(): pass\n')
    assert project.run(reports="shard").code == 0
    (project.folder / "shard" / "oops.txt").write_text("prv_known_to_the_gate")
    known = {"OTTU_API_KEY": "prv_known_to_the_gate"}

    gate = ("gate", "--no-report", "shard", "--reports=reports")
    outcome = project.finish(project.start(*gate, environment=known))

    assert outcome.code == 1
    assert "shard/oops.txt holds a key" in outcome.reasons


def test_a_run_that_failed_anyway_stays_what_it_was() -> None:
    """A leak is told first and hides no broken run; of many places, some are named."""
    broken = Judged(RunRecord(), _unfinished())
    found = [Leak(f"reports/{number}.txt", "a key") for number in range(8)]

    verdict = leaked.told(broken, found).verdict

    assert (verdict.verdict, verdict.exit_code) == ("inconclusive", 3)
    assert verdict.reasons[0] == "The evidence holds a secret: reports/0.txt holds a key."
    assert verdict.reasons[5] == "The evidence holds a secret in 3 more places."
    assert verdict.reasons[6:] == broken.verdict.reasons


WAITS = """
from harness.redaction import redactor

@flow("card/paid")
def test_it():
    redactor.register("prv_made_up_by_a_worker")
    Path("begun").touch()
    signal.pause()
"""


def test_the_notes_go_when_a_run_is_stopped(project: Project) -> None:
    """A time-out of CI, which asks as Ctrl-C does, leaves no file with keys behind."""
    process = _begun(project)

    process.send_signal(signal.SIGTERM)

    assert project.finish(process).code == 3
    assert _noted(project) == []


def test_the_notes_of_a_killed_run_go_with_the_next(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody can tidy up after SIGKILL; the next run does."""
    process = _begun(project)
    process.kill()
    process.communicate(timeout=30)
    assert len(_noted(project)) == 1

    monkeypatch.setattr(tempfile, "tempdir", str(project.folder / "tmp"))
    with noting() as noted:
        assert _noted(project) == [noted.path.parent]


def _begun(project: Project) -> subprocess.Popen[str]:
    project.scenarios(WAITS)
    process = project.start_run()
    _wait_for(project.folder / "begun", process.poll)
    assert len(_noted(project)) == 1
    return process


def _wait_for(file: Path, ended: Callable[[], int | None]) -> None:
    deadline = time.monotonic() + 30
    while not file.exists():
        assert time.monotonic() < deadline, "the run did not begin"
        assert ended() is None, "the run ended before it was stopped"
        os.sched_yield()
