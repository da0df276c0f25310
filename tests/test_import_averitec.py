"""AVeriTeC: each claim one row; labels and answers are kept as they stood and judge nothing here."""

from __future__ import annotations

import json
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT
from drafts_shown import seen_of, show
from hypothesis import given
from hypothesis import strategies as st
from test_importing import errors, files, valley  # noqa: F401 - a fixture

from generator import figures
from generator.cli.bringing import Source, bring_in
from generator.dialect import prose_links
from generator.importers.averitec import LABELS, read
from generator.importers.remarks import CODES
from generator.importers.rows import Handle, Options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from generator.importers.report import Report
    from generator.importers.rows import Draft, Row, Value

SAMPLES = ROOT / "tests" / "importing" / "averitec"
FILES = sorted(path for path in SAMPLES.iterdir() if path.suffix != ".txt")
OPTIONS = Options(today="2031-07-03", name="dev", genres=("news", "post", "document", "dataset"))
FIELDS = ["claim_id", "claim", "claim_date", "speaker", "original_claim_url", "cached_original_claim_url", "fact_checking_article", "reporting_source", "location_ISO_code", "claim_types", "fact_checking_strategies", "required_reannotation", "label", "justification", "questions", "search_queries", "other"]  # fmt: skip


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1940803200")


def options(**given: str) -> Options:
    flags = {name.replace("_", "-"): value for name, value in given.items()}
    return Options(OPTIONS.today, "dev", flags, genres=OPTIONS.genres)


def rows(*values: Any, **given: str) -> tuple[Row, ...]:
    reading = read(json.dumps([*values]).encode(), options(**given))
    assert reading.problem == ""
    return reading.rows


def row(**fields: Any) -> Row:
    [found] = rows({"claim": "The bridge is closed.", "speaker": "Anna Reed"} | fields)
    return found


def sources(one: Row) -> list[Draft]:
    return [draft for draft in one.drafts if draft.kind == "source"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_read(path: Path, assert_golden: Callable[[Path, str], None]) -> None:
    assert_golden(path.with_name(f"{path.name}.txt"), show(read(path.read_bytes(), OPTIONS)))


DATES: dict[str, tuple[Any, str | None, list[str], list[str]]] = {
    # claim_date -> `when`, notes, codes
    "the day first": ("12-8-2020", "2020-08-12", [], []),
    "with blanks": (" 3-11-2020 ", "2020-11-03", [], []),
    "a day that does not exist": ("31-11-2020", None, ["claim_date: 31-11-2020"], ["date-unread"]),
    "the month first": ("8-25-2020", None, ["claim_date: 8-25-2020"], ["date-unread"]),
    "two digits": ("12-8-20", None, ["claim_date: 12-8-20"], ["date-ambiguous"]),
    "null": (None, None, [], []),
    "the word null": ("null", None, [], []),
    "a number": (2020, "2020", [], []),
    "a list": (["12-8-2020"], None, ['claim_date: ["12-8-2020"]'], []),
}


@pytest.mark.parametrize(("typed", "when", "noted", "remarked"), DATES.values(), ids=DATES.keys())
def test_the_format_says_that_the_day_comes_first(
    typed: Any, when: str | None, noted: list[str], remarked: list[str]
) -> None:
    found = row(claim_date=typed)
    assert found.drafts[0].fields.get("when") == when
    assert [*found.drafts[0].notes] == noted
    assert [one.code for one in found.remarks] == remarked


@pytest.mark.parametrize("label", [*LABELS, "Conflicting Evidence/Cherry-picking", "Half true"])
def test_a_label_is_a_note_and_no_verdict(label: str) -> None:
    found = row(label=label)
    assert found.drafts[0].notes == (f"label: {label}",)
    assert found.drafts[0].fields["verdict"] == "unchecked"
    assert not found.drafts[0].fields.keys() & {"why", "log", "checked", "evidence"}
    assert [one.code for one in found.remarks] == (["word-unknown"] if label == "Half true" else [])


SPEAKERS: dict[str, tuple[Any, dict[str, str], Value]] = {
    "not said what": ("Anna Reed", {}, [{"unnamed": "Anna Reed"}]),
    "said what": ("Anna Reed", {"speaker_type": "person"}, [Handle("entity", "Anna Reed", "person")]),
    "nobody": (None, {"speaker_type": "person"}, "untraced"),
    "null": ("null", {}, "untraced"),
    "not a text": (["Anna Reed"], {}, "untraced"),
}


@pytest.mark.parametrize(("speaker", "given", "chain"), SPEAKERS.values(), ids=SPEAKERS.keys())
def test_a_speaker_is_an_entity_only_where_it_is_said_what_speakers_are(
    speaker: Any, given: dict[str, str], chain: Value
) -> None:
    [found] = rows({"claim": "It is so.", "speaker": speaker}, **given)
    for seen in seen_of(found.drafts[0]):
        assert seen["chain"] == chain
    assert ("author-unknown" in [one.code for one in found.remarks]) == (chain == "untraced")


ADDRESSES: dict[str, tuple[dict[str, Any], list[tuple[str, str]], list[str]]] = {
    # addresses of a row -> address and copy of each source beside the set itself, and notes
    "an article": ({"fact_checking_article": "https://www.desk.example/a"}, [("https://www.desk.example/a", "")], []),
    "a copy of one": ({"fact_checking_article": "https://web.archive.org/web/20210103123456/https://desk.example/a?b=1"}, [("https://desk.example/a?b=1", "https://web.archive.org/web/20210103123456/https://desk.example/a?b=1")], []),
    "a copy with one slash": ({"fact_checking_article": "https://web.archive.org/web/20210103123456/http:/desk.example/a"}, [("http://desk.example/a", "https://web.archive.org/web/20210103123456/http:/desk.example/a")], []),
    "no copy": ({"fact_checking_article": "https://web.archive.org/web/2021/https://desk.example/a"}, [("https://web.archive.org/web/2021/https://desk.example/a", "")], []),
    "no address": ({"fact_checking_article": "see above"}, [], ["fact_checking_article: see above"]),
    "the original": ({"original_claim_url": "https://s.example/1", "cached_original_claim_url": "https://c.example/1", "reporting_source": "Socialsite"}, [("https://s.example/1", "https://c.example/1")], []),
    "the original, nowhere": ({"original_claim_url": "null", "cached_original_claim_url": "", "reporting_source": "Speech"}, [], ["reporting_source: Speech"]),
    "the original, nobody's": ({"original_claim_url": "https://s.example/1", "reporting_source": None}, [], ["original_claim_url: https://s.example/1"]),
    "both are one": ({"fact_checking_article": "https://desk.example/a", "original_claim_url": "https://desk.example/a", "reporting_source": "Desk"}, [("https://desk.example/a", "")], ["original_claim_url: https://desk.example/a", "reporting_source: Desk"]),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "found", "noted"), ADDRESSES.values(), ids=ADDRESSES.keys())
