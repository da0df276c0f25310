"""`verdict-ladder`: the verdicts of claims that were judged anew, on each of a few days."""

from __future__ import annotations

from typing import Any

from generator.dialect.fences.markup import element, number, read_json_lines, text


def draw_verdict_ladder(payload: str) -> str:
    """Draw the ladder.

    A table and no drawing: it is read aloud cell by cell, and wraps at any width. A verdict is told by its sign (by the
    theme, from the class) and its word; where it stays the same a line leads on to the next.

    Args:
        payload: JSON lines. First `title`, `days` (pairs of ISO date and words), `now` (the ISO date of the column that
            the page shows, or empty) and `more` (how many claims are not listed); then for each claim `label`, `href`
            (an anchor of the page, or empty) and `verdicts`, for each day a pair of sign and word, or an empty list
            where it had not been judged.

    Returns:
        A `<figure class="verdict-ladder">` with a table: a row for each claim, a column for each day.

    Raises:
        ValueError: there are not two days, or a row has not one verdict for each day.
    """
    head, *rows = read_json_lines(payload) or [{}]
    days = head.get("days", [])
    if len(days) < 2:  # noqa: PLR2004 - one day makes no ladder
        raise ValueError("a ladder needs two days")
    columns = [
        element(
            "th",
            element("time", text(words), datetime=day),
            scope="col",
            aria_current="date" if day == head.get("now") else None,
        )
        for day, words in days
    ]
    table = element(
        "table",
        element("thead", element("tr", element("th", "Claim", scope="col"), *columns)),
        element("tbody", *(_row(row, head) for row in rows)),
    )
    caption = text(head.get("title", ""))
    if head.get("more"):
        caption += f"; {number(head['more'])} more are not shown"
    return element("figure", element("figcaption", caption), table, class_="verdict-ladder")


def _row(row: dict[str, Any], head: dict[str, Any]) -> str:
    verdicts = row["verdicts"]
    if len(verdicts) != len(head["days"]):
        raise ValueError(f"not one verdict for each day: {verdicts!r}")
    label = text(row["label"])
    if row.get("href", "").startswith("#"):
        label = element("a", label, href=row["href"])
    cells = []
    for place, (verdict, (day, words)) in enumerate(zip(verdicts, head["days"], strict=True)):
        when = element("span", text(words), class_="on")
        now = day == head.get("now")
        if not verdict:
            cells.append(element("td", when, " ", element("span", "not judged yet", class_="none"), class_="absent"))
        elif place and verdict == verdicts[place - 1] and not now:
            cells.append(element("td", when, " ", element("span", "the same", class_="none"), class_="same"))
        else:
            sign, word = verdict
            badge = element("span", text(word), class_=f"verdict verdict-{sign}")
            cells.append(element("td", when, " ", badge, class_="now" if now else None))
    return element("tr", element("th", label, scope="row"), *cells)
