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
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from test_cases import SITE, TODAY, check

from generator import load
from generator.decode import decode
from generator.derive import derive
from generator.exports import export_record, export_records, export_schema, join_records, replace_records
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
""",
    "events/closing.yml": "id: the-closing\ntitle: The closing\nwhen: 2024-05-02\nphase: done\nrests_on: [bridge-closed]\n",
    "topics/full.yml": """
id: full
was: was-full
title: The planks
question: How many?
answer: Many.
lead: [full]
parties: [lower-brook]
questions: [{id: how-many, text: How many?, claims: [full]}]
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


def _export(library: Library) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(export_records(library, derive(library, TODAY)))
    return data


def _breaches(data: object) -> list[str]:
    validator = Draft202012Validator(json.loads(export_schema()))
    return [f"{'/'.join(map(str, one.absolute_path))}: {one.message}" for one in validator.iter_errors(data)]


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(json.loads(export_schema()))


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
    kept = {name: value for name, value in plain.items() if name != "skipped"}
    for field in ("seen", "evidence"):
        if field in kept:
            kept[field] = [
                {name: value for name, value in item.items() if name not in ("prefix", "suffix")}
                for item in kept[field]
            ]
    return kept


def test_no_words_of_a_source_beside_the_quotation_are_in_the_data() -> None:
    text = export_records(_full(), derive(_full(), TODAY))
    assert "the railing is sound" in text
    assert [word for word in ("BEFORE-IT", "AFTER-IT", "KEPT-TO-US") if word in text] == []


def test_of_a_source_that_shows_nothing_not_even_quotations_are_in_the_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FULL, "sources/full.md", FULL["sources/full.md"].replace("publish: excerpts", "publish: none"))
    library = _full.__wrapped__()
    text = export_records(library, derive(library, TODAY))
    assert '"publish": "none"' in text
    assert "the railing is sound" not in text
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


# --- records are exchanged in the file that was joined ---

_IDS = ("a", "ab", "b")
_SAID = st.text(st.sampled_from('ab"\\ {}[]:,\n'), max_size=8)
_RECORDS = st.fixed_dictionaries(
    {
        kind: st.dictionaries(st.sampled_from(_IDS), st.dictionaries(_SAID, _SAID, max_size=2), max_size=3)
        for kind in KINDS
    }
)


def _write(records: dict[str, dict[str, dict[str, str]]]) -> dict[str, dict[str, str]]:
    return {
        kind: {one: json.dumps({"id": one, **more}, ensure_ascii=False, indent=1) for one, more in of_kind.items()}
        for kind, of_kind in records.items()
    }


@given(_RECORDS, st.data())
def test_exchanging_records_gives_what_joining_all_anew_gives(
    records: dict[str, dict[str, dict[str, str]]], data: st.DataObject
) -> None:
    settings, before = _full().settings, _write(records)
    there = [(kind, one) for kind, of_kind in records.items() for one in of_kind]
    chosen = data.draw(st.lists(st.sampled_from(there), unique=True)) if there else []
    now = {kind: dict(of_kind) for kind, of_kind in before.items()}
    for kind, one in chosen:
        now[kind][one] = json.dumps({"id": one, "says": data.draw(_SAID)}, ensure_ascii=False, indent=1)
    joined = join_records(settings, TODAY, {kind: of_kind.values() for kind, of_kind in before.items()}).encode()
    changes = [(kind, before[kind][one], now[kind][one]) for kind, one in chosen]
    expected = join_records(settings, TODAY, {kind: of_kind.values() for kind, of_kind in now.items()}).encode()
    assert replace_records(joined, settings, TODAY, changes) == expected


def test_nothing_is_exchanged_in_a_file_of_another_day_or_without_the_record() -> None:
    library = _full()
    views = derive(library, TODAY)
    joined, record = export_records(library, views).encode(), export_record(library, views, "claim", "full")
    assert replace_records(joined, library.settings, TODAY, [("claim", record, record)]) == joined
    assert replace_records(joined, library.settings, TODAY + timedelta(days=1), [("claim", record, record)]) is None
    assert replace_records(joined, library.settings, TODAY, [("topic", record, record)]) is None
    assert (
        replace_records(joined.replace(b"claims", b"claim"), library.settings, TODAY, [("claim", record, "")]) is None
    )
