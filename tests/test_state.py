"""The state: what was kept is read again, who read what is known, and whatever is odd about it is no state at all."""

from __future__ import annotations

import os
import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.state import FileRow, RecordRow, State, StateError, Unit, read_seen, sign, signature, write_seen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from generator.reads import Seen

FILES = (FileRow("content/b.yml", "s1", "d1", "{}"), FileRow("content/a.yml", "s2", "d2", "{}"))
RECORDS = (
    RecordRow("claim", "x", 0, '{"says": "X"}', "", (("source", "s", "seen"), ("claim", "y", "contradicts"))),
    RecordRow("claim", "y", 1, '{"says": "Y"}', "", (("source", "s", "evidence"),)),
)
SOURCE = RecordRow("source", "s", -1, '{"title": "S"}', "digest")
UNITS = (
    Unit(("page claim", "x"), [["claims/x.md", "1", "2"]], {("claim", "x"): 3, ("source", "s"): 4}),
    Unit(("page claim", "y"), [["claims/y.md", "3", "4"]], {("claim", "y"): 1, ("source", "s"): 8}),
    Unit(("check claim", "x"), [[], 1, 0], {("claim", "x"): 4}),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A state that a sound build has left."""
    path = tmp_path / "build/state.db"
    state = State.create(path)
    state.note("stamp", "one")
    state.note_bytes("sieve", b"\0\1")
    state.keep_files(FILES)
    state.keep_records("content/b.yml", RECORDS)
    state.keep_records("content/a.yml", [SOURCE])
    state.keep_units(UNITS)
    state.finish()
    return path


# --- what is kept is read again ---


def test_what_was_kept_is_read_again(path: Path) -> None:
    state = State.open(path)
    assert (state.read("stamp"), state.read("none")) == ("one", None)
    assert (state.read_bytes("sieve"), state.read_bytes("none")) == (b"\0\1", None)
    assert tuple(state.marks().items()) == tuple((file.path, (file.signature, file.digest)) for file in FILES)
    assert state.records_of("content/b.yml") == list(RECORDS)
    assert state.record("claim", "y") == ("content/b.yml", 1, '{"says": "Y"}')
    assert state.record("claim", "z") is None
    assert (state.ids("claim"), state.ids("source"), state.ids("topic")) == (("x", "y"), ("s",), ())
    assert (state.frame("content/a.yml"), state.text_of("s"), state.texts()) == (
        "{}",
        ("content/a.yml", "digest"),
        ("s",),
    )
    assert state.mentions_by("claim", "x") == RECORDS[0].references
    assert state.mentions_of("source", "s") == (("claim", "x", "seen"), ("claim", "y", "evidence"))
    assert state.unit(("page claim", "x")) == [["claims/x.md", "1", "2"]]
    assert state.unit(("page claim", "z")) is None
    assert state.outcomes("check ") == {("check claim", "x"): [[], 1, 0]}
    assert state.outcomes("check ", but="[[],") == {}
    assert state.outcomes("page ", but="[[],").keys() == {("page claim", "x"), ("page claim", "y")}
    assert state.names("page ") == {("page claim", "x"), ("page claim", "y")}


def test_records_that_are_forgotten_leave_nothing(path: Path) -> None:
    state = State.open(path)
    state.forget_records("content/b.yml")
    assert state.ids("claim") == ()
    assert state.mentions_of("source", "s") == ()
    assert state.ids("source") == ("s",)


def test_files_are_kept_in_their_new_order(path: Path) -> None:
    state = State.open(path)
    changed, added = FileRow("content/a.yml", "s3", "d3", "[]"), FileRow("content/aa.yml", "", "d", "{}")
    state.renew_files(["content/b.yml", "content/a.yml"], [changed], {"content/b.yml": "s4"})
    assert list(state.marks().items()) == [("content/b.yml", ("s4", "d1")), ("content/a.yml", ("s3", "d3"))]
    assert (state.frame("content/a.yml"), state.frame("content/b.yml")) == ("[]", "{}")
    state.renew_files(["content/a.yml", "content/aa.yml", "content/b.yml"], [added], {})
    assert list(state.marks()) == ["content/a.yml", "content/aa.yml", "content/b.yml"]
    assert state.mentions_of("source", "s") == (("claim", "x", "seen"), ("claim", "y", "evidence"))
    state.renew_files(["content/aa.yml", "content/a.yml"], [], {})
    assert list(state.marks().items()) == [("content/aa.yml", ("", "d")), ("content/a.yml", ("s3", "d3"))]


# --- what the site is made of ---


def test_pages_keep_their_places_while_their_files_change(path: Path) -> None:
    state = State.open(path)
    first, second = ("index.md", "page home", "", "1", "2"), ("claims/x.md", "page claim", "x", "3", "4")
    state.keep_pages([first, second])
    assert (state.paths(), state.pages(), state.page("none.md")) == (["index.md", "claims/x.md"], [first, second], None)
    state.renew_pages([("index.md", "page home", "", "5", "6")])
    assert state.pages() == [("index.md", "page home", "", "5", "6"), second]
    assert (state.pages_of(("page claim", "x")), state.pages_of(("page claim", "y"))) == (["claims/x.md"], [])
    state.keep_pages([second])
    assert state.pages() == [second]


def test_published_files_are_kept_until_they_are_gone(path: Path) -> None:
    state = State.open(path)
    state.keep_published({"index.html": "1", "a.html": "2"}, (), anew=True)
    state.keep_published({"index.html": "3", "b.html": "4"}, ["a.html"], anew=False)
    assert state.published() == {"index.html": "3", "b.html": "4"}
    state.keep_published({"c.html": "5"}, (), anew=True)
    assert state.published() == {"c.html": "5"}


# --- who has read what ---


@pytest.mark.parametrize(
    ("changes", "readers"),
    [
        ({("claim", "x"): 1}, {("page claim", "x")}),
        ({("claim", "x"): 4}, {("check claim", "x")}),
        ({("claim", "x"): 8}, set()),
        ({("source", "s"): 12}, {("page claim", "x"), ("page claim", "y")}),
        ({("source", "s"): 8, ("claim", "x"): 2}, {("page claim", "x"), ("page claim", "y")}),
        ({("topic", "x"): 1}, set()),
        ({}, set()),
    ],
)
def test_who_has_read_a_part_that_changed_is_found(path: Path, changes: Seen, readers: set[tuple[str, str]]) -> None:
    assert State.open(path).readers(changes) == readers


def test_a_unit_that_is_made_anew_has_read_what_it_read_then(path: Path) -> None:
    state = State.open(path)
    state.mark_stale([("page claim", "x"), ("page claim", "none")])
    assert (state.stale("page "), state.stale("check "), state.has_stale()) == ({("page claim", "x")}, set(), True)
    state.keep_units([Unit(("page claim", "x"), ["new"], {("claim", "y"): 2})], [("page claim", "x")])
    assert not state.has_stale()
    assert state.unit(("page claim", "x")) == ["new"]
    assert state.readers({("claim", "x"): 3}) == set()
    assert state.readers({("claim", "y"): 3}) == {("page claim", "x"), ("page claim", "y")}


def test_a_unit_that_is_gone_has_read_nothing(path: Path) -> None:
    state = State.open(path)
    state.keep_units([], [("page claim", "x"), ("page claim", "none")])
    assert state.readers({("claim", "x"): 3, ("source", "s"): 4}) == set()
    assert state.names("page ") == {("page claim", "y")}


def test_days_between_two_are_found(path: Path) -> None:
    state = State.open(path)
    days = ("2025-01-01", "2025-01-31", "2025-02-01")
    state.keep_units([Unit(("page event", day), [], {("over", day): 1}) for day in days])
    assert state.readers_between("over", "2025-01-02", "2025-01-31") == {("page event", "2025-01-31")}
    assert state.readers_between("over", "2025-01-31", "2025-02-01") == {("page event", day) for day in days[1:]}


def test_notes_of_very_many_records_of_a_kind_gather_into_one(path: Path) -> None:
    state = State.open(path)
    many: Seen = {("claim", f"c{number}"): 1 for number in range(501)}
    state.keep_units([
        Unit(("page", "all"), [], {**many, ("claim", ""): 2, ("source", "s"): 1}),
        Unit(("page", "few"), [], dict(list(many.items())[:500])),
    ])  # fmt: skip
    assert state.readers({("claim", "never-seen"): 1}) == {("page", "all")}
    assert state.readers({("claim", "never-seen"): 2}) == set()
    assert state.readers({("claim", ""): 2}) == {("page", "all")}
    assert state.readers({("claim", ""): 1}) == set()
    assert state.readers({("claim", "c7"): 1}) == {("page", "all"), ("page", "few")}
    assert state.readers({("source", "s"): 1}) == {("page", "all")}
    state.keep_units([], [("page", "all")])
    assert state.readers({("claim", "never-seen"): 1}) == set()


NAMES = st.tuples(st.just("page"), st.sampled_from("abcd"))
FACTS = st.tuples(st.sampled_from(("claim", "source")), st.sampled_from(("", "x", "y")))
SEEN = st.dictionaries(FACTS, st.integers(1, 7), max_size=4)
STEPS = st.lists(st.tuples(st.dictionaries(NAMES, SEEN, max_size=3), st.sets(NAMES, max_size=2)), max_size=5)


@given(STEPS, st.dictionaries(FACTS, st.integers(1, 7), min_size=1, max_size=3))
def test_after_any_builds_the_readers_are_those_whose_last_notes_say_so(
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[dict[tuple[str, str], Seen], set[tuple[str, str]]]],
    changes: Seen,
) -> None:
    state = State.create(tmp_path_factory.mktemp("state") / "state.db")
    model: dict[tuple[str, str], Seen] = {}
    for made, gone in steps:
        state.keep_units([Unit(name, 0, seen) for name, seen in made.items()], {*gone, *made})
        model = {name: seen for name, seen in model.items() if name not in gone} | made
    expected = {
        name for name, seen in model.items() if any(seen.get(fact, 0) & parts for fact, parts in changes.items())
    }
    assert state.readers(changes) == expected
    assert state.names("") == model.keys()
    state.close()


@given(st.dictionaries(st.tuples(st.sampled_from(("claim", "")), st.text("a \t\n:ü")), st.integers(1, 1 << 62)))
def test_what_was_read_is_read_again_as_it_was_written_down(seen: Seen) -> None:
    assert read_seen(write_seen(seen)) == seen


# --- what is odd is no state ---


def write_some(state: State) -> None:
    state.note("stamp", "two")
    state.forget_records("content/b.yml")
    state.keep_units([], [("page claim", "x")])


def test_what_was_not_finished_is_no_state(path: Path) -> None:
    state = State.open(path)
    state.begin()
    write_some(state)
    with pytest.raises(StateError):
        State.open(path)
    state.close()
    with pytest.raises(StateError):
        State.open(path)


def test_what_is_given_up_is_as_it_was(path: Path) -> None:
    state = State.open(path)
    state.begin()
    write_some(state)
    state.give_up()
    again = State.open(path)
    assert again.read("stamp") == "one"
    assert again.ids("claim") == ("x", "y")
    again.give_up()  # nothing had begun
    State.open(path).close()


def test_a_new_state_that_is_given_up_is_none(path: Path) -> None:
    state = State.create(path)
    write_some(state)
    state.give_up()
    with pytest.raises(StateError):
        State.open(path)


def test_what_is_finished_is_kept(path: Path) -> None:
    state = State.open(path)
    state.begin()
    write_some(state)
    state.finish()
    state.give_up()  # MkDocs' last event comes after a build that was sound too
    again = State.open(path)
    assert again.read("stamp") == "two"
    assert again.ids("claim") == ()


def test_what_is_dropped_is_gone(path: Path) -> None:
    state = State.open(path)
    state.begin()
    state.drop()
    state.give_up()
    assert not path.exists()
    with pytest.raises(StateError):
        State.open(path)


def truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def change_a_byte(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def put_another_there(path: Path) -> None:
    other = path.with_name("other.db")
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE meta (name TEXT, value TEXT)")
    connection.close()
    other.replace(path)


def copy(path: Path) -> None:
    shutil.copy2(path, path.with_name("copy"))
    path.with_name("copy").replace(path)


DAMAGE: list[Callable[[Path], object]] = [
    truncate,
    change_a_byte,
    put_another_there,
    copy,
    lambda path: path.write_bytes(b""),
    lambda path: path.write_text("not a database"),
    lambda path: path.unlink(),
    lambda path: path.with_name("state.db.seal").unlink(),
    lambda path: path.with_name("state.db.seal").write_bytes(b"\xff"),
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_somebody_has_touched_is_no_state(path: Path, damage: Callable[[Path], object]) -> None:
    State.open(path).close()
    damage(path)
    with pytest.raises(StateError):
        State.open(path)


@pytest.mark.parametrize("damage", [truncate, put_another_there, lambda path: path.write_text("not a database")])
def test_a_database_that_breaks_while_it_is_read_is_a_state_error(path: Path, damage: Callable[[Path], object]) -> None:
    damage(path)
    path.with_name("state.db.seal").write_text(sign(path.stat()))

    def read() -> None:
        state = State.open(path)
        state.records_of("content/b.yml")
        state.unit(("page claim", "x"))
        state.readers({("claim", "x"): 1})

    with pytest.raises(StateError):
        read()


def test_lists_that_do_not_fit_are_a_state_error(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE facts SET readers = x'0102' WHERE kind = 'claim' AND id = 'x'")
        connection.execute("DELETE FROM units WHERE key = 'y'")
    connection.close()
    path.with_name("state.db.seal").write_text(sign(path.stat()))
    state = State.open(path)
    for fact in (("claim", "x"), ("claim", "y")):
        with pytest.raises(StateError):
            state.readers({fact: 7})
    with pytest.raises(StateError):
        state.frame("content/none.yml")


# --- signatures ---


def test_the_signature_of_a_file_that_has_just_been_written_proves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    status = (tmp_path / "a").stat()
    last = max(status.st_mtime_ns, status.st_ctime_ns)
    assert signature(status, last) == signature(status, last + 49_000_000) == ""
    assert signature(status, last + 51_000_000).startswith("1.")


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.write_text("b"),
        lambda path: path.write_text("ab"),
        lambda path: path.chmod(0o600),
        copy,
        lambda path: os.utime(path, ns=(1, 1)),
    ],
)
def test_whatever_happens_to_a_file_gives_it_another_signature(
    tmp_path: Path, change: Callable[[Path], object]
) -> None:
    path = tmp_path / "a"
    path.write_text("a")
    before = signature(path.stat(), 1 << 62)
    change(path)
    assert signature(path.stat(), 1 << 62) != before
