"""`verify` names the quotation in which a letter was changed; what it reads may be anything, and it needs nothing of ours."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from conftest import ROOT, SAMPLE
from hypothesis import given, settings
from hypothesis import strategies as st
from test_cases import SITE
from test_manifest import read_site, write_manifest

from generator import verify
from generator.cli.verifying import texts as texts_command
from generator.cli.verifying import verify as verify_command

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

PROGRAM = ROOT / "generator/verify.py"
SITES = (ROOT, SAMPLE, SITE)


@cache
def held(root: Path) -> Mapping[str, bytes]:
    """The stored texts of a site as they are read, by source."""
    library, _ = read_site(root)
    return {one: text.text.encode() for one, text in library.texts.items()}


@cache
def manifest_of(root: Path) -> bytes:
    return write_manifest(*read_site(root))


@cache
def known_of(root: Path) -> dict[str, Any]:
    return verify.read_manifest(manifest_of(root))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with the program, and nothing of the project."""
    return Desk(tmp_path)


class Desk:
    """A folder of somebody who has the program, a manifest and texts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copyfile(PROGRAM, folder / "verify.py")

    def lay(self, root: Path, **changes: bytes | None) -> Desk:
        """Lay a manifest and its texts there, some of them changed or, for None, left out."""
        (self.folder / "evidence.json").write_bytes(manifest_of(root))
        (self.folder / "texts").mkdir()
        for one, data in {**held(root), **{name.replace("_", "-"): data for name, data in changes.items()}}.items():
            if data is not None:
                (self.folder / "texts" / f"{one}.txt").write_bytes(data)
        return self

    def run(self, *arguments: str, flags: tuple[str, ...] = ("-I", "-S"), **environment: str) -> tuple[int, str, str]:
        """Run the program as somebody would who has nothing of ours; give exit code, output and errors."""
        done = subprocess.run(
            [sys.executable, *flags, "verify.py", *(arguments or ("evidence.json", "texts"))],
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], **environment},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout, done.stderr


def judge(root: Path, source: str, data: bytes) -> dict[str, Any]:
    return verify.judge(known_of(root), source, f"{source}.txt", data)


def results(judged: dict[str, Any]) -> dict[str, str]:
    return {one["id"]: one["result"] for one in judged["quotations"]}


def quotations(root: Path, source: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = known_of(root)["texts"][source]["quotations"]
    return found


# --- texts as stored ---


@pytest.mark.parametrize("root", SITES, ids=lambda root: root.name)
def test_the_texts_of_a_site_are_verified_by_the_program_alone(desk: Desk, root: Path) -> None:
    count = len(json.loads(manifest_of(root))["quotations"])
    assert count > 10
    assert desk.lay(root).run() == (
        0,
        f"Texts: {len(held(root))} as stored, 0 different, 0 not held.\nQuotations in them: {count} hold.\n",
        "",
    )


def test_a_text_is_known_by_its_hash_whatever_its_name_is(desk: Desk) -> None:
    desk.lay(SITE)
    (desk.folder / "texts/odd-letter.txt").rename(desk.folder / "texts/scan 7 (copy).md")
    (desk.folder / "texts/hidden-note.txt").unlink()  # the same text: one file will do
    (desk.folder / "texts/shopping.md").write_text("Milk.", "utf-8")
    (desk.folder / "texts/film.md").write_bytes(b"\0" * 5_000)
    assert desk.run() == (
        0,
        (
            "Texts: 5 as stored, 0 different, 0 not held.\nQuotations in them: 15 hold.\n"
            "Files that are none of these texts: 2 (film.md, shopping.md).\n"
        ),
        "",
    )


def test_texts_in_folders_of_the_folder_are_looked_at_too(desk: Desk) -> None:
    desk.lay(SITE)
    (desk.folder / "texts/2031").mkdir()
    text = (desk.folder / "texts/odd-letter.txt").read_bytes()
    (desk.folder / "texts/2031/odd-letter.txt").write_bytes(text.replace(b"e", b"o", 1))
    code, said, _ = desk.run()
    assert code == 1
    assert "odd-letter (odd-letter.txt) is not the stored text" in said


def test_a_file_with_the_name_of_a_source_is_looked_at_even_where_another_holds_the_text(desk: Desk) -> None:
    text = held(SITE)["odd-letter"]
    desk.lay(SITE, odd_letter=text.replace(b"They ate", b"They sat"))
    (desk.folder / "texts/copy.txt").write_bytes(text)
    code, said, _ = desk.run()
    assert (code, said.splitlines()[0]) == (
        1,
        "odd-letter (odd-letter.txt) is not the stored text: 214 characters, and 214 are stored.",
    )


def test_single_files_do_as_well_as_a_folder(desk: Desk) -> None:
    desk.lay(SITE)
    code, said, _ = desk.run("evidence.json", "texts/odd-letter.txt", "texts/courier-2024-05-02.txt")
    assert (code, said.splitlines()[0]) == (
        0,
        "Texts: 2 as stored, 0 different, 3 not held (hidden-note, inspection-2024-04-30, post-2024-05-03).",
    )


@pytest.mark.parametrize(
    ("saved", "passed_over"),
    [
        (lambda text: b"\xef\xbb\xbf" + text, "a byte order mark"),
        (lambda text: text.replace(b"\n", b"\r\n"), "line ends of Windows"),
        (lambda text: text + b"\n", "a line end at the end"),
        (
            lambda text: b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n") + b"\r\n",
            "a byte order mark and line ends of Windows and a line end at the end",
        ),
    ],
)
def test_what_editors_add_is_passed_over_and_said(
    desk: Desk, saved: Callable[[bytes], bytes], passed_over: str
) -> None:
    data = saved(held(SITE)["odd-letter"])
    code, said, _ = desk.lay(SITE, odd_letter=data).run()
    assert (code, said.splitlines()[0]) == (0, f"odd-letter (odd-letter.txt) is the stored text but for {passed_over}.")
    (desk.folder / "texts/odd-letter.txt").rename(desk.folder / "texts/renamed.txt")
    assert f"odd-letter (renamed.txt) is the stored text but for {passed_over}." in desk.run()[1]


# --- texts that differ ---


def test_a_changed_letter_is_named_with_its_quotation(desk: Desk) -> None:
    text = held(SITE)["odd-letter"].decode()
    changed = text.replace("and the town", "and the tоwn")  # a Cyrillic о
    code, said, _ = desk.lay(SITE, odd_letter=changed.encode()).run()
    assert (code, said) == (
        1,
        (
            "odd-letter (odd-letter.txt) is not the stored text: 214 characters, and 214 are stored.\n"
            "  4 of its 5 quotations hold.\n"
            "  q2-odd (claim:odd): broken.\n"
            "    expected: “and the town”\n"
            "    stands:   “and the tоwn”\n"
            "    letter 10: “o” (U+006F LATIN SMALL LETTER O) is expected, “о” (U+043E CYRILLIC SMALL LETTER O) stands there.\n"
            "Texts: 4 as stored, 1 different, 0 not held.\n"
            "Quotations in them: 14 hold, 1 broken.\n"
        ),
    )


@pytest.mark.parametrize("root", SITES, ids=lambda root: root.name)
def test_every_quotation_of_a_site_is_named_when_any_of_its_letters_changes(root: Path) -> None:
    tried = 0
    for source, data in held(root).items():
        text = data.decode()
        cited = quotations(root, source)
        for one in cited:
            for start, end in one["spans"]:
                for place in {start, (start + end) // 2, end - 1}:
                    other = "ß" if text[place] != "ß" else "s"
                    judged = judge(root, source, f"{text[:place]}{other}{text[place + 1 :]}".encode())
                    hit = {q["id"] for q in cited if any(s <= place < e for s, e in q["spans"])}
                    hidden = {q["id"] for q in cited if "exact" not in q}
                    assert one["id"] in hit
                    assert not judged["same"]
                    assert {
                        name: result for name, result in results(judged).items() if name not in hidden
                    } == dict.fromkeys(hit - hidden, "broken")
                    assert {
                        name: result for name, result in results(judged).items() if name in hidden
                    } == dict.fromkeys(hidden, "cannot be told")
                    for found in judged["quotations"]:
                        for part in found.get("parts", ()):
                            at = part["equal"]
                            assert (part["expected"][at], part["stands"][at]) == (text[place], other)
                    tried += 1
    assert tried > 30


@given(st.data())
@settings(max_examples=150)
def test_no_change_of_a_text_goes_unseen(data: st.DataObject) -> None:
    text = held(SITE)["odd-letter"].decode()
    cited = quotations(SITE, "odd-letter")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    changed = (
        text[:start]
        + data.draw(st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=20))
        + text[end:]
    )
    judged = judge(SITE, "odd-letter", changed.encode())
    tidied = changed.removeprefix("\ufeff").removesuffix("\n")
    assert judged["same"] == (text in (changed, tidied))
    told = results(judged)
    for one in cited:
        stands = [tidied[s:e] for s, e in one["spans"]] == one["exact"] or text == changed
        assert (one["id"] not in told) == stands
        if told.get(one["id"]) == "moved":
            starts = next(found["starts"] for found in judged["quotations"] if found["id"] == one["id"])
            assert [tidied[s : s + len(words)] for s, words in zip(starts, one["exact"], strict=True)] == one["exact"]
            assert all(
                s + len(words) <= after for s, words, after in zip(starts, one["exact"], starts[1:], strict=False)
            )


def test_a_letter_beside_the_quotations_makes_another_text_but_breaks_none(desk: Desk) -> None:
    text = held(SITE)["odd-letter"]
    code, said, _ = desk.lay(SITE, odd_letter=text.replace(b"grey", b"gray")).run()
    assert (code, said) == (
        1,
        (
            "odd-letter (odd-letter.txt) is not the stored text: 214 characters, and 214 are stored.\n"
            "  5 of its 5 quotations hold.\n"
            "Texts: 4 as stored, 1 different, 0 not held.\n"
            "Quotations in them: 15 hold.\n"
        ),
    )


def test_a_text_that_was_pushed_down_has_moved_and_is_not_broken(desk: Desk) -> None:
    text = held(SITE)["odd-letter"].decode()
    code, said, _ = desk.lay(SITE, odd_letter=f"Advertisement.\n\n{text}".encode()).run()
    assert (code, said) == (
        1,
        (
            "odd-letter (odd-letter.txt) is not the stored text: 230 characters, and 214 are stored.\n"
            "  0 of its 5 quotations hold.\n"
            "  q1-odd (claim:odd): moved, letter for letter, to 32.\n"
            "  q2-odd (claim:odd): moved, letter for letter, to 66, 93.\n"
            "  q3-odd (claim:odd): moved, letter for letter, to 122, 156.\n"
            "  q4-odd (claim:odd): moved, letter for letter, to 16.\n"
            "  e1-odd (claim:odd): moved, letter for letter, to 156.\n"
            "Texts: 4 as stored, 1 different, 0 not held.\n"
            "Quotations in them: 10 hold, 5 moved.\n"
        ),
    )


@pytest.mark.parametrize("root", SITES, ids=lambda root: root.name)
def test_a_sentence_in_front_moves_every_quotation_of_a_site(root: Path) -> None:
    for source, data in held(root).items():
        told = judge(root, source, b"One sentence more. " + data)
        assert {one["id"]: one["starts"] for one in told["quotations"] if one["result"] == "moved"} == {
            one["id"]: [start + 19 for start, _ in one["spans"]] for one in quotations(root, source) if "exact" in one
        }
        assert set(results(told).values()) <= {"moved", "cannot be told"}


def test_a_letter_changed_in_a_text_that_was_pushed_down_is_named_all_the_same() -> None:
    text = held(SITE)["odd-letter"].decode()
    changed = "Advertisement.\n\n" + text.replace("agreed at once", "argued at once")
    told = judge(SITE, "odd-letter", changed.encode())
    assert results(told) == {
        "q1-odd": "moved",
        "q2-odd": "broken",
        "q3-odd": "moved",
        "q4-odd": "moved",
        "e1-odd": "moved",
    }
    assert told["quotations"][1]["parts"] == [
        {"expected": "agreed at once", "stands": "argued at once", "equal": 1, "elsewhere": 0}
    ]


def test_words_that_have_gone_where_others_stand_in_another_order_are_broken() -> None:
    text = held(SITE)["odd-letter"].decode()
    head, tail = "and the town", "agreed at once"
    swapped = text.replace(head, "\0").replace(tail, head).replace("\0", tail)
    assert results(judge(SITE, "odd-letter", swapped.encode())) == {"q2-odd": "broken"}


def test_one_of_two_places_that_has_gone_is_named() -> None:
    text = held(SITE)["odd-letter"].decode()
    first, second = text.index("and then they"), text.rindex("and then they")
    for place, broken in ((first, {"q3-odd"}), (second, {"q3-odd", "e1-odd"})):
        told = judge(SITE, "odd-letter", f"{text[:place]}but{text[place + 3 :]}".encode())
        assert results(told) == dict.fromkeys(broken, "broken")
        for one in told["quotations"]:
            assert [part["stands"] for part in one["parts"]] == ["but then they said yes"]
    other = text.replace("and then they said yes", "with nothing decided..", 1)
    (found,) = judge(SITE, "odd-letter", other.encode())["quotations"]
    assert [part["stands"] for part in found["parts"]] == ["with nothing decided.."]


def test_of_hidden_words_in_another_text_nothing_can_be_told_and_that_fails(desk: Desk) -> None:
    text = held(SITE)["hidden-note"]
    code, said, _ = desk.lay(SITE, hidden_note=text.replace(b"grey", b"gray")).run()
    assert code == 1
    assert said.splitlines()[:3] == [
        "hidden-note (hidden-note.txt) is not the stored text: 214 characters, and 214 are stored.",
        "  0 of its 1 quotations hold.",
        "  e2-odd (claim:odd): cannot be told.",
    ]


def test_texts_that_are_not_held_are_counted_and_are_no_failure(desk: Desk) -> None:
    desk.lay(SITE, odd_letter=None, hidden_note=None)
    assert desk.run() == (
        0,
        "Texts: 3 as stored, 0 different, 2 not held (hidden-note, odd-letter).\nQuotations in them: 9 hold.\n",
        "",
    )


def test_where_no_text_is_held_nothing_is_verified(desk: Desk) -> None:
    desk.lay(SITE, **{one.replace("-", "_"): None for one in held(SITE)})
    code, said, _ = desk.run()
    assert (code, said.splitlines()[1]) == (2, "Quotations in them: 0 hold.")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "koi8-u"])
def test_a_text_in_another_encoding_is_another_text(desk: Desk, encoding: str) -> None:
    text = held(SITE)["odd-letter"].decode().replace("“", '"').replace("”", '"')
    data = text.encode(encoding, "replace")
    code, said, _ = desk.lay(SITE, odd_letter=data).run()
    assert code == 1
    assert "q1-odd (claim:odd): broken." in said


def test_the_report_as_json_holds_all_that_is_said(desk: Desk) -> None:
    text = held(SITE)["odd-letter"].decode().replace("🇺🇦", "🇺🇸")
    code, said, _ = desk.lay(SITE, odd_letter=text.encode(), hidden_note=None).run("evidence.json", "texts", "--json")
    report = json.loads(said)
    assert (code, said.isascii()) == (1, True)
    assert list(report) == ["texts", "not_held", "not_checked", "unknown_files"]
    assert (report["not_held"], report["not_checked"], report["unknown_files"]) == (["hidden-note"], 0, [])
    assert [one for one in report["texts"] if not one["same"]] == [
        {
            "source": "odd-letter", "file": "odd-letter.txt", "same": False, "passed_over": "",
            "characters": 214, "stored": 214, "hold": 4,
            "quotations": [{
                "id": "q4-odd", "record": "claim:odd", "result": "broken",
                "parts": [{"expected": "Міст 🇺🇦 стоїть", "stands": "Міст 🇺🇸 стоїть", "equal": 6, "elsewhere": 0}],
            }],
        }
    ]  # fmt: skip


# --- whatever the manifest holds ---

TEXT = "One two three."
PLAIN: dict[str, Any] = {
    "format": "factsheet-evidence",
    "version": 1,
    "texts": [{"source": "a", "sha256": verify._hash(TEXT), "characters": len(TEXT)}],
    "quotations": [
        {
            "id": "q1-x",
            "record": "claim:x",
            "source": "a",
            "result": "found",
            "spans": [[0, 7]],
            "exact": ["One two"],
            "sha256": [verify._hash("One two")],
        },
        {"id": "q2-x", "record": "claim:x", "source": "b", "result": "not-checked"},
    ],
}


def change(path: tuple[str | int, ...], value: object) -> dict[str, Any]:
    """Give the plain manifest with one value in it exchanged, or left out for `...`."""
    plain: Any = json.loads(json.dumps(PLAIN))
    inner = plain
    for step in path[:-1]:
        inner = inner[step]
    if value is ...:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return dict(plain)


QUOTATION = ("quotations", 0)
HOSTILE: dict[str, tuple[bytes | dict[str, Any], str]] = {
    # what it is -> the manifest -> what is said of it
    "empty": (b"", "is not JSON"),
    "no JSON": (b"{", "is not JSON"),
    "no text": (b"\xff\xfe\xff", "is not JSON"),
    "deep": (b"[" * 200_000, "is not JSON"),
    "a list": (b"[]", "lacks `format`, or holds there what is no str"),
    "of another format": (change(("format",), "sbom"), "is not of the format factsheet-evidence, version 1"),
    "of a later version": (change(("version",), 2), "is not of the format factsheet-evidence, version 1"),
    "a version that is no number": (change(("version",), "1"), "lacks `version`, or holds there what is no int"),
    "texts by name": (change(("texts",), {"a": {}}), "lacks `texts`, or holds there what is no list"),
    "a text that is a word": (change(("texts", 0), "a"), "lacks `source`, or holds there what is no str"),
    "a hash that is a number": (change(("texts", 0, "sha256"), 7), "lacks `sha256`, or holds there what is no str"),
    "a broken number of letters": (change(("texts", 0, "characters"), 1e9), "lacks `characters`, or holds there what is no int"),
    "a name twice": (json.dumps(PLAIN).removesuffix("}").encode() + b', "quotations": []}', "gives a name twice in one place"),
    "a text twice": (change(("texts",), PLAIN["texts"] * 2), "lists the text of a twice"),
    "a quotation of no text": (change((*QUOTATION, "source"), "c"), "does not say where q1-x stands, or contradicts itself about it"),
    "an unknown result": (change((*QUOTATION, "result"), "fine"), "does not say where q1-x stands, or contradicts itself about it"),
    "a quotation without spans": (change((*QUOTATION, "spans"), ...), "lacks `spans`, or holds there what is no list"),
    "a quotation with no spans": (change((*QUOTATION, "spans"), []), "does not say where q1-x stands, or contradicts itself about it"),
    "a span of one number": (change((*QUOTATION, "spans"), [[0]]), "does not say where q1-x stands, or contradicts itself about it"),
    "a span of words": (change((*QUOTATION, "spans"), [["0", "7"]]), "does not say where q1-x stands, or contradicts itself about it"),
    "a span of truths": (change((*QUOTATION, "spans"), [[False, True]]), "does not say where q1-x stands, or contradicts itself about it"),
    "a span backwards": (change((*QUOTATION, "spans"), [[7, 0]]), "does not say where q1-x stands, or contradicts itself about it"),
    "a span before the text": (change((*QUOTATION, "spans"), [[-7, 7]]), "does not say where q1-x stands, or contradicts itself about it"),
    "a span behind the text": (change((*QUOTATION, "spans"), [[0, 10**40]]), "does not say where q1-x stands, or contradicts itself about it"),
    "words of another form": (change((*QUOTATION, "exact"), [7]), "does not say where q1-x stands, or contradicts itself about it"),
    "words that are null": (change((*QUOTATION, "exact"), None), "lacks `exact`, or holds there what is no list"),
    "too many words": (change((*QUOTATION, "exact"), ["One two", "three"]), "does not say where q1-x stands, or contradicts itself about it"),
    "words and a hash that do not fit": (change((*QUOTATION, "exact"), ["One ten"]), "does not say where q1-x stands, or contradicts itself about it"),
    "words of another length": (change(QUOTATION, {**{k: v for k, v in PLAIN["quotations"][0].items() if k != "sha256"}, "exact": [""]}), "does not say where q1-x stands, or contradicts itself about it"),
    "half a letter": (change((*QUOTATION, "exact"), ["One\ud800two"]), "does not say where q1-x stands, or contradicts itself about it"),
    "an id that steers": (change(QUOTATION, {**PLAIN["quotations"][0], "id": "\x1b[2Jq\n\u202e", "spans": []}), "does not say where \\x1b[2Jq\\n\\u202e stands, or contradicts itself about it"),
}  # fmt: skip


@pytest.mark.parametrize(("manifest", "said"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_manifest_that_cannot_be_used_is_misuse_and_is_told_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], manifest: bytes | dict[str, Any], said: str
) -> None:
    path = tmp_path / "evidence.json"
    path.write_bytes(manifest if isinstance(manifest, bytes) else json.dumps(manifest).encode())
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    assert verify.run(str(path), [str(tmp_path / "a.txt")]) == 2
    assert capsys.readouterr() == ("", f"Error: The manifest {said}.\n")


FINE: dict[str, tuple[tuple[str | int, ...], object]] = {
    "as it is": (("version",), 1),
    "with more in it": (("extra",), {"a": [None]}),
    "words without a hash": ((*QUOTATION, "sha256"), ...),
    "a hash without words": ((*QUOTATION, "exact"), ...),
    "one more text with an odd name": (("texts",), [*PLAIN["texts"], *({"source": one, "sha256": "", "characters": 10**40} for one in ("../../etc/passwd", "/etc/passwd", "", "\0", "a/../a"))]),
}  # fmt: skip


@pytest.mark.parametrize(("path", "value"), FINE.values(), ids=FINE.keys())
def test_a_manifest_that_can_be_used_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], path: tuple[str | int, ...], value: object
) -> None:
    (tmp_path / "evidence.json").write_text(json.dumps(change(path, value)), "utf-8")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/a.txt").write_text(TEXT, "utf-8")
    assert verify.run(str(tmp_path / "evidence.json"), [str(tmp_path / "texts")]) == 0
    said = capsys.readouterr().out
    assert "Quotations in them: 1 hold.\nQuotations that were not checked when the manifest was written: 1.\n" in said
    (tmp_path / "texts/a.txt").write_text(TEXT.replace("two", "ten"), "utf-8")
    assert verify.run(str(tmp_path / "evidence.json"), [str(tmp_path / "texts")]) == 1
    assert "q1-x (claim:x): " in capsys.readouterr().out


def test_a_manifest_that_contradicts_a_text_that_is_as_stored_is_told() -> None:
    wrong = change((*QUOTATION, "exact"), ["Ene two"])
    del wrong["quotations"][0]["sha256"]
    found = verify.judge(verify.read_manifest(json.dumps(wrong).encode()), "a", "a.txt", TEXT.encode())
    assert (found["same"], results(found)) == (True, {"q1-x": "broken"})
    assert next(verify._write({"texts": [found], "not_held": [], "not_checked": 0, "unknown_files": []})) == (
        "a (a.txt) is the stored text, and the manifest is wrong about its quotations."
    )
    shorter = change(("texts", 0, "characters"), 13)
    assert not verify.judge(verify.read_manifest(json.dumps(shorter).encode()), "a", "a.txt", TEXT.encode())["same"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
PATHS = st.sampled_from(
    [
        *((name,) for name in PLAIN), ("texts", 0), ("quotations", 0), ("quotations", 1), (*QUOTATION, "spans", 0),
        *(("texts", 0, name) for name in PLAIN["texts"][0]), *((*QUOTATION, name) for name in PLAIN["quotations"][0]),
        (*QUOTATION, "spans", 0, 1), (*QUOTATION, "exact", 0), (*QUOTATION, "sha256", 0),
    ]
)  # fmt: skip


@given(PATHS, JSON, st.text(max_size=20).map(lambda words: f"{words}{TEXT}"))
@settings(max_examples=300)
def test_no_manifest_and_no_text_makes_it_fall_over(path: tuple[str | int, ...], value: object, text: str) -> None:
    plain = change(path, value)
    try:
        manifest = verify.read_manifest(json.dumps(plain).encode())
    except verify.ManifestError:  # the only way out that `run` tells of in a sentence
        return
    judged = [verify.judge(manifest, one, "\ud800.txt", text.encode("utf-8", "replace")) for one in manifest["texts"]]
    report = {"texts": judged, "not_held": [], "not_checked": manifest["unchecked"], "unknown_files": ["\x1b"]}
    said = "\n".join(verify._write(report))
    assert [letter for letter in said if letter != "\n" and (ord(letter) < 32 or 0xD800 <= ord(letter) < 0xE000)] == []
    assert json.loads(json.dumps(judged)) == judged


def test_what_steers_a_terminal_is_written_visibly(desk: Desk) -> None:
    plain = change((*QUOTATION, "id"), "\x1b[31mq1\n\u202ex")
    (desk.folder / "evidence.json").write_text(json.dumps(plain), "utf-8")
    (desk.folder / "a.txt").write_text("One\x1b[2J two", "utf-8")
    (desk.folder / "tidy").mkdir()
    (desk.folder / "tidy/a\x1b[2J.txt").write_text("nothing", "utf-8")
    code, said, _ = desk.run("evidence.json", "a.txt", "tidy")
    assert code == 1
    assert said.splitlines()[2:5] == [
        "  \\x1b[31mq1\\n\\u202ex (claim:x): broken.",
        "    expected: “One two”",
        "    stands:   “One\\x1b[2J”",
    ]
    assert "(a\\x1b[2J.txt)" in said


def test_a_terminal_without_our_letters_gets_escapes(desk: Desk) -> None:
    desk.lay(SITE, odd_letter=held(SITE)["odd-letter"].replace("Міст".encode(), "Мост".encode()))
    code, said, _ = desk.run(flags=("-S",), PYTHONIOENCODING="ascii")
    assert code == 1
    assert "\\u201c\\u041c\\u043e\\u0441\\u0442" in said


def test_whoever_stops_reading_gets_no_traceback(desk: Desk) -> None:
    desk.lay(SITE)
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-I", "verify.py", "evidence.json", "texts"]
    done = subprocess.run(command, cwd=desk.folder, stdout=writing, stderr=subprocess.PIPE, timeout=60, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (2, b"")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nothing.json", "texts"), "Error: nothing.json cannot be read: No such file or directory.\n"),
        (("texts", "texts"), "Error: texts cannot be read: Is a directory.\n"),
        (("evidence.json", "nothing"), "Error: nothing cannot be read: No such file or directory.\n"),
        (("evidence.json", "no\x1bthing.txt"), "Error: no\\x1bthing.txt cannot be read: No such file or directory.\n"),
    ],
)
def test_what_cannot_be_read_is_misuse(desk: Desk, arguments: tuple[str, ...], said: str) -> None:
    assert desk.lay(SITE).run(*arguments) == (2, "", said)


def test_without_texts_to_look_at_it_says_how_it_is_used(desk: Desk) -> None:
    code, _, said = desk.run("evidence.json")
    assert code == 2
    assert said.startswith("usage: verify.py [-h] [--json] manifest texts [texts ...]")


# --- as commands of a project ---


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The sample as a project with a site that has nothing but a manifest."""
    root = tmp_path / "project"
    shutil.copytree(SAMPLE / "content", root / "content")
    (root / "mkdocs.yml").write_text("site_name: Sample\n", "utf-8")
    (root / "site/data").mkdir(parents=True)
    (root / "site/data/evidence.json").write_bytes(manifest_of(SAMPLE))
    return root


