"""Text fragments: links to the quoted words of a live page, made of nothing but those words."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.dialect import escape_address, render_page
from generator.pages.fragments import text_fragment

PAGE = "https://news.example/2025/05/22/a-story"
SYNTAX = "-,&#:~=%+?[]()\"'<>\\`*_| "
words = st.text(st.one_of(st.sampled_from(SYNTAX), st.characters(exclude_categories=["Cs", "Cc"])), max_size=250)


def directives_of(address: str) -> list[list[str]]:
    """What a browser reads: the terms of each directive, decoded (WICG Text Fragments, "parse a text directive")."""
    fragment = address.partition("#")[2]
    read = []
    for directive in fragment.partition(":~:")[2].split("&"):
        name, _, value = directive.partition("=")
        assert name == "text"
        terms = value.split(",")
        assert 1 <= len(terms) <= 2
        assert not terms[0].endswith("-"), "a prefix would publish words that nobody quotes"
        assert not terms[-1].startswith("-"), "and so would a suffix"
        read.append([unquote(term) for term in terms])
    return read


@pytest.mark.parametrize(
    ("url", "parts", "address"),
    [
        (PAGE, ["Ukraine Talks Stall"], f"{PAGE}#:~:text=Ukraine%20Talks%20Stall"),
        (PAGE, ["1000-for-1000 Exchange"], f"{PAGE}#:~:text=1000%2Dfor%2D1000%20Exchange"),
        (PAGE, ["a list, R&D"], f"{PAGE}#:~:text=a%20list%2C%20R%26D"),
        (PAGE, ["‘1000 for 1000’"], f"{PAGE}#:~:text=%E2%80%981000%20for%201000%E2%80%99"),
        (PAGE, ["in  two\nlines"], f"{PAGE}#:~:text=in%20two%20lines"),
        (PAGE, ["internal discussions", "a cautious approach"],
         f"{PAGE}#:~:text=internal%20discussions&text=a%20cautious%20approach"),
        (PAGE, ["one two three four five six " + "seven " * 20 + "and the last five words"],
         f"{PAGE}#:~:text=one%20two%20three%20four%20five,and%20the%20last%20five%20words"),
        (PAGE, ["слово" * 25], f"{PAGE}#:~:text={'%D1%81%D0%BB%D0%BE%D0%B2%D0%BE' * 25}"),
        (f"{PAGE}?a=1&b=2#part", ["its words"], f"{PAGE}?a=1&b=2#part:~:text=its%20words"),
        (f"{PAGE}#part:~:text=other", ["its words"], f"{PAGE}#part:~:text=its%20words"),
        (PAGE, [" ", ""], PAGE),
    ],
)  # fmt: skip
def test_a_fragment_is_written_as_browsers_read_it(url: str, parts: list[str], address: str) -> None:
    assert text_fragment(url, parts) == address


@given(st.lists(words, max_size=4))
def test_every_term_stands_in_its_part_of_the_quotation(parts: list[str]) -> None:
    told = [" ".join(part.split()) for part in parts if part.strip()]
    address = text_fragment(PAGE, parts)
    assert address.startswith(PAGE)
    if not told:
        assert address == PAGE
        return
    directives = directives_of(address)
    assert len(directives) == len(told)
    for terms, part in zip(directives, told, strict=True):
        if len(terms) == 1:
            assert terms == [part]
        else:
            start, end = terms
            assert part.startswith(f"{start} ")
            assert part.endswith(f" {end}")
            assert len(start) + len(end) < len(part)


@given(words)
def test_a_page_of_the_site_links_to_the_very_fragment(part: str) -> None:
    address = text_fragment(PAGE, [part])
    html = render_page(f"[words]({escape_address(address)})").html
    assert f'href="{address.replace("&", "&amp;")}"' in html
    assert urlsplit(address).hostname == "news.example"
