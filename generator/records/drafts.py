"""The words of a claim that nobody has put in words yet: a draft only repeats what the source says."""

from __future__ import annotations

import re

_DRAFT = re.compile(r"\s*The text says:\s*[“\"„«].*[”\"“»][.!?…]*\s*", re.DOTALL)


def write_draft(quotation: str) -> str:
    """Write what a claim says until an editor says it in words of their own.

    Args:
        quotation: words of the source, as inline Markdown.
    """
    return f"The text says: “{quotation}”"


def is_draft(says: str) -> bool:
    """Tell whether the words of a claim are still a draft's."""
    return bool(_DRAFT.fullmatch(says))
