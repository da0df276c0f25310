"""The short ways through the dialect: what is read faster means what markdown-it takes it for, word by word."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from mdit_py_plugins.attrs.parse import ParseError, parse
from test_dialect import MEANINGFUL, PAYLOADS
from test_golden_pages import PAGES, body_of

from generator.dialect import escaping, phrases, usual_phrases
from generator.dialect.attribute_lists import read_attribute_list
from generator.dialect.attributes import install_attributes
from generator.dialect.blocks import write_blocks
from generator.dialect.containers import install_containers
from generator.dialect.escaping import tidy
from generator.dialect.limits import MAX_NESTING
from generator.dialect.links import is_page_link
from generator.dialect.located import POSITION, LocatedMarkdown
from generator.dialect.parser import page_parser
from generator.dialect.rulers import hasten
from generator.dialect.usual_blocks import write_usual_blocks
from generator.dialect.usual_phrases import read_usual_phrase

if TYPE_CHECKING:
    from generator.dialect.sheet import Sheet

# What our templates write, and what comes close to it.
LINES = st.sampled_from(
    ["\n", "\n\n", "::: card\n", ":::\n", "::: section {#s .t}\n", "::: details A *title* {.o}\n", "::: figure F\n", "{.a #b}\n", '{lang="en" .c}\n', "# H {#h}\n", "## T ##\n", "- ", "- {.x}\n  ", "* ", "1. ", "2. {#y}\n   ", "3) ", "  ", "   ", "> ", ">", "> q\n", "```text\nx\n```\n", "```\n", "~~~\n", "***\n", "---\n", "- - -\n", "===\n", "| a | b {.c} |\n|---|--:|\n", "|---|\n", "text\n", "more | text\n", "**bold** x\n", "[a](b.md) c\n", "[a]: b\n", "2025 was\n", "#x\n", "- a\n- b\n", "- a\n\n- b\n", "- a\n\n  b\n", "1. a\n   - b\n", "\xa0", "\t", "    code\n"]
)  # fmt: skip
WORDS = st.sampled_from(
    ["some words", "a", " ", "\\*", "\\[", "\\]", "*em*", "**st**", "**Bold.** ", "`code`", "``", "[x](../a/b.md#c)", "[x](https://e.org/?a=1&b=2)", "[x](//e.org)", "[y]{.a}", "[[x]{.a} y](z.md){.b}", "[[x]{.a #i} y]{.turn}", "[", "]", "](x.md)", "]{.c}", "{.d}", '{.e title="x&#93;"}', '{title="]"}', "{as=mark #m}", "*", "**", "_", "!", "![", "&", "&amp;", "<", "\n", " \n", "\\\n", "x*y*z", "](<c>)", '](d "t")', "é"]
)  # fmt: skip
BLOCKS = st.lists(st.one_of(LINES, WORDS, MEANINGFUL), max_size=14).map("".join)
PHRASES = st.lists(st.one_of(WORDS, WORDS, MEANINGFUL), max_size=10).map("".join)
LISTS = st.lists(
    st.sampled_from(["{", "}", " ", "#i", ".c", ".d", "k=v", 'k="v w"', 'class="e"', 'k="', "%", "\\", "=", "\n", "é", '"']),
    max_size=8,
).map(lambda parts: "{" + "".join(parts) + "}")  # fmt: skip


@cache
def plain_parser() -> MarkdownIt:
    """The page's parser as markdown-it would run it."""
    md = MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": False})
    md.disable(["strikethrough"])
    install_attributes(md)
    install_containers(md)
    return md


@cache
def hastened_parser() -> MarkdownIt:
    md = MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": False})
    md.disable(["strikethrough"])
    install_attributes(md)
    install_containers(md)
    hasten(md)
    return md


def tell(sheet: Sheet | None) -> tuple[Any, ...] | None:
    """What is written on a sheet."""
    if sheet is None:
        return None
    return sheet.finish(lambda address: f"to/{address}"), sheet.headings, sheet.anchors, sheet.pictures


