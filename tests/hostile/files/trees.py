"""Git repositories that were made to harm whoever compares with them."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from hostile.files.contained import run
from hostile.files.sites import lay_out
from hostile.outcome import Outcome, Scale

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_PROGRAMS = (
    "core.fsmonitor",
    "core.pager",
    "core.editor",
    "core.sshCommand",
    "core.gitProxy",
    "diff.external",
    "diff.lamp.textconv",
    "diff.lamp.command",
    "merge.lamp.driver",
    "filter.lamp.clean",
    "filter.lamp.smudge",
    "filter.a=b.clean",
    "filter.long.process",
    "gpg.program",
    "gpg.ssh.program",
    "alias.status",
    "alias.log",
    "credential.helper",
    "uploadpack.packObjectsHook",
    "sequence.editor",
    "pager.log",
    "pager.status",
)
_COMMANDS = (
    ("check",),
    ("check", "--base", "HEAD"),
    ("check", "--base", "first"),
    ("diff", "HEAD"),
    ("diff", "first", "--format", "json"),
    ("fmt", "--check"),
    ("texts",),
    ("build", "--no-search"),
)
_NAMES = (
    "../../escape.yml",
    "a\nb.yml",
    "\x1b[31m.yml",
    "::error::.yml",
    "..",
    ".git",
    "con.yml",
    "A.yml",
    "a.yml",
    "-x.yml",
    "x" * 400,
)
_BLOB = "- id: lamp-{}\n  says: The bridge is closed.\n  kind: fact\n"


def _git(root: Path, *arguments: str, data: bytes = b"") -> str:
    command = [
        "git",
        "-C",
        str(root),
        "-c",
        "user.name=d",
        "-c",
        "user.email=d@desk.example",
        "-c",
        "core.fsmonitor=false",
        *arguments,
    ]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(command, input=data, capture_output=True, check=True, env=environment)
    return done.stdout.decode().strip()


def attack(scale: Scale, folder: Path, tell: Callable[[str], None]) -> Iterator[Outcome]:
    """Compare with repositories whose settings name programs, and with trees that no editor made."""
    tell("git repositories made to harm")
    commands = _COMMANDS if scale.whole else (_COMMANDS[0], _COMMANDS[2])
    yield _check_programs(folder / "programs", commands)
    yield _check_trees(folder / "trees", whole=scale.whole)


def _begin(folder: Path) -> Path:
    folder.mkdir()
    site = lay_out(folder / "site", templates=True)
    _git(site, "init", "-q", "-b", "main")
    _git(site, "add", "-A")
    _git(site, "commit", "-qm", "first")
    _git(site, "tag", "first")
    return site


def _check_programs(folder: Path, commands: tuple[tuple[str, ...], ...]) -> Outcome:
    """Let every setting, attribute and hook that can name a program name one that leaves a trace."""
    site = _begin(folder)
    trace, program = folder / "trace", folder / "program"
    program.write_text(f'#!/bin/sh\necho "$0 $*" >> {trace}\ncat\n', "ascii")
    program.chmod(0o755)
    attributes = "*.yml filter=lamp diff=lamp merge=lamp\n*.md filter=long diff=lamp\ncontent/settings.yml filter=a=b\n"
    (site / ".gitattributes").write_text(attributes, "ascii")
    (site / ".git" / "info" / "attributes").write_text(attributes, "ascii")
    _git(site, "add", "-A")
    _git(site, "commit", "-qm", "attributes")
    for name in _PROGRAMS:
        _git(site, "config", name, str(program))
    for name, value in (
        ("log.showSignature", "true"),
        ("filter.lamp.required", "true"),
        ("core.hooksPath", str(folder)),
    ):
        _git(site, "config", name, value)
    for hook in ("post-index-change", "fsmonitor-watchman", "reference-transaction", "post-checkout"):
        for place in (folder, site / ".git" / "hooks"):
            (place / hook).write_bytes(program.read_bytes())
            (place / hook).chmod(0o755)
    (site / ".gitmodules").write_text(
        '[submodule "m"]\n\tpath = content/m\n\turl = ext::sh -c "touch x"\n\tupdate = !sh\n', "ascii"
    )
    failures = []
    for command in commands:
        for file in sorted((site / "content").rglob("*.*")):
            os.utime(file)  # git has to look into them, through the filters
        ended = run("generator", *command, "--root", ".", folder=site)
        if ended.odd:
            failures.append(f"{' '.join(command)}: {ended.odd}")
        if trace.exists():
            failures.append(f"{' '.join(command)} started {trace.read_text('utf-8').splitlines()[0]}")
            trace.unlink()
    return Outcome(
        "programs that a repository names, by commands; one that was started",
        len(_PROGRAMS) * len(commands),
        tuple(failures),
    )


def _check_trees(folder: Path, *, whole: bool) -> Outcome:
    """Compare with commits whose content holds names and kinds that no file system gives."""
    site = _begin(folder)
    commands = (("diff", "HEAD"), ("check", "--base", "HEAD")) if whole else (("diff", "HEAD"),)
    failures, tried = [], 0
    head = _git(site, "rev-parse", "first")
    huge = _git(site, "hash-object", "-w", "--stdin", data=b"says: " + b"x" * 30_000_000)
    link = _git(site, "hash-object", "-w", "--stdin", data=b"/etc/passwd")
    zero = _git(site, "hash-object", "-w", "--stdin", data=b"says: \0\n")
    rows = [
        f"100644 blob {huge}\thuge.yml",
        f"120000 blob {link}\tlink.yml",
        f"160000 commit {head}\tmodule",
        f"100644 blob {zero}\tzero.yml",
    ]
    for number, name in enumerate(_NAMES):
        blob = _git(site, "hash-object", "-w", "--stdin", data=_BLOB.format(number).encode())
        if "/" not in name:
            rows.append(f"100644 blob {blob}\t{name}")
    rows.append(f"100755 blob {'0' * 39}1\tabsent.yml")
    chosen_rows = [rows[:-1], rows[-1:], *([row] for row in rows[:6])]
    for number, chosen in enumerate(chosen_rows if whole else chosen_rows[:1]):
        claims = _git(site, "mktree", "-z", "--missing", data="\0".join(chosen).encode() + b"\0")
        deep = claims
        for _ in range(0 if number else 300 if whole else 30):
            deep = _git(site, "mktree", data=f"040000 tree {deep}\tfolder\n".encode())
        listed = _git(site, "ls-tree", "first:content").splitlines()
        kept = [row for row in listed if not row.endswith("\tclaims")]
        content = _git(
            site,
            "mktree",
            data="\n".join([*kept, f"040000 tree {claims}\tclaims", f"040000 tree {deep}\tevents"]).encode() + b"\n",
        )
        top = _git(site, "mktree", data=f"040000 tree {content}\tcontent\n".encode())
        commit = _git(site, "commit-tree", top, "-p", "first", "-m", "odd")
        _git(site, "update-ref", "refs/heads/main", commit)
        for command in commands:
            tried += len(chosen)
            ended = run("generator", *command, "--root", ".", folder=site, seconds=60)
            if ended.odd:
                failures.append(f"{' '.join(command)} with {chosen[0][:60]!r}: {ended.odd}")
            if "root:" in ended.out + ended.err:
                failures.append(f"{' '.join(command)}: it shows what a link leads to")
    return Outcome("comparisons with trees that no editor made; a traceback, a link followed", tried, tuple(failures))
