"""Dates: what is read, what is refused and in which words, how dates are ordered, and how they are said."""

from __future__ import annotations

from datetime import date, timedelta

import edtf
import pytest
from hypothesis import assume, given, reject
from hypothesis import strategies as st

from generator.dates import DateError, When, humanize, is_before, overlaps, parse, parse_day, sort_key, years
from generator.dates.mending import mend

days = st.dates(min_value=date(1000, 1, 1), max_value=date(9990, 12, 31))
marks = st.sampled_from(["", "~", "?", "%"])


@st.composite
def units(draw: st.DrawFn) -> str:
    day = draw(days)
    shapes = [f"{day}", f"{day:%Y-%m}", f"{day:%Y}", f"{day:%Y}-{draw(st.integers(21, 24))}"]
    unspecified = [f"{day:%Y-%m}-XX", f"{day:%Y}-XX", f"{day.year // 10}X"]
    return draw(st.sampled_from(shapes + unspecified)) + draw(marks)


@st.composite
def intervals(draw: st.DrawFn) -> str:
    first, last = sorted([draw(days), draw(days)])
    ends = [
        f"{first}{draw(marks)}/{last}",
        f"{first:%Y-%m}/{last:%Y}{draw(marks)}",
        f"../{last}",
        f"{first}/..",
        f"/{last}",
    ]
    return draw(st.sampled_from(ends))


@st.composite
def moments(draw: st.DrawFn) -> str:
    zone = draw(st.sampled_from(["", "Z", "+03:00", "-05:30", "+14:00"]))
    return f"{draw(days)}T{draw(st.times()):%H:%M}{zone}"


dates = st.one_of(units(), intervals(), moments())


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2025-05-22", "2025-05-22", "2025-05-22", "day"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2025", "2025-01-01", "2025-12-31", "year"),
        ("2023~", "2023-01-01", "2023-12-31", "year"),
        ("2025-21", "2025-03-01", "2025-05-31", "season"),
        ("2025-23?", "2025-09-01", "2025-11-30", "season"),
        ("2023-24", "2023-12-01", "2024-02-29", "season"),
        ("9999-24", "9999-12-01", "9999-12-31", "season"),
        ("../2025-06-08", None, "2025-06-08", "interval"),
        ("/2025-06", None, "2025-06-30", "interval"),
        ("2025-05-23/..", "2025-05-23", None, "interval"),
        ("2025-05-23/2025-05-25", "2025-05-23", "2025-05-25", "interval"),
        ("2025-05-23/2025-05", "2025-05-23", "2025-05-31", "interval"),
        ("2023-06-XX", "2023-06-01", "2023-06-30", "month"),
        ("2023-XX-XX", "2023-01-01", "2023-12-31", "year"),
        ("202X", "2020-01-01", "2029-12-31", "interval"),
        ("00XX", "0001-01-01", "0099-12-31", "interval"),
        ("2025-05-22T13:33+03:00", "2025-05-22", "2025-05-22", "minute"),
    ],
)
def test_a_date_means_its_first_to_its_last_day(
    text: str, earliest: str | None, latest: str | None, precision: str
) -> None:
    when = parse(text)
    assert when.text == text
    assert (when.earliest and when.earliest.isoformat(), when.latest and when.latest.isoformat()) == (earliest, latest)
    assert when.precision == precision


