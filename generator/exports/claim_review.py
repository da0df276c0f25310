"""Judged claims as ClaimReview (schema.org), the markup that fact-check aggregators read: in pages, and as one feed.

A verdict without `rating` in the vocabulary is given as its word, never as a number: 3 would say “half true”.
"""

from __future__ import annotations

import json
import re
from itertools import dropwhile
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from generator import dates
from generator.derive.roots import texts_of
from generator.dialect import prose_plain
from generator.exports.published import Collection, Offer, list_sections, write_item
from generator.paths import page_path, page_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from generator.dates import When
    from generator.derive import Views
    from generator.exports.published import Plain, Section
    from generator.link import Library
    from generator.records import Claim, Source
    from generator.settings import Settings
    from generator.vocabulary import Verdict

PATH = "data/claimreview.json"

_CONTEXT = "https://schema.org"
_BEST, _WORST = 5, 1
_NO_REVIEW = frozenset({"unjudged", "not-judged"})
_TYPES: Mapping[str, str] = MappingProxyType(
    {"news": "NewsArticle", "wire": "NewsArticle", "post": "SocialMediaPosting", "dataset": "Dataset"}
)
"""What a genre is in schema.org; any other is a `CreativeWork`, which says nothing wrong of it."""
_AUTHORS: Mapping[str, str] = MappingProxyType(
    {"person": "Person", "organisation": "Organization", "outlet": "Organization"}
)
"""What a voice is in schema.org, where neither a place nor a document can be the author of anything."""

