"""Rule 3 against a base: every address that was published goes on leading somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.checks.additions import add_items
from generator.checks.rule import Context, Finding
from generator.derive.naming import name_record
from generator.diagnostics import Place
from generator.records import FOLDERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.link import Library


def _files(library: Library) -> frozenset[str]:
    return frozenset(located.document.path for located in library.located.values())


def _find_successor(library: Library, base: Library, kind: str, one: str) -> str | None:
    """Find the one new record that goes by the name of one that is gone."""
    name = name_record(base, kind, one)
    new = [other for k, other in library.located if k == kind and (kind, other) not in base.located]
    like = [other for other in new if name_record(library, kind, other) == name]
    return like[0] if len(like) == 1 else None


def _redirect(library: Library, kind: str, old: str, new: str) -> tuple[Place, str] | None:
    return add_items(library.located[kind, new], "was", [old], after="id")


def _find_gone(library: Library, base: Library, kind: str, one: str) -> Finding:
    stood = base.located[kind, one].place()
    said = f"The published {kind} `{one}` is gone, and its address would lead nowhere. It stood in {stood.path}" + (
        f", line {stood.line}." if stood.line else "."
    )
    successor = _find_successor(library, base, kind, one)
    if successor is not None:
        addition = _redirect(library, kind, one, successor)
        return Finding(
            addition[0] if addition else library.place(kind, successor),
            f"{said} This one says the same.",
            f"If `{successor}` is its new id, add `was: [{one}]` to it.",
            fix=addition[1] if addition else None,
        )
    other = next((k for k in FOLDERS if k != kind and (k, one) in library.located), None)
    elsewhere = f" The {other} with this id has another address." if other else ""
    return Finding(
        Place(stood.path if stood.path in _files(library) else f"content/{FOLDERS[kind]}"),
        f"{said}{elsewhere}",
        f"Keep the record, or list its id under `was:` of the {kind} that replaces it.",
    )


def _find_gone_pages(library: Library, base: Library) -> Iterator[Finding]:
    """Find pages written by hand that are gone: nothing leads on from them."""
    kept = {page.id for page, _ in library.pages}
    for page, document in base.pages:
        if page.id not in kept:
            yield Finding(
                Place("content/pages"),
                f"The published page `{page.id}` is gone, and its address would lead nowhere. It stood in {document.path}.",
                "Keep the page, if only with a sentence that links to what takes its place.",
            )


def check_removed(context: Context) -> Iterator[Finding]:
    """Against a base: find published ids that are gone and lead nowhere, and old ids that no longer lead on."""
    if context.base is None:
        return
    library, base = context.library, context.base
    if "page" not in context.unread:
        yield from _find_gone_pages(library, base)
    for kind, one in base.located:
        if kind not in context.unread and (kind, one) not in library.located and (kind, one) not in library.redirects:
            yield _find_gone(library, base, kind, one)
    for (kind, old), target in base.redirects.items():
        current = target if (kind, target) in library.located else library.redirects.get((kind, target), "")
        # An id that was given up may be taken up again only by the record that had it.
        leads = library.redirects.get((kind, old))
        if kind in context.unread or current in (leads, old) or not current:
            continue
        if leads is not None:
            yield Finding(
                library.place(kind, leads, "was"),
                f"`{old}` was published as an earlier id of the {kind} `{current}`, and now it would lead to another {kind}.",
                f"Take `{old}` out of `was:` here, and list it under `was:` of `{current}`.",
            )
            continue
        taken = (kind, old) in library.located
        addition = None if taken else _redirect(library, kind, old, current)
        yield Finding(
            library.place(kind, old, "id") if taken else addition[0] if addition else library.place(kind, current),
            f"`{old}` was published as an earlier id of the {kind} `{current}`, and now another {kind} has it."
            if taken
            else f"`{old}` was published as an earlier id of the {kind} `{current}`, and now its address would lead nowhere.",
            f"Give this {kind} another id; an id is never used again."
            if taken
            else f"Add `was: [{old}]` to `{current}`.",
            fix=addition[1] if addition else None,
        )
