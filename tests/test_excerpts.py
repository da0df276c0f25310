"""Other people's words: no more of a source's text is published than what is quoted, anywhere under site/."""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
import yaml
from html_pages import read_html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Tree

ARTICLE = "flga-2025-05-22"
GRAM = 6  # as many consecutive words as the build itself takes for a leak (rule 12)


def words_of(text: str) -> list[str]:
    """The bare words of a text: letters and digits, no matter which quotation marks, dashes, capitals or spaces."""
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())


def strings_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from strings_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings_in(item)


def texts_in(data: bytes, suffix: str) -> Iterator[str]:
    """A published file as texts: as written, and as a reader, a program or the search index unwraps it."""
    if data.startswith(b"\x1f\x8b"):  # the search index
        data = gzip.decompress(data)
    text = data.decode("utf-8", "replace")
    yield unquote(unescape(text))
    if suffix == ".html":
        yield read_html(text).text
    elif suffix in {".json", ".jsonld"}:
        yield "\n".join(strings_in(json.loads(text)))
    elif suffix == ".pf_fragment":  # a short header, then JSON
        yield "\n".join(strings_in(json.loads(text[text.index("{") :])))


@pytest.fixture(scope="module")
def published(built_site: Tree) -> dict[str, str]:
    """Every file of the site as one line of bare words with spaces around."""
    return {
        path.relative_to(built_site.site).as_posix(): " \n ".join(
            f" {' '.join(words_of(text))} " for text in texts_in(path.read_bytes(), path.suffix)
        )
        for path in sorted(built_site.site.rglob("*"))
        if path.is_file()
    }


def article_paragraphs(tree: Tree) -> list[str]:
    """The seed article's sentences (each is a paragraph), without the headline, which is published as its title."""
    source = (tree.content / "sources" / f"{ARTICLE}.md").read_text("utf-8")
    _, front_matter, body = re.split(r"^---$", source, maxsplit=2, flags=re.MULTILINE)
    title = words_of(yaml.safe_load(front_matter)["title"])
    return [part for part in re.split(r"\n\s*\n", body.strip()) if words_of(part) != title]


def quotations_from_article(tree: Tree) -> list[str]:
    def quoted(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            if value.get("in") == ARTICLE and "quote" in value:
                yield from value["quote"].split("[...]")
            for item in value.values():
                yield from quoted(item)
        elif isinstance(value, list):
            for item in value:
                yield from quoted(item)

    typed = [*tree.records("claims"), *tree.records("events")]
    return [quotation for record in typed for quotation in quoted(record)]


def uncited_runs(paragraph: str, quotations: list[str]) -> list[list[str]]:
    """The runs of words of a paragraph that no quotation covers."""
    words = words_of(paragraph)
    covered = [False] * len(words)
    for quotation in map(words_of, quotations):
        for start in range(len(words) - len(quotation) + 1):
            if quotation and words[start : start + len(quotation)] == quotation:
                covered[start : start + len(quotation)] = [True] * len(quotation)
    runs: list[list[str]] = [[]]
    for word, is_covered in zip(words, covered, strict=True):
        if is_covered:
            runs.append([])
        else:
            runs[-1].append(word)
    return [run for run in runs if run]


def test_the_words_around_a_quotation_are_found() -> None:
    paragraph = "As the clock ticks, the ‘world’ watches closely."
    assert uncited_runs(paragraph, ["the 'world' watches", "no such words"]) == [
        ["as", "the", "clock", "ticks"],
        ["closely"],
    ]


def test_no_uncited_sentence_of_the_article_is_published(built_site: Tree, published: dict[str, str]) -> None:
    quotations = quotations_from_article(built_site)
    assert quotations
    leaked = [
        f"{name}: {' '.join(run)}"
        for paragraph in article_paragraphs(built_site)
        for run in uncited_runs(paragraph, quotations)
        if len(run) >= GRAM
        for name, text in published.items()
        if f" {' '.join(run)} " in text
    ]
    assert leaked == []


def test_a_quoted_passage_is_published_where_readers_and_the_search_find_it(
    built_site: Tree,
    published: dict[str, str],
) -> None:
    longest = f" {max((' '.join(words_of(text)) for text in quotations_from_article(built_site)), key=len)} "
    where = {name for name, text in published.items() if longest in text}
    assert f"sources/{ARTICLE}/index.html" in where
    assert any(name.endswith(".pf_fragment") for name in where)


def test_no_more_of_the_article_is_published_than_the_excerpt_limit(
    built_site: Tree, published: dict[str, str]
) -> None:
    settings = yaml.safe_load((built_site.content / "settings.yml").read_text("utf-8"))
    words = [word for paragraph in article_paragraphs(built_site) for word in words_of(paragraph)]
    on_site = set()
    for text in published.values():
        found = text.split()
        on_site |= {tuple(found[start : start + GRAM]) for start in range(len(found) - GRAM + 1)}
    taken = [False] * len(words)
    for start in range(len(words) - GRAM + 1):
        if tuple(words[start : start + GRAM]) in on_site:
            taken[start : start + GRAM] = [True] * GRAM
    share = 100 * sum(taken) / len(words)
    assert 0 < share <= settings["excerpt_limit"]["share"]
