"""Hostile YAML and files: a small part of `make hostile --only files`, and what it found."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hostile.files import giants, moving, names, trees, yaml_cases
from hostile.files.suite import read_departures, read_others, read_suite
from hostile.outcome import Scale
from test_cases import SITE, check

from generator import load
from generator.documents import LIMITS, parse
from generator.load import git
from generator.load.names import find_odd, find_shadowed, has_odd
from generator.load.opening import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

PARTS = (
    (yaml_cases, 1_000),
    (names, 60),
    (moving, 30),
    (trees, 50),
    (giants, 3),
)


@pytest.mark.parametrize(("part", "enough"), PARTS, ids=lambda one: getattr(one, "__name__", "").rpartition(".")[2])
def test_nothing_of_it_succeeds(part: object, enough: int, tmp_path: Path) -> None:
    attack = part.attack  # type: ignore[attr-defined]
    outcomes = list(attack(Scale(), tmp_path, lambda _: None))
    assert [failure for one in outcomes for failure in one.failures] == []
    assert all(one.tried > 0 for one in outcomes)
    assert sum(one.tried for one in outcomes) >= enough


def test_the_collections_are_whole() -> None:
    suite = read_suite()
    assert (len(suite), sum(bool(one.fails) for one in suite), len(read_others())) == (402, 94, 399)
    refused, read, otherwise = read_departures()
    assert {*refused, *read, *otherwise} <= {one.name for one in suite}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"&a says: The bridge.\n", "alias"),
        (b"says: &a x\n*a : The bridge.\n", "alias"),
        (b"!t says: The bridge.\n", "tag"),
        (b"%TAG ! tag:desk.example,2025:\n---\nsays: The bridge.\n", "tag"),
        (b"{ ?says: The bridge. }\n", "key-not-text"),
    ],
)
def test_what_marks_the_name_of_a_field_is_refused_and_never_left_out(text: bytes, code: str) -> None:
    found = parse("content/claims/a.yml", text)[1]
    assert code in {one.code for one in found}


def test_a_list_inside_a_record_has_an_end_and_a_file_of_records_none() -> None:
    inside = b"says: [" + b"x," * (LIMITS.items + 1) + b"]\n"
    assert [one.code for one in parse("content/claims/a.yml", inside)[1]] == ["too-long"]
    assert parse("content/claims/a.yml", b"- {a: b}\n" * (LIMITS.items + 1))[1] == ()


def test_a_pipe_a_device_and_a_link_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/dev/zero")
    for name in ("pipe", "link"):
        with pytest.raises(OSError):  # noqa: PT011 - which error depends on the system
            read_bytes(tmp_path / name, most=10)
    with pytest.raises(OSError, match="regular"):
        read_bytes(tmp_path / "link", most=10, follow=True)


def test_a_file_is_read_to_one_byte_past_what_is_accepted(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 100)
    assert (len(read_bytes(tmp_path / "a", most=10)), len(read_bytes(tmp_path / "a", most=100))) == (11, 100)


@pytest.mark.parametrize(
    "name", ["a/con.yml", "a/LPT1", "x:y", "a.", "b /c", "line\nend", "\udcff", "\u202ea", "a*", "a\\b"]
)
def test_a_name_that_some_system_cannot_have_is_odd(name: str) -> None:
    assert find_odd(name)[0]
    assert has_odd(["sound.yml", name])


@pytest.mark.parametrize("name", ["a/console.yml", "com/a.yml", "auxiliary", "два.yml", "a b.yml", ".hidden", "a.b.c"])
def test_a_name_that_every_system_can_have_is_not(name: str) -> None:
    assert find_odd(name) == ("", "")
    assert not has_odd(["sound.yml", name])


def test_names_that_differ_in_capitals_or_accents_only_shadow_each_other() -> None:
    assert [*find_shadowed(["a/B.yml", "a/b.yml", "caf\u00e9", "cafe\u0301", "c"])] == [
        ("a/b.yml", "a/B.yml"),
        ("cafe\u0301", "caf\u00e9"),
    ]


def test_a_survey_leaves_odd_names_to_the_reader_that_tells_of_them(tmp_path: Path) -> None:
    claims = tmp_path / "content" / "claims"
    claims.mkdir(parents=True)
    (claims / "a.yml").write_text("- id: a\n", "utf-8")
    assert not load.survey(tmp_path).odd
    (claims / "A.yml").write_text("- id: b\n", "utf-8")
    assert load.survey(tmp_path).odd


def test_a_link_that_leads_to_itself_has_no_lines(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "loop.yml").symlink_to("loop.yml")
    assert load.read_lines(tmp_path, ["content/loop.yml"]) == {}


def test_links_among_the_texts_that_are_kept_elsewhere_are_told_and_not_followed(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir()
    (tmp_path / "secret").write_text("The secret.", "utf-8")
    (private / "lamp.md").symlink_to(tmp_path / "secret")
    (private / ".#lamp.md").symlink_to("editor@machine.1")
    os.mkfifo(private / "pipe.txt")
    texts, found = load.read_texts(tmp_path, "private")
    assert texts == {}
    assert [(one.place.path, one.code) for one in found] == [
        ("private/lamp.md", "outside-content"),
        ("private/pipe.txt", "unreadable-file"),
    ]


def test_templates_that_are_not_utf_8_are_refused_as_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "odd.jinja").write_bytes(b"\xff")
    with pytest.raises(OSError, match="UTF-8"):
        load.read_templates(tmp_path)


def test_the_settings_of_a_repository_start_no_program(tmp_path: Path) -> None:
    environment = git._environment({"GIT_CONFIG_COUNT": "1", "GIT_DIR": "x"}, ["filter.a=b.clean"])
    told = {environment[f"GIT_CONFIG_KEY_{n}"]: environment[f"GIT_CONFIG_VALUE_{n}"] for n in range(1, 7)}
    assert told["core.fsmonitor"] == "false"
    assert told["filter.a=b.clean"] == ""
    assert "GIT_DIR" not in environment
    assert not git.is_clean(tmp_path, "content")


def test_the_site_of_the_cases_is_as_sound_as_before() -> None:
    assert [one for one in check(SITE)[2] if one.severity == "error"] == []
