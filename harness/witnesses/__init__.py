"""The outcome of a payment, agreed by witnesses that know nothing of each other."""

from harness.witnesses.bystander import Bystander
from harness.witnesses.outcome import WITNESSES, Outcome
from harness.witnesses.screen import by_screen
from harness.witnesses.secrets import by_secrets
from harness.witnesses.statement import Statement, WitnessesDisagree, agree
from harness.witnesses.testimony import (
    by_address,
    by_callback,
    by_inquiry,
    by_ledger,
    by_transaction,
    by_webhook,
)

__all__ = [
    "WITNESSES",
    "Bystander",
    "Outcome",
    "Statement",
    "WitnessesDisagree",
    "agree",
    "by_address",
    "by_callback",
    "by_inquiry",
    "by_ledger",
    "by_screen",
    "by_secrets",
    "by_transaction",
    "by_webhook",
]
