"""What every target shares: the law that was broken, and how an input of bytes is cut into what a target needs."""

from __future__ import annotations

from typing import NoReturn


def broken(law: str, *shown: object) -> NoReturn:
    """Say which law an input has broken.

    Args:
        law: the law, as a sentence.
        shown: what was seen, for whoever looks for the reason.

    Raises:
        AssertionError: always.
    """
    raise AssertionError(f"{law}: {', '.join(f'{one!r:.300}' for one in shown)}" if shown else law)


def hold(law: str, kept: object, *shown: object) -> None:
    """See that a law is kept.

    Raises:
        AssertionError: it is not.
    """
    if not kept:
        broken(law, *shown)


def take_choice(data: bytes, choices: int) -> tuple[int, bytes]:
    """Take the choice that an input makes with its first byte: a control character below `choices`, else the first."""
    if data and data[0] < choices:
        return data[0], data[1:]
    return 0, data


def as_text(data: bytes) -> str:
    """Give bytes as text; what is not UTF-8 becomes the sign for that."""
    return data.decode("utf-8", "replace")
