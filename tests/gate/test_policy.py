"""The policy file: what it may say, and how a slip in it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.errors import ConfigurationError
from harness.gate.policy import Policy, load

ROOT = Path(__file__).parents[2]


def test_without_a_file_everything_must_be_shown(tmp_path: Path) -> None:
    """No policy is the strict one on the embedded sandbox, and a live target may lack things."""
    policy = load(None, tmp_path)

    assert policy == Policy()
    assert policy.on({"embedded": True}).must("card/paid")
    assert not policy.on({"embedded": True}).lack("session/expired")
    assert policy.on({"embedded": False}).lack("session/expired")


def test_a_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    """A policy that was asked for and is not there is not replaced by the default."""
    with pytest.raises(ConfigurationError, match="cannot be read: No such file"):
        load(tmp_path / "gate.toml")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("[embedded\n", "cannot be read: "),
        ("[embeded]\n", "is not valid at embeded: Extra inputs are not permitted"),
        ('[live]\nmust_run = ["card/payed"]\n', "at live.must_run: 'card/payed' is no flow"),
        ("[live]\nmax_flaky = -1\n", "at live.max_flaky: Input should be greater than or equal"),
        ("[time]\nrun_s = 0\n", "at time.run_s: Input should be greater than 0"),
        ("infrastructure_reruns = 9\n", "at infrastructure_reruns: Input should be less than"),
        (
            '[[quarantine]]\nscenario = "a"\nticket = "T"\nowner = "o"\n',
            "at quarantine.0.expires: Field required",
        ),
        (
            '[[quarantine]]\nscenario = "a"\nticket = ""\nowner = "o"\nexpires = 2026-01-01\n',
            "at quarantine.0.ticket: String should have at least 1 character",
        ),
        (
            2 * '[[quarantine]]\nscenario = "a"\nticket = "T"\nowner = "o"\nexpires = 2026-01-01\n',
            "at quarantine: 'a' is in quarantine twice",
        ),
    ],
)
def test_a_slip_is_told_with_its_place(tmp_path: Path, content: str, sentence: str) -> None:
    """One sentence with the file, the place in it and what is wrong there."""
    file = tmp_path / "gate.toml"
    file.write_text(content)

    with pytest.raises(ConfigurationError) as refusal:
        load(file)

    assert sentence in refusal.value.message
    assert str(file) in refusal.value.message


def test_our_own_policy_is_valid() -> None:
    """ci/gate.toml, which teams copy, is read without a complaint."""
    policy = load(ROOT / "ci" / "gate.toml")

    assert policy.embedded.must_run == ("*",)
    assert policy.embedded.may_lack == ()
