"""Articles as sources: the stored text is what a reader of the file sees, and nothing of the file is invented or dropped unsaid."""

from __future__ import annotations

import html
import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from conftest import ROOT
from hypothesis import example, given
from hypothesis import strategies as st

from generator import pipeline, quotations
from generator.cli.importing import import_data
from generator.dialect import read_text
from generator.documents import parse
from generator.importers.article import read
from generator.importers.article.blocks import write_blocks
from generator.importers.article.forms import recognise
from generator.importers.article.html_text import walk
from generator.importers.article.html_tokens import Cut, End, Raw, Start, Text, read_references, read_tokens
from generator.importers.remarks import CODES
from generator.importers.rows import Draft, Handle, Options, Reading

if TYPE_CHECKING:
    from pathlib import Path

    from generator.importers.article.html_tokens import Token

HERE = ROOT / "tests" / "importing" / "article"
SITE = ROOT / "tests" / "cases" / "_site" / "content"
FLAGS = {"outlet": "brook-courier", "language": "en", "genre": "news"}


def options(**given: str) -> Options:
    return Options("2031-07-03", "mill-bridge", given, genres=("news", "post", "statement"))


def bring(text: str | bytes, **given: str) -> Reading:
    return read(text.encode() if isinstance(text, str) else text, options(**(FLAGS | given)))


def article(reading: Reading) -> Draft:
    assert reading.problem == ""
    return reading.rows[0].drafts[0]


def text_of(html_text: str, **given: str) -> str:
    """What is stored of a page, as its reader sees it."""
    return read_text(article(bring(html_text, markup="html", **given)).text).text


def left_out(reading: Reading) -> dict[str, str]:
    return {one.field: one.value for one in reading.rows[0].remarks if one.code == "left-out"}


# --- the text ---


@pytest.mark.parametrize(
    ("file", "stored"),
    [
        ("news.html", "news.md"),
        ("wikinews.html", "wikinews.md"),
        ("wikinews.wiki", "wikinews.wiki.md"),
    ],
)
def test_an_article_becomes_markdown(file: str, stored: str) -> None:
    assert article(bring((HERE / file).read_bytes())).text == (HERE / stored).read_text("utf-8")


