"""What templates do to values: every filter takes plain data and returns plain text or safe Markdown."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote, urlencode, urlsplit

from jinja2 import Undefined, pass_context

from generator import dates
from generator.derive import count
from generator.derive.naming import name_language
from generator.dialect import body_markdown, escape, escape_address, escape_attribute, prose_markdown, prose_plain
from generator.paths import Link, address_path, link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from jinja2.runtime import Context

    from generator.vocabulary import Verdict


class Stretch(Protocol):
    """Text that is quoted by the same records throughout."""

    @property
    def text(self) -> str: ...  # noqa: D102
    @property
    def sign(self) -> str: ...  # noqa: D102


class Run(Protocol):
    """A piece of a stored text: words of one passage, words that nobody quotes, or a gap."""

    @property
    def stretches(self) -> Sequence[Stretch]: ...  # noqa: D102
    @property
    def number(self) -> int: ...  # noqa: D102
    @property
    def sign(self) -> str: ...  # noqa: D102
    @property
    def label(self) -> str: ...  # noqa: D102
    @property
    def anchors(self) -> Sequence[str]: ...  # noqa: D102


PAGE = "page_path"
"""The variable of every template that holds the path of the page being written."""


_STRAIGHT = re.compile(
    r"""(?P<kept>\\. | (?:(?<!`)|(?<=\\`))(?P<ticks>`++).*?(?<!`)(?P=ticks)(?!`) | \]\([^()\s]*\) | <[^<>\s]*>)
      | (?P<opening>(?<![^\s(\[{/–—“‘*_"'-])["'](?=["']?[^\s"'])) | ["']""",
    re.VERBOSE | re.DOTALL,
)
"""A straight quotation mark; before it, what is no prose: escaped characters, code, and addresses of links."""


def _curl(found: re.Match[str]) -> str:
    mark = found[0]
    if found["kept"] is not None:
        return mark
    return {'"': "“”", "'": "‘’"}[mark][0 if found["opening"] else 1]


def curl_quotes(prose: str) -> str:
    """Turn the straight quotation marks and apostrophes of our own prose into typographic ones, as English sets them.

    Quotations from sources never come here: they are shown letter for letter.
    """
    return _STRAIGHT.sub(_curl, prose) if '"' in prose or "'" in prose else prose


class Markdown(str):
    """Text that is Markdown already: only filters and `write` make it, never content."""

    __slots__ = ()


# Addresses that `escape_address` leaves as they are, and what makes prose more than text.
_SAFE_ADDRESS = re.compile(r"[A-Za-z0-9/.#_:?=%@~+,-]*")
_MARKUP = re.compile(r"[\\`*_\[\]<>&!]")


@lru_cache(maxsize=1 << 14)  # names, labels and titles stand on many pages
def _write_text(text: str) -> Markdown:
    return Markdown(escape(text))


@pass_context
def write(context: Context, value: object) -> Markdown:
    """Write any value that a template prints; this is the one place where text becomes Markdown.

    Raises:
        TypeError: the value is neither text, a number nor a link. A template that prints None forgot an `{% if %}`.
    """
    if type(value) is Markdown:
        return value
    if isinstance(value, str):
        return _write_text(value)
    if isinstance(value, Link):
        language = f'{{lang="{escape_attribute(value.language)}"}}' if value.language else ""
        return Markdown(f"[{_write_text(value.label)}]({write_to(context, value)}){language}")
    if isinstance(value, int) and not isinstance(value, bool):
        return Markdown(f"{value:,}")
    if isinstance(value, Undefined):
        str(value)  # raises, with the name of what is missing
    raise TypeError(f"a template printed a value of type {type(value).__name__}")


@pass_context
def write_prose(context: Context, text: str) -> Markdown:
    """Write a prose field of a record, its links to records made relative to the page, its quotation marks typographic."""
    curled = curl_quotes(text)
    if not _MARKUP.search(curled):
        return _write_text(curled)
    return Markdown(prose_markdown(curled, lambda kind, one: link(context[PAGE], address_path(kind, one))))


@pass_context
def write_to(context: Context, value: Link) -> Markdown:
    """Write only the destination of a link."""
    return write_address(link(context.parent[PAGE], value.path, value.anchor))


@lru_cache(maxsize=1 << 14)
def write_attribute(value: str) -> Markdown:
    """Write a value between the quotation marks of an attribute list."""
    return Markdown(escape_attribute(value))


def write_external(address: str, label: str) -> Markdown:
    """Write a link to another site."""
    return Markdown(f"[{_write_text(label)}]({write_address(address)})")


def write_badge(verdict: Verdict) -> Markdown:
    """Write a verdict as a word with the sign that the theme draws beside it."""
    return _write_verdict(verdict.label, verdict.sign)


@lru_cache(maxsize=1 << 6)
def _write_verdict(label: str, sign: str) -> Markdown:
    return Markdown(f"[{escape(label)}]{{.verdict .verdict-{sign}}}")


def write_payload(value: object) -> Markdown:
    """Write a value on one line of a fenced block, where nothing is markup."""
    text = str(value)
    if text.isprintable() and "  " not in text:  # no blank but single spaces: by far the most lines, and long ones
        return Markdown(text.strip(" "))
    return Markdown(" ".join(text.split()))


def write_lines(lines: Iterable[str]) -> Markdown:
    """Write the lines of a fenced block, where nothing is markup; an indent of two blanks stays."""
    return Markdown("\n".join(["  " * line.startswith("  ") + write_payload(line) for line in lines]))


def write_data(pairs: Iterable[tuple[str, str]]) -> Markdown:
    """Write names and values as attributes `data-...` of an attribute list, a blank before each."""
    return Markdown("".join([f' data-{_write_text(name)}="{write_attribute(value)}"' for name, value in pairs]))


def _escape_piece(text: str) -> str:
    """Escape a piece of running text; a blank at either end stays."""
    left, right = text[:1].isspace() and " ", text[-1:].isspace() and " "
    return f"{left or ''}{escape(text)}{right or ''}"


def _write_run(run: Run) -> str:
    if not run.stretches:
        return "[\\[…\\]]{as=small .gap}"
    if not run.number:
        return "".join("\n" if piece.text == " " else _escape_piece(piece.text) for piece in run.stretches)
    words = "".join(
        f"[{_escape_piece(piece.text)}]{{as=mark{f' .verdict-{piece.sign}' * bool(piece.sign)} data-number={run.number}}}"
        for piece in run.stretches
    )
    for anchor in reversed(run.anchors):
        words = f"[{words}]{{#{anchor}}}"
    name = escape_attribute(f"Note {run.number}{f': {run.label}' * bool(run.label)}")
    sign = f".verdict .verdict-{run.sign} " * bool(run.sign)
    return f'{words}[[](#note-{run.number}){{{sign}data-number={run.number} aria-label="{name}"}}]{{as=sup}}'


def write_excerpt(runs: Sequence[Run]) -> Markdown:
    """Write the pieces of a block as a quotation: passages as marks with their anchors and a link to their note.

    The link has no words: the style sheet draws its number, so that who copies or searches the text finds it as it is. A piece that is a blank begins a new line, so that the Markdown can be read and compared passage by passage.
    """
    return Markdown("> " + "".join(map(_write_run, runs)).replace("\n", "\n> "))


@pass_context
def write_body(context: Context, markdown: str) -> Markdown:
    """Write the body of a hand-written page, its headings below the page's own title."""
    return Markdown(body_markdown(markdown, lambda kind, one: link(context[PAGE], address_path(kind, one)), shift=1))


@lru_cache(maxsize=1 << 14)
def write_address(address: str) -> Markdown:
    """Write an address as the destination of a link."""
    return Markdown(address if _SAFE_ADDRESS.fullmatch(address) else escape_address(address))


def name_host(address: str) -> str:
    """Give the host of an address, without `www.`."""
    return (urlsplit(address).hostname or address).removeprefix("www.")


def name_date(value: dates.When | date) -> str:
    """Put a date into words, no more precise than it was typed."""
    return _name_day(value) if isinstance(value, date) else dates.humanize(value)


@lru_cache(maxsize=1 << 12)
def _name_day(day: date) -> str:
    return dates.humanize(dates.parse(day.isoformat()))


def name_size(size: int) -> str:
    """Put a number of bytes into words: `900 bytes`, `48 kB`, `1.2 MB`."""
    if size < 1000:  # noqa: PLR2004 - SI prefixes
        return f"{size} bytes"
    return f"{size / 1000:.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"  # noqa: PLR2004


def name_record(contact: str, kind: str, one: str) -> str:
    """Give the address for reporting an error, with the record filled in."""
    record = f"{kind}/{one}"
    if contact.startswith("mailto:"):
        return f"{contact}{'&' if '?' in contact else '?'}subject={quote(f'Error in {record}')}"
    bare, hash_, anchor = contact.partition("#")
    return f"{bare}{'&' if '?' in bare else '?'}{urlencode({'record': record})}{hash_}{anchor}"


FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "prose": write_prose,
        "plain": prose_plain,
        "to": write_to,
        "attribute": write_attribute,
        "external": write_external,
        "badge": write_badge,
        "payload": write_payload,
        "lines": write_lines,
        "data": write_data,
        "date": name_date,
        "count": count,
        "size": name_size,
        "report": name_record,
        "marked": write_excerpt,
        "body": write_body,
        "address": write_address,
        "host": name_host,
        "language": name_language,
    }
)
"""The filters by the names that templates use. `count` and `date` replace nothing of Jinja's that templates need."""
