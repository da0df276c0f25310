"""News: what was judged, judged again and corrected, as a feed in two forms, Atom (RFC 4287) and JSON Feed 1.1.

An entry is known by a `tag:` address (RFC 4151) made of the day and place of its log entry, so that none gets another when
something is added or reworded. Logs know days, no hours: every entry has the first moment of its day, in UTC.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from generator.derive.changes import anchor_corrections, concerned, list_changes
from generator.derive.naming import name_record
from generator.derive.wording import CORRECTION_WORDS, count
from generator.dialect import prose_plain
from generator.dialect.escaping import tidy
from generator.exports.published import Leaf, LeafFile, Offer
from generator.paths import corrections_path, leaf_path, page_path, page_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from generator.derive import Views
    from generator.derive.changes import Day
    from generator.link import Library
    from generator.records import Claim, Correction, LogEntry
    from generator.settings import Settings

ATOM, JSON_FEED = "data/changes.atom", "data/changes.json"
MOST = 100
"""So many entries has a feed; all that there ever were stand in the logs of the records."""

_NEVER = "1970-01-01T00:00:00Z"
"""When a feed without an entry was updated: Atom wants some moment."""

_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_LABELS = {"judged": "First judgement", "judged-again": "New judgement", "corrected": "Correction"}


@dataclass(frozen=True, slots=True)
class _Entry:
    """One change, told.

    Attributes:
        on: its day.
        place: what tells it apart from all others of that day, such as `claims/x/log/1`.
        sort: one of `_LABELS`.
        address: where it stands, relative to the site's address.
        title: plain text.
        lines: what is told of it, plain text.
    """

    on: date
    place: str
    sort: str
    address: str
    title: str
    lines: tuple[str, ...]


class _Teller:
    """Tells the changes of a library, one after the other."""

    def __init__(self, library: Library, views: Views) -> None:
        self._library, self._views = library, views
        self._corrections = _number_corrections(library)

    def tell(self, day: Day) -> Iterator[_Entry]:
        """Tell what changed on a day: corrections, the one typed last in front, then judgements."""
        yield from (self._tell_correction(*one) for one in reversed(self._corrections.get(day.on, ())))
        claims = self._library.claims
        for revision in day.revised:
            yield self._tell_judgement(claims[revision.claim], revision.entry, revision.before)
        rule_of = self._library.vocabulary.rule_of
        for one in day.judged:
            if rule_of(claims[one].log[0].verdict) == "unjudged":
                continue
            yield self._tell_judgement(claims[one], claims[one].log[0], None)

    def _tell_judgement(self, claim: Claim, entry: LogEntry, before: str | None) -> _Entry:
        verdicts = self._library.vocabulary.verdicts
        label = verdicts[entry.verdict].label
        place = next(place for place, one in enumerate(claim.log) if one is entry)
        if before is None:
            turn, told = f"First judged “{label}”", f"Verdict: {label}."
        elif before == entry.verdict:
            turn, told = f"Judged again, “{label}” as before", f"Verdict: {label}, as before."
        else:
            was = verdicts[before].label
            turn, told = f"From “{was}” to “{label}”", f"Verdict: {label}. Before: {was}."
        said, reasoned = (entry.was.says, entry.was.why) if entry.was else (None, None)
        lines = (
            told,
            prose_plain(entry.note or ""),
            f"Before, it said: “{prose_plain(said)}”" if said else "",
            f"The reason given before: “{prose_plain(reasoned)}”" if reasoned else "",
        )
        return _Entry(
            entry.on,
            f"claims/{_first_id(self._library, 'claim', claim.id)}/log/{place + 1}",
            "judged" if before is None else "judged-again",
            f"{page_url(page_path('claim', claim.id))}#history",
            f"{turn}: {prose_plain(_words_then(claim, place))}",
            tuple(filter(None, lines)),
        )

    def _tell_correction(self, correction: Correction, place: str, anchor: str) -> _Entry:
        keys = concerned(self._library, correction)
        names = [name_record(self._library, *key).removesuffix(".") for key in keys]
        kind = CORRECTION_WORDS[correction.kind]
        others = f" and {count(len(names) - 1, 'other', 'others')}" if len(names) > 1 else ""
        path = leaf_path(corrections_path(correction.on.year), self._views.correction_pages[correction])
        lines = (
            f"Corrected: {kind}. {prose_plain(correction.why)}",
            f"Before: {prose_plain(correction.was)}" if correction.was else "",
            f"Now: {prose_plain(correction.now)}" if correction.now else "",
            f"Concerns: {'; '.join(names)}" if names else "",
        )
        title = f"Correction ({kind.lower()}): {names[0]}{others}" if names else f"Correction ({kind.lower()})"
        address = f"{page_url(path)}#{anchor}"
        return _Entry(correction.on, place, "corrected", address, title, tuple(filter(None, lines)))


def _first_id(library: Library, kind: str, one: str) -> str:
    """Give the id under which a record was first published."""
    return (*library.located[kind, one].record.was, one)[0]


def _words_then(claim: Claim, place: int) -> str:
    """Give the words that a claim had at an entry of its log, as far as the log keeps them, else today's."""
    later = (entry.was.says for entry in claim.log[place + 1 :] if entry.was and entry.was.says)
    return next(later, claim.says)


