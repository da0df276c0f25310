"""Progress of long work, shown on standard error while it is a terminal, and nowhere else."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def say_nothing(_step: str) -> None:
    """Take the place of a progress line where nobody watches."""


@contextmanager
def progress_line() -> Iterator[Callable[[str], None]]:
    """Give a function that shows the current step on a line that vanishes at the end."""
    if not sys.stderr.isatty():
        yield say_nothing
        return
    from rich.console import Console  # noqa: PLC0415 (a fifth of a second that `--help` does not need)
    from rich.text import Text  # noqa: PLC0415

    with Console(stderr=True).status("") as status:
        yield lambda step: status.update(Text(step))
