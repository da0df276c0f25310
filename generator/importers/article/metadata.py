"""What a file says of itself as fields of a source: what is given or printed counts first, and what differs is noted."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.importers.article.told import Told
from generator.importers.cells import (
    has_words,
    note,
    plain_text,
    read_date,
    read_language,
    read_url,
    write_line,
    write_prose,
)
from generator.importers.naming import fold_name, is_id
from generator.importers.rows import Handle, Remark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from generator.importers.rows import Options, Value

_FLAGS = ("outlet", "published", "url", "language", "genre")
_IN_WORDS: Mapping[str, str] = MappingProxyType({"published": "date", "url": "address", "outlet": "publisher"})


@dataclass(slots=True)
class Settled:
    """What is settled about a source.

    Attributes:
        fields: by YAML name.
        notes: what has no place in them.
        remarks: what was not understood.
        said: where the file contradicts itself, as sentences.
    """

    fields: dict[str, Value] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


def settle(told: Sequence[Told], options: Options) -> Settled:
    """Settle the fields of a source.

    Args:
        told: what the file says of itself; of two things about one field the first counts.
        options: what whoever imports says: it counts before all that.
    """
    settled = Settled()
    flags = [Told(name, f"--{name}", options.given[name]) for name in _FLAGS if options.given.get(name)]
    for what in _READERS:
        _settle_one(settled, what, [one for one in (*flags, *told) if one.what == what], options)
    _settle_authors(settled, [one for one in told if one.what == "authors"])
    for one in told:
        if one.what == "licence":
            settled.said.append(f"It says of its licence, `{one.field}`: {one.value[:200]}")
        if one.what in {"", "licence"}:
            settled.notes.append(note(one.field, one.value))
    settled.notes = [*dict.fromkeys(settled.notes)]
    return settled


def _settle_one(settled: Settled, what: str, candidates: Iterable[Told], options: Options) -> None:
    read, is_same = _READERS[what]
    taken: tuple[Value, Told] | None = None
    others: list[Told] = []
    for one in candidates:
        value, remark = read(one, options)
        if value is None:
            settled.notes.append(note(one.field, one.value))
            settled.remarks += [remark] if remark else []
        elif taken is None:
            taken = value, one
            settled.remarks += [remark] if remark else []
        elif not is_same(taken[0], value):
            others += [] if _goes_further(taken[0], value) else [one]
            settled.notes.append(note(one.field, one.value))
    if taken is None:
        return
    settled.fields[what] = taken[0]
    if others:
        names = ", ".join(dict.fromkeys(f"`{one.field}`" for one in others))
        settled.said.append(
            f"There is more than one {_IN_WORDS.get(what, what)}: “{taken[1].value[:200]}” (`{taken[1].field}`) is taken, "
            f"and what {names} {'says' if len(others) == 1 else 'say'} is kept in the notes."
        )


def _goes_further(one: Value, other: Value) -> bool:
    """Tell whether two values need not contradict each other: one may only say more, as a date with its clock time does."""
    if isinstance(one, str) and isinstance(other, Handle):
        return True  # an id and a name may well mean one outlet
    short, long = sorted((fold_name(str(one)), fold_name(str(other))), key=len)
    return isinstance(one, str) and isinstance(other, str) and long.startswith(short)


def _settle_authors(settled: Settled, candidates: Iterable[Told]) -> None:
    """Take the authors from the first field that names any; what others name beside them is noted."""
    groups: dict[str, list[str]] = {}
    for one in candidates:
        name = write_line(plain_text(one.value))
        if name is None or read_url(name)[0]:
            settled.notes.append(note(one.field, one.value))
        else:
            groups.setdefault(one.field, []).append(name)
    names: list[str] = []
    for called, group in groups.items():
        names = names or [*dict.fromkeys(group)]
        known = {fold_name(name) for name in names}
        settled.notes += [note(called, name) for name in group if fold_name(name) not in known]
    if names:
        settled.fields["authors"] = [*names]


_Read = tuple["Value", "Remark | None"]


def _read_title(one: Told, _options: Options) -> _Read:
    text = plain_text(one.value)
    line = write_line(text)
    return line, (Remark("too-long", one.field, one.value) if line is None and has_words(text) else None)


def _read_outlet(one: Told, options: Options) -> _Read:
    if is_id(one.value) and one.field in {"--outlet", "outlet"}:
        return one.value, None
    name = write_line(plain_text(one.value))
    return (Handle("entity", options.outlets.get(fold_name(name), name), "outlet") if name else None), None


def _is_same_outlet(one: Value, other: Value) -> bool:
    if isinstance(one, Handle) and isinstance(other, Handle):
        return fold_name(one.key) == fold_name(other.key)
    return one == other


def _read_when(one: Told, _options: Options) -> _Read:
    return read_date(one.value, None, one.field)


def _read_day(one: Told, _options: Options) -> _Read:
    day, remark = read_date(one.value, "edtf", one.field)
    return (
        (day, remark)
        if day is None or len(day) == len("2025-06-01")
        else (None, Remark("date-unread", one.field, one.value))
    )


def _read_address(one: Told, _options: Options) -> _Read:
    return read_url(one.value, one.field)


def _read_tag(one: Told, _options: Options) -> _Read:
    tag = read_language(one.value)
    return tag, (None if tag else Remark("value-unread", one.field, one.value))


def _read_genre(one: Told, options: Options) -> _Read:
    is_known = one.value in (options.genres or (one.value,))
    return (one.value, None) if is_known else (None, Remark("word-unknown", one.field, one.value))


def _read_summary(one: Told, _options: Options) -> _Read:
    return one.value if write_prose(one.value) else None, None


def _are_equal(one: Value, other: Value) -> bool:
    return one == other


def _are_equal_folded(one: Value, other: Value) -> bool:
    return fold_name(str(one)) == fold_name(str(other))


_READERS: Mapping[str, tuple[Callable[[Told, Options], _Read], Callable[[Value, Value], bool]]] = MappingProxyType(
    {
        "title": (_read_title, _are_equal_folded),
        "outlet": (_read_outlet, _is_same_outlet),
        "published": (_read_when, _are_equal),
        "accessed": (_read_day, _are_equal),
        "url": (_read_address, _are_equal),
        "archived": (_read_address, _are_equal),
        "language": (_read_tag, _are_equal_folded),
        "genre": (_read_genre, _are_equal),
        "written": (_read_when, _are_equal),
        "summary": (_read_summary, _are_equal),
    }
)
