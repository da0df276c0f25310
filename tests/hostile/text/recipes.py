"""Records with a text in every field that takes one: the shapes that the rules want, the words from whoever asks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable

    Words = Callable[[str], str]
    """Gives the text for a field, by its path in `leaves`."""

SHEET = 20  # claims on one fact sheet
CUT = "excerpts"
PRIVATE = "never-published-"
"""What begins a text of the desk: it may stand nowhere on the site."""

_MARKS = re.compile(r"([!-/:-@\[-`{-~])")
_SPACE = re.compile("[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
_DAY = "2026-01-01"
_FILLER = "Alpha beta gamma delta epsilon zeta eta theta iota kappa. " * 20
_SEEN = "claim.seen[].quote"
_TELLING = {"stance": "supports", "basis": "witness"}
_ASIDE = {"stance": "context", "basis": "witness"}


class Shared(str):
    """A text that is typed a second time, where a rule wants it: it belongs to the field named here."""

    __slots__ = ("leaf",)

    def __new__(cls, leaf: str, text: str) -> Self:
        """Name the field."""
        made = super().__new__(cls, text)
        made.leaf = leaf
        return made

    leaf: str


def fold(text: str) -> str:
    """Write a text on one line."""
    return _SPACE.sub(" ", text).strip()


def write_literally(text: str) -> str:
    """Write a text as Markdown that shows it: CommonMark takes any mark of ASCII behind a backslash as itself."""
    return _MARKS.sub(r"\\\1", fold(text))


def sheet_of(number: int) -> str:
    """Name the fact sheet of a claim."""
    return f"x-{number - number % SHEET}"


def base_records() -> dict[str, Any]:
    """Give the records that the others refer to, by path below `content/`."""
    told = {"in": "x-none", "finding": "It is told there.", "chain": "own"}
    source = {"outlet": "x-outlet", "accessed": _DAY, "language": "en", "genre": "news", "published": _DAY}
    return {
        "entities/x-base.yml": [
            {"id": "x-person", "type": "person", "name": "A person"},
            {"id": "x-outlet", "type": "outlet", "name": "An outlet"},
            {"id": "x-place", "type": "place", "name": "A place"},
        ],
        "sources/x-none.yml": {**source, "stored": "none", "publish": "none", "summary": "A source without a text."},
        "claims/x-other.yml": {"says": "Something else is so.", "kind": "opinion", "seen": [told]},
    }


def _desk(words: Words, kind: str) -> dict[str, Any]:
    imported = {name: f"{PRIVATE}{words(f'{kind}.imported.{name}')}" for name in ("format", "key", "digest")}
    return {"notes": [f"{PRIVATE}{words(f'{kind}.notes[]')}"], "imported": imported}


def source(words: Words, number: int) -> tuple[dict[str, Any], tuple[tuple[str, str], ...]]:
    """Make a source: its fields, and the pieces of its stored text, each with the field of a citation whose words it holds."""
    skipped = f"{fold(words('source.skipped[].quote'))} skipped, number {number}"
    fields = {
        "title": words("source.title"),
        "outlet": "x-outlet",
        "authors": [words("source.authors[]")],
        "published": _DAY,
        "accessed": _DAY,
        "language": "en",
        "genre": "news",
        "url": f"https://e.example/{number}?a=b&c=%22'()*",
        "stored": "excerpt",
        "publish": "full",
        "skipped": [{"quote": skipped, "why": words("source.skipped[].why")}],
        "summary": words("source.summary"),
        "translated_title": {"uk": words("source.translated_title{}")},
        **_desk(words, "source"),
    }
    pieces = [("source.skipped[].quote", f"{write_literally(skipped)}.")]
    for part in ("claim.seen[]", "claim.evidence[]", "event.evidence[]"):
        quoted, before, behind = (words(f"{part}.{name}") for name in ("quote", "prefix", "suffix"))
        pieces.append((f"{part}.quote", f"{write_literally(_quote(quoted, part))}\\."))
        pieces.append((f"{part}.prefix", f"{write_literally(before)} {_twice(part)} and on."))
        pieces.append((f"{part}.suffix", f"It was {_twice(part)} {write_literally(behind)}"))
    pieces.append(("source.body", words("source.body")))
    return fields, tuple(pieces)


def has_cut(number: int) -> bool:
    """Tell whether a second source, of which only excerpts are shown, belongs to this number."""
    return number % 5 == 0


def make_cut(words: Words, number: int) -> tuple[dict[str, Any], tuple[tuple[str, str], ...]]:
    """Make a source of which only the words that a claim quotes may be shown."""
    fields, _ = source(words, number)
    pieces = (_SEEN, write_literally(_quote(words(_SEEN), CUT))), ("", _FILLER)
    return {**fields, "publish": "excerpts", "skipped": []}, pieces


def _quote(words: str, part: str) -> str:
    return f"{fold(words)} as printed for {part.split('[', maxsplit=1)[0].replace('.', ' ')}"


def _twice(part: str) -> str:
    return f"printed twice for {part.split('[', maxsplit=1)[0].replace('.', ' ')}"


def _cited(words: Words, part: str, number: int, **more: str) -> list[dict[str, Any]]:
    """Cite the source of this number in each way there is."""
    one = f"x-{number}"
    hop, hops = words(f"{part}.chain.hops[].unnamed"), words(f"{part}.chains[].hops[].unnamed")
    return [
        {**more, "in": one, "quote": _quote(words(f"{part}.quote"), part), "chain": [{"unnamed": hop}, "x-person"]},
        {**more, "in": one, "quote": _twice(part), "prefix": fold(words(f"{part}.prefix")), "chain": "own"},
        {**more, "in": one, "quote": _twice(part), "suffix": fold(words(f"{part}.suffix")), "chain": "untraced"},
        {**more, "in": "x-none", "finding": words(f"{part}.finding"), "chains": [[{"unnamed": hops}], "own"]},
    ]


def entity(words: Words, _number: int) -> dict[str, Any]:
    """Make an entity."""
    names = {"uk": words("entity.names{}"), "ru": words("entity.names{}")}
    described = {"name": words("entity.name"), "names": names, "description": words("entity.description")}
    return {"type": "person", **described, **_desk(words, "entity")}


def claim(words: Words, number: int) -> dict[str, Any]:
    """Make a claim with two origins, a reason to doubt one, and a history."""
    says = words("claim.says")
    told = {"in": "x-none", "finding": Shared("claim.says", says)}
    cut = {"quote": Shared(_SEEN, _quote(words(_SEEN), CUT))}
    was = {"says": words("claim.log[].was.says"), "why": words("claim.log[].was.why")}
    return {
        "says": says,
        "kind": "fact",
        "topics": [sheet_of(number)],
        "about": [f"x-{number}"],
        "when": _DAY,
        "seen": [
            *_cited(words, "claim.seen[]", number),
            {**told, "chain": "own"},
            *([{**cut, "in": f"x-{number}-cut", "chain": "own"}] if has_cut(number) else []),
        ],
        "evidence": [
            {**told, **_TELLING, "chain": "own"},
            {**told, **_TELLING, "chain": ["x-person"]},
            {**told, **_TELLING, "stance": "refutes", "chain": "own", "discount": words("claim.evidence[].discount")},
            *_cited(words, "claim.evidence[]", number, **_ASIDE),
        ],
        "searched": {"where": words("claim.searched.where"), "terms": [words("claim.searched.terms[]")], "until": _DAY},
        "contradicts": [{"claim": "x-other", "as": "different-count", "why": words("claim.contradicts[].why")}],
        "verdict": "supported",
        "why": words("claim.why"),
        "missing": [words("claim.missing[]")],
        "unknown": [words("claim.unknown[]")],
        "checked": {"on": _DAY, "by": [words("claim.checked.by[]")]},
        "log": [
            {"on": "2026-01-01", "verdict": "unchecked", "note": words("claim.log[].note")},
            {"on": "2026-01-02", "verdict": "supported", "was": was},
        ],
        **_desk(words, "claim"),
    }


def event(words: Words, number: int) -> dict[str, Any]:
    """Make an event that rests on a claim and on evidence of its own."""
    cited = _cited(words, "event.evidence[]", number, **_ASIDE)
    cited[0]["discount"] = words("event.evidence[].discount")
    return {
        "title": words("event.title"),
        "when": f"20{number % 20:02}-{number % 12 + 1:02}-{number % 28 + 1:02}",
        "as_stated": Shared("event.evidence[].quote", words("event.evidence[].quote")),
        "phase": ("done", "planned")[number % 2],
        "where": "x-place",
        "involves": [f"x-{number}"],
        "topics": [sheet_of(number)],
        "rests_on": [f"x-{number}"],
        "evidence": cited,
        "summary": words("event.summary"),
        **_desk(words, "event"),
    }


def topic(words: Words, number: int) -> dict[str, Any]:
    """Make a fact sheet; every twentieth has claims."""
    claims = [f"x-{number}"] if sheet_of(number) == f"x-{number}" else []
    return {
        "title": words("topic.title"),
        "question": words("topic.question"),
        "answer": words("topic.answer"),
        "lead": claims,
        "parties": ["x-person"],
        "questions": [{"id": "row", "text": words("topic.questions[].text"), "claims": claims}],
        **_desk(words, "topic"),
    }


def correction(words: Words, number: int) -> dict[str, Any]:
    """Make a correction of a claim."""
    texts = {name: words(f"correction.{name}") for name in ("was", "now", "why")}
    return {"on": _DAY, "records": [f"claim:x-{number}"], "kind": "error", **texts}


def page(words: Words, _number: int) -> dict[str, Any]:
    """Make the head of a hand-written page."""
    return {"title": words("page.title"), "description": words("page.description")}
