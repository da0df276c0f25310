"""Published data, as they lie on built sites: all of it is offered, nothing in it is private, and its parts agree."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import unicodedata
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import feedparser
import html5lib
import icalendar
import pytest
import yaml
from bibtexparser.entrypoint import parse_string
from conftest import ROOT, SAMPLE, SAMPLE_DATE_EPOCH, Tree, build_once, copy_inputs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SITES = ("built_site", "built_sample", "built_with_notes")
KINDS = {"claims": "claim", "events": "event", "sources": "source", "entities": "entity", "topics": "topic"}
GRAM = 6  # as many consecutive words as rule 12 takes for a leak


# --- a site on which every record has what is never published ---

NOTE, KEY, DIGEST = "Borogove-note", "https://tulgey.example/key", "0badc0de0badc0de"
MARKS = ("borogove", "tulgey", DIGEST)
PRIVATE = f"""notes: ["{NOTE}: =not for the public", 'a second "{NOTE}"']
imported: {{format: tulgey-wood, key: "{KEY}", digest: {DIGEST}}}
"""


def add_notes(content: Path) -> int:
    """Type notes into every record below a folder; returns how many records that were."""
    number = 0
    for path in sorted(path for kind in KINDS for path in (content / kind).rglob("*.*")):
        text = path.read_text("utf-8")
        if path.suffix == ".md":
            text, added = text.replace("---\n", f"---\n{PRIVATE}", 1), 1
        elif text.startswith("- id: "):
            inner = "".join(f"  {line}\n" for line in PRIVATE.splitlines())
            text, added = re.subn(r"^- id: .*\n", rf"\g<0>{inner}", text, flags=re.MULTILINE)
        else:
            text, added = PRIVATE + text, 1
        path.write_text(text, "utf-8")
        number += added
    return number


@pytest.fixture(scope="session")
def built_with_notes(shared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """The sample, with notes of the desk and the marks of an import in every record."""
    noted = copy_inputs(SAMPLE, to=tmp_path_factory.mktemp("noted") / "input")
    add_notes(noted.content)
    return build_once(shared_folder / "with-notes", ROOT, noted.root, SOURCE_DATE_EPOCH=SAMPLE_DATE_EPOCH)


# --- a site, read ---


@dataclass(frozen=True, slots=True)
class Row:
    """What the Data page says of a file, or of many."""

    name: str
    size: str
    href: str
    is_pattern: bool


class _Head(HTMLParser):
    """The links and the JSON-LD in the head of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[dict[str, str]] = []
        self.scripts: list[str] = []
        self._is_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._is_data = tag == "script" and values.get("type") == "application/ld+json"
        if tag == "link":
            self.links.append(values)

    def handle_data(self, data: str) -> None:
        if self._is_data:
            self.scripts.append(data)
            self._is_data = False

    def alternates(self, media_type: str) -> list[str]:
        return [link["href"] for link in self.links if link.get("rel") == "alternate" and link["type"] == media_type]


def read_head(path: Path) -> _Head:
    head = _Head()
    head.feed(path.read_text("utf-8"))
    return head


