"""`factsheet fmt`: the form changes, what is said stays (examples in `tests/edits/fmt.md`)."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from click.testing import CliRunner
from conftest import ROOT, SAMPLE
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import main
from generator.documents import parse, write_scalar
from generator.edits import format_file
from generator.edits.formatting import NotProvedError, _prove, cut
from generator.edits.order import _OWN, fields_in_order
from generator.edits.surgery import Edit, OverlapError, apply, read_typed
from generator.records import KINDS, Claim, Entity, Evidence, Hop, LogEntry, Seen, Source
from generator.records.fields import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic import BaseModel

_EXAMPLES = re.compile(
    r"^## (?P<title>.+)\n\n(?:(?!```).+\n\n)?```yaml (?P<path>.+)\n(?P<before>(?:.*\n)*?)```\n\n```yaml\n(?P<after>(?:.*\n)*?)```$",
    re.MULTILINE,
)
EXAMPLES = tuple(_EXAMPLES.finditer((Path(__file__).parent / "edits/fmt.md").read_text("utf-8")))


def read(text: str) -> Any:
    return yaml.load(text, yaml.CBaseLoader)  # noqa: S506 - it makes texts, lists and mappings


# --- examples ---


@pytest.mark.parametrize("one", EXAMPLES, ids=[one["title"] for one in EXAMPLES])
def test_a_file_is_put_in_the_form_shown(one: re.Match[str]) -> None:
    before, after = (one[name].replace("·", " ") for name in ("before", "after"))
    assert format_file(one["path"], before.encode()).decode() == after
    assert format_file(one["path"], after.encode()).decode() == after


def test_every_example_is_read() -> None:
    text = (Path(__file__).parent / "edits/fmt.md").read_text("utf-8")
    assert len(EXAMPLES) == len(re.findall("^## ", text, re.MULTILINE)) > 10


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_and_byte_order_mark_stay(end: str) -> None:
    before = "\ufefftype: person\nname: 'Anna'   \nid: anna\n\n\n".replace("\n", end)
    after = "\ufeffid: anna\ntype: person\nname: Anna\n".replace("\n", end)
    assert format_file("content/entities/anna.yml", before.encode()).decode() == after


def test_mixed_line_ends_become_those_of_most_lines() -> None:
    before = b"id: anna\r\ntype: person\nname: Anna\r\n"
    assert format_file("content/entities/anna.yml", before) == b"id: anna\r\ntype: person\r\nname: Anna\r\n"


def test_a_stored_text_stays_byte_for_byte() -> None:
    body = "---\r\n\r\nOne  \nline ends\rof its own.\t\n\n\n# not a comment\n---\n  \n"
    before = f"---\nlanguage: en\noutlet: 'bote'\n{body}".encode()
    after = f"---\noutlet: bote\nlanguage: en\n{body}".encode()
    assert format_file("content/sources/bote.md", before) == after


def test_front_matter_is_cut_where_the_build_cuts_it() -> None:
    for ending in ("---\nText\n", "---", "--- \n", "---\n---\n"):
        parts = cut("content/sources/x.md", read_typed(f"---\na: b\n{ending}".encode()))
        assert (parts.yaml, parts.after) == ("a: b\n", ending)


# --- laws ---


WORDS = st.sampled_from(
    [
        *(
            "own",
            "no",
            "2025-05-22",
            "12:30",
            "1e3",
            "0x1f",
            "~",
            "null",
            "-1",
            ".5",
            "Anna",
            "Львів: 5",
            "a # b",
            "#a",
        ),
        *(
            "a, b",
            "[x]",
            "{y}",
            "- z",
            "it’s",
            "it's",
            'say "no"',
            "both ' and \"",
            "a: b",
            "x:",
            "back\\slash",
            "*",
            "&a",
        ),
        *(
            "",
            " lead",
            "trail ",
            "a  b",
            "é e\u0301",
            "🙂",
            "\u00a0",
            "…",
            "key:value",
            "?",
            "? a",
            "- ",
            "---",
            "...",
            "@a",
            "`b`",
        ),
        *("%", "!t", "|", ">", "a\tb", "two\nlines", "tail\n", "=", "<<", "a,b", "a]b", "a:", ":a", "http://a.b/c#d"),
    ]
) | st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cf", "Cn")), max_size=12)

FIELDS: dict[type[BaseModel], dict[str, object]] = {
    Claim: {
        **dict.fromkeys(("says", "kind", "when", "verdict", "why", "review_by"), str),
        **{name: [str] for name in ("topics", "about", "unknown", "was")},
        "seen": [Seen], "evidence": [Evidence], "log": [LogEntry], "checked": {"on": str, "by": [str]},
    },
    Source: {
        **dict.fromkeys(("title", "outlet", "published", "written", "url", "genre", "summary"), str),
        "authors": [str], "translated_title": {"uk": str, "aa": str, "ru": str},
    },
    Seen: {**dict.fromkeys(("in", "quote", "prefix"), str), "chain": [Hop], "chains": [[Hop]]},
    Evidence: {**dict.fromkeys(("in", "stance", "basis", "finding", "discount"), str), "chain": [Hop]},
    LogEntry: {"on": str, "verdict": str, "note": str, "was": {"says": str, "why": str}},
    Hop: dict.fromkeys(("who", "unnamed", "on", "source"), str),
}  # fmt: skip


class Pen:
    """Types values in every way that YAML allows, with comments in odd places."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.comments: list[str] = []

    def chance(self, *, of: int = 4) -> bool:
        """Say yes once in so many times."""
        return self.draw(st.integers(0, of - 1)) == of - 1

    def comment(self, what: str) -> str:
        """Make a comment that is told from all others."""
        self.comments.append(f"# {what} {len(self.comments)}|")
        return self.comments[-1]

    def pick(self, shape: object) -> list[str]:
        """Choose fields of a mapping, in any order."""
        names = list(shape if isinstance(shape, dict) else FIELDS[shape])  # type: ignore[index]
        return self.draw(st.lists(st.sampled_from(names), min_size=1, unique=True, max_size=5))

    def scalar(self, *, flow: bool) -> str:
        """Type a text in one of the ways of YAML."""
        text = self.draw(WORDS)
        forms = [write_scalar(text, flow=flow)]
        if "\n" not in text and text == text.strip(" \t"):
            forms.append("'" + text.replace("'", "''") + "'")
        if not set(text) & {"\n", "\t"}:
            forms.append('"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"')
        forms.append(
            '"' + text.encode("unicode_escape").decode().replace('"', '\\"') + '"' if text.isascii() else forms[0]
        )
        return self.draw(st.sampled_from(forms))

    def flow(self, shape: object, *, depth: int = 0) -> str:
        """Type a value in brackets."""
        gap = self.draw(st.sampled_from(["", "", " "]))
        if shape is str:
            return self.scalar(flow=True)
        if isinstance(shape, list):
            items = [self.flow(shape[0], depth=depth + 1) for _ in range(self.draw(st.integers(0, 3)))]
            return f"[{gap}{', '.join(items)}{gap}]"
        shapes = shape if isinstance(shape, dict) else FIELDS[shape]  # type: ignore[index]
        pairs = []
        for name in self.pick(shape):
            key = f'"{name}"' if self.chance(of=8) else name
            pairs.append(f"{key}: {self.flow(shapes[name], depth=depth + 1)}")
        return f"{{{gap}{', '.join(pairs)}{gap}}}"

    def blank(self) -> Iterator[str]:
        """Perhaps type a blank line."""
        if self.chance(of=6):
            yield self.draw(st.sampled_from(["", "   ", "\t"]))

    def above(self, name: str, indent: int) -> Iterator[str]:
        """Perhaps type a comment above something."""
        yield from self.blank()
        if self.chance():
            yield " " * indent + self.comment(f"above {name}")
        yield from self.blank()

    def end(self, what: str) -> str:
        """Perhaps type a comment behind something."""
        return f"  {self.comment(what)}" if self.chance(of=6) else self.draw(st.sampled_from(["", "", " ", "  "]))

    def value(self, name: str, shape: object, indent: int) -> Iterator[str]:
        """Give what stands behind the colon, and the lines below it."""
        behind = f"behind {name}"
        if shape is str and self.chance():
            inner = " " * (indent + self.draw(st.integers(1, 3)))
            sign = self.draw(st.sampled_from(["|", ">", "|-", ">-", "|+", ">+"]))
            yield f" {sign}" + (f" {self.comment(behind)}" if self.chance() else "")
            yield from (
                f"{inner}# no comment {line}  " if line else "" for line in (1, *([0, 2] if self.chance() else []))
            )
        elif shape is str and self.chance(of=5):
            yield " one" + self.draw(st.sampled_from(["", "  "]))
            yield " " * (indent + 2) + "two: three"[: 3 if self.chance() else 5].rstrip(":") + self.end(behind)
        elif shape is str and self.chance(of=8):
            yield self.end(behind)  # a field left blank
        elif shape is str or self.chance(of=3):
            yield f" {self.flow(shape)}{self.end(behind)}"
        elif isinstance(shape, list):
            yield self.end(behind)
            yield from self.sequence(shape[0], indent + self.draw(st.sampled_from([0, 2, 4])))
        else:
            yield self.end(behind)
            yield from self.mapping(shape, " " * (indent + 2), indent + 2)

    def mapping(self, shape: object, prefix: str, indent: int) -> Iterator[str]:
        """Type a mapping line by line; its first line begins with `prefix`."""
        shapes = shape if isinstance(shape, dict) else FIELDS[shape]  # type: ignore[index]
        for position, name in enumerate(self.pick(shape)):
            if position:
                yield from self.above(name, indent)
            lines = list(self.value(name, shapes[name], indent))
            yield (" " * indent if position else prefix) + f"{name}:{lines[0]}"
            yield from lines[1:]

    def sequence(self, shape: object, indent: int) -> Iterator[str]:
        """Type a list line by line."""
        for _ in range(self.draw(st.integers(1, 3))):
            yield from self.above("-", indent)
            dash = " " * indent + "-"
            if shape is str or self.chance(of=5):
                yield f"{dash} {self.flow(shape)}{self.end('behind -')}"
            elif isinstance(shape, list):
                yield from self.nested(shape, dash, indent)
            elif self.chance(of=6):
                yield dash + self.end("behind -")
                yield from self.mapping(shape, " " * (indent + 4), indent + 4)
            else:
                yield from self.mapping(shape, f"{dash} ", indent + 2)

    def nested(self, shape: list[object], dash: str, indent: int) -> Iterator[str]:
        """Type a list in a list, its first hyphen behind another one or below it."""
        first, *rest = self.sequence(shape[0], indent + 2)
        if first.lstrip().startswith("-"):
            yield dash + first[indent + 1 :]
        else:
            yield from (dash, first)
        yield from rest


