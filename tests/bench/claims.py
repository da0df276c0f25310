"""The claims of a corpus: what they cite, and how they are judged by the rules."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from bench.cast import MOST_NAMED, Picker
from bench.judged import Claim, Item
from bench.texts import quote_from

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from bench.cast import Cast, Entity
    from bench.texts import Source
    from bench.words import Vocabulary

DESK_DAYS = tuple(date(2024, 7, 8) + timedelta(days=8 * number) for number in range(40))
"""The days on which the desk judged something."""
_DAYS_OF_TOPIC = 9
_WINDOW = 12
_TOPICS_AT_ONCE = 4
_SHAPES = {
    "supported": 22, "documented": 5, "counted": 9, "heard": 8, "absent": 2, "turned-up": 1, "refuted": 5, "rivals": 4,
    "needs-context": 8, "undecided": 14, "uncounted": 5, "unheard": 6, "opinion": 6, "forecast": 5, "unchecked": 5,
}  # fmt: skip
_LACKING = {
    "supported": "undecided", "refuted": "undecided", "documented": "undecided",
    "counted": "uncounted", "heard": "unheard",
}  # fmt: skip
"""What a claim is where the sources around it do not bear it out."""
_DID = ("delivered", "promised", "lent", "handed over", "returned", "refused", "sold", "sent")


class Desk:
    """Makes up claims, one after the other in the order of their days."""

    def __init__(self, random: Random, vocabulary: Vocabulary, cast: Cast, sources: Sequence[Source]) -> None:
        self._random, self._vocabulary, self._cast, self._sources = random, vocabulary, cast, sources
        self._voices = Picker(random, cast.voices, MOST_NAMED)
        self._places = Picker(random, cast.members["place"], MOST_NAMED)
        self._agencies = [outlet for outlet in cast.members["outlet"] if outlet.is_agency]
        self.claims: list[Claim] = []

    def make_claims(self, count: int, topics: Sequence[str]) -> None:
        """Make up so many claims on so many topics."""
        random = self._random
        days_of = {topic: sorted(random.sample(DESK_DAYS, _DAYS_OF_TOPIC)) for topic in topics}
        while len(self.claims) < count:
            index = len(self.claims)
            first = index * len(topics) // count // _TOPICS_AT_ONCE * _TOPICS_AT_ONCE
            shape = random.choices(list(_SHAPES), list(_SHAPES.values()))[0]
            if shape == "rivals" and index + 2 > count:
                shape = "undecided"
            start = index * len(self._sources) // count
            window = self._sources[start : start + _WINDOW] or self._sources[-_WINDOW:]
            window = window if len(window) > 3 else self._sources[-_WINDOW:]
            own = topics[first : first + _TOPICS_AT_ONCE]
            picked = random.sample(own, min(len(own), 1 if random.random() < 0.92 else 2))
            claim = self._make(shape, window, picked)
            claims = [claim]
            if shape == "rivals":
                claims.append(self._oppose(claim, window))
            for one in claims:
                self._judge(one, days_of[picked[0]])
                self._relate(one)
                self.claims.append(one)

    def _make(self, shape: str, window: Sequence[Source], topics: list[str]) -> Claim:
        random = self._random
        chosen = sorted(random.sample(window, random.choice((1, 1, 2, 2, 3))), key=lambda one: one.day)
        day = chosen[0].day - timedelta(days=random.choice((0, 0, 0, 1, 2)))
        about = list(
            {one.id: one for one in (self._voices.pick() for _ in range(random.choice((1, 2, 2, 3))))}.values()
        )
        claim = Claim(self._name(), shape, self._write_when(day), day, topics, about)
        figures = self._make_figures() if claim.kind == "number" else ()
        claim.says = self._say(claim, figures)
        if claim.kind == "statement":
            claim.speaker = about[0]
        claim.seen = [self._cite(claim, source, figures) for source in chosen]
        self._weigh(claim, [one for one in window if one.day >= day], figures)
        return claim

    def _name(self) -> str:
        first, second = self._vocabulary.draw(2)
        return f"{first}-{self._vocabulary.draw_rare()}-{second}-{len(self.claims)}"

    def _write_when(self, day: date) -> str:
        draw = self._random.random()
        if draw < 0.06:
            return f"{day:%Y-%m}"
        if draw < 0.12:
            return f"{day - timedelta(days=self._random.randint(1, 9))}/{day}"
        if draw < 0.16:
            return f"{day}T{self._random.randint(6, 21):02}:30+02:00"
        return f"{day}~" if draw < 0.19 else f"{day}"

    def _make_figures(self) -> tuple[str, ...]:
        figure = self._random.randint(12, 9_000)
        return (f"{figure:,}",)

    def _say(self, claim: Claim, figures: tuple[str, ...]) -> str:
        random, words = self._random, self._vocabulary.draw(4)
        first, last = claim.about[0].name, claim.about[-1].name
        place = self._places.pick().name
        on = f" on {claim.day.day} {claim.day:%B %Y}" if random.random() < 0.3 and claim.when == f"{claim.day}" else ""
        end = f" to {last}" if last != first else f" in {place}"
        match claim.kind:
            case "number":
                return f"{first} {random.choice(_DID)} {figures[0]} crates of {words[0]} {words[1]}{end}{on}."
            case "statement":
                return f"{first} said that the {words[0]} {words[1]} of {place} would be {words[2]}."
            case "absence":
                return f"{first} has not answered the {words[0]} of {place} about the {words[1]} {words[2]}."
            case "opinion":
                return f"The {words[0]} of {first} is a disgrace for the {words[1]} {words[2]} in {place}."
            case "forecast":
                return f"{first} will give the {words[0]} {words[1]} back to the {words[2]} of {place}."
        return f"{first} {random.choice(_DID)} the {words[0]} {words[1]} of the {words[2]}{end}{on}."

    def _cite(self, claim: Claim, source: Source, figures: tuple[str, ...], voice: Entity | None = None) -> Item:
        """Cite where it is said, with a chain as long as chains are."""
        random, slot = self._random, quote_from(self._random, source, figures)
        draw = random.random()
        if claim.speaker is not None:
            return Item(source, slot, f"[{self._through(claim.speaker.id, source)}]", None)
        if draw < 0.22:
            return Item(source, slot, "own", source.outlet.root)
        if draw < 0.34:
            return Item(source, slot, "untraced", None)
        if draw < 0.44:
            unnamed = random.choice(("officials", "people who were there", "a person in the room", "residents"))
            return Item(source, slot, f"[{{unnamed: {unnamed}}}]", None)
        voice = voice or self._voices.pick()
        if draw < 0.48:
            return Item(source, slot, f"[{{claimed: {voice.id}}}]", None)
        if draw < 0.54:
            on = source.day - timedelta(days=random.randint(0, 2))
            return Item(source, slot, f"[{{who: {voice.id}, on: {on}}}]", voice.root)
        return Item(source, slot, f"[{self._through(voice.id, source)}]", voice.root)

    def _through(self, voice: str, source: Source) -> str:
        """Let an agency pass words on to an outlet; agencies tell theirs at first hand."""
        if source.outlet.is_agency or self._random.random() < 0.55:
            return voice
        return f"{voice}, {self._random.choice(self._agencies).id}"

    def _weigh(self, claim: Claim, window: Sequence[Source], figures: tuple[str, ...]) -> None:
        """Add the evidence that the verdict needs; where the window has none, the claim stays undecided."""
        random = self._random
        stance = "refutes" if claim.shape == "refuted" else "supports"
        if claim.shape in ("supported", "counted", "heard", "refuted"):
            claim.evidence = self._find_two(claim, window, figures, stance)
        elif claim.shape == "documented":
            claim.evidence = self._find_document(window)
        elif claim.shape == "absent":
            self._search(claim)
        elif claim.shape == "turned-up":
            claim.evidence = [self._find_instance(claim, window[0])]
        elif claim.shape in ("needs-context", "undecided") and random.random() < 0.5:
            item = self._cite(claim, random.choice(window), figures)
            item.stance, item.basis = "context", random.choice(("hearsay", "act", "witness"))
            claim.evidence = [item]
        if claim.shape in _LACKING and not claim.evidence:
            claim.shape = _LACKING[claim.shape]
        if claim.evidence and claim.kind == "fact" and random.random() < 0.2:
            item = self._cite(claim, random.choice(window), figures)
            item.stance, item.basis = stance, "hearsay"
            if stance == "supports" or ", on: " not in item.chain:  # what refutes is not dated after the claim
                claim.evidence.append(item)

    def _find_document(self, window: Sequence[Source]) -> list[Item]:
        papers = [one for one in window if one.genre == "document" and one.base is None]
        if not papers:
            return []
        paper = self._random.choice(papers)
        return [Item(paper, quote_from(self._random, paper), "own", paper.outlet.root, "supports", "document")]

    def _search(self, claim: Claim) -> None:
        """Search for what is absent until long after its time."""
        until = claim.day + timedelta(days=45)
        term, other = self._vocabulary.draw(2)
        search = f"{{where: the register and its notices, terms: [{term}, {other}], until: {until}}}"
        claim.typed.append(f"  searched: {search}")

    def _find_instance(self, claim: Claim, source: Source) -> Item:
        """Let the actor tell of what was said to be absent, within the time that the claim is about."""
        claim.when = f"{claim.day}/{source.day}" if claim.day < source.day else f"{claim.day}"
        actor = claim.about[0]
        chain = f"[{{who: {actor.id}, on: {source.day}}}]"
        return Item(source, quote_from(self._random, source), chain, actor.root, "refutes", "act")

    def _find_two(self, claim: Claim, window: Sequence[Source], figures: tuple[str, ...], stance: str) -> list[Item]:
        """Find two sources that go back to two voices, each of its own."""
        random = self._random
        fresh = [one for one in window if one.base is None]
        for _ in range(4):
            if len(fresh) < 2:
                break
            first, second = random.sample(fresh, 2)
            voice = claim.speaker or self._voices.pick()
            said = claim.speaker is not None
            root = second.outlet.root if said else voice.root
            if first.outlet.root == root:
                continue
            chain = f"[{voice.id}]"
            return [
                Item(
                    first,
                    quote_from(random, first, figures),
                    chain if said else "own",
                    first.outlet.root,
                    stance,
                    "witness",
                ),
                Item(
                    second, quote_from(random, second, figures), chain, root, stance, "act" if not said else "witness"
                ),
            ]
        return []

    def _oppose(self, claim: Claim, window: Sequence[Source]) -> Claim:
        """Make up the other side of a dispute: told by another voice."""
        other = self._make("rivals", window, claim.topics)
        for one in (claim, other):
            one.evidence, one.seen = [], one.seen[:1]
        first, second = self._voices.pick(), self._voices.pick()
        while first.root == second.root:
            second = self._cast.members["person"][self._random.randrange(len(self._cast.members["person"]))]
        for one, voice in ((claim, first), (other, second)):
            source = one.seen[0].source
            chain = f"[{voice.id}]"
            one.seen[0].chain = chain
            one.evidence = [Item(source, quote_from(self._random, source), chain, voice.root, "supports", "act")]
        other.id = f"{other.id}-too"
        words = self._vocabulary.draw(2)
        claim.typed.append(
            f"  contradicts: [{{claim: {other.id}, as: rival, why: Only one {words[0]} was {words[1]}.}}]"
        )
        return other

    def _judge(self, claim: Claim, days: Sequence[date]) -> None:
        """Give reason, unknowns and history."""
        random = self._random
        claim.lists_unknowns = claim.verdict in ("conflicting", "not-enough-evidence") or random.random() < 0.1
        if claim.verdict == "unchecked":
            return
        words = self._vocabulary.draw(7)
        reports = len({item.source.id for item in (*claim.seen, *claim.evidence)})
        claim.why = (
            f"{'One report was' if reports == 1 else f'{reports} reports were'} read, and the {words[0]} of the {words[1]} "
            f"is in {'all of them' if random.random() < 0.5 else 'the first'}."
        )
        if random.random() < 0.6:
            claim.why += f" Nobody {words[2]} the {words[3]} before the {words[4]}, and the {words[5]} was {words[6]}."
        judged = sorted(random.sample(days, random.choices((1, 2, 3), (70, 22, 8))[0]))
        before = random.choice(("not-enough-evidence", "unchecked", claim.verdict))
        claim.log = [(day, before) for day in judged[:-1]] + [(judged[-1], claim.verdict)]

    def _relate(self, claim: Claim) -> None:
        """Tie a claim to earlier ones."""
        random = self._random
        if not self.claims or random.random() > 0.2:
            return
        other = random.choice(self.claims[-12:])
        draw = random.random()
        if claim.kind == "statement":
            claim.typed.append(f"  content: {other.id}")
        elif claim.kind == "opinion":
            claim.typed.append(f"  implies: [{other.id}]")
        elif other.kind == "forecast" and claim.kind == "fact":
            if not any("outcome:" in line for line in other.typed):
                other.typed.append(f"  outcome: {claim.id}")
        elif draw < 0.4 and other.day == claim.day:
            claim.typed.append(f"  after: [{other.id}]")
        elif draw < 0.8 and other.kind == claim.kind and not any("superseded_by:" in line for line in other.typed):
            other.typed.append(f"  superseded_by: {claim.id}")
