"""As much of a declarative Jenkinsfile as it takes to see that its parts are where they belong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r"//[^\n]*|'''(?P<long>.*?)'''|'(?P<single>[^'\n]*)'|\"(?P<double>[^\"\n]*)\""
    r"|(?P<open>\{)|(?P<close>\})|(?P<word>[^\s{}'\"]+)",
    re.DOTALL,
)

#: What may stand in each block, by Jenkins' reference of the declarative syntax.
MAY_HOLD = {
    "": {"pipeline"},
    "pipeline": {"agent", "environment", "options", "parameters", "post", "stages", "triggers"},
    "stages": {"stage"},
    "stage": {"agent", "environment", "matrix", "options", "post", "stages", "steps", "when"},
    "matrix": {"agent", "axes", "environment", "excludes", "options", "post", "stages"},
    "axes": {"axis"},
    "post": {"always", "cleanup", "failure", "success", "unstable"},
}


@dataclass
class Block:
    """A block by its first word, what is written before its brace, and what it holds."""

    word: str
    head: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def all(self) -> Iterator[Block]:
        yield self
        for block in self.blocks:
            yield from block.all()


def parse(text: str) -> Block:
    """The file as nested blocks. Raises ValueError where its braces do not match."""
    stack = [Block("")]
    line: list[str] = []
    for token in _TOKEN.finditer(text):
        said = token["long"] or token["single"] or token["double"]
        if token["open"]:
            block = Block(line[0].partition("(")[0] if line else "", line)
            stack[-1].blocks.append(block)
            stack.append(block)
            line = []
        elif token["close"]:
            stack[-1].words += line
            line = []
            stack.pop()
            if not stack:
                message = "a brace is closed that was never opened"
                raise ValueError(message)
        elif said is not None:
            stack[-1].texts.append(said)
        elif token["word"]:
            line.append(token["word"])
    if len(stack) > 1:
        message = f"the block {stack[-1].word!r} is never closed"
        raise ValueError(message)
    return stack[0]
