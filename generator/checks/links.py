"""Links in prose that lead nowhere, or that are no links as they are typed, each with the one that was meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.dialect import link_problem, prose_links, prose_plain, prose_problems
from generator.records import FOLDERS, SITE_PAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.checks.rule import Context
    from generator.dialect import ProseLink

ALLOWED = "Links may go to http(s), mailto, records (`claim:id`) or pages of the site (`page:method`)."

_SCHEMES = "|".join(FOLDERS)
_PLAIN = re.compile(rf"\b(?P<kind>{_SCHEMES}):\s?(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)\b")
_LOOSE = re.compile(rf"\]\s*\(\s*(?P<kind>{_SCHEMES})s?\s*:\s*(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)\s*\)?")
_WIKI = re.compile(r"\[\[(?P<id>[a-z0-9 -]+)(?:\|(?P<words>[^\[\]|]+))?\]\]")
_FOLDER = re.compile(
    rf"[./]*(?P<folder>{'|'.join(FOLDERS.values())}|{_SCHEMES})/(?P<id>[a-z0-9-]+)(?:\.md|\.html|/)?(?:#.*)?"
)
_KINDS = {**{folder: kind for kind, folder in FOLDERS.items()}, **{kind: kind for kind in FOLDERS}}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a link.

    Attributes:
        problem: in one sentence.
        help: what links may lead to, or the link that was meant.
        focus: the address, as typed.
        mended: the whole text with the link that was meant, or None.
    """

    problem: str
    help: str = ALLOWED
    focus: str = ""
    mended: str | None = None


def page_problem(context: Context, found: ProseLink) -> str:
    """Say that a link leads to no page of the site; empty where it leads to one."""
    pages = SITE_PAGES | {page.id for page, _ in context.library.pages}
    return f"There is no page `{found.target[:80]}`." if found.scheme == "page" and found.target not in pages else ""


def _meant(context: Context, found: ProseLink) -> str | None:
    """Write the address that was meant, where that can be told."""
    kinds = [kind for kind in FOLDERS if (kind, found.target) in context.library.located]
    if found.scheme in _KINDS and found.scheme not in FOLDERS:
        return f"{_KINDS[found.scheme]}:{found.target}"
    if not found.scheme and len(kinds) == 1:
        return f"{kinds[0]}:{found.target}"
    folder = _FOLDER.fullmatch(found.target) if not found.scheme else None
    if folder and (_KINDS[folder["folder"]], folder["id"]) in context.library.located:
        return f"{_KINDS[folder['folder']]}:{folder['id']}"
    if not found.scheme and found.target.startswith("www."):
        return f"https://{found.target}"
    if found.scheme in ("http", "https") and re.match(r"/?[^/]", found.target):
        return f"{found.scheme}://{found.target.lstrip('/')}"
    return None


def find_faults(context: Context, text: str) -> Iterator[Fault]:
    """Find what is wrong with the links of a prose field, and whatever else its dialect does not allow."""
    links = prose_links(text) if "](" in text or "<" in text else ()
    of_links = {found: link_problem(found) or page_problem(context, found) for found in links}
    for found, problem in of_links.items():
        if problem:
            address = f"{found.scheme}:{found.target}" if found.scheme else found.target
            meant = _meant(context, found)
            mended = text.replace(f"({address})", f"({meant})") if meant else text
            mend = f"Write `[...]({meant})`." if meant else ALLOWED
            said = f"The link “{address[:200]}” leads nowhere." if meant else problem
            yield Fault(said, mend, address if address in text else "", mended if mended != text else None)
    yield from (Fault(problem) for problem in prose_problems(text) if problem not in of_links.values())
    yield from _find_plain(context, text)
    yield from _find_foreign(context, text)


def _find_foreign(context: Context, text: str) -> Iterator[Fault]:
    """Find the links of a wiki, which readers would see as they are typed."""
    plain = prose_plain(text) if "[[" in text else ""
    for found in _WIKI.finditer(plain):
        kinds = [kind for kind in FOLDERS if (kind, found["id"].strip()) in context.library.located]
        if kinds:
            link = f"[{found['words'] or '...'}]({kinds[0]}:{found['id'].strip()})"
            mended = text.replace(found[0], link) if found["words"] and found[0] in text else None
            said = f"“{found[0][:80]}” is a link as wikis have them; readers would see it as it is typed."
            yield Fault(said, f"Write `{link}`.", found[0] if found[0] in text else "", mended)


def _find_plain(context: Context, text: str) -> Iterator[Fault]:
    """Find links to records that readers would see as they are typed: with a space too many, or an open bracket."""
    if ":" not in text:
        return
    for found in _PLAIN.finditer(prose_plain(text)):
        if (found["kind"], found["id"]) in context.library.located:
            link = f"({found['kind']}:{found['id']})"
            typed = next((loose for loose in _LOOSE.finditer(text) if loose["id"] == found["id"]), None)
            mended = f"{text[: typed.start()]}]{link}{text[typed.end() :]}" if typed else None
            said = f"“{found[0]}” is no link as it is typed here; readers would see these words."
            mend = f"Write `[...]{link}`, without spaces between the brackets."
            yield Fault(said, mend, found[0] if found[0] in text else "", mended)
