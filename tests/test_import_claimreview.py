"""ClaimReview: found wherever it stands, each review one row, nothing guessed, nothing forged, nothing lost."""

from __future__ import annotations

import json
import re
import shutil
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT
from drafts_shown import seen_of, show
from hypothesis import given
from hypothesis import strategies as st
from test_importing import TODAY, errors, files, valley  # noqa: F401 - a fixture

from generator import figures, pipeline
from generator.cli.bringing import Source, bring_in
from generator.dialect import prose_links, prose_plain
from generator.exports.claim_review import compose_review
from generator.importers.claimreview import read
from generator.importers.claimreview.reviews import own_id
from generator.importers.remarks import CODES
from generator.importers.rows import Handle, Options, Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from generator.importers.report import Report
    from generator.importers.rows import Draft, Row, Value
    from generator.link import Library

SAMPLES = ROOT / "tests" / "importing" / "claimreview"
FILES = sorted(path for path in SAMPLES.iterdir() if path.suffix != ".txt")
OPTIONS = Options(
    today="2031-07-03",
    name="feed",
    given={"language": "en"},
    address="https://ours.example/",
    publisher="Our Desk",
    genres=("news", "post", "document", "dataset"),
)


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1940803200")


def options(**given: str) -> Options:
    return Options(OPTIONS.today, "feed", {"language": "en", **given}, {}, OPTIONS.address, "Our Desk", {}, "unchecked", OPTIONS.genres)  # fmt: skip


def review(**fields: Any) -> dict[str, Any]:
    base = {
        "@type": "ClaimReview",
        "url": "https://desk.example/r",
        "claimReviewed": "The bridge is closed.",
        "author": {"@type": "Organization", "name": "Desk"},
        "datePublished": "2024-05-09",
        "reviewRating": {"alternateName": "False"},
        "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Anna Reed"}},
    }
    return {name: value for name, value in (base | fields).items() if value != "LEFT OUT"}


def rows(*values: Any, **given: str) -> tuple[Row, ...]:
    reading = read(json.dumps([*values]).encode(), options(**given))
    assert reading.problem == ""
    return reading.rows


def row(**fields: Any) -> Row:
    return rows(review(**fields))[0]


def claim(**fields: Any) -> Draft:
    found = row(**fields)
    assert found.kept_back == ""
    return found.drafts[0]


def codes(one: Row) -> list[str]:
    return [remark.code for remark in one.remarks]


def notes(draft: Draft, field: str) -> list[str]:
    return [note for note in draft.notes if note.startswith(field)]


# --- where reviews stand ---


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_container_is_read(path: Path, assert_golden: Callable[[Path, str], None]) -> None:
    assert_golden(path.with_name(f"{path.name}.txt"), show(read(path.read_bytes(), OPTIONS)))


