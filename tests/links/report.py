"""The report on the addresses of the sources, in Markdown: what to mend first, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from generator.dialect import escape, escape_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.diagnostics import Place

Outcome = Literal["answers", "gone", "unclear", "moved", "not asked"]

GONE_CODES = frozenset({404, 410})
COPIES = "https://web.archive.org/web/*/"


@dataclass(frozen=True, slots=True)
class Typed:
    """An address as a source has it.

    Attributes:
        place: where it stands.
        source: the source's id.
        field: `url` or `archived`.
        address: as typed.
        has_copy: whether the source names an archived copy.
    """

    place: Place
    source: str
    field: str
    address: str
    has_copy: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for an address.

    Attributes:
        asked: whether it was asked for at all.
        code: the HTTP status; None where no answer came.
        words: the status or the failure in words.
        moved_to: the address that it led to, if it led elsewhere.
        for_good: whether every step on that way is said to be permanent (301, 308).
    """

    asked: bool
    code: int | None
    words: str
    moved_to: str | None = None
    for_good: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """The report, and one line for the terminal."""

    text: str
    summary: str


_UNKNOWN = Answer(asked=False, code=None, words="it was not asked for")

# The order is the order of work.
_SECTIONS: Mapping[Outcome, tuple[str, str]] = {
    "gone": (
        "Gone",
        """\
The page is not there any more, or its address leads to the front page of the site.

1. Open the address in a browser: is the page really gone?
2. Look for a copy: the link beside each address leads to the list of the Internet Archive. Open a copy and see that it
   shows the words that are quoted.
3. Type the copy's address as `archived:` of the source, and leave `url:` as it is. It says where the text was read.

   ```yaml
   url: https://gazette.example/bridge
   archived: https://web.archive.org/web/20250602000000/https://gazette.example/bridge
   ```

4. Where there is no copy, nothing needs to be changed: the stored text is what the quotations are checked against.""",
    ),
    "unclear": (
        "No clear answer",
        """\
The site turned the question away (401, 403, 429), failed (500 and above) or did not answer in time. Many news sites turn
programs away and open in a browser all the same. What stands here week after week is worth a look; if the page is gone,
mend it as above.""",
    ),
    "moved": (
        "Moved for good",
        """\
Readers are led on, so nothing is broken today. If the new address shows the same text, type it as `url:`.""",
    ),
    "not asked": ("Not asked", "These were left out: `--offline`, or addresses inside a private network."),
}


def judge(typed: Typed, answer: Answer) -> Outcome:
    """Sort an answer by what an editor has to do about it."""
    if not answer.asked:
        return "not asked"
    if answer.code in GONE_CODES:
        return "gone"
    if answer.code is None or not 200 <= answer.code < 300:
        return "unclear"
    if answer.moved_to is None or _bare(answer.moved_to) == _bare(typed.address):
        return "answers"
    if not _leads_inside(answer.moved_to) and _leads_inside(typed.address):
        return "gone"
    return "moved" if answer.for_good else "answers"


def write_report(typed: Sequence[Typed], answers: Mapping[str, Answer]) -> Report:
    """Write the report.

    Args:
        typed: every address of every source.
        answers: what came back, by address as typed.
    """
    judged = [(one, answer := answers.get(one.address, _UNKNOWN), judge(one, answer)) for one in typed]
    groups = {
        outcome: [(one, answer) for one, answer, judgement in judged if judgement == outcome] for outcome in _SECTIONS
    }
    summary = _summarise(len(typed), {outcome: len(group) for outcome, group in groups.items()})
    parts = ["# Do the addresses of the sources still answer?", summary]
    for outcome, (title, advice) in _SECTIONS.items():
        if group := groups[outcome]:
            parts += [f"## {title}: {len(group)}", advice, "\n".join(_write_items(outcome, group))]
    return Report("\n\n".join(parts) + "\n", summary)


def _summarise(total: int, numbers: Mapping[Outcome, int]) -> str:
    if not total:
        return "No source has an address."
    words = {"gone": "gone", "unclear": "without a clear answer", "moved": "moved for good", "not asked": "not asked"}
    rest = [f"{number} {words[outcome]}" for outcome, number in numbers.items() if number]
    answering = total - sum(numbers.values())
    return f"Of {total} address{'es' * (total != 1)}, {', '.join([f'{answering} answer', *rest])}."


def _write_items(outcome: Outcome, group: Iterable[tuple[Typed, Answer]]) -> Iterable[str]:
    for one, answer in group:
        place = f"- `{one.place.path}:{one.place.line}`, `{one.field}:` of `{one.source}`"
        if outcome == "not asked":
            yield f"{place}, {_link(one.address)}"
            continue
        said = f"leads to {_link(answer.moved_to)}" if answer.moved_to else escape(answer.words)
        advice = f" {_advise(one)}" if outcome != "moved" else ""
        yield f"{place}\n  {_link(one.address)}: {said}.{advice}"


def _advise(one: Typed) -> str:
    if one.field == "archived":
        return "This is the copy itself: look for another one."
    if one.has_copy:
        return "The source names a copy already."
    return f"[Look for a copy]({escape_address(COPIES + one.address)})."


def _link(address: str) -> str:
    return f"[{escape(address)}]({escape_address(address)})"


def _bare(address: str) -> str:
    """An address without what sites change in passing: the scheme, `www.`, the last slash and the fragment."""
    parts = urlsplit(address)
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"


def _leads_inside(address: str) -> bool:
    """Whether an address leads to something other than the front page of a site."""
    parts = urlsplit(address)
    return bool(parts.path.strip("/") or parts.query)
