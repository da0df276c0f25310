"""What stands in one cell or field of a foreign file, as what a record can hold: dates, addresses, text, notes.

Nothing is guessed and nothing is mended that could have been meant otherwise: what cannot be read in one way only is not
read, and a remark says so. The text itself then belongs in the notes of the record.
"""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, TypeAlias

from pydantic import TypeAdapter, ValidationError

from generator import dates
from generator.dates.mending import mend
from generator.dialect import escape, prose_problems
from generator.dialect.escaping import tidy
from generator.documents.nodes import CONTROL
from generator.importers.jsonish import write_compact
from generator.importers.rows import Remark
from generator.records.fields import Language, Line, Prose, Url

if TYPE_CHECKING:
    from generator.importers.jsonish import Json

DateForm: TypeAlias = Literal["day-month-year", "month-day-year", "year-month-day", "excel-days", "edtf"]
"""How the dates of a format or column are written, where that is known and the text alone does not tell."""

_LONGEST_DATE = 100
_NUMBERS = re.compile(r"(?<![\d./-])(\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d{2})(?![\d./-])", re.ASCII)
_DAYS = re.compile(r"(\d{1,7})(?:[.,](\d{1,12}))?", re.ASCII)
_STAMP = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(?::\d{2})?) ?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?", re.ASCII | re.IGNORECASE
)
_FRACTION = re.compile(r"(?<=\d:\d{2}:\d{2})[.,]\d+", re.ASCII)
_SECONDS = re.compile(r"(?<=\d:\d{2}):(\d{2})(?!\d)", re.ASCII)
_MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})T00:00(?::00)?(?:Z|[+-].*)?", re.ASCII)
_SEASON_OR_YEARS = re.compile(r"\d{4}\s?[-/.]\s?2[1-4]", re.ASCII)
_FAR = re.compile(r"-\d{4,}(?:-\d\d){0,2}|[Yy+]-?\d{4,}(?:-\d\d){0,2}|\d{5,}-\d\d(?:-\d\d)?", re.ASCII)
_NO_DATE = "0001-01-01"
_FIRST_SURE_EXCEL_DAY = 61
_ZERO_OF_EXCEL = date(1899, 12, 30)
_LAST_EXCEL_DAY = (date.max - _ZERO_OF_EXCEL).days
_YEARS = range(1000, 2200)
_MINUTES = 24 * 60

_ELEMENTS = (
    "a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div dl "
    "dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd label li main mark nav ol p pre q rb rp rt ruby s "
    "samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr"
)  # fmt: skip
_WITHIN_WORDS = (
    "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark q rb rp rt ruby s samp small span strike strong sub "
    "sup time tt u var wbr"
)
"""The elements of text, and those of them that part no words."""
# A tag ends before the next `<`, so that unclosed ones cost no more than their own length.
_TAG = re.compile(
    rf"</?({'|'.join(sorted(_ELEMENTS.split(), key=len, reverse=True))})(?=[\s/>])(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+>", re.IGNORECASE
)  # fmt: skip
_HUGE_REFERENCE = re.compile(r"&(?=#[0-9]{8}|#[xX][0-9a-fA-F]{8})")
_URL: TypeAdapter[str] = TypeAdapter(Url)
_LINE: TypeAdapter[str] = TypeAdapter(Line)
_PROSE: TypeAdapter[str] = TypeAdapter(Prose)
_LANGUAGE: TypeAdapter[str] = TypeAdapter(Language)