PLACES = {
    # a file -> where its reviews and what stands in their place are, in order
    "an object": ("§", ["/"]),
    "a list": ("[§, null, §]", ["/0", "/1 blank", "/2"]),
    "lists in lists": ("[[§], [[]], 5]", ["/0/0", "/1/0 blank", "/2 kept back"]),
    "a graph": ('{"@graph": [{"@type": "WebSite"}, §]}', ["/@graph/1"]),
    "inside another page": ('{"@type": "NewsArticle", "review": [§], "hasPart": {"a~/b": §}}', ["/review/0", "/hasPart/a~0~1b"]),
    "items of a feed": ('{"dataFeedElement": [{"item": [§, §]}, {"item": §}, {"item": null}, {}]}', ["/dataFeedElement/0/item/0", "/dataFeedElement/0/item/1", "/dataFeedElement/1/item", "/dataFeedElement/2/item blank", "/dataFeedElement/3 blank"]),
    "a feed without items": ('{"dataFeedElement": §}', ["/dataFeedElement"]),
    "feeds in a list": ('[{"dataFeedElement": [{"item": §}]}, {"dataFeedElement": [7]}]', ["/0/dataFeedElement/0/item", "/1/dataFeedElement/0 kept back"]),
    "lines": ("§\n§\n{broken\n[§]", ["line 1", "line 2", "line 3 kept back", "line 4 /0"]),
    "a reference to one": ('{"@graph": [{"@id": "#r", "@type": "ClaimReview", "claimReviewed": "x", "author": "y"}, {"mainEntity": {"@id": "#r"}}, {"@type": "ClaimReview", "@id": "#r"}]}', ["/@graph/0"]),
    "nothing": ('{"@type": "Article"}', ["/ kept back"]),
    "an empty object": ("{}", ["/ blank"]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PLACES.values(), ids=PLACES.keys())
def test_each_review_is_one_row_and_so_is_what_stands_in_its_place(text: str, expected: list[str]) -> None:
    reading = read(text.replace("§", json.dumps(review())).encode(), OPTIONS)
    said = [f"{one.at}{' blank' if one.is_blank else ' kept back' if one.kept_back else ''}" for one in reading.rows]
    assert said == expected
    assert [one.number for one in reading.rows] == [*range(1, len(expected) + 1)]


def test_a_file_without_any_place_for_a_review_is_refused() -> None:
    page = b'<script type=\'application/ld+json\'>{"@type": "WebSite"}</script>'
    assert read(page, OPTIONS).problem == "There is no ClaimReview in this file."
    assert read(b"[" * 100, OPTIONS).problem.startswith("This is nested more than 64 levels deep")
    assert read(b'[{"a": NaN}]', OPTIONS).problem.startswith("This is no JSON: NaN is no number there")


# --- what stands in them ---

RATINGS: dict[str, tuple[Any, list[str], list[str]]] = {
    # what `reviewRating` holds -> notes, and codes of remarks
    "label and scale": ({"alternateName": "False", "ratingValue": 1, "bestRating": 5, "worstRating": 1}, ["rating: False (1 of 1 to 5)"], []),
    "numbers as texts": ({"alternateName": "Mostly true", "ratingValue": "4", "bestRating": "5", "worstRating": "1"}, ["rating: Mostly true (4 of 1 to 5)"], []),
    "half a number": ({"ratingValue": 2.50, "bestRating": 5, "worstRating": 0}, ["rating: 2.5 of 0 to 5"], []),
    "label only": ({"alternateName": "The figure is right, but it is of another year and leaves out half of the towns."}, ["rating: The figure is right, but it is of another year and leaves out half of the towns."], []),
    "another language": ({"name": "Неправда"}, ["rating: Неправда"], []),
    "text only": ("Pants on fire", ["rating: Pants on fire"], []),
    "list of labels": ({"alternateName": ["False", "Falsch"]}, ['reviewRating.alternateName: ["False", "Falsch"]'], ["rating-unknown"]),
    "label as value": ({"alternateName": [{"@value": "Falso"}]}, ["rating: Falso"], []),
    "number without scale": ({"ratingValue": 3}, ["rating: 3"], []),
    "half a scale": ({"alternateName": "B", "ratingValue": 3, "bestRating": 4}, ["rating: B (3, best 4)"], []),
    "scale without number": ({"alternateName": "B", "bestRating": 4, "worstRating": 1}, ["rating: B (no number, 1 to 4)"], []),
    "no number": ({"alternateName": "Unproven", "ratingValue": -1, "bestRating": -1, "worstRating": -1}, ["rating: Unproven (-1 of -1 to -1)"], []),
    "below the scale": ({"alternateName": "False", "ratingValue": 0, "bestRating": 5, "worstRating": 1}, ["rating: False (0 of 1 to 5)"], ["rating-out-of-scale"]),
    "best is lowest": ({"alternateName": "True", "ratingValue": 1, "bestRating": 1, "worstRating": 6}, ["rating: True (1 of 6 to 1)"], ["rating-reversed"]),
    "four of something": ({"ratingValue": "Four Pinocchios"}, ["rating: Four Pinocchios"], []),
    "beyond numbers": ({"ratingValue": "9" * 400, "bestRating": 5, "worstRating": 1}, [f"rating: {'9' * 400} of 1 to 5"], []),
    "two labels": ({"alternateName": "False", "name": "Fact Crescendo Rating: False"}, ["rating: False", "reviewRating.name: Fact Crescendo Rating: False"], []),
    "reasons and a picture": ({"alternateName": "False", "ratingExplanation": "Because.", "image": {"url": "https://i.example"}}, ["rating: False", "reviewRating.ratingExplanation: Because.", 'reviewRating.image: {"url": "https://i.example"}'], []),
    "nothing": ({"@type": "Rating", "alternateName": " "}, [], ["rating-unknown"]),
    "none": ("LEFT OUT", [], ["rating-unknown"]),
    "two of them": ([{"alternateName": "False"}, {"alternateName": "True"}], ["rating: False", 'reviewRating: {"alternateName": "True"}'], []),
}  # fmt: skip


@pytest.mark.parametrize(("rating", "noted", "remarked"), RATINGS.values(), ids=RATINGS.keys())
def test_a_rating_is_kept_word_for_word_and_never_becomes_a_verdict(
    rating: Any, noted: list[str], remarked: list[str]
) -> None:
    found = row(reviewRating=rating)
    draft = found.drafts[0]
    assert sorted(notes(draft, "rating") + notes(draft, "reviewRating")) == sorted(noted)
    assert codes(found) == remarked
    assert draft.fields["verdict"] == "unchecked"
    assert not draft.fields.keys() & {"why", "log", "checked", "evidence"}


AUTHORS: dict[str, tuple[Any, Value, list[str]]] = {
    # what the claim's `author` holds -> its chain, and what is noted of it
    "person": ({"@type": "Person", "name": "Anna  Reed"}, [Handle("entity", "Anna Reed", "person")], []),
    "body": ({"@type": "Organization", "name": "Council"}, [Handle("entity", "Council", "organisation")], []),
    "party": ({"@type": ["Thing", "schema:PoliticalParty"], "name": "Mill Party"}, [Handle("entity", "Mill Party", "organisation")], []),
    "newspaper": ({"@type": "NewsMediaOrganization", "name": "Paper"}, [Handle("entity", "Paper", "outlet")], []),
    "the desk itself": ({"@type": "Organization", "name": "DESK"}, "own", []),
    "text": ("Viral post", [{"unnamed": "Viral post"}], []),
    "no type": ({"name": "Sources multiples", "sameAs": "https://x.example"}, [{"unnamed": "Sources multiples"}], ["itemReviewed.author.sameAs: https://x.example"]),
    "unknown type": ({"@type": "Thing", "name": "Unknown"}, [{"unnamed": "Unknown"}], []),
    "placeholder": ({"@type": "Person", "name": "XXXX"}, "untraced", ['itemReviewed.author: {"@type": "Person", "name": "XXXX"}']),
    "blank": ({"@type": "Person", "name": " "}, "untraced", []),
    "none": (None, "untraced", []),
    "too long": ({"@type": "Person", "name": "x" * 301}, "untraced", [f'itemReviewed.author: {{"@type": "Person", "name": "{"x" * 301}"}}']),
    "twice": ([{"@type": "Person", "name": "Anna Reed"}, {"@type": "Person", "name": "anna reed"}], [Handle("entity", "Anna Reed", "person")], []),
}  # fmt: skip


@pytest.mark.parametrize(("author", "chain", "noted"), AUTHORS.values(), ids=AUTHORS.keys())
def test_who_claims_it_is_an_entity_only_where_the_file_says_what_they_are(
    author: Any, chain: Value, noted: list[str]
) -> None:
    found = row(itemReviewed={"author": author})
    [seen] = seen_of(found.drafts[0])
    assert seen["chain"] == chain
    assert notes(found.drafts[0], "itemReviewed") == noted
    assert ("author-unknown" in codes(found)) == (chain == "untraced" and "too-long" not in codes(found))


def test_several_authors_are_several_chains() -> None:
    people = [{"@type": "Person", "name": "Anna Reed"}, "A neighbour"]
    [seen] = seen_of(claim(itemReviewed={"author": people}))
    assert seen["chains"] == [[Handle("entity", "Anna Reed", "person")], [{"unnamed": "A neighbour"}]]


def test_one_voice_has_one_type_in_the_whole_file() -> None:
    """A body that publishes reviews in one row and claims something in another is one outlet."""
    first = review(url="https://a.example/1", author={"name": "Paper"})
    second = review(url="https://b.example/1", itemReviewed={"author": {"@type": "Organization", "name": "paper"}})
    [seen] = seen_of(rows(second, first)[0].drafts[0])
    assert seen["chain"] == [Handle("entity", "paper", "outlet")]


DESKS: dict[str, tuple[dict[str, Any], Value, list[str]]] = {
    # `author`, `publisher` -> outlet, notes of the claim
    "a body": ({"author": {"@type": "Organization", "name": "Desk"}}, Handle("entity", "Desk", "outlet"), []),
    "a text": ({"author": "Desk"}, Handle("entity", "Desk", "outlet"), []),
    "publisher before a person": ({"author": {"@type": "Person", "name": "Mia"}, "publisher": {"name": "Desk"}}, Handle("entity", "Desk", "outlet"), []),
    "a person alone": ({"author": {"@type": "Person", "name": "Mia"}}, Handle("entity", "Mia", "person"), []),
    "another publisher": ({"author": "Desk", "publisher": {"name": "House"}}, Handle("entity", "Desk", "outlet"), ['publisher: {"name": "House"}']),
    "nobody": ({"author": "LEFT OUT"}, Handle("entity", "desk.example", "outlet"), []),
    "a placeholder": ({"author": {"name": "xxxx"}}, Handle("entity", "desk.example", "outlet"), ['author: {"name": "xxxx"}']),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "outlet", "noted"), DESKS.values(), ids=DESKS.keys())
