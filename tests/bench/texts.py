"""The sources of a corpus and their stored texts, made around the passages that claims quote."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bench.cast import MOST_PUBLISHED, Picker
from bench.words import to_scalar, to_script

if TYPE_CHECKING:
    from random import Random

    from bench.cast import Cast, Entity
    from bench.words import Vocabulary

FIRST_DAY = date(2019, 1, 1)
DAYS = 2_000
MOST_SENTENCES = 40
LEAST_SENTENCES = 12
_GENRES = ("news",) * 12 + ("wire", "wire", "statement", "transcript", "document", "post")
_WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Friday"),
    "ru": ("понедельник", "вторник", "пятница"),
    "uk": ("понеділок", "вівторок", "субота"),
}
_UNITS = {"en": "crates", "ru": "ящиков", "uk": "ящиків"}


@dataclass(slots=True)
class Slot:
    """A passage that is quoted. `words` and `prefix` are known once the text is made."""

    figures: tuple[str, ...] = ()
    is_repeated: bool = False
    date_words: str = ""
    words: str = ""
    prefix: str = ""


@dataclass(slots=True)
class Source:
    """One source; a reprint has the text and the passages of `base`."""

    id: str
    outlet: Entity
    day: date
    language: str
    genre: str
    stored: str
    publish: str
    title: str
    base: Source | None = None
    slots: list[Slot] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    text: str = ""

    @property
    def path(self) -> str:
        """Its file below the root."""
        return f"content/sources/{self.day:%Y/%m}/{self.id}.md"

    @property
    def origin(self) -> Source:
        """The source whose text this is."""
        return self.base or self


def make_sources(random: Random, vocabulary: Vocabulary, cast: Cast, count: int) -> list[Source]:
    """Make up so many sources, in order of their days, without texts."""
    outlets = Picker(random, cast.members["outlet"], MOST_PUBLISHED)
    sources: list[Source] = []
    taken = set[str]()
    for index in range(count):
        day = FIRST_DAY + timedelta(days=index * DAYS // count)
        outlet = outlets.pick()
        one = first = f"{outlet.id}-{day}"
        number = 1
        while one in taken:
            number += 1
            one = f"{first}-{number}"
        taken.add(one)
        draw = random.random()
        language = "uk" if draw < 0.04 else "ru" if draw < 0.08 else "en"
        title = " ".join(vocabulary.draw(random.randint(5, 9))).capitalize()
        source = Source(
            one,
            outlet,
            day,
            language,
            random.choice(_GENRES),
            "excerpt" if random.random() < 0.12 else "whole",
            random.choices(("excerpts", "full", "none"), (82, 16, 2))[0],
            to_script(title.lower(), language).capitalize(),
        )
        if index and random.random() < 0.03:
            base = sources[max(0, index - random.randint(1, 5))].origin
            if base.outlet is not outlet and base.genre in ("news", "wire"):
                source.base, source.language, source.genre, source.publish = base, base.language, "news", base.publish
                source.stored = base.stored
        sources.append(source)
    return sources


def quote_from(random: Random, source: Source, figures: tuple[str, ...] = ()) -> Slot:
    """Take a passage of a source to be quoted: a new one, or, more and more, one that another claim quotes too."""
    slots = source.origin.slots
    plain = [slot for slot in slots if not slot.figures]
    if not figures and plain and random.random() < max(0.15, len(slots) / MOST_SENTENCES):
        return random.choice(plain)
    slot = Slot(figures, is_repeated=not figures and random.random() < 0.02)
    slots.append(slot)
    return slot


def write_text(random: Random, vocabulary: Vocabulary, source: Source) -> None:
    """Make the text around its passages, each of them once in it or told apart by the words before it."""
    while True:
        _compose(random, vocabulary, source)
        text = source.text.lower()
        if all(text.count(f"{slot.prefix} {slot.words}".strip().lower()) == 1 for slot in source.slots):
            return


def _compose(random: Random, vocabulary: Vocabulary, source: Source) -> None:
    slots, language = source.slots, source.language
    count = max(LEAST_SENTENCES, len(slots) + random.randint(2, 6), round(len(slots) * random.uniform(1.1, 1.5)))
    sentences = [_quoted(random, vocabulary, slot, language) for slot in slots]
    source.skipped = []
    for index in range(min(count, max(MOST_SENTENCES, len(slots))) - len(slots)):
        words = vocabulary.draw(random.randint(8, 20))
        again = next((slot for slot in slots[index : index + 1] if slot.is_repeated), None)
        sentence = _end(to_script(" ".join(words), language).split())
        if again is not None:
            sentence = f"{sentence[:-1]} {again.words}."
        elif random.random() < 0.4:
            source.skipped.append(sentence[:-1])
        sentences.append(sentence)
    for slot in slots[max(0, len(sentences) - len(slots)) :]:
        if slot.is_repeated:
            slot.is_repeated, slot.prefix = False, ""
    random.shuffle(sentences)
    paragraphs, start = [], 0
    while start < len(sentences):
        size = random.randint(2, 6)
        mark = random.random()
        if mark < 0.04:
            paragraphs.append(f"## {to_script(' '.join(vocabulary.draw(4)), language).capitalize()}")
        paragraphs.append(("> " if mark > 0.95 else "") + " ".join(sentences[start : start + size]))
        start += size
    source.text = "\n\n".join(paragraphs) + "\n"


def _quoted(random: Random, vocabulary: Vocabulary, slot: Slot, language: str) -> str:
    """Make a sentence of which less than half is quoted."""
    inner = random.randint(5, 9)
    before = random.randint(2, 6)
    after = max(1, inner + len(slot.figures) * 2 - before) + random.randint(0, 4)
    words = [to_script(word, language) for word in vocabulary.draw(inner + before + after)]
    quoted = words[before : before + inner]
    for figure in slot.figures:
        quoted[2:2] = [figure, _UNITS[language]]
    if random.random() < 0.15:
        slot.date_words = random.choice(_WEEKDAYS[language])
        quoted.insert(1, slot.date_words)
    if random.random() < 0.2:
        quoted[-3] += ","
    slot.words = " ".join(quoted)
    slot.prefix = " ".join(words[max(1, before - 3) : before]) if slot.is_repeated else ""
    return _end([*words[:before], slot.words, *words[before + inner :]])


def _end(words: list[str]) -> str:
    text = " ".join(words)
    return f"{text[0].upper()}{text[1:]}."


def write_source(random: Random, source: Source) -> str:
    """Write the file of a source: its fields and its text."""
    accessed = source.day + timedelta(days=random.randint(0, 30))
    lines = [f"title: {to_scalar(source.title)}", f"outlet: {source.outlet.id}"]
    lines += [
        f"published: {source.day}",
        f"accessed: {accessed}",
        f"url: https://{source.outlet.id}.example/{source.id}",
    ]
    if random.random() < 0.7:
        lines.append(f"archived: https://archive.example/{source.id}")
    lines += [f"language: {source.language}", f"genre: {source.genre}"]
    lines += [f"stored: {source.stored}", f"publish: {source.publish}"]
    if source.base is not None:
        lines.append(f"reprints: [{source.base.id}]")
    skipped = source.origin.skipped
    if skipped:
        lines.append("skipped:")
        lines += [f"  - {{quote: {to_scalar(words)}, why: Nothing in it can be checked.}}" for words in skipped]
    return "\n".join(["---", *lines, "---", "", source.origin.text])
