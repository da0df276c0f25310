"""What a web page says of its article as JSON-LD (schema.org)."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.importers.article.told import Told
from generator.importers.cells import note
from generator.importers.claimreview.containers import index
from generator.importers.claimreview.nodes import Graph, Node, make_node, take_language, types_of
from generator.importers.jsonish import read_parts
from generator.importers.notes import field_of
from generator.importers.rows import Remark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.importers.jsonish import Json

_ARTICLES = frozenset({"Report", "BlogPosting", "SocialMediaPosting", "DiscussionForumPosting", "LiveBlogPosting"})
_GENRES: Mapping[str, str] = MappingProxyType(
    {
        "NewsArticle": "news",
        "ReportageNewsArticle": "news",
        "BlogPosting": "post",
        "SocialMediaPosting": "post",
        "DiscussionForumPosting": "post",
    }
)
_HOLDING = ("@graph", "mainEntity", "mainEntityOfPage")
_COPY = ("articleBody", "text")


def read_linked_data(page: str) -> tuple[tuple[Told, ...], tuple[Remark, ...]]:
    """Read what the blocks of JSON-LD in a page say of its article.

    Args:
        page: the whole page.

    Returns:
        What is said, and remarks on blocks that cannot be read or are about something else. Where a page describes several
        articles, it is not known which one is meant, and all they say is noted.
    """
    if "application/ld+json" not in page.lower():
        return (), ()
    parts, _ = read_parts(page.encode() if page.lstrip().startswith("<") else f"<html>{page}".encode())
    remarks = [Remark("broken-json", part.at, part.problem) for part in parts if part.problem]
    whole = [part.value for part in parts if not part.problem]
    found = [*_find(whole)]
    articles = [one for one in found if _is_article(one)]
    other = dict.fromkeys(", ".join(types_of(one)) or "without a type" for one in found if not _is_article(one))
    remarks += [Remark("left-out", "JSON-LD", "; ".join(other))] if other else []
    if len(articles) > 1 and any(one != articles[0] for one in articles):
        return tuple(Told("", "JSON-LD article", note("", one)[2:]) for one in articles), tuple(remarks)
    graph = Graph(index(parts))
    told: list[Told] = []
    for one in articles[:1]:
        node = make_node(one, "", graph)
        told += _tell(node)
        for name in _COPY:
            body = node.text(name)
            remarks += [Remark("left-out", name, f"{len(body.split())} words, the article once more")] if body else []
        told += (Told("", f"JSON-LD {field_of(one)}", one.partition(": ")[2]) for one in node.notes())
    return tuple(told), tuple(remarks)


def _find(values: Iterable[Json]) -> Iterator[dict[str, Json]]:
    """Find the objects that a page is described by: its articles, and what else stands beside them."""
    waiting = [*values][::-1]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value[::-1]
        elif isinstance(value, dict) and (_is_article(value) or not any(name in value for name in _HOLDING)):
            yield value
        elif isinstance(value, dict):
            waiting += [value[name] for name in _HOLDING if name in value][::-1]


def _is_article(value: Json) -> bool:
    return any(one in _ARTICLES or one.endswith("Article") for one in types_of(value))


def _tell(node: Node) -> Iterator[Told]:
    for name, what in (
        ("headline", "title"),
        ("name", "title"),
        ("datePublished", "published"),
        ("license", "licence"),
        ("url", "url"),
    ):
        said = node.text(name)
        if said:
            yield Told(what, f"JSON-LD {name}", said)
    page = node.part("mainEntityOfPage")
    address = page if isinstance(page, str) else page.text("@id", "url")
    if address:
        yield Told("url", "JSON-LD mainEntityOfPage", address)
    language = take_language(node)
    if language:
        yield Told("language", "JSON-LD inLanguage", language)
    for author in node.parts("author"):
        name = author if isinstance(author, str) else author.text("name")
        is_person = isinstance(author, str) or "Organization" not in " ".join(author.types)
        if name:
            yield Told("authors" if is_person else "", "JSON-LD author", name)
        yield from _tell_rest(author)
    publisher = node.part("publisher")
    name = publisher if isinstance(publisher, str) else publisher.text("name")
    if name:
        yield Told("outlet", "JSON-LD publisher", name)
    yield from _tell_rest(publisher)
    genre = next((_GENRES[one] for one in node.types if one in _GENRES), None)
    if genre and len(node.types) == 1:
        yield Told("genre", "JSON-LD @type", genre)


def _tell_rest(part: Node | str) -> Iterator[Told]:
    if isinstance(part, Node):
        yield from (Told("", f"JSON-LD {field_of(one)}", one.partition(": ")[2]) for one in part.notes())
