"""Arithmetic typed by an editor, such as ``390 + 307 + 303 = 1,000``, read and checked with exact fractions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

LONGEST = 300
MOST_DIGITS = 18
DEEPEST = 20
_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]{1,3}(?P<mark>[, \u00a0\u2009\u202f])[0-9]{3}(?:(?P=mark)[0-9]{3})*(?![0-9])(?:\.[0-9]+)?"
    r"|[0-9]+(?:\.[0-9]+)?)|(?P<sign>[-+*/()=≈\u2212\u2013\u00d7\u00b7\u00f7:]))"
)
_SIGNS = {"\u2212": "-", "\u2013": "-", "\u00d7": "*", "\u00b7": "*", "\u00f7": "/", ":": "/"}


class EquationError(ValueError):
    """An equation that cannot be read; the message tells an editor what to change."""


@dataclass(frozen=True, slots=True)
class Equation:
    """An equation as typed.

    Attributes:
        operands: The numbers on the left, in order.
        result: The number on the right.
        holds: Whether both sides are equal: exactly for ``=``, rounded half up to the places of the result for ``≈``.
    """

    operands: tuple[Decimal, ...]
    result: Decimal
    holds: bool


def evaluate(equation: str) -> Equation:
    """Read and check ``numbers = number``, with ``+ - * /`` (also × ÷ −) and parentheses on the left.

    Numbers may be grouped in thousands (1,000 or 1 000) and have decimals after a point. The result after ``≈`` is
    rounded: ``65 / 120 * 100 ≈ 54.2``.

    Raises:
        EquationError: It cannot be read, or it divides by zero.
    """
    if len(equation) > LONGEST:
        raise EquationError(f"the calculation is longer than {LONGEST} characters")
    tokens = _split(equation)
    equals = [index for index, token in enumerate(tokens) if token in {"=", "≈"}]
    if len(equals) != 1:
        raise EquationError("write the calculation with one = sign, like 390 + 307 + 303 = 1,000")
    left, right = tokens[: equals[0]], tokens[equals[0] + 1 :]
    negative = right[:1] == ["-"]
    result = right[-1] if len(right) == 1 + negative else None
    if not isinstance(result, Decimal):
        raise EquationError("write a single number after the = sign")
    result = -result if negative else result
    value = _Reader(left).read()
    holds = value == Fraction(result) if tokens[equals[0]] == "=" else _round_like(value, result) == result
    return Equation(tuple(token for token in left if isinstance(token, Decimal)), result, holds)


def _split(equation: str) -> list[Decimal | str]:
    tokens: list[Decimal | str] = []
    position = 0
    text = equation.rstrip()
    while position < len(text):
        found = _TOKEN.match(text, position)
        if not found:
            raise EquationError(
                f"a calculation holds numbers, + - * / and parentheses, not “{text[position:].split()[0][:20]}”"
            )
        number = found["number"]
        if number and sum(map(str.isdigit, number)) > MOST_DIGITS:
            raise EquationError(f"a number in a calculation has more than {MOST_DIGITS} digits")
        tokens.append(Decimal(re.sub(r"[^0-9.]", "", number)) if number else _SIGNS.get(found["sign"], found["sign"]))
        position = found.end()
    return tokens


def _round_like(value: Fraction, result: Decimal) -> Decimal:
    exact = Context(prec=200)
    quotient = exact.divide(Decimal(value.numerator), Decimal(value.denominator))
    return quotient.quantize(Decimal(1).scaleb(int(result.as_tuple().exponent)), ROUND_HALF_UP, exact)


class _Reader:
    """Reads the left side by recursive descent: sums of products of signed numbers and parentheses."""

    def __init__(self, tokens: list[Decimal | str]) -> None:
        self._tokens = tokens
        self._next = 0

    def read(self) -> Fraction:
        value = self._sum(0)
        if self._next < len(self._tokens):
            raise EquationError(f"{self._peek()} stands where + - * / or = was expected")
        return value

    def _peek(self) -> Decimal | str:
        return self._tokens[self._next] if self._next < len(self._tokens) else "the = sign"

    def _take(self) -> Decimal | str:
        token = self._peek()
        self._next += 1
        return token

    def _sum(self, depth: int) -> Fraction:
        value = self._product(depth)
        while self._peek() in {"+", "-"}:
            value = value + self._product(depth) if self._take() == "+" else value - self._product(depth)
        return value

    def _product(self, depth: int) -> Fraction:
        value = self._number(depth)
        while self._peek() in {"*", "/"}:
            if self._take() == "*":
                value *= self._number(depth)
            elif divisor := self._number(depth):
                value /= divisor
            else:
                raise EquationError("the calculation divides by zero")
        return value

    def _number(self, depth: int) -> Fraction:
        if depth > DEEPEST:
            raise EquationError("the calculation has too many parentheses or signs inside each other")
        found = self._take()
        if isinstance(found, Decimal):
            return Fraction(found)
        if found == "-":
            return -self._number(depth + 1)
        if found == "(":
            value = self._sum(depth + 1)
            if self._take() != ")":
                raise EquationError("a parenthesis is opened and not closed")
            return value
        raise EquationError(f"{found} stands where a number was expected")
