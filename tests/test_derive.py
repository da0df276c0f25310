"""What is computed from the records, with the records and the sentences side by side."""

from __future__ import annotations

import json
from functools import cache
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_cases import SITE, TODAY

from generator import dates, load
from generator.decode import decode
from generator.derive import derive, explain_reports, label_said, order_claims, root_of, tally
from generator.documents import Document, parse
from generator.link import link
from generator.pages import open_site
from generator.pages.explorer import plan_claims
from generator.pages.nearest import explain_nearest
from generator.pages.ways import sides_of
from generator.records import Claim, Seen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.derive import Views
    from generator.link import Library

ENTITIES = """
- {id: lower-brook, type: organisation, name: Lower Brook}
- {id: lower-council, type: organisation, name: the Lower Brook council, part_of: lower-brook}
- {id: anna-reed, type: person, name: Anna Reed, speaks_for: lower-council}
- {id: lower-gazette, type: outlet, name: the Gazette, owned_by: lower-council}
- {id: upper-brook, type: organisation, name: Upper Brook}
- {id: jonas-hill, type: person, name: Jonas Hill, speaks_for: upper-brook}
- {id: ferryman, type: person, name: the ferryman}
- {id: valley-wire, type: outlet, name: Valley Wire}
- {id: courier, type: outlet, name: the Courier}
- {id: post, type: outlet, name: the Post}
- {id: echo, type: outlet, name: the Echo}
- {id: envoy, type: person, name: the envoy, speaks_for: [{who: lower-brook, until: 2023}, {who: upper-brook, from: 2024}]}
- {id: guild, type: organisation, name: the guild, part_of: chamber}
- {id: chamber, type: organisation, name: the chamber, part_of: guild}
- {id: hermit, type: person, name: the hermit, part_of: hermit}
- {id: bridge, type: place, name: the bridge}
"""
SOURCES = "".join(
    f"- {{id: {one}-1, outlet: {one}, published: 2024-05-02, accessed: 2024-06-01, language: en, genre: news, "
    f"stored: none, publish: none, summary: It reports, reprints: {reprints}}}\n"
    for one, reprints in {
        **dict.fromkeys(("courier", "post", "valley-wire", "lower-gazette", "lower-council"), "[]"),
        "echo": "[courier-1]",
    }.items()
)
TEXT = """---
outlet: courier
published: 2024-05-02
accessed: 2024-06-01
language: en
genre: news
stored: whole
publish: excerpts
skipped: [{quote: The weather was fine, why: no statement}]
---
The bridge is closed to carts. The weather was fine. Nobody knows the reason, says the ferryman. It may be the planks.
"""


@cache
def _site() -> tuple[Document, ...]:
    return tuple(one for one in load.read(SITE)[0] if one.path in ("content/settings.yml", "content/vocabulary.yml"))


def build(**files: str) -> tuple[Library, Views]:
    """Link and derive a small world: the entities and sources above, and files by kind."""
    typed = {"entities/a.yml": ENTITIES, "sources/a.yml": SOURCES, "sources/stored.md": TEXT}
    typed |= {f"{kind}/b.yml": text for kind, text in files.items()}
    documents = []
    for name, text in typed.items():
        document, problems = parse(f"content/{name}", text.encode())
        assert problems == ()
        assert document is not None
        documents.append(document)
    records, undecoded = decode((*_site(), *documents))
    library, unlinked = link(records)
    assert (*undecoded, *unlinked) == ()
    assert library is not None
    return library, derive(library, TODAY)


WORLD = build()[0]


def cite(source: str, chain: object, **more: object) -> dict[str, Any]:
    return {"in": source, "finding": "It says so.", "chain": chain, **more}


def back(source: str, chain: object, basis: str = "act", **more: object) -> dict[str, Any]:
    return cite(source, chain, stance="supports", basis=basis, **more)


def claims(*rows: Mapping[str, Any]) -> str:
    return json.dumps([{"says": "x", "kind": "fact", **row} for row in rows])


# --- origins ---


