"""From pages to `site/`: the writer, the plugin inside MkDocs, the search index, the journal, the preview."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from datetime import UTC, datetime
from hashlib import sha256
from threading import Thread
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NoReturn, cast

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.commands.build import build as build_site
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError
from watchdog.observers.polling import PollingObserver

from generator import write
from generator.diagnostics import Diagnostic, Place
from generator.pipeline import settling
from generator.plugin import ContentError, FactSheetPlugin
from generator.plugin.banner import SHOWN, banner, insert_banner
from generator.plugin.navigation import read_labels
from generator.publish import journal, search, staging, target
from generator.publish.policy import content_security_policy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mkdocs.config.defaults import MkDocsConfig

    from generator.pipeline import Settled

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

TODAY = "2026-11-22"
MAIN = """<!doctype html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="{{ csp }}">
<title>{{ page.title }}</title></head><body><main data-pagefind-body>{{ page.content }}</main>
<nav>{% for item in nav %}<a href="{{ item.url|url }}">{{ item.title }}</a>{% endfor %}</nav>
<ol>{% for link in page.toc %}<li>{{ link.title }}</li>{% endfor %}</ol>
<time>{{ page.update_date }}</time></body></html>"""
MISSING = "<!doctype html><html lang='en'><title>Missing</title><p>{{ settings.title }}: no such page.</p></html>"

CONTENT = {
    "settings.yml": """\
title: The <b>valley</b> & its bridge
publisher: The valley library
description: What is known about the *Mill Bridge*.
address: https://e.org/sheets/
licence: {name: Creative Commons Attribution 4.0, url: "https://creativecommons.org/licenses/by/4.0/"}
contact: mailto:desk@example.org
""",
    "sources/courier.md": """\
---
title: Bridge closed
outlet: brook-courier
published: 2024-05-02
accessed: 2024-06-01
url: https://courier.example/bridge
archived: https://archive.example/bridge
language: en
genre: news
stored: whole
publish: excerpts
skipped: [{quote: the market opened at noon, why: nothing about the bridge}]
---
The council closed the old bridge to carts. The weather was fine on all of that day, and the market opened at noon.
""",
    "entities/names.yml": "- {id: brook-courier, type: outlet, name: Brook Courier}\n",
    "claims/bridge.yml": """\
- id: closed
  says: The <i>bridge</i> & the road were closed.
  kind: fact
  topics: [bridge]
  seen: [{in: courier, quote: closed the old bridge to carts, chain: own}]
- id: market
  says: The market opened.
  kind: fact
  topics: [bridge]
  seen: [{in: courier, quote: the market opened at noon, chain: own}]
""",
    "topics/bridge.yml": """\
