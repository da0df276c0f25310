"""Everything that is left to do, section by section: what is counted, why it matters, and where to type."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from generator import dates
from generator.derive import attention
from generator.derive.naming import name_record
from generator.derive.orphans import find_orphans
from generator.derive.standing import review_day
from generator.derive.wording import count, name_of, name_origin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from generator.derive.views import Views
    from generator.diagnostics import Place
    from generator.link import Library
    from generator.records import Claim

SOON = timedelta(days=30)
_SHORT = 80  # characters of a note


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do.

    Attributes:
        kind: kind of the record that it is about.
        id: its id.
        label: its name, or the sentence of its text, plain.
        place: where to type.
        detail: what there is to know about it, in a few words; may be empty.
        topics: the fact sheets that it concerns.
        sources: the sources that it concerns.
    """

    kind: str
    id: str
    label: str
    place: Place
    detail: str = ""
    topics: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Section:
    """Things to do of one sort.

    Attributes:
        key: its name on the command line, and its anchor.
        one: what is counted: `claim that nobody has judged`.
        many: the same for another number than one.
        advice: why it matters, and what to do, in a sentence or two.
        items: what is to be done, the most urgent first.
    """

    key: str
    one: str
    many: str
    advice: str
    items: tuple[Item, ...] = ()

    @property
    def title(self) -> str:
        """A heading with the number: `3 claims that nobody has judged`."""
        return count(len(self.items), self.one, self.many)

    @property
    def by_file(self) -> Mapping[str, tuple[Item, ...]]:
        """The items by their file, the file with the most urgent one first."""
        found: dict[str, list[Item]] = {}
        for item in self.items:
            found.setdefault(item.place.path, []).append(item)
        return {path: tuple(items) for path, items in found.items()}


def _day(day: date) -> str:
    return dates.humanize(dates.parse(day.isoformat()))


class _Lister:
    """Writes the items of each section."""

    def __init__(self, library: Library, views: Views) -> None:
        self.library, self.views = library, views

    def claim(self, claim: Claim, detail: str = "", *path: str) -> Item:
        """Describe a claim; the place is that of a field, or where none is named that of the whole record."""
        return Item(
            "claim",
            claim.id,
            name_record(self.library, "claim", claim.id),
            self.library.place("claim", claim.id, *path),
            detail,
            frozenset(claim.topics),
            frozenset(item.source for _, _, item in claim.cited),
        )

    def record(self, kind: str, one: str, detail: str, *path: str) -> Item:
        """Describe a record of another kind."""
        sources = frozenset({one} if kind == "source" else ())
        label = name_record(self.library, kind, one)
        return Item(kind, one, label, self.library.place(kind, one, *path), detail, self.topics_of(kind, one), sources)

    def topics_of(self, kind: str, one: str) -> frozenset[str]:
        """Name the fact sheets that a record concerns: its own, and those of the claims and events that refer to it."""
        if kind == "topic":
            return frozenset({one})
        pairs = [(kind, one), *((reference.kind, reference.id) for reference in self.library.references_to(kind, one))]
        records = [self.library.located[pair].record for pair in pairs]
        return frozenset(topic for record in records for topic in getattr(record, "topics", ()))

    def rule_of(self, claim: Claim) -> str:
        """Name the rule that holds a claim's verdict."""
        return self.library.vocabulary.rule_of(claim.verdict)

    def due(self, item: Item) -> tuple[date, Place]:
        """Put what is due first in front."""
        return review_day(self.library, self.library.claims[item.id]) or self.views.today, item.place

    def checked(self, item: Item) -> tuple[date, Place]:
        """Put what was checked first in front."""
        checked = self.library.claims[item.id].checked
        return checked.on if checked else self.views.today, item.place


def _unchecked(listed: _Lister) -> Iterator[Item]:
    for claim in listed.library.claims.values():
        if listed.rule_of(claim) == "unjudged":
            yield listed.claim(claim)


def _absent(listed: _Lister) -> Iterator[Item]:
    for one, waiting in attention.count_waiting(listed.library, listed.views).items():
        yield listed.record("source", one, f"{count(waiting, 'quotation', 'quotations')} not checked", "stored")


def _overdue(listed: _Lister) -> Iterator[Item]:
    items = []
    for claim, checked in attention.find_overdue(listed.library.claims.values(), listed.views):
        due = review_day(listed.library, claim) or listed.views.today
        late = count((listed.views.today - due).days, "day", "days")
        items.append(listed.claim(claim, f"{late} overdue, checked on {_day(checked.on)}", "checked"))
    yield from sorted(items, key=listed.due)


def _sentences(listed: _Lister) -> Iterator[Item]:
    for coverage, sentences in attention.find_unaccounted(listed.library, listed.views.coverage.values()):
        one, text = coverage.source, listed.library.texts[coverage.source].text
        topics = listed.topics_of("source", one)
        for sentence in sentences:
            words = " ".join(text[sentence.span.start : sentence.span.end].split())
            place = listed.library.text_place(one, sentence.line)
            yield Item("source", one, words, place, "", topics, frozenset({one}))


def _due_soon(listed: _Lister) -> Iterator[Item]:
    today, items = listed.views.today, []
    for claim in listed.library.claims.values():
        due = review_day(listed.library, claim)
        if due is not None and claim.checked is not None and today <= due <= today + SOON:
            items.append(listed.claim(claim, f"by {_day(due)}", "checked"))
    yield from sorted(items, key=listed.due)