@pytest.mark.parametrize(
    ("one", "when", "root"),
    [
        ("lower-brook", None, "lower-brook"),
        ("lower-council", None, "lower-brook"),
        ("anna-reed", None, "lower-brook"),
        ("lower-gazette", None, "lower-brook"),
        ("ferryman", None, "ferryman"),
        ("nobody-on-record", None, "nobody-on-record"),
        ("envoy", "2022-05", "lower-brook"),
        ("envoy", "2024-05", "upper-brook"),
        ("envoy", None, "upper-brook"),
        ("hermit", None, "hermit"),
        ("guild", None, "chamber"),
    ],
)
def test_a_voice_folds_to_its_root(one: str, when: str | None, root: str) -> None:
    assert root_of(WORLD.entities, one, dates.parse(when) if when else None) == root


@pytest.mark.parametrize(
    ("cited", "sentence"),
    [
        (
            [
                cite("courier-1", ["anna-reed", "valley-wire"]),
                cite("post-1", ["anna-reed", "valley-wire"]),
                cite("lower-gazette-1", ["anna-reed", "valley-wire"]),
            ],
            "3 reports, 1 origin: all go back to Anna Reed, through Valley Wire.",
        ),
        ([cite("courier-1", ["anna-reed"])], "1 report, 1 origin: it goes back to Anna Reed."),
        (
            [cite("courier-1", ["anna-reed"]), cite("post-1", ["lower-council"])],
            "2 reports, 1 origin: all go back to Lower Brook (Anna Reed and the Lower Brook council).",
        ),
        (
            [cite("courier-1", ["anna-reed"]), cite("post-1", ["jonas-hill"])],
            "2 reports, 2 independent origins: Anna Reed and Jonas Hill.",
        ),
        (
            [cite("courier-1", "own"), cite("echo-1", "own")],
            "2 reports, 1 origin: all go back to the Courier.",
        ),
        (
            [cite("lower-gazette-1", "own"), cite("post-1", ["anna-reed"])],
            "2 reports, 1 origin: all go back to Lower Brook (the Gazette and Anna Reed).",
        ),
        (
            [cite("courier-1", [{"unnamed": "carters"}]), cite("post-1", [{"unnamed": "farmers"}])],
            "2 reports, 1 origin: all go back to unnamed voices (carters and farmers).",
        ),
        (
            [cite("courier-1", [{"unnamed": "carters"}]), cite("post-1", ["ferryman"])],
            "2 reports, 2 independent origins: the ferryman and an unnamed voice (carters).",
        ),
        (
            [cite("courier-1", ["anna-reed"]), cite("post-1", "untraced")],
            "2 reports, 1 origin: those that count go back to Anna Reed.",
        ),
        ([cite("courier-1", "untraced"), cite("post-1", "untraced")], "2 reports, no origin given."),
        ([cite("courier-1", [{"claimed": "valley-wire"}])], "1 report, no origin that counts."),
        ([back("courier-1", ["anna-reed"], discount="She looked away.")], "1 report, no origin that counts."),
        ([], "No report of it is on record."),
        (
            [back("courier-1", ["anna-reed"]), back("post-1", ["jonas-hill"], basis="hearsay")],
            "2 reports, 1 origin: those that count go back to Anna Reed.",
        ),
        (
            [back("courier-1", ["anna-reed"]), back("post-1", ["jonas-hill"], discount="He looked away.")],
            "2 reports, 1 origin: those that count go back to Anna Reed.",
        ),
        (
            [cite("courier-1", ["anna-reed", "valley-wire"]), cite("post-1", ["anna-reed"])],
            "2 reports, 1 origin: all go back to Anna Reed.",
        ),
        (
            [cite("courier-1", ["ferryman", "valley-wire"]), cite("post-1", ["anna-reed", "valley-wire"])],
            "2 reports, 2 independent origins: the ferryman and Anna Reed, through Valley Wire.",
        ),
    ],
)
def test_reports_and_origins_in_one_sentence(cited: Sequence[Mapping[str, Any]], sentence: str) -> None:
    field = "evidence" if any("stance" in item for item in cited) else "seen"
    library, _ = build(claims=claims({"id": "a", field: list(cited)}))
    claim = library.claims["a"]
    assert explain_reports(library, tally(library, claim.seen or claim.evidence)) == sentence


def test_one_text_may_relay_several_origins() -> None:
    item = Seen.model_validate({"in": "courier-1", "finding": "x", "chains": [["anna-reed"], ["jonas-hill"]]})
    counted = tally(WORLD, [item])
    assert [(origin.root, origin.items) for origin in counted.origins] == [("lower-brook", (0,)), ("upper-brook", (0,))]
    assert counted.reports == 1


