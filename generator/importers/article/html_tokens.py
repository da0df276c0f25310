"""HTML as tags and texts, cut as browsers cut it (HTML Standard, 13.2.5), in one look from front to end.

Nothing is looked at twice: what is not closed lasts until the end of the file, as in a browser. The parser of the standard
library begins anew behind a broken tag, which a hostile page can make take hours.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPACE = "\t\n\f\r "
_TAG_NAME = re.compile(rf"[A-Za-z][^{_SPACE}/>]*+")
_ATTRIBUTE = re.compile(
    rf"[{_SPACE}/]*+([^{_SPACE}/>][^{_SPACE}/>=]*+)"
    rf"(?:[{_SPACE}]*+=[{_SPACE}]*+(?:\"([^\"]*+)(?:\"|\Z)|'([^']*+)(?:'|\Z)|([^{_SPACE}>\"'][^{_SPACE}>]*+)|(?=>)))?+"
)
_TAG_END = re.compile(rf"[{_SPACE}/]*+>")
_COMMENT_END = re.compile("--!?>")
_RAW = ("script", "style", "iframe", "noembed", "noframes", "xmp", "title", "textarea")
_RAW_ENDS = {name: re.compile(rf"</{name}(?=[{_SPACE}/>])", re.IGNORECASE) for name in _RAW}
_WITH_REFERENCES = frozenset({"title", "textarea"})
_NUMBERED = re.compile(r"&#(?:0*+([0-9]*+)|([xX])0*+([0-9A-Fa-f]*+))(;?)")
_MOST_DIGITS = 7
_SURE_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

Left: TypeAlias = Literal["comment", "CDATA", "declaration", "tag"]


@dataclass(frozen=True, slots=True)
class Text:
    """Running text, with its character references read."""

    text: str


@dataclass(frozen=True, slots=True)
class Raw:
    """What stands in an element in which no tags are read, such as a script or the title of the page."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Start:
    """A tag that begins an element; names are in lower case, of a doubled attribute the first counts."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class End:
    """A tag that ends an element."""

    name: str


@dataclass(frozen=True, slots=True)
class Cut:
    """What no browser shows: a comment, a declaration, or a tag at the end of the file that is not whole.

    Attributes:
        what: what it is.
        text: what stands in it.
        is_closed: whether it ends before the file does.
    """

    what: Left
    text: str
    is_closed: bool = True


Token: TypeAlias = Text | Raw | Start | End | Cut


def read_references(text: str) -> str:
    """Read the character references of a text, once. A number that no character has becomes U+FFFD, however long it is."""
    return html.unescape(_NUMBERED.sub(_shorten, text)) if "&" in text else text


def _shorten(found: re.Match[str]) -> str:
    digits = found[3] if found[2] else found[1]
    if len(digits) > _MOST_DIGITS:
        return "\ufffd"
    nothing = found[0].rstrip(";")[-1] not in "0123456789abcdefABCDEF"
    return found[0] if nothing else f"&#{found[2] or ''}{digits or '0'}{found[4]}"


def _read_value(text: str) -> str:
    """Read the references in an attribute; one without its semicolon is text there, as in `?a=1&copy=2`."""
    return _SURE_REFERENCE.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


def read_tokens(page: str) -> Iterator[Token]:
    """Read a page or a piece of one.

    Args:
        page: HTML, however broken.
    """
    done = 0
    while done < len(page):
        at = page.find("<", done)
        if at < 0:
            yield Text(read_references(page[done:]))
            return
        if at > done:
            yield Text(read_references(page[done:at]))
        follows = page[at + 1 : at + 3]
        if follows[:1] in "!?" and follows:
            cut, done = _read_cut(page, at)
            yield cut
        elif follows[:1].isascii() and follows[:1].isalpha():
            start, done = _read_start(page, at + 1)
            yield start
            if isinstance(start, Start) and start.name in _RAW_ENDS and done < len(page):
                raw, done = _read_raw(page, done, start.name)
                yield raw
        elif follows[:1] == "/" and follows[1:].isascii() and follows[1:].isalpha():
            start, done = _read_start(page, at + 2)
            yield End(start.name) if isinstance(start, Start) else start
        elif follows[:1] == "/" and follows[1:]:
            end = page.find(">", at)
            yield Cut("declaration", page[at + 2 : end if end >= 0 else len(page)], is_closed=end >= 0)
            done = end + 1 if end >= 0 else len(page)
        else:
            yield Text("<")
            done = at + 1


def _read_cut(page: str, at: int) -> tuple[Cut, int]:
    what: Left = "declaration"
    begin, end, size = at + 2, page.find(">", at), 1
    if page.startswith("<!--", at):
        found = _COMMENT_END.search(page, at + 2)
        what, begin, end, size = "comment", at + 4, found.start() if found else -1, len(found[0]) if found else 0
    elif page.startswith("<![CDATA[", at):
        what, begin, end, size = "CDATA", at + 9, page.find("]]>", at + 9), 3
    if end < 0:
        return Cut(what, page[begin:], is_closed=False), len(page)
    return Cut(what, page[begin:end]), end + size


def _read_start(page: str, at: int) -> tuple[Start | Cut, int]:
    """Read a tag from its name on."""
    name = _TAG_NAME.match(page, at)
    done = name.end() if name else at
    attributes: dict[str, str] = {}
    while found := _ATTRIBUTE.match(page, done):
        value = next((one for one in found.groups()[1:] if one is not None), "")
        attributes.setdefault(found[1].lower(), _read_value(value))
        done = found.end()
    end = _TAG_END.match(page, done)
    if end is None or name is None:
        return Cut("tag", page[at:], is_closed=False), len(page)
    return Start(name[0].lower(), attributes, page[end.end() - 2] == "/"), end.end()


def _read_raw(page: str, at: int, name: str) -> tuple[Raw, int]:
    end = _RAW_ENDS[name].search(page, at)
    text = page[at : end.start() if end else len(page)]
    return Raw(name, read_references(text) if name in _WITH_REFERENCES else text), end.start() if end else len(page)
