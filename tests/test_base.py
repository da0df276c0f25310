"""Reading a git revision, and the rules that compare with it, in real repositories."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from repositories import ROOT, Repository, make_repository, run_git

from generator import checks, load, pipeline
from generator.documents import LIMITS

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.diagnostics import Diagnostic

SITE = Path(__file__).parent / "cases" / "_site"
TODAY = date(2025, 1, 15)


@pytest.fixture
def desk(tmp_path: Path) -> Repository:
    """The sound site of the cases in a repository, with one claim that has a history and one correction."""
    made = make_repository(tmp_path / "desk", SITE / "content", ROOT / "mkdocs.yml")
    made.write("content/claims/sign.yml", SIGN)
    made.write("content/corrections.yml", CORRECTION)
    made.commit()
    return made


SIGN = """\
says: The sign is ugly.
kind: opinion
topics: [mill-bridge]
about: [roads-office]
seen:
  - {in: post-2024-05-03, quote: sign on the bridge is a nuisance, chain: [jonas-hill]}
verdict: not-checkable
why: It is a matter of taste.
checked: {on: 2024-06-01, by: [Mia, Tom]}
review_by: 2030-01-01
log:
  - {on: 2024-05-20, verdict: unchecked, note: Nobody has looked.}
  - {on: 2024-06-01, verdict: not-checkable, note: First judged.}
"""
CORRECTION = """\
- on: 2024-06-02
  records: [claim:sign]
  kind: error
  why: We had misread the day.
