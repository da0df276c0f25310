"""SECURITY.md names tests, modules and inputs that exist; and the boundaries hold that no other test tries."""

from __future__ import annotations

import ast
import json
import re
import resource
import shutil
import subprocess
import sys
from functools import partial
from hashlib import sha256
from http.server import ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from conftest import ROOT, SAMPLE, SAMPLE_DATE_EPOCH, QuietHandler, Tree, copy_inputs
from pydantic import TypeAdapter, ValidationError
from repositories import make_repository, run_git
from workflow_files import read_workflows

from generator import load
from generator.cli import main
from generator.importers import FORMATS
from generator.publish import journal
from generator.publish.indexing import index_part
from generator.publish.target import finish_interrupted
from generator.records import FOLDERS
from generator.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

DOCUMENT = (ROOT / "SECURITY.md").read_text("utf-8")
QUOTED = re.findall(r"`([^`\n]+)`", DOCUMENT)
GENERATOR = sorted((ROOT / "generator").rglob("*.py"))

# --- the document ---


def list_tests() -> set[str]:
    """The names of all test functions."""
    texts = (path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    return {name for text in texts for name in re.findall(r"^def (test_\w+)\(", text, re.MULTILINE)}


def test_every_test_that_is_named_exists() -> None:
    named = {word for word in QUOTED if re.fullmatch(r"test_\w+", word)}
    assert len(named) > 50
    assert sorted(named - list_tests()) == []


def test_every_module_and_path_that_is_named_exists() -> None:
    made_later = {"build/", "site/", "data/evidence.json", "commit.txt"}
    named = {word for word in QUOTED if re.fullmatch(r"(?:\.?[\w-]+/)+[\w.-]*|[\w-]+\.(?:toml|txt|md)", word)}
    assert len(named) > 30
    assert sorted(path for path in named - made_later if not (ROOT / path).exists()) == []


def test_every_boundary_says_what_crosses_what_is_promised_who_keeps_it_and_what_shows_it() -> None:
    parts = DOCUMENT.split("\n### ")[1:]
    assert len(parts) >= 13
    for part in parts:
        assert [word for word in ("*Promised:*", "*Kept by:*", "*Tested by:*") if word not in part] == [], part[:40]
        assert re.search(r"\*Tested by:\*[^*]*`test_", part), part[:40]


def test_it_can_be_read_in_one_sitting() -> None:
    assert len(DOCUMENT.splitlines()) <= 250


def read_variables() -> set[str]:
    """The environment variables that the generator looks up: by `get`, by index, or by `in`."""
    found: set[str] = set()
    for path in GENERATOR:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(attr="get", value=where), args=[ast.Constant(value=str(name)), *_]):
                    pass
                case ast.Subscript(value=where, slice=ast.Constant(value=str(name))):
                    pass
                case ast.Compare(left=ast.Constant(value=str(name)), comparators=[where]):
                    pass
                case _:
                    continue
            if re.search(r"(?:environ|environment|inherited)$", ast.unparse(where)):
                found.add(name)
    return {name for name in found if name != "PATH_INFO" and not name.startswith("HTTP_")}  # those are of requests


def test_every_kind_of_input_is_named() -> None:
    variables = read_variables()
    assert "SOURCE_DATE_EPOCH" in variables
    own = {name for name in variables if not name.startswith("GIT_")}
    words = set(re.findall(r"[\w.-]+", DOCUMENT))
    for kinds in (
        FOLDERS,
        main.commands,
        FORMATS,
        own,
        {"corrections.yml", "vocabulary.yml", "settings.yml", "mkdocs.yml"},
    ):
        assert sorted(set(kinds) - words) == []


def test_nothing_of_the_generator_can_ask_the_network() -> None:
    barred = re.compile(
        r"(?:urllib\.request|http\.client|requests|httpx|aiohttp|socket|ftplib|xml|zipfile|tarfile|pickle|shelve)\b"
    )
    taken = []
    for path in GENERATOR:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            taken += [f"{path.name}: {name}" for name in names if barred.match(name)]
    assert len(GENERATOR) > 100
    assert taken == []


# --- 2 and 6: folders ---