@st.composite
def typed_files(draw: st.DrawFn) -> tuple[str, str, list[str]]:
    """Draw a path, a file and its comments."""
    pen = Pen(draw)
    kind, shape = draw(st.sampled_from([("claims", Claim), ("sources", Source)]))
    lines = [pen.comment("head")] if pen.chance() else []
    if draw(st.booleans()):
        lines += pen.sequence(shape, draw(st.sampled_from([0, 2])))
    else:
        lines += pen.mapping(shape, "", 0)
    end = draw(st.sampled_from(["\n", "\r\n"]))
    return f"content/{kind}/x.yml", end.join((*lines, "")), pen.comments


def in_order(node: Any, shape: object) -> bool:
    """Whether the fields of each part stand in the order of its model."""
    if isinstance(node, list):
        inner = shape[0] if isinstance(shape, list) else shape
        return all(in_order(item, inner) for item in node)
    if not isinstance(node, dict) or shape is str:
        return True
    shapes = shape if isinstance(shape, dict) else FIELDS[shape]  # type: ignore[index]
    order = list(fields_in_order(shape)) if isinstance(shape, type) else None
    return (order is None or sorted(node, key=order.index) == list(node)) and all(
        in_order(node[name], shapes[name]) for name in node
    )


def sound(text: str) -> bool:
    """Whether the strict builder takes the text: some words that are drawn make no YAML, or a comment that cuts prose."""
    return not parse("content/claims/x.yml", text.encode())[1]


