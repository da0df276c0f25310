"""Reading `content/` as it stood at a git revision: from git itself, never by a checkout."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass, replace
from pathlib import PurePath, PurePosixPath
from typing import TYPE_CHECKING, NoReturn

from generator.diagnostics import Diagnostic, Place
from generator.documents import LIMITS
from generator.load import git
from generator.load.content import TEXT_SUFFIXES, parse_texts, read_texts
from generator.load.entries import read_entries
from generator.load.names import CONTENT, Entry, What

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from generator.documents import Document

_LISTED = re.compile(
    rb"(?P<mode>[0-7]{6}) (?P<type>[a-z]+) (?P<blob>[0-9a-f]+) +(?P<size>[0-9]+|-|BAD)\t(?P<path>.+)", re.DOTALL
)
_SHORT = 7
_LIKE_ENOUGH = 70  # per cent; below that, a suggestion would only puzzle
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_ALL_ZEROS = re.compile(r"0{40}|0{64}")  # what GitHub names where there was nothing before


class RevisionError(Exception):
    """A revision cannot be compared with; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Revision:
    """The content of the project at a revision.

    Attributes:
        name: the revision as it was typed.
        commit: the commit that was read, in full: where the branch at hand left the revision (their merge base).
        exists: whether there was a folder `content/`.
        documents: as `load.read` gives them.
        diagnostics: what could not be read.
    """

    name: str
    commit: str
    exists: bool
    documents: tuple[Document, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def short(self) -> str:
        """The first digits of the commit."""
        return self.commit[:_SHORT]


@dataclass(frozen=True, slots=True)
class _File:
    what: What
    blob: str
    size: int


def _refuse_partial(error: Exception | None = None) -> NoReturn:
    raise RevisionError(
        "This clone leaves out the files of earlier revisions (a partial clone). Clone it again without `--filter`."
    ) from error


def _run(root: Path, *arguments: str) -> git.Answer:
    """Ask git, with its refusals in plain words."""
    try:
        answer = git.run(root, *arguments)
    except FileNotFoundError as error:
        raise RevisionError("git is not installed here, and comparing with a revision needs it.") from error
    except subprocess.TimeoutExpired as error:
        raise RevisionError(f"git did not answer within {git.PATIENCE:.0f} seconds.") from error
    except OSError as error:
        raise RevisionError(f"git cannot be started: {error.strerror}.") from error
    if answer.code and "dubious ownership" in answer.said:
        raise RevisionError(
            "git does not read this folder, because it belongs to another user. "
            "If you trust it, run `git config --global --add safe.directory` with the path of the repository."
        )
    if answer.code and "not a git repository" in answer.said:
        raise RevisionError("This folder is not kept in git, so there is no revision to compare with.")
    return answer


def _find_commit(root: Path, name: str) -> str | None:
    """Resolve a name to the full id of a commit; None where git knows none of that name."""
    answer = _run(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    return answer.line if not answer.code and _COMMIT.fullmatch(answer.line) else None


def _refuse_unknown(root: Path, name: str, *, shallow: bool) -> NoReturn:
    if _ALL_ZEROS.fullmatch(name):
        raise RevisionError("There is no revision to compare with: a row of zeros stands for a branch that is new.")
    if shallow:
        raise RevisionError(
            f"There is no revision `{name}` in this clone, which holds only the latest commits. "
            "Run `git fetch --unshallow`; in a workflow, give the checkout step `fetch-depth: 0`."
        )
    listed = _run(root, "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes", "refs/tags")
    names = listed.out.decode("utf-8", "replace").split()
    from rapidfuzz import process  # noqa: PLC0415

    near = process.extractOne(name, names, score_cutoff=_LIKE_ENOUGH)
    mend = (
        f"Did you mean `{near[0]}`?" if near else "Name a branch, a tag or a commit; `git fetch` gets those of others."
    )
    raise RevisionError(f"There is no revision `{name}` here. {mend}")


def _find_left(root: Path, name: str) -> str:
    """Find the commit where the branch at hand left a revision."""
    if not name.strip() or name.startswith("-") or not name.isprintable():
        raise RevisionError(
            f"`{name}` is not the name of a revision. Name a branch, a tag or a commit, such as `main`."
        )
    inside = _run(root, "rev-parse", "--is-inside-work-tree", "--is-shallow-repository")
    if inside.code or inside.line != "true":
        raise RevisionError("This folder is not kept in git, so there is no revision to compare with.")
    shallow = inside.out.split()[-1] == b"true"
    commit = _find_commit(root, name)
    if commit is None:
        _refuse_unknown(root, name, shallow=shallow)
    head = _find_commit(root, "HEAD")
    if head is None:
        raise RevisionError("Nothing has been committed on this branch yet, so there is nothing to compare with.")
    left = _run(root, "merge-base", "--all", commit, head)
    if len(left.out.split()) > 1:
        raise RevisionError(
            f"This branch and `{name}` were merged into each other, so there is no one commit where this branch left it. "
            f"Merge `{name}` into this branch (`git merge {name}`), and compare then."
        )
    if left.code or not left.line:
        if shallow:
            raise RevisionError(
                f"This clone holds only the latest commits, and the one where this branch left `{name}` is not among them. "
                "Run `git fetch --unshallow`; in a workflow, give the checkout step `fetch-depth: 0`."
            )
        raise RevisionError(f"This branch and `{name}` have no commit in common, so there is nothing to compare.")
    return left.line


def _list(root: Path, tree: str, *options: str) -> dict[str, _File] | None:
    """List the files of a tree by their path; None where it is not a folder."""
    answer = _run(root, "ls-tree", *options, "-l", "-z", "--full-tree", tree)
    if answer.code and "promisor" in answer.said:
        _refuse_partial()
    if answer.code:
        return None
    files: dict[str, _File] = {}
    for line in answer.out.split(b"\0"):
        found = _LISTED.fullmatch(line)
        if found is not None:
            mode = found["mode"]
            what: What = "link" if mode == b"120000" else "repository" if mode == b"160000" else "file"
            size = int(found["size"]) if found["size"].isdigit() else 0
            name = found["path"].decode("utf-8", "surrogateescape")
            if found["type"] != b"tree":
                files[name] = _File(what, found["blob"].decode("ascii"), size)
    return files


def _find_tree(root: Path, commit: str, folder: str) -> str | None:
    """Find a folder of the project at a commit; the project may be a subfolder of the repository."""
    answer = _run(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}:./{folder}")
    return None if answer.code else answer.line


def _reader(files: Mapping[str, _File], read: Callable[[str], bytes]) -> Callable[[str], bytes]:
    """Read files of a tree by path; of one that is too large, only that it is."""

    def read_file(path: str) -> bytes:
        file = files[path]
        return bytes(LIMITS.text_bytes + 1) if file.size > LIMITS.text_bytes else read(file.blob)

    return read_file


def read_revision(root: Path, name: str) -> Revision:
    """Read `content/` as it stood where the branch at hand left a revision.

    What others added to the revision since then is no removal here. Attributes, filters and settings of the repository
    change nothing in what is read: the documents are those of a folder with the same bytes.

    Args:
        root: the project's folder; the repository's, or one below it.
        name: a branch, a tag or a commit as git names them.

    Raises:
        RevisionError: there is no such revision, or git or the clone at hand cannot give it.
    """
    commit = _find_left(root, name)
    tree = _find_tree(root, commit, CONTENT)
    if tree is None:
        return Revision(name, commit, exists=False)
    listed = _list(root, tree, "-r")
    if listed is None:
        problem = Diagnostic(Place(CONTENT), "unreadable-file", "There is no folder `content/` here.", "")
        return Revision(name, commit, exists=True, diagnostics=(problem,))
    files = {f"{CONTENT}/{path}": file for path, file in listed.items()}
    entries = [Entry(path, file.what) for path, file in files.items()]
    folders = {parent.as_posix() for path in files for parent in PurePosixPath(path).parents if len(parent.parts) > 1}
    entries += [Entry(folder, "folder") for folder in folders]
    try:
        with git.open_blobs(root) as read:
            documents, diagnostics = read_entries(entries, _reader(files, read))
    except OSError as error:
        raise RevisionError(f"git stopped while it was read: {error.strerror}.") from error
    # A clone has an empty folder in the place of another repository: nothing in it was published, and nothing is missed.
    empty = {Entry(path, file.what).shown for path, file in files.items() if file.what == "repository"}
    known = tuple(replace(one, severity="warning") if one.place.path in empty else one for one in diagnostics)
    return Revision(name, commit, exists=True, documents=documents, diagnostics=known)


def _follow(root: Path, folder: str) -> str:
    """Find where a folder that is a link leads inside the project."""
    top, real = root.resolve(), (root / folder).resolve()
    return real.relative_to(top).as_posix() if real.is_relative_to(top) else folder


def read_revision_texts(
    root: Path, commit: str, folder: str | None
) -> tuple[Mapping[str, Document], tuple[Diagnostic, ...]]:
    """Read the stored texts that are kept outside `content/`, as they stood at a commit.

    A folder that this repository does not keep is read as it is now: nothing tells what stood in it then.

    Args:
        root: the project's folder.
        commit: a full id, as `read_revision` gives it.
        folder: `text_dir` of the settings of that time.

    Raises:
        RevisionError: git cannot give it.
    """
    if folder is None:
        return read_texts(root, folder)
    paths = [path for path in (folder, _follow(root, folder)) if not PurePath(path).is_absolute()]
    trees = (_find_tree(root, commit, path) for path in paths)
    listed = (_list(root, tree) for tree in trees if tree is not None)
    files = next((found for found in listed if found is not None), None)
    if files is None:
        return read_texts(root, folder)
    names = [
        name for name, file in files.items() if file.what == "file" and PurePosixPath(name).suffix in TEXT_SUFFIXES
    ]
    try:
        with git.open_blobs(root) as read:
            return parse_texts(folder, names, _reader(files, read))
    except OSError as error:
        raise RevisionError(f"git stopped while it was read: {error.strerror}.") from error
