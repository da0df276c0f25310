"""All documents of a site, decoded: settings, vocabulary, records, corrections and hand-written pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from generator.decode.words import check_words
from generator.diagnostics import Diagnostic, Place
from generator.documents.nodes import LIMITS, stop_telling
from generator.records import FOLDERS, KINDS, Correction, Model, Record
from generator.records.fields import Id, Line, fields_of
from generator.settings import Settings
from generator.vocabulary import Vocabulary, find_lacking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from generator.decode.known import Known
    from generator.documents import Document, Loc, Node

_KIND_OF_FOLDER = {folder: kind for kind, folder in FOLDERS.items()}
_FOREIGN_FIELDS = 2  # one may be a slip of the fingers
_SINGLE = frozenset({"settings.yml", "vocabulary.yml", "corrections.yml"})

_M = TypeVar("_M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Located:
    """A record together with where it was typed.

    Attributes:
        kind: source, entity, claim, event or topic.
        record: the frozen record.
        document: the file in which it stands.
        loc: its path in that file; empty where the file is the record.
    """

    kind: str
    record: Record
    document: Document
    loc: Loc

    def place(self, *path: str | int) -> Place:
        """Find the place of a field of this record, or of the record itself."""
        return self.document.place((*self.loc, *path))


class HandPage(Model):
    """A page written by hand (`content/pages/*.md`).

    Attributes:
        id: its address, the file's stem.
        title: its heading.
        description: one sentence for search engines.
        body: its Markdown.
    """

    id: Id
    title: Line
    description: Line | None = None
    body: str = ""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Everything that could be read.

    Attributes:
        settings: None where they could not be used.
        vocabulary: None where it could not be used.
        records: every sound record, in the order of files and of typing.
        broken: kind and id of records that are there but could not be read, so that links to them are not blamed too.
        unread: kinds of which whole files could not be read: what their records are called is not known.
        corrections: published corrections with their places.
        pages: hand-written pages with their places.
    """

    settings: Settings | None = None
    vocabulary: Vocabulary | None = None
    records: tuple[Located, ...] = ()
    broken: frozenset[tuple[str, str]] = frozenset()
    unread: frozenset[str] = frozenset()
    corrections: tuple[tuple[Correction, Place], ...] = ()
    pages: tuple[tuple[HandPage, Document], ...] = ()


def _validate(
    document: Document, loc: Loc, node: Node, model: type[_M], known: Callable[[], Known]
) -> tuple[_M | None, tuple[Diagnostic, ...]]:
    try:
        return model.model_validate(node), ()
    except ValidationError as error:
        # Only a record with an error needs what explains errors.
        from generator.decode.explain import explain  # noqa: PLC0415
        from generator.decode.gathering import gather  # noqa: PLC0415

        problems = error.errors(include_url=False)
        found = [(problem, explain(document, loc, model, problem, known)) for problem in problems]
    misspelt = {(*problem["loc"][:-1], said.fix) for problem, said in found if said.code == "unknown-key"}
    kept = [one for one in found if one[1].code != "missing-field" or one[0]["loc"] not in misspelt]
    return None, gather(model, kept)


def _read_known(documents: Iterable[Document]) -> Known:
    from generator.decode.known import read_known  # noqa: PLC0415

    return read_known(documents)


def _guess_kind(node: dict[str, Node], kind: str) -> str | None:
    """Name the kind of record that has every field that was typed, where this one lacks several of them."""
    typed = set(node)
    if len(typed - set(fields_of(KINDS[kind]))) < _FOREIGN_FIELDS:
        return None
    return next((other for other, model in KINDS.items() if typed <= set(fields_of(model))), None)


