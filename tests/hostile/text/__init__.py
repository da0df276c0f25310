"""Hostile text: every text in every field, what is refused, what is built, what of it runs, shows and is exported."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from conftest import ROOT, copy_inputs
from test_cases import SITE

from hostile.outcome import Outcome
from hostile.text.files import find_lost, read_files
from hostile.text.laying import ATTACKED, OF_SITE, Laid, Spot, lay_out
from hostile.text.opening import list_made, open_pages, start_browser
from hostile.text.payloads import draw
from hostile.text.refusing import settle
from hostile.text.reports import begin_history, read_reports
from hostile.text.searching import search
from hostile.text.shown import CORRECTIONS, TITLES, list_shown, path_of
from hostile.text.tricks import BREAKERS
from hostile.text.typed import list_typed, try_typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from conftest import Tree
    from playwright.sync_api import Browser

    from hostile.outcome import Scale
    from hostile.text.opening import Watched

TODAY = date(2026, 11, 23)
_LOT = 290  # texts on one site
_MARKDOWN = frozenset(
    {"em", "strong", "code", "br", "blockquote", "ul", "ol", "ol start", "li", "pre", "hr", "p", "a", "a href"}
    | {f"h{level}{name}" for level in range(2, 7) for name in ("", " id")}
    | {"pre tabindex", "pre class", "code class", "a rel", "a class", "div", "div class", "a aria-label", "a title"}
)
"""What a text in Markdown may be made of besides."""


def attack(scale: Scale, folder: Path, tell: Callable[[str], None]) -> Iterator[Outcome]:
    """Attack with hostile texts; see the modules of this package."""
    with start_browser() as browser:
        yield from attack_in(browser, scale, folder, tell)


def attack_in(browser: Browser, scale: Scale, folder: Path, tell: Callable[[str], None]) -> Iterator[Outcome]:
    """Attack with hostile texts, in a browser that runs already."""
    texts = draw(scale)
    tell(f"{len(texts)} texts")
    yield from _try_without_building(scale, folder, texts)
    lots = [texts[start : start + _LOT] for start in range(0, len(texts), _LOT)]
    tally = _Tally()
    allowed = list_made(browser, _build_harmless(folder / "harmless").site) | _MARKDOWN
    for number, lot in enumerate(lots, 1):
        tell(f"site {number} of {len(lots)}")
        tree, laid = _make(folder / f"site-{number}"), Laid(lot)
        settled = settle(tree.root, laid, TODAY)
        tally.count_refusals(laid, settled.failures)
        if settled.failures:
            continue
        tell(f"site {number}: {len(laid.refused):,} of {len(list(laid.spots())):,} refused; building")
        _build(tree)
        tally.read(tree, laid)
        tell(f"site {number}: opening")
        tally.open(browser, tree, laid, allowed, scale)
        shutil.rmtree(tree.root)
    yield from tally.outcomes()


def _try_without_building(scale: Scale, folder: Path, texts: Sequence[str]) -> Iterator[Outcome]:
    """Try fields with a form, and what is printed of content with errors."""
    tree = _make(folder / "typed")
    tried, unsaid = try_typed(tree.root, texts[: scale.pick(5, 40)], TODAY)
    what = f"hostile texts typed in {len(list_typed())} fields for ids, dates, addresses and words of the vocabulary; one not refused"
    yield Outcome(what, tried, tuple(unsaid))
    tree = _make(folder / "reports")
    begin_history(tree)
    lay_out(tree.content, Laid(texts[: scale.pick(10, 80)]))
    for way, lines, wrong in read_reports(tree, TODAY):
        yield Outcome(f"lines about hostile content for {way}; one that steers, calls or ends it", lines, tuple(wrong))


def _make(root: Path) -> Tree:
    """Make a project with settings and a vocabulary, and nothing else."""
    tree = copy_inputs(ROOT, SITE, to=root)
    for path in tree.content.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
    return tree


def _build(tree: Tree) -> None:
    done = tree.run("build")
    if done.returncode:
        raise RuntimeError(f"the build ended with {done.returncode}: {(done.stdout + done.stderr)[-2000:]}")


def _build_harmless(root: Path) -> Tree:
    """Build the same site with harmless words."""
    tree, laid = _make(root), Laid(("x",) * 6)
    laid.refused = dict.fromkeys(laid.spots(), "none")
    lay_out(tree.content, laid)
    _build(tree)
    return tree


class _Tally:
    """Adds up what the sites show."""

    def __init__(self) -> None:
        self.tried: Counter[str] = Counter()
        self.failures: dict[str, list[str]] = {}
        self.codes: Counter[str] = Counter()

    def add(self, what: str, tried: int, failures: Sequence[str]) -> None:
        """Add to what is known of one attack."""
        self.tried[what] += tried
        self.failures.setdefault(what, []).extend(failures)

    def count_refusals(self, laid: Laid, failures: Sequence[str]) -> None:
        """Count the spots of a site, and those refused."""
        fields = len(ATTACKED) + len(OF_SITE)
        self.add(
            f"hostile texts typed in {fields} text fields; one refused without a diagnostic at its line",
            len(list(laid.spots())),
            failures,
        )
        self.codes += laid.codes()

    def read(self, tree: Tree, laid: Laid) -> None:
        """Read the exported files of a site."""
        self.add(
            "exported files read by other programs; one that does not parse, or that a spreadsheet would run",
            *read_files(tree.site),
        )
        self.add(
            "texts looked for in the JSON, the tables and the database; one that is not there letter for letter",
            *find_lost(tree.site, laid),
        )

    def open(self, browser: Browser, tree: Tree, laid: Laid, allowed: frozenset[str], scale: Scale) -> None:
        """Open the pages of a site, and search in it."""
        shown: dict[str, list[tuple[str, str]]] = {
            path.relative_to(tree.site).as_posix(): [] for path in tree.site.rglob("*.html")
        }
        corrected = [path for path in shown if path.startswith(CORRECTIONS)]
        for number in range(len(laid.texts)):
            for path, leaf, text in list_shown(laid, number):
                for one in corrected if path == CORRECTIONS else (path,):
                    shown[one].append((f"{leaf} of x-{number}: {text[:80]!r}", text))
        paths = _choose(sorted(shown), laid, scale)
        seen = open_pages(browser, tree.site, {path: shown[path] for path in paths}, allowed, policy=False)
        self.note("pages opened in Chromium without the security policy", seen)
        self.add(
            "texts looked for on those pages; one not shown as typed",
            sum(len(shown[path]) for path in paths),
            _find_lost(seen.lost, corrected),
        )
        behind = open_pages(
            browser, tree.site, {path: [] for path in paths[:: scale.pick(12, 20)]}, allowed, policy=True
        )
        self.note("pages opened under the security policy", behind)
        opened, answered, found = search(browser, tree.site, laid.texts[:: scale.pick(9, 12)])
        found.opened = opened
        self.note("searches for hostile words and lists with hostile filters", found)
        self.add("those searches with results", answered, () if answered else ("nothing was found",))

    def note(self, where: str, seen: Watched) -> None:
        """Add what was noticed in the browser."""
        self.add(f"{where}; one on which something ran", seen.opened, seen.ran)
        self.add(f"requests of {where}; one to another host, or for what is not there", seen.requests, seen.foreign)
        self.add(f"{where}; one that is too wide, or holds what no template makes", seen.opened, seen.broken)

    def outcomes(self) -> Iterator[Outcome]:
        """Give what came of each attack."""
        for what, tried in self.tried.items():
            codes = ", ".join(f"{count:,} {code}" for code, count in self.codes.most_common())
            note = f"refused {sum(self.codes.values()):,}: {codes}" if "refused without" in what else ""
            yield Outcome(what, tried, tuple(self.failures[what]), note)


def _find_lost(lost: Sequence[str], corrected: Sequence[str]) -> list[str]:
    """Say what is not shown; a correction stands on one page of several."""
    names = Counter(said.split(": ", 1)[1] for said in lost if said.startswith(CORRECTIONS))
    others = [said for said in lost if not said.startswith(CORRECTIONS)]
    return [*others, *(f"{CORRECTIONS}: {name}" for name, times in names.items() if times == len(corrected))]


def _choose(paths: Sequence[str], laid: Laid, scale: Scale) -> list[str]:
    """Choose the pages to open: all that are not of one record, those called by a text that breaks out, and a part of the rest."""
    called = {
        path_of(leaf, number)
        for leaf in TITLES
        for number in range(len(laid.texts))
        if laid.text_at(Spot(leaf, number)) in BREAKERS
    }
    chance = random.Random(scale.seed)  # noqa: S311 - a selection that can be had again
    own = [path for path in paths if "x-" in path]
    part = max(1, round(len(own) * (0.15)))
    return sorted({*(path for path in paths if "x-" not in path), *(called & {*own}), *chance.sample(own, part)})
