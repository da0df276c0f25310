"""Harm to what builds have kept and published."""

from __future__ import annotations

import os
import shutil
import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

    from incremental.project import Project


_OF_PAGES = ("pages", "site")
"""Folders of which every file is known; what is cut or altered in others is made anew in every build."""


def harm_state(random: Random, project: Project) -> str:
    """Delete, cut off or alter the state."""
    path = project.root / "build" / "state.db"
    if not path.is_file():
        return ""
    data, status = bytearray(path.read_bytes()), path.stat()
    how = random.randrange(7)
    match how:
        case 0:
            path.unlink()
        case 1:
            path.write_bytes(data[: random.randrange(len(data))])
        case 2 | 3:
            data[random.randrange(len(data))] ^= 1 << random.randrange(8)
            path.write_bytes(data)
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        case 4:
            path.write_bytes(b"")
        case 5:
            path.unlink()
            path.mkdir()
        case _:
            name = random.choice(["stamp", "page stamp", "mark", "sound"])
            with sqlite3.connect(path) as connection:
                connection.execute("UPDATE meta SET value = 'other' WHERE name = ?", (name,))
            connection.close()
            return f"state: another {name}"
    return f"state harmed: {how}"


def harm_folders(random: Random, project: Project) -> str:
    """Delete a folder that builds have written, or delete, cut or alter a file of it."""
    folder = project.root / random.choice(["build/pages", "build/site", "build/static", "build/none", "build"])
    if not folder.is_dir():
        return ""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    if not files or random.random() < 0.3:
        shutil.rmtree(folder)
        return f"{folder.name}/ is gone"
    path = random.choice(files)
    name = path.relative_to(project.root)
    data = path.read_bytes()
    match random.choice(["gone", "cut", "altered"]):
        case "cut" if folder.name in _OF_PAGES:
            path.write_bytes(data[: len(data) // 2])
            return f"{name} is cut"
        case "altered" if folder.name in _OF_PAGES:
            path.write_bytes(data[::-1])
            return f"{name} is altered"
    path.unlink()
    return f"{name} is gone"


def harm_site(random: Random, project: Project) -> str:
    """Delete or alter a file of the site, or put one there that is not of it."""
    site = project.root / "site"
    files = sorted(path for path in site.rglob("*") if path.is_file()) if site.is_dir() else []
    if not files:
        return ""
    path = random.choice(files)
    match random.randrange(6):
        case 0:
            path.unlink()
        case 1:
            path.write_bytes(b"altered")
        case 2:
            status = path.stat()
            data = path.read_bytes()
            path.write_bytes(data[::-1])
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        case 3:
            path = site / random.choice(["foreign.html", "claims/foreign/index.html"])
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"foreign")
            (site / "404.html").unlink()  # as long as nothing of its own is amiss, nobody looks for what is foreign
        case 4:
            path.unlink()
            path.mkdir()
        case _:
            shutil.rmtree(site)
            return "site/ is gone"
    return f"harm to {path.relative_to(project.root)}"
