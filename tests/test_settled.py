"""The search index in one order: what Pagefind writes otherwise in each run comes out the same, and finds the same."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest

from generator.publish.indexing import index_part
from generator.publish.settled import ENTRY, pack, settle

if TYPE_CHECKING:
    from pathlib import Path

MARK = b"pagefind_dcd"
NAME, META = "en_0123456", "en_0123456789"
# What Pagefind wrote -> what is left of it (RFC 8949: 0x82 begins an array of two, 0x61 a text of one letter).
ORDERS = {
    "values of a filter": b"\x82\x64kind\x83\x82\x61c\x81\x03\x82\x61a\x81\x01\x82\x61b\x82\x01\x02",
    "the same, otherwise": b"\x82\x64kind\x83\x82\x61a\x81\x01\x82\x61b\x82\x01\x02\x82\x61c\x81\x03",
}
SORTED = ORDERS["the same, otherwise"]


def make_raw(values: bytes) -> dict[str, bytes]:
    """An index as Pagefind makes it, with one filter."""
    filters = b"\x81\x82\x64kind\x6a" + NAME.encode()
    meta = b"\x86\x651.5.2\x80\x80" + filters + b"\x80\x80"
    entry = {"version": "1.5.2", "languages": {"en": {"hash": META, "wasm": "en", "page_count": 3}}}
    return {
        f"filter/{NAME}.pf_filter": gzip.compress(MARK + values),
        f"pagefind.{META}.pf_meta": gzip.compress(MARK + meta),
        ENTRY: json.dumps(entry).encode(),
    }


def read(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("order", ORDERS)
def test_values_are_sorted_and_files_named_by_what_they_hold(order: str) -> None:
    files = settle(make_raw(ORDERS[order]))
    (kept,) = (path for path in files if path.startswith("filter/"))
    assert gzip.decompress(files[kept]) == MARK + SORTED
    (meta,) = (path for path in files if path.endswith(".pf_meta"))
    name = kept.removeprefix("filter/").removesuffix(".pf_filter")
    assert name.encode() in gzip.decompress(files[meta])
    assert NAME.encode() not in gzip.decompress(files[meta])
    assert meta == f"pagefind.{json.loads(files[ENTRY])['languages']['en']['hash']}.pf_meta"


def test_two_orders_give_the_same_bytes_and_settling_again_changes_nothing() -> None:
    first, second = (settle(make_raw(values)) for values in ORDERS.values())
    assert first == second
    assert settle(first) == first


@pytest.mark.parametrize(
    "values", [b"", b"\x82", b"\x82\x64kind", b"\x82\x64kind\x9f\xff", b"\x01", b"\x82\x64kind\x99\xff"]
)
def test_what_is_no_filter_of_pagefind_is_refused(values: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each says something else
        settle(make_raw(values))


def test_the_head_of_a_compressed_file_tells_neither_time_nor_system() -> None:
    packed = pack(b"words " * 100)
    assert packed[:10] == bytes.fromhex("1f8b08000000000002ff")
    assert gzip.decompress(packed) == b"words " * 100


def test_pages_that_are_indexed_twice_give_the_same_files(tmp_path: Path) -> None:
    for number in range(40):
        page = tmp_path / "texts" / f"page-{number}.html"
        page.parent.mkdir(exist_ok=True)
        marks = (
            f'<span data-pagefind-filter="kind">{number % 7}</span><span data-pagefind-filter="year">{number}</span>'
        )
        page.write_text(f'<html lang="en"><body data-pagefind-body><p>word {number}</p>{marks}</body></html>', "utf-8")
    for name in ("first", "second"):
        index_part(tmp_path / "texts", tmp_path / name, is_first=True, parts=1)
    first = read(tmp_path / "first")
    assert len([path for path in first if path.endswith(".pf_filter")]) == 2
    assert first == read(tmp_path / "second")
