"""What the tests share: built sites, golden files, a server on loopback, a browser that reaches nothing else."""

from __future__ import annotations

import contextlib
import fcntl
import functools
import os
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import urlsplit

import hypothesis
import pytest
import yaml
from system_tools import CHROMIUM_FLAGS, ToolMissingError, find_chromium, find_vnu, may_install

from generator import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kinds import Kind
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "tests" / "sample"
INPUTS = ("mkdocs.yml", "content", "templates")
BUILD_TIMEOUT = 300
# One day for all builds of a run: the one a build would take here, as the content's own dates grow with the content.
TODAY = load.read_today(ROOT, os.environ)
SOURCE_DATE_EPOCH = str(int(datetime.combine(TODAY, time(), UTC).timestamp()))
SAMPLE_DATE_EPOCH = str(int(datetime(2031, 7, 3, tzinfo=UTC).timestamp()))  # the sample's records are from the future

# A busy machine breaks no test; on CI the same examples are tried every time, at a desk new ones.
hypothesis.settings.register_profile("desk", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "desk")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew instead of comparing")
    parser.addoption("--incremental-sequences", type=int, default=60, help="how many sequences of edits are tried")
    parser.addoption("--incremental-seed", default="1", help="name of the sequences of edits; another name, others")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long tests first; all others stay in their order."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


# --- trees and builds ---


@dataclass(frozen=True, slots=True)
class Tree:
    """A copy of the folders that a build reads, and what it wrote: `root/site`, `root/build`."""

    root: Path

    @property
    def site(self) -> Path:
        """The built website."""
        return self.root / "site"

    @property
    def content(self) -> Path:
        """The typed records."""
        return self.root / "content"

    def records(self, kind: str) -> list[dict[str, Any]]:
        """The records of a folder below content/ as typed, every scalar a text."""
        found: list[dict[str, Any]] = []
        for path in sorted((self.content / kind).rglob("*.yml")):
            typed = yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506 - it makes texts, lists and mappings
            found += typed if isinstance(typed, list) else [{"id": path.stem, **typed}]
        return found

    def environment(self, **changes: str) -> dict[str, str]:
        """A small and fixed environment for commands that are run here."""
        inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        fixed = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "SOURCE_DATE_EPOCH": SOURCE_DATE_EPOCH, "NO_COLOR": "1"}
        fixed |= {"PYTHONPATH": str(ROOT)}  # the program beside these tests, whichever one is installed
        return inherited | fixed | changes

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run `python -m generator` here, as a user would."""
        return subprocess.run(
            [sys.executable, "-m", "generator", *arguments],
            cwd=self.root,
            env=self.environment(**environment),
            capture_output=True,
            encoding="utf-8",
            timeout=BUILD_TIMEOUT,
            check=False,
        )

    def build(self, **environment: str) -> None:
        """Build the site here; a build that fails fails the test, with what it said."""
        done = self.run("build", **environment)
        if done.returncode:
            pytest.fail(f"the build exited {done.returncode}:\n{done.stdout}{done.stderr}", pytrace=False)


def copy_inputs(*origins: Path, to: Path) -> Tree:
    """Lay out what a build reads; a later origin replaces whole folders of an earlier one."""
    to.mkdir(parents=True, exist_ok=True)
    for origin in origins:
        for name in INPUTS:
            source, copy = origin / name, to / name
            if source.is_dir():
                shutil.rmtree(copy, ignore_errors=True)
                shutil.copytree(source, copy, symlinks=True)
            elif source.is_file():
                shutil.copyfile(source, copy)
    return Tree(to)


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for the whole run, the same for every pytest-xdist worker."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@contextlib.contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """Hold a file lock: the other workers wait."""
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def build_once(folder: Path, *origins: Path, **environment: str) -> Tree:
    """Build a site once a run, whichever worker comes first; the others read it, or hear of the same failure."""
    said = folder.with_suffix(".said")
    with one_at_a_time(folder.with_suffix(".lock")):
        if not said.exists():
            done = copy_inputs(*origins, to=folder).run("build", **environment)
            said.write_text(f"{done.stdout}{done.stderr}" if done.returncode else "", "utf-8")
    if message := said.read_text("utf-8"):
        pytest.fail(f"the site could not be built:\n{message}", pytrace=False)
    return Tree(folder)


@pytest.fixture(scope="session")
def built_site(shared_folder: Path) -> Tree:
    """The real content, built once; read it, never change it (copy it: `fresh_tree`, `copy_of_built_site`)."""
    return build_once(shared_folder / "real", ROOT)


@pytest.fixture(scope="session")
def built_sample(shared_folder: Path) -> Tree:
    """The tiny fictional site of tests/sample/, built once with the real templates."""
    return build_once(shared_folder / "sample", ROOT, SAMPLE, SOURCE_DATE_EPOCH=SAMPLE_DATE_EPOCH)


@pytest.fixture(scope="session")
def built_elsewhere(shared_folder: Path) -> Tree:
    """The real content, built a second time in another folder, time zone, locale and hash seed."""
    elsewhere = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7", "LC_ALL": "POSIX", "HOME": str(shared_folder)}
    return build_once(shared_folder / "another folder, інша тека", ROOT, **elsewhere)


@pytest.fixture
def fresh_tree(tmp_path: Path) -> Tree:
    """The real content in a folder of its own, not built: for breaking it."""
    return copy_inputs(ROOT, to=tmp_path / "tree")


@pytest.fixture
def copy_of_built_site(built_site: Tree, tmp_path: Path) -> Tree:
    """The built site with its content and caches in a folder of its own: for building again."""
    return Tree(Path(shutil.copytree(built_site.root, tmp_path / "tree", symlinks=True)))


# --- golden files ---


@pytest.fixture
def assert_golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare a text with the file that holds what is expected, or write it there under --update-golden."""
    update = bool(request.config.getoption("--update-golden"))

    def compare(path: Path, text: str) -> None:
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        expected = path.read_text("utf-8") if path.exists() else ""
        assert text == expected, f"differs from {path.relative_to(ROOT)} (pytest --update-golden writes it anew)"

    return compare


