"""Where words begin and end in a folded text: a quotation never starts or stops inside one."""

from __future__ import annotations

import re
import unicodedata
from string import digits
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.quotations.folding import Folded

# Scripts written without spaces between words, where every place may be a border.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_POSSESSIVE = re.compile(r"'s?(?![\w'])")
_ONES = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    "|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
_SCALES = (
    r"tens|scores|dozens?|hundreds?|thousands?|(?:m|b|tr)illions?|per ?cent|percentage|bn|mln"
    r"|тыс|тис|млн|млрд|сотн[иі]|сотен|сотень|десят[ко]\w*|тысяч\w*|тисяч\w*|миллион\w*|мільйон\w*|миллиард\w*|мільярд\w*"
    r"|процент\w*|відсот\w*"
)
# A number in words goes on across its blanks: "5 million", "two hundred and fifty thousand", "hundreds of thousands".
_SPELLED = re.compile(
    rf"(?<![\w.,])(?:(?:half an?|a|{_ONES}|{_SCALES})(?!\w)|[0-9][0-9.,]*(?= (?:{_SCALES})(?!\w)))"
    rf"(?: (?:and )?(?:a )?(?:{_ONES}|{_SCALES})(?!\w)|(?<=s) of (?:{_SCALES})(?!\w))+",
    re.IGNORECASE,
)
_GOES_ON = re.compile(rf"(?:an?|and|of|cent|{_ONES}|{_SCALES})(?!\w)", re.IGNORECASE)
"""What stands behind a blank across which a number in words goes on."""
_GROUPED = re.compile(r"(?<![0-9])[0-9]{1,3}(?: [0-9]{3})+(?![0-9])")
_WIDEST_GROUP = 20
_WIDEST_NUMBER = 80
_WORD = re.compile(r"[^\W_]+(?:(?:['\u2010]|(?<=[0-9])[.,:](?=[0-9]))[^\W_]+)*%?|\S")


def splits_word(folded: Folded, index: int) -> bool:
    """Tell whether the place before `folded.text[index]` lies inside a word or a number.

    A word goes on across a hyphen ("de-escalation": its second half would say the opposite) and across an apostrophe
    ("can't", "п'ять"), but may be quoted without the possessive ("Putin" of "Putin's"). A dash ends a word. A number
    goes on across the marks and spaces within it (1,000; 1.5; 1 000; 13:33), its per cent, currency and minus sign, and
    so does one in words ("5 million", "hundreds of thousands").
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


def count_words(folded: Folded) -> int:
    """Count the words of a folded text; in scripts without spaces each character is one."""
    words = [folded.text[start:end] for start, end in split_words(folded)]
    return sum(max(1, len(_UNSPACED.findall(word))) for word in words if any(map(str.isalnum, word)))


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
    blank = index if after == " " else index - 1
    if text[blank - 1] in digits and text[blank + 1 : blank + 2] in digits:
        return _lies_within(_GROUPED, text, index, _WIDEST_GROUP)
    return bool(_GOES_ON.match(text, blank + 1)) and _lies_within(_SPELLED, text, index, _WIDEST_NUMBER)


def _lies_within(pattern: re.Pattern[str], text: str, index: int, widest: int) -> bool:
    window = max(0, index - widest)
    return any(
        window + found.start() < index < window + found.end()
        for found in pattern.finditer(text[window : index + widest])
    )
