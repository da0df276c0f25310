"""Inputs that broke a law once: small files beside this package, each of which `make test` tries again."""

from __future__ import annotations

import hashlib
import traceback
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

FINDINGS = Path(__file__).parents[1] / "findings"
"""A folder for each target."""

_ENDING = ".input"


@dataclass(frozen=True, slots=True)
class Failure:
    """How an input failed.

    Attributes:
        mark: tells it from other failures: the exception, the law, and where it was raised in our own code.
        told: the traceback.
    """

    mark: str
    told: str

    @property
    def name(self) -> str:
        """A short name for files."""
        return hashlib.sha256(self.mark.encode("utf-8", "replace")).hexdigest()[:12]


def list_findings(target: str) -> list[Path]:
    """List the inputs that are kept for a target."""
    return sorted((FINDINGS / target).glob(f"*{_ENDING}"))


def attempt(run: Callable[[bytes], None], data: bytes) -> Failure | None:
    """Try an input; None where all laws are kept."""
    try:
        run(data)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is a finding; what is written in Rust panics with this
        return _describe(error)
    return None


def _describe(error: BaseException) -> Failure:
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "/generator/" in frame.filename] or frames
    where = f"{PurePath(own[-1].filename).name} {own[-1].name}" if own else ""
    law = str(error).partition(":")[0][:100] if isinstance(error, AssertionError) else ""
    told = "".join(traceback.format_exception(error))
    return Failure(f"{type(error).__name__} {law} {where}", told[-6_000:])


class Collector:
    """Keeps the shortest input of each failure in a folder, as it is found."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._shortest: dict[str, int] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, failure: Failure, data: bytes) -> bool:
        """Keep an input, unless a shorter one failed in the same way; tell whether none has yet."""
        known = self._shortest.get(failure.mark)
        if known is None or len(data) < known:
            self._shortest[failure.mark] = len(data)
            (self._folder / f"{failure.name}{_ENDING}").write_bytes(data)
            (self._folder / f"{failure.name}.txt").write_text(f"{failure.mark}\n\n{failure.told}", "utf-8", "replace")
        return known is None


def shrink(run: Callable[[bytes], None], data: bytes, mark: str, *, tries: int = 3_000) -> bytes:
    """Take out of an input what its failure does not need.

    Args:
        run: the target.
        data: the input.
        mark: of its failure.
        tries: how many inputs are tried at most.
    """
    size = max(1, len(data) // 2)
    while size and tries > 0:
        place = 0
        while place < len(data) and tries > 0:
            shorter = data[:place] + data[place + size :]
            tries -= 1
            failure = attempt(run, shorter)
            if failure is not None and failure.mark == mark:
                data = shorter
            else:
                place += size
        size //= 2
    return data