title: The bridge
question: Was it closed?
answer: "[It was](claim:closed)."
lead: [closed]
""",
    "pages/about.md": "---\ntitle: About <u>us</u> & you\ndescription: Who.\n---\n\nSee [the closing](claim:closed) and [data](page:data).\n",
}
PLAIN = "pages/about.md"
WRONG = ("pages/wrong.md", "entities/more.yml")
NAV = "nav: [{Start: index.md}, {Claims: claims/index.md}]\n"
SERVED = "http://127.0.0.1:8000/"


class Project:
    """A tiny site with real templates for its pages, and a theme of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.site = root / "site"
        self.preview = root / "build/preview/site"
        self.settings = f"site_name: Test\n{NAV}"
        shutil.copytree(ROOT / "templates/pages", root / "templates/pages")
        shutil.copytree(ROOT / "templates/parts", root / "templates/parts")
        (root / "templates/theme").mkdir()
        (root / "templates/theme/main.html").write_text(MAIN)
        (root / "templates/theme/404.html").write_text(MISSING)
        self.site.mkdir()
        (self.site / ".gitignore").write_text("*\n!.gitignore\n")
        for path, text in CONTENT.items():
            self.write(path, text)
        shutil.copy(ROOT / "content/vocabulary.yml", root / "content/vocabulary.yml")

    def write(self, path: str, text: str) -> None:
        """Write a file of the content."""
        file = self.root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def break_content(self) -> None:
        """Make a mistake in a page, and change another that is sound."""
        self.write(WRONG[0], "---\ntitle: Wrong\ndescription: Wrong.\n---\n\n[y](claim:gone)\n")
        self.write(WRONG[1], '- {id: more, type: <b>, name: "a\x1bb"}\n')
        self.write(PLAIN, CONTENT[PLAIN] + "\nNot good.\n")

    def mend_content(self) -> None:
        """Take the mistakes away, but not the change."""
        for path in WRONG:
            (self.root / "content" / path).unlink()

    def load(
        self, command: Any = "build", *, strict: bool = False, plugin: FactSheetPlugin | None = None
    ) -> MkDocsConfig:
        """Set MkDocs up as `mkdocs build` and `mkdocs serve` do, which keeps the plugin from build to build."""
        (self.root / "mkdocs.yml").write_text(
            f"{self.settings}docs_dir: content\nplugins: []\nnot_in_nav: '**'\nstrict: {str(strict).lower()}\n"
            "theme: {name: null, custom_dir: templates/theme, static_templates: [404.html]}\n"
        )
        options = {"site_dir": str(self.root / "served")} if command == "serve" else {}
        config = load_config(str(self.root / "mkdocs.yml"), **options)
        if plugin is None:
            plugin = FactSheetPlugin()
            plugin.on_startup(command=command, dirty=False)
        config.plugins["factsheet"] = plugin
        return config

    def build(self, *, command: Any = "build", strict: bool = False) -> FactSheetPlugin:
        """Run MkDocs as `mkdocs build` or the first build of `mkdocs serve` does."""
        config = self.load(command, strict=strict)
        plugin = config.plugins["factsheet"]
        assert isinstance(plugin, FactSheetPlugin)
        try:
            build_site(config, serve_url=SERVED if command == "serve" else None)
        finally:
            plugin.on_shutdown()
        return plugin

    def state(self) -> dict[str, tuple[int, int]]:
        """Tell when each published file was written, and whether it is still the same file."""
        return {
            path.relative_to(self.site).as_posix(): (path.stat().st_mtime_ns, path.stat().st_ino)
            for path in self.site.rglob("*")
            if path.is_file()
        }

    def published(self) -> dict[str, bytes]:
        """Read every published file."""
        return {path: (self.site / path).read_bytes() for path in self.state()}

    def page(self, path: str) -> str:
        """Read a published page."""
        return (self.site / path / "index.html").read_text()


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime.fromisoformat(f"{TODAY}T12:00:00+00:00").timestamp())))
    return Project(tmp_path / "project")


def test_a_build_publishes_pages_files_and_the_search_index(project: Project) -> None:
    project.build()
    assert {"index.html", "claims/index.html", "claims/closed/index.html", "data/records.json", "404.html", ".gitignore",
            "sitemap.xml", "pagefind/pagefind.js"} <= set(project.state())  # fmt: skip
    about = project.page("about")
    assert '<a href="../claims/closed/">the closing</a> and <a href="../data/">data</a>' in about
    assert '<a href="../claims/">Claims</a>' in about
    assert '<a href="..">Start</a>' in about
    assert "<title>Start</title>" in project.page("")  # the label from the navigation
    assert (project.site / "404.html").read_text() == MISSING.replace(
        "{{ settings.title }}", "The &lt;b&gt;valley&lt;/b&gt; &amp; its bridge"
    )


def test_what_is_typed_is_escaped_by_the_theme(project: Project) -> None:
    project.build()
    assert "<title>About &lt;u&gt;us&lt;/u&gt; &amp; you</title>" in project.page("about")
    claim = project.page("claims/closed")
    said = "The &lt;i&gt;bridge&lt;/i&gt; &amp; the road were closed."
    assert f"<title>{said}</title>" in claim
    assert f"<li>{said}</li>" in claim


def test_names_may_hold_tabs(project: Project) -> None:
    project.write("entities/names.yml", '- {id: brook-courier, type: outlet, name: "Brook\\tCourier"}\n')
    project.build()
    assert re.search(r"Brook\s+Courier", project.page("sources/courier"))


def test_a_second_build_touches_nothing(project: Project) -> None:
    project.build()
    before = project.state()
    project.build()
    assert project.state() == before


def test_a_changed_page_is_the_only_page_written(project: Project) -> None:
    project.build()
    before = project.state()
    project.write(PLAIN, CONTENT[PLAIN] + "\nA new sentence.\n")
    project.build()
    after = project.state()
    assert {path for path in after if before.get(path) != after[path]} - {"about/index.html"} <= {
        path for path in after if path.startswith("pagefind/")
    }
    assert "A new sentence." in project.page("about")
    assert before.keys() - after.keys() <= {path for path in before if path.startswith("pagefind/")}


