"""Merchant accounts of one's own, from a file."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

_COMMAND = [sys.executable, "-m", "harness.sandbox"]
_GOOD = """
[[mid]]
code = "my-knet-shapes"
pg = "ottu_pg"
name = "Mine"
flow = "card_onsite"
currencies = ["KWD"]
fee_fixed = "0.250"
fee_description = "Mine"
mimic = "kpay"
"""


def test_mids_from_a_file_are_offered(tmp_path: Path) -> None:
    """A merchant account of the file can be paid with, at its own fee and in its own shape."""
    file = tmp_path / "mids.toml"
    file.write_text(_GOOD)
    process = subprocess.Popen([*_COMMAND, "--mids", str(file)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        ready = json.loads(process.stdout.readline())
        headers = {"authorization": f"Api-Key {ready['api_key']}"}
        with httpx.Client(base_url=ready["url"], headers=headers, trust_env=False) as client:
            body = {
                "amount": "1",
                "currency_code": "KWD",
                "pg_codes": ["my-knet-shapes"],
                "type": "e_commerce",
            }
            [method] = client.post("/b/checkout/v1/pymt-txn/", json=body).json()["payment_methods"]
            assert (method["fee"], method["amount"]) == ("0.250", "1.250")
    finally:
        process.terminate()
        process.wait(5)
        process.stdout.close()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no [[mid]] table"),
        ("[[mid]", "mids.toml"),
        ("[[mid]]\ncode = 'x'\n", "'pg' is missing"),
        (_GOOD.replace('"ottu_pg"', '"martian"'), "none of"),
        (_GOOD.replace('"0.250"', "0.25"), "an amount in quotes"),
        (_GOOD.replace("my-knet-shapes", "knet-sandbox"), "already"),
        (_GOOD + "colour = 'red'\n", "no setting 'colour'"),
    ],
)
def test_a_wrong_file_is_refused_in_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    """What is wrong is said with the file, the entry and the setting, without a traceback."""
    file = tmp_path / "mids.toml"
    file.write_text(text)
    ended = subprocess.run(
        [*_COMMAND, "--mids", str(file)], capture_output=True, text=True, timeout=30, check=False
    )
    assert ended.returncode == 2
    assert said in ended.stderr
    assert ended.stderr.count("\n") == 1
