"""A fact sheet as it stood: what logs and corrections prove of a day, and what the pages say of it."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT, SAMPLE
from hypothesis import given
from hypothesis import strategies as st

from generator import load
from generator.decode import decode
from generator.derive import derive
from generator.derive.as_of import trace
from generator.derive.changes import anchor_corrections
from generator.dialect import render_page
from generator.documents import parse
from generator.link import link
from generator.pages import plan
from generator.pages.changes import what_changed
from generator.pages.planned import PlannedPage, Site
from generator.render import render

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.derive.as_of import Held, SheetHistory
    from generator.documents import Document
    from generator.link import Library

TODAY = date(2031, 12, 31)
TEMPLATES = load.read_templates(ROOT)
TOPIC = "{id: t, title: The ferry, question: Does it run?, answer: Yes., lead: []}"


@cache
def settings() -> tuple[Document, ...]:
    return tuple(d for d in load.read(SAMPLE)[0] if d.path in ("content/settings.yml", "content/vocabulary.yml"))


def write(typed: object) -> str:
    """Write YAML; what is None is left out."""

    def strip(node: object) -> object:
        if isinstance(node, dict):
            return {key: strip(value) for key, value in node.items() if value is not None}
        return [strip(one) for one in node] if isinstance(node, list | tuple) else node

    return json.dumps(strip(typed))


def read(claims: Sequence[Mapping[str, Any]], corrections: Sequence[Mapping[str, Any]] = ()) -> Library:
    """Link a world of one sheet; every claim belongs to it, unless it says otherwise."""
    rows = [{"says": "x", "kind": "fact", "topics": ["t"], **claim} for claim in claims]
    typed = {"topics/t.yml": TOPIC, "claims/c.yml": write(rows), "corrections.yml": write(corrections)}
    documents = []
    for name, text in typed.items():
        document, problems = parse(f"content/{name}", text.encode())
        assert document is not None
        assert problems == ()
        documents.append(document)
    records, undecoded = decode((*settings(), *documents))
    library, unlinked = link(records)
    assert (*undecoded, *unlinked) == ()
    assert library is not None
    return library


def day(number: int) -> str:
    return f"2031-05-{number:02}"


def on(number: int) -> date:
    return date(2031, 5, number)


def tell(held: Held) -> str:
    """One line: the verdict, its day, the words and until when they stood, the reason if it is kept."""
    until = f"until {held.says.until.day}" if held.says.until else "today's"
    why = f"; {held.why.text}" if held.why else ""
    return f"{held.verdict} ({held.since.day}): {held.says.text} [{until}]{why}"


# --- what is proven ---

LOGGED: list[dict[str, Any]] = [
    {
        "id": "runs",
        "says": "The ferry runs daily.",
        "why": "The timetable says so.",
        "verdict": "supported",
        "log": [
            {"on": day(2), "verdict": "not-enough-evidence"},
            {"on": day(5), "verdict": "refuted", "was": {"says": "The ferry runs."}},
            {"on": day(5), "verdict": "conflicting", "was": {"says": "The ferry runs hourly.", "why": "A slip."}},
            {"on": day(9), "verdict": "supported", "was": {"why": "Two accounts."}},
        ],
    },
    {"id": "late", "says": "It is late.", "verdict": "refuted", "log": [{"on": day(9), "verdict": "refuted"}]},
    {"id": "rumour", "says": "It sinks."},
    {
        "id": "fare",
        "was": ["price"],
        "says": "It costs 3 crowns.",
        "verdict": "supported",
        "log": [{"on": day(2), "verdict": "supported"}],
    },
]
CORRECTED: list[dict[str, Any]] = [
    {
        "on": day(7),
        "records": ["claim:price"],
        "kind": "error",
        "was": "It costs 2 crowns.",
        "now": "It costs\n3 crowns.",
        "why": "A misprint.",
    },
    {"on": day(8), "records": ["runs"], "kind": "update", "was": "Weekly.", "now": "Daily.", "why": "It was loose."},
    {"on": day(9), "records": ["topic:t"], "kind": "clarification", "why": "The question was vague."},
]


def test_a_sheet_stands_as_its_logs_and_corrections_prove() -> None:
    history = trace(read(LOGGED, CORRECTED))["t"]
    assert {one.on.day: {held.claim: tell(held) for held in history.on(one.on).values()} for one in history.days} == {
        2: {
            "runs": "not-enough-evidence (2): The ferry runs. [until 5]; A slip.",
            "fare": "supported (2): It costs 2 crowns. [until 7]",
        },
        5: {
            "runs": "conflicting (5): The ferry runs daily. [today's]; Two accounts.",
            "fare": "supported (2): It costs 2 crowns. [until 7]",
        },
        7: {
            "runs": "conflicting (5): The ferry runs daily. [today's]; Two accounts.",
            "fare": "supported (2): It costs 3 crowns. [today's]",
        },
        8: {
            "runs": "conflicting (5): The ferry runs daily. [today's]; Two accounts.",
            "fare": "supported (2): It costs 3 crowns. [today's]",
        },
        9: {
            "runs": "supported (9): The ferry runs daily. [today's]",
            "late": "refuted (9): It is late. [today's]",
            "fare": "supported (2): It costs 3 crowns. [today's]",
        },
    }
    assert history.undated == ("rumour",)


def test_the_changes_of_a_day_stand_in_the_order_of_the_log() -> None:
    history = trace(read(LOGGED, CORRECTED))["t"]
    assert [
        (one.on.day, [(s.claim, s.before, s.entry.verdict) for s in one.steps], [c.why for c in one.corrections])
        for one in history.days
    ] == [
        (2, [("fare", None, "supported"), ("runs", None, "not-enough-evidence")], []),
        (5, [("runs", "not-enough-evidence", "refuted"), ("runs", "refuted", "conflicting")], []),
        (7, [], ["A misprint."]),
        (8, [], ["It was loose."]),
        (9, [("late", None, "refuted"), ("runs", "conflicting", "supported")], ["The question was vague."]),
    ]


def test_what_has_changed_since_names_new_verdicts_new_words_and_new_claims() -> None:
    history = trace(read(LOGGED, CORRECTED))["t"]
    assert [
        (s.now.claim, s.before and s.before.verdict, s.now.verdict, s.now.says.text, len(s.steps))
        for s in history.since(on(5))
    ] == [
        ("fare", "supported", "supported", "It costs 3 crowns.", 0),
        ("late", None, "refuted", "It is late.", 1),
        ("runs", "conflicting", "supported", "The ferry runs daily.", 1),
    ]
    assert history.since(on(9)) == ()
    assert history.on(on(1)) == {}


@pytest.mark.parametrize(
    ("corrections", "words"),
    [
        ([("A", "B"), ("B", "C")], "A until 7"),
        ([("B", "C"), ("A", "B")], "A until 7"),
        ([("A", "C"), ("B", "C")], "C, today's"),
        ([("A", "B")], "C, today's"),
        ([("C", "A")], "C, today's"),
        ([("A", None)], "C, today's"),
        ([(None, "C")], "C, today's"),
    ],
    ids=["one after the other", "typed backwards", "two pasts", "other words", "backwards", "no after", "no before"],
)
def test_a_correction_proves_earlier_words_only_where_it_leads_to_those_that_stood(
    corrections: list[tuple[str | None, str | None]], words: str
) -> None:
    log = [{"on": day(2), "verdict": "supported"}]
    typed = [
        {"on": day(7), "records": ["c"], "kind": "error", "was": was, "now": now, "why": "So it was."}
        for was, now in corrections
    ]
    library = read([{"id": "c", "says": "C", "verdict": "supported", "log": log}], typed)
    says = trace(library)["t"].on(on(2))["c"].says
    assert f"{says.text}{f' until {says.until.day}' if says.until else ', today’s'}".replace("’", "'") == words


def test_a_correction_that_may_precede_or_follow_the_log_of_its_day_proves_nothing() -> None:
    log: list[dict[str, Any]] = [
        {"on": day(2), "verdict": "supported"},
        {"on": day(5), "verdict": "supported", "was": {"says": "Older."}},
        {"on": day(7), "verdict": "supported", "was": {"says": "B"}},
    ]
    unclear = {"on": day(7), "records": ["c"], "kind": "error", "was": "A", "now": "B", "why": "So it was."}
    history = trace(read([{"id": "c", "says": "C", "verdict": "supported", "log": log}], [unclear]))["t"]
    assert [tell(history.on(on(number))["c"]) for number in (2, 5, 7)] == [
        "supported (2): Older. [until 5]",
        "supported (5): C [today's]",
        "supported (7): C [today's]",
    ]


def test_a_claim_of_another_sheet_changes_nothing() -> None:
    other: dict[str, Any] = {
        "id": "o",
        "topics": [],
        "verdict": "supported",
        "log": [{"on": day(3), "verdict": "supported"}],
    }
    elsewhere = {"on": day(4), "records": ["o"], "kind": "error", "why": "It was wrong."}
    assert trace(read([other], [elsewhere]))["t"].days == ()


# --- laws ---

VERDICTS = st.sampled_from(["supported", "refuted", "conflicting", "unchecked"])
DAYS = st.integers(1, 6)
WORDS = st.sampled_from(["A", "B", "C"])


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """A few claims with logs in order, of one to five entries, and corrections of anything."""
    claims = []
    for one in draw(st.lists(st.sampled_from("abcd"), min_size=1, unique=True)):
        log = [
            {"on": day(number), "verdict": draw(VERDICTS), "was": draw(st.sampled_from([None, {"says": draw(WORDS)}]))}
            for number in sorted(draw(st.lists(DAYS, max_size=5)))
        ]
        claims.append(
            {"id": one, "says": draw(WORDS), "verdict": log[-1]["verdict"] if log else "unchecked", "log": log}
        )
    named = st.sampled_from([claim["id"] for claim in claims] + ["t"])
    corrections = [
        {
            "on": day(draw(DAYS)),
            "records": [draw(named)],
            "kind": "error",
            "was": draw(WORDS),
            "now": draw(WORDS),
            "why": "It is.",
        }
        for _ in range(draw(st.integers(0, 4)))
    ]
    return claims, corrections


@given(worlds())
def test_on_its_last_day_the_sheet_is_todays(world: tuple[list[dict[str, Any]], list[dict[str, Any]]]) -> None:
    library = read(*world)
    history = trace(library)["t"]
    held = history.on(history.days[-1].on) if history.days else {}
    assert {one: (h.verdict, h.says.text, h.says.until) for one, h in held.items()} == {
        one: (claim.verdict, claim.says, None) for one, claim in library.claims.items() if claim.log
    }


@given(worlds())
def test_the_changes_of_a_day_lead_from_the_day_before_to_it(
    world: tuple[list[dict[str, Any]], list[dict[str, Any]]],
) -> None:
    history = trace(read(*world))["t"]
    verdicts: dict[str, str] = {}
    for one in history.days:
        for step in one.steps:
            assert verdicts.get(step.claim) == step.before
            verdicts[step.claim] = step.entry.verdict
        assert verdicts == {claim: held.verdict for claim, held in history.on(one.on).items()}


@given(worlds(), st.randoms())
def test_the_order_of_typing_does_not_matter(
    world: tuple[list[dict[str, Any]], list[dict[str, Any]]], chance: Any
) -> None:
    def seen(history: SheetHistory) -> object:
        return history.days, history.undated, [(history.on(d.on), history.since(d.on)) for d in history.days]

    claims, corrections = world
    shuffled = [
        {**claim, "log": [e for d in chance.sample(range(1, 7), 6) for e in claim["log"] if e["on"] == day(d)]}
        for claim in chance.sample(claims, len(claims))
    ]
    again = trace(read(shuffled, chance.sample(corrections, len(corrections))))["t"]
    assert seen(again) == seen(trace(read(claims, corrections))["t"])


@st.composite
def edits(draw: st.DrawFn, *, words: Sequence[str]) -> list[tuple[int, str, str]]:
    """The words of one claim as they really changed: day, where it is kept (log or correction), the new words."""
    days = sorted(draw(st.lists(st.integers(2, 6), max_size=6)))
    return [(number, draw(st.sampled_from(["log", "correction"])), draw(st.sampled_from(words))) for number in days]


def told(changes: list[tuple[int, str, str]]) -> tuple[SheetHistory, dict[int, str]]:
    """What is proven of a claim that changed like this, and the words that really stood at the end of each day."""
    words, corrections = "start", []
    log: list[dict[str, Any]] = [{"on": day(1), "verdict": "supported"}]
    truth = {1: words}
    for number, kept, new in changes:
        if new == words:
            continue
        if kept == "log":
            log.append({"on": day(number), "verdict": "supported", "was": {"says": words}})
        else:
            corrections.append(
                {"on": day(number), "records": ["c"], "kind": "error", "was": words, "now": new, "why": "It is."}
            )
        words = truth[number] = new
    claim = {"id": "c", "says": words, "verdict": "supported", "log": log}
    for number in range(2, 7):
        truth.setdefault(number, truth[number - 1])
    return trace(read([claim], corrections))["t"], truth


@given(edits(words=["start", "A", "B"]))
def test_words_that_are_called_those_of_then_were_those_of_then(changes: list[tuple[int, str, str]]) -> None:
    history, truth = told(changes)
    for number in range(1, 7):
        says = history.on(on(number))["c"].says
        assert says.until is None or says.text == truth[number]


@given(edits(words=[f"word {number}" for number in range(99)]).filter(lambda e: len({w for *_, w in e}) == len(e)))
def test_words_that_never_return_are_proven_where_log_and_corrections_share_no_day(
    changes: list[tuple[int, str, str]],
) -> None:
    history, truth = told([(number, "log" if number % 2 else "correction", words) for number, _, words in changes])
    assert {number: history.on(on(number))["c"].says.text for number in range(1, 7)} == truth


# --- pages ---

LIBRARY = link(decode(load.read(SAMPLE)[0])[0])[0]
assert LIBRARY is not None
VIEWS = derive(LIBRARY, date(2031, 7, 3))
PAGES = render(plan(LIBRARY, VIEWS), TEMPLATES)[0]
SHEET = "topics/mill-bridge-repair"


def site_of(library: Library) -> Site:
    return Site(library, derive(library, TODAY), {})


def write_part(library: Library) -> str:
    """What `parts/what-changed.md.jinja` writes on the sheet of a world."""
    changed = what_changed(site_of(library), library.topics["t"])
    page = PlannedPage("topics/t.md", "parts/what-changed.md.jinja", {}, {"changed": changed})
    texts, problems = render([page], TEMPLATES)
    assert problems == ()
    return texts["topics/t.md"].split("\n---\n", 1)[-1].removeprefix("---\n{}\n---\n").strip()


def test_every_day_of_change_has_its_page_and_no_other_day() -> None:
    found = sorted(path.removeprefix(f"{SHEET}/as-of/") for path in PAGES if path.startswith(f"{SHEET}/as-of/"))
    assert found == ["2031-04-05.md", "2031-05-03.md", "2031-05-20.md", "2031-07-02.md", "index.md"]


def test_a_page_of_the_past_says_so_keeps_out_of_the_search_and_marks_what_is_not_proven() -> None:
    text = PAGES[f"{SHEET}/as-of/2031-04-05.md"]
    assert "\nsearch:" not in text
    assert "**This is not the current sheet.**" in text
    assert (
        "The council has never answered the petition.](../../../claims/petition-unanswered.md) [until 3 May 2031]"
        in text
    )
    assert "The repair costs 65,000 crowns.](../../../claims/repair-costs-65000.md) [today’s words]" in text
    assert "Closing the bridge is a disgrace.](../../../claims/closure-a-disgrace.md) [until 20 May 2031]" in text
    assert "2031-06" not in text
    assert "[120 villagers signed the petition.](../../../claims/petition-signed.md)" in text.split("{#limits}")[1]


def test_a_sheet_that_has_not_changed_has_one_page_of_the_past_and_no_ladder() -> None:
    claims: list[dict[str, Any]] = [
        {"id": one, "verdict": "supported", "log": [{"on": day(2), "verdict": "supported"}]} for one in "ab"
    ]
    library = read(claims)
    pages = render(plan(library, derive(library, TODAY)), TEMPLATES)[0]
    assert [path for path in pages if "as-of" in path] == ["topics/t/as-of/2031-05-02.md"]
    assert "verdict-ladder" not in pages["topics/t/as-of/2031-05-02.md"]
    assert write_part(library) == (
        "## What changed {#changed}\n\nFirst judged on [2 May 2031](t/as-of/2031-05-02.md); nothing has changed since."
    )


def test_a_sheet_that_nobody_has_judged_has_no_past() -> None:
    library = read([{"id": "a"}])
    pages = render(plan(library, derive(library, TODAY)), TEMPLATES)[0]
    assert [path for path in pages if "as-of" in path] == []
    assert write_part(library) == "## What changed {#changed}\n\nNothing has been judged yet."


def test_the_sheet_tells_its_latest_changes_with_the_way_to_the_others() -> None:
    text = write_part(read(LOGGED, CORRECTED))
    assert [line for line in text.splitlines() if line.startswith(("###", "["))] == [
        "### 9 May 2031 {#changed-2031-05-09}",
        "[The sheet as it stood that day](t/as-of/2031-05-09.md){.more}",
        "### 8 May 2031 {#changed-2031-05-08}",
        "[The sheet as it stood that day](t/as-of/2031-05-08.md){.more}",
        "### 7 May 2031 {#changed-2031-05-07}",
        "[The sheet as it stood that day](t/as-of/2031-05-07.md){.more}",
        "[How this sheet changed](t/as-of/index.md)",
    ]
    assert "→ [Supported]{.verdict .verdict-check}]{.turn} [The ferry runs daily.](../claims/runs.md)" in text
    assert "[The reason given before: “Two accounts.”]{.earlier}" in text


# --- corrections ---


def correction(number: int, record: str, why: str) -> dict[str, Any]:
    return {"on": day(number), "records": [record], "kind": "error", "why": why}


def test_a_newer_correction_changes_no_anchor() -> None:
    claims = [{"id": one} for one in "ab"]
    first = [correction(2, "claim:a", "One."), correction(2, "b", "Two."), correction(2, "a", "Three.")]
    then = anchor_corrections(read(claims, first))
    assert then == ("c-2031-05-02-a", "c-2031-05-02-b", "c-2031-05-02-a-870f")
    assert anchor_corrections(read(claims, [correction(9, "a", "Four."), *first]))[:3] == then
    later = [*first, correction(2, "a", "Four."), correction(2, "a", "Three.")]
    assert anchor_corrections(read(claims, later))[:3] == then
    assert len(set(anchor_corrections(read(claims, later)))) == 5


def test_the_log_of_corrections_reads_well_where_there_is_none() -> None:
    library = read([{"id": "a"}])
    text = render(plan(library, derive(library, TODAY)), TEMPLATES)[0]["corrections/index.md"]
    assert "So far nothing that was published has had to be corrected." in text
    assert "No verdict has changed since it was first given." in text
    assert "Year by year" not in text


def test_corrections_and_changed_verdicts_stay_on_the_page_of_their_year() -> None:
    text = PAGES["corrections/2031.md"]
    latest = PAGES["corrections/index.md"]
    for shown in (text, latest):
        anchors = render_page(shown.split("\n---\n", 1)[1]).anchors
        assert {"c-2031-05-20-closure-a-disgrace", "c-2031-07-02-repair-costs-40000"} <= anchors
        assert shown.count("{.turn}") == 4
    assert "Conflicting accounts]{.verdict .verdict-arrows} → " not in text
