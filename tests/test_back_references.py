"""Each record's page links to everything that refers to it."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT, SAMPLE

from generator import load, paths, pipeline
from generator.pages import plan
from generator.records import KINDS
from generator.render import render

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2031, 7, 3)


@cache
def missing_links(root: Path) -> dict[str, list[str]]:
    """List, by kind, the references of a site that the page of the record referred to does not link back to."""
    checked = pipeline.check(root, today=TODAY)
    assert checked.library
    assert checked.views
    pages, _ = render(plan(checked.library, checked.views), load.read_templates(ROOT))
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for (kind, one), references in checked.library.cited_by.items():
        page = paths.page_path(kind, one)
        for reference in references:
            target = paths.link(page, paths.page_path(reference.kind, reference.id))
            if f"]({target})" not in pages[page] and f"]({target}#" not in pages[page]:
                found[kind].append(f"{kind} {one}: {reference.role} of {reference.kind} {reference.id}")
    return found


@pytest.mark.parametrize("root", [ROOT, SAMPLE], ids=["real content", "sample"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_record_links_back_to_whatever_refers_to_it(root: Path, kind: str) -> None:
    assert missing_links(root)[kind] == []


def test_there_is_something_to_link_back_to() -> None:
    checked = pipeline.check(ROOT, today=TODAY)
    assert checked.library
    assert {kind for kind, _ in checked.library.cited_by} == set(KINDS)
