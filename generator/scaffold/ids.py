"""Ids that are offered: words as lower-case kebab, with a number behind them where they are taken."""

from __future__ import annotations

import re
import unicodedata
from itertools import count
from typing import TYPE_CHECKING

from generator.records.fields import LONGEST_ID

if TYPE_CHECKING:
    from collections.abc import Container

WORDS = 6
_LONGEST_SLUG = 60
_LEAST_LETTERS = 3
_INSIDE = re.compile(r"(?<=\w)['’ʼ`](?=\w)|(?<=\d),(?=\d{3})")  # Kyiv’s, 1,000
_OTHER = re.compile(r"[^a-z0-9]+")


def slug(text: str, words: int = WORDS) -> str:
    """Write the first words of a text as an id, such as `kyiv-has-yet-to-respond`.

    Returns:
        Lower-case kebab, 60 characters at most; empty where the text is mostly in another script than Latin, since what
        is left of it would tell nothing.
    """
    plain = _INSIDE.sub("", text)
    first = " ".join([word for word in plain.split() if any(map(str.isalnum, word))][:words])
    marked = unicodedata.normalize("NFKD", first)
    letters = [letter for letter in marked if letter.isalnum()]
    kept = [letter for letter in letters if letter.isascii()]
    if len(kept) < _LEAST_LETTERS or 2 * len(kept) < len(letters):
        return ""
    bare = "".join(letter for letter in marked.lower() if not unicodedata.combining(letter))
    parts = _OTHER.sub("-", bare).strip("-").split("-")
    while len("-".join(parts)) > _LONGEST_SLUG:
        parts = parts[:-1] if len(parts) > 1 else [parts[0][:_LONGEST_SLUG]]
    return "-".join(parts)


def make_free(wanted: str, taken: Container[str]) -> str:
    """Give the id itself, or with the first number behind it that makes it one that is not taken."""
    if wanted not in taken:
        return wanted
    numbered = (f"{wanted[: LONGEST_ID - len(str(n)) - 1].rstrip('-')}-{n}" for n in count(2))
    return next(one for one in numbered if one not in taken)
