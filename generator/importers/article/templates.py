"""Templates and links of wikitext, read from inside out, without recursion and only so deep."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from generator.importers.article.blocks import count_words
from generator.importers.article.pages import LeftOut
from generator.importers.article.told import Listed, Told

SOURCE_MARKS = ("\ue000", "\ue001")
"""Between these stands the number of a listed source, where it stood in the text."""

_DEEPEST = 16
_TOKEN = re.compile(r"\{\{|\}\}|\[\[|\]\]|\||\n")
_PICTURES = ("file:", "image:")
_OTHER_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z]+)?:\s*[^\s:]")
_SHOWN = frozenset({"w", "wp", "l", "wikt", "commons"})
"""Templates that are links to a page of another project: the last of what stands in them is what a reader sees."""

_CHARACTERS = {"=": "=", "!": "|", "nbsp": "\u00a0", "'": "'", "--": "—", "ndash": "–", "mdash": "—"}
_DATES = frozenset({"date", "byline", "dateline"})


@dataclass(slots=True)
class Expanded:
    """A wikitext without templates and links between pages.

    Attributes:
        text: what is left.
        told: dates and categories.
        listed: the sources that it lists.
        left_out: the templates and pictures that were left out, by name.
    """

    text: str = ""
    told: list[Told] = field(default_factory=list)
    listed: list[Listed] = field(default_factory=list)
    left_out: defaultdict[str, LeftOut] = field(default_factory=lambda: defaultdict(LeftOut))


@dataclass(slots=True)
class _Frame:
    """What stands between two marks, parted at its bars."""

    opening: str
    line: int
    parts: list[list[str]] = field(default_factory=lambda: [[]])

    def join(self) -> list[str]:
        return ["".join(pieces) for pieces in self.parts]


def expand(text: str) -> Expanded:
    """Read all templates and links of a wikitext.

    Args:
        text: wikitext, without the characters of `SOURCE_MARKS`.
    """
    found = Expanded()
    frames = [_Frame("", 1)]
    done, line = 0, 1
    for token in _TOKEN.finditer(text):
        frames[-1].parts[-1].append(text[done : token.start()])
        done, mark = token.end(), token[0]
        if mark == "\n":
            line += 1
        if mark in {"{{", "[["} and len(frames) <= _DEEPEST:
            frames.append(_Frame(mark, line))
        elif mark == "|" and frames[-1].opening:
            frames[-1].parts.append([])
        elif mark in {"}}", "]]"}:
            _close(found, frames, mark)
        else:
            frames[-1].parts[-1].append(mark)
    frames[-1].parts[-1].append(text[done:])
    while len(frames) > 1:
        _give_up(frames)
    found.text = "".join(frames[0].join())
    return found


def _give_up(frames: list[_Frame]) -> None:
    """Take what is never closed as text."""
    frame = frames.pop()
    frames[-1].parts[-1].append(frame.opening + "|".join(frame.join()))


def _close(found: Expanded, frames: list[_Frame], mark: str) -> None:
    opening = "{{" if mark == "}}" else "[["
    if all(frame.opening != opening for frame in frames):
        frames[-1].parts[-1].append(mark)
        return
    while frames[-1].opening != opening:
        _give_up(frames)
    frame = frames.pop()
    shown = _read_template(found, frame) if mark == "}}" else _read_link(found, frame.join())
    frames[-1].parts[-1].append(shown)


def _read_template(found: Expanded, frame: _Frame) -> str:
    called, *given = frame.join()
    name = called.strip().casefold()
    named, plain = _part(given)
    if name in _CHARACTERS:
        return _CHARACTERS[name]
    if name == "source":
        found.listed.append(
            Listed(f"line {frame.line}", " | ".join(f"{key}={value}" for key, value in named.items()), named)
        )
        return f'<span class="sourceTemplate">{SOURCE_MARKS[0]}{len(found.listed) - 1}{SOURCE_MARKS[1]}</span>'
    if name in _SHOWN and plain:
        return next((one for one in reversed(plain[:2]) if one), "")
    if name in _DATES:
        said = named.get("date") or (plain[0] if plain else "")
        found.told += [Told("published", f"{{{{{called.strip()}}}}}", said)] if said else []
        return ""
    left = found.left_out[f"{{{{{called.strip()[:60]}}}}}"]
    left.times += 1
    left.words += count_words(" ".join((*plain, *named.values())))
    return ""


def _part(given: list[str]) -> tuple[dict[str, str], list[str]]:
    """Part what is given to a template into named values and others; an address holds `=` as well, but no name before it."""
    named: dict[str, str] = {}
    plain: list[str] = []
    for one in given:
        name, equals, value = one.partition("=")
        if equals and re.fullmatch(r"[\w -]{1,40}", name.strip()):
            named[name.strip().casefold()] = value.strip()
        else:
            plain.append(one.strip())
    return {name: value for name, value in named.items() if value}, plain


def _read_link(found: Expanded, parts: list[str]) -> str:
    target = parts[0].strip()
    low = target.casefold()
    label = "|".join(parts[1:]).strip()
    if low.startswith(_PICTURES):
        left = found.left_out["[[File]]"]
        left.times += 1
        left.words += count_words(parts[-1]) if len(parts) > 1 else 0
        return ""
    if low.startswith("category:"):
        found.told.append(Told("", "category", target.partition(":")[2].strip()))
        return ""
    if not label and _OTHER_LANGUAGE.match(low) and not low.startswith("w:"):
        found.told.append(Told("", "link", target))
        return ""
    return label or target.removeprefix(":")
