"""`filters`: the form that narrows down and orders a list; `assets/lists.js` brings it to life."""

from __future__ import annotations

import json
from typing import Any

from generator.dialect.fences.markup import element, read_json_lines, text

_SORT = "sort"


def draw_filters(payload: str) -> str:
    """Draw the form.

    Args:
        payload: JSON lines. The first: `for`, the id of the container that holds the list; `title`, the form's accessible
            name; `one` and `many`, the noun; `total`; and where wanted `csv`, a file name, and `mode`: `dim`, so that
            items that do not match stay in place with the class `out`. Each other line is a group: `name` (the items'
            attribute `data-<name>`), `title`, `options` as `[value, label, count]` or, for verdicts,
            `[value, label, count, sign]`, and where wanted a `note`. The group `sort` has options `[key, label]`: the
            attribute to sort by, with a hyphen before it for descending order; the empty key is the order of the page.

    Returns:
        A `<form class="filters">` of native checkboxes in a `<details>` for each group, hidden by the style sheet where
        scripts do not run. Its status line says how many items there are.

    Raises:
        ValueError: a line is no JSON object, a field is missing, or a value holds a blank.
    """
    rows = read_json_lines(payload)
    if not rows:
        raise ValueError("the filters have no first line")
    head, groups = rows[0], rows[1:]
    lacking = [f"{key!r}" for key in ("for", "title", "one", "many", "total") if key not in head]
    lacking += [f"{key!r} of a group" for key in ("name", "title", "options") for row in groups if key not in row]
    if lacking:
        raise ValueError(f"the filters lack {', '.join(lacking)}")
    total = int(head["total"])
    facets = [_group(row) for row in groups if row["name"] != _SORT]
    return element(
        "form",
        element("div", *facets, class_="groups") if facets else "",
        element(
            "div",
            element("output", text(f"{total:,} {head['one'] if total == 1 else head['many']}")),
            element("button", "Reset", type="reset"),
            *(_order(row) for row in groups if row["name"] == _SORT),
            element("button", "CSV", type="button", aria_label="Download as CSV") if head.get("csv") else "",
            class_="state",
        ),
        class_="filters",
        aria_label=head["title"],
        autocomplete="off",
        data_for=head["for"],
        data_one=head["one"],
        data_many=head["many"],
        data_csv=head.get("csv"),
        data_mode=head.get("mode"),
        data_pagefind_ignore="all",
    )


def _group(row: dict[str, Any]) -> str:
    options = [_option(row["name"], *option) for option in row["options"]]
    note = element("p", text(row["note"]), class_="note") if row.get("note") else ""
    panel = element("div", *options, note, role="group", aria_label=row["title"])
    return element("details", element("summary", text(row["title"]), " ", element("b")), panel)


def _option(name: str, value: str, label: str, count: int, sign: str = "") -> str:
    if not value or value.split() != [value]:
        raise ValueError(f"a value of the filter {name!r} is empty or holds a blank: {json.dumps(value)}")
    words = element("span", text(label), class_=f"verdict verdict-{sign}" if sign else None)
    box = element("input", type="checkbox", name_=name, value=value).removesuffix("</input>")
    return element("label", box, words, " ", element("b", f"{count:,}"))


def _order(row: dict[str, Any]) -> str:
    options = [element("option", text(label), value=value) for value, label in row["options"]]
    return element("label", text(row["title"]), " ", element("select", *options, name_=_SORT))
