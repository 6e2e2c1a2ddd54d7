"""Is a merchant's own page wired as Ottu documents? Rules, what a visit showed, the checklist.

A visit is driven elsewhere (`fixtures/page_visit.py`); here is what is looked for, how it is
judged, and how it is told.
"""
