"""One content file's bytes become one `Document`: encoding, size, front matter and body."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.diagnostics import Diagnostic, Place
from generator.documents.encodings import decode
from generator.documents.nodes import LIMITS, Document, Limits
from generator.documents.positions import Keys, Positions, Values
from generator.documents.sound import read_sound

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.documents.nodes import Extent, Loc, Node

_FENCE = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


_TAGS = re.compile(r"^%TAG(?!\S).*", re.MULTILINE)
_LIKE_FENCE = re.compile(r"[ \t]*(?:-{2,}|[—–]+-*|\+{3,}|_{3,})[ \t]*$", re.MULTILINE)
_FIELD = re.compile(r"[A-Za-z_]+:(?:\s|$)")


def _too_large(path: str, what: str, most: int) -> Diagnostic:
    return Diagnostic(
        Place(path),
        "file-too-large",
        f"{what} larger than {most / 1_000_000:.0f} MB, the most that is read.",
        "Split it: a folder may hold as many files as you like.",
    )


def parse_text(path: str, data: bytes, *, limits: Limits = LIMITS) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Parse a file that is all body: a stored text kept outside `content/`."""
    if len(data) > limits.text_bytes:
        return None, (_too_large(path, "This file is", limits.text_bytes),)
    text, problems = decode(path, data)
    return (None if problems else Document(path, None, text=text, body_line=1)), problems


def _no_front_matter(path: str, text: str) -> Diagnostic:
    """Say what is wrong with the two lines between which the fields of a Markdown file stand."""
    code, lines = "no-front-matter", text.split("\n")
    mend = "Start with a line `---`, the fields, another line `---` (nothing else on it), and then the text."
    if lines[0].rstrip() == "---":
        like = next((n for n, line in enumerate(lines) if n and _LIKE_FENCE.match(line)), None)
        if like is not None:
            return _like_fence(path, like, lines[like])
        fields = next((n for n, line in enumerate(lines) if n and not (_FIELD.match(line) or line[:1] in " #-")), 1)
        place = Place(path, fields + 1, 1, fields + 1, 1)
        said = "The second line `---`, which ends the fields, is missing."
        return Diagnostic(place, code, said, "Type a line `---` between the last field and the text.", fix="---\n")
    above = next((n for n, line in enumerate(lines) if line.rstrip() == "---"), None)
    like = next((n for n, line in enumerate(lines) if line.strip()), 0)
    if _LIKE_FENCE.match(lines[like]) and lines[like].strip() != "---":
        return _like_fence(path, like, lines[like])
    if above is not None and above + 1 < len(lines) and _FIELD.match(lines[above + 1]):
        empty = not "".join(lines[:above]).strip()
        said = f"{'An empty line' if empty else 'Text'} stands above the fields; the first line of the file is `---`."
        mend = "Delete what stands above it." if empty else "Move it below the second line `---`, or delete it."
        place = Place(path, 1, 1, above + 1, 1)
        return Diagnostic(place, code, said, mend, fix="" if empty else None)
    if _FIELD.match(lines[like]):
        said = "The line `---` above the first field is missing."
        return Diagnostic(Place(path, 1, 1, 1, 1), code, said, mend, fix="---\n")
    said = "The file does not begin with its fields between two lines `---`."
    return Diagnostic(Place(path, 1), code, said, mend)


def _like_fence(path: str, number: int, line: str) -> Diagnostic:
    place = Place(path, number + 1, 1, number + 1, len(line) + 1)
    said = f"“{line.strip()}” stands where a line of three hyphens belongs."
    return Diagnostic(place, "no-front-matter", said, "Write `---`, and nothing else in this line.", fix="---")


def _find_merge(path: str, text: str) -> tuple[Diagnostic, ...]:
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return ()
    from generator.documents.complaints import find_merge  # noqa: PLC0415 - hardly ever needed

    unmerged = find_merge(path, text)
    return () if unmerged is None else (unmerged,)


def _read_yaml(
    path: str, text: str, first_line: int, limits: Limits
) -> tuple[Node, Mapping[Loc, Extent], Mapping[Loc, Extent], tuple[Diagnostic, ...]]:
    """Read YAML as `build` does; where nothing is wrong, the positions take little room."""
    declared = _TAGS.search(text) if "%TAG" in text else None
    if declared is not None:  # the parser looks through all of them for each of them
        line = text.count("\n", 0, declared.start()) + first_line
        said = "A line `%TAG` declares type tags, which content does not use."
        problem = Diagnostic(Place(path, line, 1, line, len(declared[0]) + 1), "tag", said, "Delete it.")
        return None, {}, {}, (problem,)
    sound = read_sound(text, first_line=first_line, limits=limits)
    if sound is None:
        from generator.documents.strict_yaml import build  # noqa: PLC0415 - few files need it, and all that explains slips

        node, values, keys, problems = build(path, text, first_line=first_line, limits=limits)
        if problems or not isinstance(node, dict | list):
            return node, values, keys, problems
        sound = Positions.of(node, (values, keys), text, first_line)
    return sound.nodes, Values(sound), Keys(sound), ()


def parse(path: str, data: bytes, *, limits: Limits = LIMITS) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Parse one content file.

    Args:
        path: POSIX path relative to the project's root; `.md` files have front matter and a body.
        data: the file's bytes.
        limits: bounds on size, depth and length.

    Returns:
        The document, or None where nothing can be read of it, and what is wrong.
    """
    markdown = path.endswith(".md")
    most = limits.text_bytes if markdown else limits.yaml_bytes
    if len(data) > most:
        return None, (_too_large(path, "This file is", most),)
    text, problems = decode(path, data)
    problems = problems or _find_merge(path, text)
    if problems:
        return None, problems
    if not markdown:
        node, values, keys, problems = _read_yaml(path, text, 1, limits)
        if node is None and not problems:
            problems = (
                Diagnostic(
                    Place(path),
                    "empty-file",
                    "This file holds nothing but comments." if text.strip() else "This file holds nothing.",
                    "Type a record or delete the file.",
                ),
            )
        return (None if node is None else Document(path, node, values, keys)), problems
    match = _FENCE.match(text)
    if match is None:
        return None, (_no_front_matter(path, text),)
    if len(match["yaml"].encode()) > limits.yaml_bytes:
        return None, (_too_large(path, "The part between the two lines `---` is", limits.yaml_bytes),)
    body, body_line = text[match.end() :], text.count("\n", 0, match.end()) + 1
    node, values, keys, problems = _read_yaml(path, match["yaml"], 2, limits)
    if problems and node is None:
        return None, problems
    return Document(path, node if node is not None else {}, values, keys, body, body_line), problems
