"""What YAML reads otherwise than it was meant, though it can be read: comments, anchors, bullets, second ids."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from textwrap import shorten
from typing import TYPE_CHECKING

import yaml

from generator.diagnostics import Diagnostic, Place
from generator.documents.nodes import stop_telling
from generator.documents.scalars import write_scalar
from generator.documents.slips import read_items, read_name

if TYPE_CHECKING:
    from generator.documents.nodes import Extent, Loc, Spot

_CUT = re.compile(r"[ \t]+(?P<lost>#[^\s#].*)")  # "bridge #3"; a comment has a space after its mark
_DEEPEST = 200  # characters of indentation


def index_of(event: yaml.Event, *, end: bool = False) -> int:
    """Give the index in the text at which an event begins, or ends."""
    mark = event.end_mark if end else event.start_mark
    return mark.index if mark is not None else 0


class Stopped(Exception):  # noqa: N818 - not an error: the rest of the file is left unread
    """Nothing more of this file can be read."""


class Reader:
    """Knows where the events of a text stand, and collects what is wrong with it."""

    def __init__(self, path: str, text: str, first_line: int, most: int) -> None:
        self.path = path
        self.most = most
        self.text = text
        self.shift = first_line
        self.begins = [0, *(end.end() for end in re.finditer("\n", text))]
        self.last = len(self.begins) - 1
        self.keys: dict[Loc, Extent] = {}
        self.diagnostics: list[Diagnostic] = []
        self.twice: dict[Loc, int] = {}

    def spot(self, event: yaml.Event) -> Spot:
        """Give the line and column in which an event begins."""
        mark = event.start_mark
        if mark is None:
            return self.shift, 1
        if mark.line > self.last:  # the parser puts what is empty behind a last line without an end
            return self.spot_at(len(self.text))
        return mark.line + self.shift, mark.column + 1

    def extent(self, event: yaml.Event, last: yaml.Event | None) -> Extent:
        """Give where an event begins, and where the last one of it ends; zeros where that is not known."""
        mark = last.end_mark if last is not None else None
        if mark is None:
            return (*self.spot(event), 0, 0)
        if isinstance(last, yaml.ScalarEvent) and last.style in ("|", ">"):  # the parser counts the line ends below it
            start = index_of(event)
            return (*self.spot(event), *self.spot_at(start + len(self.text[start : mark.index].rstrip())))
        if mark.line > self.last:
            return (*self.spot(event), *self.spot_at(len(self.text)))
        return (*self.spot(event), mark.line + self.shift, mark.column + 1)

    def spot_at(self, index: int) -> Spot:
        """Give the line and column of an index in the text."""
        line = bisect_right(self.begins, index) - 1
        return line + self.shift, index - self.begins[line] + 1

    def say(
        self, spot: Spot | Extent, code: str, message: str, mend: str = "", *, focus: str = "", fix: str | None = None
    ) -> None:
        """Note what is wrong.

        Raises:
            Stopped: so much is wrong that no more of it is told.
        """
        if len(self.diagnostics) == self.most:
            self.diagnostics.append(stop_telling(Place(self.path, *spot), self.most))
            raise Stopped
        self.diagnostics.append(Diagnostic(Place(self.path, *spot), code, message, mend, focus=focus, fix=fix))

    def check_marks(self, event: yaml.Event) -> None:
        """Refuse the tag and the anchor of a value or of the name of a field."""
        if getattr(event, "tag", None) is not None:
            self.refuse(event, "tag", "!")
        if getattr(event, "anchor", None) is not None:
            self.refuse(event, "alias", "&")

    def refuse(self, event: yaml.Event, code: str, mark: str) -> None:
        """Refuse what YAML has for repeating and typing values; in a text it was meant as the text's first letter."""
        said = f"A text may not begin with `{mark}`, which has a meaning of its own in YAML that content does not use."
        if isinstance(event, yaml.CollectionStartEvent):
            self.say(self.spot(event), code, said, f"Remove the `{mark}` and the word behind it.")
            return
        whole = " ".join(self.text[index_of(event) : index_of(event, end=True)].split())
        fix = write_scalar(whole, flow=True)
        self.say(
            self.extent(event, event), code, said, f"Put the whole text in quotation marks: {fix}", focus=mark, fix=fix
        )

    def check_items(self, event: yaml.ScalarEvent) -> None:
        """Stop at a text on lines of its own that was meant as a list."""
        start, end = index_of(event), index_of(event, end=True)
        begin = self.begins[bisect_right(self.begins, start) - 1]
        # However long the line is, no more of it is looked at: it may hold very many texts.
        first = start - begin <= _DEEPEST and not self.text[begin:start].strip()
        odd = read_items(self.text[begin:end]) if first else None
        if odd is not None:
            fix, said, mend, mark = odd
            extent = (*self.spot_at(begin), *self.spot_at(end))
            self.say(extent, "yaml-syntax", said, mend, focus=mark, fix=fix)
            raise Stopped

    def check_cut(self, event: yaml.ScalarEvent) -> None:
        """Find a text that goes on behind a `#`, or begins with one."""
        end = index_of(event, end=True)
        found = _CUT.match(self.text, end)
        if found is None:
            return
        start = index_of(event) if event.value else found.start("lost")
        whole = " ".join(self.text[start : found.end()].split())
        said = (
            f"A `#` behind a space begins a comment, so this text ends before it: “{shorten(event.value, 60, placeholder=' …')}”."
            if event.value
            else "A `#` behind a space begins a comment, so nothing of this text is read."
        )
        mend = f"Put the whole text in quotation marks: {write_scalar(whole)}. A comment has a space behind its `#`."
        extent = (*self.spot_at(start), *self.spot_at(found.start("lost") + len(found["lost"].rstrip())))
        self.say(extent, "comment-cuts-prose", said, mend, focus=found["lost"].rstrip(), fix=write_scalar(whole))

    def check_name(self, event: yaml.ScalarEvent, name: str) -> None:
        """Stop at a field whose name begins with what was meant as indentation, or as the hyphen of a list."""
        odd = read_name(name)
        if odd is not None:
            typed, fix, said, mend = odd
            fix = fix if self.keys or fix.strip() else ""  # in front of the first field there is nothing to indent for
            line, column = self.spot(event)
            self.say((line, column, line, column + len(typed)), "yaml-syntax", said, mend, focus=typed, fix=fix)
            raise Stopped

    def say_twice(self, event: yaml.Event, loc: Loc, begins: str, *, flow: bool) -> None:
        """Report a field that is given twice; a second `id` in a list is the next record, whose hyphen is missing.

        Several of them in one item of a list are one slip: the line with which the next item begins is missing.

        Args:
            event: the name of the field.
            loc: its path.
            begins: the first field of the record or item.
            flow: whether it stands in curly brackets.
        """
        item = loc[:-1]
        if item in self.twice:
            if item and isinstance(item[-1], int) and not flow:
                self.say_run_together(loc, begins)
            return
        self.twice[item] = len(self.diagnostics)
        first = self.keys[loc]
        line, column = self.spot(event)
        name = str(loc[-1])
        if name == "id" and len(loc) > 1 and not flow and first[1] == column:
            said = f"A second `id` stands in one record; the first stands on line {first[0]}. A hyphen is missing where a new record begins."
            place = (line, column - 2, line, column)
            self.say(place, "duplicate-key", said, "Write `- id: ...` where the new record begins.", fix="- ")
            raise Stopped
        said = f"`{name}` is given twice; the first stands on line {first[0]}."
        self.say(self.extent(event, event), "duplicate-key", said, "Keep one of them.")

    def say_run_together(self, loc: Loc, begins: str) -> None:
        """Say that two items of a list run together, in the stead of what was said about their first field; of records no more is read."""
        at = self.twice[loc[:-1]]
        before = self.diagnostics[at]
        if "run together" in before.message:
            return
        record = len(loc) == 2  # noqa: PLR2004 - an item of the list that is the file
        what = "record" if record else "item"
        said = f"{before.message.removesuffix('.')}, and `{loc[-1]}` too: two {what}s run together here. The line with which the second begins is missing above."
        mend = f"Write `- {begins}: ...` in front of the first line of the second {what}; or, if it is one {what}, keep one of each."
        self.diagnostics[at] = replace(before, message=said, help=mend)
        if record:
            raise Stopped
