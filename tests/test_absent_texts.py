"""Stored texts that are not public live in a folder of their own: with it nothing changes, without it nothing is claimed."""

from __future__ import annotations

import re
import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT, SAMPLE

from generator import pipeline

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2031, 7, 3)
KEPT_ELSEWHERE = "marn-courier-2031-04-03"


@pytest.fixture
def moved(tmp_path: Path) -> Path:
    """The sample with one text moved out of `content/` into the folder `texts/`."""
    shutil.copytree(SAMPLE / "content", tmp_path / "content")
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    settings = tmp_path / "content/settings.yml"
    settings.write_text(settings.read_text("utf-8") + "text_dir: texts\n", "utf-8")
    source = tmp_path / f"content/sources/{KEPT_ELSEWHERE}.md"
    _, fields, body = re.split(r"^---\n", source.read_text("utf-8"), maxsplit=2, flags=re.MULTILINE)
    source.write_text(f"---\n{fields}---\n", "utf-8")
    (tmp_path / "texts").mkdir()
    (tmp_path / f"texts/{KEPT_ELSEWHERE}.md").write_text(body, "utf-8")
    return tmp_path


def test_a_text_kept_elsewhere_makes_the_same_site(moved: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    together = tmp_path_factory.mktemp("together")
    shutil.copytree(SAMPLE / "content", together / "content")
    shutil.copytree(ROOT / "templates", together / "templates")
    apart, whole = pipeline.build(moved, today=TODAY), pipeline.build(together, today=TODAY)
    assert apart.ok
    assert whole.ok
    assert apart.pages == whole.pages
    assert apart.files == whole.files


def test_without_the_folder_no_quotation_is_shown_and_that_is_said(moved: Path) -> None:
    library, views = (checked := pipeline.check(moved, today=TODAY)).library, checked.views
    assert library
    assert views
    own_words = "\n".join(claim.says for claim in library.claims.values())
    quotes = [p.quote for p in views.in_source[KEPT_ELSEWHERE] if p.quote not in own_words]
    assert quotes
    shutil.rmtree(moved / "texts")
    built = pipeline.build(moved, today=TODAY)
    assert built.ok
    assert [(d.code, d.place.path) for d in built.diagnostics if d.code == "text-absent"] == [
        ("text-absent", f"content/sources/{KEPT_ELSEWHERE}.md")
    ]
    everything = "\n".join([*built.pages.values(), *(data.decode(errors="replace") for data in built.files.values())])
    assert [quote for quote in quotes if quote in everything] == []
    assert "was not at hand in this build" in built.pages[f"sources/{KEPT_ELSEWHERE}.md"]
    assert "more could not be, because the text was not at hand" in built.pages["index.md"]
