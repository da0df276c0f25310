"""The MkDocs plugin `factsheet`: `mkdocs build` and `mkdocs serve` alone do the whole job.

Before MkDocs cleans anything it runs the pipeline and writes the pages to `build/pages`; MkDocs builds them into the
staging folder `build/site`; after that it makes the search index and brings `site/` up to date, changed files only. Any
error in the content stops it before a byte of `site/` changes.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click
from mkdocs.config import Config
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.plugins import BasePlugin

from generator import dialect, load, pipeline, write
from generator.diagnostics import Diagnostic, Place
from generator.plugin.page import FactPage
from generator.plugin.preview import PLACEHOLDER, banner, insert_banner
from generator.plugin.printing import print_report
from generator.plugin.searching import PreviewSearch
from generator.publish import journal, search
from generator.publish.policy import content_security_policy
from generator.publish.progress import progress_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from jinja2 import Environment
    from markupsafe import Markup
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from generator.settings import Settings

log = logging.getLogger("mkdocs.plugins.factsheet")

_MKDOCS_EXTENSIONS = {"toc", "tables", "fenced_code"}
WATCHED = ("content", "templates")
STYLE_PARTS = "style/"


class ContentError(Abort):
    """The content has errors, which have been printed; nothing was published."""

    def show(self, *_arguments: Any, **_options: Any) -> None:  # noqa: ANN401 (click's signature)
        """Print the message where the errors were printed, on standard error."""
        click.echo(self.format_message(), err=True)


class Options(Config):  # type: ignore[no-untyped-call]
    """The plugin has no options: what there is to set stands in content/settings.yml."""


class FactSheetPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Runs the generator around a MkDocs build; see the module's docstring.

    Args:
        build: makes the pages; MkDocs, which gives none, gets the pipeline.
    """

    def __init__(self, build: Callable[..., pipeline.Built] = pipeline.build) -> None:
        self._make = build
        self._serving = False
        self._search = PreviewSearch()
        self._problems: tuple[Diagnostic, ...] = ()
        self._banner: Markup | None = None
        self._settings: Settings | None = None
        self._updated = "1970-01-01"
        self._root = Path()
        self._target = Path()

    @property
    def _build(self) -> Path:
        return self._root / "build"

    @property
    def _staged(self) -> journal.Staged:
        return journal.Staged(self._build / "site", self._build / "pagefind")

    @property
    def _journal(self) -> Path:
        return self._build / "publication.json"

    # --- MkDocs' events, in the order in which they come ---

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember what MkDocs was asked for."""
        if dirty:
            raise ConfigurationError(
                "--dirty leaves stale pages in the site; leave it out, unchanged files are kept anyway."
            )
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Run the pipeline, write the pages and point MkDocs at them, before it cleans anything."""
        refuse_settings(config)
        self._search.begin()
        self._root = Path(config.config_file_path).resolve().parent
        self._target = Path(config.site_dir)
        self._finish_interrupted()
        pages = self._build / "pages"
        with progress_line() as progress:
            self._write_pages(pages, config, progress)
        if self._settings:
            self._describe_site(config, self._settings)
        config.docs_dir = str(pages)
        if not self._serving:
            config.site_dir = str(self._staged.pages)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Give every Markdown file a page of our own kind, with its label from the navigation."""
        for part in [file for file in files if file.src_uri.startswith(STYLE_PARTS)]:
            files.remove(part)  # the theme's one style sheet includes them
        labels = dict(read_labels(config.nav))
        for file in files.documentation_pages():
            file.page = FactPage(labels.get(file.src_uri), file, config, updated=self._updated)
        return files

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Let a page choose no template but one of the theme's own."""
        template = page.meta.get("template")
        if template is not None and template not in theme_templates(config):
            raise ConfigurationError(f"{page.file.src_uri}: there is no page template {template!r} in the theme.")
        return markdown

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:  # noqa: ARG002
        """Turn on autoescape, which MkDocs leaves off, and give the theme what it cannot know.

        `settings` is content/settings.yml (None before the first good build of a preview), `preview` tells of
        `serve`, and `csp` is the security policy.
        """
        env.autoescape = True
        env.globals["settings"] = self._settings
        env.globals["preview"] = self._serving
        env.globals["csp"] = content_security_policy(preview=self._serving)
        return env

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Show in the preview what is wrong with the content."""
        return insert_banner(output, self._banner) if self._banner else output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Make the search index and bring `site/` up to date."""
        refuse_strict_warnings(config)
        staged = self._staged
        if self._serving:
            self._search.end(Path(config.site_dir), self._build / "preview" / "pagefind")
            return
        with progress_line() as progress:
            progress("Indexing for search")
            self._index(staged.pages, staged.index)
            progress(f"Publishing to {self._target.name}/")
            changes = self._publish(self._target, staged.files())
        config.site_dir = str(self._target)
        log.info(
            "%s/: %d files written, %d deleted, %d unchanged.",
            self._target.name, len(changes.written), len(changes.deleted), len(changes.unchanged),
        )  # fmt: skip

    def on_serve(
        self,
        server: LiveReloadServer,
        *,
        config: MkDocsConfig,
        builder: Callable[..., Any],  # noqa: ARG002
    ) -> LiveReloadServer:
        """Watch what people write, not what the build writes."""
        server.unwatch(config.docs_dir)
        for name in WATCHED:
            if (self._root / name).is_dir():
                server.watch(str(self._root / name))
        self._search.watch(server)
        return server

    # --- steps ---

    def _write_pages(self, pages: Path, config: MkDocsConfig, progress: Callable[[str], None]) -> None:
        built = self._run_pipeline(progress)
        if built and built.ok and built.library and built.views:
            self._problems, self._banner = (), None
            self._settings = built.library.settings
            self._updated = built.views.today.isoformat()
            write.sync({**built.pages, **built.files}, pages)
            if not self._serving and built.diagnostics:
                print_report(built.diagnostics)
            log.info(built.summary)
            return
        settings = built.library.settings if built and built.library else self._settings
        wrong = {problem.place.path for problem in self._problems if problem.severity == "error"}
        lines = load.read_lines(self._root, wrong, text_dir=settings.text_dir if settings else None)
        print_report(self._problems, lines)
        if not self._serving:
            raise ContentError("The content has errors; nothing was published.")
        self._banner = banner(self._problems, lines)
        if not (pages / "index.md").is_file():
            write.sync({"index.md": PLACEHOLDER}, pages)
            config.nav = ["index.md"]

    def _run_pipeline(self, progress: Callable[[str], None]) -> pipeline.Built | None:
        """Run the pipeline; under `serve` even a fault of the generator itself becomes something to read."""
        try:
            built = self._make(self._root, preview=self._serving, progress=progress)
        except Exception as error:
            if not self._serving:
                raise
            log.exception("The generator failed")
            fault = f"The generator itself failed: {type(error).__name__}: {error}. The terminal has the details."
            self._problems = (Diagnostic(Place("generator"), "internal-error", fault),)
            return None
        if not built.ok:
            self._problems = built.diagnostics
        return built

    def _describe_site(self, config: MkDocsConfig, settings: Settings) -> None:
        config.site_name = settings.title
        config.site_description = dialect.prose_plain(settings.description)
        config.site_author = settings.publisher
        if not self._serving:
            config.site_url = settings.address.rstrip("/") + "/"

    def _index(self, pages: Path, index: Path) -> None:
        try:
            search.write_index(pages, index)
        except search.SearchIndexError as error:
            raise Abort(str(error)) from error

    def _publish(self, target: Path, files: dict[str, Path]) -> write.Changes:
        journal.begin(self._journal, target, files)
        changes = write.sync(files, target, keep=write.keep_hidden)
        journal.end(self._journal)
        return changes

    def _finish_interrupted(self) -> None:
        """Complete a publication that was interrupted, from the staging folder that it left."""
        interrupted = journal.find_interrupted(self._journal, self._staged)
        if interrupted:
            target, files = interrupted
            log.info("Finishing the last publication, which was interrupted.")
            self._publish(target, files)
        journal.end(self._journal)


def refuse_settings(config: MkDocsConfig) -> None:
    """Explain settings that would be ignored.

    Raises:
        ConfigurationError: `markdown_extensions` is set.
    """
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
