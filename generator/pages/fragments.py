"""Links to the very words of a page elsewhere: text fragments, made from nothing but the quotation's own characters."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 100
_WORDS = 5


def text_fragment(url: str, parts: Iterable[str]) -> str:
    """Point at words on a page, which a browser then scrolls to and marks (WICG Text Fragments, `#:~:text=`).

    Where the words are not found, or by a browser that does not know text fragments, the page is opened as always.

    Args:
        url: the page. A fragment of its own stays (`#part:~:text=`), directives that it has already are replaced.
        parts: the stretches of a quotation, each in whole words; each becomes a directive of its own. One longer than
            100 characters is told by its first and last five words. Prefixes and suffixes are never given: they would
            publish words that nobody quotes.

    Returns:
        The address, its text directives percent-encoded; `url` as it is where the parts hold no words.
    """
    directives = "&".join(f"text={_tell(part.split())}" for part in parts if part.strip())
    if not directives:
        return url
    page = url.partition(":~:")[0]
    return f"{page}{'' if '#' in page else '#'}:~:{directives}"


def _tell(words: list[str]) -> str:
    whole = " ".join(words)
    if len(whole) <= _LONGEST or len(words) < 2 * _WORDS:
        return _encode(whole)
    return f"{_encode(' '.join(words[:_WORDS]))},{_encode(' '.join(words[-_WORDS:]))}"


@lru_cache(maxsize=1 << 6)  # the live page and the archived copy are asked for the same words
def _encode(text: str) -> str:
    """Percent-encode a term: comma, ampersand and hyphen are the syntax of directives, and `quote` leaves the hyphen."""
    return quote(text, safe="", errors="replace").replace("-", "%2D")
