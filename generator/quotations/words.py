"""Where words begin and end in a folded text: a quotation never starts or stops inside one."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.quotations.folding import Folded

# Scripts written without spaces between words, where every place may be a border.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_POSSESSIVE = re.compile(r"'s?(?![\w'])")
_GROUPED = re.compile(r"(?<![0-9])[0-9]{1,3}(?: [0-9]{3})+(?![0-9])")
_WIDEST_GROUP = 20
_WORD = re.compile(r"[^\W_]+(?:(?:['\u2010]|(?<=[0-9])[.,:](?=[0-9]))[^\W_]+)*%?|\S")


def splits_word(folded: Folded, index: int) -> bool:
    """Tell whether the place before `folded.text[index]` lies inside a word or a number.

    A word goes on across a hyphen ("de-escalation": its second half would say the opposite) and across an apostrophe
    ("can't", "п'ять"), but may be quoted without the possessive ("Putin" of "Putin's"). A dash ends a word. A number
    goes on across the marks and spaces within it (1,000; 1.5; 1 000; 13:33), its per cent, currency and minus sign.
    """
    text = folded.text
    if not 0 < index < len(text):
        return False
    before, after = text[index - 1], text[index]
    if _is_letter(before) and _is_letter(after):
        return not (_UNSPACED.match(before) or _UNSPACED.match(after))
    if index in folded.hyphens or index - 1 in folded.hyphens:
        return True
    if "'" in (before, after) and _inside_apostrophe(text, index):
        return True
    return _splits_number(text, index)


def splits_character(folded: Folded, index: int) -> bool:
    """Tell whether the place before `folded.text[index]` cuts through one character of the original, such as an ellipsis."""
    return 0 < index < len(folded.text) and folded.offsets[index] == folded.offsets[index - 1]


def splits(folded: Folded, index: int) -> bool:
    """Tell whether the place before `folded.text[index]` is no place to begin or end a quotation."""
    return splits_word(folded, index) or splits_character(folded, index)


def split_words(folded: Folded) -> list[tuple[int, int]]:
    """List the words and punctuation marks of a folded text, as the starts and ends of their places in it."""
    marked = list(folded.text)
    for index in folded.hyphens:
        marked[index] = "\u2010"
    return [found.span() for found in _WORD.finditer("".join(marked))]


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_" or unicodedata.category(character).startswith("M")


def _inside_apostrophe(text: str, index: int) -> bool:
    if text[index] == "'":
        return (
            _is_letter(text[index - 1])
            and _is_letter(text[index + 1 : index + 2] or " ")
            and not _POSSESSIVE.match(text, index)
        )
    return index > 1 and _is_letter(text[index - 2]) and _is_letter(text[index])


def _splits_number(text: str, index: int) -> bool:
    before, after = text[index - 1], text[index]
    if before.isdigit():
        if after in ".,:" and text[index + 1 : index + 2].isdigit():
            return True
        if after in "%‰":
            return True
    if after.isdigit():
        if before in ".,:" and text[index - 2 : index - 1].isdigit():
            return True
        if unicodedata.category(before) == "Sc":
            return True
        if before == "-" and not text[index - 2 : index - 1].strip():
            return True
    if " " not in (before, after):
        return False
    window = max(0, index - _WIDEST_GROUP)
    return any(
        window + found.start() < index < window + found.end()
        for found in _GROUPED.finditer(text[window : index + _WIDEST_GROUP])
    )
