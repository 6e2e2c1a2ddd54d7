"""Two surveys side by side: a row for each thing in which they differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict

from harness.drift.survey import Survey
from harness.probes.interview import STATUS
from harness.probes.observation import FOUND, HELD, MISSING, Area, Observation

ABSENT: Final = "absent"

_Seen: TypeAlias = dict[str, dict[str, str]]


class Difference(BaseModel):
    """One row. `where` are the exchanges, callbacks or acts in which it was seen."""

    model_config = ConfigDict(frozen=True)

    area: Area | Literal["acts"]
    what: str
    embedded: str
    live: str
    where: list[str]


class Comparison(BaseModel):
    """All rows, and a sentence for each thing that could not be compared."""

    differences: list[Difference]
    not_compared: list[str]


def compare(embedded: Survey, live: Survey) -> Comparison:
    """The rows, the same difference in several places told once."""
    rows = [
        *_of_answers("api", embedded, live),
        *_of_answers("sdk", embedded, live),
        *_of_answers("callbacks", embedded, live),
        *_of_locators(embedded, live),
    ]
    acts, not_compared = _of_acts(embedded, live, spoilt=bool(rows))
    unanswered = _unanswered(embedded, live)
    return Comparison(
        differences=_together([*rows, *acts]), not_compared=[*not_compared, *unanswered]
    )


def _by_place(survey: Survey, area: Area) -> _Seen:
    """What was seen by exchange or callback, then by field; several kinds of one field as one."""
    seen: dict[str, dict[str, set[str]]] = {}
    for each in survey.observations:
        if each.area == area:
            seen.setdefault(each.where, {}).setdefault(each.what, set()).add(each.seen)
    return {
        where: {what: " | ".join(sorted(kinds)) for what, kinds in fields.items()}
        for where, fields in seen.items()
    }


def _of_answers(area: Area, embedded: Survey, live: Survey) -> Iterator[Difference]:
    ours, theirs = _by_place(embedded, area), _by_place(live, area)
    for where in ours.keys() & theirs.keys():
        mine, other = ours[where], theirs[where]
        statuses = mine.get(STATUS), other.get(STATUS)
        # An answer of another status is another thing altogether.
        fields = [STATUS] if statuses[0] != statuses[1] else sorted(mine.keys() | other.keys())
        for what in fields:
            pair = mine.get(what, ABSENT), other.get(what, ABSENT)
            if pair[0] != pair[1]:
                yield Difference(
                    area=area, what=what, embedded=pair[0], live=pair[1], where=[where]
                )


def _of_locators(embedded: Survey, live: Survey) -> Iterator[Difference]:
    ours, theirs = _locators(embedded), _locators(live)
    for place in ours.keys() & theirs.keys():
        mine, other = ours[place], theirs[place]
        if {mine.seen, other.seen} == {FOUND, MISSING}:
            # By the name that is to be changed: many locators may be made from it.
            yield Difference(
                area="locators",
                what=mine.hint,
                embedded=mine.seen,
                live=other.seen,
                where=[f"{mine.where}: {mine.what}"],
            )


def _locators(survey: Survey) -> dict[tuple[str, str], Observation]:
    return {
        (each.where, each.what): each for each in survey.observations if each.area == "locators"
    }


def _of_acts(embedded: Survey, live: Survey, *, spoilt: bool) -> tuple[list[Difference], list[str]]:
    """How the acts came out; where anything else differs, an outcome may follow from that."""
    rows, not_compared = [], []
    ours = {act.name: act for act in embedded.acts}
    for theirs in live.acts:
        mine = ours[theirs.name]
        if (mine.fate, theirs.fate) == ("played", "failed") and not spoilt:
            rows.append(
                Difference(
                    area="acts",
                    what=theirs.name,
                    embedded="comes out as it must",
                    live=theirs.reason,
                    where=["scenarios/contract"],
                )
            )
            continue
        not_compared += [
            f"{act.name}, {side}: {act.reason}"
            for side, act in (("embedded", mine), ("live", theirs))
            if act.fate != "played" and not act.reason.startswith(HELD)
        ]
    return rows, not_compared


def _unanswered(embedded: Survey, live: Survey) -> list[str]:
    sentences = []
    for area in ("api", "sdk", "callbacks"):
        ours, theirs = _by_place(embedded, area), _by_place(live, area)
        for where in sorted(ours.keys() ^ theirs.keys()):
            side = "embedded" if where in theirs else "live"
            sentences.append(f"{where} ({area}), {side}: it did not come to it")
    return sentences


def _together(rows: Sequence[Difference]) -> list[Difference]:
    """The same difference in several places is one row."""
    places: dict[tuple[str, str, str, str], list[str]] = {}
    for row in rows:
        key = (row.area, row.what, row.embedded, row.live)
        places.setdefault(key, []).extend(row.where)
    by_key: Mapping[tuple[str, str, str, str], Difference] = {
        (row.area, row.what, row.embedded, row.live): row for row in rows
    }
    merged = [
        by_key[key].model_copy(update={"where": sorted(where)}) for key, where in places.items()
    ]
    order = ("api", "sdk", "callbacks", "locators", "acts")
    return sorted(merged, key=lambda row: (order.index(row.area), row.where, row.what))