def test_the_texts_that_a_row_names_are_sources(
    fields: dict[str, Any], found: list[tuple[str, str]], noted: list[str]
) -> None:
    made = row(**fields)
    first, *others = sources(made)
    assert first.key == "AVeriTeC"
    assert "CC BY-NC 4.0" in first.notes[0]
    assert [(one.fields["url"], one.fields.get("archived", "")) for one in others] == found
    assert [*made.drafts[0].notes] == noted


QUESTIONS: dict[str, tuple[Any, list[str]]] = {
    "an answer": ([{"question": "Why?", "answers": [{"answer": "So.", "answer_type": "Extractive", "source_url": "https://a.example"}]}], ["questions: Q: Why? A: So. (Extractive; https://a.example)"]),
    "a bare answer": ([{"question": "Why?", "answers": [{"answer": "So."}]}], ["questions: Q: Why? A: So."]),
    "an empty address": ([{"question": "Why?", "answers": [{"answer": "So.", "source_url": "null", "cached_source_url": None}]}], ["questions: Q: Why? A: So."]),
    "unanswerable": ([{"question": "Why?", "answers": [{"answer": "", "answer_type": "Unanswerable"}]}], ["questions: Q: Why? no answer (Unanswerable)"]),
    "no answer": ([{"question": "Why?"}, {"question": "How?", "answers": []}], ["questions: Q: Why? no answer", "questions: Q: How? no answer"]),
    "more than known": ([{"question": "Why?", "answers": [{"answer": {"a": 1.0}, "x": [2]}], "by": "me"}], ['questions: Q: Why? A: {"a": 1.0} ([2])', 'questions: {"question": "Why?", "by": "me"}']),
    "another form": ({"Why?": ["So."]}, ['questions: {"Why?": ["So."]}']),
    "texts": (["Why?", None], ["questions: Why?"]),
    "answers as texts": ([{"question": "Why?", "answers": ["So."]}], ['questions: {"question": "Why?", "answers": ["So."]}']),
}  # fmt: skip


@pytest.mark.parametrize(("typed", "noted"), QUESTIONS.values(), ids=QUESTIONS.keys())
def test_each_answer_is_a_note_and_no_evidence(typed: Any, noted: list[str]) -> None:
    draft = row(questions=typed).drafts[0]
    assert [*draft.notes] == noted
    assert "evidence" not in draft.fields


KEPT_BACK: dict[str, tuple[Any, dict[str, str], str]] = {
    "no claim": ({"label": "Refuted"}, {}, "It has no `claim`."),
    "a claim that is no text": ({"claim": ["a"]}, {}, "It has no `claim`."),
    "too long": ({"claim": "x" * 1201}, {}, "`claim` has 1,201 characters and cannot be written as a claim; 1,200 are the most, marks of Markdown count twice."),
    "a text": ("a claim", {}, "It is no object with a claim."),
    "no speaker": ({"claim": "a", "speaker": "Anna"}, {"kind": "statement"}, "A claim of kind `statement` has a speaker, and it is not said who that is; `--speaker-type` says what speakers are."),
}  # fmt: skip


