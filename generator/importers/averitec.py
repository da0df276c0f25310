"""Reads AVeriTeC: a set of real claims with questions, answers and labels, as a list of JSON objects.

The labels are no verdicts here, and answers are no evidence: the set does not say how an answer bears on its claim, nor how
its origin knows. Both are noted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.importers.cells import (
    has_control,
    has_markup,
    has_words,
    note,
    plain_text,
    read_date,
    read_url,
    write_line,
    write_prose,
)
from generator.importers.jsonish import DOUBLE, digest, key_of, read_parts, write_compact
from generator.importers.rows import Draft, Handle, Reading, Remark, Row
from generator.importers.sheets import outlet_of
from generator.importers.unread import behind_archive, cite, draft_entity, draft_source, host_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.importers.jsonish import Json
    from generator.importers.rows import Options, Value

LABELS = ("Supported", "Refuted", "Not Enough Evidence", "Conflicting Evidence/Cherrypicking")
"""The labels as the files have them; the set's own description also writes `Conflicting Evidence/Cherry-picking`."""
LICENCE = "AVeriTeC is published under CC BY-NC 4.0 (https://creativecommons.org/licenses/by-nc/4.0/)."

_LABELS = frozenset({*LABELS, "Conflicting Evidence/Cherry-picking"})
_NAME = "AVeriTeC"
_LANGUAGE = "en"
_ARTICLE, _ORIGINAL, _SHEET = "news", "post", "dataset"
_KNOWN = frozenset(
    {
        "claim_id", "claim", "claim_date", "speaker", "original_claim_url", "cached_original_claim_url", "fact_checking_article",
        "reporting_source", "location_ISO_code", "claim_types", "fact_checking_strategies", "required_reannotation", "label",
        "justification", "questions", "search_queries",
    }
)  # fmt: skip


def read(data: bytes, options: Options) -> Reading:
    """Read a file of AVeriTeC, a list of objects or one object in each line.

    Args:
        data: the file.
        options: what whoever imports says: `language` (en), `outlet` of the set itself, its `url`, `kind` of claims (fact),
            `speaker-type` where all speakers are of one, which makes entities of them.
    """
    parts, problem = read_parts(data)
    if problem:
        return Reading(problem=problem)
    rows: list[Row] = []
    for part in parts:
        items = part.value if isinstance(part.value, list) else [part.value]
        if part.problem:
            rows.append(Row(len(rows) + 1, part.at, digest(part.raw), (), (Remark("broken-json"),), part.problem, write_compact(part.raw)))  # fmt: skip
            continue
        for number, item in enumerate(items):
            pointer = f"/{number}" if isinstance(part.value, list) else ""
            at = " ".join(filter(None, (part.at, pointer))) or "/"
            rows.append(_read_row(len(rows) + 1, at, item, options))
    if not rows:
        return Reading(problem="There is no claim in this file.")
    return Reading(tuple(rows), tuple(_say(rows, options)))


def _read_row(number: int, at: str, item: Json, options: Options) -> Row:
    said, raw = digest(item), write_compact(item)
    if item in (None, {}, []):
        return Row(number, at, said, raw=raw)
    if not isinstance(item, dict):
        return Row(number, at, said, kept_back="It is no object with a claim.", raw=raw)
    reader = _Reader(options, dict(item))
    problem = reader.find_problem()
    if problem:
        return Row(number, at, said, (), tuple(reader.remarks), problem, raw)
    return Row(number, at, said, reader.read(), tuple(reader.remarks), "", raw)


