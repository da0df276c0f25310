"""One ClaimReview as records: the claim, the review as its source, who claims it, where it stood."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.dialect import escape
from generator.importers.cells import (
    has_control,
    has_markup,
    has_words,
    note,
    plain_text,
    read_date,
    read_url,
    write_line,
    write_prose,
)
from generator.importers.claimreview.appearances import Review, read_appearances
from generator.importers.claimreview.nodes import Node, make_node, take_language
from generator.importers.claimreview.ratings import read_rating
from generator.importers.claimreview.reviewers import read_reviewer
from generator.importers.claimreview.voices import read_voices
from generator.importers.jsonish import key_of
from generator.importers.naming import fold_name, is_id
from generator.importers.pool import list_handles
from generator.importers.rows import Draft, Handle, Remark
from generator.importers.unread import cite, draft_source, host_of, is_after, is_same, without_fragment
from generator.paths import page_path, page_url

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from generator.importers.cells import DateForm
    from generator.importers.claimreview.appearances import Appearances
    from generator.importers.claimreview.reviewers import Reviewer
    from generator.importers.rows import Options, Value

GENRE = "news"
"""The genre of a review of which nobody says it."""

_OF_REVIEWS = (
    "@id url name headline publisher author reviewBody description image sdPublisher sdLicense sdDatePublished license dateCreated "
    "dateModified datePublished inLanguage mainEntityOfPage keywords articleBody about isPartOf thumbnailUrl abstract"
)
_OF_CLAIMS = "@id name text image description datePublished dateCreated temporalCoverage headline sameAs about inLanguage publisher"
_KNOWN, _KNOWN_OF_CLAIM = frozenset(_OF_REVIEWS.split()), frozenset(_OF_CLAIMS.split())
"""Fields of which nobody needs to be told that they are unknown; those without a place are noted all the same."""
_PLAIN_TYPES = frozenset({"Claim", "CreativeWork"})


class KeptBackError(Exception):
    """Nothing can be made of a row; the message says why, as a sentence."""


@dataclass(slots=True)
class Reader:
    """Makes the drafts of one review.

    Attributes:
        options: what whoever imports says.
        outlets: folded names of all outlets that are there or that the file names.
        notes: what has no place in the claim.
        remarks: what was not understood.
    """

    options: Options
    outlets: Collection[str]
    notes: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def read(self, review: Node) -> tuple[Draft, ...]:
        """Make the drafts, the claim first.

        Raises:
            KeptBackError: something is missing or cannot be written without which there is no claim.
        """
        says, words = self._read_words(review)
        url = self._read_address(review)
        is_own = is_ours(self.options, url)
        form: DateForm | None = "edtf" if is_own else None
        reviewer = read_reviewer(review, self.options, url)
        claim = self._find_claim(review)
        places = read_appearances(claim, Review(self.options, host_of(url or ""), reviewer.name, is_own))
        authors = [one for name in ("author", "creator") for one in claim.parts(name)]
        voices = read_voices(authors, self.outlets, claim.field("author"))
        sources = [*places.sources.values()]
        if not (is_own and sources):  # no page of ours is a source for a claim of ours, unless there is no other
            sources.insert(0, self._draft_review(review, reviewer, url, form))
        elif reviewer.name != self.options.publisher:
            self.notes.append(note(review.field("author"), reviewer.name))
        when, said = self._read_times(claim, sources, voices.hops, form)
        ratings, remarks = read_rating(review.part("reviewRating"), review.field("reviewRating"))
        self.remarks += [*reviewer.remarks, *places.remarks, *voices.remarks, *remarks]
        self.remarks += [*review.remarks(_KNOWN), *claim.remarks(_KNOWN_OF_CLAIM)]
        self.notes += [*ratings, *places.notes, *voices.notes, *reviewer.notes, *claim.notes(), *review.notes()]
        fields: dict[str, Value] = {
            "says": says,
            **self._say_kind(voices.hops),
            "when": when,
            "seen": [
                cite(one, *_begin(one, places, reviewer.name, says, is_own=is_own), voices.hops, said)
                for one in sources
            ],
            "verdict": self.options.unjudged,
        }
        own = Draft(
            "claim",
            f"{url or reviewer.name}#{key_of([fold_name(words)])[:12]}",
            {name: value for name, value in fields.items() if value},
            tuple(dict.fromkeys(self.notes)),
            own_id(self.options, url),
            words,
            ours=bool(own_id(self.options, url)),
        )
        entities = [*reviewer.drafts, *voices.drafts, *places.drafts]
        return (own, *sources, *_list_used(entities, (own, *sources)))

    def _read_words(self, review: Node) -> tuple[str, str]:
        raw, name = review.text("claimReviewed"), review.field("claimReviewed")
        words = plain_text(raw)
        if not has_words(words):
            self.remarks.append(Remark("field-missing", name, raw))
            raise KeptBackError(f"It does not say which claim is reviewed: `{name}` has no words.")
        says = write_prose(words)
        if says is None:
            self.remarks.append(Remark("too-long", name, raw))
            raise KeptBackError(
                f"`{name}` has {len(words):,} characters and cannot be written as a claim; 1,200 are the most, marks of Markdown count twice."
            )
        odd = {"markup-dropped": has_markup(raw), "control-characters": has_control(raw)}
        self.remarks += [Remark(code, name, raw) for code, is_so in odd.items() if is_so]
        self.notes += [note(name, raw)] if any(odd.values()) else []
        return says, words

    def _read_address(self, review: Node) -> str | None:
        typed, one = review.text("url"), review.left.get("@id")
        url, refused = read_url(typed or (one if isinstance(one, str) else ""))
        if typed and refused:
            self.notes.append(note(review.field("url"), typed))
            self.remarks.append(Remark("url-refused", review.field("url"), typed))
        elif url is None:
            self.remarks.append(Remark("field-missing", review.field("url")))
        if one is not None and one == url:
            del review.left["@id"]
        return url

    def _find_claim(self, review: Node) -> Node:
        claim = review.part("itemReviewed")
        if isinstance(claim, str):
            self.notes += [note(review.field("itemReviewed"), claim)] if claim else []
            claim = make_node({}, "itemReviewed", review.graph)
        self.notes += [note(claim.field("@type"), one) for one in claim.types if one not in _PLAIN_TYPES]
        return claim

    def _draft_review(self, review: Node, reviewer: Reviewer, url: str | None, form: DateForm | None) -> Draft:
        name = next((one for one in ("datePublished", "dateCreated") if one in review.left), "datePublished")
        published = self._read_date(review, name, form)
        called = review.text("name", "headline")
        title = write_line(plain_text(called)) if called else None
        if called and not title:
            self.notes.append(note(review.field("name"), called))
            self.remarks.append(Remark("too-long", review.field("name"), called))
        language = take_language(review)
        if language is None and "inLanguage" in review.left:
            self.remarks.append(Remark("value-unread", review.field("inLanguage")))
        language = language or self.options.given.get("language")
        if not language:
            raise KeptBackError("It does not say in which language the review is written; say so with `--language`.")
        genre = self.options.given.get("genre", GENRE)
        if self.options.genres and genre not in self.options.genres:
            raise KeptBackError(
                f"`{genre}` is no genre of this site; say with `--genre` what sort of text a review is."
            )
        if reviewer.outlet is None:
            self.remarks.append(Remark("field-missing", review.field("author")))
            raise KeptBackError("It does not say who published the review; say so with `--outlet`.")
        page = without_fragment(url or "")
        fields: dict[str, Value] = {
            "title": title,
            "outlet": reviewer.outlet,
            "authors": list(reviewer.authors),
            "published": published,
            "url": page,
            "language": language,
            "genre": genre,
            "summary": write_prose(f"A review of claims by {reviewer.name}."),
        }
        key = page or f"{reviewer.name} {published or 'undated'} {key_of([called])[:12]}"
        return draft_source(key, self.options, fields)

    def _read_times(
        self, claim: Node, sources: Sequence[Draft], voices: Sequence[Value], form: DateForm | None
    ) -> tuple[str | None, str]:
        """Read the time that the claim is about, and when it was said; a feed gives mostly the second and calls it neither."""
        name = "datePublished" if "datePublished" in claim.left else "dateCreated"
        about = "temporalCoverage" in claim.left or form == "edtf"
        when = self._read_date(claim, "temporalCoverage" if about else name, form, sources)
        typed = claim.left.get(name)
        said = self._read_date(claim, name, form, sources) if about else None
        is_placed = any(not is_same(one, source.fields.get("outlet")) for source in sources for one in voices)
        if said and not is_placed and said not in [one.fields.get("published") for one in sources]:
            self.notes.append(note(claim.field(name), typed))
        return when, said or ""

    def _read_date(self, node: Node, name: str, form: DateForm | None, sources: Sequence[Draft] = ()) -> str | None:
        """Take a date; one that lies after a source that reports it is none."""
        typed = node.text(name)
        date, remark = read_date(typed, form, node.field(name))
        if date and self.options.given.get("kind") != "forecast" and any(is_after(date, one) for one in sources):
            date, remark = None, Remark("date-after-review", node.field(name), typed)
        self.remarks += [remark] if remark else []
        self.notes += [note(node.field(name), typed)] if typed and date is None else []
        return date

    def _say_kind(self, voices: Sequence[Value]) -> dict[str, Value]:
        kind = self.options.given.get("kind", "fact")
        speaker = next((one for one in voices if isinstance(one, Handle)), None)
        if kind == "statement" and speaker is None:
            raise KeptBackError(
                "A claim of kind `statement` has a speaker, and it is not said which person or body that is."
            )
        return {"kind": kind, **({"speaker": speaker} if kind == "statement" else {})}


def _begin(source: Draft, places: Appearances, name: str, says: str, *, is_own: bool) -> tuple[str, str]:
    """Say what a source has to do with the claim; the claim follows where its figures must stand."""
    if source.key not in places.sources:
        return "Reviews the claim:", says
    return (
        (f"Named by {escape(name)} as a place where this is said:", says)
        if is_own
        else (f"Shows the claim as reviewed by {escape(name)}.", "")
    )


def _list_used(entities: Sequence[Draft], others: Sequence[Draft]) -> Iterator[Draft]:
    """List the entities that other drafts refer to."""
    used = {
        (one.type, fold_name(one.key))
        for draft in others
        for value in draft.fields.values()
        for one in list_handles(value)
    }
    return (one for one in entities if (one.fields["type"], fold_name(one.key)) in used)


def is_ours(options: Options, url: str | None) -> bool:
    """Tell whether a review stands on this site."""
    return bool(options.address and url and url.startswith(options.address))


def own_id(options: Options, url: str | None) -> str:
    """Give the id of a claim of this site by the address of its page; empty where it is no such address."""
    if not url or not is_ours(options, url):
        return ""
    rest = without_fragment(url).removeprefix(options.address)
    one = rest.rstrip("/").rpartition("/")[2].removesuffix("-")
    return one if is_id(one) and page_url(page_path("claim", one)) == rest else ""