def test_an_agency_that_heard_the_words_is_their_origin_and_not_also_what_they_passed_through() -> None:
    item = Seen.model_validate(cite("post-1", ["anna-reed", "valley-wire"]))
    assert (
        explain_reports(WORLD, tally(WORLD, [item]))
        == "1 report, 1 origin: it goes back to Anna Reed, through Valley Wire."
    )
    assert (
        explain_reports(WORLD, tally(WORLD, [item], speaker="anna-reed"))
        == "1 report, 1 origin: it goes back to Valley Wire."
    )


def test_a_text_put_together_from_two_is_no_origin_beside_either() -> None:
    mixed = (
        "- {id: mixed, outlet: echo, published: 2024-05-03, accessed: 2024-06-01, language: en, genre: news, "
        "stored: none, publish: none, summary: It repeats both., reprints: [courier-1, post-1]}\n"
    )
    library, _ = build(sources=mixed)
    for other in ("courier-1", "post-1"):
        items = [Seen.model_validate(cite("mixed", "own")), Seen.model_validate(cite(other, "own"))]
        assert len(tally(library, items).origins) == 1
    relayed = [Seen.model_validate(cite("mixed", "own")), Seen.model_validate(cite("valley-wire-1", ["post"]))]
    assert len(tally(library, relayed).origins) == 1
    apart = [Seen.model_validate(cite("mixed", "own")), Seen.model_validate(cite("valley-wire-1", "own"))]
    assert len(tally(library, apart).origins) == 2


def test_the_origin_with_most_reports_is_named_first() -> None:
    items = [("courier-1", ["ferryman"]), ("post-1", ["jonas-hill"]), ("lower-gazette-1", ["jonas-hill"])]
    counted = tally(WORLD, [Seen.model_validate(cite(*item)) for item in items])
    assert [origin.root for origin in counted.origins] == ["upper-brook", "ferryman"]


@pytest.mark.parametrize(
    ("chain", "hearers"),
    [
        (["anna-reed"], ["courier"]),  # the Courier heard her
        (["anna-reed", "valley-wire"], ["valley-wire"]),  # the agency heard her
        (["lower-council", "anna-reed"], ["courier"]),  # her own council is no hearer of her words
        ("own", ["courier"]),
        ("untraced", []),
        (["ferryman"], ["ferryman"]),  # somebody else tells what she said
    ],
)
def test_the_origins_of_a_statement_are_those_who_heard_it(chain: object, hearers: list[str]) -> None:
    library, views = build(
        claims=claims({"id": "a", "kind": "statement", "speaker": "anna-reed", "evidence": [back("courier-1", chain)]})
    )
    assert library.claims["a"].speaker == "anna-reed"
    assert [voice for origin in views.standings["a"].support.origins for voice in origin.voices] == hearers


def test_no_list_counts_other_origins_than_the_page_of_the_claim_and_none_beside_a_flag_that_denies_it() -> None:
    statement = {
        "id": "a",
        "kind": "statement",
        "speaker": "anna-reed",
        "seen": [cite("courier-1", ["anna-reed"])],
        "evidence": [back("post-1", ["anna-reed", "valley-wire"]), back("echo-1", "untraced")],
    }
    library, views = build(claims=claims(statement))
    sentence = "3 reports, 2 independent origins: the Courier and Valley Wire."
    assert explain_reports(library, views.standings["a"].reports) == sentence
    site = open_site(library, views)
    assert [explain_reports(library, side.tally) for side in sides_of(site, library.claims["a"])] == [sentence]
    sheets = [sheet for page in plan_claims(site) for sheet in page.context["sheets"]]
    rows = [row.facts for sheet in sheets for _, row in sheet.section.rows]
    assert explain_reports(library, views.standings["a"].support).startswith("2 reports, 1 origin: ")
    assert rows == [("Statement", "Relayed, 1 hop", "2 reports, 1 origin", "Single origin")]


# --- was it said? ---

QUOTE = {"quote": "bridge is closed to carts"}


