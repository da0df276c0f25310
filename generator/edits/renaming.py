"""Another id for a record: every place that changes, and the files that get another name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from generator.documents import parse
from generator.edits import mentions
from generator.edits.request import RefusedError
from generator.edits.surgery import Edit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.documents import Document, Loc
    from generator.edits.request import Request
    from generator.edits.surgery import Typed
    from generator.link import Library


@dataclass(frozen=True, slots=True)
class Renaming:
    """What is to be written.

    Attributes:
        request: what was asked for.
        files: what each file that changes is to hold, by its path as it is.
        moves: new paths by old ones.
        places: how many times the id was typed.
    """

    request: Request
    files: Mapping[str, bytes]
    moves: Mapping[str, str]
    places: int


@dataclass(frozen=True, slots=True)
class Content:
    """What was read.

    Attributes:
        documents: all content files.
        elsewhere: stored texts kept outside `content/`, by source id.
        library: the records in them.
    """

    documents: tuple[Document, ...]
    elsewhere: Mapping[str, Document]
    library: Library


def plan_renaming(content: Content, typed: Mapping[str, Typed], request: Request) -> Renaming:
    """Find every place where a record's id is typed and say what is to stand there.

    Args:
        content: everything that was read, without an error.
        typed: the text of each content file, by path.
        request: what is renamed.

    Raises:
        RefusedError: an id is typed so that it cannot be replaced, or a file of the new name is there.
    """
    library = content.library
    edits: dict[str, list[Edit]] = {document.path: [] for document in content.documents}
    for located in library.located.values():
        edits[located.document.path] += mentions.in_record(located, typed[located.document.path], request)
    for _, document in library.pages:
        edits[document.path] += mentions.in_page(document, typed[document.path], request)
    for document in content.documents:
        if document.path == mentions.SETTINGS:
            edits[document.path] += mentions.in_settings(document, typed[document.path], request)
        if document.path == mentions.CORRECTIONS:
            edits[document.path] += mentions.in_corrections(document, typed[document.path], request, library)
    itself = library.located[request.kind, request.old]
    own = typed[itself.document.path]
    if (*itself.loc, "id") in itself.document.values:
        id_loc = (*itself.loc, "id")
        edits[itself.document.path].append(mentions.edit_id(own, itself.document, id_loc, request.old, request.new))
    places = sum(map(len, edits.values()))
    edits[itself.document.path].append(_note_earlier(itself.document, itself.loc, own, request))
    files = {path: typed[path].edited(found) for path, found in edits.items() if found}
    return Renaming(request, files, _moves(content, request), places)


def _moves(content: Content, request: Request) -> Mapping[str, str]:
    """Give the record's own file the new name, and the file of its text."""
    itself = content.library.located[request.kind, request.old]
    found = []
    if not itself.loc and PurePosixPath(itself.document.path).stem == request.old:
        found.append(itself.document.path)
    if request.kind == "source" and request.old in content.elsewhere:
        found.append(content.elsewhere[request.old].path)
    moves = {path: str(PurePosixPath(path).with_stem(request.new)) for path in found}
    taken = {document.path for document in (*content.documents, *content.elsewhere.values())} & set(moves.values())
    if taken:
        raise RefusedError(f"There is a file {min(taken)} already. Move it out of the way, or choose another id.")
    return moves


def _note_earlier(document: Document, loc: Loc, typed: Typed, request: Request) -> Edit:
    """List the id among the earlier ones of the record, in the form in which they are typed."""
    node = document.data
    for step in loc:
        node = node[step]  # type: ignore[index]  # the record's own path
    if not isinstance(node, dict):
        raise RefusedError("The record cannot be found any more. Try again.")
    was, at = node.get("was"), (*loc, "was")
    if request.returns:
        items = was if isinstance(was, list) else [was]
        where = (*at, items.index(request.new)) if isinstance(was, list) else at
        return mentions.edit_id(typed, document, where, request.new, request.old)
    if isinstance(was, list):
        return _append(document, at, was, typed, request.old)
    if isinstance(was, str):
        start, end = mentions.span(typed, document.values[at])
        return Edit(start, end, f"[{typed.text[start:end]}, {request.old}]")
    if "was" in node:
        colon = typed.text.index(":", mentions.span(typed, document.keys[at])[1]) + 1
        return Edit(colon, colon, f" [{request.old}]")
    return _insert(document, loc, node, typed, f"was: [{request.old}]")


def _append(document: Document, loc: Loc, items: Sequence[object], typed: Typed, old: str) -> Edit:
    """Add an item to a list, in brackets or line by line."""
    extent = document.values[loc]
    if extent[2]:
        if items:
            end = mentions.span(typed, document.values[*loc, len(items) - 1])[1]
            return Edit(end, end, f", {old}")
        end = mentions.span(typed, extent)[1] - 1
        return Edit(end, end, old)
    last = document.values[*loc, len(items) - 1]
    return _insert_line(typed, last[2], " " * (extent[1] - 1) + f"- {old}")


def _insert(document: Document, loc: Loc, node: Mapping[str, object], typed: Typed, field: str) -> Edit:
    """Add a field to a record, behind its id, or in front where its id is the name of its file."""
    extent = document.values[loc]
    id_loc = (*loc, "id")
    if extent[2]:
        if "id" in node:
            end = mentions.span(typed, document.values[id_loc])[1]
            return Edit(end, end, f", {field}")
        begin = mentions.span(typed, extent)[0] + 1
        return Edit(begin, begin, f"{field}, ")
    if "id" in node:
        key, value = document.keys[id_loc], document.values[id_loc]
        return _insert_line(typed, value[2], " " * (key[1] - 1) + field)
    line, column = document.keys[*loc, next(iter(node))][:2]
    return _insert_line(typed, line - 1, " " * (column - 1) + field)


def _insert_line(typed: Typed, line: int, text: str) -> Edit:
    """Type a line below a 1-based line; 0 is the top of the file."""
    at = typed.starts[line] if line < len(typed.starts) else len(typed.text)
    open_end = at > 0 and typed.text[at - 1] not in "\r\n"
    return Edit(at, at, f"{typed.newline}{text}" if open_end else f"{text}{typed.newline}")


def apply_renaming(content: Content, renaming: Renaming) -> tuple[tuple[Document, ...], Mapping[str, Document]]:
    """Read the content as it would be: all documents in the order of their paths, and the texts kept elsewhere.

    Raises:
        RefusedError: a file could not be read any more.
    """
    moves = renaming.moves
    documents = []
    for document in content.documents:
        path = moves.get(document.path, document.path)
        if document.path in renaming.files:
            parsed, problems = parse(path, renaming.files[document.path])
            if parsed is None or problems:
                raise RefusedError(f"{document.path} could not be read afterwards: {problems[0].message}")
            documents.append(parsed)
        else:
            documents.append(replace(document, path=path))
    old, new = renaming.request.old, renaming.request.new
    elsewhere = {
        new if document.path in moves and one == old else one: replace(
            document, path=moves.get(document.path, document.path)
        )
        for one, document in content.elsewhere.items()
    }
    return tuple(sorted(documents, key=_reading_order)), elsewhere


def _reading_order(document: Document) -> tuple[tuple[bool, str], ...]:
    """Files of a folder come before those of its folders."""
    *folders, name = PurePosixPath(document.path).parts
    return (*((True, folder) for folder in folders), (False, name))
