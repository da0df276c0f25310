"""The bibliographies of the sources: valid by the schema of CSL, and read by a citation processor and a BibTeX parser."""

from __future__ import annotations

import calendar
import json
import re
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from conftest import ROOT, SAMPLE
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from generator import dates, load
from generator.decode import decode
from generator.derive import derive
from generator.derive.citing import CSL_TYPES, Reference, list_bibtex, list_csl, write_bibtex
from generator.dialect.escaping import tidy
from generator.exports.assembling import assemble
from generator.exports.bibliography import BIBTEX, CSL
from generator.link import link, watch
from generator.reads import Reads
from generator.records import Source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from generator.exports.published import Collection
    from generator.link import Library

DAY = date(2031, 7, 3)
SCHEMA = Draft7Validator(json.loads((ROOT / "tests/schemas/csl-data.json").read_text("utf-8")))
# What these commands of LaTeX's kernel print; the decoder does not know the first five, and gives another letter for the last.
COMMANDS = {"textbraceleft": "{", "textbraceright": "}", "textless": "<", "textgreater": ">", "textbar": "|"}
KERNEL = get_default_latex_context_db()
KERNEL.add_context_category(
    "kernel",
    macros=[
        MacroTextSpec(name, simplify_repl=letter) for name, letter in (*COMMANDS.items(), ("textasciicircum", "^"))
    ],
    prepend=True,
)
BOTH = pytest.mark.parametrize("root", [ROOT, SAMPLE], ids=["real", "sample"])


@cache
def read(root: Path) -> Library:
    library, _ = link(decode(load.read(root)[0])[0])
    assert library is not None
    return library


def write(collection: Collection, library: Library) -> str:
    """The file that a library makes of a collection."""
    views = derive(library, DAY)
    pieces = {
        ("source", one): collection.write(collection.compose(library, views, "source", one)).encode()
        for one in library.sources
    }
    return assemble(collection, library.settings, DAY, {"source": library.sources}, pieces).data.decode()


def faults_of(items: Sequence[dict[str, Any]]) -> list[str]:
    """What is wrong with CSL-JSON: what its schema says, and what it does not know of dates, ids and empty texts."""
    found = [f"{'/'.join(map(str, one.absolute_path))}: {one.message}" for one in SCHEMA.iter_errors(items)]
    ids = [item.get("id") for item in items]
    found += [f"{one} stands there twice" for one in sorted({str(one) for one in ids if ids.count(one) > 1})]
    for item, field in product(items, ("issued", "accessed")):
        value = item.get(field)
        for parts in value.get("date-parts", ()) if isinstance(value, dict) else ():
            year, month, day = (*parts, None, None)[:3] if parts else (None, None, None)
            if not isinstance(year, int) or not 1 <= year <= 9999:
                found.append(f"{field}: no year {year}")
            elif month is not None and month not in range(1, 13):
                found.append(f"{field}: no month {month}")
            elif day is not None and day not in range(1, calendar.monthrange(year, month or 1)[1] + 1):
                found.append(f"{field}: no day {day}")
    found += [f"{name} is empty" for item in items for name, value in item.items() if value in ("", [], {}, None)]
    return found


def cite(items: Sequence[dict[str, Any]]) -> list[str]:
    """Write items as a citation processor does, in the style that it brings."""
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    return [str(line) for line in bibliography.bibliography()]


def parse(text: str) -> dict[str, dict[str, str]]:
    """Read BibTeX: the fields of each entry, once TeX's commands are letters again; addresses hold no commands."""
    decoding = LatexDecodingMiddleware(decoder=LatexNodes2Text(latex_context=KERNEL, math_mode="verbatim"))
    plain, decoded = parse_string(text), parse_string(text, append_middleware=[decoding])
    assert plain.failed_blocks == decoded.failed_blocks == []
    assert len(plain.blocks) == len(plain.entries), "something stands there that is no entry"
    entries = {entry.key: {field.key: field.value for field in entry.fields} for entry in decoded.entries}
    for entry in plain.entries:
        entries[entry.key] |= {field.key: field.value for field in entry.fields if field.key == "url"}
    return entries


# --- the files of both sites ---


@BOTH
def test_the_csl_json_is_valid_and_has_every_source_in_reading_order(root: Path) -> None:
    library = read(root)
    items = json.loads(write(CSL, library))
    assert faults_of(items) == []
    assert [item["id"] for item in items] == [*library.sources]
    assert [item["title"] for item in items if not item["title"].startswith("[")] == [
        tidy(source.title) for source in library.sources.values() if source.title and source.title[0] != "["
    ]