def read_date(text: str, form: DateForm | None = None, field: str = "") -> tuple[str | None, Remark | None]:
    """Read a date as it is written elsewhere.

    Args:
        text: the cell. A blank one gives neither date nor remark.
        form: in which order its numbers stand, where the format or the mapping says so. It never overrides what the text
            itself says: a day written `2020-08-25` or `25 Aug 2020` is that day in every form. `edtf` reads our own
            dates and nothing else.
        field: the field it stands in, for the remark.

    Returns:
        The date in EDTF, or None; and what is to be said of it. `midnight-as-day` comes with a date: a clock time of
        00:00 means in feeds that none was given, so the day is taken as it is printed. All other remarks come without
        one: `date-ambiguous` can be read in more ways than one, `date-out-of-range` lies outside the years 0001 to
        9999, `date-unread` is none that is known. Seconds are kept, fractions of them are not. The first of January of the
        year 1 is unread: programs write it where no date was given.
    """
    plain = " ".join(text.replace("\u00a0", " ").split())
    if not plain:
        return None, None
    if len(plain) > _LONGEST_DATE:
        return None, Remark("date-unread", field, text)
    if form == "edtf":
        return (plain, None) if _is_date(plain) else (None, Remark("date-unread", field, text))
    if form == "excel-days" and (days := _DAYS.fullmatch(plain)):
        read = _from_excel(int(days[1]), days[2] or "0")
        return read, None if read else Remark(_why_not_excel(int(days[1])), field, text)
    if _SEASON_OR_YEARS.fullmatch(plain):
        return None, Remark("date-ambiguous", field, text)  # the spring of 2020, or the years 2020 to 2021
    ordered = _put_in_order(plain, form)
    found = _read_sure(ordered) if ordered else None
    if found is None or found.startswith(_NO_DATE):
        return None, Remark(_why_not(plain, form), field, text)
    midnight = _MIDNIGHT.fullmatch(found)
    return (midnight[1], Remark("midnight-as-day", field, text)) if midnight else (found, None)


def _is_date(text: str) -> bool:
    try:
        dates.parse(text)
    except dates.DateError:
        return False
    return True


def _put_in_order(text: str, form: DateForm | None) -> str:
    """Write `25-8-2020` with the year first where the form says which number is which; empty where it is no such day."""
    if form not in {"day-month-year", "month-day-year", "year-month-day"}:
        return text
    pieces, done = [], 0
    for found in _NUMBERS.finditer(text):
        first, _, second, year = found.groups()
        if form == "year-month-day" or len(year) != 4:  # noqa: PLR2004 - a year of two digits could be of any century
            return ""
        day, month = (first, second) if form == "day-month-year" else (second, first)
        one = f"{year}-{month.zfill(2)}-{day.zfill(2)}"
        if not _is_date(one):
            return ""
        pieces += [text[done : found.start()], one]
        done = found.end()
    return "".join((*pieces, text[done:]))


def _read_sure(text: str) -> str | None:
    if _is_date(text):
        return text
    stamp = _STAMP.fullmatch(_FRACTION.sub("", text))
    if stamp:
        zone = (stamp[3] or "").upper()
        zone = "Z" if zone in {"UTC", "GMT"} else f"{zone[:3]}:{zone[-2:]}" if zone[1:] else zone
        one = f"{stamp[1]}T{stamp[2]}{zone}"
        return one if _is_date(one) else None
    seconds = _SECONDS.findall(text)
    if len(seconds) != 1:
        return mend(text)
    found = mend(_SECONDS.sub("", _FRACTION.sub("", text)))
    exact = re.sub(r"(T\d{2}:\d{2})", rf"\g<1>:{seconds[0]}", found) if found and int(seconds[0]) else found
    return exact if exact and _is_date(exact) else None


def _why_not(text: str, form: DateForm | None) -> str:
    if _FAR.fullmatch(text):
        return "date-out-of-range"
    numbers = _NUMBERS.search(text)
    if numbers and len(numbers[4]) == 2:  # noqa: PLR2004
        return "date-ambiguous"
    if numbers and form in {None, "excel-days"}:
        year, one, other = numbers[4], numbers[1].zfill(2), numbers[3].zfill(2)
        return "date-ambiguous" if _is_date(f"{year}-{one}-{other}") and one != other else "date-unread"
    return "date-unread"