def test_marks_and_clock_times_are_kept() -> None:
    assert [(parse(text).approximate, parse(text).uncertain) for text in ("2023", "2023~", "2023?", "2023%")] == [
        (False, False),
        (True, False),
        (False, True),
        (True, True),
    ]
    assert (parse("2022~/2023").approximate, parse("2022/2023?").uncertain) == (True, True)
    assert parse("2025-05-22T13:33+03:00").clock == "13:33+03:00"
    assert parse("2025-05-22").clock is None


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("", "the date is empty"),
        (" 2025", "there are spaces around the date: take them out"),
        ("2025-05-22\n", "there are spaces around the date: take them out"),
        ("2025-02-30", "30 February 2025 does not exist"),
        ("2023-02-29", "29 February 2023 does not exist"),
        ("2025-05-20/2025-02-30", "30 February 2025 does not exist"),
        ("2025-13", "there is no month 13"),
        ("2025-25", "there is no month 25"),
        ("0000", "there is no year 0000"),
        ("-0044", "years go from 0001 to 9999"),
        ("20250522", "put hyphens between year, month and day: 2025-05-22"),
        ("22.05.2025", "write the year first: 2025-05-22"),
        ("05/06/2025", "write the year first: 2025-05-06 or 2025-06-05"),
        ("5/2025", "write the year first: 2025-05"),
        ("2025/05/22", "write hyphens and two digits for month and day: 2025-05-22"),
        ("2025-5-2", "write hyphens and two digits for month and day: 2025-05-02"),
        ("22 May 2025", "write the date in figures, the year first: 2025-05-22"),
        ("May 22nd, 2025", "write the date in figures, the year first: 2025-05-22"),
        ("May 2025", "write the date in figures, the year first: 2025-05"),
        ("2025–05–22", "use the plain hyphen"),
        ("about 2023", "write ~ after the date for 'about': 2023~"),
        ("2023~?", "write % for 'about, and uncertain': 2023%"),
        ("1990s", "write X for a digit that is not known: 199X"),
        ("2023-xx", "write X as a capital letter"),
        ("2023-XX-05", "unknown digits stand at the end only"),
        ("202X-05", "unknown digits stand at the end only"),
        (
            "2025-05-22 13:33",
            "write T between the day and the clock time: 2025-05-22T13:33, and behind it the time zone",
        ),
        ("2025-05-22 13:33 Z", "write T between the day and the clock time: 2025-05-22T13:33Z"),
        ("spring 2025", "seasons have numbers, from 21 (spring) to 24 (winter)"),
        ("since 2025-05-22", "write a slash and two dots behind the day it begins"),
        ("2025-05-22T1333", "write a clock time with its zone like 2025-05-22T13:33+03:00"),
        ("2025-05-22T24:00Z", "24:00 is not a time of day"),
        ("2025-05-22T13:60Z", "13:60 is not a time of day"),
        ("2025-05-22T13:33+19:00", "there is no time zone +19:00"),
        ("2025-05-22T13:33Z/..", "leave out the clock times"),
        ("2025-05-25/2025-05-23", "the interval ends before it begins: 2025-05-23 comes before 2025-05-25"),
        ("../..", "an interval needs a date at one end at least"),
        ("2025/2026/2027", "an interval has two ends and one slash"),
        ("2025-05-23 - 2025-05-25", "write an interval with a slash and no spaces"),
        ("２０２５", "this is not a date that can be read"),
        ("yesterday", "readers come on another day: write the date itself, like 2025-05-22"),
        ("some day", "this is not a date that can be read: write a date like 2025-05-22"),
        ("n/a", "“n/a” is no date; where the date is not known, leave the whole line out"),
        ("5/6/25", "write the year with four digits, and first"),
        ("22 May", "the year is missing"),
        ("“2025-05-22”", "write the date without quotation marks around it"),
        ("2025-05-22–2025-05-25", "write an interval with a slash and no spaces"),
    ],
)
def test_a_refusal_says_how_to_write_it(text: str, advice: str) -> None:
    with pytest.raises(DateError) as refused:
        parse(text)
    assert str(refused.value).startswith(advice) or advice in str(refused.value)


@given(st.text(max_size=40) | st.text(alphabet="0123456789-/.~?%XTZ:+", max_size=30))
def test_any_text_is_a_date_or_a_short_refusal(text: str) -> None:
    try:
        when = parse(text)
    except DateError as refusal:
        assert 0 < len(str(refusal)) < 200  # noqa: PT017 - either outcome is right
    else:
        assert when.text == text
        assert when.earliest or when.latest
        assert not (when.earliest and when.latest) or when.earliest <= when.latest


@given(days)
def test_a_plain_day_is_read_back(day: date) -> None:
    assert parse_day(day.isoformat()) == day


@pytest.mark.parametrize("text", ["2025-05", "2025-05-22~", "2025-05-22T13:33Z", "2025-05-22/2025-05-22", "202X"])
def test_a_day_is_needed_where_only_a_day_will_do(text: str) -> None:
    with pytest.raises(DateError, match="a single day is needed"):
        parse_day(text)


@given(units())
def test_units_mean_the_same_days_as_in_the_edtf_package(text: str) -> None:
    when = parse(text)
    try:
        oracle = edtf.parse_edtf(text)
    except edtf.EDTFParseException:
        reject()  # it refuses marks after seasons and unspecified digits
    assume(not (when.precision == "season" and text[5:7] == "24"))  # it ends winter with the year
    lower, upper = oracle.lower_strict(), oracle.upper_strict()
    assert when.earliest == date(*lower[:3])
    assert when.latest == date(*upper[:3])
    assert bool(oracle.is_approximate) == (when.approximate and not when.uncertain)
    assert bool(oracle.is_uncertain) == (when.uncertain and not when.approximate)


