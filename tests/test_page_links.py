"""Links of a page: what is followed the short way leads where MkDocs' own arithmetic has it."""

from __future__ import annotations

from posixpath import dirname, join, normpath
from types import SimpleNamespace
from urllib.parse import urlsplit

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from mkdocs.utils import get_relative_url

from generator.paths import page_url
from generator.plugin.page import FactPage, _follow_plain

NAMES = st.sampled_from(["a", "b", "ab", "index", "reindex", "-", "..", "."])
PATHS = st.lists(NAMES, min_size=1, max_size=4).map("/".join)
PAGES = st.lists(st.sampled_from(["a", "b", "ab", "index"]), min_size=1, max_size=4).map("/".join)
ADDRESSES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "../", "../../", "../../../"]),
    PATHS,
    st.sampled_from([".md", ".csv"]),
    st.sampled_from(["", "#c", "#c-1.x", "?q=1", "?q=1#c", "#"]),
)


def follow(page: str, address: str) -> tuple[str, list[str]]:
    """The address as `FactPage` writes it, and what it notes."""
    made = FactPage.__new__(FactPage)
    made.file = SimpleNamespace(src_uri=f"{page}.md", url=page_url(f"{page}.md") or "./")  # type: ignore[assignment]
    made.links = {}
    return made._resolve(address), [*made.links]


@given(PAGES, ADDRESSES)
@example("a/b", "../b/ab.md#c")
@example("a/b", "../a/ab.md")
@example("a/b", "b/ab.md")
@example("a/b", "b.md")
@example("a/index", "b.md")
@example("index", "a/b.md")
@settings(max_examples=1000)
def test_a_link_leads_where_mkdocs_would_have_it_lead(page: str, address: str) -> None:
    _, _, path, query, anchor = urlsplit(address)
    target = normpath(join(dirname(page), path))
    assume(not target.startswith("."))  # it would leave the site
    url = page_url(target) if target.endswith(".md") else target
    relative = get_relative_url(url or "./", page_url(f"{page}.md") or "./")
    assert follow(page, address) == (
        relative + (query and f"?{query}") + (anchor and f"#{anchor}"),
        [target + (anchor and f"#{anchor}")],
    )


def test_links_as_templates_write_them_go_the_short_way() -> None:
    """Or the speed is gone without anybody noticing."""
    assert _follow_plain("../entities/x-1.md", "claims")
    assert _follow_plain("y.md#seen-1", "claims")
    assert _follow_plain("../../../claims/y.md#c", "topics/t/as-of")
