"""A whole file of ClaimReviews: each review a row, and what holds for all of them said once."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.importers.cells import note
from generator.importers.claimreview.containers import find, index
from generator.importers.claimreview.nodes import Graph, is_blank, make_node
from generator.importers.claimreview.reviewers import list_outlets
from generator.importers.claimreview.reviews import GENRE, KeptBackError, Reader
from generator.importers.jsonish import digest, read_parts, write_compact
from generator.importers.naming import fold_name
from generator.importers.rows import Reading, Remark, Row

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from generator.importers.claimreview.containers import Found
    from generator.importers.claimreview.nodes import Node
    from generator.importers.jsonish import Json
    from generator.importers.rows import Options

_ANSWER: Mapping[str, str] = MappingProxyType(
    {
        "url": "claimReview.url",
        "name": "claimReview.title",
        "author": "claimReview.publisher",
        "inLanguage": "claimReview.languageCode",
        "datePublished": "claimReview.reviewDate",
        "reviewRating": "claimReview.textualRating",
        "claimReviewed": "text",
        "itemReviewed.author": "claimant",
        "itemReviewed.datePublished": "claimDate",
    }
)
"""What fields are called in answers of Google's Fact Check Tools, by their names in ClaimReview."""
_INSIDE = frozenset({"url", "title", "publisher", "languageCode", "reviewDate", "textualRating"})
_AROUND = frozenset({"text", "claimant", "claimDate"})


def read(data: bytes, options: Options) -> Reading:
    """Read ClaimReviews out of a file of JSON, of lines of JSON, or a saved web page.

    Args:
        data: the file.
        options: what whoever imports says: `language` where reviews do not name theirs, `outlet` where they name no author,
            `genre` of reviews (news), `kind` of claims (fact).
    """
    parts, problem = read_parts(data)
    if problem:
        return Reading(problem=problem)
    objects = index(parts)
    found, said = find(parts, objects)
    if not found:
        return Reading(problem="There is no ClaimReview in this file.")
    reviews = [_review_of(one, objects) for one in found]
    named = {fold_name(name) for name in list_outlets(_review_of(one, objects) for one in found)}
    outlets = named | set(options.outlets)
    rows = tuple(
        _read_row(number, one, review, outlets, options)
        for number, (one, review) in enumerate(zip(found, reviews, strict=True), 1)
    )
    return Reading(rows, (*said, *_say(rows, options)))


def _review_of(found: Found, objects: Mapping[str, dict[str, Json]]) -> Node:
    """Give what was found as a node in the words of ClaimReview."""
    if not found.is_answer or not isinstance(found.value, dict):
        return make_node(found.value, "", Graph(objects))
    given, claim = found.value, found.around
    review: dict[str, Json] = {
        **{name: one for name, one in claim.items() if name not in _AROUND},
        **{f"claimReview.{name}": one for name, one in given.items() if name not in _INSIDE},
        "@type": "ClaimReview",
        "claimReviewed": claim.get("text"),
        "url": given.get("url"),
        "name": given.get("title"),
        "author": given.get("publisher"),
        "inLanguage": given.get("languageCode"),
        "datePublished": given.get("reviewDate"),
        "reviewRating": given.get("textualRating"),
        "itemReviewed": {"author": claim.get("claimant"), "datePublished": claim.get("claimDate")},
    }
    return make_node(review, "", Graph(objects, _ANSWER))


def _read_row(number: int, found: Found, review: Node, outlets: Collection[str], options: Options) -> Row:
    reader = Reader(options, outlets)
    raw = write_compact({**found.around, "claimReview": found.value} if found.is_answer else found.value)
    said = digest([dict(found.around), found.value])
    if found.problem or is_blank(found.value):
        remarks = (Remark("broken-json"),) if found.is_broken else ()
        return Row(number, found.at, said, (), remarks, found.problem, raw)
    if not found.is_answer:
        known = [*review.left.values()]
        reader.notes += [note(f"DataFeedItem.{name}", one) for name, one in found.around.items() if one not in known]
    try:
        drafts = reader.read(review)
    except KeptBackError as error:
        return Row(number, found.at, said, (), tuple(reader.remarks), str(error), raw)
    used = review.graph.used
    return Row(number, found.at, digest([said, *used]) if used else said, drafts, tuple(reader.remarks), "", raw)


def _say(rows: Sequence[Row], options: Options) -> Iterator[str]:
    """Say what was set for all rows without being said in any."""
    claims = [row.drafts[0] for row in rows if row.drafts]
    if not claims:
        return
    given = options.given
    yield f"Every claim is `{options.unjudged}`: the rating of another desk is no verdict of this one. It stands in the notes of the claim."
    if "kind" not in given:
        yield "Every claim is of kind `fact`; `--kind` says otherwise."
    foreign = [one for one in claims if not one.wish]
    if any("when" in one.fields for one in foreign):
        yield "The date of a claim tells in ClaimReview when it was made; where no other time is given, it is set as the time that the claim is about."
    genre = f" The genre of reviews is `{GENRE}`; `--genre` says otherwise." if foreign and "genre" not in given else ""
    yield f"No text was read: as `accessed` stands the day of the import.{genre}"
    if any(one.wish for one in claims):
        yield "Reviews of this site's own keep their ids. Verdict, reason, evidence and log are not taken from them."
