"""What is wrong with the content, as a list above a page of the preview."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from generator.diagnostics import sort
from generator.reports import count, cut, escape_line, mend, reason_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.diagnostics import Diagnostic
    from generator.reports import Lines, Row

SHOWN = 25
OPEN = 3
"""Up to so many errors all show their lines at once; of more, only the first does until another is opened."""

BELOW = "These are the last good pages."
BELOW_ON_DESK = "The desk is as it was when it was last looked at without errors."

_NO_LINES: Lines = MappingProxyType({})
_TYPED = re.compile("`([^`\n]+)`")
_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)

# The page may have no style of its own yet, and the theme's must not reach in: every rule names the banner.
_STYLE = Markup("""<style>
.content-errors { --paper: #fff5f4; --ink: #2a1414; --edge: #a32d26; --soft: #6d4a47; --code: #fff; --mark: #ffc9c2; --mend: #c9ecd6;
  position: relative; z-index: 1000; margin: 0; padding: .75rem 1rem; box-sizing: border-box; color: var(--ink); background: var(--paper);
  border: 0 solid var(--edge); border-width: .4rem 0 2px; font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; text-align: left; }
.content-errors p, .content-errors ol { margin: .3rem 0; padding: 0; max-width: none; font: inherit; white-space: pre-line; }
.content-errors ol { list-style: none; white-space: normal; }
.content-errors li { margin: 0; padding: .4rem 0; border-top: 1px solid var(--edge); }
.content-errors details { margin: 0; padding: 0; border: 0; background: none; }
.content-errors summary { margin: 0; padding: 0; cursor: pointer; min-height: 1.5rem; color: inherit; font: inherit; white-space: pre-line; }
.content-errors summary:focus-visible, .content-errors pre:focus-visible { outline: 3px solid var(--edge); outline-offset: 2px; }
.content-errors code, .content-errors pre { font: .9rem/1.5 ui-monospace, "Liberation Mono", monospace; color: inherit; }
.content-errors code { padding: 0; background: none; font-weight: 700; }
.content-errors pre { margin: .4rem 0; padding: .4rem .6rem; background: var(--code); border: 1px solid var(--edge); border-radius: 3px;
  overflow-x: auto; white-space: pre; overflow-wrap: normal; tab-size: 4; }
.content-errors .number { color: var(--soft); user-select: none; }
.content-errors mark { color: inherit; background: var(--mark); border-bottom: 2px solid var(--edge); padding: 0; }
.content-errors .mended mark { background: var(--mend); border-color: currentcolor; }
@media (prefers-color-scheme: dark) { .content-errors { --paper: #2b1615; --ink: #f6e7e4; --edge: #f2958c; --soft: #cfaaa5; --code: #1b1010;
  --mark: #7a2b24; --mend: #1f5136; } }
</style>""")


def banner(diagnostics: Sequence[Diagnostic], lines: Lines = _NO_LINES, *, below: str = BELOW) -> Markup:
    """Write the errors as a list, at most `SHOWN` of them, each with what the terminal says of it.

    Args:
        diagnostics: in any order; warnings are left out.
        lines: the lines of the files at hand, by path.
        below: says what is shown below it.
    """
    errors = [diagnostic for diagnostic in sort(diagnostics) if diagnostic.severity == "error"]
    items = Markup("").join(
        _show(error, lines, unfolded=len(errors) <= OPEN or position == 0)
        for position, error in enumerate(errors[:SHOWN])
    )
    more = Markup("<p>... and {} more.</p>").format(len(errors) - SHOWN) if len(errors) > SHOWN else ""
    return Markup(
        '<div role="alert" class="content-errors" data-pagefind-ignore="all">{}<details open><summary><strong>{} in the '
        "content.</strong> {}</summary><ol>{}</ol>{}</details></div>"
    ).format(_STYLE, count(len(errors), "error"), below, items, more)


def insert_banner(html: str, shown: Markup) -> str:
    """Put the banner at the beginning of the page's body."""
    match = _BODY.search(html)
    at = match.end() if match else 0
    return f"{html[:at]}{escape(shown)}{html[at:]}"


def _show(error: Diagnostic, lines: Lines, *, unfolded: bool) -> Markup:
    excerpt, mended = cut(error, lines), mend(error, lines)
    parts = [
        _draw(excerpt, "typed") if excerpt else "",
        _say("Why:", reason_of(error.code)),
        _say("Help:", error.help),
        Markup("<p><strong>Instead:</strong></p>") + _draw(mended, "mended") if mended else "",
    ]
    return Markup("<li><details{}><summary><code>{}</code> [{}] {}</summary>{}</details></li>").format(
        Markup(" open") if unfolded else "",
        escape_line(str(error.place)),
        error.code,
        _escape(error.message),
        Markup("").join(parts),
    )


def _say(name: str, text: str) -> Markup:
    return Markup("<p><strong>{}</strong> {}</p>").format(name, _escape(text)) if text else Markup("")


def _escape(text: str) -> Markup:
    """Show control characters but keep line ends, which the style keeps too; what is in backquotes was typed."""
    plain = "\n".join(escape_line(line) for line in text.split("\n"))
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if position % 2 else part
        for position, part in enumerate(_TYPED.split(plain))
    )


def _draw(rows: Sequence[Row], kind: str) -> Markup:
    """Draw lines with their numbers, which are not copied with them; it can be scrolled with the keyboard."""
    width = max(len(str(row.number)) for row in rows)
    drawn = Markup("\n").join(
        Markup('<span class="number">{} | </span>{}{}{}').format(
            f"{row.number:>{width}}",
            row.before,
            Markup("<mark>{}</mark>").format(row.marked or " ") if row.marked or row.caret else "",
            row.after,
        )
        if row.number
        else Markup('<span class="number">{}</span>').format("." * max(width, 3))
        for row in rows
    )
    return Markup('<pre class="{}" tabindex="0">{}</pre>').format(kind, drawn)
