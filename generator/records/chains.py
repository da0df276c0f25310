"""Attribution chains: who said it first, and through whom it reached the page."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, model_validator
from pydantic_core import PydanticCustomError

from generator.records.fields import Id, Line, Model, When


class Hop(Model):
    """One voice on the way to the source. Exactly one of `who`, `unnamed` and `claimed` is given.

    Attributes:
        who: the entity that spoke, by its id.
        unnamed: a voice without a name, in our words. All of them together count as one origin at most.
        claimed: an entity of which only this text says that it spoke, by its id. It counts for nothing.
        on: when this voice spoke, where that is known.
        source: the source in which this voice's own words are stored, by its id.
    """

    who: Id | None = Field(default=None, examples=["anna-berg"])
    unnamed: Line | None = Field(default=None, examples=["officials"])
    claimed: Id | None = Field(default=None, examples=["example-agency"])
    on: When | None = Field(default=None, examples=["2025-06-01", "2025-06-01T12:30+03:00"])
    source: Id | None = Field(default=None, examples=["agency-2025-06-01"])

    @model_validator(mode="after")
    def _is_one_voice(self) -> Hop:
        if sum(voice is not None for voice in (self.who, self.unnamed, self.claimed)) != 1:
            raise PydanticCustomError(
                "bad_hop", "a hop names one voice: an entity, `{unnamed: ...}` or `{claimed: ...}`"
            )
        return self


def _read_hop(value: object) -> object:
    return {"who": value} if isinstance(value, str) else value


class Chain(Model):
    """The way of a statement to the source, the origin first and the source itself implied.

    Attributes:
        reach: `hops` where voices are named; `own` for the outlet's own reporting or judgement; `untraced` where the
            source gives no origin.
        hops: the voices, the origin first.
    """

    reach: Literal["hops", "own", "untraced"]
    hops: Annotated[tuple[Annotated[Hop, BeforeValidator(_read_hop)], ...], Field(max_length=12)] = ()


def read_chain(value: object) -> object:
    """Turn what an editor types (`own`, `untraced`, one id or a list of hops) into a chain's fields."""
    if isinstance(value, Chain):
        return value
    if value in ("own", "untraced"):
        return {"reach": value}
    if isinstance(value, str | dict):
        return {"reach": "hops", "hops": [value]}
    if isinstance(value, list) and ("own" in value or "untraced" in value):
        raise PydanticCustomError("bad_chain", "`own` and `untraced` stand alone: `chain: own`, without brackets")
    if isinstance(value, list) and value:
        return {"reach": "hops", "hops": value}
    raise PydanticCustomError("bad_chain", "a chain is `own`, `untraced` or a list of voices with the origin first")


def write_chain(chain: Chain) -> object:
    """Write a chain as an editor would type it."""
    if chain.reach != "hops":
        return chain.reach
    hops = [hop.model_dump(mode="json", exclude_none=True) for hop in chain.hops]
    return [hop["who"] if set(hop) == {"who"} else hop for hop in hops]


ChainInput = Literal["own", "untraced"] | Id | Hop | list[Id | Hop]
ChainField = Annotated[
    Chain,
    BeforeValidator(read_chain, json_schema_input_type=ChainInput),
    PlainSerializer(write_chain),
]
