"""What mkdocs.yml may say, and the pages of its navigation."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.structure.files import File, InclusionLevel

from generator.dialect import prose_plain
from generator.plugin.page import FactPage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mkdocs.config.defaults import MkDocsConfig

    from generator.settings import Settings

_MKDOCS_EXTENSIONS = {"toc", "tables", "fenced_code"}


_READ = ("content", "templates", "generator", "tests", ".git", ".github", "build")
"""What the project needs, and what is thrown away: the site stands in none of them."""


def refuse_settings(config: MkDocsConfig) -> None:
    """Explain settings that would be ignored, or do harm.

    Raises:
        ConfigurationError: `markdown_extensions` is set, a page of the navigation has no label, or `site_dir`, in which nothing
            stays but the site, is a folder that the project needs.
    """
    root, site = Path(config.config_file_path).resolve().parent, Path(config.site_dir).resolve()
    if root.is_relative_to(site) or any(site.is_relative_to((root / name).resolve()) for name in _READ):
        raise ConfigurationError(
            f"mkdocs.yml publishes into {config.site_dir}, where the project keeps something else, and everything there would "
            "be deleted. Give `site_dir` a folder of its own, such as `site`."
        )
    for path in _list_unlabelled(config.nav):
        raise ConfigurationError(
            f"mkdocs.yml gives no label for {path!r} in `nav`; write it as `- Label: {path}`. The navigation stands on every "
            "page, and so it is made before any page has its title."
        )
    if config.mdx_configs or set(config.markdown_extensions) - _MKDOCS_EXTENSIONS:
        raise ConfigurationError(
            "mkdocs.yml sets `markdown_extensions`. The pages are written and rendered by the generator's own Markdown "
            "dialect, which has no such extensions; remove the setting."
        )


def refuse_strict_warnings(config: MkDocsConfig) -> None:
    """Under `--strict`, stop before `site/` is touched: MkDocs itself counts the warnings only after that.

    Raises:
        Abort: warnings were logged in strict mode.
    """
    from mkdocs.utils import CountHandler  # noqa: PLC0415

    if not config.strict:
        return
    for handler in logging.getLogger("mkdocs").handlers:
        if isinstance(handler, CountHandler) and handler.get_counts():
            raise Abort("There were warnings, and --strict was given; nothing was published.")


def theme_templates(config: MkDocsConfig) -> frozenset[str]:
    """Return the names of the page templates of our theme."""
    folder = config.theme.custom_dir
    return frozenset(path.name for path in Path(folder).glob("*.html")) if folder else frozenset()


def read_labels(nav: Sequence[Any] | dict[str, Any] | None) -> Iterator[tuple[str, str]]:
    """Yield the path and label of every labelled page in a navigation setting."""
    for item in nav or ():
        for label, value in item.items() if isinstance(item, dict) else ():
            if isinstance(value, str):
                yield value, label
            else:
                yield from read_labels(value)


def _list_unlabelled(nav: Sequence[Any] | dict[str, Any] | None) -> Iterator[str]:
    for item in nav or ():
        if isinstance(item, str):
            yield item
        for value in item.values() if isinstance(item, dict) else ():
            yield from _list_unlabelled(value) if isinstance(value, list) else ()


def stub_pages(config: MkDocsConfig, labels: Mapping[str, str]) -> Iterator[File]:
    """Give the pages of the navigation, by path and label, as MkDocs needs them for it: without their text."""
    for path, label in labels.items():
        if urlsplit(path).scheme or not path.endswith(".md"):
            continue  # a link to somewhere else
        file = File.generated(config, path, content="", inclusion=InclusionLevel.INCLUDED)
        FactPage(label, file, config)
        yield file


def describe_site(config: MkDocsConfig, settings: Settings, *, preview: bool) -> None:
    """Tell MkDocs what content/settings.yml says of the site; the preview keeps its own address."""
    config.site_name = settings.title
    config.site_description = prose_plain(settings.description)
    config.site_author = settings.publisher
    if not preview:
        config.site_url = settings.address.rstrip("/") + "/"
