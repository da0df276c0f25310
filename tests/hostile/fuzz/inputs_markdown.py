"""Markdown, real and drawn: heaps of all that means something in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterator

PIECES = (
    "\\", "`", "*", "_", "{", "}", "[", "]", "(", ")", "<", ">", "#", "+", "-", ".", "!", "|", "~", ":", "=", "&", '"', "'", "%", "^", "$", "@",
    "/", " ", "\n", "\t", "\r", "1", "a", "9", "](javascript:alert(1))", "![", "[x](", "](//evil.example)", "{.c #i}", "{as=script}", ":::",
    "::: details x", "::: card\n", ":::\n", "```\n", "~~~", "    ", "1. ", "- ", "# ", "> ", "***", "---", "===", "&amp;", "&#60;", "&lt;script&gt;",
    "<script>", "<!--", "-->", "<https://e.example>", "| a | b |\n|---|---|\n", "[a]: http://e.example\n", "[^1]", "\\\n", "  \n", "\xa0", "\u2028",
    "\x00", "\x1b[31m", "\u202e", "é", "Ж", "漢", "🙂", "```verdict-bar\nsupported: 1\n```\n", "{onclick=x}", "data-picture", "[x](claim:a)", "--", "&copy;",
    '{title="', '"}', "[y]{as=mark #m}", "::: figure F\n", "{lang=en}", "## H {#h}\n", "<img src=x onerror=alert(1)>", "![a](x.png)", "data:", "&#x202e;",
    "https://u:p@evil.example/", "/\\evil.example", "\u2029", "\x85", "\ufeff", "</p>", "<svg/onload=x>", "{{ 7*7 }}", "{% x %}", "{style=x}", "{id=x}",
    "[x](//evil.example)", "[x](javascript:alert(1))", "![a](//evil.example/x.png)", "[x](https://e.example/?a=1&b=2)", "**Bold.** ", "*em.*b", "**st**",
    "some words", "[[x]{.a} y](z.md){.b}", "\\*", "- a\n- b\n", "1. a\n   - b\n", "{.a}\n", "[x](../a/b.md#c)", "- {.x}\n  ", "text\n", "java&#115;cript:", "[a][b]", "*a*", "**b**", "`c`", "{start=7}", "{scope=row}", "{data-x=1}", "<b>", "\\[", "\\]", "*a **b* c**", "]]>",
)  # fmt: skip


def strategy() -> st.SearchStrategy[bytes]:
    """Draw heaps of all that means something in Markdown, HTML, attribute lists, containers and tables."""
    heaps = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=24).map("".join)
    return heaps.map(lambda text: text.encode("utf-8", "replace"))


def seeds() -> Iterator[bytes]:
    """Give finished pages, stored texts and prose of the sample."""
    from hostile.fuzz.seeds import list_files  # noqa: PLC0415

    for path in list_files("golden", "sample/content/sources", "sample/content/pages", "cases/_site/content/sources"):
        if path.suffix == ".md":
            text = path.read_bytes()
            for start in range(0, min(len(text), 8_000), 1_000):
                yield text[start : start + 1_200]
    for piece in PIECES:
        yield f"a {piece} b\n\n{piece}c{piece}\n".encode("utf-8", "replace")


WORDS = tuple(piece.encode("utf-8", "replace") for piece in PIECES)
