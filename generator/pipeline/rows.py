"""Files and records as a state keeps them, of content that is sound."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from generator.documents import LIMITS, parse
from generator.documents.stored import to_data
from generator.link.references import references
from generator.load.opening import read_bytes
from generator.state import FileRow, RecordRow

if TYPE_CHECKING:
    from pathlib import Path

    from generator.decode import Located
    from generator.documents import Document


class OddError(Exception):
    """The content cannot be taken in as it is; the message says why, for whoever looks for the reason."""


def read_file(root: Path, path: str) -> bytes:
    """Read a file below the project's folder."""
    try:
        return read_bytes(root / path, most=LIMITS.text_bytes)
    except OSError as error:
        raise OddError(f"{path} cannot be read") from error


def parse_file(path: str, data: bytes) -> Document:
    """Parse a file that is sound."""
    document, problems = parse(path, data)
    if document is None or problems:
        raise OddError(f"{path} has problems")
    return document


def holds_records(path: str) -> bool:
    """Tell whether a file is one of records."""
    return path.count("/") > 1 and not path.startswith("content/pages/")


def file_row(path: str, signature: str, data: bytes, document: Document) -> FileRow:
    """Give a file as it is kept."""
    frame: Any = to_data(document, data)
    if frame is None:
        raise OddError(f"{path} is not kept")
    return FileRow(path, signature, sha256(data).hexdigest(), json.dumps({**frame, "nodes": None}))


def row_of(located: Located) -> RecordRow:
    """Give a record as it is kept."""
    place = located.loc[0] if located.loc else -1
    if not isinstance(place, int):
        raise OddError("a record stands in an unknown place")
    key = (located.kind, located.record.id)
    mentions = dict.fromkeys((m.kind, m.id, m.role) for m in references(located.record))
    body = (located.document.body or "").strip() if located.kind == "source" else ""
    return RecordRow(
        *key,
        place,
        json.dumps(located.document.read(located.loc), ensure_ascii=False),
        sha256(body.encode()).hexdigest() if body else "",
        tuple(mention for mention in mentions if mention[:2] != key),
    )
