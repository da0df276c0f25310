"""Advice for an editor who typed a date in another shape: what is wrong, and how it would be written here."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLES = "write a date like 2025-05-22, 2025-05, 2025, 2023~ (about) or 2025-05-23/2025-05-25"
LONGEST = 100
"""Characters; what is longer is no slip of somebody who typed a date."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY_NAME_YEAR = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})", re.ASCII)
_NAME_DAY_YEAR = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.ASCII)
_NAME_YEAR = re.compile(r"([A-Za-z]{3,9})\.?,?\s+(\d{4})", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})", re.ASCII)
_YEAR_MONTH = re.compile(r"(\d{4})[-./](\d{1,2})", re.ASCII)
_MONTH_YEAR = re.compile(r"(\d{1,2})[-./](\d{4})", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_ABOUT = re.compile(r"(?:c\.?|ca\.?|circa|about|around|~)\s*(\d{4}(?:-\d{2}){0,2})", re.ASCII | re.IGNORECASE)
_TWO_MARKS = re.compile(r"(\d{4}(?:-\d{2}){0,2})(?:~\?|\?~)", re.ASCII)
_DECADE = re.compile(r"(\d{3})0'?s", re.ASCII)
_SPACE_CLOCK = re.compile(r"(\d{4}-\d{2}-\d{2})\s+(\d{2}:\d{2})\s*(\S*)", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}[-./]\d{1,2}[-./]\d{2}", re.ASCII)
_DAY_NAME = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)?\.?\s+[A-Za-z]{3,9}\.?|[A-Za-z]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?", re.ASCII
)
_UNKNOWN = frozenset(
    {
        "~", "?", "??", "???", "-", "--", "n/a", "na", "none", "null", "nil", "unknown", "undated", "tbd", "tba",
        "todo", "x", "no"
    }
)  # fmt: skip
_SPOKEN = frozenset(
    {
        "today", "yesterday", "tomorrow", "now", "recently", "lately", "monday", "tuesday", "wednesday",
        "thursday", "friday", "saturday", "sunday"
    }
)  # fmt: skip
_MARKS = "\"'“”„«»‘’"


def advise(text: str) -> str:
    """Explain how to write a date that could not be read; never repeats more than a few characters of it."""
    if not text.strip():
        return f"the date is empty: {EXAMPLES}"
    if len(text) > LONGEST:
        return f"this is not a date that can be read: {EXAMPLES}"
    if text != text.strip():
        return "there are spaces around the date: take them out"
    for say in _ADVICE:
        said = say(text)
        if said:
            return said
    return f"this is not a date that can be read: {EXAMPLES}"


def _swap_dashes(text: str) -> str | None:
    plain = re.sub("[\u2010-\u2015\u2212]", "-", text)
    if plain != text and (said := _range(re.sub(r"\s*-\s*", "-", plain) if plain.count("-") == 1 else plain)):
        return said
    return "use the plain hyphen from the keyboard between the numbers: 2025-05-22" if plain != text else None


def _compact(text: str) -> str | None:
    found = _COMPACT.fullmatch(text)
    example = found and _iso(found[1], found[2], found[3])
    return f"put hyphens between year, month and day: {example or '2025-05-22'}" if found else None


def _year_last(text: str) -> str | None:
    found = _YEAR_LAST.fullmatch(text)
    if not found:
        return None
    readings = {_iso(found[3], found[2], found[1]), _iso(found[3], found[1], found[2])} - {None}
    return f"write the year first: {' or '.join(sorted(filter(None, readings))) or '2025-05-22'}"


def _year_first(text: str) -> str | None:
    found = _YEAR_FIRST.fullmatch(text)
    example = found and _iso(found[1], found[2], found[3])
    return f"write hyphens and two digits for month and day: {example or '2025-05-22'}" if found else None


def _year_month(text: str) -> str | None:
    found = _YEAR_MONTH.fullmatch(text)
    if found and 1 <= int(found[2]) <= 12:  # noqa: PLR2004
        return f"write hyphens and two digits for the month: {found[1]}-{int(found[2]):02}"
    found = _MONTH_YEAR.fullmatch(text)
    if found and 1 <= int(found[1]) <= 12:  # noqa: PLR2004
        return f"write the year first: {found[2]}-{int(found[1]):02}"
    return None


def _in_words(text: str) -> str | None:
    found = _DAY_NAME_YEAR.fullmatch(text)
    year, name, day = (found[3], found[2], found[1]) if found else ("", "", "")
    found = _NAME_DAY_YEAR.fullmatch(text)
    year, name, day = (found[3], found[1], found[2]) if found else (year, name, day)
    month = _month(name)
    if month:
        return f"write the date in figures, the year first: {_iso(year, str(month), day) or '2025-05-22'}"
    found = _NAME_YEAR.fullmatch(text)
    month = _month(found[1]) if found else None
    return f"write the date in figures, the year first: {found[2]}-{month:02}" if found and month else None