def test_a_page_whose_record_is_gone_goes_too(project: Project) -> None:
    project.build()
    assert "market" in (project.site / "sitemap.xml").read_text()
    project.write("claims/bridge.yml", CONTENT["claims/bridge.yml"].partition("- id: market")[0])
    project.build()
    for folder in (project.site, project.root / "build/site", project.root / "build/pages"):
        assert list(folder.rglob("*market*")) == []
    assert "market" not in (project.site / "sitemap.xml").read_text()


def test_only_the_pages_that_tell_the_day_change_with_the_day(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.build()
    before = project.published()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(2026, 11, 24, 12, tzinfo=UTC).timestamp())))
    project.build()
    after = project.published()
    changed = {path for path in after if before.get(path) != after[path]}
    assert {"index.html", "data/index.html"} <= changed <= {"index.html", "data/index.html", "data/records.json"}
    assert f"<time>{TODAY}</time>" in before["index.html"].decode()
    assert "<time>2026-11-24</time>" in after["index.html"].decode()
    assert "<time></time>" in after["about/index.html"].decode()


def test_errors_stop_the_build_before_the_site_changes(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.build()
    before = project.state()
    project.break_content()
    with pytest.raises(ContentError) as stopped:
        project.build()
    assert stopped.value.exit_code == 1
    assert project.state() == before
    said = capsys.readouterr().err
    assert "content/pages/wrong.md:6:" in said
    assert "content/entities/more.yml:1:" in said
    assert "\x1b" not in said


def test_after_errors_the_next_sound_build_publishes_what_was_changed_meanwhile(project: Project) -> None:
    project.build()
    project.break_content()
    with pytest.raises(ContentError):
        project.build()
    project.mend_content()
    project.build()
    assert "Not good." in project.page("about")


def test_words_that_may_not_be_published_stop_the_build(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.build()
    before = project.state()
    project.write(PLAIN, CONTENT[PLAIN] + "\nThe weather was fine on all of that day.\n")
    for _ in range(2):  # what was made of it is not taken for sound the second time
        with pytest.raises(ContentError):
            project.build()
        assert "content/sources/courier.md:14" in capsys.readouterr().err
    assert project.state() == before
    project.write(PLAIN, CONTENT[PLAIN])
    project.build()
    assert project.state() == before


def test_words_that_are_withheld_by_now_are_looked_for_in_pages_that_did_not_change(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    source = CONTENT["sources/courier.md"]
    project.write("sources/courier.md", source.replace("publish: excerpts", "publish: full"))
    project.write(PLAIN, CONTENT[PLAIN] + "\nThe weather was fine on all of that day.\n")
    project.build()
    project.write("sources/courier.md", source)
    with pytest.raises(ContentError):
        project.build()
    assert "would be published on about.md" in capsys.readouterr().err


def test_words_that_are_withheld_by_now_are_looked_for_in_data_that_no_page_shows(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    source = CONTENT["sources/courier.md"]
    project.write("sources/courier.md", source.replace("publish: excerpts", "publish: full"))
    project.write(
        "sources/other.yml",
        "outlet: brook-courier\naccessed: 2024-05-02\nlanguage: en\ngenre: news\nstored: none\npublish: none\nsummary: Another text.\n"
        "translated_title: {de: The weather was fine on all of that day}\n",
    )
    project.build()
    assert "The weather was fine" in (project.site / "data/records.json").read_text("utf-8")
    assert not any(
        "The weather was fine" in page.read_text("utf-8") for page in project.site.glob("sources/other/*.html")
    )
    project.write("sources/courier.md", source)
    with pytest.raises(ContentError):
        project.build()
    assert "would be published on sources/other/record.json" in capsys.readouterr().err


def begin_publication(project: Project) -> None:
    """Leave the journal of a publication of the whole site."""
    files = {
        path: project.root / "build" / ("static" if path == "404.html" else "site") / path
        for path in project.state()
        if not path.startswith(("pagefind/", ".gitignore"))
    }
    journal.begin(project.root / "build/publication.json", project.site, files, ["old/page.html"])


def test_an_interrupted_publication_is_finished_by_the_next_build_even_if_that_one_fails(project: Project) -> None:
    project.build()
    complete = project.published()
    begin_publication(project)
    (project.site / "index.html").unlink()  # the machine stopped half-way
    (project.site / "claims/closed/index.html").write_text("old")
    (project.site / "old").mkdir()
    (project.site / "old/page.html").write_text("old")
    project.break_content()
    with pytest.raises(ContentError):
        project.build()
    assert project.published() == complete
    assert not (project.site / "old").exists()
    assert not (project.root / "build/publication.json").exists()


def test_a_preview_leaves_an_interrupted_publication_to_the_next_build(project: Project) -> None:
    project.build()
    begin_publication(project)
    (project.site / "index.html").unlink()
    project.build(command="serve")
    assert not (project.site / "index.html").exists()
    project.build()
    assert (project.site / "index.html").is_file()


@pytest.mark.parametrize(
    "entry",
    [
        {"files": {"index.html": ["{root}/build/site/index.html", "0" * 64]}, "deleted": []},
        {"files": {"index.html": ["{root}/build/site/gone.html", "0" * 64]}, "deleted": []},
        {"files": {"../index.html": ["{root}/content/settings.yml", "{digest}"]}, "deleted": []},
        {"files": {}, "deleted": ["../content/settings.yml"]},
        {"files": {}},
        [],
        None,
    ],
)
def test_a_journal_that_is_odd_or_does_not_match_the_staged_files_is_dropped(project: Project, entry: Any) -> None:
    project.build()
    before = project.published()
    path, settings = project.root / "build/publication.json", project.root / "content/settings.yml"
    text = "{half a jour" if entry is None else json.dumps(entry).replace("{root}", str(project.root))
    text = text.replace("{digest}", sha256(settings.read_bytes()).hexdigest())
    path.write_text(text.replace("{", f'{{"target": {json.dumps(str(project.site))}, ', 1) if entry else text)
    assert journal.find_interrupted(path, project.site) is None
    assert not target.finish_interrupted(path, project.site)
    assert not path.exists()
    assert project.published() == before
    assert settings.is_file()


def test_the_sitemap_lists_the_pages_in_the_order_of_the_site(project: Project) -> None:
    project.build()
    sitemap = (project.site / "sitemap.xml").read_text()
    places = re.findall("<loc>https://e.org/sheets/(.*)</loc>", sitemap)
    assert places[:3] == ["", "topics/", "topics/bridge/"]
    assert {f"{place}index.html" for place in places} == {
        path for path in project.state() if path.endswith("index.html")
    }
    assert "<lastmod>" not in sitemap  # the history of a page says when its words changed
    assert gzip.decompress((project.site / "sitemap.xml.gz").read_bytes()).decode() == sitemap
    for path in ("topics/bridge.yml", "claims/bridge.yml", PLAIN):
        project.write(path, re.sub("(were|Was it) closed", r"\1 shut", CONTENT[path]).replace("Who.", "Us."))
        project.build()
        assert (project.site / "sitemap.xml").read_text() == sitemap


def test_two_builds_in_other_places_are_the_same_bytes(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Project(tmp_path / "another place")
    project.build()
    monkeypatch.setattr("generator.workers.FEWEST", 2)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1, 2})
    monkeypatch.setattr("threading.active_count", lambda: 1)
    other.build()
    trees = [
        {path: data for path, data in one.published().items() if not path.startswith("pagefind/")}
        for one in (project, other)
    ]
    assert trees[0] == trees[1]


def test_what_a_build_made_that_failed_at_its_end_is_not_taken_for_what_was_published(project: Project) -> None:
    project.build()
    before = project.published()
    project.write(PLAIN, CONTENT[PLAIN] + "\nNot yet.\n")
    project.write("pages/new.md", CONTENT[PLAIN])
    project.site.rename(project.root / "aside")
    project.site.symlink_to(project.root / "aside")
    with pytest.raises(ContentError, match="is a symbolic link; it is not written through"):
        project.build()
    project.site.unlink()
    (project.root / "aside").rename(project.site)
    project.write(PLAIN, CONTENT[PLAIN])
    (project.root / "content/pages/new.md").unlink()
    project.build()
    assert project.published() == before
    (project.site / "about/index.html").unlink()
    project.build()  # puts there what was made of it last
    assert project.published() == before
    assert not (project.root / "build/site/new").exists()


def test_what_a_build_made_that_was_stopped_is_published_by_the_next(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.build()
    project.write("claims/bridge.yml", CONTENT["claims/bridge.yml"].replace("The market opened", "The market was open"))

    def stop(*_: object, **__: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr("generator.plugin.publish_site", stop)
    with pytest.raises(KeyboardInterrupt):
        project.build()
    monkeypatch.undo()
    project.write("claims/bridge.yml", CONTENT["claims/bridge.yml"].replace("The market opened", "The market was open"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime.fromisoformat(f"{TODAY}T12:00:00+00:00").timestamp())))
    project.build()
    assert "The market was open." in (project.site / "data/records.json").read_text()


def test_of_two_builds_of_one_folder_the_second_is_refused(project: Project) -> None:
    project.build()
    before = project.published()
    held = write.hold(project.root / "build")
    project.write(PLAIN, CONTENT[PLAIN] + "\nA new sentence.\n")
    with pytest.raises(
        ContentError, match=r"Another build of this folder is running \(process \d+, begun at"
    ) as refused:
        project.build()
    assert refused.value.exit_code == refused.value.code == 2
    assert project.published() == before
    held.release()
    project.build()
    assert "A new sentence." in project.page("about")


def test_a_broken_link_stops_a_strict_build_before_the_site_changes(project: Project) -> None:
    project.build()
    before = project.published()
    template = project.root / "templates/pages/hand.md.jinja"
    good = template.read_text()
    template.write_text(good + "\n[nowhere](nowhere.md)\n")
    project.write("pages/new.md", CONTENT[PLAIN])
    with pytest.raises(Abort, match="nothing was published"):
        project.build(strict=True)
    assert project.published() == before
    template.write_text(good)
    (project.root / "content/pages/new.md").unlink()
    project.build(strict=True)  # what the stopped build made is not taken for what was published
    assert project.published() == before
    (project.site / "about/index.html").unlink()
    project.build()
    assert project.published() == before


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("nowhere.md", "Page 'about.md' links to 'nowhere.md', and there is no such page."),
        ("claims/../gone.md#x", "Page 'about.md' links to 'gone.md', and there is no such page."),
        ("#gone", "Page 'about.md' links to '#gone', and there is no such anchor on it."),
        ("about.md#gone", "Page 'about.md' links to '#gone', and there is no such anchor on it."),
    ],
)
def test_a_link_of_a_template_that_leads_nowhere_is_said(
    project: Project, caplog: pytest.LogCaptureFixture, link: str, said: str
) -> None:
    with (project.root / "templates/pages/hand.md.jinja").open("a") as template:
        template.write(f"\n[a]({link}) [top](#top) [home](index.md)\n")
    project.build()
    assert [record.getMessage() for record in caplog.records if record.levelname == "WARNING"] == [said]


def test_a_navigation_that_names_no_page_is_said(project: Project, caplog: pytest.LogCaptureFixture) -> None:
    project.settings = (
        'site_name: Test\nnav: [{Start: index.md}, {More: [{Gone: gone.md}]}, {Out: "https://e.org/a.md"}]\n'
    )
    project.build()
    assert [record.getMessage() for record in caplog.records if record.levelname == "WARNING"] == [
        "The navigation in mkdocs.yml names 'gone.md', and there is no such page."
    ]
    assert '<a href="https://e.org/a.md">Out</a>' in project.page("about")


@pytest.mark.parametrize("nav", ["[claims/index.md]", "[{Start: index.md}, {More: [about.md]}]"])
def test_a_navigation_without_labels_is_refused_with_an_explanation(project: Project, nav: str) -> None:
    project.settings = f"site_name: Test\nnav: {nav}\n"
    with pytest.raises(ConfigurationError, match=r"gives no label for '(claims/index|about)\.md' in `nav`"):
        project.build()


def test_markdown_extensions_are_refused_with_an_explanation(project: Project) -> None:
    project.settings += "markdown_extensions: [admonition]\n"
    with pytest.raises(ConfigurationError, match="sets `markdown_extensions`"):
        project.build()


def test_a_template_that_cannot_be_used_stops_the_build(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.build()
    before = project.state()
    for name in ("claim", "data"):
        template = project.root / f"templates/pages/{name}.md.jinja"
        good = template.read_text()
        template.write_text(good + "{{ missing }}\n")
        with pytest.raises(ContentError):
            project.build()
        assert f"templates/pages/{name}.md.jinja" in capsys.readouterr().err
        template.write_text(good)
    assert project.state() == before


@pytest.mark.parametrize("template", ["../../content/x.html", "sitemap.xml", "base.html"])
def test_a_page_chooses_no_template_outside_the_theme(project: Project, template: str) -> None:
    page = cast("Any", SimpleNamespace(meta={"template": template}, file=SimpleNamespace(src_uri="x.md")))
    with pytest.raises(ConfigurationError, match="there is no page template"):
        FactSheetPlugin().on_page_markdown("# X", page=page, config=project.load(), files=cast("Any", None))


def test_a_page_may_choose_a_template_of_the_theme(project: Project) -> None:
    (project.root / "templates/theme/wide.html").write_text("<p>wide</p>")
    page = cast("Any", SimpleNamespace(meta={"template": "wide.html"}))
    assert FactSheetPlugin().on_page_markdown("# X", page=page, config=project.load(), files=cast("Any", None)) == "# X"


def test_dirty_builds_are_refused() -> None:
    with pytest.raises(ConfigurationError, match="stale pages"):
        FactSheetPlugin().on_startup(command="build", dirty=True)


def test_labels_are_read_from_a_nested_navigation() -> None:
    nav = [{"Home": "index.md"}, "plain.md", {"More": [{"Claims": "claims/index.md"}, {"Deep": [{"X": "x.md"}]}]}]
    assert dict(read_labels(nav)) == {"index.md": "Home", "claims/index.md": "Claims", "x.md": "X"}
    assert dict(read_labels(None)) == {}


# --- the preview ---


class Server:
    """Stands in for MkDocs' live-reload server: it notes what is watched, and serves a folder of HTML."""

    def __init__(self) -> None:
        self.watched: list[str] = []
        self.observer = PollingObserver()
        self.root = ""
        self.builder: Any = None
        self.app: Any = self._answer

    def _answer(self, environment: dict[str, str], start_response: Any) -> list[bytes]:
        path = environment["PATH_INFO"]
        file = f"{self.root}{path}{'index.html' if path.endswith('/') else ''}"
        body = open(file, "rb").read()  # noqa: PTH123, SIM115
        kind = "text/html; charset=UTF-8" if file.endswith(".html") else "text/javascript"
        start_response("200 OK", [("Content-Type", kind), ("Content-Length", str(len(body)))])
        return [body]

    def watch(self, path: str) -> None:
        """Note a folder."""
        self.watched.append(path)

    def unwatch(self, path: str) -> None:
        """Forget a folder."""
        self.watched.remove(path)

    def get_app(self) -> Any:
        """Give what answers requests."""
        return self.app

    def set_app(self, app: Any) -> None:
        """Take what is to answer instead."""
        self.app = app

    def get(self, path: str) -> str:
        """Ask for a path; the answer has the length that its head says."""
        heads: list[dict[str, str]] = []
        body = b"".join(self.app({"PATH_INFO": path}, lambda _, headers: heads.append(dict(headers))))
        assert heads[0]["Content-Length"] == str(len(body))
        return body.decode()


class Serving:
    """A preview: MkDocs' builds one after the other with the same plugin, and what is served."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.config = project.load("serve")
        self.plugin = cast("FactSheetPlugin", self.config.plugins["factsheet"])
        self.server = Server()
        build_site(self.config, serve_url=SERVED)
        self.server.watch(self.config.docs_dir)
        self.plugin.on_serve(cast("Any", self.server), config=self.config, builder=project.build)

    def build(self) -> None:
        """Build again, as after a saved change."""
        build_site(self.project.load("serve", plugin=self.plugin), serve_url=SERVED)


@pytest.fixture
def serving(project: Project) -> Iterator[Serving]:
    started = Serving(project)
    yield started
    started.plugin.on_shutdown()


def test_a_preview_keeps_the_last_good_pages_under_a_list_of_what_is_wrong(serving: Serving) -> None:
    good = serving.server.get("/about/")
    assert 'role="alert"' not in good
    serving.project.break_content()
    serving.build()
    shown, _, below = serving.server.get("/about/").partition("</details></div>")
    assert below == good.partition("<body>")[2]
    assert "<code>content/pages/wrong.md:6:" in shown
    assert "<code>content/entities/more.yml:1:" in shown
    assert "<b>" not in shown
    assert "\x1b" not in shown
    assert "<strong>Help:</strong>" in shown
    assert "Not good." not in below
    assert 'role="alert"' not in (serving.project.preview / "about/index.html").read_text()
    serving.project.mend_content()
    serving.build()
    assert "Not good." in serving.server.get("/about/")
    assert 'role="alert"' not in serving.server.get("/about/")
    assert list(serving.project.state()) == [".gitignore"]


def test_only_pages_show_what_is_wrong(serving: Serving) -> None:
    script = serving.server.get("/pagefind/pagefind.js")
    serving.project.break_content()
    serving.build()
    assert serving.server.get("/pagefind/pagefind.js") == script != ""


def test_a_preview_that_never_was_good_shows_what_is_wrong(project: Project) -> None:
    project.break_content()
    home = Serving(project).server.get("/")
    assert "content/pages/wrong.md" in home
    assert "There are no pages yet." in home


def test_a_fault_of_the_generator_itself_does_not_end_the_preview(
    serving: Serving, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> NoReturn:
        raise RuntimeError("a bug <i>")

    home = serving.server.get("/")
    for place in ("generator.pipeline.settle", "generator.plugin.making.plan_one"):
        with monkeypatch.context() as patch:
            patch.setattr(place, fail)
            serving.project.write(PLAIN, CONTENT[PLAIN] + f"\nAfter {place}.\n")
            serving.build()
            shown = serving.server.get("/")
            assert "The generator itself failed: RuntimeError: a bug &lt;i&gt;." in shown
            assert home.partition("<body>")[2] in shown
            assert "in fail" in caplog.text  # the terminal has the details
            with pytest.raises(RuntimeError):
                serving.project.build()
        serving.build()
        assert 'role="alert"' not in serving.server.get("/")
    assert "After generator.plugin" in serving.server.get("/about/")


def test_only_the_preview_allows_inline_script(serving: Serving) -> None:
    serving.project.build()
    assert "unsafe-inline" not in serving.project.page("")
    assert "&#39;unsafe-inline&#39;" in serving.server.get("/")


def test_the_desk_is_in_the_preview_only(serving: Serving) -> None:
    serving.project.build()
    assert "<title>" in serving.server.get("/desk/")
    assert not (serving.project.site / "desk").exists()


def test_the_published_policy() -> None:
    assert content_security_policy(preview=False) == (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'"
    )


def test_the_preview_watches_what_people_write_and_not_what_the_build_writes(serving: Serving) -> None:
    root = serving.project.root
    assert serving.server.watched == [str(root / path) for path in ("build/preview/watched", "content", "templates")]


def test_who_searches_while_the_preview_is_being_built_waits_for_its_pages(
    serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking = Thread(target=lambda: serving.server.get("/pagefind/pagefind.js"))
    waited: list[bool] = []

    def settle(*arguments: Any, **options: Any) -> Settled:
        asking.start()
        asking.join(0.5)  # it could make the index of the old pages in less
        waited.append(asking.is_alive())
        return settling.settle(*arguments, **options)

    monkeypatch.setattr("generator.pipeline.settle", settle, raising=False)
    serving.build()
    asking.join()
    assert waited == [True]
    assert (serving.project.preview / "pagefind/pagefind.js").is_file()
    assert "<title>" in serving.server.get("/claims/")


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


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("", "Pagefind, which makes the search index, could not be run: .*No such file"),
        ("echo It is broken. >&2", "Pagefind, which makes the search index, failed: It ended .*\nIt is broken."),
        ("printf 'eyJwYXlsb2FkIjp7InR5cGUiOiJFcnJvciIsIm1lc3NhZ2UiOiJubyJ9fQ==,'", "failed: no\n"),
        ("printf 'bm8=,'", "What Pagefind has made for the search cannot be read"),
    ],
)
def test_a_search_index_that_cannot_be_made_is_said(
    program: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    executable = tmp_path / "pagefind"
    if program:
        executable.write_text(f"#!/bin/sh\n{program}\n", "utf-8")
        executable.chmod(0o755)
    monkeypatch.setattr("pagefind_bin.get_executable", lambda: executable)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("<html lang=en><main data-pagefind-body>words</main></html>", "utf-8")
    with pytest.raises(search.SearchIndexError, match=said):
        search.write_index(tmp_path / "site", tmp_path / "index")
    assert not (tmp_path / "index.json").exists()
