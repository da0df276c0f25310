"""The only writer: bring a folder to exactly the given files, or add a new file or new lines to `content/`."""

from generator.write.content import create, extend, replace_all
from generator.write.folders import (
    Changes,
    UnsafePathError,
    check_paths,
    keep_hidden,
    keep_nothing,
    prune,
    put,
    refuse_links,
    remove,
    sync,
)
from generator.write.holding import BusyError, Held, hold, is_held

__all__ = [
    "BusyError",
    "Changes",
    "Held",
    "UnsafePathError",
    "check_paths",
    "create",
    "extend",
    "hold",
    "is_held",
    "keep_hidden",
    "keep_nothing",
    "prune",
    "put",
    "refuse_links",
    "remove",
    "replace_all",
    "sync",
]
