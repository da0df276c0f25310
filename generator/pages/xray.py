"""The X-ray of a stored text: its passages by number with the records that quote them, and nothing that may not be shown."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from generator.pages.choices import Item
from generator.pages.fragments import text_fragment
from generator.pages.lines import ClaimLine, claim_line, link_to
from generator.quotations import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from generator.derive import Passage
    from generator.dialect import Block as StoredBlock
    from generator.pages.planned import Site
    from generator.paths import Link
    from generator.quotations import Segment
    from generator.records import Source
    from generator.vocabulary import Verdict

_WORD = re.compile(r"\w")
_MOST_NOTES = 40
"""So many records stand beside one passage."""


class Stretch(NamedTuple):
    """Words that are quoted by the same records from the first character to the last.

    Attributes:
        text: the words.
        sign: of the verdict on the claims that quote it; empty where there is none, or more than one.
    """

    text: str
    sign: str = ""


class Run(NamedTuple):
    """A piece of a block: quoted words that touch, words that nobody quotes, or a gap.

    Attributes:
        stretches: its words, cut where quotations overlap; none where words were left out.
        number: of the passage that it belongs to; 0 where nobody quotes it.
        sign: of the verdict on the passage; empty where there is none, or more than one.
        label: the verdicts on the passage in words.
        anchors: the anchors of the quotations that begin here.
    """

    stretches: tuple[Stretch, ...] = ()
    number: int = 0
    sign: str = ""
    label: str = ""
    anchors: tuple[str, ...] = ()


class Note(NamedTuple):
    """A record that quotes a passage.

    Attributes:
        claim: the claim; None for an event.
        record: the link to the citation on the record's page.
        role: what the passage is to the record, where it is not simply said here.
        words: what the record quotes, where that is not the whole passage.
    """

    claim: ClaimLine | None
    record: Link
    role: str
    words: str


class Marked(NamedTuple):
    """A passage: a quotation, or several that overlap or take turns in one block, with the records that make them.

    Attributes:
        number: its place in the text, from 1.
        anchor: its anchor on the page: that of the quotation that begins it.
        verdicts: on its claims, each once.
        sign: of the verdict, where there is one.
        told: what it is to its records, and how many they are, where that is to be said before the verdicts.
        notes: its records, as many as are listed.
        more: how many there are besides; the list of all that cites the source has them.
        live: the address of its words on the live page; empty where the page has no address.
        archived: the address of its words in the archived copy; empty where there is none.
    """

    number: int
    anchor: str
    verdicts: tuple[tuple[str, Verdict], ...]
    sign: str
    told: str
    notes: tuple[Note, ...]
    more: int
    live: str
    archived: str

    @property
    def item(self) -> Item:
        """What the filter goes by."""
        return Item(self.anchor, {"verdict": tuple(one for one, _ in self.verdicts)})


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or list item with its passages.

    Attributes:
        kind: of the block of the stored text; `gap` where whole blocks were left out.
        runs: its pieces in order.
        passages: the passages in it.
    """

    kind: str
    runs: tuple[Run, ...]
    passages: tuple[Marked, ...] = ()


_GAP = Run()
_BLANK = Run((Stretch(" "),))


def _shared(site: Site, passages: Sequence[Passage]) -> str:
    """Give the sign of the one verdict on all claims: those that are said here, or else those that rest on it."""
    claims = [p.cited for p in passages if p.cited.kind == "claim"]
    said = [cited for cited in claims if cited.field == "seen"]
    verdicts = {site.library.claims[cited.id].verdict for cited in said or claims}
    return site.library.vocabulary.verdicts[verdicts.pop()].sign if len(verdicts) == 1 else ""


def _note(site: Site, passage: Passage, words: str) -> Note:
    cited = passage.cited
    at = f"{'seen' if cited.field == 'seen' else 'evidence'}-{cited.index + 1}"
    if cited.kind == "event":
        return Note(None, link_to(site, "event", cited.id, at), "event", words)
    role = ""
    if cited.field == "evidence":
        stance = site.library.claims[cited.id].evidence[cited.index].stance
        role = f"evidence: {site.library.vocabulary.stances[stance].label.lower()}"
    line = claim_line(site, cited.id, at)
    return Note(line, line.link, role, words)


def _tell(passages: Sequence[Passage]) -> str:
    """Say before the verdicts how many records there are and what the passage is to them: `2 claims`, `Evidence`."""
    numbers = {kind: len({p.cited.id for p in passages if p.cited.kind == kind}) for kind in ("claim", "event")}
    if sum(numbers.values()) > 1:
        counted = [f"{number} {kind}{'s' if number > 1 else ''}" for kind, number in numbers.items() if number]
        return " and ".join(counted)
    if numbers["event"]:
        return "An event"
    return "" if any(p.cited.field == "seen" for p in passages) else "Evidence"


def _touching(segments: Sequence[Segment]) -> Iterator[list[Segment]]:
    """Group segments that touch."""
    run: list[Segment] = []
    for segment in segments:
        if run and run[-1].span.end != segment.span.start:
            yield run
            run = []
        run.append(segment)
    if run:
        yield run


def _together(runs: Sequence[list[Segment]]) -> list[list[int]]:
    """Group runs, by their places, that a quotation joins: its parts between `[...]` are one passage."""
    groups: list[tuple[set[str], list[int]]] = []
    for place, run in enumerate(runs):
        keys = {key for segment in run for key in segment.keys}
        joined = [group for group in groups if group[0] & keys]
        groups = [group for group in groups if not group[0] & keys]
        groups.append((keys.union(*(group[0] for group in joined)), [*(i for g in joined for i in g[1]), place]))
    return sorted(sorted(places) for _, places in groups)