@dataclass(frozen=True)
class Data:
    """The data files of a built site."""

    tree: Tree

    @property
    def site(self) -> Path:
        """The built website."""
        return self.tree.site

    def load(self, name: str) -> Any:
        """A JSON file of the folder `data`."""
        return json.loads((self.site / "data" / name).read_bytes())

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """What the Data page offers, the folded rows too."""
        page = html5lib.parse((self.site / "data/index.html").read_text("utf-8"), namespaceHTMLElements=False)
        return tuple(self._read_row(item) for item in page.iterfind(".//ul[@class='downloads']/li"))

    @staticmethod
    def _read_row(item: ET.Element) -> Row:
        name, _, size = "".join(next(item.iter("em")).itertext()).partition(", ")
        head = item.find("p/strong")
        if head is not None:
            return Row(name, size, next(item.iter("a")).attrib["href"], is_pattern=True)
        return Row(name, size, item.find("p/a").attrib["href"], is_pattern=False)  # type: ignore[union-attr]

    @cached_property
    def files(self) -> dict[str, Path]:
        """Everything on the site that is data: no page, and nothing that pages or search engines load."""
        found = (path for path in sorted(self.site.rglob("*")) if path.is_file() and path.suffix != ".html")
        named = {path.relative_to(self.site).as_posix(): path for path in found}
        others = ("assets/", "pagefind/", "sitemap.xml", ".gitignore")
        return {name: path for name, path in named.items() if not name.startswith(others)}

    def records(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Folder, id and row of every record of records.json."""
        whole = self.load("records.json")
        for folder in KINDS:
            for row in whole[folder]:
                yield folder, row["id"], row


@pytest.fixture(scope="module", params=SITES)
def data(request: pytest.FixtureRequest) -> Data:
    return Data(request.getfixturevalue(request.param))


# --- all of it is offered ---

_SIZE = re.compile(r"(\d+) bytes|(\d+) kB|(\d+\.\d) MB")


def lies_in(told: str, size: int) -> bool:
    """Whether a size in words can be that of a file: as precise as it was told, and no more."""
    match = _SIZE.fullmatch(told)
    assert match, told
    if match[1]:
        return size == int(match[1])
    unit, number = (1e3, float(match[2])) if match[2] else (1e6, float(match[3]))
    half = unit / 2 if match[2] else unit / 20
    return abs(size - number * unit) <= half


@pytest.mark.parametrize(
    ("told", "size", "fits"),
    [
        ("781 bytes", 781, True),
        ("781 bytes", 782, False),
        ("473 kB", 472_579, True),
        ("473 kB", 473_600, False),
        ("1.6 MB", 1_589_248, True),
        ("1.6 MB", 1_655_000, False),
    ],
)
def test_a_size_in_words_is_told_from_others(told: str, size: int, fits: bool) -> None:  # noqa: FBT001
    assert lies_in(told, size) == fits


def test_every_file_that_is_offered_is_there_with_the_size_that_is_told(data: Data) -> None:
    wrong = {
        row.name: row.size
        for row in data.rows
        if not row.is_pattern and not lies_in(row.size, (data.site / "data" / row.href).stat().st_size)
    }
    assert wrong == {}
    assert [row.href for row in data.rows if not row.href.endswith(row.name) and not row.is_pattern] == []
    assert len({row.href for row in data.rows}) == len(data.rows)


def test_every_pattern_leads_to_a_file_that_is_there(data: Data) -> None:
    patterns = {row.name: row.href for row in data.rows if row.is_pattern}
    assert set(patterns) == {
        "claims/ID/record.json",
        "data/timelines/topics/ID.json",
        "data/timelines/entities/ID.json",
    }
    for name, href in patterns.items():
        found = (data.site / "data" / href).resolve().relative_to(data.site.resolve()).as_posix()
        assert re.fullmatch(re.escape(name).replace("ID", "[a-z0-9-]+"), found)
        assert isinstance(json.loads((data.site / found).read_bytes()), dict)
    first = data.load("records.json")["claims"][0]["id"]
    assert patterns["claims/ID/record.json"] == f"../claims/{first}/record.json"


def test_every_data_file_is_offered(data: Data) -> None:
    folder = data.site / "data"
    offered = {(folder / row.href).resolve() for row in data.rows if not row.is_pattern}
    patterns = [row.name.replace("claims/", f"({'|'.join(KINDS)})/") for row in data.rows if row.is_pattern]
    matching = re.compile("|".join(pattern.replace("ID", "[a-z0-9-]+").replace(".", r"\.") for pattern in patterns))
    left_out = [
        name for name, path in data.files.items() if path.resolve() not in offered and not matching.fullmatch(name)
    ]
    assert left_out == []
    assert len(data.files) > len(data.rows)


def test_the_page_tells_the_licence_once_what_is_left_out_and_how_to_subscribe(data: Data) -> None:
    page = html5lib.parse((data.site / "data/index.html").read_text("utf-8"), namespaceHTMLElements=False)
    text = " ".join(" ".join(page.find(".//article").itertext()).split())
    settings = yaml.safe_load((data.tree.content / "settings.yml").read_text("utf-8"))
    assert text.count(settings["licence"]["name"]) == 1
    assert "notes of the desk" in text
    assert "Spreadsheets run words that begin with" in text
    for path in ("data/changes.atom", "data/changes.json", "data/events.ics"):
        assert f"{settings['address']}{path}" in text


# --- nothing of it is private ---


def strings_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield str(key)
            yield from strings_in(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from strings_in(item)


def fields_in(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from fields_in(item)


def read_json(path: Path) -> Iterator[str]:
    yield from strings_in(json.loads(path.read_bytes()))


def read_csv(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, strict=True):
            yield from row


def read_database(path: Path) -> Iterator[str]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        tables = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
        for name, sql in tables:
            yield sql or ""
            for row in database.execute(f'SELECT * FROM "{name}"'):  # noqa: S608 - a name from the file itself
                for cell in row:
                    yield cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell)


def read_calendar(path: Path) -> Iterator[str]:
    for part in icalendar.Calendar.from_ical(path.read_bytes()).walk():
        for name, value in part.property_items():
            yield f"{name} {value}"


def read_atom(path: Path) -> Iterator[str]:
    feed = feedparser.parse(path.read_bytes())
    assert not feed.bozo
    yield from strings_in({**feed.feed})
    for entry in feed.entries:
        yield from strings_in({**entry})
    for element in ET.fromstring(path.read_bytes()).iter():  # noqa: S314 - our own file
        yield from (element.text or "", element.tail or "", *element.attrib.values())


def read_bibtex(path: Path) -> Iterator[str]:
    library = parse_string(path.read_text("utf-8"))
    assert library.failed_blocks == []
    for entry in library.entries:
        yield entry.key
        yield from (re.sub(r"\\([^a-zA-Z])|[{}]", r"\1", str(field.value)) for field in entry.fields)


def read_text(path: Path) -> Iterator[str]:
    yield path.read_text("utf-8")


READERS = {
    ".json": read_json,
    ".csv": read_csv,
    ".db": read_database,
    ".ics": read_calendar,
    ".atom": read_atom,
    ".bib": read_bibtex,
    ".py": read_text,
    ".txt": read_text,
}


def words_of(text: str) -> list[str]:
    """The bare words of a text, no matter which quotation marks, dashes, capitals, spaces or markup."""
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())


def grams_of(words: list[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[start : start + GRAM]) for start in range(len(words) - GRAM + 1))


@dataclass(frozen=True, slots=True)
class Source:
    """A source as it was typed: its front matter or record, and the words of its stored text."""

    typed: dict[str, Any]
    words: list[str]


def read_sources(tree: Tree) -> dict[str, Source]:
    found = {row["id"]: Source(row, []) for row in tree.records("sources")}
    for path in (tree.content / "sources").rglob("*.md"):
        _, head, body = path.read_text("utf-8").split("---\n", 2)
        found[path.stem] = Source(yaml.load(head, yaml.CBaseLoader), words_of(body))  # noqa: S506 - it makes texts only
    return found


def quoted_in(value: object, source: str) -> Iterator[str]:
    """The quotations of a source in a typed record, parted where words are left out."""
    if isinstance(value, dict):
        if value.get("in") == source:
            yield from value.get("quote", "").split("[...]")
        for item in value.values():
            yield from quoted_in(item, source)
    elif isinstance(value, list):
        for item in value:
            yield from quoted_in(item, source)


def withheld_in(words: list[str], shown: list[list[str]]) -> set[tuple[str, ...]]:
    """The runs of six words of a text of which no word stands in one of the parts that are shown."""
    covered = [False] * len(words)
    for part in filter(None, shown):
        for start in range(len(words) - len(part) + 1):
            if words[start : start + len(part)] == part:
                covered[start : start + len(part)] = [True] * len(part)
    grams = enumerate(grams_of(words))
    return {gram for start, gram in grams if not any(covered[start : start + GRAM])}


def test_the_words_that_are_withheld_are_found() -> None:
    words = words_of("The river was high that *week*. The bridge is “closed” to all, and nobody knows for how long.")
    shown = [words_of("The bridge is 'closed' to all"), words_of("nobody wrote this")]
    assert withheld_in(words, shown) == {
        ("the", "river", "was", "high", "that", "week"),
        ("and", "nobody", "knows", "for", "how", "long"),
    }


def find_withheld(tree: Tree) -> set[tuple[str, ...]]:
    """All runs of six words that the data of a site must not hold."""
    records = [*tree.records("claims"), *tree.records("events")]
    found: set[tuple[str, ...]] = set()
    for one, source in read_sources(tree).items():
        if source.typed.get("publish", "excerpts") == "full":
            continue
        quotations = list(quoted_in(records, one)) if source.typed.get("publish") != "none" else []
        shown = [*quotations, source.typed.get("title", "")]
        found |= withheld_in(source.words, [words_of(text) for text in shown])
    return found


def leaks_in(texts: Iterator[str], withheld: set[tuple[str, ...]]) -> set[str]:
    return {" ".join(gram) for text in texts for gram in grams_of(words_of(text)) if gram in withheld}


def test_no_word_that_is_withheld_stands_in_the_data(data: Data) -> None:
    withheld = find_withheld(data.tree)
    assert withheld
    found = {name: leaks_in(READERS[path.suffix](path), withheld) for name, path in data.files.items()}
    assert {name: leaks for name, leaks in found.items() if leaks} == {}


def test_no_word_that_is_withheld_stands_in_the_head_of_a_page(data: Data) -> None:
    withheld = find_withheld(data.tree)
    heads = {path.parent.name: read_head(path) for path in data.site.glob("claims/*/index.html")}
    scripts = {name: json.loads(script) for name, head in heads.items() for script in head.scripts}
    assert scripts
    assert {name for name, script in scripts.items() if leaks_in(strings_in(script), withheld)} == set()


def test_the_notes_were_typed(built_with_notes: Tree, tmp_path: Path) -> None:
    number = add_notes(copy_inputs(SAMPLE, to=tmp_path / "again").content)
    typed = [path.read_text("utf-8") for path in built_with_notes.content.rglob("*.*") if path.is_file()]
    assert number == len(list(Data(built_with_notes).records()))
    assert sum(text.count(KEY) for text in typed) == number
    assert sum(text.count(NOTE) for text in typed) == 2 * number


def test_no_note_and_no_mark_of_an_import_is_published(built_with_notes: Tree) -> None:
    """Neither as a reader of the format finds it, nor in the bytes of any file of the site, pages among them."""
    noted = Data(built_with_notes)
    texts = {name: " ".join(READERS[path.suffix](path)).casefold() for name, path in noted.files.items()}
    assert {name for name, text in texts.items() if any(mark in text for mark in MARKS)} == set()
    files = {path for path in noted.site.rglob("*") if path.is_file()}
    spoilt = [path.name for path in files if any(mark.encode() in path.read_bytes().lower() for mark in MARKS)]
    assert spoilt == []


def test_no_row_has_a_field_of_the_desk(data: Data) -> None:
    fields = {"notes", "imported", "skipped", "prefix", "suffix"}
    assert [one for _, one, row in data.records() if fields & set(fields_in(row))] == []
    with closing(sqlite3.connect(f"file:{data.site}/data/records.db?mode=ro", uri=True)) as database:
        names = "SELECT c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'"
        columns = {name for (name,) in database.execute(names)}
    assert "verdict" in columns
    assert columns & fields == set()


def test_notes_change_no_byte_of_what_is_published(built_with_notes: Tree, built_sample: Tree) -> None:
    with_notes, without = Data(built_with_notes).files, Data(built_sample).files
    assert list(with_notes) == list(without)
    assert [name for name, path in with_notes.items() if path.read_bytes() != without[name].read_bytes()] == []


def plant(folder: Path, suffix: str, text: str) -> Path:
    """Write a text in a format, as its escaping has it."""
    path = folder / f"planted{suffix}"
    if suffix == ".json":
        path.write_text(json.dumps({"a": [{"b": text}]}), "utf-8")
    elif suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerow(["x", text])
    elif suffix == ".db":
        with closing(sqlite3.connect(path)) as database:
            database.execute("CREATE TABLE t (a)")
            database.execute("INSERT INTO t VALUES (?)", (text,))
            database.commit()
    elif suffix == ".ics":
        event = icalendar.Event()
        event.add("summary", f"{'long ' * 11}{text}")
        calendar = icalendar.Calendar()
        calendar.add_component(event)
        path.write_bytes(calendar.to_ical())
    elif suffix == ".atom":
        feed = ET.Element("feed", xmlns="http://www.w3.org/2005/Atom")
        ET.SubElement(ET.SubElement(feed, "entry"), "summary").text = text
        path.write_bytes(ET.tostring(feed, encoding="us-ascii"))
    elif suffix == ".bib":
        path.write_text(f"@misc{{x, title = {{{{{text.replace('&', chr(92) + '&')}}}}}}}\n", "utf-8")
    else:
        path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("suffix", READERS)
def test_words_that_a_format_hides_are_seen(tmp_path: Path, suffix: str) -> None:
    text = 'The "river" & the ріка were high, that week'
    path = plant(tmp_path, suffix, text)
    assert leaks_in(READERS[suffix](path), set(grams_of(words_of(text)))) == {
        "the river the ріка were high",
        "river the ріка were high that",
        "the ріка were high that week",
    }


def test_every_format_has_a_reader(data: Data) -> None:
    assert {path.suffix for path in data.files.values()} == set(READERS)


# --- its parts agree ---


def test_the_head_of_each_record_leads_to_the_row_that_stands_in_the_whole(data: Data) -> None:
    wrong = {}
    number = 0
    for folder, one, row in data.records():
        page = data.site / folder / one / "index.html"
        alternates = read_head(page).alternates("application/json")
        own = [json.loads((page.parent / href).read_bytes()) for href in alternates]
        if [file.get(KINDS[folder]) for file in own] != [row]:
            wrong[folder, one] = alternates
        number += 1
    assert wrong == {}
    assert number == len(list(data.site.rglob("record.json")))


def test_the_review_in_the_page_of_a_claim_is_that_of_the_feed(data: Data) -> None:
    feed = [element["item"] for element in data.load("claimreview.json")["dataFeedElement"]]
    address = json.loads((data.site / "data/claimreview.json").read_bytes())["publisher"]["url"]
    in_pages = {}
    for folder, one, _ in data.records():
        scripts = read_head(data.site / folder / one / "index.html").scripts
        if scripts:
            assert folder == "claims"
            in_pages[f"{address}claims/{one}/"] = [json.loads(script) for script in scripts]
    assert in_pages == {item["url"]: [item] for item in feed}
    assert len(in_pages) > 2
    verdicts = {row["id"]: row.get("verdict", "unchecked") for folder, _, row in data.records() if folder == "claims"}
    judged = {one for one, verdict in verdicts.items() if verdict not in {"unchecked", "not-checkable"}}
    assert {item["url"].split("/")[-2] for item in feed} == judged


def test_every_page_leads_to_the_feed(data: Data) -> None:
    host = "https://host.example"
    pages = [path for path in data.site.rglob("*.html") if "pagefind" not in path.parts]
    found = {
        urljoin(f"{host}/{path.relative_to(data.site).as_posix()}", href)
        for path in pages
        for href in read_head(path).alternates("application/atom+xml") or [""]
    }
    assert found == {f"{host}/data/changes.atom"}
    assert len(pages) > 10


def test_each_table_has_a_row_for_each_record(data: Data) -> None:
    for folder, kind in KINDS.items():
        ids = [one for found, one, _ in data.records() if found == folder]
        with (data.site / f"data/csv/{folder}.csv").open(encoding="utf-8", newline="") as file:
            assert [row["id"] for row in csv.DictReader(file)] == ids, kind
        with closing(sqlite3.connect(f"file:{data.site}/data/records.db?mode=ro", uri=True)) as database:
            stored = database.execute(f"SELECT id FROM {folder} ORDER BY rowid").fetchall()  # noqa: S608 - our own names
        assert [one for (one,) in stored] == ids


def test_builds_that_are_compared_byte_for_byte_hold_all_of_it(built_site: Tree, built_elsewhere: Tree) -> None:
    first, second = Data(built_site).files, Data(built_elsewhere).files
    assert set(first) == set(second)
    assert {name for name, path in first.items() if path.read_bytes() != second[name].read_bytes()} == set()
    assert {path.suffix for path in first.values()} == set(READERS)