@pytest.mark.parametrize(
    ("seen", "label", "sentence"),
    [
        (
            [{"in": "stored", "chain": "own", **QUOTE}],
            "At the origin",
            "Yes: the Courier says so itself, and its text is stored here.",
        ),
        (
            [{"in": "stored", "chain": ["anna-reed"], **QUOTE}],
            "Relayed, 1 hop",
            "It stands in a report by the Courier, which has it from Anna Reed. The original words are not stored here.",
        ),
        (
            [cite("post-1", ["anna-reed", "valley-wire"])],
            "Relayed, 2 hops",
            "It stands in a report by the Post, which has it from Anna Reed through Valley Wire. The original words are not stored here.",
        ),
        (
            [cite("post-1", ["anna-reed", "valley-wire"]), cite("courier-1", ["anna-reed"])],
            "Relayed, 1 hop",
            "It stands in a report by the Courier, which has it from Anna Reed. The original words are not stored here.",
        ),
        (
            [cite("post-1", [{"who": "courier", "source": "stored"}])],
            "At the origin",
            "Yes: the words of the Courier are stored here.",
        ),
        ([cite("post-1", [{"unnamed": "carters"}])], "Unnamed origin", "No name is given: the Post has it from “carters”."),
        ([cite("post-1", "untraced")], "Untraced", "The Post gives no source for it."),
        ([cite("post-1", [{"claimed": "courier"}])], "Untraced", "The Post names the Courier as its source, which is known only from this text."),
        ([cite("post-1", "untraced"), cite("post-1", [{"unnamed": "x"}])], "Unnamed origin", "No name is given: the Post has it from “x”."),
        ([], "No place on record", "No place where it is said is on record."),
    ],
)  # fmt: skip
def test_the_nearest_place_to_the_origin_gives_the_badge(seen: list[Any], label: str, sentence: str) -> None:
    library, views = build(claims=claims({"id": "a", "seen": seen}))
    standing = views.standings["a"]
    assert label_said(standing.said) == label
    site = open_site(library, views)
    assert explain_nearest(site, library.claims["a"], standing.said) == sentence


# --- flags ---

SEARCH = {"where": "the library", "terms": "bridge", "until": "2024-05-01"}
CHECKED = {"on": "2024-06-01", "by": "Mia"}
BOTH = [back("courier-1", ["anna-reed"]), back("post-1", ["jonas-hill"])]


@pytest.mark.parametrize(
    ("claim", "flags"),
    [
        ({"evidence": [back("courier-1", ["anna-reed"])]}, ["single-origin"]),
        ({"seen": [cite("courier-1", ["anna-reed"])]}, ["single-origin"]),
        ({"kind": "opinion", "verdict": "not-checkable", "seen": [cite("courier-1", ["anna-reed"])]}, []),
        ({"evidence": BOTH}, []),
        ({"evidence": BOTH, "topics": "t"}, ["both-sides-say"]),
        ({"evidence": BOTH[:1], "seen": [cite("post-1", ["jonas-hill"])], "topics": "t"}, ["single-origin"]),
        ({"seen": [cite("post-1", [{"unnamed": "x"}])]}, ["single-origin", "unnamed-origin"]),
        ({"seen": [cite("post-1", "untraced")]}, []),
        ({"seen": [cite("post-1", "untraced")], "searched": SEARCH}, ["no-source-found"]),
        ({"seen": [cite("post-1", ["ferryman"])], "searched": SEARCH}, ["single-origin"]),
        ({"evidence": BOTH, "superseded_by": "b"}, ["outdated"]),
        ({"evidence": BOTH, "checked": CHECKED | {"on": "2024-01-15"}}, ["stale"]),  # 366 days before
        ({"evidence": BOTH, "checked": CHECKED | {"on": "2024-01-16"}}, []),  # 365 days before
        ({"evidence": BOTH, "checked": CHECKED, "review_by": "2025-01-14"}, ["stale"]),
        ({"evidence": BOTH, "checked": CHECKED, "review_by": "2025-01-15"}, []),
    ],
)
def test_flags_follow_from_what_is_cited(claim: dict[str, Any], flags: list[str]) -> None:
    topic = "{id: t, title: T, question: Q, answer: A, parties: [lower-brook, upper-brook]}"
    _, views = build(claims=claims({"id": "a", **claim}, {"id": "b"}), topics=topic)
    assert list(views.standings["a"].flags) == flags


# --- coverage ---