def _from_excel(days: int, fraction: str) -> str | None:
    if _why_not_excel(days):
        return None
    minutes = round(int(fraction) * _MINUTES / 10 ** len(fraction))
    day = _ZERO_OF_EXCEL + timedelta(days=min(days + minutes // _MINUTES, _LAST_EXCEL_DAY))
    hours, rest = divmod(minutes % _MINUTES, 60)
    return f"{day.isoformat()}T{hours:02}:{rest:02}" if minutes % _MINUTES else day.isoformat()


def _why_not_excel(days: int) -> str:
    """Say why a number stands for no day: Excel counts a 29 February 1900, LibreOffice does not; 2020 is rather a year."""
    if days > _LAST_EXCEL_DAY:
        return "date-out-of-range"
    return "date-ambiguous" if days < _FIRST_SURE_EXCEL_DAY or days in _YEARS else ""


def read_url(text: str, field: str = "") -> tuple[str | None, Remark | None]:
    """Read an address as records hold it; white space around it is no part of it, and nothing else is mended.

    Returns:
        The address, or None with the remark `url-refused`; None without one where there is nothing.
    """
    address = text.strip()
    if not address:
        return None, None
    try:
        return _URL.validate_python(address), None
    except ValidationError:
        return None, Remark("url-refused", field, text)


def read_language(text: str) -> str | None:
    """Read a language tag (BCP 47) as records hold it; None where it is none. `und`, `mul` and `zxx` name no language."""
    tag = text.strip().replace("_", "-")
    try:
        return _LANGUAGE.validate_python(tag) if tag.lower() not in {"und", "mul", "zxx"} else None
    except ValidationError:
        return None


def plain_text(text: str) -> str:
    """Give the text of a field that may be HTML, on one line, as a reader sees it.

    Comments are left out, tags of formatting too, and character references are read once. What is no tag of HTML's text
    (`<script>`, `x<y`) stays text. Invisible control characters are left out; `has_control` tells whether there are any.
    """
    kept = _TAG.sub(_blank_for, _cut_comments(text)) if "<" in text else text
    read = html.unescape(_HUGE_REFERENCE.sub("&amp;", kept)) if "&" in kept else kept
    return tidy(CONTROL.sub(lambda found: " " if found[0].isspace() else "", read))


def _blank_for(tag: re.Match[str]) -> str:
    return "" if tag[1].lower() in _WITHIN_WORDS.split() else " "


def _cut_comments(text: str) -> str:
    pieces, done = [], 0
    while (start := text.find("<!--", done)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        pieces.append(text[done:start])
        done = end + 3
    return "".join((*pieces, text[done:]))


def has_markup(text: str) -> bool:
    """Tell whether a text holds tags or comments that `plain_text` leaves out."""
    return "<" in text and (_TAG.search(text) is not None or _cut_comments(text) != text)


def has_control(text: str) -> bool:
    """Tell whether a text holds invisible control characters that no content may hold."""
    return CONTROL.search(text) is not None


def has_words(text: str) -> bool:
    """Tell whether a text has a letter or digit: a blank or a dash is no text."""
    return any(map(str.isalnum, text))


def write_prose(text: str) -> str | None:
    """Write plain text as inline Markdown that shows exactly this text.

    Returns:
        The Markdown, for a field of prose (`says`, `finding`, `summary`); None where it is too long for one, or has no words.
    """
    written = escape(text)
    try:
        _PROSE.validate_python(written)
    except ValidationError:
        return None
    return None if prose_problems(written) else written


def write_line(text: str) -> str | None:
    """Write plain text for a field of one short line (`title`, `name`, `unnamed`), which holds no Markdown.

    Returns:
        The line; None where it is too long for one, or has no words.
    """
    line = tidy(CONTROL.sub(lambda found: " " if found[0].isspace() else "", text))
    try:
        return _LINE.validate_python(line)
    except ValidationError:
        return None


def note(field: str, value: Json) -> str:
    r"""Write `FIELD: value` for the notes of a record: the value as it stood, lists and objects as compact JSON.

    Control characters are written out (`\u0000`), since no content holds them; line ends and tabs stay.
    """
    typed = value if isinstance(value, str) else write_compact(value)
    return show_control(f"{tidy(show_control(field))}: {typed}")


def show_control(text: str) -> str:
    r"""Write invisible control characters so that they can be seen (`\u0000`); line ends become plain."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    visible = CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", plain)
    return re.sub("[\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", visible)
