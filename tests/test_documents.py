"""The quick reader of YAML, places kept as indexes and documents kept as data all agree with the strict builder."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_cases import SITE
from test_records import PIECES, YAMLISH

from generator.documents import Document, parse, parse_text, write_scalar
from generator.documents.positions import Keys, Positions, Values
from generator.documents.sound import read_sound
from generator.documents.stored import from_data, to_data
from generator.documents.strict_yaml import build

if TYPE_CHECKING:
    from generator.documents import Node
    from generator.documents.stored import Stored

WORDS = st.sampled_from(
    (
        "first day",
        "no",
        "12:30",
        "a, b",
        "it’s: so",
        "Обмін 1 000",
        "𝄞",
        "x #3",
        "",
        '"said"',
        "— dash",
        "- a",
        "two\nlines",
    )
)
NAMES = st.sampled_from(("id", "says", "in", "uk", "Ключ", "on", "was", "chain"))


def _write(node: Node, indent: int, style: int) -> str:
    """Write nodes as an editor might: in lines, or in brackets where `style` says so."""
    blank = " " * indent
    if isinstance(node, str) and style % 5 == 1 and node.strip() and "\n" not in node and node[0] not in " #":
        return f" |\n{blank}{node}\n{blank}more\n"
    if isinstance(node, str):
        return f" {write_scalar(node, flow=style % 3 == 0)}\n"
    if node is None:
        return "\n"
    if style % 3 == 0:
        return f" {_flow(node)}\n"
    if isinstance(node, list):
        return "\n" + "".join(f"{blank}-{_write(item, indent + 2, style + 1)}" for item in node) if node else " []\n"
    fields = "".join(f"{blank}{name}:{_write(value, indent + 2, style + 1)}" for name, value in node.items())
    return f"\n{fields}" if node else " {}\n"


def _flow(node: Node) -> str:
    if isinstance(node, list):
        return f"[{', '.join(map(_flow, node))}]"
    if isinstance(node, dict):
        return "{" + ", ".join(f"{name}: {_flow(value)}" for name, value in node.items()) + "}"
    return write_scalar(node or "~", flow=True)


NODES = st.recursive(
    st.none() | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=25,
)
TYPED = st.builds(
    lambda records, style: "".join(f"-{_write(record, 2, style)}" for record in records),
    st.lists(st.dictionaries(NAMES, NODES, min_size=1, max_size=4), min_size=1, max_size=3),
    st.integers(0, 14),
)
SLIPPED = st.builds(
    lambda text, piece, at: text[: at % (len(text) + 1)] + piece + text[at % (len(text) + 1) :],
    TYPED,
    st.sampled_from(PIECES),
    st.integers(0, 10_000),
)
PATH = "content/claims/a.yml"
PARTS = ("data", "body", "body_line", "has_body", "path")


def _assert_same(one: Document, other: Document) -> None:
    """Compare everything that a document can be asked."""
    assert [getattr(one, part) for part in PARTS] == [getattr(other, part) for part in PARTS]
    assert dict(one.values) == dict(other.values)
    assert dict(one.keys) == dict(other.keys)
    assert (len(one.values), len(one.keys)) == (len(other.values), len(other.keys))
    for loc in (*other.values, ("none",), (99,), (0, "none"), (0, -1), (0, "id", 0)):
        for key in (False, True):
            assert one.place(loc, key=key) == other.place(loc, key=key)
        assert one.rewrite(loc, "a, b") == other.rewrite(loc, "a, b")
        assert one.is_flow(loc) == other.is_flow(loc)
        assert (loc in one.values, loc in one.keys) == (loc in other.values, loc in other.keys)


@settings(max_examples=400)
@given(TYPED | SLIPPED | YAMLISH)
@example("a: {b: c, d}")
@example("a: bridge b #3")
@example("a:\n  • b")
@example('a: "\\u202a"')
@example("a: &x b")
@example("a: 1\na: 2")
@example("a: b\n---\nc: d")
@example("[" * 17 + "]" * 17)
@example("a: " + "x" * 20_001)
@example("\u00a0a: b")
def test_what_the_quick_reader_reads_is_what_the_strict_builder_reads_without_complaint(text: str) -> None:
    sound = read_sound(text) if "\r" not in text and not set(text) & set("\ufeff\x85\x00") else None
    node, values, keys, problems = build(PATH, text)
    if sound is not None:
        assert problems == ()
        _assert_same(Document(PATH, sound.nodes, Values(sound), Keys(sound)), Document(PATH, node, values, keys))


@pytest.mark.parametrize(
    "text",
    [
        "- id: a\n  says: It is so.\n  seen: [{in: b, chain: [c, d]}]\n- id: b\n  why: |\n    Long.\n",
        "a: {b: 'c', d: \"e\"}\n# A comment: see also.\nf:\n",
        "a:\n  - b\n  -\n    c: d",
    ],
)
def test_ordinary_yaml_is_read_by_the_quick_reader(text: str) -> None:
    assert read_sound(text) is not None


@given(TYPED)
def test_places_known_as_lines_and_columns_are_kept_as_they_are(text: str) -> None:
    node, values, keys, problems = build(PATH, text, first_line=7)
    if not problems and isinstance(node, dict | list):
        kept = Positions.of(node, (values, keys), text, 7)
        _assert_same(Document(PATH, node, Values(kept), Keys(kept)), Document(PATH, node, values, keys))


def _again(document: Document, file: bytes) -> Document | None:
    """Keep a document as JSON and make it again from that."""
    kept = to_data(document, file)
    if kept is None:
        return None
    data: Stored = json.loads(json.dumps(kept, ensure_ascii=False))
    return from_data(document.path, lambda: file, data)


@settings(max_examples=200)
@given(TYPED | SLIPPED, st.sampled_from(("", "# Text\r\n\r\nИ ещё.\n")), st.booleans())
@example("id: a\n", "Body", True)  # noqa: FBT003 - hypothesis takes examples in order
@example("", "Body", False)  # noqa: FBT003
def test_a_document_kept_as_data_is_the_same_document(text: str, body: str, begins_with_mark: bool) -> None:  # noqa: FBT001
    file = f"---\n{text}---\n{body}".encode()
    file = b"\xef\xbb\xbf" + file if begins_with_mark else file
    for path, data in (("content/sources/a.md", file), (PATH, text.encode())):
        document, problems = parse(path, data)
        again = _again(document, data) if document is not None and not problems else None
        if document is not None and again is not None:
            _assert_same(again, document)


def test_every_file_of_the_sample_can_be_kept_as_data() -> None:
    kept = 0
    for path in (*(SITE / "content").rglob("*.yml"), *(SITE / "content").rglob("*.md")):
        file = path.read_bytes()
        document, problems = parse(path.name, file)
        assert document is not None
        assert problems == ()
        again = _again(document, file)
        assert again is not None
        _assert_same(again, document)
        kept += 1
    assert kept > 5


def test_a_text_without_fields_is_kept_by_where_it_stands() -> None:
    document, _ = parse_text("texts/a.txt", b"One.\r\nTwo.")
    assert document is not None
    kept = to_data(document, b"One.\r\nTwo.")
    assert kept is not None
    assert "Two" not in json.dumps(kept)
    _assert_same(from_data("texts/a.txt", lambda: b"One.\r\nTwo.", kept), document)


def test_a_body_is_read_when_it_is_asked_for() -> None:
    file = b"---\nid: a\n---\nBody"
    document, _ = parse("content/sources/a.md", file)
    assert document is not None
    kept = to_data(document, file)
    assert kept is not None
    asked = []

    def read() -> bytes:
        asked.append("a")
        return file

    again = from_data("content/sources/a.md", read, kept)
    assert again.has_body
    assert again.place(("id",)).line == 2
    assert asked == []
    assert again.body == "Body"
    assert asked == ["a"]


def test_a_document_with_something_wrong_is_not_kept() -> None:
    document, problems = parse(PATH, b"a: 1\na: 2\n")
    assert document is not None
    assert problems
    assert to_data(document, b"a: 1\na: 2\n") is None


@pytest.mark.parametrize("marks", ["", "Q", "H!", "IAA", "HAAA"])
def test_damaged_numbers_are_refused(marks: str) -> None:
    kept = {"nodes": ["a"], "marks": marks, "begins": "HAAA=", "first_line": 1, "body": None}
    with pytest.raises(ValueError, match=r".+"):
        from_data(PATH, lambda: b"", kept)  # type: ignore[arg-type]
