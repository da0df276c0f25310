"""Records are put together by id; what does not resolve is said with the nearest id that would."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from generator.decode import suggest, typed_loc
from generator.diagnostics import Diagnostic, Place
from generator.dialect import body_links, prose_links, read_text
from generator.link.library import Library, Reference
from generator.link.nearest import SURE, Near, find_near
from generator.link.references import references
from generator.link.rivals import find_rivals
from generator.records import KINDS, Claim, Entity, Event, Record, Source, Topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from generator.decode import Decoded, Located
    from generator.documents import Document, Loc

_Key = tuple[str, str]
_R = TypeVar("_R", bound=Record)

_MANY = 5  # places that name one missing record

MOST_SUGGESTIONS = 200
"""So many ids that lead nowhere get a "did you mean": a search for each of a million would take hours."""


def _index(records: Iterable[Located]) -> tuple[dict[_Key, Located], list[Diagnostic]]:
    """Index records by kind and id; the first of two with one id wins, and the second is an error."""
    index: dict[_Key, Located] = {}
    problems: list[Diagnostic] = []
    pairs: list[tuple[str, str]] = []
    for located in records:
        key = (located.kind, located.record.id)
        if key in index:
            first = index[key].place("id")
            pairs.append((first.path, located.document.path))
            problems.append(
                Diagnostic(
                    located.place("id"),
                    "duplicate-id",
                    f"The {located.kind} id `{located.record.id}` is used twice; the first stands in {first.path}, line {first.line}.",
                    "Give this record another id; an id is never used again.",
                )
            )
        else:
            index[key] = located
    return index, _tell_copies(problems, pairs)


def _tell_copies(problems: Sequence[Diagnostic], pairs: Sequence[tuple[str, str]]) -> list[Diagnostic]:
    """Tell once of two files that have many ids in common: one of them is a copy."""
    counts, told, kept = Counter(pairs), set[tuple[str, str]](), list[Diagnostic]()
    for said, pair in zip(problems, pairs, strict=True):
        if counts[pair] <= _MANY or pair[0] == pair[1]:
            kept.append(said)
        elif pair not in told:
            more = f"{said.message} {counts[pair]} records of these two files have the same ids: one seems to be a copy of the other."
            kept.append(replace(said, message=more, help="Delete the copy."))
        told.add(pair)
    return kept


def _redirects(index: Mapping[_Key, Located]) -> tuple[dict[_Key, str], list[Diagnostic]]:
    found: dict[_Key, str] = {}
    problems: list[Diagnostic] = []
    for (kind, one), located in index.items():
        for position, old in enumerate(located.record.was):
            if (kind, old) in index or (kind, old) in found:
                holder = f"`{found[kind, old]}` lists it too" if (kind, old) in found else "a record has that id now"
                problems.append(
                    Diagnostic(
                        located.place("was", position),
                        "reused-id",
                        f"`{old}` is listed as an earlier id of `{one}`, and {holder}.",
                        "An id is never used again. Give the newer record another id.",
                    )
                )
            else:
                found[kind, old] = one
    return found, problems


def _unresolved(
    kind: str, one: str, place: Place, near: Near, *, document: Document | None = None, loc: Loc = ()
) -> Diagnostic:
    """Say that an id leads nowhere, and write the field as it was meant where that is sure."""
    focus, fix = "", None
    typed = document.read(loc) if document is not None else None
    if isinstance(typed, str) and typed != one:
        focus = f"{kind}:{one}"
        mended = typed.replace(f"({focus})", f"({near.kind}:{near.id})") if near.kind and near.id else typed
        fix = document.rewrite(loc, mended) if document is not None and mended != typed else None
    elif typed == one and document is not None and near.kind == kind and near.id:
        fix = document.rewrite(loc, near.id)
    said = f"There is no {kind} with the id `{one[:80]}`."
    return Diagnostic(place, "unresolved-reference", said, near.help, focus=focus, fix=fix)


def _tell_once(problems: Sequence[Diagnostic], places: Mapping[_Key, Sequence[int]]) -> list[Diagnostic]:
    """Tell of a record that many places name, and that is not there, at the first of them: the cause is one."""
    many = {found[0]: len(found) for found in places.values() if len(found) > _MANY}
    others = {one for found in places.values() if len(found) > _MANY for one in found[1:]}
    return [
        replace(said, message=f"{said.message} This is the first of {many[number]} places that name it.")
        if number in many
        else said
        for number, said in enumerate(problems)
        if number not in others
    ]


def _resolve(
    index: Mapping[_Key, Located], decoded: Decoded, redirects: Mapping[_Key, str]
) -> tuple[dict[_Key, tuple[Reference, ...]], list[Diagnostic]]:
    cited: defaultdict[_Key, dict[tuple[str, str, str], None]] = defaultdict(dict)
    problems: list[Diagnostic] = []
    places: defaultdict[_Key, list[int]] = defaultdict(list)
    for (kind, one), located in index.items():
        for mention in references(located.record):
            key = (mention.kind, mention.id)
            if key in index:
                if key != (kind, one):
                    cited[key][kind, one, mention.role] = None
            elif key not in decoded.broken and mention.kind not in decoded.unread:
                suggest = len(problems) < MOST_SUGGESTIONS
                chain = mention.role == "chain"
                near = find_near(*key, index, redirects, chain=chain) if suggest else Near("Correct the id.")
                loc = typed_loc(located.document, (*located.loc, *mention.path))
                places[key].append(len(problems))
                problems.append(
                    _unresolved(*key, located.place(*mention.path), near, document=located.document, loc=loc)
                )
    problems = _tell_once(problems, places)
    return {key: tuple(Reference(*place) for place in found) for key, found in cited.items()}, problems


def _of_kind(index: Mapping[_Key, Located], model: type[_R]) -> Mapping[str, _R]:
    return MappingProxyType(
        {one: located.record for (_, one), located in index.items() if isinstance(located.record, model)}
    )


def _in_pages(decoded: Decoded) -> Iterator[tuple[str, str, Place]]:
    """List the records that hand-written pages and corrections link to, with the place of the link."""
    for page, document in decoded.pages:
        for line, found in body_links(page.body):
            yield found.scheme, found.target, Place(document.path, document.body_line + line, 1)
    for correction, place in decoded.corrections:
        for text in (correction.was, correction.now, correction.why):
            for found in prose_links(text) if text and "](" in text else ():
                yield found.scheme, found.target, place


def list_links(decoded: Decoded) -> Iterator[tuple[frozenset[str], str, bool]]:
    """List the records that pages and corrections name: the kinds that would do, the id, and whether an old id does too."""
    for kind, one, _ in _in_pages(decoded):
        if kind in KINDS:
            yield frozenset({kind}), one, False
    for correction, _ in decoded.corrections:
        for name in correction.records:
            kind, _, one = name.rpartition(":")
            yield frozenset({kind} if kind else KINDS), one, True


def _corrections(decoded: Decoded, index: Mapping[_Key, Located], redirects: Mapping[_Key, str]) -> list[Diagnostic]:
    if decoded.unread:
        return []
    keys = {*index, *redirects, *decoded.broken}
    ids = {one for _, one in keys}
    return [
        Diagnostic(
            place,
            "unresolved-reference",
            f"This correction concerns `{name[:80]}`, and there is no such record.",
            suggest(name.rpartition(":")[2], ids, least=SURE) or "Write the id of a record, alone or as `claim:id`.",
            focus=name,
        )
        for correction, place in decoded.corrections
        for name in correction.records
        if not (tuple(name.split(":", 1)) in keys or name in ids)
    ]


def _stored(
    sources: Mapping[str, Source], index: Mapping[_Key, Located], elsewhere: Mapping[str, Document]
) -> dict[str, Document]:
    """Find the file that holds the text of each source: its own, or one outside `content/`."""
    found = {}
    for one in sources:
        document = index["source", one].document
        if document.body is None or not document.body.strip():
            document = elsewhere.get(one, document)
        if document.body is not None and document.body.strip():
            found[one] = document
    return found


def link(
    decoded: Decoded, elsewhere: Mapping[str, Document] = MappingProxyType({})
) -> tuple[Library | None, tuple[Diagnostic, ...]]:
    """Link decoded records into one library.

    Args:
        decoded: what could be read.
        elsewhere: stored texts kept outside `content/`, by source id.

    Returns:
        The library (None where settings or vocabulary are missing), and every id that is used twice or leads nowhere.
    """
    index, problems = _index(decoded.records)
    redirects, more = _redirects(index)
    cited, unresolved = _resolve(index, decoded, redirects)
    problems += more + unresolved + _corrections(decoded, index, redirects)
    known = {*index, *decoded.broken}
    problems += [
        replace(_unresolved(kind, one, place, find_near(kind, one, index, redirects)), focus=f"{kind}:{one}")
        for kind, one, place in _in_pages(decoded)
        if kind in KINDS and (kind, one) not in known and kind not in decoded.unread
    ]
    if decoded.settings is None or decoded.vocabulary is None:
        return None, tuple(problems)
    claims = _of_kind(index, Claim)
    sources = _of_kind(index, Source)
    stored = _stored(sources, index, elsewhere)
    texts = {one: read_text(document.body or "", document.body_line) for one, document in stored.items()}
    absent = {one for one, source in sources.items() if source.stored != "none" and one not in texts}
    library = Library(
        settings=decoded.settings,
        vocabulary=decoded.vocabulary,
        sources=sources,
        entities=_of_kind(index, Entity),
        claims=claims,
        events=_of_kind(index, Event),
        topics=_of_kind(index, Topic),
        located=MappingProxyType(index),
        texts=MappingProxyType(texts),
        text_files=MappingProxyType({one: document.path for one, document in stored.items()}),
        absent_texts=frozenset(absent if decoded.settings.text_dir else ()),
        cited_by=MappingProxyType(cited),
        rivals=find_rivals(claims, cited),
        redirects=MappingProxyType(redirects),
        corrections=tuple(sorted(decoded.corrections, key=lambda pair: pair[0].on)),
        pages=decoded.pages,
    )
    return library, tuple(problems)
