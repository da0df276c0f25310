"""ClaimReview: what aggregators read of a judged claim is what the record says, and no text in it breaks out of its page."""

from __future__ import annotations

import json
import re
from functools import cache
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import extruct
import html5lib
import pytest
from conftest import ROOT, SAMPLE
from hypothesis import given
from hypothesis import strategies as st
from test_cases import TODAY

from generator import load
from generator.decode import decode
from generator.derive import derive
from generator.exports.assembling import assemble
from generator.exports.claim_review import CLAIM_REVIEWS, compose_review, write_script
from generator.exports.exporting import list_ids
from generator.link import link

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conftest import Tree

    from generator.derive import Views
    from generator.exports.published import Collection
    from generator.link import Library

SETTINGS = """
title: The Mill Bridge file
publisher: The reading circle
description: What *is* known.
address: https://bridge.example/
languages: [en-GB, de]
licence: {name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/"}
"""
ENTITIES = """
- {id: anna, type: person, name: Anna Reed, wikidata: Q42}
- {id: council, type: organisation, name: the council}
- {id: courier, type: outlet, name: Courier}
- {id: wire, type: outlet, name: Wire}
- {id: town, type: place, name: the town}
- {id: register, type: document, name: the register}
"""
SOURCES = """
- {id: first, outlet: courier, title: It is shut, published: 2024-05-02, url: "https://courier.example/1", genre: news}
- {id: again, outlet: wire, published: 2024-05-02T13:33+03:00, url: "https://wire.example/2", genre: wire, reprints: first}
- {id: later, outlet: wire, published: 2024-05, url: "https://wire.example/3", genre: post, written: 2024-06-01}
- {id: about, outlet: wire, published: 2024-05~, url: "https://wire.example/4", genre: reference}
- {id: paper, outlet: council, title: A letter, published: 2023, genre: document}
- {id: undated, outlet: wire, url: "https://wire.example/5", genre: dataset}
"""


def read_site(files: Mapping[str, str]) -> tuple[Library, Views]:
    """Read a site with the words of the sample and the given files below `content/`."""
    with TemporaryDirectory() as folder:
        content = Path(folder, "content")
        words = (SAMPLE / "content/vocabulary.yml").read_text("utf-8")
        for name, text in {"vocabulary.yml": words, "settings.yml": SETTINGS, **files}.items():
            path = content / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return link_folder(Path(folder))


def link_folder(root: Path) -> tuple[Library, Views]:
    """Read the site of a folder, which must be sound as far as decoding and linking go."""
    records, undecoded = decode(load.read(root)[0])
    library, unlinked = link(records)
    assert [one for one in (*undecoded, *unlinked) if one.severity == "error"] == []
    assert library is not None
    return library, derive(library, TODAY)


def read_claims(claims: str, files: Mapping[str, str] = MappingProxyType({})) -> tuple[Library, Views]:
    """Read a site with the sources and entities of this module, the given claims, and more files below `content/`."""
    rest = ", accessed: 2024-07-01, language: en, stored: none, publish: none, summary: It says so.}\n"
    given = {"sources/all.yml": SOURCES.replace("}\n", rest), "entities/all.yml": ENTITIES, "claims/all.yml": claims}
    return read_site({**given, **files})


def review_of(claims: str) -> Any:
    return compose_review(*read_claims(claims), "claim", "x")


def assemble_all(collection: Collection, library: Library, views: Views) -> Any:
    """Put a collection together from all records, and read it as JSON."""
    ids = {kind: list(of_kind) for kind, of_kind in list_ids(library).items()}
    pieces = {}
    for section in collection.lay_out(library.settings, TODAY):
        for kind in section.kinds:
            for one in ids[kind]:
                plain = collection.compose(library, views, kind, one)
                if plain is not None:
                    pieces[kind, one] = collection.write(plain).encode()
    data = assemble(collection, library.settings, TODAY, ids, pieces).data
    return json.loads(data)


# --- what it says ---

