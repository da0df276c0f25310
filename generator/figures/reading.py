"""Reading the figures of a text: what counts as one number, and what is only part of a name, an address or a date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.figures.figure import Figure
from generator.figures.number_words import SCALES, find_spelled, find_vague, may_hold_numbers
from generator.figures.prose_dates import ProseDate, find_dates
from generator.figures.qualifiers import find_qualifier

if TYPE_CHECKING:
    from collections.abc import Iterator

_HIDDEN = "\ufffc"
_UNREAD = re.compile(
    r"\[[^\[\]]*\]\((?:claim|event|source|entity|topic):[^()\s]*\)"  # a link to a record, with its words
    r"|(?<=\])\([^()\s]*\)"  # the address of any other link
    r"|\b(?:https?://|www\.)[^\s<>]*"
)
_DIGIT = re.compile("[0-9]")
_CLOCK = re.compile(r"(?<![0-9:])(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?![0-9:])")
_DIGITS = re.compile(
    r"[0-9]+(?:\.[0-9]+){2,}"  # 1.6.1: a version, no number
    r"|[0-9]{1,3}(?P<mark>[,'’ \u00a0\u2009\u202f])[0-9]{3}(?:(?P=mark)[0-9]{3})*(?![0-9])(?:\.[0-9]+)?"
    r"|[0-9]+,[0-9]{1,2}(?![0-9])"  # a decimal comma
    r"|[0-9]+(?:\.[0-9]+)?"
)
_DOTTED_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}\.000")
_SCALE_WORDS = MappingProxyType(
    {
        "hundred": 100,
        "dozen": 12,
        "k": 10**3,
        **dict.fromkeys(("mn", "mln"), 10**6),
        "bn": 10**9,
        **dict.fromkeys(("tn", "trn"), 10**12),
        **SCALES,
        **dict.fromkeys(("тыс", "тис", "тысячи", "тысяч", "тисячі", "тисяч"), 10**3),
        **dict.fromkeys(("млн", "миллиона", "миллионов", "мільйона", "мільйони", "мільйонів"), 10**6),
        **dict.fromkeys(("млрд", "миллиард", "миллиарда", "миллиардов", "мільярд", "мільярди", "мільярдів"), 10**9),
    }
)
_SCALE = re.compile(
    rf"(?:\s?[-‐‑\s]\s?)?(?P<scale>{'|'.join(sorted(_SCALE_WORDS, key=len, reverse=True))})s?(?!\w)"
    r"(?:(?<=тыс)\.|(?<=тис)\.|(?<=млн)\.|(?<=млрд)\.)?",
    re.IGNORECASE,
)
_CAPITAL_SCALE = re.compile(r"(?P<scale>[MB]|(?<=[$€£₴₽][0-9])m|(?<=[$€£₴₽][0-9]{2})m|(?<=[$€£₴₽][0-9]{3})m)(?!\w)")
_PERCENT = re.compile(r"\s?%|[-\s]?per\s?cent(?:age\s+points?)?\b|\s(?:відсот|процент)\w*", re.IGNORECASE)
_ATTACHED = re.compile(r"[^\W\d_]+")
_PREFIX = re.compile(r"(?P<word>[^\W_]+)[-‐‑]\Z")
# Capitalised words that make no name of the number after their hyphen: "Mid-2023", "1,000-For-1,000".
_PLAIN_PREFIXES = frozenset(
    {"for", "to", "mid", "pre", "post", "early", "late", "over", "under", "non", "in", "of", "and"}
)
# Regular expressions that ignore case take these for the letter, and no table of words has them.
_VARIANTS = MappingProxyType(
    {"\u017f": "s", "\u0130": "i", "\u0131": "i", "\u212a": "k"}
    | {variant: variant.casefold() for variant in map(chr, range(0x1C80, 0x1C89))}
)
_SMALL_ORDINALS = frozenset({"1st", "2nd", "3rd"})
_LONGEST_UNIT = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure with what is needed to compare it: its date, if it can be one, and its unit where that is per cent."""

    figure: Figure
    written: ProseDate | None = None
    percent: bool = False
    is_one: bool = False

    @property
    def key(self) -> tuple[str, object]:
        """What two figures share that say the same; dates are compared by `ProseDate.is_within`."""
        if self.figure.value is not None:
            return ("percent" if self.percent else "number"), self.figure.value
        words = re.sub(r"[\s‐‑-]+", " ", self.figure.text.lower())
        return "words", re.sub(r"^a (?=few|couple)", "", words).removeprefix("0")


