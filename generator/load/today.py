"""The day of the build."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from generator.load import git
from generator.load.names import CONTENT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_EPOCH = re.compile(r"[0-9]{1,11}")  # seconds up to the year 5138; anything else is ignored


def read_today(root: Path, environment: Mapping[str, str]) -> date:
    """Find the day of the build, so that equal inputs give equal sites.

    Args:
        root: the project's folder.
        environment: the process's environment variables.

    Returns:
        The UTC day of SOURCE_DATE_EPOCH, if it is set (https://reproducible-builds.org/specs/source-date-epoch/); else
        of the last commit, where `content/` has no uncommitted change; else the clock's.
    """
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    if _EPOCH.fullmatch(epoch):
        return datetime.fromtimestamp(int(epoch), UTC).date()
    if git.is_clean(root, CONTENT):
        committed = git.ask(root, "log", "-1", "--format=%ct")
        if committed:
            return datetime.fromtimestamp(int(committed), UTC).date()
    return datetime.now(UTC).date()
