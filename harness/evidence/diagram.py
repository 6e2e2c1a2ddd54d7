"""The sequence diagram of a scenario as an SVG that reads well on its own."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from harness.evidence.sequence import Message, Party

_LANE: Final = 176
_LEFT: Final = 92
_TOP: Final = 84
_ROW: Final = 34
_BOTTOM: Final = 40
_CHARACTERS: Final = 46

_INK: Final = "#1f2933"
_PALE: Final = "#9aa5b1"
_ALARM: Final = "#c81e1e"
_LINE: Final = "#2f6f9f"

_STYLE: Final = (
    "text{font:12px -apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif}"
    ".party{font-weight:600;font-size:13px}"
    ".time{font-size:10.5px;font-variant-numeric:tabular-nums}"
)


def drawn(title: str, messages: Sequence[Message], notes: Sequence[str] = ()) -> str:
    """The diagram: a lane for each party that took part, a row for each message, times at left.

    Times are seconds since the first message. `notes` stand below, a row each.
    """
    taking_part = {party for m in messages for party in (m.sender, m.receiver)}
    lanes = [party for party in Party if party in taking_part] or [Party.CUSTOMER]
    at = {party: _LEFT + _LANE // 2 + index * _LANE for index, party in enumerate(lanes)}
    width = _LEFT + _LANE * len(lanes) + 20
    foot = _TOP + _ROW * len(messages) + _BOTTOM
    height = foot + _ROW * len(notes)
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" role="img">'
        ),
        f"<title>{escape(title)}</title><style>{_STYLE}</style>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        f'<text x="16" y="26" class="party" fill="{_INK}">{escape(title)}</text>',
        *(_lane(party, x, foot) for party, x in at.items()),
    ]
    for row, message in enumerate(messages):
        elapsed = (message.at - messages[0].at).total_seconds()
        parts.append(_arrow(message, at, _TOP + 18 + row * _ROW, elapsed))
    parts += [
        f'<text x="16" y="{foot + 12 + row * _ROW}" fill="{_INK}">{escape(note)}</text>'
        for row, note in enumerate(notes)
    ]
    return "".join([*parts, "</svg>"])


def _lane(party: Party, x: int, height: int) -> str:
    return (
        f'<rect x="{x - 78}" y="42" width="156" height="28" rx="6" fill="#eef4f8" '
        f'stroke="{_LINE}"/>'
        f'<text x="{x}" y="60" text-anchor="middle" class="party" fill="{_INK}">{party}</text>'
        f'<line x1="{x}" y1="70" x2="{x}" y2="{height - 16}" stroke="{_PALE}" '
        'stroke-dasharray="3 4"/>'
    )


def _arrow(message: Message, at: dict[Party, int], y: int, elapsed: float) -> str:
    start, end = at[message.sender], at[message.receiver]
    colour = _ALARM if message.alarming else _LINE
    ink = _ALARM if message.alarming else _INK
    weight = ' font-weight="600"' if message.alarming else ""
    forward = 1 if end >= start else -1
    tip = end - forward * 2
    text = message.text if len(message.text) <= _CHARACTERS else f"{message.text[:45]}…"
    middle = (start + end) / 2
    return (
        f'<text x="{_LEFT - 24}" y="{y + 4}" text-anchor="end" class="time" fill="{_PALE}">'
        f"{elapsed:.3f} s</text>"
        f'<line x1="{start}" y1="{y}" x2="{tip}" y2="{y}" stroke="{colour}" stroke-width="1.4"/>'
        f'<path d="M{tip} {y}l{-7 * forward} -4v8z" fill="{colour}"/>'
        f'<text x="{middle}" y="{y - 6}" text-anchor="middle" fill="{ink}"{weight} '
        'stroke="#fff" stroke-width="3" paint-order="stroke">'
        f"{escape(text)}</text>"
    )