@pytest.mark.parametrize(
    "folder", ["../texts", "/etc", "a/../../b", "content/sources", "site", "build/x", ".git", "C:\\texts", "templates"]
)
def test_the_texts_that_are_kept_elsewhere_lie_in_the_project(folder: str) -> None:
    licence = {"name": "L", "url": "https://l.example/"}
    typed = {"title": "T", "publisher": "P", "description": "D", "address": "https://a.example/", "licence": licence}
    adapter = TypeAdapter(Settings)
    assert adapter.validate_python({**typed, "text_dir": "private-texts/of the desk"}).text_dir
    with pytest.raises(ValidationError, match="text_dir"):
        adapter.validate_python({**typed, "text_dir": folder})


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """A project with a staged page, a published one, and files around it that are nobody's business."""
    for path in ("build/site/index.html", "site/old.html", "site/.git/config", "beside/kept.txt", "elsewhere.html"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(path, "utf-8")
    return tmp_path


def write_journal(root: Path, *, target: str = "site", path: str = "index.html", source: str, deleted: str) -> Path:
    """A journal as a branch could bring it, with digests that fit."""
    digest = sha256((root / source).read_bytes()).hexdigest()
    files = {path: [str(root / source), digest]}
    log = root / "build/publication.json"
    log.write_text(json.dumps({"target": str(root / target), "files": files, "deleted": [deleted]}), "utf-8")
    return log


def read_all(root: Path) -> dict[str, str]:
    """Every file but the journal."""
    files = (path for path in root.rglob("*") if path.is_file() and path.name != "publication.json")
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in files}


@pytest.mark.parametrize(
    ("target", "path", "source", "deleted"),
    [
        ("beside", "index.html", "build/site/index.html", "kept.txt"),
        ("site", "index.html", "elsewhere.html", "old.html"),
        ("site", "index.html", "build/link.html", "old.html"),
        ("site", ".git/hooks/post-commit", "build/site/index.html", "old.html"),
        ("site", "index.html", "build/site/index.html", ".git/config"),
        ("site", "../index.html", "build/site/index.html", "old.html"),
    ],
)
def test_a_journal_that_this_site_did_not_write_changes_nothing(
    begun: Path, target: str, path: str, source: str, deleted: str
) -> None:
    (begun / "build/link.html").symlink_to("../elsewhere.html")
    before = read_all(begun)
    log = write_journal(begun, target=target, path=path, source=source, deleted=deleted)
    assert journal.find_interrupted(log, begun / "site") is None
    assert not finish_interrupted(log, begun / "site")
    assert read_all(begun) == before
    assert not log.exists()


def test_a_journal_of_this_site_is_carried_out(begun: Path) -> None:
    log = write_journal(begun, source="build/site/index.html", deleted="old.html")
    assert finish_interrupted(log, begun / "site")
    assert (begun / "site/index.html").is_file()
    assert not (begun / "site/old.html").exists()


def test_a_journal_is_not_written_through_a_link(begun: Path) -> None:
    for name in ("publication.json", "publication.json.part", ".publication.json.part"):
        (begun / "build" / name).symlink_to("../beside/kept.txt")
    journal.begin(begun / "build/publication.json", begun / "site", {"index.html": begun / "build/site/index.html"}, [])
    assert (begun / "beside/kept.txt").read_text("utf-8") == "beside/kept.txt"
    assert json.loads((begun / "build/publication.json").read_text("utf-8"))["target"] == str(begun / "site")


