"""What a build tells of the pages it has made: what stops it, and links that lead nowhere."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from generator.checks import LEAK, Leak, tell_leaks
from generator.diagnostics import Diagnostic, Place

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from generator.link import Library
    from generator.plugin.making import Made

log = logging.getLogger("mkdocs.plugins.factsheet")


def tell(
    library: Library, made: Iterable[Made], again: Iterable[tuple[str, Leak]], paths: Iterable[str]
) -> tuple[Diagnostic, ...]:
    """Tell what stops the build; a leak is told on the first page of the site that has it.

    Args:
        library: the linked records.
        made: what was made anew.
        again: leaks in what was not.
        paths: everything that is published, in the order of the site.
    """
    parts = tuple(made)
    found = [Diagnostic(Place(path, line), *said) for part in parts for path, line, *said in part.problems]
    leaks = [*((path, Leak(*leak)) for part in parts for path, *leak in part.leaks), *again]
    places = {path: place for place, path in enumerate(paths)} if leaks else {}
    findings = tell_leaks(library, sorted(leaks, key=lambda one: places[one[0]]))
    found += (Diagnostic(one.place, LEAK.code, one.message, one.help, LEAK.severity) for one in findings)
    return tuple(dict.fromkeys(found))


def warn_of_dead_links(made: Made, pages: Container[str], in_nav: Iterable[str]) -> bool:
    """Log links that lead nowhere; tell whether there are any."""
    absent = [path for path in in_nav if path not in pages]
    dead = sorted((path, target) for target, path in made.links if target.endswith(".md") and target not in pages)
    for path in absent:
        log.warning("The navigation in mkdocs.yml names '%s', and there is no such page.", path)
    for path, target in dead:
        log.warning("Page '%s' links to '%s', and there is no such page.", path, target)
    for path, anchor in sorted(made.astray):
        log.warning("Page '%s' links to '#%s', and there is no such anchor on it.", path, anchor)
    return bool(absent or dead or made.astray)
