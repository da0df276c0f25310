"""Dates put into words for readers, no more precise than they were typed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.dates.parsing import Unit, read_unit, split_interval, zone_minutes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from generator.dates.when import When

Seasons = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one language; `seasons_after` is the form after "about", "from" and "until"."""

    about: str
    uncertain: str
    until: str
    since: str
    start_unknown: str
    end_unknown: str
    seasons: Seasons
    seasons_after: Seasons
    decade: str


_ENGLISH = _Words(
    about="about",
    uncertain="uncertain",
    until="until",
    since="from",
    start_unknown="start unknown",
    end_unknown="end unknown",
    seasons=("spring", "summer", "autumn", "winter"),
    seasons_after=("spring", "summer", "autumn", "winter"),
    decade="{}s",
)
_WORDS: Mapping[str, _Words] = MappingProxyType(
    {
        "en": _ENGLISH,
        "ru": _Words(
            about="около",
            uncertain="под вопросом",
            until="до",
            since="с",
            start_unknown="начало неизвестно",
            end_unknown="конец неизвестен",
            seasons=("весна", "лето", "осень", "зима"),
            seasons_after=("весны", "лета", "осени", "зимы"),
            decade="{}-е",
        ),
        "uk": _Words(
            about="близько",
            uncertain="під питанням",
            until="до",
            since="з",
            start_unknown="початок невідомий",
            end_unknown="кінець невідомий",
            seasons=("весна", "літо", "осінь", "зима"),
            seasons_after=("весни", "літа", "осені", "зими"),
            decade="{}-ті",
        ),
    }
)


@lru_cache(maxsize=1 << 13)  # most dates stand on many pages
def humanize(when: When, locale: str = "en") -> str:
    """Put a date into words: "22 May 2025", "about 2023", "23–25 May 2025", "from 23 May 2025".

    Args:
        when: The date.
        locale: A BCP 47 tag. English, Russian and Ukrainian have words here; other languages get English.
    """
    language = locale.replace("_", "-").split("-")[0].lower()
    speech = _Speech(language if language in _WORDS else "en")
    if "/" not in when.text:
        return speech.say(read_unit(when.text))
    first, last = split_interval(when.text)
    if first and last:
        return speech.join(first, last)
    start, end = when.text.split("/")
    if last:
        return speech.say(last, speech.words.until) + (f" ({speech.words.start_unknown})" if not start else "")
    return (speech.say(first, speech.words.since) if first else "") + (
        f" ({speech.words.end_unknown})" if not end else ""
    )


@dataclass(frozen=True, slots=True)
class _Speech:
    """One language, with its words and the month names that Babel knows."""

    language: str

    @property
    def words(self) -> _Words:
        return _WORDS[self.language]

    def say(self, unit: Unit, preposition: str = "") -> str:
        """Say one date, after a preposition where there is one."""
        about = self.words.about if unit.mark in {"~", "%"} else ""
        said = " ".join(filter(None, (preposition, about, self._name(unit, after=bool(preposition or about)))))
        return f"{said} ({self.words.uncertain})" if unit.mark in {"?", "%"} else said

    def join(self, first: Unit, last: Unit) -> str:
        """Say an interval, without repeating the month and year that both ends share."""
        if first.text == last.text:
            return self.say(first)
        if not (first.mark or last.mark) and first.precision == last.precision and first.year == last.year:
            if first.precision == "day" and first.month == last.month:
                return f"{first.day}–{self.say(last)}"
            if first.precision == "day":
                return f"{_format(first.first, 'd MMMM', self.language)} – {self.say(last)}"
            if first.precision == "month":
                return f"{_format(first.first, 'LLLL', self.language)}–{self.say(last)}"
        dash = "–" if first.text.isdigit() and last.text.isdigit() else " – "
        return f"{self.say(first)}{dash}{self.say(last)}"

    def _name(self, unit: Unit, *, after: bool) -> str:
        year = unit.first.year
        if unit.precision in {"day", "minute"}:
            day = _format(unit.first, "d MMMM", self.language) + f" {year}"
            return f"{day}, {_clock(unit.clock)}" if unit.clock else day
        if unit.precision == "month":
            # Slavic month names stand in the genitive after a preposition and in the nominative alone.
            return _format(unit.first, "MMMM" if after else "LLLL", self.language) + f" {year}"
        if unit.precision == "season":
            season = (unit.month or 21) - 21
            name = (self.words.seasons_after if after else self.words.seasons)[season]
            return f"{name} {year}–{(year + 1) % 100:02}" if unit.last.year > year else f"{name} {year}"
        if unit.precision == "interval":
            return self._unknown_digits(unit)
        return str(year)

    def _unknown_digits(self, unit: Unit) -> str:
        century = unit.text.count("X") > 1
        return f"{unit.first.year}–{unit.last.year}" if century else self.words.decade.format(unit.first.year)


def _format(day: date, pattern: str, language: str) -> str:
    from babel.dates import format_date  # noqa: PLC0415 - takes 20 ms, and a check that finds nothing says no date

    return format_date(day, pattern, locale=language)


def _clock(clock: str) -> str:
    ahead = zone_minutes(clock)
    time = clock[: 8 if clock[5:6] == ":" else 5]
    if ahead is None:
        return time
    hours, minutes = divmod(abs(ahead), 60)
    sign = "−" if ahead < 0 else "+"
    return f"{time} (UTC{sign}{hours}{f':{minutes:02}' if minutes else ''})" if ahead else f"{time} (UTC)"
