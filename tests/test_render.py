"""Pages as Markdown: front matter that MkDocs reads back, blank lines, errors at their line, which templates a page reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from conftest import ROOT
from hypothesis import example, given
from hypothesis import strategies as st
from mkdocs.utils.meta import get_data

from generator import load
from generator.diagnostics import Diagnostic
from generator.dialect import escape, escape_address, escape_attribute, prose_markdown
from generator.filters import curl_quotes, write_address, write_attribute, write_lines, write_payload
from generator.pages import PlannedPage
from generator.render import Renderer, render, templates_of

if TYPE_CHECKING:
    from collections.abc import Mapping

ANY_TEXT = st.text(max_size=60) | st.text("ab'\":#- \n&*!|{}[]%@`,?~=<>\\0.9é“\u2028\x85", max_size=12)
ONE_LINE = st.text(st.characters(codec="utf-8", exclude_characters="\n\r\x85\u2028\u2029", exclude_categories=["C"]))
WORDS = st.lists(ONE_LINE, max_size=3)


def page(meta: Mapping[str, Any] | None = None, template: str = "pages/a", **context: object) -> PlannedPage:
    return PlannedPage("claims/x.md", template, meta or {"title": "X"}, context)


def write(page_: PlannedPage, **templates: str) -> str:
    text = Renderer({name.replace("_", "/"): text for name, text in templates.items()}).render_one(page_)
    assert isinstance(text, str)
    return text


def print_value(markup: str, value: object) -> str:
    return write(page(value=value), pages_a=markup).split("---\n\n", 1)[1]


def meta_of(title: str, words: list[str], crumbs: list[str]) -> dict[str, Any]:
    return {
        "title": title,
        "crumbs": [{"title": crumb, "url": crumb} for crumb in crumbs],
        "search": {"kind": words, "year": ["2025"]} if words else {},
    }


# --- front matter ---


@given(ANY_TEXT, st.lists(ANY_TEXT, max_size=3), st.lists(ANY_TEXT, max_size=3))
@example("no", ["Null", "2025", "2025-05-22", "0x1F", "1_000", "12:30", "", " "], ["- a", "a: b", "a #b", "'", "a:"])
@example("it's: two\nlines", ["\ufeffa", "\U0001f600", "\x07"], ["---", "...", "? a"])
def test_mkdocs_reads_the_front_matter_that_was_meant(title: str, words: list[str], crumbs: list[str]) -> None:
    meta = meta_of(title, words, crumbs)
    try:
        yaml.safe_load(yaml.safe_dump(meta, allow_unicode=True))
    except yaml.YAMLError:
        return  # lone surrogates and such, which PyYAML itself cannot write
    body, read = get_data(write(page(meta), pages_a="Body.\n"))
    assert (read, body) == (meta, "Body.\n")


@given(ONE_LINE, WORDS, WORDS)
@example("17 days on which it changed", ["1,000 claims", "1 e5", "2025 a: b", "2025 b #c"], ["1_0 a", "12 Ab", "0 a"])
@example("Yes", ["off", "a: b", "it's #1", "x:", "2025", "“a”", "« a »"], ["Claims", "claims/"])
def test_front_matter_is_what_pyyaml_writes(title: str, words: list[str], crumbs: list[str]) -> None:
    meta = meta_of(title, words, crumbs)
    dumped = yaml.safe_dump(meta, allow_unicode=True, sort_keys=False, width=10_000)
    assert write(page(meta), pages_a="") == f"---\n{dumped}---\n\n\n"


# --- what is printed ---


@given(ANY_TEXT)
def test_text_is_escaped_whatever_it_is(text: str) -> None:
    assert print_value("<{{ value }}>", text) == f"<{escape(text)}>\n"
    assert write_attribute(text) == escape_attribute(text)
    assert write_address(text) == escape_address(text)


@given(ANY_TEXT)
@example("Wow!\nIt is so.")
@example("[a](claim:b) and *c*")
@example("a \\* b `c` &amp; <https://example.org>")
def test_prose_without_markup_needs_no_parser(text: str) -> None:
    expected = prose_markdown(curl_quotes(text), lambda _, one: f"{one}.md")
    assert print_value("<{{ value | prose }}>", text) == f"<{expected}>\n"


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [
        ("a\n\n\n\nb", "a\n\nb\n"),
        ("\n\n  a \t\n \n\t\n  b  ", "  a\n\n  b\n"),
        ("a\nb\n\n", "a\nb\n"),
        ("a\x0b\nb\r\n\n\nc", "a\x0b\nb\n\nc\n"),
        ("", "\n"),
    ],
)
def test_one_blank_line_stands_between_blocks_and_no_blank_at_the_end_of_a_line(typed: str, tidy: str) -> None:
    assert write(page(), pages_a=typed).split("---\n\n", 1)[1] == tidy


# --- errors ---


@given(st.text("ab \t\n\xa0é", max_size=30))
def test_lines_are_trimmed_and_blank_ones_never_follow_each_other(typed: str) -> None:
    written = write(page(meta={}), pages_a=f"x\n{typed}\ny\n").removeprefix("---\ntitle: X\n---\n\n")
    lines = [line.rstrip(" \t") for line in f"x\n{typed}\ny".split("\n")]
    blank = [not line for line in lines]
    kept = [line for line, this, before in zip(lines, blank, [False, *blank], strict=False) if not (this and before)]
    assert written == "\n".join((*kept, ""))


@given(st.lists(ANY_TEXT | st.text("a \t\n\xa0\u3000\u2028", max_size=12)))
def test_the_lines_of_a_fence_stay_lines(lines: list[str]) -> None:
    squeezed = [" ".join(line.split()) for line in lines]
    assert [write_payload(line) for line in lines] == squeezed
    indents = ["  " if line.startswith("  ") else "" for line in lines]
    assert write_lines(lines) == "\n".join(map("".join, zip(indents, squeezed, strict=True)))


def test_an_error_is_told_at_its_line_and_the_other_pages_are_written() -> None:
    templates = {
        "pages/a": "one\n{% include 'parts/b' %}\n",
        "parts/b": "x\n\n{{ value.nothing }}\n",
        "pages/c": "fine",
    }
    pages, problems = render([page(value={}), page(value={}), page(template="pages/c")], templates)
    assert list(pages.values()) == ["---\ntitle: X\n---\n\nfine\n"]
    assert [(str(problem.place), problem.code) for problem in problems] == [("templates/parts/b:3", "template")]


def test_a_renderer_goes_on_after_an_error() -> None:
    renderer = Renderer({"pages/a": "{{ value }}"})
    assert isinstance(renderer.render_one(page()), Diagnostic)
    assert renderer.render_one(page(value="fine")) == "---\ntitle: X\n---\n\nfine\n"


# --- which templates a page reads ---

TEMPLATES = {
    "a": "{% for x in y %}{% include 'b' %}{% endfor %}{% from 'c' import m %}",
    "b": "{# the id of a heading #}{/* {% include 'd' %} */}{% include 'b' %}",
    "c": "{% import 'absent' as n %}",
    "d": "{% if x %}{% include z %}{% endif %}",
    "e": "{% include ",
}


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("a", {"a", "b", "c", "absent"}),
        ("b", {"b"}),
        ("c", {"c", "absent"}),
        ("d", {*TEMPLATES, "absent"}),
        ("e", {"e"}),
    ],
)
def test_a_template_reads_what_it_includes_and_what_that_includes(name: str, read: set[str]) -> None:
    assert templates_of(name, TEMPLATES) == read


def test_of_the_real_templates_only_those_of_a_claim_bear_on_claims() -> None:
    read = templates_of("pages/claim.md.jinja", load.read_templates(ROOT))
    assert {"pages/claim.md.jinja", "parts/citation.md.jinja", "parts/referred.md.jinja"} <= read
    assert "pages/source.md.jinja" not in read
