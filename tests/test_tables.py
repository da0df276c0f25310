"""The CSV files say what the records say, in rows that belong together, and give nothing of a source away."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_cases import TODAY
from test_exports import _full

from generator import load
from generator.decode import decode
from generator.derive import derive
from generator.exports import assemble, list_ids
from generator.exports.open_data import compose_record
from generator.exports.published import CORRECTIONS
from generator.exports.tables import DATA_PACKAGE, DATABASE, METADATA, TABLES
from generator.exports.tables.catalogue import CATALOGUE, path_of
from generator.exports.tables.lines import guard_formula, read_rows, release_formula, write_rows
from generator.link import link, watch
from generator.reads import Reads
from generator.records import FOLDERS, KINDS, Claim, Correction, Entity, Event, Record, Source, Topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.derive import Views
    from generator.exports.published import Collection
    from generator.link import Library

ROOT = Path(__file__).parents[1]
SITES = ("full", "sample", "real")
Cells = dict[str, str]


@cache
def read_site(name: str) -> Library:
    """Link the records of a site: the one in which every field is typed, the made-up village, or the real content."""
    if name == "full":
        return _full()
    library, _ = link(decode(load.read(ROOT if name == "real" else ROOT / "tests" / "sample")[0])[0])
    assert library is not None
    return library


def keys_of(library: Library, collection: Collection) -> Iterator[tuple[str, str]]:
    """List the records that a collection is put together from, in order."""
    ids = list_ids(library)
    for section in collection.lay_out(library.settings, TODAY):
        yield from ((kind, one) for kind in section.kinds for one in ids[kind])


def write_collection(library: Library, views: Views, collection: Collection) -> bytes:
    """Put a collection together."""
    plain = {key: collection.compose(library, views, *key) for key in keys_of(library, collection)}
    pieces = {key: collection.write(said).encode() for key, said in plain.items() if said is not None}
    assert all(pieces.values())
    return assemble(collection, library.settings, TODAY, list_ids(library), pieces).data


def write_files(library: Library) -> dict[str, bytes]:
    """Write every table, and what is made of them."""
    views = derive(library, TODAY)
    files = {one.path: write_collection(library, views, one) for one in TABLES}
    for digest in (DATA_PACKAGE, DATABASE, METADATA):
        files[digest.path] = digest.make(library.settings, {path: files[path] for path in digest.of})
    return files


@cache
def files_of(site: str) -> Mapping[str, bytes]:
    """Write the files of a site once."""
    return write_files(read_site(site))


def lay_out(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write files below a folder; gives the folder `data`."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder / "data"


def read_table(files: Mapping[str, bytes], name: str) -> list[Cells]:
    """Read a CSV file as anybody would."""
    return list(csv.DictReader(io.StringIO(files[path_of(name)].decode(), newline="")))


# --- what stands in them ---

ROWS = {
    "claims": (
        ("id,says,kind,when_edtf,when_earliest,when_latest,speaker,content,verdict,why,searched_where,searched_until,"
        "superseded_by,outcome,checked_on,review_by,page"),
        ("full,The bridge has 48 sound planks.,number,2024-05-02~,2024-05-02,2024-05-02,anna-reed,twelve-rotten,supported,"
        "Because.,the library,2024-05-01,bridge-closed,bridge-closed,2024-06-01,2030-01-01,https://example.org/claims/full/"),
    ),
    "claim_relations": (
        "claim,relation,position,other",
        "full,after,1,bridge-closed",
        "full,implies,1,bridge-closed",
    ),
    "contradictions": (
        "claim,position,other,manner,why",
        "full,1,twelve-rotten,rival,",
        "full,2,bridge-closed,different-count,They differ.",
    ),
    "claim_texts": (
        "claim,list,position,text",
        "full,missing,1,Much.",
        "full,unknown,1,More.",
        "full,computed,1,60 - 12 = 48",
    ),
    "claim_log": (
        "claim,position,day,verdict,note,was_says,was_why",
        "full,1,2024-06-01,supported,First judged.,Less.,Once.",
    ),
    "claim_standings": (
        ("claim,said,hops,reports,origins,conduit,support_reports,support_origins,support_conduit,against_reports,"
        "against_origins,against_conduit,single_origin,outdated,stale,unnamed_origin,no_source_found,both_sides_say"),
        "full,at-the-origin,0,2,2,,1,0,,0,0,,false,true,false,false,false,false",
    ),
    "claim_origins": (
        "claim,tally,origin,position,root,voice,unnamed",
        "full,reports,1,1,lower-brook,anna-reed,",
        "full,reports,2,1,,,carters",
    ),
    "citations": (
        "id,claim,event,list,position,source,quote,finding,every,stance,basis,discount",
        "q1-full,full,,seen,1,full,the railing is sound,,false,,,",
        "q2-full,full,,seen,2,full,the railing is sound,,true,,,",
        "e1-full,full,,evidence,1,wire-2024-05-02,,It says so.,false,supports,act,It is old.",
        "v1-full,,full,evidence,1,full,the railing is sound,,false,supports,document,",
    ),
    "chains": (
        "citation,position,reach",
        "q1-full,1,own",
        "q1-full,2,untraced",
        "q1-full,3,hops",
        "q2-full,1,hops",
        "e1-full,1,hops",
        "v1-full,1,own",
    ),
    "hops": (
        "citation,chain,position,who,unnamed,claimed,spoken,source",
        "q1-full,3,1,,carters,,,",
        "q1-full,3,2,,,valley-wire,2024-05,wire-2024-05-02",
        "q2-full,1,1,anna-reed,,,,",
        "e1-full,1,1,anna-reed,,,,",
    ),
    "sources": (
        ("id,name,title,outlet,published,written,dated_earliest,dated_latest,accessed,url,archived,language,genre,stored,"
        "publish,summary,page"),
        ("full,A note,A note,roads-office,2024-05-01,2024-04,2024-04-01,2024-04-30,2024-06-01,https://roads.example/note,"
        "https://archive.example/note,en,document,whole,excerpts,The railing holds.,https://example.org/sources/full/"),
    ),
    "affiliations": (
        "entity,relation,position,who,since,until",
        "full,speaks_for,1,lower-brook,2020,2024-05",
        "full,owned_by,1,lower-brook,,",
        "full,part_of,1,upper-brook,,",
    ),
    "events": (
        "id,title,when_edtf,when_earliest,when_latest,as_stated,phase,place,part_of,summary,page",
        ("full,The inspection,2024-04-30,2024-04-30,2024-04-30,is sound,done,mill-bridge,the-closing,They looked.,"
        "https://example.org/events/full/"),
    ),
    "questions": ("topic,position,name,text", "full,1,how-many,How many?"),
    "question_claims": ("topic,question,position,claim", "full,1,1,full"),
    "earlier_ids": (
        "kind,earlier,source,entity,claim,event,topic",
        "source,was-full,full,,,,",
        "entity,was-full,,full,,,",
        "claim,was-full,,,full,,",
        "event,was-full,,,,full,",
        "topic,was-full,,,,,full",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_the_full_records_stand_in_their_tables(name: str) -> None:
    head, *lines = files_of("full")[path_of(name)].decode().removesuffix("\r\n").split("\r\n")
    of_full = [line for line in lines if re.match(r"(([qev]\d-)?full|\w+,was-full),", line)]
    assert (head, *of_full) == ROWS[name]


def test_corrections_name_the_records_as_typed_and_as_they_are_called_now() -> None:
    moved, shared, plain = (
        Correction(on=date.fromisoformat(on), records=records, kind="error", was=was, why="It was misread.")
        for on, records, was in (
            ("2024-06-02", ("claim:was-full",), "Old words, with a comma."),
            ("2024-06-02", ("full",), None),
            ("2024-06-03", ("bridge-closed", "topic:full"), None),
        )
    )
    place = _full().place("claim", "full")
    library = replace(_full(), corrections=tuple((one, place) for one in (moved, shared, plain)))
    files = write_files(library)
    assert files[path_of("corrections")].decode().split("\r\n") == [
        "id,day,kind,was,now,why",
        'c-2024-06-02-was-full,2024-06-02,error,"Old words, with a comma.",,It was misread.',
        "c-2024-06-02-full,2024-06-02,error,,,It was misread.",
        "c-2024-06-03-bridge-closed,2024-06-03,error,,,It was misread.",
        "",
    ]
    assert files[path_of("correction_records")].decode().split("\r\n") == [
        "correction,position,typed,source,entity,claim,event,topic",
        "c-2024-06-02-was-full,1,claim:was-full,,,full,,",
        "c-2024-06-02-full,1,full,full,,,,",
        "c-2024-06-02-full,2,full,,full,,,",
        "c-2024-06-02-full,3,full,,,full,,",
        "c-2024-06-02-full,4,full,,,,full,",
        "c-2024-06-02-full,5,full,,,,,full",
        "c-2024-06-03-bridge-closed,1,bridge-closed,,,bridge-closed,,",
        "c-2024-06-03-bridge-closed,2,topic:full,,,,,full",
        "",
    ]


def test_the_words_of_the_site_stand_beside_what_they_mean() -> None:
    rows = read_table(files_of("full"), "vocabulary")
    assert [row["word"] for row in rows if row["section"] == "verdicts"] == list(_full().vocabulary.verdicts)
    assert {row["word"]: row["rating"] for row in rows if row["section"] == "verdicts" and row["rating"]} == {
        "supported": "5",
        "needs-context": "3",
        "refuted": "1",
    }
    assert [row["label"] for row in rows if row["section"] == "stances"] == ["For", "Against", "Context"]


# --- records put together again from the tables alone ---


class _Tables:
    """The tables of a site, their rows by the first cell of their key."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.rows: dict[str, dict[str, list[Cells]]] = {}
        for table in CATALOGUE:
            self.rows[table.name] = defaultdict(list)
            for row in read_table(files, table.name):
                self.rows[table.name][row[table.key[0]]].append(row)

    def of(self, table: str, one: str, **where: str) -> list[Cells]:
        return [row for row in self.rows[table][one] if where.items() <= row.items()]

    def column(self, table: str, one: str, name: str, **where: str) -> list[str]:
        return [row[name] for row in self.of(table, one, **where)]

    def chain(self, citation: str, row: Cells) -> object:
        if row["reach"] != "hops":
            return row["reach"]
        return [
            _given(
                {"who": hop["who"], "unnamed": hop["unnamed"], "claimed": hop["claimed"]}
                | {"on": hop["spoken"], "source": hop["source"]}
            )
            for hop in self.of("hops", citation, chain=row["position"])
        ]

    def citations(self, kind: str, one: str, name: str) -> list[dict[str, Any]]:
        items = []
        for rows in self.rows["citations"].values():
            for row in rows:
                if row[kind] == one and row["list"] == name:
                    chains = [self.chain(row["id"], chain) for chain in self.of("chains", row["id"])]
                    fields = ("quote", "finding", "stance", "basis", "discount")
                    items.append(
                        _given({name: row[name] for name in fields})
                        | {"in": row["source"], "all": row["every"] == "true"}
                        | ({"chains": chains} if len(chains) > 1 else {"chain": chains[0]})
                    )
        return items

    def standing(self, one: str) -> dict[str, Any]:
        (row,) = self.of("claim_standings", one)
        flags = ("single-origin", "both-sides-say", "unnamed-origin", "no-source-found", "outdated", "stale")
        return {
            "said": row["said"],
            "hops": int(row["hops"]),
            **{name: self.tally(one, row, name) for name in ("reports", "support", "against")},
            "flags": [flag for flag in flags if row[flag.replace("-", "_")] == "true"],
        }

    def tally(self, one: str, row: Cells, name: str) -> dict[str, Any]:
        prefix = "" if name == "reports" else f"{name}_"
        origins: dict[str, dict[str, Any]] = {}
        for voice in self.of("claim_origins", one, tally=name):
            origin = origins.setdefault(voice["origin"], {"root": voice["root"] or "?", "voices": []})
            origin["voices"].append(voice["voice"] or voice["unnamed"])
        assert len(origins) == int(row[f"{prefix}origins"])
        return _given({"conduit": row[f"{prefix}conduit"]}) | {
            "reports": int(row[f"{prefix}reports"]),
            "origins": list(origins.values()),
        }


