"""Fields as YAML that an editor could have typed, and how a list of records goes on with one more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.documents import parse, write_scalar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.documents import Document, Node

_WIDEST = 110


def _flow(value: Node) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{write_scalar(name, flow=True)}: {_flow(item)}' for name, item in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return write_scalar(value, flow=True) if value is not None else ""


def _lines(fields: Mapping[str, Node]) -> Iterator[str]:
    for name, value in fields.items():
        line = f"{name}: {write_scalar(value) if isinstance(value, str) else _flow(value)}".rstrip(" ")
        several = isinstance(value, list) and any(isinstance(item, dict) and len(item) > 1 for item in value)
        if isinstance(value, list) and (several or len(line) > _WIDEST):
            yield f"{name}:"
            yield from (f"  {line}" for item in value for line in _item(item))
        else:
            yield line


def _item(value: Node) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"- {write_scalar(value) if isinstance(value, str) else _flow(value)}"
        return
    for index, line in enumerate(_lines(value)):
        yield f"{'  ' if index else '- '}{line}"


def write_fields(fields: Mapping[str, Node], *, item: bool = False) -> str:
    """Write fields one below the other, so that they read back as they are.

    Args:
        fields: texts, lists and mappings by name, in the order in which they are to stand.
        item: whether they are one record of a list, which begins with `- `.

    Returns:
        Lines of YAML, each with its line end.
    """
    return "".join(f"{line}\n" for line in (_item(dict(fields)) if item else _lines(fields)))


def lengthen(document: Document, before: str, record: str) -> str | None:
    """Write what is to stand behind the end of a file so that it holds one record more.

    Args:
        document: the file as it is read.
        before: its text.
        record: the record as an item of a list.

    Returns:
        The new lines; None where the file is no list of records typed line by line, or would read otherwise afterwards.
    """
    if not isinstance(document.data, list) or document.body is not None:
        return None
    gap = "" if before.endswith("\n") else "\n"
    blank = "\n" if "\n\n-" in before or len(document.data) == 1 else ""
    more = f"{gap}{blank}{record}"
    longer, problems = parse(document.path, f"{before}{more}".encode())
    added, _ = parse(document.path, record.encode())
    if problems or longer is None or added is None or not isinstance(added.data, list):
        return None
    return more if longer.data == [*document.data, *added.data] else None
