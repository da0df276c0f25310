"""Letters that look alike and characters that nobody sees: what they are called, and what was meant."""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType

_LOOK_ALIKE = MappingProxyType(
    dict(
        zip(
            "аеорсухіјѕһкмтвнАВЕКМНОРСТУХІЈЅοανρικτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
            "aeopcyxijshkmtbhABEKMHOPCTYXIJSoavpiktuxABEZHIKMNOPTYX",
            strict=True,
        )
    )
)
"""Cyrillic and Greek letters by the Latin ones that they are taken for."""

_UNSEEN = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
_BLANK = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


def name_letter(letter: str) -> str:
    """Name a letter with its script, as in `Cyrillic es`; other characters by their Unicode name in small letters."""
    name = unicodedata.name(letter, f"U+{ord(letter):04X}")
    script, found, rest = name.partition(" LETTER ")
    return f"{script.split()[0].title()} {rest.lower()}" if found else name.lower()


def find_look_alike(text: str) -> tuple[str, str] | None:
    """Find the first letter of another script in a word that is otherwise Latin.

    Returns:
        The letter, and the Latin one that it looks like; None where there is none. A word wholly in another script
        is no slip of one letter.
    """
    for word in text.split():
        odd = [letter for letter in word if not letter.isascii() and letter.isalpha()]
        if odd and all(letter in _LOOK_ALIKE for letter in odd) and re.search("[A-Za-z]", word):
            return odd[0], _LOOK_ALIKE[odd[0]]
    return None


def find_unseen(text: str) -> str | None:
    """Find the first character that nobody sees, or a blank that is not the plain one."""
    found = _UNSEEN.search(text) or _BLANK.search(text)
    return found[0] if found else None


def clean(text: str) -> str:
    """Write a text as it was meant: no unseen characters, plain blanks, Latin letters in words that are otherwise Latin."""
    plain = _BLANK.sub(" ", _UNSEEN.sub("", text))
    if not find_look_alike(plain):
        return plain
    return "".join(_LOOK_ALIKE.get(letter, letter) for letter in plain)


def fold_look_alikes(text: str) -> str:
    """Write letters that look alike as the Latin ones, in words of every script, to compare two texts by what one sees."""
    return "".join(_LOOK_ALIKE.get(letter, letter) for letter in _UNSEEN.sub("", text))


def explain_odd(text: str) -> tuple[str, str] | None:
    """Say which letter or unseen character makes a word differ from one that looks the same.

    Returns:
        The character and a sentence about it, or None where there is none.
    """
    look_alike = find_look_alike(text)
    if look_alike:
        typed, meant = look_alike
        return typed, f"It holds “{typed}” ({name_letter(typed)}) instead of the Latin “{meant}”; they only look alike."
    unseen = find_unseen(text)
    if unseen:
        return unseen, f"It holds a character that nobody sees: {name_letter(unseen)} (U+{ord(unseen):04X})."
    return None