def _given(cells: Cells) -> dict[str, Any]:
    return {name: cell for name, cell in cells.items() if cell}


def _fields(row: Cells, *names: str, **others: str) -> dict[str, Any]:
    """Take fields of a row, some by the names of other columns."""
    return _given({**{name: row[name] for name in names}, **{name: row[column] for name, column in others.items()}})


def _claim(tables: _Tables, row: Cells) -> dict[str, Any]:
    one = row["id"]
    log = [
        _fields(entry, "verdict", "note", on="day") | ({"was": was} if (was := _fields(entry, says="was_says", why="was_why")) else {})
        for entry in tables.of("claim_log", one)
    ]  # fmt: skip
    return {
        **_fields(row, "says", "kind", "speaker", "content", "verdict", "why", "superseded_by", "outcome", "review_by"),
        **_fields(row, when="when_edtf"),
        "topics": tables.column("claim_topics", one, "topic"),
        "about": tables.column("claim_entities", one, "entity"),
        **{name: tables.column("claim_relations", one, "other", relation=name) for name in ("after", "implies")},
        **{
            name: tables.column("claim_texts", one, "text", list=name) for name in ("missing", "unknown", "computed")
        },
        **({"searched": _fields(row, where="searched_where", until="searched_until")
            | {"terms": tables.column("claim_terms", one, "term")}} if row["searched_where"] else {}),
        **({"checked": {"on": row["checked_on"], "by": tables.column("claim_checkers", one, "checker")}}
           if row["checked_on"] else {}),
        "contradicts": [
            _fields(other, "why", claim="other") | {"as": other["manner"]} for other in tables.of("contradictions", one)
        ],
        "seen": tables.citations("claim", one, "seen"),
        "evidence": tables.citations("claim", one, "evidence"),
        "log": log,
    }  # fmt: skip


