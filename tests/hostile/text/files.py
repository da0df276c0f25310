"""Every file that is exported, read by somebody else's program: does it parse, and does it hold the texts as typed?"""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import feedparser
import icalendar
from bibtexparser.entrypoint import parse_string
from markdown_it import MarkdownIt

from generator.exports.tables.lines import release_formula
from hostile.text.laying import ATTACKED, STORED, Laid, Spot
from hostile.text.recipes import PRIVATE, fold
from hostile.text.shown import UNSHOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

TABLED = frozenset({"source.translated_title{}"})
"""Fields that no page shows, and data files do."""

_BETWEEN = re.compile("[;\t\r\n]")
_BLANK = "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0c\x0e\x0f \u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u3000\u2028\u2029"
_FORMULA = tuple("=+-@＝＋－＠")
_ATOM = "{http://www.w3.org/2005/Atom}"
_PARTS = "feed title subtitle id updated rights link author name uri generator entry published summary content category icon logo"


def read_files(site: Path) -> tuple[int, list[str]]:
    """Parse every exported file; returns how many there are, and what is wrong."""
    found: list[str] = []
    paths = [path for path in sorted(site.rglob("*")) if path.is_file() and "pagefind" not in path.parts]
    paths = [path for path in paths if path.suffix in _READERS and "assets" not in path.parts]
    for path in paths:
        data = path.read_bytes()
        name = path.relative_to(site).as_posix()
        if PRIVATE.encode() in data:
            found.append(f"{name}: words of the desk are published")
        try:
            found += [f"{name}: {said}" for said in _READERS[path.suffix](data)]
        except Exception as error:  # noqa: BLE001 - whatever a reader stumbles over is what is looked for
            found.append(f"{name}: {type(error).__name__}: {str(error)[:200]}")
    return len(paths), found


def _read_json(data: bytes) -> Iterator[str]:
    # Slides for TimelineJS, which sets these as HTML, the group once its references are read.
    slides = [one for one in _list_mappings(json.loads(data.decode())) if "autolink" in one]
    texts = [text for one in slides for text in (*one["text"].values(), unescape(one.get("group", "")))]
    yield from (f"TimelineJS makes {made}" for made in _list_elements(texts))
    if any(one in data.decode() for one in ("\u2028", "\u2029")):
        yield "a separator that ends a line of JavaScript"


def _list_mappings(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, dict):
        yield value
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _list_mappings(one)


def _list_elements(texts: Iterable[str]) -> list[str]:
    """List what pieces of HTML are made of besides paragraphs and links to this site."""
    made: set[str] = set()
    for text in texts:
        reader = _Elements()
        reader.feed(text)
        reader.close()
        made |= reader.seen
    return sorted(made - {"p", "a", 'a href="https://example.org/"'})


class _Elements(HTMLParser):
    """Notes elements, and their attributes with the host of an address."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element with its attributes."""
        self.seen |= {tag, *(f'{tag} {name}="{(value or "")[: len("https://example.org/")]}"' for name, value in attrs)}

    def handle_comment(self, data: str) -> None:
        """Note a comment, or what is read as one."""
        self.seen.add(f"a comment {data[:40]!r}")

    def handle_decl(self, decl: str) -> None:
        """Note a declaration."""
        self.seen.add(f"a declaration {decl[:40]!r}")

    def handle_pi(self, data: str) -> None:
        """Note an instruction."""
        self.seen.add(f"an instruction {data[:40]!r}")

    def unknown_decl(self, data: str) -> None:
        """Note what is marked off."""
        self.seen.add(f"a marked section {data[:40]!r}")


def _read_csv(data: bytes) -> Iterator[str]:
    head, *rows = csv.reader(io.StringIO(data.decode(), newline=""), strict=True)
    for number, row in enumerate(rows, 2):
        if len(row) != len(head):
            yield f"row {number} has {len(row)} cells"
        for cell in row:
            if any(piece.lstrip(_BLANK).startswith(_FORMULA) for piece in _BETWEEN.split(cell)):
                yield f"row {number}: a spreadsheet runs {cell[:80]!r}"


def _read_atom(data: bytes) -> Iterator[str]:
    parts = {f"{_ATOM}{name}" for name in _PARTS.split()}
    yield from (f"an element {one.tag}" for one in ET.fromstring(data.decode()).iter() if one.tag not in parts)  # noqa: S314 - our own
    if feedparser.parse(data).bozo:
        yield "a feed reader stumbles"


