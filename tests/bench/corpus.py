"""A whole made-up project of any size, sound by every rule, the same one for the same seed: `python -m bench.corpus ROOT RECORDS`."""

from __future__ import annotations

import shutil
import sys
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from bench.cast import make_cast, write_entities
from bench.claims import Desk
from bench.judged import write_claim
from bench.sheets import make_events, write_topic
from bench.texts import make_sources, write_source, write_text
from bench.words import Vocabulary, to_scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bench.judged import Claim

PROJECT = Path(__file__).parents[2]
_IN_FILE = 22
_CLAIMS_A_TOPIC = 50
_CLAIMS_AN_ENTITY = 12
_SETTINGS = """\
title: The made-up desk
publisher: A generator of corpora
description: Nothing in it happened; it shows how long the work takes.
address: https://desk.example/
languages: [en]
time_zone: UTC
licence:
  name: Creative Commons Attribution 4.0
  url: https://creativecommons.org/licenses/by/4.0/
contact: mailto:desk@desk.example
excerpt_limit:
  words: 40
  share: 60
review_after_days: 3650
reading_note: Everything here is made up, the words included.
"""
_ABOUT = """\
---
title: About this desk
description: Why it is here.
---

# Why it is here

Every word of these records was drawn at random. They show how long a desk of this size would wait.
"""


@dataclass(frozen=True, slots=True)
class Edit:
    """A change that an editor might make, after which the corpus is as sound as before.

    Attributes:
        name: what is changed.
        path: the file, below the root.
        old: the words that stand there, once in the file.
        new: the words that take their place.
    """

    name: str
    path: str
    old: str
    new: str

    def apply(self, root: Path) -> None:
        """Make the change.

        Raises:
            ValueError: The words do not stand in the file, or more than once.
        """
        _replace(root / self.path, self.old, self.new)

    def revert(self, root: Path) -> None:
        """Take the change back; raises as `apply` does."""
        _replace(root / self.path, self.new, self.old)


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    if text.count(old) != 1:
        raise ValueError(f"{path} has the words {text.count(old)} times: {old}")
    path.write_text(text.replace(old, new), "utf-8")


@dataclass(frozen=True, slots=True)
class Corpus:
    """What was written, and the edits that are timed on it.

    Attributes:
        root: the folder of the project.
        counts: how many records there are of each kind.
        claim: the id of the claim that is edited, in the middle of the reading order.
        source: the id of the source that is edited, which that claim cites.
        why: the edit of the claim's reason.
        verdict: the edit of its verdict, with a new log entry.
        title: the edit of the source's title.
        template: the edit of the template of all claims.
    """

    root: Path
    counts: dict[str, int]
    claim: str
    source: str
    why: Edit
    verdict: Edit
    title: Edit
    template: Edit

    @property
    def edits(self) -> tuple[Edit, ...]:
        """All of them."""
        return (self.why, self.verdict, self.title, self.template)


