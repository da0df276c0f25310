"""The X-ray of a stored text: its quoted stretches with the records that quote them, and nothing that may not be shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.pages.lines import ClaimLine, claim_line, link_to

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.derive import Passage
    from generator.pages.planned import Site
    from generator.paths import Link
    from generator.quotations import Segment
    from generator.records import Source

_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text, quoted by the same records from its first character to its last.

    Attributes:
        text: the words.
        sign: of the verdict on the first claim that quotes it; empty where nobody does.
    """

    text: str
    sign: str


@dataclass(frozen=True, slots=True)
class Note:
    """A record beside the passage that it quotes.

    Attributes:
        anchor: the anchor of the passage; empty where an earlier excerpt has it already.
        claim: the claim; None for an event.
        record: the link to the citation on the record's page.
        role: what the passage is to the record, where it is not simply said here.
    """

    anchor: str
    claim: ClaimLine | None
    record: Link
    role: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Text that belongs together, with the records that quote it.

    Attributes:
        kind: `excerpt`, or the kind of block where the whole text is shown.
        stretches: its text in order.
        notes: the records that quote it.
        gap_before: whether words were left out since the excerpt before.
    """

    kind: str
    stretches: tuple[Stretch, ...]
    notes: tuple[Note, ...]
    gap_before: bool


def _sign(site: Site, passages: Sequence[Passage]) -> str:
    claims = [p.cited for p in passages if p.cited.kind == "claim"]
    claims.sort(key=lambda cited: cited.field != "seen")
    if not claims:
        return "dash"
    return site.library.vocabulary.verdicts[site.library.claims[claims[0].id].verdict].sign


def _note(site: Site, passage: Passage, anchor: str) -> Note:
    cited = passage.cited
    at = f"{'seen' if cited.field == 'seen' else 'evidence'}-{cited.index + 1}"
    if cited.kind == "event":
        return Note(anchor, None, link_to(site, "event", cited.id, at), "event")
    role = ""
    if cited.field == "evidence":
        stance = site.library.claims[cited.id].evidence[cited.index].stance
        role = f"evidence: {site.library.vocabulary.stances[stance].label.lower()}"
    line = claim_line(site, cited.id, at)
    return Note(anchor, line, line.link, role)


class _Marker:
    """Gives each passage its anchor once, at its first excerpt."""

    def __init__(self, site: Site, passages: Sequence[Passage]) -> None:
        self.site = site
        self.by_anchor = {p.cited.anchor: p for p in passages}
        self.given: set[str] = set()

    def note(self, anchor: str) -> Note:
        first = anchor not in self.given
        self.given.add(anchor)
        return _note(self.site, self.by_anchor[anchor], anchor if first else "")

    def stretch(self, text: str, segment: Segment) -> Stretch:
        return Stretch(
            text[segment.span.start : segment.span.end], _sign(self.site, [self.by_anchor[a] for a in segment.keys])
        )


def _runs(segments: Sequence[Segment]) -> Iterator[list[Segment]]:
    """Group segments that touch."""
    run: list[Segment] = []
    for segment in segments:
        if run and run[-1].span.end != segment.span.start:
            yield run
            run = []
        run.append(segment)
    if run:
        yield run


def _excerpts(text: str, segments: Sequence[Segment], marker: _Marker) -> Iterator[Excerpt]:
    end = 0
    for run in _runs(segments):
        anchors = dict.fromkeys(key for segment in run for key in segment.keys)
        yield Excerpt(
            "excerpt",
            tuple(marker.stretch(text, segment) for segment in run),
            tuple(marker.note(anchor) for anchor in anchors),
            bool(_WORD.search(text[end : run[0].span.start])),
        )
        end = run[-1].span.end


def _whole(site: Site, source: Source, segments: Sequence[Segment], marker: _Marker) -> Iterator[Excerpt]:
    """Give every block of the text, its quoted stretches marked."""
    stored = site.library.texts[source.id]
    for block in stored.blocks:
        stretches: list[Stretch] = []
        anchors: dict[str, None] = {}
        at = block.start
        for segment in segments:
            start, end = max(segment.span.start, block.start), min(segment.span.end, block.end)
            if start >= end:
                continue
            if at < start:
                stretches.append(Stretch(stored.text[at:start], ""))
            sign = _sign(site, [marker.by_anchor[key] for key in segment.keys])
            stretches.append(Stretch(stored.text[start:end], sign))
            anchors |= dict.fromkeys(segment.keys)
            at = end
        if at < block.end:
            stretches.append(Stretch(stored.text[at : block.end], ""))
        yield Excerpt(block.kind, tuple(stretches), tuple(marker.note(anchor) for anchor in anchors), gap_before=False)


def lay_bare(site: Site, source: Source) -> tuple[Excerpt, ...]:
    """Lay out the text of a source as far as `publish` allows.

    `excerpts` gives only characters that stand in a quotation; `full` gives every block. The caller sees to `none`.
    """
    passages = [p for p in site.views.in_source.get(source.id, ()) if p.cited.field != "skipped"]
    segments = site.views.coverage[source.id].segments
    marker = _Marker(site, passages)
    if source.publish == "full":
        return tuple(_whole(site, source, segments, marker))
    return tuple(_excerpts(site.library.texts[source.id].text, segments, marker))
