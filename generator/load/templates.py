"""Reading the page templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TEMPLATES = "templates"


def read_templates(root: Path) -> Mapping[str, str]:
    """Read the page templates, by their path below `templates/`."""
    top = root / TEMPLATES
    return {
        path.relative_to(top).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(top.rglob("*.jinja"))
        if path.is_file()
    }
