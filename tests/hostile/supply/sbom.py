"""Writes what the program is made of, as CycloneDX 1.6 (ECMA-424): `make sbom`.

`build/sbom.cdx.json` lists what `requirements.txt` installs, and so what makes a site; `build/sbom-tests.cdx.json` lists what
only tests and attacks load, of Python and npm. Hashes are those of the lock files; of programs and libraries that are compiled
and lie in a package, each file is named with its own. No clock, no path and no random number: the same locks and platform
give the same bytes. The system's Python, git, Chromium, Java and Node.js are not listed: they come from the system.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import tomllib
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import click
from packaging.requirements import Requirement

from hostile.supply.licences import find_licence
from hostile.supply.locks import PROJECT, SITE, TESTS, Pin, find_installed, read_lock, read_npm

if TYPE_CHECKING:
    from collections.abc import Iterable

_COMPILED = (b"\x7fELF", b"MZ", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")  # Linux, Windows, macOS
_SPDX_NAME = re.compile(r"[A-Za-z0-9.-]+")


def make_sbom(pins: Iterable[Pin], use: str) -> dict[str, Any]:
    """List some packages, as far as they are installed on this platform.

    Args:
        pins: of the lock files.
        use: what they are for: `site` or `tests`.
    """
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    here = {pin.purl: pin for pin in pins if pin.is_for_here}
    names = {pin.name: pin.purl for pin in here.values() if pin.kind == "pypi"}
    root = f"pkg:generic/{project['name']}@{project['version']}"
    depends = {pin.purl: _find_needed(pin, names) for pin in here.values()}
    asked = project["dependencies"] if use == "site" else ()
    needed = {names[_name(line)] for line in asked if _name(line) in names} or set(here)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": root,
                "name": project["name"],
                "version": project["version"],
                "description": project["description"],
                "licenses": [{"license": {"id": project["license"]}}],
            },
            "properties": [
                {"name": "factsheet:for", "value": use},
                {"name": "factsheet:platform", "value": sys.platform},
            ],
        },
        "components": [_describe(pin) for _, pin in sorted(here.items())],
        "dependencies": [
            {"ref": root, "dependsOn": sorted(needed)},
            *({"ref": purl, "dependsOn": sorted(refs)} for purl, refs in sorted(depends.items())),
        ],
    }


def read_site() -> list[Pin]:
    """What makes a site."""
    return [pin for name in SITE for pin in read_lock(name)]


def read_tests() -> list[Pin]:
    """What only tests and attacks load."""
    of_site = {pin.purl for pin in read_site()}
    return [*(pin for name in TESTS for pin in read_lock(name) if pin.purl not in of_site), *read_npm()]


def write(bom: dict[str, Any]) -> str:
    """Write it as JSON."""
    return json.dumps(bom, ensure_ascii=False, indent=2) + "\n"


def _describe(pin: Pin) -> dict[str, Any]:
    algorithm = "SHA-256" if pin.kind == "pypi" else "SHA-512"
    files = [{"alg": algorithm, "content": digest} for digest in sorted(pin.hashes)]
    licence = find_licence(pin)
    component: dict[str, Any] = {
        "type": "library",
        "bom-ref": pin.purl,
        "name": pin.name,
        "version": pin.version,
        "purl": pin.purl,
        "licenses": [{"license": {"id": licence}} if _is_id(licence) else {"expression": licence}] if licence else [],
        "externalReferences": [
            {
                "type": "distribution",
                "url": pin.purl,
                "comment": "any of the files that the lock file lets in",
                "hashes": files,
            }
        ],
    }
    if installed := find_installed(pin) if pin.kind == "pypi" else None:
        component["description"] = str(installed.metadata["Summary"] or "").strip()
        if compiled := _find_compiled(pin):
            component["components"] = compiled
    return component


def _is_id(licence: str) -> bool:
    return bool(_SPDX_NAME.fullmatch(licence)) and not licence.startswith("LicenseRef-")


@cache
def _find_compiled(pin: Pin) -> list[dict[str, Any]]:
    """The programs and libraries in a package: nobody can read what is in them, so each is named with its hash."""
    installed = find_installed(pin)
    found = []
    for path in sorted((installed.files if installed else None) or (), key=str):
        file = Path(path.locate())
        if ".." in PurePosixPath(path).parts or not file.is_file():  # a script of bin/
            continue
        with file.open("rb") as handle:
            head = handle.read(4)
            if not head.startswith(_COMPILED):
                continue
            handle.seek(0)
            digest = hashlib.file_digest(handle, "sha256").hexdigest()
        hashes = [{"alg": "SHA-256", "content": digest}]
        found.append({"type": "file", "name": str(path), "hashes": hashes})
    return found


def _find_needed(pin: Pin, names: dict[str, str]) -> set[str]:
    installed = find_installed(pin) if pin.kind == "pypi" else None
    if installed is None:
        return set()
    asked = [Requirement(line) for line in installed.requires or ()]
    asked = [one for one in asked if one.marker is None or one.marker.evaluate({"extra": ""})]
    return {names[name] for one in asked if (name := _name(one.name)) in names}


def _name(requirement: str) -> str:
    """The name in a requirement, as registries write it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=~! ;\[]", requirement)[0]).lower()


def main() -> None:
    """Write both lists, and say what they hold."""
    folder = PROJECT / "build"
    folder.mkdir(exist_ok=True)
    for use, file, pins in (("site", "sbom.cdx.json", read_site()), ("tests", "sbom-tests.cdx.json", read_tests())):
        bom = make_sbom(pins, use)
        (folder / file).write_text(write(bom), "utf-8")
        compiled = sum(len(one.get("components", ())) for one in bom["components"])
        click.echo(f"build/{file}: {len(bom['components'])} packages, with {compiled} compiled files in them")


if __name__ == "__main__":
    main()
