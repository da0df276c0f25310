"""Files of each format that is imported, real ones and drawn ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from hostile.fuzz.seeds import TESTS, list_files

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAPPING = (TESTS / "importing" / "csv" / "rumours.yml").read_bytes()
_PART = b"\x1f"

_TEXTS = st.sampled_from(
    ("The bridge was closed in May 2024.", "no", "", " ", "2024-05-09", "09.05.2024", "5/9/24", "https://desk.example/a", "//evil.example", "False",
     "Mostly true", "javascript:alert(1)", "=1+1", "Ida", "Ida; Jon", "é𝄞", "\u202eabc", "a\x00b", "<b>x</b>", "[x](y)", "x" * 400, "-", "1,000", "{{ x }}",
     "Brook Courier", "claim:bridge", "null", "\ud83d\ude00", "---", "# x", "| a |", "en", "2024-02-30", "\n\n", "a\r\nb", "https://u:p@h.example/x?y=1#z")
) | st.text(max_size=8)  # fmt: skip
_KEYS = st.sampled_from(
    ("@context", "@type", "@id", "@graph", "itemReviewed", "claimReviewed", "reviewRating", "ratingValue", "alternateName", "bestRating", "worstRating",
     "author", "name", "url", "sameAs", "datePublished", "appearance", "firstAppearance", "itemListElement", "dataFeedElement", "item", "inLanguage", "claims",
     "textualRating", "claimReview", "publisher", "site", "title", "claimDate", "claimant", "text", "events", "start_date", "end_date", "year", "month", "day",
     "headline", "media", "caption", "credit", "group", "display_date", "background", "eras", "scale", "unique_id", "claim", "label", "justification", "questions",
     "question", "answers", "answer", "answer_type", "source_url", "speaker", "claim_date", "original_claim_url", "fact_checking_article", "reporting_source", "x")
)  # fmt: skip
_TYPES = st.sampled_from(
    (
        "ClaimReview",
        "Claim",
        "ItemList",
        "DataFeed",
        "DataFeedItem",
        "Organization",
        "Person",
        "Rating",
        ["ClaimReview", "Review"],
    )
)
_SCALARS = (
    _TEXTS
    | st.none()
    | st.booleans()
    | st.integers(-5, 10**20)
    | st.sampled_from((2024, 5, 9, 1.5, float("inf"), float("nan")))
)
_JSON: st.SearchStrategy[object] = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=5), max_leaves=14
)


@st.composite
def _reviews(draw: st.DrawFn) -> object:
    """A review that is nearly one, alone or in what holds many."""
    review: dict[str, object] = {
        "@type": draw(_TYPES) if draw(st.integers(0, 3)) == 0 else "ClaimReview",
        "url": draw(st.sampled_from(("https://desk.example/a", "https://desk.example/b", "no"))),
        "claimReviewed": draw(_TEXTS), "datePublished": draw(_TEXTS), "author": {"@type": "Organization", "name": draw(_TEXTS)},
        "reviewRating": {"alternateName": draw(_TEXTS), "ratingValue": draw(_SCALARS)}, "itemReviewed": draw(_JSON), draw(_KEYS): draw(_JSON),
    }  # fmt: skip
    other: object = draw(st.sampled_from((None, dict(review))))
    return draw(
        st.sampled_from(
            (review, [review, other], {"@graph": [review, other]}, {"dataFeedElement": [{"item": [review]}, other]})
        )
    )


@st.composite
def _events(draw: st.DrawFn) -> object:
    event = {"start_date": {"year": draw(_SCALARS), "month": draw(_SCALARS), "day": draw(_SCALARS)}, "text": {"headline": draw(_TEXTS), "text": draw(_TEXTS)}, draw(_KEYS): draw(_JSON)}  # fmt: skip
    return {"title": draw(_JSON), "events": [event, draw(_JSON), event], "eras": draw(_JSON)}


@st.composite
def _claims(draw: st.DrawFn) -> object:
    claim = {"claim": draw(_TEXTS), "label": draw(st.sampled_from(("Supported", "Refuted", "x"))), "speaker": draw(_TEXTS), "claim_date": draw(_TEXTS), "questions": [{"question": draw(_TEXTS), "answers": [{"answer": draw(_TEXTS), "source_url": draw(_TEXTS), draw(_KEYS): draw(_JSON)}]}], draw(_KEYS): draw(_JSON)}  # fmt: skip
    return [claim, draw(_JSON)]


def _as_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


@st.composite
def _tables(draw: st.DrawFn) -> bytes:
    """A table with the columns of the mapping, some of them twice or gone."""
    names = [
        "Nr",
        "Claim",
        "Date",
        "Who",
        "Where seen",
        "Outlet",
        "Published",
        "Quote",
        "Topic",
        "Sort",
        "Verdict",
        "Phone",
    ]
    names = draw(st.permutations(names))[: draw(st.integers(3, 12))] + draw(st.lists(_TEXTS, max_size=1))
    mark = draw(st.sampled_from((",", ";", "\t", "|")))
    end = draw(st.sampled_from(("\n", "\r\n", "\r")))
    rows = [names, *(draw(st.lists(_TEXTS, max_size=len(names) + 1)) for _ in range(draw(st.integers(0, 3))))]
    quoted = draw(st.booleans())
    cells = (mark.join('"' + cell.replace('"', '""') + '"' if quoted else cell for cell in row) for row in rows)
    return end.join(cells).encode(draw(st.sampled_from(("utf-8", "utf-8-sig", "utf-16"))), "replace")


_TAGS = st.sampled_from(
    ("<p>", "</p>", "<article>", "</article>", "<h1>", "</h1>", "<h2>", "<ul><li>", "</ul>", "<ol>", "<li>", "<table><tr><td>", "</table>", "<td>", "<th>",
     "<blockquote>", "<pre>", "<code>", "<a href='x'>", "</a>", "<a href=javascript:x>", "<img src=x alt=y>", "<script>", "</script>", "<style>", "<!--", "-->",
     "<title>", "</title>", "<meta property='og:title' content='T'>", "<meta name=author content=A>", '<script type="application/ld+json">{"@type":"NewsArticle","headline":"H"}</script>',
     "<time datetime='2024-05-09'>", "<br>", "<hr>", "&amp;", "&#0;", "&#x110000;", "&nbsp", "<!DOCTYPE html>", "<html lang=en>", "<nav>", "</nav>", "<aside>",
     "<figure><figcaption>", "<svg>", "<math>", "<template>", "<noscript>", "<textarea>", "<b>", "<i>", "</i>", "<div hidden>", "</div>", "<![CDATA[", "]]>",
     "{{Infobox|a=b}}", "[[File:x|y]]", "[[a|b]]", "'''b'''", "== H ==", "{|", "|}", "|-", "<ref>", "</ref>", "* a", "# b", "__TOC__", "[http://x y]", "<nowiki>")
)  # fmt: skip


def strategy() -> st.SearchStrategy[bytes]:
    """Draw files of each format: nearly sound ones, and heaps of what means something."""
    any_json = _JSON.map(_as_json)
    pages = st.lists(_TAGS | _TEXTS, max_size=24).map(lambda parts: " ".join(parts).encode("utf-8", "replace"))
    mapped = st.builds(lambda table: _MAPPING + _PART + table, _tables())
    drawn = (
        _reviews().map(_as_json) | any_json, _events().map(_as_json) | any_json | _tables(), mapped, _claims().map(_as_json) | any_json, pages, pages,
        _tables(), _tables(), _tables(),
    )  # fmt: skip
    return st.one_of(
        *(st.builds(lambda data, kind=kind: bytes([kind]) + data, files) for kind, files in enumerate(drawn))
    )


def seeds() -> Iterator[bytes]:
    """Give the files of the tests of each format, and small tables for our own mappings."""
    kinds = {"claimreview": 0, "timelinejs": 1, "averitec": 3, "csv": 6}
    for path in list_files("importing"):
        if path.suffix in (".txt", ".yml"):
            continue
        folder = path.parent.name
        data = path.read_bytes()
        if folder == "article":
            yield bytes([4 if path.suffix == ".html" else 5]) + data
        elif folder in kinds:
            yield bytes([kinds[folder]]) + data
        if path.suffix == ".csv":
            yield bytes([2]) + _MAPPING + _PART + data
    yield b"\x07id,says,kind,verdict,verdict_why,when\nx,The bridge is closed.,fact,unchecked,,2024-05\n"
    yield b"\x08id,title,outlet,published,url,language,genre\nx,T,brook-courier,2024-05-09,https://desk.example/x,en,news\n"


WORDS = (
    b'"@type":', b'"ClaimReview"', b'"claimReviewed":', b'"itemReviewed":', b'"reviewRating":', b'"author":', b'"url":', b'"events":', b'"start_date":',
    b'"year":', b'"text":', b'"headline":', b'"claim":', b'"questions":', b'"answers":', b'"label":', b"null", b"true", b"1e999", b"NaN", b"\\u0000", b"\\ud800",
    b"<p>", b"</p>", b'<script type="application/ld+json">', b"<article>", b"&#0;", b"<!--", b"-->", b"[[", b"]]", b"{{", b"}}", b"{|", b"|}", b"==", b"https://",
    b"\xff\xfe", b"\xef\xbb\xbf", b'""', b"\r\n", b"key: ", b"columns:\n", b"kind: claim\n", b"fixed: {", b"- ", b"split:", b"\x1f",
)  # fmt: skip
