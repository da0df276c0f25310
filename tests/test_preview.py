"""What `serve` shows of broken content: the diagnostics in the page, the last good pages below them, in a real browser."""

from __future__ import annotations

import contextlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import ROOT, SAMPLE, SAMPLE_DATE_EPOCH, Tree, copy_inputs, serve
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.livereload import LiveReloadServer

from generator.diagnostics import Diagnostic, Place
from generator.plugin.banner import OPEN, SHOWN, banner, insert_banner
from generator.plugin.watching import watch
from generator.publish.policy import content_security_policy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

A = "content/claims/a.yml"
LINES = {A: ("- id: a", "  says: <b>One</b> & two", "  when: 5/22/2025")}
DATE = Diagnostic(
    Place(A, 3, 9, 3, 18),
    "bad-date",
    "`when`: write the year <first>:\n2025-05-22.",
    "Type `2025-05-22`.",
    fix="2025-05-22",
)
WARNING = Diagnostic(Place(A, 1), "not-archived", "No copy.", severity="warning")

SHOWN_DATE = """\
<li><details open><summary><code>content/claims/a.yml:3:9</code> [bad-date] <code>when</code>: write the year &lt;first&gt;:
2025-05-22.</summary><pre class="typed" tabindex="0"><span class="number">1 | </span>- id: a
<span class="number">...</span>
<span class="number">3 | </span>  when: <mark>5/22/2025</mark></pre>\
<p><strong>Why:</strong> A date that does not exist cannot be put in order.</p>\
<p><strong>Help:</strong> Type <code>2025-05-22</code>.</p>\
<p><strong>Instead:</strong></p><pre class="mended" tabindex="0">\
<span class="number">3 | </span>  when: <mark>2025-05-22</mark></pre></details></li>"""


def test_an_error_as_it_stands_in_the_page() -> None:
    shown = banner([WARNING, DATE], LINES)
    assert shown.split("<ol>")[1].split("</ol>")[0] == SHOWN_DATE
    assert "<strong>1 error in the content.</strong> These are the last good pages." in shown


def test_many_errors_are_folded_but_for_the_first() -> None:
    def unfolded(number: int) -> list[bool]:
        shown = banner([Diagnostic(Place(A, line), "bad-date", "Wrong.") for line in range(1, number + 1)], LINES)
        return [part.startswith(" open>") for part in shown.split("<li><details")[1:]]

    assert unfolded(OPEN) == [True] * OPEN
    assert unfolded(OPEN + 1) == [True] + [False] * OPEN
    assert len(unfolded(SHOWN + 9)) == SHOWN


class Elements(HTMLParser):
    """Notes every element with its attributes, and whether each is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, tuple[str, ...]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.seen.append((tag, tuple(name for name, _ in attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element."""
        assert self.open.pop() == tag


HOSTILE = st.text(st.one_of(st.characters(), st.sampled_from("<>&\"'`/\n\r\x1b")), max_size=30)


@given(message=HOSTILE, path=HOSTILE, line=HOSTILE, fix=HOSTILE)
def test_nothing_quoted_from_the_content_is_html(message: str, path: str, line: str, fix: str) -> None:
    found = Diagnostic(Place(path, 1, 1, 1, 5), "bad-date", message, message, fix=fix)
    reader = Elements()
    reader.feed(banner([found], {path: (line,)}))
    reader.close()
    assert reader.open == []
    assert {tag for tag, _ in reader.seen} <= {
        "div",
        "style",
        "details",
        "summary",
        "strong",
        "ol",
        "li",
        "code",
        "pre",
        "span",
        "mark",
        "p",
    }
    assert {name for _, names in reader.seen for name in names} <= {
        "role",
        "class",
        "data-pagefind-ignore",
        "open",
        "tabindex",
    }


# --- in a browser ---

LONG = Diagnostic(
    Place("content/sources/an-article-with-a-very-long-name-2025-05-22.md", 1, 300, 1, 307),
    "quotation-not-found",
    f"This quotation does not stand in it: “{'word ' * 40}”. {'x' * 90}",
    "Copy the words letter for letter.",
)
IN_THE_PAGE = """() => {
    const mark = document.querySelector('[role=alert] mark');
    const box = (element) => element.getBoundingClientRect();
    return {
        wide: document.documentElement.scrollWidth - innerWidth,
        marked: getComputedStyle(mark).backgroundColor,
        paper: getComputedStyle(document.querySelector('[role=alert]')).backgroundColor,
        small: [...document.querySelectorAll('[role=alert] :is(p, pre, summary, code)')].filter((element) =>
            parseFloat(getComputedStyle(element).fontSize) < 14).length,
        outside: [...document.querySelectorAll('[role=alert] :is(p, pre, summary)')].filter((element) =>
            box(element).width && (box(element).left < 0 || box(element).right > innerWidth)).length,
    };
}"""


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_errors_can_be_read_on_a_phone_and_at_a_desk(
    browser: Browser, built_sample: Tree, tmp_path: Path, width: int, scheme: Any
) -> None:
    site = shutil.copytree(built_sample.site, tmp_path / "site")
    shown = banner([DATE, LONG], {**LINES, LONG.place.path: ("word " * 100,)})
    home = (site / "index.html").read_text("utf-8")
    strict, relaxed = (str(content_security_policy(preview=preview)).replace("'", "&#39;") for preview in (False, True))
    assert strict in home
    (site / "index.html").write_text(insert_banner(home.replace(strict, relaxed), shown), "utf-8")
    with serve(site) as address:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page = context.new_page()
        problems: list[str] = []
        page.on("console", lambda message: problems.append(message.text))
        page.goto(f"{address}/")
        seen = page.evaluate(IN_THE_PAGE)
        look = {"light": ("rgb(255, 201, 194)", "rgb(255, 245, 244)"), "dark": ("rgb(122, 43, 36)", "rgb(43, 22, 21)")}
        assert seen == {"wide": 0, "marked": look[scheme][0], "paper": look[scheme][1], "small": 0, "outside": 0}
        found = Axe().run(page, context={"include": [["[role=alert]"]]}).response["violations"]
        assert [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]] == []
        assert problems == []
        context.close()


