"""Every random edit with how often it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incremental.harm import harm_folders, harm_site, harm_state
from incremental.of_records import (
    add_record,
    edit_field,
    edit_text,
    move_record,
    remove_record,
    rename_file,
    rename_record,
    reorder_records,
)
from incremental.of_the_rest import (
    add_comment,
    another_day,
    break_file,
    do_nothing,
    edit_configuration,
    edit_corrections,
    edit_kept_text,
    edit_page,
    edit_settings,
    edit_template,
    edit_unseen,
    edit_vocabulary,
    touch_files,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from incremental.project import Project

EDITS: tuple[tuple[int, Callable[[Random, Project], str]], ...] = (
    (30, edit_field), (5, add_record), (4, remove_record), (4, move_record), (3, reorder_records), (3, rename_file),
    (4, rename_record), (5, edit_text), (5, edit_corrections), (5, edit_page), (2, edit_settings), (2, edit_vocabulary),
    (1, edit_kept_text), (3, edit_template), (1, edit_configuration), (5, another_day), (2, touch_files), (1, do_nothing),
    (2, edit_unseen), (2, add_comment), (2, break_file), (4, harm_state), (3, harm_folders), (3, harm_site),
)  # fmt: skip
"""How often, and what: each does something and tells what; the empty text means that there was nothing to do."""


def make_edit(random: Random, project: Project) -> str:
    """Make one random edit, and tell what it was."""
    while True:
        (edit,) = random.choices([edit for _, edit in EDITS], [weight for weight, _ in EDITS])
        done = edit(random, project)
        if done:
            return f"{edit.__name__}: {done}"
