"""A run in shards and the gate over them, as a pipeline does it."""

from __future__ import annotations

from tests.runs.project import Project

FOUR = """
@flow("card/paid")
def test_one(): pass

@flow("card/declined")
def test_two():
    assert False, "success fired"

@flow("redirect/paid")
def test_three(): pass

@flow("link/bulk")
def test_four(): pass
"""


def test_shards_and_gate_give_the_verdict_of_one_run(project: Project) -> None:
    """Two shards, each red or green by itself, and the gate says of both what one run says."""
    project.scenarios(FOUR)
    project.policy('live.must_run = ["card/paid", "card/declined", "redirect/paid"]\n')

    whole = project.run("--seed=7")
    shards = [
        project.run("--seed=7", "--splits=2", f"--group={index}", reports=f"shards/{index}")
        for index in (1, 2)
    ]
    gate = project.finish(project.start("gate", "--no-report", "shards/2", "shards/1"))

    assert [shard.code for shard in shards] == [1, 0]
    assert gate.code == whole.code == 1
    for part in ("verdict", "exit_code", "reasons", "counts"):
        assert gate.verdict[part] == whole.verdict[part]
    assert gate.statuses == whole.statuses
    again = "python -m harness run scenarios/test_it.py::test_two --seed=7"
    assert again in gate.out

    lacking = project.finish(project.start("gate", "--no-report", "shards/2"))
    assert lacking.code == 3
    assert "Shard 1 of 2 is missing." in lacking.reasons
