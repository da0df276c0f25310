"""Field types shared by the records: ids, dates, short and long texts, lists that may be typed as one value."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from generator import dates

if TYPE_CHECKING:
    from collections.abc import Mapping

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_ID = re.compile(ID_PATTERN)
LONGEST_ID = 80


@lru_cache(maxsize=1 << 14)  # most ids are typed many times
def _is_id(value: str) -> bool:
    return _ID.fullmatch(value) is not None


class Model(BaseModel):
    """A frozen part of a record; unknown fields are errors and fields are known by their YAML names."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True)

    @model_validator(mode="before")
    @classmethod
    def _leave_out_blanks(cls, value: object) -> object:
        """Treat a field left blank as a field left out; an unknown one stays, and is reported."""
        if not isinstance(value, dict) or None not in value.values():
            return value
        known = {*cls.model_fields, *fields_of(cls)}
        return {name: item for name, item in value.items() if item is not None or name not in known}


_STILL_TO_COME = frozenset(
    {"tbd", "tbc", "tba", "todo", "to do", "to be done", "to be written", "fixme", "xx", "xxx", "xxxx", "n/a", "lorem ipsum"}
)  # fmt: skip
COUNTRIES: Mapping[str, str] = MappingProxyType(
    {
        "ua": "uk", "by": "be", "kz": "kk", "jp": "ja", "cn": "zh", "cz": "cs", "dk": "da", "gr": "el", "rs": "sr",
        "at": "de", "us": "en", "gb": "en",
    }
)  # fmt: skip
"""Codes of countries that are no codes of a language (BCP 47), and the language that was meant."""


def _read_when(value: object) -> dates.When:
    if isinstance(value, dates.When):
        return value
    if not isinstance(value, str):
        raise PydanticCustomError("bad_date", "a date is expected, such as 2025-05-22")
    try:
        return dates.parse(value)
    except dates.DateError as error:
        raise PydanticCustomError("bad_date", "{reason}", {"reason": str(error)}) from None


def _read_day(value: object) -> date:
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise PydanticCustomError("bad_date", "a day is expected, such as 2025-05-22")
    try:
        return dates.parse_day(value)
    except dates.DateError as error:
        raise PydanticCustomError("bad_date", "{reason}", {"reason": str(error)}) from None


def _read_id(value: object) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("bad_id", "an id is expected")
    if len(value) > LONGEST_ID:
        raise PydanticCustomError("bad_id", f"an id has {LONGEST_ID} characters at most; this one has {len(value)}")
    if not _is_id(value):
        raise PydanticCustomError(
            "bad_id", "“{id}” is not an id: use a-z, 0-9 and single hyphens between them", {"id": value[:80]}
        )
    return value


def _read_flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if value in ("true", "yes"):
        return True
    if value in ("false", "no"):
        return False
    raise PydanticCustomError("wrong_type", "true or false is expected")


def _read_url(value: object) -> str:
    if isinstance(value, str) and len(value) <= 2000:  # noqa: PLR2004 - the practical limit of browsers
        try:
            parts = urlsplit(value)
        except ValueError:
            parts = None
        clean = not re.search(r"[\s<>\"\\^`{|}\x00-\x20\x7f]", value)
        if (
            parts is not None
            and parts.scheme in ("http", "https")
            and parts.hostname
            and "@" not in parts.netloc
            and clean
        ):
            return value
    raise PydanticCustomError("bad_url", "an address that begins with https:// or http:// is expected")


def _need_words(value: str) -> str:
    """Refuse a text without a letter or digit: a blank reason is no reason."""
    if not (value[:1].isalnum() or any(map(str.isalnum, value))):
        raise PydanticCustomError("no_words", "words are expected here")
    return value


def _need_meaning(value: str) -> str:
    """Refuse what stands for words that are still to come: it would be published as the reason or the statement."""
    if value.strip(" .!:[]()<>").casefold() in _STILL_TO_COME:
        raise PydanticCustomError(
            "no_words", "“{typed}” stands for words that are still to come", {"typed": value[:20]}
        )
    return value


def _need_language(value: str) -> str:
    """Refuse the code of a country that is the code of no language."""
    if value.lower() in COUNTRIES:
        raise PydanticCustomError(
            "country_code",
            "“{typed}” is the code of a country; the language there is `{meant}`",
            {"typed": value, "meant": COUNTRIES[value.lower()]},
        )
    return value