@given(typed_files())
def test_the_form_changes_and_what_is_said_stays(file: tuple[str, str, list[str]]) -> None:
    path, before, comments = file
    if not sound(before):
        return
    after = format_file(path, before.encode()).decode()
    said = read(before.replace("\r\n", "\n"))
    assert read(after) == said, "the same data"
    assert Counter(re.findall(r"# [a-z]+ [\w-]* ?\d+\|", after)) == Counter(comments), "the same comments"
    assert format_file(path, after.encode()).decode() == after, "once is enough"
    assert "\r\n" not in before or "\n" not in after.replace("\r\n", ""), "the same line ends"


@given(typed_files())
def test_fields_stand_in_order_and_comments_with_what_they_are_about(file: tuple[str, str, list[str]]) -> None:
    path, before, _ = file
    if not sound(before):
        return
    after = format_file(path, before.encode()).decode().replace("\r\n", "\n")
    shape = Claim if "claims" in path else Source
    assert in_order(read(after), shape)
    lines = after.split("\n")
    for number, line in enumerate(lines):
        above = re.fullmatch(r" *# above ([\w-]+) \d+\|", line)
        behind = re.fullmatch(r"(?P<typed>.*\S) *# behind (?P<name>[\w-]+) \d+\|", line)
        if above:
            next_line = next(
                row for row in lines[number + 1 :] if row.strip() and not row.lstrip().startswith("# above")
            )
            assert re.match(rf"[ -]*\"?{above[1]}", next_line), f"{line!r} stands above {next_line!r}"
        if behind and not re.match(r" *(?:two|tw)", behind["typed"]):
            assert re.match(rf"[ -]*\"?{behind['name']}", behind["typed"])


def test_the_records_of_this_project_are_in_order_afterwards() -> None:
    orders: Sequence[tuple[str, type[BaseModel]]] = [("claims", Claim), ("sources", Source)]
    for folder, shape in orders:
        for path in sorted((ROOT / "content" / folder).rglob("*.yml")):
            after = format_file(f"content/{folder}/{path.name}", path.read_bytes())
            for record in read(after.decode()):
                order = fields_in_order(shape)
                assert sorted(record, key=order.index) == list(record)


