"""Plain text, attribute values and addresses, written so that Markdown takes them literally."""

from __future__ import annotations

import html
import re
from urllib.parse import quote

# White space of any kind that can end a line or that a browser collapses; no-break spaces are text and stay.
_SPACE = re.compile("[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
# Control characters and lone surrogates have no place in HTML: they become U+FFFD, as NUL does in CommonMark.
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

_ANYWHERE = re.compile(r"([\\`*_\[\]<>{}|]|&(?=[#A-Za-z]|\Z)|(?<!\S)#|!\Z)")
_AT_START = re.compile(r"^(?:([#+\-=:~])|(\d{1,9})([.)]))")

_ATTRIBUTE = re.compile(r'[&"{}\\|`<>\[\]*_]')
# RFC 3986 without parentheses, which end a Markdown destination, and with what internationalised addresses need.
_ADDRESS_SAFE = "!#$%&'*+,-./:;=?@_~"


def tidy(text: str) -> str:
    """Collapse white space to single blanks, trim, and replace characters that HTML cannot hold by U+FFFD."""
    if text.isprintable() and "  " not in text:  # of all those characters only the blank is printable
        return text.strip()
    return _SPACE.sub(" ", _UNPRINTABLE.sub("\ufffd", text)).strip()


def escape_inline(text: str) -> str:
    """Escape a piece of running text that does not begin a line; white space is kept as it is."""
    return _ANYWHERE.sub(r"\\\1", _UNPRINTABLE.sub("\ufffd", text))


def guard_start(markdown: str) -> str:
    """Keep Markdown from being read as a heading, list, rule or container because of its first characters."""
    return _AT_START.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", markdown)


def escape(text: str) -> str:
    """Write plain text as inline Markdown that shows exactly this text.

    The result is one line. It may stand anywhere in a page where inline Markdown may: at the start of a line, in a
    heading, a list item, a table cell, a link label or a span.

    Args:
        text: any text, however hostile. White space is collapsed to single blanks and trimmed.

    Returns:
        Markdown that the page parser renders as the text and nothing else.
    """
    return guard_start(escape_inline(tidy(text)))


def escape_attribute(value: str) -> str:
    """Write a value to stand between double quotation marks in an attribute list.

    Example: `{title="` + escape_attribute(title) + `"}`. Characters that would end the value, the list or a table cell
    become character references, which the page parser reads back.
    """
    return _ATTRIBUTE.sub(lambda m: f"&#{ord(m[0])};", tidy(value))


def read_attribute(value: str) -> str:
    """Undo `escape_attribute`."""
    return html.unescape(value)


def escape_address(address: str) -> str:
    """Write a URL or relative path as a Markdown link destination, percent-encoding what could end it.

    Letters outside ASCII are percent-encoded as UTF-8; what is percent-encoded already stays as it is.
    """
    encoded = quote(_UNPRINTABLE.sub("\ufffd", address.strip()), safe=_ADDRESS_SAFE, errors="replace")
    return re.sub(r"&(?=[#A-Za-z][A-Za-z0-9]*;)", "&amp;", encoded)