@BOTH
def test_a_citation_processor_writes_every_source(root: Path) -> None:
    items = json.loads(write(CSL, read(root)))
    lines = cite(items)
    assert len(lines) == len(items) > 0
    for item, line in zip(items, lines, strict=True):
        shown = [item["title"], item.get("URL", ""), *(name["literal"] for name in item.get("author", ()))]
        issued = item.get("issued", {})
        shown.append(str(issued["date-parts"][0][0]) if "date-parts" in issued else issued.get("literal", ""))
        assert [words for words in shown if words not in line] == []


@BOTH
def test_a_bibtex_parser_reads_every_source(root: Path) -> None:
    library = read(root)
    entries = parse(write(BIBTEX, library))
    assert [*entries] == [*library.sources]
    for one, source in library.sources.items():
        fields = entries[one]
        assert fields["title"] == tidy(source.title or f"[{library.vocabulary.genres[source.genre].label}]")
        assert fields["howpublished"] == library.entities[source.outlet].name
        assert fields.get("url", "") == (source.url or "")
        assert fields["urldate"] == source.accessed.isoformat()
        assert ("year" in fields) == (source.dated is not None)


def test_one_source_reads_in_both_forms_as_expected() -> None:
    library = read(SAMPLE)
    (item,) = (item for item in json.loads(write(CSL, library)) if item["id"] == "marn-courier-2031-04-03")
    assert item == {
        "id": "marn-courier-2031-04-03",
        "type": "article-newspaper",
        "title": "Mill Bridge shut without notice",
        "author": [{"literal": "Ida Berg"}],
        "container-title": "Marn Courier",
        "issued": {"date-parts": [[2031, 4, 3]]},
        "accessed": {"date-parts": [[2031, 4, 5]]},
        "URL": "https://courier.example/mill-bridge-shut",
        "note": "archived at https://archive.example/courier/mill-bridge-shut",
        "language": "en",
    }
    assert """
@misc{marn-courier-2031-04-03,
  author = {{Ida Berg}},
  title = {{Mill Bridge shut without notice}},
  howpublished = {Marn Courier},
  year = {2031},
  month = apr,
  note = {archived at https://archive.example/courier/mill-bridge-shut},
  url = {https://courier.example/mill-bridge-shut},
  urldate = {2031-04-05},
}

@misc{""" in write(BIBTEX, library)


def test_a_site_without_sources_has_an_empty_bibliography() -> None:
    library = replace(read(SAMPLE), sources={})
    assert json.loads(write(CSL, library)) == []
    assert parse(write(BIBTEX, library)) == {}


def test_a_piece_reads_its_source_and_outlet_and_no_other_record() -> None:
    reads = Reads()
    library = watch(read(SAMPLE), reads)
    views = derive(library, DAY)
    for collection in (CSL, BIBTEX):
        with reads.apart() as seen:
            collection.compose(library, views, "source", "marn-courier-2031-04-03")
        assert {*seen} == {("source", "marn-courier-2031-04-03"), ("entity", "marn-courier")}


def test_what_concerns_the_desk_and_words_of_the_text_are_not_in_it() -> None:
    typed = read(SAMPLE).sources["marn-courier-2031-04-03"].model_dump(by_alias=True)
    secret = {
        "notes": ["KEPT-TO-US one"],
        "imported": {"format": "KEPT-TO-US two", "key": "KEPT-TO-US three"},
        "skipped": [{"quote": "KEPT-TO-US four", "why": "KEPT-TO-US five"}],
        "publish": "none",
    }
    source = Source.model_validate(typed | secret)
    library = replace(read(SAMPLE), sources={source.id: source})
    text = library.texts[source.id].text
    for collection in (CSL, BIBTEX):
        written = write(collection, library)
        assert "Mill Bridge shut without notice" in written
        assert "KEPT-TO-US" not in written
        assert [words for words in re.findall(r"\S+ \S+ \S+ \S+ \S+ \S+", text) if words in written] == []


# --- any date, any words ---

FORMS = (
    *("2025-05-22", "2025-05-22T13:33+03:00", "2025-05", "2025", "0987", "2025-21", "2025-24", "9999-24"),
    *("2025-05-22~", "2025-05?", "2025%", "2023-06-XX", "2023-XX", "202X", "20XX", "2025-05-22/2025-05-23"),
    *("2025-05/2025-06~", "2025-05-23/..", "../2025-06-08", "2025-05-23/", "/2025", "2024/2025"),
)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(tidy)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("csl", sorted({*CSL_TYPES.values(), "webpage"}))
def test_a_date_of_any_form_is_valid_and_written_by_the_processor_in_every_type(form: str, csl: str) -> None:
    when = dates.parse(form)
    item = list_csl(Reference("k", "The title", "The outlet", "https://x.example/", issued=when, type=csl))
    assert faults_of([item]) == []
    (line,) = cite([item])
    assert (dates.humanize(when) if "literal" in item["issued"] else str(when.earliest and when.earliest.year)) in line


