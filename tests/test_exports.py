"""The open data keep to the published schema, say what the records say, and give nothing of a source away."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from test_cases import SITE, TODAY, check

from generator import load
from generator.decode import decode
from generator.derive import derive
from generator.exports import COLLECTIONS, FILES, Exporter, assemble, export_all, list_ids, take_apart
from generator.exports.open_data import RECORDS
from generator.exports.published import Collection, Offer, Section, list_sections, write_item
from generator.link import link
from generator.records import FOLDERS, KINDS
from generator.records.fields import fields_of

if TYPE_CHECKING:
    from generator.link import Library

FULL = {
    "claims/full.yml": """
id: full
was: [was-full]
says: The bridge has 48 sound planks.
kind: number
topics: [mill-bridge]
about: [mill-bridge]
when: 2024-05-02~
after: [bridge-closed]
speaker: anna-reed
content: twelve-rotten
seen:
  - in: full
    quote: the railing is sound
    prefix: BEFORE-IT
    suffix: AFTER-IT
    chains: [own, untraced, [{unnamed: carters}, {claimed: valley-wire, on: 2024-05, source: wire-2024-05-02}]]
  - {in: full, quote: the railing is sound, all: true, chain: anna-reed}
evidence:
  - {in: wire-2024-05-02, finding: It says so., chain: [anna-reed], stance: supports, basis: act, discount: It is old.}
computed: 60 - 12 = 48
searched: {where: the library, terms: bridge, until: 2024-05-01}
contradicts: [twelve-rotten, {claim: bridge-closed, as: different-count, why: They differ.}]
superseded_by: bridge-closed
outcome: bridge-closed
implies: bridge-closed
verdict: supported
why: Because.
missing: Much.
unknown: More.
checked: {on: 2024-06-01, by: [Mia, Tom]}
review_by: 2030-01-01
log: [{on: 2024-06-01, verdict: supported, note: First judged., was: {says: Less., why: Once.}}]
notes: [DESK-NOTE one, two]
imported: {format: claimreview, key: DESK-KEY, digest: DESK-DIGEST}
""",
    "sources/full.md": """---
was: was-full
title: A note
translated_title: {de: Ein Zettel}
outlet: roads-office
authors: A clerk
published: 2024-05-01
accessed: 2024-06-01
url: https://roads.example/note
archived: https://archive.example/note
language: en
genre: document
written: 2024-04
stored: whole
publish: excerpts
skipped: [{quote: KEPT-TO-US entirely, why: no statement}]
reprints: wire-2024-05-02
summary: The railing holds.
notes: [DESK-NOTE one, two]
imported: {format: claimreview, key: DESK-KEY, digest: DESK-DIGEST}
---
BEFORE-IT the railing is sound AFTER-IT and so KEPT-TO-US entirely.
""",
    "entities/full.yml": """
id: full
was: was-full
type: person
name: The miller
names: {de: Der Müller}
description: He owns the mill.
speaks_for: {who: lower-brook, from: 2020, until: 2024-05}
owned_by: lower-brook
part_of: [upper-brook]
wikidata: Q42
notes: [DESK-NOTE one, two]
imported: {format: claimreview, key: DESK-KEY, digest: DESK-DIGEST}
""",
    "events/full.yml": """
id: full
was: was-full
title: The inspection
when: 2024-04-30
as_stated: is sound
phase: done
where: mill-bridge
involves: [roads-office]
topics: [mill-bridge]
rests_on: [full]
evidence:
  - {in: full, quote: the railing is sound, prefix: BEFORE-IT, chain: own, stance: supports, basis: document}
part_of: the-closing
summary: They looked.
notes: [DESK-NOTE one, two]
imported: {format: claimreview, key: DESK-KEY, digest: DESK-DIGEST}
""",
    "events/closing.yml": "id: the-closing\ntitle: The closing\nwhen: 2024-05-02\nphase: done\nrests_on: [bridge-closed]\n",
    "corrections.yml": "- {on: 2024-06-02, records: [claim:full], kind: error, was: Less., now: More., why: Misread.}\n",
    "topics/full.yml": """
