"""Parts of the theme that are the same on pages that stand beside each other, such as the header: written once for all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Hashable

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page


@dataclass(frozen=True, slots=True)
class _Beside:
    """Stands for any of the pages that stand beside each other: its address is that of none of them."""

    url: str


class Parts:
    """Writes parts of pages, which see the navigation, the settings, and of their page only from where addresses are seen.

    Args:
        nav: MkDocs' navigation.
        config: MkDocs' settings.
        env: the theme's environment.
    """

    def __init__(self, nav: Navigation, config: MkDocsConfig, env: Environment) -> None:
        self._nav, self._config, self._env = nav, config, env
        self._addresses = tuple({page.url for page in nav.pages})
        self._keep = lru_cache(maxsize=1 << 10)(self._write)

    def write(self, name: str, page: Page, **known: Hashable) -> Markup:
        """Write a part.

        Args:
            name: its template, which gets the same `nav` and `config` as the page. Its `page` is this one if it stands in the
                navigation or above a page of it; else it has only an address, beside that of this page.
            page: the page on which it stands.
            known: what else it is told.
        """
        folder = page.url.rpartition("/")[0].rpartition("/")[0]
        if not folder or not page.url.endswith("/") or any(url.startswith(page.url) for url in self._addresses):
            return self._write(name, page, **known)
        return self._keep(name, _Beside(f"{folder}/-/"), **known)

    def _write(self, name: str, page: Page | _Beside, **known: Hashable) -> Markup:
        template = self._env.get_template(name)
        return Markup(template.render(nav=self._nav, config=self._config, page=page, base_url="", **known))  # noqa: S704 - autoescaped