@pytest.mark.parametrize(
    ("page", "seen"),
    [
        ("<p>one<p>two", "one\n\ntwo"),
        ("<p>a<b>b</b>c <i>d</i></p>", "abc d"),
        ("<p>x<b>y<p>z</b>w", "xy\n\nzw"),
        ("<div>a<div>b</div>c</div>", "a\n\nb\n\nc"),
        ("<p>&amp;amp; &copy &#8212; &#x41; &#150; &bogus;</p>", "&amp; © — A – &bogus;"),
        ("<p>a < b > c <3</p>", "a < b > c <3"),
        ("<p>a\n\n  b\tc&nbsp;d</p>", "a b c\u00a0d"),
        ("<p># no heading</p><p>- no item</p><p>1) no item</p><p>> no quote</p>", "# no heading\n\n- no item\n\n1) no item\n\n> no quote"),
        ("<p>[x](claim:y) ![z](u) `c` *d* __e__ ~~~ <http://f></p>", "[x](claim:y) ![z](u) `c` *d* __e__ ~~~"),
        ("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>", "<script>alert(1)</script>"),
        ("<h2>C#</h2><p>a\\</p><h3>#</h3><h3>\\#</h3>", "C#\n\na\\\n\n#\n\n\\#"),
        ("<h2>Two<br>lines</h2><p>Two<br>lines\\<br># three", "Two lines\n\nTwo\nlines\\\n# three"),
        ("<p>one<br><br>two", "one\n\ntwo"),
        ("<pre>  a\n    b\n\nc</pre>", "a\nb\n\nc"),
        ("<h2>unclosed<p>text", "unclosed\n\ntext"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>d", "a\n\nb\n\nc\n\nd"),
        ("<li>no list<li>two", "no list\n\ntwo"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>c", "a\n\nb\n\nc"),
        ("<p title='a > b' data-x=\"<p>no</p>\">a</p>", "a"),
        ("<p>a<!-- <p>b</p> -->c<![CDATA[<p>d</p>]]>e<?php x ?>f<!x>g</p>", "acefg"),
        ("<p>a<!-->b<!--->c</p>", "abc"),
        ("<p>a<script>if (a</p>b) '</scrip>'</script>c</p>", "ac"),
        ("<p>a\u202eb\u2028c\x00d&#x202e;e</p>", "ab cde"),
        ("<p>\ufdd0 a</p>", "\ufdd0 a"),
        ("<dl><dt>Term<dd>What it is</dl><hr>after", "Term\n\nWhat it is\n\nafter"),
    ],
)  # fmt: skip
def test_a_reader_sees_the_words_of_the_page(page: str, seen: str) -> None:
    assert text_of(page, select="body") == seen


@pytest.mark.parametrize(
    ("quotation", "found"),
    [
        ('closed Mill Bridge on Monday - "until further notice", it said', True),
        ("It had warned of cracks in", True),
        ("We are <sorry> & tired", True),
        ("It is not_our_fault", True),
        ("*Not* the ferry", True),
        ("Subscribe to our letter today", False),
        ("Hidden words here", False),
        ("Most read: a cat", False),
        ("Both lanes The footpath", False),
    ],
)
def test_quotations_are_found_in_what_was_stored(quotation: str, found: bool) -> None:  # noqa: FBT001
    stored = read_text(article(bring((HERE / "news.html").read_bytes())).text)
    match = quotations.find(quotation, quotations.fold(stored.text))
    assert isinstance(match, quotations.Found) == found, match


def test_what_is_no_text_is_counted() -> None:
    reading = bring((HERE / "news.html").read_bytes())
    assert left_out(reading) == {
        "<meta>": "viewport",
        "<aside>": "5 words",
        "<button>": "2 words",
        "comments": "3 words",
        "<footer>": "3 words",
        "<header>": "4 words",
        "hidden text": "3 words",
        "<img>": "3 words",
        "<nav>": "2 words",
        "<script>": "39 words",
        "<style>": "3 words",
        "JSON-LD": "BreadcrumbList",
        "articleBody": "4 words, the article once more",
        "outside of <article>": "4 words",
    }


@pytest.mark.parametrize(
    ("page", "given", "seen"),
    [
        ("<p>a</p><article><p>b</p></article>", {}, "b"),
        ("<p>a</p><article><p>b</p></article>", {"select": "body"}, "a\n\nb"),
        ("<p>a</p><article>b</article><article>c</article>", {}, "a\n\nb\n\nc"),
        ("<p>a</p><main>b<article>c</article><article>d</article></main>", {}, "b\n\nc\n\nd"),
        ("<p>a</p><main>b</main><aside><article>c</article></aside>", {}, "b"),
        ("<p>a</p><article></article>", {}, "a"),
        ("<nav>a</nav><p>b</p>", {}, "b"),
        ("<nav>a</nav><p>b</p>", {"select": "body"}, "a\n\nb"),
        ("<form><p>menu</p><main><p>b</p></main></form>", {}, "b"),
        ("<form><label>a</label></form><p>b</p>", {}, "b"),
        ("<p hidden>a<p>b<div style='color:red; display : none'>c<div>d</div></div>e", {"select": "body"}, "b\n\ne"),
        ("<svg/><p>a</p><noscript>b</noscript><iframe><p>c</iframe>", {}, "a"),
    ],
)  # fmt: skip
def test_the_part_of_the_page_that_is_the_article(page: str, given: dict[str, str], seen: str) -> None:
    assert text_of(page, **given) == seen


def test_a_page_of_which_nothing_is_left_says_what_was_left_out() -> None:
    reading = bring("<nav><p>Home and sport</p></nav>")
    assert reading == Reading(
        problem="No words of an article are left. Left out: <nav>: 3 words. `--select body` takes all of a page that a reader sees."
    )


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<p>a<!-- b c", {"a comment that is never closed": "2 words, up to the end of the file"}),
        ("<p>a<nav>b c", {"<nav>": "2 words", "<nav> that is never closed": "2 words, up to the end of the file"}),
        ("<p>a<em class='b c", {"a tag that is never closed": "3 words, up to the end of the file"}),
        ("<p>a\u202eb&#1;c", {"invisible control characters": "1"}),
        ("<p>a<!-- b --><!-- c d -->", {"comments": "2 times, 3 words"}),
        ("<p>a<svg><text>b</text></svg><svg/>", {"<svg>": "2 times, 1 word"}),
    ],
)
def test_what_a_broken_page_loses_is_told(page: str, said: dict[str, str]) -> None:
    assert left_out(bring(page, markup="html")) == said