@given(days, days)
def test_intervals_mean_the_same_days_as_in_the_edtf_package(first: date, last: date) -> None:
    first, last = sorted([first, last])
    text = f"{first:%Y-%m}/{last}"
    oracle, when = edtf.parse_edtf(text), parse(text)
    assert (when.earliest, when.latest) == (date(*oracle.lower_strict()[:3]), date(*oracle.upper_strict()[:3]))


def test_dates_are_listed_in_reading_order() -> None:
    ordered = [
        "../2024",
        "../2025-06-08",
        "2025-05/..",
        "2025-05/2025-06",
        "2025-05",
        "2025-05-22/2025-05-25",
        "2025-05-22",
        "2025-05-22T13:33+03:00",
        "2025-05-22T11:00Z",
        "2025-05-22T13:33Z",
        "2025-05-23",
    ]
    shuffled = ordered[5:] + ordered[:5]
    assert sorted(shuffled, key=lambda text: sort_key(parse(text))) == ordered


@given(dates, dates)
def test_equal_keys_belong_to_equal_texts(first: str, second: str) -> None:
    assert (sort_key(parse(first)) == sort_key(parse(second))) == (first == second)


@given(dates, dates)
def test_two_dates_overlap_unless_one_comes_before_the_other(first: str, second: str) -> None:
    one, other = parse(first), parse(second)
    assert [is_before(one, other), is_before(other, one), overlaps(one, other)].count(True) == 1
    assert overlaps(one, one)


@given(units() | intervals(), units() | intervals(), units() | intervals())
def test_before_is_transitive(first: str, second: str, third: str) -> None:
    one, two, three = parse(first), parse(second), parse(third)
    if is_before(one, two) and is_before(two, three):
        assert is_before(one, three)


@given(days, st.integers(0, 800))
def test_certain_days_compare_as_days(day: date, later: int) -> None:
    one, other = parse(f"{day}"), parse(f"{day + timedelta(later)}")
    assert is_before(one, other) == (later > 0)


@pytest.mark.parametrize(
    ("first", "second", "certain"),
    [
        ("2025-05-22", "2025-05-23", True),
        ("2025-05", "2025-05-23", False),
        ("2025", "2026", True),
        ("2023~", "2024", False),
        ("2023~", "2025-06", True),
        ("2025-05-22?", "2025-05-23", False),
        ("2025-05-22/2025-05-23~", "2025-05-24", False),
        ("2025-05-22~/2025-05-23", "2025-05-24", True),
        ("2025-05-23/..", "2030", False),
        ("../2025-05-23", "2025-05-24", True),
        ("2025-05-22T13:33+03:00", "2025-05-22T11:00Z", True),
        ("2025-05-22T23:30-05:00", "2025-05-23T02:00Z", False),
        ("2025-05-22T13:33", "2025-05-22T14:00Z", False),
        ("2025-05-22T13:33Z", "2025-05-22", False),
    ],
)
def test_before_means_certainly_before(first: str, second: str, certain: bool) -> None:  # noqa: FBT001
    assert is_before(parse(first), parse(second)) is certain


@pytest.mark.parametrize(
    ("text", "touched"),
    [
        ("2025-05-22", (2025,)),
        ("2024-12-30/2026-01-02", (2024, 2025, 2026)),
        ("../2025-06-08", (2025,)),
        ("2025-24", (2025, 2026)),
        ("2023/", (2023,)),
    ],
)
def test_years_are_those_that_a_date_touches(text: str, touched: tuple[int, ...]) -> None:
    assert years(parse(text)) == touched


