"""Small projects in several versions, with the site that a clean build makes of each."""

from __future__ import annotations

import gzip
import json
import shutil
from dataclasses import dataclass, replace
from hashlib import sha256
from random import Random
from typing import TYPE_CHECKING

from incremental.edits import EDITS
from incremental.project import TODAY, Project, differ, read_files

from hostile.faults.starting import Order, run

if TYPE_CHECKING:
    from pathlib import Path

    from incremental.project import Files

EPOCH = {"SOURCE_DATE_EPOCH": "1941019200"}
assert TODAY.isoformat() == "2031-07-03"
_LEFT_OUT = frozenset({"harm_state", "harm_folders", "harm_site", "break_file", "another_day", "do_nothing", "touch_files",
                       "edit_unseen", "edit_configuration", "edit_kept_text"})  # fmt: skip
_SEARCH = "pagefind/"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of what people have written.

    Attributes:
        typed: its files.
        site: the site that a clean build makes of it, without the search index.
        found: what the search index holds of each page.
    """

    typed: Files
    site: Files
    found: dict[str, object]


@dataclass(frozen=True, slots=True)
class Ring:
    """Versions of one small project.

    Attributes:
        versions: at least two.
        root: a project that attacks share.
    """

    versions: tuple[Version, ...]
    root: Path

    @classmethod
    def make(cls, folder: Path, seed: int, number: int) -> Ring:
        """Edit a small project at random, and build each version from nothing."""
        folder.mkdir(parents=True)
        random = Random(seed)  # noqa: S311 - not for secrets
        edits = [(weight, edit) for weight, edit in EDITS if edit.__name__ not in _LEFT_OUT]
        first = Site(Project(folder / "0").lay_out().root)
        versions = [first.build_version()]
        while len(versions) < number:
            site = Site(folder / str(len(versions)))
            site.write(versions[-1].typed)
            for _ in range(4):
                (edit,) = random.choices([edit for _, edit in edits], [weight for weight, _ in edits])
                edit(random, Project(site.root))
            if site.build() == 0:
                versions.append(site.version())
            shutil.rmtree(site.root)
        return cls(tuple(versions), first.root)

    def lend(self) -> Site:
        """Give the one project that attacks share, built in the first version; it is faster to edit than to build anew."""
        site = Site(self.root)
        site.write(self.versions[0].typed)
        if wrong := site.heal(self.versions[0]):
            raise RuntimeError(f"an attack has left something behind: {wrong}")
        return site

    def copy(self, folder: Path) -> Site:
        """Lay out and build a project of one's own in the first version."""
        site = Site(folder)
        folder.mkdir(parents=True)
        site.write(self.versions[0].typed)
        site.build()
        return site


@dataclass(slots=True)
class Site:
    """A project's folder, built by processes of their own."""

    root: Path
    said: str = ""

    @property
    def output(self) -> Path:
        """Where builds print."""
        return self.root.with_name(f"{self.root.name}.said")

    def order(self, *arguments: str, **changes: object) -> Order:
        """Tell how a build of it is started."""
        order = Order(self.root, self.output, arguments or ("build",), environment=EPOCH)
        return replace(order, **changes)  # type: ignore[arg-type]

    def build(self, *arguments: str, **changes: object) -> int:
        """Build it; give the exit code, and keep what was printed."""
        code, self.said = run(self.order(*arguments, **changes))
        return code

    def build_version(self) -> Version:
        """Build it, which has to go well."""
        if self.build():
            raise RuntimeError(f"the project of the attacks cannot be built: {self.said}")
        return self.version()

    def version(self) -> Version:
        """Give what is there."""
        return Version(self.typed(), self.site(), self.found())

    def typed(self) -> Files:
        """Read what people have written."""
        return Project(self.root).read()

    def write(self, typed: Files) -> None:
        """Write what people write, and touch no file that is the same."""
        Project(self.root).write(typed)

    def sign_typed(self) -> str:
        """Give one fingerprint of all that people have written."""
        return sha256(repr(sorted(self.typed().items())).encode()).hexdigest()

    def whole(self) -> Files:
        """Read all of the site."""
        return read_files(self.root / "site", hidden=True) if (self.root / "site").is_dir() else {}

    def site(self) -> Files:
        """Read the site without its search index, the bytes of which differ from run to run."""
        return {path: data for path, data in self.whole().items() if not path.startswith(_SEARCH)}

    def found(self) -> dict[str, object]:
        """Read what the search index holds of each page."""
        texts = [
            gzip.decompress(path.read_bytes()).decode() for path in (self.root / "site").glob("pagefind/fragment/*")
        ]
        held = [json.loads(text[text.index("{") :]) for text in texts]
        return {fragment["url"]: fragment for fragment in held}

    def differs_from(self, version: Version) -> str:
        """Say how the site differs from that of a version; empty where it does not."""
        found = differ(self.site(), version.site)
        try:
            if not found and self.found() != version.found:
                found = ["the search finds something else"]
        except (OSError, ValueError) as error:
            found = [f"the search index cannot be read: {error}"]
        return "; ".join(found[:3])

    def heal(self, version: Version) -> str:
        """Build again, as somebody would next; say what is wrong then, empty where all is as after a clean build."""
        signed = self.sign_typed()
        code = self.build()
        if code:
            return f"the next build exits {code}: {self.said[-400:]}"
        wrong = self.differs_from(version)
        if self.sign_typed() != signed:
            return "the next build has written into content/"
        return f"the next build differs: {wrong}" if wrong else ""


def tell_mixture(now: Files, before: Files, version: Version, site: Site) -> str:
    """Say which file of a site is neither what it was nor what it is to be; empty where there is none."""
    staged = site.root / "build" / "pagefind"
    for path, data in now.items():
        if path.endswith(".part") and path.rpartition("/")[2].startswith("."):
            continue  # nobody reads it, and it goes with the next build
        if data in (before.get(path), version.site.get(path)):
            continue
        source = staged / path.removeprefix(_SEARCH)
        if path.startswith(_SEARCH) and source.is_file() and source.read_bytes() == data:
            continue
        return f"site/{path} is half written or foreign"
    return ""