def _marks(text: str) -> str | None:
    about, both, decade = _ABOUT.fullmatch(text), _TWO_MARKS.fullmatch(text), _DECADE.fullmatch(text)
    if about:
        return f"write ~ after the date for 'about': {about[1]}~"
    if both:
        return f"write % for 'about, and uncertain': {both[1]}%"
    return f"write X for a digit that is not known: {decade[1]}X" if decade else None


def _unknown_digits(text: str) -> str | None:
    if re.fullmatch(r"[0-9Xx/~?%.-]+", text) and "x" in text.lower():
        return "write X as a capital letter, and for the whole of the last parts only: 2023-06-XX, 2023-XX or 202X"
    return None


def _clock(text: str) -> str | None:
    found = _SPACE_CLOCK.fullmatch(text)
    if found:
        zone = "" if found[3] else ", and behind it the time zone where it is known, as in 13:33+03:00"
        return f"write T between the day and the clock time: {found[1]}T{found[2]}{found[3][:6]}{zone}"
    return None


def _range(text: str) -> str | None:
    if text.count("/") > 1:
        return "an interval has two ends and one slash: 2025-05-23/2025-05-25"
    if re.fullmatch(r"\S+ ?(?:-|to|until|\.\.+) ?\S+", text) and re.search(r"\d{4}-\d{2}.*\d{4}", text, re.ASCII):
        return "write an interval with a slash and no spaces: 2025-05-23/2025-05-25"
    return None


def _season(text: str) -> str | None:
    if re.fullmatch(r"(?:spring|summer|autumn|fall|winter),?\s+(?:of\s+)?\d{4}", text, re.ASCII | re.IGNORECASE):
        return "seasons have numbers, from 21 (spring) to 24 (winter): 2025-21"
    return None


def _since(text: str) -> str | None:
    if re.match(r"since\s", text, re.IGNORECASE):
        return "write a slash and two dots behind the day it begins: 2025-05-22/.."
    if re.match(r"(?:until|till)\s", text, re.IGNORECASE):
        return "write two dots and a slash in front of the day it ends: ../2025-05-22"
    return None


def _not_known(text: str) -> str | None:
    if text.lower().rstrip(".") in _UNKNOWN:
        return f"“{text}” is no date; where the date is not known, leave the whole line out"
    return None


def _spoken(text: str) -> str | None:
    words = text.lower().split()
    if words and (words[0] in _SPOKEN or words[-1] in _SPOKEN or words[0] in {"last", "next", "this"}):
        return "readers come on another day: write the date itself, like 2025-05-22"
    return None


def _short_year(text: str) -> str | None:
    return "write the year with four digits, and first: 2025-05-22" if _SHORT_YEAR.fullmatch(text) else None


def _no_year(text: str) -> str | None:
    found = _DAY_NAME.fullmatch(text)
    name = re.search("[A-Za-z]{3,}", text)
    if found and name and _month(name[0]):
        return "the year is missing: write the date in figures, the year first, like 2025-05-22"
    return None


def _in_marks(text: str) -> str | None:
    return "write the date without quotation marks around it: 2025-05-22" if text != text.strip(_MARKS) else None


def _serial(text: str) -> str | None:
    if re.fullmatch(r"[34]\d{4}", text, re.ASCII):
        day = date(1899, 12, 30) + timedelta(days=int(text))
        return f"this looks like Excel's number for a day, which would be {day}: write the date itself, like 2025-05-22"
    return None


def _weekday(text: str) -> str | None:
    named = re.match(r"([A-Za-z]+day),?\s", text)
    if named and named[1].lower() in _SPOKEN and re.search(r"\d{4}", text):
        return "leave out the day of the week, and look whether it is right: 2025-05-22"
    return None


def _far_years(text: str) -> str | None:
    if re.fullmatch(r"(?:Y-?|-)[0-9]{4,}.*", text, re.DOTALL):
        return "years go from 0001 to 9999"
    return None


def _month(name: str) -> int | None:
    start = name[:3].lower()
    return _MONTHS.index(start) + 1 if start in _MONTHS else None


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


_ADVICE: tuple[Callable[[str], str | None], ...] = (
    _not_known,
    _weekday,
    _spoken,
    _in_marks,
    _season,
    _since,
    _swap_dashes,
    _serial,
    _compact,
    _year_last,
    _year_first,
    _year_month,
    _in_words,
    _marks,
    _unknown_digits,
    _short_year,
    _no_year,
    _clock,
    _range,
    _far_years,
)
