"""Mistakes that people who type records make: each is told at its place, in plain words, and mended as it says.

The sections of `tests/cases/mistakes/*.md` are the corpus; see the README there.
"""

from __future__ import annotations

import re
import traceback
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_cases import _FENCE, _SECTION, CASES, SITE, Block, check, lay_out

from generator.decode import HandPage
from generator.decode.explain import _models
from generator.documents import parse
from generator.documents.nodes import CONTROL
from generator.documents.slips.names import NAMES
from generator.records import KINDS, Chain, Correction
from generator.records.fields import fields_of
from generator.reports import escape_line
from generator.settings import Settings
from generator.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pydantic import BaseModel

    from generator.diagnostics import Diagnostic

MISTAKES = CASES / "mistakes"
THEMES = sorted(path.stem for path in MISTAKES.glob("*.md") if path.stem != "README")
ENCODED = {"windows1251": "cp1251", "windows1252": "cp1252", "utf16": "utf-16"}
ROUNDS = 6

# Words of the tools below, which somebody who types records has never met.
JARGON = (
    "mapping", "scalar", "node", "token", "parse", "parser", "NoneType", "pydantic", "schema", "expected <", "sequence",
    "Traceback", "key", "dict", "string", "boolean", "integer", "null", "exception", "invalid", "input_value", "validation",
    "indicator", "block", "stream", "regex", "pattern", "codec", "byte", "array", "object", "instance", "literal", "tuple",
)  # fmt: skip

_UNSEEN = re.compile("[\t\u00a0\u00ad\u200b-\u200f\u202f\u2060\u2007\u2009\ufeff]")
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})|\\(t)")


def _unescape(text: str) -> str:
    return _ESCAPE.sub(lambda found: "\t" if found[2] else chr(int(found[1], 16)), text)


def _visible(text: str) -> str:
    return escape_line(_UNSEEN.sub(lambda found: "\\t" if found[0] == "\t" else f"\\u{ord(found[0]):04x}", text))


def _block(how: str, path: str, text: str) -> Block:
    """Read a fenced block; besides those of the cases there are texts with escapes, and texts in other encodings."""
    if how == "escaped":
        return Block("yaml", path, _unescape(text))
    if how in ENCODED:
        return Block("hex", path, text.encode(ENCODED[how]).hex())
    return Block(how, path, text)


class Mistake:
    """One section: the files of a mistake, what the build says, and what becomes of it when its mends are typed."""

    def __init__(self, theme: str, section: re.Match[str], folder: Path) -> None:
        self.name = f"{theme}: {section['title']}"
        self.wrong = section["verdict"] == "wrong"
        self.fences = list(_FENCE.finditer(section["body"]))
        self.root = lay_out(folder / "site", [_block(f["how"], f["path"], f["text"]) for f in self.fences[:-1]])
        self.said = check(self.root)[2]

    def text_of(self, diagnostic: Diagnostic) -> str:
        """Read the file that a diagnostic is about, as the build reads it: without a mark in front, and with plain line ends."""
        data = (self.root / diagnostic.place.path).read_bytes()
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def _between(lines: Sequence[str], one: Diagnostic) -> tuple[str, str, str]:
    """Split lines into what stands before a place, in it, and behind it."""
    place = one.place
    start = sum(len(line) + 1 for line in lines[: place.line - 1]) + place.column - 1
    end = sum(len(line) + 1 for line in lines[: place.end_line - 1]) + place.end_column - 1
    whole = "\n".join(lines)
    return whole[:start], whole[start:end], whole[end:]


def mend(text: str, one: Diagnostic) -> str:
    """Type the mend of a diagnostic in the stead of what stands at its place."""
    before, _, behind = _between(text.split("\n"), one)
    return f"{before}{one.fix}{behind}"


# Slips in what YAML is read by; whoever mends one of them changes marks and blanks, never a word of the content.
OF_MARKS = frozenset({"yaml-syntax", "comma-split-prose", "comment-cuts-prose", "alias", "tag"})
_MARKS = re.compile("[\\s#/<>!%\"'“”„«»‘’:：;=,{}\\[\\]\u2010-\u2015•·◦▪‣●*+\\\\\u00a0\u200b-\u200d\u202f\u2060-]")


