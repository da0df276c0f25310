"""Sources that a file names and nobody here has read: what can be said of them honestly, and how a claim is cited in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from generator import dates
from generator.importers.naming import fold_name
from generator.importers.rows import Draft, Handle
from generator.importers.sheets import fit_finding

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.importers.rows import Options, Value

_ARCHIVE = re.compile(r"https?://web\.archive\.org/web/\d{14}(?:[a-z]{2}_)?/(https?:/{1,2}\S+)")
_ONE_SLASH = re.compile(r"^(https?):/(?!/)")


def draft_source(key: str, options: Options, fields: Mapping[str, Value], notes: Sequence[str] = ()) -> Draft:
    """Draft a source of which no text is stored.

    Args:
        key: what tells it apart.
        options: what whoever imports says.
        fields: what is known of it; blanks are left out.
        notes: what has no place.
    """
    told = {"accessed": options.today, **fields, "stored": "none", "publish": "none"}
    return Draft("source", key, {name: value for name, value in told.items() if value}, tuple(notes))


def draft_entity(handle: Handle, fields: Mapping[str, Value] | None = None, notes: Sequence[str] = ()) -> Draft:
    """Draft the entity that a handle stands for."""
    known = {name: value for name, value in (fields or {}).items() if value}
    return Draft(
        "entity", handle.key, {"type": handle.type, "name": handle.key, **known}, tuple(notes), words=handle.key
    )


def host_of(url: str) -> str:
    """Give the host of an address as people name it, without `www.`; empty where there is none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def without_fragment(url: str) -> str:
    """Give the address of the page, without the place on it."""
    return url.partition("#")[0]


def behind_archive(url: str) -> str:
    """Give the address of which this is the copy in the Wayback Machine; empty where it is no such copy."""
    found = _ARCHIVE.fullmatch(url)
    return _ONE_SLASH.sub(r"\1://", found[1]) if found else ""


def is_after(when: str, source: Draft) -> bool:
    """Tell whether a date lies certainly after that of a source, which then cannot report it."""
    dated = source.fields.get("written") or source.fields.get("published")
    return isinstance(dated, str) and dates.is_before(dates.parse(dated), dates.parse(when))


def is_same(voice: Value, outlet: Value) -> bool:
    """Tell whether a voice is the outlet of a source: it is its own reporting then."""
    if isinstance(voice, Handle) and isinstance(outlet, Handle):
        return (voice.type, fold_name(voice.key)) == (outlet.type, fold_name(outlet.key))
    return isinstance(voice, str) and voice == outlet


def cite(source: Draft, lead: str, words: str, voices: Sequence[Value], said: str = "") -> dict[str, Value]:
    """Cite a source for a claim: each voice is a chain of its own, none is `untraced`.

    Args:
        source: the draft of the source.
        lead: how the finding begins, such as `Reviews the claim:`.
        words: the claim as Markdown, or empty: figures of a claim have to stand in what it cites.
        voices: who said it: handles of entities, or `{unnamed: ...}`.
        said: when they said so, in EDTF.
    """
    chains = [_write_chain(voice, source, said) for voice in voices]
    finding = fit_finding(lead, words) if words else lead
    chain: dict[str, Value] = {"chains": chains} if len(chains) > 1 else {"chain": chains[0] if chains else "untraced"}
    return {"in": Handle("source", source.key), "finding": finding, **chain}


def _write_chain(voice: Value, source: Draft, said: str) -> Value:
    if is_same(voice, source.fields.get("outlet")):
        return "own"
    if not said or is_after(said, source):
        return [voice]
    return [{**voice, "on": said} if isinstance(voice, dict) else {"who": voice, "on": said}]
