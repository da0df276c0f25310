"""How diagnostics are shown: the lines they are about with carets, the mend as it is typed, colours, SARIF."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from rich.cells import cell_len

from generator import load, reports
from generator.diagnostics import Diagnostic, Place
from generator.reports.escaping import escape_typed
from generator.reports.excerpt import WIDTH

if TYPE_CHECKING:
    from pathlib import Path

A = "content/claims/a.yml"


def say(spot: str, focus: str = "", fix: str | None = None, path: str = A) -> Diagnostic:
    """A diagnostic at `line:column` or `line:column-line:column`."""
    numbers = [int(number) for number in re.findall(r"\d+", spot)]
    return Diagnostic(Place(path, *numbers), "one", "Wrong.", focus=focus, fix=fix)


def show(one: Diagnostic, text: str) -> str:
    """What stands between the first line of a report and its end."""
    lines = {one.place.path: tuple(text.split("\n"))}
    return "".join(f"{line}\n" for line in reports.format_one(one, lines).split("\n")[1:])


# --- the lines that it is about ---

EXCERPTS = {
    "a value": (
        say("2:7-2:16"),
        "says: The bridge.\nwhen: 5/22/2025\n",
        """\
    2 | when: 5/22/2025
      |       ^^^^^^^^^
""",
    ),
    "the words in it that it is about": (
        say("1:7-1:29", "2012"),
        "says: In 20123 and 2012, no.",
        """\
    1 | says: In 20123 and 2012, no.
      |                    ^^^^
""",
    ),
    "words that are not there: all of the value": (
        say("1:7-1:10", "two"),
        "says: one",
        """\
    1 | says: one
      |       ^^^
""",
    ),
    "words that go on in the next line": (
        say("2:8-5:1", "quick brown"),
        "kind: fact\nquote: >-\n  the quick\n  brown fox\nwhy: no",
        """\
    3 |   the quick
      |       ^^^^^
    4 |   brown fox
      |   ^^^^^
""",
    ),
    "a value of many lines": (
        say("2:8-7:1"),
        "kind: fact\nquote: >-\n  one\n  two\n  three\n\nwhy: no",
        """\
    2 | quote: >-
      |        ^^
    3 |   one
      |   ^^^
    ...
    5 |   three
      |   ^^^^^
""",
    ),
    "the record in a list that it belongs to": (
        say("5:9-5:12"),
        "- id: first\n  says: one\n- id: second\n  says: one\n  kind: fct\n",
        """\
    3 | - id: second
    ...
    5 |   kind: fct
      |         ^^^
""",
    ),
    "the record, where its id is not the first field": (
        say("4:9-4:12"),
        "- id: first\n- says: one\n  id: second\n  kind: fct\n",
        """\
    3 |   id: second
    4 |   kind: fct
      |         ^^^
""",
    ),
    "a record as a whole, of which no end is known": (
        say("1:3"),
        "- id: second   # that one\n  says: one\n",
        """\
    1 | - id: second   # that one
      |   ^^^^^^^^^^
""",
    ),
    "a text in quotation marks, of which no end is known": (
        say("1:7"),
        'says: "The \\"bridge\\"" # open',
        """\
    1 | says: "The \\"bridge\\"" # open
      |       ^^^^^^^^^^^^^^^^
""",
    ),
    "a word, of which no end is known": (
        say("1:9"),
        "about: [mill-bridge, kremlin]",
        """\
    1 | about: [mill-bridge, kremlin]
      |         ^^^^^^^^^^^
