"""Rule 12 on finished texts: looking by numbers finds just what looking word by word finds."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.checks import leaks, runs
from generator.checks.leaks import Leak, Leaks
from generator.checks.publication import tell_leaks
from generator.checks.runs import Sieve, list_words, number_runs, split_words

if TYPE_CHECKING:
    from collections.abc import Mapping

ODD = "“”’‘—…·\xa0\u02bc\xad\u200b\u0301\u0345\ufeffßŉİΐΣς٣²½_−–àй\u0439\u1fb3\ud800中ガ\u3099한"
MARKS = "[]*`\\_{}()|&;<\n\t #.-"
TEXTS = st.text(f"abA1 {MARKS}{ODD}", max_size=40) | st.text(max_size=40)


def make_source(one: str, text: str, publish: str = "excerpts", title: str = "") -> Any:
    return SimpleNamespace(id=one, text=text, publish=publish, title=title)


def make_site(*sources: Any, quoted: Mapping[str, str] | None = None) -> tuple[Any, Any]:
    """A library with these sources, and views with one quotation from some of them."""
    spans = {
        one.id: [
            SimpleNamespace(span=SimpleNamespace(start=one.text.index(words), end=one.text.index(words) + len(words)))
            for words in [(quoted or {}).get(one.id, "")]
            if words
        ]
        for one in sources
    }
    texts = {
        one.id: SimpleNamespace(text=one.text, line_at=lambda at, t=one.text: t.count("\n", 0, at) + 1)
        for one in sources
    }
    library = SimpleNamespace(
        sources={one.id: one for one in sources}, texts=texts, text_place=lambda one, line: f"{one}:{line}"
    )
    return library, SimpleNamespace(coverage={one: SimpleNamespace(segments=found) for one, found in spans.items()})


TEXT = "The weather was fine all day,\nand the market opened at noon as usual. So it is said in town."
LIBRARY, VIEWS = make_site(make_source("a", TEXT), quoted={"a": "the market opened at noon as usual"})


# --- words ---


@given(TEXTS, st.sampled_from(["", "[]*`\\_"]))
@example("un*believ*able &amp; e*\u0301*t\u02bcs", "[]*`\\_")
@example("İstanbul is a town", "")
@example("a&#98;c d&eacute;e", "")
def test_words_are_split_as_they_are_listed(text: str, leave_out: str) -> None:
    expected = html.unescape("".join(sign for sign in text if sign not in leave_out))
    assert [word.decode() for word in split_words(text, leave_out)] == list_words(expected)


def test_the_usual_characters_stay_themselves_when_a_text_is_folded() -> None:
    letters = [sign for sign in map(chr, range(0x110000)) if re.match(f"[{runs._LETTERS}]", sign)]
    signs = [sign for sign in map(chr, range(0x110000)) if re.match(f"[{runs._SIGNS}]", sign)]
    assert all(sign.isalnum() and list_words(sign) == [sign.casefold()] for sign in letters)
    assert all([word.decode() for word in split_words(sign)] == [sign.casefold()] for sign in letters)
    assert not any(list_words(sign) for sign in signs)
    assert all(unicodedata.is_normalized("NFC", sign) for sign in letters + signs)
    assert not any(unicodedata.combining(sign) for sign in letters + signs)


# --- leaks ---


@pytest.mark.parametrize(
    ("page", "leaks"),
    [
        ("The weather was fine all day.", [("a", 1, "the weather was fine all day")]),
        ("It was fine all day, in the end.", []),
        ("Day, and the market opened at noon as usual: so it is said.", [
            ("a", 1, "day and the market opened at noon"),
            ("a", 2, "opened at noon as usual so it is said"),
        ]),
        ("They say: the market opened at noon as usual.", []),
        ("the weather was fine\n\nall day and the", []),
        ("the weather was fine\nall day", [("a", 1, "the weather was fine all day")]),
        ("the | weather was fine all day", []),
        (r"the \| weather was fine all day", [("a", 1, "the weather was fine all day")]),
        ("x {.the weather was fine all day}", [("a", 1, "the weather was fine all day")]),
        ("the [weather]{.sign a|b} was fine all day", []),
        ("the [weather](x.md) was { fine all day | b}", [("a", 1, "the weather was fine all day")]),
        ("the *wea*ther[ w]{.a}as fine all day", [("a", 1, "the weather was fine all day")]),
        ("the weath&#101;r was fine&nbsp;all day", [("a", 1, "the weather was fine all day")]),
        (r"the [weather]{.sign a\|b} was fine all day", [("a", 1, "the weather was fine all day")]),
    ],
)  # fmt: skip
def test_words_that_no_quotation_covers_are_found(page: str, leaks: list[tuple[str, int, str]]) -> None:
    assert Leaks(LIBRARY, VIEWS).find("a.md", page) == tuple(Leak(*leak) for leak in leaks)


def test_words_that_another_source_shows_are_shown_already() -> None:
    hidden, titled = (
        make_source("a", "One two three four five six seven."),
        make_source("b", "", title="One two three four five six"),
    )
    full = make_source("c", "Two three four five six seven.", "full")
    page = "one two three four five six seven"
    assert Leaks(*make_site(hidden)).find("x.md", page) == (Leak("a", 1, page),)
    assert Leaks(*make_site(hidden, titled)).find("x.md", page) == (Leak("a", 1, "two three four five six seven"),)
    assert Leaks(*make_site(hidden, titled, full)).find("x.md", page) == ()


def test_runs_that_were_numbered_before_do_as_well() -> None:
    sieve = Sieve(number_runs(LIBRARY, VIEWS, source) for source in LIBRARY.sources.values())
    for known in (sieve, Sieve.read(sieve.write())):
        assert Leaks(LIBRARY, VIEWS, known).find("a.md", TEXT) == Leaks(LIBRARY, VIEWS).find("a.md", TEXT) != ()
    assert Leaks(LIBRARY, VIEWS, Sieve([])).find("a.md", TEXT) == ()


def test_a_sieve_tells_whether_words_are_withheld_that_were_not() -> None:
    source = make_source("a", TEXT)
    less, more = (
        Sieve([number_runs(*make_site(source, quoted={"a": words}), source)]) for words in (TEXT[:60], TEXT[:30])
    )
    assert (more.newly_withheld(less), less.newly_withheld(more), more.newly_withheld(more)) == (True, False, False)


def test_a_leak_is_told_once_on_the_first_page() -> None:
    leaks = [(path, Leak("a", line, "w")) for path, line in [("x.md", 1), ("y.md", 1), ("y.md", 2)]]
    told = [(str(finding.place), finding.message) for finding in tell_leaks(LIBRARY, leaks)]
    assert [place for place, _ in told] == ["a:1", "a:2"]
    assert ["x.md" in message for _, message in told] == [True, False]


# --- the law: numbers find all that comparing words finds ---

FEW_WORDS = st.lists(st.sampled_from(["a", "b", "c", "The", "é", "d’e"]), min_size=6, max_size=40)
BETWEEN = st.lists(
    st.sampled_from([" ", " ", " ", "\n", "\n\n", " | ", "*", "_", "\n- ", "](x.md) [", "]{.b c=d}", "&nbsp;", "—", "\xad"]),
    min_size=40,
    max_size=40,
)  # fmt: skip


def find_word_by_word(library: Any, views: Any, path: str, page: str) -> tuple[Leak, ...]:
    """The plain definition: every run of every block is looked up among the words that are withheld."""
    is_data = path.endswith(".json")
    blocks = list(leaks._strings(json.loads(page))) if is_data else leaks._BORDER.split(page)
    read = [list_words(text) for block in blocks for text in leaks._unwrap(block, is_data=True)]
    withheld = leaks._list_withheld(library, views)
    return tuple(dict.fromkeys(leak for words in read for leak in leaks._leaks_in(words, withheld)))


@given(FEW_WORDS, FEW_WORDS, BETWEEN, st.integers(0, 30), st.booleans())
def test_no_leak_is_missed(text: list[str], words: list[str], between: list[str], start: int, is_json: bool) -> None:  # noqa: FBT001
    stored = " ".join(text)
    quoted = " ".join(text[start : start + 8])
    site = make_site(make_source("a", stored), make_source("b", " ".join(words[:9]), "none"), quoted={"a": quoted})
    page = "".join(word + sign for word, sign in zip([*words, *text], between, strict=False))
    path, published = ("a.json", json.dumps({"a": [page, stored]})) if is_json else ("a.md", page)
    assert Leaks(*site).find(path, published) == find_word_by_word(*site, path, published)


PIECES = st.sampled_from(
    [
        "a b c",
        "d e f",
        "a b c d e f",
        "b c d | e f g",
        "{b c | d} e f g",
        "*a b*c d e f",
        "\\| b c d e f g",
        "a&#98; c d e f g",
    ]
)
PAGES = st.lists(
    st.tuples(st.booleans(), st.lists(st.tuples(PIECES, st.sampled_from(["\n", "\n\n", "\n- ", "\n 1. ", " "]))))
)


@given(PAGES, st.integers(0, 6), st.sampled_from([0, 3, 1 << 15]))
@example([(False, [("b c d | e f g", "\n\n")]), (True, [("b c d | e f g", " ")])], 0, 3)
def test_what_was_seen_on_other_pages_hides_no_leak(
    pages: list[tuple[bool, list[tuple[str, str]]]], start: int, remembered: int
) -> None:
    stored = "a b c d e f g"
    site = make_site(make_source("a", stored), quoted={"a": stored[2 * start : 2 * start + 1]})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(leaks, "_REMEMBERED", remembered)
        same = Leaks(*site)
        for is_json, pieces in pages:
            page = "".join(piece + sign for piece, sign in pieces)
            path, text = ("a.json", json.dumps([piece for piece, _ in pieces])) if is_json else ("a.md", page)
            assert same.find(path, text) == find_word_by_word(*site, path, text)
