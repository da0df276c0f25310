"""Which form an article has, told by its content, and its bytes as text."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias, get_args

from generator.importers.jsonish import decode

Form: TypeAlias = Literal["html", "wikitext", "markdown", "text"]
FORMS: tuple[Form, ...] = get_args(Form)
"""The forms of an article."""

_DECLARED = re.compile(rb"<meta[^<>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_-]{1,40})", re.IGNORECASE)
_FIRST_BYTES = 4096
_ENCODINGS = {
    **dict.fromkeys(("windows-1251", "cp1251", "x-cp1251"), "cp1251"),
    **dict.fromkeys(("windows-1252", "cp1252", "iso-8859-1", "latin1", "us-ascii"), "cp1252"),
    **dict.fromkeys(("windows-1250", "cp1250"), "cp1250"),
    "iso-8859-2": "iso8859-2",
    "iso-8859-5": "iso8859-5",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
}
_HTML = re.compile(
    r"<(?:!doctype|html|head|body|article|main|div|p|h[1-6]|meta|title|section|header|nav|span|a|b|ul|ol|li|dl|pre|table|blockquote|figure)(?=[\s/>])",
    re.IGNORECASE,
)
_HTML_END = re.compile(
    r"</(?:html|head|body|article|main|div|p|h[1-6]|section|ul|ol|table|blockquote)\s*>|<p>|<br", re.IGNORECASE
)
_WIKITEXT = re.compile(
    r"\{\{(?:date|byline|dateline|source|w|publish)\s*(?:\||\}\}|\n)|^\[\[Category:|^==[^=\n]{1,200}==\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_MARKDOWN = re.compile(r"^#{1,6} +\S|\]\(https?://|\*\*\S[^*\n]{0,500}\*\*|^(?:```|~~~)", re.MULTILINE)
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:.*\n)*?---[ \t]*(?:\n|\Z)")


def decode_article(data: bytes) -> tuple[str, str, str]:
    """Read the bytes of an article: UTF-8, else the encoding that a web page declares.

    Returns:
        The text, the encoding if that is not UTF-8, and why it cannot be read, as a sentence.
    """
    text, problem = decode(data)
    if not problem:
        return text, "", ""
    declared = _DECLARED.search(data[:_FIRST_BYTES])
    called = declared[1].decode("ascii").lower() if declared else ""
    if called not in _ENCODINGS:
        return "", "", problem
    try:
        return data.decode(_ENCODINGS[called]), called, ""
    except UnicodeDecodeError:
        return "", "", f"This page says that it is saved as {called}, and it is not. {problem}"


def has_front_matter(text: str) -> bool:
    """Tell whether a text begins with fields between two lines `---`."""
    return text.startswith("---") and _FRONT_MATTER.match(text) is not None


def recognise(text: str) -> Form:
    """Tell the form of an article. What has no mark of the others is plain text."""
    start = text.lstrip("\ufeff\t\n\r\f ")
    if has_front_matter(start):
        return "markdown"
    if start.startswith("<") and (_HTML.match(start) or start.startswith(("<!--", "<?xml")) or _HTML_END.search(start)):
        return "html"
    if _WIKITEXT.search(text):
        return "wikitext"
    return "markdown" if _MARKDOWN.search(text) else "text"


def as_form(typed: str) -> Form | None:
    """Read the name of a form; None where it is none."""
    return next((form for form in FORMS if form == typed), None)