@lru_cache(maxsize=2048)  # what a claim says and cites is read by several rules one after the other
def scan(text: str) -> tuple[Reading, ...]:
    """List every figure of a text in order, with dates and the word "one"."""
    shown = _western(text)
    if "](" in shown or "http" in shown or "www." in shown:
        shown = _UNREAD.sub(lambda found: _HIDDEN * len(found[0]), shown)
    readings: list[Reading] = []
    if _DIGIT.search(shown):
        for written in find_dates(shown):
            value = Decimal(written.year) if written.year and not (written.month or written.day) else None
            readings.append(Reading(_figure(text, written.start, written.end, value, plain=True), written))
        shown = _hide(shown, readings)
        for read in (_read_clocks, _read_digits):
            readings += (found := list(read(text, shown)))
            shown = _hide(shown, found)
    if may_hold_numbers(shown):
        readings += _read_words(text, shown)
    return tuple(sorted(readings, key=lambda reading: reading.figure.start))


def _figure(text: str, start: int, end: int, value: Decimal | None, *, plain: bool = False) -> Figure:
    return Figure(value, text[start:end], start, end, None if plain else find_qualifier(text, start, end))


def _western(text: str) -> str:
    """Write the digits of all scripts as 0 to 9, and each variant of a letter as that letter; nothing moves."""
    if text.isascii():
        return text
    return "".join(
        str(int(character)) if character.isdecimal() else _VARIANTS.get(character, character) for character in text
    )


def _hide(shown: str, readings: list[Reading]) -> str:
    if not readings:
        return shown
    characters = list(shown)
    for reading in readings:
        start, end = reading.figure.start, reading.figure.end
        characters[start:end] = _HIDDEN * (end - start)
    return "".join(characters)


def _read_clocks(text: str, shown: str) -> Iterator[Reading]:
    for found in _CLOCK.finditer(shown):
        yield Reading(_figure(text, *found.span(), None))


def _read_words(text: str, shown: str) -> Iterator[Reading]:
    vague = [Reading(_figure(text, found.start, found.end, None)) for found in find_vague(shown)]
    yield from vague
    for found in find_spelled(_hide(shown, vague)):
        percent = _PERCENT.match(shown, found.end)
        end = percent.end() if percent else found.end
        is_one = text[found.start : end].lower() == "one"
        yield Reading(_figure(text, found.start, end, found.value), percent=bool(percent), is_one=is_one)


def _read_digits(text: str, shown: str) -> Iterator[Reading]:
    for found in _DIGITS.finditer(shown):
        start, end = found.span()
        if found[0].count(".") > 1 or _names_something(shown, start):
            continue
        value: Decimal | None = _value(found[0], found["mark"])
        scaled = _SCALE.match(shown, end) or _CAPITAL_SCALE.match(shown, end)
        attached = _ATTACHED.match(shown, end)
        if scaled:
            while scaled:
                value = (value or Decimal(0)) * _scale(scaled["scale"])
                end = scaled.end()
                scaled = _SCALE.match(shown, end)
        elif attached:
            suffix = attached[0].lower()
            if (found[0] + suffix) in _SMALL_ORDINALS or not _is_unit(shown, attached):
                continue
            if suffix == "s":  # "1990s", "100s"
                value = None
            end = attached.end() if suffix in {"s", "st", "nd", "rd", "th"} else end
        percent = _PERCENT.match(shown, end)
        yield Reading(_figure(text, start, percent.end() if percent else end, value), percent=bool(percent))


def _value(digits: str, mark: str | None) -> Decimal | None:
    if _DOTTED_THOUSANDS.fullmatch(digits):  # one or a thousand: only the same characters are the same
        return None
    return Decimal(digits.replace(mark, "") if mark else digits.replace(",", "."))


def _scale(word: str) -> int:
    return {"M": 10**6, "m": 10**6, "B": 10**9}.get(word) or _SCALE_WORDS[word.lower()]


def _names_something(shown: str, start: int) -> bool:
    """Tell whether digits end a name, such as C01, F-16 or COVID-19."""
    before = shown[start - 1 : start]
    if before.isalpha() or before == "_" or (before in {".", ","} and shown[start - 2 : start - 1].isdigit()):
        return True
    prefix = _PREFIX.search(shown, max(0, start - 30), start)
    if not prefix:
        return False
    word = prefix["word"]
    named = word[:1].isupper() or (word[:1].isdigit() and word[-1:].isalpha())
    return named and not word.isdigit() and word.lower() not in _PLAIN_PREFIXES


def _is_unit(shown: str, attached: re.Match[str]) -> bool:
    """Tell whether letters after digits are a unit or ending (48h, 65th), not the rest of a name (9M729)."""
    follows = shown[attached.end() : attached.end() + 1]
    return attached[0].islower() and len(attached[0]) <= _LONGEST_UNIT and not (follows.isdigit() or follows == "_")
