"""Is a merchant's own page wired as Ottu documents? Rules, what a visit showed, the checklist.

A visit is driven elsewhere (`fixtures/page_visit.py`); here is what is looked for, how it is
judged, and how it is told.
"""

from harness.integration.checklist import Checklist, Finding, Stop
from harness.integration.rules import RULES, named
from harness.integration.visit import Visit

__all__ = ["RULES", "Checklist", "Finding", "Stop", "Visit", "named"]
