"""What a date typed in another shape would be here, where it can be read in one way only."""

from __future__ import annotations

import re
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.dates.advice import LONGEST
from generator.dates.parsing import parse
from generator.dates.when import DateError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MONTHS: Mapping[str, int] = MappingProxyType(
    {
        stem: number
        for number, stems in enumerate(
            (
                "jan янв січ ene gen sty oca", "feb фев лют fév fev lut şub", "mar мар бер mär maa",
                "apr апр кві avr abr kwi nis", "may мая май тра mai maj mag mei", "jun июн чер juin giu cze haz",
                "jul июл лип juil lug lip tem", "aug авг сер aoû aou ago sie ağu", "sep сен вер set wrz eyl",
                "oct окт жов okt ott paź eki", "nov ноя лис lis kas", "dec дек гру déc dez dic gru ara",
            ),
            1,
        )
        for stem in stems.split()
    }
)  # fmt: skip
"""The first letters of the months in English, Russian, Ukrainian, and in other languages of Europe."""

_SEASONS = MappingProxyType({"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24})
_NUMBERS = re.compile(r"(\d{1,4})[-./](\d{1,2})[-./](\d{1,4})", re.ASCII)
_TWO = re.compile(r"(\d{1,4})[-./](\d{1,4})", re.ASCII)
_DAY_FIRST = re.compile(
    r"(?:the )?(\d{1,2})(?:st|nd|rd|th|er)?\.?(?: of| de)?\s+([^\W\d_]{3,12})\.?,?(?: de)?\s+(\d{4})(?:\s*(?:р|г|року|года)\.?)?"
)
_WEEKDAYS: Mapping[str, int] = MappingProxyType(
    {
        name: number
        for number, names in enumerate(
            (
                "monday mon montag lundi lunes понедельник понеділок", "tuesday tue tues dienstag mardi martes вторник вівторок",
                "wednesday wed mittwoch mercredi miércoles среда середа",
                "thursday thu thur thurs donnerstag jeudi jueves четверг четвер",
                "friday fri freitag vendredi viernes пятница п'ятниця п’ятниця", "saturday sat samstag samedi sábado суббота субота",
                "sunday sun sonntag dimanche domingo воскресенье неділя",
            )
        )
        for name in names.split()
    }
)  # fmt: skip
_WEEKDAY = re.compile(r"([^\W\d_]+(?:['’][^\W\d_]+)?)\.?,?\s+(.+)")
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_NAMED = re.compile(r"([^\W\d_]{3,10})\.?,?\s+(?:of )?(\d{4})")
_DECADE = re.compile(r"(\d{3})0['’]?s", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_CLOCK = re.compile(
    r"(.+?)(?:T|(?:,|\s+(?:at|в|о|об|um|à))?\s+)(\d{1,2}):(\d{2})(?::00(?:\.0+)?)?\s*([AaPp]\.?[Mm]\.?)?\s*(Z|UTC|GMT|[+-]\d{2}:\d{2})?"
)
_ABOUT = re.compile(r"(?:circa|ca\.?|c\.?|about|around|approx\.?|~)\s*(\d.*)", re.IGNORECASE)
_SHARED = re.compile(r"(\d{1,2})(?:\s*-\s*|\s+to\s+)(\d{1,2})\.?\s+([^\W\d_]{3,10}\.?,?\s+\d{4})")
_SHARED_BEHIND = re.compile(r"([^\W\d_]{3,10}\.?)\s+(\d{1,2})\s*-\s*(\d{1,2})(,?\s+\d{4})")
_ABRIDGED = re.compile(r"(\d{4}-)(?:(\d{2})/(\d{2})|(\d{2}-)(\d{2})/(\d{2})|(\d{2}-\d{2})/(\d{2}-\d{2}))", re.ASCII)
_ENDS = re.compile(r"\s+-\s+|\s*/\s*|\s+(?:to|until|till|and)\s+|\s*\.\.+\s*|(?<=\d{4}-\d{2}-\d{2})-(?=\d{4})")
_NOON = 12
_LEAD = re.compile(r"^(?:from|between|on|in)\s+", re.IGNORECASE)
_OPEN = re.compile(r"(?P<word>since|until|till)\s+(?P<date>.+)", re.IGNORECASE)


def mend(text: str) -> str | None:
    """Write a date as it is written here; None where it can be read in more ways than one, or in none."""
    if len(text) > LONGEST:
        return None
    plain = re.sub("[\u2010-\u2015\u2212]", "-", text.replace("\u00a0", " ")).strip(" \t\"'“”„«»‘’")
    plain = _LEAD.sub("", " ".join(plain.split()), count=1)
    found = {one for one in _readings(plain) if _is_date(one)}
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
    elif abridged := _ABRIDGED.fullmatch(text):
        parts = [part or "" for part in abridged.groups()]
        ends = [f"{parts[0]}{parts[3]}{one}" for one in filter(None, (*parts[1:3], *parts[4:]))]
    pairs = [ends] if ends else []
    if not (ends or opened or _NUMBERS.fullmatch(text)):
        pairs = [[text[: found.start()], text[found.end() :]] for found in _ENDS.finditer(text)]
    for begin, end in pairs:
        yield from (f"{one}/{other}" for one in _dates(begin) for other in _dates(end))


def _dates(text: str) -> list[str]:
    """List the dates that a text may mean."""
    return list(dict.fromkeys(filter(_is_date, _single(text))))


def _single(text: str) -> Iterator[str]:
    """List what a date that is no interval may mean; not all of it exists."""
    yield text
    about, clock, named = _ABOUT.fullmatch(text), _CLOCK.fullmatch(text), _WEEKDAY.fullmatch(text)
    if named and named[1].lower() in _WEEKDAYS:
        yield from (one for one in _dates(named[2]) if _is_on(one, _WEEKDAYS[named[1].lower()]))
    elif about:
        yield from (f"{one}~" for one in _plain(about[1]))
    elif clock:
        zone = {"UTC": "Z", "GMT": "Z"}.get(clock[5] or "", clock[5] or "")
        yield from (f"{one}T{_hour(clock[2], clock[4])}:{clock[3]}{zone}" for one in _plain(clock[1]))
    else:
        yield from _plain(text)


def _is_on(text: str, weekday: int) -> bool:
    """Tell whether a day is the day of the week that was typed with it; one of the two is wrong otherwise."""
    return bool(re.match(r"\d{4}-\d{2}-\d{2}", text)) and date.fromisoformat(text[:10]).weekday() == weekday


def _hour(hour: str, half: str | None) -> str:
    """Write an hour of the day with two digits, from 00 to 23."""
    if half is None:
        return hour.zfill(2)
    if not 1 <= int(hour) <= _NOON:
        return "XX"  # no such hour, so no date is read
    return f"{int(hour) % _NOON + (_NOON if half[0] in 'Pp' else 0):02}"


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
    return str(_MONTHS.get(name[:4].lower(), _MONTHS.get(name[:3].lower(), 0)))


def _write(year: str, *parts: str) -> str:
    return "-".join([year, *(part.zfill(2) for part in parts)])
