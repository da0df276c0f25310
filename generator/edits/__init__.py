"""Changes to typed text as replacements at known positions; what is not meant stays, character by character."""

from generator.edits.formatting import NotProvedError, format_file
from generator.edits.proof import find_differences, find_new
from generator.edits.renaming import Content, Renaming, apply_renaming, plan_renaming
from generator.edits.request import RefusedError, Request, read_request
from generator.edits.surgery import Edit, OverlapError, Typed, apply, read_typed

__all__ = [
    "Content",
    "Edit",
    "NotProvedError",
    "OverlapError",
    "RefusedError",
    "Renaming",
    "Request",
    "Typed",
    "apply",
    "apply_renaming",
    "find_differences",
    "find_new",
    "format_file",
    "plan_renaming",
    "read_request",
    "read_typed",
]