@pytest.fixture(scope="module")
def small_project(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """The sample, not built."""
    tree = copy_inputs(ROOT, SAMPLE, to=tmp_path_factory.mktemp("security") / "tree")
    make_repository(tree.root.parent / "repository")
    shutil.copytree(tree.root.parent / "repository/.git", tree.root / ".git")
    return tree


@pytest.mark.parametrize("folder", ["templates", ".git", "build", "build/x", "..", ".", ".github", "content/pages"])
def test_the_site_is_not_published_over_the_project(small_project: Tree, folder: str) -> None:
    settings = small_project.root / "mkdocs.yml"
    typed = settings.read_text("utf-8")
    settings.write_text(typed.replace("site_dir: site", f"site_dir: {folder}"), "utf-8")
    before = {
        path for path in small_project.root.rglob("*") if "build" not in path.relative_to(small_project.root).parts
    }
    try:
        done = small_project.run("build", PYTHONPATH=str(ROOT), SOURCE_DATE_EPOCH=SAMPLE_DATE_EPOCH)
    finally:
        settings.write_text(typed, "utf-8")
    assert done.returncode == 2, done.stderr
    assert "files written" not in done.stderr
    assert before <= set(small_project.root.rglob("*"))


@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize("place", ["build", "build/state.db", "build/static"])
def test_nothing_is_written_or_deleted_behind_a_link_in_the_place_of_what_builds_leave(
    tmp_path: Path, place: str, command: str
) -> None:
    tree = copy_inputs(ROOT, SAMPLE, to=tmp_path / "tree")
    beside = tmp_path / "beside"
    for name in ("state.db", "pages/kept.txt", "static/kept.txt", "site/kept.txt"):
        (beside / name).parent.mkdir(parents=True, exist_ok=True)
        (beside / name).write_text(name, "utf-8")
    before = read_all(beside)
    (tree.root / place).parent.mkdir(exist_ok=True)
    (tree.root / place).symlink_to(beside / place.partition("/")[2])
    done = tree.run(command, PYTHONPATH=str(ROOT), SOURCE_DATE_EPOCH=SAMPLE_DATE_EPOCH)
    assert done.returncode == (0 if command == "check" else 2), done.stderr
    assert read_all(beside) == before


def test_a_build_writes_nothing_below_the_content(built_sample: Tree) -> None:
    before, after = read_all(SAMPLE / "content"), read_all(built_sample.content)
    assert len(before) > 10
    assert after == before


def test_pagefind_is_set_up_by_nobody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts, output, log = tmp_path / "texts", tmp_path / "build/pagefind", tmp_path / "log"
    (texts / "a").mkdir(parents=True)
    page = '<!DOCTYPE html><html lang="en"><body data-pagefind-body><h1>Bridge</h1><p>It was closed.</p></body></html>'
    (texts / "a/index.html").write_text(page, "utf-8")
    for folder in (texts, output.parent, tmp_path):
        folder.mkdir(exist_ok=True)
        (folder / "pagefind.toml").write_text(f'logfile = "{log}"\nglob = "*.none"\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    for name, value in {"LOGFILE": str(log), "GLOB": "*.none", "EXCLUDE_SELECTORS": "p"}.items():
        monkeypatch.setenv(f"PAGEFIND_{name}", value)
    index_part(texts, output, is_first=True, parts=1)
    entry = json.loads((output / "pagefind-entry.json").read_text("utf-8"))
    assert entry["languages"]["en"]["page_count"] == 1
    assert not log.exists()


# --- 5: git ---


@pytest.mark.parametrize(
    "name", ["--upload-pack=touch MARK", "--output=MARK", "-h", "--", "main\n--output=MARK", " ", "main:content"]
)
def test_a_name_that_is_an_option_of_git_starts_nothing(tmp_path: Path, name: str) -> None:
    project = make_repository(tmp_path / "project", SAMPLE / "content")
    mark = tmp_path / "mark"
    project.refuse(name.replace("MARK", str(mark)))
    assert not mark.exists()
    assert not list(project.root.glob("*mark*"))


def plant_settings(folder: Path, mark: Path) -> None:
    """Settings of a repository that name a program wherever one is asked for."""
    program = mark.with_name("program")
    program.write_text(f"#!/bin/sh\ntouch '{mark}'\ncat\n", "utf-8")
    program.chmod(0o755)
    for name in ("core.fsmonitor", "filter.x.clean", "filter.x.process", "gpg.program", "core.pager", "diff.external"):
        run_git(folder, "config", name, str(program))
    run_git(folder, "config", "log.showSignature", "true")
    run_git(folder, "config", "core.hooksPath", str(program.parent))


@pytest.mark.parametrize("place", ["the repository itself", "a bare one in a folder of another"])
def test_no_program_that_a_repository_names_is_started(tmp_path: Path, place: str) -> None:
    project, mark = make_repository(tmp_path / "project", SAMPLE / "content"), tmp_path / "mark"
    root = project.root
    if place.startswith("a bare"):
        root = project.root / "inner"
        shutil.copytree(SAMPLE / "content", root / "content")
        run_git(tmp_path, "init", "--quiet", "--bare", str(tmp_path / "bare"))
        shutil.copytree(tmp_path / "bare", root, dirs_exist_ok=True)
        (root / "config").write_text("[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n", "utf-8")
        plant_settings(root, mark)
    else:
        plant_settings(root, mark)
        (root / ".git/info").mkdir(exist_ok=True)
        (root / ".git/info/attributes").write_text("* filter=x\n", "utf-8")
    for path in (root / "content").rglob("*.yml"):
        path.touch()
    subprocess.run(["git", "-C", root, "status", "--porcelain"], capture_output=True, check=False, timeout=60)
    assert mark.exists(), "git itself starts none of them, so this shows nothing"
    mark.unlink()
    load.read_today(root, {})
    if root == project.root:
        load.read_revision(root, "HEAD")
    assert not mark.exists()


# --- 9: workflows ---


def test_a_proposed_site_is_not_opened_where_the_preview_is() -> None:
    commands = "".join(step.run for step in read_workflows()["pull-request.yml"].steps())
    served = re.search(r"http\.server --bind 127\.0\.0\.1 (\d+)", commands)
    assert served is not None
    assert f"<http://127.0.0.1:{served[1]}>" in commands
    assert served[1] != str(next(one.default for one in main.commands["serve"].params if one.name == "port"))


# --- 10: the reader's browser ---

PAYLOADS = (
    "<img src=x onerror=canary(1)>", '"><script>canary(2)</script>', "javascript:canary(3)", "__proto__", "constructor",
    "__proto__[canary]=1", "//evil.example/", "https://evil.example/", "</title><svg onload=canary(4)>", "[", "(a+)+$" * 30,
)  # fmt: skip
NAMES = ("q", "kind", "verdict", "topic", "sort", "__proto__", "constructor")
FOUND = """() => [
    window.fired, Object.keys(Object.prototype),
    [...document.querySelectorAll('*')].filter(one => [...one.attributes].some(({name, value}) => name.startsWith('on')
        || /^\\s*(javascript|data|vbscript):/i.test(value)) || /^(IFRAME|OBJECT|EMBED|BASE)$/.test(one.tagName)
        || (one.tagName === 'SCRIPT' && !one.src && !/json/.test(one.type))).map(one => one.outerHTML),
    [...document.querySelectorAll('a[href], form[action]')].map(one => one.getAttribute('href') ?? one.getAttribute('action'))
        .filter(one => /evil/.test(new URL(one, location).host)),
]"""


@pytest.mark.browser
def test_a_crafted_link_runs_nothing_and_leads_nowhere_else(
    browser: Browser, built_sample: Tree, sample_address: str
) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.add_init_script(
        "window.fired = []; window.canary = number => window.fired.push(number); window.name = '<img src=x onerror=canary(8)>';"
        "localStorage.setItem('slash', '<img src=x onerror=canary(9)>')"
    )
    strayed: list[str] = []
    page.on(
        "request",
        lambda request: strayed.append(request.url) if not request.url.startswith((sample_address, "data:")) else None,
    )
    page.on("pageerror", lambda error: strayed.append(str(error)))
    claim, source = (
        next((built_sample.site / name).glob("*-*/index.html")).parent.name for name in ("claims", "sources")
    )
    for path in ("", "search/", "claims/", f"claims/{claim}/", f"sources/{source}/", "timeline/"):
        for payload in PAYLOADS if path in ("search/", "claims/") else PAYLOADS[:3]:
            asked = "&".join(f"{name}={quote(payload)}" for name in NAMES)
            page.goto(
                f"{sample_address}/{path}?{asked}#{payload}", wait_until="networkidle" if path == "search/" else "load"
            )
            page.evaluate("postMessage('<img src=x onerror=canary(7)>', '*')")
            assert (path, payload, page.evaluate(FOUND)) == (path, payload, [[], [], [], []])
    assert strayed == []
    context.close()


HEADERS = [
    line.split(": ", 1)
    for block in re.findall(r"```text\n(.*?)```", DOCUMENT, re.DOTALL)
    for line in block.splitlines()
]


class StrictHandler(QuietHandler):
    """Serves a folder with the headers that SECURITY.md names."""

    def end_headers(self) -> None:
        """Add them."""
        for name, value in HEADERS:
            self.send_header(name, value)
        super().end_headers()


@pytest.fixture
def strict_address(built_sample: Tree) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(StrictHandler, directory=str(built_sample.site)))
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.browser
def test_the_site_works_under_the_headers_that_are_named(browser: Browser, strict_address: str) -> None:
    assert {name for name, _ in HEADERS} >= {
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "Strict-Transport-Security",
    }
    page, problems = browser.new_page(), list[str]()
    page.on("console", lambda said: problems.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(f"{strict_address}/search/?q=bridge", wait_until="networkidle")
    page.locator("a.hit").first.wait_for()
    framing = f"<iframe src='{strict_address}/'></iframe>"
    assert problems == []
    page.set_content(framing, wait_until="networkidle")
    assert page.frames[1].url.startswith("chrome-error:")
    page.close()


# --- 12: evidence ---


def test_a_manifest_cannot_have_a_huge_file_read_whole(tmp_path: Path) -> None:
    texts = [{"source": "a", "sha256": "0" * 64, "characters": 10**18}]
    manifest = {"format": "factsheet-evidence", "version": 1, "texts": texts, "quotations": []}
    (tmp_path / "evidence.json").write_text(json.dumps(manifest), "utf-8")
    (tmp_path / "texts").mkdir()
    with (tmp_path / "texts/huge").open("wb") as file:
        file.truncate(1 << 32)  # bytes, none of them on the disk
    done = subprocess.run(
        [sys.executable, ROOT / "generator/verify.py", tmp_path / "evidence.json", tmp_path / "texts"],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30)),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (2, "")
    assert "huge" in done.stdout
