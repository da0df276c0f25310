"""The values of a row as drafts: the record of its kind, the source that the row names, and what else they refer to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.importers.cells import note, write_prose
from generator.importers.column_values import Read, find_handles
from generator.importers.rows import Draft, Handle, Options, Remark
from generator.importers.sheets import cite, entity_drafts, fit_finding, is_after, phase_of
from generator.importers.targets import TARGETS
from generator.importers.unread import host_of
from generator.paths import page_path, page_url

if TYPE_CHECKING:
    from generator.importers.mapping import MappingFile
    from generator.importers.rows import Value

_PREFIX = "seen."
_CITED = frozenset({"in", "quote", "finding", "chain"})
_ALONE = frozenset({"own", "untraced"})
_Fields = dict[str, "Value"]
_Drafts = tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """What the drafts of a row are made of.

    Attributes:
        mapping: what a row is.
        read: the values of its cells; notes and remarks are added to it.
        key: what tells the row apart.
        sheet: the sheet itself as a source, where it is one.
        options: what whoever imports says.
    """

    mapping: MappingFile
    read: Read
    key: str
    sheet: Draft | None
    options: Options

    @property
    def default_kind(self) -> str:
        """The kind of claims of which nothing else says it."""
        return self.options.given.get("kind", "fact")


def compose(material: Material) -> tuple[_Drafts, str]:
    """Put the drafts of a row together.

    Returns:
        The drafts, the row's own record first; and why there are none, as a sentence.
    """
    mapping, read = material.mapping, material.read
    lacking = _find_lacking(mapping, read)
    if lacking:
        return (), lacking
    fields = {name: value for name, value in read.fields.items() if not name.startswith(_PREFIX)}
    wish = str(fields.pop("id", ""))
    make = {"claim": _claim, "event": _event, "source": _source, "entity": _entity}[mapping.kind]
    drafts, problem = make(material, fields)
    if problem:
        return (), problem
    words = "" if mapping.kind == "source" else _plain(read, "says", "title", "name")
    own = replace(drafts[0], notes=tuple(read.notes), wish=wish, words=words, ours=_is_ours(material, wish))
    handles = [handle for draft in drafts for handle in find_handles(dict(draft.fields))]
    return (own, *drafts[1:], *entity_drafts(handles)), ""


def _is_ours(material: Material, wish: str) -> bool:
    """Tell whether a row is a record of this very site: its column `page` leads to the page of its id below our address."""
    if not (wish and material.options.address):
        return False
    page = f"{material.options.address}{page_url(page_path(material.mapping.kind, wish))}"
    return note("page", page) in material.read.notes


def _plain(read: Read, *names: str) -> str:
    """Give the words of the first of some fields, as they stood."""
    return next((read.typed[name][1] for name in names if name in read.typed), "")


def _find_lacking(mapping: MappingFile, read: Read) -> str:
    """Say what a row lacks without which there is no record."""
    for name, target in TARGETS[mapping.kind].items():
        if target.needed and name not in read.fields:
            column = mapping.set_by_columns.get(name, "")
            refused = next((one.value for one in read.remarks if one.field == column), "")
            state = f"cannot be read: “{refused[:60]}”" if refused else "is blank"
            return f"“{column[:60]}” {state}; {_article(mapping.kind)} needs `{name}`."
    return ""


def _article(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _nest(fields: _Fields) -> _Fields:
    """Put fields with a dot in their names into mappings: `names.uk` is `uk` of `names`."""
    nested: _Fields = {}
    for name, value in fields.items():
        outer, dot, inner = name.partition(".")
        if not dot:
            nested[name] = value
            continue
        group = nested.setdefault(outer, {})
        if isinstance(group, dict):
            group[inner] = value
    return nested


def _entity(_: Material, fields: _Fields) -> tuple[_Drafts, str]:
    return (Draft("entity", str(fields["name"]), _nest(fields)),), ""


def _source(material: Material, fields: _Fields) -> tuple[_Drafts, str]:
    fields = _nest(fields)
    fields.setdefault("accessed", material.options.today)
    fields |= {"stored": "none", "publish": "none"}
    if "summary" not in fields:
        material.read.remarks.append(Remark("field-missing", "summary"))
        fields["summary"] = "Listed in a spreadsheet. Its text is not kept here."
    by_address = "url" in fields and not material.mapping.key
    return (Draft("source", str(fields["url"]) if by_address else material.key, fields),), ""


def _claim(material: Material, fields: _Fields) -> tuple[_Drafts, str]:
    read = material.read
    kind = fields.setdefault("kind", material.default_kind)
    if kind == "statement" and "speaker" not in fields:
        column = material.mapping.set_by_columns.get("speaker")
        named = f"“{column[:60]}” names nobody" if column else "no column says who spoke"
        return (), f"A statement needs a speaker, and {named}."
    seen, sources = _seen(material, str(fields["says"]))
    if not seen:
        return (), "Nothing in it says where the claim stands."
    _drop_late_date(fields, sources, read)
    return (Draft("claim", material.key, {**fields, "seen": seen, "verdict": material.options.unjudged}), *sources), ""


def _event(material: Material, fields: _Fields) -> tuple[_Drafts, str]:
    options, key = material.options, material.key
    when = str(fields["when"])
    fields.setdefault("phase", phase_of(when, options))
    if fields.get("rests_on"):
        return (Draft("event", key, fields),), ""
    says = write_prose(str(fields["title"])) or ""
    seen, sources = _seen(material, says)
    if not seen:
        return (), "Nothing in it says what the event rests on."
    claim: _Fields = {"says": says, "kind": material.default_kind, "when": when}
    _drop_late_date(claim, sources, material.read)
    claim |= {"seen": seen, "verdict": options.unjudged}
    event = Draft("event", key, {**fields, "rests_on": [Handle("claim", key)]})
    return (event, Draft("claim", key, claim, words=str(fields["title"])), *sources), ""


def _drop_late_date(claim: _Fields, sources: _Drafts, read: Read) -> None:
    """Leave out a date that lies after the source which reports it: one of the two is wrong, and nobody knows which."""
    when = claim.get("when")
    if isinstance(when, str) and any(is_after(when, source.fields) for source in sources):
        del claim["when"]
        header, cell = read.typed.get("when", ("when", when))
        read.refuse(header, cell, Remark("date-after-review", header, cell))


def _seen(material: Material, says: str) -> tuple[list[Value], _Drafts]:
    """List where a claim is said: the source that the row names, and the sheet."""
    read, sheet = material.read, material.sheet
    seen: list[Value] = []
    named = read.fields.get("seen.in")
    source = None if named else _row_source(material)
    where: Value = named or (Handle("source", source.key) if source else None)
    finding, quote = read.fields.get("seen.finding"), read.fields.get("seen.quote")
    listed = fit_finding("Listed as a place where this is said:", says)
    chain = _chain(read) if where else None
    if where and quote and named:
        seen.append({"in": where, "quote": quote, "chain": chain})
    elif where:
        seen.append({"in": where, "finding": finding or listed, "chain": chain})
    if where and finding and sheet is None:
        seen.append({"in": where, "finding": listed, "chain": chain})  # it has all figures of the claim
    for name in () if where else ("seen.finding", "seen.chain"):
        read.move_to_notes(name)
    if sheet is not None:
        seen.append(cite(sheet, "Lists:", says))
    return seen, tuple(one for one in (source, sheet) if one is not None)


def _chain(read: Read) -> Value:
    voices = read.fields.get("seen.chain")
    if not isinstance(voices, list) or not voices:
        return "untraced"
    if len(voices) > 1 and any(one in _ALONE for one in voices if isinstance(one, str)):
        header, cell = read.typed["seen.chain"]
        read.refuse(header, cell, Remark("value-unread", header, cell))
        return "untraced"
    return voices[0] if isinstance(voices[0], str) and voices[0] in _ALONE else voices


def _row_source(material: Material) -> Draft | None:
    """Draft the source that a row names by its address, or by its outlet, title and date."""
    read, options = material.read, material.options
    given = {name.removeprefix(_PREFIX): value for name, value in read.fields.items() if name.startswith(_PREFIX)}
    fields = {name: value for name, value in given.items() if name not in _CITED}
    url = fields.get("url")
    lacking = [name for name in ("language", "genre") if name not in fields]
    # An outlet alone is no source: two rows that name it may mean two texts.
    is_known = bool(url) or ("outlet" in fields and bool({"title", "published"} & {*fields}))
    if lacking or not is_known:
        names = [f"{_PREFIX}{name}" for name in fields]
        if lacking and is_known:
            read.remarks += [Remark("field-missing", f"{_PREFIX}{name}") for name in lacking]
        for name in names:
            read.move_to_notes(name)
        return None
    if "outlet" not in fields:
        host = host_of(str(url))
        fields["outlet"] = Handle("entity", host, "outlet")
        read.remarks.append(Remark("outlet-from-address", "seen.outlet", host))
    fields.setdefault("accessed", options.today)
    fields.setdefault("summary", "Listed as a place where a claim is said. Its text is not kept here.")
    fields |= {"stored": "none", "publish": "none"}
    outlet = fields["outlet"]
    parts = (outlet.key if isinstance(outlet, Handle) else outlet, fields.get("title"), fields.get("published"))
    return Draft("source", str(url) if url else " | ".join(str(part) for part in parts if part), fields)