def keeps_the_words(text: str, one: Diagnostic) -> bool:
    """Tell whether a mend of marks types the same words again; a line that is only a mark may go."""
    _, typed, _ = _between(text.split("\n"), one)
    return one.code not in OF_MARKS or one.fix == "" or _MARKS.sub("", one.fix or "") == _MARKS.sub("", typed)


def _instead(text: str, one: Diagnostic) -> str:
    """Show the lines of a place as they are once the mend is typed."""
    lines = text.split("\n")
    rest = len(lines) - one.place.end_line
    mended = mend(text, one).split("\n")
    shown = mended[one.place.line - 1 : len(mended) - rest]
    return "\n             ".join(_visible(line) for line in shown) or "(nothing)"


def show(mistake: Mistake) -> str:
    """Write all that is said about a mistake as its `expect` block holds it."""
    shown = []
    for one in mistake.said:
        shown.append(f"{one.place} {one.severity} {one.code}\n    {_visible(one.message)}\n")
        shown.append(f"    help: {_visible(one.help)}\n" if one.help else "")
        shown.append(f"    about: {_visible(one.focus)}\n" if one.focus else "")
        shown.append(f"    instead: {_instead(mistake.text_of(one), one)}\n" if one.fix is not None else "")
    return "".join(shown)


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[str, tuple[Mistake, ...]]]:
    """Run the sections of a theme once; gives its file as it should be, and the mistakes."""

    @cache
    def read(theme: str) -> tuple[str, tuple[Mistake, ...]]:
        text = (MISTAKES / f"{theme}.md").read_text("utf-8")
        pieces, done, mistakes = [], 0, []
        for section in _SECTION.finditer(text):
            mistake = Mistake(theme, section, tmp_path_factory.mktemp("mistake"))
            mistakes.append(mistake)
            expect = mistake.fences[-1]
            assert expect["how"] == "expect", mistake.name
            start = section.start("body")
            pieces += [text[done : start + expect.start("text")], show(mistake)]
            done = start + expect.end("text")
        return "".join([*pieces, text[done:]]), tuple(mistakes)

    return read


def test_the_corpus_holds_well_over_sixty_mistakes_each_told_once() -> None:
    titles = [
        section["title"]
        for theme in THEMES
        for section in _SECTION.finditer(_read(theme))
        if section["verdict"] == "wrong"
    ]
    assert len(titles) == len(set(titles))
    assert len(titles) >= 60


def test_the_reader_of_yaml_knows_the_fields_of_all_models() -> None:
    def fields(model: type[BaseModel]) -> Iterator[str]:
        for name, info in fields_of(model).items():
            yield name
            for inner in _models(info.annotation):
                yield from fields(inner)

    models: tuple[type[BaseModel], ...] = (*KINDS.values(), Correction, Settings, HandPage, Vocabulary)
    assert {name for model in models for name in fields(model)} - {"body", *fields_of(Chain)} == NAMES


def _read(theme: str) -> str:
    return (MISTAKES / f"{theme}.md").read_text("utf-8")


@pytest.mark.parametrize("theme", THEMES)
def test_a_mistake_is_told_in_these_words(
    theme: str, corpus: Callable[[str], tuple[str, tuple[Mistake, ...]]], assert_golden: Callable[[Path, str], None]
) -> None:
    assert_golden(MISTAKES / f"{theme}.md", corpus(theme)[0])


@pytest.mark.parametrize("theme", THEMES)
def test_every_mistake_is_told_and_nothing_sound_is(
    theme: str, corpus: Callable[[str], tuple[str, tuple[Mistake, ...]]]
) -> None:
    silent = [mistake.name for mistake in corpus(theme)[1] if mistake.wrong and not mistake.said]
    blamed = [mistake.name for mistake in corpus(theme)[1] if not mistake.wrong and mistake.said]
    assert silent == []
    assert blamed == []


