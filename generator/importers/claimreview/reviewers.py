"""Who published a review: its author, its publisher, the outlet that the command names, or the host of its address."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.importers.cells import note, write_line
from generator.importers.claimreview.nodes import Node, says_nothing
from generator.importers.claimreview.voices import draft_voice, name_of
from generator.importers.naming import fold_name
from generator.importers.rows import Handle, Remark
from generator.importers.sheets import outlet_of
from generator.importers.unread import draft_entity, host_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.importers.rows import Draft, Options, Value

_APPEARANCES = ("appearance", "firstAppearance")


@dataclass(slots=True)
class Reviewer:
    """Who published a review.

    Attributes:
        name: for sentences; empty where nobody is known.
        outlet: what stands in the source for it.
        authors: the names of people who wrote it, where somebody else published it.
        drafts: of the outlet.
        notes: what has no place.
        remarks: what was not understood.
    """

    name: str = ""
    outlet: Value = None
    authors: list[Value] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def read_reviewer(review: Node, options: Options, url: str | None) -> Reviewer:
    """Take out of a review who published it.

    A body goes before a person: a person is the author of what the body published, and the outlet only where there is no body.
    """
    named = [(name, one) for name in ("author", "publisher") for one in review.parts(name)]
    lines = [write_line(name_of(one)) if name_of(one) else None for _, one in named]
    whole = [(name, one, line) for (name, one), line in zip(named, lines, strict=True)]
    bodies = [line for _, one, line in whole if line and not _is_person(one)]
    people = [line for _, one, line in whole if line and _is_person(one)]
    found = Reviewer()
    if bodies or people:
        found.name = (bodies or people)[0]
        handle = Handle("entity", found.name, "outlet" if bodies else "person")
        found.outlet = handle
    else:
        handle = _fall_back(found, review, options, url)
    for name, one, line in whole:
        is_it = bool(line) and fold_name(line or "") == fold_name(found.name) and _is_person(one) == (not bodies)
        if is_it and isinstance(one, Node):
            draft, remarks = draft_voice(one, handle)
            found.drafts.append(draft)
            found.remarks += remarks
        elif line and bodies and isinstance(one, Node) and _is_person(one) and name == "author":
            found.authors.append(line)
            one.left.pop("name")
            found.notes += one.notes()
        elif not is_it and not (isinstance(one, Node) and says_nothing(one)):
            found.notes.append(note(review.field(name), one.left if isinstance(one, Node) else one))
    if isinstance(found.outlet, Handle) and not found.drafts:
        found.drafts.append(draft_entity(handle))
    return found


def _fall_back(found: Reviewer, review: Node, options: Options, url: str | None) -> Handle:
    given, host = options.given.get("outlet", ""), host_of(url or "")
    found.name, found.outlet = given or host, outlet_of(given) if given else None
    handle = Handle("entity", write_line(host) or host, "outlet")
    if not given and host:
        found.outlet = handle
        found.remarks.append(Remark("outlet-from-address", review.field("author"), url or ""))
    return found.outlet if isinstance(found.outlet, Handle) else handle


def _is_person(voice: Node | str) -> bool:
    return isinstance(voice, Node) and "Person" in voice.types


def list_outlets(reviews: Iterable[Node]) -> Iterator[str]:
    """List the names of outlets in a file: of those who publish reviews, and of those who published what is reviewed."""
    for review in reviews:
        voices = [one for name in ("author", "publisher") for one in review.parts(name)]
        claims = [one for one in review.parts("itemReviewed") if isinstance(one, Node)]
        texts = [one for claim in claims for name in _APPEARANCES for one in claim.parts(name) if isinstance(one, Node)]
        voices += [one for text in texts for one in text.parts("publisher")]
        yield from (name_of(one) for one in voices if name_of(one) and not _is_person(one))
