"""TimelineJS3 draws the files of both sites in a real browser, asks nobody else for anything, and runs nothing that it is given."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT, SAMPLE, Visitor, give_up, serve
from system_tools import ToolMissingError, find_npm_package
from test_derive import build
from test_timelinejs import make_all, make_leaves, read_site

from generator.exports.timelinejs import compose_slide, lay_out_slide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Timeline</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="../timelinejs/css/timeline.css">
<script>window.ran = []; window.canary = what => window.ran.push(what);</script></head>
<body><div id="timeline" style="width: 1200px; height: 800px"></div>
<script src="../timelinejs/js/timeline.js"></script>
<script>
window.timeline = new TL.Timeline("timeline", "DATA", {font: null});
window.timeline.on("loaded", () => { window.loaded = true; });
</script></body></html>
"""
DRAWN = """async () => {
  // What fails to load by now has said so before this one does.
  await new Promise(done => { const last = new Image(); last.onerror = done; last.src = "data:,"; });
  return {
  slides: [...document.querySelectorAll(".tl-slide")].map(slide => ({
    id: slide.id,
    headline: slide.querySelector("h2").textContent,
    date: slide.querySelector(".tl-headline-date").textContent,
    text: [...slide.querySelectorAll(".tl-text-content p")].map(part => part.textContent),
    links: [...slide.querySelectorAll(".tl-text-content a")].map(link => link.href),
  })),
  markers: [...document.querySelectorAll(".tl-timemarker h2")].map(marker => marker.textContent),
  groups: [...document.querySelectorAll(".tl-timegroup-message")].map(group => group.textContent),
  messages: [...document.querySelectorAll(".tl-message-content")].map(message => message.textContent).join(""),
  foreign: [...document.querySelectorAll("#timeline :is(script, img, iframe, object, embed, svg)")].map(one => one.outerHTML),
  ran: window.ran,
}}"""


@contextmanager
def _drawing(browser: Browser, folder: Path) -> Iterator[Callable[[str], dict[str, Any]]]:
    """Draw one file after the other; whatever goes wrong on a page, or leaves this machine, fails the test."""
    try:
        (folder / "timelinejs").symlink_to(find_npm_package("@knight-lab/timelinejs") / "dist")
    except ToolMissingError as missing:
        give_up(missing)
    (folder / "drawn").mkdir()
    with serve(folder) as address:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
        context.set_default_timeout(15_000)
        visitor = Visitor(context.new_page(), address)
        visitor.watch()

        def draw(text: str) -> dict[str, Any]:
            (folder / "drawn" / "data.json").write_text(text, "utf-8")
            (folder / "drawn" / "index.html").write_text(PAGE.replace("DATA", "data.json"), "utf-8")
            visitor.visit("drawn/index.html")
            visitor.page.wait_for_function("window.loaded")
            drawn: dict[str, Any] = visitor.page.evaluate(DRAWN)
            return drawn

        yield draw
        assert visitor.problems == []
        assert visitor.requests != []
        context.close()


@pytest.fixture
def draw(browser: Browser, tmp_path: Path) -> Iterator[Callable[[str], dict[str, Any]]]:
    with _drawing(browser, tmp_path) as drawing:
        yield drawing


def _files(root: Path) -> dict[str, str]:
    library, views = read_site(root)
    leaves = {path: file.text for path, file in make_leaves(library, views).items()}
    return {"data/timelines/all.json": make_all(library, views), **leaves}


@pytest.mark.parametrize("root", [ROOT, SAMPLE], ids=["real", "sample"])
def test_the_files_of_a_site_are_drawn_whole(root: Path, draw: Callable[[str], dict[str, Any]]) -> None:
    library, _ = read_site(root)
    files = _files(root)
    assert len(files) >= 3
    for text in files.values():
        given, drawn = json.loads(text), draw(text)
        title, *slides = drawn["slides"]
        assert drawn["messages"] == ""
        assert drawn["foreign"] == []
        assert title["id"] == "title-"
        expected = {
            slide["unique_id"]: (library.events[slide["unique_id"]].title, slide["display_date"])
            for slide in given["events"]
        }
        assert len(slides) == len(drawn["markers"]) == len(given["events"]) > 0
        assert {slide["id"]: (slide["headline"], slide["date"]) for slide in slides} == expected
        assert sorted(drawn["markers"]) == sorted(headline for headline, _ in expected.values())
        phases = {library.vocabulary.phases[library.events[one].phase].label for one in expected}
        assert set(drawn["groups"]) == phases
        for slide in slides:
            assert slide["links"] == [f"{library.settings.address}events/{slide['id']}/"]
            assert slide["text"][-1] == "What it rests on"


BAD = (
    "<img src=data:, onerror=canary(1)>",
    "&lt;img src=data:, onerror=canary(2)&gt;",
    "&amp;lt;img src=data:, onerror=canary(3)&amp;gt;",
    "</h2><script>canary(4)</script>",
    "<a href=javascript:canary(5)>x</a>",
    "<<a>img src=data:, onerror=canary(6)>",
    "https://evil.example/x www.evil.example desk@evil.example",
)


def test_nothing_of_a_hostile_text_runs_or_gets_lost(draw: Callable[[str], dict[str, Any]]) -> None:
    typed = [
        {"id": f"e{place}", "title": bad, "when": f"202{place}", "phase": "planned", "summary": bad.replace("<", "\\<")}
        for place, bad in enumerate(BAD)
    ]
    library, views = build(events=json.dumps(typed))
    slides = []
    for place, event in enumerate(library.events.values()):
        plain = compose_slide(library, event)
        assert plain is not None
        slides.append(lay_out_slide({**plain, "group": BAD[place], "summary": BAD[place]}))
    whole = {**json.loads(make_all(library, views)), "events": slides}
    drawn = draw(json.dumps(whole))
    shown = drawn["slides"][1:]
    assert drawn["ran"] == []
    assert drawn["foreign"] == []
    assert [slide["headline"] for slide in shown] == list(BAD)
    assert [slide["text"][0] for slide in shown] == list(BAD)
    assert drawn["markers"] == list(BAD)
    assert sorted(drawn["groups"]) == sorted(BAD)
    assert [slide["links"] for slide in shown] == [[f"https://example.org/events/e{n}/"] for n in range(len(BAD))]


def test_a_group_that_is_escaped_once_would_run(draw: Callable[[str], dict[str, Any]]) -> None:
    """Why a group is escaped twice: without that, the test above would find something."""
    library, views = build(events=json.dumps([{"id": "e", "title": "t", "when": "2025", "phase": "done"}]))
    whole = json.loads(make_all(library, views))
    whole["events"][0]["group"] = "&lt;img src=data:, onerror=canary(1)&gt;"
    drawn = draw(json.dumps(whole))
    assert drawn["ran"] == [1]
    assert drawn["foreign"] == ['<img src="data:," onerror="canary(1)">']


def test_fields_that_timelinejs_does_not_know_change_nothing(draw: Callable[[str], dict[str, Any]]) -> None:
    events = [{"id": "a", "when": "2025-05-22~"}, {"id": "b", "when": "2025-22"}, {"id": "c", "when": "2025-09-01/.."}]
    library, views = build(events=json.dumps([{"title": "t", "phase": "done", **event} for event in events]))
    text = make_all(library, views)
    without = json.loads(text)
    for field in ("publisher", "licence"):
        del without[field]
    for slide in without["events"]:
        for field in ("edtf", "phase"):
            del slide[field]
    assert draw(text) == draw(json.dumps(without))
