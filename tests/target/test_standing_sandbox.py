"""A sandbox of the harness's own that outlives the runs made on it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.runs.project import Project, environment
from tests.target.elsewhere import ORDERING, first_line, started


def test_what_goes_with_the_scenarios_own_account_is_not_told_as_left_open(tmp_path: Path) -> None:
    """Where each scenario has a merchant of its own, nobody has to close its sessions."""
    with started("-m", "harness.sandbox") as sandbox:
        keys = json.loads(first_line(sandbox))
        settings = {
            "OTTU_BASE_URL": keys["url"],
            "OTTU_API_KEY": keys["api_key"],
            "OTTU_PUBLIC_KEY": keys["public_key"],
            "OTTU_MERCHANT_ID": keys["merchant_id"],
            "OTTU_SDK_URL": keys["sdk_url"],
        }
        project = Project(tmp_path, environment(**settings))
        project.scenarios(ORDERING)

        outcome = project.run()

        sandbox.terminate()
    assert outcome.code == 0
    assert "Left open" not in outcome.reasons
