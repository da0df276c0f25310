"""Web Annotations: every quotation is found again by its words and by its position, and nothing else of a text is given.

`annotation_context.json` is our own reading of the standard's vocabulary: the words that are used here, each with the IRI
that it has in https://www.w3.org/TR/annotation-vocab/. With it a JSON-LD processor needs no network.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT, SAMPLE
from pyld import jsonld
from test_claim_review import assemble_all, link_folder, read_claims

from generator import checks
from generator.derive.passages import citations_of
from generator.exports.annotations import ANNOTATIONS, compose_annotations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.derive import Views
    from generator.link import Library

NAME = "http://www.w3.org/ns/anno.jsonld"
CONTEXT = json.loads((Path(__file__).parent / "annotation_context.json").read_text("utf-8"))
ROOTS = pytest.mark.parametrize("root", [ROOT, SAMPLE], ids=["real", "sample"])

TEXT = """🇺🇦 Кремль formally sent its list – so they say, in a cafe\u0301 – and nobody at all answered it before the month of May was over.

Some say that *nobody at all* answered it before the harvest, others that the whole town had gone to sleep by then."""


def read_note(claims: str, publish: str, text: str = TEXT, url: str = "") -> tuple[Library, Views]:
    """Read a site with one more source, which holds a text."""
    fields = ["outlet: courier", "accessed: 2024-06-01", "language: en", "genre: news", "stored: whole", url]
    head = "\n".join(filter(None, (*fields, f"publish: {publish}", "title: A note")))
    return read_claims(claims, {"sources/note.md": f"---\n{head}\n---\n{text}\n"})


def said(*quotes: str) -> str:
    """Type a claim that is said in the note."""
    seen = ", ".join(f"{{in: note, {quote}, chain: own}}" for quote in quotes)
    return f"- {{id: x, says: They *sent* it., kind: fact, verdict: refuted, seen: [{seen}]}}\n"


def annotate(library: Library, views: Views) -> Any:
    return compose_annotations(library, views, "claim", "x")


# --- one annotation ---


@pytest.mark.parametrize("publish", ["full", "excerpts"])
def test_an_annotation_says_which_words_where_and_for_what(publish: str) -> None:
    library, views = read_note(said("quote: formally sent its list"), publish)
    digest = hashlib.sha256(library.texts["note"].text.encode()).hexdigest()
    beside = {"prefix": "🇺🇦 Кремль ", "suffix": " – so they say, in a cafe\u0301 – and"}
    assert annotate(library, views) == [
        {
            "id": "https://bridge.example/data/annotations.json#q1-x",
            "type": "Annotation",
            "motivation": "linking",
            "body": [
                {
                    "type": "SpecificResource",
                    "source": "https://bridge.example/claims/x/#seen-1",
                    "purpose": "linking",
                },
                {
                    "type": "TextualBody",
                    "value": "Said here: They sent it.",
                    "format": "text/plain",
                    "language": "en-GB",
                    "purpose": "commenting",
                },
                {
                    "type": "TextualBody",
                    "value": "Verdict on the claim: Refuted",
                    "format": "text/plain",
                    "language": "en-GB",
                    "purpose": "tagging",
                },
            ],
            "target": [
                {
                    "type": "SpecificResource",
                    "source": "https://bridge.example/sources/note/",
                    "selector": [
                        {
                            "type": "TextQuoteSelector",
                            "exact": "formally sent its list",
                            **(beside if publish == "full" else {}),
                        },
                        {"type": "TextPositionSelector", "start": 10, "end": 32},
                    ],
                    "state": {
                        "type": "oa:State",
                        "spdx:checksum": {
                            "type": "spdx:Checksum",
                            "spdx:algorithm": {"id": "spdx:checksumAlgorithm_sha256"},
                            "spdx:checksumValue": digest,
                        },
                    },
                }
            ],
        }
    ]


def test_the_source_is_its_own_address_where_it_has_one() -> None:
    (one,) = annotate(*read_note(said("quote: formally sent its list"), "full", url="url: https://courier.example/n"))
    assert [target["source"] for target in one["target"]] == ["https://courier.example/n"]


SPANS = {
    # as quoted: where it stands in code points, what is stored there
    "quote: formally sent its list": [(10, 32, "formally sent its list")],
    "quote: formally sent its list - so they say": [(10, 46, "formally sent its list – so they say")],
    "quote: so they say, in a café": [(35, 58, "so they say, in a cafe\u0301")],
    "quote: 'formally sent [...] nobody at all answered'": [
        (10, 23, "formally sent"),
        (65, 87, "nobody at all answered"),
    ],
    "quote: nobody at all answered it before, all: true": [
        (65, 97, "nobody at all answered it before"),
        (140, 172, "nobody at all answered it before"),
    ],
    "quote: nobody at all answered it before, prefix: Some say that": [(140, 172, "nobody at all answered it before")],
    "quote: Кремль formally": [(3, 18, "Кремль formally")],
}


@pytest.mark.parametrize(("quote", "spans"), SPANS.items())
def test_positions_are_code_points_of_the_text_as_read(quote: str, spans: list[tuple[int, int, str]]) -> None:
    (one,) = annotate(*read_note(said(quote), "excerpts"))
    assert [
        (position["start"], position["end"], words["exact"])
        for words, position in (target["selector"] for target in one["target"])
    ] == spans


def test_one_changed_letter_in_the_text_is_another_hash() -> None:
    digests = set()
    for text in (TEXT, TEXT.replace("harvest", "Harvest"), f"{TEXT}\n"):
        (one,) = annotate(*read_note(said("quote: formally sent its list"), "excerpts", text))
        digests.add(one["target"][0]["state"]["spdx:checksum"]["spdx:checksumValue"])
    assert len(digests) == 2  # a line end after the text is no part of it


def test_evidence_and_events_say_what_they_are() -> None:
    library, views = link_folder(SAMPLE)
    found = {
        one["id"].partition("#")[2]: [body.get("value", body.get("source")) for body in one["body"]]
        for one in assemble_all(ANNOTATIONS, library, views)["items"]
    }
    assert found["e1-bridge-closed"] == [
        "https://bridge.example/claims/bridge-closed/#evidence-1",
        "Evidence (For): The Mill Bridge was closed on 2 April 2031.",
        "Verdict on the claim: Supported",
    ]
    assert found["q1-petition-signed"][1:] == [
        "Said here: 120 villagers signed the petition.",
        "Verdict on the claim: Not checked yet",
    ]
    assert found["v1-petition-handed-in"] == [
        "https://bridge.example/events/petition-handed-in/#evidence-1",
        "Evidence (For): A petition is handed in",
    ]


# --- all of them ---


def _targets(page: Any) -> Iterator[tuple[str, Any, Any, str]]:
    """List the targets: address of the source, both selectors, hash."""
    for one in page["items"]:
        for target in one["target"]:
            words, position = target["selector"]
            assert (words["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
            yield target["source"], words, position, target["state"]["spdx:checksum"]["spdx:checksumValue"]


@ROOTS
def test_every_annotation_is_found_again_in_the_stored_text(root: Path) -> None:
    library, views = link_folder(root)
    texts = {hashlib.sha256(text.text.encode()).hexdigest(): (one, text.text) for one, text in library.texts.items()}
    number = 0
    for address, words, position, digest in _targets(assemble_all(ANNOTATIONS, library, views)):
        one, text = texts[digest]
        source = library.sources[one]
        assert address == (source.url or f"{library.settings.address}sources/{one}/")
        assert text[position["start"] : position["end"]] == words["exact"] != ""
        before, after = words.get("prefix", ""), words.get("suffix", "")
        assert text.find(before + words["exact"] + after, max(0, position["start"] - len(before))) == position[
            "start"
        ] - len(before)
        assert ("prefix" in words, "suffix" in words) == (source.publish == "full",) * 2
        number += 1
    assert number >= 10


@ROOTS
def test_every_quotation_that_may_be_shown_has_one_annotation_in_reading_order(root: Path) -> None:
    library, views = link_folder(root)
    expected = [
        cited.anchor
        for kind, records in (("claim", library.claims), ("event", library.events))
        for one in records
        for cited, item in citations_of(library, kind, one)
        if item.quote is not None and library.shows_words(item.source)
    ]
    page = assemble_all(ANNOTATIONS, library, views)
    assert [one["id"].partition("#")[2] for one in page["items"]] == expected
    assert len(expected) == len(set(expected)) >= 10


def test_each_link_leads_to_a_citation_on_the_page_of_its_record() -> None:
    library, views = link_folder(SAMPLE)
    links = [one["body"][0]["source"] for one in assemble_all(ANNOTATIONS, library, views)["items"]]
    missing = []
    for link in links:
        page, anchor = link.removeprefix(library.settings.address).split("/#")
        text = (ROOT / "tests/golden" / f"{page}.md").read_text("utf-8")
        missing += [] if f"{{#{anchor}}}" in text else [link]
    assert len(links) >= 10
    assert missing == []


# --- what is not given ---


@pytest.mark.parametrize("publish", ["none", "excerpts", "full"])
def test_of_a_text_that_is_not_shown_nothing_is_given(publish: str) -> None:
    found = annotate(*read_note(said("quote: formally sent its list"), publish))
    assert (found is None) == (publish == "none")


def test_of_a_text_that_is_not_at_hand_nothing_is_given() -> None:
    settings = "text_dir: private\n"
    library, views = read_claims(
        said("quote: formally sent its list"),
        {
            "settings.yml": (SAMPLE / "content/settings.yml").read_text("utf-8") + settings,
            "sources/note.yml": "{outlet: courier, accessed: 2024-06-01, language: en, genre: news, stored: whole, publish: full, title: A note, summary: It says so.}",
        },
    )
    assert library.absent_texts == {"note"}
    assert annotate(library, views) is None


def test_a_finding_and_a_skipped_passage_have_no_annotation() -> None:
    claims = "- {id: x, says: It is., kind: fact, seen: [{in: first, finding: It is., chain: own}]}"
    assert annotate(*read_claims(claims)) is None
    library, views = link_folder(ROOT)
    skipped = {passage.quote for cited, passage in views.passages.items() if cited.field == "skipped"}
    exact = {words["exact"] for _, words, _, _ in _targets(assemble_all(ANNOTATIONS, library, views))}
    assert skipped & exact == set()


@ROOTS
def test_no_words_beside_a_quotation_are_in_the_file(root: Path) -> None:
    library, views = link_folder(root)
    text = json.dumps(assemble_all(ANNOTATIONS, library, views), ensure_ascii=False)
    assert checks.find_leaks(library, views, {"data/annotations.json": text}) == ()
    hidden = [one for one in library.texts if library.sources[one].publish != "full"]
    leaking = library.texts[hidden[0]].text
    assert len(checks.find_leaks(library, views, {"data/annotations.json": json.dumps([text, leaking])})) >= 1


# --- as JSON-LD ---


def _load(address: str, _options: object) -> dict[str, Any]:
    assert address == NAME, "nothing else is asked for"
    return {"contextUrl": None, "documentUrl": address, "document": CONTEXT}


@ROOTS
def test_a_processor_of_linked_data_reads_the_page(root: Path) -> None:
    library, views = link_folder(root)
    page = assemble_all(ANNOTATIONS, library, views)
    (read,) = jsonld.expand(page, {"documentLoader": _load})
    activity, oa, address = "http://www.w3.org/ns/activitystreams#", "http://www.w3.org/ns/oa#", page["id"]
    assert (read["@id"], read["@type"]) == (address, [f"{activity}OrderedCollectionPage"])
    assert read[f"{activity}partOf"][0][f"{activity}first"] == [{"@id": address}]
    (items,) = (one["@list"] for one in read[f"{activity}items"])
    assert [one["@id"] for one in items] == [one["id"] for one in page["items"]]
    for one, plain in zip(items, page["items"], strict=True):
        assert one[f"{oa}motivatedBy"] == [{"@id": f"{oa}linking"}]
        assert [body[f"{oa}hasPurpose"] for body in one[f"{oa}hasBody"]] == [
            [{"@id": oa + body["purpose"]}] for body in plain["body"]
        ]
        assert len(one[f"{oa}hasTarget"]) == len(plain["target"])
        for target in one[f"{oa}hasTarget"]:
            (state,) = target[f"{oa}hasState"]
            (checksum,) = state["http://spdx.org/rdf/terms#checksum"]
            assert state["@type"] == [f"{oa}State"]
            assert checksum["http://spdx.org/rdf/terms#algorithm"] == [
                {"@id": "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"}
            ]
    assert _relative(read) == []
    assert _count(read) == _count({name: value for name, value in page.items() if name != "@context"})


def _relative(value: Any) -> list[str]:
    """List the names in expanded data that are no whole IRIs: words that the context does not know."""
    if isinstance(value, list):
        return [name for one in value for name in _relative(one)]
    if not isinstance(value, dict):
        return []
    names = [name for name in value if not name.startswith(("@", "http://", "https://"))]
    ids = [value["@id"]] if "@id" in value else []
    types = value.get("@type", [])
    names += [one for one in (*ids, *([types] if isinstance(types, str) else types)) if "://" not in one]
    return names + [name for one in value.values() for name in _relative(one)]


def _count(value: Any) -> int:
    """Count the texts and numbers: a word that the context does not know is dropped without a sound."""
    if isinstance(value, list):
        return sum(map(_count, value))
    if isinstance(value, dict):
        if "@value" in value:
            return 1
        return sum(map(_count, value.values()))
    return 1


def test_every_word_of_the_context_is_used() -> None:
    library, views = link_folder(SAMPLE)
    text = json.dumps(assemble_all(ANNOTATIONS, library, views))
    words = CONTEXT["@context"]
    prefixes = {one for one, iri in words.items() if isinstance(iri, str) and iri.endswith(("#", "/"))}
    assert [one for one in words if one not in prefixes and f'"{one}"' not in text] == []


def test_a_site_without_quotations_has_an_empty_page() -> None:
    page = assemble_all(ANNOTATIONS, *read_claims("- {id: x, says: It is., kind: fact}"))
    assert (page["type"], page["items"]) == ("AnnotationPage", [])