def _number_corrections(library: Library) -> dict[date, list[tuple[Correction, str, str]]]:
    """Give each correction, by its day, its place among those of that day that begin with the same record, and its anchor.

    A correction that is typed behind the others, as they are, changes the place of none.
    """
    numbers: Counter[tuple[date, str]] = Counter()
    of_day: dict[date, list[tuple[Correction, str, str]]] = {}
    for (correction, _), anchor in zip(library.corrections, anchor_corrections(library), strict=True):
        keys = concerned(library, correction)
        first = _first_id(library, *keys[0]) if keys else correction.records[0].rpartition(":")[2]
        numbers[correction.on, first] += 1
        place = f"corrections/{quote(first, errors='replace')}/{numbers[correction.on, first]}"
        of_day.setdefault(correction.on, []).append((correction, place, anchor))
    return of_day


def _authority(address: str) -> str:
    """Give the name of a site's host as `tag:` addresses have it."""
    host = urlsplit(address).hostname or "localhost"
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return quote(host, errors="replace")


def _compose(settings: Settings, entries: Iterable[_Entry]) -> dict[str, Any]:
    """Compose the feed as JSON Feed has it."""
    first = settings.first_address or settings.address
    authority = _authority(first)
    root = quote(urlsplit(first).path or "/", safe="/%!$&'()*+,;=:@-._~", errors="replace")
    language = settings.languages[0]
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": tidy(f"{settings.title}: what changed"),
        "home_page_url": settings.address,
        "feed_url": f"{settings.address}{JSON_FEED}",
        "description": "What was judged, judged again and corrected, the latest first.",
        "authors": [{"name": tidy(settings.publisher), "url": settings.address}],
        **({"language": language} if _LANGUAGE.fullmatch(language) else {}),
        "_licence": {"name": tidy(settings.licence.name), "url": settings.licence.url},
        "items": [
            {
                "id": f"tag:{authority},{entry.on.isoformat()}:{root}{entry.place}",
                "url": f"{settings.address}{entry.address}",
                "title": tidy(entry.title),
                "content_text": "\n".join(map(tidy, entry.lines)),
                "date_published": f"{entry.on.isoformat()}T00:00:00Z",
                "tags": [entry.sort],
            }
            for entry in entries
        ],
    }


def _xml(text: str) -> str:
    """Write text, line by line, so that it may stand in an element or an attribute."""
    return "\n".join(escape(tidy(line)) for line in text.split("\n"))


def _write_atom(settings: Settings, feed: dict[str, Any]) -> str:
    """Write what `_compose` has composed as Atom."""
    address, author, licence = _xml(f"{settings.address}{ATOM}"), feed["authors"][0], feed["_licence"]
    language = f' xml:lang="{feed["language"]}"' if "language" in feed else ""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom"{language}>',
        f" <id>{address}</id>",
        f" <title>{_xml(feed['title'])}</title>",
        f" <subtitle>{_xml(feed['description'])}</subtitle>",
        f" <updated>{feed['items'][0]['date_published'] if feed['items'] else _NEVER}</updated>",
        f" <author><name>{_xml(author['name'])}</name><uri>{_xml(author['url'])}</uri></author>",
        f" <rights>{_xml(licence['name'])}</rights>",
        f' <link rel="self" type="application/atom+xml" href="{address}"/>',
        f' <link rel="alternate" type="text/html" href="{_xml(feed["home_page_url"])}"/>',
        f' <link rel="license" href="{_xml(licence["url"])}"/>',
    ]
    for item in feed["items"]:
        (sort,) = item["tags"]
        lines += [
            " <entry>",
            f"  <id>{_xml(item['id'])}</id>",
            f"  <title>{_xml(item['title'])}</title>",
            f"  <published>{item['date_published']}</published>",
            f"  <updated>{item['date_published']}</updated>",
            f'  <link rel="alternate" type="text/html" href="{_xml(item["url"])}"/>',
            f'  <category term="{sort}" label="{_LABELS[sort]}"/>',
            f'  <content type="text">{_xml(item["content_text"])}</content>',
            " </entry>",
        ]
    return "\n".join((*lines, "</feed>\n"))


def _make(library: Library, views: Views, _key: str) -> tuple[LeafFile, ...]:
    teller = _Teller(library, views)
    told = (entry for day in list_changes(library) for entry in teller.tell(day))
    feed = _compose(library.settings, islice(told, MOST))
    return (
        LeafFile(ATOM, _write_atom(library.settings, feed), feed),
        LeafFile(JSON_FEED, json.dumps(feed, ensure_ascii=False, indent=1) + "\n", feed),
    )


_WHAT = f"The latest {MOST} judgements and corrections for feed readers. Each entry has the day that the log gives it."

FEEDS = Leaf(
    "changes",
    None,
    _make,
    fixed={
        ATOM: Offer("What changed, as Atom", f"{_WHAT} In the form of RFC 4287.", "News"),
        JSON_FEED: Offer("What changed, as JSON Feed", f"{_WHAT} In the form of JSON Feed 1.1.", "News"),
    },
)
"""The feed, in both forms."""