def test_who_published_the_review_is_its_outlet(fields: dict[str, Any], outlet: Value, noted: list[str]) -> None:
    found = row(**fields)
    assert found.drafts[1].fields["outlet"] == outlet
    assert [*notes(found.drafts[0], "author"), *notes(found.drafts[0], "publisher")] == noted
    assert ("outlet-from-address" in codes(found)) == (outlet == Handle("entity", "desk.example", "outlet"))


def test_the_flags_say_what_the_file_does_not() -> None:
    bare = review(author="LEFT OUT", itemReviewed={"author": {"@type": "Person", "name": "Anna Reed"}})
    [found] = rows(bare, outlet="our-desk", genre="document", kind="statement", language="uk")
    own, source = found.drafts[:2]
    assert (own.fields["kind"], own.fields["speaker"]) == ("statement", Handle("entity", "Anna Reed", "person"))
    assert [source.fields[name] for name in ("outlet", "genre", "language")] == ["our-desk", "document", "uk"]
    assert rows(review(inLanguage="ru"), language="uk")[0].drafts[1].fields["language"] == "ru"


KEPT_BACK: dict[str, tuple[dict[str, Any], dict[str, str], str]] = {
    "no claim": ({"claimReviewed": None}, {}, "It does not say which claim is reviewed: `claimReviewed` has no words."),
    "a dash": ({"claimReviewed": "–"}, {}, "It does not say which claim is reviewed: `claimReviewed` has no words."),
    "too long": ({"claimReviewed": "x" * 1201}, {}, "`claimReviewed` has 1,201 characters and cannot be written as a claim; 1,200 are the most, marks of Markdown count twice."),
    "no outlet": ({"author": None, "url": None}, {}, "It does not say who published the review; say so with `--outlet`."),
    "no language": ({}, {"language": ""}, "It does not say in which language the review is written; say so with `--language`."),
    "no genre": ({}, {"genre": "poem"}, "`poem` is no genre of this site; say with `--genre` what sort of text a review is."),
    "no speaker": ({"itemReviewed": {"author": "Somebody"}}, {"kind": "statement"}, "A claim of kind `statement` has a speaker, and it is not said which person or body that is."),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "given", "reason"), KEPT_BACK.values(), ids=KEPT_BACK.keys())
