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
    remove,
    sync,
)

__all__ = [
    "Changes",
    "UnsafePathError",
    "check_paths",
    "create",
    "extend",
    "keep_hidden",
    "keep_nothing",
    "prune",
    "put",
    "remove",
    "replace_all",
    "sync",
]