def _single_origin(listed: _Lister) -> Iterator[Item]:
    for claim in listed.library.claims.values():
        standing = listed.views.standings[claim.id]
        judged = listed.rule_of(claim) not in ("unjudged", "bar-against")  # see `pages.lines.ClaimLine`
        if judged and "single-origin" in standing.flags and "unnamed-origin" not in standing.flags:
            origin = (standing.support.origins or standing.reports.origins)[0]
            yield listed.claim(claim, f"goes back to {name_origin(listed.library, origin)}")


def _unnamed_origin(listed: _Lister) -> Iterator[Item]:
    for claim in listed.library.claims.values():
        standing = listed.views.standings[claim.id]
        if "unnamed-origin" in standing.flags and listed.rule_of(claim) != "unjudged":
            yield listed.claim(claim, f"goes back to {name_origin(listed.library, standing.reports.origins[0])}")


def _one_relay(listed: _Lister) -> Iterator[Item]:
    for claim, relay in attention.find_relayed_by_one(listed.library.claims.values(), listed.views):
        yield listed.claim(claim, f"all through {name_of(listed.library, relay)}")


def _one_checker(listed: _Lister) -> Iterator[Item]:
    for claim, checked in attention.find_checked_by_one(listed.library.claims.values()):
        yield listed.claim(claim, f"only {checked.by[0]}, on {_day(checked.on)}", "checked")


def _open_questions(listed: _Lister) -> Iterator[Item]:
    items = []
    for claim in listed.library.claims.values():
        if claim.unknown and listed.rule_of(claim) in ("lists-unknowns", "names-a-rival"):
            since = f", checked on {_day(claim.checked.on)}" if claim.checked else ""
            items.append(listed.claim(claim, f"{count(len(claim.unknown), 'unknown', 'unknowns')}{since}", "unknown"))
    yield from sorted(items, key=listed.checked)


def _notes(listed: _Lister) -> Iterator[Item]:
    for (kind, one), located in listed.library.located.items():
        notes = located.record.notes
        if notes:
            more = f" (and {count(len(notes) - 1, 'more', 'more')})" if len(notes) > 1 else ""
            words = " ".join(notes[0].split())
            short = words if len(words) <= _SHORT else f"{words[:_SHORT].rstrip()} …"
            yield listed.record(kind, one, f"{short}{more}", "notes")


def _not_archived(listed: _Lister) -> Iterator[Item]:
    for source, url in attention.find_unarchived(listed.library.sources.values()):
        yield listed.record("source", source.id, url, "url")


def _orphans(listed: _Lister) -> Iterator[Item]:
    for kind, one, why in find_orphans(listed.library):
        yield listed.record(kind, one, why)


_SECTIONS: tuple[tuple[Section, Callable[[_Lister], Iterator[Item]]], ...] = (
    (Section("unchecked", "claim that nobody has judged", "claims that nobody has judged", "Readers see “not checked yet”. Give a verdict and a reason, or take out what is not ready."), _unchecked),
    (Section("absent", "text that is not at hand", "texts that are not at hand", "Quotations from a missing text were not checked, and no page shows them. Put the text where `text_dir:` says, and look again."), _absent),
    (Section("overdue", "claim whose review is overdue", "claims whose review is overdue", "What was true may be outdated. Check again; then add a log entry and a new `checked:`."), _overdue),
    (Section("sentences", "sentence that nobody has accounted for", "sentences that nobody has accounted for", "Cite each in a claim, or list it under `skipped:` with a reason. `factsheet new claims --from SOURCE` drafts a claim for each."), _sentences),
    (Section("due-soon", "claim to be looked at again within 30 days", "claims to be looked at again within 30 days", "Nothing of this is late yet."), _due_soon),
    (Section("single-origin", "claim of a single origin", "claims of a single origin", "Many reports of one voice are one voice. Look for another that does not depend on it; where there is none, the label tells readers so."), _single_origin),
    (Section("unnamed-origin", "claim of an unnamed origin", "claims of an unnamed origin", "Nobody who says so is named. Look for somebody who says it under their name."), _unnamed_origin),
    (Section("one-relay", "claim that came through one relay", "claims that came through one relay", "One relay’s slip would be everybody’s. Look for a report that heard it elsewhere."), _one_relay),
    (Section("one-checker", "claim that one person alone has checked", "claims that one person alone has checked", "Four eyes see more. Let a second person check, and add the name to `by:`."), _one_checker),
    (Section("open-questions", "claim that left something unknown", "claims that left something unknown", "The evidence was not enough, or it conflicts. Search again, the oldest first: by now somebody may know."), _open_questions),
    (Section("notes", "record with notes of the desk", "records with notes of the desk", "No reader sees them. An import leaves there what has no field of its own: work it in, or take it out."), _notes),
    (Section("not-archived", "source without an archived copy", "sources without an archived copy", "Pages change and vanish. Save the page in an archive, and add `archived:`."), _not_archived),
    (Section("orphans", "record that is used nowhere", "records that are used nowhere", "Nothing leads readers there. Use the record, or take it out if it was never published."), _orphans),
)  # fmt: skip


def list_sections(library: Library, views: Views) -> tuple[Section, ...]:
    """List what is left to do, the most urgent section first; those in which nothing is left are there too."""
    listed = _Lister(library, views)
    return tuple(
        Section(section.key, section.one, section.many, section.advice, tuple(find(listed)))
        for section, find in _SECTIONS
    )