def test_the_types_are_those_of_all_genres_of_the_real_vocabulary() -> None:
    assert {*CSL_TYPES} == {*read(ROOT).vocabulary.genres}


REFERENCES = st.builds(
    Reference,
    st.just("some-key"),
    WORDS,
    WORDS,
    st.sampled_from(["", "https://x.example/?a=1&b=%20#c_d"]),
    st.sampled_from(["", "https://archive.example/x_y"]),
    authors=st.lists(WORDS, max_size=3).map(tuple),
    issued=st.one_of(st.none(), st.sampled_from(FORMS).map(dates.parse), st.dates().map(str).map(dates.parse)),
    accessed=st.dates(),
    language=st.sampled_from(["en", "uk", "zh-Hant"]),
    type=st.sampled_from(sorted({*CSL_TYPES.values(), "webpage"})),
)


@given(REFERENCES)
def test_any_reference_is_valid_csl(reference: Reference) -> None:
    item = list_csl(reference)
    assert faults_of([item]) == []
    assert item["title"] == tidy(reference.title)
    assert [name["literal"] for name in item.get("author", ())] == [*map(tidy, reference.authors)]


@given(REFERENCES)
def test_any_reference_is_one_entry_with_the_fields_that_were_meant(reference: Reference) -> None:
    text = f"{write_bibtex(list_bibtex(reference))}\n"
    found = parse_string(text + text.replace("some-key", "another-key"))
    assert found.failed_blocks == []
    assert [entry.key for entry in found.entries] == ["some-key", "another-key"]
    allowed = {"author", "title", "howpublished", "year", "month", "note", "url", "urldate"}
    assert {field.key for entry in found.entries for field in entry.fields} <= allowed


@pytest.mark.parametrize(
    "title",
    [
        "100 % of $5 & #1_x",
        "{curly} \\input{/etc/passwd} \\write18{x}",
        "}, title = {x}} @misc{evil, title = {y}",
        "@comment{ @string{a = {b}} @preamble{x}",
        "@misc",
        "ends with a backslash \\",
        "a~b^c <d> |e|",
        'say "x", # y = {z',
        "Россия и Украина {",
        "% all of this",
    ],
)
def test_a_hostile_title_is_read_back_letter_for_letter(title: str) -> None:
    reference = Reference("k", title, "The outlet", "", authors=(title, "Ann"))
    entry = parse(f"{write_bibtex(list_bibtex(reference))}\n")["k"]
    assert (entry["title"], entry["author"]) == (title, f"{title} and Ann")
    assert list_csl(reference)["title"] == title


# --- planted faults ---

SOUND = {"id": "a", "type": "post", "title": "T", "issued": {"date-parts": [[2025, 5, 22]]}}
PLANTED: dict[str, tuple[dict[str, Any], str]] = {
    "a date as text": ({"issued": "2025-05-22"}, "'2025-05-22' is not valid"),
    "a date in EDTF": ({"issued": {"edtf": "2025-05~"}}, "is not valid under any of the given schemas"),
    "a month too many": ({"issued": {"date-parts": [[2025, 13]]}}, "no month 13"),
    "a day that does not exist": ({"issued": {"date-parts": [[2025, 2, 29]]}}, "no day 29"),
    "no year": ({"accessed": {"date-parts": [[0, 1, 1]]}}, "no year 0"),
    "another type": ({"type": "news"}, "'news' is not one of"),
    "another field": ({"archived": "x"}, "'archived' was unexpected"),
    "an author as text": ({"author": ["Ann"]}, "is not valid under any of the given schemas"),
    "an empty title": ({"title": ""}, "title is empty"),
}


@pytest.mark.parametrize(("change", "said"), PLANTED.values(), ids=PLANTED.keys())
def test_a_planted_fault_of_csl_is_seen(change: dict[str, Any], said: str) -> None:
    assert faults_of([SOUND]) == []
    assert any(said in fault for fault in faults_of([SOUND | change]))


def test_an_item_without_a_type_and_one_that_stands_there_twice_are_seen() -> None:
    assert faults_of([SOUND, SOUND]) == ["a stands there twice"]
    assert any("'type' is a required property" in fault for fault in faults_of([{"id": "a"}]))


@pytest.mark.parametrize(
    ("meant", "planted"),
    [("title = {{The", "title = {{{The"), ("@misc{marn", "@misc marn"), ("year = {2031}", "year = {2031")],
)
def test_a_planted_fault_of_bibtex_is_seen(meant: str, planted: str) -> None:
    text = write_bibtex(list_bibtex(Reference("marn", "The bridge", "The Courier", "", issued=dates.parse("2031"))))
    assert parse(text)["marn"]["title"] == "The bridge"
    assert meant in text
    with pytest.raises((AssertionError, KeyError)):
        assert parse(text.replace(meant, planted))["marn"]["title"] == "The bridge"
