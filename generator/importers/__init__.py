"""Other people's data as records of ours: readers of formats, and what places their drafts among the records."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from generator.importers.rows import Options, Reading

DATA_BYTES = 64_000_000
"""The largest file of data that is read, in bytes."""

ARTICLE_BYTES = 4_000_000
"""The largest file with one article, in bytes."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format that can be read.

    Attributes:
        about: what it is, as one sentence.
        flags: the flags of the command line that it knows, beside those that every import has.
        read: reads the bytes of a file.
        most_bytes: the largest file that is read.
        propose: writes what `--mapping` is to begin with, from the bytes of a file; None where a format takes none.
    """

    about: str
    flags: frozenset[str]
    read: Callable[[bytes, Options], Reading]
    most_bytes: int = DATA_BYTES
    propose: Callable[[bytes], str] | None = None


def _read_claimreview(data: bytes, options: Options) -> Reading:
    from generator.importers.claimreview import read  # noqa: PLC0415

    return read(data, options)


def _read_timelinejs(data: bytes, options: Options) -> Reading:
    from generator.importers.timelinejs import read  # noqa: PLC0415

    return read(data, options)


def _read_csv(data: bytes, options: Options) -> Reading:
    from generator.importers.columns import read  # noqa: PLC0415

    return read(data, options)


def _propose_mapping(data: bytes) -> str:
    from generator.importers.columns import propose  # noqa: PLC0415

    return propose(data)


def _read_averitec(data: bytes, options: Options) -> Reading:
    from generator.importers.averitec import read  # noqa: PLC0415

    return read(data, options)


def _read_article(data: bytes, options: Options) -> Reading:
    from generator.importers.article import read  # noqa: PLC0415

    return read(data, options)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "claimreview": Format(
            "Fact checks as ClaimReview: JSON-LD, a feed, a saved page, or JSON lines.",
            frozenset({"outlet", "language", "genre", "kind"}),
            _read_claimreview,
        ),
        "timelinejs": Format(
            "A timeline of TimelineJS3: its JSON, or its sheet as CSV.",
            frozenset({"outlet", "language", "url", "genre", "kind", "phase", "topic-of"}),
            _read_timelinejs,
        ),
        "csv": Format(
            "Any table as CSV, with a mapping file that says which column is which field.",
            frozenset({"mapping", "outlet", "language", "url", "genre", "kind", "phase"}),
            _read_csv,
            propose=_propose_mapping,
        ),
        "averitec": Format(
            "Claims of the AVeriTeC data set, as its JSON.",
            frozenset({"outlet", "language", "url", "kind", "speaker-type"}),
            _read_averitec,
        ),
        "article": Format(
            "One article as Markdown, HTML, plain text or wikitext: a source with its stored text.",
            frozenset({"outlet", "language", "genre", "url", "published", "publish", "select", "markup"}),
            _read_article,
            ARTICLE_BYTES,
        ),
    }
)
"""The formats by their names. A reader is imported when it is asked for."""