@dataclass(slots=True)
class _Reader:
    """Makes the drafts of one claim; `left` holds the fields that have not been placed yet."""

    options: Options
    left: dict[str, Json]
    notes: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def find_problem(self) -> str:
        """Say why nothing can be made of the object; empty where something can."""
        raw = self.left.get("claim")
        words = plain_text(raw) if isinstance(raw, str) else ""
        if not has_words(words):
            self.remarks.append(Remark("field-missing", "claim"))
            return "It has no `claim`."
        if write_prose(words) is None:
            self.remarks.append(Remark("too-long", "claim", str(raw)))
            return f"`claim` has {len(words):,} characters and cannot be written as a claim; 1,200 are the most, marks of Markdown count twice."
        speaker = self.left.get("speaker")
        is_named = (
            "speaker-type" in self.options.given and isinstance(speaker, str) and speaker.strip() not in {"", "null"}
        )
        if self.options.given.get("kind") == "statement" and not is_named:
            return "A claim of kind `statement` has a speaker, and it is not said who that is; `--speaker-type` says what speakers are."
        return ""

    def read(self) -> tuple[Draft, ...]:
        """Make the drafts, the claim first."""
        raw = {name: self.left.get(name) for name in ("claim", "claim_date", "speaker", "fact_checking_article")}
        typed = str(self.left.pop("claim"))
        words = plain_text(typed)
        odd = {"markup-dropped": has_markup(typed), "control-characters": has_control(typed)}
        self.remarks += [Remark(code, "claim", typed) for code, is_so in odd.items() if is_so]
        self.notes += [note("claim", typed)] if any(odd.values()) else []
        says = write_prose(words) or ""
        date = self._take("claim_date")
        when, remark = read_date(date, "day-month-year", "claim_date")
        self.remarks += [remark] if remark else []
        self.notes += [note("claim_date", date)] if date and when is None else []
        voices, entities = self._read_speaker()
        sources = [("Lists the claim:", self._draft_sheet()), *self._draft_texts()]
        self._note_label()
        self.notes += _note_questions(self.left.pop("questions", None))
        self.notes += [note(name, value) for name, value in self.left.items() if value not in (None, "", [], {})]
        for name, value in self.left.items():
            if name not in _KNOWN:
                code = "double-key" if name.endswith(DOUBLE) else "field-unknown"
                self.remarks.append(Remark(code, name.removesuffix(DOUBLE), _show(value)))
        kind = self.options.given.get("kind", "fact")
        fields: dict[str, Value] = {
            "says": says,
            "kind": kind,
            "when": when,
            "speaker": voices[0] if kind == "statement" and voices and isinstance(voices[0], Handle) else None,
            "seen": [cite(source, lead, says, voices) for lead, source in sources],
            "verdict": self.options.unjudged,
        }
        own = Draft(
            "claim",
            key_of(write_compact(one) for one in raw.values()),
            {name: value for name, value in fields.items() if value},
            tuple(self.notes),
            words=words,
        )
        outlets = [one.fields["outlet"] for _, one in sources]
        return (
            own,
            *(one for _, one in sources),
            *(draft_entity(one) for one in dict.fromkeys((*entities, *outlets)) if isinstance(one, Handle)),
        )

    def _take(self, name: str) -> str:
        """Take a field that holds one text; a blank one and the word `null` say nothing."""
        value = self.left.get(name)
        if isinstance(value, str):
            del self.left[name]
            return "" if value.strip() in {"", "null"} else value.strip()
        return ""

    def _take_url(self, name: str) -> str | None:
        typed = self._take(name)
        url, refused = read_url(typed, name)
        if refused:
            self.remarks.append(refused)
            self.notes.append(note(name, typed))
        return url

    def _read_speaker(self) -> tuple[list[Value], list[Handle]]:
        typed = self._take("speaker")
        line = write_line(plain_text(typed)) if typed else None
        if line is None:
            self.remarks.append(Remark("too-long" if typed else "author-unknown", "speaker", typed))
            self.notes += [note("speaker", typed)] if typed else []
            return [], []
        type_ = self.options.given.get("speaker-type")
        handle = Handle("entity", line, type_ or "")
        return ([handle], [handle]) if type_ else ([{"unnamed": line}], [])

    def _draft_sheet(self) -> Draft:
        given = self.options.given
        url, _ = read_url(given.get("url", ""))
        fields: dict[str, Value] = {
            "title": _NAME,
            "outlet": outlet_of(given.get("outlet", _NAME)),
            "url": url,
            "language": given.get("language", _LANGUAGE),
            "genre": _SHEET,
            "summary": "A set of claims with questions, answers and labels, made from fact checks.",
        }
        return draft_source(_NAME, self.options, fields, (note("licence", LICENCE),))

    def _draft_texts(self) -> Iterator[tuple[str, Draft]]:
        """Draft the article that checked the claim, and the text in which it first stood, as far as they are told."""
        language = self.options.given.get("language", _LANGUAGE)
        address = self._take_url("fact_checking_article")
        copied = behind_archive(address or "")
        url = read_url(copied)[0] or address
        host = host_of(url or "")
        if address and url and host:
            self.remarks.append(Remark("outlet-from-address", "fact_checking_article", address))
            fields: dict[str, Value] = {
                "outlet": Handle("entity", host, "outlet"),
                "url": url,
                "archived": address if address != url else None,
                "language": language,
                "genre": _ARTICLE,
                "summary": write_prose(f"A review of claims at {host}."),
            }
            yield "Reviews the claim:", draft_source(url, self.options, fields)
        elif address:
            self.notes.append(note("fact_checking_article", address))
        yield from self._draft_original(language, url)

    def _draft_original(self, language: str, article: str | None) -> Iterator[tuple[str, Draft]]:
        url, archived = self._take_url("original_claim_url"), self._take_url("cached_original_claim_url")
        where = self._take("reporting_source")
        outlet = write_line(plain_text(where)) if where else None
        is_known = not self.options.genres or _ORIGINAL in self.options.genres
        if url and outlet and is_known and url != article:
            fields: dict[str, Value] = {
                "outlet": Handle("entity", outlet, "outlet"),
                "url": url,
                "archived": archived,
                "language": language,
                "genre": _ORIGINAL,
                "summary": "Named by AVeriTeC as the place where a claim was made.",
            }
            yield "Named by AVeriTeC as the place of the claim:", draft_source(url, self.options, fields)
            return
        named = {"original_claim_url": url, "cached_original_claim_url": archived, "reporting_source": where}
        self.notes += [note(name, value) for name, value in named.items() if value]

    def _note_label(self) -> None:
        label = self._take("label")
        self.notes += [note("label", label)] if label else []
        if label and label not in _LABELS:
            self.remarks.append(Remark("word-unknown", "label", label))