def command(name: str, root: Path, *arguments: str) -> tuple[int, str]:
    """Run a command in a project; give its exit code and all that it said."""
    done = CliRunner().invoke(
        {"texts": texts_command, "verify": verify_command}[name], ["--root", str(root), *arguments]
    )
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.output


def list_files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_a_project_verifies_its_own_site_and_writes_nothing(project: Path) -> None:
    before = list_files(project)
    said = "Texts: 3 as stored, 0 different, 0 not held.\nQuotations in them: 15 hold.\n"
    assert command("verify", project) == (0, said)
    assert list_files(project) == before
    source = project / "content/sources/council-minutes-2031-04-01.md"
    fields, text = source.read_text("utf-8").rsplit("---\n", 1)
    (quoted, *_), *_ = (one["exact"] for one in quotations(SAMPLE, "council-minutes-2031-04-01"))
    source.write_text(f"{fields}---\n{text.replace(quoted, quoted[:-1] + '#')}", "utf-8")
    code, said = command("verify", project)
    assert (code, "(content/sources/council-minutes-2031-04-01.md) is not the stored text" in said) == (1, True)
    assert f"    expected: “{quoted}”\n    stands:   “{quoted[:-1]}#”\n" in said


def test_texts_writes_what_verify_reads(project: Path, desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "held"
    assert command("texts", project, "--to", str(folder)) == (0, "3 texts written, 0 there already.\n")
    assert list_files(folder) == {f"{one}.txt": data for one, data in held(SAMPLE).items()}
    assert command("texts", project, "--to", str(folder)) == (0, "0 texts written, 3 there already.\n")
    code, said = command("verify", project, str(project / "site/data/evidence.json"), str(folder))
    shutil.copyfile(project / "site/data/evidence.json", desk.folder / "evidence.json")
    assert (code, said, "") == desk.run("evidence.json", str(folder)) == (0, said, "")


def test_texts_that_are_kept_elsewhere_are_written_too(project: Path, tmp_path: Path) -> None:
    with (project / "content/settings.yml").open("a", encoding="utf-8") as typed:
        typed.write("text_dir: private\n")
    source = project / "content/sources/marn-courier-2031-04-03.md"
    fields, body = source.read_text("utf-8").rsplit("---\n", 1)
    source.write_text(f"{fields}---\n", "utf-8")
    said = "2 texts written, 0 there already. Kept elsewhere and not at hand: 1 text.\n"
    assert command("texts", project, "--to", str(tmp_path / "without")) == (0, said)
    (project / "private").mkdir()
    (project / "private/marn-courier-2031-04-03.md").write_text(body, "utf-8")
    command("texts", project, "--to", str(tmp_path / "with"))
    assert list_files(tmp_path / "with") == {f"{one}.txt": data for one, data in held(SAMPLE).items()}
    assert command("texts", project, "--to", str(project / "private"))[0] == 2
    assert sorted(path.name for path in (project / "private").iterdir()) == ["marn-courier-2031-04-03.md"]


def test_texts_never_writes_over_another_file(project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "held"
    folder.mkdir()
    (folder / "marn-courier-2031-04-03.txt").write_text("my notes", "utf-8")
    (folder / "other.txt").write_text("more notes", "utf-8")
    before = list_files(folder)
    code, said = command("texts", project, "--to", str(folder))
    assert (code, list_files(folder)) == (2, before)
    assert said == (
        f"Error: marn-courier-2031-04-03.txt in {folder} would be written over. Choose an empty folder; nothing was written.\n"
    )
    (folder / "marn-courier-2031-04-03.txt").unlink()
    (folder / "marn-courier-2031-04-03.txt").symlink_to(tmp_path / "elsewhere")
    assert command("texts", project, "--to", str(folder))[0] == 2
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("place", [".", "site", "site/texts", "content/sources", "build/x", "templates", "new/../site"])
def test_texts_writes_into_no_folder_that_is_published_or_read(project: Path, place: str) -> None:
    before = list_files(project)
    code, said = command("texts", project, "--to", str(project / place))
    assert (code, "belongs to the project" in said, list_files(project)) == (2, True, before)


def test_a_project_that_cannot_be_read_is_told_so(project: Path, tmp_path: Path) -> None:
    (project / "content/sources/marn-courier-2031-04-03.md").write_text("no fields\n", "utf-8")
    code, said = command("texts", project, "--to", str(tmp_path / "held"))
    assert (code, "Some of the content cannot be read" in said) == (1, True)
    code, said = command("verify", project)
    assert (code, said.splitlines()[0]) == (0, "Texts: 2 as stored, 0 different, 1 not held (marn-courier-2031-04-03).")
    (project / "content/settings.yml").unlink()
    code, said = command("verify", project)
    assert (code, said) == (
        2,
        "Error: The settings or the vocabulary of this site cannot be used: `factsheet check` says why.\n",
    )
    (project / "site/data/evidence.json").write_text("{}", "utf-8")
    assert command("verify", project)[1] == "Error: The manifest lacks `format`, or holds there what is no str.\n"
    (project / "site/data/evidence.json").unlink()
    code, said = command("verify", project)
    assert (code, said.splitlines()[-1]) == (
        2,
        "Error: There is no site/data/evidence.json yet: `factsheet build` writes it.",
    )
