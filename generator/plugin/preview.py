"""What the preview shows while the content has errors: the last good pages under a list of what is wrong."""

from __future__ import annotations

import re
from threading import Lock
from types import MappingProxyType
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from generator.diagnostics import sort
from generator.paths import DESK, page_url
from generator.plugin.searching import PreviewSearch
from generator.reports import count, cut, escape_line, mend, reason_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from mkdocs.livereload import LiveReloadServer

    from generator.diagnostics import Diagnostic
    from generator.plugin.finished import Folders
    from generator.reports import Lines, Row

SHOWN = 25
OPEN = 3
"""Up to so many errors all show their lines at once; of more, only the first does until another is opened."""

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

PLACEHOLDER = (
    '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Preview</title></head><body><main>'
    "<h1>Preview</h1><p>There are no pages yet. They appear as soon as the content has no errors.</p>"
    "</main></body></html>\n"
)


class Preview:
    """What a preview serves: the pages that were made, with what is wrong above them, and a search when it is asked for."""

    def __init__(self) -> None:
        self._search = PreviewSearch()
        self._banner: Markup | None = None
        self._make_desk: Callable[[], None] | None = None
        self._one_at_a_time = Lock()

    def begin(self) -> None:
        """Note that a build begins."""
        self._search.begin()

    def tell(self, problems: Sequence[Diagnostic], lines: Lines) -> None:
        """Show what is wrong on every page from now on."""
        self._banner = banner(problems, lines)

    def all_is_well(self) -> None:
        """Show nothing above the pages."""
        self._banner = None

    def end(self, folders: Folders, changed: Iterable[str] | None, make_desk: Callable[[], None]) -> None:
        """Note that the pages are made; where there have never been any, put one there that says so.

        Args:
            folders: where they are.
            changed: the files that were made or deleted; None may be any.
            make_desk: makes the desk, which nobody may have asked for yet.
        """
        if not (folders.html / "index.html").is_file():
            folders.html.mkdir(parents=True, exist_ok=True)
            (folders.html / "index.html").write_text(PLACEHOLDER, "utf-8")
        with self._one_at_a_time:
            self._make_desk = make_desk
        self._search.end(folders.html, folders.index, changed)

    def _bring_desk(self) -> None:
        """Make the desk, unless that was done since the pages were made."""
        with self._one_at_a_time:
            make, self._make_desk = self._make_desk, None
            if make is not None:
                make()

    def serve_from(self, server: LiveReloadServer, folders: Folders) -> None:
        """Let the server serve the pages from where they are kept."""
        server.root = str(folders.html)
        self._search.watch(server)
        application = server.get_app()
        if application is not None:
            server.set_app(self._with_banner(application))

    def _with_banner(self, application: WSGIApplication) -> WSGIApplication:
        def answer(environment: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            if environment.get("PATH_INFO", "").endswith(f"/{page_url(DESK)}"):
                self._bring_desk()
            shown = self._banner
            if shown is None:
                return application(environment, start_response)
            return _put_above(shown, application, environment, start_response)

        return answer


def _put_above(
    shown: Markup, application: WSGIApplication, environment: WSGIEnvironment, start_response: StartResponse
) -> Iterable[bytes]:
    """Answer as the application does, and put a banner into what is HTML."""
    heads: list[tuple[str, list[tuple[str, str]]]] = []

    def note(status: str, headers: list[tuple[str, str]], *_: object) -> Callable[[bytes], object]:
        heads.append((status, headers))
        return lambda _: None

    body = b"".join(application(environment, note))
    status, headers = heads[-1]
    if any(name.lower() == "content-type" and value.startswith("text/html") for name, value in headers):
        body = insert_banner(body.decode("utf-8", "replace"), shown).encode()
        headers = [(name, value) for name, value in headers if name.lower() != "content-length"]
        headers.append(("Content-Length", str(len(body))))
    start_response(status, headers)
    return [body]


def banner(diagnostics: Sequence[Diagnostic], lines: Lines = _NO_LINES) -> Markup:
    """Write the errors as a list, at most `SHOWN` of them, each with what the terminal says of it.

    Args:
        diagnostics: in any order; warnings are left out.
        lines: the lines of the files at hand, by path.
    """
    errors = [diagnostic for diagnostic in sort(diagnostics) if diagnostic.severity == "error"]
    items = Markup("").join(
        _show(error, lines, unfolded=len(errors) <= OPEN or position == 0)
        for position, error in enumerate(errors[:SHOWN])
    )
    more = Markup("<p>... and {} more.</p>").format(len(errors) - SHOWN) if len(errors) > SHOWN else ""
    return Markup(
        '<div role="alert" class="content-errors" data-pagefind-ignore="all">{}<details open><summary><strong>{} in the '
        "content.</strong> These are the last good pages.</summary><ol>{}</ol>{}</details></div>"
    ).format(_STYLE, count(len(errors), "error"), items, more)


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
