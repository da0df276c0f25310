"""Under which licence each dependency is, and whether `licences.yml` lets it be used where it is."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from license_expression import LicenseSymbol, get_spdx_licensing  # type: ignore[import-untyped]

from hostile.supply.locks import find_installed

if TYPE_CHECKING:
    from hostile.supply.locks import Pin

_FILE = Path(__file__).with_name("licences.yml")
_LONGEST = 80  # letters of the name of a licence; what is longer is its text


@cache
def read_rules() -> dict[str, Any]:
    """What is allowed and why, as `licences.yml` has it."""
    rules: dict[str, Any] = yaml.safe_load(_FILE.read_text("utf-8"))
    return rules


@cache
def _spdx() -> Any:
    return get_spdx_licensing()  # made of two thousand names each time


def find_licence(pin: Pin) -> str:
    """Find a package's licence as an SPDX expression; empty where none is known.

    What somebody has read goes before what the package says: its expression (PEP 639), its classifiers, its words.
    """
    rules = read_rules()
    if pin.name in rules["packages"]:
        return str(rules["packages"][pin.name]["licence"])
    if pin.licence:
        return pin.licence
    installed = find_installed(pin, any_version=True)  # another platform or Python has another version
    if installed is None:
        return ""
    said = installed.metadata
    if expression := said["License-Expression"]:
        return str(expression)
    classified = [
        one.rpartition(" :: ")[2] for one in said.get_all("Classifier") or () if one.startswith("License :: ")
    ]
    words = [one for one in (str(said["License"] or ""), *classified) if 0 < len(one) <= _LONGEST]
    for one in words:
        found = rules["words"].get(one, one)
        if _is_known(found):
            return str(found)
    return ""


def judge(pin: Pin, use: str) -> str:
    """Tell what is wrong with using a package for `site` or `tests`; empty where nothing is."""
    licence = find_licence(pin)
    where = f"{pin.name} {pin.version}"
    if not licence:
        return f"{where}: no licence is known; read it and enter it in {_FILE.name}"
    if not _is_known(licence):
        return f"{where}: {licence} is no expression of SPDX"
    allowed = {name for family in read_rules()["allowed"] if use in family["for"] for name in family["licences"]}
    return "" if _allows(_spdx().parse(licence), allowed) else f"{where}: {licence} is not allowed for the {use}"


def _is_known(expression: str) -> bool:
    errors = _spdx().validate(expression.replace("LicenseRef-Public-Domain", "MIT")).errors
    return not errors


def _allows(parsed: Any, allowed: set[str]) -> bool:
    """Whether all parts joined by AND are allowed, and one of those joined by OR; an exception (WITH) has its own name."""
    if isinstance(parsed, LicenseSymbol) or not parsed.args:
        return str(parsed) in allowed
    choose = any if type(parsed).__name__ == "OR" else all
    return choose(_allows(part, allowed) for part in parsed.args)
