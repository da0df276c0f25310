"""What the parser is given is capped first: hostile nesting or length must not cost minutes or overflow a stack."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

# The parser silently drops what is nested deeper than its limit, so texts are refused one level before that.
MAX_NESTING = 24
MAX_STORED_TEXT = 2_000_000
MAX_PROSE = 20_000
# Unmatched brackets cost time in proportion to their number squared: 5,000 take 0.04 s, 50,000 four seconds.
MAX_BRACKETS = 5_000
MAX_PROSE_BRACKETS = 400

_MARKERS = re.compile(r"^[ \t]*(?:(?:[>*+-]|\d{1,9}[.)])[ \t]*){20}", re.MULTILINE)


def refuse(markdown: str, *, max_length: int, max_brackets: int) -> str | None:
    """Say why a text is not to be parsed at all, or return None where it may be.

    Args:
        markdown: the text.
        max_length: the most characters that are parsed.
        max_brackets: the most opening square brackets that are parsed.
    """
    if len(markdown) > max_length:
        return f"is {len(markdown):,} characters long; {max_length:,} is the most"
    if markdown.count("[") > max_brackets:
        return f"holds more than {max_brackets:,} opening square brackets"
    if _MARKERS.search(markdown):
        return "has a line that opens twenty or more quotations or lists at once"
    return None


def is_too_deep(tokens: Sequence[Token]) -> bool:
    """Tell whether blocks are nested so deeply that the parser may have dropped some."""
    return any(token.level >= MAX_NESTING - 2 for token in tokens)
