"""One content file's bytes become one `Document`: encoding, size, front matter and body."""

from __future__ import annotations

import re

from generator.diagnostics import Diagnostic, Place
from generator.documents.nodes import CONTROL, LIMITS, Document, Limits
from generator.documents.strict_yaml import build

_FENCE = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


def _decode(path: str, data: bytes) -> tuple[str, tuple[Diagnostic, ...]]:
    """Read bytes as UTF-8 with any line ends; say at which line that fails."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return "", (
            Diagnostic(
                Place(path, line),
                "not-utf-8",
                f"This file is not UTF-8: the byte 0x{data[error.start]:02x} cannot be read.",
                "Save the file again with the encoding UTF-8.",
            ),
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = CONTROL.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        return "", (
            Diagnostic(
                Place(path, line, column),
                "control-character",
                f"An invisible control character (U+{ord(found.group()):04X}) stands here.",
                "Delete it; it often comes from copying out of another program.",
            ),
        )
    return text, ()


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
    text, problems = _decode(path, data)
    return (None if problems else Document(path, None, body=text, body_line=1)), problems


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
    text, problems = _decode(path, data)
    if problems:
        return None, problems
    if not markdown:
        node, values, keys, problems = build(path, text, limits=limits)
        if node is None and not problems:
            problems = (
                Diagnostic(Place(path), "empty-file", "This file holds nothing.", "Type a record or delete the file."),
            )
        return (None if node is None else Document(path, node, values, keys)), problems
    match = _FENCE.match(text)
    if match is None:
        return None, (
            Diagnostic(
                Place(path, 1),
                "no-front-matter",
                "The second line `---`, which ends the fields, is missing."
                if text.startswith("---\n")
                else "The file does not begin with its fields between two lines `---`.",
                "Start with a line `---`, the fields, another line `---` (nothing else on it), and then the text.",
            ),
        )
    if len(match["yaml"].encode()) > limits.yaml_bytes:
        return None, (_too_large(path, "The part between the two lines `---` is", limits.yaml_bytes),)
    node, values, keys, problems = build(path, match["yaml"], first_line=2, limits=limits)
    body_line = text.count("\n", 0, match.end()) + 1
    if problems and node is None:
        return None, problems
    return Document(path, node if node is not None else {}, values, keys, text[match.end() :], body_line), problems