WHOLE = """
- id: x
  says: The *bridge* was shut on [2 May](claim:y).
  kind: fact
  when: 2024-05-02
  seen:
    - {in: first, finding: It was., chain: [{who: anna, on: 2024-05-01}, council]}
    - {in: paper, finding: It was., chain: own}
    - {in: first, finding: It was so., chain: own}
    - {in: later, finding: It was., chain: untraced}
  verdict: supported
  why: "Two saw it: see [the other](claim:y)."
  checked: {on: 2024-07-02, by: [Ida]}
  log:
    - {on: 2024-06-01, verdict: unchecked}
    - {on: 2024-06-02, verdict: not-enough-evidence}
    - {on: 2024-07-02, verdict: supported}
  notes: [KEPT-TO-US]
  imported: {format: claimreview, key: KEPT-TO-US}
- {id: y, says: It was shut., kind: fact}
"""


def test_a_review_says_what_the_record_says() -> None:
    assert review_of(WHOLE) == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": "https://bridge.example/claims/x/",
        "url": "https://bridge.example/claims/x/",
        "inLanguage": "en-GB",
        "claimReviewed": "The bridge was shut on 2 May.",
        "author": {"@type": "Organization", "name": "The reading circle", "url": "https://bridge.example/"},
        "datePublished": "2024-06-02",  # before, nobody had judged it
        "dateModified": "2024-07-02",
        "reviewRating": {
            "@type": "Rating",
            "alternateName": "Supported",
            "ratingValue": 5,
            "bestRating": 5,
            "worstRating": 1,
        },
        "reviewBody": "Two saw it: see the other.",
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Person", "name": "Anna Reed", "sameAs": "https://www.wikidata.org/wiki/Q42"},
            "datePublished": "2024-05-01",
            "temporalCoverage": "2024-05-02",
            "appearance": [
                {
                    "@type": "NewsArticle",
                    "url": "https://courier.example/1",
                    "headline": "It is shut",
                    "inLanguage": "en",
                    "datePublished": "2024-05-02",
                    "publisher": {"@type": "Organization", "name": "Courier"},
                },
                {
                    "@type": "SocialMediaPosting",
                    "url": "https://wire.example/3",
                    "inLanguage": "en",
                    "dateCreated": "2024-06-01",
                    "publisher": {"@type": "Organization", "name": "Wire"},
                },
            ],
        },
    }


def test_a_claim_that_says_little_has_a_review_that_says_little() -> None:
    assert review_of("{id: x, says: It is., kind: fact, verdict: conflicting}")["itemReviewed"] == {"@type": "Claim"}


# --- the verdict ---

RATED = {"@type": "Rating", "bestRating": 5, "worstRating": 1}
RATINGS: dict[str, Any] = {
    "unchecked": None,
    "supported": {**RATED, "alternateName": "Supported", "ratingValue": 5},
    "needs-context": {**RATED, "alternateName": "Needs context", "ratingValue": 3},
    "conflicting": {"@type": "Rating", "alternateName": "Conflicting accounts"},
    "refuted": {**RATED, "alternateName": "Refuted", "ratingValue": 1},
    "not-enough-evidence": {"@type": "Rating", "alternateName": "Not enough evidence"},
    "not-checkable": None,
}


def _rating(verdict: str, words: str) -> Any:
    log = f"log: [{{on: 2024-06-01, verdict: {verdict}}}]"
    library, views = read_claims(
        f"{{id: x, says: It is., kind: fact, verdict: {verdict}, {log}}}", {"vocabulary.yml": words}
    )
    review = compose_review(library, views, "claim", "x")
    return review and review["reviewRating"]


def _words() -> str:
    """Give the words of the sample as they are typed."""
    return (SAMPLE / "content/vocabulary.yml").read_text("utf-8")


@pytest.mark.parametrize(("verdict", "rating"), RATINGS.items())
def test_supported_is_the_best_refuted_the_worst_and_words_have_no_number(verdict: str, rating: object) -> None:
    assert _rating(verdict, _words()) == rating


def test_the_table_has_every_verdict_of_the_words_in_use() -> None:
    for root in (ROOT, SAMPLE):
        library, _ = link_folder(root)
        assert list(library.vocabulary.verdicts) == list(RATINGS)


def test_numbers_that_the_words_have_the_other_way_round_are_followed() -> None:
    words = (
        _words().replace("rating: 5", "rating: 9").replace("rating: 1", "rating: 5").replace("rating: 9", "rating: 1")
    )
    assert _rating("supported", words)["ratingValue"] == 1
    assert _rating("refuted", words)["ratingValue"] == 5


OWN = """
  so:
    {label: So!, definition: It is so., sign: check, rating: 4, rule: bar-for}
  so-said:
    {label: Word only, definition: It is so., sign: check, rule: bar-for}
  waiting:
    {label: Waits, definition: Nobody looked., sign: dash, rating: 2, rule: unjudged}
  taste:
    {label: Taste, definition: An opinion., sign: quote, rating: 5, rule: not-judged}
"""


