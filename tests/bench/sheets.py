"""The events and the fact sheets of a corpus: what rests on its claims."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bench.words import to_scalar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from random import Random

    from bench.cast import Cast
    from bench.judged import Claim
    from bench.words import Vocabulary

_PHASES = ("planned", "under-way", "disputed", "cancelled", "proposed")
_EVENTS_A_PART = 12


def _bears(claim: Claim) -> bool:
    """Tell whether a claim can bear that something took place."""
    return claim.kind in ("fact", "number", "absence") and claim.verdict != "refuted"


def make_events(
    random: Random, vocabulary: Vocabulary, cast: Cast, claims: Sequence[Claim], count: int
) -> list[tuple[date, str]]:
    """Make up so many events that rest on claims: the day of each, and the event as an item of a YAML list."""
    events = []
    whole = ""
    for number in range(count):
        index = number * len(claims) // count
        near = claims[index : index + 6]
        basis = random.sample(near, min(len(near), random.choice((1, 1, 2, 3))))
        main = basis[0]
        words = vocabulary.draw(4)
        one = f"{words[0]}-{vocabulary.draw_rare()}-{number}"
        place = random.choice(cast.members["place"][: 4 + index // 40])
        is_whole = number % _EVENTS_A_PART == 0
        when = f"{main.day}/{main.day + timedelta(days=30)}" if is_whole else main.when
        is_done = any(map(_bears, basis)) and random.random() < 0.7
        lines = [f"- id: {one}", f"  title: The {words[1]} {words[2]} of {place.name}", f"  when: {when}"]
        date_words = next((item.slot.date_words for item in main.seen if item.slot.date_words), "")
        if date_words:
            lines.append(f"  as_stated: {date_words}")
        lines.append(f"  phase: {'done' if is_done else random.choice(_PHASES)}")
        if random.random() < 0.7:
            lines.append(f"  where: {place.id}")
        lines.append(f"  involves: [{', '.join(one.id for one in main.about)}]")
        lines.append(f"  topics: [{', '.join(main.topics)}]")
        lines.append(f"  rests_on: [{', '.join(claim.id for claim in basis)}]")
        if whole and not is_whole and random.random() < 0.5:
            lines.append(f"  part_of: {whole}")
        if random.random() < 0.6:
            text = f"It is told [in {len(basis)} {'claim' if len(basis) == 1 else 'claims'}](claim:{main.id}) how the {words[3]} came to {place.name}."
            lines.append(f"  summary: {to_scalar(text)}")
        if is_whole:
            whole = one
        events.append((main.day, "\n".join(lines) + "\n"))
    return events


def write_topic(random: Random, vocabulary: Vocabulary, cast: Cast, claims: Sequence[Claim]) -> str:
    """Write the fact sheet on these claims."""
    words = vocabulary.draw(12)
    place = random.choice(cast.members["place"]).name
    named: dict[str, int] = {}
    for claim in claims:
        for item in (*claim.seen, *claim.evidence):
            if item.root:
                named[item.root] = named.get(item.root, 0) + 1
    parties = sorted(named, key=lambda root: (-named[root], root))[:3]
    lead = [claim for claim in claims if claim.verdict != "unchecked"][:4]
    told = [
        f"The {words[2 * number]} of {claim.about[0].name} is [told in full](claim:{claim.id}) where the {words[2 * number + 1]} is."
        for number, claim in enumerate(lead)
    ]
    lines = [
        f"title: The {words[8]} of {place}, and the {words[9]}",
        f"question: What became of the {words[8]} {words[10]} of {place}?",
        f"answer: {to_scalar(' '.join(['Much of it is known, and some of it is in dispute.', *told]))}",
        f"lead: [{', '.join(claim.id for claim in lead)}]",
        f"parties: [{', '.join(parties)}]",
        "questions:",
    ]
    asked = random.sample(claims, min(len(claims), random.randint(14, 20)))
    for number in range(4):
        ids = ", ".join(claim.id for claim in asked[number::4])
        word, other = vocabulary.draw(2)
        lines.append(f"  - {{id: q{number + 1}, text: Who {word} the {other}?, claims: [{ids}]}}")
    return "\n".join(lines) + "\n"