def test_every_sentence_is_cited_skipped_or_unchecked() -> None:
    seen = [
        {"in": "stored", "quote": quote, "chain": "own"} for quote in ("closed to carts", "Nobody knows the reason")
    ]
    library, views = build(claims=claims({"id": "a", "seen": seen}))
    coverage = views.coverage["stored"]
    text = library.texts["stored"].text
    assert [(text[s.span.start : s.span.end], s.state, s.why, s.line) for s in coverage.sentences] == [
        ("The bridge is closed to carts.", "cited", None, 11),
        ("The weather was fine.", "skipped", "no statement", 11),
        ("Nobody knows the reason, says the ferryman.", "cited", None, 11),
        ("It may be the planks.", "unchecked", None, 11),
    ]
    assert [coverage.count(state) for state in ("cited", "skipped", "unchecked")] == [2, 1, 1]
    assert (coverage.quoted_words, coverage.words) == (3 + 4, 6 + 4 + 7 + 5)
    assert views.quotations_checked == 2


def test_overlapping_quotations_are_cut_into_segments_that_carry_both() -> None:
    seen = [{"in": "stored", "quote": quote, "chain": "own"} for quote in ("The bridge is closed", "closed to carts")]
    library, views = build(claims=claims({"id": "a", "seen": seen}))
    text = library.texts["stored"].text
    assert [text[s.span.start : s.span.end] for s in views.coverage["stored"].segments] == [
        "The bridge is ",
        "closed",
        " to carts",
    ]
    assert views.coverage["stored"].quoted_words == 6


def test_a_sentence_lists_each_passage_that_touches_it_once() -> None:
    quotes = ("Nobody knows [...] says the ferryman", "is closed to carts. The weather")
    seen = [{"in": "stored", "quote": quote, "chain": "own"} for quote in quotes]
    _, views = build(claims=claims({"id": "a", "seen": seen}))
    touched = [[p.quote for p in sentence.passages] for sentence in views.coverage["stored"].sentences]
    assert touched == [[quotes[1]], [quotes[1]], [quotes[0]], []]


# --- order ---


def test_events_stand_in_the_order_of_time_and_those_of_one_time_as_typed() -> None:
    typed = [("d", "2024-05-02"), ("later", "2024-05-03"), ("month", "2024-05"), ("open", "../2024-05-01")]
    typed += [("c", "2024-05-02"), ("noon", "2024-05-02T12:00"), ("morning", "2024-05-02T08:00"), ("year", "2024")]
    rows = [{"id": one, "title": one, "when": when, "phase": "done", "rests_on": ["x"]} for one, when in typed]
    rows[0] |= {"topics": ["t"], "involves": ["ferryman"], "where": "bridge"}
    rows[4] |= {"topics": ["t"], "where": "bridge", "part_of": "month"}
    _, views = build(
        events=json.dumps(rows), claims=claims({"id": "x"}), topics="{id: t, title: T, question: Q, answer: A}"
    )
    lines = views.timelines
    assert lines.every == ("open", "year", "month", "d", "c", "morning", "noon", "later")
    assert lines.of_topic == {"t": ("d", "c")}
    assert {one: ids for one, ids in lines.of_entity.items() if ids} == {"ferryman": ("d",), "bridge": ("d", "c")}
    assert lines.of_claim == {"x": lines.every}
    assert {one: ids for one, ids in lines.parts_of.items() if ids} == {"month": ("c",)}


def _claim(one: str, when: str | None = None, after: Sequence[str] = ()) -> Claim:
    return Claim.model_validate({"id": one, "says": "x", "kind": "fact", "when": when, "after": list(after)})


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ([_claim("b", "2024-05-02"), _claim("a", "2024-05-01")], "a b"),
        ([_claim("undated"), _claim("b", "2024"), _claim("open", "../2024")], "open b undated"),
        ([_claim("b", "2024"), _claim("a", "2024")], "b a"),
        ([_claim("b", "2024", ["a"]), _claim("a", "2024")], "a b"),
        ([_claim("c", "2024", ["b", "a"]), _claim("b", "2024"), _claim("a", "2024")], "b a c"),
        ([_claim("a", "2024", ["elsewhere"])], "a"),
        ([_claim("b", "2024", ["a"]), _claim("a", "2024", ["b"])], "a b"),
        ([], ""),
    ],
)
def test_claims_stand_in_the_order_of_time_then_after_then_as_typed(typed: list[Claim], order: str) -> None:
    assert order_claims(typed) == tuple(order.split())


