"""Articles that were typed as Markdown or as plain text: the text stays as it is, and front matter is read as fields."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.dialect import read_text
from generator.documents import parse
from generator.importers.article.forms import has_front_matter
from generator.importers.article.told import Article, Told
from generator.importers.cells import note
from generator.importers.rows import Remark
from generator.scaffold.plain_text import clean, part_lists, write_plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.documents import Node

_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "title": "title",
        **dict.fromkeys(("published", "date", "publishdate", "pubdate", "datepublished", "published_at"), "published"),
        **dict.fromkeys(("author", "authors", "byline"), "authors"),
        **dict.fromkeys(("url", "canonical", "canonical_url", "canonicalurl", "source_url", "link"), "url"),
        **dict.fromkeys(("language", "lang", "locale"), "language"),
        **dict.fromkeys(("outlet", "publisher", "site", "sitename"), "outlet"),
        **dict.fromkeys(("licence", "license"), "licence"),
        "genre": "genre",
        "archived": "archived",
    }
)
_OWN = frozenset({"outlet", "accessed", "stored", "publish"})
"""Fields that a source of ours has in its file."""

_OF_OURS = ("written", "accessed", "summary")


def read_markdown(text: str) -> Article:
    """Read an article in Markdown. Its text is kept letter for letter, but for invisible control characters.

    Args:
        text: the file, with front matter in YAML or without.
    """
    cleaned = clean(text)
    told: tuple[Told, ...] = ()
    body = cleaned.text
    if has_front_matter(body.lstrip()):
        document, problems = parse("article.md", body.lstrip().encode())
        if document is None or problems:
            why = problems[0] if problems else None
            return Article(
                problem=f"Its fields cannot be read: {f'line {why.place.line}: {why.message}' if why else ''}"
            )
        body = document.body or ""
        told = tuple(_tell(document.data))
    read = read_text(body)
    if read.problem:
        return Article(problem=f"This text {read.problem}.")
    headings = [read.text[one.start : one.end] for one in read.blocks if one.kind == "heading" and one.level == 1]
    printed = tuple(Told("title" if len(headings) == 1 else "", "# heading", one) for one in headings)
    said = ("It is read as Markdown, and kept as it is typed.",)
    return Article(_trim(body), printed + told, remarks=_remark(cleaned.dropped), said=said)


def read_plain(text: str) -> Article:
    """Read an article as plain text, of which a reader sees every letter."""
    cleaned = clean(text)
    markdown = write_plain_text(part_lists(cleaned.text))
    read = read_text(markdown)
    if read.problem:
        return Article(problem=f"This text {read.problem}.")
    said = ["It is read as plain text: an empty line ends a paragraph."]
    if len(read.blocks) == 1 and "\n" in cleaned.text.strip():
        said.append("It has no empty line, so all of it is one paragraph.")
    return Article(markdown, remarks=_remark(cleaned.dropped), said=tuple(said))


def _trim(body: str) -> str:
    """Leave empty lines out at both ends; what stands before the first letter may be a mark of Markdown."""
    lines = body.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    return "\n".join(lines[first:]).rstrip() + "\n"


def _remark(dropped: int) -> tuple[Remark, ...]:
    return (Remark("left-out", "invisible control characters", f"{dropped}"),) if dropped else ()


def _tell(data: Node) -> Iterator[Told]:
    fields = data if isinstance(data, dict) else {}
    is_ours = fields.keys() >= _OWN
    for name, value in fields.items():
        folded = name.casefold()
        what = folded if is_ours and folded in _OF_OURS else _FIELDS.get(folded, "")
        if is_ours and folded in {"stored", "publish"}:
            continue
        if isinstance(value, str) and what:
            yield Told(what, name, value)
        elif isinstance(value, list) and what == "authors":
            yield from (_tell_author(name, one) for one in value)
        elif value is not None:
            yield Told("", name, note("", value)[2:])  # type: ignore[arg-type]


def _tell_author(name: str, one: Node) -> Told:
    """Tell an author: a name, or fields with a `name` among them."""
    if isinstance(one, dict) and isinstance(one.get("name"), str) and len(one) == 1:
        return Told("authors", name, str(one["name"]))
    return Told("authors", name, one) if isinstance(one, str) else Told("", name, note("", one)[2:])  # type: ignore[arg-type]
