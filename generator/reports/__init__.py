"""Diagnostics and the desk written out: for people, for programs, for GitHub; always escaped for where they go."""

from generator.reports.catalogue import CATALOGUE, Entry, reason_of, title_of
from generator.reports.desk import SHOWN_ITEMS, format_desk, format_desk_json
from generator.reports.escaping import escape_line
from generator.reports.excerpt import Lines, Row, cut, mend
from generator.reports.explain import Example, explain, list_codes, read_examples
from generator.reports.github import format_github
from generator.reports.json_report import format_json
from generator.reports.sarif import format_sarif
from generator.reports.text import count, format_one, format_text, may_colour, summarise

__all__ = [
    "CATALOGUE",
    "SHOWN_ITEMS",
    "Entry",
    "Example",
    "Lines",
    "Row",
    "count",
    "cut",
    "escape_line",
    "explain",
    "format_desk",
    "format_desk_json",
    "format_github",
    "format_json",
    "format_one",
    "format_sarif",
    "format_text",
    "list_codes",
    "may_colour",
    "mend",
    "read_examples",
    "reason_of",
    "summarise",
    "title_of",
]
