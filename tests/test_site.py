"""The built real site as its readers get it: complete, linked, safe and light."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import statistics
import subprocess
import sysconfig
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from html_pages import PageRead, read_html, read_page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conftest import Tree

ARTICLE = "flga-2025-05-22"
ENOUGH_CLAIMS = 45
LONGEST_PAGE = 40_000  # bytes, as sent (gzip)
USUAL_PAGE = 8_000
HEADERS = 300  # bytes of an answer before its content
HEAVIEST_LOOKS = 60_000  # style sheets and scripts of our own together, gzip


def pages_of(tree: Tree) -> dict[str, PageRead]:
    return {
        path.relative_to(tree.site).as_posix(): read_page(path)
        for path in sorted(tree.site.rglob("*.html"))
        if "pagefind" not in path.relative_to(tree.site).parts
    }


@pytest.fixture(scope="module")
def pages(built_site: Tree) -> dict[str, PageRead]:
    return pages_of(built_site)


# --- what is there ---


def test_the_promised_pages_exist(built_site: Tree) -> None:
    site = built_site.site
    promised = ["index.html", "404.html", "sitemap.xml", f"sources/{ARTICLE}/index.html", "data/records.json"]
    assert [name for name in promised if not (site / name).is_file()] == []
    assert len(list(site.glob("claims/*/index.html"))) >= ENOUGH_CLAIMS
    assert list(site.glob("events/*/index.html"))
    assert list(site.glob("pagefind/*.pf_meta"))


def test_every_record_has_its_page(built_site: Tree) -> None:
    for kind in ("claims", "events", "entities", "topics"):
        ids = {record["id"] for record in built_site.records(kind)}
        assert ids - {path.parent.name for path in built_site.site.glob(f"{kind}/*/index.html")} == set()


def test_every_page_says_what_it_is(pages: dict[str, PageRead]) -> None:
    unnamed = [
        name
        for name, page in pages.items()
        if not (page.title.strip() and page.description.strip() and page.language and len(page.headings) == 1)
        or not page.headings[0].strip()
    ]
    assert unnamed == []


def test_no_two_pages_have_the_same_title(pages: dict[str, PageRead]) -> None:
    titles = [page.title for page in pages.values()]
    assert [title for title in sorted(set(titles)) if titles.count(title) > 1] == []


# --- links ---


def broken_links(site: Path) -> str:
    """What an independent checker says of the links and anchors below a folder; empty if all is well."""
    lychee = Path(sysconfig.get_path("scripts")) / "lychee"
    command = [str(lychee), "--offline", "--include-fragments", "--no-progress", "--index-files", "index.html"]
    done = subprocess.run(
        [*command, "--root-dir", str(site), "--format", "json", "--exclude-path", "pagefind", "."],
        cwd=site,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    report = json.loads(done.stdout)
    assert report["successful"] > 0, done.stderr
    return "\n".join(
        f"{page} -> {error['url']}: {error['status']['text']}"
        for page, errors in report["error_map"].items()
        for error in errors
    )


def test_every_internal_link_and_anchor_resolves(built_site: Tree) -> None:
    assert broken_links(built_site.site) == ""


@pytest.mark.parametrize("href", ["claims/no-such-claim/", "#no-such-anchor", f"sources/{ARTICLE}/#no-such-anchor"])
def test_a_planted_broken_link_is_seen(tmp_path: Path, built_site: Tree, href: str) -> None:
    page = tmp_path / "sources" / ARTICLE / "index.html"
    page.parent.mkdir(parents=True)
    shutil.copyfile(built_site.site / "sources" / ARTICLE / "index.html", page)
    (tmp_path / "index.html").write_text(f'<a href="sources/{ARTICLE}/">whole</a> <a href="{href}">broken</a>', "utf-8")
    broken = [line for line in broken_links(tmp_path).splitlines() if line.startswith("./index.html ")]
    assert len(broken) == 1


def test_everything_that_a_page_loads_is_on_the_site(built_site: Tree, pages: dict[str, PageRead]) -> None:
    missing = set()
    for name, page in pages.items():
        for address in page.loads:
            parts = urlsplit(address)
            folder = built_site.site if parts.path.startswith("/") else (built_site.site / name).parent
            path = folder / unquote(parts.path).lstrip("/")
            if parts.path and not parts.netloc and parts.scheme != "data" and not path.is_file():
                missing.add(f"{name} loads {address}")
    assert missing == set()


# --- safety ---


def foreign_loads(page: PageRead) -> list[str]:
    return [
        address for address in page.loads if urlsplit(address).netloc or urlsplit(address).scheme not in {"", "data"}
    ]


def test_no_page_asks_another_host_for_anything(built_site: Tree, pages: dict[str, PageRead]) -> None:
    assert {name: found for name, page in pages.items() if (found := foreign_loads(page))} == {}
    styles = {path.name: path.read_text("utf-8") for path in built_site.site.rglob("*.css")}
    assert [name for name, text in styles.items() if re.search(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//", text)] == []


def test_a_planted_foreign_request_is_seen() -> None:
    planted = '<link rel="stylesheet" href="//fonts.example/a.css"><img src="https://example.org/x.png"><a href="https://a.b/">'
    assert foreign_loads(read_html(planted)) == ["//fonts.example/a.css", "https://example.org/x.png"]


def lax_policy(policy: str, blocks: Iterable[str] = ()) -> list[str]:
    """What a Content-Security-Policy leaves open that ours may not; it may name the page's own blocks of data."""
    directives = {words[0]: words[1:] for part in policy.split(";") if (words := part.split())}
    allowed = {"'self'", "'none'", "'wasm-unsafe-eval'"}
    pictures = allowed | {"data:"}  # which run nothing: not even an SVG does in an image
    named = {f"'sha256-{b64encode(sha256(block.encode()).digest()).decode()}'" for block in blocks}
    of = {"img-src": pictures, "script-src": allowed | named}
    found = [
        f"{name} {word}" for name, words in directives.items() for word in words if word not in of.get(name, allowed)
    ]
    found += [f"no {name}" for name in ("default-src", "base-uri", "form-action") if name not in directives]
    return found


