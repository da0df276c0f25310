"""Reading `{#id .class key="value"}`: the grammar of mdit-py-plugins, with a shorter way through the lists that we write."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from mdit_py_plugins.attrs.parse import ParseError, parse

if TYPE_CHECKING:
    from collections.abc import Mapping

# A part of the grammar in which nothing is ambiguous: no comments, no escapes, blanks between entries.
_NAME = r"[\w:-]+"
_ENTRY = rf'[#.]{_NAME}|{_NAME}=(?:"[^"\\{{}}\n]*"|{_NAME})'
_PLAIN = re.compile(rf"\{{ *(?:{_ENTRY})(?: +(?:{_ENTRY}))* *\}}", re.ASCII)
_ENTRIES = re.compile(rf'([#.])({_NAME})|({_NAME})=(?:"([^"\\{{}}\n]*)"|({_NAME}))', re.ASCII)


def read_attribute_list(text: str, start: int = 0) -> tuple[int, Mapping[str, str]] | None:
    """Read the attribute list that begins at `start`.

    Returns:
        The offset after its closing brace and what it says, not yet checked; None where there is none.
    """
    if not text.startswith("{", start):
        return None
    plain = _PLAIN.match(text, start)
    if plain:
        return plain.end(), _read_plain(plain[0])
    try:
        last, attributes = parse(text[start:])
    except ParseError:
        return None
    return start + last + 1, attributes


@lru_cache(maxsize=1 << 11)  # what marks a verdict or a date stands on many pages
def _read_plain(written: str) -> Mapping[str, str]:
    attributes: dict[str, str] = {}
    classes = []
    for sign, name, key, quoted, bare in _ENTRIES.findall(written):
        if sign == "." or key == "class":
            classes.append(name or quoted or bare)
        elif sign:
            attributes["id"] = name
        else:
            attributes[key] = quoted or bare
    if classes:
        attributes["class"] = " ".join(classes)
    return attributes
