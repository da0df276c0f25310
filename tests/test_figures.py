"""Figures: what counts as a number in prose, which of a statement's numbers its quotations lack, and sums."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.figures import Equation, EquationError, dropped_qualifiers, evaluate, missing, read
from generator.figures.number_words import find_spelled, find_vague, may_hold_numbers

DAY = date(2025, 5, 22)
ON_DAY = [(DAY, DAY)]


def values(text: str) -> list[int | float | str]:
    """The values of the figures of a text, or their words where they have none."""
    figures = read(text)
    return [figure.text if figure.value is None else float(figure.value) for figure in figures]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("1,000 men, 1000 men, 1 000 men, 1\u00a0000 men, 1\u202f000 men", [1000] * 5),
        ("one thousand, a thousand, thousand, One Thousand", [1000] * 4),
        ("250,000; two hundred and fifty thousand; 250k; quarter", [250_000] * 3),
        ("1.5 million, 1.5-million, 1,5 млн, half a million", [1_500_000] * 3 + [500_000]),
        ("5 million.", [5_000_000]),
        ("$5M, $100m, 100m", [5_000_000, 100_000_000, 100]),
        ("ninety-nine, ninety nine, nineteen, zero", [99, 99, 19, 0]),
        ("two million five hundred thousand and one", [2_500_001]),
        ("one hundred and twenty, one hundred twenty, 3 dozen", [120, 120, 36]),
        ("two and three, five six", [2, 3, 5, 6]),
        ("60,000-100,000; 60,000–100,000; 60,000 to 100,000", [60_000, 100_000] * 3),
        ("1000-for-1000, 1,000-for-1,000, ‘1000 for 1000’", [1000] * 6),
        ("195/207", [195, 207]),
        ("65%, 65 percent, sixty-five per cent", [65] * 3),
        ("５ and ١٢", [5, 12]),
        ("65th, sixty-fifth, 22nd, twenty-first, fourth", [65, 65, 22, 21, 4]),
        ("first, second, third, 1st, one, both, no one, anyone", []),
        ("two hundred first responders and twenty first aid kits", [200, 20]),
        ("hundreds of thousands of lives", ["hundreds of thousands"]),
        ("dozens, several hundred, tens of people", ["dozens", "several hundred", "tens"]),
        ("two-thirds and one third", ["two-thirds", "one third"]),
        ("half of them, half the men, a half-hour, the first half; ½ and ¾", ["half", "half", "½", "¾"]),
        ("1.000 men or 12.000, and 1.001", ["1.000", "12.000", 1.001]),
        ("F-16, S-300, COVID-19, G7, 9M729, C01, version 1.6.1", []),
        ("48-hour, 155mm, 9pm, Mid-2023", [48, 155, 9, 2023]),
        ("the 1990s at 13:33", ["1990s", "13:33"]),
        ("[195 people](claim:x-195), [6](https://example.org/7), https://example.org/8", [6]),
        ("тысяча на тысячу, десятки тысяч, 5 тыс. человек", [1000, 1000, "десятки тысяч", 5000]),
        ("5 thou\u017fand, 3 m\u0131llion, 2 B\u0130LLION, \u017feven", [5000, 3 * 10**6, 2 * 10**9, 7]),
        ("5 ты\u1c83яч, hundreds of thou\u017fands", [5000, "hundreds of thou\u017fands"]),
    ],
)
def test_figures_are_read(text: str, figures: list[int | str]) -> None:
    assert values(text) == figures


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("16 May 2025 and May 16, 2025 and 16th of May", ["16 May 2025", "May 16, 2025", "16th of May"]),
        ("in May 2025", ["May 2025"]),
        ("23–25 May 2025; May 23-25", ["23", "25 May 2025", "May 23", "25"]),
        ("23, 24 and 25 May", ["23", "24", "25 May"]),
        ("2025-05-22, 22.05.2025", ["2025-05-22", "22.05.2025"]),
        ("22 мая 2025; 22 травня", ["22 мая 2025", "22 травня"]),
    ],
)
def test_dates_in_prose_are_no_counts(text: str, dates: list[str]) -> None:
    assert values(text) == dates
    assert missing("22 people, 16 people, 25 people", [text]) == read("22 people, 16 people, 25 people")


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("On May 23, 390 people", ["May 23", 390]),
        ("On May 23, 12 people", ["May 23", 12]),
        ("they may 22 times", [22]),
        ("In May 120 were freed", [120]),
        ("May 22, 16 May", ["May 22", "16 May"]),
    ],
)
def test_counts_beside_months_stay_counts(text: str, figures: list[int | str]) -> None:
    assert values(text) == figures


@pytest.mark.parametrize("text", ["22 May 2025", "May 22", "in May 2025", "2025", "22 мая"])
def test_a_date_that_names_the_time_of_the_claim_is_exempt(text: str) -> None:
    assert read(text)
    assert "22" not in [figure.text for figure in read(text, exempt=ON_DAY)]
    assert not any(figure.text == text for figure in read(text, exempt=ON_DAY))


@pytest.mark.parametrize("text", ["16 May 2025", "22 May 2024", "May 2024", "2024", "June 22", "22"])
def test_any_other_date_is_a_figure(text: str) -> None:
    assert [figure.text for figure in read(text, exempt=ON_DAY)] == [text]


def test_both_known_ends_of_a_period_are_exempt_but_no_day_between() -> None:
    period = [(date(2025, 5, 23), date(2025, 5, 25)), (None, date(2024, 1, 1))]
    assert [figure.text for figure in read("23 May, 24 May, 25 May; 2024, 2023", exempt=period)] == ["24 May", "2023"]


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("at least 1,000", "at least"),
        ("About a thousand", "about"),
        ("up to $65", "up to"),
        ("more than the 300", "more than"),
        ("no more\nthan 20", "no more than"),
        ("nearly hundreds of thousands", "nearly"),
        ("~300", "~"),
        ("1,000+", "+"),
        ("300 or more", "or more"),
        ("over 48 hours", "over"),
        ("under the 1000 deal", None),
        ("under 1000-for-1000", None),
        ("whereabout 1,000", None),
        ("exactly 1,000", None),
    ],
)
def test_qualifiers_belong_to_their_figure(text: str, qualifier: str | None) -> None:
    assert read(text)[0].qualifier == qualifier


@pytest.mark.parametrize(
    ("says", "texts", "lacking"),
    [
        ("1,000 were freed", ["a thousand were freed"], []),
        ("1,000 for 1,000", ["the ‘1000 for 1000’ exchange"], []),
        ("195 of 207", ["195/207"], []),
        ("195 of 208", ["195/207", "209"], ["208"]),
        ("hundreds of thousands", ["Hundreds of  thousands of lives"], []),
        ("hundreds of thousands", ["hundreds", "thousands"], ["hundreds of thousands"]),
        ("1 man was freed", ["one man"], []),
        ("65 people", ["65% of people"], ["65"]),
        ("65%", ["65 percent"], []),
        ("agreed on 16 May 2025", ["May 16, 2025"], []),
        ("agreed on 16 May 2025", ["on May 16"], []),
        ("agreed on 16 May 2024", ["on May 16"], ["16 May 2024"]),
        ("agreed in May 2024", ["16 May 2024"], []),
        ("agreed on 16 May 2024", ["May 2024"], ["16 May 2024"]),
        ("since 2022", ["24 February 2022"], []),
        ("at 9:05", ["at 09:05"], []),
        ("5 people", [], ["5"]),
    ],
)
def test_missing_figures_stand_in_no_quotation(says: str, texts: list[str], lacking: list[str]) -> None:
    assert [figure.text for figure in missing(says, texts, exempt=ON_DAY)] == lacking


@pytest.mark.parametrize(
    ("says", "texts", "dropped"),
    [
        ("1,000 freed", ["at least 1,000 freed"], ["at least"]),
        ("1,000 freed", ["at least 1,000", "1,000 in all"], []),
        ("about 1,000 freed", ["nearly 1,000 freed"], []),
        ("about 1,000 freed", ["at least 1,000 freed"], ["at least"]),
        ("more than 1,000", ["1,000 or more"], []),
        ("at least 1,000", ["1,000"], []),
        ("1,000 freed", ["at least 2,000"], []),
        ("1,000 freed by May 2025", ["1,000+ by May 2025"], ["+"]),
    ],
)
def test_a_dropped_qualifier_is_named(says: str, texts: list[str], dropped: list[str]) -> None:
    assert [qualifier for _, qualifier in dropped_qualifiers(says, texts)] == dropped


UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()  # noqa: SIM905
UNITS += "seventeen eighteen nineteen".split()  # noqa: SIM905
TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905


def spell(number: int) -> str:
    """Write a number below a billion in English words."""
    for value, name in ((10**6, "million"), (10**3, "thousand"), (100, "hundred")):
        if number >= value:
            rest = number % value
            link = " and " if value == 100 else " "
            return f"{spell(number // value)} {name}" + (link + spell(rest) if rest else "")
    if number < 20:
        return UNITS[number]
    return TENS[number // 10] + ("-" + UNITS[number % 10] if number % 10 else "")


@given(st.integers(2, 10**9 - 1))
def test_a_number_is_the_same_in_all_its_forms(number: int) -> None:
    forms = [str(number), f"{number:,}", f"{number:,}".replace(",", "\u00a0"), spell(number)]
    for form in forms:
        assert missing(f"There were {form} people", [f"it said {other}." for other in forms[:1]]) == ()
        assert [figure.value for figure in read(f"({form})")] == [number]
        assert missing(f"There were {form} people", [f"it said {number + 1} and {number - 1}"]) != ()


SPOKEN = ("a", "an", "one", "half", "Hundreds", "of", "tens", "few", "dozen", "third", "million", "сотни", "¼", "mill")


@given(st.lists(st.sampled_from(SPOKEN) | st.text(max_size=3), max_size=6).map(" ".join))
def test_a_text_that_is_passed_over_holds_no_number_in_words(text: str) -> None:
    assert may_hold_numbers(text) or [*find_vague(text), *find_spelled(text)] == []


@given(st.text(alphabet="0123456789,. -–%$MayJune:/tsdhonw\u00a0é١\n[](claim)", max_size=60) | st.text(max_size=60))
def test_figures_are_slices_of_the_text_in_order(text: str) -> None:
    figures = read(text)
    assert [text[figure.start : figure.end] for figure in figures] == [figure.text for figure in figures]
    assert all(first.end <= second.start for first, second in pairwise(figures))
    assert missing(text, [text]) == ()
    assert dropped_qualifiers(text, [text]) == ()


@pytest.mark.parametrize(
    ("equation", "operands", "result", "holds"),
    [
        ("390 + 307 + 303 = 1,000", [390, 307, 303], 1000, True),
        ("390 + 307 + 303 = 1,001", [390, 307, 303], 1001, False),
        ("(1 000 - 5) × 2 = 1\u00a0990", [1000, 5, 2], 1990, True),
        ("2 + 3 * 4 = 14", [2, 3, 4], 14, True),
        ("10 - 4 - 3 = 3", [10, 4, 3], 3, True),
        ("100 / 10 / 2 = 5", [100, 10, 2], 5, True),
        ("65 / 120 * 100 ≈ 54.2", [65, 120, 100], "54.2", True),
        ("65 / 120 * 100 = 54.2", [65, 120, 100], "54.2", False),
        ("1 / 8 ≈ 0.13", [1, 8], "0.13", True),
        ("0.1 + 0.2 = 0.3", ["0.1", "0.2"], "0.3", True),
        ("-5 + 3 = -2", [5, 3], -2, True),
    ],
)
def test_sums_are_checked(equation: str, operands: list[int | str], result: int | str, holds: bool) -> None:  # noqa: FBT001
    assert evaluate(equation) == Equation(tuple(map(Decimal, operands)), Decimal(result), holds)


@pytest.mark.parametrize(
    ("equation", "advice"),
    [
        ("1 + 1", "write the calculation with one = sign"),
        ("1 = 1 = 1", "write the calculation with one = sign"),
        ("1 =", "write a single number after the = sign"),
        ("2 = 1 + 1", "write a single number after the = sign"),
        ("1 + = 2", "the = sign stands where a number was expected"),
        ("1 2 = 3", "2 stands where"),
        ("2 ** 3 = 8", "* stands where a number was expected"),
        ("(1 = 1", "a parenthesis is opened and not closed"),
        ("1 / (2 - 2) = 0", "the calculation divides by zero"),
        ("__import__('os') = 1", "a calculation holds numbers, + - * / and parentheses, not “__import__('os')”"),
        ("(" * 99 + "1" + ")" * 99 + "= 1", "the calculation has too many parentheses"),
        ("1" * 50 + " = 1", "a number in a calculation has more than"),
        ("1 + " * 200 + "1 = 201", "the calculation is longer than"),
    ],
)
def test_an_equation_that_cannot_be_read_is_explained(equation: str, advice: str) -> None:
    with pytest.raises(EquationError) as refused:
        evaluate(equation)
    assert str(refused.value).startswith(advice)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=8))
def test_sums_hold_exactly_when_they_are_right(numbers: list[int]) -> None:
    total = sum(numbers)
    left = " + ".join(f"{number:,}" for number in numbers)
    assert evaluate(f"{left} = {total:,}").holds
    assert not evaluate(f"{left} = {total + 1:,}").holds


@given(st.text(alphabet="0123456789 .,+-*/()=≈x", max_size=40))
def test_any_text_is_an_equation_or_refused(text: str) -> None:
    try:
        assert evaluate(text).operands
    except EquationError as error:
        refusal = str(error)
        assert refusal