def _note_questions(questions: Json) -> Iterator[str]:
    """Write a note for each answer, with its question: `Q: ... A: ... (Extractive; https://...)`."""
    for asked in questions if isinstance(questions, list) else [questions]:
        given = asked.get("answers") if isinstance(asked, dict) else None
        if asked in (None, "", [], {}):
            continue
        if not isinstance(asked, dict) or not isinstance(asked.get("question"), str) or not _are_answers(given):
            yield note("questions", asked)
            continue
        answers: list[Json] = given if isinstance(given, list) else []
        for answer in answers or [{}]:
            said = answer if isinstance(answer, dict) else {}
            told = [_show(one) for name, one in said.items() if name != "answer" and one not in (None, "", "null")]
            behind = f" ({'; '.join(told)})" if told else ""
            words = f"A: {_show(said['answer'])}" if said.get("answer") not in (None, "") else "no answer"
            yield note("questions", f"Q: {asked['question']} {words}{behind}")
        others: dict[str, Json] = {name: one for name, one in asked.items() if name not in {"question", "answers"}}
        if others:
            yield note("questions", {"question": asked["question"], **others})


def _are_answers(given: Json) -> bool:
    return given is None or (isinstance(given, list) and all(isinstance(one, dict) for one in given))


def _show(value: Json) -> str:
    return value if isinstance(value, str) else write_compact(value)


def _say(rows: Sequence[Row], options: Options) -> Iterator[str]:
    """Say what was set for all rows without being said in any."""
    claims = [row.drafts[0] for row in rows if row.drafts]
    yield LICENCE
    if not claims:
        return
    yield f"Every claim is `{options.unjudged}`: the label is no verdict of this desk. It stands in the notes of the claim."
    if "kind" not in options.given:
        yield "Every claim is of kind `fact`; `--kind` says otherwise."
    if "language" not in options.given:
        yield "The claims of AVeriTeC are English, so the language of all its sources is set to `en`; `--language` says otherwise."
    if any("when" in one.fields for one in claims):
        yield "The date of a claim tells when it was made, the day first; it is set as the time that the claim is about."
    yield f"No source was read: as `accessed` stands the day of the import. Articles are `{_ARTICLE}`, places of claims are `{_ORIGINAL}`."
    answers = sum(one.startswith("questions: Q: ") and "://" in one for draft in claims for one in draft.notes)
    if answers:
        yield f"Answers that name an address: {answers}. They are notes and no evidence, as nobody has said how they bear on the claim."
