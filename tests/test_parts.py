"""Parts of a page that are written once for all pages beside each other are what they would be on each of them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from jinja2 import DictLoader, Environment
from mkdocs.utils.templates import url_filter

from generator.plugin.parts import Parts

if TYPE_CHECKING:
    from collections.abc import Callable

HEADER = """{% for item in nav %}{{ item.url | url }}{{ "!" if item.active }} {% endfor %}{{ "." | url }} {{ "a/b.css" | url }}
{{ "search/" | url }}{{ "!" if page.url == "search/" }} {{ section }} {{ config.site_name }}"""

IN_NAV = ("", "claims/", "search/", "topics/b/", "deep/a/b/")


def make_theme() -> tuple[Parts, Callable[[str, str], str], dict[str, Any]]:
    """Parts; what the same header is as a template of its own; the pages of the navigation."""
    env = Environment(loader=DictLoader({"header.html": HEADER}), autoescape=True)
    env.filters["url"] = url_filter
    stand = {url: SimpleNamespace(url=url, active=False) for url in IN_NAV}

    class Nav(list[Any]):
        pages = tuple(stand.values())

    nav, config = Nav(stand.values()), SimpleNamespace(site_name="A & B")

    def write_whole(url: str, section: str) -> str:
        page = stand.get(url) or SimpleNamespace(url=url)
        return env.get_template("header.html").render(nav=nav, config=config, page=page, base_url="", section=section)

    return Parts(nav, config, env), write_whole, stand  # type: ignore[arg-type]


@pytest.mark.parametrize("order", [1, -1])
def test_a_part_is_what_it_would_be_as_a_template_of_its_own(order: int) -> None:
    parts, write_whole, stand = make_theme()
    urls = (
        *IN_NAV,
        "claims/a/",
        "claims/b/",
        "topics/a/",
        "topics/b/c/",
        "deep/a/",
        "deep/b/",
        "x/",
        "404.html",
        "topics/x.html",
    )
    for url in urls[::order]:
        for section in ("claims/", "<b>"):
            page: Any = stand.get(url) or SimpleNamespace(url=url)
            page.active = True
            assert parts.write("header.html", page, section=section) == write_whole(url, section)
            page.active = False


def test_a_part_knows_no_more_of_its_page_than_where_it_stands() -> None:
    parts, _, _ = make_theme()
    parts._env.loader = DictLoader({"header.html": "{{ page.title }}{{ '.' | url }}"})
    shown = [parts.write("header.html", SimpleNamespace(url=url, title=url)) for url in ("claims/a/", "claims/b/")]  # type: ignore[arg-type]
    assert shown == ["../..", "../.."]
