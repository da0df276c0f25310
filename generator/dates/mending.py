"""What a date typed in another shape would be here, where it can be read in one way only."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.dates.parsing import parse
from generator.dates.when import DateError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MONTHS: Mapping[str, int] = MappingProxyType(
    {
        stem: number
        for number, stems in enumerate(
            (
                "jan янв січ", "feb фев лют", "mar мар бер", "apr апр кві", "may мая май тра", "jun июн чер",
                "jul июл лип", "aug авг сер", "sep сен вер", "oct окт жов", "nov ноя лис", "dec дек гру",
            ),
            1,
        )
        for stem in stems.split()
    }
)  # fmt: skip
"""The first three letters of the months in English, Russian and Ukrainian."""

_SEASONS = MappingProxyType({"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24})
_NUMBERS = re.compile(r"(\d{1,4})[-./](\d{1,2})[-./](\d{1,4})", re.ASCII)
_TWO = re.compile(r"(\d{1,4})[-./](\d{1,4})", re.ASCII)
_DAY_FIRST = re.compile(
    r"(?:the )?(\d{1,2})(?:st|nd|rd|th)?\.?(?: of)?\s+([^\W\d_]{3,10})\.?,?\s+(\d{4})(?:\s*(?:р|г|року|года)\.?)?"
)
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_NAMED = re.compile(r"([^\W\d_]{3,10})\.?,?\s+(?:of )?(\d{4})")
_DECADE = re.compile(r"(\d{3})0['’]?s", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_CLOCK = re.compile(r"(.+?)(?:T|(?:,|\s+at)?\s+)(\d{1,2}:\d{2})\s*(Z|UTC|GMT|[+-]\d{2}:\d{2})?", re.ASCII)
_ABOUT = re.compile(r"(?:circa|ca\.?|c\.?|about|around|approx\.?|~)\s*(\d.*)", re.IGNORECASE)
_SHARED = re.compile(r"(\d{1,2})\s*-\s*(\d{1,2})\.?\s+([^\W\d_]{3,10}\.?,?\s+\d{4})")
_SHARED_BEHIND = re.compile(r"([^\W\d_]{3,10}\.?)\s+(\d{1,2})\s*-\s*(\d{1,2})(,?\s+\d{4})")
_ENDS = re.compile(r"\s+-\s+|\s*/\s*|\s+(?:to|until|till|and)\s+|\s*\.\.+\s*|(?<=\d{4}-\d{2}-\d{2})-(?=\d{4})")
_LEAD = re.compile(r"(?:from|between|on|in)\s+", re.IGNORECASE)
_OPEN = re.compile(r"(?P<word>since|until|till)\s+(?P<date>.+)", re.IGNORECASE)


def mend(text: str) -> str | None:
    """Write a date as it is written here; None where it can be read in more ways than one, or in none."""
    plain = re.sub("[\u2010-\u2015\u2212]", "-", text.replace("\u00a0", " ")).strip(" \t\"'“”„«»‘’")
    plain = _LEAD.sub("", " ".join(plain.split()), count=1)
    found = {date for date in _readings(plain) if _is_date(date)}
    return found.pop() if len(found) == 1 else None


def _is_date(text: str) -> bool:
    try:
        parse(text)
    except DateError:
        return False
    return True


def _readings(text: str) -> Iterator[str]:
    yield from _single(text)
    shared, behind, opened = _SHARED.fullmatch(text), _SHARED_BEHIND.fullmatch(text), _OPEN.fullmatch(text)
    ends: list[str] = []
    if shared:
        ends = [f"{shared[1]} {shared[3]}", f"{shared[2]} {shared[3]}"]
    elif behind:
        ends = [f"{behind[1]} {behind[2]}{behind[4]}", f"{behind[1]} {behind[3]}{behind[4]}"]
    elif opened:
        since = opened["word"].lower() == "since"
        yield from (f"{one}/.." if since else f"../{one}" for one in _single(opened["date"]))
    elif not _NUMBERS.fullmatch(text):
        ends = _ENDS.split(text)
    if len(ends) == 2:  # noqa: PLR2004 - an interval has two ends
        first, last = (list(dict.fromkeys(filter(_is_date, _single(end)))) for end in ends)
        yield from (f"{one}/{other}" for one in first for other in last)


def _single(text: str) -> Iterator[str]:
    """List what a date that is no interval may mean; not all of it exists."""
    yield text
    about, clock = _ABOUT.fullmatch(text), _CLOCK.fullmatch(text)
    if about:
        yield from (f"{one}~" for one in _plain(about[1]))
    elif clock:
        zone = {"UTC": "Z", "GMT": "Z"}.get(clock[3] or "", clock[3] or "")
        yield from (f"{one}T{clock[2].zfill(5)}{zone}" for one in _plain(clock[1]))
    else:
        yield from _plain(text)


def _plain(text: str) -> Iterator[str]:
    if re.fullmatch(r"\d{4}(-\d{2}){0,2}", text, re.ASCII):
        yield text
    yield from _in_figures(text)
    if found := _DAY_FIRST.fullmatch(text):
        yield _write(found[3], _month(found[2]), found[1])
    elif found := _MONTH_FIRST.fullmatch(text):
        yield _write(found[3], _month(found[1]), found[2])
    elif found := _NAMED.fullmatch(text):
        season = _SEASONS.get(found[1].lower())
        yield f"{found[2]}-{season}" if season else _write(found[2], _month(found[1]))


def _in_figures(text: str) -> Iterator[str]:
    if found := _NUMBERS.fullmatch(text):
        first, middle, last = found.groups()
        if len(first) == 4:  # noqa: PLR2004 - a year
            yield _write(first, middle, last)
        elif len(last) == 4:  # noqa: PLR2004
            yield from (_write(last, middle, first), _write(last, first, middle))
    elif found := _TWO.fullmatch(text):
        yield from (_write(found[1], found[2]), _write(found[2], found[1]))
    elif found := _COMPACT.fullmatch(text):
        yield _write(*found.groups())
    elif found := _DECADE.fullmatch(text):
        yield f"{found[1]}X"


def _month(name: str) -> str:
    return str(_MONTHS.get(name[:3].lower(), 0))


def _write(year: str, *parts: str) -> str:
    return "-".join([year, *(part.zfill(2) for part in parts)])
