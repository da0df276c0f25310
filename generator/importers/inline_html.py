"""A text of HTML as one line of prose: its words, and its links to the web as Markdown links; nothing else is carried over."""

from __future__ import annotations

import html
import re

from generator.dialect.escaping import escape_address, escape_inline, guard_start
from generator.importers.cells import plain_text, read_url

# A tag ends before the next `<`, so that unclosed ones cost no more than their own length.
_ANCHOR = re.compile(r"<a(?=[\s>])((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+)>|</a\s*>", re.IGNORECASE)
_HREF = re.compile(r"(?<![\w-])href\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARKS = re.compile(f"[{_OPEN}{_CLOSE}]")
_MARKED = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")


def write_with_links(text: str) -> tuple[str, tuple[str, ...]]:
    """Write a text of HTML as inline Markdown that shows its words and has its links to http and https.

    Args:
        text: HTML, or plain text.

    Returns:
        The Markdown on one line, and the addresses that are not linked, as they stood.
    """
    marked, addresses = _mark_links(_MARKS.sub("", _cut_comments(text)))
    plain = plain_text(marked)
    links = [read_url(html.unescape(address))[0] for address in addresses]
    found = [*_MARKED.finditer(plain)]
    if len(found) != len(links) or len(_MARKS.findall(plain)) != 2 * len(links):
        return guard_start(escape_inline(_MARKS.sub("", plain))), tuple(addresses)  # marks were made of references
    pieces, done, refused = [], 0, []
    for one, link, address in zip(found, links, addresses, strict=True):
        pieces.append(escape_inline(plain[done : one.start()]))
        label = escape_inline(one[1].strip())
        pieces.append(f"[{label}]({escape_address(link)})" if link and label else label)
        if address and not (link and label):
            refused.append(address)
        done = one.end()
    pieces.append(escape_inline(plain[done:]))
    written = "".join(pieces).strip()
    return written if written.startswith("[") and found else guard_start(written), tuple(refused)


def _cut_comments(text: str) -> str:
    """Leave comments out; one that is not closed is text."""
    pieces, done = [], 0
    while (start := text.find("<!--", done)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        pieces.append(text[done:start])
        done = end + 3
    return "".join((*pieces, text[done:]))


def _mark_links(text: str) -> tuple[str, list[str]]:
    """Put marks around the words of links; give the addresses of these, in order."""
    pieces: list[str] = []
    addresses: list[str] = []
    done, is_open = 0, False
    for tag in _ANCHOR.finditer(text):
        pieces.append(text[done : tag.start()])
        done = tag.end()
        if is_open:
            pieces.append(_CLOSE)
            is_open = False
        href = _HREF.search(tag[1]) if tag[1] else None
        if href:
            addresses.append((href[1] or href[2] or href[3] or "").strip())
            pieces.append(_OPEN)
            is_open = True
    pieces += [text[done:], _CLOSE if is_open else ""]
    return "".join(pieces), addresses