def _with_article(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


class _Reader:
    """Collects what the documents hold."""

    def __init__(self, vocabulary: Vocabulary | None, known: Callable[[], Known]) -> None:
        self.vocabulary = vocabulary
        self.known = known
        self.records: list[Located] = []
        self.broken: set[tuple[str, str]] = set()
        self.unread: set[str] = set()
        self.corrections: list[tuple[Correction, Place]] = []
        self.pages: list[tuple[HandPage, Document]] = []
        self.diagnostics: list[Diagnostic] = []

    def read_records(self, document: Document, kind: str) -> None:
        data = document.data
        if isinstance(data, dict):
            stem = PurePosixPath(document.path).stem
            self.read_record(document, (), {"id": stem, **data}, kind)
        elif isinstance(data, list) and not document.has_body:
            told = len(self.diagnostics)
            for index, item in enumerate(data):
                if self.is_enough(document, index, told):
                    self.unread.add(kind)
                    break
                if isinstance(item, dict):
                    self.read_record(document, (index,), item, kind)
                else:
                    self.say_not_a_record(document, (index,))
        else:
            self.say_not_a_record(document, ())

    def is_enough(self, document: Document, index: int, told: int) -> bool:
        """Tell whether so much is wrong with the items of a file that no more of it is told, and say so."""
        enough = len(self.diagnostics) - told >= LIMITS.faults
        if enough:
            self.diagnostics.append(stop_telling(document.place((index,)), len(self.diagnostics) - told))
        return enough

    def say_not_a_record(self, document: Document, loc: Loc) -> None:
        self.diagnostics.append(
            Diagnostic(
                document.place(loc),
                "not-a-record",
                "A record is expected here: fields of the form `name: value`.",
                "A file holds either one record or a list of records, each beginning with `- id: ...`.",
            )
        )

    def read_record(self, document: Document, loc: Loc, node: dict[str, Node], kind: str) -> None:
        record, problems = _validate(document, loc, node, KINDS[kind], self.known)
        meant = None if record is not None else _guess_kind(node, kind)
        if meant is not None:
            said = f"This looks like {_with_article(meant)}, and it stands among the {FOLDERS[kind]}."
            mend = f"Move it to content/{FOLDERS[meant]}/."
            problems = (Diagnostic(document.place(loc), "unknown-place", said, mend),)
            self.broken.add((meant, str(node.get("id"))))
        if record is not None and self.vocabulary is not None:
            problems = check_words(document, loc, kind, record, self.vocabulary)
        self.diagnostics += problems
        if record is None or problems:
            self.broken.add((kind, str(node.get("id"))))
        else:
            self.records.append(Located(kind, record, document, loc))

    def read_corrections(self, document: Document) -> None:
        if not isinstance(document.data, list):
            self.say_not_a_record(document, ())
            return
        told = len(self.diagnostics)
        for index, item in enumerate(document.data):
            if self.is_enough(document, index, told):
                break
            correction, problems = _validate(document, (index,), item, Correction, self.known)
            self.diagnostics += problems
            if correction is not None:
                self.corrections.append((correction, document.place((index,))))

    def read_page(self, document: Document) -> None:
        data = document.data if isinstance(document.data, dict) else {}
        fields: dict[str, Node] = {"id": PurePosixPath(document.path).stem, **data, "body": document.body or ""}
        page, problems = _validate(document, (), fields, HandPage, self.known)
        self.diagnostics += problems
        if page is not None:
            self.pages.append((page, document))

    def read(self, document: Document) -> None:
        parts = PurePosixPath(document.path).parts[1:]
        kind = _KIND_OF_FOLDER.get(parts[0]) if len(parts) > 1 else None
        if document.data is None:
            self.unread |= {kind} if kind else set()
        elif kind is not None and (not document.has_body or kind == "source"):
            self.read_records(document, kind)
        elif parts == ("corrections.yml",):
            self.read_corrections(document)
        elif parts[0] == "pages" and document.has_body:
            self.read_page(document)
        elif parts not in {(name,) for name in _SINGLE}:
            self.diagnostics.append(
                Diagnostic(
                    Place(document.path),
                    "unknown-place",
                    f"Every {kind} is a .yml file; only sources and pages are Markdown."
                    if kind
                    else "The build does not know what a file in this place is.",
                    f"Records live in {', '.join(f'content/{folder}/' for folder in FOLDERS.values())}; pages in content/pages/.",
                )
            )


def _read_vocabulary(
    document: Document, known: Callable[[], Known]
) -> tuple[Vocabulary | None, tuple[Diagnostic, ...]]:
    vocabulary, problems = _validate(document, (), document.data, Vocabulary, known)
    if vocabulary is not None:
        problems = find_lacking(document, vocabulary)
    return None if problems else vocabulary, tuple(replace(problem, code="vocabulary") for problem in problems)


def decode(documents: Iterable[Document]) -> tuple[Decoded, tuple[Diagnostic, ...]]:
    """Decode all documents of a site.

    Args:
        documents: the parsed files below `content/`, in the order of their paths.

    Returns:
        What could be read, and everything that is wrong, at its line.
    """
    everything = tuple(documents)
    known = cache(partial(_read_known, everything))  # gathered once, and only where an id cannot be read
    single = {name: document for document in everything if (name := document.path.partition("/")[2]) in _SINGLE}
    settings = vocabulary = None
    diagnostics = [
        Diagnostic(
            Place(f"content/{name}"),
            name.partition(".")[0],
            "This file is missing.",
            "Nothing can be checked without it; restore it from an earlier revision.",
        )
        for name in ("settings.yml", "vocabulary.yml")
        if name not in single
    ]
    if "settings.yml" in single and single["settings.yml"].data is not None:
        settings, problems = _validate(single["settings.yml"], (), single["settings.yml"].data, Settings, known)
        diagnostics += (replace(problem, code="settings") for problem in problems)
    if "vocabulary.yml" in single and single["vocabulary.yml"].data is not None:
        vocabulary, problems = _read_vocabulary(single["vocabulary.yml"], known)
        diagnostics += problems
    reader = _Reader(vocabulary, known)
    for document in everything:
        reader.read(document)
    decoded = Decoded(
        settings,
        vocabulary,
        tuple(reader.records),
        frozenset(reader.broken),
        frozenset(reader.unread),
        tuple(reader.corrections),
        tuple(reader.pages),
    )
    return decoded, (*diagnostics, *reader.diagnostics)
