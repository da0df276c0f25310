"""Opening tags and headings of a page: most stand on many pages, so they are kept as they are written."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from generator.dialect.attribute_lists import read_attribute_list
from generator.dialect.attributes import ATTRIBUTES, find_anchor, write_attributes
from generator.dialect.containers import Opening, read_opening
from generator.dialect.list_items import UnusualError
from generator.dialect.phrases import read_phrase
from generator.dialect.sheet import Sheet, is_linked

if TYPE_CHECKING:
    from generator.dialect.attributes import Value

_TRAILING = re.compile(r"(?:^|\s)(\{[^{}]*\})$")
_HEADING = re.compile(r"(#{1,6}) +([^\s#](?:.*[^\s#])?)")


@lru_cache(maxsize=1 << 10)  # the same stand on many pages
def open_tag(tag: str, written: str, own: tuple[tuple[str, Value], ...] = ()) -> tuple[str, str]:
    """Write an opening tag with the attributes of its own and those of a list, and give its id.

    Raises:
        UnusualError: what should be an attribute list is none.
    """
    found = read_attribute_list(written) if written else (0, {})
    if not found:
        raise UnusualError
    attributes = {**dict(own), **{key: value for key, value in found[1].items() if key in ATTRIBUTES}}
    return f"<{tag}{write_attributes((*attributes.items(),))}>", find_anchor(attributes)


@lru_cache(maxsize=1 << 9)
def open_container(line: str) -> tuple[Opening, str, str]:
    """Read a line that opens a container, and write its opening tag and give its id."""
    opening = read_opening(line)
    if not opening:
        raise UnusualError
    return opening, *open_tag.__wrapped__(opening.tag, "", (*opening.attributes.items(),))


@lru_cache(maxsize=1 << 9)
def write_heading(line: str, attributes: str, permalink: str) -> Sheet:
    """Write a heading on a sheet of its own; `attributes` is the attribute list above it, or empty.

    Raises:
        UnusualError: it is no heading as our templates write it.
    """
    match = _HEADING.fullmatch(line.rstrip(" "))
    if not match:
        raise UnusualError
    tag, content = f"h{len(match[1])}", match[2]
    trailing = _TRAILING.search(content)
    found = read_attribute_list(trailing[1]) if trailing else None
    if trailing and found and found[0] == len(trailing[1]):
        if attributes:  # two lists would be joined
            raise UnusualError
        attributes = trailing[1]
        content = content[: trailing.start()].strip()
    opening, anchor = open_tag.__wrapped__(tag, attributes)
    sheet = Sheet(permalink)
    sheet.open(f'<div class="heading">{opening}' if is_linked(tag, anchor) else opening, anchor)
    phrase = read_phrase(content)
    sheet.write_phrase(phrase)
    sheet.close_heading(tag, anchor, phrase)
    return sheet
