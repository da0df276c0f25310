"""The site under load, a small part of what `make hostile` tries: readers, odd requests, a session, saves, slips."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT, SAMPLE, Tree, copy_inputs
from hostile.load import (
    go_through,
    preview,
    read_at_once,
    save_and_save,
    send_odd_requests,
    slip_while_pages_are_made,
    static_host,
)
from hostile.outcome import Outcome, Scale

from generator.plugin.admitting import FOREIGN, MALFORMED, MISDIRECTED, Refusal, find_refusal
from generator.plugin.lastgood import LastGood

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from playwright.sync_api import Browser


def hold(outcomes: Iterable[Outcome], at_least: int = 1) -> None:
    """Let nothing have failed, and enough have been tried."""
    found = list(outcomes)
    assert found
    for outcome in found:
        assert outcome.failures == (), outcome.what
        assert outcome.tried >= at_least or outcome.skipped, outcome.what


def test_readers_at_a_static_host_get_every_byte_and_nobody_gets_out_of_the_site(
    built_site: Tree, tmp_path: Path
) -> None:
    tree = Tree(tmp_path)
    (tmp_path / "site").symlink_to(built_site.site)
    with static_host(tree) as host:
        hold(read_at_once(Scale(), host), 300)
        hold([send_odd_requests(Scale(), host)], 400)


def test_readers_at_the_preview_get_every_byte_and_pages_from_elsewhere_get_none(tmp_path: Path) -> None:
    with preview(copy_inputs(ROOT, SAMPLE, to=tmp_path / "tree")) as host:
        hold(read_at_once(Scale(), host), 300)
        hold([send_odd_requests(Scale(), host)], 400)


@pytest.mark.browser
def test_a_session_goes_well(browser: Browser, site_address: str) -> None:
    hold(go_through(Scale(), site_address, timed=False, browser=browser), 7)


def test_the_last_of_many_saves_shows_and_the_preview_is_that_of_a_fresh_one(tmp_path: Path) -> None:
    tree = copy_inputs(ROOT, SAMPLE, to=tmp_path / "tree")
    saves, held, files = save_and_save(Scale(), tree, tmp_path / "fresh")
    hold([saves], 40)
    hold([held])
    hold([files], 100)


def test_a_slip_that_is_found_while_pages_are_made_leaves_the_last_good_pages(tmp_path: Path) -> None:
    hold([slip_while_pages_are_made(Scale(), copy_inputs(ROOT, SAMPLE, to=tmp_path / "tree"))], 5)


# --- who may see the preview ---


@pytest.mark.parametrize(
    ("request_of", "refusal"),
    [
        ({}, None),
        ({"HTTP_HOST": "127.0.0.1:8000"}, None),
        ({"HTTP_HOST": "LOCALHOST:8000"}, None),
        ({"HTTP_HOST": "[::1]:8000"}, None),
        ({"HTTP_HOST": "desk.example:8000"}, None),
        ({"HTTP_HOST": "evil.example:8000"}, MISDIRECTED),
        ({"HTTP_HOST": "localhost.evil.example"}, MISDIRECTED),
        ({"HTTP_HOST": "0.0.0.0:8000"}, MISDIRECTED),
        ({"HTTP_HOST": ""}, MISDIRECTED),
        ({"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_SEC_FETCH_MODE": "no-cors"}, FOREIGN),
        ({"HTTP_SEC_FETCH_SITE": "same-site", "HTTP_SEC_FETCH_MODE": "navigate", "HTTP_SEC_FETCH_DEST": "iframe"}, FOREIGN),
        ({"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_SEC_FETCH_MODE": "navigate", "HTTP_SEC_FETCH_DEST": "document"}, None),
        ({"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_SEC_FETCH_MODE": "cors"}, None),
        ({"PATH_INFO": "/a\0b"}, MALFORMED),
    ],
)  # fmt: skip
def test_the_preview_answers_its_reader_and_no_page_from_elsewhere(
    request_of: dict[str, str], refusal: Refusal | None
) -> None:
    assert find_refusal(request_of, "desk.example") == refusal


# --- the last good pages ---


def read_all(*folders: Path) -> dict[str, str]:
    return {str(file): file.read_text("utf-8") for folder in folders for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize("links", [True, False], ids=["with hard links", "without"])
def test_what_a_failed_build_replaced_added_and_deleted_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool
) -> None:
    pages, html = tmp_path / "pages", tmp_path / "site"
    for path in (pages / "a.md", html / "index.html", html / "a/index.html", html / "old/index.html"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("good", "utf-8")
    if not links:

        def refuse(*_: object) -> None:
            raise OSError("no such links here")

        monkeypatch.setattr(os, "link", refuse)
    before = read_all(pages, html)
    last = LastGood(tmp_path / "before", (pages, html))
    last.begin()
    last.put(pages, "a.md", b"new")
    last.put(html, "a/index.html", b"new")
    last.put(html, "a/index.html", b"newer")
    last.put(html, "b/index.html", b"new")
    last.put(html, "index.html", b"good")
    last.keep_others({"index.html", "a/index.html", "b/index.html", "a.md"})
    shutil.rmtree(html / "old")
    assert read_all(pages, html) != before
    LastGood(tmp_path / "before", (pages, html)).put_back()  # another process, after this one was killed
    assert read_all(pages, html) == before
    assert not (tmp_path / "before").exists()


def test_sound_pages_stay(tmp_path: Path) -> None:
    last = LastGood(tmp_path / "before", (tmp_path / "pages", tmp_path / "site"))
    for text in (b"one", b"two"):
        last.begin()
        last.put(tmp_path / "site", "index.html", text)
        last.let_go()
    last.put_back()
    assert (tmp_path / "site/index.html").read_bytes() == b"two"


def test_of_a_first_build_that_fails_nothing_is_left(tmp_path: Path) -> None:
    last = LastGood(tmp_path / "before", (tmp_path / "pages", tmp_path / "site"))
    last.begin()
    last.put(tmp_path / "site", "index.html", b"not sound")
    last.put_back()
    assert read_all(tmp_path) == {}
