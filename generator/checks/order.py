"""Rules 9 and 10: hops run forward in time and never in a circle; no claim is dated after its source."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from generator import dates
from generator.checks.rule import Context, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.link import Library
    from generator.records import Chain, Claim, Seen


def _paths(claim: Claim) -> Iterator[tuple[tuple[str | int, ...], Seen, Chain]]:
    """List every chain of a claim with the path of its field."""
    for field, index, item in claim.cited:
        if item.chain is not None:
            yield (field, index, "chain"), item, item.chain
        for number, chain in enumerate(item.chains):
            yield (field, index, "chains", number), item, chain


def check_hops(context: Context) -> Iterator[Finding]:
    """Find chains in which a later hop is dated before an earlier one, or after the source."""
    for claim in context.scope.claims:
        for path, item, chain in _paths(claim):
            source = context.library.sources.get(item.source)
            dated = [(i, hop.on) for i, hop in enumerate(chain.hops) if hop.on is not None]
            for (_, first), (index, then) in pairwise(dated):
                if dates.is_before(then, first):
                    yield Finding(
                        context.library.place("claim", claim.id, *path, index),
                        f"This hop of {then.text} passes on words of {first.text}: hops run forward in time, the origin first.",
                        "Turn the chain round, or correct a date.",
                    )
            if (
                dated
                and source is not None
                and source.dated is not None
                and dates.is_before(source.dated, dated[-1][1])
            ):
                yield Finding(
                    context.library.place("claim", claim.id, *path, dated[-1][0]),
                    f"This hop is dated {dated[-1][1].text}, after its source `{source.id}` of {source.dated.text}.",
                    "Correct the date, or give the source's true time as `written:`.",
                )


def check_dated_after_source(context: Context) -> Iterator[Finding]:
    """Find claims about a time that lies wholly after a source in which they are said; forecasts are exempt."""
    for claim in context.scope.claims:
        if claim.when is None or claim.kind == "forecast":
            continue
        for index, item in enumerate(claim.seen):
            source = context.library.sources.get(item.source)
            if source is not None and source.dated is not None and dates.is_before(source.dated, claim.when):
                yield Finding(
                    context.library.place("claim", claim.id, "seen", index, "in"),
                    f"The claim is about {claim.when.text}, and `{source.id}` is of {source.dated.text}: it could not know.",
                    "Correct `when:`, give the source's true time as `written:`, or use `kind: forecast`.",
                )


def check_refuted_later(context: Context) -> Iterator[Finding]:
    """Find refuting items whose origin is dated after the time the claim is about."""
    for claim in context.scope.claims:
        if claim.when is None:
            continue
        for path, item, chain in _paths(claim):
            if getattr(item, "stance", "") != "refutes" or not chain.hops or chain.hops[0].on is None:
                continue
            if dates.is_before(claim.when, chain.hops[0].on):
                yield Finding(
                    context.library.place("claim", claim.id, *path, 0),
                    f"This was said on {chain.hops[0].on.text}, after the time the claim is about ({claim.when.text}).",
                    "Make it `stance: context`; a later state is another claim (`superseded_by:`).",
                )


def check_foreseen(context: Context) -> Iterator[Finding]:
    """Find support that somebody did or saw it, told by a source that is wholly older than the time the claim is about.

    What refutes a claim may well be older: an earlier exchange shows that a later one was not the first.
    """
    for claim in context.scope.claims:
        if claim.when is None or claim.kind in ("forecast", "opinion", "statement"):
            continue
        for index, item in enumerate(claim.evidence):
            source = context.library.sources.get(item.source)
            told = item.basis in ("act", "witness") and item.stance == "supports"
            if told and source is not None and source.dated is not None and dates.is_before(source.dated, claim.when):
                yield Finding(
                    context.library.place("claim", claim.id, "evidence", index, "basis"),
                    f"The claim is about {claim.when.text}, and `{source.id}` is of {source.dated.text}: nobody had done or seen it yet.",
                    "Make it `stance: context`, correct `when:`, or give the source's true time as `written:`.",
                )


def check_after(context: Context) -> Iterator[Finding]:
    """Find claims that come after themselves through `after`."""
    claims = context.library.claims
    for start in _circles({one: claim.after for one, claim in claims.items()}):
        yield Finding(
            context.library.place("claim", start, "after"),
            "This claim comes after itself: following `after:` from claim to claim leads back to it.",
            "Take one of them out of an `after:` on the way.",
        )


def _circles(edges: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Name one member of each circle of a graph, the first in order."""
    state: dict[str, int] = {}
    for start in edges:
        if start in state:
            continue
        state[start] = 1
        stack = [(start, iter(edges[start]))]
        while stack:
            node, rest = stack[-1]
            step = next((one for one in rest if one in edges), None)
            if step is None:
                state[node] = 2
                stack.pop()
            elif step not in state:
                state[step] = 1
                stack.append((step, iter(edges[step])))
            elif state[step] == 1:
                yield step


