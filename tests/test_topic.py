"""What a fact sheet puts at its top, and what it leaves for further down: every claim once, none lost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from test_derive import build, claims

from generator.pages import open_site
from generator.pages import topic as sheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Row = dict[str, Any]


def row(one: str, verdict: str, **more: object) -> Row:
    return {"id": one, "verdict": verdict, "topics": ["t"], **more}


def plan(rows: Sequence[Row], lead: Sequence[str] = ()) -> Mapping[str, Any]:
    """What the template of a sheet with these claims is given."""
    typed = {"id": "t", "title": "T", "question": "What?", "answer": "This.", "lead": list(lead)}
    library, views = build(topics=json.dumps([typed]), claims=claims(*rows))
    return sheet.plan_topic(open_site(library, views), library.topics["t"]).context


def told(context: Mapping[str, Any]) -> dict[str, tuple[list[str], int]]:
    """By part of the top: the claims, and how many more are said to stand below."""
    return {part.id: ([line.claim.id for line in part.lines], part.more) for part in context["glances"]}


SUPPORTED = [row(f"s{n}", "supported") for n in range(12)]
RIVALS = [
    one for n in range(5) for one in (row(f"a{n}", "conflicting", contradicts=[f"b{n}"]), row(f"b{n}", "conflicting"))
]
UNKNOWN = [row(f"u{n}", "not-enough-evidence", unknown=["Who."]) for n in range(4)]


@pytest.mark.parametrize(
    ("rows", "lead", "expected"),
    [
        ([], [], {}),
        (SUPPORTED[:2], [], {"we-know": (["s0", "s1"], 0)}),
        (SUPPORTED, ["s9", "s3"], {"we-know": (["s9", "s3", "s0", "s1", "s2", "s4", "s5", "s6"], 4)}),
        (SUPPORTED, [f"s{n}" for n in range(11)], {"we-know": ([f"s{n}" for n in range(11)], 1)}),
        # What is refuted is known too, by the same bar, and what is incomplete stands beside it.
        (
            [row("r", "refuted"), row("c", "needs-context"), row("s", "supported")],
            [],
            {"we-know": (["s", "r", "c"], 0)},
        ),
        # Each of two rivals names the other: the pair is told once, and neither counts as one more below.
        (RIVALS[:2], [], {"is-disputed": (["a0"], 0)}),
        (RIVALS[:2], ["b0"], {"is-disputed": (["b0"], 0)}),
        (RIVALS, [], {"is-disputed": (["a0", "a1"], 6)}),
        (UNKNOWN, ["u3"], {"we-do-not-know": (["u3", "u0", "u1"], 1)}),
        ([row("n", "unchecked")], [], {"we-do-not-know": (["n"], 0)}),
        ([row("o", "not-checkable", kind="opinion")], ["o"], {}),
    ],
)
def test_the_top_of_a_sheet(rows: list[Row], lead: list[str], expected: dict[str, tuple[list[str], int]]) -> None:
    assert told(plan(rows, lead)) == expected


def test_below_the_top_every_claim_of_a_sheet_stands_once() -> None:
    context = plan([*SUPPORTED, *RIVALS, *UNKNOWN, row("r", "refuted")], ["r", "s1"])
    above = [line.claim.id for part in context["glances"] for line in part.lines]
    for section in context["sections"]:
        below = [line.claim.id for line in (*section.first, *section.rest)]
        fresh = [one for one in section.group.claims if one not in above]
        assert below == (fresh or list(section.group.claims))  # a heading with nothing under it helps nobody
        assert (section.above, section.left) == (len(section.group.claims) - len(below), 0)
    assert [section.sign for section in context["sections"]] == ["check", "cross", "arrows", "question"]


def test_a_section_unfolds_and_beyond_its_limit_leads_to_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "_MOST", 9)
    (section,) = plan([row(f"o{n}", "not-checkable", kind="opinion") for n in range(14)])["sections"]
    assert (len(section.first), len(section.rest), section.left) == (6, 3, 5)