def test_a_row_that_cannot_be_a_record_is_kept_back_whole(
    fields: dict[str, Any], given: dict[str, str], reason: str
) -> None:
    whole = review(**fields)
    [found] = rows(whole, **given)
    assert (found.kept_back, found.drafts) == (reason, ())
    assert json.loads(found.raw) == whole


TIMES: dict[str, tuple[dict[str, Any], str | None, list[str], list[str]]] = {
    # dates of the claim, for a review of 2024-05-09 -> `when`, notes, codes
    "before": ({"datePublished": "2024-05-08"}, "2024-05-08", [], []),
    "the same day, another zone": ({"datePublished": "2024-05-09T23:00:00-10:00"}, "2024-05-09T23:00:00-10:00", [], []),
    "after": ({"datePublished": "2024-05-10"}, None, ["itemReviewed.datePublished: 2024-05-10"], ["date-after-review"]),
    "the month": ({"datePublished": "2024-05"}, "2024-05", [], []),
    "ambiguous": ({"datePublished": "5-8-2024"}, None, ["itemReviewed.datePublished: 5-8-2024"], ["date-ambiguous"]),
    "created": ({"dateCreated": "2024-05-08"}, "2024-05-08", [], []),
    "covered": ({"temporalCoverage": "2024-01/2024-02", "datePublished": "2024-05-08"}, "2024-01/2024-02", [], []),
    "covered later": ({"temporalCoverage": "2025", "datePublished": "2024-05-08"}, None, ["itemReviewed.temporalCoverage: 2025"], ["date-after-review"]),
    "midnight": ({"datePublished": "2024-05-09T00:00:00Z"}, "2024-05-09", [], ["midnight-as-day"]),
    "no text": ({"datePublished": {"a": 1}}, None, ['itemReviewed.datePublished: {"a": 1}'], []),
}  # fmt: skip


