"""What is searched of a built page: the record's own words, as a small HTML page for the indexer.

Every page also says what other records say: the claims about a person, the events of a sheet, what a source is cited for.
Whoever looks for those words means the record itself, so they are indexed at its own page and nowhere else. What a page
says of itself stays: its title, its prose, its quotations and findings, the names on the way to them, and the anchors to
which a result leads. Words are all that matters here; so an index is made anew only where somebody's words changed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# The theme marks the element that is searched, and may begin it with a block of titles and filters for the index.
_BODY = re.compile(r"<([a-z]+)[^<>]* data-pagefind-body[^<>]*>")
_MARKS = re.compile(r"\s*<div hidden>.*?</div>", re.DOTALL)
_LANGUAGE = re.compile(r'<html lang="([^"]*)">')
# In HTML as nh3 and the theme write it, attributes stand in double quotation marks, and text holds no "<".
_TAG = re.compile(r'<(/?)([a-zA-Z][a-zA-Z0-9]*+)((?:[^">]++|"[^"]*+")*+)>')
_ID = re.compile(r' id="([^"]*)"')

_LEFT_OUT_TAGS = frozenset({"svg", "pre", "figure", "form", "nav", "summary", "script", "style", "template"})
_LEFT_OUT_CLASSES = (
    # the same on every page, or again what stands beside it
    *("badges", "note", "label", "flag-list", "travel", "tally"),
    # other records: their words, titles and numbers
    *("claims", "timeline", "glance", "reading", "from", "more", "tallied", "dateline"),
)
_LEFT_OUT = re.compile(rf' (?:data-pagefind-ignore|class="(?:[^"]* )?(?:{"|".join(_LEFT_OUT_CLASSES)})[ "])')
_VOID = frozenset({"br", "hr", "img", "input", "wbr"})
# A line that begins with a verdict tells of another claim.
_VERDICT, _ANOTHER_CLAIM = ' class="verdict ', "\0"
_INLINE = frozenset(
    {
        *("a", "abbr", "b", "bdi", "cite", "code", "del", "em", "i", "ins", "kbd", "mark"),
        *("q", "s", "small", "span", "strong", "sub", "sup", "time", "u"),
    }
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BELOW = 9  # words stand below every level of heading


def extract(page: str) -> str | None:
    """Return what is searched of a page, as HTML without any markup but paragraphs, headings and anchors.

    Args:
        page: the HTML of the page as the theme writes it.

    Returns:
        A whole HTML page with one block in each line, or None where the page is not searched.
    """
    named = page.find(" data-pagefind-body")
    body = _BODY.search(page, page.rfind("<", 0, named)) if named > 0 else None  # no tag before that holds it
    if not body:
        return None
    language = _LANGUAGE.search(page, 0, body.start())
    marks = _MARKS.match(page, body.end())
    words = page[(marks or body).end() : page.rindex(f"</{body[1]}>")]
    return "\n".join(
        (
            f'<html lang="{language[1]}">' if language else "<html>",
            "<body data-pagefind-body>",
            "".join(line.strip() for line in marks[0].splitlines()) if marks else "",
            *_drop_empty_headings(list(_find_blocks(words))),
            "",
        )
    )


def _find_blocks(html: str) -> Iterator[str]:
    """Yield paragraphs, headings and anchors in their order."""
    first, tags = _leave_out(html)
    words, around = [first], "p"
    for close, name, attributes, text in tags:
        anchor = _ID.search(attributes) if attributes else None
        if name not in _INLINE:
            yield from _make_block("".join(words), around)
            words.clear()
            around = f"{name}{anchor[0] if anchor else ''}" if name in _HEADINGS and not close else "p"
            if anchor and around == "p":
                yield f'<div id="{anchor[1]}"></div>'
        elif anchor:
            words.append(f'<{name} id="{anchor[1]}"></{name}>')
        elif _VERDICT in attributes and not "".join(words).strip():
            words.append(_ANOTHER_CLAIM)
        words.append(text)
    yield from _make_block("".join(words), around)


def _make_block(words: str, around: str) -> Iterator[str]:
    found = " ".join(words.split())
    if found and not found.startswith(_ANOTHER_CLAIM):
        yield f"<{around}>{found}</{around.split(' ', 1)[0]}>"


def _leave_out(html: str) -> tuple[str, Iterator[tuple[str, str, str, str]]]:
    """Take HTML apart, without the elements that are not searched.

    Returns:
        The text before the first tag; and of each tag whether it closes ("/"), its name, its attributes, the text after it.
    """
    first, *pieces = _TAG.split(html)

    def walk() -> Iterator[tuple[str, str, str, str]]:
        left_out, depth = "", 0
        for close, name, attributes, text in zip(pieces[0::4], pieces[1::4], pieces[2::4], pieces[3::4], strict=True):
            if not left_out:
                if name in _LEFT_OUT_TAGS or (attributes and name not in _VOID and _LEFT_OUT.search(attributes)):
                    left_out, depth = name, 1
                else:
                    yield close, name, attributes, text
            elif name == left_out:
                depth += -1 if close else 1
                if not depth:
                    left_out = ""
                    yield "", "b", "", text

    return first, walk()


def _drop_empty_headings(blocks: list[str]) -> list[str]:
    """Leave out headings and anchors below which no words are left; the page's own title stays."""
    kept: list[str] = []
    follows = 1  # the level of what comes next
    for block in reversed(blocks):
        if block.startswith("<p>"):
            follows = _BELOW
        elif block.startswith("<div"):
            if follows < _BELOW:
                continue
        else:
            level = int(block[2])
            if level > 1 and follows <= level:
                continue
            follows = level
        kept.append(block)
    return kept[::-1]
