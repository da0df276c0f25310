"""Where ClaimReviews stand in a file: alone, in lists, feeds and graphs, in web pages, in answers of Google's Fact Check Tools."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.importers.claimreview.nodes import REFERENCE, is_blank, is_review, types_of
from generator.importers.jsonish import write_compact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.importers.jsonish import Json, Part

_LISTS = frozenset({"dataFeedElement", "claims"})
"""Fields whose items are meant to be reviews, so that one which is none is reported."""
_NO_HEAD = frozenset({"@context", "@type", "type", "@id", "@graph"})
_LONGEST_HEAD = 200


@dataclass(frozen=True, slots=True)
class Found:
    """A row of the file.

    Attributes:
        at: where it stands.
        value: a ClaimReview, or what stands in the place of one.
        problem: why nothing can be made of it, as a sentence; else empty.
        around: the fields of what it stands in: an item of a feed, or a claim of Google's.
        is_answer: whether it is an answer of Google's, whose fields have other names.
        is_broken: whether it is text that cannot be read as JSON.
    """

    at: str
    value: Json
    problem: str = ""
    around: Mapping[str, Json] = field(default_factory=lambda: MappingProxyType({}))
    is_answer: bool = False
    is_broken: bool = False


def find(parts: Iterable[Part], objects: Mapping[str, Json]) -> tuple[tuple[Found, ...], tuple[str, ...]]:
    """Find all reviews of a file, and all that stands where a review is meant to stand.

    Args:
        parts: the values of the file.
        objects: what can be referred to, as `index` gives it. A reference to a review is no second review.

    Returns:
        The rows in the order of the file; and sentences with what feeds say of themselves.
    """
    found: list[Found] = []
    said: dict[str, None] = {}
    for part in parts:
        if part.problem:
            found.append(Found(part.at, part.raw, part.problem, is_broken=True))
            continue
        found += _walk(part, objects, said)
    return tuple(found), tuple(said)


def index(parts: Iterable[Part]) -> dict[str, dict[str, Json]]:
    """List the objects with an `@id` that say more than that, the first of each."""
    objects: dict[str, dict[str, Json]] = {}
    waiting: list[Json] = [part.value for part in parts][::-1]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            one = value.get("@id")
            if isinstance(one, str) and not set(value) <= REFERENCE:
                objects.setdefault(one, value)
            waiting += [*value.values()][::-1]
        elif isinstance(value, list):
            waiting += value[::-1]
    return objects


def _walk(part: Part, objects: Mapping[str, Json], said: dict[str, None]) -> Iterator[Found]:
    none: Mapping[str, Json] = MappingProxyType({})
    waiting = [(part.value, "", not part.is_block, none)]
    while waiting:
        value, pointer, meant, around = waiting.pop()
        place = " ".join(filter(None, (part.at, pointer))) or "/"
        if isinstance(value, dict) and set(value) <= REFERENCE and is_review(objects.get(str(value.get("@id")))):
            continue
        if is_review(value):
            yield Found(place, value, around=around)
        elif isinstance(value, list) and value:
            waiting += [(one, f"{pointer}/{n}", meant, around) for n, one in enumerate(value)][::-1]
        elif isinstance(value, dict) and "claimReview" in value:
            yield from _read_answer(value, place)
        elif isinstance(value, dict) and meant and "item" in value:
            others = {name: one for name, one in value.items() if name not in {"item", "@type"} and not is_blank(one)}
            waiting.append((value["item"], f"{pointer}/item", True, others))
        elif isinstance(value, dict) and (not meant or _holds_review(value)):
            for sentence in _read_head(value):
                said[sentence] = None
            steps = [(name.replace("~", "~0").replace("/", "~1"), name) for name in value]
            waiting += [(value[name], f"{pointer}/{step}", name in _LISTS, none) for step, name in steps][::-1]
        elif meant:
            yield Found(place, value, "" if is_blank(value) else "It is no ClaimReview.")


def _holds_review(value: Json) -> bool:
    """Tell whether a review, or a list that is meant to hold some, stands anywhere in a value."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if is_review(one) or "claimReview" in one or _LISTS & one.keys():
                return True
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return False


def _read_answer(value: dict[str, Json], place: str) -> Iterator[Found]:
    """Take the reviews out of a claim as Google's Fact Check Tools give it."""
    reviews, claim = value["claimReview"], {name: one for name, one in value.items() if name != "claimReview"}
    several = reviews if isinstance(reviews, list) else [reviews]
    start = "" if place == "/" else place
    for number, review in enumerate(several):
        at = f"{start}/claimReview/{number}" if isinstance(reviews, list) else f"{start}/claimReview"
        problem = "" if isinstance(review, dict) else "The claim has no review."
        yield Found(at, review, problem, claim, is_answer=True)
    if not several:
        yield Found(place, value, "The claim has no review.")


def _read_head(value: dict[str, Json]) -> Iterator[str]:
    """Say what a feed says of itself: its name, its licence, its publisher."""
    if not _LISTS & value.keys():
        return
    kind = "feed" if "DataFeed" in types_of(value) else "file"
    for name, one in value.items():
        if name not in _LISTS | _NO_HEAD and not is_blank(one):
            text = one if isinstance(one, str) else write_compact(one)
            shown = text if len(text) <= _LONGEST_HEAD else f"{text[:_LONGEST_HEAD]} …"
            yield f"The {kind} says of itself, `{name}`: {shown}"
