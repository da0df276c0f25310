"""Adding an item to a list of a record: where it is typed, and as what. `None` where the typing leaves room for doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.diagnostics import Place
from generator.documents import write_scalar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.decode import Located
    from generator.documents import Document, Loc, Node

_ONE_BLANK_BEHIND_DASH = 2


def write_fields(fields: Mapping[str, object]) -> str:
    """Write fields as YAML between braces; values are texts, lists of texts, or fields again."""
    return f"{{{', '.join(f'{name}: {_write(value)}' for name, value in fields.items() if value)}}}"


def _write(value: object) -> str:
    if isinstance(value, dict):
        return write_fields(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_write, value))}]"
    return write_scalar(str(value), flow=True)


def _end_of(document: Document, loc: Loc) -> tuple[int, int] | None:
    """Find the end of a value: its own, or that of the last text in it."""
    ends = [extent[2:] for inner, extent in document.values.items() if inner[: len(loc)] == loc and extent[2]]
    # A text typed as a block (`|`, `>`) ends where the next thing begins: nothing can be added there.
    return max(ends) if ends and max(ends)[1] > 1 else None


def _is_flow(document: Document, loc: Loc) -> bool:
    return document.values[loc][2] > 0


def _insert(document: Document, end: tuple[int, int] | None, text: str) -> tuple[Place, str] | None:
    return (Place(document.path, *end, *end), text) if end is not None else None


def add_items(located: Located, field: str, items: Sequence[str], *, after: str = "") -> tuple[Place, str] | None:
    """Find where items are added at the end of a list of a record.

    Args:
        located: the record.
        field: the list, such as `log`; it need not be there yet.
        items: the items as YAML between braces or as plain words.
        after: the field behind which a short list is typed on one line where it is not there yet; else it is typed line
            by line at the end of the record.

    Returns:
        The place, which is empty, and the YAML to be typed there; None where that cannot be told.
    """
    document, loc = located.document, located.loc
    here = (*loc, field)
    typed = _find_node(document, here)
    if isinstance(typed, str):
        return Place(document.path, *document.values[here]), f"[{', '.join([typed, *items])}]"  # one id, without a list
    if isinstance(typed, list):
        return _extend(document, here, typed, items)
    own = [inner for inner in document.values if inner[:-1] == loc and len(inner) == len(loc) + 1]
    if here in own or not own:
        return None
    beside = (*loc, after) if (*loc, after) in own else max(own, key=lambda inner: document.values[inner][:2])
    end = _end_of(document, beside)
    if _is_flow(document, loc):
        return _insert(document, end, f", {field}: [{', '.join(items)}]")
    if beside not in document.keys:
        return None
    indent = " " * (document.keys[beside][1] - 1)
    lines = f" [{', '.join(items)}]" if after else "".join(f"\n{indent}  - {item}" for item in items)
    return _insert(document, end, f"\n{indent}{field}:{lines}")


def _extend(document: Document, here: Loc, typed: Sequence[Node], items: Sequence[str]) -> tuple[Place, str] | None:
    """Find where items are added to a list that is there."""
    if not typed:
        return Place(document.path, *document.values[here]), f"[{', '.join(items)}]"
    last = (*here, len(typed) - 1)
    end = _end_of(document, last)
    if _is_flow(document, here):
        return _insert(document, end, "".join(f", {item}" for item in items))
    dash = document.values[last][1] - _ONE_BLANK_BEHIND_DASH
    if here not in document.keys or dash - document.keys[here][1] not in (0, 2):
        return None
    indent = " " * (dash - 1)
    return _insert(document, end, "".join(f"\n{indent}- {item}" for item in items))


def _find_node(document: Document, loc: Loc) -> Node:
    """Find a value by its path; None where there is none."""
    node = document.data
    for step in loc:
        if isinstance(node, dict) and isinstance(step, str):
            node = node.get(step)
        elif isinstance(node, list) and isinstance(step, int):
            node = node[step]
        else:
            return None
    return node
