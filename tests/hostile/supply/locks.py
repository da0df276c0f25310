"""What the lock files pin: packages of Python and of npm, with the hashes of the files that may be installed."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.markers import Marker
from packaging.version import Version

PROJECT = Path(__file__).parents[3]
SITE = ("requirements.txt",)
TESTS = ("requirements-test.txt", "requirements-sdist.txt", "requirements-hostile.txt")
APART = ("requirements-bench.txt", "requirements-lock.txt")  # in environments of their own
LOCKS = (*SITE, *TESTS, *APART)
NPM = PROJECT / "tests/npm/package-lock.json"
_PIN = re.compile(r"^([a-z0-9-]+)==([\w.]+)(?: ; ([^\\\n]+))?((?: \\\n    --hash=sha256:[0-9a-f]{64})+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Pin:
    """One package of a lock file.

    Args:
        name: as its registry has it.
        version: the only one that is installed.
        kind: `pypi` or `npm`.
        marker: where it is installed (PEP 508); empty for everywhere.
        hashes: of each file that may be installed, whichever fits the platform: SHA-256, for npm SHA-512, in hexadecimal.
        licence: as the lock file states it; that of Python's packages stands in the packages.
    """

    name: str
    version: str
    kind: str = "pypi"
    marker: str = ""
    hashes: tuple[str, ...] = ()
    licence: str = ""

    @property
    def purl(self) -> str:
        """The package URL (https://github.com/package-url/purl-spec)."""
        return f"pkg:{self.kind}/{self.name.replace('@', '%40')}@{self.version}"

    @property
    def is_for_here(self) -> bool:
        """Whether it is installed on this platform."""
        return not self.marker or Marker(self.marker).evaluate()


def read_lock(name: str) -> list[Pin]:
    """Read a lock file of Python packages, by its name in the project."""
    return parse_lock((PROJECT / name).read_text("utf-8"))


def parse_lock(text: str) -> list[Pin]:
    """Read the text of a lock file as uv writes it."""
    return [
        Pin(found[1], found[2], marker=found[3] or "", hashes=tuple(re.findall("[0-9a-f]{64}", found[4])))
        for found in _PIN.finditer(text)
    ]


def read_npm() -> list[Pin]:
    """Read what npm's lock file pins, one pin for each name and version."""
    typed = json.loads(NPM.read_text("utf-8"))["packages"]
    pins = {}
    for path, one in typed.items():
        if path:
            name = path.rpartition("node_modules/")[2]
            digest = base64.b64decode(one["integrity"].removeprefix("sha512-")).hex()
            pins[name, one["version"]] = Pin(name, one["version"], "npm", "", (digest,), one.get("license", ""))
    return list(pins.values())


def find_installed(pin: Pin, *, any_version: bool = False) -> metadata.Distribution | None:
    """The package as it is installed beside this program; None where it is not, or in another version."""
    try:
        found = metadata.distribution(pin.name)
    except metadata.PackageNotFoundError:
        return None
    return found if any_version or Version(found.version) == Version(pin.version) else None
