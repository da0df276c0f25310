"""The filters of a list: what each facet offers, how many items match it, and the lines of the block that draws the form."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from generator.derive import count
from generator.pages.jsonline import write_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.dates import When
    from generator.pages.planned import Site

_MOST_YEARS = 40


class Item(NamedTuple):
    """What an item of a list carries for its filters: the attributes `data-...` of its element.

    Attributes:
        key: the record's id.
        facets: the values of each facet by its name, such as `{"verdict": ("supported",)}`; ids or words.
        keys: what it is sorted by, such as `{"date": "2025-05-22", "count": "3"}`; empty ones are not written.
    """

    key: str
    facets: Mapping[str, Sequence[str]]
    keys: Mapping[str, str] = MappingProxyType({})

    @property
    def data(self) -> tuple[tuple[str, str], ...]:
        """Name and value of each attribute, `data-` left out, for the filter `data`."""
        facets = ((name, " ".join(map(slug, values))) for name, values in self.facets.items())
        pairs = (("key", self.key), *facets, *self.keys.items())
        return tuple((name, value) for name, value in pairs if value)


@dataclass(frozen=True, slots=True)
class Facet:
    """One group of filters.

    Attributes:
        name: the items' attribute `data-<name>`; one of those that `dialect.attributes` allows.
        title: its heading.
        labels: the words for each value, in the order in which they are offered. Values that are not here are not offered.
        signs: signs of verdicts, drawn beside the words.
        most: so many values are offered, the commonest first; 0 offers all in the order of `labels`.
        noun: what the values are, in the plural, for the note that says how many are left out.
    """

    name: str
    title: str
    labels: Mapping[str, str]
    signs: Mapping[str, str] = field(default_factory=dict)
    most: int = 0
    noun: str = "values"


@lru_cache(maxsize=1 << 12)
def slug(value: str) -> str:
    """Write a value without blanks, an id or a plain word as it is; two values never become one."""
    return quote(value, safe="")


def date_keys(when: When | None) -> dict[str, str]:
    """Give what an item is sorted by, the first day that is known, and the date as typed where it says something else."""
    day = when and (when.earliest or when.latest)
    if not when or not day:
        return {}
    return {"date": day.isoformat(), "when": "" if when.text == day.isoformat() else when.text}


def year_facet(items: Iterable[Item]) -> Facet:
    """Offer the years that the items have, the latest first; of too many, the commonest."""
    years = {year for item in items for year in item.facets.get("year", ())}
    labels = {year: year for year in sorted(years, reverse=True)}
    return Facet("year", "Year", labels, most=_MOST_YEARS if len(years) > _MOST_YEARS else 0, noun="years")


def topic_facet(site: Site, items: Iterable[Item], most: int = 0) -> Facet:
    """Offer the fact sheets that the items belong to, by their ids; with `most`, the commonest so many."""
    ids = sorted({topic for item in items for topic in item.facets.get("topic", ())})
    titles = {one: site.library.topics[one].title for one in ids}
    return Facet("topic", "Fact sheet", titles, most=most, noun="fact sheets")


def filters_payload(
    items: Sequence[Item],
    facets: Iterable[Facet],
    *,
    target: str,
    one: str,
    many: str,
    title: str = "Narrow down",
    orders: Sequence[tuple[str, str]] = (),
    csv: str = "",
    mode: str = "",
) -> tuple[str, ...]:
    """Write the lines of the block `filters`, for `parts/filters.md.jinja`.

    A facet by which nothing can be told apart is left out.

    Args:
        items: all items of the list.
        facets: the groups of filters in order.
        target: id of the container that holds the list.
        one: the noun in the singular, such as `claim`.
        many: the noun in the plural.
        title: the accessible name of the form.
        orders: key and words of each order, that of the page first, with the empty key; `-date` is descending.
        csv: file name of the download; the empty string offers none.
        mode: `dim` keeps items that do not match in place, with the class `out`.

    Returns:
        One JSON object for each line; nothing where the list has fewer than two items.
    """
    if len(items) < 2:  # noqa: PLR2004 - one item needs no filter
        return ()
    head: dict[str, object] = {"for": target, "title": title, "one": one, "many": many, "total": len(items)}
    head |= {"csv": csv} if csv else {}
    head |= {"mode": mode} if mode else {}
    groups = [group for facet in facets if (group := _offer(items, facet))]
    if orders:
        groups.append({"name": "sort", "title": "Order", "options": [list(order) for order in orders]})
    return tuple(write_json(row) for row in (head, *groups))


def _offer(items: Sequence[Item], facet: Facet) -> dict[str, object]:
    counts = Counter(value for item in items for value in set(item.facets.get(facet.name, ())))
    offered = [value for value in facet.labels if counts[value]]
    if all(counts[value] == len(items) for value in offered):
        return {}
    cut = sorted(offered, key=lambda value: -counts[value])[: facet.most] if facet.most else offered
    group: dict[str, object] = {"name": facet.name, "title": facet.title}
    group["options"] = [
        [slug(value), facet.labels[value], counts[value], *([facet.signs[value]] if value in facet.signs else [])]
        for value in cut
    ]
    if len(cut) < len(offered):
        group["note"] = f"The {len(cut)} most frequent of {count(len(offered), facet.noun, facet.noun)}."
    return group