def write_corpus(root: Path, records: int, seed: int = 5) -> Corpus:
    """Write a project: settings, words, pages, templates and made-up records.

    Args:
        root: the folder, which may be there but holds no `content`.
        records: how many sources, claims and events there are together; entities and topics come on top.
        seed: another one makes another corpus.

    Raises:
        FileExistsError: There is a `content` already.
    """
    random = Random(seed)  # noqa: S311 - nothing here is secret
    vocabulary = Vocabulary(random)
    events, sources = records * 20 // 100, max(4, records * 10 // 100)
    claims = records - events - sources
    cast = make_cast(random, vocabulary, max(16, claims // _CLAIMS_AN_ENTITY))
    library = make_sources(random, vocabulary, cast, sources)
    topic_ids = [
        f"{vocabulary.draw_rare()}-{vocabulary.draw_rare()}-{number}"
        for number in range(max(1, claims // _CLAIMS_A_TOPIC))
    ]
    desk = Desk(random, vocabulary, cast, library)
    desk.make_claims(claims, topic_ids)
    chosen = _choose(desk.claims)
    for source in library:
        if source.base is None:
            write_text(random, vocabulary, source)

    files = {
        f"content/entities/{kind}s.yml": write_entities(random, vocabulary, members)
        for kind, members in cast.members.items()
    }
    files |= {source.path: write_source(random, source) for source in library}
    typed = [write_claim(random, vocabulary, claim) for claim in desk.claims]
    paths = _place(claim.day.strftime("claims/%Y/%m") for claim in desk.claims)
    files |= _gather(paths, typed)
    made = make_events(random, vocabulary, cast, desk.claims, events)
    files |= _gather(_place(f"events/{day:%Y/%m}" for day, _ in made), [text for _, text in made])
    of_topic: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in desk.claims:
        for topic in claim.topics:
            of_topic[topic].append(claim)
    for topic, own in of_topic.items():
        files[f"content/topics/{topic}.yml"] = write_topic(random, vocabulary, cast, own)
    files |= {"content/settings.yml": _SETTINGS, "content/pages/about.md": _ABOUT}
    _write_files(root, files)

    counts = {"claims": claims, "events": events, "sources": sources, "topics": len(of_topic)}
    counts["entities"] = sum(map(len, cast.members.values()))
    number = desk.claims.index(chosen)
    return Corpus(root, counts, chosen.id, chosen.seen[0].source.id, *_make_edits(chosen, paths[number], typed[number]))


def _write_files(root: Path, files: dict[str, str]) -> None:
    (root / "content").mkdir(parents=True)
    shutil.copytree(PROJECT / "templates", root / "templates", dirs_exist_ok=True)
    shutil.copyfile(PROJECT / "mkdocs.yml", root / "mkdocs.yml")
    shutil.copyfile(PROJECT / "content" / "vocabulary.yml", root / "content" / "vocabulary.yml")
    for folder in {(root / path).parent for path in files}:
        folder.mkdir(parents=True, exist_ok=True)
    for path, text in files.items():
        (root / path).write_text(text, "utf-8")


def _place(months: Iterable[str]) -> list[str]:
    """Give the file of each record: by month, and so many in one file."""
    found: defaultdict[str, int] = defaultdict(int)
    paths = []
    for month in months:
        paths.append(f"content/{month}-{found[month] // _IN_FILE + 1:02}.yml")
        found[month] += 1
    return paths


def _gather(paths: Sequence[str], texts: Sequence[str]) -> dict[str, str]:
    files: defaultdict[str, list[str]] = defaultdict(list)
    for path, text in zip(paths, texts, strict=True):
        files[path].append(text)
    return {path: "\n".join(parts) for path, parts in files.items()}


def _choose(claims: Sequence[Claim]) -> Claim:
    """Choose a claim near the middle whose verdict can be changed; it lists unknowns, as its other verdict must."""
    middle = len(claims) // 2
    for claim in (*claims[middle:], *reversed(claims[:middle])):
        if claim.shape == "supported":
            claim.lists_unknowns = True
            return claim
    raise ValueError("no claim is supported by two voices: make a larger corpus")


def _make_edits(claim: Claim, path: str, typed: str) -> tuple[Edit, Edit, Edit, Edit]:
    source = claim.seen[0].source
    reason = to_scalar(claim.why)
    changed = to_scalar(f"{claim.why} It was read once more.")
    day = claim.log[-1][0] + timedelta(days=400)
    judged = typed[typed.index("  verdict: ") :]
    rejudged = judged.replace("verdict: supported\n", "verdict: not-enough-evidence\n", 1)
    rejudged += f"    - {{on: {day}, verdict: not-enough-evidence, note: One of the two took it back.}}\n"
    title = f"title: {to_scalar(source.title)}\n"
    template = "templates/pages/claim.md.jinja"
    label = "[About]{.label}"
    return (
        Edit("a claim's why", path, f"  why: {reason}\n", f"  why: {changed}\n"),
        Edit("a claim's verdict", path, judged, rejudged),
        Edit("a source's title", source.path, title, f"title: {to_scalar(source.title + ' again')}\n"),
        Edit("a template", template, label, label.replace("About", "Concerns")),
    )


def main(arguments: Sequence[str]) -> None:
    """Write a corpus where the first argument says, of as many records as the second one says."""
    corpus = write_corpus(Path(arguments[0]), int(arguments[1]))
    print(corpus)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
