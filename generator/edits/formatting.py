"""One content file in its usual form: fields in order, no needless quotation marks, tidy blank lines. What it says stays."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from generator.documents.strict_yaml import build
from generator.edits.layout import lay_out
from generator.edits.lines import find_comments, find_scalars
from generator.edits.order import model_at, model_of_file
from generator.edits.quoting import Values, tidy_values
from generator.edits.surgery import apply, read_typed, take

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

    from generator.documents import Extent, Loc, Node
    from generator.edits.surgery import Typed

_FENCED = re.compile(r"(---[ \t]*(?:\r\n|\r|\n))(.*?(?:\r\n|\r|\n))(---[ \t]*(?:[\r\n].*)?)", re.DOTALL)
_ENDS = re.compile(r"\r\n?")


class NotProvedError(Exception):
    """What was to be written could not be shown to say the same: a bug of this package, and nothing may be written."""


class _Read(NamedTuple):
    """A YAML text and what it says."""

    typed: Typed
    data: Node
    values: Mapping[Loc, Extent]
    keys: Mapping[Loc, Extent]


@dataclass(frozen=True, slots=True)
class Parts:
    """A content file cut into its YAML and what stands around it.

    Attributes:
        before: the byte-order mark and the first line `---`, where they are there.
        yaml: the fields.
        after: the second line `---` and the text, byte for byte.
    """

    before: str
    yaml: str
    after: str


def cut(path: str, text: Typed) -> Parts:
    """Cut a file into its YAML and what stands around it: a Markdown file into front matter and text."""
    if not path.endswith(".md"):
        return Parts(text.mark, text.text, "")
    found = _FENCED.fullmatch(text.text)
    if found is None:
        raise NotProvedError("the lines `---` could not be found")
    return Parts(text.mark + found[1], found[2], found[3])


def _read(text: str) -> _Read:
    data, values, keys, problems = build("", text)
    if problems:
        raise NotProvedError(problems[0].message)
    return _Read(take(text), data, values, keys)


def _rewrite(text: str, model: type[BaseModel] | None) -> str:
    """Put a YAML text in form: first its values, then its lines."""
    typed, data, values, keys = _read(text)
    comments = tuple(at for at, _ in find_comments(typed, find_scalars(typed, data, values, keys)))
    tidy = apply(text, tidy_values(Values(typed, data, values, keys, comments, model)))
    typed, data, values, keys = _read(tidy)
    return lay_out(typed, data, values, keys, model)


def _comments(read: _Read) -> Counter[str]:
    return Counter(comment for _, comment in find_comments(read.typed, find_scalars(*read)))


def _meaning(node: Node, loc: Loc, model: type[BaseModel] | None) -> object:
    """What a value says, with fields of records in any order and everything else in the order that was typed."""
    if isinstance(node, list):
        return [_meaning(item, (*loc, index), model) for index, item in enumerate(node)]
    if isinstance(node, dict):
        pairs = [(name, _meaning(value, (*loc, name), model)) for name, value in node.items()]
        return pairs if model_at(model, loc) is None else sorted(pairs, key=lambda pair: pair[0])
    return node


def _prove(before: str, after: str, model: type[BaseModel] | None) -> None:
    """Make sure that a text in its new form says what it said, with every comment, and is in form.

    Raises:
        NotProvedError: it does not.
    """
    old, new = _read(before), _read(after)
    if _meaning(old.data, (), model) != _meaning(new.data, (), model):
        raise NotProvedError("the new form does not say the same")
    if _comments(old) != _comments(new):
        raise NotProvedError("a comment would be lost or changed")
    if _rewrite(after, model) != after:
        raise NotProvedError("the new form would change again the next time")


def format_file(path: str, data: bytes) -> bytes:
    """Put one content file in its usual form.

    Fields stand in the order of the models, on lines of their own and in `{...}` alike. Quotation marks go where YAML,
    and other tools that guess types, read the text without them. There is one blank line between records, never two,
    no white space at the end of a line, and one line end at the end. Comments go with what they stand above or behind.
    Texts of several lines, the text below front matter, the kind of line ends and a byte-order mark stay as they are.

    Args:
        path: POSIX path relative to the project's root.
        data: the file's bytes; the file has no error of form.

    Raises:
        NotProvedError: the new form could not be shown to say the same; nothing may be written.
        UnicodeDecodeError: the file is not UTF-8.
    """
    whole = read_typed(data)
    parts = cut(path, whole)
    newline = take(parts.yaml).newline
    before = _ENDS.sub("\n", parts.yaml)
    before += "" if before.endswith("\n") else "\n"  # a text below `|` ends with its line
    model = model_of_file(path)
    after = _rewrite(before, model)
    if after != before:
        _prove(before, after, model)
    return (parts.before + after.replace("\n", newline) + parts.after).encode()