@pytest.mark.parametrize(
    ("verdict", "rating"),
    [
        ("so", {**RATED, "alternateName": "So!", "ratingValue": 4}),
        ("so-said", {"@type": "Rating", "alternateName": "Word only"}),
        ("waiting", None),  # the rule decides: a number makes no judgement of it
        ("taste", None),
    ],
)
def test_words_of_a_desk_go_by_their_rule_and_rating(verdict: str, rating: object) -> None:
    assert _rating(verdict, _words().replace("verdicts:\n", f"verdicts:{OWN}")) == rating


# --- who, when and where ---

AUTHORS = {
    "[anna, council]": {"@type": "Person", "name": "Anna Reed", "sameAs": "https://www.wikidata.org/wiki/Q42"},
    "[council]": {"@type": "Organization", "name": "the council"},
    "own": {"@type": "Organization", "name": "Courier"},
    "untraced": None,
    "[{unnamed: villagers}, council]": None,
    "[{claimed: anna}, council]": None,
    "[town]": None,
    "[register]": None,
}


@pytest.mark.parametrize(("chain", "author"), AUTHORS.items())
def test_the_author_is_the_first_voice_where_it_has_a_name(chain: str, author: object) -> None:
    claim = f"""
- id: x
  says: It is.
  kind: fact
  verdict: refuted
  seen: [{{in: first, finding: It is., chain: {chain}}}, {{in: later, finding: It is., chain: council}}]
"""
    assert review_of(claim)["itemReviewed"].get("author") == author


def test_what_a_reprint_calls_its_own_is_said_by_whom_it_repeats() -> None:
    said = review_of(
        "{id: x, says: It is., kind: fact, verdict: refuted, seen: [{in: again, finding: It is., chain: own}]}"
    )
    assert said["itemReviewed"]["author"]["name"] == "Courier"
    assert said["itemReviewed"]["datePublished"] == "2024-05-02"
    assert [one["publisher"]["name"] for one in said["itemReviewed"]["appearance"]] == ["Wire"]


@pytest.mark.parametrize("verdict", ["supported", "refuted"])
@pytest.mark.parametrize(
    ("chain", "author"),
    [
        ("own", "Courier"),  # heard her itself
        ("[anna]", "Courier"),
        ("[anna, wire]", "Wire"),  # heard her, and the Courier relays it
        ("[anna, {unnamed: a friend}]", None),
        ("untraced", None),
    ],
)
def test_of_a_statement_whoever_reports_it_is_the_author_and_never_the_speaker(
    verdict: str, chain: str, author: str | None
) -> None:
    said = review_of(
        f"{{id: x, says: Anna said so., kind: statement, speaker: anna, when: 2024-05-01, verdict: {verdict}, "
        f"seen: [{{in: first, finding: She did., chain: {chain}}}]}}"
    )
    assert said["itemReviewed"].get("author", {}).get("name") == author


FIRST = {
    "[first]": "https://courier.example/1",
    "[later, first]": "https://courier.example/1",
    "[first, again]": None,  # the same day
    "[first, about]": None,  # about May: perhaps before
    "[first, undated]": None,
    "[undated]": "https://wire.example/5",
    "[first, paper]": None,  # the first is known, and has no address
    "[]": None,
}


@pytest.mark.parametrize(("sources", "url"), FIRST.items())
def test_the_first_appearance_is_the_one_that_is_certainly_the_oldest(sources: str, url: str | None) -> None:
    seen = ", ".join(f"{{in: {one}, finding: It is., chain: untraced}}" for one in re.findall(r"\w+", sources))
    item = review_of(f"{{id: x, says: It is., kind: fact, verdict: refuted, seen: [{seen}]}}")["itemReviewed"]
    assert item.get("firstAppearance", {}).get("url") == url
    assert item.get("firstAppearance") in [None, *item.get("appearance", [])]


def test_a_voice_whose_own_words_are_known_was_first() -> None:
    chain = "[{who: council, source: paper}, {who: anna, source: first}]"
    seen = f"seen: [{{in: later, finding: It is., chain: {chain}}}]"
    item = review_of(f"{{id: x, says: It is., kind: fact, verdict: refuted, {seen}}}")["itemReviewed"]
    assert "firstAppearance" not in item  # a letter without an address
    assert [one["url"] for one in item["appearance"]] == ["https://wire.example/3"]


