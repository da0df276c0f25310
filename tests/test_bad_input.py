"""However broken a content file is, the build says so at its file and line, says it of all of them, and soon."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from test_cases import SITE, check, show

from generator.documents import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.diagnostics import Place

NOBODY = 65534
CLAIM = b"says: The bridge is closed.\nkind: fact\n"

BROKEN: dict[str, tuple[bytes, str]] = {
    "aliases.yml": (b"says: &a The bridge.\nkind: fact\nwhy: *a\n", "1:7 alias | 3:6 alias"),
    "bad-date.yml": (b"says: The bridge is closed.\nkind: fact\nwhen: 2025-02-30\n", "3:7 bad-date"),
    "bad-id.yml": (b"- id: ../../outside\n  says: The bridge is closed.\n  kind: fact\n", "1:7 bad-id"),
    "big.yml": (b"says: " + b"x" * 10_000_000, " file-too-large"),
    "billion-laughs.yml": (
        b"a: &a [x, x]\nb: &b [*a, *a]\nsays: The bridge.\nkind: fact\n",
        "1:1 unknown-key | 1:4 alias | 2:4 alias | 2:8 alias | 2:12 alias",
    ),
    "brackets.yml": (b"says: " + b"[" * 50_000, "1:22 too-deep"),
    "braces.yml": (b"{a: " * 50_000, "1:65 too-deep"),
    "control.yml": (b"kind: fact\nsays: The bridge\x00 is closed.\n", "2:17 control-character"),
    "crlf.yml": (b"says: The bridge is closed.\r\nkind: fact\r\ncolour: red\r\n", "3:1 unknown-key"),
    "duplicate.yml": (b"says: The bridge is closed.\nkind: fact\nsays: It is open.\n", "3:1 duplicate-key"),
    "empty.yml": (b"", " empty-file"),
    "latin.yml": (b"kind: fact\nsays: The br\xfccke.\n", "2 not-utf-8"),
    "line-separator.yml": ("kind: fact\nsays: The\u2028bridge.\n".encode(), "2:10 control-character"),
    "list.yml": (b"- one\n- two\n", "1:3 not-a-record | 2:3 not-a-record"),
    "list-in-claim.yml": (b"says: [The bridge]\nkind: fact\n", "1:7 wrong-type"),
    "long-line.yml": (b"kind: fact\nsays: " + b"x" * 100_000 + b"\n", "2:7 too-long | 2:7 too-long"),
    "many-keys.yml": (b"says: The bridge.\nkind: fact\n" + b"".join(b"k%d: 1\n" % n for n in range(50)), ""),
    "mark.yml": (b"\xef\xbb\xbfsays: The bridge is closed.\nkind: fact\ncolour: red\n", "3:1 unknown-key"),
    "nothing.yml": (b"~\n", "1:1 not-a-record"),
    "remark.yml": (b"# nothing yet\n", " empty-file"),
    "tabs.yml": (b"says: The bridge is closed.\nseen:\n\t- x\n", "3:1 yaml-syntax"),
    "tag.yml": (b"says: !!python/object/apply:os.system [ls]\nkind: fact\n", "1:7 tag | 1:7 wrong-type"),
    "two.yml": (b"says: The bridge.\nkind: fact\n---\nsays: The mill.\n", "3:1 several-documents"),
    "unclosed.yml": (b'kind: fact\nsays: "The bridge\n', "2:7 yaml-syntax"),
    "utf-16.yml": ("says: The bridge is closed.\n".encode("utf-16"), "1 not-utf-8"),
}
BROKEN["many-keys.yml"] = (BROKEN["many-keys.yml"][0], "3:1 unknown-key")


def _shown(place: Place, code: str) -> str:
    return f"{place.line or ''}{f':{place.column}' if place.column else ''} {code}"


def _by_file(root: Path) -> dict[str, str]:
    """What is said of each file below `content/claims/`, and of nothing else."""
    found: dict[str, list[str]] = {}
    for one in check(root)[2]:
        folder, _, name = one.place.path.rpartition("/")
        assert folder == "content/claims", one
        found.setdefault(name, []).append(_shown(one.place, one.code))
    return {name: " | ".join(said) for name, said in found.items()}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A copy of the sound site of the cases."""
    return Path(shutil.copytree(SITE, tmp_path / "site"))


def test_all_broken_files_of_one_folder_are_told_in_one_run_each_at_its_line(site: Path) -> None:
    claims = site / "content" / "claims"
    for name, (data, _) in BROKEN.items():
        (claims / name).write_bytes(data)
    (site / "secret.yml").write_bytes(CLAIM)
    (claims / "link.yml").symlink_to(site / "secret.yml")
    (claims / "loop.yml").symlink_to("loop.yml")
    (claims / "up").symlink_to("..")
    (claims / "folder.yml").mkdir()
    os.mkfifo(claims / "pipe.yml")
    others = dict.fromkeys(("link.yml", "loop.yml", "up"), " outside-content")
    others |= dict.fromkeys(("folder.yml", "pipe.yml"), " unreadable-file")
    assert _by_file(site) == {name: said for name, (_, said) in BROKEN.items()} | others


