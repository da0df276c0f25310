"""The bytes of a file as text: UTF-8 with any line ends, or how the file was saved instead."""

from __future__ import annotations

import re
from textwrap import shorten

from generator.diagnostics import Diagnostic, Place
from generator.documents.nodes import CONTROL

_SAVE = "Save the file again with the encoding UTF-8"
_LETTERS = 0.6

_NO_TEXT = (
    (b"PK\x03\x04", "This is a Word, Excel or zip file with another ending.", "Save its text from that program as plain text (UTF-8)."),
    (b"\xd0\xcf\x11\xe0", "This is an old Word or Excel file with another ending.", "Save its text from that program as plain text (UTF-8)."),
    (b"%PDF", "This is a PDF file with another ending.", "Copy its text into a plain text file."),
    (b"\x89PNG", "This is a picture with another ending.", "Type what it says into a plain text file."),
    (b"\xff\xd8\xff", "This is a picture with another ending.", "Type what it says into a plain text file."),
    (b"\xff\xfe", "This file is saved as UTF-16, which Notepad calls “Unicode”.", f"{_SAVE} (in Notepad: “Save as”, at the bottom “Encoding”)."),
    (b"\xfe\xff", "This file is saved as UTF-16, which Notepad calls “Unicode”.", f"{_SAVE} (in Notepad: “Save as”, at the bottom “Encoding”)."),
)  # fmt: skip
"""How files begin that are no text, or are text in another form: what to say, and how to mend it."""


def decode(path: str, data: bytes) -> tuple[str, tuple[Diagnostic, ...]]:
    """Read bytes as UTF-8 with any line ends; say at which line that fails, and how the file seems to be saved.

    Args:
        path: the file, for the diagnostics.
        data: its bytes.
    """
    for begins, said, mend in _NO_TEXT:
        if data.startswith(begins):
            return "", (Diagnostic(Place(path, 1), "not-utf-8", said, mend),)
    try:
        text = read_sound(data)
    except UnicodeDecodeError as error:
        return "", (_not_utf_8(path, data, error.start),)
    found = CONTROL.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        before, after = text[: found.start()][-1:], text[found.end() :][:1]
        glued = found.group() in "\x0b\x0c\x85\u2028\u2029" and before.strip() and after.strip()
        return "", (
            Diagnostic(
                Place(path, line, column, line, column + 1),
                "control-character",
                f"An invisible control character (U+{ord(found.group()):04X}) stands here.",
                "Delete it; it often comes from copying out of another program.",
                fix=" " if glued else "",
            ),
        )
    return text, ()


def read_sound(data: bytes) -> str:
    """Read bytes in which nothing is wrong.

    Raises:
        UnicodeDecodeError: they are not UTF-8.
    """
    text = data.decode("utf-8-sig")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _not_utf_8(path: str, data: bytes, start: int) -> Diagnostic:
    number = data.count(b"\n", 0, start)
    line = data.split(b"\n")[number]
    name, shown = _guess(line)
    if shown:
        said = f"This file is not saved as UTF-8, but as it seems in {name}; there this line reads “{shown}”."
    else:
        said = f"This file is not UTF-8: the byte 0x{data[start]:02x} cannot be read."
    return Diagnostic(Place(path, number + 1), "not-utf-8", said, f"{_SAVE}, and look at the letters of this line.")


def _guess(line: bytes) -> tuple[str, str]:
    """Guess in which of the old encodings of Windows a line was saved, and how it reads; empty where none makes sense."""
    high = sum(byte >= 0x80 for byte in line)  # noqa: PLR2004 - the first byte beyond ASCII
    for name, words in (("Windows-1251", "[А-яЁёІіЇїЄєҐґЎў]"), ("Windows-1252", "[À-ÿ‘’“”–—…€]")):
        text = line.decode(name, "replace").strip()
        letters = len(re.findall(words, text))
        # Western text has single letters beyond ASCII, Cyrillic text whole words of them.
        whole = re.search(f"{words}{{3}}", text) is not None
        if "\ufffd" not in text and letters >= _LETTERS * high and whole == (name == "Windows-1251"):
            return name, shorten(text, 60, placeholder=" …")
    return "", ""
