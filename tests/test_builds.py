"""Builds: the same bytes everywhere, nothing changed by a broken file, every altered record stopped at its line."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Tree

ENOUGH_CLAIMS = 45


def bytes_of(site: Path, *, search: bool = False) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file() and ("pagefind" in path.relative_to(site).parts) == search
    }


def search_texts(site: Path) -> dict[str, object]:
    """What the search index holds of each page; the names and packing of its files may differ from run to run."""
    fragments = (gzip.decompress(path.read_bytes()).decode("utf-8") for path in site.glob("pagefind/fragment/*"))
    held = [json.loads(text[text.index("{") :]) for text in fragments]
    return {fragment["url"]: fragment for fragment in held}


def test_another_build_elsewhere_gives_the_same_bytes(built_site: Tree, built_elsewhere: Tree) -> None:
    first, second = bytes_of(built_site.site), bytes_of(built_elsewhere.site)
    assert sorted(first) == sorted(second)
    assert [name for name, data in first.items() if second[name] != data] == []
    assert len(search_texts(built_site.site)) > ENOUGH_CLAIMS
    assert search_texts(built_site.site) == search_texts(built_elsewhere.site)


def test_building_again_changes_nothing(copy_of_built_site: Tree) -> None:
    before = bytes_of(copy_of_built_site.site)
    copy_of_built_site.build()
    assert bytes_of(copy_of_built_site.site) == before


def test_what_was_built_without_the_search_is_found_after_the_next_build(copy_of_built_site: Tree) -> None:
    tree = copy_of_built_site
    alter(tree, "ukrainians-held-by-kyiv", "  why: ", "  why: A quincunx of lanterns. ")
    assert tree.run("build", "--no-search").returncode == 0
    assert "quincunx" not in str(search_texts(tree.site))
    tree.build()
    assert "quincunx" in str(search_texts(tree.site))


# --- a broken file, an altered record ---


def test_a_broken_file_leaves_the_site_as_it_was(copy_of_built_site: Tree) -> None:
    tree = copy_of_built_site
    before = bytes_of(tree.site) | bytes_of(tree.site, search=True)
    (tree.content / "claims" / "broken.yml").write_bytes(b"- id: x\n  says: \xff\xfe {\n")
    done = tree.run("build")
    assert done.returncode == 1
    assert "content/claims/broken.yml:2" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert bytes_of(tree.site) | bytes_of(tree.site, search=True) == before


def alter(tree: Tree, record: str, old: str, new: str) -> tuple[str, int]:
    """Change the text of one record; returns the file and the line of the first change."""
    for path in sorted(tree.content.rglob("*.yml")):
        source = path.read_text("utf-8")
        found = re.search(rf"^- id: {re.escape(record)}\n.*?(?=^- id: |\Z)", source, re.MULTILINE | re.DOTALL)
        if found:
            assert old in found[0], f"{record} no longer holds {old!r}"
            line = source[: found.start() + found[0].index(old)].count("\n") + 1
            path.write_text(source[: found.start()] + found[0].replace(old, new) + source[found.end() :], "utf-8")
            return path.relative_to(tree.root).as_posix(), line
    pytest.fail(f"no record {record}")


def errors_of(tree: Tree) -> list[dict[str, Any]]:
    done = tree.run("check", "--format", "json")
    errors = [row for row in json.loads(done.stdout) if row["severity"] == "error"]
    assert done.returncode == (1 if errors else 0)
    return errors


def test_the_content_has_no_error(fresh_tree: Tree) -> None:
    assert errors_of(fresh_tree) == []


SHOWS = {
    # what an editor does -> record, text, what it becomes -> the code that stops the build
    "one letter of a quotation": (
        "ukrainians-held-by-kyiv",
        "1,000 Ukrainian soldiers or civilians held by Kyiv\n",
        "1,000 Ukrainian soldiers or civilians held by Kyib\n",
        "quotation-not-found",
    ),
    "a single-origin claim made supported": (
        "list-work-began-16-may",
        "verdict: not-enough-evidence",
        "verdict: supported",
        "bar-not-met",
    ),
    "a forecast made refuted": (
        "next-48-hours-decide-fate",
        "verdict: not-checkable",
        "verdict: refuted",
        "opinion-judged",
    ),
    "a number that differs from its quotation": (
        "ukrainians-held-by-kyiv",
        "The 1,000 Ukrainians",
        "The 1,100 Ukrainians",
        "figure-not-cited",
    ),
}


@pytest.mark.parametrize(("record", "old", "new", "code"), SHOWS.values(), ids=SHOWS.keys())
def test_an_altered_record_is_stopped_at_its_line(fresh_tree: Tree, record: str, old: str, new: str, code: str) -> None:
    file, _ = alter(fresh_tree, record, old, new)
    errors = errors_of(fresh_tree)
    assert {error["code"] for error in errors} == {code}
    assert {error["path"] for error in errors} == {file}
    assert all(error["line"] > 0 for error in errors)


def test_a_missed_quotation_is_named_with_its_line_and_the_nearest_passage(fresh_tree: Tree) -> None:
    record, old, new, code = SHOWS["one letter of a quotation"]
    file, line = alter(fresh_tree, record, old, new)
    done = fresh_tree.run("check")
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert f"{file}:{line}:" in said
    assert code in said
    assert "civilians held by Kyib" in said
    assert "civilians held by Kyiv" in said


def test_misuse_exits_2(fresh_tree: Tree) -> None:
    assert fresh_tree.run("no-such-command").returncode == 2


def test_mkdocs_alone_builds_the_same_site(built_site: Tree, fresh_tree: Tree) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"],
        cwd=fresh_tree.root,
        env=fresh_tree.environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert bytes_of(fresh_tree.site) == bytes_of(built_site.site)
