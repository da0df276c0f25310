"""A connection to the database of a state; whatever fails there becomes a `StateError`."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


class StateError(Exception):
    """The state cannot be used, and everything is to be made anew."""


class Connected:
    """What all tables share.

    Args:
        connection: to the database.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def _all(self, sql: str, *values: Any) -> list[Any]:  # noqa: ANN401 - what SQLite takes
        with translated():
            return self._connection.execute(sql, values).fetchall()

    def _one(self, sql: str, *values: Any) -> Any:  # noqa: ANN401 - what SQLite takes
        with translated():
            return self._connection.execute(sql, values).fetchone()


@contextmanager
def translated() -> Iterator[None]:
    """Turn a failure of the database, and data in it that are odd, into a `StateError`."""
    try:
        yield
    except (sqlite3.Error, OSError, ValueError, TypeError) as error:
        raise StateError(str(error)) from error
