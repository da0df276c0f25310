"""Generated pages as plain CommonMark, so that other generators can build them: the same words, links and tables, none of our marks."""

from __future__ import annotations

import posixpath
import re

_FRONT_MATTER = re.compile(r"---\n(.*?)^---\n", re.DOTALL | re.MULTILINE)
_TITLE = re.compile(r"^title: .*(?:\n .*)*", re.MULTILINE)
_FENCE = re.compile(r"(`{3,}|~{3,})([a-z-]*)")
_CONTAINER = re.compile(r":{3,}[ \t]*(?:[a-z][a-z0-9-]*(?:[ \t]+(.*))?)?")
_LIST = re.compile(r"\{[^{}]*\}")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d+[.)])")
_TOKEN = re.compile(r"\\.|(`+).+?(?<!`)\1(?!`)|\[|\]|\{[^{}]*\}", re.DOTALL)
_DESTINATION = re.compile(r"\(([^()\s]*)\)")
_SHOWN_AS_TYPED = frozenset(["text", "bibtex", "csl-json"])  # the other fences are pictures


def to_plain(markdown: str) -> str:
    """Write a generated page without front matter but its title, and without containers, attributes and pictures.

    A link leads to a page or to the web: fragments go, since their targets were attributes; so do links to data files.
    """
    matter = _FRONT_MATTER.match(markdown)
    title = _TITLE.search(matter[1]) if matter else None
    lines: list[str] = []
    fence: str | None = None
    shown = False
    for line in markdown[matter.end() if matter else 0 :].split("\n"):
        opening = _FENCE.match(line.lstrip())
        if fence is not None:
            ends = bool(opening and opening[1].startswith(fence) and not opening[2])
            if shown:
                lines.append(line)
            fence = None if ends else fence
        elif opening:
            fence, shown = opening[1], opening[2] in _SHOWN_AS_TYPED
            if shown:
                lines.append(line[: len(line) - len(line.lstrip())] + fence)
        else:
            _add(lines, line)
    body = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
    return f"---\n{title[0] if title else 'title: A page'}\n---\n\n{body}\n"


def _add(lines: list[str], line: str) -> None:
    container = _CONTAINER.fullmatch(line.strip())
    if container:
        lines.extend(["", strip_marks(container[1] or "").strip(), ""])
        return
    text = strip_marks(line).rstrip()
    if not text and line.strip():  # an attribute list of the block that follows
        return
    if lines and _ITEM.fullmatch(lines[-1]) and text:  # ... or of a list item
        lines[-1] = f"{lines[-1]} {text.lstrip()}"
    else:
        lines.append(text)


def strip_marks(text: str) -> str:
    """Take spans and attribute lists out of a line of inline Markdown; what they mark stays."""
    parts: list[str] = []
    opened: list[int] = []
    at = 0
    while match := _TOKEN.search(text, at):
        parts.append(text[at : match.start()])
        token, at = match[0], match.end()
        if token == "[":  # noqa: S105 - no password
            opened.append(len(parts))
            parts.append("")
        elif token == "]" and opened:  # noqa: S105
            start = opened.pop()
            inner = "".join(parts[start:])
            destination = _DESTINATION.match(text, at)
            at = destination.end() if destination else at
            parts[start:] = [_link(inner, destination[1]) if destination else inner]
        elif not _LIST.fullmatch(token):
            parts.append(token)
    return "".join(parts) + text[at:]


def _link(text: str, address: str) -> str:
    target = address.partition("#")[0]
    if text == "#":  # the sign of a permalink would begin a heading
        return ""
    leads_on = target.endswith(".md") or ":" in target
    return f"[{text}]({target if target.endswith('.md') else address})" if text and leads_on else text


_PAGE_LINK = re.compile(r"\]\(([^():\s]+)\.md\)")


def to_hugo(path: str, plain: str) -> str:
    """Point the links between pages at the addresses that Hugo gives them; `path` is the page's, below the pages folder."""
    folder = posixpath.dirname(path)

    def lead_on(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join("/", folder, match[1]))
        return f"]({'/' if target == '/index' else target.removesuffix('/index') + '/'})"

    return _PAGE_LINK.sub(lead_on, plain)


def hugo_path(path: str) -> str:
    """Give the name of a page among Hugo's content, where `index.md` would take its neighbours for attachments."""
    folder, name = posixpath.split(path)
    return posixpath.join(folder, "_index.md" if name == "index.md" else name)
