"""Values whose form is wrong - addresses, languages, dates, lists - and what they would be in the right one."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from generator.dates.advice import EXAMPLES
from generator.dates.mending import mend
from generator.decode.ids import Advice
from generator.documents import write_scalar
from generator.records.fields import fields_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import BaseModel

_LANGUAGES = MappingProxyType(
    {
        "english": "en", "ukrainian": "uk", "українська": "uk", "russian": "ru", "русский": "ru", "german": "de",
        "deutsch": "de", "french": "fr", "français": "fr", "polish": "pl", "polski": "pl", "spanish": "es",
        "italian": "it", "norwegian": "no", "turkish": "tr", "azerbaijani": "az", "arabic": "ar", "chinese": "zh",
        "belarusian": "be", "romanian": "ro", "hungarian": "hu", "czech": "cs", "dutch": "nl", "hebrew": "he",
    }
)  # fmt: skip
_LOCALE = re.compile(r"[A-Za-z]{2}_[A-Za-z]{2,4}")
_MARKS = " \"'“”„«»‘’<>"
_ADDRESS = re.compile(r"\[[^\]]*\]\((?P<url>[^)\s]+)\)|<?(?P<bare>[^<>\s]+)>?")
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(/\S*)?")
_SLASHES = re.compile(r"(?P<scheme>https?)(?::/+|:|//)(?!/)", re.IGNORECASE)
_WIKIDATA = re.compile(r".*/(Q\d+)|[Qq](\d+)")
_NOTHING = frozenset({"-", "--", "n/a", "na", "none", "null", "nil", "~", "?", "??", "???", "tbd", "unknown", "no"})

SHAPES = MappingProxyType(
    {
        "checked": "checked: {on: 2024-06-01, by: [Mia, Tom]}",
        "log": "- {on: 2024-06-01, verdict: supported, note: First judged.}",
        "seen": "- {in: source-id, quote: its words, chain: own}",
        "evidence": "- {in: source-id, stance: supports, basis: witness, quote: its words, chain: own}",
        "searched": "searched: {where: the archive, terms: [bridge], until: 2024-06-01}",
        "skipped": "- {quote: its words, why: nothing to check}",
        "questions": "- {id: short-name, text: What happened?, claims: [claim-id]}",
        "licence": 'licence: {name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/"}',
    }
)
"""How fields that hold fields are typed."""


def takes_day(model: type[BaseModel], field: str) -> bool:
    """Tell whether a field takes a single day rather than any date."""
    info = fields_of(model).get(field)
    return info is not None and "datetime.date" in str(info.annotation)


def advise_date(text: str, field: str, reason: str, *, day: bool) -> Advice:
    """Explain a date that could not be read, with the date that was meant where only one can be."""
    meant = mend(text)
    if meant is not None and day and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", meant):
        meant = None
        reason = "a single day is needed here, like 2025-05-22"
    if meant is not None and (meant not in reason or EXAMPLES in reason):
        head, colon, _ = reason.rpartition(": ")
        if "/" in meant and ".." not in meant:
            head, colon = "write an interval with a slash and no spaces", ": "
        reason = f"{head}{colon}`{meant}`" if colon and EXAMPLES not in reason else f"this is written `{meant}`"
    return Advice(f"`{field}`: {reason}.", "", "", meant)


def advise_url(given: object, field: str) -> Advice:
    """Explain an address that is none of the web, or not in its form."""
    said = f"`{field}`: an address that begins with https:// or http:// is expected."
    text = given if isinstance(given, str) else ""
    plain = text.strip(_MARKS)
    if plain.casefold() in _NOTHING:
        return Advice(said, "Where there is no address, leave the whole line out.")
    found = _ADDRESS.fullmatch(plain)
    if found is None:
        said = f"`{field}`: a space stands in this address." if " " in plain else said
        return Advice(said, "Copy the address from the browser's address bar.")
    address = found["url"] or found["bare"]
    if "@" in re.split("[/?#]", address.partition("//")[2], maxsplit=1)[0]:
        return Advice(
            f"`{field}`: a user name stands in this address; it may hide which site it leads to.",
            "Leave out what stands before the `@`, and see where the address leads.",
        )
    meant = f"https://{address}" if _HOST.fullmatch(address) else _SLASHES.sub(r"\g<scheme>://", address, count=1)
    if meant == text or not _is_url(meant):
        return Advice(said, "Copy the address from the browser's address bar.")
    return Advice(said, f"Write `{meant}`.", "", meant)


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    clean = not re.search(r"[\s<>\"\\^`{|}\x00-\x20\x7f]", text)
    return parts.scheme in ("http", "https") and "." in (parts.hostname or "") and clean


def advise_pattern(given: object, field: str) -> Advice:
    """Explain a language or a Wikidata item in another form."""
    text = str(given)
    said = f"`{field}`: “{text[:60]}” does not have the form expected here."
    if field == "language":
        plain = text.strip(_MARKS)
        meant = _LANGUAGES.get(plain.casefold()) or (plain.replace("_", "-") if _LOCALE.fullmatch(plain) else None)
        return Advice(
            said, f"Write `{meant}`." if meant else "Write a language tag, such as en, uk or zh-Hans.", "", meant
        )
    found = _WIKIDATA.fullmatch(text.strip(_MARKS)) if field == "wikidata" else None
    if found:
        meant = found[1] or f"Q{found[2]}"
        return Advice(said, f"Write `{meant}`.", "", meant)
    return Advice(said, "Write the number of the item, such as Q42." if field == "wikidata" else "")


def advise_flag(text: object, field: str) -> Advice:
    """Explain what is neither true nor false."""
    plain = str(text).strip(_MARKS).lower()
    meant = {"true": "true", "yes": "true", "on": "true", "1": "true", "false": "false", "no": "false"}.get(plain)
    return Advice(f"`{field}`: true or false is expected.", f"Write `{meant}`." if meant else "", "", meant)


def advise_text(given: object, field: str, *, lines: bool) -> tuple[Advice, bool]:
    """Explain what stands where a text belongs.

    Args:
        given: what was typed.
        field: the field.
        lines: whether it was typed line by line, without brackets.

    Returns:
        The advice, and whether its mend is typed in the stead of the only field that was read by mistake.
    """
    if lines and isinstance(given, dict) and len(given) == 1:
        ((name, rest),) = given.items()
        if isinstance(rest, str) and " " in f"{name} {rest}":
            fix = write_scalar(f"{name}: {rest}", flow=True)
            said = f"`{field}`: the colon behind “{str(name)[:40]}” makes a field of this text."
            return Advice(said, f"Put the whole text in quotation marks: {fix[:80]}", f"{name}:", fix), True
    if isinstance(given, list) and len(given) == 1 and isinstance(given[0], str):
        return Advice(
            f"`{field}`: one text is expected here, and a list was typed.",
            f"Write it without the square brackets or the hyphen: {write_scalar(given[0])[:80]}",
            "",
            write_scalar(given[0], flow=True),
        ), False
    said = f"`{field}`: a text is expected here, and {kind_of(given)} was typed."
    return Advice(said, "Look at the indentation; a text with `: ` in it needs quotation marks."), False


def advise_list(given: object, field: str) -> Advice:
    """Explain what stands where a list belongs."""
    said = f"`{field}`: a list is expected here, and {kind_of(given)} was typed."
    if field in SHAPES and isinstance(given, dict):
        return Advice(said, f"Begin its first field with a hyphen and a space: `{SHAPES[field]}`.")
    if field in SHAPES:
        return Advice(said, f"Begin each item on a line of its own with `- `: `{SHAPES[field]}`.")
    parts = [part.strip() for part in given.split(",")] if isinstance(given, str) else []
    if parts and all(parts) and not any(" " in part for part in parts):
        fix = f"[{', '.join(parts)}]"
        return Advice(said, f"Write `{fix}`.", "", fix)
    return Advice(said, "Write each item on a line of its own with `- `, or `[a, b]`.")


def advise_fields(given: object, field: str) -> Advice:
    """Explain what stands where fields belong."""
    said = f"`{field}`: fields (`name: value`) are expected here, and {kind_of(given)} was typed."
    if field == "chain" and isinstance(given, list):
        said = "`chain`: this is one chain, and a list of several was typed."
        return Advice(
            said, "Several chains stand under `chains:`, each in square brackets: `chains: [[first, second], [third]]`."
        )
    shape = f"Write `{SHAPES[field]}`." if field in SHAPES else "Write each field on a line of its own, indented alike."
    return Advice(said, shape)


def kind_of(value: object) -> str:
    """Name what was typed."""
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a record with fields (`name: value`)"
    return "nothing" if value is None else "text"


def advise_number(given: object, kind: str, field: str, context: Mapping[str, Any]) -> Advice:
    """Explain what is no whole number, or outside what is allowed."""
    word = {"greater_than_equal": " of at least", "less_than_equal": " of at most"}.get(kind, "")
    bounds = f"{word} {context.get('ge', context.get('le', ''))}".rstrip()
    return Advice(f"`{field}`: “{str(given)[:60]}” is not a whole number{bounds}.", "Write digits only.")


def _advise_length(kind: str, field: str, context: Mapping[str, Any]) -> Advice:
    if kind in ("string_too_short", "too_short"):
        return Advice(f"`{field}` is empty.", "Type a value or remove the line.")
    unit = "characters" if kind == "string_too_long" else "items"
    return Advice(f"`{field}` is too long: {context.get('max_length', '')} {unit} are the limit.", "Shorten it.")


def advise_form(kind: str, given: object, field: str, context: Mapping[str, Any]) -> Advice | None:
    """Explain a value by pydantic's name for what is wrong with it; None where that is no matter of its form."""
    if kind in _BY_KIND:
        return _BY_KIND[kind](given, field)
    if kind in ("string_too_long", "too_long", "string_too_short", "too_short"):
        return _advise_length(kind, field, context)
    if kind in ("int_parsing", "int_type", "greater_than_equal", "less_than_equal"):
        return advise_number(given, kind, field, context)
    return None


_BY_KIND: Mapping[str, Callable[[object, str], Advice]] = MappingProxyType(
    {
        "bad_url": advise_url,
        "string_pattern_mismatch": advise_pattern,
        "wrong_type": advise_flag,
        "tuple_type": advise_list,
        "list_type": advise_list,
        "model_type": advise_fields,
        "model_attributes_type": advise_fields,
        "dict_type": advise_fields,
    }
)