@pytest.mark.parametrize("name", BROKEN)
def test_each_broken_file_alone_is_told_alike(name: str, site: Path) -> None:
    data, said = BROKEN[name]
    (site / "content" / "claims" / name).write_bytes(data)
    assert _by_file(site) == {name: said}


def test_an_id_that_leads_out_of_its_folder_reaches_no_record(site: Path) -> None:
    (site / "content" / "claims" / "a.yml").write_bytes(BROKEN["bad-id.yml"][0])
    library, _, _ = check(site)
    assert library is not None
    assert [one for one in library.claims if "." in one or "/" in one] == []


@pytest.mark.parametrize(
    ("sound", "data"),
    [
        ("line ends of Windows", CLAIM.replace(b"\n", b"\r\n")),
        ("line ends of old Macs", CLAIM.replace(b"\n", b"\r")),
        ("a byte order mark", b"\xef\xbb\xbf" + CLAIM),
        ("no line end at the end", CLAIM.rstrip()),
    ],
)
def test_what_other_editors_write_is_read_as_it_was_meant(sound: str, data: bytes) -> None:
    document, problems = parse("content/claims/a.yml", data)
    assert problems == (), sound
    assert document is not None
    assert document.data == {"says": "The bridge is closed.", "kind": "fact"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_text_of_a_source_keeps_its_lines_whatever_ends_them(end: str) -> None:
    lines = ("---", "outlet: courier", "---", "The bridge is closed.", "", "The sign is new.")
    document, problems = parse("content/sources/a.md", end.join(lines).encode())
    assert problems == ()
    assert document is not None
    assert (document.body, document.body_line) == ("The bridge is closed.\n\nThe sign is new.", 4)


@contextmanager
def as_an_ordinary_user() -> Iterator[None]:
    """Give up the right of root to read every file, for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_or_folder_that_may_not_be_read_is_told() -> None:
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # pytest's own folders are closed to other users, and root takes another's part here
        site = Path(shutil.copytree(SITE, Path(folder, "site")))
        claims = site / "content" / "claims"
        (claims / "a.yml").write_bytes(CLAIM)
        (claims / "more").mkdir()
        assert _by_file(site) == {}
        (claims / "a.yml").chmod(0)
        (claims / "more").chmod(0)
        try:
            with as_an_ordinary_user():
                assert _by_file(site) == {"a.yml": " unreadable-file", "more": " unreadable-file"}
        finally:
            (claims / "more").chmod(0o700)


def test_a_file_that_cannot_be_read_is_not_blamed_on_those_that_refer_to_its_records(site: Path) -> None:
    (site / "content" / "claims" / "bridge.yml").write_bytes(b"- id: [\n")
    said = show([one for one in check(site)[2] if one.severity == "error"])
    assert [line for line in said.splitlines() if not line.startswith(" ")] == [
        "content/claims/bridge.yml:1:7 error yaml-syntax"
    ]


def test_a_record_with_an_error_is_not_blamed_on_those_that_refer_to_it(site: Path) -> None:
    claims = site / "content" / "claims" / "bridge.yml"
    claims.write_bytes(claims.read_bytes().replace(b"when: 2024-05-02\n  seen", b"when: 2024-05-32\n  seen", 1))
    errors = [str(one.place) for one in check(site)[2] if one.severity == "error"]
    assert errors == ["content/claims/bridge.yml:6:9"]


def test_settings_that_cannot_be_read_are_told_once_with_everything_else(site: Path) -> None:
    (site / "content" / "settings.yml").write_bytes(b"title: [\n")
    (site / "content" / "claims" / "a.yml").write_bytes(b"says: The bridge.\nkind: fact\nabout: [nobody]\n")
    codes = [(one.place.path, one.code) for one in check(site)[2]]
    assert codes == [("content/claims/a.yml", "unresolved-reference"), ("content/settings.yml", "yaml-syntax")]


MANY = 30_000
HOSTILE = {
    "aliases": (b"says: [" + b"*a," * MANY + b"]\nkind: fact\n", {"alias": 1000, "file-too-large": 1}),
    "unknown fields": (
        CLAIM + b"".join(b"field%d: x\n" % n for n in range(MANY)),
        {"unknown-key": 1},
    ),
    "records that are none": (b"- x\n" * MANY, {"not-a-record": 1000, "file-too-large": 1}),
    "ids that lead nowhere": (
        CLAIM + b"topics:\n" + b"- mil-bridge\n" * MANY,
        {"unresolved-reference": 1, "too-long": 1},
    ),
    "empty records": (b"- {}\n" * MANY, {"missing-field": 1002, "file-too-large": 1}),
    "commas": (b"{says: x" + b", a" * MANY + b", kind: fact}", {"comma-split-prose": 1, "too-long": 1}),
    "quotation marks": (b'"' * MANY, {"yaml-syntax": 1}),
    "lists in fields in lists": (b"[{" * MANY, {"key-not-text": 1}),
    "line ends": (CLAIM + b"\n" * MANY + b"x", {"yaml-syntax": 1}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_of_a_file_with_very_many_faults_a_thousand_are_told_and_that_it_is_not_read_further(
    name: str, site: Path
) -> None:
    data, said = HOSTILE[name]
    (site / "content" / "claims" / "a.yml").write_bytes(data)
    assert Counter(one.code for one in check(site)[2]) == said
