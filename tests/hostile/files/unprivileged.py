"""Checks a site as an ordinary user, where root runs this; prints what may not be. All is imported before, as root."""

from __future__ import annotations

import os
import sys

from click.testing import CliRunner

from generator.cli import main as factsheet

_NOBODY = 65534
_SHUT = ("claims/shut.yml", "claims/shut", "claims/half-shut/a.yml")


def main(root: str) -> None:
    """Check twice: once to import everything, and once as nobody."""
    for command in (("check", "--all"), ("check", "--format", "json"), ("fmt", "--check"), ("desk",)):
        CliRunner().invoke(factsheet, [*command, "--root", root])
        os.seteuid(_NOBODY)
        done = CliRunner().invoke(factsheet, [*command, "--root", root])
        os.seteuid(0)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            sys.stdout.write(f"{command}: {type(done.exception).__name__}: {done.exception}\n")
        if command[0] == "check" and "shut" not in done.stdout:
            sys.stdout.write(f"{command}: nothing is said of {_SHUT}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
