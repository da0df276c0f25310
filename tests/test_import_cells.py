"""Cells and JSON of foreign files: read in one way only or not at all, kept as typed, and never costly."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import dates
from generator.dialect import prose_links, prose_plain, prose_problems
from generator.documents.nodes import CONTROL
from generator.importers.cells import (
    DateForm,
    has_control,
    has_markup,
    has_words,
    note,
    plain_text,
    read_date,
    read_language,
    read_url,
    write_line,
    write_prose,
)
from generator.importers.jsonish import (
    DEEPEST,
    Number,
    digest,
    key_of,
    read_json,
    read_parts,
    read_value,
    write_compact,
)
from generator.importers.remarks import CODES
from generator.importers.rows import Remark

if TYPE_CHECKING:
    from generator.importers.jsonish import Json

FORMS: tuple[DateForm, ...] = get_args(DateForm)
DATES = {
    # what stands there -> the date; or the code of the remark
    "25-8-2020": "2020-08-25",
    "25.08.2020": "2020-08-25",
    "8/25/2020": "2020-08-25",
    "Aug 25th 2020": "2020-08-25",
    "25 août 2020": "2020-08-25",
    "25 серпня 2020 року": "2020-08-25",
    "10-10-2020": "2020-10-10",
    "circa 1990": "1990~",
    "May 2020": "2020-05",
    "2020": "2020",
    " 2020-08 ": "2020-08",
    "2020-08-25/2020-08-27": "2020-08-25/2020-08-27",
    "Tue, 25 Aug 2020 14:30:00 GMT": "2020-08-25T14:30Z",
    "Tue, 25 Aug 2020 14:30:25 GMT": "2020-08-25T14:30:25Z",
    "2020-08-25T14:30:00.000Z": "2020-08-25T14:30:00Z",
    "2020-08-25T14:30:00+00:00": "2020-08-25T14:30:00+00:00",
    "2020-08-25T14:30:00+0100": "2020-08-25T14:30:00+01:00",
    "2020-08-25 14:30:25 UTC": "2020-08-25T14:30:25Z",
    "2022-12-09T09:29:19.82+01:00": "2022-12-09T09:29:19+01:00",
    "8/25/2020 3:15 PM": "2020-08-25T15:15",
    "12-8-2020": "date-ambiguous",
    "8/12/2020": "date-ambiguous",
    "12-8-2020 14:30": "date-ambiguous",
    "3/4/21": "date-ambiguous",
    "25-08-20": "date-ambiguous",
    "2020-21": "date-ambiguous",  # the spring of 2020, or two years
    "2020/21": "date-ambiguous",
    "2020-13-45": "date-unread",
    "31.02.2020": "date-unread",
    "0000-00-00": "date-unread",
    "0001-01-01T00:00:00": "date-unread",  # what programs write for no date
    "Mon, 25 Aug 2020 14:30:00 GMT": "date-unread",  # it was a Tuesday
    "early 2020": "date-unread",
    "yesterday": "date-unread",
    "1598313600": "date-unread",
    "44068": "date-unread",
    "2020-08-25T24:00:00Z": "date-unread",
    "2020-08-25T14:30:00+25:00": "date-unread",
    "-8000": "date-out-of-range",
    "Y12000": "date-out-of-range",
    "12000-01-01": "date-out-of-range",
    "x" * 5000: "date-unread",
}


@pytest.mark.parametrize(("text", "expected"), DATES.items(), ids=lambda value: value[:30])
def test_a_date_that_can_be_read_in_one_way_is_read_and_no_other(text: str, expected: str) -> None:
    read, remark = read_date(text, field="when")
    assert (read or (remark and remark.code)) == expected
    assert remark is None or (remark.field, remark.value) == ("when", text)


@pytest.mark.parametrize(
    "text",
    [
        "2020-08-25T00:00:00Z",
        "2020-08-25T00:00:00.000Z",
        "2020-08-25T00:00:00+02:00",
        "2020-08-25T00:00-07:00",
        "2020-08-25 00:00:00",
        "Tue, 25 Aug 2020 00:00:00 GMT",
    ],
)
def test_midnight_means_that_no_clock_time_was_given_and_no_day_is_moved(text: str) -> None:
    assert read_date(text) == ("2020-08-25", Remark("midnight-as-day", "", text))


def test_a_blank_date_is_no_date_and_nothing_to_remark_on() -> None:
    assert {read_date(text, form) for text in ("", "  ", "\u00a0") for form in (None, *FORMS)} == {(None, None)}


IN_FORM = {
    # what stands there: in day-month-year, month-day-year, year-month-day, as days of Excel, in our own form
    "12-8-2020": ("2020-08-12", "2020-12-08", "date-unread", "date-ambiguous", "date-unread"),
    "25-8-2020": ("2020-08-25", "date-unread", "date-unread", "2020-08-25", "date-unread"),
    "8/25/2020": ("date-unread", "2020-08-25", "date-unread", "2020-08-25", "date-unread"),
    "12-8-2020 14:30": ("2020-08-12T14:30", "2020-12-08T14:30", "date-unread", "date-ambiguous", "date-unread"),
    "12.8.2020 - 14.8.2020": (
        "2020-08-12/2020-08-14",
        "date-unread",
        "date-unread",
        "2020-08-12/2020-08-14",
        "date-unread",
    ),
    "12-8-20": ("date-ambiguous", "date-ambiguous", "date-ambiguous", "date-ambiguous", "date-unread"),
    "2020-8-3": ("2020-08-03", "2020-08-03", "2020-08-03", "2020-08-03", "date-unread"),
    "3 Aug 2020": ("2020-08-03", "2020-08-03", "2020-08-03", "2020-08-03", "date-unread"),
    "44068": ("date-unread", "date-unread", "date-unread", "2020-08-25", "date-unread"),
    "44068.5": ("date-unread", "date-unread", "date-unread", "2020-08-25T12:00", "date-unread"),
    "44068.0": ("date-unread", "date-unread", "date-unread", "2020-08-25", "date-unread"),
    "44067,99999": ("date-unread", "date-unread", "date-unread", "2020-08-25", "date-unread"),
    "60": ("date-unread", "date-unread", "date-unread", "date-ambiguous", "date-unread"),  # 29 February 1900
    "2020": ("2020", "2020", "2020", "date-ambiguous", "2020"),  # a year, or a day of 1905
    "9999999": ("date-unread", "date-unread", "date-unread", "date-out-of-range", "date-unread"),
    "2020-21": ("date-ambiguous", "date-ambiguous", "date-ambiguous", "date-ambiguous", "2020-21"),
    "2020-08-25T00:00Z": ("2020-08-25", "2020-08-25", "2020-08-25", "2020-08-25", "2020-08-25T00:00Z"),
}


@pytest.mark.parametrize(("text", "expected"), IN_FORM.items(), ids=IN_FORM)
def test_a_known_order_decides_what_the_text_alone_does_not(text: str, expected: tuple[str, ...]) -> None:
    found = [read_date(text, form) for form in FORMS]
    assert tuple(read or (remark and remark.code) for read, remark in found) == expected


NUMBERS = st.from_regex(r"[0-9]{1,4}[-./ ][0-9]{1,2}[-./ ][0-9]{1,4}( [0-9]{2}:[0-9]{2})?", fullmatch=True)


@given(NUMBERS | st.text(max_size=40), st.sampled_from([None, *FORMS]))
def test_whatever_is_read_is_a_date_and_whatever_is_not_has_its_remark(text: str, form: DateForm | None) -> None:
    read, remark = read_date(text, form)
    assert read is None or dates.parse(read).text == read
    assert (read is None) == (remark is not None and remark.code != "midnight-as-day") or not text.split()
    assert remark is None or remark.code in CODES


@given(st.dates())
def test_every_day_is_read_in_every_order_that_is_named(day: object) -> None:
    year, month, number = str(day).split("-")
    if (year, month, number) == ("0001", "01", "01"):
        return
    assert read_date(f"{number}.{month}.{year}", "day-month-year") == (str(day), None)
    assert read_date(f"{int(month)}/{int(number)}/{year}", "month-day-year") == (str(day), None)
    assert read_date(f"{year}-{int(month)}-{int(number)}", "year-month-day") == (str(day), None)


ADDRESSES = {
    "https://a.example/x?y=1#z": "https://a.example/x?y=1#z",
    " http://a.example ": "http://a.example",
    "https://пример.example/я": "https://пример.example/я",
    "www.a.example": None,
    "javascript:alert(1)": None,
    "https://a.example/two words": None,
    "https://a.example/<b>": None,
    "https://": None,
    "http://[::1": None,
    f"https://a.example/{'x' * 3000}": None,
}


@pytest.mark.parametrize(("text", "expected"), ADDRESSES.items(), ids=lambda value: str(value)[:40])
def test_an_address_is_taken_as_it_is_or_refused(text: str, expected: str | None) -> None:
    assert read_url(text, "url") == (expected, None if expected else Remark("url-refused", "url", text))
    assert read_url("  ") == (None, None)


LANGUAGES = {"en": "en", "en_GB": "en-GB", " uk ": "uk", "zh-Hans": "zh-Hans", "ua": None, "und": None, "English": None, "": None, "e": None}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LANGUAGES.items())
def test_a_language_is_a_tag_of_a_language(text: str, expected: str | None) -> None:
    assert read_language(text) == expected


TEXTS = {
    # what stands there -> what a reader sees
    "<p>One</p><p>two</p>": "One two",
    "wa<b>t</b>er<br/>falls": "water falls",
    "5 < 6 &amp; 7 > 3": "5 < 6 & 7 > 3",
    "&amp;lt;b&amp;gt;": "&lt;b&gt;",
    "&lt;b&gt;": "<b>",
    "x<y>z <unknown a='b'>": "x<y>z <unknown a='b'>",
    "<script>alert(1)</script>": "<script>alert(1)</script>",
    '<a href="http://a.example/?a>b">link</a>': "link",
    "<b unclosed <i>x</i>": "<b unclosed x",
    "a<!-- hidden <b> -->b": "ab",
    "a<!-- for ever": "a<!-- for ever",
    " a \n\t b\u00a0c ": "a b\u00a0c",
    "a\u202eb\u0000c\u2028d": "abc d",
    "&#x202e;&#0;&#99999999999999999999;": "\ufffd&#99999999999999999999;",
    f"&#{'9' * 5000};": f"&#{'9' * 5000};",
}


@pytest.mark.parametrize(("text", "expected"), TEXTS.items(), ids=lambda value: value[:30])
def test_the_text_of_a_field_is_what_its_reader_sees(text: str, expected: str) -> None:
    assert plain_text(text) == expected


def test_markup_and_control_characters_are_told_of() -> None:
    assert [has_markup(text) for text in ("a < b", "<b>a", "<!-- a -->", "<!-- a", "<script>")] == [False, True, True, False, False]  # fmt: skip
    assert [has_control(text) for text in ("a\tb\n", "a\u202e", "\u0000", "é")] == [False, True, True, False]
    assert [has_words(text) for text in ("", " – ", "5", "я")] == [False, False, True, True]


@given(st.text(max_size=200) | st.text("<>!-&#;x b/\"'", max_size=200))
def test_no_text_of_a_field_holds_what_no_content_holds(text: str) -> None:
    plain = plain_text(text)
    assert not CONTROL.search(plain)
    assert plain == plain.strip()


@pytest.mark.parametrize("piece", ["<!--", "<b ", '<b "', "<b '\"", "&", "&#9", '<a x="<', "</p", "<!-- -->"])
def test_a_hostile_text_is_read_to_its_end(piece: str) -> None:
    assert len(plain_text(piece * 100_000)) <= len(piece) * 100_000


PROSE = {
    "[x](claim:y)": r"\[x\](claim:y)",
    "![i](http://a.example/i.png)": r"!\[i\](http://a.example/i.png)",
    "<script>": r"\<script\>",
    "# no heading": r"\# no heading",
    "a * b_c": r"a \* b\_c",
    "x" * 1200: "x" * 1200,
    "x" * 1201: None,
    "*" * 601 + "x": None,
    "…": None,
    "TBD": None,
    "": None,
}


@pytest.mark.parametrize(("text", "expected"), PROSE.items(), ids=lambda value: str(value)[:20])
def test_prose_shows_the_text_and_nothing_else(text: str, expected: str | None) -> None:
    assert write_prose(text) == expected


@given(st.text(max_size=300) | st.text("[]()!*_`<>\\&#:claimy0. ", max_size=300))
def test_no_link_and_no_image_can_be_forged(text: str) -> None:
    plain = plain_text(text)
    written = write_prose(plain)
    assert written is None or (prose_links(written), prose_problems(written)) == ((), ())
    assert written is None or prose_plain(written) == plain


def test_a_line_is_plain_text_of_at_most_300_characters() -> None:
    assert write_line(" [Desk](x)\n*so* ") == "[Desk](x) *so*"
    assert write_line("a\u202eb\u0000") == "ab"
    assert [write_line(text) for text in ("x" * 300, "x" * 301, " ", "-")] == ["x" * 300, None, None, None]


NOTES: list[tuple[str, Json, str]] = [
    ("date", "12-8-2020", "date: 12-8-2020"),
    ("rating", Number("1.50"), "rating: 1.50"),
    ("a.b", {"x": [Number("1"), None, True, "é\n"], "y": {}}, 'a.b: {"x": [1, null, true, "é\\n"], "y": {}}'),
    ("two lines", "a\r\nb\rc\t", "two lines: a\nb\nc\t"),
    ("odd\nname\u0000", "a\u0000\u202e\ud800\u2028", "odd name\\u0000: a\\u0000\\u202e\\ud800\\u2028"),
    ("long", "x" * 10_000, f"long: {'x' * 10_000}"),
]


@pytest.mark.parametrize(("field", "value", "expected"), NOTES, ids=[field for field, _, _ in NOTES])
def test_a_note_says_what_stood_there(field: str, value: Json, expected: str) -> None:
    assert note(field, value) == expected


# --- JSON ---

VALUES: dict[str, Json] = {
    "1.10": Number("1.10"),
    "1e999": Number("1e999"),
    "-0": Number("-0"),
    '[1, true, null, "a"]': [Number("1"), True, None, "a"],
    '{"a": {"b": []}}': {"a": {"b": []}},
    '"a\nb"': "a\nb",
    r'"\ud83d\ude00 \ud83d \udc00x"': "😀 \\ud83d \\udc00x",
    r'{"\ud800": "NaN"}': {"\\ud800": "NaN"},
    '{"a": 1, "b": 2, "a": [3], "a": 4}': {"a": Number("4"), "b": Number("2"), "a (given before)": [Number("1"), [Number("3")]]},
    '{"a": 1, "a": 2, "a (given before)": 3}': {
        "a": Number("2"), "a (given before)": Number("3"), "a (given before) (given before)": [Number("1")]
    },
    "9" * 10_000: Number("9" * 10_000),
    "[" * DEEPEST + "]" * DEEPEST: eval("[" * DEEPEST + "]" * DEEPEST),  # noqa: S307
}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), VALUES.items(), ids=lambda value: str(value)[:30])
def test_a_value_is_as_it_was_typed(text: str, value: Json) -> None:
    assert read_value(text) == (value, "")


BROKEN = {
    "": "This is no JSON: expecting value, in line 1, column 1.",
    '{"a": 1,\n "b" 2}': "This is no JSON: expecting ':' delimiter, in line 2, column 6.",
    '{"a": NaN}': "This is no JSON: NaN is no number there, in line 1, column 7.",
    "[1,\n-Infinity]": "This is no JSON: -Infinity is no number there, in line 2, column 1.",
    "[" * 65: "This is nested more than 64 levels deep, in line 1, column 65.",
    '{"a":' * 100_000: "This is nested more than 64 levels deep, in line 1, column 321.",
    '"' + '\\"' * 100_000: "This is no JSON: unterminated string starting at, in line 1, column 1.",
}


@pytest.mark.parametrize(("text", "problem"), BROKEN.items(), ids=lambda value: value[:20])
def test_what_is_no_json_is_refused_where_it_stands(text: str, problem: str) -> None:
    assert read_value(text) == (None, problem)


def test_a_byte_order_mark_is_no_part_of_a_file_and_other_encodings_are_named() -> None:
    assert read_json(b'\xef\xbb\xbf["a"]') == (["a"], "")
    assert read_json('["a"]'.encode("utf-16"))[1].startswith("This file is saved as UTF-16")
    assert "Windows-1251" in read_json('["Перевірка"]'.encode("cp1251"))[1]


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


@given(ANY_JSON)
def test_a_value_is_read_and_written_unaltered(value: object) -> None:
    read, problem = read_value(json.dumps(value))
    assert problem == ""
    assert json.loads(write_compact(read)) == value
    assert read_value(write_compact(read)) == (read, "")


@given(st.binary(max_size=200) | st.text('{}[]",:\\u0d8 \n1Na-<script>/', max_size=200).map(str.encode))
def test_no_bytes_raise(data: bytes) -> None:
    parts, problem = read_parts(data)
    assert (parts == ()) == bool(problem)


@given(ANY_JSON, ANY_JSON)
def test_a_digest_tells_values_apart_and_not_the_order_of_keys(one: object, other: object) -> None:
    read = [read_value(json.dumps(value))[0] for value in (one, other)]
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert (digest(read[0]) == digest(read[1])) == same
    assert digest({"a": "1", "b": read[0]}) == digest({"b": read[0], "a": "1"})
    assert key_of(["ab", "c"]) != key_of(["a", "bc"])


def shown(data: str) -> list[tuple[str, Json, str]]:
    parts, problem = read_parts(data.encode())
    return [(part.at, part.value, part.problem and part.raw) for part in parts] or [(problem, None, "")]


PARTS: dict[str, list[tuple[str, Json, str]]] = {
    '{"a": 1}\n\n': [("", {"a": Number("1")}, "")],
    '\n{"a": 1}\n\n{"b":\n[2]\r\n{}': [
        ("line 2", {"a": Number("1")}, ""), ("line 4", None, '{"b":'), ("line 5", [Number("2")], ""), ("line 6", {}, "")
    ],
    '{"a":\n1,,\n"b": 2}': [("This is no JSON: expecting property name enclosed in double quotes, in line 2, column 3.", None, "")],
    "  ": [("This file is empty.", None, "")],
    "<html><script>1</script></html>": [("This web page has no block of JSON-LD.", None, "")],
    '<html>\n<script type="application/ld+json">\n{"a": "<b>"}</script>\n<SCRIPT async TYPE=application/ld+json;x>[1,]</SCRIPT>': [
        ("line 3", {"a": "<b>"}, ""), ("line 4", None, "[1,]")
    ],
    "<p><!-- <script type='application/ld+json'>1</script> --><script type='application/ld+json'>/*<![CDATA[*/2/*]]>*/</script>": [
        ("line 1", Number("2"), "")
    ],
    "<script type='application/ld+json'>3": [("line 1", Number("3"), "")],
    "<!-- <script type='application/ld+json'>3</script>": [("This web page has no block of JSON-LD.", None, "")],
}  # fmt: skip


@pytest.mark.parametrize(("data", "expected"), PARTS.items(), ids=lambda value: str(value)[:30])
def test_the_values_of_a_file_have_their_places(data: str, expected: list[tuple[str, Json, str]]) -> None:
    assert shown(data) == expected
