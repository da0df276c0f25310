"""Changed files are taken into the state, and what differs is told fact by fact."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from generator.derive.naming import name_source
from generator.link import list_links
from generator.link.facts import ALL, CITED, MEMBERS, MOVED, TEXT, compare
from generator.pipeline.rows import OddError, file_row, holds_records, parse_file, read_file, row_of
from generator.pipeline.stock import with_id
from generator.records import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from generator.decode import Decoded
    from generator.documents import Document
    from generator.link import Library
    from generator.reads import Fact
    from generator.records import Record
    from generator.state import FileRow, RecordRow, State

Key = tuple[str, str]

CORE = frozenset({"content/settings.yml", "content/vocabulary.yml"})
"""With these everything changes; they are part of the state's stamp."""

NAME = "source name"
"""Kind of the facts that say how many sources have a name; the id is the name."""


@dataclass(slots=True)
class Changes:
    """What differs from what the state knew.

    Attributes:
        facts: the facts that changed, with their parts.
        checked: the records whose file changed: their rules are asked again, since findings name lines.
        gone: records that are no longer there.
    """

    facts: dict[Fact, int] = field(default_factory=dict)
    checked: dict[Key, None] = field(default_factory=dict)
    gone: dict[Key, None] = field(default_factory=dict)

    def add(self, fact: Fact, parts: int) -> None:
        """Note that parts of a fact changed."""
        if parts:
            self.facts[fact] = self.facts.get(fact, 0) | parts


