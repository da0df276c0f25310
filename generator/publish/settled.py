"""Pagefind's index, settled: what Pagefind writes in an order that differs from run to run is put into one order.

The values of a filter, and the filters in the list of files, come in the order of a hash table that is seeded anew for each
run; so do the names of these files, which are made of their bytes. Sorted and named again, they are the same for the same
pages. Everything else that Pagefind 1.5 writes is so already. The files are CBOR (RFC 8949) behind a mark, as gzip.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import struct
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ENTRY = "pagefind-entry.json"
_MARK = b"pagefind_dcd"
_FILTERS = 3  # the place of the filters in the list of files
_VALUES = 1  # the place of the values in a filter
_ARRAY, _MAP, _TAG, _SIMPLE = 4, 5, 6, 7  # major types of CBOR
_LENGTHS = {24: 1, 25: 2, 26: 4, 27: 8}  # bytes of a number that follows
_GZIP_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"  # no name, no time, the smallest, of no known system (RFC 1952)


def settle(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Put the files of one part of an index into an order and under names that depend on nothing but the pages.

    Args:
        files: what Pagefind has made, by path; others than its lists and filters stay as they are.

    Raises:
        ValueError, KeyError: the files are not as Pagefind 1.5 makes them.
    """
    settled = dict(files)
    entry = json.loads(settled[ENTRY])
    entry["languages"] = dict(sorted(entry["languages"].items()))
    for language in entry["languages"].values():
        meta = f"pagefind.{language['hash']}.pf_meta"
        content = _unpack(meta, settled)
        start, end = _item(content, 0, _FILTERS)
        filters = content[start:end]
        for first, last in _items(filters, 0):
            start_name, end_name = _item(filters, first, 1)
            typed = filters[start_name:end_name]  # one byte that tells the length, and the name
            name = _settle_filter(typed[1:].decode(), settled)
            filters = filters[:first] + filters[first:last].replace(typed, typed[:1] + name.encode()) + filters[last:]
        content = content[:start] + _sort(filters) + content[end:]
        language["hash"] = _rename(meta, content, language["hash"], settled)
    settled[ENTRY] = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    return settled


def pack(content: bytes) -> bytes:
    """Compress some bytes as gzip, with a head that is the same for every Python (3.11 and 3.13 write different ones)."""
    squeezed = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = squeezed.compress(content) + squeezed.flush()
    return _GZIP_HEAD + body + struct.pack("<LL", zlib.crc32(content), len(content) & 0xFFFFFFFF)


def _settle_filter(name: str, files: dict[str, bytes]) -> str:
    """Sort the values of a filter; return its new name."""
    path = f"filter/{name}.pf_filter"
    content = _unpack(path, files)
    start, end = _item(content, 0, _VALUES)
    return _rename(path, content[:start] + _sort(content[start:end]) + content[end:], name, files)


def _rename(path: str, content: bytes, name: str, files: dict[str, bytes]) -> str:
    """Put a file under the name of its content, which is as long as the name that it had."""
    language, _, digest = name.rpartition("_")
    settled = f"{language}_{hashlib.sha256(content).hexdigest()[: len(digest)]}"
    del files[path]
    files[path.replace(name, settled)] = pack(_MARK + content)
    return settled


def _unpack(path: str, files: Mapping[str, bytes]) -> bytes:
    content = gzip.decompress(files[path])
    if not content.startswith(_MARK):
        raise ValueError(f"{path} is no file of Pagefind")
    return content.removeprefix(_MARK)


def _sort(array: bytes) -> bytes:
    """Sort the items of an array by their bytes."""
    items = _items(array, 0)
    head = items[0][0] if items else len(array)
    return array[:head] + b"".join(sorted(array[start:end] for start, end in items))


def _item(data: bytes, place: int, number: int) -> tuple[int, int]:
    """Find where one item of an array begins and ends."""
    items = _items(data, place)
    if number >= len(items):
        raise ValueError(f"an array of {len(items)} is too short")
    return items[number]


def _items(data: bytes, place: int) -> list[tuple[int, int]]:
    """Find where the items of an array begin and end."""
    kind, count, place = _head(data, place)
    if kind != _ARRAY:
        raise ValueError(f"an array was expected at {place}")
    found = []
    for _ in range(count):
        found.append((place, _skip(data, place)))
        place = found[-1][1]
    return found


def _skip(data: bytes, place: int) -> int:
    """Find the end of an item."""
    kind, number, place = _head(data, place)
    if kind in {2, 3}:  # bytes, text
        return place + number
    for _ in range({_ARRAY: number, _MAP: 2 * number, _TAG: 1}.get(kind, 0)):
        place = _skip(data, place)
    return place


def _head(data: bytes, place: int) -> tuple[int, int, int]:
    """Read the head of an item: its major type, its number, and where what follows begins."""
    if place >= len(data):
        raise ValueError("the file ends too early")
    kind, short = data[place] >> 5, data[place] & 0x1F
    if short > max(_LENGTHS):
        raise ValueError(f"an item of unknown length at {place}")
    size = _LENGTHS.get(short, 0)
    number = int.from_bytes(data[place + 1 : place + 1 + size], "big") if size else short
    return kind, number, place + 1 + size