@pytest.mark.parametrize("model", [*_OWN, *KINDS.values(), Hop, Seen])
def test_the_order_names_every_field_once(model: type[BaseModel]) -> None:
    assert sorted(fields_in_order(model)) == sorted(fields_of(model))


# --- the surgery itself ---


def test_edits_are_made_at_once() -> None:
    assert apply("one two", [Edit(4, 7, "2"), Edit(0, 0, "- "), Edit(3, 3, ",")]) == "- one, 2"


@pytest.mark.parametrize("edits", [[Edit(0, 3, "a"), Edit(2, 4, "b")], [Edit(6, 9, "a")], [Edit(3, 2, "a")]])
def test_edits_that_make_no_sense_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(OverlapError):
        apply("one two", edits)


@given(st.text(max_size=30), st.lists(st.integers(0, 30), max_size=6), st.text(max_size=3))
def test_nothing_outside_the_edits_changes(text: str, cuts: list[int], new: str) -> None:
    at = sorted({min(cut, len(text)) for cut in cuts})
    edits = [Edit(start, end, new) for start, end in zip(at[::2], at[1::2], strict=False)]
    expected, last = "", 0
    for edit in edits:
        expected += text[last : edit.start] + new
        last = edit.end
    assert apply(text, reversed(edits)) == expected + text[last:]


TEXT_LINES = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\ufeff")), max_size=8)


@given(TEXT_LINES, st.sampled_from(["\r\n", "\r", "\n"]))
def test_lines_begin_where_they_begin(lines: list[str], end: str) -> None:
    typed = read_typed(end.join(lines).encode())
    for number, line in enumerate(lines, 1):
        begin = typed.offset(number, 1)
        assert typed.text[begin : begin + len(line)] == line
        assert typed.text[:begin].count(end) == number - 1


BROKEN = {
    # what a bug of ours could have made of it -> what is said
    "- id: a # b\n  name: c\n": "a comment would be lost or changed",
    "- id: a # b # c\n  name: d\n": "the new form does not say the same",
    "- name: c\n  id: a # b # c\n": "the new form would change again the next time",
}


@pytest.mark.parametrize(("after", "said"), BROKEN.items())
def test_a_form_that_is_not_proved_is_never_written(after: str, said: str) -> None:
    with pytest.raises(NotProvedError, match=said):
        _prove("- id: a # b # c\n  name: c\n", after, Entity)


# --- the command ---


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    shutil.copytree(SAMPLE / "content", tmp_path / "content")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", "utf-8")
    return tmp_path


def run(root: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["fmt", "--root", str(root), *arguments])
    return result.exit_code, result.output


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_check_lists_what_would_change_and_writes_nothing(desk: Path) -> None:
    before = files(desk)
    code, said = run(desk, "--check")
    assert (code, files(desk)) == (1, before)
    assert "Would change: content/claims/bridge.yml\n" in said


def test_the_second_run_changes_nothing(desk: Path) -> None:
    assert run(desk)[0] == 0
    once = files(desk)
    assert run(desk) == (0, "Nothing to change.\n")
    assert run(desk, "--check") == (0, "Nothing to change.\n")
    assert files(desk) == once


def test_only_what_is_named_is_changed_and_its_permissions_stay(desk: Path) -> None:
    before = files(desk)
    (desk / "content/claims/bridge.yml").chmod(0o640)
    code, said = run(desk, str(desk / "content/claims"), str(desk / "content/corrections.yml"))
    assert (code, said) == (0, "Changed: content/claims/bridge.yml\n1 file changed, 1 as they should be.\n")
    assert [path for path, data in files(desk).items() if data != before[path]] == ["content/claims/bridge.yml"]
    assert (desk / "content/claims/bridge.yml").stat().st_mode & 0o777 == 0o640


def test_a_file_with_errors_is_left_alone_and_named(desk: Path) -> None:
    bad = {
        "content/entities/tab.yml": "id: x\n\tname: y\n",
        "content/entities/odd.yml": "name: 'x'\ntype: person\nnmae: y\n",
    }
    for path, text in bad.items():
        (desk / path).write_text(text, "utf-8")
    code, said = run(desk)
    assert code == 1
    for path, text in bad.items():
        assert (desk / path).read_text("utf-8") == text
        assert f"Left alone, since it has errors: {path}. `factsheet check` lists them.\n" in said
    assert "Changed: content/claims/bridge.yml\n" in said


def test_only_content_is_put_in_form(desk: Path) -> None:
    code, said = run(desk, str(desk / "mkdocs.yml"))
    assert code == 2
    assert "only content is put in form." in said