DATES = {
    # as typed: as the date of a text, as the time that a claim is about
    "2024-05-02": ("2024-05-02", "2024-05-02"),
    "2024-05": ("2024-05", "2024-05"),
    "2024": ("2024", "2024"),
    "0987": ("0987", "0987"),
    "2024-05-02T13:33+03:00": ("2024-05-02T13:33+03:00", "2024-05-02T13:33+03:00"),
    "2024-05-02T13:33:10Z": ("2024-05-02T13:33:10Z", "2024-05-02T13:33:10Z"),
    "2024-05-02T13:33": ("2024-05-02", "2024-05-02"),  # of which zone?
    "2024-05-02/2024-05-04": (None, "2024-05-02/2024-05-04"),
    "2023/2024-05": (None, "2023/2024-05"),
    "2024-05-02/..": (None, "2024-05-02/.."),
    **dict.fromkeys(
        ("2024~", "2024-05?", "2024-05-02%", "2024-21", "2024-24", "202X", "20XX", "2024-XX", "2024-05-XX"),
        (None, None),
    ),
    **dict.fromkeys(("../2024-05-02", "2024-05-02/", "2024~/2024-05", "2024-21/2024-22"), (None, None)),
}


@cache
def _dated() -> tuple[Library, Views]:
    sources, claims = [], []
    for number, when in enumerate(DATES):
        fields = f'outlet: wire, published: "{when}", url: "https://wire.example/{number}", genre: wire'
        rest = "accessed: 2024-07-01, language: en, stored: none, publish: none, summary: It says so."
        sources.append(f"- {{id: s{number}, {fields}, {rest}}}\n")
        seen = f"seen: [{{in: s{number}, finding: It is., chain: own}}]"
        claims.append(f'- {{id: c{number}, says: It is., kind: fact, verdict: refuted, when: "{when}", {seen}}}\n')
    return read_claims("".join(claims), {"sources/dated.yml": "".join(sources)})


@pytest.mark.parametrize(("number", "expected"), [*enumerate(DATES.values())], ids=DATES)
def test_dates_are_iso_8601_or_left_out(number: int, expected: tuple[str | None, str | None]) -> None:
    item = compose_review(*_dated(), "claim", f"c{number}")["itemReviewed"]
    day, time = expected
    assert item.get("datePublished") == day  # of the outlet's own words
    assert item["appearance"][0].get("datePublished") == day
    assert item.get("temporalCoverage") == time


# --- the script in a page ---

HOSTILE = (
    "</script><script>alert(1)</script>",
    "<!-- <script> x </script> -->",
    "</ScRiPt >",
    "<![CDATA[ ]]> &lt;/script&gt; &amp;",
    '"quotes" \\ "and" \\u003c/script>',
    "a\u2028b\u2029c",
    "🇺🇦 Кремль",
)


def _page(script: str) -> str:
    return f'<!DOCTYPE html><html><head><title>x</title><script type="application/ld+json">{script}</script></head><body><p>After.</p></body></html>'


def _read_scripts(html: str) -> list[str]:
    """Read the scripts of a page as browsers do, and see that nothing of them has got out."""
    tree = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
    assert [one.tag for one in tree.iter() if isinstance(one.tag, str)] == [
        "html",
        "head",
        "title",
        "script",
        "body",
        "p",
    ]
    assert "".join(tree.find("body").itertext()) == "After."
    return ["".join(one.itertext()) for one in tree.iter("script")]


@pytest.mark.parametrize("words", HOSTILE)
def test_no_words_of_a_claim_end_the_script(words: str) -> None:
    typed = json.dumps(" ".join(words.split()), ensure_ascii=False)  # YAML has no such line ends
    claim = (
        f"{{id: x, says: {typed}, kind: fact, verdict: refuted, why: {typed}, "
        "seen: [{in: hostile, finding: It is., chain: own}]}"
    )
    source = f"- {{id: hostile, title: {typed}, outlet: hostile, url: 'https://x.example/', accessed: 2024-07-01, genre: news, language: en, stored: none, publish: none, summary: x}}"
    outlet = f"- {{id: hostile, type: outlet, name: {typed}}}"
    library, views = read_claims(claim, {"sources/more.yml": source, "entities/more.yml": outlet})
    plain = compose_review(library, views, "claim", "x")
    plain["as it is"] = words
    script = write_script(plain)
    assert plain["itemReviewed"]["appearance"][0]["headline"] == library.sources["hostile"].title
    assert set("<>&\u2028\u2029") & set(script) == set()
    (read,) = _read_scripts(_page(script))
    assert json.loads(read) == plain


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda one: st.lists(one) | st.dictionaries(st.text(), one)))  # fmt: skip
def test_a_script_reads_back_as_what_was_written(plain: Any) -> None:
    script = write_script(plain)
    assert json.loads(script) == plain
    assert re.search("[<>&\n\r\u2028\u2029]", script) is None