@pytest.mark.parametrize("theme", THEMES)
def test_no_mistake_is_told_in_the_words_of_the_tools(
    theme: str, corpus: Callable[[str], tuple[str, tuple[Mistake, ...]]]
) -> None:
    found = [
        (mistake.name, word, one.message, one.help)
        for mistake in corpus(theme)[1]
        for one in mistake.said
        for word in JARGON
        if re.search(rf"\b{word}s?\b", re.sub("[`“][^`”]*[`”]", "", f"{one.message} {one.help}"), re.IGNORECASE)
    ]
    assert found == []


@pytest.mark.parametrize("theme", THEMES)
def test_a_mistake_has_one_cause_and_is_told_once_or_twice(
    theme: str, corpus: Callable[[str], tuple[str, tuple[Mistake, ...]]]
) -> None:
    many = {mistake.name: len(mistake.said) for mistake in corpus(theme)[1] if len(mistake.said) > 2}
    assert many == {}


@pytest.mark.parametrize("theme", THEMES)
def test_what_a_diagnostic_is_about_stands_at_its_place(
    theme: str, corpus: Callable[[str], tuple[str, tuple[Mistake, ...]]]
) -> None:
    for mistake in corpus(theme)[1]:
        for one in mistake.said:
            if one.focus and one.place.end_line:
                assert one.focus in _between(mistake.text_of(one).split("\n"), one)[1], (mistake.name, one)


@pytest.mark.parametrize("theme", THEMES)
def test_typing_the_mend_mends_the_mistake(
    theme: str, corpus: Callable[[str], tuple[str, tuple[Mistake, ...]]], tmp_path: Path
) -> None:
    for number, mistake in enumerate(corpus(theme)[1]):
        fences = mistake.fences[:-1]
        if not any(one.fix is not None for one in mistake.said):
            continue
        root = lay_out(tmp_path / str(number), [_block(f["how"], f["path"], f["text"]) for f in fences])
        said = mistake.said
        for _ in range(ROUNDS):
            one = next((one for one in said if one.fix is not None), None)
            if one is None:
                break
            assert one.place.end_line, (mistake.name, one)
            path = root / one.place.path
            assert keeps_the_words(mistake.text_of(one) if said is mistake.said else path.read_text("utf-8"), one), one
            mended = mend(path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"), one)
            path.write_text(mended, "utf-8")
            left = check(root)[2]
            assert (one.place, one.code, one.message) not in {(o.place, o.code, o.message) for o in left}, mistake.name
            said = left
        unmended = [one for one in mistake.said if one.fix is None]
        if not unmended:
            assert [str(one) for one in said if one.severity == "error"] == [], mistake.name


# Whatever is typed over a sound file, the build answers, and a mend that it offers can be typed.

SOUND = (SITE / "content" / "claims" / "bridge.yml").read_text("utf-8").split("\n\n")[0] + "\n"
TYPED = st.sampled_from(
    ["\t", " ", "  ", "\u00a0", ":", ": ", "#", " #", "-", "- ", "–", "•", '"', "'", "“", "”", "{", "}", "[", "]", ",", "&", "*", "!", "%",
     "@", "`", "|", ">", "?", "\n", "\n\n", "x", "с", "\u200b", "<<<<<<< HEAD\n", "---\n", "...", "…", "\\", "=", "~"]
)  # fmt: skip


@st.composite
def slipped(draw: st.DrawFn) -> str:
    """A sound record in which a few characters were typed too much or deleted."""
    text = SOUND
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        text = (
            text[:at] + draw(TYPED) + text[at:]
            if draw(st.booleans())
            else text[:at] + text[at + draw(st.integers(1, 3)) :]
        )
    return text


@settings(max_examples=300, deadline=None)
@given(slipped())
def test_any_slip_is_answered_and_an_offered_mend_stands_in_the_file(text: str) -> None:
    try:
        document, said = parse("content/claims/a.yml", text.encode())
    except Exception:  # noqa: BLE001 - what must never happen
        pytest.fail(traceback.format_exc())
    assert document is not None or said
    for one in said:
        assert one.message
        if one.fix is None or CONTROL.search(text):
            continue
        _, typed, _ = _between(text.split("\n"), one)
        assert one.fix != typed, one
        assert keeps_the_words(text, one), one
        again = parse("content/claims/a.yml", mend(text, one).encode())[1]
        assert (one.place, one.code, one.message) not in {(o.place, o.code, o.message) for o in again}, (one, text)