def test_every_page_has_a_strict_policy_before_anything_it_loads(pages: dict[str, PageRead]) -> None:
    assert {name: lax for name, page in pages.items() if (lax := lax_policy(page.policy, page.blocks))} == {}
    assert [name for name, page in pages.items() if not page.policy_comes_first] == []


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ("", ["no default-src", "no base-uri", "no form-action"]),
        (
            "default-src 'none'; script-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'",
            ["script-src 'unsafe-inline'"],
        ),
        (
            "default-src 'none'; script-src 'self' 'sha256-bm90IG9uIHRoZSBwYWdl'; base-uri 'none'; form-action 'none'",
            ["script-src 'sha256-bm90IG9uIHRoZSBwYWdl'"],
        ),
        ("default-src https:; base-uri 'none'; form-action 'none'", ["default-src https:"]),
        ("default-src 'self'; style-src data:; base-uri 'self'; form-action 'self'", ["style-src data:"]),
        ("default-src 'self'; font-src data:; base-uri 'self'; form-action 'self'", ["font-src data:"]),
        ("default-src 'none'; img-src data: https:; base-uri 'none'; form-action 'none'", ["img-src https:"]),
    ],
)
def test_a_planted_lax_policy_is_seen(policy: str, said: list[str]) -> None:
    assert lax_policy(policy) == said


def test_no_page_holds_inline_code(pages: dict[str, PageRead]) -> None:
    assert {name: page.inline_code for name, page in pages.items() if page.inline_code} == {}


def test_planted_inline_code_is_seen() -> None:
    planted = "<style>a{}</style><script>x()</script><p style='a' onclick='b'><a href='JavaScript:x'>"
    assert read_html(planted).inline_code == ["<style>", "<script>", "<p style>", "<p onclick>", "<a href>"]


# --- weight ---


def sent(path: Path) -> int:
    """The bytes of a file as a host sends it."""
    return len(gzip.compress(path.read_bytes(), 6))


def first_load(site: Path, name: str) -> list[int]:
    """What a reader who comes for the first time is sent: the page and all it loads, a number for each request."""
    page = site / name
    loads = {
        page.parent / unquote(urlsplit(load).path) for load in read_page(page).loads if not load.startswith("data:")
    }
    return [sent(path) + HEADERS for path in (page, *sorted(loads))]


def test_pages_are_light(built_site: Tree) -> None:
    weights = {name: sent(built_site.site / name) for name in pages_of(built_site)}
    assert {name: weight for name, weight in weights.items() if weight > LONGEST_PAGE} == {}
    assert statistics.median(weights.values()) < USUAL_PAGE
    looks = [path for suffix in ("css", "js") for path in built_site.site.rglob(f"*.{suffix}")]
    assert sum(sent(path) for path in looks if "pagefind" not in path.parts) < HEAVIEST_LOOKS


@pytest.mark.parametrize(("pages_of_kind", "requests", "size"), [("claims/*", 4, 20_000), ("topics/*", 5, 60_000)])
def test_a_first_visit_asks_for_little(built_site: Tree, pages_of_kind: str, requests: int, size: int) -> None:
    site = built_site.site
    names = [page.relative_to(site).as_posix() for page in site.glob(f"{pages_of_kind}/index.html")]
    loads = {name: first_load(site, name) for name in sorted(names)}
    assert loads
    assert {name: len(load) for name, load in loads.items() if len(load) > requests} == {}
    assert {name: sum(load) for name, load in loads.items() if sum(load) > size} == {}