IDS = [f"c{number}" for number in range(8)]


@st.composite
def acyclic(draw: st.DrawFn) -> list[Claim]:
    """Claims of one day, each after some of those before it in a hidden order, typed in any order."""
    hidden = draw(st.permutations(IDS))
    rows = [
        _claim(one, "2024-05-02", draw(st.lists(st.sampled_from(hidden[:i]), unique=True)) if i else ())
        for i, one in enumerate(hidden)
    ]
    return draw(st.permutations(rows))


@given(acyclic())
def test_what_comes_after_stands_after(typed: list[Claim]) -> None:
    order = order_claims(typed)
    assert sorted(order) == sorted(IDS)
    assert [(one.id, b) for one in typed for b in one.after if order.index(b) > order.index(one.id)] == []
    assert set(TopologicalSorter({one.id: one.after for one in typed}).static_order()) == set(order)


@given(st.lists(st.tuples(st.sampled_from([None, "2024", "2024-05"]), st.lists(st.sampled_from(IDS))), max_size=8))
def test_in_any_circle_no_claim_is_lost_or_doubled(rows: list[tuple[str | None, list[str]]]) -> None:
    typed = [_claim(one, when, after) for one, (when, after) in zip(IDS, rows, strict=False)]
    assert sorted(order_claims(typed)) == [one.id for one in typed]


# --- the matrix ---


def test_each_cell_holds_the_claims_through_which_that_side_answers() -> None:
    topic = {
        "id": "t",
        "title": "T",
        "question": "Q",
        "answer": "A",
        "parties": ["lower-brook", "upper-brook"],
        "questions": [
            {"id": "planks", "text": "How many?", "claims": ["twelve", "nine"]},
            {"id": "weather", "text": "What weather?", "claims": ["fine", "rumour"]},
            {"id": "said", "text": "What did she say?", "claims": ["statement"]},
            {"id": "empty", "text": "What else?", "claims": []},
        ],
    }
    _, views = build(
        topics=json.dumps(topic),
        claims=claims(
            {"id": "twelve", "seen": [cite("courier-1", ["anna-reed"]), cite("post-1", ["lower-council"])]},
            {
                "id": "nine",
                "evidence": [
                    back("post-1", ["jonas-hill"]) | {"stance": "refutes"},
                    back("courier-1", ["jonas-hill"]),
                    back("post-1", ["ferryman"]),
                ],
            },
            {"id": "fine", "seen": [cite("post-1", "untraced"), cite("courier-1", ["anna-reed"])]},
            {"id": "rumour", "seen": [cite("post-1", [{"unnamed": "carters"}])]},
            {"id": "statement", "kind": "statement", "speaker": "anna-reed", "seen": [cite("post-1", ["ferryman"])]},
        ),
    )
    matrix = views.matrices["t"]
    assert matrix.columns == ("lower-brook", "upper-brook", "others", "no-source-given")
    shown = {
        row.question.id: {
            column: [(a.claim, a.field, a.index, a.voices, a.others) for a in answers]
            for column, answers in row.cells.items()
        }
        for row in matrix.rows
    }
    assert shown == {
        "planks": {
            "lower-brook": [("twelve", "seen", 0, ("anna-reed",), 1)],
            "upper-brook": [("nine", "evidence", 1, ("jonas-hill",), 0)],
            "others": [("nine", "evidence", 2, ("ferryman",), 0)],
        },
        "weather": {
            "lower-brook": [("fine", "seen", 1, ("anna-reed",), 0)],
            "no-source-given": [("rumour", "seen", 0, ("carters",), 0)],
        },
        "said": {"lower-brook": [("statement", "seen", 0, ("anna-reed",), 0)]},
        "empty": {},
    }
    assert [row.is_disputed for row in matrix.rows] == [True, False, False, False]


def test_a_statement_that_nothing_cites_is_no_answer() -> None:
    topic = "{id: t, title: T, question: Q, answer: A, questions: [{id: q, text: Q, claims: [a]}]}"
    _, views = build(topics=topic, claims=claims({"id": "a", "kind": "statement", "speaker": "anna-reed"}))
    assert views.matrices["t"].rows[0].cells == {}
