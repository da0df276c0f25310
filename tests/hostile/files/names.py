"""Names and kinds of files that nobody expects: each is told, escaped; nothing blocks, nothing is followed."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hostile.files.contained import run
from hostile.files.sites import errors_by_path, lay_out
from hostile.outcome import Outcome, Scale

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_HIDDEN = "- id: secret\n  says: The secret of the machine.\n  kind: fact\n"
_ANY = "any"
_LONG = "n" * 250

# A record in each file of records, so that only its name can be wrong; its id is made of its number.
NAMES: dict[bytes | str, str] = {
    "claims/line\nend.yml": "odd-name",
    "claims/\x1b[31mred\x1b[0m.yml": "odd-name",
    "claims/::error::x\r.yml": "odd-name",
    "claims/\u202elmy.evil.yml": "odd-name",
    "claims/zero\u200bwidth.yml": "odd-name",
    b"claims/\xff\xfe.yml": "odd-name",
    b"claims/caf\xe9.yml": "odd-name",
    b"claims/\xed\xa0\x80.yml": "odd-name",
    "claims/upper.yml": "odd-name",
    "claims/UPPER.yml": "",
    f"claims/{unicodedata.normalize('NFC', 'café')}.yml": "odd-name",
    f"claims/{unicodedata.normalize('NFD', 'café')}.yml": "",
    "claims/CON.yml": "odd-name",
    "claims/nul.yml": "odd-name",
    "claims/Com1.old.yml": "odd-name",
    "claims/aux/lamp.yml": "odd-name",
    "claims/dot./lamp.yml": "odd-name",
    "claims/blank /lamp.yml": "odd-name",
    "claims/col:on.yml": "odd-name",
    'claims/quo"te.yml': "odd-name",
    "claims/back\\slash.yml": "odd-name",
    "claims/st*r.yml": "odd-name",
    "claims/<b>.yml": "odd-name",
    f"claims/{_LONG}.yml": "",
    "claims/{{ 7 + 7 }}.yml": "",
    "claims/-rf.yml": "",
    "claims/$(id).yml": "",
    "claims/два слова.yml": "",
    "claims/.hidden.yml": "",
    "claims/.lamp.yml.swp": "",
    "claims/lamp.yml~": "",
    "claims/#lamp.yml#": "",
    "claims/lamp.yml.swp": "unknown-place",
    "claims/4913": "unknown-place",
    "claims/lamp.YML": "unknown-place",
    "claims/lamp.png": "unknown-place",
    "claims/lamp.yml.txt": "unknown-place",
    "claims/lamp.md": "no-front-matter",
    "elsewhere/lamp.yml": "unknown-place",
    "lamp.yml": "unknown-place",
    "x" * 255: "unknown-place",
}


class Oddity(NamedTuple):
    """Something that is no regular file.

    Attributes:
        path: below content/.
        make: makes it, given the path and a folder outside.
        code: what is said of it; empty where nothing is.
    """

    path: str
    make: Callable[[Path, Path], object]
    code: str


def _listen(path: Path, _outside: Path) -> None:
    before = Path.cwd()
    os.chdir(path.parent)  # the name of a socket may have 108 bytes
    try:
        with socket.socket(socket.AF_UNIX) as opened:
            opened.bind(path.name)
    finally:
        os.chdir(before)


def _make_device(path: Path, _outside: Path) -> None:
    os.mknod(path, 0o020666, os.makedev(1, 5))  # as /dev/zero is


def _dig(path: Path, _outside: Path) -> None:
    """Make folders until no path reaches the innermost one."""
    path.mkdir()
    inside = os.open(path, os.O_RDONLY)
    for _ in range(300):
        os.mkdir("folder-in-a-folder", dir_fd=inside)
        deeper = os.open("folder-in-a-folder", os.O_RDONLY, dir_fd=inside)
        os.close(inside)
        inside = deeper
    os.close(inside)


def _shut_file(path: Path, _outside: Path) -> None:
    path.write_text(_HIDDEN, "utf-8")
    path.chmod(0)


def _shut_by_half(path: Path, _outside: Path) -> None:
    """Make a folder whose names may be read, and nothing else of it."""
    path.mkdir()
    (path / "a.yml").write_text("- {}\n", "utf-8")
    path.chmod(0o444)


ODDITIES = (
    Oddity("claims/loop.yml", lambda path, _: path.symlink_to("loop.yml"), "outside-content"),
    Oddity("claims/nowhere.yml", lambda path, _: path.symlink_to("gone.yml"), "outside-content"),
    Oddity("claims/.#lamp.yml", lambda path, _: path.symlink_to("editor@machine.123"), ""),
    Oddity("claims/secret.yml", lambda path, out: path.symlink_to(out / "secret.yml"), "outside-content"),
    Oddity("claims/zero.yml", lambda path, _: path.symlink_to("/dev/zero"), "outside-content"),
    Oddity("claims/folder-out", lambda path, out: path.symlink_to(out), "outside-content"),
    Oddity("claims/folder-up", lambda path, _: path.symlink_to(".."), "outside-content"),
    Oddity("claims/inside.yml", lambda path, _: path.symlink_to("bridge.yml"), "outside-content"),
    Oddity("claims/hard.yml", lambda path, out: path.hardlink_to(out / "hard.yml"), ""),
    Oddity("claims/pipe.yml", lambda path, _: os.mkfifo(path), "unreadable-file"),
    Oddity("claims/pipe", lambda path, _: os.mkfifo(path), "unknown-place"),
    Oddity("sources/pipe.md", lambda path, _: os.mkfifo(path), "unreadable-file"),
    Oddity("claims/socket.yml", _listen, "unreadable-file"),
    Oddity("claims/device.yml", _make_device, "unreadable-file"),
    Oddity("claims/folder.yml", lambda path, _: path.mkdir(), "unreadable-file"),
    Oddity("claims/deep", _dig, _ANY),
    Oddity("claims/shut.yml", _shut_file, "shut"),
    Oddity("claims/shut", lambda path, _: path.mkdir(0), "shut"),
    Oddity("claims/half-shut", _shut_by_half, "half"),
)

COMMANDS = (
    ("check",),
    ("check", "--all"),
    ("check", "--format", "github"),
    ("check", "--format", "sarif"),
    ("build",),
    ("fmt", "--check"),
    ("fmt",),
    ("rename", "bridge-closed", "bridge-shut"),
    ("desk",),
    ("texts",),
    ("schema",),
    ("new", "claim", "--help"),
    ("diff", "HEAD"),
)


def attack(scale: Scale, folder: Path, tell: Callable[[str], None]) -> Iterator[Outcome]:
    """Make a folder of all of them, run every command on it, and then places that hold one of them each."""
    tell("hostile names and files that are none")
    yield _check_names(folder, COMMANDS if scale.whole else COMMANDS[1:3])
    yield _check_places(folder, whole=scale.whole)


def _make(folder: Path) -> tuple[Path, dict[str, str]]:
    """Make a site with all hostile names, and say what is to be told of each path as it is shown."""
    site, outside = lay_out(folder / "site"), folder / "outside"
    outside.mkdir(parents=True)
    for name in ("secret.yml", "hard.yml"):
        (outside / name).write_text(_HIDDEN.replace("secret", name[:4], 1), "utf-8")
    content = os.fsencode(site / "content")
    expected = {}
    for number, (given, code) in enumerate(NAMES.items()):
        raw = given.encode() if isinstance(given, str) else given
        named: bytes = os.path.join(content, raw)  # noqa: PTH118 - bytes
        os.makedirs(os.path.dirname(named), exist_ok=True)  # noqa: PTH103, PTH120
        with open(named, "w", encoding="utf-8") as file:  # noqa: PTH123
            file.write(f"- id: odd-{number}\n  says: The bridge is closed.\n  kind: fact\n")
        shown = os.fsdecode(raw).encode("utf-8", "backslashreplace").decode()
        expected[f"content/{shown}"] = code
    for odd in ODDITIES:
        if odd.make is _make_device and os.geteuid() != 0:
            continue
        odd.make(site / "content" / odd.path, outside)
        expected[f"content/{odd.path}"] = odd.code
    return site, expected


def _check_names(folder: Path, commands: tuple[tuple[str, ...], ...]) -> Outcome:
    site, expected = _make(folder / "names")
    failures: list[str] = []
    ended = run("generator", "check", "--root", ".", "--format", "json", folder=site)
    told = errors_by_path(ended.out) if not ended.odd else {}
    failures += [f"check: {ended.odd}"] * bool(ended.odd)
    root = os.geteuid() == 0
    for path, code in expected.items():
        codes = told.pop(path, [])
        wanted = {
            "shut": "" if root else "unreadable-file",
            "half": "missing-field" if root else "unreadable-file",
        }.get(code, code)
        if code == _ANY:
            inside = [one for one in told if one.startswith(path)]
            codes = [one for name in inside for one in told.pop(name)]
            wanted = "unreadable-file"
        elif code == "half":
            codes = told.pop(f"{path}/a.yml", codes)
        if (wanted not in codes) if wanted else codes and path != "content/claims/shut.yml":
            failures.append(f"{path!r}: {codes or 'nothing is said'}, expected {wanted or 'nothing'}")
    failures += [f"{path!r}: {codes}, and nobody made it" for path, codes in told.items()]
    for command in commands:
        ended = run("generator", *command, "--root", ".", folder=site)
        if ended.odd:
            failures.append(f"{' '.join(command)}: {ended.odd}")
        if "secret of the machine" in ended.out + ended.err and not root:
            failures.append(f"{' '.join(command)}: it shows what a link leads to")
    if root:
        said = _check_as_nobody()
        failures += [f"as another user: {said}"] * bool(said)
    return Outcome(
        "hostile names and files that are none; one of which nothing or something else is said",
        len(expected),
        tuple(failures),
    )


def _check_as_nobody() -> str:
    """Check such a site as an ordinary user, in a folder that is open to everybody; say what may not be."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        site, _ = _make(Path(place))
        (site / "build").mkdir()
        (site / "build").chmod(0o777)
        ended = run("hostile.files.unprivileged", ".", folder=site)
    return ended.odd or ended.out.strip()