class Taking:
    """Takes changed files into the state.

    Args:
        root: the project's folder.
        state: what the last sound build knew; it has begun to change.
    """

    def __init__(self, root: Path, state: State) -> None:
        self.root = root
        self.state = state
        self.changes = Changes()
        self.documents: dict[str, Document] = {}
        self.redirects: dict[str, str] = json.loads(state.read("redirects") or "{}")
        self.source_names: dict[str, str] = json.loads(state.read("source names") or "{}")

    def look(self, now: Mapping[str, str]) -> tuple[list[str], list[str]]:
        """Compare what stands there with what was read, and keep what is new of it: changed files, those that are gone."""
        before = self.state.marks()
        fresh: list[FileRow] = []
        signed: dict[str, str] = {}
        for path, signature in now.items():
            known, digest = before.get(path, ("", ""))
            if known == signature != "":
                continue
            data = read_file(self.root, path)
            if digest == sha256(data).hexdigest():
                signed[path] = signature
                continue
            if path in CORE:
                raise OddError(f"{path} has changed")
            document = self.documents[path] = parse_file(path, data)
            fresh.append(file_row(path, signature, data, document))
        self.state.renew_files(list(now), fresh, signed)
        return [row.path for row in fresh], [path for path in before if path not in now]

    def core(self, paths: Iterable[str]) -> list[Document]:
        """Parse what is small and read each time: settings, vocabulary, corrections, pages."""
        return [
            self.documents.get(path) or parse_file(path, read_file(self.root, path))
            for path in paths
            if not holds_records(path)
        ]

    def take(self, decoded: Decoded, changed: Sequence[str], gone: Sequence[str]) -> None:
        """Put the records of changed files in the place of those that were there."""
        old = {row[:2]: (path, row) for path in (*gone, *changed) for row in map(_flat, self.state.records_of(path))}
        new: dict[Key, tuple[str, RecordRow, Record]] = {}
        by_file: dict[str, list[RecordRow]] = {}
        for located in decoded.records:
            row = row_of(located)
            if (row.kind, row.id) in new:
                raise OddError("an id is used twice")
            new[row.kind, row.id] = located.document.path, row, located.record
            by_file.setdefault(located.document.path, []).append(row)
        for path in (*gone, *changed):
            self.state.forget_records(path)
        for path, rows in by_file.items():
            if any(self.state.record(row.kind, row.id) is not None for row in rows):
                raise OddError("an id is used twice")
            self.state.keep_records(path, rows)
        order_before = [key for key in old if key in new]
        order_now = [key for key in new if key in old]
        moved = {key for key, other in zip(order_before, order_now, strict=True) if key != other}
        moved |= {key for key in order_now if old[key][0] != new[key][0]}
        for key in dict.fromkeys((*old, *new)):
            self._compare(key, old.get(key), new.get(key), moved=key in moved)
        self.changes.checked = dict.fromkeys(new)
        self.changes.gone = dict.fromkeys(key for key in old if key not in new)

    def _compare(
        self,
        key: Key,
        old: tuple[str, tuple[Any, ...]] | None,
        new: tuple[str, RecordRow, Record] | None,
        *,
        moved: bool,
    ) -> None:
        kind, one = key
        before = None
        if old is not None:
            path, (_, _, place, node, _, _) = old
            before = KINDS[kind].model_validate(with_id(json.loads(node), path, place))
        after = new[2] if new is not None else None
        self.changes.add(key, compare(kind, before, after))
        old_text, old_mentions = (old[1][4], old[1][5]) if old else ("", ())
        new_text, new_mentions = (new[1].text, tuple(new[1].references)) if new else ("", ())
        if old_text != new_text:
            self.changes.add(key, TEXT)
            self.changes.add((kind, ""), TEXT)
        if before is None or after is None or moved:
            self.changes.add((kind, ""), MEMBERS)
        if moved or old_mentions != new_mentions:
            for target_kind, target, _ in {*old_mentions, *new_mentions}:
                self.changes.add((target_kind, target), CITED)
        self._redirect(kind, one, before.was if before else (), after.was if after else ())

    def _redirect(self, kind: str, one: str, before: Sequence[str], after: Sequence[str]) -> None:
        for old in before:
            if self.redirects.get(f"{kind}:{old}") == one:
                del self.redirects[f"{kind}:{old}"]
        for old in after:
            if f"{kind}:{old}" in self.redirects:
                raise OddError("two records were called the same")
            self.redirects[f"{kind}:{old}"] = one
        if tuple(before) != tuple(after):
            self.changes.add((MOVED, ""), ALL)
            for old in {*before, *after}:
                self.changes.add((MOVED, f"{kind}:{old}"), ALL)

    def prove(self, decoded: Decoded) -> None:
        """See that every reference leads somewhere, and that no old id is in use."""
        named = {mention[:2] for key in self.changes.checked for mention in self.state.mentions_by(*key)}
        if any(self.state.record(*key) is None for key in named):
            raise OddError("a reference leads nowhere")
        if any(self.state.mentions_of(*key) for key in self.changes.gone):
            raise OddError("a reference leads to what is gone")
        for old in self.redirects:
            kind, _, one = old.partition(":")
            if self.state.record(kind, one) is not None:
                raise OddError("an old id is in use")
        for kinds, one, old_ids in list_links(decoded):
            known = any(self.state.record(kind, one) is not None for kind in kinds)
            if not known and not (old_ids and any(f"{kind}:{one}" in self.redirects for kind in kinds)):
                raise OddError("a page or a correction names what is not there")

    def name_sources(self, library: Library) -> Mapping[str, int]:
        """Bring the names of the sources up to date, and count them."""
        touched = {one for (kind, one) in self.changes.facts if kind == "source" and one}
        outlets = {one for (kind, one) in self.changes.facts if kind == "entity" and one}
        touched |= {
            by
            for one in outlets
            for kind, by, role in self.state.mentions_of("entity", one)
            if (kind, role) == ("source", "outlet")
        }
        for one in touched:
            name = name_source(library, library.sources[one]) if one in library.sources else None
            before = self.source_names.pop(one, None)
            if name is not None:
                self.source_names[one] = name
            if name != before:
                for each in filter(None, (name, before)):
                    self.changes.add((NAME, each), ALL)
        return count_each(self.source_names)


def _flat(row: RecordRow) -> tuple[Any, ...]:
    return row.kind, row.id, row.place, row.node, row.text, tuple(row.references)


def count_each(names: Mapping[str, str]) -> dict[str, int]:
    """Count how many sources have each name."""
    counts: dict[str, int] = {}
    for name in names.values():
        counts[name] = counts.get(name, 0) + 1
    return counts
