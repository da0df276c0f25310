"""Which quotations and lists are open at a place of an article, however deep they nest and however badly they are closed."""

from __future__ import annotations

from collections import Counter

from generator.importers.article.blocks import DEEPEST, Container

LISTS = frozenset({"ul", "ol", "menu", "dir"})
"""Elements that are lists."""

KEPT_OPEN = LISTS | {"li", "blockquote", "article", "main", "pre"}
"""The elements of which it is known whether they are open."""


class Outline:
    """The open elements. Opening and closing costs no more than there are elements, whatever stands in the file.

    Attributes:
        open: how many elements of a name are open.
        containers: the quotations and items that are open, from outside in, as far as they are kept.
    """

    def __init__(self) -> None:
        self.open: Counter[str] = Counter()
        self.containers: list[Container] = []
        self._stack: list[tuple[str, bool]] = []  # names, and whether each is a container
        self._items: list[int] = []  # where lists and their items stand in the stack
        self._next_item: list[int | None] = []  # of each open list; None where it has no numbers
        self._number = 0

    def push(self, name: str, first: int = 1) -> None:
        """Open an element; an item ends the one before it, and without a list has one of its own.

        Args:
            name: one of `KEPT_OPEN`.
            first: with which number a list begins.
        """
        if name == "li":
            self.end_item()
            if not self._next_item:
                self.push("ul")
        if name in LISTS or name == "li":
            self._items.append(len(self._stack))
        if name in LISTS:
            self._next_item.append(first if name == "ol" else None)
        is_container = name in {"li", "blockquote"} and len(self.containers) < DEEPEST
        if is_container:
            self._number += 1
            self.containers.append(self._make_container(name))
        self._stack.append((name, is_container))
        self.open[name] += 1

    def _make_container(self, name: str) -> Container:
        if name == "blockquote":
            return Container("quote", self._number, ">")
        order = self._next_item[-1]
        if order is None:
            return Container("item", self._number, "-")
        self._next_item[-1] = order + 1
        return Container("item", self._number, f"{order}.")

    def end(self, name: str) -> None:
        """Close an element with all that is open in it; an item only if it is that of the innermost list."""
        if name == "li":
            self.end_item()
        elif self.open[name]:
            while self._stack[-1][0] != name:
                self._pop()
            self._pop()

    def end_item(self) -> None:
        """Close the item that is open in the innermost list."""
        if self._items and self._stack[self._items[-1]][0] == "li":
            at = self._items[-1]
            while len(self._stack) > at:
                self._pop()

    def _pop(self) -> None:
        name, is_container = self._stack.pop()
        self.open[name] -= 1
        if is_container:
            self.containers.pop()
        if name in LISTS:
            self._next_item.pop()
        if self._items and self._items[-1] == len(self._stack):
            self._items.pop()