def _link_zero(path: Path) -> None:
    path.symlink_to("/dev/zero")


PLACES: tuple[tuple[str, Callable[[Path], object]], ...] = tuple(
    (place, make)
    for place in (
        "content",
        "content/settings.yml",
        "content/vocabulary.yml",
        "content/corrections.yml",
        "mkdocs.yml",
        "private",
        "private/lamp.md",
        "private/.#lamp.md",
        "templates/pages/odd.md.jinja",
        "templates/theme/odd.html",
        "templates/theme/assets/odd.js",
    )
    for make in (
        os.mkfifo,
        _link_zero,
        lambda path: path.symlink_to(path.name),
        lambda path: path.symlink_to("nowhere"),
        Path.mkdir,
        lambda path: path.write_bytes(b"\xff\xfe\x00broken"),
        lambda _: None,
    )
)


def _check_places(folder: Path, *, whole: bool) -> Outcome:
    """Put something else in the place of each file or folder that a site has once."""
    sound = lay_out(folder / "sound", templates=True)
    settings = sound / "content" / "settings.yml"
    settings.write_text(f"{settings.read_text('utf-8')}text_dir: private\n", "utf-8")
    (sound / "private").mkdir()
    first = run("generator", "build", "--root", ".", "--no-search", folder=sound)
    failures = [f"a sound site: {first.odd or first.err}"] if first.code != 0 else []
    places = PLACES if whole else PLACES[1:50:12]
    for number, (place, make) in enumerate(places):
        site = Path(shutil.copytree(sound, folder / f"place-{number}", symlinks=True))
        path = site / place
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
        make(path)
        command = ("build", "--no-search") if place.startswith("templates/") else ("check",)
        ended = run("generator", *command, "--root", ".", folder=site, seconds=30)
        if ended.odd:
            failures.append(f"{place}, {number % 7} ({command[0]}): {ended.odd}")
        shutil.rmtree(site)
    return Outcome("places of a site with something else in them; a hang, a traceback", len(places), tuple(failures))
