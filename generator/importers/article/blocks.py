"""The blocks of an article, and the Markdown of which a reader sees exactly them: what was written is read again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from generator.dialect import read_text
from generator.documents.nodes import CONTROL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

DEEPEST = 6
"""So deep quotations and lists stand in each other; what is deeper stands in the deepest of these."""

_BLANKS = re.compile("[ \t\r\f]+")
_MARK = re.compile(r"[\\`*_\[\]]|<(?=\S)|&(?=[#\w])|^[#>+\-=~]|^(?P<number>\d{1,9})(?=[.)])")
_LAST_HASH = re.compile(r"(?<!\\)((?:\\\\)*+)#\Z")  # it would be read as the end of the marks of a heading
_EVERY_MARK = re.compile(r"[!-/:-@\[-`{-~]")


@dataclass(frozen=True, slots=True)
class Container:
    """A block quote, or an item of a list.

    Attributes:
        kind: which of them.
        number: tells it apart.
        marker: what stands before its first line: `>`, `-`, `3.`.
    """

    kind: Literal["quote", "item"]
    number: int
    marker: str

    @property
    def further(self) -> str:
        """What stands before its further lines."""
        return "> " if self.kind == "quote" else " " * (len(self.marker) + 1)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a heading.

    Attributes:
        text: its words; a line end stands where the article has one.
        level: 1 to 6 for a heading, else 0.
        containers: the quotations and items in which it stands, from outside in.
        regions: the parts of the page in which it stands, such as `article`.
        links: addresses of links to other sites in it.
        is_source: whether it is a source as Wikinews lists them.
    """

    text: str
    level: int = 0
    containers: tuple[Container, ...] = ()
    regions: frozenset[str] = frozenset()
    links: tuple[str, ...] = ()
    is_source: bool = False


def clean_text(text: str) -> tuple[str, int]:
    """Leave out the invisible control characters that no content holds, and say how many; those that part words are blanks."""
    if text.isprintable():
        return text, 0
    dropped = sum(not one.isspace() for one in CONTROL.findall(text))
    return CONTROL.sub(lambda found: " " if found[0].isspace() else "", text), dropped


def part_lines(text: str) -> list[list[str]]:
    """Part a text into paragraphs of lines: an empty line ends a paragraph, and other white space is one blank."""
    found: list[list[str]] = [[]]
    for line in text.split("\n"):
        plain = _BLANKS.sub(" ", line).strip()
        if plain:
            found[-1].append(plain)
        elif found[-1]:
            found.append([])
    return [lines for lines in found if lines]


def count_words(text: str) -> int:
    """Count the words of a text."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


def write_blocks(blocks: Sequence[Block]) -> tuple[str, str]:
    """Write blocks as Markdown.

    Returns:
        The Markdown, and why it cannot be stored, as the end of a sentence that begins with what it is about: a reader of the
        Markdown would not see exactly the text of the blocks. One of them is empty.
    """
    wanted = "\n\n".join(block.text for block in blocks)
    problem = ""
    for escape in (_escape, _escape_everything):
        markdown = _write(blocks, escape)
        read = read_text(markdown)
        if not read.problem and read.text == wanted:
            return markdown, ""
        problem = problem or read.problem or "cannot be written as Markdown of which a reader sees exactly its words"
    return "", problem


def _escape(line: str) -> str:
    return _MARK.sub(lambda found: f"{found[0]}\\" if found["number"] else f"\\{found[0]}", line)


def _escape_everything(line: str) -> str:
    return _EVERY_MARK.sub(r"\\\g<0>", line)


def _write(blocks: Iterable[Block], escape: Callable[[str], str]) -> str:
    lines: list[str] = []
    opened: tuple[Container, ...] = ()
    for block in blocks:
        shared = 0
        while shared < min(len(opened), len(block.containers)) and opened[shared] == block.containers[shared]:
            shared += 1
        outer = "".join(one.further for one in block.containers[:shared])
        if lines:
            lines.append(outer.rstrip())
        first = outer + "".join(f"{one.marker} " for one in block.containers[shared:])
        further = "".join(one.further for one in block.containers)
        if block.level:
            typed = _LAST_HASH.sub(r"\1\\#", escape(block.text))
            lines.append(f"{first}{'#' * block.level} {typed}")
        else:
            typed = "\\\n".join(map(escape, block.text.split("\n")))
            lines += (f"{further if number else first}{line}" for number, line in enumerate(typed.split("\n")))
        opened = block.containers
    return "\n".join(lines) + "\n" if lines else ""