def _source(tables: _Tables, row: Cells) -> dict[str, Any]:
    one = row["id"]
    return {
        **_fields(row, "title", "outlet", "published", "accessed", "url", "archived", "language", "genre", "written"),
        **_fields(row, "stored", "publish", "summary"),
        "authors": tables.column("source_authors", one, "author"),
        "reprints": tables.column("source_reprints", one, "repeats"),
        "translated_title": {item["language"]: item["title"] for item in tables.of("source_titles", one)},
    }


def _entity(tables: _Tables, row: Cells) -> dict[str, Any]:
    one = row["id"]
    return {
        **_fields(row, "type", "name", "description", "wikidata"),
        "names": {item["language"]: item["name"] for item in tables.of("entity_names", one)},
        **{
            relation: [
                {"who": item["who"]} | _given({"from": item["since"], "until": item["until"]})
                for item in tables.of("affiliations", one, relation=relation)
            ]
            for relation in ("speaks_for", "owned_by", "part_of")
        },
    }


def _event(tables: _Tables, row: Cells) -> dict[str, Any]:
    one = row["id"]
    return {
        **_fields(row, "title", "as_stated", "phase", "part_of", "summary", when="when_edtf", where="place"),
        "involves": tables.column("event_entities", one, "entity"),
        "topics": tables.column("event_topics", one, "topic"),
        "rests_on": tables.column("event_claims", one, "claim"),
        "evidence": tables.citations("event", one, "evidence"),
    }


