"""A parsed document as data that JSON can hold, and back again without parsing; what a cache of parsed files keeps."""

from __future__ import annotations

import sys
from array import array
from base64 import b64decode, b64encode
from functools import partial
from typing import TYPE_CHECKING, TypedDict

from generator.documents.encodings import read_sound
from generator.documents.nodes import Document, Node
from generator.documents.positions import Keys, Positions, Values

if TYPE_CHECKING:
    from collections.abc import Callable


class Stored(TypedDict):
    """A document as data: strings, whole numbers, lists, mappings and None.

    Attributes:
        nodes: the YAML value.
        marks: the numbers of `Positions`, as text; None where the document has no YAML.
        begins: where the lines of the YAML begin, as text.
        first_line: the line of the file on which the YAML starts.
        body: how many characters of the file stand in front of its Markdown, and the line on which that begins; None
            for a YAML file.
    """

    nodes: Node
    marks: str | None
    begins: str
    first_line: int
    body: tuple[int, int] | list[int] | None


def _write(numbers: array[int]) -> str:
    """Write numbers as text: a letter for their width, then their bytes, the low ones first."""
    if sys.byteorder == "big":
        numbers = array(numbers.typecode, numbers)
        numbers.byteswap()
    return numbers.typecode + b64encode(numbers.tobytes()).decode("ascii")


def _read(written: str) -> array[int]:
    if written[:1] not in ("H", "I"):
        raise ValueError("numbers of an unknown width")
    numbers = array(written[0])
    numbers.frombytes(b64decode(written[1:], validate=True))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def to_data(document: Document, file: bytes) -> Stored | None:
    """Give a document as data.

    Args:
        document: as `parse` or `parse_text` gave it, without a diagnostic.
        file: the bytes it was parsed from.

    Returns:
        The data; None for a document that is not to be kept: something is wrong with it, or it is too odd to be sure.
    """
    body = None
    if document.has_body:
        body = len(read_sound(file)) - len(document.body or ""), document.body_line
    if document.data is None and body is not None:
        return Stored(nodes=None, marks=None, begins="", first_line=0, body=body)
    if not isinstance(document.values, Values):
        return None
    positions = document.values.positions
    return Stored(
        nodes=document.data,
        marks=_write(positions.marks),
        begins=_write(positions.begins),
        first_line=positions.first_line,
        body=body,
    )


def _read_body(read: Callable[[], bytes], start: int) -> str:
    return read_sound(read())[start:]


def from_data(path: str, read: Callable[[], bytes], data: Stored) -> Document:
    """Make a document again, without parsing.

    Args:
        path: as it was given to `parse`.
        read: gives the bytes from which the document was parsed, each time its body is asked for; a YAML file has none,
            and its bytes are never asked for. Whoever calls this has made sure that they are the same as then.
        data: what `to_data` gave.

    Raises:
        ValueError, TypeError, KeyError: this is not what `to_data` gave.
    """
    start, line = data["body"] or (0, 0)
    text = partial(_read_body, read, start) if data["body"] is not None else None
    if data["marks"] is None:
        return Document(path, None, text=text, body_line=line)
    nodes = data["nodes"]
    positions = Positions(nodes, _read(data["marks"]), _read(data["begins"]), data["first_line"])
    return Document(path, nodes, Values(positions), Keys(positions), text, line)