@given(BLOCKS)
@example("- a\n\n  {.b}\n  c\n- d\n")
@example("::: details a | b\n|---|---|\n:::\n")
@example("- - -\n")
@example("text\n:::\n")
@example("- {.a}\n  {.b}\n  c\n")
@example("- {.a}\n\n  {.b}\n  c\n")
@example("{.a}\n\n{#b}\n# c {.d}\n")
@example("{.a #b}\n::: card {.c}\n:::\n")
@example("::: figure F\n{.a}\n:::\n")
@example("- # H {#h}\n  text\n- b\n")
@example("- # H\n  {#i}\n  text\n")
@example("> {.a}\n\n3. x\n4. y\n\n   z\n")
@example("{start=7 #l}\n3. x\n")
@example("```verdict-bar\nsupported: 1\n```\n")
@example("{#p}\n```verdict-bar\nsupported: 1\n```\n")
@example("[a](b.md) [c]{#d}\n\n>\n\n- {.x}\n")
@example('{title="a|b"}\n|---|---|\n\n- {title="a|b"}\n  |---|---|\n')
@example("```\n\nx\n\n\ny\n```\n\n- a\n\n  ```text\n  x\n\n  y\n  ```\n- b\n")
@example("1. a\n9. {.x}\n   b\n10. {.x}\n   c\n\n10. {.x}\n    c\n")
@example("- 2025 was\n- 12. was\n- **Bold.** a\n- *em* a\n- * b\n")
@example("{.a}\n\n- a\n\n\n\n- b\n\n * c\n")
@example("{]{.c}")
@example(" ")
@example("- a\n\n \n")
@settings(max_examples=1500)
def test_blocks_written_line_by_line_are_those_of_markdown_it(markdown: str) -> None:
    usual = write_usual_blocks(markdown, "To {}")
    assert usual is None or tell(usual) == tell(write_blocks(markdown, "To {}"))


@given(BLOCKS)
@settings(max_examples=800)
def test_rules_asked_by_their_first_character_find_the_same_blocks_and_phrases(markdown: str) -> None:
    usual, all_asked = (md.parse(markdown) for md in (hastened_parser(), plain_parser()))
    assert [token.as_dict() for token in usual] == [token.as_dict() for token in all_asked]


@given(PHRASES)
@example("**Single origin.** words")
@example('[a]{title="]"}')
@example("[a](b.md){.c}{.d}")
@settings(max_examples=1500)
def test_a_phrase_read_in_one_pass_is_that_of_markdown_it(markdown: str) -> None:
    usual = read_usual_phrase(markdown)
    assert usual is None or usual == phrases._read(markdown, {}).finish()


@given(LISTS)
@settings(max_examples=800)
def test_an_attribute_list_is_read_as_its_grammar_has_it(written: str) -> None:
    try:
        last, attributes = parse(written)
    except ParseError:
        assert read_attribute_list(written) is None
    else:
        assert read_attribute_list(written) == (last + 1, attributes)
        assert list((read_attribute_list(written) or (0, {}))[1]) == list(attributes)


@given(BLOCKS)
@settings(max_examples=500)
def test_a_stored_text_is_parsed_as_by_plain_commonmark(markdown: str) -> None:
    plain = MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_NESTING})
    located = LocatedMarkdown().parse(markdown)
    for token in located:
        for child in token.children or ():
            child.meta.pop(POSITION, None)
            for part in child.children or ():
                part.meta.pop(POSITION, None)
    assert [token.as_dict() for token in located] == [token.as_dict() for token in plain.parse(markdown)]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_means_something_else_on_a_short_way(payload: str) -> None:
    usual = write_usual_blocks(payload, "To {}")
    assert usual is None or tell(usual) == tell(write_blocks(payload, "To {}"))


def test_nearly_all_of_a_site_goes_the_short_way() -> None:
    """Or the speed is gone without anybody noticing."""
    bodies = [body_of(text) for text in PAGES.values()]
    usual = [sheet for body in bodies if (sheet := write_usual_blocks(body, "To {}"))]
    written = [token.content for body in bodies for token in page_parser().parse(body) if token.type == "inline"]
    assert len(usual) >= 0.95 * len(bodies)
    assert sum(read_usual_phrase(line) is not None for line in written) >= 0.95 * len(written)


@given(st.from_regex(usual_phrases._PLAIN_ADDRESS, fullmatch=True))
@settings(max_examples=800)
def test_an_address_that_is_taken_as_it_stands_is_so_by_markdown_it(address: str) -> None:
    assert page_parser().normalizeLink(unescapeAll(address)) == address
    assert is_page_link(address)


@given(st.text())
@example("a\x85b")
@example("\ufdd0 \u2028 a")
@example("a  b")
def test_text_that_is_tidy_already_is_found_so(text: str) -> None:
    assert tidy(text) == escaping._SPACE.sub(" ", escaping._UNPRINTABLE.sub("\ufffd", text)).strip()
