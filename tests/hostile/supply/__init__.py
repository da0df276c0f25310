"""What comes from others: packages, their licences and known holes, and data, each known by hash, name and origin."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

from hostile.outcome import Outcome, Scale
from hostile.supply import audit, locks, origins, sbom
from hostile.supply.licences import judge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hostile.supply.audit import Answer


def attack(scale: Scale, _folder: Path, tell: Callable[[str], None]) -> Iterator[Outcome]:
    """Hold locks, licences and origins to their rules, list all parts, and ask for known holes where somebody answers."""
    yield check_locks()
    yield check_licences()
    yield check_origins()
    yield check_lists()
    if scale.whole:  # `make test` asks nobody
        tell("asking for known holes")
        yield _tell("Python packages asked about; a hole is known", audit.ask_pip())
        yield _tell("npm packages asked about; a hole is known", audit.ask_npm())


def check_locks() -> Outcome:
    """Every line of every lock file is a version with hashes, and none says where to fetch it."""
    failures = []
    count = 0
    for name in locks.LOCKS:
        text = (locks.PROJECT / name).read_text("utf-8")
        pins = locks.parse_lock(text)
        count += len(pins)
        begun = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        failures += [f"{name}: {line}: no version with hashes" for line in begun[len(pins) :]]
        failures += [f"{name}: {line}" for line in text.splitlines() if re.match(r"\s*-(?!-hash=)|.*://", line)]
    for pin in locks.read_npm():
        count += 1
        failures += [f"npm: {pin.name} has no hash"] if not re.fullmatch("[0-9a-f]{128}", pin.hashes[0]) else []
    return Outcome("pinned packages; one without a hash, or with an address", count, tuple(failures))


def check_licences() -> Outcome:
    """Every dependency has a licence that is allowed where it is used."""
    uses = [(pin, "site" if name in locks.SITE else "tests") for name in locks.LOCKS for pin in locks.read_lock(name)]
    uses += [(pin, "tests") for pin in locks.read_npm()]
    failures = [said for pin, use in uses if (said := judge(pin, use))]
    return Outcome("dependencies; one whose licence is unknown or not allowed", len(uses), tuple(failures))


def check_origins() -> Outcome:
    """All data of others in this repository say whose they are."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=locks.PROJECT, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if listed.returncode:
        return Outcome("files of data; one of unknown origin", 0, skipped="git lists nothing here")
    paths = sorted(path for path in listed.stdout.split("\0") if path and (locks.PROJECT / path).is_file())
    failures = origins.find_unknown(paths, origins.read_origins())
    return Outcome("files of data; one of unknown origin", len(origins.list_data(paths)), tuple(failures))


def check_lists() -> Outcome:
    """The lists of all parts keep to CycloneDX, name every package of the locks, and come out the same twice."""
    failures = []
    count = 0
    for use, read in (("site", sbom.read_site), ("tests", sbom.read_tests)):
        text = sbom.write(sbom.make_sbom(read(), use))
        count += text.count('"bom-ref"') - 1
        failures += [f"{use}: {said}" for said in find_faults(text)]
        failures += [] if text == sbom.write(sbom.make_sbom(reversed(read()), use)) else [f"{use}: not the same twice"]
    return Outcome("packages in the bills of materials; a fault in the list", count, tuple(failures))


def find_faults(text: str) -> list[str]:
    """List what is wrong with a bill of materials: it breaks the schema, or tells of this machine or this moment."""
    from cyclonedx.schema import SchemaVersion  # noqa: PLC0415 - slow to import
    from cyclonedx.validation.json import JsonStrictValidator  # noqa: PLC0415

    broken = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    found = [str(broken)[:300]] if broken else []
    own = {"a path": str(locks.PROJECT), "a serial number": '"serialNumber"', "a time": '"timestamp"'}
    return found + [f"it holds {what}" for what, mark in own.items() if mark in text]


def _tell(what: str, answer: Answer) -> Outcome:
    if not answer.asked:
        return Outcome(what, 0, answer.holes, skipped=answer.unasked)
    return Outcome(what, answer.asked, answer.holes, note=answer.unasked)
