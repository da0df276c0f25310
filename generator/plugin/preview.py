"""What the preview shows while the content has errors: the last good pages under a list of what is wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from generator.diagnostics import sort
from generator.reports import count, escape_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.diagnostics import Diagnostic

SHOWN = 25
_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
_STYLE = (
    "position:relative;z-index:1000;margin:0;padding:.75rem 1rem;background:#7a0010;color:#fff;"
    "font:1rem/1.5 system-ui,sans-serif"
)

PLACEHOLDER = "---\ntitle: Preview\n---\n\n# Preview {#preview}\n\nThere are no pages yet. They appear as soon as the content has no errors.\n"


def banner(diagnostics: Sequence[Diagnostic]) -> Markup:
    """Write the errors as a list, at most `SHOWN` of them."""
    errors = [diagnostic for diagnostic in sort(diagnostics) if diagnostic.severity == "error"]
    items = Markup("").join(
        Markup("<li><code>{}</code> [{}] {}{}</li>").format(
            escape_line(str(error.place)),
            error.code,
            escape_line(error.message),
            Markup("<br><em>{}</em>").format(escape_line(error.help)) if error.help else "",
        )
        for error in errors[:SHOWN]
    )
    more = Markup("<p>... and {} more.</p>").format(len(errors) - SHOWN) if len(errors) > SHOWN else ""
    return Markup(
        '<div role="alert" data-pagefind-ignore="all" style="{}"><p><strong>{} in the content.</strong> '
        "These are the last good pages.</p><ul>{}</ul>{}</div>"
    ).format(_STYLE, count(len(errors), "error"), items, more)


def insert_banner(html: str, shown: Markup) -> str:
    """Put the banner at the beginning of the page's body."""
    match = _BODY.search(html)
    at = match.end() if match else 0
    return f"{html[:at]}{escape(shown)}{html[at:]}"