def _topic(tables: _Tables, row: Cells) -> dict[str, Any]:
    one = row["id"]
    return {
        **_fields(row, "title", "question", "answer"),
        "lead": tables.column("topic_leads", one, "claim"),
        "parties": tables.column("topic_parties", one, "entity"),
        "questions": [
            {
                "id": item["name"],
                "text": item["text"],
                "claims": tables.column("question_claims", one, "claim", question=item["position"]),
            }
            for item in tables.of("questions", one)
        ],
    }


def _validate(kind: str, plain: dict[str, Any]) -> Record:
    """Read a record as its kind is read; a quotation that was withheld counts as one."""
    for item in (*plain.get("seen", ()), *plain.get("evidence", ())):
        if "quote" not in item and "finding" not in item:
            item["quote"] = "withheld"
    return KINDS[kind].model_validate(plain)


_BUILD = {"source": _source, "entity": _entity, "claim": _claim, "event": _event, "topic": _topic}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("site", SITES)
def test_records_put_together_from_the_tables_are_those_of_the_open_data(site: str, kind: str) -> None:
    library, tables = read_site(site), _Tables(files_of(site))
    views = derive(library, TODAY)
    published = [compose_record(library, views, kind, one) for k, one in library.located if k == kind]
    assert list(tables.rows[FOLDERS[kind]]) == [row["id"] for row in published]
    assert published
    for expected in published:
        (row,) = tables.of(FOLDERS[kind], expected["id"])
        standing = expected.pop("computed_standing", None)
        earlier = [item["earlier"] for item in tables.rows["earlier_ids"][kind] if item[kind] == row["id"]]
        found = _BUILD[kind](tables, row) | {"id": row["id"], "was": earlier}
        assert _validate(kind, found) == _validate(kind, expected)
        assert standing == (tables.standing(row["id"]) if kind == "claim" else None)


