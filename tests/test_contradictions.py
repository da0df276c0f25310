"""The contradiction matrix: who contradicts whom, and that every row has a cell for every side."""

from __future__ import annotations

import json
import re
from datetime import date

from test_as_of import LIBRARY, PAGES, TEMPLATES
from test_derive import build, cite, claims

from generator.derive import derive
from generator.derive.disputes import find_opponents, is_contested
from generator.dialect import render_page
from generator.pages import plan
from generator.render import render

TOPIC = {
    "id": "t",
    "title": "The planks",
    "question": "How many?",
    "answer": "Some.",
    "parties": ["lower-brook", "upper-brook"],
    "questions": [
        {"id": "planks", "text": "How many?", "claims": ["twelve", "nine", "ten", "many"]},
        {"id": "wood", "text": "Which wood?", "claims": ["oak", "ash", "old", "dry", "dear"]},
    ],
}
CLAIMS = claims(
    {
        "id": "twelve",
        "seen": [cite("courier-1", ["anna-reed"])],
        "contradicts": ["nine", {"claim": "ten", "as": "different-count"}],
    },
    {"id": "nine", "seen": [cite("post-1", ["jonas-hill"]), cite("echo-1", ["ferryman"])]},
    {"id": "ten", "seen": [cite("post-1", ["jonas-hill"])]},
    {"id": "many", "seen": [cite("post-1", "untraced")], "contradicts": ["nine"]},
    {"id": "oak", "seen": [cite("courier-1", ["ferryman"])], "contradicts": ["ash"]},
    {"id": "old", "seen": [cite("post-1", ["jonas-hill"])], "contradicts": ["ash"]},  # one side contradicts itself
    *({"id": one, "seen": [cite("post-1", ["jonas-hill"])]} for one in ("ash", "dry", "dear")),
)


def test_a_side_is_contradicted_where_another_answers_through_a_rival() -> None:
    library, views = build(topics=json.dumps(TOPIC), claims=CLAIMS)
    planks, wood = views.matrices["t"].rows
    assert find_opponents(library, planks) == {
        ("lower-brook", "twelve"): ("upper-brook", "others"),
        ("upper-brook", "nine"): ("lower-brook",),
        ("others", "nine"): ("lower-brook",),
    }
    assert find_opponents(library, wood) == {("others", "oak"): ("upper-brook",), ("upper-brook", "ash"): ("others",)}
    assert [is_contested(library, row) for row in (planks, wood)] == [True, False]


def cells_of(text: str) -> list[tuple[str, list[str]]]:
    """Each question with the heads of its cells."""
    rows = text.split("::: section {.row}")[1:]
    return [
        (
            row.split("## ", 1)[1].split(" {#", 1)[0],
            [
                re.sub(r"\[([^\]]*)\].*", r"\1", head.removeprefix("### ").split(" {#")[0])
                for head in re.findall(r"^### .*|(?<=^{\.head}\n).*", row, re.MULTILINE)
            ],
        )
        for row in rows
    ]


def test_every_question_has_a_cell_for_every_side_in_one_order() -> None:
    library, _ = build(topics=json.dumps(TOPIC), claims=CLAIMS)
    pages = render(plan(library, derive(library, date(2031, 1, 1))), TEMPLATES)[0]
    text = pages["contradictions/t.md"]
    sides = ["Lower Brook", "Upper Brook", "Others", "No source given"]
    assert cells_of(text) == [("How many?", sides), ("Which wood?", sides)]
    assert text.count("::: cells {.of-4}") == 2
    assert text.count("Says nothing on record.") == 1
    assert text.count("::: details 1 more") == 1
    assert re.findall(r"^Contradicts .*", text, re.MULTILINE) == [
        "Contradicts Upper Brook and others",
        "Contradicts Lower Brook",
        "Contradicts Lower Brook",
        "Contradicts others",
        "Contradicts Upper Brook",
    ]


def test_words_are_given_only_to_voices_that_the_cited_source_names() -> None:
    said = [
        cite("courier-1", ["anna-reed"]),
        cite("post-1", ["lower-council"]),
        cite("post-1", ["anna-reed"]),
        cite("echo-1", [{"unnamed": "ferryman"}]),  # somebody without a name, whatever the words: not the entity
        cite("stored", "untraced"),
    ]
    question = {"id": "q", "text": "Q?", "claims": ["both", "nobody", "one"]}
    library, _ = build(
        topics=json.dumps(TOPIC | {"questions": [question]}),
        claims=claims(
            {"id": "both", "seen": said[:3] + said[4:]},
            {"id": "nobody", "seen": said[3:]},
            {"id": "one", "seen": [{"in": "post-1", "finding": "x", "chains": [["anna-reed"], ["lower-council"]]}]},
        ),
    )
    pages = render(plan(library, derive(library, date(2031, 1, 1))), TEMPLATES)[0]
    lines = re.findall(r"(?<=^{\.from}\n).*", pages["contradictions/t.md"], re.MULTILINE)
    assert [re.sub(r"\(\S*?\)", "", line) for line in lines] == [
        "Anna Reed · [the Courier, 2 May 2024] and 1 other text",
        "Anna Reed and the Lower Brook council · [the Post, 2 May 2024]",
        "ferryman · [the Echo, 2 May 2024] and 1 other text",
    ]


def test_a_cell_has_an_anchor_of_its_own() -> None:
    anchors = render_page(PAGES["contradictions/mill-bridge-repair.md"].split("\n---\n", 1)[1]).anchors
    assert LIBRARY is not None
    parties = LIBRARY.topics["mill-bridge-repair"].parties
    assert {f"{question}--{party}" for question in ("price", "opening") for party in parties} <= anchors
