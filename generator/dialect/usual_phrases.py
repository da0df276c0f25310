"""Inline content as our templates and `escape` write it, read in one pass.

What is not written so is left to markdown-it; what is read here means the same there, as a test says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from markdown_it.common.utils import unescapeAll

from generator.dialect.attribute_lists import read_attribute_list
from generator.dialect.attributes import ATTRIBUTES
from generator.dialect.links import is_page_link
from generator.dialect.parser import page_parser
from generator.dialect.phrase_writer import PhraseWriter

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLAIN = r"(?:[^\n!&*<\[\\\]_`{]+|!(?!\[)|&(?![#A-Za-z])|\\[!-/:-@\[-`{-~])"
_PART = re.compile(
    rf"(?P<text>{_PLAIN}+)"
    # A link or a span of plain words, as most are; the others are read part by part.
    r"|(?P<plain>\[(?P<words>[^\n!&*<\[\\\]_`{]+)\]"
    r"(?:\((?P<address>[A-Za-z0-9!#$%'*+,./:;=?@_~&-]+)\))?(?P<list>\{[^{}\[\]`<\\\n]+\})?(?![({]))"
    r"|(?P<label>\[)"
    r"|(?<![ \\])\n(?P<line>[ \t]*)"
    r"|\\\n(?P<break>[ \t]*)"
    r"|`(?P<code>[^`\n ]+(?: [^`\n ]+)*)`(?!`)"
    r"|(?P<marker>\*\*?)(?=[^\W_])"  # an emphasis begins with a letter or digit
)
_ESCAPED = re.compile(r"\\(.)")
_EMPHASIS_END = re.compile(r"(?<=[^\W_])\*\*?(?!\*)|(?<=[.?!])\*\*?(?= )")
_ADDRESS = re.compile(r"\(([\w!#$%'*+,./:;=?@~&-]+)\)", re.ASCII)
_QUERY = r"(?:\?(?:[\w./~=+-]|%[0-9A-F]{2})*)?"
_PLAIN_ADDRESS = re.compile(
    r"(?:\w[\w.-]*/|\.\./)*(?:\w[\w.-]*)?(?:#[\w.-]*)?"
    rf"|https?://[a-z0-9]+(?:[.-][a-z0-9]+)*/(?:[\w./~+-]|%[0-9A-F]{{2}})*{_QUERY}(?:#[\w.-]*)?"
    rf"|mailto:[a-z0-9.]+@[a-z0-9]+(?:[.-][a-z0-9]+)*{_QUERY}",
    re.ASCII,
)
_NOT_PLAIN = re.compile(r"[\[\]`<\\]")
_BREAKS = {"line": "\n", "break": "<br>\n"}
_TAGS = {"*": "em", "**": "strong"}


class _UnusualError(Exception):
    """This is not for us to read."""


def read_usual_phrase(markdown: str) -> PhraseWriter | None:
    """Read inline Markdown of a page that defines no addresses apart; None where it is not as we write it."""
    writer = PhraseWriter()
    try:
        _read(markdown, 0, "", writer)
    except _UnusualError:
        return None
    return writer


def _read(markdown: str, place: int, stop: str, writer: PhraseWriter) -> int:
    """Read up to `stop` and return where that stands; the empty string stands for the end."""
    end = len(markdown)
    while place < end:
        if stop and markdown.startswith(stop, place):
            return place
        part = _PART.match(markdown, place)
        kind = part.lastgroup if part else None
        if not part or (kind == "marker" and stop[:1] == "*"):
            raise _UnusualError
        place = part.end()
        if kind == "text":
            text = part[0]
            writer.write_words(_ESCAPED.sub(r"\1", text) if "\\" in text else text)
        elif kind == "plain":
            _write_brackets(part, writer)
        elif kind == "label":
            place = _read_brackets(markdown, place, writer)
        elif kind in _BREAKS:
            writer.write_break(_BREAKS[kind])
        elif kind == "code":
            place, attributes = _read_list(markdown, place)
            writer.write_code(part["code"], attributes)
        else:
            place = _read_emphasis(markdown, place, part["marker"], writer)
    if stop:
        raise _UnusualError
    return place


def _read_emphasis(markdown: str, place: int, marker: str, writer: PhraseWriter) -> int:
    writer.open(_TAGS[marker])
    place = _read(markdown, place, marker, writer)
    end = _EMPHASIS_END.match(markdown, place)
    if not end or end[0] != marker:
        raise _UnusualError
    writer.close(_TAGS[marker])
    return end.end()


def _write_brackets(part: re.Match[str], writer: PhraseWriter) -> None:
    """Write a link or a span of plain words."""
    words, address, listed = part.group("words", "address", "list")
    if address:
        writer.open_link(_normalize(address), _read_whole_list(listed) if listed else {})
        writer.write_words(words)
        writer.close("a")
    elif listed:
        span = _open_span(listed)
        writer.anchors += span.anchors
        writer.html += span.html
        writer.write_words(words)
        writer.close(span.tag)
    else:
        raise _UnusualError


@dataclass(frozen=True, slots=True)
class _Span:
    html: tuple[str, ...]
    tag: str
    anchors: tuple[str, ...]


@lru_cache(maxsize=1 << 10)  # what marks a verdict or a date stands on many pages
def _open_span(listed: str) -> _Span:
    writer = PhraseWriter()
    tag = writer.open_span(_read_whole_list(listed))
    return _Span((*writer.html,), tag, (*writer.anchors,))


def _read_whole_list(listed: str) -> Mapping[str, str]:
    after, attributes = _read_list(listed, 0)
    if after != len(listed):
        raise _UnusualError
    return attributes


def _read_brackets(markdown: str, place: int, writer: PhraseWriter) -> int:
    """Read a link or a span from behind its opening bracket."""
    inside = PhraseWriter()
    last = _read(markdown, place, "]", inside)
    address = _ADDRESS.match(markdown, last + 1)
    if address:
        if "[" in markdown[place:last]:  # no link: it may hold no other, and no span
            raise _UnusualError
        after, attributes = _read_list(markdown, address.end())
        writer.open_link(_normalize(address[1]), attributes)
        tag = "a"
    else:
        after, attributes = _read_list(markdown, last + 1)
        if after == last + 1:
            raise _UnusualError
        tag = writer.open_span(attributes)
    writer.append(inside)
    writer.close(tag)
    return after


def _read_list(markdown: str, place: int) -> tuple[int, Mapping[str, str]]:
    """Read the attribute list that stands here, if any."""
    if not markdown.startswith("{", place):
        return place, {}
    found = read_attribute_list(markdown, place)
    if not found or markdown.startswith("{", found[0]) or _NOT_PLAIN.search(markdown, place, found[0]):
        raise _UnusualError
    return found[0], {name: value for name, value in found[1].items() if name in ATTRIBUTES or name == "as"}


def _normalize(address: str) -> str:
    return address if _PLAIN_ADDRESS.fullmatch(address) else _normalize_any(address)


@lru_cache(maxsize=1 << 10)
def _normalize_any(address: str) -> str:
    md = page_parser()
    normalized = md.normalizeLink(unescapeAll(address))
    if not is_page_link(normalized):
        raise _UnusualError
    return normalized
