"""TimelineJS: each slide becomes an event and the claim that it rests on, which nobody has judged.

A slide says when something was, and on what grounds it says so it does not tell. So the timeline itself is the source, a claim
says what the slide says, and the event rests on that claim. Pictures and looks are noted, and nothing is fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from generator import dates, quotations
from generator.dialect.escaping import escape
from generator.importers.cells import has_words, note, plain_text, write_line, write_prose
from generator.importers.column_values import shorten
from generator.importers.inline_html import write_with_links
from generator.importers.jsonish import digest, key_of, write_compact
from generator.importers.naming import is_id
from generator.importers.rows import Draft, Handle, Options, Reading, Remark, Row
from generator.importers.sheets import cite, entity_drafts, find_flag_problem, has_sheet, phase_of, sheet_of
from generator.importers.slide_dates import read_dates
from generator.importers.slides import Slides, as_text, read_slides
from generator.paths import page_path, page_url
from generator.vocabulary import REQUIRED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.importers.rows import Value
    from generator.importers.slides import Slide

_LONGEST_SUMMARY = 1200
_LOOKED_AT = 4000
_OWN_LINK = re.compile(r'<p><a href="([^"<>]*)">What it rests on</a></p>\Z')
_OWN_PARAGRAPH = re.compile(r"<p>([^<>]*)</p>")
_COSMOLOGICAL = "The timeline counts in cosmological years, and a date here has a year from 1 to 9999."
_DROPPED = re.compile(r"<img\b|<!--", re.IGNORECASE)
"""What is more than the look of words, and is left out of a text."""
_SHOWS = frozenset({"font", "font.css", "start_at_slide", "scale"})


def read(data: bytes, options: Options) -> Reading:
    """Read a file of TimelineJS3: its JSON, or its spreadsheet as CSV, with the old headers or the new ones.

    Args:
        data: the bytes of the file.
        options: what whoever imports says of it: `outlet` and `language` are needed; `url`, `genre`, `kind`, `phase` and `topic-of`
            (`GROUP=ID`, several with `;` between them) may be given.
    """
    if not has_sheet(options):
        return Reading(
            problem="A timeline does not say who made it, nor in which language: say `--outlet` and `--language`."
        )
    slides = read_slides(data)
    problem = find_flag_problem(options) or slides.problem
    if problem:
        return Reading(problem=problem)
    title = next((one for one in slides.slides if one.what == "title" and not one.is_blank), None)
    sheet = _draft_sheet(slides, title, options)
    reader = _Reader(slides, title, sheet, options, _read_topics(options))
    rows = tuple(reader.read(number, slide) for number, slide in enumerate(slides.slides, 1))
    return Reading(rows, tuple(_say(slides, options)))


def _read_topics(options: Options) -> dict[str, str]:
    pairs = (pair.rpartition("=") for pair in re.split(r"[;\n]", options.given.get("topic-of", "")))
    return {group.strip().casefold(): one.strip() for group, _, one in pairs if is_id(one.strip())}


def _draft_sheet(slides: Slides, title: Slide | None, options: Options) -> Draft:
    """Draft the source that the timeline itself is; what its title slide says is noted there."""
    notes = [note(name, value) for name, value in slides.others.items() if name not in _SHOWS and value is not None]
    headline = ""
    if title is not None:
        headline = plain_text(title.get("headline"))
        text = plain_text(title.get("text"))
        whole = [note("headline", headline)] if headline and not write_line(headline) else []
        said = [note(title.names[name], one) for name, one in title.said.items() if name not in {"headline", "text"}]
        notes = [*whole, *([note("text", text)] if text else []), *(() if slides.is_own else said), *notes]
        notes = [*_note_others(title, is_own=slides.is_own), *notes]
    called = shorten(headline) or ""
    return sheet_of(None, options, notes=notes, title=called, what="A timeline")


def _note_others(slide: Slide, *, is_own: bool) -> Iterator[str]:
    for name, value in slide.others.items():
        if not (is_own and name == "autolink"):
            yield note(name, value)


def _say(slides: Slides, options: Options) -> Iterator[str]:
    """Say of the whole file what holds for all its slides."""
    kind, phase = options.given.get("kind", "fact"), options.given.get("phase")
    yield f"Each slide is an event, and a claim of kind `{kind}` on which it rests; nobody here has judged it: `{options.unjudged}`."
    if phase:
        yield f"Each event is `{phase}`."
    else:
        yield f"An event is `done` if its date ended before {options.today}, else `planned`, where the slide does not say so."
    unknown = dict.fromkeys(name for slide in slides.slides for name in slide.unknown)
    if unknown:
        yield f"TimelineJS knows no field of these names; they are kept in the notes: {', '.join(f'“{one[:60]}”' for one in unknown)}."


@dataclass(slots=True)
class _Made:
    """What has been made of a slide so far."""

    fields: dict[str, Value] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def refuse(self, code: str, name: str, value: str) -> None:
        self.notes.append(note(name, value))
        self.remarks.append(Remark(code, name, value))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Makes rows of slides."""

    slides: Slides
    title: Slide | None
    sheet: Draft
    options: Options
    topics: Mapping[str, str]

    def read(self, number: int, slide: Slide) -> Row:
        row = Row(number, slide.at, digest(slide.raw), raw=write_compact(slide.raw))
        if slide.is_blank:
            return row
        if slide.problem:
            return replace(row, kept_back=slide.problem)
        if slide is self.title:
            handles = [one for one in (self.sheet.fields.get("outlet"),) if isinstance(one, Handle)]
            return replace(row, drafts=(self.sheet, *entity_drafts(handles)))
        if as_text(self.slides.others.get("scale")) == "cosmological":
            return replace(row, kept_back=_COSMOLOGICAL)
        return self._read_event(row, slide)

    def _read_event(self, row: Row, slide: Slide) -> Row:
        made = _Made()
        text, page = self._part_text(slide, made)
        name = self._name(slide, text, made)
        if not name:
            return replace(row, kept_back="It has neither a headline nor a text.")
        when, problem = self._date(slide, made)
        if problem:
            return replace(row, kept_back=problem)
        key = page or self._key(slide)
        made.fields |= {"title": name, "when": when}
        self._set_phase(slide, made, when)
        made.fields["rests_on"] = [Handle("claim", key)]
        if plain_text(text) not in {"", name}:
            self._summarise(slide, text, made)
        if slide.what == "era":
            made.notes.append("type: era")
        made.notes += _note_others(slide, is_own=self.slides.is_own)
        wish = slide.get("id") if is_id(slide.get("id")) else ""
        if slide.get("id") and not wish:
            made.notes.append(note(slide.names["id"], slide.get("id")))
        event = Draft("event", key, made.fields, tuple(made.notes), wish, name, ours=self._is_ours(page, wish))
        claim = self._claim(key, name, text, when)
        handles = [one for one in (self.sheet.fields.get("outlet"),) if isinstance(one, Handle)]
        return replace(row, drafts=(event, claim, self.sheet, *entity_drafts(handles)), remarks=tuple(made.remarks))

    def _is_ours(self, page: str, wish: str) -> bool:
        """Tell whether a slide is an event of this very site: it leads to the page of its id below our address."""
        return (
            bool(self.options.address and wish)
            and page == f"{self.options.address}{page_url(page_path('event', wish))}"
        )

    def _key(self, slide: Slide) -> str:
        """Tell a slide apart: by its id within its timeline, else by all that it says of itself."""
        if slide.get("id"):
            return f"{self.sheet.key}#{slide.get('id')}"
        said = (slide.get(name) for name in ("start.text", "end.text", "headline", "text"))
        when = [f"{one}" for one in (slide.stamp("start"), slide.stamp("end"))]
        return f"slide {key_of((*when, *said))[:32]}"

    def _part_text(self, slide: Slide, made: _Made) -> tuple[str, str]:
        """Give the text of a slide; of our own export without what it adds, and with the address of the event's page."""
        text = slide.get("text")
        link = _OWN_LINK.search(text) if self.slides.is_own else None
        if link is None:
            return text, ""
        page = plain_text(link[1])
        made.notes.append(note("page", page))
        paragraphs = _OWN_PARAGRAPH.findall(text[: link.start()])
        group = plain_text(plain_text(slide.get("group")))
        if paragraphs and plain_text(paragraphs[-1]).startswith(f"{group}: "):
            paragraphs.pop()
        return "".join(paragraphs), page

    def _name(self, slide: Slide, text: str, made: _Made) -> str:
        """Give the title of the event: the headline, or the first sentence of the text where there is none."""
        headline = plain_text(slide.get("headline"))
        if not has_words(headline):
            headline = next(filter(has_words, self._sentences(plain_text(text))), "")
        line = write_line(headline)
        if line is None and has_words(headline):
            made.refuse("too-long", slide.names.get("headline", "headline"), headline)
            line = shorten(headline)
        return line or ""

    def _date(self, slide: Slide, made: _Made) -> tuple[str, str]:
        """Give the date of a slide, or why it has none."""
        names = {"start": slide.name_dates("start"), "end": slide.name_dates("end")}
        dated = read_dates(slide.stamp("start"), slide.stamp("end"), names)
        if dated.problem:
            return "", dated.problem
        when, exact = dated.when, slide.get("edtf")
        if exact and _is_meant(exact, when):
            when = exact
        else:
            for remark in dated.remarks:
                made.refuse(remark.code, remark.field, remark.value)
            if exact:
                made.notes.append(note(slide.names["edtf"], exact))
        shown, languages = plain_text(slide.get("display")), {"en", self.options.given["language"]}
        if shown and shown not in {dates.humanize(dates.parse(when), language) for language in languages}:
            made.notes.append(note(slide.names["display"], slide.get("display")))
        return when, ""

    def _set_phase(self, slide: Slide, made: _Made, when: str) -> None:
        """Set how far the event came, which our own export says, and its fact sheet, where the command says which group it is."""
        made.fields["phase"] = phase_of(when, self.options)
        word, group = slide.get("phase"), plain_text(slide.get("group"))
        if self.slides.is_own and word in REQUIRED["phases"]:
            made.fields["phase"] = self.options.given.get("phase", word)
        elif word:
            made.notes.append(note(slide.names["phase"], word))
        topic = self.topics.get(group.casefold())
        if topic:
            made.fields["topics"] = [topic]
        elif group and not (self.slides.is_own and word):  # there it is what the phase is called
            made.notes.append(note(slide.names["group"], slide.get("group")))

    def _summarise(self, slide: Slide, text: str, made: _Made) -> None:
        written, refused = write_with_links(text)
        if _DROPPED.search(text):
            made.refuse("markup-dropped", slide.names.get("text", "text"), slide.get("text"))
        made.notes += (note("link", one) for one in refused)
        if not has_words(written):
            return
        if len(written) <= _LONGEST_SUMMARY:
            made.fields["summary"] = written
            return
        made.refuse("too-long", slide.names.get("text", "text"), slide.get("text"))
        short = ""
        for sentence in self._sentences(plain_text(text)):
            if len(escape(f"{short} {sentence}")) > _LONGEST_SUMMARY:
                break
            short = f"{short} {sentence}".strip()
        if shortened := write_prose(short):
            made.fields["summary"] = shortened

    def _sentences(self, plain: str) -> Iterator[str]:
        """List the sentences with which a text begins; it may be long, and what is behind a summary's length is not asked for."""
        piece = plain[:_LOOKED_AT]
        yield from (piece[one.start : one.end] for one in quotations.sentences(piece, self.options.given["language"]))

    def _claim(self, key: str, name: str, text: str, when: str) -> Draft:
        says = escape(name)
        plain = escape(plain_text(text)) if plain_text(text) != name else ""
        gap = " " if says.endswith((".", "!", "?", "…")) else ". "
        cited = cite(self.sheet, "Lists:", f"{says}{gap}{plain}" if plain else says)
        if len(str(cited["finding"])) > _LONGEST_SUMMARY:
            cited = cite(self.sheet, "Lists:", says)
        fields: dict[str, Value] = {
            "says": says,
            "kind": self.options.given.get("kind", "fact"),
            "when": when,
            "seen": [cited],
            "verdict": self.options.unjudged,
        }
        return Draft("claim", key, fields, words=name)


def _is_meant(exact: str, when: str) -> bool:
    """Tell whether a date in EDTF is what the dates of a slide are made of; somebody may have changed one of them since."""
    try:
        typed = dates.parse(exact)
    except dates.DateError:
        return False
    shown = dates.parse(when)
    return typed.earliest == shown.earliest and typed.latest in {shown.latest, None}
