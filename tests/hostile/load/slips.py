"""Slips that are found only while pages are made: the preview says so above the pages that were good before, to the byte."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hostile.load.hosts import preview
from hostile.load.saves import read_site
from hostile.outcome import Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Tree

    from hostile.load.hosts import Host
    from hostile.outcome import Scale

_ALERT = 'role="alert"'


class Slip(NamedTuple):
    """A change to a file that stops a build.

    Attributes:
        path: of the file in the project.
        old: text that stands there.
        new: what is typed instead.
        words: which the preview shows above the pages.
    """

    path: str
    old: str
    new: str
    words: str


def list_slips(tree: Tree) -> list[Slip]:
    """List slips in records and in templates that stop a build at different moments."""
    source = (tree.content / "sources/marn-courier-2031-04-03.md").read_text("utf-8")
    words = next(line for line in source.split("\n") if line.startswith("The Courier has appeared"))
    words = words.partition(",")[0]
    why = "  why: The council’s own minutes order it, and a reporter saw the barrier."
    return [
        Slip("content/claims/bridge.yml", why, f"  why: {words}", "marn-courier"),
        Slip("templates/theme/main.html", "{%", "{% oops %}{%", "oops"),
        Slip("templates/pages/claim.md.jinja", "{%", "{% oops %}{%", "oops"),
        Slip("templates/theme/404.html", "{%", "{% oops %}{%", "oops"),
        Slip("mkdocs.yml", "site_name:", "site_nam: [", "mkdocs"),
    ]


def slip_while_pages_are_made(scale: Scale, tree: Tree) -> Outcome:  # noqa: ARG001 - all, whatever the scale
    """Make each slip beside a sound change of another page, look at what is shown, and mend it."""
    wrong, slips = [], list_slips(tree)
    with preview(tree) as host:
        before = read_site(host.folder)
        about = tree.content / "pages/about.md"
        typed = about.read_text("utf-8")
        for number, slip in enumerate(slips):
            wrong += [f"{slip.path}: {said}" for said in _slip(host, tree.root / slip.path, slip, before)]
            about.write_text(f"{typed}\nMended {number} times.\n", "utf-8")
            if not host.wait_for("/about/", f"Mended {number} times", but=_ALERT, patience=30):
                wrong.append(f"{slip.path}: the mend does not show")
                break
            before = read_site(host.folder)
    return Outcome(
        "slips that show only while pages are made; new pages below “the last good pages”", len(slips), tuple(wrong)
    )


def _slip(host: Host, file: Path, slip: Slip, before: dict[str, bytes]) -> list[str]:
    good = file.read_text("utf-8")
    if slip.old not in good:
        return ["there is nothing to change"]
    file.write_text(good.replace(slip.old, slip.new, 1), "utf-8")
    try:
        if not host.wait_for("/", _ALERT, patience=30):
            return ["nothing is said of it"]
        shown = host.ask("/")[1].decode()
        said = [] if slip.words in shown else [f"“{slip.words}” is not said"]
        after = read_site(host.folder)
        changed = sorted(path for path in {*before, *after} if before.get(path) != after.get(path))
        return said + [f"{path} is not as it was" for path in changed[:5]]
    finally:
        file.write_text(good, "utf-8")
