"""What a web page says of itself, beside its text: fields of its head, printed dates, licences, languages."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.importers.article.blocks import count_words

if TYPE_CHECKING:
    from generator.importers.article.blocks import Block
    from generator.importers.article.html_tokens import Start

_LONGEST_TIME = 200
_PUBLISHED = frozenset({"datepublished", "published", "entry-date", "dt-published"})
_MODIFIED = frozenset({"datemodified", "updated", "modified", "dt-updated"})


@dataclass(frozen=True, slots=True)
class Time:
    """A date that is printed on the page.

    Attributes:
        text: for machines where that is given, else as printed.
        is_marked: whether it says of itself that it is the date of publication.
        regions: the parts of the page in which it stands.
    """

    text: str
    is_marked: bool
    regions: frozenset[str]


@dataclass(slots=True)
class LeftOut:
    """What was left out of one kind.

    Attributes:
        times: how often.
        words: how many words stood there.
    """

    times: int = 0
    words: int = 0


@dataclass(slots=True)
class Page:
    """What stands on a page.

    Attributes:
        blocks: all blocks that are seen.
        found: how many elements there are of each part of a page: `article`, `main`, `mw-parser-output`.
        languages: what each part says of its language, the whole page as `html`.
        metas: names and values of its `<meta>` elements, in order.
        links: what its `<link>` elements and licence links lead to, by their relation.
        title: the title of the page in its head.
        times: the dates printed on it.
        left_out: what is no text of it, by the name of its element.
        dropped: how many invisible control characters were left out.
        unclosed: what lasts until the end of the file because it is never closed, with its words.
    """

    blocks: list[Block] = field(default_factory=list)
    found: Counter[str] = field(default_factory=Counter)
    languages: dict[str, str] = field(default_factory=dict)
    metas: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    title: str = ""
    times: list[Time] = field(default_factory=list)
    left_out: defaultdict[str, LeftOut] = field(default_factory=lambda: defaultdict(LeftOut))
    dropped: int = 0
    unclosed: dict[str, int] = field(default_factory=dict)

    def count(self, name: str, words: int) -> None:
        """Count something that is left out."""
        self.left_out[name].times += 1
        self.left_out[name].words += words

    def read_meta(self, tag: Start) -> None:
        """Read a `<meta>` element."""
        said = tag.attributes
        name = said.get("property") or said.get("name") or said.get("itemprop") or said.get("http-equiv") or ""
        if name.strip() and said.get("content", "").strip():
            self.metas.append((name.strip(), said["content"].strip()))

    def read_link(self, tag: Start) -> None:
        """Read a `<link>` element."""
        address = tag.attributes.get("href", "").strip()
        if address:
            self.links += ((relation, address) for relation in tag.attributes.get("rel", "").lower().split())

    def read_anchor(self, tag: Start) -> None:
        """Read whether a link leads to a licence."""
        address = tag.attributes.get("href", "").strip()
        if "license" in tag.attributes.get("rel", "").lower().split() and address:
            self.links.append(("license", address))

    def note_language(self, part: str, tag: Start) -> None:
        """Note the language of a part of the page; of several parts of one name that of the first."""
        said = tag.attributes.get("lang") or tag.attributes.get("xml:lang")
        if said and said.strip():
            self.languages.setdefault(part, said.strip())

    def count_picture(self, tag: Start) -> None:
        """Count the words that stand for a picture."""
        words = count_words(tag.attributes.get("alt", ""))
        if words:
            self.count("img", words)


@dataclass(slots=True)
class PrintedTime:
    """A `<time>` element that is being read.

    Attributes:
        said: its attributes.
        regions: the parts of the page in which it stands.
        printed: its words so far.
    """

    said: dict[str, str]
    regions: frozenset[str]
    printed: list[str] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Add words; a date has few."""
        if sum(map(len, self.printed)) < _LONGEST_TIME:
            self.printed.append(text)

    def finish(self) -> Time | None:
        """Give the date."""
        words = {*self.said.get("itemprop", "").lower().split(), *self.said.get("class", "").lower().split()}
        is_marked = "pubdate" in self.said or bool(words & _PUBLISHED)
        is_other = bool(words & _MODIFIED) and "datepublished" not in words
        text = self.said.get("datetime", "").strip() or " ".join("".join(self.printed).split())
        return Time(text, is_marked and not is_other, self.regions) if text else None
