"""Dates: what is typed is read or refused with advice, bounds are in order, and the edtf package agrees."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from itertools import permutations
from typing import TYPE_CHECKING

import edtf
from hypothesis import strategies as st

from generator.dates import DateError, When, humanize, is_before, overlaps, parse, parse_day, sort_key, years
from generator.dates.mending import mend
from hostile.fuzz.laws import as_text, hold

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = ("en", "ru", "uk")
_LONGEST = 60  # characters that the slow package is asked about


def target(data: bytes) -> None:
    """Read dates, parted by `|`, and hold them and each pair of them to their laws."""
    texts = as_text(data).split("|")[:3]
    found = [when for text in texts if (when := _read(text)) is not None]
    for one, other in permutations(found, 2):
        _check_pair(one, other)


def _read(text: str) -> When | None:
    said = mend(text)
    try:
        when = parse(text)
    except DateError as error:
        _check_refusal(error, text)
        hold("a mended date can be read", said is None or parse(said), said)
        return None
    hold("a date that can be read needs no mending", said in (None, text), said)
    _check(when, text)
    return when


def _check_refusal(error: DateError, text: str) -> None:
    told = str(error)
    hold("a refusal says something, on one line", told.strip() and "\n" not in told, told)
    hold("a refusal repeats little of what was typed", len(told) < 400 or len(text) < 100, told)


def _check(when: When, text: str) -> None:
    hold("the text stays as typed", when.text == text, when)
    hold("a date is bounded on one side at least", when.earliest or when.latest, when)
    hold("bounds are in order", not (when.earliest and when.latest) or when.earliest <= when.latest, when)
    hold("a date is read again as it was", parse.__wrapped__(text) == when, when)
    hold("a date is not before itself", not is_before(when, when) and overlaps(when, when), when)
    hold("a clock time makes a minute", (when.precision == "minute") == (when.clock is not None), when)
    touched = years(when)
    hold("the years of a date are those from its first to its last", touched and touched == tuple(range(touched[0], touched[-1] + 1)), when)  # fmt: skip
    hold("a key is made of what sorts", sort_key(when) == sort_key(parse(text)), when)
    hold("the edtf package finds the same days", agrees(text) is not False, when)
    for language in LANGUAGES:
        hold("a date can be said", humanize(when, language).strip(), when)
    try:
        day = parse_day(text)
    except DateError:
        return
    hold("a single day is itself", day.isoformat() == text, when)


def _check_pair(one: When, other: When) -> None:
    hold("of two dates one is before", not (is_before(one, other) and is_before(other, one)), one, other)
    hold("only equal texts have equal keys", (sort_key(one) == sort_key(other)) == (one.text == other.text), one, other)
    if is_before(one, other) and not (one.clock and other.clock):
        hold("what is before is listed before", sort_key(one) < sort_key(other), one, other)


@lru_cache(maxsize=1 << 13)
def agrees(text: str) -> bool | None:
    """Tell whether the edtf package finds the days in a text that we find; None where it is no judge.

    It is none of what it refuses, of open and unknown ends, and of winters, which it ends with the year.
    """
    if len(text) > _LONGEST or "T" in text or text.endswith(("/", "..")) or text.startswith(("/", "..")):
        return None
    when = parse(text)
    if any("-24" in end[4:7] for end in text.split("/")) or when.earliest is None or when.latest is None:
        return None
    try:
        oracle = edtf.parse_edtf(text)
        lower, upper = oracle.lower_strict()[:3], oracle.upper_strict()[:3]
    except Exception:  # noqa: BLE001 - it falls over some of what it does not know
        return None
    if lower[0] < 1:  # it knows a year 0000
        return None
    return (when.earliest, when.latest) == (date(*lower), date(*upper))


# --- structured inputs ---

_DAYS = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))
_MARKS = st.sampled_from(("", "", "~", "?", "%", "~?"))
_ZONES = st.sampled_from(("", "Z", "+03:00", "-05:30", "+14:00", "+14:01", "-12:00", "-00:00", "+3:00"))
PIECES = (
    "-", "/", "..", "~", "?", "%", "X", "XX", "T", "Z", ":", "+", "0", "1", "2025", "05", "22", "24", "21", "99", "May", "мая",
    "spring", " ", "to", "since ", "until ", "about ", "1990s", "st", ",", ".", "Monday", "12:30", "pm", "–", "“", "|", "c.",
)  # fmt: skip


@st.composite
def _units(draw: st.DrawFn) -> str:
    day = draw(_DAYS)
    year = f"{day.year:04}"
    shapes = [
        f"{day}", f"{year}-{day.month:02}", year, f"{year}-{draw(st.integers(20, 25))}", f"{year}-{day.month:02}-XX", f"{year}-XX",
        f"{year}-XX-XX", f"{year[:3]}X", f"{year[:2]}XX", f"{day.day}.{day.month}.{year}", f"{day.day} May {year}",
        f"{day}T{draw(st.times()):%H:%M}{draw(_ZONES)}", f"{year}-{day.month}-{day.day}",
    ]  # fmt: skip
    return draw(st.sampled_from(shapes)) + draw(_MARKS)


def strategy() -> st.SearchStrategy[bytes]:
    """Draw dates and intervals in all shapes, near misses, and heaps of their pieces; up to three, parted by `|`."""
    ends = st.one_of(_units(), st.sampled_from(("", "..")))
    intervals = st.builds(lambda one, other: f"{one}/{other}", ends, ends)
    heaps = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
    one = st.one_of(_units(), intervals, heaps, st.text(max_size=20))
    return st.lists(one, min_size=1, max_size=3).map(lambda texts: "|".join(texts).encode("utf-8", "replace"))


def seeds() -> Iterator[bytes]:
    """Give dates of every accepted shape, and what editors type instead."""
    yield from (
        b"2025-05-22", b"2025-05", b"2025~", b"2025-21", b"2023-06-XX", b"202X", b"../2025-06-08", b"2025-05-23/..",
        b"2025-05-22T13:33+03:00", b"2025-05-23/2025-05-25%", b"22 May 2025", b"May 22nd, 2025", b"05/06/2025", b"23-25 May 2025",
        b"circa 1990s", b"since 22.05.2025", b"Monday, 5 May 2025 at 3:15 pm", "22 травня 2025 року".encode(), b"2023~|2022|2024-21",
    )  # fmt: skip


WORDS = tuple(piece.encode() for piece in PIECES)
MAX_LEN = 96
INSIDE = ("generator.dates",)
