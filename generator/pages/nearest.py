"""The sentence below *Was it said?*: the citation that comes nearest to the origin, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.derive import join
from generator.derive.naming import name_record
from generator.derive.said import was_it_said

if TYPE_CHECKING:
    from generator.derive.said import Said
    from generator.pages.planned import Site
    from generator.records import Chain, Claim, Hop, Seen


def _name(site: Site, hop: Hop) -> str:
    who = hop.who or hop.claimed
    return name_record(site.library, "entity", who) if who else hop.unnamed or ""


def _nearest(site: Site, claim: Claim, said: Said) -> tuple[Seen, Chain] | None:
    """Find the first citation, and the shortest of its ways, that give the badge."""
    items = claim.seen or tuple(item for item in claim.evidence if item.stance == "supports")
    for item in items:
        if was_it_said(site.library, [item]) == said:
            fitting = [path for path in item.paths if said.reach != "relayed" or len(path.hops) in (0, said.hops)]
            return item, (fitting or list(item.paths))[0]
    return None


def _through(names: list[str]) -> str:
    return f" through {join(names[1:])}" if names[1:] else ""


def _relayed(outlet: str, names: list[str]) -> str:
    if not names or names == [outlet]:
        return f"It stands in a text by {outlet} itself, which was read and is not stored here."
    return (
        f"It stands in a report by {outlet}, which has it from {names[0]}{_through(names)}. "
        "The original words are not stored here."
    )


def _untraced(site: Site, claim: Claim, outlet: str, chain: Chain) -> str:
    outlet = outlet[:1].upper() + outlet[1:]
    if chain.hops and chain.hops[0].claimed is not None:
        return f"{outlet} names {_name(site, chain.hops[0])} as its source, which is known only from this text."
    texts = len({item.source for item in claim.seen})
    if texts <= 1:
        return f"{outlet} gives no source for it."
    return f"{'Neither of the two' if texts == 2 else f'None of the {texts}'} texts that say so gives a source."  # noqa: PLR2004


def explain_nearest(site: Site, claim: Claim, said: Said) -> str:
    """Say how near to the origin the claim's citations come, by naming the nearest of them.

    Example:
        `It stands in a report by Al Jazeera, which has it from Volodymyr Zelensky. The original words are not stored
        here.`
    """
    found = _nearest(site, claim, said)
    if found is None:
        return "No place where it is said is on record."
    item, chain = found
    outlet = name_record(site.library, "entity", site.library.sources[item.source].outlet)
    names = [_name(site, hop) for hop in chain.hops]
    match said.reach:
        case "at-the-origin" if not names or names == [outlet]:
            return f"Yes: {outlet} says so itself, and its text is stored here."
        case "at-the-origin":
            return f"Yes: the words of {names[0]} are stored here."
        case "relayed":
            return _relayed(outlet, names)
        case "unnamed-origin":
            return f"No name is given: {outlet} has it from “{names[0]}”{_through(names)}."
        case _:
            return _untraced(site, claim, outlet, chain)
