"""The checkout SDK a merchant page loads: small scripts put together into one, without a build.

Each module is a fragment that fills one name of the shared ``sdk`` object. They find each other
through that object at the moment of a call, so that a defect can take the place of any function.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

__all__ = ["defect_ids", "script"]

_HERE = Path(__file__).parent

# `checkout` opens the global; the rest only define, so their order says what builds on what.
_MODULES = (
    "strings",
    "dom",
    "icons",
    "money",
    "script_element",
    "api",
    "theme",
    "styles",
    "mount",
    "session",
    "offers",
    "callbacks",
    "hooks",
    "dialog",
    "popup",
    "redirect",
    "card_frame",
    "saved_cards",
    "three_ds",
    "apple_pay",
    "rows",
    "foot",
    "view",
    "endings",
    "payment",
    "checkout",
    "defects",
)


@cache
def defect_ids() -> frozenset[str]:
    """The ids of the faults the script can be told to show, such as ``sdk/success-as-cancel``."""
    return frozenset(f"sdk/{file.stem}" for file in (_HERE / "defects").glob("*.js"))


def script(defects: Iterable[str] = ()) -> bytes:
    """The SDK as one classic script in UTF-8 that leaves ``window.Checkout`` and no other global.

    ``defects`` are faults to show from the first call on; those a session's own payload names are
    known to every script and need not be given. Raises ``ValueError`` for an id nobody wrote.
    """
    return _assemble(tuple(sorted(set(defects))))


@cache
def _assemble(defects: tuple[str, ...]) -> bytes:
    unknown = [defect for defect in defects if defect not in defect_ids()]
    if unknown:
        raise ValueError(
            f"The SDK has no defect {unknown[0]!r}; it knows {', '.join(sorted(defect_ids()))}."
        )
    files = [_HERE / f"{module}.js" for module in _MODULES]
    files += sorted((_HERE / "defects").glob("*.js"))
    fragments = [file.read_text(encoding="utf-8") for file in files]
    start = f"sdk.defects.apply({list(defects)!r});\n"
    body = "\n".join(["(() => {\n'use strict';\nconst sdk = {};\n", *fragments, start, "})();\n"])
    return body.encode()
