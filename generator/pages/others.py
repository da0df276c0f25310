"""The remaining pages: data, search, pages written by hand, and the signposts at old addresses."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.derive import count
from generator.derive.naming import name_record
from generator.derive.wording import join
from generator.pages.lines import link_to, timeline_link
from generator.pages.planned import PlannedPage, Site, plan_page
from generator.paths import CLAIMS, DATA, ENTITIES, SEARCH, SOURCES, TIMELINE, Link, hand_page_path, page_path, page_url
from generator.records import FOLDERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Download:
    """A data file that is published beside the pages.

    Attributes:
        path: relative to the folder of pages, such as `data/records.json`; empty where there are many, see `pattern`.
        title: what it is called.
        description: one or two sentences.
        size: in bytes.
        group: the heading below which it stands.
        example: one line that shows how it is used, or the empty string.
        pattern: the address of many files, with capitals in the place of ids; empty for one file.
    """

    path: str
    title: str
    description: str
    size: int
    group: str = ""
    example: str = ""
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class _Offered:
    """A data file, or many of one pattern, as a row of the page.

    Attributes:
        file: what is offered.
        link: leads to the file; to one of them where there are many; None where there is none yet.
        name: how the file is called once it is saved, or the pattern.
        subscriber: the sort of program that is given its address; empty where it is saved or read once.
        address: the whole address, where there is such a program; else empty.
        is_saved: whether it is better saved than looked at: browsers show a long line, or letters in the wrong encoding.
    """

    file: Download
    link: Link | None
    name: str
    subscriber: str = ""
    address: str = ""
    is_saved: bool = False


@dataclass(frozen=True, slots=True)
class _Group:
    """What stands below one heading.

    Attributes:
        title: the heading.
        anchor: its anchor.
        rows: what is shown at once.
        folded: what is shown once it is opened.
        has_tables: whether there are tables among it.
    """

    title: str
    anchor: str
    rows: tuple[_Offered, ...]
    folded: tuple[_Offered, ...]
    has_tables: bool


_TABLE = ".csv"
_FIRST_TABLES = frozenset((*FOLDERS.values(), "citations"))
"""The tables that people look for; the others hold what these refer to, or which row of one belongs to which of another."""

_SUBSCRIBERS: Mapping[str, str] = MappingProxyType(
    {
        "data/changes.atom": "a feed reader",
        "data/changes.json": "a feed reader",
        "data/events.ics": "a calendar program",
    }
)
"""What is given the address of a file once, and asks it for news from then on."""

_SAVED = (".json", ".bib")


def plan_data(site: Site, downloads: Sequence[Download]) -> PlannedPage:
    """Plan the page of downloads."""
    library = site.library
    records = (
        (len(library.claims), "claim", "claims"),
        (len(library.events), "event", "events"),
        (len(library.sources), "source", "sources"),
        (len(library.entities), "name", "names"),
        (len(library.topics), "fact sheet", "fact sheets"),
    )
    return plan_page(
        DATA,
        "data",
        "Data",
        kind="data",
        description="Every record of this site as open data, in the formats that other programs read.",
        settings=library.settings,
        numbers=join([count(*record) for record in records]),
        groups=tuple(
            _gather(site, group, tuple(files)) for group, files in groupby(downloads, key=lambda file: file.group)
        ),
    )


def _gather(site: Site, group: str, files: Sequence[Download]) -> _Group:
    rows = [_offer(site, file) for file in files]
    first = [row for row in rows if not row.name.endswith(_TABLE) or row.name.removesuffix(_TABLE) in _FIRST_TABLES]
    folded = [row for row in rows if row not in first] if first else []
    has_tables = any(row.name.endswith(_TABLE) for row in rows)
    return _Group(group, group.lower().replace(" ", "-"), tuple(first or rows), tuple(folded), has_tables)


def _offer(site: Site, file: Download) -> _Offered:
    if file.pattern:
        found = _find_one(site, file.pattern)
        return _Offered(file, Link(found, found) if found else None, file.pattern)
    link, name = Link(file.path, file.title), file.path.rpartition("/")[2]
    if subscriber := _SUBSCRIBERS.get(file.path):
        return _Offered(file, link, name, subscriber, f"{site.library.settings.address.rstrip('/')}/{file.path}")
    return _Offered(file, link, name, is_saved=file.path.endswith(_SAVED))


def _find_one(site: Site, pattern: str) -> str | None:
    """Find a file of many: that of the first record which has one; the name `index` is passed over, see `page_path`."""
    kind = next(kind for kind, folder in FOLDERS.items() if f"{folder}/ID" in pattern)
    has_one = _has_slides if pattern.startswith("data/timelines/") else _has_record
    found = (one for one in getattr(site.library, FOLDERS[kind]) if one != "index" and has_one(site, kind, one))
    return next((pattern.replace("ID", one) for one in found), None)


def _has_record(_site: Site, _kind: str, _one: str) -> bool:
    return True


def _has_slides(site: Site, kind: str, one: str) -> bool:
    timelines, events = site.views.timelines, site.library.events
    ids = (timelines.of_topic if kind == "topic" else timelines.of_entity)[one]
    return timeline_link(site, kind, one) is not None and any(events[event].when.earliest for event in ids)


def plan_search(site: Site) -> PlannedPage:
    """Plan the search page; the theme draws its form and a script of our own fills it."""
    return plan_page(
        SEARCH,
        "search",
        "Search",
        kind="search",
        description="Search claims, events, sources and names.",
        scripts=("search",),
        lists=(
            (Link(CLAIMS, "Claims"), len(site.library.claims)),
            (Link(TIMELINE, "Timeline"), len(site.library.events)),
            (Link(ENTITIES, "People, organisations, outlets and places"), len(site.library.entities)),
            (Link(SOURCES, "Sources"), len(site.library.sources)),
        ),
    )


def plan_hand_pages(site: Site) -> Iterator[PlannedPage]:
    """Plan the pages written by hand."""
    for page, _ in site.library.pages:
        yield plan_page(
            hand_page_path(page.id),
            "hand",
            page.title,
            kind="page",
            description=page.description or "",
            facets={"kind": ["Page"]},
            page=page,
        )


def plan_signposts(site: Site) -> Iterator[PlannedPage]:
    """Plan a page at each old address that says where the record went."""
    for (kind, old), new in sorted(site.library.redirects.items()):
        yield plan_page(
            page_path(kind, old),
            "moved",
            f"Moved: {old} is now {name_record(site.library, kind, new)}",
            kind="moved",
            moved_to=page_url(page_path(kind, new)),
            crumbs=(),
            target=link_to(site, kind, new),
        )
