"""Where a claim stood, as a review tells: texts of known outlets become sources, bare addresses become notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.importers.cells import note, plain_text, read_date, read_url, write_line, write_prose
from generator.importers.claimreview.nodes import make_node, take_language
from generator.importers.claimreview.voices import draft_voice, name_of
from generator.importers.rows import Handle, Remark
from generator.importers.unread import draft_source, host_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.importers.claimreview.nodes import Node
    from generator.importers.jsonish import Json
    from generator.importers.rows import Draft, Options, Value

FIELDS = ("appearance", "firstAppearance", "url")
"""The fields of `itemReviewed` that say where the claim stood."""

_NEXT_ADDRESS = re.compile(r"(?<![,;\s])[,;\s]++(?:and\s++)?(?=https?://)")
_GENRES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("NewsArticle", "ReportageNewsArticle", "OpinionNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle"), "news"),
        **dict.fromkeys(("SocialMediaPosting", "DiscussionForumPosting", "BlogPosting", "LiveBlogPosting"), "post"),
        "Dataset": "dataset",
    }
)  # fmt: skip
_KNOWN = frozenset(
    {"@id", "name", "headline", "author", "image", "description", "text", "datePublished", "dateCreated", "sameAs"}
)
_OTHER_GENRE = "document"
_SAY_NOTHING = frozenset({"CreativeWork", "WebPage", "Thing"})


@dataclass(slots=True)
class Appearances:
    """Where a claim stood.

    Attributes:
        sources: drafts of the texts whose outlet is known, each once, by their addresses.
        said: what the file says of each of them.
        drafts: of their outlets.
        notes: addresses and whatever else has no place.
        remarks: what was not understood.
    """

    sources: dict[str, Draft] = field(default_factory=dict)
    said: dict[str, Json] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Review:
    """What is known of the review when its appearances are read.

    Attributes:
        options: what whoever imports says.
        host: of the review's address: a link to it leads to the review, not to the claim.
        reviewer: the name of the desk, for the summary of sources.
        is_own: whether it comes out of this site's own export, which says what every text is.
    """

    options: Options
    host: str
    reviewer: str
    is_own: bool


def read_appearances(claim: Node, review: Review) -> Appearances:
    """Take where the claim stood out of `itemReviewed`."""
    found = Appearances()
    for name in FIELDS:
        path = name if name != "url" else claim.field(name)
        for one in claim.parts(name):
            if isinstance(one, str):
                _note_addresses(found, path, one)
            else:
                _read_text(found, path, one, review, is_first=name == "firstAppearance")
    return found


def _note_addresses(found: Appearances, path: str, text: str) -> None:
    """Note addresses; several may stand in one text."""
    for address in _NEXT_ADDRESS.split(text):
        _, refused = read_url(address, path)
        found.notes.append(note(path, address))
        found.remarks += [refused] if refused else []


def _read_text(found: Appearances, path: str, text: Node, review: Review, *, is_first: bool) -> None:
    """Make a source of a text where enough is known of it; else note all that is said."""
    whole: Json = dict(text.left) or [*text.types]
    url, refused = read_url(text.text("url"), path)
    found.remarks += [refused] if refused else []
    publisher = text.part("publisher")
    outlet = make_node({"name": publisher}, "", text.graph) if isinstance(publisher, str) else publisher
    name = write_line(name_of(outlet))
    genre = next((_GENRES[one] for one in text.types if one in _GENRES), _OTHER_GENRE if review.is_own else "")
    language = take_language(text) or review.options.given.get("language")
    is_elsewhere = review.is_own or host_of(url or "") != review.host
    is_told = is_first and review.is_own  # in our own export it is one of the others, or nobody says it there
    is_new = url not in found.sources and not is_told
    if not (url and name and language and is_elsewhere and is_new and _has(review.options, genre)):
        if found.said.get(url or "") != whole or (is_first and not review.is_own):
            is_bare = (
                isinstance(whole, dict) and whole.keys() <= {"@type", "url"} and _SAY_NOTHING.issuperset(text.types)
            )
            found.notes.append(note(path, url if url and is_bare else whole))
        return
    found.said[url] = whole
    if is_first:
        found.notes.append(note(path, url))
    handle = Handle("entity", name, "outlet")
    draft, remarks = draft_voice(outlet, handle)
    found.drafts.append(draft)
    found.remarks += remarks
    source = _draft(text, url, {"outlet": handle, "language": language, "genre": genre}, review, found)
    found.sources[url] = source


def _has(options: Options, genre: str) -> bool:
    return bool(genre) and (not options.genres or genre in options.genres)


def _draft(text: Node, url: str, known: Mapping[str, Value], review: Review, found: Appearances) -> Draft:
    title = text.text("headline", "name")
    line = write_line(plain_text(title)) if title else None
    if title and line is None:
        text.said.append(note("title", title))
        found.remarks.append(Remark("too-long", text.field("headline"), title))
    dated: dict[str, Value] = {"title": line}
    for name, field_ in (("datePublished", "published"), ("dateCreated", "written")):
        if field_ == "written" and not review.is_own:
            continue
        said = text.text(name)
        read, remark = read_date(said, "edtf" if review.is_own else None, text.field(name))
        dated[field_] = read
        found.remarks += [remark] if remark else []
        if said and read is None:
            text.said.append(note(name, said))
    found.remarks += text.remarks(_KNOWN)
    summary = write_prose(f"Named by {review.reviewer} as a place where a claim that it reviewed is said.")
    fields = {"url": url, **known, **dated, "summary": summary}
    return draft_source(url, review.options, fields, [*text.notes(within=True)])
