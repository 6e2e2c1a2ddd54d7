"""The pipelines that teams copy: each is what its system accepts, and calls what we document."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.ci.jenkins import MAY_HOLD, parse

ROOT = Path(__file__).parents[2]
CI = ROOT / "ci"
WORKFLOWS = ("github-actions.yml", "github-actions-audit.yml")
JOBS = ("job.yaml", "gate.yaml")
SCHEMA = json.loads((Path(__file__).parent / "job.schema.json").read_text())


def _load(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((CI / name).read_text(encoding="utf-8"))
    return content


def _github() -> list[str]:
    jobs = [job for name in WORKFLOWS for job in _load(name)["jobs"].values()]
    return [step["run"] for job in jobs for step in job["steps"] if "run" in step]


def _gitlab() -> list[str]:
    jobs = [job for job in _load("gitlab-ci.yml").values() if isinstance(job, dict)]
    return [
        line for job in jobs for part in ("before_script", "script") for line in job.get(part, [])
    ]


def _jenkins() -> list[str]:
    blocks = parse((CI / "Jenkinsfile").read_text(encoding="utf-8")).all()
    texts = [text for block in blocks if block.word == "steps" for text in block.texts]
    return [text for text in texts if "make" in text or "python" in text]


def _kubernetes() -> list[str]:
    pods = [_load(f"kubernetes/{name}")["spec"]["template"]["spec"] for name in JOBS]
    return [line for pod in pods for each in pod["containers"] for line in each["args"]]


SHELL = {
    "GitHub": _github(),
    "GitLab": _gitlab(),
    "Jenkins": _jenkins(),
    "Kubernetes": _kubernetes(),
}


@pytest.mark.parametrize(
    ("schema", "name"),
    [
        ("vendor.github-workflows", "github-actions.yml"),
        ("custom.github-workflows-require-timeout", "github-actions.yml"),
        ("vendor.github-workflows", "github-actions-audit.yml"),
        ("custom.github-workflows-require-timeout", "github-actions-audit.yml"),
        ("vendor.gitlab-ci", "gitlab-ci.yml"),
        ("vendor.compose-spec", "compose.yaml"),
    ],
)
def test_what_the_system_accepts(schema: str, name: str) -> None:
    """GitHub's, GitLab's and Compose's own schemas accept ours, and no job can hang for ever."""
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", f"--builtin-schema={schema}", CI / name],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", JOBS)
def test_the_job_is_a_job(name: str) -> None:
    """Every key of a Kubernetes job is one that the API knows, in the place where it knows it."""
    job = _load(f"kubernetes/{name}")

    Draft202012Validator(SCHEMA).validate(job)
    pod = job["spec"]["template"]["spec"]
    mounted = {mount["name"] for each in pod["containers"] for mount in each["volumeMounts"]}
    assert mounted == {volume["name"] for volume in pod["volumes"]}


def test_the_jenkinsfile_is_declarative() -> None:
    """Every section stands where Jenkins lets it, and every stage says what it does once."""
    for block in parse((CI / "Jenkinsfile").read_text(encoding="utf-8")).all():
        if block.word in MAY_HOLD:
            assert {inner.word for inner in block.blocks} <= MAY_HOLD[block.word], block.head
        if block.word == "stage":
            does = [b.word for b in block.blocks if b.word in {"steps", "stages", "matrix"}]
            assert len(does) == 1, block.head


@pytest.mark.parametrize("broken", ["pipeline {", "pipeline { } }"])
def test_a_jenkinsfile_with_a_brace_too_few_or_too_many(broken: str) -> None:
    """The reader used above does see a slip."""
    with pytest.raises(ValueError, match=r"brace|never closed"):
        parse(broken)


@pytest.mark.parametrize("system", list(SHELL))
def test_the_shell_is_clean(system: str) -> None:
    """Shellcheck has nothing to say on any line of shell in the pipeline."""
    # GitHub replaces its expressions before a shell sees them.
    scripts = [re.sub(r"\$\{\{.*?\}\}", "1", script) for script in SHELL[system]]

    for script in scripts:
        # Unset variables are set by the system; a word that is split is a list of ours.
        _shellcheck("--shell=bash", "--exclude=SC2154,SC2086", text=script)