_ISO = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d))?)?)?"
_PLAIN_DATE = re.compile(_ISO)
_PLAIN_TIME = re.compile(rf"{_ISO}(?:/(?:{_ISO}|\.\.))?")
_ESCAPES = MappingProxyType({ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"})


def compose_review(library: Library, _views: Views, _kind: str, one: str) -> Plain:
    """Give the review of a claim as a ClaimReview; None where there is none.

    There is none of a claim that nobody has judged yet, nor of an opinion or a forecast: its verdict says that it is not
    judged true or false, and whatever stands among reviews is taken for a judgement. What decides is the rule that holds
    the verdict in the vocabulary, not its word.

    Dates are those that ISO 8601 has: a day, a month, a year, a moment with its zone. All others are left out. The author
    of what is reviewed is the speaker of a statement, else the first voice of the first chain: an outlet for its own words,
    nobody for a voice that is unnamed or only `claimed`. No words of a source are in it but its title.
    """
    claim, settings = library.claims[one], library.settings
    verdict = library.vocabulary.verdicts[claim.verdict]
    if verdict.rule in _NO_REVIEW:
        return None
    judged = [entry.on for entry in claim.log if library.vocabulary.rule_of(entry.verdict) not in _NO_REVIEW]
    url = f"{settings.address}{page_url(page_path('claim', one))}"
    return _without_blanks(
        {
            "@context": _CONTEXT,
            "@type": "ClaimReview",
            "@id": url,
            "url": url,
            "inLanguage": settings.languages[0],
            "claimReviewed": prose_plain(claim.says),
            "author": {"@type": "Organization", "name": settings.publisher, "url": settings.address},
            "datePublished": judged[0].isoformat() if judged else "",
            "dateModified": judged[-1].isoformat() if judged else "",
            "reviewRating": _rate(verdict),
            "reviewBody": prose_plain(claim.why or ""),
            "itemReviewed": _describe_claim(library, claim),
        }
    )


def write_script(plain: Plain) -> str:
    """Write plain data as JSON for a `<script>` of a page: no text in it can end the script or begin a comment."""
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def _without_blanks(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in ("", None, [])}


def _rate(verdict: Verdict) -> dict[str, Any]:
    """Give a verdict as a rating: 1 is false and 5 is true, as the vocabulary has it; or as its word alone."""
    word = {"@type": "Rating", "alternateName": verdict.label}
    if verdict.rating is None:
        return word
    return {**word, "ratingValue": verdict.rating, "bestRating": _BEST, "worstRating": _WORST}


def _describe_claim(library: Library, claim: Claim) -> dict[str, Any]:
    """Describe what is reviewed: who claims it, when that was said, what time it is about, where it is said."""
    sources = [library.sources[source] for source in dict.fromkeys(item.source for item in claim.seen)]
    voice, said = _find_voice(library, claim)
    first = _find_first(library, claim)
    return _without_blanks(
        {
            "@type": "Claim",
            "author": _describe_author(library, voice) if voice else None,
            "datePublished": _write_date(said),
            "temporalCoverage": _write_time(claim.when),
            "firstAppearance": _describe_source(library, first) if first and first.url else None,
            "appearance": [_describe_source(library, source) for source in sources if source.url],
        }
    )


def _find_voice(library: Library, claim: Claim) -> tuple[str | None, When | None]:
    """Find who claims it, and when they said so: an entity, and a date as far as it was typed.

    What is judged of a statement is that somebody said it. That is claimed by whoever reports it, never by the speaker: a rating
    beside the speaker's name would be read as one of what they said.
    """
    item = next(iter(claim.seen), None)
    chain = item.paths[0] if item and item.paths else None
    if item is None or chain is None or chain.reach == "untraced":
        return None, None
    speaker = claim.speaker if claim.kind == "statement" else None
    hops = tuple(dropwhile(lambda hop: hop.who is not None and hop.who == speaker, chain.hops))
    if not hops:
        source = library.sources[texts_of(library.sources, item.source)[0]]
        return (source.outlet, source.dated) if source.outlet != speaker else (None, None)
    return hops[0].who, hops[0].on


def _describe_author(library: Library, voice: str) -> dict[str, Any] | None:
    entity = library.entities[voice]
    if entity.type not in _AUTHORS:
        return None
    same = f"https://www.wikidata.org/wiki/{entity.wikidata}" if entity.wikidata else ""
    return _without_blanks({"@type": _AUTHORS[entity.type], "name": entity.name, "sameAs": same})


def _find_first(library: Library, claim: Claim) -> Source | None:
    """Find the first known text with the claim: the one that is certainly older than all others on record."""
    ids = dict.fromkeys(one for one in _list_texts(claim) if one in library.sources)
    dated = [(source, source.dated) for source in map(library.sources.__getitem__, ids)]
    if len(dated) == 1:
        return dated[0][0]
    known = [(source, when) for source, when in dated if when is not None]
    if not known or len(known) < len(dated):
        return None
    first, when = min(known, key=lambda one: dates.sort_key(one[1]))
    is_first = all(source is first or dates.is_before(when, other) for source, other in known)
    return first if is_first else None


def _list_texts(claim: Claim) -> Iterator[str]:
    """List the texts that say it, and those with the own words of a voice through whom it came."""
    for item in claim.seen:
        yield item.source
        yield from (hop.source for chain in item.paths for hop in chain.hops if hop.source)


def _describe_source(library: Library, source: Source) -> dict[str, Any]:
    """Describe a text; where the day of writing was typed, the printed one is missing or wrong."""
    outlet = library.entities[source.outlet]
    return _without_blanks(
        {
            "@type": _TYPES.get(source.genre, "CreativeWork"),
            "url": source.url,
            "headline": source.title,
            "inLanguage": source.language,
            "datePublished": "" if source.written else _write_date(source.published),
            "dateCreated": _write_date(source.written),
            "publisher": {"@type": _AUTHORS.get(outlet.type, "Organization"), "name": outlet.name},
        }
    )


def _write_date(when: When | None) -> str:
    """Write a date as ISO 8601; nothing for one that is not plain. A clock time without a zone gives its day."""
    if when is None:
        return ""
    text = when.text if when.clock is None or _PLAIN_DATE.fullmatch(when.text) else when.text.partition("T")[0]
    return text if _PLAIN_DATE.fullmatch(text) else ""


def _write_time(when: When | None) -> str:
    """Write the time that a claim is about: a date, or a stretch whose end may be open."""
    if when is None or not _PLAIN_TIME.fullmatch(when.text):
        return _write_date(when)
    return when.text


def _compose_item(library: Library, views: Views, kind: str, one: str) -> Plain:
    review = compose_review(library, views, kind, one)
    if review is None:
        return None
    days = {"dateCreated": review.get("datePublished", ""), "dateModified": review.get("dateModified", "")}
    return {"@type": "DataFeedItem", **_without_blanks(days), "item": review}


def _lay_out(settings: Settings, _today: date) -> tuple[Section, ...]:
    url = f"{settings.address}{PATH}"
    head = {
        "@context": _CONTEXT,
        "@type": "DataFeed",
        "@id": url,
        "url": url,
        "name": f"{settings.title}: reviewed claims",
        "description": prose_plain(settings.description),
        "inLanguage": settings.languages[0],
        "license": settings.licence.url,
        "publisher": {"@type": "Organization", "name": settings.publisher, "url": settings.address},
    }
    return list_sections(head, {"dataFeedElement": ("claim",)})


CLAIM_REVIEWS = Collection(
    PATH,
    Offer(
        "Reviewed claims",
        "Every judged claim as ClaimReview (schema.org), in one DataFeed; the page of each claim carries the same. "
        "A verdict that is no degree between true and false is given as its word, without a number.",
        "For fact-check aggregators",
        "jq '.dataFeedElement[].item | [.claimReviewed, .reviewRating.alternateName, .url]' claimreview.json",
    ),
    _compose_item,
    write_item,
    _lay_out,
    ",",
)
