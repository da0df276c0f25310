"""Inline content as our templates and `escape` write it, read in one pass.

What is not written so is left to markdown-it; what is read here means the same there, as a test says.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from markdown_it.common.utils import unescapeAll

from generator.dialect.attribute_lists import read_attribute_list
from generator.dialect.attributes import ATTRIBUTES
from generator.dialect.links import is_page_link
from generator.dialect.parser import page_parser
from generator.dialect.phrase_writer import EXTERNAL, Phrase, PhraseWriter

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORDS = r'[^\n!"&*<>\[\\\]_`{]+'  # they mean themselves, in Markdown and in HTML
_NEAR = r"(?=[\w.#])(?:\w[\w.-]*/|\.\./)*(?:\w[\w.-]*)?(?:#[\w.-]*)?"
_QUERY = r"(?:\?(?:[\w./~=+-]|%[0-9A-F]{2})*)?"
_FAR = (
    rf"https?://(?=[^/]{{1,255}}/)[a-z0-9]+(?:[.-][a-z0-9]+)*/(?:[\w./~+-]|%[0-9A-F]{{2}})*{_QUERY}(?:#(?:[\w.:~=,-]|%[0-9A-F]{{2}})*)?"
    rf"|mailto:[a-z0-9.]+@[a-z0-9]{{1,60}}(?:[.-][a-z0-9]{{1,60}}){{0,3}}{_QUERY}"
)
_PLAIN_ADDRESS = re.compile(f"{_NEAR}|{_FAR}", re.ASCII)
# Words, links and spans of words: most phrases hold nothing else. What stands in the last group is something else.
_SIMPLE = re.compile(
    rf"({_WORDS})|\[({_WORDS})\](?:\((?:({_NEAR})|({_FAR}))\))?(\{{[^{{}}\[\]`<\\\n]+\}})?(?![({{])|([\s\S])", re.ASCII
)
_PART = re.compile(
    r"(?P<text>(?:[^\n!&*<\[\\\]_`{]+|!(?!\[)|&(?![#A-Za-z])|\\[!-/:-@\[-`{-~])+)"
    r"|(?P<label>\[)"
    r"|(?<![ \\])\n(?P<line>[ \t]*)"
    r"|\\\n(?P<break>[ \t]*)"
    r"|`(?P<code>[^`\n ]+(?: [^`\n ]+)*)`(?!`)"
    r"|(?P<marker>\*\*?)(?=[^\W_])"  # an emphasis begins with a letter or digit
)
_ESCAPED = re.compile(r"\\(.)")
_EMPHASIS_END = re.compile(r"(?<=[^\W_])\*\*?(?!\*)|(?<=[.?!])\*\*?(?= )")
_ADDRESS = re.compile(r"\(([\w!#$%'*+,./:;=?@~&-]+)\)", re.ASCII)
_NOT_PLAIN = re.compile(r"[\[\]`<\\]")
_BREAKS = {"line": "\n", "break": "<br>\n"}
_TAGS = {"*": "em", "**": "strong"}


class _UnusualError(Exception):
    """This is not for us to read."""


def read_usual_phrase(markdown: str) -> Phrase | None:
    """Read inline Markdown of a page that defines no addresses apart; None where it is not as we write it."""
    try:
        return _read_simple(markdown) or _read_whole(markdown)
    except _UnusualError:
        return None


def _read_simple(markdown: str) -> Phrase | None:
    """Read words, links and spans of words; None where there is something else."""
    pieces: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    html = text = ""
    for words, label, near, far, listed, other in _SIMPLE.findall(markdown):
        if words:
            html += words
            text += words
            continue
        if other:
            return None
        text += label
        if not near and not far:
            span = _open_span(listed)
            html += f"{span.opening}{label}</{span.tag}>"
            anchors += span.anchors
            continue
        attributes = ""
        if listed or far:
            attributes, ids = _read_link_list(listed, far[:4])
            anchors += ids
        if near:
            pieces += (f'{html}<a href="', near)
            html = f'"{attributes}>{label}</a>'
        else:
            html += f'<a href="{far}"{attributes}>{label}</a>'
    return Phrase((*pieces, html), text, anchors)


def _read_whole(markdown: str) -> Phrase:
    writer = PhraseWriter()
    _read(markdown, 0, "", writer)
    return writer.finish()


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


def _read_brackets(markdown: str, place: int, writer: PhraseWriter) -> int:
    """Read a link or a span from behind its opening bracket."""
    simple = _SIMPLE.match(markdown, place - 1)
    if simple and not simple[6]:
        phrase = _read_simple(simple[0])
        if phrase:
            writer.append(phrase)
        return simple.end()
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
    writer.append(inside.finish())
    writer.close(tag)
    return after


class _Span(NamedTuple):
    opening: str
    tag: str
    anchors: tuple[str, ...]


@lru_cache(maxsize=1 << 10)  # what marks a verdict or a date stands on many pages
def _open_span(listed: str) -> _Span:
    if not listed:
        raise _UnusualError
    writer = PhraseWriter()
    tag = writer.open_span(_read_whole_list(listed))
    return _Span("".join(writer.html), tag, (*writer.anchors,))


@lru_cache(maxsize=1 << 10)
def _read_link_list(listed: str, scheme: str) -> tuple[str, tuple[str, ...]]:
    writer = PhraseWriter()
    html = writer.take(_read_whole_list(listed), EXTERNAL if scheme == "http" else None)
    return html, (*writer.anchors,)


def _read_whole_list(listed: str) -> Mapping[str, str]:
    after, attributes = _read_list(listed, 0)
    if after != len(listed):
        raise _UnusualError
    return attributes


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