@pytest.mark.parametrize("site", SITES)
def test_the_last_and_first_day_of_each_date_stand_beside_it(site: str) -> None:
    library = read_site(site)
    dated = {f"event:{event.id}": event.when for event in library.events.values()}
    dated |= {f"claim:{claim.id}": claim.when for claim in library.claims.values() if claim.when}
    dated |= {f"source:{source.id}": source.dated for source in library.sources.values() if source.dated}
    found = {}
    for kind, prefix in (("event", "when"), ("claim", "when"), ("source", "dated")):
        for row in read_table(files_of(site), FOLDERS[kind]):
            bounds = (row[f"{prefix}_earliest"], row[f"{prefix}_latest"])
            if f"{kind}:{row['id']}" in dated:
                found[f"{kind}:{row['id']}"] = bounds
            else:
                assert bounds == ("", "")
    assert found == {
        one: tuple(day.isoformat() if day else "" for day in (when.earliest, when.latest))
        for one, when in dated.items()
    }


# --- what must not stand in them ---


_QUOTED = "the railing is sound"
_STATED = "2024-04-30,is sound,done"


def _holding(files: Mapping[str, bytes], words: str) -> list[str]:
    return [path for path, data in files.items() if words.encode() in data]


def test_of_a_source_shown_in_excerpts_the_quotations_alone_are_given() -> None:
    assert read_site("full").sources["full"].publish == "excerpts"
    files = files_of("full")
    assert _holding(files, _QUOTED) == [path_of("citations"), DATABASE.path]
    assert _holding(files, _STATED) == [path_of("events")]
    kept = ("BEFORE-IT", "AFTER-IT", "KEPT-TO-US", "DESK-NOTE", "claimreview", "DESK-KEY", "DESK-DIGEST")
    assert {word: found for word in kept if (found := _holding(files, word))} == {}


@pytest.mark.parametrize("how", ["none", "absent"])
def test_of_a_source_that_shows_nothing_no_words_are_given(how: str) -> None:
    library = read_site("full")
    if how == "none":
        hidden = library.sources["full"].model_copy(update={"publish": "none"})
        library = replace(library, sources={**library.sources, "full": hidden})
    else:
        library = replace(library, absent_texts=frozenset({"full"}))
    files = write_files(library)
    assert _holding(files, _QUOTED) == []
    assert _holding(files, "2024-04-30,is sound,") == []
    assert _holding(files, "2024-04-30,,done") == [path_of("events")]
    rows = {row["id"]: (row["source"], row["quote"], row["finding"]) for row in read_table(files, "citations")}
    assert rows["q1-full"] == ("full", "", "")
    assert rows["e1-full"] == ("wire-2024-05-02", "", "It says so.")
    assert rows["q1-hill-on-planks"] == ("post-2024-05-03", "counted 9 rotten planks", "")


# --- lines ---

_LETTERS = st.characters(exclude_categories=("Cc", "Cs"))
_TEXTS = st.text(st.one_of(_LETTERS, st.sampled_from('",;\n=+-@|\u2028\u00a0\ufeff')), min_size=1)