"""


def find_errors(root: Path, revision: str = "HEAD") -> tuple[Diagnostic, ...]:
    """Check a project against a revision and give its errors."""
    base = pipeline.read_base(root, revision)
    checked = pipeline.check(root, today=TODAY, base=base.library)
    return tuple(one for one in checked.diagnostics if one.severity == "error")


def codes(root: Path, revision: str = "HEAD") -> list[str]:
    return [one.code for one in find_errors(root, revision)]


# --- a revision is read as a folder with the same bytes would be ---


def test_the_real_content_is_the_same_from_git_and_from_the_disk(tmp_path: Path) -> None:
    made = make_repository(tmp_path / "real", ROOT / "content")
    read = load.read_revision(made.root, "HEAD")
    assert (read.documents, read.diagnostics) == load.read(made.root)
    assert len(read.documents) > 40
    assert read.commit == made.git("rev-parse", "HEAD")


_NAMES = st.sampled_from(
    [
        *(
            b"a.yml",
            b"b.yaml",
            b"c.md",
            b"\xff.yml",
            "ї.yml".encode(),
            b"x y.md",
            b".hidden.yml",
            b"a.yml~",
            b"#a.yml#",
        ),
        *(
            b"README.md",
            b"notes.txt",
            b"no-ending",
            b"-x.yml",
            b"a\nb.yml",
            b'"q"\\.yml',
            b"a:*.yml",
            b"A.yml",
            b"a.YML",
        ),
    ]
)
_FOLDERS = st.sampled_from([b"claims", b"sources", b"b\xfe", b".hid", b"x.yml", b"a b", "ї".encode()])
_BYTES = st.sampled_from(
    [
        *(b"", b"id: a\n", b"id: a\r\nsays: b\r", b"\xef\xbb\xbfid: a\n", b"id: \xff\n", b"- {id: a}\n- {id: b}\n"),
        *(b"---\nid: a\n---\nA text.\n", b"id: [\n", b"id: a\0\n", b"a: " + b"x" * 70_000),
    ]
)
_PATHS = st.tuples(st.lists(_FOLDERS, max_size=3), _NAMES).map(lambda parts: b"/".join((*parts[0], parts[1])))


@settings(max_examples=40)
@given(files=st.dictionaries(_PATHS, _BYTES, min_size=1, max_size=8))
def test_whatever_stands_below_content_is_the_same_from_git_and_from_the_disk(files: dict[bytes, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        top = os.fsencode(folder) + b"/content/"
        for path, data in files.items():
            name = top + path
            with_file_above = any(os.path.isfile(top + path[:end]) for end, c in enumerate(path) if c == ord("/"))  # noqa: PTH113
            if with_file_above or os.path.isdir(name):  # noqa: PTH112 - names that are no text
                continue
            os.makedirs(os.path.dirname(name), exist_ok=True)  # noqa: PTH103, PTH120
            Path(os.fsdecode(name)).write_bytes(data)
        run_git(Path(folder), "init", "--quiet")
        made = Repository(Path(folder))
        made.commit()
        read = load.read_revision(made.root, "HEAD")
        assert (read.documents, read.diagnostics) == load.read(made.root)


def test_files_of_a_folder_come_before_its_folders_and_what_is_no_content_is_left_out(tmp_path: Path) -> None:
    names = [
        "b.yml",
        "a/c.yml",
        "a/b/a.yml",
        "z.md",
        ".hidden.yml",
        "a/.hid/a.yml",
        "a/a.yml~",
        "README.md",
        "a/README.md",
    ]
    made = make_repository(tmp_path / "order", SITE / "content")
    for name in names:
        made.write(f"content/made/{name}", "---\nid: a\n---\n" if name.endswith(".md") else "id: a\n")
    made.write("content/README.md", "The guide.\n")
    made.commit()
    for documents in (load.read_revision(made.root, "HEAD").documents, load.read(made.root)[0]):
        assert [one.path.removeprefix("content/made/") for one in documents if "/made/" in one.path] == [
            *("README.md", "b.yml", "z.md", "a/README.md", "a/c.yml", "a/b/a.yml"),
        ]
        assert "content/README.md" not in {one.path for one in documents}


def test_a_file_that_is_too_large_is_refused_unread(desk: Repository) -> None:
    desk.write("content/claims/large.yml", "a" * (LIMITS.text_bytes + 1))
    desk.commit()
    read = load.read_revision(desk.root, "HEAD")
    assert (read.documents, read.diagnostics) == load.read(desk.root)
    assert [one.code for one in read.diagnostics] == ["file-too-large"]


def test_links_and_other_repositories_are_refused(desk: Repository) -> None:
    (desk.root / "content" / "claims" / "link.yml").symlink_to("/etc/passwd")
    desk.commit()
    read = load.read_revision(desk.root, "HEAD")
    assert (read.documents, read.diagnostics) == load.read(desk.root)
    assert [(one.code, one.message) for one in read.diagnostics] == [
        ("outside-content", "This is a link, and links are not followed."),
    ]
    desk.git("rm", "--quiet", "content/claims/link.yml")
    desk.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},content/claims/more")
    desk.git("commit", "--quiet", "--message", "A submodule")
    read = load.read_revision(desk.root, "HEAD")
    assert [(str(one.place), one.code) for one in read.diagnostics] == [("content/claims/more", "outside-content")]


@pytest.mark.parametrize("cloned", [True, False], ids=["with its files", "as a clone has it"])
def test_another_repository_below_content_does_not_make_the_base_an_older_one(
    desk: Repository, *, cloned: bool
) -> None:
    inner = desk.root / "content/claims/more"
    inner.mkdir()
    run_git(inner, "init", "--quiet")
    run_git(inner, "commit", "--quiet", "--allow-empty", "--message", "Nothing")
    desk.write("content/claims/other.yml", SIGN.replace("The sign is ugly.", "The other sign is ugly."))
    desk.commit()
    if not cloned:
        shutil.rmtree(inner / ".git")
    desk.edit("content/claims/other.yml", ("The other sign", "A third sign"))
    assert codes(desk.root) == ["outside-content"] * cloned + ["silent-edit"]


def test_a_link_in_the_place_of_content_is_refused(desk: Repository) -> None:
    desk.git("mv", "content", "kept")
    (desk.root / "content").symlink_to("kept")
    assert codes(desk.root) == ["outside-content"]


def test_no_attribute_and_no_filter_of_the_repository_touches_what_is_read(desk: Repository, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    desk.git("config", "filter.evil.smudge", f"touch {ran}; cat")
    desk.git("config", "diff.evil.textconv", f"touch {ran}; cat")
    desk.write(".gitattributes", "* text eol=crlf filter=evil diff=evil ident\n")
    desk.write("content/claims/id.yml", SIGN.replace("ugly", "$Id$ ugly"))
    desk.git("add", ".gitattributes")
    desk.git("-c", "core.attributesFile=/dev/null", "add", "--all")
    blob = (desk.root / "content/claims/id.yml").read_bytes()
    name = subprocess.run(
        ["git", "-C", desk.root, "hash-object", "-w", "--stdin"], input=blob, capture_output=True, check=True
    ).stdout.decode()
    desk.git("update-index", "--cacheinfo", f"100644,{name.strip()},content/claims/id.yml")
    desk.git("commit", "--quiet", "--message", "Attributes")
    ran.unlink(missing_ok=True)
    says = {document.path: document.data for document in load.read_revision(desk.root, "HEAD").documents}
    typed = says["content/claims/id.yml"]
    assert isinstance(typed, dict)
    assert typed["says"] == "The sign is $Id$ ugly."
    assert not ran.exists()


# --- which commit is read ---


def test_what_others_added_to_the_revision_since_is_no_removal(desk: Repository) -> None:
    left = desk.git("rev-parse", "HEAD")
    desk.git("checkout", "--quiet", "-b", "mine")
    desk.git("checkout", "--quiet", "main")
    desk.write("content/claims/theirs.yml", SIGN)
    desk.commit()
    desk.git("checkout", "--quiet", "mine")
    desk.write("content/claims/mine.yml", SIGN)
    desk.commit()
    assert load.read_revision(desk.root, "main").commit == left
    assert codes(desk.root, "main") == []


def test_branches_that_were_merged_into_each_other_have_no_base(desk: Repository) -> None:
    desk.git("checkout", "--quiet", "-b", "mine")
    mine = desk.write("note", "mine").commit()
    desk.git("checkout", "--quiet", "main")
    theirs = desk.write("content/claims/other.yml", SIGN.replace("The sign", "The other sign")).commit()
    desk.git("merge", "--quiet", "--no-ff", "--message", "Theirs", mine)
    desk.git("checkout", "--quiet", "mine")
    desk.git("merge", "--quiet", "--no-ff", "--message", "Mine", theirs)
    (desk.root / "content/claims/other.yml").unlink()
    desk.commit()
    assert desk.refuse("main") == (
        "This branch and `main` were merged into each other, so there is no one commit where this branch left it. "
        "Merge `main` into this branch (`git merge main`), and compare then."
    )
    desk.git("merge", "--quiet", "--message", "As it is said", "main")
    assert codes(desk.root, "main") == ["removed-id"]


def test_grafts_change_no_history(desk: Repository) -> None:
    desk.edit("content/claims/sign.yml", ("The sign is ugly.", "The sign is fine."))
    desk.write("x", "1").commit()
    desk.git("commit", "--quiet", "--allow-empty", "--message", "Nothing")
    desk.write(".git/info/grafts", f"{desk.git('rev-parse', 'HEAD~1')} {desk.git('rev-parse', 'HEAD')}\n")
    assert codes(desk.root, "HEAD~2") == ["silent-edit"]


def test_a_project_may_be_a_folder_of_a_repository(tmp_path: Path) -> None:
    outer = make_repository(tmp_path / "outer", SITE / "content")
    inner = Repository(Path(shutil.copytree(SITE, outer.root / "a b" / "проєкт")))
    inner.write("content/claims/sign.yml", SIGN)
    outer.commit()
    read = load.read_revision(inner.root, "main")
    assert (read.documents, read.diagnostics) == load.read(inner.root)
    (inner.root / "content/claims/sign.yml").unlink()
    assert codes(inner.root) == ["removed-id"]


def test_a_hook_of_git_can_check(desk: Repository) -> None:
    project = Repository(desk.root / "site")
    shutil.copytree(SITE / "content", project.root / "content")
    shutil.copyfile(ROOT / "mkdocs.yml", project.root / "mkdocs.yml")
    project.write("content/claims/sign.yml", SIGN)
    desk.commit()
    hook = desk.root / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    # Git gives its hooks GIT_INDEX_FILE and, where it was called with one, GIT_DIR: relative paths that lead astray.
    hook.write_text(
        f"#!/bin/sh\nenv | grep ^GIT_ > seen\ncd site\nPYTHONPATH={ROOT} {shutil.which('env')} "
        f"{os.fsdecode(Path(os.sys.executable))} -m generator check --base HEAD\n",  # type: ignore[attr-defined]
        "utf-8",
    )
    hook.chmod(0o755)
    project.edit("content/claims/sign.yml", ("verdict: not-checkable\nwhy", "verdict: unchecked\nwhy"))
    done = subprocess.run(
        ["git", "--git-dir=.git", "-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "-am", "Silently"],
        cwd=desk.root,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "GIT_INDEX_FILE=" in (desk.root / "seen").read_text("utf-8")
    assert done.returncode == 1
    assert "silent-edit" in done.stdout + done.stderr


# --- what cannot be compared stops the command ---


def test_a_name_that_is_no_revision_is_refused(desk: Repository) -> None:
    for name in ("-h", "--all", "", " ", "main\n", "a\0b", "main\x1b[31m"):
        assert "is not the name of a revision" in desk.refuse(name), repr(name)
    for name in ("main..HEAD", "HEAD:content", "main:content/claims", "^main", "HEAD^{tree}"):
        assert desk.refuse(name).startswith(f"There is no revision `{name}` here."), name


def test_an_unknown_revision_gets_the_nearest_branch_or_tag(desk: Repository) -> None:
    desk.git("tag", "spring-edition")
    assert desk.refuse("mian") == "There is no revision `mian` here. Did you mean `main`?"
    assert desk.refuse("sping-edition") == "There is no revision `sping-edition` here. Did you mean `spring-edition`?"
    assert desk.refuse("q7") == (
        "There is no revision `q7` here. Name a branch, a tag or a commit; `git fetch` gets those of others."
    )
    assert "a branch that is new" in desk.refuse("0" * 40)


def test_a_shallow_clone_is_told_to_fetch_the_rest(desk: Repository, tmp_path: Path) -> None:
    old = desk.git("rev-parse", "HEAD~1")
    desk.git("checkout", "--quiet", "-b", "mine")
    desk.commit("Mine")
    desk.git("checkout", "--quiet", "main")
    desk.commit("Theirs")
    run_git(tmp_path, "clone", "--quiet", "--depth=1", "--no-single-branch", f"file://{desk.root}", "clone")
    clone = Repository(tmp_path / "clone")
    mend = "Run `git fetch --unshallow`; in a workflow, give the checkout step `fetch-depth: 0`."
    assert clone.refuse(old).endswith(mend)
    assert clone.refuse("origin/mine").endswith(mend)
    assert "where this branch left `origin/mine`" in clone.refuse("origin/mine")
    clone.git("fetch", "--quiet", "--unshallow")
    assert load.read_revision(clone.root, old).commit == old
    assert load.read_revision(clone.root, "origin/mine").exists


def test_a_clone_without_files_fetches_nothing(desk: Repository, tmp_path: Path) -> None:
    desk.git("config", "uploadpack.allowFilter", "true")
    run_git(tmp_path, "clone", "--quiet", "--filter=blob:none", "--no-checkout", f"file://{desk.root}", "clone")
    clone = Repository(tmp_path / "clone")
    packs = sorted((clone.root / ".git/objects/pack").iterdir())
    assert "partial clone" in clone.refuse("HEAD")
    assert sorted((clone.root / ".git/objects/pack").iterdir()) == packs


def test_a_folder_outside_git_and_a_branch_without_commits_are_named(tmp_path: Path) -> None:
    alone = Repository(tmp_path / "alone")
    alone.root.mkdir()
    assert alone.refuse("main") == "This folder is not kept in git, so there is no revision to compare with."
    run_git(alone.root, "init", "--quiet")
    assert alone.refuse("HEAD").startswith("There is no revision `HEAD` here.")
    alone.write("a", "a")
    alone.commit()
    alone.git("tag", "one")
    alone.git("checkout", "--quiet", "--orphan", "empty")
    assert "Nothing has been committed on this branch yet" in alone.refuse("one")
    alone.commit("Another")
    assert "have no commit in common" in alone.refuse("one")


def test_git_that_is_not_installed_or_does_not_trust_the_folder_is_named(
    desk: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert "belongs to another user" in desk.refuse("HEAD")
    monkeypatch.setenv("PATH", str(desk.root))
    assert desk.refuse("HEAD") == "git is not installed here, and comparing with a revision needs it."


BROKEN: dict[str, tuple[str, str]] = {
    "settings": ("content/settings.yml", "title: [\n"),
    "vocabulary": ("content/vocabulary.yml", "verdicts: {}\n"),
    "a claim's field": ("content/claims/sign.yml", SIGN.replace("kind: opinion", "kind: guess")),
    "a claim's YAML": ("content/claims/sign.yml", "says: [\n"),
    "a claim typed twice": ("content/claims/again.yml", f"id: sign\n{SIGN}"),
    "a correction": (
        "content/corrections.yml",
        "- {on: yesterday, records: [sign], kind: error, why: It was wrong.}\n",
    ),
}


@pytest.mark.parametrize(("path", "text"), BROKEN.values(), ids=BROKEN.keys())
def test_a_base_that_cannot_be_read_whole_is_passed_over_for_the_last_one_that_can(
    desk: Repository, path: str, text: str
) -> None:
    sound = desk.git("rev-parse", "HEAD")
    whole = (desk.root / path).read_text("utf-8") if (desk.root / path).exists() else None
    desk.write(path, text)
    commit = desk.commit()
    if whole is None:
        (desk.root / path).unlink()
    else:
        desk.write(path, whole)
    told = f"The content at HEAD ({commit[:7]}) cannot be read whole (see content/"
    compared = f"Compared with {sound[:7]}, the last before it that can."
    done = desk.run("check", "--base", "HEAD", SOURCE_DATE_EPOCH="1736899200")
    assert done.returncode == 0, done.stdout
    assert told in done.stdout
    assert compared in done.stdout
    done = desk.run("diff", "HEAD", SOURCE_DATE_EPOCH="1736899200")
    assert (done.returncode, done.stderr.count("\n")) == (0, 1)
    assert told in done.stderr
    assert compared in done.stderr

    # What was published before it broke is still held against what stands there now.
    desk.edit("content/claims/sign.yml", ("says: The sign is ugly.", "says: The sign is fine."))
    done = desk.run("check", "--base", "HEAD", SOURCE_DATE_EPOCH="1736899200")
    assert done.returncode == 1
    assert "error[silent-edit] This published claim said “The sign is ugly.”" in done.stdout


def test_annotations_tell_of_no_warning_that_was_published_already(desk: Repository) -> None:
    desk.edit("content/claims/sign.yml", ("by: [Mia, Tom]", "by: [Mia]"))
    desk.commit()
    desk.write("content/claims/lamp.yml", SIGN.replace("by: [Mia, Tom]", "by: [Tom]"))
    said = {
        base: desk.run("check", "--format", "github", *base, SOURCE_DATE_EPOCH="1736899200").stdout.splitlines()
        for base in ((), ("--base", "HEAD"))
    }
    assert [line.partition(",line=")[0] for line in said[()]] == [
        "::warning file=content/claims/lamp.yml",
        "::warning file=content/claims/sign.yml",
    ]
    assert all("one-checker" in line for line in said[()])
    assert said["--base", "HEAD"] == said[()][:1]


@pytest.mark.parametrize(("path", "text"), BROKEN.values(), ids=BROKEN.keys())
def test_where_no_revision_can_be_read_whole_the_command_stops(desk: Repository, path: str, text: str) -> None:
    desk.write(path, text)
    desk.git("checkout", "--quiet", "--orphan", "other")
    commit = desk.commit()
    for arguments in (("check", "--base", "HEAD"), ("diff", "HEAD")):
        done = desk.run(*arguments)
        assert done.returncode == 2
        assert done.stdout == ""
        assert done.stderr.startswith(f"Error: The content at HEAD ({commit[:7]}) cannot be read whole (see content/")
        assert done.stderr.count("\n") == 1


def test_a_base_without_content_had_nothing_to_remove(desk: Repository) -> None:
    desk.git("mv", "content", "kept")
    desk.commit()
    shutil.copytree(desk.root / "kept", desk.root / "content")
    commit = desk.commit()
    done = desk.run("check", "--base", "HEAD~1", SOURCE_DATE_EPOCH="1736899200")
    assert done.returncode == 0
    assert f"Nothing was published at HEAD~1 ({desk.git('rev-parse', 'HEAD~1')[:7]})" in done.stdout
    assert load.read_revision(desk.root, commit).exists


def test_check_says_what_it_compared_with_and_keeps_data_formats_clean(desk: Repository) -> None:
    done = desk.run("check", "--base", "main")
    assert done.returncode == 0
    assert done.stdout.endswith(f"Compared with main ({desk.git('rev-parse', 'HEAD')[:7]}).\n")
    done = desk.run("check", "--base", "main", "--format", "json")
    assert done.stdout.lstrip().startswith("[")
    assert done.stdout.rstrip().endswith("]")
    assert "Compared with main" in done.stderr


# --- nobody walks around the rules ---

_FIRST = "  - {on: 2024-05-20, verdict: unchecked, note: Nobody has looked.}\n"
_LAST = "  - {on: 2024-06-01, verdict: not-checkable, note: First judged.}\n"
_TO_UNCHECKED = ("verdict: not-checkable\nwhy", "verdict: unchecked\nwhy")
_NEW_WORDS = ("The sign is ugly.", "The sign is a danger.")

WAYS_AROUND: dict[str, tuple[Callable[[Repository], object], set[str]]] = {
    "a new verdict, and nothing else": (
        lambda desk: desk.edit("content/claims/sign.yml", _TO_UNCHECKED),
        {"silent-edit", "log-differs"},
    ),
    "a new verdict, and the last entry of the log changed to agree": (
        lambda desk: desk.edit(
            "content/claims/sign.yml", _TO_UNCHECKED, (_LAST, _LAST.replace("not-checkable", "unchecked"))
        ),
        {"history-rewritten"},
    ),
    "a new verdict, one entry gone and another in its place": (
        lambda desk: desk.edit(
            "content/claims/sign.yml",
            _TO_UNCHECKED,
            (_FIRST, ""),
            (_LAST, f"{_LAST}  - {{on: 2024-06-03, verdict: unchecked}}\n"),
        ),
        {"history-rewritten"},
    ),
    "a new verdict, and the log cut back to the entry that agrees": (
        lambda desk: desk.edit("content/claims/sign.yml", _TO_UNCHECKED, (_LAST, "")),
        {"silent-edit", "history-rewritten"},
    ),
    "a new verdict, and an older correction made to speak of it": (
        lambda desk: (
            desk.edit("content/claims/sign.yml", _TO_UNCHECKED),
            desk.edit("content/corrections.yml", ("We had misread the day.", "It was judged too early.")),
        ),
        {"history-rewritten", "log-differs"},
    ),
    "new words, and a note that does not keep the old ones": (
        lambda desk: desk.edit(
            "content/claims/sign.yml",
            _NEW_WORDS,
            (_LAST, f"{_LAST}  - {{on: 2024-06-03, verdict: not-checkable, note: Reworded.}}\n"),
        ),
        {"silent-edit"},
    ),
    "new words, and a log that keeps others": (
        lambda desk: desk.edit(
            "content/claims/sign.yml",
            _NEW_WORDS,
            (_LAST, f"{_LAST}  - {{on: 2024-06-03, verdict: not-checkable, was: {{says: The sign is large.}}}}\n"),
        ),
        {"silent-edit"},
    ),
    "new words, kept in an entry that was published": (
        lambda desk: desk.edit(
            "content/claims/sign.yml", _NEW_WORDS, ("First judged.}", "First judged., was: {says: The sign is ugly.}}")
        ),
        {"history-rewritten"},
    ),
    "new words under a new id": (
        lambda desk: (
            desk.move("content/claims/sign.yml", "content/claims/danger.yml"),
            desk.edit("content/claims/danger.yml", _NEW_WORDS, ("says:", "was: sign\nsays:")),
            desk.edit("content/corrections.yml", ("claim:sign", "claim:danger")),
        ),
        {"silent-edit"},
    ),
    "a new id, and the old one nowhere": (
        lambda desk: (
            desk.move("content/claims/sign.yml", "content/claims/danger.yml"),
            desk.edit("content/corrections.yml", ("claim:sign", "claim:danger")),
        ),
        {"removed-id", "history-rewritten"},
    ),
    "two claims that change places": (
        lambda desk: (
            desk.write("content/claims/sign.yml", SIGN.replace("The sign is ugly.", "The other sign is ugly.")),
            desk.write("content/claims/other.yml", SIGN),
        ),
        {"silent-edit"},
    ),
    "a correction taken away": (
        lambda desk: desk.write("content/corrections.yml", "[]\n"),
        {"history-rewritten"},
    ),
    "a correction that speaks of more than it did": (
        lambda desk: desk.edit("content/corrections.yml", ("[claim:sign]", "[claim:sign, claim:bridge-closed]")),
        {"history-rewritten"},
    ),
    "a stored text put right, in a file with a new name": (
        lambda desk: (
            desk.move("content/sources/post-2024-05-03.md", "content/sources/moved.md"),
            desk.edit(
                "content/sources/moved.md",
                ("---\n", "---\nid: post-2024-05-03\n"),
                ("went home", "walked home"),
            ),
        ),
        {"text-changed"},
    ),
}


@pytest.mark.parametrize(("change", "found"), WAYS_AROUND.values(), ids=WAYS_AROUND.keys())
def test_no_way_leads_around_the_rules(
    desk: Repository, change: Callable[[Repository], object], found: set[str]
) -> None:
    if found == {"silent-edit"} and not (desk.root / "content/claims/other.yml").exists():
        desk.write("content/claims/other.yml", SIGN.replace("The sign is ugly.", "The other sign is ugly."))
        desk.commit()
    assert codes(desk.root) == []
    change(desk)
    assert set(codes(desk.root)) == found
    desk.commit()
    assert set(codes(desk.root, "HEAD~1")) == found


_BACKDATED = "- {{on: 2001-01-01, records: [{}], kind: error, was: The sign is ugly., now: The sign is a danger., why: Misread.}}\n"
_OTHER = SIGN.replace("The sign is ugly.", "The other sign is ugly.")
_DRAFT = f"{_OTHER.partition('verdict:')[0]}".replace("other sign", "[other sign](entity:roads-office)")
_DECOY = f"{_OTHER.partition('verdict:')[0]}verdict: unchecked\nlog:\n  - {{on: 2024-05-22, verdict: unchecked}}\n"

OTHER_WAYS_AROUND: dict[str, tuple[Callable[[Repository], object], set[str]]] = {
    "new words, and a correction dated before they were published": (
        lambda desk: (
            desk.edit("content/claims/sign.yml", _NEW_WORDS),
            desk.write("content/corrections.yml", _BACKDATED.format("sign") + CORRECTION),
        ),
        {"silent-edit"},
    ),
    "a stored text put right, and a correction dated before it was read": (
        lambda desk: (
            desk.edit("content/sources/post-2024-05-03.md", ("went home", "walked home")),
            desk.write("content/corrections.yml", _BACKDATED.format("post-2024-05-03") + CORRECTION),
        ),
        {"text-changed"},
    ),
    "a judged claim merged into another that was judged otherwise": (
        lambda desk: (
            desk.remove("content/claims/other.yml"),
            desk.edit("content/claims/decoy.yml", ("was: older", "was: [older, other]")),
        ),
        {"silent-edit"},
    ),
    "a history left behind by merging with a claim that has none": (
        lambda desk: (
            desk.remove("content/claims/other.yml"),
            desk.remove("content/claims/draft.yml"),
            desk.write("content/claims/both.yml", _DECOY.replace("says:", "was: [other, draft]\nsays:")),
        ),
        {"history-rewritten"},
    ),
    "an earlier id given to another claim": (
        lambda desk: (
            desk.edit("content/claims/decoy.yml", ("was: older\n", "")),
            desk.edit("content/claims/sign.yml", ("says:", "was: older\nsays:")),
        ),
        {"removed-id"},
    ),
    "words that lead to somebody else": (
        lambda desk: desk.edit("content/claims/draft.yml", ("(entity:roads-office)", "(entity:jonas-hill)")),
        {"silent-edit"},
    ),
    "a page taken away": (
        lambda desk: desk.remove("content/pages/about.md"),
        {"removed-id"},
    ),
    "another word for a verdict": (
        lambda desk: desk.edit("content/vocabulary.yml", ("label: Not checkable", "label: Wrong")),
        {"silent-edit"},
    ),
    "two verdicts that change words": (
        lambda desk: desk.edit(
            "content/vocabulary.yml",
            ("label: Not checkable", "label: X"),
            ("label: Not checked yet", "label: Not checkable"),
            ("label: X", "label: Not checked yet"),
        ),
        {"silent-edit"},
    ),
    "another rating for a verdict": (
        lambda desk: desk.edit(
            "content/vocabulary.yml", ("    rule: not-judged", "    rating: 1\n    rule: not-judged")
        ),
        {"silent-edit"},
    ),
    "a private text changed behind a link": (
        lambda desk: desk.edit("kept/wire-2024-05-02.md", ("closed", "open")),
        {"text-changed"},
    ),
}


@pytest.mark.parametrize(("change", "found"), OTHER_WAYS_AROUND.values(), ids=OTHER_WAYS_AROUND.keys())
def test_no_way_leads_around_the_rules_on_a_larger_desk(
    desk: Repository, change: Callable[[Repository], object], found: set[str]
) -> None:
    desk.write("content/claims/other.yml", _OTHER).write("content/claims/draft.yml", _DRAFT)
    desk.write("content/claims/decoy.yml", _DECOY.replace("says:", "was: older\nsays:"))
    desk.write("content/pages/about.md", "---\ntitle: About us\n---\nWe live here.\n")
    desk.edit("content/settings.yml", ("title:", "text_dir: private\ntitle:"))
    desk.edit("content/sources/wire.yml", ("stored: none", "stored: whole"))
    desk.write("kept/wire-2024-05-02.md", "The bridge is closed.\n")
    (desk.root / "private").symlink_to("kept")
    desk.commit()
    assert codes(desk.root) == []
    change(desk)
    assert set(codes(desk.root)) == found
    desk.commit()
    assert set(codes(desk.root, "HEAD~1")) == found


def test_a_verdict_gets_another_word_with_one_correction(desk: Repository) -> None:
    desk.edit("content/vocabulary.yml", ("label: Not checkable", "label: A matter of taste"))
    (found,) = find_errors(desk.root)
    assert found.place.path == "content/vocabulary.yml"
    assert "`was: Not checkable, now: A matter of taste`" in found.help
    step = "- {on: 2024-06-03, records: [sign], kind: clarification, was: Not checkable, now: A matter of taste, why: Plainer.}\n"
    desk.write("content/corrections.yml", CORRECTION + step)
    assert codes(desk.root) == []


def test_a_link_to_a_renamed_record_is_the_same_link(desk: Repository) -> None:
    desk.write("content/claims/draft.yml", _DRAFT).commit()
    assert desk.run("rename", "entity:roads-office", "office-of-roads").returncode == 0
    assert "office-of-roads" in (desk.root / "content/claims/draft.yml").read_text("utf-8")
    assert codes(desk.root) == []


def test_honest_changes_pass(desk: Repository) -> None:
    desk.edit(
        "content/claims/sign.yml",
        _TO_UNCHECKED,
        _NEW_WORDS,
        (_LAST, f"{_LAST}  - {{on: 2024-06-03, verdict: unchecked, note: Open, was: {{says: The sign is ugly.}}}}\n"),
    )
    desk.write(
        "content/corrections.yml",
        f"{CORRECTION}- {{on: 2024-06-03, records: [post-2024-05-03], kind: error, why: We read it again.}}\n",
    )
    desk.edit("content/sources/post-2024-05-03.md", ("went home", "walked home"))
    assert codes(desk.root) == []


def test_corrections_of_several_steps_lead_from_the_old_words_to_the_new(desk: Repository) -> None:
    step = "- {{on: 2024-06-03, records: [sign], kind: clarification, was: {}, now: {}, why: It is clearer so.}}\n"
    steps = [("The sign is ugly.", "The sign is odd."), ("The sign is odd.", "The sign is a danger.")]
    desk.edit("content/claims/sign.yml", _NEW_WORDS)
    for taken, found in ((steps, []), (steps[:1], ["silent-edit"]), (steps[1:], ["silent-edit"])):
        desk.write("content/corrections.yml", CORRECTION + "".join(step.format(*pair) for pair in taken))
        assert codes(desk.root) == found


def test_of_merged_claims_the_one_that_stays_goes_on_with_its_history(desk: Repository) -> None:
    desk.write("content/claims/other.yml", SIGN.replace("Nobody has looked.", "It hung too high."))
    desk.commit()
    (desk.root / "content/claims/other.yml").unlink()
    desk.edit("content/claims/sign.yml", ("says:", "was: other\nsays:"))
    assert codes(desk.root) == []
    desk.edit("content/claims/sign.yml", ("Nobody has looked.", "It hung too high."))
    assert codes(desk.root) == ["history-rewritten"]


def test_a_record_that_cannot_be_read_now_is_not_gone(desk: Repository) -> None:
    desk.write("content/claims/sign.yml", SIGN.replace("kind: opinion", "kind: guess"))
    assert "removed-id" not in codes(desk.root)
    assert codes(desk.root)
    desk.write("content/claims/sign.yml", SIGN)
    desk.write("content/corrections.yml", CORRECTION.replace("error", "mistake"))
    desk.edit("content/claims/sign.yml", _NEW_WORDS)
    assert not checks.COMPARING & set(codes(desk.root))
    assert codes(desk.root)


def test_a_text_that_moves_to_the_private_folder_is_compared_there(desk: Repository) -> None:
    path = desk.root / "content/sources/post-2024-05-03.md"
    head, _, body = path.read_text("utf-8").partition("\n---\n")
    path.write_text(f"{head}\nsummary: He found the bridge closed.\n---\n", "utf-8")
    desk.edit("content/settings.yml", ("title:", "text_dir: private\ntitle:"))
    assert codes(desk.root) == ["text-changed"]
    desk.write("private/post-2024-05-03.md", body)
    assert codes(desk.root) == []
    desk.write("private/post-2024-05-03.md", body.replace("went home", "went home, truly,"))
    found = find_errors(desk.root)
    assert [one.code for one in found] == ["text-changed"]
    assert "truly" not in found[0].message


def test_texts_of_a_private_folder_that_git_keeps_are_read_from_git(desk: Repository) -> None:
    desk.edit("content/settings.yml", ("title:", "text_dir: private\ntitle:"))
    desk.write("private/post-2024-05-03.md", "Kept apart.\n")
    desk.write("private/sub/no.md", "Not a text of this folder.\n")
    commit = desk.commit()
    desk.write("private/post-2024-05-03.md", "Something else.\n")
    read, problems = load.read_revision_texts(desk.root, commit, "private")
    assert {one: text.body for one, text in read.items()} == {"post-2024-05-03": "Kept apart.\n"}
    assert problems == ()
    by_whole_path, _ = load.read_revision_texts(desk.root, commit, str(desk.root / "private"))
    assert [text.body for text in by_whole_path.values()] == ["Kept apart.\n"]
    kept, _ = load.read_revision_texts(desk.root, desk.git("rev-parse", "HEAD~1"), "private")
    assert [text.body for text in kept.values()] == ["Something else.\n"]


# --- what is offered as a mend mends ---


def apply(root: Path, found: Diagnostic) -> None:
    """Type a fix in the stead of what stands at its place."""
    path = root / found.place.path
    lines = path.read_text("utf-8").split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    text = "\n".join(lines)
    place = found.place
    start = starts[place.line - 1] + place.column - 1
    end = starts[place.end_line - 1] + place.end_column - 1
    path.write_text(f"{text[:start]}{found.fix}{text[end:]}", "utf-8")


_SEEN = "{in: post-2024-05-03, quote: sign on the bridge is a nuisance, chain: [jonas-hill]}"
LOGS = {
    "one line for each entry": "log:\n  - {on: 2024-05-20, verdict: unchecked}\n  - {on: 2024-05-21, verdict: unchecked}\n",
    "several lines for each entry": "log:\n  - on: 2024-05-20\n    verdict: unchecked\n    note: Not yet.\n",
    "dashes below the field's name": "log:\n- on: 2024-05-20\n  verdict: unchecked\n",
    "in brackets": "log: [{on: 2024-05-20, verdict: unchecked}]\n",
    "in brackets over two lines": "log: [\n  {on: 2024-05-20, verdict: unchecked},\n  {on: 2024-05-21, verdict: unchecked}]\n",
    "empty brackets": "log: []\n",
    "none": "",
    "followed by a remark": "log:\n  - {on: 2024-05-20, verdict: unchecked} # more to come\n",
    "not the last field": "log:\n  - {on: 2024-05-20, verdict: unchecked}\nabout: [roads-office]\n",
}


@pytest.mark.parametrize("in_list", [False, True], ids=["a file of its own", "a list"])
@pytest.mark.parametrize("log", LOGS.values(), ids=LOGS.keys())
def test_the_entry_that_is_offered_keeps_the_earlier_words(tmp_path: Path, log: str, *, in_list: bool) -> None:
    made = make_repository(tmp_path / "desk", SITE / "content")
    text = f"id: sign\nsays: 'The sign, they say: \"ugly\".'\nkind: opinion\nseen: [{_SEEN}]\n{log}"
    if in_list:
        indented = text.replace("\n", "\n  ").rstrip(" ")
        text = f"- {indented}\n- {{id: other, says: Another., kind: opinion, seen: [{_SEEN}]}}\n"
    made.write("content/claims/sign.yml", text)
    made.commit()
    made.edit("content/claims/sign.yml", ('"ugly"', '"hideous"'))
    (found,) = find_errors(made.root)
    assert found.code == "silent-edit"
    assert found.fix is not None
    apply(made.root, found)
    assert [one.message for one in find_errors(made.root)] == []
    checked = pipeline.check(made.root, today=TODAY)
    assert checked.library is not None
    was = checked.library.claims["sign"].log[-1].was
    assert was is not None
    assert was.says == 'The sign, they say: "ugly".'


MENDED: dict[str, Callable[[Repository], object]] = {
    "an entry of the log changed": lambda desk: desk.edit(
        "content/claims/sign.yml", ("Nobody has looked.", "Nobody cared.")
    ),
    "entries gone": lambda desk: desk.edit("content/claims/sign.yml", (_LAST, "")),
    "a whole log gone": lambda desk: desk.edit("content/claims/sign.yml", (f"log:\n{_FIRST}{_LAST}", "")),
    "an id without its redirect": lambda desk: desk.edit(
        "content/claims/bridge.yml", ("id: bridge-closed", "id: closed")
    ),
}


@pytest.mark.parametrize("change", MENDED.values(), ids=MENDED.keys())
def test_what_is_offered_restores_what_was_published(desk: Repository, change: Callable[[Repository], object]) -> None:
    change(desk)
    offered = [one for one in find_errors(desk.root) if one.code in checks.COMPARING]
    assert len(offered) == 1
    assert offered[0].fix is not None
    apply(desk.root, offered[0])
    assert not checks.COMPARING & set(codes(desk.root))


def test_a_flow_correction_that_was_changed_is_restored(desk: Repository) -> None:
    desk.write("content/corrections.yml", "- {on: 2024-06-02, records: [sign], kind: error, why: 'Misread, we had.'}\n")
    desk.commit()
    desk.edit("content/corrections.yml", ("Misread, we had.", "It was misprinted."))
    (found,) = find_errors(desk.root)
    assert found.code == "history-rewritten"
    apply(desk.root, found)
    assert codes(desk.root) == []
