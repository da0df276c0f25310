"""Making pages: planned, written as Markdown, searched for leaks, rendered and put into the theme, unit by unit."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mkdocs.commands.build import get_context
from mkdocs.structure.files import File

from generator.diagnostics import Diagnostic
from generator.exports import Exporter
from generator.exports.claim_review import compose_review, write_script
from generator.exports.open_data import RECORD
from generator.pages import plan_one
from generator.paths import DESK, page_path
from generator.plugin.page import FactPage, sign_page
from generator.plugin.parts import Parts
from generator.publish.policy import sign_script
from generator.records import KINDS
from generator.state import write_seen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation

    from generator.checks import Leaks
    from generator.exports.published import LeafFile
    from generator.pages import PlannedPage, Site, UnitName
    from generator.reads import Reads
    from generator.render import Renderer

PAGE, DATA, LEAF = "page ", "data ", "leaf "
"""Names of units begin so: the pages of one planner; what a record gives to the data files; data files of one sort."""

_NOTHING: Mapping[str, str] = MappingProxyType({})

DATED = frozenset({"home", "data"})
"""Kinds of pages that tell the day of the build; on others it would change every page every day."""


@dataclass(slots=True)
class Made:
    """What came of some units, as plain data.

    Attributes:
        units: name, key, outcome, and what was read, as `write_seen` has it. The outcome is a list of files (path, marks as
            of `sign_page`, digest of what is published); for a record's data with the digests of its pieces behind it, by
            the path of the collection.
        pieces: what records give to collections: path of the collection, kind, id, text.
        problems: templates that cannot be used: path, line, code, message, help.
        leaks: words that would be published: path of the page, source, line, words.
        links: what the pages link to, each once, and the first page that does: two paths.
        astray: links within a page to what it does not have: path, anchor.
    """

    units: list[list[Any]] = field(default_factory=list)
    pieces: list[list[str]] = field(default_factory=list)
    problems: list[list[Any]] = field(default_factory=list)
    leaks: list[list[Any]] = field(default_factory=list)
    links: list[list[str]] = field(default_factory=list)
    astray: list[list[str]] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """Give the fields by name."""
        return {name: getattr(self, name) for name in ("units", "pieces", "problems", "leaks", "links", "astray")}


@dataclass(frozen=True, slots=True)
class Theme:
    """What MkDocs has set up; its templates may `part` what is the same on many pages.

    Attributes:
        config: MkDocs' settings.
        files: MkDocs' files, those of the pages in the navigation among them.
        nav: MkDocs' navigation.
        env: the theme's environment.
    """

    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: Environment

    def __post_init__(self) -> None:
        """Let templates write parts."""
        self.env.globals["part"] = Parts(self.nav, self.config, self.env).write


@dataclass(slots=True)
class Maker:
    """Makes the pages of units, in this process.

    Attributes:
        theme: what MkDocs has set up.
        site: the records and views.
        reads: takes the notes.
        renderer: writes planned pages as Markdown.
        leaks: looks for words that may not be published.
        write: puts a file below a folder, unless it holds that already.
        pages: the folder of the Markdown.
        html: the folder of the finished pages.
    """

    theme: Theme
    site: Site
    reads: Reads
    renderer: Renderer
    leaks: Leaks
    write: Callable[[Path, str, bytes], bool]
    pages: Path
    html: Path
    _exporter: Exporter = field(init=False)

    def __post_init__(self) -> None:
        """Prepare what data files are made with."""
        self._exporter = Exporter(self.site.library, self.site.views)

    def make(self, units: Sequence[UnitName]) -> dict[str, Any]:
        """Make some units; gives the fields of `Made`."""
        made = Made()
        links: dict[str, str] = {}
        for name, key in units:
            with self.reads.apart() as seen, _telling(name, key):
                outcome: Any
                if name.startswith(DATA):
                    outcome = self._make_data(made, name.removeprefix(DATA), key)
                elif name.startswith(LEAF):
                    files = self._exporter.export_leaf(name.removeprefix(LEAF), key)
                    outcome = [self._put_file(made, file) for file in files]
                else:
                    unit = name.removeprefix(PAGE), key
                    outcome = [
                        self._make_page(made, links, page, self._describe(made, unit, page))
                        for page in plan_one(self.site, unit)
                    ]
            made.units.append([name, key, outcome, write_seen(seen)])
        made.links = [list(link) for link in links.items()]
        return made.plain()

    def make_page(self, planned: PlannedPage) -> dict[str, Any]:
        """Make one page that is no unit; gives the fields of `Made`, with the page as the outcome of a unit without name."""
        made = Made()
        made.units.append(["", "", [self._make_page(made, {}, planned)], ""])
        return made.plain()

    def _make_data(self, made: Made, kind: str, one: str) -> list[Any]:
        exported = self._exporter.export(kind, one)
        if self.leaks.find_in(list(exported.plain.values())):
            made.leaks += (leak for path, plain in exported.plain.items() for leak in self._find(path, plain))
        made.pieces += ([path, kind, one, text] for path, text in exported.pieces.items())
        digests = {path: _digest(text.encode()) for path, text in exported.pieces.items()}
        return [*(self._put_file(made, file) for file in exported.files), digests]

    def _put_file(self, made: Made, file: LeafFile) -> list[str]:
        made.leaks += self._find(file.path, file.plain)
        data = file.text.encode()
        self.write(self.html, file.path, data)
        return [file.path, sign_page(self.pages, self.html, file.path), _digest(data)]

    def _find(self, path: str, plain: object) -> list[list[Any]]:
        return [[path, leak.source, leak.line, leak.words] for leak in self.leaks.find_in(plain)]

    def _describe(self, made: Made, unit: UnitName, page: PlannedPage) -> dict[str, str]:
        """Give what the head of a record's page says to programs: where its data are, and of a judged claim its ClaimReview."""
        kind, one = unit
        if kind not in KINDS or page.path != page_path(kind, one):
            return {}
        review = compose_review(self.site.library, self.site.views, kind, one) if kind == "claim" else None
        made.leaks += self._find(page.path, review)
        if review is None:
            return {"record": RECORD}
        script = write_script(review)
        return {"record": RECORD, "review": script, "review_hash": sign_script(script)}

    def _make_page(
        self, made: Made, links: dict[str, str], planned: PlannedPage, head: Mapping[str, str] = _NOTHING
    ) -> list[str]:
        text = self.renderer.render_one(planned)
        if isinstance(text, Diagnostic):
            made.problems.append([text.place.path, text.place.line, text.code, text.message, text.help])
            return [planned.path, "", ""]
        if planned.path != DESK:
            found = self.leaks.find(planned.path, text)
            made.leaks += ([planned.path, leak.source, leak.line, leak.words] for leak in found)
        data = text.encode()
        self.write(self.pages, planned.path, data)
        page = self._page_at(planned.path)
        page.take({**planned.meta, **head}, text[text.index("\n---\n", 3) + len("\n---\n") :])
        html = self._finish(page, str(planned.meta.get("kind"))).encode("utf-8", "xmlcharrefreplace")
        for link in page.links:
            target, _, anchor = link.partition("#")
            links.setdefault(target, planned.path)
            if target == planned.path and anchor and anchor not in (page.present_anchor_ids or ()):
                made.astray.append([planned.path, anchor])
        self.write(self.html, page.file.dest_uri, html)
        page.content = page.markdown = None
        return [planned.path, sign_page(self.pages, self.html, planned.path), _digest(html)]

    def _page_at(self, path: str) -> FactPage:
        file = self.theme.files.get_file_from_path(path)
        if file is not None and isinstance(file.page, FactPage):
            return file.page
        return FactPage(None, File(path, None, str(self.html), use_directory_urls=True), self.theme.config)

    def _finish(self, page: FactPage, kind: str) -> str:
        """Take a page through MkDocs' events, as MkDocs does."""
        config, files = self.theme.config, self.theme.files
        plugins = config.plugins
        plugins.on_pre_page(page, config=config, files=files)
        page.markdown = plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
        page.render(config, files)
        page.update_date = str(page.meta.get("updated") or "")
        if kind in DATED:
            page.update_date = self.site.views.today.isoformat()
        page.content = plugins.on_page_content(page.content or "", page=page, config=config, files=files)
        page.active = True
        try:
            context = get_context(self.theme.nav, (), config, page)
            template = self.theme.env.get_template(page.meta.get("template", "main.html"))
            context = plugins.on_page_context(context, page=page, config=config, nav=self.theme.nav)
            output = template.render(context)
        finally:
            page.active = False
        return plugins.on_post_page(output, page=page, config=config)


@contextmanager
def _telling(name: str, key: str) -> Iterator[None]:
    """Let a failure say at what it came."""
    try:
        yield
    except Exception as error:
        error.add_note(f"It was making: {name} {key}".rstrip())
        raise


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()[:16]


def join(answers: Iterable[Mapping[str, Any]]) -> Made:
    """Put together what several workers made."""
    whole = Made()
    links: dict[str, str] = {}
    for answer in answers:
        whole.units += answer["units"]
        whole.pieces += answer["pieces"]
        whole.problems += answer["problems"]
        whole.leaks += answer["leaks"]
        whole.astray += answer["astray"]
        for target, path in answer["links"]:
            links[target] = min(path, links.get(target, path))
    whole.links = [list(link) for link in links.items()]
    return whole
