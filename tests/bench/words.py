"""Made-up words of a seeded vocabulary, drawn as words are in a language: a few often, most hardly ever (Zipf's law)."""

from __future__ import annotations

import json
import re
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

SIZE = 8_000
_FLATTENED = 2.7  # Mandelbrot's addition to Zipf's law: the first words are not that frequent
_ONSETS = ("b", "br", "d", "dr", "f", "g", "gr", "h", "k", "kl", "l", "m", "n", "p", "pr", "r", "s", "st", "t", "tr", "v", "z")  # fmt: skip
_VOWELS = ("a", "e", "i", "o", "u", "a", "e", "o", "y")
_CODAS = (*("",) * 12, "l", "m", "n", "r", "s", "t", "k", "nd")
# Numbers, months and what stands for missing words are read by the build, so no made-up word is one of them.
_READ = frozenset(
    ("ten", "tens", "zero", "dozen", "dozens", "million", "billion", "few", "half", "may", "mar", "jan", "jun", "jul", "sep",
     "dec", "mid", "late", "tbd", "todo", "sotni", "tis", "tys", "no", "not", "nor", "never", "none", "non", "on", "of", "to", "in")
)  # fmt: skip
_RUSSIAN = str.maketrans("abdefghiklmnoprstuvyz", "абдефгхиклмнопрстувыз")
_UKRAINIAN = str.maketrans("abdefghiklmnoprstuvyz", "абдефгхіклмнопрстувиз")
SCRIPTS = {"en": None, "ru": _RUSSIAN, "uk": _UKRAINIAN}
_PLAIN = re.compile(r"[^\W\d_][\w ]*(?:[.'’-][\w ]+)*\.?")


class Vocabulary:
    """Words that nobody uses, the same ones for the same seed."""

    def __init__(self, random: Random) -> None:
        self._random = random
        words: dict[str, None] = {}
        while len(words) < SIZE:
            word = "".join(self._syllable() for _ in range(self._count_syllables(len(words))))
            if len(word) > 1 and word not in _READ:
                words[word] = None
        self.words = tuple(words)
        self._odds = list(accumulate(1 / (rank + _FLATTENED) for rank in range(SIZE)))

    def _syllable(self) -> str:
        pick = self._random.choice
        return pick(_ONSETS) + pick(_VOWELS) + pick(_CODAS)

    def _count_syllables(self, rank: int) -> int:
        """Frequent words are short."""
        return self._random.choice((1, 1, 2) if rank < 150 else (2, 2, 3) if rank < 2_000 else (2, 3, 3, 4))

    def draw(self, count: int) -> list[str]:
        """Draw words as a text has them."""
        return self._random.choices(self.words, cum_weights=self._odds, k=count)

    def draw_rare(self) -> str:
        """Draw a word that few texts have, for a name."""
        return self._random.choice(self.words[500:])


def to_script(text: str, language: str) -> str:
    """Write Latin letters as the language does."""
    letters = SCRIPTS[language]
    return text.translate(letters) if letters else text


def to_scalar(text: str) -> str:
    """Write a text as a YAML scalar that may stand anywhere, between braces too."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def to_flow(items: Sequence[str]) -> str:
    """Write scalars as a YAML list on one line."""
    return f"[{', '.join(items)}]"
