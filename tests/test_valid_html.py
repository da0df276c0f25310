"""Every page, style sheet and picture is valid, says vnu, the checker of those who write the standards."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from conftest import Tree, serve

if TYPE_CHECKING:
    from pathlib import Path

TIMEOUT = 240
# vnu asks this machine for nothing unless told to. By address, not as files, it can also tell what a page's security
# policy lets it load, so that no message needs to be left out.
OWN_HOST = "-Dnu.validator.servlet.allow-forbidden-hosts=true"


def find_files(site: Path, *suffixes: str) -> list[str]:
    """The files of a site with these suffixes; those below pagefind/ are not ours."""
    paths = (path.relative_to(site) for path in sorted(site.rglob("*")) if path.suffix in suffixes)
    return [path.as_posix() for path in paths if path.parts[0] != "pagefind"]


def ask_vnu(vnu: tuple[str, ...], *arguments: str) -> list[dict[str, str]]:
    """What vnu says of some files or addresses, errors and warnings alike."""
    java, *options = vnu
    done = subprocess.run(
        [java, OWN_HOST, *options, "--format", "json", "--stdout", *arguments],
        capture_output=True,
        encoding="utf-8",
        timeout=TIMEOUT,
        check=False,
    )
    assert done.stderr == ""
    messages: list[dict[str, str]] = json.loads(done.stdout)["messages"]
    return messages


def invalid_parts(vnu: tuple[str, ...], site: Path) -> list[str]:
    """What is wrong with a site's files, as `name:line: message extract`; empty if all is well."""
    with serve(site) as address:
        pages = [f"{address}/{name}" for name in find_files(site, ".html", ".css")]
        messages = ask_vnu(vnu, "--also-check-css", *pages)
    pictures = [str(site / name) for name in find_files(site, ".svg")]  # which it knows by their name only
    messages += ask_vnu(vnu, "--svg", *pictures)
    return [
        f"{one['url'].removeprefix(f'{address}/').removeprefix(f'file:{site}/')}:{one.get('lastLine', 1)}: "
        f"{one['message']} {one.get('extract', '').strip()}"
        for one in messages
    ]


def test_everything_on_the_real_site_is_valid(vnu: tuple[str, ...], built_site: Tree) -> None:
    assert invalid_parts(vnu, built_site.site) == []


def test_everything_on_the_sample_is_valid(vnu: tuple[str, ...], built_sample: Tree) -> None:
    assert invalid_parts(vnu, built_sample.site) == []


HEAD = '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>x</title>'
POLICY = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">"
PLANTED = {
    "index.html": (f'{HEAD}<h1>x</h1><p id="a">A</p><p id="a">B</p>', "Duplicate ID “a”"),
    "claims/a/index.html": (f"{HEAD}<h1>x</h1><ul><p>A</p></ul>", "not allowed as child of element “ul”"),
    "claims/b/index.html": (f'{HEAD}<h1>x</h1><p><a href="a b">A</a>', "Bad value “a b”"),
    "claims/c/index.html": (f'{HEAD}<h1>x</h1><svg><rect hieght="1"/></svg>', "“hieght”"),
    "claims/d/index.html": (f'{HEAD}{POLICY}<script src="a.js"></script><h1>x</h1>', "violates Content Security Policy"),
    "claims/e/index.html": (f"{HEAD}<h1>x</h1><section><p>A</section>", "lacks heading"),
    "assets/style.css": ("a { colr: red }", "Property “colr” doesn't exist"),
    "assets/icon.svg": ('<svg xmlns="http://www.w3.org/2000/svg"><circle radius="1"/></svg>', "“radius”"),
}


@pytest.fixture(scope="module")
def planted_errors(vnu: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    site = tmp_path_factory.mktemp("planted")
    for name, (source, _) in PLANTED.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(source, "utf-8")
    return invalid_parts(vnu, site)


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_error_is_seen(planted_errors: list[str], name: str) -> None:
    assert [line for line in planted_errors if line.startswith(f"{name}:") and PLANTED[name][1] in line] != []
