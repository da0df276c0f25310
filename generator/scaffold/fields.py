"""What `new` asks of each kind of record: one row for each field, with its flag, its question and when it is needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from generator.records import KindName
    from generator.vocabulary import Section

Answer: TypeAlias = str | tuple[str, ...]
Answers: TypeAlias = Mapping[str, Answer]
Need: TypeAlias = Literal["never", "always", "for a statement", "to be quoted", "unless quoted", "without a text"]


@dataclass(frozen=True, slots=True)
class Asked:
    """One field that can be given to `new`.

    Attributes:
        name: the field's name in YAML.
        flag: the flag of the command line.
        help: what it is, for --help and as a question.
        needed: when the record cannot do without.
        many: whether it may be given more than once.
        refers: the kind of record whose id it takes.
        words: the section of the vocabulary whose words it takes.
        inside: the list that holds it, where it is no field of the record itself (`seen`).
        offered: asked for with the needed ones, though it may be left blank.
        metavar: how the value is shown in --help.
    """

    name: str
    flag: str
    help: str
    needed: Need = "never"
    many: bool = False
    refers: KindName | None = None
    words: Section | None = None
    inside: str = ""
    offered: bool = False
    metavar: str = "TEXT"


def is_needed(asked: Asked, answers: Answers, *, has_text: bool) -> bool:
    """Tell from the answers so far whether a field is needed.

    Args:
        asked: the field.
        answers: what has been answered.
        has_text: whether a text is stored for the source that is made or cited.
    """
    match asked.needed:
        case "for a statement":
            return answers.get("kind") == "statement"
        case "to be quoted":
            return has_text and not answers.get("finding")
        case "unless quoted":
            return not answers.get("quote")
        case "without a text":
            return not has_text
        case _:
            return asked.needed == "always"


_SOURCE = (
    Asked("outlet", "--outlet", "Who published it: the id of an outlet", "always", refers="entity", metavar="ID"),
    Asked("published", "--published", "The date printed on it, such as 2025-05-22", offered=True, metavar="DATE"),
    Asked("title", "--title", "Its title as printed", offered=True),
    Asked("authors", "--author", "A name as printed; once for each author", many=True, metavar="NAME"),
    Asked("accessed", "--accessed", "The day on which you read it  [default: today]", metavar="DAY"),
    Asked("url", "--url", "Its address", offered=True, metavar="URL"),
    Asked("archived", "--archived", "The address of an archived copy", offered=True, metavar="URL"),
    Asked("language", "--language", "The language of its text, such as en, uk, ru", "always", metavar="TAG"),
    Asked("genre", "--genre", "What sort of text it is, such as news", "always", words="genres", metavar="WORD"),
    Asked("written", "--written", "When it was written, where the printed date is missing or wrong", metavar="DATE"),
    Asked("stored", "--stored", "How much of the text is kept: whole or excerpt  [default: whole, none without a text]", metavar="WORD"),
    Asked("publish", "--publish", "How much of it the site may show: full, excerpts or none  [default: excerpts, none without a text]", metavar="WORD"),
    Asked("reprints", "--reprints", "A source whose text it repeats", many=True, refers="source", metavar="ID"),
    Asked("summary", "--summary", "What it says, in your own words; needed where no text is stored", "without a text"),
)  # fmt: skip
_ENTITY = (
    Asked("type", "--type", "What it is: person, organisation, outlet, place or document", "always", metavar="WORD"),
    Asked("name", "--name", "Its name, as readers should see it", "always"),
    Asked("names", "--name-in", "Its name in another language: a language tag and the name", many=True, metavar="TAG NAME"),
    Asked("description", "--description", "One sentence: who or what it is", offered=True),
    Asked("speaks_for", "--speaks-for", "Whose voice it is: both count as one origin", many=True, refers="entity", metavar="ID"),
    Asked("owned_by", "--owned-by", "Who owns it, where that makes both one origin", many=True, refers="entity", metavar="ID"),
    Asked("part_of", "--part-of", "The larger body that it belongs to", many=True, refers="entity", metavar="ID"),
    Asked("wikidata", "--wikidata", "Its number at Wikidata, such as Q42", metavar="Q..."),
)  # fmt: skip
_CLAIM = (
    Asked("says", "--says", "The statement, in your own words", "always"),
    Asked("kind", "--kind", "What it is: fact, number, absence, statement, forecast or opinion", "always", words="kinds", metavar="WORD"),
    Asked("topics", "--topic", "A fact sheet that it belongs to", many=True, refers="topic", offered=True, metavar="ID"),
    Asked("about", "--about", "Whom or what it concerns", many=True, refers="entity", metavar="ID"),
    Asked("when", "--when", "The time that it is about, such as 2025-05-22", offered=True, metavar="DATE"),
    Asked("speaker", "--speaker", "Who said it; needed for a statement", "for a statement", refers="entity", metavar="ID"),
    Asked("in", "--in", "The source in which it is said", "always", refers="source", inside="seen", metavar="ID"),
    Asked("quote", "--quote", "The words of the source, letter for letter", "to be quoted", inside="seen"),
    Asked("prefix", "--prefix", "The words before the quotation, where it stands more than once", inside="seen"),
    Asked("suffix", "--suffix", "The words behind the quotation, where it stands more than once", inside="seen"),
    Asked("finding", "--finding", "What the source says, in your own words, where no text is stored", "unless quoted", inside="seen"),
    Asked("chain", "--chain", "Who said it first, then who passed it on; or own, or untraced", "always", many=True, inside="seen", metavar="VOICE"),
)  # fmt: skip
_EVENT = (
    Asked("title", "--title", "A short name for it", "always"),
    Asked("when", "--when", "When it was, such as 2025-05-22 or 2025-05-23/2025-05-25", "always", metavar="DATE"),
    Asked("as_stated", "--as-stated", "The source's own date words; they stand in one of its quotations"),
    Asked("phase", "--phase", "How far it got: proposed, planned, under-way, done, cancelled or disputed", "always", words="phases", metavar="WORD"),
    Asked("where", "--where", "The place", refers="entity", metavar="ID"),
    Asked("involves", "--involves", "Who took part", many=True, refers="entity", offered=True, metavar="ID"),
    Asked("topics", "--topic", "A fact sheet that it belongs to", many=True, refers="topic", offered=True, metavar="ID"),
    Asked("rests_on", "--rests-on", "A claim that it rests on", "always", many=True, refers="claim", metavar="ID"),
    Asked("part_of", "--part-of", "A larger event", refers="event", metavar="ID"),
    Asked("summary", "--summary", "One or two sentences", offered=True),
)  # fmt: skip
_TOPIC = (
    Asked("title", "--title", "The name of the fact sheet", "always"),
    Asked("question", "--question", "The question that it answers", "always"),
    Asked("answer", "--answer", "The answer in about sixty words; [words](claim:id) link to a claim", "always"),
    Asked("lead", "--lead", "A claim to be shown first", many=True, refers="claim", metavar="ID"),
    Asked("parties", "--party", "A column of the matrix of who says what", many=True, refers="entity", metavar="ID"),
)  # fmt: skip

FIELDS: Mapping[KindName, tuple[Asked, ...]] = MappingProxyType(
    {"source": _SOURCE, "entity": _ENTITY, "claim": _CLAIM, "event": _EVENT, "topic": _TOPIC}
)
"""What is asked of each kind, in the order of the questions."""
