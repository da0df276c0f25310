"""The records as they were typed, with what was computed of each claim: all in one file, and each in one of its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from generator import quotations
from generator.derive.passages import citations_of
from generator.exports.published import CORRECTIONS, Collection, LeafFile, Offer, list_sections, write_item
from generator.paths import page_path, page_url
from generator.records import FOLDERS, KINDS
from generator.records.fields import PRIVATE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from generator.derive import Standing, Tally, Views
    from generator.exports.published import Plain, Section
    from generator.link import Library
    from generator.records import Record
    from generator.settings import Settings

_BESIDE = {"__all__": {"prefix", "suffix"}}
_DESK = dict.fromkeys(PRIVATE, True)
_PRIVATE: Mapping[str, Any] = {
    "source": {"skipped": True, **_DESK},
    "entity": _DESK,
    "claim": {"seen": _BESIDE, "evidence": _BESIDE, **_DESK},
    "event": {"evidence": _BESIDE, **_DESK},
    "topic": _DESK,
}
"""What is never published: words of a source beside the quotation, and what concerns the desk alone."""


def shown_date_words(library: Library, one: str) -> str | None:
    """Give a source's own words for the date if they stand in a quotation that may be shown."""
    event = library.events[one]
    if event.as_stated is None:
        return None
    citing = (("event", one), *(("claim", claim) for claim in event.rests_on))
    for cited_by in citing:
        for _, item in citations_of(library, *cited_by):
            if (
                item.quote is not None
                and library.shows_words(item.source)
                and quotations.stands_in(event.as_stated, quotations.fold(item.quote))
            ):
                return event.as_stated
    return None


def _plain(library: Library, kind: str, record: Record) -> dict[str, Any]:
    public = [name for name in KINDS[kind].model_fields if name not in PRIVATE]
    typed = KINDS[kind].model_construct(**{name: getattr(record, name) for name in public})
    plain = typed.model_dump(
        mode="json", by_alias=True, exclude_none=True, exclude_defaults=True, exclude=_PRIVATE.get(kind)
    )
    for item in (*plain.get("seen", ()), *plain.get("evidence", ())):
        if not library.shows_words(item["in"]):
            item.pop("quote", None)
    if "as_stated" in plain and shown_date_words(library, record.id) is None:
        del plain["as_stated"]
    return plain


def _tally(tally: Tally) -> dict[str, Any]:
    origins = [{"root": origin.root, "voices": list(origin.voices)} for origin in tally.origins]
    return {"reports": tally.reports, "origins": origins, **({"conduit": tally.conduit} if tally.conduit else {})}


def _standing(standing: Standing) -> dict[str, Any]:
    return {
        "said": standing.said.reach,
        "hops": standing.said.hops,
        "reports": _tally(standing.reports),
        "support": _tally(standing.support),
        "against": _tally(standing.against),
        "flags": list(standing.flags),
    }


def compose_record(library: Library, views: Views, kind: str, one: str) -> Plain:
    """Give one record as it was typed, with what was computed about a claim; or the log of corrections, as a list.

    Of a source that is not published in full, only quotations are in it; of one with `publish: none` not even those.
    """
    if kind == CORRECTIONS:
        log = [correction.model_dump(mode="json", exclude_none=True) for correction, _ in library.corrections]
        return log or None
    plain = _plain(library, kind, library.located[kind, one].record)
    if kind == "claim":
        plain["computed_standing"] = _standing(views.standings[one])
    return plain


def _write(plain: Plain) -> str:
    return ",".join(map(write_item, plain)) if isinstance(plain, list) else write_item(plain)


def _lay_out(settings: Settings, today: date) -> tuple[Section, ...]:
    head = {
        "$schema": "schema.json",
        "title": settings.title,
        "publisher": settings.publisher,
        "licence": settings.licence.model_dump(),
        "data_as_of": today.isoformat(),
    }
    lists = {folder: (kind,) for kind, folder in FOLDERS.items()}
    return list_sections(head, {**lists, "corrections": (CORRECTIONS,)})


RECORDS = Collection(
    "data/records.json",
    Offer(
        "All records",
        "Every record as it was typed, with what the build computed about each claim, and the log of corrections.",
        "Whole data set",
        "jq '.claims[] | select(.verdict == \"refuted\") | .says' records.json",
    ),
    compose_record,
    _write,
    _lay_out,
    ",",
)

RECORD = "record.json"
"""The name of the file of one record, which stands beside its page."""

RECORD_FILE = Offer(
    "Each record by itself",
    "The same of one record, beside its page: put record.json behind the address of a claim, source, event, name or fact sheet.",
    "Whole data set",
    pattern="claims/ID/record.json",
)


def write_record_file(settings: Settings, kind: str, one: str, plain: Plain) -> LeafFile:
    """Write the file of one record, which stands beside its page.

    Args:
        settings: the site's settings.
        kind: the record's kind.
        one: its id.
        plain: what `compose_record` gave.
    """
    url = page_url(page_path(kind, one))
    whole = {
        "$schema": "../../data/record-schema.json",
        "url": f"{settings.address}{url}",
        "publisher": settings.publisher,
        "licence": settings.licence.model_dump(),
        kind: plain,
    }
    return LeafFile(f"{url}{RECORD}", json.dumps(whole, ensure_ascii=False, indent=1) + "\n", whole)
