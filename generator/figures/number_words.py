"""Numbers written as words ("two hundred and fifty thousand") and vague magnitudes ("hundreds of thousands")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

_SMALL = MappingProxyType(
    {
        word: number
        for number, word in enumerate(
            (
                *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
                *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
            )
        )
    }
)
_TENS = MappingProxyType(
    {
        word: 10 * number
        for number, word in enumerate(
            ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), start=2
        )
    }
)
SCALES = MappingProxyType(
    {
        "thousand": 10**3,
        "million": 10**6,
        "billion": 10**9,
        "trillion": 10**12,
        **dict.fromkeys(("тысяча", "тысячу", "тисяча", "тисячу"), 10**3),
        **dict.fromkeys(("миллион", "мільйон"), 10**6),
    }
)
_IRREGULAR = MappingProxyType(
    {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12, "hundredth": 100}
)
_ORDINALS = MappingProxyType(
    {word + "th": number for word, number in _SMALL.items() if number >= 4}  # noqa: PLR2004
    | {word[:-1] + "ieth": number for word, number in _TENS.items()}
    | _IRREGULAR
)
EXEMPT_ORDINALS = frozenset({"first", "second", "third"})
_PARTS = frozenset({"third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"})
_TOKEN = re.compile(r"[^\W\d_]+")
_JOINT = re.compile(r"\s+|[-‐‑]")
_VAGUE = re.compile(
    r"\b(?:(?:(?:tens|scores|dozens|hundreds|thousands|millions)\s+of\s+){0,9}"
    r"(?:dozens|hundreds|thousands|millions|billions|trillions)"
    r"|(?:tens|scores)(?=\s+of\b)"
    r"|half(?=\s+(?:of|the|their|its|all|these|those)\b)"
    r"|(?:several|a\s+few|few|many|a\s+couple\s+of)[\s-]+(?:dozens?|hundreds?|thousands?|millions?|billions?)"
    r"|(?:(?:десятки|сотни|сотні|десятків|сотен|сотень)\s+)?(?:тысячи|тысяч|тисячі|тисяч|миллионы|мільйони)"
    r"|сотни|сотні|десятки)\b"
    r"|[¼-¾⅐-⅞]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Spelled:
    """A number in words: where it stands, its value, or None for a vague magnitude or a fraction."""

    start: int
    end: int
    value: Decimal | None


_OPENERS = frozenset({*_SMALL, *_TENS, *SCALES, *_ORDINALS, "hundred", "dozen", "a", "an", "half"})
_VAGUE_WORDS = frozenset(
    (
        *("tens", "scores", "dozens", "hundreds", "thousands", "millions", "billions", "trillions"),
        *("тысячи", "тысяч", "тисячі", "тисяч", "миллионы", "мільйони", "сотни", "сотні", "десятки"),
    )
)
_TELLING = (_OPENERS | _VAGUE_WORDS) - {"a", "an"}
_FRACTION = re.compile("[¼-¾⅐-⅞]")


def may_hold_numbers(text: str) -> bool:
    """Tell whether a text can hold any number in words or vague magnitude: quick, for the many that hold none."""
    return not _TELLING.isdisjoint(_TOKEN.findall(text.lower())) or bool(_FRACTION.search(text))


def find_vague(text: str) -> list[Spelled]:
    """List the vague magnitudes of a text in order."""
    return [Spelled(*found.span(), None) for found in _VAGUE.finditer(text)]


def find_spelled(text: str) -> list[Spelled]:
    """List the numbers in words of a text in order, "one" too but not "first", "second" and "third"."""
    tokens = [(found[0].lower(), found.start(), found.end()) for found in _TOKEN.finditer(text)]
    found_numbers: list[Spelled] = []
    index = 0
    while index < len(tokens):
        read = _Sequence(text, tokens, index).read() if tokens[index][0] in _OPENERS else None
        if read:
            value, after = read
            found_numbers.append(Spelled(tokens[index][1], tokens[after - 1][2], value))
            index = after
        else:
            index += 1
    return found_numbers


@dataclass(slots=True)
class _Sequence:
    """One number being read from `tokens[index:]`: finished thousands in `total`, the rest in `current`."""

    text: str
    tokens: list[tuple[str, int, int]]
    index: int
    total: int = 0
    current: int | None = None
    smallest_scale: int | None = None

    def read(self) -> tuple[Decimal | None, int] | None:
        """Give the value and the index of the token after it; None where no number starts here."""
        start = self.index
        if half := self._half():
            return half
        if self._word() in {"a", "an"}:
            if self._word(1) not in {*SCALES, "hundred", "dozen"}:
                return None
            self.index += 1
        while self._step():
            pass
        if self.current is None and not self.total:
            return self._ordinal(start)
        return self._finish()

    def _word(self, ahead: int = 0) -> str | None:
        """The word so many tokens ahead, if nothing but a space or hyphen stands before it."""
        at = self.index + ahead
        if at >= len(self.tokens):
            return None
        if at and ahead + self.index > 0 and (ahead or self._started()):
            gap = self.text[self.tokens[at - 1][2] : self.tokens[at][1]]
            if not _JOINT.fullmatch(gap):
                return None
        return self.tokens[at][0]

    def _started(self) -> bool:
        return self.current is not None or self.total > 0

    def _half(self) -> tuple[Decimal, int] | None:
        if self._word() != "half":
            return None
        step = 2 if self._word(1) in {"a", "an"} else 1
        scale = SCALES.get(self._word(step) or "")
        return (Decimal(scale) / 2, self.index + step + 1) if scale and self._word(1) else None

    def _step(self) -> bool:
        word = self._word() or ""
        if word == "and" and self._may_go_on():
            self.index += 1
            if self._add(self._word() or ""):
                return True
            self.index -= 1
            return False
        return self._add(word)

    def _may_go_on(self) -> bool:
        previous = self.tokens[self.index - 1][0]
        return self._started() and (previous == "hundred" or previous in SCALES) and self._word(1) in {*_SMALL, *_TENS}

    def _add(self, word: str) -> bool:
        rest = self.current or 0
        if word in _SMALL or word in _TENS:
            number = _SMALL.get(word) or _TENS.get(word, 0)
            below = 10 if rest % 100 and rest % 10 == 0 and rest % 100 >= 20 else 100  # noqa: PLR2004
            fits = self.current is None or (rest > 0 and rest % below == 0 and 0 < number < below)
            # "twenty" takes a unit, "two hundred" anything below a hundred.
            if not fits:
                return False
            self.current = rest + number
        elif word == "hundred" and rest < 100 and (rest or self.current is None):  # noqa: PLR2004
            self.current = (rest or 1) * 100
        elif word == "dozen" and (rest or self.current is None):
            self.current = (rest or 1) * 12
        elif word in SCALES and self._takes_scale(SCALES[word]):
            self.total += (rest or 1) * SCALES[word]
            self.current, self.smallest_scale = None, SCALES[word]
        else:
            return False
        self.index += 1
        return True

    def _takes_scale(self, scale: int) -> bool:
        if self.current is None:
            return self.total == 0
        return self.current > 0 and (self.smallest_scale is None or scale < self.smallest_scale)

    def _ordinal(self, start: int) -> tuple[Decimal, int] | None:
        word = self.tokens[start][0]
        if word in EXEMPT_ORDINALS or word not in _ORDINALS or self.index != start:
            return None
        return Decimal(_ORDINALS[word]), start + 1

    def _finish(self) -> tuple[Decimal | None, int]:
        value = self.total + (self.current or 0)
        word = self._word() or ""
        if (value == 1 and word in _PARTS) or (value < 100 and word.endswith("s") and word[:-1] in _PARTS):  # noqa: PLR2004
            return None, self.index + 1
        number = _ORDINALS.get(word)
        rest = self.current or 0
        below = 10 if rest % 100 >= 20 and rest % 10 == 0 else 100 if value and rest % 100 == 0 else 0  # noqa: PLR2004
        if number is None or number >= below or (word in EXEMPT_ORDINALS and not self._is_hyphened()):
            return Decimal(value), self.index
        return Decimal(value + number), self.index + 1

    def _is_hyphened(self) -> bool:
        """Tell "twenty-first" from "twenty first responders"."""
        return self.text[self.tokens[self.index][1] - 1] in "-‐‑"