# --- a server ---


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves a folder as a static host does: its 404 page, the types of a search index, no log."""

    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".wasm": "application/wasm"}  # noqa: RUF012

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer a missing page with the site's own."""
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextlib.contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port of this machine; yields the address without a final slash."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(QuietHandler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="session")
def site_address(built_site: Tree) -> Iterator[str]:
    """The address of the built real site, without a final slash."""
    with serve(built_site.site) as address:
        yield address


@pytest.fixture(scope="session")
def sample_address(built_sample: Tree) -> Iterator[str]:
    """The address of the built sample, without a final slash."""
    with serve(built_sample.site) as address:
        yield address


# --- a browser, and other tools of the system ---


def give_up(missing: ToolMissingError) -> NoReturn:
    """Fail where `make test` could have installed what is missing, skip where it may not."""
    if may_install():
        pytest.fail(str(missing), pytrace=False)
    pytest.skip(str(missing))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, headless; missing where it could be installed, it fails the tests."""
    try:
        executable = find_chromium()
    except ToolMissingError as missing:
        give_up(missing)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only the browser tests pay for it

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=list(CHROMIUM_FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def vnu() -> tuple[str, ...]:
    """The command that starts the checker of HTML; missing where it could be installed, it fails the tests."""
    try:
        return find_vnu()
    except ToolMissingError as missing:
        give_up(missing)


@dataclass(slots=True)
class Visitor:
    """A page in a fresh browser profile, and what went wrong on it: console errors, exceptions, foreign requests."""

    page: Page
    address: str
    problems: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def visit(self, path: str) -> None:
        """Open a page of the site by its path (`claims/`), and wait until it has loaded."""
        response = self.page.goto(f"{self.address}/{path.removeprefix('/')}", wait_until="load")
        assert response is not None
        assert response.ok, f"{path} answered {response.status}"

    def watch(self) -> None:
        """Note what goes wrong from here on, and let no request leave this machine."""
        noted = self.problems.append
        own_host = urlsplit(self.address).hostname

        def on_console(message: ConsoleMessage) -> None:
            if message.type in {"error", "warning"}:
                noted(f"console {message.type}: {message.text}")

        def on_failure(request: Request) -> None:
            if request.failure != "net::ERR_ABORTED":  # a page left while it was still loading
                noted(f"failed request: {request.url} {request.failure}")

        def refuse(route: Route) -> None:
            noted(f"foreign request: {route.request.url}")
            route.abort()

        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", on_console)
        self.page.on("pageerror", lambda error: noted(f"exception: {error}"))
        self.page.on("requestfailed", on_failure)
        self.page.context.route(lambda url: urlsplit(url).hostname not in {own_host, None}, refuse)


@pytest.fixture
def visitor(browser: Browser, site_address: str) -> Iterator[Visitor]:
    """A reader at a desk; a test in which anything went wrong on a page fails, whatever else it asserts."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(15_000)
    reader = Visitor(context.new_page(), site_address)
    reader.watch()
    yield reader
    context.close()
    assert reader.problems == []


@pytest.fixture
def page(visitor: Visitor) -> Page:
    """The bare Playwright page of `visitor`."""
    return visitor.page


@pytest.fixture
def visit_kind(visitor: Visitor, site_address: str, request: pytest.FixtureRequest) -> Callable[[Kind], Page]:
    """Open the page that stands for its kind, on the site that has it."""

    def visit(kind: Kind) -> Page:
        visitor.address = request.getfixturevalue("sample_address") if kind.sample else site_address
        visitor.visit(kind.path)
        return visitor.page

    return visit