def _read_sitemap(data: bytes) -> Iterator[str]:
    for one in ET.fromstring(data.decode()).iter():  # noqa: S314 - our own
        if one.tag.rsplit("}")[-1] not in {"urlset", "url", "loc", "lastmod"}:
            yield f"an element {one.tag}"


def _read_calendar(data: bytes) -> Iterator[str]:
    calendar = icalendar.Calendar.from_ical(data)
    names = {name for event in calendar.walk("VEVENT") for name in event}
    allowed = "UID DTSTAMP DTSTART DTEND SUMMARY DESCRIPTION LOCATION URL STATUS TRANSP"
    yield from (f"a property {name}" for name in names - set(allowed.split()))
    yield from (f"a part {one.name}" for one in calendar.walk() if one.name not in {"VCALENDAR", "VEVENT"})
    if any(len(line) > 75 for line in data.split(b"\r\n")) or b"\n" in data.replace(b"\r\n", b""):
        yield "a line that is too long, or ends otherwise"


def _read_bibtex(data: bytes) -> Iterator[str]:
    library = parse_string(data.decode())
    yield from (f"no entry: {(block.raw or '')[:80]!r}" for block in library.failed_blocks)
    if (
        library.strings
        or library.preambles
        or len(library.entries) != data.decode().count("\n@") + data.startswith(b"@")
    ):
        yield "more or less than entries"


def _read_text(data: bytes) -> Iterator[str]:
    tokens = MarkdownIt("commonmark").parse(data.decode())
    for token in (inner for outer in tokens for inner in (outer, *(outer.children or ()))):
        if token.type in {"html_block", "html_inline", "image"}:
            yield f"{token.type}: {token.content[:80]!r}"
        if token.type == "link_open" and urlsplit(str(token.attrs["href"])).scheme not in {
            "http",
            "https",
            "mailto",
            "",
        }:
            yield f"a link to {token.attrs['href']}"


def _read_database(data: bytes) -> Iterator[str]:
    with sqlite3.connect(":memory:") as database:
        database.deserialize(data)
        said = database.execute("PRAGMA integrity_check").fetchone()[0]
        if said != "ok":
            yield said


_READERS: Mapping[str, Callable[[bytes], Iterator[str]]] = {
    ".json": _read_json,
    ".csv": _read_csv,
    ".atom": _read_atom,
    ".xml": _read_sitemap,
    ".ics": _read_calendar,
    ".bib": _read_bibtex,
    ".txt": _read_text,
    ".db": _read_database,
}


def find_lost(site: Path, laid: Laid) -> tuple[int, list[str]]:
    """Look for every text that was published in the JSON, the tables and the database, letter for letter."""
    kept = {"records.json": _strings_of(site), "the tables": _cells_of(site), "the database": _rows_of(site)}
    tried, lost = 0, []
    for leaf in ATTACKED:
        if (leaf in UNSHOWN and leaf not in TABLED) or leaf == STORED or leaf.startswith("page."):
            continue
        for number in range(len(laid.texts)):
            spot = Spot(leaf, number)
            if laid.is_refused(spot):
                continue
            text = laid.text_at(spot)
            for name, strings in kept.items():
                tried += 1
                if not _holds(strings, leaf, text):
                    lost.append(f"{name}: {leaf} of x-{number}: {text[:80]!r}")
    return tried, lost


def _holds(strings: frozenset[str], leaf: str, text: str) -> bool:
    if leaf.endswith(".quote"):  # printed with words behind it, so that each stands once in its source
        part = leaf.rsplit(".", 1)[0]
        kind = part.split("[")[0].replace(".", " ")
        return f"{fold(text)} as printed for {kind}" in strings
    return text in strings


def _strings_of(site: Path) -> frozenset[str]:
    return frozenset(_walk(json.loads((site / "data" / "records.json").read_text("utf-8"))))


def _walk(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _walk(one)


def _cells_of(site: Path) -> frozenset[str]:
    paths = (site / "data" / "csv").glob("*.csv")
    tables = (csv.reader(io.StringIO(path.read_bytes().decode(), newline="")) for path in paths)
    return frozenset(release_formula(cell) for table in tables for row in table for cell in row)


def _rows_of(site: Path) -> frozenset[str]:
    with sqlite3.connect(f"file:{site / 'data' / 'records.db'}?mode=ro", uri=True) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        rows = (row for name in names for row in database.execute(f'SELECT * FROM "{name}"'))  # noqa: S608 - the names are ours
        return frozenset(cell for row in rows for cell in row if isinstance(cell, str))
