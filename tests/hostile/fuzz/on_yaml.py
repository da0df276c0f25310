"""The YAML builder: positions point at what they hold, PyYAML reads the same data, `fmt` keeps it, decoding never falls over."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import yaml
from hypothesis import strategies as st

from generator.decode import decode
from generator.documents import parse
from generator.documents.encodings import read_sound
from generator.documents.stored import from_data, to_data
from generator.edits import NotProvedError, format_file
from hostile.fuzz.laws import hold, take_choice

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.diagnostics import Diagnostic
    from generator.documents import Document, Extent, Loc, Node

KINDS = (
    "content/claims/a.yml", "content/sources/a.yml", "content/sources/a.md", "content/entities/a.yml",
    "content/events/a.yml", "content/topics/a.yml", "content/corrections.yml", "content/settings.yml",
)  # fmt: skip
"""The files that an input can be; its first byte may say which."""

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_LONGEST_FORMATTED = 4_000  # characters; `fmt` reads its text five times


def target(data: bytes) -> None:
    """Read a content file, and hold what was read to its laws."""
    choice, data = take_choice(data, len(KINDS))
    path = KINDS[choice]
    if choice == 0 and data.startswith(b"---"):
        path = KINDS[2]
    document, problems = parse(path, data)
    again, same = parse(path, data)
    hold("the same bytes are read in the same way", (_tell(document), problems) == (_tell(again), same))
    hold("what cannot be read is explained", document is not None or problems)
    _check_places(problems, data)
    if document is None:
        return
    _check_nodes(document.data)
    _, undecoded = decode([document])
    _check_places(undecoded, data)
    if problems or not document.data:
        return
    text = read_sound(data)
    _check_positions(document, text)
    typed = text if not document.has_body else _cut(text)
    hold("PyYAML reads the same", _plain(document.data) == _read_plainly(typed), document.data)
    _check_kept(document, data)
    if len(data) <= _LONGEST_FORMATTED and isinstance(document.data, dict | list):
        sound = not any(one.severity == "error" and one.place.path == path for one in undecoded)
        _check_formatted(path, data, document, sound=sound)


def _tell(document: Document | None) -> object:
    if document is None:
        return None
    return document.data, dict(document.values), dict(document.keys), document.body, document.body_line


def _check_nodes(node: Node) -> None:
    """See that there is nothing but texts, lists and mappings of texts."""
    hold("only plain data", type(node) in (str, list, dict, type(None)), node)
    if isinstance(node, dict):
        hold("names are texts", all(type(name) is str for name in node), node)
        for value in node.values():
            _check_nodes(value)
    elif isinstance(node, list):
        for value in node:
            _check_nodes(value)


def _check_places(problems: tuple[Diagnostic, ...], data: bytes) -> None:
    """See that what is said of a file is said in words, of a place in it."""
    lines = data.count(b"\n") + data.count(b"\r") + 2
    for one in problems:
        place = one.place
        hold("a diagnostic says something", one.message.strip() and one.code, one)
        hold("a diagnostic stands in its file", 0 <= place.line <= lines, one)
        hold("its end is not before it", not place.end_line or (place.end_line, place.end_column) >= (place.line, place.column), one)  # fmt: skip


def _cut(text: str) -> str:
    """Give the YAML of a Markdown file."""
    lines = text.split("\n")
    end = next(number for number, line in enumerate(lines) if number and line.rstrip(" \t") == "---")
    return "\n".join(lines[1:end]) + "\n"


def _read_plainly(text: str) -> object:
    return _plain(yaml.load(text, Loader=_Loader))  # noqa: S506 - this loader makes texts only


def _plain(node: object) -> object:
    """Put an empty text in the place of nothing, as PyYAML's reader of texts does."""
    if isinstance(node, dict):
        return {name: _plain(value) for name, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    return "" if node is None else node


def _walk(node: Node, loc: Loc = ()) -> Iterator[tuple[Loc, Node]]:
    yield loc, node
    for step, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield from _walk(value, (*loc, step))


def _check_positions(document: Document, text: str) -> None:
    """See that each text and each name of a field stands where it is said to stand."""
    lines = text.split("\n")
    found = dict(_walk(document.data))
    hold("each value has a place", set(found) == set(document.values), set(found) ^ set(document.values))
    for loc, node in found.items():
        if isinstance(node, str):
            _check_extent("a text", lines, document.values[loc], node)
        if loc and isinstance(loc[-1], str):
            _check_extent("a name", lines, document.keys[loc], loc[-1])


def _check_extent(what: str, lines: list[str], extent: Extent, said: str) -> None:
    line, column, end_line, end_column = extent
    hold(f"{what} has an end", end_line, extent, said)
    piece = _between(lines, extent)
    hold(f"{what} stands in its file", (line, column) <= (end_line, end_column) and end_line <= len(lines), extent)
    if piece == said:
        return
    if piece[:1] in "|>":  # its indentation is relative to what is around it
        shown = [part.strip() for part in piece.split("\n")[1:] if part.strip()]
        kept = [part.strip() for part in said.split("\n") if part.strip()]
        hold(f"{what} in lines of its own is what stands there", "".join(kept).replace(" ", "") == "".join(shown).replace(" ", ""), piece, said)  # fmt: skip
        return
    hold(f"{what} is what stands there", said in tuple(_read_piece(piece)), piece, said)


def _between(lines: list[str], extent: Extent) -> str:
    line, column, end_line, end_column = extent
    if line == end_line:
        return lines[line - 1][column - 1 : end_column - 1]
    return "\n".join(
        (lines[line - 1][column - 1 :], *lines[line : end_line - 1], lines[end_line - 1][: end_column - 1])
    )


def _read_piece(piece: str) -> Iterator[object]:
    """Read a piece as YAML where it may stand: behind a name, in brackets, at the beginning and within a line."""
    for form in (f"a: {piece}\n", f"[{piece}]", f"{piece}\n", f"  {piece}\n"):
        try:
            found = yaml.load(form, Loader=_Loader)  # noqa: S506 - this loader makes texts only
        except yaml.YAMLError:
            continue
        yield from found.values() if isinstance(found, dict) else found if isinstance(found, list) else (found,)


def _check_kept(document: Document, data: bytes) -> None:
    """See that a document which is kept as data is the same document."""
    kept = to_data(document, data)
    if kept is not None:
        again = from_data(document.path, lambda: data, json.loads(json.dumps(kept)))
        hold("a document that was kept is the same", _tell(again) == _tell(document))


def _check_formatted(path: str, data: bytes, document: Document, *, sound: bool) -> None:
    try:
        new = format_file(path, data)
    except NotProvedError as error:  # a file with errors of form is not given to it
        hold("what is sound can be put in form", not sound, str(error))
        return
    after, problems = parse(path, new)
    whole, _ = parse(
        path, data if data.endswith((b"\n", b"\r")) else data + b"\n"
    )  # a text below `|` ends with its line
    hold("a file in its usual form can be read", after is not None and not problems, new, problems)
    kept = after is not None and whole is not None and after.data == (document if document.has_body else whole).data
    hold("`fmt` keeps the data", kept, new)
    hold("`fmt` keeps the text", after is not None and after.body == document.body, new)
    hold("`fmt` is done the first time", format_file(path, new) == new, new)


# --- structured inputs ---

NAMES = st.sampled_from(
    ("id", "says", "in", "uk", "Ключ", "on", "was", "chain", "seen", "quote", "why", "title", "url")
)
_SCALARS = st.sampled_from(
    ("first day", "no", "12:30", "a, b", "it’s: so", "Обмін 1 000", "𝄞", "x #3", "", '"said"', "— dash", "- a", "two\nlines",
     "2025-05-22", "[x](claim:a)", "null", "0x1F", "~", "*x", "&a b", "!t x", "a: b", "'q'", "\\", "%", "@", "x:", ":x", "{a}", "# c")
)  # fmt: skip
_TREES: st.SearchStrategy[Node] = st.recursive(
    st.none() | _SCALARS | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=16,
)
PIECES = (
    b"- ", b": ", b"\n", b"\n\n", b"  ", b"{", b"}", b"[", b"]", b", ", b"'", b'"', b"|", b">", b"|-\n  ", b">+\n  ", b"# ", b" #",
    b"&a ", b"*a", b"!!str ", b"---\n", b"...\n", b"? ", b"<<: ", b"~", b"\\", b"\t", b"\r\n", b"\r", b"\xef\xbb\xbf", b"\x00", b"%YAML 1.2\n",
    b"id: ", b"says: ", b"seen:\n", b"quote: ", b"chain: [", b"why: |\n", b"\xe2\x80\xa8", b"\xc2\xa0", b"\xff", b'"\\u202a"', b"- id: a\n",
)  # fmt: skip


@st.composite
def _slipped(draw: st.DrawFn) -> bytes:
    """A list of records as a program writes it, with slips."""
    records = draw(st.lists(st.dictionaries(NAMES, _TREES, min_size=1, max_size=4), min_size=1, max_size=3))
    flow = draw(st.sampled_from((None, True, False)))
    text = yaml.safe_dump(records, allow_unicode=True, default_flow_style=flow, sort_keys=False).encode()
    for piece, at in draw(st.lists(st.tuples(st.sampled_from(PIECES), st.integers(0, 4_000)), max_size=4)):
        place = at % (len(text) + 1)
        text = text[:place] + piece + text[place:]
    return text


def strategy() -> st.SearchStrategy[bytes]:
    """Draw content files: sound ones, slipped ones, and heaps of what means something."""
    body = st.one_of(_slipped(), st.lists(st.sampled_from(PIECES), max_size=25).map(b"".join), _front_matter())
    return st.one_of(body, st.builds(lambda kind, text: bytes([kind]) + text, st.integers(0, len(KINDS) - 1), body))


def _front_matter() -> st.SearchStrategy[bytes]:
    ends = st.sampled_from((b"---\n", b"--- \r\n", b"---", b"----\n", b""))
    return st.builds(lambda text, end: b"\x02---\n" + text + end + b"# Text\n", _slipped(), ends)


def seeds() -> Iterator[bytes]:
    """Give real files: those of the sample and of the small site under the case files."""
    from hostile.fuzz.seeds import list_files  # noqa: PLC0415

    folders: Mapping[str, int] = {"sources": 1, "entities": 3, "events": 4, "topics": 5}
    for path in list_files("sample/content", "cases/_site/content"):
        data = path.read_bytes()
        kind = 2 if path.suffix == ".md" else folders.get(path.parent.name, 0)
        yield bytes([kind]) + data[:6_000]


WORDS = (
    *PIECES,
    b"verdict: ",
    b"published: ",
    b"stored: ",
    b"speaks_for: ",
    b"- {in: a, quote: b}",
    b'"\\x41"',
    b"'it''s'",
)
MAX_LEN = 2_048
INSIDE = ("generator.documents", "generator.edits", "generator.decode")