def _need_languages(value: dict[str, str]) -> dict[str, str]:
    for name in value:
        _need_language(name)
    return value


def read_list(value: object) -> object:
    """Let one value stand where a list of one belongs."""
    return [value] if isinstance(value, str | dict) else value


_EDTF_SCHEMA = {
    "type": "string",
    "format": "edtf",
    "description": "A date in EDTF (ISO 8601-2): 2025-05-22, 2025-05, 2023~, ../2025-06-08, 2025-05-23/2025-05-25.",
}
_DAY_SCHEMA = {"type": "string", "format": "date", "description": "A day: 2025-05-22."}

WHEN_EXAMPLES = ("2025-06-01", "2025-06", "2025", "2025-06~", "2025-06-01/2025-06-03", "2025-06-01T12:30+03:00")
"""The forms a date may have: day, month, year, about, from and to, clock time with zone."""

When = Annotated[
    dates.When,
    PlainValidator(_read_when),
    PlainSerializer(lambda when: when.text, return_type=str),
    WithJsonSchema(_EDTF_SCHEMA),
]
Day = Annotated[
    date, PlainValidator(_read_day), PlainSerializer(date.isoformat, return_type=str), WithJsonSchema(_DAY_SCHEMA)
]
Id = Annotated[
    str, PlainValidator(_read_id), WithJsonSchema({"type": "string", "pattern": ID_PATTERN, "maxLength": LONGEST_ID})
]
Flag = Annotated[bool, PlainValidator(_read_flag), WithJsonSchema({"type": "boolean"})]
Url = Annotated[str, PlainValidator(_read_url), WithJsonSchema({"type": "string", "format": "uri"})]
Line = Annotated[str, Field(min_length=1, max_length=300), AfterValidator(_need_words)]
Prose = Annotated[str, Field(min_length=1, max_length=1200), AfterValidator(_need_words), AfterValidator(_need_meaning)]
Quotation = Annotated[str, Field(min_length=1, max_length=1200)]
Note = Annotated[str, Field(min_length=1, max_length=4000)]
Language = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"), AfterValidator(_need_language)]
Names = Annotated[dict[str, Line], Field(max_length=20), AfterValidator(_need_languages)]

_Item = TypeVar("_Item")
Many = Annotated[tuple[_Item, ...], BeforeValidator(read_list)]
Ids = Many[Id]


class Imported(Model):
    """From which row of which format a record was made, so that the same row makes no second one.

    Attributes:
        format: the format it was read from.
        key: what tells the row apart in that format.
        digest: what the row said then, as the first 16 letters of its SHA-256.
    """

    format: Line = Field(examples=["claimreview"])
    key: Line = Field(examples=["https://desk.example/bridge#1f3a5b7c9d0e"])
    digest: Line | None = Field(default=None, examples=["1f3a5b7c9d0e2468"])


class Record(Model):
    """What every record has: an id that never changes, and at its end what concerns the desk alone.

    Attributes:
        id: the record's name inside the site and the address of its page: a-z, 0-9 and single hyphens. It never changes.
            In a file with one record it is left out; the file's name is the id.
        was: earlier ids, kept so that old addresses lead here.
        notes: notes of the desk, in plain words. They are never published. An import keeps here what has no field of its
            own.
        imported: from which row of which format it was imported. It is never published.
    """

    id: Id = Field(examples=["bridge-repaired-in-july"])
    was: Ids = Field(default=(), examples=[["bridge-repair"]])
    notes: Many[Note] = Field(default=(), examples=[["rating: Mostly false (2 of 1 to 5)"]])
    imported: Imported | None = Field(default=None, examples=[{"format": "claimreview", "key": "https://desk.example/bridge#1f3a5b7c9d0e"}])  # fmt: skip


PRIVATE = ("notes", "imported")
"""Fields of every record that are never published; they are typed last."""


def fields_of(model: type[BaseModel]) -> dict[str, Any]:
    """Map the YAML name of each field to pydantic's description of it, in the order in which they are typed."""
    fields = {(info.alias or name): info for name, info in model.model_fields.items()}
    last = {name: fields.pop(name) for name in PRIVATE if name in fields} if issubclass(model, Record) else {}
    return {**fields, **last}