def _voices(library: Library, item: Seen, chain: Chain) -> list[str]:
    """List the named voices of a chain, the source's outlet last."""
    named = [one for hop in chain.hops if (one := hop.who or hop.claimed)]
    source = library.sources.get(item.source)
    return [*named, source.outlet] if source is not None else named


def _without_outlet(library: Library, claim: Claim, path: Sequence[str | int], voices: Sequence[str]) -> str | None:
    """Write a chain without the outlet at its end; None where it holds more than ids, or another voice twice."""
    located = library.located["claim", claim.id]
    loc = (*located.loc, *path)
    typed, hops = located.document.read(loc), voices[:-2]
    ends = voices[-2] == voices[-1] and len({*hops, voices[-1]}) == len(hops) + 1
    if not ends or typed != list(voices[:-1]) or not located.document.place(loc).end_line:
        return None
    return f"[{', '.join(hops)}]" if hops else "own"


def check_chain_circle(context: Context) -> Iterator[Finding]:
    """Find claims whose chains, taken together, lead from a voice back to itself."""
    for claim in context.scope.claims:
        edges: dict[str, dict[str, None]] = {}
        for path, item, chain in _paths(claim):
            voices = _voices(context.library, item, chain)
            if len(set(voices)) < len(voices):
                twice = next(one for one in voices if voices.count(one) > 1)
                once = _without_outlet(context.library, claim, path, voices)
                yield Finding(
                    context.library.place("claim", claim.id, *path),
                    f"`{twice}` stands twice in this chain (the source's own outlet is always its last link).",
                    f"Write `{once}`." if once else "List each voice once; for the outlet's own reporting write `own`.",
                    twice,
                    once,
                )
                continue
            for first, then in pairwise(voices):
                edges.setdefault(first, {})[then] = None
                edges.setdefault(then, {})
        for voice in _circles({one: tuple(then) for one, then in edges.items()}):
            yield Finding(
                context.library.place("claim", claim.id, "seen" if claim.seen else "evidence"),
                f"The chains of this claim go in a circle through `{voice}`: each passes it on from the other.",
                "Find out who said it first; a circle has no origin.",
            )


def check_loops(context: Context) -> Iterator[Finding]:
    """Find records that lead back to themselves through `superseded_by`, `content`, `outcome`, `part_of` or `reprints`."""
    library = context.library
    loops: tuple[tuple[str, str, dict[str, tuple[str, ...]]], ...] = (
        ("claim", "superseded_by", {one: _only(claim.superseded_by) for one, claim in library.claims.items()}),
        ("claim", "content", {one: _only(claim.content) for one, claim in library.claims.items()}),
        ("claim", "outcome", {one: _only(claim.outcome) for one, claim in library.claims.items()}),
        ("event", "part_of", {one: _only(event.part_of) for one, event in library.events.items()}),
        ("source", "reprints", {one: source.reprints for one, source in library.sources.items()}),
    )
    for kind, field, edges in loops:
        for start in _circles(edges):
            yield Finding(
                library.place(kind, start, field),
                f"This {kind} leads back to itself through `{field}:`.",
                "Take one of them out on the way.",
            )


def _only(one: str | None) -> tuple[str, ...]:
    return (one,) if one is not None else ()


def check_affiliations(context: Context) -> Iterator[Finding]:
    """Find entities that stand behind themselves."""
    edges = {one: tuple(a.who for a in entity.affiliations) for one, entity in context.library.entities.items()}
    for start in _circles(edges):
        yield Finding(
            context.library.place("entity", start),
            "This entity stands behind itself: following `speaks_for`, `owned_by` and `part_of` leads back to it.",
            "Take one of them out on the way.",
        )
