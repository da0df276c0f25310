"""One stub for each sentence of a stored text that nobody has cited or skipped: a claim still to be put in words."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import shorten
from typing import TYPE_CHECKING

from generator.documents.nodes import CONTROL
from generator.quotations import Span
from generator.records.drafts import write_draft
from generator.records.fields import LONGEST_ID
from generator.scaffold.ids import make_free, slug
from generator.scaffold.phrases import LEAST, Phrase, Reader, choose, read
from generator.scaffold.writing import write_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.derive import Coverage, Sentence
    from generator.documents import Node
    from generator.link import Library
    from generator.records import Source

KEPT_FREE = 4
"""One part in so many of the words that may still be quoted is left to the editor, who will want to lengthen a phrase."""
_SHOWN = 160
_LONGEST = 30  # words of a quotation; a phrase is checked, not a paragraph
_UNLIMITED = 60  # the same from a text that may be shown whole
_LEAST_WORDS = (*range(LEAST, 10), 12, 16, 24, _UNLIMITED)


@dataclass(frozen=True, slots=True)
class Stub:
    """A sentence and the phrase of it that is quoted.

    Attributes:
        number: the place of the sentence in the text, counted from 1.
        line: the line of the source's file on which it begins.
        sentence: its words on one line.
        phrase: what is quoted of it.
    """

    number: int
    line: int
    sentence: str
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Stubs:
    """What could be drafted of one source.

    Attributes:
        made: a stub for each sentence that could be quoted, in the order of the text.
        crowded: the lines of the sentences for which the excerpt limit leaves no room.
        unquotable: the lines of those that no quotation identifies: a heading of one short word, a line that repeats.
    """

    made: tuple[Stub, ...]
    crowded: tuple[int, ...]
    unquotable: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A sentence that waits for its stub: its place in the text, the paragraph around it, the least that identifies it."""

    number: int
    sentence: Sentence
    block: Span
    least: Phrase


