"""Reading the page templates."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from generator.load.opening import read_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TEMPLATES = "templates"
_MOST = 4_000_000  # bytes


def read_templates(root: Path) -> Mapping[str, str]:
    """Read the page templates, by their path below `templates/`.

    Raises:
        OSError: one of them cannot be read, or is not UTF-8.
    """
    top = root / TEMPLATES
    return {path.relative_to(top).as_posix(): _read(path) for path in sorted(top.rglob("*.jinja")) if path.is_file()}


def _read(path: Path) -> str:
    try:
        return read_bytes(path, most=_MOST, follow=True).decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise OSError(errno.EILSEQ, "It is not UTF-8", str(path)) from error