# --- tags ---


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("<a href=x b='y' C=\"z\" a/>", [Start("a", {"href": "x", "b": "y", "c": "z", "a": ""}, is_closed=True)]),
        ("<a b=1 b=2>", [Start("a", {"b": "1"})]),
        ("<a b=?x=1&copy=2&amp;d=3>", [Start("a", {"b": "?x=1&copy=2&d=3"})]),
        ("<a b='x", [Cut("tag", "a b='x", is_closed=False)]),
        ("</P x>", [End("p")]),
        ("</ x>y", [Cut("declaration", " x"), Text("y")]),
        ("<title>a &amp; <b></title>", [Start("title"), Raw("title", "a & <b>"), End("title")]),
        ("<style>a &amp;", [Start("style"), Raw("style", "a &amp;")]),
        ("<!-- a --!>b", [Cut("comment", " a "), Text("b")]),
        ("<!-- a", [Cut("comment", " a", is_closed=False)]),
        ("1 < 2", [Text("1 "), Text("<"), Text(" 2")]),
        ("<", [Text("<")]),
        ("</", [Text("<"), Text("/")]),
    ],
)
def test_tags_are_read_as_browsers_read_them(text: str, tokens: list[Token]) -> None:
    assert [*read_tokens(text)] == tokens


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("&#65;&#x41;&#065;&#0000000065;", "AAAA"),
        ("&#0;", "\ufffd"),
        ("&#;&#x;", "&#;&#x;"),
        ("&#1114112;", "\ufffd"),
        (f"&#{'9' * 5000};&#x{'f' * 5000};", "\ufffd;\ufffd;"[:1] + "\ufffd"),
        ("&amp;lt;", "&lt;"),
    ],
)
def test_character_references_are_read_once(text: str, read_as: str) -> None:
    assert read_references(text) == read_as


_PIECES = st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<ul>", "<ol start=7>", "<li>", "</li>", "</ul>", "<blockquote>", "</blockquote>", "<h2>", "</h2>", "<br>",
     "<pre>", "</pre>", "<nav>", "</nav>", "<article>", "</article>", "<!--", "-->", "<td>", "<q>", "<div hidden>", "</div>", "<a ", "'", '"', ">", "<",
     "&amp;", "&lt;", "&#x202e;", "&#10;", "#", "*", "_", "1. ", "- ", "> ", "\\", "`", "[", "](", "\n", "\r", "\t", " ", "\u00a0", "\u2028", "~~~", "===", "word", "слово", "\ue0001\ue001"]
)  # fmt: skip


@given(st.lists(_PIECES | st.text(max_size=8), max_size=40).map("".join))
@example("<p>\u00a0# a</p>")
@example("<ul><li><blockquote><ol><li># a<br>- b<h1>c</h1></ol>")
def test_of_any_page_a_reader_sees_the_text_of_its_blocks(page: str) -> None:
    blocks = walk(page, whole=True).blocks
    markdown, problem = write_blocks(blocks)
    assert problem == ""
    shown = read_text(markdown)
    assert (shown.text, shown.problem) == ("\n\n".join(block.text for block in blocks), "")
    kinds = [
        "heading" if one.level else "paragraph" if not one.containers else one.containers[-1].kind for one in blocks
    ]
    assert [one.kind for one in shown.blocks] == kinds


@given(
    st.lists(_PIECES | st.sampled_from(["{{", "}}", "[[", "]]", "|", "=", "{{source|url=https://a.example|pub=b", "==", "\n* ", "{|", "|}", "''"]) | st.text(max_size=8), max_size=40).map("".join),
    st.sampled_from(["html", "wikitext", "markdown", "text"]),
)  # fmt: skip
def test_any_text_in_any_form_is_read_or_refused(text: str, form: str) -> None:
    reading = bring(text.encode("utf-8", "replace"), markup=form)
    assert bool(reading.problem) != bool(reading.rows)
    for number, row in enumerate(reading.rows, 1):
        assert (row.number, row.kept_back, len(row.digest)) == (number, "", 64)
        assert {one.code for one in row.remarks} <= CODES.keys()
    if reading.rows:
        assert "\ue000" in text or "\ue000" not in article(reading).text


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    reading = bring(data)
    assert bool(reading.problem) != bool(reading.rows)