@pytest.mark.parametrize(("value", "given", "reason"), KEPT_BACK.values(), ids=KEPT_BACK.keys())
def test_a_row_that_cannot_be_a_record_is_kept_back_whole(value: Any, given: dict[str, str], reason: str) -> None:
    [found] = rows(value, **given)
    assert (found.kept_back, found.drafts, json.loads(found.raw)) == (reason, (), value)


def test_who_keeps_the_set_can_be_said() -> None:
    [found] = rows({"claim": "a"}, outlet="fever", url="https://fever.example/set", language="uk")
    [sheet] = sources(found)
    assert [sheet.fields[name] for name in ("outlet", "url", "language")] == [
        "fever",
        "https://fever.example/set",
        "uk",
    ]
    assert [draft.kind for draft in found.drafts] == ["claim", "source"]


def test_two_speakers_of_one_sentence_are_two_claims_wherever_they_stand() -> None:
    one, other = {"claim": "It is so.", "speaker": "Anna"}, {"claim": "It is so.", "speaker": "Tom"}
    keys = [draft.drafts[0].key for draft in rows(one, other, one | {"label": "Refuted"})]
    assert keys[0] != keys[1]
    assert keys[2] == keys[0]
    assert [draft.drafts[0].key for draft in rows(other, one)] == [keys[1], keys[0]]


# --- laws ---

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)
WORDS = st.sampled_from(["https://a.example/1", "12-8-2020", "null", "[x](claim:y) <b>300</b>", "\u202e"]) | ANY_JSON
CLAIMS = st.dictionaries(st.sampled_from(FIELDS), WORDS, max_size=9)


@given(st.lists(CLAIMS | ANY_JSON, min_size=1, max_size=4), st.sampled_from([{}, {"speaker_type": "person"}]))
def test_any_json_is_accounted_for_and_nothing_raises(values: list[object], given_: dict[str, str]) -> None:
    found = rows(*values, **given_)
    assert [one.at for one in found] == [f"/{n}" for n in range(len(values))]
    for one in found:
        assert bool(one.drafts) + bool(one.kept_back) + one.is_blank == 1
        assert {remark.code for remark in one.remarks} <= CODES.keys()
        for draft in one.drafts[:1]:
            cited = [str(seen["finding"]) for seen in seen_of(draft)]
            assert figures.missing(str(draft.fields["says"]), cited) == ()
            assert prose_links(str(draft.fields["says"])) == ()


def mark(value: object, numbers: Iterator[int]) -> object:
    if isinstance(value, dict):
        return {name: mark(one, numbers) for name, one in value.items()}
    return [mark(one, numbers) for one in value] if isinstance(value, list) else f"mark{next(numbers)}end"


ASKED = st.lists(
    st.fixed_dictionaries(
        {"question": st.just("")},
        optional={"answers": st.lists(st.dictionaries(st.sampled_from(["answer", "answer_type", "source_url", "x"]), st.just(""))), "y": ANY_JSON},
    )
)  # fmt: skip


@given(CLAIMS, ASKED)
def test_nothing_that_a_row_says_is_lost(fields: dict[str, Any], asked: list[Any]) -> None:
    marked = mark({"claim": "", **fields, "questions": asked or fields.get("questions")}, numbers := count(1))
    assert isinstance(marked, dict)
    [found] = rows(marked)
    kept = show(read(json.dumps([marked]).encode(), OPTIONS)) + found.raw * bool(found.kept_back)
    assert [number for number in range(1, next(numbers)) if f"mark{number}end" not in kept] == []


# --- into a site ---


def bring(root: Path, path: Path, used: Options) -> Report:
    return bring_in(root, "imported", Source("averitec", path.name, path.stem), lambda _: read(path.read_bytes(), used))


@pytest.mark.parametrize(
    "given_", [{}, {"speaker_type": "person"}, {"speaker_type": "person", "kind": "statement"}], ids=str
)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_is_imported_passes_the_check_and_a_second_time_nothing_is_new(
    valley: Path,  # noqa: F811
    path: Path,
    given_: dict[str, str],
) -> None:
    used = options(**given_)
    expected = ["kept-back" if one.kept_back else "blank" if one.is_blank else "written" for one in read(path.read_bytes(), used).rows]  # fmt: skip
    assert [item.outcome for item in bring(valley, path, used).items] == expected
    assert errors(valley) == []
    before = files(valley)
    again = [item.outcome for item in bring(valley, path, used).items]
    assert again == [one.replace("written", "already-there") for one in expected]
    assert files(valley) == before
