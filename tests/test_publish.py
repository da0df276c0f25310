"""From pages to `site/`: the writer, the plugin inside MkDocs, the search index, the journal, the preview."""

from __future__ import annotations

import json
from datetime import date
from threading import Thread
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.commands.build import build as build_site
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError

from generator import write
from generator.diagnostics import Diagnostic, Place
from generator.pipeline import Built
from generator.plugin import ContentError, FactSheetPlugin, read_labels
from generator.plugin.preview import SHOWN, banner, insert_banner
from generator.publish import journal, search, staging
from generator.publish.policy import content_security_policy

if TYPE_CHECKING:
    from pathlib import Path

# --- the writer ---


def read_tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def test_sync_writes_what_differs_and_deletes_what_is_not_wanted(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write.sync({"a.txt": "old", "b/c.txt": b"same", "b/d/e.txt": "gone", "f": "file becomes folder"}, folder)
    before = (folder / "b/c.txt").stat().st_mtime_ns, (folder / "b/c.txt").stat().st_ino
    (tmp_path / "copied").write_text("copied")
    changes = write.sync({"a.txt": "new", "b/c.txt": "same", "f/g": tmp_path / "copied"}, folder)
    assert changes == write.Changes(written=("a.txt", "f/g"), deleted=("b/d/e.txt", "f"), unchanged=("b/c.txt",))
    assert read_tree(folder) == {"a.txt": "new", "b/c.txt": "same", "f/g": "copied"}
    assert before == ((folder / "b/c.txt").stat().st_mtime_ns, (folder / "b/c.txt").stat().st_ino)
    assert not (folder / "b/d").exists()


@pytest.mark.parametrize(
    "path", ["/etc/x", "../x", "a/../../x", "a//b", "", ".", "a/.", "a\\..\\b", "a\0b", "a/b/", "./a"]
)
def test_sync_refuses_a_path_that_could_leave_the_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(write.UnsafePathError):
        write.sync({path: "x"}, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_sync_refuses_a_path_below_another_file(tmp_path: Path) -> None:
    with pytest.raises(write.UnsafePathError, match="both a file and a folder: 'a'"):
        write.sync({"a": "x", "a/b": "y"}, tmp_path)


def test_sync_follows_no_symbolic_link(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "precious.txt").write_text("precious")
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "linked").symlink_to(outside)
    (folder / "file.txt").symlink_to(outside / "precious.txt")
    (folder / "same.txt").symlink_to(outside / "precious.txt")
    (folder / "stale").symlink_to(outside)
    write.sync({"linked/precious.txt": "mine", "file.txt": "mine", "same.txt": "precious"}, folder)
    assert read_tree(outside) == {"precious.txt": "precious"}
    assert read_tree(folder) == {"linked/precious.txt": "mine", "file.txt": "mine", "same.txt": "precious"}
    assert [path for path in folder.rglob("*") if path.is_symlink()] == []


def test_sync_takes_what_an_interrupted_write_left_for_nothing(tmp_path: Path) -> None:
    (tmp_path / ".a.part").write_text("half")
    write.sync({"a": "whole"}, tmp_path, keep=write.keep_hidden)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a": "whole"}


def test_sync_refuses_a_folder_that_is_a_symbolic_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(write.UnsafePathError, match="is a symbolic link"):
        write.sync({"a": "x"}, tmp_path / "link")


def test_sync_keeps_hidden_files_at_the_top_when_told_to(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/config").write_text("git")
    (tmp_path / ".gitignore").write_text("*")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/.hidden").write_text("stale")
    write.sync({"a": "x"}, tmp_path, keep=write.keep_hidden)
    assert read_tree(tmp_path) == {".git/config": "git", ".gitignore": "*", "a": "x"}


NAMES = st.lists(st.sampled_from(["a", "b", "c.txt", "ü"]), min_size=1, max_size=3).map("/".join)
TREES = st.dictionaries(NAMES, st.text(max_size=3), max_size=6).filter(
    lambda files: not any(other.startswith(f"{path}/") for path in files for other in files)
)


@given(before=TREES, after=TREES)
def test_a_synced_folder_holds_exactly_the_files(
    tmp_path_factory: pytest.TempPathFactory, before: dict[str, str], after: dict[str, str]
) -> None:
    folder = tmp_path_factory.mktemp("sync")
    write.sync(before, folder)
    changes = write.sync(after, folder)
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in folder.rglob("*") if path.is_file()
    }
    assert found == after
    assert set(changes.written) == {path for path in after if before.get(path) != after[path]}
    assert set(changes.deleted) == set(before) - set(after)


# --- the plugin inside MkDocs ---

MAIN = """<!doctype html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="{{ csp }}">
<title>{{ page.title }}</title></head><body><main data-pagefind-body>{{ page.content }}</main>
<nav>{% for item in nav %}<a href="{{ item.url|url }}">{{ item.title }}</a>{% endfor %}</nav>
<ol>{% for link in page.toc %}<li>{{ link.title }}</li>{% endfor %}</ol></body></html>"""

PAGES = {
    "index.md": "---\ntitle: Home & <b>\n---\n\n# Home {#home}\n\n[x](claims/x.md#b) [data](data/records.json)\n",
    "claims/index.md": "# All <claims>\n",
    "claims/x.md": "---\nupdated: 2025-05-22\n---\n# X\n\n## B & b {#b}\n\n[home](../index.md)\n",
}
ERROR = Diagnostic(Place("content/x.yml", 3, 4), "bad-thing", "Wrong \x1b[31m<b>.", "Mend it.")


class Project:
    """A small project whose pages are given instead of made from records."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.site = root / "site"
        self.pages = dict(PAGES)
        self.errors: tuple[Diagnostic, ...] = ()
        self.settings = (
            "site_name: Test\nsite_url: https://e.org/sheets/\nnav: [{Start: index.md}, {Claims: claims/index.md}]\n"
        )
        for folder in ("content", "templates/theme", "site"):
            (root / folder).mkdir(parents=True)
        (root / "templates/theme/main.html").write_text(MAIN)
        (root / "site/.gitignore").write_text("*\n!.gitignore\n")

    def make(self, _root: Path, **_options: object) -> Built:
        """Give the pages, as the pipeline would."""
        if self.errors:
            return Built(self.errors)
        library = SimpleNamespace(settings=None, sources={}, claims={}, events={}, entities={}, topics={})
        views = SimpleNamespace(today=date(2026, 11, 22), quotations_checked=0, quotations_unchecked=0)
        files = {"data/records.json": "[]\n"}
        return Built((), cast("Any", library), cast("Any", views), dict(self.pages), files)

    def build(self, *, command: Any = "build", site_dir: Path | None = None, strict: bool = False) -> FactSheetPlugin:
        """Run MkDocs as `mkdocs build` or the first build of `mkdocs serve` does."""
        (self.root / "mkdocs.yml").write_text(
            f"{self.settings}docs_dir: content\nplugins: []\nnot_in_nav: '**'\nstrict: {str(strict).lower()}\n"
            "theme: {name: null, custom_dir: templates/theme}\n"
        )
        options = {"site_dir": str(site_dir)} if site_dir else {}
        config = load_config(str(self.root / "mkdocs.yml"), **options)
        plugin = FactSheetPlugin(self.make)
        plugin.on_startup(command=command, dirty=False)
        config.plugins["factsheet"] = plugin
        build_site(config, serve_url="http://127.0.0.1:8000/" if command == "serve" else None)
        return plugin

    def state(self) -> dict[str, tuple[int, int]]:
        """Tell when each published file was written, and whether it is still the same file."""
        return {
            path.relative_to(self.site).as_posix(): (path.stat().st_mtime_ns, path.stat().st_ino)
            for path in self.site.rglob("*")
            if path.is_file()
        }


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project")


def test_a_build_publishes_pages_files_and_the_search_index(project: Project) -> None:
    project.build()
    published = set(project.state())
    assert {"index.html", "claims/index.html", "claims/x/index.html", "data/records.json", ".gitignore", "sitemap.xml",
            "pagefind/pagefind.js"} <= published  # fmt: skip
    home = (project.site / "index.html").read_text()
    assert '<a href="claims/x/#b">x</a> <a href="data/records.json">data</a>' in home
    assert "<title>Start</title>" in home  # the label from the navigation
    assert '<a href="claims/">Claims</a>' in home
    assert '<a href="../../">home</a>' in (project.site / "claims/x/index.html").read_text()
    assert "<li>B &amp; b</li>" in (project.site / "claims/x/index.html").read_text()


def test_titles_from_front_matter_are_escaped(project: Project) -> None:
    project.settings = "site_name: Test\nnav: [claims/index.md]\n"
    project.build()
    assert "<title>Home &amp; &lt;b&gt;</title>" in (project.site / "index.html").read_text()


def test_a_second_build_touches_nothing(project: Project) -> None:
    project.build()
    before = project.state()
    project.build()
    assert project.state() == before


def test_a_changed_page_is_the_only_page_written(project: Project) -> None:
    project.build()
    before = project.state()
    project.pages["claims/x.md"] += "\nA new sentence.\n"
    del project.pages["claims/index.md"]
    project.settings = (
        "site_name: Test\nsite_url: https://e.org/sheets/\nnav: [{Start: index.md}, {Claims: claims/x.md}]\n"
    )
    project.build()
    after = project.state()
    assert "claims/index.html" not in after
    project.settings = (
        "site_name: Test\nsite_url: https://e.org/sheets/\nnav: [{Start: index.md}, {Claims: claims/x.md}]\n"
    )
    project.pages["claims/x.md"] += "\nAnother.\n"
    project.build()
    changed = {path for path, state in project.state().items() if after.get(path) != state and "pagefind/" not in path}
    assert changed == {"claims/x/index.html"}
    assert before[".gitignore"] == project.state()[".gitignore"]


def test_errors_stop_the_build_before_the_site_changes(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.build()
    before = project.state()
    project.errors = (ERROR,)
    project.pages["index.md"] = "# Changed\n"
    with pytest.raises(ContentError) as stopped:
        project.build()
    assert stopped.value.exit_code == 1
    assert project.state() == before
    assert "content/x.yml:3:4 error[bad-thing] Wrong \\x1b[31m<b>.\n    help: Mend it." in capsys.readouterr().err


def test_an_interrupted_publication_is_finished_by_the_next_build_even_if_that_one_fails(project: Project) -> None:
    project.build()
    complete = {path: (project.site / path).read_bytes() for path in project.state()}
    staged = journal.Staged(project.root / "build/site", project.root / "build/pagefind")
    journal.begin(project.root / "build/publication.json", project.site, staged.files())
    (project.site / "index.html").unlink()  # the machine stopped half-way
    (project.site / "claims/x/index.html").write_text("old")
    project.errors = (ERROR,)
    with pytest.raises(ContentError):
        project.build()
    assert {path: (project.site / path).read_bytes() for path in project.state()} == complete
    assert not (project.root / "build/publication.json").exists()


def test_a_journal_that_does_not_match_the_staged_files_is_dropped(project: Project) -> None:
    project.build()
    path = project.root / "build/publication.json"
    path.write_text(json.dumps({"target": str(project.site), "files": {"index.html": "0" * 64}}))
    staged = journal.Staged(project.root / "build/site", project.root / "build/pagefind")
    assert journal.find_interrupted(path, staged) is None
    path.write_text("{half a jour")
    assert journal.find_interrupted(path, staged) is None


def test_the_sitemap_tells_of_the_content_and_not_of_the_build(project: Project) -> None:
    project.build()
    assert (project.site / "sitemap.xml").read_text().split() == [
        "<?xml", 'version="1.0"', 'encoding="UTF-8"?>', "<urlset", 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        "<url>", "<loc>https://e.org/sheets/</loc>", "<lastmod>2026-11-22</lastmod>", "</url>",
        "<url>", "<loc>https://e.org/sheets/claims/</loc>", "<lastmod>2026-11-22</lastmod>", "</url>",
        "<url>", "<loc>https://e.org/sheets/claims/x/</loc>", "<lastmod>2025-05-22</lastmod>", "</url>",
        "</urlset>",
    ]  # fmt: skip


def test_two_builds_in_other_places_are_the_same_bytes(tmp_path: Path) -> None:
    trees = []
    for name in ("one", "another place"):
        project = Project(tmp_path / name)
        project.build()
        trees.append({p: (project.site / p).read_bytes() for p in project.state() if not p.startswith("pagefind/")})
    assert trees[0] == trees[1]


def test_a_broken_link_stops_a_strict_build_before_the_site_changes(project: Project) -> None:
    project.build()
    before = project.state()
    project.pages["index.md"] += "\n[nowhere](nowhere.md)\n"
    with pytest.raises(Abort, match="nothing was published"):
        project.build(strict=True)
    assert project.state() == before


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("nowhere.md", "Page 'claims/x.md' contains a link 'nowhere.md', but there is no 'claims/nowhere.md'."),
        (
            "../index.md#gone",
            "contains a link '../index.md#gone', but the doc 'index.md' does not contain an anchor '#gone'",
        ),
        ("#gone", "contains a link '#gone', but there is no such anchor on this page"),
    ],
)
def test_a_link_that_leads_nowhere_is_said(
    project: Project, caplog: pytest.LogCaptureFixture, link: str, said: str
) -> None:
    project.settings += "validation: {links: {anchors: warn}}\n"
    project.pages["claims/x.md"] += f"\n[a]({link})\n"
    project.build()
    assert said in caplog.text


def test_markdown_extensions_are_refused_with_an_explanation(project: Project) -> None:
    project.settings += "markdown_extensions: [admonition]\n"
    with pytest.raises(ConfigurationError, match="sets `markdown_extensions`"):
        project.build()


@pytest.mark.parametrize("template", ["../../content/x.html", "sitemap.xml", "base.html"])
def test_a_page_chooses_no_template_outside_the_theme(project: Project, template: str) -> None:
    project.pages["claims/x.md"] = f"---\ntemplate: {template}\n---\n# X\n"
    with pytest.raises(ConfigurationError, match="there is no page template"):
        project.build()


def test_a_page_may_choose_a_template_of_the_theme(project: Project) -> None:
    (project.root / "templates/theme/wide.html").write_text("<p>wide</p>")
    project.pages["claims/x.md"] = "---\ntemplate: wide.html\n---\n# X\n"
    project.build()
    assert (project.site / "claims/x/index.html").read_text() == "<p>wide</p>"


def test_dirty_builds_are_refused() -> None:
    with pytest.raises(ConfigurationError, match="stale pages"):
        FactSheetPlugin().on_startup(command="build", dirty=True)


def test_labels_are_read_from_a_nested_navigation() -> None:
    nav = [{"Home": "index.md"}, "plain.md", {"More": [{"Claims": "claims/index.md"}, {"Deep": [{"X": "x.md"}]}]}]
    assert dict(read_labels(nav)) == {"index.md": "Home", "claims/index.md": "Claims", "x.md": "X"}
    assert dict(read_labels(None)) == {}


# --- the preview ---


def test_a_preview_keeps_the_last_good_pages_under_a_list_of_what_is_wrong(project: Project, tmp_path: Path) -> None:
    preview = tmp_path / "preview"
    project.build(command="serve", site_dir=preview)
    assert 'role="alert"' not in (preview / "index.html").read_text()
    project.errors = (ERROR,)
    project.pages["index.md"] = "# Not good\n"
    project.build(command="serve", site_dir=preview)
    home = (preview / "index.html").read_text()
    assert '<h1 id="home">Home</h1>' in home
    assert "<code>content/x.yml:3:4</code> [bad-thing] Wrong \\x1b[31m&lt;b&gt;.</summary>" in home
    assert "<p><strong>Help:</strong> Mend it.</p>" in home
    assert list(project.state()) == [".gitignore"]


def test_a_preview_that_never_was_good_shows_what_is_wrong(project: Project, tmp_path: Path) -> None:
    project.errors = (ERROR,)
    project.build(command="serve", site_dir=tmp_path / "preview")
    assert "[bad-thing]" in (tmp_path / "preview/index.html").read_text()


def test_a_fault_of_the_generator_itself_does_not_end_the_preview(project: Project, tmp_path: Path) -> None:
    project.build(command="serve", site_dir=tmp_path / "preview")

    def fail(_root: Path, **_options: object) -> Built:
        raise RuntimeError("a bug <i>")

    project.make = fail  # type: ignore[method-assign]
    project.build(command="serve", site_dir=tmp_path / "preview")
    assert (
        "The generator itself failed: RuntimeError: a bug &lt;i&gt;." in (tmp_path / "preview/index.html").read_text()
    )
    with pytest.raises(RuntimeError):
        project.build()


def test_only_the_preview_allows_inline_script(project: Project, tmp_path: Path) -> None:
    project.build()
    project.build(command="serve", site_dir=tmp_path / "preview")
    assert "unsafe-inline" not in (project.site / "index.html").read_text()
    assert "&#39;unsafe-inline&#39;" in (tmp_path / "preview/index.html").read_text()


def test_the_published_policy() -> None:
    assert content_security_policy(preview=False) == (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'"
    )


class Server:
    """Stands in for MkDocs' live-reload server: it only notes what is watched."""

    def __init__(self) -> None:
        self.watched: list[str] = []

    def watch(self, path: str) -> None:
        """Note a folder."""
        self.watched.append(path)

    def unwatch(self, path: str) -> None:
        """Forget a folder."""
        self.watched.remove(path)

    def get_app(self) -> Any:
        """Give what answers requests: here, the path that is asked for."""
        return lambda environment, _start: environment["PATH_INFO"]

    def set_app(self, app: Any) -> None:
        """Take what is to answer instead."""
        self.app = app


def test_the_preview_watches_what_people_write_and_not_what_the_build_writes(project: Project, tmp_path: Path) -> None:
    plugin = project.build(command="serve", site_dir=tmp_path / "preview")
    server = Server()
    server.watch(str(project.root / "build/pages"))
    config = cast("Any", SimpleNamespace(docs_dir=str(project.root / "build/pages")))
    plugin.on_serve(cast("Any", server), config=config, builder=project.build)
    assert server.watched == [str(project.root / "content"), str(project.root / "templates")]


def test_who_searches_while_the_preview_is_being_built_waits_for_its_pages(project: Project, tmp_path: Path) -> None:
    preview, server, finished = tmp_path / "preview", Server(), project.make
    server.watch(str(project.root / "build/pages"))
    plugin = project.build(command="serve", site_dir=preview)
    config = load_config(str(project.root / "mkdocs.yml"), site_dir=str(preview))
    config.plugins["factsheet"] = plugin
    plugin.on_serve(cast("Any", server), config=cast("Any", SimpleNamespace(docs_dir=str(project.root / "build/pages"))), builder=project.build)  # fmt: skip
    asking = Thread(target=lambda: server.app({"PATH_INFO": "/pagefind/pagefind.js"}, None))
    waited: list[bool] = []

    def make(root: Path, **options: object) -> Built:
        asking.start()
        asking.join(0.5)  # it could make the index of the old pages in less
        waited.append(asking.is_alive())
        return finished(root, **options)

    plugin._make = make
    build_site(config, serve_url="http://127.0.0.1:8000/")
    asking.join()
    assert waited == [True]
    assert (preview / "pagefind/pagefind.js").is_file()
    assert [server.app({"PATH_INFO": path}, None) for path in ("/claims/", "/pagefind/x")] == [
        "/claims/",
        "/pagefind/x",
    ]


def test_a_long_list_of_errors_is_cut() -> None:
    errors = [Diagnostic(Place("content/x.yml", line), "bad", "Bad.") for line in range(1, SHOWN + 4)]
    shown = banner(errors)
    assert shown.count("<li>") == SHOWN
    assert "<p>... and 3 more.</p>" in shown


def test_the_banner_stands_at_the_beginning_of_the_body() -> None:
    assert insert_banner('<html><BODY class="a"><p>', banner(())).startswith('<html><BODY class="a"><div role="alert"')


# --- staging and search ---


def test_staging_leaves_out_hidden_files_and_links(tmp_path: Path) -> None:
    for path in ("a.html", "sub/b.html", ".hidden", ".git/c"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(path)
    (tmp_path / "link").symlink_to(tmp_path / "a.html")
    assert list(staging.collect(tmp_path, "x/")) == ["x/a.html", "x/sub/b.html"]
    assert staging.collect(tmp_path / "missing") == {}


def write_page(site: Path, text: str) -> None:
    site.mkdir(exist_ok=True)
    (site / "index.html").write_text(f'<html lang="en"><body data-pagefind-body><h1>A</h1><p>{text}</p></body></html>')


def test_the_search_index_is_made_anew_only_when_a_page_changed(tmp_path: Path) -> None:
    site, index = tmp_path / "site", tmp_path / "index"
    write_page(site, "one")
    assert search.write_index(site, index)
    assert not search.write_index(site, index)
    write_page(site, "two")
    assert search.write_index(site, index)
    assert len(list(index.glob("fragment/*"))) == 1


def test_a_search_index_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    with pytest.raises(search.SearchIndexError, match="Pagefind, which makes the search index"):
        search.write_index(tmp_path / "missing", tmp_path / "index")
    assert not (tmp_path / "index.sha256").exists()
