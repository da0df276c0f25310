"""The tree and the ladder of verdicts: what is drawn, from what, and that the tree is the way the build holds editors to."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, get_args

import pytest
from test_as_of import TEMPLATES, day, on, read
from test_derive import back, build, cite, claims

from generator import checks
from generator.derive import derive
from generator.derive.as_of import trace
from generator.dialect import render_page
from generator.dialect.fences.verdict_ladder import draw_verdict_ladder
from generator.dialect.fences.verdict_tree import draw_verdict_tree
from generator.pages.ladder import COLUMNS, ROWS, find_rungs, ladder_payload
from generator.pages.method import TREE, plan_method
from generator.pages.planned import Site
from generator.render import render
from generator.vocabulary import Rule, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

VOCABULARY = build()[0].vocabulary


def lines(*rows: object) -> str:
    return "\n".join(json.dumps(row) for row in rows)


# --- the tree ---


def codes_of(verdict: str) -> set[str]:
    """What the rules about verdicts say of claims that have this verdict and little to show for it."""
    given = {"verdict": verdict, "why": "It is."}
    against = back("post-1", ["jonas-hill"]) | {"stance": "refutes"}
    library, views = build(
        claims=claims(
            {"id": "bare", **given},
            {"id": "for", "evidence": [back("courier-1", ["anna-reed"])], **given},
            {"id": "against", "evidence": [against], **given},
            {"id": "both", "evidence": [back("courier-1", ["anna-reed"]), against], **given},
            {"id": "absence", "kind": "absence", "seen": [cite("post-1", "untraced")], **given},
        )
    )
    told = {rule.code for rule in checks.RULES if rule.number in {4, 5, 6}}
    return {found.code for found in checks.run(library, views)} & told


@pytest.mark.parametrize("branch", TREE, ids=lambda branch: branch.rule)
def test_a_branch_names_all_that_the_build_demands_and_nothing_else(branch: Any) -> None:
    verdict = next(word for word, held in VOCABULARY.verdicts.items() if held.rule == branch.rule)
    asked = {"fact-not-judged"} if branch.rule == "not-judged" else set()  # the question itself says so
    assert codes_of(verdict) == {code for _, code in branch.needs} | asked


@pytest.mark.parametrize("kind", ["opinion", "forecast"])
def test_an_opinion_that_somebody_has_looked_into_leaves_the_tree_at_its_second_question(kind: str) -> None:
    allowed = set()
    for word, verdict in VOCABULARY.verdicts.items():
        library, views = build(claims=claims({"id": "a", "kind": kind, "verdict": word, "why": "It is."}))
        if "opinion-judged" not in {found.code for found in checks.run(library, views)}:
            allowed.add(verdict.rule)
    assert allowed == {TREE[0].rule, TREE[1].rule}


def test_every_rule_of_a_vocabulary_is_one_branch_and_only_the_last_asks_nothing() -> None:
    assert Counter(branch.rule for branch in TREE) == Counter(get_args(Rule))
    assert [bool(branch.ask) for branch in TREE] == [True] * (len(TREE) - 1) + [False]


def test_the_tree_shows_the_labels_of_the_vocabulary() -> None:
    words = VOCABULARY.model_dump()
    words["verdicts"]["supported"]["label"] = "Holds"
    words["verdicts"]["borne-out"] = {**words["verdicts"]["supported"], "label": "Holds <well>"}
    library, views = build()
    other = Site(replace(library, vocabulary=Vocabulary.model_validate(words)), views, {})
    texts, _ = render([plan_method(other, checks.RULES)], TEMPLATES)
    html = render_page(texts["method/index.md"].split("\n---\n", 1)[1]).html
    tree = html[html.index('<figure class="verdict-tree">') : html.index("</figure>")]
    assert re.findall(r'<span class="verdict verdict-[a-z]+">([^<]*)</span>', tree) == [
        "Not checked yet",
        "Not checkable",
        "Conflicting accounts",
        "Refuted",
        "Needs context",
        "Holds",
        "Holds &lt;well&gt;",
        "Not enough evidence",
    ]
    assert {code[1:] for code in re.findall(r'href="([^"]*)"', tree)} <= render_page(
        texts["method/index.md"].split("\n---\n", 1)[1]
    ).anchors


def test_a_tree_is_an_ordered_list() -> None:
    payload = lines(
        {"title": "The way"},
        {"ask": "Is it <so>?", "way": "No", "verdicts": [["dash", "Open"]], "needs": []},
        {"ask": "", "way": "", "verdicts": [["check", "Yes"], ["plus", "Nearly"]], "needs": [["a list", "rule-of-it"]]},
    )
    assert draw_verdict_tree(payload) == (
        '<figure class="verdict-tree"><figcaption>The way</figcaption><ol>'
        '<li><p class="ask">Is it &lt;so&gt;?</p><p class="way">No</p>'
        '<div class="leaf"><p><span class="verdict verdict-dash">Open</span></p></div><p class="on">Yes</p></li>'
        '<li class="left"><p class="ask">Otherwise</p><div class="leaf"><p><span class="verdict verdict-check">Yes</span>'
        ' or <span class="verdict verdict-plus">Nearly</span></p>'
        '<p class="needs">It needs <a href="#rule-rule-of-it">a list</a>.</p></div></li></ol></figure>'
    )


@pytest.mark.parametrize(
    "branch",
    [
        {"ask": "Well?", "way": "Yes", "verdicts": [["check", "Yes"]], "needs": []},
        {"ask": "", "way": "", "verdicts": [], "needs": []},
    ],
    ids=["the last one asks", "no verdict"],
)
def test_a_tree_that_leads_nowhere_is_refused(branch: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="leads nowhere"):
        draw_verdict_tree(lines({"title": "The way"}, branch))


def test_an_answer_that_is_neither_yes_nor_no_is_refused() -> None:
    end = {"ask": "", "way": "", "verdicts": [["check", "Yes"]], "needs": []}
    with pytest.raises(ValueError, match="neither yes nor no"):
        draw_verdict_tree(lines({}, {"ask": "Well?", "way": "Maybe", "verdicts": [["dash", "Open"]], "needs": []}, end))


# --- the ladder ---


def test_a_ladder_is_a_table_whose_cells_say_what_changed() -> None:
    payload = lines(
        {"title": "Steps", "days": [["2031-05-02", "2 May"], ["2031-05-05", "5 May"]], "now": "2031-05-05", "more": 2},
        {"label": "A <b>", "href": "#on-a", "verdicts": [["check", "Yes"], ["cross", "No"]]},
        {"label": "B", "href": "javascript:x", "verdicts": [[], ["check", "Yes"]]},
    )
    assert draw_verdict_ladder(payload) == (
        '<figure class="verdict-ladder"><figcaption>Steps; 2 more are not shown</figcaption><table>'
        '<thead><tr><th scope="col">Claim</th><th scope="col"><time datetime="2031-05-02">2 May</time></th>'
        '<th scope="col" aria-current="date"><time datetime="2031-05-05">5 May</time></th></tr></thead><tbody>'
        '<tr><th scope="row"><a href="#on-a">A &lt;b&gt;</a></th>'
        '<td><span class="on">2 May</span> <span class="verdict verdict-check">Yes</span></td>'
        '<td class="now"><span class="on">5 May</span> <span class="verdict verdict-cross">No</span></td></tr>'
        '<tr><th scope="row">B</th>'
        '<td class="absent"><span class="on">2 May</span> <span class="none">not judged yet</span></td>'
        '<td class="now"><span class="on">5 May</span> <span class="verdict verdict-check">Yes</span></td></tr>'
        "</tbody></table></figure>"
    )


def test_a_verdict_that_stays_is_not_told_twice_but_on_the_day_that_is_shown() -> None:
    days = [["2031-05-02", "2 May"], ["2031-05-05", "5 May"], ["2031-05-07", "7 May"]]
    row = {"label": "A", "href": "", "verdicts": [["check", "Yes"]] * 3}
    drawn = draw_verdict_ladder(lines({"days": days, "now": "2031-05-07"}, row))
    assert re.findall(r'<td class="(\w+)"', drawn) == ["same", "now"]
    assert drawn.count('class="verdict verdict-check"') == 2


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        (lines({"days": [["2031-05-02", "2 May"]]}), "two days"),
        ("", "two days"),
        (lines({"days": [["a", "A"], ["b", "B"]]}, {"label": "x", "verdicts": [[]]}), "one verdict for each day"),
    ],
)
def test_a_ladder_that_cannot_stand_is_refused(payload: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        draw_verdict_ladder(payload)


def logged(one: str, *steps: tuple[int, str]) -> dict[str, Any]:
    log = [{"on": day(number), "verdict": verdict} for number, verdict in steps]
    return {"id": one, "says": one, "verdict": steps[-1][1], "log": log}


def ladder(rows: Sequence[dict[str, Any]], shown: date | None = None) -> tuple[list[str], dict[str, list[str]], int]:
    """The days, the words of each row and how many rows are left out."""
    library = read(rows)
    site = Site(library, derive(library, date(2031, 12, 31)), {})
    written = ladder_payload(site, find_rungs(trace(library)["t"]), shown)
    if not written:
        return [], {}, 0
    head, *found = map(json.loads, written)
    words = {row["label"]: [cell[1] if cell else "-" for cell in row["verdicts"]] for row in found}
    return [iso[-2:] for iso, _ in head["days"]], words, head["more"]


def test_only_claims_whose_verdict_changed_are_rungs() -> None:
    rows = [
        logged("a", (2, "supported"), (5, "refuted")),
        logged("b", (3, "supported"), (5, "supported")),
        logged("c", (2, "supported"), (6, "refuted"), (6, "supported")),
        logged("d", (6, "supported"), (7, "refuted")),
    ]
    assert ladder(rows) == (
        ["02", "05", "06", "07"],
        {"a": ["Supported", "Refuted", "Refuted", "Refuted"], "d": ["-", "-", "Supported", "Refuted"]},
        0,
    )


def test_where_no_verdict_changed_there_is_no_ladder() -> None:
    rows = [logged("a", (2, "supported"), (5, "supported")), logged("b", (5, "refuted"))]
    assert ladder(rows) == ([], {}, 0)
    assert ladder(rows, on(5)) == ([], {}, 0)


def test_a_ladder_shows_the_days_around_the_one_that_is_shown() -> None:
    verdicts = ["supported", "refuted"]
    rows = [logged("a", *((number, verdicts[number % 2]) for number in range(1, 10)))]
    assert COLUMNS == 5
    assert ladder(rows)[0] == ["05", "06", "07", "08", "09"]
    assert ladder(rows, on(1))[0] == ["01", "02", "03", "04", "05"]
    assert ladder(rows, on(4))[0] == ["02", "03", "04", "05", "06"]
    assert ladder(rows, on(9))[0] == ["05", "06", "07", "08", "09"]


def test_a_ladder_keeps_to_the_claims_that_changed_last() -> None:
    rows = [logged(f"n{number}", (1, "supported"), (number, "refuted")) for number in (2, *range(3, 3 + ROWS))]
    days, words, more = ladder([*rows[:1], *(logged(r["id"], (1, "supported"), (3, "refuted")) for r in rows[1:])])
    assert days == ["01", "02", "03"]
    assert list(words) == sorted(row["id"] for row in rows[1:])
    assert more == 1
