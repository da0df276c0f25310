"""Files that are large, deep or long-winded: each is answered in bounded time and memory."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, NamedTuple

from hostile.files.contained import run
from hostile.files.sites import errors_by_path, lay_out
from hostile.outcome import Outcome, Scale

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MOST_SECONDS = 20.0
"""Of processor time, of which a busy machine needs more: at a quiet desk the slowest takes some four."""
MOST_MEGABYTES = 600.0
_FULL = 1_990_000  # bytes: nearly the largest YAML file that is read
_DEEP = 1_900


class Giant(NamedTuple):
    """What a file is made of: what stands at its beginning, what comes again and again, what stands at its end."""

    before: str = ""
    again: str = ""
    after: str = ""
    size: int = _FULL

    def write(self, path: Path) -> None:
        """Write it."""
        unit = self.again.encode()
        rest = max(0, self.size - len(self.before) - len(self.after)) // max(1, len(unit))
        with path.open("wb") as file:
            file.write(self.before.encode())
            for _ in range(rest // 100_000):
                file.write(unit * 100_000)
            file.write(unit * (rest % 100_000))
            file.write(self.after.encode())


def _count(form: str, number: int) -> str:
    return "".join(form.format(one) for one in range(number))


SOUND = "says: The bridge is closed.\nkind: fact\n"
GIANTS: dict[str, Giant] = {
    "100 MB of one letter": Giant("says: ", "x", size=100_000_000),
    "100 MB of records": Giant("", "- id: a\n  says: b\n", size=100_000_000),
    "a line of 10 MB": Giant("says: ", "x ", "\nkind: fact\n", 10_000_000),
    "a million empty lines": Giant(SOUND, "\n", "x", 1_000_000),
    "a million NUL bytes": Giant(SOUND, "\0", size=1_000_000),
    "nested lists": Giant("says: ", "["),
    "nested mappings": Giant("", "{a: "),
    "both, nested": Giant("", "[{a: "),
    "block lists": Giant("", "- "),
    "block mappings": Giant("".join(f"{' ' * one}a:\n" for one in range(_DEEP))),
    "explicit keys": Giant("", "? "),
    "brackets closed again": Giant("says: [", "[],", "]"),
    "quotation marks": Giant("says: ", '"'),
    "apostrophes": Giant("says: ", "'"),
    "a comment flood": Giant(SOUND, "# so\n"),
    "comments that cut": Giant("says: a", " #b"),
    "comments in a line": Giant(SOUND, "# "),
    "aliases": Giant("says: [", "*a,", "]"),
    "anchors": Giant("says: [", "&a b,", "]"),
    "tags": Giant("says: [", "!a b,", "]"),
    "declared tags": Giant(_count("%TAG !a{}! x\n", 80_000), after="---\nsays: a\n"),
    "billions of laughs": Giant("a0: &a0 [x, x]\n" + _count("a{0}: &b{0} [*a, *a, *a, *a]\n", 60_000), after=SOUND),
    "a list in one line": Giant("says: [", "a, ", "*b]"),
    "a list in one line, in letters of four bytes": Giant("says: [", "😀, ", "*b]"),
    "fields in one line": Giant("{" + _count("k{}: 1, ", 150_000), after="z: *b}"),
    "one field again and again": Giant("{", "k: 1, ", "z: 1}"),
    "a record that runs on": Giant("- id: a\n", "  says: b\n"),
    "200,000 fields": Giant(SOUND + _count("k{}: 1\n", 180_000)),
    "unknown fields in many records": Giant("", "- {a: 1}\n"),
    "records that are empty": Giant("", "- {}\n"),
    "records that are none": Giant("", "- x\n"),
    "citations that are none": Giant("says: a\nkind: fact\nseen: [", "x,", "x]\n"),
    "lists where texts belong": Giant("says: a\nkind: fact\ntopics: [", "[],", "[]]\n"),
    "records of one id": Giant("", "- id: a\n  says: b\n  kind: fact\n"),
    "topics that are nowhere": Giant("says: a\nkind: fact\ntopics: [", "aa,", "aa]\n"),
    "commas that split": Giant("{says: x", ", a", "}"),
    "controls as escapes": Giant('says: ["', '\\u0001", "', '"]'),
    "a bad escape": Giant('says: "', "\\q", '"'),
    "tabs": Giant("says:\n", "\t- b\n"),
    "colons": Giant("says: ", "a: "),
    "unclosed brackets": Giant(_count("a{}: [b\n", 150_000)),
    "unclosed quotation marks": Giant(_count('a{}: "b\n', 150_000)),
    "lines that drift": Giant("".join(f"{' ' * (one % 7)}a{one}: b\n" for one in range(120_000))),
    "rows of a table": Giant("", "id,says,kind,x\n"),
    "marks of git": Giant("", "<<<<<<< a\n"),
    "second documents": Giant("", "---\nsays: a\n"),
    "a block of blanks": Giant("says: |\n", " \n"),
    "a name without end": Giant("", "k", ": v\n"),
    "bytes of another encoding": Giant("says: \x80", "x", "\n", 1_000_000),
}
NOTHING_WRONG = ("a comment flood", "comments in a line")
QUICK = ("a list in one line", "declared tags", "nested lists")


def attack(scale: Scale, folder: Path, tell: Callable[[str], None]) -> Iterator[Outcome]:
    """Check a site with each of them among its claims, and with some of them as sources and settings."""
    tell("giant files")
    site = lay_out(folder / "site")
    failures, peaks = [], [(0.0, "")]
    times = [(0.0, "")]
    places = {"claims/giant.yml": GIANTS}
    if scale.whole:
        some = random.Random(scale.seed).sample(sorted(GIANTS), 8)  # noqa: S311 - which are tried
        places |= {place: {one: GIANTS[one] for one in some} for place in ("sources/giant.md", "settings.yml")}
    tried = 0
    for place, giants in places.items():
        file = site / "content" / place
        kept = file.read_bytes() if file.exists() else None
        for name in giants if scale.whole else QUICK:
            giant = giants[name]
            if name == "bytes of another encoding":
                file.write_bytes(b"says: \x80" + b"x" * 1_000_000)
            else:
                (giant._replace(before=f"---\n{giant.before}") if place.endswith(".md") else giant).write(file)
            ended = run("generator", "check", "--root", ".", "--format", "json", folder=site, seconds=60)
            tried += 1
            peaks.append((ended.megabytes, name))
            times.append((ended.seconds, name))
            if ended.odd:
                failures.append(f"{name} as {place}: {ended.odd}")
            elif (f"content/{place}" in errors_by_path(ended.out)) == (
                name in NOTHING_WRONG and place == "claims/giant.yml"
            ):
                failures.append(f"{name} as {place}: nothing, or too much, is said of it")
            elif ended.megabytes > MOST_MEGABYTES or ended.seconds > MOST_SECONDS:
                failures.append(f"{name} as {place}: {ended.megabytes:.0f} MB, {ended.seconds:.0f} s")
        if kept is None:
            file.unlink()
        else:
            file.write_bytes(kept)
    (most, largest), (longest, slowest) = max(peaks), max(times)
    note = f"at most {most:.0f} MB ({largest}) and {longest:.1f} s ({slowest})"
    what = f"giant files; a traceback, no diagnostic, more than {MOST_MEGABYTES:.0f} MB or {MOST_SECONDS:.0f} s"
    yield Outcome(what, tried, tuple(failures), note)
    if scale.whole:
        tell("100,000 files in a folder")
        yield _fill(folder / "many")


def _fill(folder: Path) -> Outcome:
    """Put 100,000 tiny files beside the records, and 30,000 sound ones."""
    site = lay_out(folder)
    many = site / "content" / "claims" / "many"
    many.mkdir()
    for number in range(100_000):
        (many / f"c{number}.yml").write_bytes(b"" if number % 3 else SOUND.encode())
    failures = []
    ended = run("generator", "check", "--root", ".", "--format", "json", folder=site, seconds=200)
    said = errors_by_path(ended.out) if not ended.odd else {}
    if ended.odd or len(said) < 60_000:
        failures.append(ended.odd or f"something is said of {len(said)} files only")
    note = f"{ended.megabytes:.0f} MB, {ended.seconds:.0f} s"
    return Outcome(
        "files in one folder, two thirds empty; a traceback, a file of which nothing is said",
        100_000,
        tuple(failures),
        note,
    )