@pytest.mark.parametrize(("dated", "when", "noted", "remarked"), TIMES.values(), ids=TIMES.keys())
def test_the_date_of_a_claim_never_comes_after_its_review(
    dated: dict[str, Any], when: str | None, noted: list[str], remarked: list[str]
) -> None:
    found = row(itemReviewed={"author": {"@type": "Person", "name": "Anna Reed"}, **dated})
    assert found.drafts[0].fields.get("when") == when
    assert notes(found.drafts[0], "itemReviewed") == noted
    assert codes(found) == remarked


PAPER = {"@type": "NewsArticle", "url": "https://paper.example/1", "publisher": {"name": "Paper"}}
APPEARANCES: dict[str, tuple[dict[str, Any], list[str], list[str]]] = {
    # what says where the claim stood -> addresses of sources beside the review, and notes
    "an article of a known outlet": ({"appearance": PAPER}, ["https://paper.example/1"], []),
    "twice": ({"appearance": [PAPER, PAPER]}, ["https://paper.example/1"], []),
    "twice, and the second says more": ({"appearance": [PAPER, PAPER | {"headline": "H"}]}, ["https://paper.example/1"], ['appearance: {"@type": "NewsArticle", "url": "https://paper.example/1", "publisher": {"name": "Paper"}, "headline": "H"}']),
    "first": ({"firstAppearance": PAPER}, ["https://paper.example/1"], ["firstAppearance: https://paper.example/1"]),
    "outlet as a text": ({"appearance": PAPER | {"publisher": "Paper"}}, ["https://paper.example/1"], []),
    "no outlet": ({"appearance": {"url": "https://paper.example/1"}}, [], ["appearance: https://paper.example/1"]),
    "an address as an object": ({"appearance": {"@type": "CreativeWork", "url": "https://a.example/1"}}, [], ["appearance: https://a.example/1"]),
    "no sort": ({"appearance": PAPER | {"@type": "CreativeWork"}}, [], ['appearance: {"@type": "CreativeWork", "url": "https://paper.example/1", "publisher": {"name": "Paper"}}']),
    "the review's own host": ({"appearance": PAPER | {"url": "https://www.desk.example/x"}}, [], ['appearance: {"@type": "NewsArticle", "url": "https://www.desk.example/x", "publisher": {"name": "Paper"}}']),
    "an address": ({"appearance": "https://a.example/1"}, [], ["appearance: https://a.example/1"]),
    "several in one text": ({"appearance": "https://a.example/1, https://b.example/2 https://c.example/3 and https://d.example/4"}, [], ["appearance: https://a.example/1", "appearance: https://b.example/2", "appearance: https://c.example/3", "appearance: https://d.example/4"]),
    "a comma in an address": ({"appearance": "https://a.example/1,2"}, [], ["appearance: https://a.example/1,2"]),
    "the address of the claim": ({"url": "https://a.example/1"}, [], ["itemReviewed.url: https://a.example/1"]),
    "no address": ({"appearance": "on television"}, [], ["appearance: on television"]),
}  # fmt: skip


@pytest.mark.parametrize(("said", "sources", "noted"), APPEARANCES.values(), ids=APPEARANCES.keys())
def test_where_the_claim_stood_is_a_source_only_where_its_outlet_is_known(
    said: dict[str, Any], sources: list[str], noted: list[str]
) -> None:
    found = row(itemReviewed={"author": "Somebody", **said})
    drafts = [one for one in found.drafts if one.kind == "source"]
    assert [one.fields["url"] for one in drafts] == ["https://desk.example/r", *sources]
    told = [note for note in found.drafts[0].notes if not note.startswith("rating")]
    assert [note.replace('"@type": "NewsArticle", ', "") for note in told] == [
        note.replace('"@type": "NewsArticle", ', "") for note in noted
    ]


