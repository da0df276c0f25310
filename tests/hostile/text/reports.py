"""What is printed of hostile content: in a terminal, in the log of a workflow, for programs, in a pull request, in the preview."""

from __future__ import annotations

import json
import re
import subprocess
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from generator import pipeline
from generator.load import read_lines
from generator.plugin.banner import SHOWN, banner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from conftest import Tree

# What steers a terminal, ends a line where none ends, or turns its direction.
_STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_COMMAND = re.compile(r"::(error|warning) ((file|line|endLine|col|endColumn|title)=[^,:\r\n]*,?)+::[^\r\n]*")
_CALLS = re.compile(r"(?<![\w`])@\w|(?<=\s)#\d|\bGH-\d")
_FOLDS = re.compile(r"</?(details|summary|b|code|br)( open)?/?>")
_BANNER = frozenset({"div", "style", "details", "summary", "strong", "ol", "li", "code", "pre", "span", "mark", "p"})
_BANNER_ATTRIBUTES = frozenset({"role", "class", "data-pagefind-ignore", "open", "tabindex"})


def begin_history(tree: Tree) -> None:
    """Commit what lies there: hostile content is compared with it."""
    for arguments in (("init", "-q"), ("add", "content"), ("commit", "-qm", "Begin")):
        name = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *name, *arguments], cwd=tree.root, check=True, capture_output=True)


def read_reports(tree: Tree, today: date) -> Iterator[tuple[str, int, list[str]]]:
    """Have content with errors reported in every way; yields each way, how many lines it wrote, and what is wrong with them.

    Args:
        tree: a project whose content is hostile; what was there before is its only commit.
        today: the day of the check.
    """
    text = _run(tree, "check", "--all", GITHUB_ACTIONS="true")
    lines = text.split("\n")
    steered = [f"{line[:100]!r}" for line in lines if _STEERING.search(line)]
    commands = [f"{line[:100]!r}" for line in lines if re.match(r"\s*::", line) or "##[" in line]
    yield "a terminal and a log", len(lines), steered + commands

    lines = _run(tree, "check", "--format", "github").split("\n")[:-1]
    yield (
        "annotations",
        len(lines),
        [f"{line[:100]!r}" for line in lines if not _COMMAND.fullmatch(line) or _STEERING.search(line)],
    )

    for form in ("json", "sarif"):
        said = _run(tree, "check", "--format", form)
        json.loads(said)
        yield form, said.count("\n"), [f"{line[:100]!r}" for line in said.split("\n") if _STEERING.search(line)]

    said = _run(tree, "diff", "HEAD")
    yield "the comment of a pull request", said.count("\n"), list(_read_comment(said))

    found = pipeline.check(tree.root, today=today).diagnostics
    lines_of = read_lines(tree.root, (one.place.path for one in found))
    reader = _Elements()
    for start in range(0, len(found), SHOWN):
        reader.feed(banner(found[start : start + SHOWN], lines_of))
    reader.close()
    yield "the preview", len(found), sorted(reader.seen - _BANNER - _BANNER_ATTRIBUTES)


def _run(tree: Tree, *arguments: str, **environment: str) -> str:
    done = tree.run(*arguments, **environment)
    if "Traceback" in done.stderr or done.returncode not in {0, 1}:
        raise RuntimeError(f"`{' '.join(arguments)}` ended with {done.returncode}: {done.stderr[-300:]}")
    return str(done.stdout)


def _read_comment(said: str) -> Iterator[str]:
    for token in MarkdownIt("commonmark").enable("table").parse(said):
        for inner in (token, *(token.children or ())):
            if inner.type in {"html_block", "html_inline"} and _FOLDS.sub("", inner.content).count("<"):
                yield f"HTML: {inner.content[:100]!r}"
            if inner.type == "image":
                yield f"a picture: {inner.attrs['src']}"
            if inner.type == "link_open" and not str(inner.attrs["href"]).startswith("https://example.org/"):
                yield f"a link: {inner.attrs['href']}"
            if inner.type == "text" and _CALLS.search(inner.content):
                yield f"somebody is called: {inner.content[:100]!r}"


class _Elements(HTMLParser):
    """Notes the elements and attributes of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element with its attributes."""
        self.seen |= {tag, *(name for name, _ in attrs)}
