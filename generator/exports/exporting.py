"""What is published of one record, and the whole of it in memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.exports.assembling import assemble
from generator.exports.catalogue import COLLECTIONS, DIGESTS, LEAVES
from generator.exports.open_data import RECORDS, write_record_file
from generator.exports.published import CORRECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.derive import Views
    from generator.exports.published import Collection, LeafFile, Plain
    from generator.link import Library


@dataclass(frozen=True, slots=True)
class Exported:
    """What a record gives to the data files.

    Attributes:
        pieces: the text of its piece in each collection in which it has one, by the path of that.
        files: files of its own.
        plain: what the pieces say, by the path of the collection, every text unaltered.
    """

    pieces: Mapping[str, str]
    files: tuple[LeafFile, ...]
    plain: Mapping[str, Plain]


def list_ids(library: Library) -> dict[str, Iterable[str]]:
    """List the records of each kind, in reading order, and the log of corrections as one more."""
    records = (library.sources, library.entities, library.claims, library.events, library.topics)
    ids: dict[str, Iterable[str]] = dict(zip(("source", "entity", "claim", "event", "topic"), records, strict=True))
    return {**ids, CORRECTIONS: ("",)}


class Exporter:
    """Writes what records give to the data files.

    Args:
        library: the linked records.
        views: what follows from them.
    """

    def __init__(self, library: Library, views: Views) -> None:
        self._library, self._views = library, views
        self._collections: dict[str, list[Collection]] = {}
        for collection in COLLECTIONS:
            for section in collection.lay_out(library.settings, views.today):
                for kind in section.kinds:
                    self._collections.setdefault(kind, []).append(collection)

    def export(self, kind: str, one: str) -> Exported:
        """Write what one record, or the log of corrections, gives.

        Args:
            kind: a kind, or `CORRECTIONS`.
            one: the record's id, or the empty string.
        """
        plain, pieces = {}, {}
        for collection in self._collections.get(kind, ()):
            said = collection.compose(self._library, self._views, kind, one)
            if said is not None:
                plain[collection.path] = said
                pieces[collection.path] = collection.write(said)
        if kind == CORRECTIONS:
            return Exported(pieces, (), plain)
        own = write_record_file(self._library.settings, kind, one, plain[RECORDS.path])
        return Exported(pieces, (own,), plain)

    def export_leaf(self, name: str, key: str) -> tuple[LeafFile, ...]:
        """Make the files of one leaf for one key."""
        return tuple(next(leaf for leaf in LEAVES if leaf.name == name).make(self._library, self._views, key))


@dataclass(frozen=True, slots=True)
class Everything:
    """All data files of a site.

    Attributes:
        files: their bytes by path.
        plain: what is in them as plain data, by path: what rule 12 looks through.
    """

    files: Mapping[str, bytes]
    plain: Mapping[str, Plain]


def export_all(library: Library, views: Views) -> Everything:
    """Make every data file in memory."""
    settings, ids, exporter = library.settings, list_ids(library), Exporter(library, views)
    pieces: dict[str, dict[tuple[str, str], bytes]] = {collection.path: {} for collection in COLLECTIONS}
    plain: dict[str, list[Plain]] = {}
    leaves = [file for leaf in list_leaves(library) for file in exporter.export_leaf(*leaf)]
    for kind, of_kind in ids.items():
        for one in of_kind:
            made = exporter.export(kind, one)
            leaves += made.files
            for path, text in made.pieces.items():
                pieces[path][kind, one] = text.encode()
                plain.setdefault(path, []).append(made.plain[path])
    files = {one.path: assemble(one, settings, views.today, ids, pieces[one.path]).data for one in COLLECTIONS}
    for digest in DIGESTS:
        files[digest.path] = digest.make(settings, {path: files[path] for path in digest.of})
    own = {leaf.path: leaf.text.encode() for leaf in leaves}
    return Everything({**files, **own}, {**plain, **{leaf.path: leaf.plain for leaf in leaves}})


def list_leaves(library: Library) -> Iterator[tuple[str, str]]:
    """List the leaves with their keys."""
    yield from ((leaf.name, key) for leaf in LEAVES for key in leaf.keys(library))
