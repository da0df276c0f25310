"""What a web page says of its article: printed dates and headings first, then the fields of its head."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.importers.article.told import Told
from generator.importers.rows import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.importers.article.blocks import Block
    from generator.importers.article.pages import Page

_FIELDS: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "title": ("og:title", "citation_title", "dc.title", "dcterms.title"),
        "published": (
            "article:published_time", "og:published_time", "datepublished", "citation_publication_date", "citation_date", "citation_online_date",
            "dc.date", "dc.date.issued", "dcterms.date", "dcterms.issued", "date", "pubdate", "publish-date", "parsely-pub-date",
        ),
        "outlet": ("og:site_name", "citation_journal_title", "dc.publisher", "dcterms.publisher"),
        "authors": ("author", "article:author", "citation_author", "dc.creator", "dcterms.creator", "parsely-author"),
        "language": ("og:locale", "content-language", "dc.language", "dcterms.language", "citation_language"),
        "url": ("og:url", "citation_public_url"),
        "licence": ("license", "dc.rights", "dcterms.license", "dcterms.rights", "copyright"),
    }
)  # fmt: skip
_CALLED: Mapping[str, str] = MappingProxyType(
    {"hidden": "hidden text", "comment": "comments", "CDATA": "CDATA sections"}
)
_UNCLOSED: Mapping[str, str] = MappingProxyType(
    {"comment": "a comment", "CDATA": "a CDATA section", "declaration": "a declaration", "tag": "a tag"}
)
_OF_THE_ARTICLE = ("og:", "article:", "citation_", "dc.", "dcterms.", "book:", "profile:")
_NOTED = frozenset({"description", "keywords", "news_keywords", "revised", "last-modified", "datemodified"})


def read_head(page: Page, blocks: Sequence[Block], part: str, linked: Sequence[Told]) -> Iterator[Told]:
    """Tell what a page says, each field in the order in which it counts: printed, in its head, as JSON-LD.

    Args:
        page: the page.
        blocks: the blocks that are taken for the article.
        part: the part of the page that they stand in; empty where that is all of it.
        linked: what it says as JSON-LD.
    """
    yield from _read_printed(page, blocks, part)
    metas = [(name.casefold(), name, value) for name, value in page.metas]
    known = {name for names in _FIELDS.values() for name in names}
    for what, names in _FIELDS.items():
        if what in {"outlet", "authors"}:  # JSON-LD names whom it means
            yield from (one for one in linked if one.what == what)
        yield from (Told(what, field, value) for name in names for folded, field, value in metas if folded == name)
        if what not in {"outlet", "authors"}:
            yield from (one for one in linked if one.what == what)
    yield from (one for one in linked if one.what not in _FIELDS)
    if page.title:
        yield Told("title", "<title>", page.title)
    for folded, field, value in metas:
        if folded not in known and (folded in _NOTED or folded.startswith(_OF_THE_ARTICLE)):
            yield Told("", field, value)


def list_left_out(page: Page) -> Iterator[Remark]:
    """Tell what of a page is neither text of its article nor said of it."""
    known = {name for names in _FIELDS.values() for name in names} | _NOTED
    others = [
        name
        for name, _ in page.metas
        if name.casefold() not in known and not name.casefold().startswith(_OF_THE_ARTICLE)
    ]
    if others:
        yield Remark("left-out", "<meta>", ", ".join(dict.fromkeys(others)))
    for name, left in sorted(page.left_out.items()):
        words = f"{left.words} {'word' if left.words == 1 else 'words'}"
        called = _CALLED.get(name) or (f"<{name}>" if name.isalnum() else name)
        yield Remark(
            "left-out",
            called,
            f"{left.times} times, {words}" if left.times > 1 else words,
        )
    for name, number in page.unclosed.items():
        yield Remark(
            "left-out",
            f"{_UNCLOSED.get(name, f'<{name}>')} that is never closed",
            f"{number} words, up to the end of the file",
        )
    if page.dropped:
        yield Remark("left-out", "invisible control characters", f"{page.dropped}")


def _read_printed(page: Page, blocks: Sequence[Block], part: str) -> Iterator[Told]:
    headings = [one.text for one in blocks if one.level == 1] or [one.text for one in page.blocks if one.level == 1]
    for text in headings:
        yield Told("title" if len(headings) == 1 else "", "<h1>", text)
    inside = [one for one in page.times if not part or part in one.regions] or page.times
    marked = [one for one in page.times if one.is_marked]
    sure = marked[:1] or (inside if len({one.text for one in inside}) == 1 else [])
    for one in page.times:
        yield Told("published" if sure and one.text == sure[0].text else "", "<time>", one.text)
    for name in (part, "html"):
        if name in page.languages:
            yield Told("language", f"<{name} lang>", page.languages[name])
    for relation, what in (("canonical", "url"), ("license", "licence")):
        for address in dict.fromkeys(address for one, address in page.links if one == relation):
            yield Told(what, f"<link rel={relation}>", address)
