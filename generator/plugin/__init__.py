"""The MkDocs plugin `factsheet`: `mkdocs build` and `mkdocs serve` alone do the whole job.

Before MkDocs cleans anything the content is checked, as far as possible from what is known of it. MkDocs sets up theme and
navigation; then the pages that have to be are made anew, in as many processes as there are cores. After that the search
index and `site/` are brought up to date, changed files only. Any error in the content stops it before a byte of `site/`
changes.
"""

from __future__ import annotations

import logging
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mkdocs.config import Config
from mkdocs.exceptions import ConfigurationError
from mkdocs.plugins import BasePlugin

from generator import load, pipeline, write
from generator.plugin.finished import Finished, Folders
from generator.plugin.finishing import add_sitemap, index_site, keep_published, publish_site
from generator.plugin.lastgood import LastGood
from generator.plugin.listing import SITEMAPS
from generator.plugin.making import Theme
from generator.plugin.navigation import (
    describe_site,
    read_labels,
    refuse_settings,
    refuse_strict_warnings,
    stub_pages,
    theme_templates,
)
from generator.plugin.printing import name_fault, print_findings, print_report
from generator.plugin.stopping import ContentError, is_explained, stop_for
from generator.plugin.timing import Timing
from generator.plugin.watching import watch
from generator.plugin.workshop import Workshop
from generator.publish.policy import content_security_policy
from generator.publish.progress import progress_line
from generator.publish.staging import collect
from generator.publish.target import finish_interrupted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

    from generator.diagnostics import Diagnostic
    from generator.plugin.preview import Preview
    from generator.settings import Settings

__all__ = ["ContentError", "FactSheetPlugin"]

log = logging.getLogger("mkdocs.plugins.factsheet")

WATCHED = ("content", "templates")
STYLE_PARTS = "style/"


class Options(Config):  # type: ignore[no-untyped-call]
    """The plugin has no options: what there is to set stands in content/settings.yml."""


class FactSheetPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Runs the generator around a MkDocs build; see the module's docstring.

    Args:
        searchable: whether to make the search index; `factsheet build --no-search` leaves it as it is.
        timing: told when a phase begins.
    """

    def __init__(self, *, searchable: bool = True, timing: Timing | None = None) -> None:
        self.searchable = searchable
        self.timing = timing or Timing()
        self._serving = False
        self._nav: Navigation | None = None
        self._theme: Theme | None = None
        self._workshop: Workshop | None = None
        self._held: write.Held | None = None
        self._finished = Finished()
        self._settings: Settings | None = None
        self._said = ""
        self._root = Path()
        self._target = Path()

    @cached_property
    def _preview(self) -> Preview:
        from generator.plugin.preview import Preview  # noqa: PLC0415 (only under `serve`)

        return Preview()

    @property
    def _folders(self) -> Folders:
        return Folders.of(self._root, serving=self._serving)

    @property
    def _journal(self) -> Path:
        return self._root / "build" / "publication.json"

    # --- MkDocs' events, in the order in which they come ---

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember what MkDocs was asked for."""
        if dirty:
            raise ConfigurationError(
                "--dirty leaves stale pages in the site; leave it out, unchanged files are kept anyway."
            )
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check the content, and point MkDocs at folders of our own, before it cleans anything."""
        refuse_settings(config)
        self._root = Path(config.config_file_path).resolve().parent
        self._target = Path(config.site_dir)
        self._held = self._held or self._folders.hold(self._root / "build")
        if self._serving:
            self._preview.begin(self._folders)
        if not self._serving and finish_interrupted(self._journal, self._target):
            log.info("The last publication, which was interrupted, was finished.")
        with progress_line() as progress, self.timing.phase("check"):
            self._workshop = self._settle(progress)
        if self._settings:
            describe_site(config, self._settings, preview=self._serving)
        empty = self._folders.state / "none"  # the pages are ours: MkDocs reads none
        empty.mkdir(parents=True, exist_ok=True)
        config.docs_dir = str(empty)
        config.theme.static_templates.discard("sitemap.xml")
        if not self._serving:
            config.site_dir = str(self._folders.static)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Give MkDocs the pages of the navigation, with their labels; the others are of no concern to it."""
        for file in [file for file in files if file.src_uri.startswith(STYLE_PARTS) or file.src_uri in SITEMAPS]:
            files.remove(file)  # the theme's one style sheet includes its parts; the sitemap is ours
        for file in stub_pages(config, dict(read_labels(config.nav))):
            files.append(file)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG002
        """Remember the navigation, which every page shows."""
        self._nav = nav
        return nav

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Let a page choose no template but one of the theme's own."""
        template = page.meta.get("template")
        if template is not None and template not in theme_templates(config):
            raise ConfigurationError(f"{page.file.src_uri}: there is no page template {template!r} in the theme.")
        return markdown

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Set up the theme, and make the pages.

        Autoescape, which MkDocs leaves off, is turned on. The theme is given what it cannot know: `settings` is
        content/settings.yml (None before the first good build of a preview), `preview` tells of `serve`, and `csp` is the
        security policy.
        """
        env.autoescape = True
        if self._workshop is not None:
            env.bytecode_cache = self._workshop.compile_for("theme")
        env.globals["settings"] = self._settings
        env.globals["preview"] = self._serving
        env.globals["csp"] = content_security_policy(preview=self._serving)
        if self._workshop is not None and self._nav is not None:
            with progress_line() as progress, self.timing.phase("pages"):
                self._theme = Theme(config, files, self._nav, env)
                self._finished = self._make(self._workshop, self._theme, progress)
        for file in list(files.documentation_pages()):
            files.remove(file)  # they are made
        return env

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Make the search index and bring `site/` up to date."""
        if self._serving:
            self._show(Path(config.site_dir))
            return
        refuse_strict_warnings(config)
        folders, workshop, finished = self._folders, self._workshop, self._finished
        if workshop is None:
            return
        with progress_line() as progress:
            finished = add_sitemap(folders.html, config.site_url or "", finished, workshop.settled.state)
            if self.searchable:
                progress("Indexing for search")
                with self.timing.phase("search"):
                    inherited = self._held.files if self._held is not None else ()
                    index_site(folders, finished, workshop.settled.state, inherited)
            progress(f"Publishing to {self._target.name}/")
            with self.timing.phase("publish"):
                kept = publish_site(self._journal, self._target, folders, finished, workshop.settled.state)
        config.site_dir, done = str(self._target), kept.published
        told = "%s/: {} files written, {} deleted, {} unchanged.".replace("%s", self._target.name)
        with self.timing.phase("keep"):
            said = f"{self._said}{told.format(0, 0, done.written + done.unchanged)}\n"
            said = "" if finished.warned else said
            workshop.keep_templates()
            keep_published(workshop.settled.state, self._target, kept, said, searched=self.searchable)
            workshop.mark_folders()
        log.info(told.format(done.written, done.deleted, done.unchanged))

    def on_shutdown(self) -> None:
        """Leave a state that was not finished as it was before."""
        if self._workshop is not None and self._workshop.settled.state is not None:
            self._workshop.settled.state.give_up()
        if self._held is not None:
            self._held.release()
            self._held = None

    def on_build_error(self, *, error: Exception) -> None:
        """Say in one line what the disk, the machine or another build refused."""
        stop_for(error)

    def on_serve(
        self,
        server: LiveReloadServer,
        *,
        config: MkDocsConfig,
        builder: Callable[..., Any],  # noqa: ARG002
    ) -> LiveReloadServer:
        """Watch what people write, not what the build writes, and serve the pages from where they are kept."""
        server.unwatch(config.docs_dir)
        watch(server, [self._root / name for name in WATCHED], self._folders.state / "watched")
        self._preview.serve_from(server, self._folders, config.dev_addr.host, self._tell_fault)
        return server

    # --- steps ---

    def _settle(self, progress: Callable[[str], None]) -> Workshop | None:
        """Check the content; None where nothing can be built of it, and, but for the preview, that stops everything."""
        settled = self._check(progress)
        if settled is not None and settled.checked.ok and settled.checked.library is not None:
            self._settings = settled.checked.library.settings
            return Workshop(self._root, self._folders, settled, LastGood.of(self._folders) if self._serving else None)
        if settled is not None:
            self._stop(tuple(settled.checked.diagnostics))
        return None

    def _check(self, progress: Callable[[str], None]) -> pipeline.Settled | None:
        """Run the check; under `serve` even a fault of the generator itself becomes something to read."""
        try:
            return pipeline.settle(self._root, folder=self._folders.state, progress=progress)
        except Exception as error:  # noqa: BLE001 - told, whatever it is
            self._tell_fault(error)
            return None

    def _tell_fault(self, error: Exception) -> None:
        if self._workshop is not None:
            self._workshop.drop()
        if not self._serving:
            raise error
        log.error("The generator failed", exc_info=None if is_explained(error) else error)
        self._stop((name_fault(error),))

    def _stop(self, problems: tuple[Diagnostic, ...]) -> None:
        """Print what is wrong; the preview shows it above the last good pages, and nothing else goes on."""
        wrong = {problem.place.path for problem in problems if problem.severity == "error"}
        lines = load.read_lines(self._root, wrong, text_dir=self._settings.text_dir if self._settings else None)
        print_report(problems, lines)
        if not self._serving:
            raise ContentError("The content has errors; nothing was published.")
        self._preview.tell(problems, lines)

    def _make(self, workshop: Workshop, theme: Theme, progress: Callable[[str], None]) -> Finished:
        checked = workshop.settled.checked
        try:
            finished = workshop.make(theme, progress)
        except Exception as error:  # noqa: BLE001 - told, whatever it is
            self._tell_fault(error)
            return Finished()
        if finished.problems:
            problems = (*checked.diagnostics, *finished.problems)
            workshop.drop()
            self._stop(problems)
            return Finished()
        report = "" if self._serving else print_findings(workshop.settled)
        log.info(summary := checked.summary)
        self._said = f"{report}{summary}\n"
        if self._serving:
            self._preview.all_is_well()
        return finished

    def _show(self, static: Path) -> None:
        """Put MkDocs' own files beside the pages of the preview."""
        folders = self._folders
        if self._workshop is not None and self._finished.paths != ():
            self._workshop.finish()
        for path, source in collect(static).items():
            write.put(folders.html, path, source.read_bytes())
        self._preview.end(folders, self._finished.changed, self._make_desk)

    def _make_desk(self) -> Sequence[Diagnostic]:
        return self._workshop.make_desk(self._theme) if self._workshop and self._theme else ()
