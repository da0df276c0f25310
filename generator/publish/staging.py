"""The staging folder into which MkDocs builds, and what of it goes to the site."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def collect(folder: Path, prefix: str = "") -> dict[str, Path]:
    """Return the files of a folder by POSIX path, sorted; hidden files and symbolic links are left out.

    Args:
        folder: gives nothing where it is missing.
        prefix: put before each path, as in `pagefind/`.
    """
    found: dict[str, Path] = {}
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            path = Path(place, name)
            if not name.startswith(".") and not path.is_symlink():
                found[prefix + path.relative_to(folder).as_posix()] = path
    return dict(sorted(found.items()))


def fingerprint(files: Mapping[str, Path]) -> dict[str, str]:
    """Return the SHA-256 of each file's bytes, in hexadecimal."""
    return {path: hashlib.sha256(source.read_bytes()).hexdigest() for path, source in files.items()}


def fingerprint_all(files: Mapping[str, Path]) -> str:
    """Return one SHA-256 over the paths and bytes of all files."""
    digest = hashlib.sha256()
    for path, value in sorted(fingerprint(files).items()):
        digest.update(f"{path}\0{value}\n".encode())
    return digest.hexdigest()
