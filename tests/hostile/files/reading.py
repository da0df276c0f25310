"""Reads hostile YAML with every reader there is, in a process of its own; what comes of it goes to a file, line by line.

`python -m hostile.files.reading JOBS RESULTS`: each line of JOBS is `[name, base64]`. A line of RESULTS is begun before a
text is read and ended afterwards, so that a process that dies names the text that killed it.
"""

from __future__ import annotations

import json
import sys
from base64 import b64decode
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator import edits
from generator.documents import LIMITS, parse, parse_text
from generator.documents.encodings import decode
from generator.documents.sound import read_sound
from generator.documents.stored import from_data, to_data
from generator.documents.strict_yaml import build
from generator.importers.mapping_reading import read_mapping
from generator.importers.rows import Options

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from generator.diagnostics import Diagnostic

CLAIM = "content/claims/case.yml"
SOURCE = "content/sources/case.md"


def _codes(found: tuple[Diagnostic, ...]) -> list[str]:
    for one in found:
        assert one.message.strip(), one
        assert one.place.line >= 0, one
    return sorted({one.code for one in found})


def _read_claim(data: bytes) -> tuple[Any, list[str]]:
    document, found = parse(CLAIM, data)
    return (None if document is None or found else document.data), _codes(found)


def _read_front_matter(data: bytes) -> list[str]:
    document, found = parse(SOURCE, b"---\n" + data + (b"" if data.endswith(b"\n") else b"\n") + b"---\nThe text.\n")
    assert document is None or document.has_body
    return _codes(found) or ["read"]


def _read_body(data: bytes) -> list[str]:
    """Read a text that is no YAML but might be taken for it: it comes out as it went in."""
    text, undecoded = decode(SOURCE, data)
    document, found = parse(SOURCE, b"---\noutlet: courier\n---\n" + data)
    alone, missed = parse_text("texts/case.txt", data)
    assert {*_codes(undecoded)} <= {*_codes(missed)}
    if not missed:
        assert alone is not None
        assert alone.body == text
    if not found:
        assert document is not None
        assert document.body == text.removeprefix("\ufeff") or data.startswith(b"\xef\xbb\xbf")
    return _codes(found) or ["read"]


def _read_mapping(data: bytes) -> list[str]:
    mapping, found = read_mapping(data, Options("2025-01-15", "case"))
    assert (mapping is None) == bool(found)
    return _codes(found) or ["read"]


def _read_fast_and_slow(data: bytes) -> list[str]:
    """Read by the reader of sound files and by the strict one: where the first one reads, both read the same."""
    text, undecoded = decode(CLAIM, data)
    if undecoded:
        return _codes(undecoded)
    fast = read_sound(text)
    if fast is None:
        return ["left to the strict reader"]
    nodes, _, _, found = build(CLAIM, text)
    assert (nodes, found) == (fast.nodes, ()), "the two readers differ"
    return ["read"]


def _read_kept(data: bytes) -> list[str]:
    """Write a document into the cache and read it from there."""
    document, found = parse(CLAIM, data)
    kept = None if document is None or found else to_data(document, data)
    if document is None or kept is None:
        return _codes(found) or ["not kept"]
    again = from_data(CLAIM, lambda: data, json.loads(json.dumps(kept)))
    assert (again.data, dict(again.values), dict(again.keys)) == (
        document.data,
        dict(document.values),
        dict(document.keys),
    )
    return ["kept"]


def _trim(node: Any) -> Any:
    """Take the white space at the ends of texts away, as records do: a last line without an end is given one."""
    if isinstance(node, dict):
        return {name: _trim(value) for name, value in node.items()}
    if isinstance(node, list):
        return [_trim(value) for value in node]
    return node.strip() if isinstance(node, str) else node


def _put_in_form(data: bytes) -> list[str]:
    """Put a file in form: what it says stays the same, and a second time changes nothing."""
    document, found = parse(CLAIM, data)
    if document is None or found:
        return _codes(found)
    try:
        formed = edits.format_file(CLAIM, data)
    except edits.NotProvedError:
        return ["left alone"]
    again, lost = parse(CLAIM, formed)
    assert again is not None
    assert (_trim(again.data), lost) == (_trim(document.data), ()), "it says something else"
    assert edits.format_file(CLAIM, formed) == formed, "a second time changes it again"
    return ["put in form"]


READERS: Mapping[str, Callable[[bytes], Any]] = {
    "a file of records": _read_claim,
    "the fields of a source": _read_front_matter,
    "the text of a source": _read_body,
    "a mapping file": _read_mapping,
    "both readers of YAML": _read_fast_and_slow,
    "the cache": _read_kept,
    "`fmt`": _put_in_form,
}


def main(jobs: str, results: str) -> None:
    """Read all jobs with all readers."""
    assert LIMITS.faults > 0
    with Path(results).open("w", encoding="utf-8") as sink:
        for line in Path(jobs).read_text("utf-8").splitlines():
            name, written = json.loads(line)
            sink.write(json.dumps(name) + "\t")
            sink.flush()
            data = b64decode(written)
            answers: dict[str, Any] = {}
            for reader, read in READERS.items():
                try:
                    answers[reader] = read(data)
                except Exception as error:  # noqa: BLE001 - a traceback is what is looked for
                    answers[reader] = f"{type(error).__name__}: {error}"
            sink.write(json.dumps(answers) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