@pytest.mark.parametrize(
    ("text", "english", "russian"),
    [
        ("2025-05-22", "22 May 2025", "22 мая 2025"),
        ("2025-05", "May 2025", "май 2025"),
        ("2025-05~", "about May 2025", "около мая 2025"),
        ("2023~", "about 2023", "около 2023"),
        ("2023?", "2023 (uncertain)", "2023 (под вопросом)"),
        ("2023%", "about 2023 (uncertain)", "около 2023 (под вопросом)"),
        ("2025-05-23/2025-05-25", "23–25 May 2025", "23–25 мая 2025"),
        ("2025-05-30/2025-06-02", "30 May – 2 June 2025", "30 мая – 2 июня 2025"),
        ("2025-12-30/2026-01-02", "30 December 2025 – 2 January 2026", "30 декабря 2025 – 2 января 2026"),
        ("2025-05/2025-06", "May–June 2025", "май–июнь 2025"),
        ("2022/2023", "2022–2023", "2022–2023"),
        ("2022~/2023", "about 2022 – 2023", "около 2022 – 2023"),
        ("../2025-06-08", "until 8 June 2025", "до 8 июня 2025"),
        ("/2025-06", "until June 2025 (start unknown)", "до июня 2025 (начало неизвестно)"),
        ("2025-05-23/..", "from 23 May 2025", "с 23 мая 2025"),
        ("2025-05-23/", "from 23 May 2025 (end unknown)", "с 23 мая 2025 (конец неизвестен)"),
        ("2025-21", "spring 2025", "весна 2025"),
        ("../2025-21", "until spring 2025", "до весны 2025"),
        ("2025-24", "winter 2025–26", "зима 2025–26"),
        ("202X", "2020s", "2020-е"),
        ("20XX", "2000–2099", "2000–2099"),
        ("2023-06-XX", "June 2023", "июнь 2023"),
        ("2025-05-22T13:33+03:00", "22 May 2025, 13:33 (UTC+3)", "22 мая 2025, 13:33 (UTC+3)"),
        ("2025-05-22T13:33Z", "22 May 2025, 13:33 (UTC)", "22 мая 2025, 13:33 (UTC)"),
        ("2025-05-22T13:33-05:30", "22 May 2025, 13:33 (UTC−5:30)", "22 мая 2025, 13:33 (UTC−5:30)"),
        ("2025-05-22T13:33", "22 May 2025, 13:33", "22 мая 2025, 13:33"),
    ],
)
def test_dates_are_said_in_words(text: str, english: str, russian: str) -> None:
    when = parse(text)
    assert (humanize(when), humanize(when, "ru-RU")) == (english, russian)


def test_ukrainian_has_its_own_words_and_other_languages_get_english() -> None:
    when = parse("2025-05~")
    assert (humanize(when, "uk"), humanize(when, "qq")) == ("близько травня 2025", "about May 2025")


@given(dates)
def test_every_date_can_be_said_with_its_year(text: str) -> None:
    when: When = parse(text)
    known = when.earliest or when.latest
    assert known is not None
    assert str(known.year) in humanize(when)


SHAPES = (
    "{0.day}.{0.month}.{0.year}", "{0.month}/{0.day}/{0.year}", "{0.day} {name} {0.year}", "{name} {0.day}, {0.year}",
    "{0.year}/{0.month}/{0.day}", "“{0}”", "{0.year:04}{0.month:02}{0.day:02}", "{0.year}–{0.month:02}–{0.day:02}", "on {0}",
)  # fmt: skip


@given(st.dates(date(1000, 1, 1), date(9999, 12, 31)), st.sampled_from(SHAPES))
def test_a_day_typed_in_another_shape_is_mended_to_that_day_or_not_at_all(day: date, shape: str) -> None:
    typed = shape.format(day, name=day.strftime("%B"))
    numbers = "{0.day}." in shape or "{0.month}/{0.day}/" in shape
    two_readings = numbers and day.day <= 12 and day.day != day.month
    assert mend(typed) == (None if two_readings else day.isoformat())


@given(st.text(max_size=30) | st.from_regex(r"[0-9]{1,4}[-./ ][0-9A-Za-z]{1,4}[-./ ][0-9]{1,4}", fullmatch=True))
def test_what_a_date_is_mended_to_can_be_read(text: str) -> None:
    mended = mend(text)
    assert mended is None or parse(mended).text == mended


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("22–25 May 2024", "2024-05-22/2024-05-25"),
        ("May 22-25, 2024", "2024-05-22/2024-05-25"),
        ("2024-05-22 to 2024-05-25", "2024-05-22/2024-05-25"),
        ("22 травня 2024 року", "2024-05-22"),
        ("22 мая 2024", "2024-05-22"),
        ("circa 2023", "2023~"),
        ("Spring 2024", "2024-21"),
        ("1990s", "199X"),
        ("since 2024-05", "2024-05/.."),
        ("until 2024-05", "../2024-05"),
        ("2024-05-22, 9:05", "2024-05-22T09:05"),
        ("05/06/2024", None),
        ("5/6/24", None),
        ("2024-02-30", None),
        ("2024-05-25/2024-05-22", None),
        ("May", None),
        ("", None),
    ],
)
def test_a_date_is_mended_where_it_can_be_read_in_one_way(typed: str, meant: str | None) -> None:
    assert mend(typed) == meant