def words_left(library: Library, coverage: Coverage) -> int | None:
    """Count the words of a source that may still be quoted; None where there is no limit, never less than 0."""
    source = library.sources[coverage.source]
    if source.publish == "full" or source.stored != "whole":
        return None
    return max(0, library.settings.excerpt_limit.share * coverage.words // 100 - coverage.quoted_words)


def _longest(library: Library, source: Source) -> int:
    return _UNLIMITED if source.publish == "full" else min(_LONGEST, library.settings.excerpt_limit.words)


def _block(library: Library, source: str, span: Span) -> Span:
    """Find the paragraph, heading or list item in which a sentence stands."""
    blocks = library.texts[source].blocks
    around = next((block for block in blocks if block.start <= span.start < block.end), None)
    return Span(around.start, max(around.end, span.end)) if around else span


def _choose_all(reader: Reader, waiting: Sequence[_Waiting], most: int) -> list[Phrase | None]:
    """Choose a phrase of at most so many words for each sentence, its least where that has more; none where one before covers it."""
    chosen: list[Phrase | None] = []
    end = -1
    for one in waiting:
        phrase = None
        if one.sentence.span.start >= end:
            phrase = choose(reader, one.sentence.span, one.block, most) if most > one.least.words else None
            phrase = phrase or one.least
            end = phrase.span.end
        chosen.append(phrase)
    return chosen


def _share_out(reader: Reader, waiting: Sequence[_Waiting], most: int, room: int) -> list[Phrase | None]:
    """Give every sentence the same bound, the highest with which all phrases together stay within `room` words."""
    best = _choose_all(reader, waiting, 0)
    low, high = LEAST, most
    while low <= high:
        middle = (low + high) // 2
        tried = _choose_all(reader, waiting, middle)
        if sum(phrase.words for phrase in tried if phrase) <= room:
            best, low = tried, middle + 1
        else:
            high = middle - 1
    return best


def draft_stubs(library: Library, coverage: Coverage) -> Stubs:
    """Draft a stub for each sentence of a source that is neither cited nor skipped.

    All quotations together stay within the excerpt limit. Each sentence first gets the least that identifies it, in the
    order of the text and as far as there is room; what is left is shared out evenly, but for a part that is kept free.

    Args:
        library: the linked records.
        coverage: what was checked of the source's text.
    """
    source = library.sources[coverage.source]
    reader = read(library.texts[source.id].text)
    room, longest = words_left(library, coverage), _longest(library, source)
    waiting: list[_Waiting] = []
    crowded: list[int] = []
    unquotable: list[int] = []
    used, end = 0, -1
    for number, sentence in enumerate(coverage.sentences, 1):
        if sentence.state != "unchecked" or sentence.span.start < end:
            continue
        block = _block(library, source.id, sentence.span)
        tries = (choose(reader, sentence.span, block, min(most, longest)) for most in _LEAST_WORDS)
        least = next(filter(None, tries), None)
        if least is None:
            unquotable.append(sentence.line)
        elif room is not None and used + least.words > room:
            crowded.append(sentence.line)
        else:
            waiting.append(_Waiting(number, sentence, block, least))
            used, end = used + least.words, least.span.end
    shared = used + (room - used) * (KEPT_FREE - 1) // KEPT_FREE if room is not None else longest * len(waiting)
    phrases = _share_out(reader, waiting, longest, shared)
    made = tuple(
        Stub(one.number, one.sentence.line, _on_one_line(reader.text, one.sentence.span), phrase)
        for one, phrase in zip(waiting, phrases, strict=True)
        if phrase is not None
    )
    return Stubs(made, tuple(crowded), tuple(unquotable))


def _on_one_line(text: str, span: Span) -> str:
    return " ".join(CONTROL.sub(" ", text[span.start : span.end]).split())


def _records(
    library: Library, source: str, stubs: Sequence[Stub], topics: Sequence[str]
) -> Iterator[tuple[Stub, dict[str, Node]]]:
    taken = {one for _, one in (*library.located, *library.redirects)}
    shown = library.sources[source].publish != "none"  # else neither says nor id may give its words away
    unchecked = next(word for word, verdict in library.vocabulary.verdicts.items() if verdict.rule == "unjudged")
    for stub in stubs:
        ending = f"-sentence-{stub.number}"
        wanted = (
            slug(stub.phrase.quote) if shown else ""
        ) or f"{source[: LONGEST_ID - len(ending) - 4].rstrip('-')}{ending}"
        one = make_free(wanted, taken)
        taken.add(one)
        helps = {name: words for name in ("prefix", "suffix") if (words := getattr(stub.phrase, name))}
        says = stub.phrase.says if shown else write_draft("…")
        record: dict[str, Node] = {"id": one, "says": says, "kind": "fact"}
        if topics:
            record["topics"] = list(topics)
        record["seen"] = [{"in": source, "quote": stub.phrase.quote, **helps, "chain": "untraced"}]
        yield stub, {**record, "verdict": unchecked}


def write_stubs(
    library: Library, source: str, stubs: Sequence[Stub], *, modeline: str, topics: Sequence[str] = ()
) -> str:
    """Write the file of claims that holds the stubs of one source.

    Args:
        library: the linked records; no id of theirs is used again.
        source: the source's id.
        stubs: what was drafted.
        modeline: the first line of the file.
        topics: the fact sheets to which every stub is to belong.

    Returns:
        YAML: a list of claims, each below a comment with its sentence, shortened.
    """
    head = (
        f"{modeline}\n"
        f"# Drafts: one claim for each sentence of `{source}` that nobody had cited or skipped.\n"
        "# For each: say in your own words what is claimed (`says:`), choose its `kind:`, and name in `chain:` who said it first.\n"
        "# Choose better ids now; once they are published they stay. A sentence with nothing to check is better listed under\n"
        "# `skipped:` of the source: then delete its draft here.\n"
    )
    parts = [head]
    private = not library.text_files[source].startswith("content/")  # kept elsewhere, because this may not hold it
    for stub, record in _records(library, source, stubs, topics):
        shown = "" if private else f": {shorten(stub.sentence, _SHOWN, placeholder=' …')}"
        parts.append(f"\n# Line {stub.line}{shown}\n{write_fields(record, item=True)}")
    return "".join(parts)
