"""Who speaks and publishes in a corpus: people, bodies, outlets, places; how they belong together; how often each is named."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from bench.words import to_scalar, to_script

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from bench.words import Vocabulary

MOST_NAMED = 240
"""An entity is named by so many claims at most: a desk does not write about one person only."""
MOST_PUBLISHED = 80
"""An outlet has so many sources at most."""
_SLOPE = 0.85
_BODIES = ("Council", "Ministry", "Union", "Works", "Court", "Office", "Fund", "Railways")
_PAPERS = ("Post", "Courier", "Herald", "Radio", "Gazette", "Times", "News")
_SHARES = {"organisation": 0.25, "outlet": 0.2, "place": 0.08, "document": 0.02, "person": 0.45}


@dataclass(slots=True)
class Entity:
    """One entity; `root` is whom its voice folds to, `belongs` the YAML line that says so."""

    id: str
    type: str
    name: str
    root: str
    belongs: str = ""
    is_agency: bool = False


class Picker:
    """Draws from a list: the first ones often, the last ones seldom, none much more often than a limit."""

    def __init__(self, random: Random, things: Sequence[Entity], most: int) -> None:
        self._random, self._things, self._most = random, things, most
        self._odds = list(accumulate(1 / (rank + 1) ** _SLOPE for rank in range(len(things))))
        self._uses = dict.fromkeys((thing.id for thing in things), 0)

    def pick(self) -> Entity:
        """Draw one, and count it."""
        for _ in range(6):
            (thing,) = self._random.choices(self._things, cum_weights=self._odds)
            if self._uses[thing.id] < self._most:
                break
        else:
            thing = self._random.choice(self._things)
        self._uses[thing.id] += 1
        return thing


@dataclass(slots=True)
class Cast:
    """All entities of a corpus, by type."""

    members: dict[str, list[Entity]] = field(default_factory=lambda: {type_: [] for type_ in _SHARES})

    @property
    def voices(self) -> list[Entity]:
        """Those who are quoted: for two people one body."""
        people, bodies = self.members["person"], self.members["organisation"]
        return [one for i, person in enumerate(people) for one in (person, *(bodies[i // 2 : i // 2 + 1] * (i % 2)))]


def make_cast(random: Random, vocabulary: Vocabulary, count: int) -> Cast:
    """Make up so many entities, the ones that stand behind others first."""
    cast, taken = Cast(), set[str]()
    for type_, share in _SHARES.items():
        members = cast.members[type_]
        while len(members) < max(3, round(count * share)):
            name = _make_name(random, vocabulary, type_)
            one = name.lower().replace(" ", "-")
            if one in taken:
                continue
            taken.add(one)
            entity = Entity(one, type_, name, one, is_agency=type_ == "outlet" and len(members) < 2 + count // 150)
            _place_behind(random, cast, entity)
            members.append(entity)
    return cast


def _make_name(random: Random, vocabulary: Vocabulary, type_: str) -> str:
    word, other = vocabulary.draw_rare().capitalize(), vocabulary.draw_rare().capitalize()
    return {
        "person": f"{word} {other}",
        "organisation": f"{word} {random.choice(_BODIES)}",
        "outlet": f"{word} {random.choice(_PAPERS)}",
        "place": word,
        "document": f"Register of {word}",
    }[type_]


def _place_behind(random: Random, cast: Cast, entity: Entity) -> None:
    """Let a body stand behind some of the entities: one that is there already, so that nobody stands behind themselves."""
    chance, relation = {
        "person": (0.6, "speaks_for"),
        "organisation": (0.25, "part_of"),
        "outlet": (0.3, "owned_by"),
    }.get(entity.type, (0.0, ""))
    bodies = cast.members["organisation"]
    if not bodies or random.random() >= chance:
        return
    behind = random.choice(bodies)
    entity.root = behind.root
    entity.belongs = f"{relation}: {behind.id}"
    if random.random() < 0.2:
        former = random.choice(bodies).id
        now = f"{{who: {behind.id}, from: {random.randint(2015, 2017)}}}"
        entity.belongs = f"{relation}: [{now}, {{who: {former}, until: 2014}}]"


def write_entities(random: Random, vocabulary: Vocabulary, members: Sequence[Entity]) -> str:
    """Write entities as a YAML list."""
    items = []
    for entity in members:
        lines = [f"- id: {entity.id}", f"  type: {entity.type}", f"  name: {to_scalar(entity.name)}"]
        if entity.type in ("person", "outlet") and random.random() < 0.25:
            names = (f"{language}: {to_script(entity.name.lower(), language).title()}" for language in ("ru", "uk"))
            lines.append(f"  names: {{{', '.join(names)}}}")
        if random.random() < 0.7:
            first, second = vocabulary.draw(2)
            lines.append(
                f"  description: Known for the {first} and the {second} of {vocabulary.draw_rare().capitalize()}."
            )
        if entity.belongs:
            lines.append(f"  {entity.belongs}")
        items.append("\n".join(lines))
    return "\n\n".join(items) + "\n"
