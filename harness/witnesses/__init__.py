"""The outcome of a payment, agreed by witnesses that know nothing of each other."""

from harness.witnesses.outcome import Outcome
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
    "Outcome",
    "Statement",
    "WitnessesDisagree",
    "agree",
    "by_address",
    "by_callback",
    "by_inquiry",
    "by_ledger",
    "by_transaction",
    "by_webhook",
]
