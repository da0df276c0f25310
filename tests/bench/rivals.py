"""The other generators, given the same pages: plain CommonMark, an own folder each, no network, and nothing that they could leave out.

MkDocs and Material build without their search (`plugins: []`), as our build without search does. All have a navigation
of the same index pages. Pagefind runs over Hugo's pages as anybody would run it: over all of `<main>`.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import distributions
from typing import TYPE_CHECKING

from bench.plain import hugo_path, to_hugo, to_plain

if TYPE_CHECKING:
    from pathlib import Path

NAVIGATION = {
    "Home": "index",
    "Fact sheets": "topics/index",
    "Timeline": "timeline/index",
    "Claims": "claims/index",
    "Contradictions": "contradictions/index",
    "Sources": "sources/index",
    "People and organisations": "entities/index",
    "Corrections": "corrections/index",
    "Method": "method/index",
    "Data": "data/index",
    "Search": "search/index",
    "About": "about",
}
_MKDOCS = """\
site_name: The made-up desk
site_url: https://desk.example/
docs_dir: ../plain
site_dir: site
theme:
{theme}
plugins: []
nav:
{navigation}
not_in_nav: |
  **
"""
_THEMES = {"mkdocs": "  name: mkdocs", "material": "  name: material\n  font: false"}
_HUGO = """\
baseURL = "https://desk.example/"
title = "The made-up desk"
disableKinds = ["taxonomy", "term", "rss"]
"""
_LAYOUT = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{{{ .Title }}}}</title>
<link rel="canonical" href="{{{{ .Permalink }}}}">
</head>
<body>
<nav><ul>
{navigation}
</ul></nav>
<main data-pagefind-body>
{{{{ .Content }}}}
</main>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Rivals:
    """The sites of the others and the programs that build them.

    Attributes:
        folder: holds `plain`, `mkdocs`, `material` and `hugo`.
        environment: the virtual environment that they are installed in.
        pagefind: the program.
    """

    folder: Path
    environment: Path
    pagefind: Path

    @property
    def public(self) -> Path:
        """What Hugo builds."""
        return self.folder / "hugo" / "public"

    def mkdocs(self, theme: str) -> tuple[str, ...]:
        """Give the command that builds with a theme, `mkdocs` or `material`."""
        program = self.environment / "bin" / "mkdocs"
        return (str(program), "build", "--quiet", "--config-file", str(self.folder / theme / "mkdocs.yml"))

    def hugo(self) -> tuple[str, ...]:
        """Give the command that builds with Hugo: the program itself, without the Python that starts it."""
        return (str(find_hugo(self.environment)), "--quiet", "--noBuildLock", "--source", str(self.folder / "hugo"))

    def index(self) -> tuple[str, ...]:
        """Give the command that makes Pagefind's index of Hugo's pages."""
        return (str(self.pagefind), "--site", str(self.public))


def find_hugo(environment: Path) -> Path:
    """Find Hugo's own program in a virtual environment.

    Raises:
        FileNotFoundError: It is not installed there.
    """
    found = sorted(environment.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    if not found:
        raise FileNotFoundError(f"There is no Hugo in {environment}; `make bench` installs it.")
    return found[0]


def read_versions(environment: Path) -> dict[str, str]:
    """Tell the versions of what is installed in a virtual environment and compared here."""
    folders = [str(path) for path in environment.glob("lib/python*/site-packages")]
    found = {one.name: one.version for one in distributions(path=folders)}
    return {name: found[name] for name in ("hugo", "mkdocs", "mkdocs-material") if name in found}


def write_sites(pages: Path, folder: Path) -> int:
    """Write the sites of all rivals from our generated pages.

    Args:
        pages: the folder of the generated Markdown.
        folder: where the sites go; it is empty or not there.

    Returns:
        How many pages each of them has.

    Raises:
        FileNotFoundError: There are no generated pages.
    """
    paths = sorted(path.relative_to(pages).as_posix() for path in pages.rglob("*.md"))
    if not paths:
        raise FileNotFoundError(f"No pages stand in {pages}.")
    for path in paths:
        plain = to_plain((pages / path).read_text("utf-8"))
        _write(folder / "plain" / path, plain)
        _write(folder / "hugo" / "content" / hugo_path(path), to_hugo(path, plain))
    there = {name: page for name, page in NAVIGATION.items() if f"{page}.md" in paths}
    listed = "\n".join(f"  - {name}: {page}.md" for name, page in there.items())
    for theme, settings in _THEMES.items():
        _write(folder / theme / "mkdocs.yml", _MKDOCS.format(theme=settings, navigation=listed))
    items = "\n".join(f'<li><a href="{_address(page)}">{name}</a></li>' for name, page in there.items())
    _write(folder / "hugo" / "hugo.toml", _HUGO)
    _write(folder / "hugo" / "layouts" / "all.html", _LAYOUT.format(navigation=items))
    return len(paths)


def _address(page: str) -> str:
    return f"/{page}/".removesuffix("index/")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
