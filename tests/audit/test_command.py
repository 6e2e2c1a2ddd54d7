"""The audit itself, on a few defects: what it kills, and what survives without a witness."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

#: For each witness, a defect that no other one and no other assertion sees.
ALONE = {
    "callback": "wallet/told-as-card",
    "screen": "sdk/button-in-another-currency",
    "address": "redirect/without-reference",
    "webhook": "webhook/duplicated",
    "transaction": "api/amount-of-transaction-wrong",
    "inquiry": "api/inquiry-out-of-date",
    "ledger": "gateway/declined-but-charged",
    "secrets": "webhook/number-in-full",
}
# All of them take minutes: a sample, unless EVERY_WITNESS=1 asks for all.
_ASKED = list(ALONE) if os.environ.get("EVERY_WITNESS") else ["webhook"]


def _audit(reports: Path, *options: str) -> tuple[int, dict[str, object]]:
    command = [sys.executable, "-m", "harness", "audit", "--controls=0", "--claims-only"]
    ended = subprocess.run(
        [*command, f"--reports={reports}", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    said: dict[str, object] = json.loads((reports / "audit.json").read_text(encoding="utf-8"))
    return ended.returncode, said


@pytest.mark.timeout(300)
@pytest.mark.parametrize("witness", _ASKED)
def test_without_a_witness_its_defect_survives(tmp_path: Path, witness: str) -> None:
    """A defect that is killed survives once the only witness of it is switched off."""
    code, found = _audit(tmp_path / "with", f"--only={ALONE[witness]}")
    assert (code, found["killed"], found["survived"]) == (0, 1, 0)

    code, found = _audit(tmp_path / "off", f"--only={ALONE[witness]}", f"--without={witness}")
    assert (code, found["killed"], found["survived"]) == (1, 0, 1)