# --- laws ---

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)
FIELDS = (
    ["@id", "@value", "@graph", "url", "name", "author", "publisher", "itemReviewed", "reviewRating", "alternateName", "ratingValue",
     "bestRating", "worstRating", "appearance", "firstAppearance", "datePublished", "dateCreated", "temporalCoverage", "inLanguage",
     "claimReviewed", "claimReview", "dataFeedElement", "claims", "item", "properties", "sameAs", "jobTitle", "type"]
)  # fmt: skip
NAMES = st.sampled_from(FIELDS)
TYPES = st.sampled_from(
    ["ClaimReview", "Claim", "Person", "Organization", "NewsArticle", "DataFeed", ["ClaimReview", "x"]]
)
WORDS = st.sampled_from(["https://desk.example/a", "2024-05-09", "Desk", "#1", "5", " "]) | st.text(max_size=9)
REVIEWISH = st.recursive(
    WORDS | ANY_JSON,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(NAMES, inner, max_size=6).flatmap(
            lambda fields: st.one_of(st.just(fields), TYPES.map(lambda type_: {"@type": type_, **fields}))
        )
    ),
    max_leaves=25,
)


@given(st.lists(REVIEWISH, min_size=1, max_size=4))
def test_any_json_is_accounted_for_and_nothing_raises(values: list[object]) -> None:
    reading = read(json.dumps(values).encode(), OPTIONS)
    assert reading.problem == ""
    assert [one.number for one in reading.rows] == [*range(1, len(reading.rows) + 1)]
    standing = {int(one.at.split("/")[1]) for one in reading.rows}
    references = {n for n, value in enumerate(values) if isinstance(value, dict) and set(value) <= {"@id", "@type"}}
    assert standing | references >= {*range(len(values))}
    for one in reading.rows:
        assert bool(one.drafts) + bool(one.kept_back) + one.is_blank == 1
        assert not one.drafts or one.drafts[0].kind == "claim"
        assert {remark.code for remark in one.remarks} <= CODES.keys()
        assert len(one.digest) == 64
        assert one.is_blank or json.loads(one.raw) is not None


@given(REVIEWISH.filter(lambda value: isinstance(value, dict)))
def test_whatever_a_review_holds_it_raises_nothing(fields: dict[str, Any]) -> None:
    for one in rows(review(**fields), review(itemReviewed=fields), review(author=fields, reviewRating=fields)):
        assert one.drafts or one.kept_back
        for draft in one.drafts:
            assert all(value for value in draft.fields.values())


MARK = re.compile(r"mark\d+end")
TEXT_NAMES = [*FIELDS, "headline"]
NODES = st.recursive(
    st.just("") | st.lists(st.just(""), min_size=2, max_size=2),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.builds(
            lambda fields, type_: {**fields, **({"@type": type_} if type_ else {})},
            st.dictionaries(
                st.sampled_from([name for name in TEXT_NAMES if name[0] != "@" and name != "type"]), inner, max_size=6
            ),
            st.none() | TYPES,
        )
    ),
    max_leaves=20,
)


def mark(value: object, numbers: Iterator[int], name: str = "") -> object:
    """Put another text in each place for one: an address where one is expected."""
    if isinstance(value, dict):
        return {key: one if key == "@type" else mark(one, numbers, key) for key, one in value.items()}
    if isinstance(value, list):
        return [mark(one, numbers, name) for one in value]
    number = next(numbers)
    text = f"mark{number}end"
    if name == "url" and number % 2:
        return "https://same.example/x"
    return f"https://{text}.example/x" if name in {"url", "appearance", "firstAppearance", "sameAs"} else text


@given(
    st.fixed_dictionaries(
        {},
        optional={
            name: NODES
            for name in TEXT_NAMES
            if name[0] != "@" and name not in ("type", "url", "claimReviewed", "properties")
        },
    ),
    st.booleans(),
)
def test_nothing_that_a_review_says_is_lost(fields: dict[str, Any], is_own: bool) -> None:  # noqa: FBT001
    marked = mark(fields, count(1))
    assert isinstance(marked, dict)
    whole = review(**marked) | ({"url": "https://ours.example/claims/x/"} if is_own else {})
    [found] = rows(whole)
    kept = show(read(json.dumps([whole]).encode(), options())) + found.raw * bool(found.kept_back)
    assert [one for one in MARK.findall(json.dumps(whole)) if one not in kept] == []