def test_our_own_script_is_clean() -> None:
    """Shellcheck has nothing to say on what our own integration runs."""
    _shellcheck("--shell=bash", text=(ROOT / ".ci" / "run").read_text(encoding="utf-8"))


@pytest.mark.parametrize("system", list(SHELL))
def test_it_calls_what_is_documented(system: str) -> None:
    """The same commands as in docs/ci.md, and no others: a person can repeat what CI does."""
    documented = _calls((ROOT / "docs" / "ci.md").read_text(encoding="utf-8"))
    called = _calls("\n".join(SHELL[system]))

    assert called
    assert called <= documented


def test_the_audit_runs_where_the_scenarios_change() -> None:
    """What the audit judges is what starts it, by the same list in every template."""
    workflow: Any = _load("github-actions-audit.yml")
    triggers = workflow[True]  # what YAML 1.1 takes a bare "on" for
    paths = {path.removesuffix("/**") for path in triggers["pull_request"]["paths"]}
    changes = _load("gitlab-ci.yml")["audit"]["rules"][0]["changes"]
    jenkins = (CI / "Jenkinsfile").read_text(encoding="utf-8")

    assert {"scenarios", "pages", "fixtures", "harness"} <= paths
    assert {path.removesuffix("/**/*") for path in changes} == paths
    assert {
        path.removesuffix("/**") for path in re.findall(r"changeset '([^']+)'", jenkins)
    } == paths
    assert all((ROOT / path).exists() for path in paths)


def test_the_shards_add_up() -> None:
    """Where the number of shards stands twice, it is the same number."""
    github = _load("github-actions.yml")
    shards = github["jobs"]["scenarios"]["strategy"]["matrix"]["shard"]
    assert len(shards) == github["env"]["SHARDS"]

    job = _load("kubernetes/job.yaml")
    assert f"--shards={job['spec']['completions']}" in SHELL["Kubernetes"][0]
    assert job["spec"]["maxFailedIndexes"] == job["spec"]["completions"]

    jenkins = (CI / "Jenkinsfile").read_text(encoding="utf-8")
    values = re.findall(r"'(\d)'", jenkins.partition("values")[2].partition("\n")[0])
    assert f"--shards={len(values)}" in jenkins
    assert [f"unstash 'shard-{value}'" in jenkins for value in values] == [True] * len(values)


def test_the_gate_of_kubernetes_reads_what_its_shards_write() -> None:
    """Both jobs mount one volume at one place, and the shards' folders are the gate's arguments."""
    shards, gate = (_load(f"kubernetes/{name}")["spec"]["template"]["spec"] for name in JOBS)
    (writes,), (reads,) = (
        [each["args"][0] for each in pod["containers"]] for pod in (shards, gate)
    )

    assert '--reports="/shards/run-$JOB_COMPLETION_INDEX"' in writes
    assert reads.endswith("/shards/run-*")
    assert gate["volumes"][0] == shards["volumes"][0]
    assert gate["containers"][0]["volumeMounts"][0] in shards["containers"][0]["volumeMounts"]


def test_the_browsers_of_compose_are_where_the_scenarios_look_for_them() -> None:
    """One image, one address, the server ready before the run, and no way in from outside."""
    services = _load("compose.yaml")["services"]
    browsers, scenarios = services["browsers"], services["scenarios"]
    address = urlsplit(scenarios["environment"]["HARNESS_BROWSER_ENDPOINT"])

    assert address.hostname in services
    assert f"--port={address.port}" in browsers["command"]
    assert browsers["image"] == scenarios["image"]
    assert browsers["build"] == scenarios["build"]
    assert (CI / browsers["build"]["context"] / browsers["build"]["dockerfile"]).is_file()
    assert scenarios["depends_on"]["browsers"]["condition"] == "service_healthy"
    assert str(address.port) in " ".join(browsers["healthcheck"]["test"])
    assert not [name for name, service in services.items() if "ports" in service]


def _calls(text: str) -> set[str]:
    """Each call of the harness as its command and the names of its options."""
    joined = text.replace("\\\n", " ")
    found = re.findall(r"python -m harness (run|gate|audit)([^\n|`#…]*)", joined)
    return {
        " ".join([command, *sorted(set(re.findall(r"--[a-z-]+", rest)))]) for command, rest in found
    } | set(re.findall(r"make setup", joined))


def _shellcheck(*options: str, text: str) -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "shellcheck", *options, "-"],
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