# --- hostile pages ---


@pytest.mark.parametrize(
    ("page", "seen"),
    [
        ("<div>" * 50_000 + "deep", "deep"),
        ("<blockquote><ul><li>" * 50_000 + "deep", "deep"),
        ("<p>a</p>" + "<!--" * 50_000 + "b", "a"),
        ("<p>a</p>" + "<![CDATA[" * 50_000 + "b", "a"),
        ("<p>a" + "<?" * 50_000, "a"),
        ("<p>a</p>" + "<a " * 50_000, "a"),
        ("<p>a</p>" + "<a b='" * 50_000, "a"),
        ("<p>a" + "<b>" * 50_000 + "c" + "</i></ul></li>" * 50_000, "ac"),
        ("<p>a</p>" + "<script>" * 50_000, "a"),
        ("<p>a</p>" + "<title>" * 50_000, "a"),
        ("<p>" + "&amp;" * 50_000 + "a", "&" * 50_000 + "a"),
        ("<p>" + "&#" + "1" * 100_000 + ";a", "\ufffda"),
        ("<p>a" + "\x00" * 50_000, "a"),
        ("<ul>" + "<li>a</ul></li>" * 3_000, "\n\n".join(["a"] * 3_000)),
        ("<nav>" * 50_000 + "b" + "</nav>" * 50_000 + "<p>a", "a"),
        ("<p>a" + " <" * 50_000, "a" + " <" * 50_000),
    ],
)  # fmt: skip
def test_a_hostile_page_costs_no_more_than_its_length(page: str, seen: str) -> None:
    assert text_of(page) == seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a " + "{{" * 50_000, "a " + "{{" * 50_000),
        ("a " + "[[" * 50_000 + "b" + "]]" * 50_000, "This text holds more than 5,000 opening square brackets."),
        ("{{x|" * 50_000 + "}}" * 50_000 + "a", "}}" * (50_000 - 16) + "a"),
        ("a\n" + "*" * 50_000 + "b", "a\n\nb"),
        ("a\n" + "{|\n" * 50_000 + "b", "a " + "{| " * 50_000 + "b"),
        ("a\n" + "=" * 50_000, "a " + "=" * 50_000),
        ("a" + "'" * 50_000, "a" + "'" * 49_995),
    ],
)
def test_hostile_wikitext_is_read_or_refused(text: str, seen: str) -> None:
    reading = bring(text, markup="wikitext")
    assert (reading.problem or read_text(article(reading).text).text) == seen


def test_a_page_with_more_brackets_than_are_read_is_refused() -> None:
    assert (
        bring("<p>" + "[" * 6_000 + "a").problem
        == "The text of this page holds more than 5,000 opening square brackets."
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("<p>Слово</p>".encode("cp1251"), "not saved as UTF-8"),
        ("<p>word</p>".encode("utf-16"), "UTF-16"),
        (b"%PDF-1.7 \xff", "PDF"),
        (b"\x89PNG\xff", "picture"),
        (b"<meta charset=koi8-u><p>\xff", ""),
        (b"", "no words"),
        (b"<p> \xc2\xa0 </p>", "no words"),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, said: str) -> None:
    reading = bring(data)
    assert said in reading.problem
    assert bool(reading.rows) == (said == "")


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r"])
def test_a_page_may_declare_its_encoding(encoding: str) -> None:
    page = (
        f"<html><head><meta http-equiv=Content-Type content='text/html; charset={encoding}'></head><p>Мост закрыт.</p>"
    )
    reading = bring(page.encode(encoding))
    assert read_text(article(reading).text).text == "Мост закрыт."
    assert f"It is saved as {encoding}, as it says of itself." in reading.said


# --- what it says of itself ---


def test_the_fields_of_a_page() -> None:
    reading = read((HERE / "news.html").read_bytes(), options())
    source = article(reading)
    assert dict(source.fields) == {
        "title": "Mill Bridge shut for a month",
        "outlet": Handle("entity", "Brook Courier", "outlet"),
        "authors": ["Ida Marsh", "Tom Vale"],
        "published": "2031-06-02",
        "accessed": "2031-07-03",
        "url": "https://courier.example/bridge-closed",
        "language": "en-GB",
        "genre": "news",
        "stored": "whole",
        "publish": "excerpts",
    }
    assert source.key == "https://courier.example/bridge-closed"
    assert reading.rows[0].drafts[1:] == (
        Draft("entity", "Brook Courier", {"type": "outlet", "name": "Brook Courier"}, words="Brook Courier"),
    )
    assert source.notes == (
        "og:title: Mill Bridge shut",
        "JSON-LD headline: Mill Bridge shut",
        "<title>: Mill Bridge shut for a month | Brook Courier",
        "article:published_time: 2031-06-02T08:15:00+02:00",
        "<link rel=license>: https://creativecommons.org/licenses/by/4.0/",
        "JSON-LD author.url: https://courier.example/ida",
        "JSON-LD wordCount: 120",
        "description: The bridge is shut.",
    )
    assert reading.said == (
        "It is read as a web page, of which its one <article> is taken; links and emphasis became plain text.",
        (
            "Left out: <meta>: viewport; <aside>: 5 words; <button>: 2 words; comments: 3 words; <footer>: 3 words; <header>: 4 words; "
            "hidden text: 3 words; <img>: 3 words; <nav>: 2 words; <script>: 39 words; <style>: 3 words; JSON-LD: BreadcrumbList; "
            "articleBody: 4 words, the article once more; outside of <article>: 4 words."
        ),
        "It says of its licence, `<link rel=license>`: https://creativecommons.org/licenses/by/4.0/",
    )


def page(head: str = "", body: str = "<p>Some words.</p>", lang: str = "") -> str:
    return f"<html{lang}><head>{head}</head><body>{body}</body></html>"


def linked(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{html.escape(content)}">'


@pytest.mark.parametrize(
    ("text", "field", "value", "notes"),
    [
        (page("<title>T | Site</title>"), "title", "T | Site", ()),
        (page(meta("og:title", "A") + "<title>A</title>"), "title", "A", ()),
        (page(meta("og:title", "B"), "<h1>A</h1>x"), "title", "A", ("og:title: B",)),
        (page(meta("og:title", "B"), "<h1>A</h1><h1>C</h1>x"), "title", "B", ("<h1>: A", "<h1>: C")),
        (page(meta("og:title", "x" * 301)), "title", None, ("og:title: " + "x" * 301,)),
        (page(meta("article:published_time", "2031-06-02T10:00:00Z")), "published", "2031-06-02T10:00:00Z", ()),
        (page(meta("article:published_time", "2031-06-02T00:00:00Z")), "published", "2031-06-02", ()),
        (page(meta("article:published_time", "2031-06-02"), "<time>1 June 2031</time> x"), "published", "2031-06-01", ("article:published_time: 2031-06-02",)),
        (page(meta("article:published_time", "2031-06-02"), "<time>1 June 2031</time><time>3 June 2031</time> x"), "published", "2031-06-02", ("<time>: 1 June 2031", "<time>: 3 June 2031")),
        (page("", "<time class=updated datetime=2031-06-04>x</time><time itemprop=datePublished datetime=2031-06-03>x</time>"), "published", "2031-06-03", ("<time>: 2031-06-04",)),
        (page(linked(datePublished="2031-06-02", dateModified="2031-06-05")), "published", "2031-06-02", ("JSON-LD dateModified: 2031-06-05",)),
        (page(meta("date", "12-6-2031")), "published", None, ("date: 12-6-2031",)),
        (page(meta("author", "Ida Marsh")), "authors", ["Ida Marsh"], ()),
        (page(meta("author", "Ed") + linked(author="Ida Marsh")), "authors", ["Ida Marsh"], ("author: Ed",)),
        (page(meta("article:author", "https://a.example/ida")), "authors", None, ("article:author: https://a.example/ida",)),
        (page(linked(author={"@type": "Organization", "name": "Desk"})), "authors", None, ("JSON-LD author: Desk",)),
        (page('<link rel=canonical href="https://a.example/1">' + meta("og:url", "https://a.example/2")), "url", "https://a.example/1", ("og:url: https://a.example/2",)),
        (page("<link rel=canonical href=/1>" + meta("og:url", "https://a.example/2")), "url", "https://a.example/2", ("<link rel=canonical>: /1",)),
        (page("<link rel=canonical href='javascript:alert(1)'>"), "url", None, ("<link rel=canonical>: javascript:alert(1)",)),
    ],
)  # fmt: skip
def test_what_counts_where_a_page_says_several_things(
    text: str, field: str, value: object, notes: tuple[str, ...]
) -> None:
    source = article(bring(text))
    assert (source.fields.get(field), source.notes) == (value, notes)


@pytest.mark.parametrize(
    ("text", "given", "language"),
    [
        (page(lang=" lang=en"), {}, "en"),
        (page(body="<article lang=uk><p>x</p></article>", lang=" lang=en"), {}, "uk"),
        (page(meta("og:locale", "uk_UA")), {}, "uk-UA"),
        (page(linked(inLanguage="uk")), {}, "uk"),
        (page(lang=" lang=en"), {"language": "uk"}, "uk"),
        (page(lang=" lang=und"), {"language": "uk"}, "uk"),
    ],
)
def test_the_language_of_a_page(text: str, given: dict[str, str], language: str) -> None:
    reading = read(text.encode(), options(outlet="brook-courier", genre="news", **given))
    assert article(reading).fields["language"] == language


@pytest.mark.parametrize(
    ("text", "given", "problem"),
    [
        ("Some words.", {}, "The file does not say who published it, in which language it is, what sort of text it is, and nothing is guessed. Say it with `--outlet`, `--language`, `--genre`."),
        (page(lang=" lang=en"), {"outlet": "brook-courier"}, "The file does not say what sort of text it is, and nothing is guessed. Say it with `--genre`."),
        ("Some words.", FLAGS | {"publish": "all"}, "`--publish`: “all” is none of full, excerpts, none."),
        ("Some words.", FLAGS | {"select": "nav"}, "`--select`: “nav” is not known; `body` takes all of a page."),
        ("Some words.", FLAGS | {"genre": "rumour"}, "`--genre`: “rumour” is none of news, post, statement."),
        ("Some words.", FLAGS | {"published": "2-3-2031"}, "`--published`: “2-3-2031” cannot be read as a date."),
        ("Some words.", FLAGS | {"markup": "pdf"}, "`--markup`: “pdf” is none of html, wikitext, markdown, text."),
        ("---\ntitle: a\ntitle: b\n---\nSome words.", FLAGS, "Its fields cannot be read: line 3: "),
    ],
)  # fmt: skip
def test_what_is_missing_is_asked_for(text: str, given: dict[str, str], problem: str) -> None:
    said = read(text.encode(), options(**given)).problem
    assert said.startswith(problem)
    assert said == problem or problem.endswith(": ")


def test_what_the_command_says_counts_before_the_page() -> None:
    flags = {"url": "https://a.example/1", "published": "2031-06-09", "publish": "full", "outlet": "Valley Post"}
    source = article(bring((HERE / "news.html").read_bytes(), **flags))
    taken = {name: source.fields[name] for name in flags}
    assert taken == flags | {"outlet": Handle("entity", "Valley Post", "outlet")}
    assert {"<time>: 2031-06-02", "<link rel=canonical>: https://courier.example/bridge-closed"} <= {*source.notes}


def test_a_broken_block_of_data_and_two_articles_are_told() -> None:
    broken = '<script type="application/ld+json">{"@type": </script>'
    reading = bring(page(broken + linked(headline="A") + linked(headline="B")))
    assert [one.code for one in reading.rows[0].remarks if one.code == "broken-json"] == ["broken-json"]
    assert "title" not in article(reading).fields
    assert [note for note in article(reading).notes if note.startswith("JSON-LD article: ")] == [
        'JSON-LD article: {"@type": "NewsArticle", "headline": "A"}',
        'JSON-LD article: {"@type": "NewsArticle", "headline": "B"}',
    ]


# --- typed texts ---


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("<!doctype html><p>a", "html"),
        ("\n<div>a</div>", "html"),
        ("<3 is a heart", "text"),
        ("a < b", "text"),
        ("---\ntitle: a\n---\nb", "markdown"),
        ("# A\n\nb", "markdown"),
        ("a [b](https://c.example)", "markdown"),
        ("a **b** c", "markdown"),
        ("A line.\n\n- an item", "text"),
        ("{{date|June 3, 2031}}\na", "wikitext"),
        ("a\n== B ==\nc", "wikitext"),
        ("a {{ page.title }}", "text"),
    ],
)
def test_the_form_is_told_by_the_content(text: str, form: str) -> None:
    assert recognise(text) == form


def test_markdown_is_kept_letter_for_letter() -> None:
    source = article(read((HERE / "typed.md").read_bytes(), options(genre="news")))
    assert (
        source.text
        == "The *roads office* closed [Mill Bridge](https://courier.example/bridge) on Monday.\n\n> It is not our fault.\n"
    )
    fields = {
        name: value for name, value in source.fields.items() if name not in {"accessed", "stored", "publish", "genre"}
    }
    assert fields == {
        "title": "Mill Bridge shut",
        "outlet": Handle("entity", "Brook Courier", "outlet"),
        "published": "2031-06-02",
        "url": "https://courier.example/bridge-closed",
        "language": "en",
        "authors": ["Ida Marsh", "Tom Vale"],
    }
    assert source.notes == ('tags: ["bridges", "roads"]', "draft: false")


def test_a_source_of_ours_keeps_what_it_had() -> None:
    own = (ROOT / "content/sources/flga-2025-05-22.md").read_bytes()
    document, _ = parse("x.md", own)
    assert document is not None
    assert isinstance(document.data, dict)
    source = article(read(own, options()))
    assert dict(source.fields) == document.data
    assert read_text(source.text).text == read_text(document.body or "").text
    assert source.notes == ()


def test_of_plain_text_every_letter_is_seen() -> None:
    reading = bring("One *star* and [x](claim:y).\n\n1. item\n# hash\n", markup="text")
    assert read_text(article(reading).text).text == "One *star* and [x](claim:y).\n\n1. item # hash"
    assert "title" not in article(reading).fields


@given(st.text())
def test_any_plain_text_is_stored_as_it_is(text: str) -> None:
    reading = bring(text.encode("utf-8", "replace"), markup="text")
    if not reading.problem:
        kept = "".join(read_text(article(reading).text).text.split())
        assert kept == "".join(
            "".join(one for one in text.encode("utf-8", "replace").decode() if not _is_control(one)).split()
        )


def _is_control(letter: str) -> bool:
    from generator.documents.nodes import CONTROL  # noqa: PLC0415

    return CONTROL.match(letter) is not None


# --- Wikinews ---


def test_the_sources_of_wikitext_become_records() -> None:
    reading = bring((HERE / "wikinews.wiki").read_bytes())
    assert [(row.number, row.at, row.drafts[0].key) for row in reading.rows[1:]] == [
        (2, "line 22", "https://courier.example/bridge-closed"),
        (3, "line 29", "https://post.example/7?a=b"),
    ]
    first, second = (row.drafts[0] for row in reading.rows[1:])
    assert dict(first.fields) == {
        "accessed": "2031-07-03",
        "title": "Mill Bridge shut",
        "outlet": Handle("entity", "Brook Courier", "outlet"),
        "authors": ["Ida Marsh"],
        "published": "2031-06-02",
        "url": "https://courier.example/bridge-closed",
        "archived": "https://web.archive.org/web/20310603000000/https://courier.example/bridge-closed",
        "language": "en",
        "genre": "news",
        "summary": "Named as a source by the article in the file “mill-bridge”.",
        "stored": "none",
        "publish": "none",
    }
    assert second.notes == ("beside: (for subscribers)", "date: 12/6/31")
    assert [one.code for one in reading.rows[2].remarks] == ["date-ambiguous"]
    assert article(reading).notes == (
        "category: Bridges",
        "link: fr:Un pont",
        "source: title=No address | pub=Valley Post",
    )
    assert article(reading).fields["published"] == "2031-06-03"
    assert left_out(reading) == {
        "<ref>": "2 words",
        "[[File]]": "4 words",
        "{{Transport}}": "0 words",
        "{{quote}}": "3 words",
        "{{wikinews2}}": "0 words",
        "{| |}": "3 words",
    }


def test_the_sources_of_a_page_of_wikinews_become_records() -> None:
    reading = bring((HERE / "wikinews.html").read_bytes())
    found = [
        {name: row.drafts[0].fields.get(name) for name in ("title", "authors", "published", "url")}
        for row in reading.rows[1:]
    ]
    assert found == [
        {
            "title": "Mill Bridge shut",
            "authors": ["Ida Marsh"],
            "published": "2031-06-02",
            "url": "https://courier.example/bridge-closed",
        },
        {"title": 'A "quiet" valley', "authors": None, "published": "2031-06", "url": "https://post.example/7"},
    ]
    source = article(reading)
    assert "source: Broken, without marks" in source.notes
    assert "<link rel=license>: https://creativecommons.org/licenses/by/2.5/" in source.notes
    assert (source.fields["title"], source.fields["published"]) == ("Bridge in the valley closes", "2031-06-03")


def test_without_a_language_or_genre_given_listed_sources_are_notes() -> None:
    page_ = (HERE / "wikinews.html").read_bytes()
    reading = read(page_, options(outlet="wikinews", genre="news"))
    assert len(reading.rows) == 1
    assert sum(note.startswith("source: ") for note in article(reading).notes) == 3


# --- again, and into a project ---


def test_an_article_without_an_address_is_known_by_its_text() -> None:
    one, same, other = (
        article(bring(text)).key for text in ("<p>A word.</p>", "<div>A  word.</div>", "<p>A word!</p>")
    )
    assert one == same != other
    assert one.startswith("sha256:")


def test_the_day_and_the_flags_do_not_make_an_article_another() -> None:
    page_ = (HERE / "news.html").read_bytes()
    one = bring(page_).rows[0].digest
    assert bring(page_, publish="full", genre="post").rows[0].digest == one
    assert bring(page_.replace(b"cracks", b"tracks")).rows[0].digest != one


@pytest.fixture
def valley(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small sound site that case files start from."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1940803200")
    shutil.copytree(SITE, tmp_path / "content")
    shutil.copyfile(ROOT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    return tmp_path


def run(root: Path, file: str, *flags: str) -> tuple[int, dict[str, Any]]:
    given = ["article", str(HERE / file), "--to", str(root), "--format", "json", *flags]
    found = CliRunner().invoke(import_data, given)
    assert found.exception is None or isinstance(found.exception, SystemExit), found.output
    return found.exit_code, json.loads(found.output)


@pytest.mark.parametrize("file", ["news.html", "wikinews.html", "wikinews.wiki", "typed.md"])
def test_what_is_written_is_sound_and_written_once(valley: Path, file: str) -> None:
    flags = ("--outlet", "valley-post", "--language", "en", "--genre", "news")
    code, report = run(valley, file, *flags)
    outcomes = report["outcomes"]
    assert (code, outcomes["written"], outcomes["kept-back"]) == (0, report["rows"], 0)
    assert [one for one in pipeline.check(valley).diagnostics if one.severity == "error"] == []
    texts = [*(valley / "content/sources/imported").glob("*.md")]
    assert len(texts) == 1
    document, problems = parse(texts[0].name, texts[0].read_bytes())
    assert (problems, document is not None) == ((), True)
    assert document is not None
    assert read_text(document.body or "").text == read_text(article(bring((HERE / file).read_bytes())).text).text
    code, again = run(valley, file, *flags)
    assert (code, again["outcomes"]) == (0, {**outcomes, "written": 0, "already-there": report["rows"]})


def test_the_text_of_an_article_whose_source_is_there_is_not_dropped_unsaid(valley: Path) -> None:
    flags = ("--outlet", "valley-post", "--language", "en", "--genre", "news")
    url = str(article(bring((HERE / "news.html").read_bytes())).fields["url"])
    (valley / "content/sources/known.yml").write_text(
        f"outlet: valley-post\naccessed: 2024-05-02\nurl: {url}\nlanguage: en\ngenre: news\nstored: none\npublish: none\nsummary: Known.\n",
        "utf-8",
    )
    _, report = run(valley, "news.html", *flags)
    (item,) = [one for one in report["items"] if one["outcome"] == "already-there"]
    assert item["records"] == ["source:known"]
    assert [one["value"] for one in item["remarks"] if (one["code"], one["field"]) == ("not-kept", "text")] == [
        f"{len(article(bring((HERE / 'news.html').read_bytes())).text):,} characters"
    ]