id: full
was: was-full
title: The planks
question: How many?
answer: Many.
lead: [full]
parties: [lower-brook]
questions: [{id: how-many, text: How many?, claims: [full]}]
notes: [DESK-NOTE one, two]
imported: {format: claimreview, key: DESK-KEY, digest: DESK-DIGEST}
""",
}


@cache
def _full() -> Library:
    """The sound site with one record of each kind in which every field is typed."""
    import tempfile  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        root = Path(shutil.copytree(SITE, Path(folder, "site")))
        for name, text in FULL.items():
            (root / "content" / name).write_text(text, "utf-8")
        records, undecoded = decode(load.read(root)[0])
        library, unlinked = link(records)
    assert (*undecoded, *unlinked) == ()
    assert library is not None
    return library


def _write_all(library: Library) -> str:
    return export_all(library, derive(library, TODAY)).files[RECORDS.path].decode()


def _export(library: Library) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(_write_all(library))
    return data


@cache
def _schema(name: str) -> dict[str, Any]:
    library = _full()
    schema: dict[str, Any] = json.loads(export_all(library, derive(library, TODAY)).files[f"data/{name}"])
    return schema


def _breaches(data: object, name: str = "schema.json") -> list[str]:
    schemas = {one: Resource.from_contents(_schema(one)) for one in ("schema.json", "record-schema.json")}
    validator = Draft202012Validator(_schema(name), registry=Registry().with_resources(schemas.items()))
    return [f"{'/'.join(map(str, one.absolute_path))}: {one.message}" for one in validator.iter_errors(data)]


def test_the_schemas_are_schemas() -> None:
    for name in ("schema.json", "record-schema.json"):
        Draft202012Validator.check_schema(_schema(name))


@pytest.mark.parametrize("kind", KINDS)
def test_the_full_record_has_every_field(kind: str) -> None:
    record = _full().located[kind, "full"].record
    assert {name for name in KINDS[kind].model_fields if name not in record.model_fields_set} == set()


def test_the_data_keep_to_the_schema() -> None:
    assert _breaches(_export(_full())) == []


@pytest.mark.parametrize("kind", KINDS)
def test_records_read_back_from_the_data_are_the_records(kind: str) -> None:
    library = _full()
    rows = _export(library)[FOLDERS[kind]]
    assert [row["id"] for row in rows] == [one for k, one in library.located if k == kind]
    for row in rows:
        row.pop("computed_standing", None)
        again = KINDS[kind].model_validate(row)
        expected = library.located[kind, row["id"]].record
        assert _without_words_beside(again.model_dump()) == _without_words_beside(expected.model_dump())


def _without_words_beside(plain: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in plain.items() if name not in ("skipped", "notes", "imported")}
    for field in ("seen", "evidence"):
        if field in kept:
            kept[field] = [
                {name: value for name, value in item.items() if name not in ("prefix", "suffix")}
                for item in kept[field]
            ]
    return kept


def test_no_words_of_a_source_beside_the_quotation_are_in_the_data() -> None:
    text = _write_all(_full())
    assert "the railing is sound" in text
    assert [word for word in ("BEFORE-IT", "AFTER-IT", "KEPT-TO-US") if word in text] == []


def test_of_a_source_that_shows_nothing_not_even_quotations_are_in_the_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FULL, "sources/full.md", FULL["sources/full.md"].replace("publish: excerpts", "publish: none"))
    library = _full.__wrapped__()
    text = _write_all(library)
    assert '"publish": "none"' in text
    assert "the railing is sound" not in text
    assert '"as_stated"' in _write_all(_full())  # the source's own words for a date
    assert '"as_stated"' not in text
    assert _breaches(json.loads(text)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_without_a_required_field_or_with_an_unknown_one_breaks_the_schema(kind: str) -> None:
    data = _export(_full())
    row = next(row for row in data[FOLDERS[kind]] if row["id"] == "full")
    required = [name for name, info in fields_of(KINDS[kind]).items() if info.is_required()]
    assert "id" in required
    for name in required:
        assert _breaches(data | {FOLDERS[kind]: [{k: v for k, v in row.items() if k != name}]}), name
    assert _breaches(data | {FOLDERS[kind]: [row | {"colour": "red"}]})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("id", "../x"), ("says", ["x"]), ("when", 2024), ("log", "x"), ("seen", [{"in": "x", "quote": 1}])),
        *(("checked", {"on": "2024-06-01"}), ("contradicts", ["x"]), ("computed_standing", {"said": "yes"})),
    ],
)
def test_a_value_of_the_wrong_form_breaks_the_schema(field: str, value: object) -> None:
    data = _export(_full())
    row = next(row for row in data["claims"] if row["id"] == "full")
    assert _breaches(data | {"claims": [row]}) == []
    assert _breaches(data | {"claims": [row | {field: value}]})


def test_what_was_computed_stands_beside_what_was_typed() -> None:
    library, _, _ = check(SITE)
    assert library is not None
    rows = {row["id"]: row["computed_standing"] for row in _export(library)["claims"]}
    assert rows["reed-on-planks"] == {
        "said": "relayed",
        "hops": 1,
        "reports": {"reports": 1, "origins": [{"root": "brook-courier", "voices": ["brook-courier"]}]},  # who heard her
        "support": {"reports": 0, "origins": []},
        "against": {"reports": 0, "origins": []},
        "flags": ["single-origin"],
    }
    assert rows["bridge-closed"]["support"] == {
        "reports": 2,
        "origins": [
            {"root": "brook-courier", "voices": ["brook-courier"]},
            {"root": "upper-brook", "voices": ["jonas-hill"]},
        ],
    }


def test_the_real_content_keeps_to_the_schema() -> None:
    records, _ = decode(load.read(Path(__file__).parents[1])[0])
    library, _ = link(records)
    assert library is not None
    data = _export(library)
    assert len(data["claims"]) >= 45
    assert _breaches(data) == []


# --- each record has a file of its own ---


@pytest.mark.parametrize("kind", KINDS)
def test_the_file_of_a_record_holds_what_the_file_of_all_records_holds(kind: str) -> None:
    library = _full()
    files = export_all(library, derive(library, TODAY)).files
    everything = {row["id"]: row for row in json.loads(files[RECORDS.path])[FOLDERS[kind]]}
    own = {one: json.loads(files[f"{FOLDERS[kind]}/{one}/record.json"]) for one in everything}
    assert {one: data[kind] for one, data in own.items()} == everything
    assert [_breaches(data, "record-schema.json") for data in own.values()] == [[]] * len(own)
    assert {data["url"] for data in own.values()} == {
        f"{library.settings.address}{FOLDERS[kind]}/{one}/" for one in everything
    }


@pytest.mark.parametrize("change", [{"claim": None}, {"event": {}}, {"colour": "red"}, {"url": None}])
def test_another_form_of_the_file_of_a_record_breaks_its_schema(change: dict[str, Any]) -> None:
    library = _full()
    data = json.loads(export_all(library, derive(library, TODAY)).files["claims/full/record.json"])
    assert _breaches(data, "record-schema.json") == []
    assert _breaches({k: v for k, v in {**data, **change}.items() if v is not None}, "record-schema.json")


# --- what concerns the desk alone ---


def test_notes_of_the_desk_and_the_row_of_an_import_are_in_no_data_file() -> None:
    library = _full()
    assert all(library.located[kind, "full"].record.notes for kind in KINDS)
    everything = export_all(library, derive(library, TODAY))
    held = {path for path, data in everything.files.items() if b"DESK-" in data}
    assert held == set()
    assert b"Anna" in everything.files[RECORDS.path]


# --- collections are put together from pieces ---

_IDS = ("a", "ab", "b", "c")
_PIECES = st.dictionaries(
    st.tuples(st.sampled_from(("claim", "event", "topic")), st.sampled_from(_IDS)), st.text(min_size=1, max_size=6)
)
_ORDER = st.permutations(_IDS).map(lambda ids: dict.fromkeys(("claim", "event", "topic"), tuple(ids)))


def _collection(opening: str, between: str) -> Collection:
    sections = (Section(("claim",), opening, "]"), Section(("event", "topic"), "", ""))
    return Collection("x", Offer("", "", ""), lambda *_: None, str, lambda *_: sections, between)


@given(_PIECES, _ORDER, st.text(max_size=3), st.text(max_size=3))
def test_a_collection_is_taken_apart_into_the_pieces_it_was_put_together_from(
    pieces: dict[tuple[str, str], str], ids: dict[str, tuple[str, ...]], opening: str, between: str
) -> None:
    written = {name: text.encode(errors="replace") for name, text in pieces.items()}
    whole = assemble(_collection(opening, between), _full().settings, TODAY, ids, written)
    assert take_apart(whole.data, whole.ledger) == written
    order = [(kind, one) for kind in ("claim", "event", "topic") for one in ids[kind] if (kind, one) in written]
    assert [(kind, one) for kind, one, _, _ in whole.ledger] == order
    first = [written[name] for name in order if name[0] == "claim"]
    others = [written[name] for name in order if name[0] != "claim"]
    assert whole.data == opening.encode() + between.encode().join(first) + b"]" + between.encode().join(others)


def test_a_list_in_json_is_laid_out_as_json() -> None:
    sections = list_sections({"title": "x"}, {"claims": ("claim",), "others": ("event", "topic")})
    collection = Collection("x", Offer("", "", ""), lambda *_: None, write_item, lambda *_: sections, ",")
    ids = {"claim": ("a", "b"), "event": ("c",), "topic": ("d",)}
    full = {(kind, one): write_item({"id": one}).encode() for kind, found in ids.items() for one in found}
    for pieces in (full, {}, {("topic", "d"): full["topic", "d"]}):
        whole = assemble(collection, _full().settings, TODAY, ids, pieces)
        assert json.loads(whole.data) == {
            "title": "x",
            "claims": [{"id": one} for one in ids["claim"] if ("claim", one) in pieces],
            "others": [{"id": one} for kind in ("event", "topic") for one in ids[kind] if (kind, one) in pieces],
        }


def test_every_collection_has_a_piece_of_the_full_records_and_each_is_put_together_from_them() -> None:
    library = _full()
    views = derive(library, TODAY)
    exporter, everything = Exporter(library, views), export_all(library, views)
    pieces: dict[str, dict[tuple[str, str], bytes]] = {}
    for kind, ids in list_ids(library).items():
        for one in ids:
            for path, text in exporter.export(kind, one).pieces.items():
                pieces.setdefault(path, {})[kind, one] = text.encode()
    assert set(pieces) == {collection.path for collection in COLLECTIONS}
    for collection in COLLECTIONS:
        whole = assemble(collection, library.settings, TODAY, list_ids(library), pieces[collection.path])
        assert whole.data == everything.files[collection.path]
    assert set(FILES) <= set(everything.files)


def test_only_the_file_of_all_records_tells_the_day() -> None:
    library = _full()
    today = export_all(library, derive(library, TODAY)).files
    tomorrow = export_all(library, derive(library, TODAY + timedelta(days=1))).files
    assert {path for path, data in today.items() if tomorrow[path] != data} == {RECORDS.path}