def test_a_page_without_the_escapes_would_break() -> None:
    with pytest.raises(AssertionError):
        _read_scripts(_page(json.dumps({"claimReviewed": HOSTILE[0]})))


# --- the feed ---


def _judged(library: Library) -> list[str]:
    rules = {"bar-for", "bar-against", "names-what-is-missing", "names-a-rival", "lists-unknowns"}
    return [one for one, claim in library.claims.items() if library.vocabulary.rule_of(claim.verdict) in rules]


@pytest.mark.parametrize("root", [ROOT, SAMPLE], ids=["real", "sample"])
def test_the_feed_has_each_judged_claim_once_in_reading_order(root: Path) -> None:
    library, views = link_folder(root)
    feed = assemble_all(CLAIM_REVIEWS, library, views)
    items = feed.pop("dataFeedElement")
    address = library.settings.address
    assert feed == {
        "@context": "https://schema.org",
        "@type": "DataFeed",
        "@id": f"{address}data/claimreview.json",
        "url": f"{address}data/claimreview.json",
        "name": f"{library.settings.title}: reviewed claims",
        "description": library.settings.description,
        "inLanguage": "en",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "publisher": {"@type": "Organization", "name": library.settings.publisher, "url": address},
    }
    assert [item["item"]["url"] for item in items] == [f"{address}claims/{one}/" for one in _judged(library)]
    assert len(items) >= 8
    for item, one in zip(items, _judged(library), strict=True):
        assert item["item"] == compose_review(library, views, "claim", one)
        last = library.claims[one].log[-1].on.isoformat()
        assert (item["@type"], item["dateModified"]) == ("DataFeedItem", last)
        assert item["dateCreated"] == item["item"]["datePublished"] <= last


def test_a_site_without_a_judged_claim_has_an_empty_feed() -> None:
    assert assemble_all(CLAIM_REVIEWS, *read_claims("{id: x, says: It is., kind: fact}"))["dataFeedElement"] == []


def test_a_review_gives_no_words_of_a_source_and_nothing_of_the_desk() -> None:
    library, views = link_folder(SAMPLE)
    text = json.dumps(assemble_all(CLAIM_REVIEWS, library, views), ensure_ascii=False)
    own = "\n".join(f"{claim.says}\n{claim.why}" for claim in library.claims.values())
    quotes = {passage.quote for passage in views.passages.values() if passage.quote not in own}
    assert len(quotes) >= 10
    assert [quote for quote in quotes if quote in text] == []
    assert "KEPT-TO-US" not in json.dumps(review_of(WHOLE))


def test_an_extractor_reads_the_item_of_the_feed_from_a_page() -> None:
    library, views = link_folder(SAMPLE)
    for item in assemble_all(CLAIM_REVIEWS, library, views)["dataFeedElement"]:
        page = _page(write_script(item["item"])).replace("After.", escape(item["item"]["claimReviewed"]))
        assert extruct.extract(page, syntaxes=["json-ld"])["json-ld"] == [item["item"]]


def test_the_pages_of_the_built_site_carry_the_items_of_its_feed(built_site: Tree) -> None:
    site = built_site.site
    feed = json.loads((site / "data/claimreview.json").read_text("utf-8"))
    items = {item["item"]["url"]: item["item"] for item in feed["dataFeedElement"]}
    assert len(items) >= 40
    found = {}
    for page in sorted(site.glob("claims/*/index.html")):
        html = page.read_text("utf-8")
        if 'type="application/ld+json"' in html:
            (review,) = extruct.extract(html, syntaxes=["json-ld"])["json-ld"]
            assert review["url"].endswith(f"/claims/{page.parent.name}/")
            found[review["url"]] = review
    assert found == items
