"""What a build has made, and where it keeps that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import write
from generator.plugin.listing import list_files

if TYPE_CHECKING:
    from pathlib import Path

    from generator.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Folders:
    """Where a build keeps what it makes.

    Attributes:
        state: the folder of the state.
        pages: the Markdown of the pages.
        html: the finished pages and data files.
        static: what MkDocs itself writes: files of the theme, templates that are no pages.
        index: the search index.
    """

    state: Path
    pages: Path
    html: Path
    static: Path
    index: Path

    @classmethod
    def of(cls, root: Path, *, serving: bool) -> Folders:
        """Name the folders of a project; a preview has its own."""
        top = root / "build" / "preview" if serving else root / "build"
        return cls(top, top / "pages", top / "site", top / "static", top / "pagefind")

    def hold(self, build: Path) -> write.Held:
        """See that nothing that is made would be written elsewhere, and that nobody else builds here.

        Args:
            build: the folder `build/` of the project.

        Raises:
            BusyError: somebody does.
            UnsafePathError: a symbolic link leads elsewhere.
            OSError: the disk says no.
        """
        for folder in dict.fromkeys((build, self.state, self.static, self.index)):
            write.refuse_links(folder)
        return write.hold(self.state, "build" if self.state == build else "preview")


@dataclass(frozen=True, slots=True)
class Finished:
    """What a build has made.

    Attributes:
        problems: what stops it; nothing was kept then.
        written: files of `html` that were made in this build, by path in the site.
        deleted: files that are no longer there.
        paths: the pages in the order of the site; None where there are the same as before.
        whole: whether everything was made anew.
        warned: whether a warning was logged, which is to be told again as long as it is true.
    """

    problems: tuple[Diagnostic, ...] = ()
    written: frozenset[str] = frozenset()
    deleted: frozenset[str] = frozenset()
    paths: tuple[str, ...] | None = ()
    whole: bool = True
    warned: bool = False

    @property
    def changed(self) -> frozenset[str] | None:
        """What changed of the finished files; None where everything was made anew."""
        return None if self.whole else self.written | self.deleted

    @property
    def files(self) -> frozenset[str] | None:
        """Every file of `html`; None where there are the same as before."""
        return None if self.paths is None else list_files(self.paths)
