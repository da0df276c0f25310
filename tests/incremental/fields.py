"""Another value for every field of every kind of record: most keep the content sound, some do not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

    from incremental.typed import Record, Typed

GONE = object()
"""In the place of a value: the field is taken out."""

_WORDS = (
    "The desk looked again", "Nobody else saw it", "**Bold** words & <i>signs</i>", "Так каже газета",
    "{{ 7 * 7 }} {% raw %} is text", "The miller’s wife was asked", "It was read aloud; nobody objected",
)  # fmt: skip
_DAYS = ("2031-04-02", "2031-05-09", "2031-06-20", "2031-05-30", "2031-07-02", "2031-07-04", "2031-07-20")
_WHENS = (
    *_DAYS,
    "2031",
    "2031-04",
    "2031-05~",
    "2031-04-02/2031-06-20",
    "../2031-06-24",
    "2031-05-09T12:30+03:00",
    "2030",
)
_NAMES = ("Ida", "Jon", "Ola", "Ben")


@dataclass(frozen=True, slots=True)
class Draw:
    """Draws values for one record.

    Attributes:
        random: decides.
        typed: the content, whose ids may be named.
        kind: the kind of the record.
        record: the record as it stands.
    """

    random: Random
    typed: Typed
    kind: str
    record: Record

    def id(self, kind: str) -> str:
        """Name a record of a kind; now and then one that is not there."""
        ids = self.typed.ids(kind)
        return self.random.choice(ids) if ids and self.random.random() > 0.02 else "nobody-knows-it"

    def ids(self, kind: str, most: int = 3) -> object:
        """Name some records of a kind."""
        ids = self.typed.ids(kind)
        some = self.random.sample(ids, min(len(ids), self.random.randint(0, most)))
        return some or GONE

    def line(self) -> str:
        """Give some words."""
        return self.random.choice(_WORDS) + self.random.choice(["", " again", " in the end"])

    def prose(self) -> str:
        """Give some words, perhaps with a link."""
        kind = self.random.choice(["claim", "source", "entity", "event", "topic"])
        link = f", see [there]({kind}:{self.id(kind)})" if self.random.random() < 0.5 else ""
        return f"{self.line()}{link}."

    def day(self) -> str:
        """Give a day."""
        return self.random.choice(_DAYS)

    def when(self) -> str:
        """Give a date."""
        return self.random.choice(_WHENS)

    def one(self, *values: object) -> object:
        """Choose a value."""
        return self.random.choice(values)

    def chain(self) -> object:
        """Give a chain."""
        hop = {"who": self.id("entity"), "on": "2031-04-02"}
        return self.one("own", "untraced", [self.id("entity")], [self.id("entity"), self.id("entity")], [hop],
                        [{"unnamed": "neighbours"}], [{"claimed": self.id("entity")}],
                        [{"who": self.id("entity"), "source": self.id("source")}])  # fmt: skip

    def affiliations(self) -> object:
        """Give what stands behind an entity."""
        who = self.id("entity")
        return self.one(GONE, who, [{"who": who, "from": "2031-04"}], [{"who": who, "until": "2031-05"}],
                        [{"who": who, "from": "2030", "until": "2031-04-02"}, {"who": self.id("entity"), "from": "2031-06"}])  # fmt: skip

    def old_ids(self) -> object:
        """Give earlier ids: new ones, or some of those there were."""
        known = list(self.record.get("was", []))
        return self.one(GONE, known[1:] or GONE, [*known, f"once-{self.random.randrange(50)}"])

    def citations(self, field: str) -> object:
        """Give the citations of a record: one more, one less, another order, or another value in one of them."""
        items = [dict(item) for item in self.record.get(field, [])]
        if not items or self.random.random() < 0.3:
            new = {"in": self.id("source"), "finding": self.prose(), "chain": self.chain()}
            extra = {
                "stance": self.one("supports", "refutes", "context"),
                "basis": self.one("act", "witness", "hearsay", "document"),
            }
            return [*items, new if field == "seen" else {**new, **extra}]
        item = self.random.choice(items)
        match self.random.randrange(7):
            case 0:
                items.remove(item)
            case 1:
                self.random.shuffle(items)
            case 2 if "finding" in item:
                item["finding"] = self.prose()
            case 3:
                item.pop("chains", None)
                item["chain"] = self.chain()
            case 4 if field == "evidence":
                item["stance"] = self.one("supports", "refutes", "context")
            case 5 if field == "evidence":
                item["discount"] = self.line()
            case 6 if "quote" in item:
                item["quote"] = " ".join(item["quote"].split()[:-1])
            case _:
                item["chain"] = item.get("chain", "own")
                item.pop("chains", None)
        return items or GONE

    def contradictions(self) -> object:
        """Give what a claim contradicts."""
        return self.one(
            GONE, [self.id("claim")], [{"claim": self.id("claim"), "as": "different-count", "why": self.prose()}]
        )

    def log(self) -> object:
        """Give a log with one more entry, or with other words in its last one."""
        entries = [dict(entry) for entry in self.record.get("log", [])]
        verdict = self.record.get("verdict", "unchecked")
        if entries and self.random.random() < 0.5:
            entries[-1]["note"] = self.prose()
            entries[-1]["was"] = {self.one("says", "why"): self.prose()}
            return entries
        return [*entries, {"on": "2031-07-02", "verdict": verdict, "note": self.prose()}]

    def questions(self) -> object:
        """Give the questions of a fact sheet."""
        items = [dict(item) for item in self.record.get("questions", [])]
        if not items or self.random.random() < 0.4:
            claims = self.ids("claim")
            new = {"id": f"question-{self.random.randrange(30)}", "text": f"{self.line()}?"}
            return [*items, new if claims is GONE else {**new, "claims": claims}]
        self.random.shuffle(items)
        claims = self.ids("claim")
        items[0].pop("claims", None)
        return [items[0] if claims is GONE else {**items[0], "claims": claims}, *items[1 - self.random.randrange(2) :]][
            : len(items)
        ]


_OF_A_KIND: Mapping[str, Mapping[str, Callable[[Draw], Any]]] = {
    "source": {
        "was": Draw.old_ids,
        "title": lambda d: d.one(GONE, d.line(), "Ferry carries the village", "Mill Bridge shut without notice"),
        "outlet": lambda d: d.one("marn-courier", "valley-radio", "valley-wire", "arne-bridgeworks", d.id("entity")),
        "authors": lambda d: d.one(GONE, ["Ida Berg"], ["Jo Lark", "Ida Berg"], "Jo Lark"),
        "published": lambda d: d.one(GONE, d.when()),
        "accessed": Draw.day,
        "url": lambda d: d.one(GONE, "https://courier.example/other", "https://radio.example/most?a=1&b=2"),
        "archived": lambda d: d.one(GONE, "https://archive.example/1"),
        "language": lambda d: d.one("en", "uk", "ru", "zh-Hans"),
        "genre": lambda d: d.one("news", "wire", "statement", "document", "post"),
        "written": lambda d: d.one(GONE, d.when()),
        "stored": lambda d: d.one("whole", "excerpt", "none"),
        "publish": lambda d: d.one("full", "excerpts", "none"),
        "skipped": lambda d: d.one(GONE, d.record.get("skipped", [])[:1] or GONE, d.record.get("skipped", GONE)),
        "reprints": lambda d: d.ids("source", 1),
        "summary": lambda d: d.one(GONE, d.prose(), d.prose(), d.prose()),
        "translated_title": lambda d: d.one(GONE, {"uk": "Пором"}, {"de": "Die Fähre", "uk": "Пором"}),
    },
    "entity": {
        "was": Draw.old_ids,
        "type": lambda d: d.one("person", "organisation", "outlet", "place", "document"),
        "name": Draw.line,
        "names": lambda d: d.one(GONE, {"uk": "Хтось"}, {"ru": "Некто", "de": "Jemand"}),
        "description": lambda d: d.one(GONE, d.prose(), d.prose()),
        "speaks_for": Draw.affiliations,
        "owned_by": Draw.affiliations,
        "part_of": Draw.affiliations,
        "wikidata": lambda d: d.one(GONE, "Q42", "Q7"),
    },
    "claim": {
        "was": Draw.old_ids,
        "says": lambda d: d.one(d.record["says"].replace("The ", "That "), f"{d.record['says'].rstrip('.')}, as they say.", d.record["says"].rstrip(".") + " indeed."),
        "kind": lambda d: d.one("fact", "number", "absence", "statement", "forecast", "opinion"),
        "topics": lambda d: d.ids("topic"),
        "about": lambda d: d.ids("entity"),
        "when": lambda d: d.one(GONE, d.when(), d.when()),
        "after": lambda d: d.ids("claim", 1),
        "speaker": lambda d: d.one(GONE, d.id("entity")),
        "content": lambda d: d.one(GONE, d.id("claim")),
        "seen": lambda d: d.citations("seen"),
        "evidence": lambda d: d.citations("evidence"),
        "computed": lambda d: d.one(GONE, ["300 - 250 = 50"], ["50 + 250 = 300"]),
        "searched": lambda d: d.one(GONE, {"where": d.line(), "terms": ["ferry"], "until": d.day()}),
        "contradicts": Draw.contradictions,
        "superseded_by": lambda d: d.one(GONE, d.id("claim")),
        "outcome": lambda d: d.one(GONE, d.id("claim")),
        "implies": lambda d: d.ids("claim", 2),
        "verdict": lambda d: d.one("not-enough-evidence", "needs-context", "supported", "conflicting", "refuted"),
        "why": Draw.prose,
        "missing": lambda d: d.one(GONE, [d.prose()], [d.prose(), d.prose()]),
        "unknown": lambda d: d.one(GONE, [d.prose()], [d.prose(), d.prose()], [d.prose()]),
        "checked": lambda d: d.one(GONE, {"on": d.day(), "by": ["Ida", "Jon"]}, {"on": d.day(), "by": [d.one(*_NAMES)]}),
        "review_by": lambda d: d.one(GONE, d.day(), d.day()),
        "log": Draw.log,
    },
    "event": {
        "was": Draw.old_ids,
        "title": Draw.line,
        "when": Draw.when,
        "as_stated": lambda d: d.one(GONE, "since Tuesday", d.line()),
        "phase": lambda d: d.one("proposed", "planned", "under-way", "done", "cancelled", "disputed"),
        "where": lambda d: d.one(GONE, "lower-marn", "ferry-landing", d.id("entity")),
        "involves": lambda d: d.ids("entity"),
        "topics": lambda d: d.ids("topic"),
        "rests_on": lambda d: d.ids("claim"),
        "evidence": lambda d: d.citations("evidence"),
        "part_of": lambda d: d.one(GONE, d.id("event")),
        "summary": lambda d: d.one(GONE, d.prose(), d.prose()),
    },
    "topic": {
        "was": Draw.old_ids,
        "title": Draw.line,
        "question": lambda d: f"{d.line()}?",
        "answer": Draw.prose,
        "lead": lambda d: d.ids("claim"),
        "parties": lambda d: d.one(d.ids("entity"), ["lower-marn-council"], ["arne-bridgeworks", "lower-marn-council"]),
        "questions": Draw.questions,
    },
}  # fmt: skip


_OF_ALL: Mapping[str, Callable[[Draw], Any]] = {
    "notes": lambda d: d.one(GONE, d.line(), [d.line(), d.line()]),
    "imported": lambda d: d.one(GONE, {"format": "csv", "key": d.line()}),
}
FIELDS = {kind: {**of_kind, **_OF_ALL} for kind, of_kind in _OF_A_KIND.items()}
PLACES = tuple((kind, name) for kind, fields in FIELDS.items() for name in fields)
"""Every field of every kind of record."""


def change_field(random: Random, typed: Typed, number: int | None = None) -> str:
    """Type another value in a field of a record, in the field of that number or in any; gives what was done."""
    kind, name = random.choice(PLACES) if number is None else PLACES[number % len(PLACES)]
    pairs = typed.of(kind)
    if not pairs:
        return ""
    sheet, record = random.choice(pairs)
    value = FIELDS[kind][name](Draw(random, typed, kind, record))
    before = record.get(name)
    if value is GONE:
        record.pop(name, None)
    else:
        record[name] = value
    if name == "verdict" and "log" in record and value != before:
        record["log"] = [*record["log"], {"on": "2031-07-02", "verdict": value, "note": "Judged again."}]
        record["checked"] = {"on": "2031-07-02", "by": ["Ida", "Jon"]}
    if record.get(name) == before:
        return ""
    typed.save(sheet)
    return f"{kind} {record['id']}: {name} = {record.get(name)!r}"
