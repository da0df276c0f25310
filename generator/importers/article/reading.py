"""One article becomes one source with its stored text; what it names as its own sources becomes records of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.importers.article.blocks import count_words, write_blocks
from generator.importers.article.forms import FORMS, as_form, decode_article, recognise
from generator.importers.article.head import list_left_out, read_head
from generator.importers.article.html_text import WIKI, walk
from generator.importers.article.linked_data import read_linked_data
from generator.importers.article.listed import make_row, take_sources
from generator.importers.article.metadata import settle
from generator.importers.article.told import Article
from generator.importers.article.typed import read_markdown, read_plain
from generator.importers.article.wikitext import read_wikitext
from generator.importers.cells import has_words, note, read_date
from generator.importers.jsonish import key_of
from generator.importers.rows import Draft, Handle, Reading, Remark, Row
from generator.importers.sheets import find_flag_problem
from generator.importers.unread import draft_entity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.importers.article.metadata import Settled
    from generator.importers.rows import Options, Value

_PUBLISH = ("full", "excerpts", "none")
_MOST_SAID = 20
_NEEDED: Mapping[str, str] = {
    "outlet": "who published it",
    "language": "in which language it is",
    "genre": "what sort of text it is",
}


def read(data: bytes, options: Options) -> Reading:
    """Read a file with one article: a web page, Markdown, wikitext, or plain text.

    Args:
        data: the bytes of the file.
        options: what whoever imports says of it: `outlet`, `language` and `genre` are needed where the file does not say them,
            and count before what it says, as `url` and `published` do; `publish` is `excerpts` unless it is given; `select` may
            be `body`, to take all of a page; `form` one of `FORMS`.
    """
    problem = find_flag_problem(options) or _find_problem(options)
    if problem:
        return Reading(problem=problem)
    text, encoding, problem = decode_article(data)
    if problem:
        return Reading(problem=problem)
    form = as_form(options.given.get("markup", "")) or recognise(text)
    article = _read_form(text, form, options)
    if article.problem:
        return Reading(problem=article.problem)
    if not has_words(article.markdown):
        return Reading(problem=_explain_nothing(article))
    settled = settle(article.told, options)
    missing = [name for name in _NEEDED if name not in settled.fields]
    if missing:
        why = ", ".join(_NEEDED[name] for name in missing)
        flags = ", ".join(f"`--{name}`" for name in missing)
        return Reading(problem=f"The file does not say {why}, and nothing is guessed. Say it with {flags}.")
    said = [*article.said, *_say_left_out(article), *settled.said]
    if encoding:
        said.insert(0, f"It is saved as {encoding}, as it says of itself.")
    if not any(one.what == "licence" for one in article.told):
        said.append("It does not say under which licence its text stands.")
    title = settled.fields.get("title") or settled.fields.get("url")
    called = f"“{title}”" if title else f"the article in the file “{options.name}”"
    rows: list[Row] = []
    for listed in article.listed:
        row = make_row(len(rows) + 2, listed, called, options)
        rows += [row] if row else []
        settled.notes += [] if row else [note("source", listed.raw)]
    if article.listed:
        said.append(_say_listed(len(article.listed), len(rows)))
    return Reading((_make_row(article, settled, options), *rows), tuple(said))


def _find_problem(options: Options) -> str:
    given = options.given
    if given.get("publish", "excerpts") not in _PUBLISH:
        return f"`--publish`: “{given['publish'][:60]}” is none of {', '.join(_PUBLISH)}."
    if given.get("select", "body") != "body":
        return f"`--select`: “{given['select'][:60]}” is not known; `body` takes all of a page."
    if given.get("published") and read_date(given["published"])[0] is None:
        return f"`--published`: “{given['published'][:60]}” cannot be read as a date."
    if given.get("markup") and as_form(given["markup"]) is None:
        return f"`--markup`: “{given['markup'][:60]}” is none of {', '.join(FORMS)}."
    return ""


def _read_form(text: str, form: str, options: Options) -> Article:
    if form == "html":
        return _read_html(text, whole=options.given.get("select") == "body")
    if form == "wikitext":
        return _read_wikitext(text)
    return read_markdown(text) if form == "markdown" else read_plain(text)


def _read_html(text: str, *, whole: bool) -> Article:
    page = walk(text, whole=whole)
    part = "" if whole else next((one for one in (WIKI, "article", "main") if page.found[one] == 1), "")
    inside = [block for block in page.blocks if not part or part in block.regions]
    if not any(has_words(block.text) for block in inside):
        part, inside = "", page.blocks
    linked, broken = read_linked_data(text)
    remarks = [*list_left_out(page), *broken]
    outside = sum(count_words(block.text) for block in page.blocks) - sum(count_words(block.text) for block in inside)
    if outside:
        remarks.append(
            Remark("left-out", f"outside of {f'.{part}' if part == WIKI else f'<{part}>'}", f"{outside} words")
        )
    blocks, listed = take_sources(inside) if part == WIKI else (inside, [])
    taken = {WIKI: "the text of a page of MediaWiki", "": "all of its body"}.get(part, f"its one <{part}>")
    said = f"It is read as a web page, of which {taken} is taken; links and emphasis became plain text."
    markdown, problem = write_blocks(blocks)
    return Article(
        markdown,
        tuple(read_head(page, inside, part, linked)),
        tuple(listed),
        tuple(remarks),
        (said,),
        f"The text of this page {problem}." if problem else "",
    )


def _read_wikitext(text: str) -> Article:
    page, found = read_wikitext(text)
    blocks, listed = take_sources(page.blocks, found.listed)
    markdown, problem = write_blocks(blocks)
    told = (*found.told, *read_head(page, blocks, WIKI, ()))
    return Article(
        markdown,
        told,
        tuple(listed),
        tuple(list_left_out(page)),
        (
            "It is read as wikitext; templates that are not known were left out, and links and emphasis became plain text.",
        ),
        f"This text {problem}." if problem else "",
    )


def _explain_nothing(article: Article) -> str:
    left = _say_left_out(article)
    if not left:
        return "There are no words in this file."
    return f"No words of an article are left. {left[0]} `--select body` takes all of a page that a reader sees."


def _say_left_out(article: Article) -> list[str]:
    left = [f"{one.field}: {one.value}" for one in article.remarks if one.code == "left-out"]
    more = f"; and {len(left) - _MOST_SAID} more" if len(left) > _MOST_SAID else ""
    return [f"Left out: {'; '.join(left[:_MOST_SAID])}{more}."] if left else []


def _say_listed(listed: int, made: int) -> str:
    """Say what becomes of the sources that an article lists."""
    return (
        f"Sources that it lists: {listed}, of which {made} stand in rows of their own, in the language and of the genre that you gave, "
        f"and {listed - made} in the notes. A row needs an address and a publisher, and the flags `--language` and `--genre`."
    )


def _make_row(article: Article, settled: Settled, options: Options) -> Row:
    text = article.markdown
    fields: dict[str, Value] = {
        "accessed": options.today,
        **settled.fields,
        "stored": "whole",
        "publish": options.given.get("publish", "excerpts"),
    }
    url = fields.get("url")
    key = url if isinstance(url, str) else f"sha256:{key_of([text])}"
    outlet = fields.get("outlet")
    drafts = [Draft("source", key, fields, tuple(settled.notes), text=text)]
    if isinstance(outlet, Handle):
        drafts.append(draft_entity(outlet))
    said = (part for one in article.told for part in (one.what, one.field, one.value))
    return Row(1, "the whole file", key_of([text, *said]), tuple(drafts), (*settled.remarks, *article.remarks))
