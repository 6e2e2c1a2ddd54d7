"""A sandbox of the harness's own that outlives the runs made on it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.runs.project import Project, environment
from tests.target.elsewhere import first_line, started

SCENARIO = """
from harness.api import CheckoutAPI
from harness.plugin import DEALINGS, TARGET

@flow("card/paid")
def test_it(pytestconfig):
    target, guard = pytestconfig.stash[TARGET], pytestconfig.stash[DEALINGS].guard
    order = dict(type="e_commerce", amount="12.500", currency_code="KWD", pg_codes=["ottu-sandbox"])
    with CheckoutAPI(target.base_url, target.api_key, guard=guard) as api:
        api.create(**order, order_no="DH-ONE")
"""


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
        project.scenarios(SCENARIO)

        outcome = project.run()

        sandbox.terminate()
    assert outcome.code == 0
    assert "Left open" not in outcome.reasons