""",
    ),
    "a mark, of which no end is known": (
        say("1:8"),
        "about: [mill-bridge",
        """\
    1 | about: [mill-bridge
      |        ^
""",
    ),
    "the end of a line": (
        say("1:6-1:6"),
        "says:",
        """\
    1 | says:
      |      ^
""",
    ),
    "a line as a whole": (
        say("2"),
        "one\n  two three  \n",
        """\
    2 |   two three
      |   ^^^^^^^^^
""",
    ),
    "a line of a stored text": (
        say("1:1", path="content/sources/a.md"),
        "The weather was fine.",
        """\
    1 | The weather was fine.
      | ^^^^^^^^^^^^^^^^^^^^^
""",
    ),
    "a tab": (
        say("1:1-1:2"),
        "\tsays: one",
        """\
    1 | →   says: one
      | ^^^^
""",
    ),
    "behind a tab": (
        say("1:7-1:10"),
        "says:\tone",
        """\
    1 | says:→   one
      |          ^^^
""",
    ),
    "Cyrillic letters, some with an accent of their own": (
        say("1:16-1:21", "обмін"),
        "says: Вели\u0301кий обмін почався",
        """\
    1 | says: Вели\u0301кий обмін почався
      |               ^^^^^
""",
    ),
    "letters that are twice as wide": (
        say("1:13-1:15"),
        "about: [日本, 東京, kyiv]",
        """\
    1 | about: [日本, 東京, kyiv]
      |               ^^^^
""",
    ),
    "letters that nobody sees": (
        say("1:7-1:12", "a\u200bb"),
        "says: a\u200bb\u202ec",
        """\
    1 | says: a\\u200bb\\u202ec
      |       ^^^^^^^^
""",
    ),
    "a long line, at its beginning": (
        say("1:7-1:10"),
        "says: one " + "two " * 60,
        """\
    1 | says: one two two two two two two two two two two two two two two t…
      |       ^^^
""",
    ),
    "a long line, in its middle": (
        say("1:247-1:250"),
        "says: " + "two " * 60 + "one" + " two" * 60,
        """\
    1 | … two two two two two two two one two two two two two two two two t…
      |                               ^^^
""",
    ),
    "a long line, at its end": (
        say("1:247-1:250"),
        "says: " + "two " * 60 + "one",
        """\
    1 | …two two two two two two two two two two two two two two two two one
      |                                                                  ^^^
""",
    ),
    "a long line with what would steer a terminal on both sides": (
        say("1:101-1:104"),
        "\x1b[31m" * 20 + "one" + "\x1b[0m" * 30,
        """\
    1 | …[31m\\x1b[31m\\x1b[31m\\x1b[31mone\\x1b[0m\\x1b[0m\\x1b[0m\\x1b[0m\\x1b[0m…
      |                              ^^^
""",
    ),
    "a long value": (
        say("1:7-1:246"),
        "says: " + "one " * 60,
        """\
    1 | says: one one one one one one one one one one one one one one one o…
      |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
""",
    ),
    "a line that is not there": (say("9:1"), "says: one", ""),
    "the file as a whole": (say(""), "says: one", ""),
}


@pytest.mark.parametrize(("one", "text", "shown"), EXCERPTS.values(), ids=EXCERPTS.keys())
def test_an_excerpt(one: Diagnostic, text: str, shown: str) -> None:
    assert show(one, text) == shown


def test_without_the_lines_of_a_file_only_the_place_is_told() -> None:
    assert reports.format_one(say("1:1-1:3")) == f"{A}:1:1 error[one] Wrong."


LETTERS = st.sampled_from(
    [*"ab -:#'\"[]{}|>", "і", "é", "e\u0301", "日", "\t", "\u200b", "\x1b", "\u202e", "ї", "👍", "👩‍👩‍👧", "🇺🇦"]
)
PIECES = st.lists(LETTERS, max_size=60).map("".join)
TYPED = st.builds(lambda piece, times: piece * times, PIECES, st.sampled_from([1, 1, 3, 20]))  # some are cut


@given(line=TYPED, data=st.data())
def test_carets_stand_under_the_words_and_nothing_is_wider_than_the_screen(line: str, data: st.DataObject) -> None:
    column = data.draw(st.integers(1, len(line) + 1))
    end = data.draw(st.integers(column, len(line) + 1))
    words = line[column - 1 : end - 1]
    (row,) = reports.cut(Diagnostic(Place(A, 1, column, 1, end), "one", ""), {A: (line,)})
    whole = f"{row.before}{row.marked}{row.after}"
    assert cell_len(whole) <= WIDTH
    if "…" not in whole:
        assert whole == escape_typed(line.rstrip())
        assert row.before == escape_typed(line.rstrip()[: column - 1])
        assume(words.strip())
        assert row.marked == escape_typed(words.rstrip())
    else:
        assert row.before.removeprefix("…") in escape_typed(line[: column - 1])
        assert not row.after or row.after == "…" or row.after.removesuffix("…") in escape_typed(line)
    assert len(row.underline) == cell_len(row.before) + max(1, cell_len(row.marked))


TEXTS = st.lists(TYPED, min_size=1, max_size=8).map(tuple)


SPOTS = st.tuples(st.integers(0, 10), st.integers(0, 200), st.integers(0, 10), st.integers(0, 200))


@given(lines=TEXTS, spot=SPOTS, focus=st.text(max_size=5), fix=st.none() | TYPED)
def test_whatever_is_typed_no_line_of_a_report_can_steer_a_terminal_or_pass_for_another_diagnostic(
    lines: tuple[str, ...], spot: tuple[int, int, int, int], focus: str, fix: str | None
) -> None:
    one = Diagnostic(Place(A, *spot), "unknown-key", "Wrong.", "Mend it.", focus=focus, fix=fix)
    first, *others = reports.format_one(one, {A: lines}).split("\n")
    assert first.startswith(A)
    assert [other for other in others if not other.startswith("    ")] == []
    assert not [letter for letter in "".join(others) if ord(letter) < 32 or letter in "\x7f\x9b\u202e\u2028"]


# --- what is to be typed instead ---

MENDS = {
    "a word": (
        say("2:9-2:19", fix="mill-bridge"),
        "says: one\nabout: [mil-bridge, kremlin]",
        """\
    2 | about: [mil-bridge, kremlin]
      |         ^^^^^^^^^^
    instead:
    2 | about: [mill-bridge, kremlin]
""",
    ),
    "a long line is not shortened, since it is there to be copied": (
        say("1:7-1:10", fix='"one"'),
        "says: one" + " two" * 40,
        f"""\
    1 | says: one two two two two two two two two two two two two two two t…
      |       ^^^
    instead:
    1 | says: "one"{" two" * 40}
""",
    ),
    "two lines become one": (
        say("1:7-2:6", fix="one two"),
        "says: one\n  two!\nkind: fact",
        """\
    1 | says: one
      |       ^^^
    2 |   two!
      |   ^^^
    instead:
    1 | says: one two!
""",
    ),
    "a field is put in behind another": (
        say("1:10-1:10", fix="\nkind: fact"),
        "says: one\nwhy: two",
        """\
    1 | says: one
      |          ^
    instead:
    2 | kind: fact
""",
    ),
    "a field is put in above another": (
        say("2:1-2:1", fix="kind: fact\n"),
        "says: one\nwhy: two",
        """\
    2 | why: two
      | ^
    instead:
    2 | kind: fact
""",
    ),
    "very many lines": (
        say("1:1-1:4", fix="a\nb\nc\nd\ne\nf\ng\nh"),
        "one",
        """\
    1 | one
      | ^^^
    instead:
    1 | a
    2 | b
    3 | c
    ...
    6 | f
    7 | g
    8 | h
""",
    ),
    "a line that nobody would copy": (
        say("1:2001-1:2004", fix="two"),
        "x" * 2000 + "one" + "y" * 2000,
        f"""\
    1 | …{"x" * 29}one{"y" * 34}…
      |                               ^^^
    instead:
    1 | …{"x" * 29}two{"y" * 34}…
""",
    ),
    "what cannot be computed is not shown": (
        say("1:1-1:4"),
        "one",
        """\
    1 | one
      | ^^^
""",
    ),
    "nor is what does not say where it ends": (
        say("1:1", fix="two"),
        "one",
        """\
    1 | one
      | ^^^
""",
    ),
}


@pytest.mark.parametrize(("one", "text", "shown"), MENDS.values(), ids=MENDS.keys())
def test_a_mend(one: Diagnostic, text: str, shown: str) -> None:
    assert show(one, text) == shown


SHORT = st.lists(LETTERS, max_size=40).map("".join)


@given(before=SHORT, words=SHORT, after=SHORT, fix=st.lists(SHORT, min_size=1, max_size=4).map("\n".join))
def test_a_mend_is_the_line_with_the_fix_in_the_stead_of_the_words(
    before: str, words: str, after: str, fix: str
) -> None:
    assume(words)
    place = Place(A, 1, len(before) + 1, 1, len(before + words) + 1)
    rows = reports.mend(Diagnostic(place, "one", "", fix=fix), {A: (before + words + after,)})
    typed = [f"{row.before}{row.marked}{row.after}" for row in rows]
    assert typed == [escape_typed(line) for line in f"{before}{fix}{after}".split("\n")]


# --- the whole report ---


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("\n::error::x", "\n    \\x3a:error::x"),
        ("\n  ::add-mask::x", "\n      \\x3a:add-mask::x"),
        ("##[add-mask]x", "##\\x5badd-mask]x"),
    ],
)
def test_no_words_of_the_content_are_a_command_in_the_log_of_a_workflow(words: str, shown: str) -> None:
    error = Diagnostic(Place("content/a.yml", 1, 1, 1, 3), "bad-id", f"It says{words}", f"See{words}")
    warning = Diagnostic(Place("content/b.yml", 1), "one-checker", f"It says{words}", "", "warning")
    text = reports.format_text([error, warning], lines={"content/a.yml": ["##[add-mask]x"]}, everything=True)
    assert text.count(shown) == 3 + ("[" in words)
    assert not re.search(r"^\s*::|##\[", text, re.MULTILINE)


def test_why_is_said_where_a_code_comes_first() -> None:
    found = [
        Diagnostic(Place(A, line), code, "Wrong.") for line, code in enumerate(["bad-date", "bad-id", "bad-date"], 1)
    ]
    assert (
        reports.format_text(found)
        == f"""\
{A}:1 error[bad-date] Wrong.
    why: A date that does not exist cannot be put in order.

{A}:2 error[bad-id] Wrong.
    why: It becomes an address and never changes.

{A}:3 error[bad-date] Wrong.

3 errors and no warnings in 1 file.
"""
    )


def test_warnings_that_differ_in_what_helps_say_it_each() -> None:
    warned = [Diagnostic(Place(A, line), "not-archived", "No copy.", f"Try {line}.", "warning") for line in (1, 2)]
    assert (
        reports.format_text(warned, lines={A: ("one", "two")}, everything=True)
        == f"""\
2 warnings [not-archived]
  {A}:1 No copy.
    help: Try 1.
  {A}:2 No copy.
    help: Try 2.
  why: Pages change and vanish.

No errors and 2 warnings in 1 file.
"""
    )


MIXED = (
    Diagnostic(Place(A, 1, 7, 1, 10), "bad-date", "Wrong.", "Mend it.", fix="two"),
    Diagnostic(Place(A, 2), "not-archived", "No copy.", severity="warning"),
)


@pytest.mark.parametrize("everything", [True, False])
def test_colours_change_no_word(everything: bool) -> None:  # noqa: FBT001
    lines = {A: ("when: one", "kind: fact")}
    plain = reports.format_text(MIXED, lines=lines, everything=everything)
    coloured = reports.format_text(MIXED, lines=lines, everything=everything, colour=True)
    assert "\x1b[" not in plain
    assert "^^^\x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == plain


@pytest.mark.parametrize(
    ("environment", "terminal", "may"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"TERM": "dumb"}, True, False),
    ],
)
def test_colours_are_for_terminals_that_want_them(environment: dict[str, str], terminal: bool, may: bool) -> None:  # noqa: FBT001
    assert reports.may_colour(environment, terminal=terminal) is may


# --- for GitHub ---


@pytest.mark.parametrize(
    ("place", "written"),
    [
        (Place(A, 3, 5, 3, 9), "line=3,endLine=3,col=5,endColumn=9"),
        (Place(A, 3, 5), "line=3,col=5"),
        (Place(A, 3), "line=3"),
        (Place(A, 3, 5, 6, 9), "line=3,endLine=6"),  # GitHub drops columns of several lines
    ],
)
def test_an_annotation_has_the_place_that_github_understands(place: Place, written: str) -> None:
    assert reports.format_github([Diagnostic(place, "one", "Wrong.")]) == (
        f"::error file={A},{written},title=one::Wrong.\n"
    )


# --- SARIF ---


def an_object(required: str = "", **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required.split(), "additionalProperties": False}


def a_list(items: Any) -> dict[str, Any]:
    return {"type": "array", "items": items, "minItems": 1}


TEXT = {"type": "string", "minLength": 1}
NUMBER = {"type": "integer", "minimum": 1}
MESSAGE = an_object("text", text={**TEXT, "pattern": r"^(?:[^{}]|\{\{|\}\})+$"})
FILE = an_object(
    "uri uriBaseId",
    uri={"type": "string", "pattern": r"^(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})*$"},
    uriBaseId={"const": "SRCROOT"},
)
REGION = an_object("startLine", startLine=NUMBER, startColumn=NUMBER, endLine=NUMBER, endColumn=NUMBER)
LEVEL = {"enum": ["error", "warning"]}
RULE = an_object(
    "id",
    id=TEXT,
    shortDescription=MESSAGE,
    fullDescription=MESSAGE,
    help=MESSAGE,
    defaultConfiguration=an_object(level=LEVEL),
)
REPLACEMENT = an_object(
    "deletedRegion insertedContent", deletedRegion=REGION, insertedContent=an_object("text", text={"type": "string"})
)
CHANGE = an_object("artifactLocation replacements", artifactLocation=FILE, replacements=a_list(REPLACEMENT))
RESULT = an_object(
    "ruleId ruleIndex level message locations partialFingerprints",
    ruleId=TEXT,
    ruleIndex={"type": "integer", "minimum": 0},
    level=LEVEL,
    message=MESSAGE,
    locations=a_list(
        an_object(
            "physicalLocation", physicalLocation=an_object("artifactLocation", artifactLocation=FILE, region=REGION)
        )
    ),
    partialFingerprints={"type": "object", "additionalProperties": TEXT, "minProperties": 1},
    fixes=a_list(an_object("artifactChanges", description=MESSAGE, artifactChanges=a_list(CHANGE))),
)
RUN = an_object(
    "tool results columnKind originalUriBaseIds",
    tool=an_object(
        "driver",
        driver=an_object(
            "name semanticVersion rules", name=TEXT, semanticVersion=TEXT, rules={"type": "array", "items": RULE}
        ),
    ),
    results={"type": "array", "items": RESULT},
    columnKind={"const": "unicodeCodePoints"},
    originalUriBaseIds=an_object("SRCROOT", SRCROOT=an_object(description=MESSAGE)),
)
SARIF = Draft202012Validator(
    an_object("$schema version runs", **{"$schema": TEXT, "version": {"const": "2.1.0"}, "runs": a_list(RUN)})
)
"""The part of SARIF 2.1.0 that is written here, with the standard's demands on it and nothing else allowed."""


def read_sarif(*found: Diagnostic) -> dict[str, Any]:
    log = json.loads(reports.format_sarif(found))
    SARIF.validate(log)
    run: dict[str, Any] = log["runs"][0]
    return run


def test_a_finding_as_sarif() -> None:
    one = Diagnostic(Place("content/à/b.yml", 3, 5, 3, 9), "bad-date", "“{x}” is [no](date).", "Mend it.", fix="2025")
    run = read_sarif(one)
    (result,) = run["results"]
    fingerprint = result.pop("partialFingerprints")["pathCodeMessage/v1"]
    assert re.fullmatch("[0-9a-f]{32}", fingerprint)
    file = {"uri": "content/%C3%A0/b.yml", "uriBaseId": "SRCROOT"}
    region = {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 9}
    assert result == {
        "ruleId": "bad-date",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": "“{{x}}” is [no] (date).\nMend it."},
        "locations": [{"physicalLocation": {"artifactLocation": file, "region": region}}],
        "fixes": [
            {
                "artifactChanges": [
                    {
                        "artifactLocation": file,
                        "replacements": [{"deletedRegion": region, "insertedContent": {"text": "2025"}}],
                    }
                ],
                "description": {"text": "Mend it."},
            }
        ],
    }
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"] == reports.title_of("bad-date")
    assert rule["fullDescription"]["text"] == reports.reason_of("bad-date")
    assert rule["defaultConfiguration"] == {"level": "error"}


def test_nothing_found_is_sarif_too() -> None:
    assert read_sarif()["results"] == []


def test_every_code_can_be_a_rule_of_sarif() -> None:
    run = read_sarif(
        *(Diagnostic(Place(A), code, "Wrong.") for code in reports.CATALOGUE), Diagnostic(Place(A), "own", ".")
    )
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted([*reports.CATALOGUE, "own"])
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [r["ruleId"] for r in run["results"]]


def test_a_fingerprint_stays_when_lines_are_added_above_and_differs_between_findings() -> None:
    def prints(*found: Diagnostic) -> list[str]:
        return [result["partialFingerprints"]["pathCodeMessage/v1"] for result in read_sarif(*found)["results"]]

    before = prints(
        *(Diagnostic(Place(A, line), "bad-id", "Wrong.") for line in (1, 2)), Diagnostic(Place(A, 3), "bad-id", "Bad.")
    )
    after = prints(
        *(Diagnostic(Place(A, line), "bad-id", "Wrong.") for line in (5, 6)), Diagnostic(Place(A, 7), "bad-id", "Bad.")
    )
    assert before == after
    assert len(set(before)) == 3


HOSTILE = st.text(st.one_of(st.characters(), st.sampled_from("\x00\x1b\r\n{}[](): %/")), max_size=20)


@given(path=HOSTILE, message=HOSTILE.filter(bool), line=st.integers(0, 3), fix=st.none() | HOSTILE)
def test_whatever_is_quoted_the_log_is_sound(path: str, message: str, line: int, fix: str | None) -> None:
    place = Place(path, line, line, line, line)
    (result,) = read_sarif(Diagnostic(place, "own", message, message, fix=fix))["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote(uri) == path.encode("utf-8", "backslashreplace").decode()
    assert "](" not in result["message"]["text"]


# --- reading the lines ---


def test_lines_are_counted_as_the_build_counts_them(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.yml").write_bytes("\ufeffone\r\ntwo\rthree\u2028\x85\x0b\nпять".encode())
    found = load.read_lines(tmp_path, ["content/a.yml", "content/a.yml"])
    assert found == {"content/a.yml": ("one", "two", "three\u2028\x85\x0b", "пять")}


def test_no_line_is_read_of_what_is_not_content(tmp_path: Path) -> None:
    content = tmp_path / "content"
    (content / "folder").mkdir(parents=True)
    (tmp_path / "private").mkdir()
    for path in ("secret", "content/good.yml", "private/text.md"):
        (tmp_path / path).write_text("one", "utf-8")
    (content / "latin.yml").write_bytes(b"\xfc")
    (content / "large.yml").write_bytes(b"x" * 4_000_001)
    (content / "link.yml").symlink_to(tmp_path / "secret")
    (content / "inside.yml").symlink_to("good.yml")
    (content / "up").symlink_to(tmp_path)
    os.mkfifo(content / "pipe.yml")
    refused = [
        "secret", "content", "content/folder", "content/latin.yml", "content/large.yml", "content/link.yml", "content/inside.yml",
        "content/up/secret", "content/pipe.yml", "content/../secret", "content/none.yml", "content/good.yml/x", str(tmp_path / "secret"),
        "../x", "", "content/a\0b", "content/\udc80.yml", "private/text.md", "contents/x",
    ]  # fmt: skip
    assert load.read_lines(tmp_path, [*refused, "content/good.yml"]) == {"content/good.yml": ("one",)}
    assert load.read_lines(tmp_path, ["private/text.md", "secret"], text_dir="private") == {"private/text.md": ("one",)}