HOSTILE = st.text("[](){}<>!*_`#:\\claim&;x/\"'0 \n\u202e\u0000", min_size=1, max_size=60)


@given(HOSTILE, HOSTILE, HOSTILE)
def test_foreign_words_forge_no_link(words: str, name: str, title: str) -> None:
    text = f"See [x](claim:y) {words}"
    people = {"@type": "Person", "name": f"A {name}", "jobTitle": f"[b](entity:c) {title}"}
    found = row(
        claimReviewed=text, itemReviewed={"author": people}, author={"name": f"[Desk](claim:y) {name}"}, name=title
    )
    for draft in found.drafts:
        for field in ("says", "summary", "description"):
            assert prose_links(str(draft.fields.get(field, ""))) == ()
        for seen in seen_of(draft) if draft.kind == "claim" else ():
            assert prose_links(str(seen["finding"])) == ()


SENTENCES = st.lists(
    st.sampled_from(["300", "about", "1,000", "people", "65 %", "in May 2020", "-5", "3.", "F-16", "two-thirds", "at least", "20", "one", "(1)", "№ 7", "12:30", "“", "*", "#1"]),
    min_size=1, max_size=8,
).map(" ".join)  # fmt: skip


@given(SENTENCES, st.sampled_from([None, "2020-05", "2020"]))
def test_every_figure_of_a_claim_stands_in_what_it_cites(words: str, when: str | None) -> None:
    found = row(claimReviewed=f"{words} x", itemReviewed={"author": "Somebody", "datePublished": when})
    fields = found.drafts[0].fields
    cited = [str(one["finding"]) for one in seen_of(found.drafts[0])]
    assert figures.missing(str(fields["says"]), cited) == ()


def test_the_place_in_the_file_is_no_part_of_a_rows_identity() -> None:
    several = [review(url=f"https://desk.example/{n}", claimReviewed=f"Claim {n % 3}.") for n in range(6)]
    there, back = rows(*several), rows(*reversed(several))
    assert [(one.drafts[0].key, one.digest) for one in there] == [
        (one.drafts[0].key, one.digest) for one in reversed(back)
    ]
    assert len({one.drafts[0].key for one in there}) == 6


def test_a_row_that_says_something_else_has_another_digest() -> None:
    graph = '{"@graph": [{"@type": "ClaimReview", "claimReviewed": "x", "url": "https://a.example", "author": {"@id": "#a"}}, {"@id": "#a", "name": "%s"}]}'
    one, same, other = (read((graph % name).encode(), OPTIONS).rows[0].digest for name in ("A", "A", "B"))
    assert one == same != other


# --- our own export ---

OWN = {
    "https://ours.example/claims/bridge-cost/": "bridge-cost",
    "https://ours.example/claims/bridge-cost/#log": "bridge-cost",
    "https://ours.example/claims/index-/": "index",
    "https://ours.example/claims/": "",
    "https://ours.example/claims/a/b/": "",
    "https://ours.example/sources/bridge-cost/": "",
    "https://ours.example/claims/Bridge/": "",
    "https://ours.example/claims/../claims/x/": "",
    "https://ours.example.evil.example/claims/bridge-cost/": "",
    "https://desk.example/claims/bridge-cost/": "",
}


@pytest.mark.parametrize(("url", "one"), OWN.items())
def test_an_address_of_ours_gives_back_its_id(url: str, one: str) -> None:
    assert own_id(OPTIONS, url) == one


# --- into a site ---


def bring(root: Path, path: Path, given: dict[str, str]) -> Report:
    used = Options(OPTIONS.today, "feed", given, {}, OPTIONS.address, "Our Desk", {}, "unchecked", OPTIONS.genres)
    return bring_in(root, "imported", Source("claimreview", path.name, path.stem), lambda _: read(path.read_bytes(), used))  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_is_imported_passes_the_check_and_a_second_time_nothing_is_new(valley: Path, path: Path) -> None:  # noqa: F811
    expected = ["kept-back" if one.kept_back else "blank" if one.is_blank else "written" for one in read(path.read_bytes(), OPTIONS).rows]  # fmt: skip
    report = bring(valley, path, {"language": "en"})
    assert [(item.outcome, item.reason) for item in report.items if item.outcome != "written"] == [
        (outcome, row.kept_back)
        for outcome, row in zip(expected, read(path.read_bytes(), OPTIONS).rows, strict=True)
        if outcome != "written"
    ]
    assert errors(valley) == []
    before = files(valley)
    again = bring(valley, path, {"language": "en"})
    assert [item.outcome for item in again.items] == [one.replace("written", "already-there") for one in expected]
    assert files(valley) == before


