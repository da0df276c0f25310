"""`make links` asks for the addresses of the sources, reports what does not answer, and fails only if it cannot ask."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT, SAMPLE
from links.report import Answer, Typed, judge, write_report
from markdown_it import MarkdownIt

from generator.diagnostics import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

ANSWERS = {
    "/here": 200,
    "/gone": 404,
    "/removed": 410,
    "/shy": 403,
    "/broken": 500,
    "/old": 301,
    "/away": 302,
    "/": 200,
}
LEADS_TO = {"/old": "/here", "/away": "/"}
QUICK = ("--host-request-interval", "0ms", "--max-retries", "0", "--timeout", "5")

REPORT = """\
# Do the addresses of the sources still answer?

Of 8 addresses, 2 answer, 3 gone, 2 without a clear answer, 1 moved for good.

## Gone: 3

- `content/sources/typed.yml:17`, `url:` of `gone`
  [HOST/gone](HOST/gone): 404 Not Found. [Look for a copy](https://web.archive.org/web/*/HOST/gone).
- `content/sources/typed.yml:27`, `archived:` of `kept`
  [HOST/removed](HOST/removed): 410 Gone. This is the copy itself: look for another one.
- `content/sources/typed.yml:54`, `url:` of `away`
  [HOST/away](HOST/away): leads to [HOST/](HOST/). [Look for a copy](https://web.archive.org/web/*/HOST/away).

## No clear answer: 2

- `content/sources/typed.yml:36`, `url:` of `shy`
  [HOST/shy](HOST/shy): 403 Forbidden. [Look for a copy](https://web.archive.org/web/*/HOST/shy).
- `content/sources/typed.yml:63`, `url:` of `broken`
  [HOST/broken](HOST/broken): 500 Internal Server Error. [Look for a copy](https://web.archive.org/web/*/HOST/broken).

## Moved for good: 1

- `content/sources/typed.yml:45`, `url:` of `old`
  [HOST/old](HOST/old): leads to [HOST/here](HOST/here).
"""


@pytest.fixture
def host() -> Iterator[str]:
    """The address of a host on this machine that answers as ANSWERS says."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(ANSWERS[self.path])
            if self.path in LEADS_TO:
                self.send_header("Location", LEADS_TO[self.path])
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def write_sources(root: Path, addresses: Mapping[str, tuple[str, str | None]]) -> None:
    """Make a project that holds these sources only, each with its address and perhaps that of a copy."""
    folder = root / "content" / "sources"
    folder.mkdir(parents=True)
    shutil.copy(SAMPLE / "content/vocabulary.yml", root / "content")
    typed = ""
    for name, (address, copy) in addresses.items():
        typed += f"- id: {name}\n  outlet: gazette\n  accessed: 2031-01-01\n  language: en\n  genre: news\n"
        typed += (
            f"  stored: none\n  publish: none\n  url: {address}\n" + (f"  archived: {copy}\n" if copy else "") + "\n"
        )
    (folder / "typed.yml").write_text(typed, "utf-8")


def ask(root: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run what `make links` runs."""
    return subprocess.run(
        [sys.executable, "-m", "links", "--root", str(root), *options],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": "tests"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def without_advice(report: str) -> str:
    """The report without the advice below its headings, which is prose."""
    return re.sub(r"(^## .*\n\n)(?:(?!- `|## ).*\n)+", r"\1", report, flags=re.MULTILINE)


def test_dead_addresses_are_reported_with_their_lines_and_stop_nothing(tmp_path: Path, host: str) -> None:
    names = ("here", "gone", "kept", "shy", "old", "away", "broken")
    typed: dict[str, tuple[str, str | None]] = {name: (f"{host}/{name}", None) for name in names}
    write_sources(tmp_path, typed | {"kept": (f"{host}/here", f"{host}/removed")})
    done = ask(tmp_path, *QUICK)
    assert (done.returncode, done.stderr) == (0, "")
    report = (tmp_path / "build/links.md").read_text("utf-8")
    assert without_advice(report).replace(host, "HOST") == REPORT
    assert "archived: https://web.archive.org/" in report


def test_nothing_is_asked_offline(tmp_path: Path) -> None:
    write_sources(tmp_path, {"one": ("http://127.0.0.1:9/", None)})
    done = ask(tmp_path, "--offline")
    assert (done.returncode, done.stdout) == (
        0,
        "Of 1 address, 0 answer, 1 not asked. The report is in build/links.md\n",
    )


def test_a_project_without_addresses_has_a_report_too(tmp_path: Path) -> None:
    write_sources(tmp_path, {})
    assert ask(tmp_path).returncode == 0
    assert "No source has an address." in (tmp_path / "build/links.md").read_text("utf-8")


@pytest.mark.parametrize("option", ["--no-such-option", "--timeout=soon"])
def test_a_tool_that_could_not_ask_is_a_failure(tmp_path: Path, option: str) -> None:
    write_sources(tmp_path, {"one": ("http://127.0.0.1:9/", None)})
    done = ask(tmp_path, option)
    assert done.returncode == 1
    assert "lychee exited 2 and gave no answers" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "build/links.md").exists()


ADDRESS = "https://www.gazette.example/bridge"


@pytest.mark.parametrize(
    ("code", "moved_to", "steps", "outcome"),
    [
        (200, None, "for now", "answers"),
        (200, "https://gazette.example/bridge/", "for good", "answers"),  # the same page by another name
        (200, "https://gazette.example/2031/bridge", "for good", "moved"),
        (200, "https://gazette.example/2031/bridge", "for now", "answers"),  # sites lead about in passing
        (200, "https://gazette.example/", "for now", "gone"),
        (404, None, "for now", "gone"),
        (410, None, "for now", "gone"),
        (403, None, "for now", "unclear"),
        (503, None, "for now", "unclear"),
        (None, None, "for now", "unclear"),
    ],
)
def test_an_answer_is_sorted_by_what_an_editor_has_to_do(
    code: int | None, moved_to: str | None, steps: str, outcome: str
) -> None:
    typed = Typed(Place("content/sources/a.yml", 3), "a", "url", ADDRESS, has_copy=False)
    assert (
        judge(typed, Answer(asked=True, code=code, words="", moved_to=moved_to, for_good=steps == "for good"))
        == outcome
    )


def test_what_a_host_or_an_address_says_is_no_markdown() -> None:
    address = "https://gazette.example/a)[x](https://evil.example/`<b>"
    typed = Typed(Place("content/sources/a.yml", 3), "a", "url", address, has_copy=True)
    answer = Answer(asked=True, code=404, words="Not <script> [Found](https://evil.example/)\n# Hello")
    page = MarkdownIt("commonmark").render(write_report([typed], {address: answer}).text)
    assert re.findall(r'href="([^"]*)"', page) == [
        "https://gazette.example/a%29%5Bx%5D%28https://evil.example/%60%3Cb%3E"
    ]
    assert re.findall(r"<(?!/?(?:h1|h2|p|ul|ol|li|a|code|pre)\b)[^>]*>", page) == []
    assert page.count("<h1>") == 1