@given(st.lists(st.tuples(_TEXTS, st.one_of(st.just(""), _TEXTS), _TEXTS), max_size=5))
def test_any_text_comes_back_from_csv_and_is_altered_only_where_a_spreadsheet_would_run_it(
    rows: list[tuple[str, str, str]],
) -> None:
    written = write_rows([("a", "b", "c"), *((a, b or None, c) for a, b, c in rows)])
    expected = [["a", "b", "c"], *map(list, rows)]
    assert list(read_rows(written.encode())) == expected
    cells = list(csv.reader(io.StringIO(written, newline=""), strict=True))
    assert cells == [[guard_formula(cell) for cell in row] for row in expected]
    pieces = [piece.strip("\ufeff\u00a0\u2028 ") for row in cells for cell in row for piece in re.split("[;\n]", cell)]
    assert [piece for piece in pieces if piece.startswith(("=", "+", "-", "@"))] == []


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        (" \u00a0\ufeff=1", "' \u00a0\ufeff=1"),
        ("\t=1", "\t'=1"),
        ("\r=1", "\r'=1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("''=1", "'''=1"),
        ("words;=1; -2;x", "words;'=1;' -2;x"),
        ("words\n- item\n- item", "words\n'- item\n'- item"),
        ("'twas", "'twas"),
        ("a = b; c + d, e-mail @home", "a = b; c + d, e-mail @home"),
        ('"=1"', '"=1"'),
    ],
)
def test_what_a_spreadsheet_would_run_begins_with_an_apostrophe(typed: str, written: str) -> None:
    assert guard_formula(typed) == written
    assert release_formula(written) == typed


@given(st.text(st.sampled_from("='; \t\n-@\ufeffa"), max_size=12))
def test_apostrophes_before_formulas_can_be_taken_away_again(text: str) -> None:
    assert release_formula(guard_formula(text)) == text


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (("a", 1, True, False, None), "a,1,true,false,\r\n"),
        (("=1+1", "+a", "-b", "@c"), "'=1+1,'+a,'-b,'@c\r\n"),
        (('He said "no"', "a,b", "two\nlines"), '"He said ""no""","a,b","two\nlines"\r\n'),
        (("", None, " blank ", "#"), ",, blank ,#\r\n"),
        (("None", "true", "0", "NaN"), "None,true,0,NaN\r\n"),
        (("мир", "\u2028", "\ufeff"), "мир,\u2028,\ufeff\r\n"),
    ],
)
def test_a_row_is_a_line(row: tuple[Any, ...], line: str) -> None:
    assert write_rows([row]) == line
    (read,) = read_rows(line.encode())
    assert read == ["" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell) for cell in row]


def test_every_file_begins_with_its_head_and_ends_its_lines_as_csv_does() -> None:
    for table in CATALOGUE:
        data = files_of("sample")[path_of(table.name)]
        assert data.startswith(",".join(table.names).encode() + b"\r\n")
        assert data.endswith(b"\r\n")
        assert {len(row) for row in read_rows(data)} == {len(table.columns)}


# --- the catalogue ---


def test_tables_refer_to_keys_of_tables_that_are_there() -> None:
    keys = {table.name: table.key for table in CATALOGUE}
    assert len(keys) == len(CATALOGUE) == len(TABLES)
    for table in CATALOGUE:
        assert len(set(table.names)) == len(table.names)
        assert {*table.key, *table.search, *table.facets, *filter(None, [table.label])} <= set(table.names)
        for reference in table.references:
            assert keys[reference.table] == reference.key, (table.name, reference)
            assert set(reference.columns) <= set(table.names)


def test_everything_is_described_in_sentences() -> None:
    described = {table.name: table.description for table in CATALOGUE}
    described |= {f"{table.name}.{column.name}": column.description for table in CATALOGUE for column in table.columns}
    described |= {one.path: one.offer.description for one in TABLES}
    described |= {one.path: one.offer.description for one in (DATA_PACKAGE, DATABASE, METADATA)}
    assert [name for name, text in described.items() if not re.fullmatch(r"[A-Z`][^\n]*\.", text)] == []


def test_no_field_of_a_record_is_forgotten() -> None:
    """Each field is put together again from the tables above, but for these."""
    left_out = {"skipped", "notes", "imported"}
    known = {
        kind: set(_BUILD[kind](_Tables(files_of("full")), row)) | {"id", "was"}
        for kind in KINDS
        for row in read_table(files_of("full"), FOLDERS[kind])
        if row["id"] == "full"
    }
    for kind, model in (("source", Source), ("entity", Entity), ("claim", Claim), ("event", Event), ("topic", Topic)):
        assert {info.alias or name for name, info in model.model_fields.items()} - known[kind] <= left_out


# --- what is read for them ---


def _widely_read(seen: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Find the facts that concern more than single records: which there are, all corrections, the day itself."""
    return [fact for fact in seen if not fact[1]]


@pytest.mark.parametrize("collection", TABLES, ids=[one.path.rpartition("/")[2] for one in TABLES])
def test_the_rows_of_a_record_are_made_from_single_records(collection: Collection) -> None:
    reads = Reads()
    library = watch(read_site("sample"), reads)
    views = derive(library, TODAY)
    keys = list(keys_of(read_site("sample"), collection))
    assert keys
    for key in keys:
        with reads.apart() as seen:
            collection.compose(library, views, *key)
        expected = {(CORRECTIONS, "")} if collection.path.startswith("data/csv/correct") else set()
        assert set(_widely_read(list(seen))) == expected
