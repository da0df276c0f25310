"""Every page, style sheet and picture is valid, says vnu, the checker of those who write the standards."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING

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


def join_sheets(site: Path) -> str:
    """All style sheets in one, the first one first: a sheet may use variables that another one defines."""
    sheets = sorted(find_files(site, ".css"), key=lambda name: not name.endswith("/style.css"))
    return "\n".join((site / name).read_text("utf-8") for name in sheets)


def invalid_parts(vnu: tuple[str, ...], site: Path, scratch: Path) -> list[str]:
    """What is wrong with a site's files, as `name:line: message extract`; empty if all is well."""
    sheet = scratch / "sheets.css"
    sheet.write_text(join_sheets(site), "utf-8")
    pictures = [str(site / name) for name in find_files(site, ".svg")]  # which vnu knows by their names only
    messages = ask_vnu(vnu, "--also-check-css", "--also-check-svg", str(sheet), *pictures)
    with serve(site) as address:
        messages += ask_vnu(vnu, *(f"{address}/{name}" for name in find_files(site, ".html")))
    folders = re.compile("|".join(re.escape(folder) for folder in (f"{address}/", f"file:{site}/", f"file:{scratch}/")))
    return [
        f"{folders.sub('', one['url'], count=1)}:{one.get('lastLine', 1)}: {one['message']} {one.get('extract', '').strip()}"
        for one in messages
    ]


def test_everything_on_the_real_site_is_valid(vnu: tuple[str, ...], built_site: Tree, tmp_path: Path) -> None:
    assert invalid_parts(vnu, built_site.site, tmp_path) == []


def test_everything_on_the_sample_is_valid(vnu: tuple[str, ...], built_sample: Tree, tmp_path: Path) -> None:
    assert invalid_parts(vnu, built_sample.site, tmp_path) == []


HEAD = '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>x</title>'
POLICY = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
PLANTED = {
    "index.html": (f'{HEAD}<h1>x</h1><p id="a">A</p><p id="a">B</p>', "Duplicate ID “a”"),
    "claims/a/index.html": (f"{HEAD}<h1>x</h1><ul><p>A</p></ul>", "not allowed as child of element “ul”"),
    "claims/b/index.html": (f'{HEAD}<h1>x</h1><p><a href="a b">A</a>', "Bad value “a b”"),
    "claims/c/index.html": (f'{HEAD}<h1>x</h1><svg><rect hieght="1"/></svg>', "“hieght”"),
    "claims/d/index.html": (
        f'{HEAD}{POLICY}<script src="a.js"></script><h1>x</h1>',
        "violates Content Security Policy",
    ),
    "claims/e/index.html": (f"{HEAD}<h1>x</h1><section><p>A</section>", "lacks heading"),
    "assets/icon.svg": ('<svg xmlns="http://www.w3.org/2000/svg"><circle radius="1"/></svg>', "“radius”"),
    "assets/style.css": (":root { --mark: 14% } a { colr: red }", "Property “colr” doesn't exist"),
}
SOUND = ("assets/parts.css", "mark { background: color-mix(in srgb, red var(--mark), transparent) }")


def test_every_planted_error_is_seen(vnu: tuple[str, ...], tmp_path: Path) -> None:
    for name, source in (*((name, source) for name, (source, _) in PLANTED.items()), SOUND):
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(source, "utf-8")
    found = invalid_parts(vnu, tmp_path / "site", tmp_path)
    seen = {name for name, (_, said) in PLANTED.items() if any(said in line for line in found)}
    assert seen == set(PLANTED)
    assert [line for line in found if "--mark" in line] == []
