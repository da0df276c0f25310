"""What an editor answers is held against the records that are there, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.decode import decode
from generator.decode.spelling import find_near, find_word, list_words
from generator.derive.naming import name_record
from generator.documents import Document
from generator.records import FOLDERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.decode import Decoded
    from generator.documents import Node
    from generator.link import Library
    from generator.records import KindName
    from generator.scaffold.fields import Answer, Asked

_SAME_NAME = 85  # how alike a name and what was typed are, of 100, where the id is offered
_ALONE = ("own", "untraced")
_WITHOUT_ID = ("unnamed", "claimed")
_ABOVE, _HERE = (1, 1, 0, 0), (2, 1, 0, 0)  # made-up places, to tell what is said of a field from the rest


@dataclass(frozen=True, slots=True)
class Known:
    """The records that are there, as far as they can be read.

    Attributes:
        library: the linked records.
        decoded: what could be read; some of it may be broken.
    """

    library: Library
    decoded: Decoded

    def has(self, kind: str, one: str) -> bool:
        """Tell whether there is a record of this id, or may be one in a file that cannot be read."""
        key = (kind, one)
        return key in self.library.located or key in self.decoded.broken or kind in self.decoded.unread

    def explain_unknown(self, kind: str, one: str) -> str:
        """Say that there is no record of this id, and which one was probably meant; empty where there is one."""
        if self.has(kind, one):
            return ""
        said = f"There is no {kind} with the id `{one[:80]}`."
        if (kind, one) in self.library.redirects:
            return f"{said} It is now called `{self.library.redirects[kind, one]}`."
        named = {name_record(self.library, k, i): i for k, i in self.library.located if k == kind}
        near = find_near(one, named.values()) or named.get(find_near(one, named, least=_SAME_NAME) or "")
        return f"{said} {f'Did you mean `{near}`? If not, add it first' if near else 'Add it first'}: `factsheet new {kind}`."

    def taken(self, kind: str) -> frozenset[str]:
        """List the ids of a kind that no new record may have, earlier ones among them."""
        keys = (*self.library.located, *self.decoded.broken, *self.library.redirects)
        return frozenset(one for of, one in keys if of == kind)

    def has_text(self, source: str) -> bool:
        """Tell whether the text of a source is at hand."""
        return source in self.library.texts


def read_hop(voice: str) -> str | dict[str, Node]:
    """Read a voice as given on the command line: an id, `unnamed:officials` or `claimed:reuters`."""
    how, colon, who = voice.partition(":")
    return {how.strip(): who.strip()} if colon and how.strip() in _WITHOUT_ID else voice


def read_chain(voices: tuple[str, ...]) -> Node:
    """Read a chain as given on the command line: voices, the first one in front, or `own` or `untraced` alone."""
    if len(voices) == 1 and voices[0] in _ALONE:
        return voices[0]
    return [*map(read_hop, voices)]


def read_names(pairs: tuple[str, ...]) -> dict[str, Node]:
    """Read names in other languages, each typed as its language tag, a blank and the name."""
    return {tag: name.strip() for tag, _, name in (pair.strip().partition(" ") for pair in pairs)}


def as_typed(asked: Asked, answer: Answer) -> Node:
    """Give an answer as it would stand in YAML."""
    if isinstance(answer, str):
        return answer
    if asked.name == "chain":
        return read_chain(answer)
    if asked.name == "names":
        return read_names(answer)
    return list(answer)


def find_problem(known: Known, kind: KindName, asked: Asked, answer: Answer) -> str:
    """Say what is wrong with an answer and what was probably meant; empty where nothing is wrong."""
    return next(_problems(known, kind, asked, answer), "")


def _problems(known: Known, kind: KindName, asked: Asked, answer: Answer) -> Iterator[str]:
    ids = (answer,) if isinstance(answer, str) else answer
    if asked.name == "chain":
        hops = [read_hop(voice) for voice in ids if voice not in _ALONE]
        ids = tuple(hop if isinstance(hop, str) else str(hop["claimed"]) for hop in hops if "unnamed" not in hop)
    if asked.refers or asked.name == "chain":
        yield from filter(None, (known.explain_unknown(asked.refers or "entity", one) for one in ids))
    if asked.name == "in" and known.has("source", str(answer)) and answer not in known.library.sources:
        yield f"The source `{answer}` cannot be read, so nothing of it can be cited yet: `factsheet check` says what is wrong."
    terms = {word: term.label for word, term in getattr(known.library.vocabulary, asked.words or "kinds").items()}
    if asked.words and answer not in terms:
        meant, _ = find_word(str(answer), asked.name, terms)
        mend = f"Did you mean `{meant}` ({terms[meant]})?" if meant else f"Write {list_words(terms)}."
        yield f"“{str(answer)[:60]}” is not one of the {asked.words}. {mend}"
    yield from find_misfits(kind, asked, answer)


def find_misfits(kind: KindName, asked: Asked, answer: Answer) -> Iterator[str]:
    """Say where an answer does not have the form that its field expects: decode a record that has no other field."""
    value = as_typed(asked, answer)
    data: Node = {asked.inside: [{asked.name: value}]} if asked.inside else {asked.name: value}
    loc = (asked.inside, 0, asked.name) if asked.inside else (asked.name,)
    path = f"content/{FOLDERS[kind]}/new.yml"
    above = {loc[:end]: _ABOVE for end in range(len(loc))}
    _, found = decode([Document(path, data, {**above, loc: _HERE})])
    for one in found:
        if one.place.path == path and one.place.line == _HERE[0]:
            yield f"{one.message} {one.help}".strip()