KINDS = ("fact", "number", "absence", "forecast", "opinion", "statement")


@pytest.mark.parametrize("kind", KINDS)
def test_claims_of_every_kind_pass_the_check(tmp_path: Path, valley: Path, kind: str) -> None:  # noqa: F811
    path = tmp_path / "feed.json"
    shutil.copyfile(SAMPLES / "object.json", path)
    report = bring(valley, path, {"language": "en", "kind": kind})
    assert [item.outcome for item in report.items] == ["written"]
    assert errors(valley) == []


# --- out and in again ---


@cache
def exported() -> tuple[Library, dict[str, dict[str, Any]]]:
    """The reviews of the small site by the ids of their claims."""
    checked = pipeline.check(ROOT / "tests" / "sample", today=TODAY)
    assert checked.library is not None
    assert checked.views is not None
    library, views = checked.library, checked.views
    composed = {one: compose_review(library, views, "claim", one) for one in library.claims}
    return library, {one: made for one, made in composed.items() if made is not None}


def read_own(library: Library, reviews: dict[str, dict[str, Any]]) -> dict[str, Row]:
    used = Options(
        TODAY.isoformat(), "own", address=library.settings.address, publisher=library.settings.publisher,
        genres=tuple(library.vocabulary.genres),
    )  # fmt: skip
    feed = {
        "@type": "DataFeed",
        "dataFeedElement": [{"@type": "DataFeedItem", "item": one} for one in reviews.values()],
    }
    return dict(zip(reviews, read(json.dumps(feed).encode(), used).rows, strict=True))


def test_what_our_export_carries_comes_back() -> None:
    """Ids, words, time, who said it and when, and the texts with address, title, outlet, language and date."""
    library, reviews = exported()
    assert len(reviews) > 5
    for one, found in read_own(library, reviews).items():
        claim_, draft = library.claims[one], found.drafts[0]
        assert (draft.wish, found.remarks) == (one, ()) or codes(found) == ["author-unknown"]
        assert prose_plain(str(draft.fields["says"])) == prose_plain(claim_.says)
        covered = reviews[one]["itemReviewed"].get("temporalCoverage")
        assert draft.fields.get("when") == covered
        assert covered is None or claim_.when is None or claim_.when.text.startswith(covered)
        there = {str(made.fields["url"]): made.fields for made in found.drafts if made.kind == "source"}
        told = [library.sources[item.source] for item in claim_.seen if library.sources[item.source].url]
        assert list(there) == list(dict.fromkeys(source.url for source in told)) or not told
        for source in told:
            fields, outlet = there[str(source.url)], there[str(source.url)]["outlet"]
            assert isinstance(outlet, Handle)
            assert outlet.key == library.entities[source.outlet].name
            assert (fields.get("title"), fields["language"]) == (source.title, source.language)
            dated = fields.get("written") or fields.get("published")
            assert dated is None or (source.dated and source.dated.text.startswith(str(dated)))
        author = reviews[one]["itemReviewed"].get("author")
        for seen in seen_of(draft):
            hop = seen["chain"][0] if isinstance(seen["chain"], list) else seen["chain"]
            voice = hop.get("who") if isinstance(hop, dict) else hop
            assert (
                voice == "untraced" if author is None else voice == "own" or getattr(voice, "key", "") == author["name"]
            )


def test_an_empty_project_takes_our_export_in_whole(valley: Path) -> None:  # noqa: F811
    library, reviews = exported()
    for folder in ("claims", "entities", "events", "sources", "topics"):
        shutil.rmtree(valley / "content" / folder, ignore_errors=True)
    rows_ = tuple(read_own(library, reviews).values())
    report = bring_in(valley, "imported", Source("claimreview", "own.json", "own"), lambda _: Reading(rows_))
    assert [(item.outcome, item.reason) for item in report.items] == [("written", "")] * len(reviews)
    assert [item.records[0] for item in report.items] == [f"claim:{one}" for one in reviews]
    assert errors(valley) == []