class _Reader:
    """Reads the blocks of one text in order; numbers its passages and gives each quotation its anchor once."""

    def __init__(self, site: Site, source: Source, passages: Mapping[str, Passage]) -> None:
        self.site, self.source, self.passages = site, source, passages
        self.text = site.library.texts[source.id].text
        self.given: set[str] = set()
        self.numbered = 0

    def words(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def order(self, segments: Iterable[Segment]) -> list[str]:
        """List the quotations, each once: first those of what is said here, then evidence and events."""
        keys = dict.fromkeys(key for segment in segments for key in segment.keys)
        return sorted(keys, key=lambda key: self.passages[key].cited.field != "seen")

    def read(self, runs: Sequence[list[Segment]]) -> tuple[list[Run], tuple[Marked, ...]]:
        """Give the quoted runs of a block and the passages that they make up."""
        written: dict[int, Run] = {}
        marked: list[Marked] = []
        for places in _together(runs):
            self.numbered += 1
            parts = [runs[place] for place in places]
            anchors = self.give_anchors(parts)
            passage = self.mark(parts, next(given[0] for given in anchors if given))
            label = ", ".join(verdict.label for _, verdict in passage.verdicts)
            for place, part, given in zip(places, parts, anchors, strict=True):
                written[place] = Run(self.cut(part), self.numbered, passage.sign, label, given)
            marked.append(passage)
        return [written[place] for place in range(len(runs))], tuple(marked)

    def give_anchors(self, parts: Sequence[list[Segment]]) -> list[tuple[str, ...]]:
        """Give each part the anchors of the quotations that have none yet, and the passage one of its own where all have."""
        anchors: list[tuple[str, ...]] = []
        for part in parts:
            anchors.append(tuple(key for key in self.order(part) if key not in self.given))
            self.given.update(anchors[-1])
        return anchors if any(anchors) else [(f"passage-{self.numbered}",), *anchors[1:]]

    def cut(self, part: list[Segment]) -> tuple[Stretch, ...]:
        return tuple(Stretch(self.words(s.span), _shared(self.site, [self.passages[k] for k in s.keys])) for s in part)

    def mark(self, parts: Sequence[list[Segment]], anchor: str) -> Marked:
        passages = [self.passages[key] for key in self.order(segment for part in parts for segment in part)]
        spans = [Span(part[0].span.start, part[-1].span.end) for part in parts]
        words = [self.words(span) for span in spans]
        url, archived = self.source.url, self.source.archived
        return Marked(
            self.numbered,
            anchor,
            self.verdicts(passages),
            _shared(self.site, passages),
            _tell(passages),
            tuple(_note(self.site, p, self.quoted(p, spans)) for p in passages[:_MOST_NOTES]),
            max(0, len(passages) - _MOST_NOTES),
            text_fragment(url, words) if url else "",
            text_fragment(archived, words) if archived else "",
        )

    def verdicts(self, passages: Sequence[Passage]) -> tuple[tuple[str, Verdict], ...]:
        ids = dict.fromkeys(self.site.library.claims[p.cited.id].verdict for p in passages if p.cited.kind == "claim")
        return tuple((one, self.site.library.vocabulary.verdicts[one]) for one in ids)

    def quoted(self, passage: Passage, spans: Sequence[Span]) -> str:
        within = [span for span in passage.spans if any(s.start <= span.start and span.end <= s.end for s in spans)]
        return "" if within == list(spans) else " […] ".join(self.words(span) for span in within)


def _fill(reader: _Reader, block: StoredBlock, runs: Sequence[Run], spans: Sequence[Span]) -> Iterator[Run]:
    """Put between quoted runs what stands there: the words themselves, or a gap where they may not be shown."""
    at = block.start
    for run, span in (*zip(runs, spans, strict=True), (None, Span(block.end, block.end))):
        between = reader.text[at : span.start]
        if reader.source.publish == "full":
            if between:
                yield Run((Stretch(between),))
        elif _WORD.search(between):
            yield from (_GAP,) if at == block.start else (_BLANK, _GAP)
            if run:
                yield _BLANK
        elif run and at > block.start:
            yield _BLANK
        if run:
            yield run
        at = span.end


def lay_bare(site: Site, source: Source) -> tuple[Block, ...]:
    """Lay out the text of a source as far as `publish` allows.

    `excerpts` gives only characters that stand in a quotation; `full` gives every block. The caller sees to `none`.
    """
    passages = {p.cited.anchor: p for p in site.views.in_source.get(source.id, ()) if p.cited.field != "skipped"}
    reader = _Reader(site, source, passages)
    segments = site.views.coverage[source.id].segments
    starts = [segment.span.start for segment in segments]
    begins = partial(bisect_left, starts)
    blocks: list[Block] = []
    for block in site.library.texts[source.id].blocks:
        runs = list(_touching(segments[begins(block.start) : begins(block.end)]))
        spans = [Span(run[0].span.start, run[-1].span.end) for run in runs]
        quoted, marked = reader.read(runs)
        if runs or source.publish == "full":
            blocks.append(Block(block.kind, tuple(_fill(reader, block, quoted, spans)), marked))
        elif not (blocks and blocks[-1].kind == "gap"):
            blocks.append(Block("gap", (_GAP,)))
    return tuple(blocks)