# --- while somebody types ---


def find_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


@contextlib.contextmanager
def serving(tree: Tree) -> Iterator[str]:
    """Run `serve` on a tree as an editor would; yields the address of its home page."""
    port = find_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", "serve", "--port", str(port)],
        cwd=tree.root, env=tree.environment(SOURCE_DATE_EPOCH=SAMPLE_DATE_EPOCH, PYTHONPATH=str(ROOT)),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(address: str, accept: Callable[[str], bool]) -> str:
    """Load a page until it is as it should be; a minute and a half later, whatever it is."""
    text = ""
    for _ in range(180):
        with contextlib.suppress(URLError, ConnectionError, TimeoutError):
            text = str(urlopen(address, timeout=10).read(), "utf-8")  # noqa: S310 - our own server
            if accept(text):
                return text
        time.sleep(0.5)
    return text


def main_of(page: str) -> str:
    """What a page shows, without the banner, the navigation and the reload script."""
    found = re.search(r"<main\b.*</main>", page, re.DOTALL)
    assert found
    return str(found[0])


def test_serve_shows_a_slip_in_the_page_and_then_its_mend(tmp_path: Path) -> None:
    tree = copy_inputs(ROOT, SAMPLE, to=tmp_path / "tree")
    topic = next((tree.content / "topics").glob("*.yml"))
    good = topic.read_text("utf-8")
    slip = good.replace("title: The repair of the Mill Bridge", "title: The repair: the Mill Bridge")
    assert slip != good
    with serving(tree) as address:
        home = wait_for(address, lambda text: "The repair of the Mill Bridge" in text)
        assert 'role="alert"' not in home
        topic.write_text(slip, "utf-8")
        broken = wait_for(address, lambda text: 'role="alert"' in text)
        shown, below = broken.split("</details></div>")
        line = 1 + good.split("\n").index("title: The repair of the Mill Bridge")
        assert f"<code>content/topics/{topic.name}:{line}:" in shown
        assert "[yaml-syntax]" in shown
        assert "the Mill Bridge" in shown.split("<pre")[1]
        assert main_of(below) == main_of(home)
        topic.write_text(good.replace("The repair of the Mill Bridge", "The mended Mill Bridge"), "utf-8")
        mended = wait_for(address, lambda text: "The mended Mill Bridge" in text and 'role="alert"' not in text)
        assert "The mended Mill Bridge" in main_of(mended)
        assert 'role="alert"' not in mended
    assert list((tree.root / "site").glob("*")) == []  # a preview publishes nothing


def test_content_that_was_away_for_a_while_is_watched_again(tmp_path: Path) -> None:
    tree = copy_inputs(ROOT, SAMPLE, to=tmp_path / "tree")
    topic = next((tree.content / "topics").glob("*.yml"))
    away = tree.root / "elsewhere"
    with serving(tree) as address:
        home = wait_for(address, lambda text: "The repair of the Mill Bridge" in text)
        tree.content.rename(away)
        gone = wait_for(address, lambda text: 'role="alert"' in text)
        assert "a folder that it needs is gone" in gone
        assert main_of(gone) == main_of(home)
        away.rename(tree.content)
        assert 'role="alert"' not in wait_for(address, lambda text: 'role="alert"' not in text)
        topic.write_text(topic.read_text("utf-8").replace("The repair of the Mill Bridge", "The new bridge"), "utf-8")
        assert "The new bridge" in wait_for(address, lambda text: "The new bridge" in text)


def test_folders_are_watched_again_however_they_came_to_be_given_up(tmp_path: Path) -> None:
    folder, away, mark = (tmp_path / name for name in ("content", "elsewhere", "watched"))
    folder.mkdir()
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path))
    watch(server, [folder], mark)
    server.observer.start()
    try:
        server.observer.unschedule_all()  # what a server does that ends, and the loss of all it watches
        wait_until(lambda: mark.read_text("utf-8") != "")
        for _ in range(100):  # it goes while it comes to be watched
            folder.rename(away)
            time.sleep(0.01)
            away.rename(folder)
            time.sleep(0.01)
        wait_until(lambda: str(folder) in {each.watch.path for each in server.observer.emitters if each.is_alive()})
    finally:
        server.observer.stop()
        server.server_close()


def wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)
