"""A claim as the corpus has it, and as an editor would type it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bench.words import to_scalar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from random import Random

    from bench.cast import Entity
    from bench.texts import Slot, Source
    from bench.words import Vocabulary

_VERDICTS = {
    "supported": "supported", "documented": "supported", "counted": "supported", "heard": "supported",
    "absent": "supported", "turned-up": "refuted", "refuted": "refuted", "rivals": "conflicting",
    "needs-context": "needs-context", "undecided": "not-enough-evidence", "uncounted": "not-enough-evidence",
    "unheard": "not-enough-evidence", "opinion": "not-checkable", "forecast": "not-checkable",
    "unchecked": "unchecked",
}  # fmt: skip
_KINDS = {
    "counted": "number", "uncounted": "number", "heard": "statement", "unheard": "statement", "absent": "absence",
    "turned-up": "absence", "opinion": "opinion", "forecast": "forecast",
}  # fmt: skip
_CHECKERS = ("Ada", "Bo", "Cem", "Dov", "Eva", "Fin")
_NOTES = ("First judged.", "Looked at again.", "Another report was found.")


@dataclass(slots=True)
class Item:
    """One citation as it is typed: the chain as YAML, and the root of its origin, where it has one."""

    source: Source
    slot: Slot
    chain: str
    root: str | None
    stance: str = ""
    basis: str = ""


@dataclass(slots=True)
class Claim:
    """One claim; `typed` holds further lines of YAML, from `contradicts:` to `searched:`."""

    id: str
    shape: str
    when: str
    day: date
    topics: list[str]
    about: list[Entity]
    says: str = ""
    speaker: Entity | None = None
    seen: list[Item] = field(default_factory=list)
    evidence: list[Item] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    why: str = ""
    lists_unknowns: bool = False
    log: list[tuple[date, str]] = field(default_factory=list)

    @property
    def verdict(self) -> str:
        """How it is judged."""
        return _VERDICTS[self.shape]

    @property
    def kind(self) -> str:
        """What sort of statement it is."""
        return _KINDS.get(self.shape, "fact")


def write_claim(random: Random, vocabulary: Vocabulary, claim: Claim) -> str:
    """Write a claim as an item of a YAML list."""
    lines = [f"- id: {claim.id}", f"  says: {to_scalar(claim.says)}", f"  kind: {claim.kind}"]
    lines.append(f"  topics: [{', '.join(claim.topics)}]")
    lines.append(f"  about: [{', '.join(one.id for one in claim.about)}]")
    lines.append(f"  when: {claim.when}")
    if claim.speaker is not None:
        lines.append(f"  speaker: {claim.speaker.id}")
    lines += _write_items("seen", claim.seen) + _write_items("evidence", claim.evidence) + claim.typed
    lines.append(f"  verdict: {claim.verdict}")
    if claim.why:
        lines.append(f"  why: {to_scalar(claim.why)}")
    lists = {"missing": claim.verdict == "needs-context", "unknown": claim.lists_unknowns}
    for name in (name for name, is_there in lists.items() if is_there):
        words = vocabulary.draw(3)
        lines += [f"  {name}:", f"    - Who had the {words[0]} of the {words[1]} before it was {words[2]}."]
    if claim.log:
        by = random.sample(_CHECKERS, 1 if random.random() < 0.15 else 2)
        lines += [f"  checked: {{on: {claim.log[-1][0]}, by: [{', '.join(by)}]}}", "  log:"]
    notes = zip(claim.log, _NOTES, strict=False)
    lines += [f"    - {{on: {day}, verdict: {verdict}, note: {note}}}" for (day, verdict), note in notes]
    return "\n".join(lines) + "\n"


def _write_items(name: str, items: Sequence[Item]) -> list[str]:
    lines = [f"  {name}:"] if items else []
    for item in items:
        lines.append(f"    - in: {item.source.id}")
        if item.stance:
            lines += [f"      stance: {item.stance}", f"      basis: {item.basis}"]
        lines.append(f"      quote: {to_scalar(item.slot.words)}")
        if item.slot.prefix:
            lines.append(f"      prefix: {item.slot.prefix}")
        lines.append(f"      chain: {item.chain}")
    return lines
