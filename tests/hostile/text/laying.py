"""A site in whose every text field each hostile text stands: files, and which text stands on which of their lines."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from generator.records import FOLDERS
from hostile.text import recipes
from hostile.text.leaves import list_leaves

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

STORED = "source.body"
"""The stored text of a source, which is no field of the model but the file below it."""

FORMED = frozenset(
    {
        *("source.genre", "claim.kind", "claim.verdict", "claim.log[].verdict", "claim.evidence[].stance"),
        *("claim.evidence[].basis", "event.evidence[].stance", "event.evidence[].basis", "event.phase"),
        *("correction.records[]", "claim.computed[]"),
        *("settings.languages[]", "settings.time_zone", "settings.contact", "settings.text_dir"),
    }
)
"""Text fields that take words of the vocabulary, ids, sums, names of zones or folders only: there a hostile text is refused."""

_SAME = {"event.as_stated": "event.evidence[].quote"}  # it has to stand in a quotation


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """One field of one record (or of the records of one number that belong together)."""

    leaf: str
    number: int


@dataclass(slots=True)
class Laid:
    """What was written.

    Attributes:
        texts: the hostile texts.
        lines: which spot a line of a file belongs to, by path and line.
        refused: the spots that the rules have refused, with the code of the rule; they hold harmless words now.
    """

    texts: Sequence[str]
    lines: dict[tuple[str, int], Spot] = field(default_factory=dict)
    refused: dict[Spot, str] = field(default_factory=dict)

    def text_at(self, spot: Spot) -> str:
        """Give the hostile text of a spot, by rotation: each text comes once to each field."""
        leaf = _SAME.get(spot.leaf, spot.leaf)
        stride = max(1, len(self.texts) // len(ORDER))
        return self.texts[(spot.number + stride * ORDER[leaf]) % len(self.texts)]

    def is_refused(self, spot: Spot) -> bool:
        """Tell whether a rule has refused the text of a spot."""
        return Spot(_SAME.get(spot.leaf, spot.leaf), spot.number) in self.refused

    def words_at(self, spot: Spot) -> str:
        """Give what stands at a spot: the hostile text, or harmless words where it was refused."""
        return f"Harmless words {_spell(spot.number)}" if spot in self.refused else self.text_at(spot)

    def words_of(self, number: int) -> Callable[[str], str]:
        """Give what gives the words of a record, field by field."""
        return lambda leaf: self.words_at(Spot(leaf, number))

    def spots(self) -> Iterator[Spot]:
        """List every spot: of the records, and of the settings and words of the site."""
        yield from (Spot(leaf, number) for leaf in ATTACKED for number in range(len(self.texts)))
        yield from sorted({spot for spot in self.lines.values() if spot.leaf in OF_SITE})

    def codes(self) -> Counter[str]:
        """Count the refusals by the code of the rule."""
        return Counter(self.refused.values())


ATTACKED = (
    *(
        leaf
        for leaf, form in list_leaves().items()
        if form == "text" and leaf not in FORMED and leaf.split(".")[0] not in {"settings", "vocabulary"}
    ),
    STORED,
)
"""The fields of records, pages and corrections that take any text."""
OF_SITE = tuple(
    leaf
    for leaf, form in list_leaves().items()
    if form == "text" and leaf not in FORMED and leaf.split(".")[0] in {"settings", "vocabulary"}
)
"""The fields of settings and vocabulary that take any text."""
ORDER = {leaf: number for number, leaf in enumerate((*ATTACKED, *OF_SITE))}


def _spell(number: int) -> str:
    """Write a number in letters, so that it is no figure that would have to be cited."""
    return "".join("abcdefghij"[int(digit)] for digit in str(number))


def lay_out(content: Path, laid: Laid, only: frozenset[int] | None = None) -> None:
    """Write the records of all numbers (or of some again) below `content/`."""
    lay_out_site(content, laid)
    if only is None:
        for path, records in recipes.base_records().items():
            _keep(content / path, _Lines("").put(records).lines)
    for number in range(len(laid.texts)):
        if only is None or number in only:
            _lay_one(content, laid, number)
    corrections = [recipes.correction(laid.words_of(number), number) for number in range(len(laid.texts))]
    _note(content, laid, "corrections.yml", _Lines("correction").put(corrections), None)


def lay_out_site(content: Path, laid: Laid) -> None:
    """Put hostile texts into the settings and the words of the site that lies there."""
    for kind in ("settings", "vocabulary"):
        path = content / f"{kind}.yml"
        lines = _Lines(kind).put(_replace(kind, yaml.safe_load(path.read_text("utf-8")), laid, {}))
        _keep(path, lines.lines)
        found: dict[str, int] = {}
        for line, leaf, _ in lines.leaves:
            if leaf in OF_SITE:
                found[leaf] = found.get(leaf, -1) + 1
                laid.lines[f"content/{kind}.yml", line] = Spot(leaf, found[leaf])


def _replace(kind: str, value: Any, laid: Laid, found: dict[str, int], path: tuple[str | int, ...] = ()) -> Any:
    leaf = _name_leaf(kind, path)
    if isinstance(value, dict):
        return {key: _replace(kind, one, laid, found, (*path, key)) for key, one in value.items()}
    if leaf not in OF_SITE:
        return str(value)
    found[leaf] = found.get(leaf, -1) + 1
    return laid.words_at(Spot(leaf, found[leaf]))


def _lay_one(content: Path, laid: Laid, number: int) -> None:
    words = laid.words_of(number)
    for kind, make in (
        ("entity", recipes.entity),
        ("claim", recipes.claim),
        ("event", recipes.event),
        ("topic", recipes.topic),
    ):
        _note(content, laid, f"{FOLDERS[kind]}/x-{number}.yml", _Lines(kind).put(make(words, number)), number)
    cut = ((f"x-{number}-cut", recipes.make_cut),) if recipes.has_cut(number) else ()
    for name, recipe in ((f"x-{number}", recipes.source), *cut):
        _note(content, laid, f"sources/{name}.md", _Lines("source").front(*recipe(words, number)), number)
    head, body = recipes.page(words, number), (("page.body", words("page.body")),)
    _note(content, laid, f"pages/x-{number}.md", _Lines("page").front(head, body), number)


def _note(content: Path, laid: Laid, path: str, lines: _Lines, number: int | None) -> None:
    """Write a file, and note whose its lines are."""
    _keep(content / path, lines.lines)
    for line, leaf, item in lines.leaves:
        laid.lines[f"content/{path}", line] = Spot(leaf, item if number is None else number)


def _keep(path: Path, lines: Sequence[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(("\n".join(lines) + "\n").encode())


class _Lines:
    """Writes a value as YAML, one scalar a line, and notes which line is of which field."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.lines: list[str] = []
        self.leaves: list[tuple[int, str, int]] = []

    def put(self, value: Any, path: tuple[str | int, ...] = (), before: str = "", behind: str = "") -> _Lines:
        """Write a value; `path` leads to it."""
        if isinstance(value, str):
            self.lines.append(f"{before}{quote(value)}{behind}")
            item = path[0] if path and isinstance(path[0], int) else 0
            leaf = value.leaf if isinstance(value, recipes.Shared) else _name_leaf(self.kind, path)
            self.leaves.append((len(self.lines), leaf, item))
            return self
        pairs = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        self.lines.append(f"{before}{opening}")
        for key, one in pairs:
            name = f"{quote(key)}: " if isinstance(key, str) else ""
            self.put(one, (*path, key), name, "," * (key != pairs[-1][0]))
        self.lines.append(f"{closing}{behind}")
        return self

    def front(self, fields: dict[str, Any], pieces: Sequence[tuple[str, str]]) -> _Lines:
        """Write fields as front matter, and pieces of text below."""
        self.lines.append("---")
        self.put(fields)
        self.lines.append("---")
        for leaf, text in pieces:
            first = len(self.lines) + 1
            self.lines += [*text.split("\n"), ""]
            self.leaves += [(line, leaf, 0) for line in range(first, len(self.lines) + 1)]
        return self


def _name_leaf(kind: str, path: tuple[str | int, ...]) -> str:
    """Name the field of a model to which a path through typed data leads."""
    name = kind
    for position, step in enumerate(path):
        if isinstance(step, int):
            name += "" if kind == "correction" and not position else "[]"
        elif position and (
            path[position - 1] in {"names", "translated_title"} or (kind == "vocabulary" and position == 1)
        ):
            name += "{}"
        else:
            name += f".{step}"
    return name.replace("chain[].", "chain.hops[].").replace("chains[][].", "chains[].hops[].")


def quote(text: str) -> str:
    """Write a text between YAML's double quotation marks, with an escape for whatever is not plain to see."""
    return '"' + "".join(map(_write_character, text)) + '"'


def _write_character(one: str) -> str:
    if one in '"\\':
        return f"\\{one}"
    if one.isprintable():
        return one
    return (
        f"\\x{ord(one):02x}"
        if ord(one) < 0x100
        else f"\\u{ord(one):04x}"
        if ord(one) < 0x10000
        else f"\\U{ord(one):08x}"
    )
