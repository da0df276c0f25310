"""Who publishes and who claims: names in a file as entities, where it says what they are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.importers.cells import has_words, note, plain_text, write_line, write_prose
from generator.importers.claimreview.nodes import Node, says_nothing
from generator.importers.jsonish import write_compact
from generator.importers.naming import fold_name
from generator.importers.rows import Handle, Remark
from generator.importers.unread import draft_entity

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from generator.importers.rows import Draft, Value

_ORGANISATIONS = (
    "Organization Airline Consortium Cooperative Corporation EducationalOrganization CollegeOrUniversity School GovernmentOrganization "
    "FundingAgency LibrarySystem LocalBusiness MedicalOrganization Hospital NGO OnlineBusiness OnlineStore PerformingGroup MusicGroup "
    "PoliticalParty Project ResearchProject ResearchOrganization SearchRescueOrganization SportsOrganization SportsTeam WorkersUnion"
)  # fmt: skip
_TYPES: Mapping[str, str] = MappingProxyType(
    {"Person": "person", "NewsMediaOrganization": "outlet", **dict.fromkeys(_ORGANISATIONS.split(), "organisation")}
)
_WIKIDATA = re.compile(r"https?://(?:www\.|m\.)?wikidata\.org/(?:wiki/|entity/)(Q[1-9][0-9]{0,11})/?", re.ASCII)
_PLACEHOLDER = re.compile(r"x{2,}", re.IGNORECASE)
KNOWN = frozenset(
    {"name", "url", "sameAs", "image", "logo", "jobTitle", "@id", "description", "alternateName", "affiliation", "worksFor", "site"}
)  # fmt: skip
"""Fields of authors and publishers that are usual; most of them are noted all the same."""


@dataclass(slots=True)
class Voices:
    """Those who said something.

    Attributes:
        hops: handles of entities, or `{unnamed: ...}`.
        drafts: of the entities.
        notes: what has no place in the claim.
        remarks: what was not understood.
    """

    hops: list[Value] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def name_of(voice: Node | str) -> str:
    """Give the name of somebody as plain text, without taking it; empty where there is none, or only `XXXX`."""
    named = voice.graph.unwrap(voice.left.get("name")) if isinstance(voice, Node) else voice
    plain = plain_text(named) if isinstance(named, str) else ""
    return plain if has_words(plain) and not _PLACEHOLDER.fullmatch(plain) else ""


def type_of(voice: Node | str, outlets: Collection[str]) -> str:
    """Tell what somebody is, person, organisation or outlet; empty where the file does not say.

    An organisation of the name of an outlet is that outlet: under two types one voice would be two.
    """
    types = voice.types if isinstance(voice, Node) else ()
    found = next((_TYPES[one] for one in types if one in _TYPES), "")
    return "outlet" if found == "organisation" and fold_name(name_of(voice)) in outlets else found


def draft_voice(voice: Node, handle: Handle) -> tuple[Draft, list[Remark]]:
    """Draft the entity that an object describes: what has a place in it, and notes of the rest."""
    voice.left.pop("name", None)
    remarks = [*voice.remarks(KNOWN)]
    same = voice.parts("sameAs")
    items = {found[1] for one in same if isinstance(one, str) and (found := _WIKIDATA.fullmatch(one))}
    item = items.pop() if len(items) == 1 else ""
    noted = [one for one in same if not (item and isinstance(one, str) and _WIKIDATA.fullmatch(one))]
    voice.said += [note("sameAs", one.left if isinstance(one, Node) else one) for one in noted]
    title = voice.text("jobTitle")
    description = write_prose(plain_text(title)) if title else None
    if title and description is None:
        voice.said.append(note("jobTitle", title))
    fields: dict[str, Value] = {"description": description, "wikidata": item}
    return draft_entity(handle, fields, [*voice.notes(within=True)]), remarks


def read_voices(authors: Sequence[Node | str], outlets: Collection[str], field_: str) -> Voices:
    """Read who made a claim.

    A name of which the file does not say whether it is a person or a body is a voice without a record of its own; words such as
    “viral post” are not told from names.

    Args:
        authors: what the file says.
        outlets: folded names of outlets.
        field_: what the field is called in the file.
    """
    voices = Voices()
    for author in authors:
        name, type_ = name_of(author), type_of(author, outlets)
        line = write_line(name) if name else None
        if line is None:
            said = write_compact(author.left) if isinstance(author, Node) else author
            if not (isinstance(author, Node) and says_nothing(author)):
                voices.notes.append(note(field_, author.left if isinstance(author, Node) else author))
            voices.remarks.append(Remark("too-long" if name else "author-unknown", field_, said))
        elif type_ and isinstance(author, Node):
            handle = Handle("entity", line, type_)
            draft, remarks = draft_voice(author, handle)
            voices.drafts.append(draft)
            voices.remarks += remarks
            _add(voices, handle)
        else:
            if isinstance(author, Node):
                author.left.pop("name", None)
                voices.notes += author.notes()
                voices.remarks += author.remarks(KNOWN)
            _add(voices, {"unnamed": line})
    if not authors:
        voices.remarks.append(Remark("author-unknown", field_))
    return voices


def _add(voices: Voices, hop: Value) -> None:
    folded = [_fold(one) for one in voices.hops]
    if _fold(hop) not in folded:
        voices.hops.append(hop)


def _fold(hop: Value) -> tuple[str, str]:
    if isinstance(hop, Handle):
        return hop.type, fold_name(hop.key)
    return "", str(hop.get("unnamed")) if isinstance(hop, dict) else ""
