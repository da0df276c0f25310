"""New records as files of their own: lists of at most 200 records, and one Markdown file for each stored text."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.documents import LIMITS
from generator.importers.rows import KINDS_IN_ORDER
from generator.paths import editor_modeline
from generator.records import FOLDERS
from generator.scaffold.record import write_record
from generator.scaffold.writing import write_fields

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from generator.importers.plans import Placed

MOST_RECORDS = 200
"""The most records that an imported file has."""

_MOST_BYTES = LIMITS.yaml_bytes - 100_000  # room for what an editor adds


@dataclass(frozen=True, slots=True)
class Target:
    """Where the files of an import go.

    Attributes:
        folder: the folder within that of each kind: `imported` stands for `content/claims/imported/` and so on.
        name: how the files are called: `feed` stands for `feed-001.yml` and so on.
        taken: paths of files that are there.
    """

    folder: str
    name: str
    taken: Collection[str]


@dataclass(frozen=True, slots=True)
class File:
    """A new file.

    Attributes:
        path: where it is to stand, relative to the project's folder.
        text: what it holds.
        records: the records in it.
        lines: the line on which each of them begins.
    """

    path: str
    text: str
    records: tuple[Placed, ...]
    lines: tuple[int, ...]

    def at(self, line: int) -> Sequence[Placed]:
        """Find the record that stands at a line; all of them where the line is not known."""
        index = bisect_right(self.lines, line) - 1
        return (self.records[index],) if line and index >= 0 else self.records


def lay_out(records: Iterable[Placed], target: Target) -> tuple[File, ...]:
    """Lay records out in files, in the order in which they are to be written.

    What rows need comes before their own records, so that nothing that is written refers to what is not, and a row of
    which the own record is there is whole. Where writing breaks off, the same import again writes what is lacking.

    Args:
        records: the new records.
        target: where the files go.
    """
    found = tuple(records)
    files: list[File] = []
    for own in (False, True):
        for kind in KINDS_IN_ORDER:
            group = [one for one in found if one.own == own and one.kind == kind]
            files += _write_texts([one for one in group if one.text], target)
            first = _next_number(kind, target, files)
            lists = _part([(one, _write_item(one)) for one in group if not one.text])
            files += (_write_list(kind, listed, target, number) for number, listed in enumerate(lists, first))
    return tuple(files)


def _write_item(record: Placed) -> str:
    return write_fields({"id": record.id, **record.fields}, item=True)


def _write_texts(records: Iterable[Placed], target: Target) -> Iterator[File]:
    for one in records:
        path = f"content/{FOLDERS[one.kind]}/{target.folder}/{one.id}.md"
        text = one.text if one.text.endswith("\n") else f"{one.text}\n"
        yield File(path, write_record(one.kind, path, one.fields, text), (one,), (1,))


def _next_number(kind: str, target: Target, files: Iterable[File]) -> int:
    numbered = re.compile(
        rf"content/{FOLDERS[kind]}/{re.escape(target.folder)}/{re.escape(target.name)}-(\d{{3,9}})\.yml"
    )
    paths = (*target.taken, *(file.path for file in files))
    return max((int(found[1]) for path in paths if (found := numbered.fullmatch(path))), default=0) + 1


def _part(items: Iterable[tuple[Placed, str]]) -> Iterator[list[tuple[Placed, str]]]:
    """Part a list so that no file has too many records or bytes; a record that is too large alone stands alone."""
    listed: list[tuple[Placed, str]] = []
    size = 0
    for one, text in items:
        more = len(text.encode())
        if listed and (len(listed) == MOST_RECORDS or size + more > _MOST_BYTES):
            yield listed
            listed, size = [], 0
        listed.append((one, text))
        size += more
    if listed:
        yield listed


def _write_list(kind: str, listed: Sequence[tuple[Placed, str]], target: Target, number: int) -> File:
    path = f"content/{FOLDERS[kind]}/{target.folder}/{target.name}-{number:03}.yml"
    pieces, lines = [f"{editor_modeline(kind, path)}\n"], []
    line = 2
    for _, text in listed:
        lines.append(line)
        pieces.append(f"{text}\n")
        line += text.count("\n") + 1
    return File(path, "".join(pieces).removesuffix("\n"), tuple(one for one, _ in listed), tuple(lines))
