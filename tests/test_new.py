"""`new`: what it writes is sound, says no more than was answered, and never goes over a file."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from click.testing import CliRunner
from conftest import ROOT, SAMPLE, Tree, copy_inputs
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import cli, pipeline, write
from generator.derive.coverage import cover
from generator.derive.passages import find_passages
from generator.dialect import read_text
from generator.documents import parse
from generator.documents.nodes import CONTROL
from generator.quotations import Found, Span, find, fold
from generator.records import KINDS
from generator.scaffold.fields import FIELDS
from generator.scaffold.ids import make_free, slug
from generator.scaffold.phrases import choose, read
from generator.scaffold.plain_text import clean, part_lists, write_plain_text
from generator.scaffold.stubs import draft_stubs, words_left
from generator.scaffold.writing import write_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from click.testing import Result

    from generator.diagnostics import Diagnostic
    from generator.pipeline import Checked

CASES_SITE = ROOT / "tests" / "cases" / "_site"
TODAY = date(2031, 7, 3)
FLGA = "flga-2025-05-22"


# --- texts as YAML, as Markdown, as ids ---

HARD = st.text(alphabet=st.sampled_from(list("ab \n\t:#-–?*&!|>%@`'\"{}[],.\\~=_<1.)(№“”’йї€🙂\xa0")), max_size=60)
ANY = st.text(max_size=60).filter(lambda text: not CONTROL.search(text) and text.isprintable())


def read_yaml(text: str) -> Any:
    document, problems = parse("content/claims/x.yml", text.encode())
    assert problems == ()
    assert document is not None
    return document.data


@given(st.lists(HARD | ANY, min_size=4, max_size=4), st.booleans())
def test_any_text_reads_back_as_it_was_typed(texts: list[str], item: bool) -> None:  # noqa: FBT001
    one, two, three, four = texts
    fields: dict[str, Any] = {
        "says": one,
        "missing": [two, three],
        "names": {"uk": four},
        "seen": [{"in": "a", "quote": two, "chain": [{"unnamed": three}, "b"]}],
        "authors": [four * 3, one * 3],
    }
    data = read_yaml(write_fields(fields, item=item))
    assert data == ([fields] if item else fields)


def paragraphs(text: str) -> list[str]:
    """What a reader of a plain text sees: its paragraphs, each on one line."""
    return [
        " ".join(map(str.strip, found.strip("\n").split("\n")))
        for found in re.split(r"\n(?:[^\S\n]*\n)+", f"\n\n{text}\n\n")
        if found.strip()
    ]


@given(st.lists(HARD | ANY, max_size=8).map("\n".join))
def test_a_plain_text_is_stored_as_its_reader_sees_it(text: str) -> None:
    stored = read_text(write_plain_text(clean(text).text))
    assert stored.problem == ""
    assert [stored.text[block.start : block.end] for block in stored.blocks] == paragraphs(clean(text).text)
    assert {block.kind for block in stored.blocks} <= {"paragraph"}


PLAIN = {
    # a plain text -> the Markdown in which it is stored
    "A plain\nparagraph.\n\n\nAnd another.": "A plain\nparagraph.\n\nAnd another.\n",
    "# One\n\n> two\n\n- three\n\n1. four\n\n2) five": "\\# One\n\n\\> two\n\n\\- three\n\n1\\. four\n\n2\\) five\n",
    "snake_case, 5 * 3, a < b & c, [sic]": "snake_case, 5 * 3, a < b & c, [sic]\n",
    "*so* [a](b) &amp; <http://x.y>": "\\*so\\* \\[a\\](b) \\&amp; \\<http://x.y>\n",
    "    indented\n\n```\ncode": "indented\n\n\\`\\`\\`\ncode\n",
    "Title\n=====": "Title\n\\=====\n",
    "---\ntitle: no front matter\n---": "\\---\ntitle: no front matter\n\\---\n",
    "[a]: /b": "\\[a\\]: /b\n",
    "Page one\x0cPage two\r\nends  \r\nhere\\": "Page one\n\nPage two\nends\nhere\\\n",
    " \n\t\n": "",
}


@pytest.mark.parametrize(("text", "stored"), PLAIN.items())
def test_marks_of_markdown_in_a_plain_text_are_text(text: str, stored: str) -> None:
    assert write_plain_text(clean(text).text) == stored


LISTS = {
    # a plain text -> the same with each item of a list as a paragraph
    "Three changes:\n- One\n  goes on\n* Two\n\nEnd": "Three changes:\n\n- One\n  goes on\n\n* Two\n\nEnd",
    "1. One\n2. Two": "1. One\n\n2. Two",
    "— Yes, she said.\n— No.": "— Yes, she said.\n\n— No.",
    "The bridge\n- an old one - is\n12. May it last": "The bridge\n- an old one - is\n12. May it last",
    "-5 degrees\n-6 degrees": "-5 degrees\n-6 degrees",
    "": "",
}


@pytest.mark.parametrize(("text", "parted"), LISTS.items())
def test_each_item_of_a_list_is_a_paragraph(text: str, parted: str) -> None:
    assert part_lists(text) == parted


def test_a_list_in_an_article_is_stored_item_by_item(valley: Path, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text("Two changes:\n- Five crossings\n- A ticket costs more\n", "utf-8")
    flags = ("--outlet", "valley-wire", "--published", "2024-05-09", "--language", "en", "--genre", "news")
    assert run(valley, "source", *flags, "--text", str(tmp_path / "article.txt")).exit_code == 0
    stored = (valley / "content/sources/valley-wire-2024-05-09.md").read_text("utf-8")
    assert stored.endswith("---\n\nTwo changes:\n\n\\- Five crossings\n\n\\- A ticket costs more\n")


def test_each_line_may_be_a_paragraph() -> None:
    assert write_plain_text("One.\nTwo.\n\nThree.", by_line=True) == "One.\n\nTwo.\n\nThree.\n"


def test_invisible_characters_are_left_out_and_counted() -> None:
    cleaned = clean("\ufeffa\x00b\u202ec\u2028d\u2029e")
    assert (cleaned.text, cleaned.dropped) == ("abc\nd\n\ne", 2)


def test_a_text_too_long_for_markdown_is_stored_without_backslashes() -> None:
    text = "\n\n".join(f"[{number}] * a" for number in range(5001))
    stored = read_text(write_plain_text(text))
    assert [stored.text[block.start : block.end] for block in stored.blocks] == paragraphs(text)


SLUGS = {
    "Kyiv’s list has not arrived in Moscow yet.": "kyivs-list-has-not-arrived-in",
    "Türkiye & the “1,000 for 1,000” swap": "turkiye-the-1000-for-1000-swap",
    "2025-06-01": "2025-06-01",
    "НАТО заявив": "",
    "NATO повідомило про це": "",
    "!?": "",
    "a" * 90: "a" * 60,
}


@pytest.mark.parametrize(("text", "made"), SLUGS.items())
def test_ids_are_offered_from_the_first_words(text: str, made: str) -> None:
    assert slug(text) == made


def test_an_id_that_is_taken_gets_a_number() -> None:
    assert make_free("a", {"b"}) == "a"
    assert make_free("a", {"a", "a-2"}) == "a-3"
    assert make_free("a" * 80, {"a" * 80}) == "a" * 78 + "-2"


# --- the commands ---


def lay_out(folder: Path, content: Path = ROOT / "content") -> Path:
    """Copy a content folder into a project of its own."""
    shutil.copytree(content, folder / "content", symlinks=True)
    shutil.copyfile(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    return folder


@pytest.fixture
def real(tmp_path: Path) -> Path:
    return lay_out(tmp_path / "real")


@pytest.fixture
def valley(tmp_path: Path) -> Path:
    """The small sound site that case files start from."""
    return lay_out(tmp_path / "valley", CASES_SITE / "content")


def run(root: Path, *arguments: str, text: str | bytes | None = None) -> Result:
    """Run `factsheet new`, with nobody at a terminal."""
    flags = ["new", *arguments, "--root", str(root)]
    return CliRunner(env={"SOURCE_DATE_EPOCH": "1940803200"}).invoke(cli.main, flags, input=text)


def check(root: Path) -> Checked:
    return pipeline.check(root, today=TODAY)


def errors(checked: Checked) -> list[Diagnostic]:
    return [one for one in checked.diagnostics if one.severity == "error"]


def files(root: Path) -> dict[str, bytes]:
    content = root / "content"
    return {path.relative_to(content).as_posix(): path.read_bytes() for path in content.rglob("*") if path.is_file()}


def split(command: str) -> list[str]:
    """Words of a command in which `|` stands between them."""
    return [word.strip() for word in command.split("|")]


MODELINE = "# yaml-language-server: $schema=../.schemas/{}.json\n"
WRITTEN = {
    # the command -> its file, and what stands in it
    'entity | --type | person | --name | Анна: Берг, "A" | --id | anna-berg | --speaks-for | lower-brook | --name-in | en | Anna Berg': (
        "content/entities/anna-berg.yml",
        MODELINE.format("entities")
        + "type: person\nname: 'Анна: Берг, \"A\"'\nnames: {en: Anna Berg}\nspeaks_for: [lower-brook]\n",
    ),
    "source | --outlet | valley-wire | --published | 2024-05-04 | --language | en | --genre | wire | --summary | It's about: bridges # and carts": (
        "content/sources/valley-wire-2024-05-04.yml",
        MODELINE.format("sources")
        + "outlet: valley-wire\npublished: 2024-05-04\naccessed: 2031-07-03\nlanguage: en\ngenre: wire\nstored: none\n"
        "publish: none\nsummary: \"It's about: bridges # and carts\"\n",
    ),
    "source | --outlet | valley-wire | --published | 2024-05-02 | --language | en | --genre | wire | --summary | Another of that day.": (
        "content/sources/valley-wire-2024-05-02.yml",
        MODELINE.format("sources")
        + "outlet: valley-wire\npublished: 2024-05-02\naccessed: 2031-07-03\nlanguage: en\ngenre: wire\nstored: none\n"
        "publish: none\nsummary: Another of that day.\n",
    ),
    "claim | --says | The council closed the bridge. | --kind | fact | --topic | mill-bridge | --when | 2024-05-02 | --in | courier-2024-05-02 | --quote | closed the Mill Bridge to carts | --chain | unnamed:officials | --chain | claimed: valley-wire": (
        "content/claims/the-council-closed-the-bridge.yml",
        MODELINE.format("claims")
        + "says: The council closed the bridge.\nkind: fact\ntopics: [mill-bridge]\nwhen: 2024-05-02\nseen:\n"
        "  - in: courier-2024-05-02\n    quote: closed the Mill Bridge to carts\n"
        "    chain: [{unnamed: officials}, {claimed: valley-wire}]\nverdict: unchecked\n",
    ),
    "claim | --says | Anna Reed said so. | --kind | statement | --speaker | anna-reed | --in | wire-2024-05-02 | --finding | Says it, too. | --chain | own": (
        "content/claims/anna-reed-said-so.yml",
        MODELINE.format("claims")
        + "says: Anna Reed said so.\nkind: statement\nspeaker: anna-reed\nseen:\n  - in: wire-2024-05-02\n"
        "    finding: Says it, too.\n    chain: own\nverdict: unchecked\n",
    ),
    "event | --title | The bridge is closed to carts | --when | 2024-05-02 | --phase | done | --rests-on | bridge-closed | --where | mill-bridge | --as-stated | on Thursday | --topic | mill-bridge": (
        "content/events/the-bridge-is-closed-to-carts.yml",
        MODELINE.format("events")
        + "title: The bridge is closed to carts\nwhen: 2024-05-02\nas_stated: on Thursday\nphase: done\nwhere: mill-bridge\n"
        "topics: [mill-bridge]\nrests_on: [bridge-closed]\n",
    ),
    "topic | --title | The toll house | --question | Who keeps it? | --answer | [Nobody](claim:bridge-closed), it seems. | --party | lower-brook | --lead | bridge-closed": (
        "content/topics/the-toll-house.yml",
        MODELINE.format("topics")
        + 'title: The toll house\nquestion: Who keeps it?\nanswer: "[Nobody](claim:bridge-closed), it seems."\n'
        "lead: [bridge-closed]\nparties: [lower-brook]\n",
    ),
}  # fmt: skip


def test_every_kind_of_record_is_tried() -> None:
    assert {split(command)[0] for command in WRITTEN} == set(FIELDS) == set(KINDS)


@pytest.mark.parametrize(("command", "expected"), WRITTEN.items())
def test_a_new_record_is_written_and_sound(valley: Path, command: str, expected: tuple[str, str]) -> None:
    before = files(valley)
    result = run(valley, *split(command))
    assert (result.exit_code, result.stdout, result.stderr[:6]) == (0, f"{expected[0]}\n", "Next: ")
    assert (valley / expected[0]).read_text("utf-8") == expected[1]
    assert files(valley).items() - before.items() == {(expected[0].removeprefix("content/"), expected[1].encode())}
    assert errors(check(valley)) == []


REAL = (
    "source | --outlet | tass | --published | 2025-06-01 | --language | ru | --genre | wire | --summary | Reports.",
    "entity | --type | person | --name | Nobody in Particular",
    f"claim | --says | The world looks on. | --kind | opinion | --in | {FLGA} | --quote | the world watches closely | --chain | own",
    "event | --title | The last day | --when | 2025-05-25 | --phase | done | --rests-on | total-1000-each",
    "topic | --title | Who looks on | --question | Who? | --answer | [The world](claim:world-watches-closely).",
)


def test_new_records_of_every_kind_are_sound_in_the_real_content(real: Path) -> None:
    for command in REAL:
        result = run(real, *split(command))
        assert (result.exit_code, result.output.count("\n")) == (0, 2), result.output
    assert errors(check(real)) == []
    checked = check(real)
    assert checked.library is not None
    assert checked.library.claims["the-world-looks-on"].verdict == "unchecked"


REFUSED = {
    # the command -> what is said of it
    "entity | --type | outlt | --name | A": "Did you mean `outlet`?",
    "source | --outlet | valley-wyre | --language | en | --genre | wire | --summary | A": "--outlet: There is no entity with the id `valley-wyre`. Did you mean `valley-wire`?",
    "source | --outlet | Valley Wire | --language | en | --genre | wire | --summary | A": "--outlet: There is no entity with the id `Valley Wire`. Did you mean `valley-wire`?",
    "source | --outlet | valley-wire | --language | en | --genre | wires | --summary | A": "--genre: “wires” is not one of the genres. Did you mean `wire`",
    "source | --outlet | valley-wire | --language | en | --genre | wire | --published | 5/22/2025 | --summary | A": "--published: ",
    "claim | --says | A b c. | --kind | fakt | --in | courier-2024-05-02 | --quote | closed the Mill Bridge to carts | --chain | own": "--kind: “fakt” is not one of the kinds. Did you mean `fact`",
    "claim | --says | A b c. | --kind | fact | --in | courier-2024-05-02 | --quote | closed the Mill Bridge to carts | --chain | anna-red": "--chain: There is no entity with the id `anna-red`. Did you mean `anna-reed`?",
    "claim | --says | A b c. | --kind | fact | --in | courier-2024-05-02 | --quote | closed the Mill Bridge to carts | --chain | own | --chain | anna-reed": "--chain: ",
    "claim | --says | A b c. | --kind | fact | --in | courier-2024-05-02 | --quote | closed the Mill Bridg to carts | --chain | own": 'What differs: typed "Bridg", stored "Bridge".',
    "claim | --says | The 13 planks. | --kind | fact | --in | courier-2024-05-02 | --quote | closed the Mill Bridge to carts | --chain | own": "The figure “13” stands in none of the quotations",
    "claim | --says | A b c. | --kind | fact | --in | courier-2024-05-02 | --quote | closed the Mill Bridge to carts | --finding | B | --chain | own": "`finding`",
    "claim | --id | bridge-closed | --says | A b c. | --kind | fact | --in | courier-2024-05-02 | --quote | closed the Mill Bridge to carts | --chain | own": "--id: The id `bridge-closed` is taken.",
    "claim | --id | Bridge Closed | --says | A b c. | --kind | fact | --in | courier-2024-05-02 | --quote | closed the Mill Bridge to carts | --chain | own": "--id: ",
    "claim | --says | A b c. | --kind | statement | --in | courier-2024-05-02": "Missing: --speaker, --quote, --chain.",
    "claim | --says | A b c. | --in | wire-2024-05-02": "Missing: --kind, --finding, --chain.",
    "claim": "Missing: --says, --kind, --in, --quote, --chain.",
    "source | --language | en": "Missing: --outlet, --genre, --summary.",
    "entity | --type | person | --name | Анна Берг": "Missing: --id. No id can be offered for these words.",
    "event | --title | An event | --when | 2024 | --phase | done | --rests-on | repair-cost": "it rests only on what somebody says",
    "event | --title | An event | --when | 2024 | --phase | done": "Missing: --rests-on.",
    "event | --title | An event | --when | 2024 | --phase | done | --rests-on | bridge-closd": "Did you mean `bridge-closed`?",
    "topic | --title | A topic | --question | B | --answer | [C](claim:no-such)": "There is no claim with the id `no-such`.",
    "topic | --title | A topic | --question | B | --answer | C | --party | anna-reed": "speaks with the voice of `lower-brook`",
    "topic | --title |  | --question | B | --answer | C": "An option is blank: title.",
    "claims | --from | courier-2024-05-2": "--from: There is no source with the id `courier-2024-05-2`. Did you mean `courier-2024-05-02`?",
    "claims | --from | courier-2024-05-02 | --topic | mill": "--topic: There is no topic with the id `mill`.",
    "claims | --from | wire-2024-05-02": "The text of `wire-2024-05-02` is not stored, so nothing of it can be quoted.",
}  # fmt: skip


@pytest.mark.parametrize(("command", "said"), REFUSED.items())
def test_what_does_not_fit_is_said_before_anything_is_written(valley: Path, command: str, said: str) -> None:
    before = files(valley)
    result = run(valley, *split(command))
    assert said in " ".join(result.stderr.split())
    assert (result.exit_code, result.stdout, files(valley)) == (2, "", before)


def test_an_id_that_led_to_a_record_once_is_never_given_again(valley: Path) -> None:
    path = valley / "content/entities/ford.yml"
    path.write_text("type: place\nname: The old ford\nwas: [the-ford]\n", "utf-8")
    command = ("entity", "--type", "place", "--name", "The Ford")
    assert "--id: The id `the-ford` is taken." in run(valley, *command, "--id", "the-ford").stderr
    assert run(valley, *command).stdout == "content/entities/the-ford-2.yml\n"
    lost = run(valley, "entity", "--type", "place", "--name", "Its bank", "--part-of", "the-ford")
    assert "There is no entity with the id `the-ford`. It is now called `ford`." in lost.stderr


def test_content_with_errors_of_its_own_takes_new_records_all_the_same(valley: Path) -> None:
    (valley / "content/claims/bad.yml").write_text("says: Of 99 planks.\nkind: fact\ntopics: [no-such]\n", "utf-8")
    before = errors(check(valley))
    assert len(before) == 2
    result = run(valley, "entity", "--type", "place", "--name", "The Ford")
    assert (result.exit_code, result.stdout) == (0, "content/entities/the-ford.yml\n")
    assert errors(check(valley)) == before


def test_settings_that_cannot_be_used_stop_everything(valley: Path) -> None:
    (valley / "content/settings.yml").unlink()
    result = run(valley, "entity", "--type", "place", "--name", "The Ford")
    assert (result.exit_code, result.stderr) == (
        1,
        "The settings or the vocabulary of this site cannot be used: `factsheet check` says why.\n",
    )


# --- a source with its text ---

ARTICLE = "1. What the council said\n\nThe council met on *Monday*.\nIt closed 3 bridges & a ford.\n"
SOURCE = (
    "source",
    "--outlet",
    "brook-courier",
    "--published",
    "2024-06-01T09:00",
    "--language",
    "en",
    "--genre",
    "news",
)


@pytest.mark.parametrize("way", ["file", "stdin"])
def test_a_source_keeps_the_text_that_it_is_given(valley: Path, tmp_path: Path, way: str) -> None:
    (tmp_path / "article.txt").write_text(ARTICLE, "utf-8")
    name = str(tmp_path / "article.txt") if way == "file" else "-"
    result = run(valley, *SOURCE, "--text", name, text=ARTICLE if way == "stdin" else None)
    assert (result.exit_code, result.stdout) == (0, "content/sources/brook-courier-2024-06-01.md\n")
    assert (valley / result.stdout.strip()).read_text("utf-8") == (
        "---\noutlet: brook-courier\npublished: 2024-06-01T09:00\naccessed: 2031-07-03\nlanguage: en\ngenre: news\n"
        "stored: whole\npublish: excerpts\n---\n\n"
        "1\\. What the council said\n\nThe council met on \\*Monday\\*.\nIt closed 3 bridges & a ford.\n"
    )
    quote = ("--quote", "It closed 3 bridges & a ford.", "--in", "brook-courier-2024-06-01", "--chain", "own")
    assert run(valley, "claim", "--says", "It closed 3 bridges.", "--kind", "number", *quote).exit_code == 0
    assert errors(check(valley)) == []


def test_a_text_that_is_markdown_already_is_taken_as_it_stands(valley: Path) -> None:
    result = run(valley, *SOURCE, "--text", "-", "--markdown", "--publish", "full", text="# A\r\n\r\nSo *it* is.\r\n")
    assert (valley / result.stdout.strip()).read_text("utf-8").endswith("publish: full\n---\n\n# A\n\nSo *it* is.\n")


TEXTS = {
    "nothing": (b" \n", "There are no words in the text."),
    "not UTF-8": ("Müller".encode("latin-1"), "The text is not UTF-8."),
    "too much": (b"a\n\n" * 1_400_000, "The text is larger than 4 MB"),
}


@pytest.mark.parametrize(("text", "said"), TEXTS.values(), ids=TEXTS.keys())
def test_a_text_that_cannot_be_stored_is_refused(valley: Path, text: bytes, said: str) -> None:
    before = files(valley)
    result = run(valley, *SOURCE, "--text", "-", text=text)
    assert said in result.stderr
    assert (result.exit_code, files(valley)) == (2, before)


def test_the_same_address_is_pointed_out(valley: Path) -> None:
    result = run(valley, *SOURCE, "--url", "https://courier.example/mill-bridge", "--summary", "The same.")
    assert "the source `courier-2024-05-02` has the same address" in result.stderr


# --- never over a file ---


def test_a_file_that_is_there_is_never_written_over(valley: Path) -> None:
    taken = valley / "content/entities/the-ford.yml"
    taken.write_text("- {id: other, type: place, name: Other}\n", "utf-8")
    result = run(valley, "entity", "--type", "place", "--name", "The Ford")
    assert result.exit_code == 2
    assert "content/entities/the-ford.yml is there already, and nothing is written over." in result.stderr
    assert taken.read_text("utf-8") == "- {id: other, type: place, name: Other}\n"


def test_of_many_who_create_one_file_one_succeeds(tmp_path: Path) -> None:
    barrier = threading.Barrier(8)
    won: list[int] = []

    def try_it(number: int) -> None:
        barrier.wait()
        try:
            write.create(tmp_path, "content/claims/new/a.yml", f"{number}\n")
        except FileExistsError:
            return
        won.append(number)

    threads = [threading.Thread(target=try_it, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert (tmp_path / "content/claims/new/a.yml").read_text("utf-8") == f"{won[0]}\n"


@pytest.mark.parametrize(
    "path", ["content/../a.yml", "/etc/a.yml", "site/a.yml", "content", "content/a\\b.yml", "content//a", "a.yml"]
)
def test_nothing_is_created_outside_content(tmp_path: Path, path: str) -> None:
    with pytest.raises(write.UnsafePathError):
        write.create(tmp_path, path, "x")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_created_through_a_link(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    root = tmp_path / "root"
    (root / "content").mkdir(parents=True)
    (root / "content/claims").symlink_to(outside)
    (root / "content/dangling.yml").symlink_to(outside / "b.yml")
    with pytest.raises(write.UnsafePathError):
        write.create(root, "content/claims/a.yml", "x")
    with pytest.raises(FileExistsError):
        write.create(root, "content/dangling.yml", "x")
    with pytest.raises(write.UnsafePathError):
        write.extend(root, "content/dangling.yml", b"", "x")
    assert list(outside.iterdir()) == []


def test_a_file_that_changed_meanwhile_is_not_extended(tmp_path: Path) -> None:
    write.create(tmp_path, "content/a.yml", "- a\n")
    with pytest.raises(FileExistsError):
        write.extend(tmp_path, "content/a.yml", b"- b\n", "- c\n")
    write.extend(tmp_path, "content/a.yml", b"- a\n", "- c\n")
    assert (tmp_path / "content/a.yml").read_bytes() == b"- a\n- c\n"


# --- added to a list ---

FORD = "- id: the-ford\n  type: place\n  name: The Ford\n"
LIST_FILES = {
    # what the file holds -> what stands behind it afterwards
    "flow items, as in the valley": ("- {id: a-b, type: place, name: A B}\n- {id: c-d, type: place, name: C D}\n", FORD),
    "blank lines between records": ("- id: a-b\n  type: place\n  name: A B\n\n- id: c-d\n  type: place\n  name: C D\n", f"\n{FORD}"),
    "a comment at the end, no line end": ("- {id: a-b, type: place, name: A B}  # odd\n# end", f"\n\n{FORD}"),
    "Windows line ends": ("- {id: a-b, type: place, name: A B}\r\n- {id: c-d, type: place, name: C D}\r\n", FORD),
    "a folded text at the end": ("- id: a-b\n  type: place\n  name: A B\n  description: >-\n    Some\n    words.\n", f"\n{FORD}"),
}  # fmt: skip


@pytest.mark.parametrize(("before", "added"), LIST_FILES.values(), ids=LIST_FILES.keys())
def test_a_record_is_added_behind_the_others(valley: Path, before: str, added: str) -> None:
    path = valley / "content/entities/more.yml"
    path.write_bytes(before.encode())
    result = run(valley, "entity", "--type", "place", "--name", "The Ford", "--file", "content/entities/more.yml")
    assert (result.exit_code, result.stdout) == (0, "content/entities/more.yml\n")
    assert path.read_bytes() == (before + added).encode()
    assert errors(check(valley)) == []


NO_LISTS = {
    "one record": "type: place\nname: A B\n",
    "a flow list": "[{id: a-b, type: place, name: A B}]\n",
    "indented items": "  - {id: a-b, type: place, name: A B}\n",
    "a text that would change": "- id: a-b\n  type: place\n  name: A B\n  description: |+\n    Some\n",
    "broken": "- id: a-b\n  type: [\n",
    "nothing": "",
}


@pytest.mark.parametrize("before", NO_LISTS.values(), ids=NO_LISTS.keys())
def test_what_is_no_list_stays_as_it_is(valley: Path, before: str) -> None:
    path = valley / "content/entities/more.yml"
    path.write_text(before, "utf-8")
    result = run(valley, "entity", "--type", "place", "--name", "The Ford", "--file", "content/entities/more.yml")
    assert (result.exit_code, path.read_text("utf-8")) == (2, before)


def test_a_list_that_is_not_there_is_made(valley: Path) -> None:
    result = run(
        valley, "entity", "--type", "place", "--name", "The Ford", "--file", "content/entities/river/fords.yml"
    )
    assert result.exit_code == 0
    made = (valley / "content/entities/river/fords.yml").read_text("utf-8")
    assert made == f"# yaml-language-server: $schema=../../.schemas/entities.json\n{FORD}"
    assert errors(check(valley)) == []


@pytest.mark.parametrize(
    "path", ["content/claims/a.yml", "content/entities/.a.yml", "content/entities/../a.yml", "/a.yml", "a.yml"]
)
def test_a_list_stands_in_the_folder_of_its_kind(valley: Path, path: str) -> None:
    before = files(valley)
    result = run(valley, "entity", "--type", "place", "--name", "The Ford", "--file", path)
    assert (result.exit_code, files(valley)) == (2, before)


# --- somebody at a terminal ---


END = "\x04"  # Ctrl-D


def talk(root: Path, *arguments: str, answers: Iterable[str]) -> tuple[int, str]:
    """Run `factsheet new` at a terminal of its own, and answer each question when it is asked."""
    ours, theirs = pty.openpty()
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1940803200", "TERM": "dumb"}
    command = [sys.executable, "-m", "generator", "new", *arguments, "--root", str(root)]
    done = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, env=environment)
    os.close(theirs)
    typed = iter(answers)
    heard, unanswered = b"", b""
    while select.select([ours], [], [], 60)[0]:
        try:
            more = os.read(ours, 4096)
        except OSError:  # the other end is closed
            break
        heard += more
        unanswered += more
        if unanswered.endswith(b": ") and (answer := next(typed, None)) is not None:
            unanswered = b""
            os.write(ours, (answer if answer == END else f"{answer}\n").encode())
    os.close(ours)
    return done.wait(60), heard.decode("utf-8", "replace")


def test_what_is_missing_is_asked_for_until_it_fits(valley: Path) -> None:
    answers = (
        "Nobody asked.",
        "fact",
        "mill-bridge, mil-bridge",
        "mill-bridge",
        "",
        "courier-2024-05-02",
        "untraced",
        "",
    )
    code, heard = talk(valley, "claim", "--quote", "the market opened at noon", answers=answers)
    assert code == 0, heard
    assert "Error: There is no topic with the id `mil-bridge`. Did you mean `mill-bridge`?" in heard
    assert "Its id; it never changes [nobody-asked]" in heard
    assert (valley / "content/claims/nobody-asked.yml").read_text("utf-8") == MODELINE.format("claims") + (
        "says: Nobody asked.\nkind: fact\ntopics: [mill-bridge]\nseen:\n  - in: courier-2024-05-02\n"
        "    quote: the market opened at noon\n    chain: untraced\nverdict: unchecked\n"
    )


def test_answers_that_do_not_fit_together_are_not_lost(valley: Path) -> None:
    answers = ("It has 7 arches.", "fact", "", "", "courier-2024-05-02", "closed the Mill Bridge to carts", "own", "")
    before = files(valley)
    code, heard = talk(valley, "claim", answers=answers)
    assert (code, files(valley)) == (2, before)
    assert "The figure “7” stands in none of the quotations" in heard
    assert (
        "factsheet new claim --says 'It has 7 arches.' --kind fact --in courier-2024-05-02 "
        "--quote 'closed the Mill Bridge to carts' --chain own --id it-has-7-arches" in heard
    )


def test_a_source_is_asked_for_its_text(valley: Path, tmp_path: Path) -> None:
    article = tmp_path / "an article.txt"
    article.write_text("The bridge is open again.", "utf-8")
    answers = (f"{tmp_path}/none.txt", f"'{article}'", "valley-wire", "2024-05-09", "", "", "", "", "news", "")
    code, heard = talk(valley, "source", answers=answers)
    assert code == 0, heard
    assert f"Error: There is no file `{tmp_path}/none.txt` here." in heard
    stored = (valley / "content/sources/valley-wire-2024-05-09.md").read_text("utf-8")
    assert stored.endswith("stored: whole\npublish: excerpts\n---\n\nThe bridge is open again.\n")


def test_a_source_without_a_text_is_asked_for_a_summary(valley: Path) -> None:
    code, heard = talk(
        valley, "source", answers=("", "valley-wire", "2024-05-09", "", "", "", "", "news", "It reports.", "")
    )
    assert code == 0, heard
    stored = (valley / "content/sources/valley-wire-2024-05-09.yml").read_text("utf-8")
    assert stored.endswith("stored: none\npublish: none\nsummary: It reports.\n")


def test_who_stops_half_way_loses_no_answer(valley: Path, tmp_path: Path) -> None:
    (tmp_path / "article.md").write_text("*One* word and another.", "utf-8")
    before = files(valley)
    text = ("--text", str(tmp_path / "article.md"), "--markdown")
    code, heard = talk(valley, "source", *text, answers=("valley-wire", "2024-05-09", "It's open", END))
    assert (code, files(valley)) == (1, before)
    typed = f"--outlet valley-wire --published 2024-05-09 --title 'It'\"'\"'s open' --text {text[1]} --markdown"
    assert f"Nothing was written. To go on from here:\r\nfactsheet new source {typed}\r\n" in heard
    assert "Aborted" not in heard


def test_a_source_that_cannot_be_read_is_not_cited_in_other_words(valley: Path) -> None:
    path = next((valley / "content/sources").glob("courier-2024-05-02.md"))
    path.write_text(path.read_text("utf-8").replace("---\n", "---\ntitle: A: b\n", 1), "utf-8")
    flags = ("--says", "A b c.", "--kind", "fact", "--in", "courier-2024-05-02", "--chain", "own")
    result = run(valley, "claim", *flags, "--finding", "It says so.")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "The source `courier-2024-05-02` cannot be read, so nothing of it can be cited yet" in result.stderr


# --- drafts for what nobody has cited ---


def drafts_of(root: Path, source: str) -> list[dict[str, Any]]:
    typed = yaml.load((root / f"content/claims/{source}-unchecked.yml").read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506 - it makes texts, lists and mappings
    assert isinstance(typed, list)
    return typed


def unaccounted(checked: Checked) -> list[Diagnostic]:
    return [one for one in checked.diagnostics if one.code == "sentence-unaccounted"]


def test_the_sample_gets_a_draft_for_the_sentence_nobody_cited(tmp_path: Path) -> None:
    root = lay_out(tmp_path / "sample", SAMPLE / "content")
    before = check(root)
    result = run(root, "claims", "--from", "marn-courier-2031-04-03", "--topic", "mill-bridge-repair")
    assert (result.exit_code, result.stdout) == (0, "content/claims/marn-courier-2031-04-03-unchecked.yml\n")
    text = (root / result.stdout.strip()).read_text("utf-8")
    assert text.startswith(MODELINE.format("claims") + "# Drafts: ")
    assert text.endswith(
        "\n# Line 24: Nobody was seen at the toll house.\n"
        "- id: nobody-was-seen-at-the-toll\n"
        '  says: "The text says: “Nobody was seen at the toll house”"\n'
        "  kind: fact\n"
        "  topics: [mill-bridge-repair]\n"
        "  seen:\n"
        "    - in: marn-courier-2031-04-03\n"
        "      quote: Nobody was seen at the toll house\n"
        "      chain: untraced\n"
        "  verdict: unchecked\n"
    )
    gone = set(before.diagnostics) - set(check(root).diagnostics)
    assert {(one.code, one.place.path) for one in gone} == {
        ("sentence-unaccounted", "content/sources/marn-courier-2031-04-03.md")
    }
    assert {one.code for one in set(check(root).diagnostics) - set(before.diagnostics)} == {"draft-unfinished"}


def test_headings_too_short_to_quote_are_left_and_said(tmp_path: Path) -> None:
    root = lay_out(tmp_path / "sample", SAMPLE / "content")
    result = run(root, "claims", "--from", "council-minutes-2031-04-01")
    assert [draft["seen"][0]["quote"] for draft in drafts_of(root, "council-minutes-2031-04-01")] == [
        "The chair, four members, the clerk",
        "The register is to be consulted",
    ]
    assert "2 sentences left without a draft (lines 12 and 16): " in result.stderr
    again = run(root, "claims", "--from", "council-minutes-2031-04-01")
    assert (again.exit_code, again.stdout) == (0, "")


def test_a_text_that_is_all_accounted_for_needs_no_draft(valley: Path) -> None:
    before = files(valley)
    result = run(valley, "claims", "--from", "courier-2024-05-02")
    assert (result.exit_code, files(valley)) == (0, before)
    assert result.stderr == "Every sentence of `courier-2024-05-02` is cited or skipped: there is nothing to draft.\n"


def add_source(root: Path, text: str, *, language: str = "en", publish: str = "excerpts") -> None:
    fields = f"outlet: brook-courier\naccessed: 2024-06-01\nlanguage: {language}\ngenre: news\nstored: whole\n"
    (root / "content/sources/long.md").write_text(f"---\n{fields}publish: {publish}\n---\n\n{text}\n", "utf-8")


def test_a_name_that_is_taken_gets_a_number_and_no_id_is_used_twice(valley: Path) -> None:
    (valley / "content/claims/long-unchecked.yml").write_text(
        "- {id: a-ford-by-the-old-mill, says: A, kind: fact}\n", "utf-8"
    )
    add_source(valley, "A ford by the old mill is dry. A ford by the old mill is deep.", publish="full")
    result = run(valley, "claims", "--from", "long")
    assert result.stdout == "content/claims/long-unchecked-2.yml\n"
    text = (valley / result.stdout.strip()).read_text("utf-8")
    ids = re.findall(r"^- id: (.*)$", text, re.MULTILINE)
    assert len(ids) == len(set(ids)) == 2
    assert "a-ford-by-the-old-mill" not in ids
    assert errors(check(valley)) == []
    assert unaccounted(check(valley)) == []


SLAVIC = {
    "uk": (
        "Міська рада у четвер закрила старий міст через річку для возів та пішоходів, повідомила речниця ради Анна Рід. "
        "За її словами, щонайменше 12 дощок прогнили, а ремонт коштуватиме 4000 крон. Т. Шевченко про це не знав. "
        "«Так!» — сказав він. Погода весь день була чудова, і ринок, як завжди, відкрився опівдні."
    ),
    "ru": (
        "Городской совет в четверг закрыл старый мост через реку для телег и пешеходов, сообщила представительница совета. "
        "По её словам, не менее 12 досок сгнили, а ремонт обойдётся в 4000 крон. Жители деревни пока не ответили на письмо. "
        "Погода весь день была прекрасная, и рынок, как всегда, открылся в полдень."
    ),
}


@pytest.mark.parametrize("language", SLAVIC)
def test_ukrainian_and_russian_texts_get_drafts_with_numbered_ids(valley: Path, language: str) -> None:
    add_source(valley, SLAVIC[language], language=language)
    waiting = len(unaccounted(check(valley)))
    result = run(valley, "claims", "--from", "long")
    assert result.exit_code == 0, result.output
    drafts = drafts_of(valley, "long")
    assert [draft["id"] for draft in drafts] == [f"long-sentence-{number}" for number in range(1, waiting + 1)]
    assert unaccounted(check(valley)) == []
    assert errors(check(valley)) == []


TIGHT = " ".join(
    f"Sentence number {number} of this long story tells how the river rose again." for number in range(40, 60)
)


def test_a_limit_that_is_too_tight_leaves_sentences_and_says_how_many(valley: Path) -> None:
    settings_file = valley / "content/settings.yml"
    settings_file.write_text(settings_file.read_text("utf-8") + "excerpt_limit: {words: 10, share: 20}\n", "utf-8")
    add_source(valley, TIGHT)
    before = errors(check(valley))  # other sources are quoted too much now
    result = run(valley, "claims", "--from", "long")
    checked = check(valley)
    drafts = drafts_of(valley, "long")
    assert errors(checked) == before
    assert 0 < len(drafts) < 20
    assert len(unaccounted(checked)) == 20 - len(drafts)
    assert f"{20 - len(drafts)} sentences left without a draft (lines 10, 10" in result.stderr
    assert "no more of this text may be quoted" in result.stderr


def test_where_nothing_more_may_be_quoted_nothing_is_written(valley: Path) -> None:
    settings_file = valley / "content/settings.yml"
    settings_file.write_text(settings_file.read_text("utf-8") + "excerpt_limit: {words: 10, share: 1}\n", "utf-8")
    add_source(valley, TIGHT)
    before = files(valley)
    result = run(valley, "claims", "--from", "long")
    assert (result.exit_code, result.stdout, files(valley)) == (1, "", before)
    assert "20 sentences left without a draft" in result.stderr


def test_a_draft_is_published_as_what_nobody_has_checked(tmp_path: Path) -> None:
    tree = copy_inputs(ROOT, SAMPLE, to=tmp_path / "tree")
    run(tree.root, "claims", "--from", "marn-courier-2031-04-03", "--topic", "mill-bridge-repair")
    built = pipeline.build(tree.root, today=TODAY)
    assert errors(built) == []
    page = built.pages["claims/nobody-was-seen-at-the-toll.md"]
    assert "The text says: “Nobody was seen at the toll house”" in page
    assert "Not checked yet" in page


def test_drafts_of_a_text_that_may_not_be_shown_give_none_of_it_away(tmp_path: Path) -> None:
    tree = copy_inputs(ROOT, SAMPLE, to=tmp_path / "tree")
    letter = tree.content / "sources/bridgeworks-letter-2031-04-02.md"
    added = "The other bidders of the valley asked for twice as much and offered no scaffolding at all."
    letter.write_text(f"{letter.read_text('utf-8')}\n{added}\n", "utf-8")
    assert run(tree.root, "claims", "--from", letter.stem).exit_code == 0
    [draft] = drafts_of(tree.root, letter.stem)
    assert (draft["id"], draft["says"]) == (f"{letter.stem}-sentence-2", "The text says: “…”")
    assert draft["seen"][0]["quote"] == added.removesuffix(".")
    built = pipeline.build(tree.root, today=TODAY)
    assert errors(built) == []
    assert [path for path, page in built.pages.items() if "other bidders" in page] == []


def test_drafts_of_a_text_kept_elsewhere_put_no_sentence_of_it_into_content(tmp_path: Path) -> None:
    tree = copy_inputs(ROOT, SAMPLE, to=tmp_path / "tree")
    letter = tree.content / "sources/bridgeworks-letter-2031-04-02.md"
    head, _, body = letter.read_text("utf-8").partition("\n---\n")
    letter.write_text(f"{head}\n---\n", "utf-8")
    (tree.root / "private").mkdir()
    added = "The other bidders of the valley asked for twice as much, and then, after a long night, offered no scaffolding at all to anybody."
    (tree.root / "private" / letter.name).write_text(f"{body}\n{added}\n", "utf-8")
    settings_file = tree.content / "settings.yml"
    settings_file.write_text(f"text_dir: private\n{settings_file.read_text('utf-8')}", "utf-8")
    assert run(tree.root, "claims", "--from", letter.stem).exit_code == 0
    written = (tree.content / f"claims/{letter.stem}-unchecked.yml").read_text("utf-8")
    assert re.search(r"^# Line \d+$", written, re.MULTILINE)
    quoted = drafts_of(tree.root, letter.stem)[0]["seen"][0]["quote"]
    assert [word for word in added.split() if word in written and word not in quoted and len(word) > 5] == []


PHRASES = {
    # a sentence, the most words -> what is quoted of it
    ("The council closed the bridge.", 20): "The council closed the bridge",
    ("Is the bridge closed to carts?", 20): "Is the bridge closed to carts?",
    ("“The bridge is closed to carts,” she said.", 6): "The bridge is closed to carts",
    (
        "After a long night of talks, the council closed the bridge to carts.",
        8,
    ): "the council closed the bridge to carts",
    ("The council did not close the bridge over the river Marn.", 3): None,
    ("The council will on Monday decide whether to close the bridge.", 7): "The council will on Monday decide whether",
    ("The mill has said that it does not want the old bridge back.", 8): "The mill has said that it",
    ("The repair of the bridge costs 5 million crowns.", 7): "The repair of the bridge costs",
    ("It (the bridge) is closed to carts.", 20): "It (the bridge) is closed to carts",
    ("He said that [...] the bridge is closed to carts.", 20): "the bridge is closed to carts",
    ("Das Dach.", 20): None,
}


@pytest.mark.parametrize(("given_", "quoted"), PHRASES.items())
def test_a_phrase_is_cut_where_its_reader_would_pause(given_: tuple[str, int], quoted: str | None) -> None:
    sentence, most = given_
    text = f"{sentence}\n\nSomething else stands behind it."
    phrase = choose(read(text), Span(0, len(sentence)), Span(0, len(sentence)), most)
    assert (phrase.quote if phrase else None) == quoted


def test_a_draft_repeats_no_more_of_the_text_than_it_quotes() -> None:
    text = "Bridge will close, mayor says\n\nThe council closed the bridge to carts"
    sentence = Span(text.index("The council"), len(text))
    phrase = choose(read(text), sentence, sentence, 20)
    assert phrase is not None
    assert (phrase.quote, phrase.says) == ("The council closed the bridge to carts", "The text says: “…”")


WORDS = st.sampled_from(
    ["the", "council", "closed", "not", "1,000", "5", "million", "at", "least", "12%", "Peskov’s", "de-escalation", "“so”", "(a)", "[...]", "…", "*it*", "_b_", "#", "&", "<x>", "\\", "—", "–", ",", ";", ":", ".", "!", "?", "No.", "Mr.", "міст", "п'ять", "’", "'", '"', "№", "$3.50", "http://a.b/c", "[a](b:c)", "漢字漢字漢字漢字", "about", "hundreds", "of", "thousands"]
)  # fmt: skip
TEXTS_OF_WORDS = st.lists(st.lists(WORDS, min_size=1, max_size=25).map(" ".join), min_size=1, max_size=6)


@settings(max_examples=60)
@given(TEXTS_OF_WORDS, st.sampled_from([20, 60, 100]), st.sampled_from([6, 40]), st.sampled_from(["excerpts", "full"]))
def test_drafts_of_any_text_keep_every_rule(parts: list[str], share: int, words: int, publish: str) -> None:
    library = LIBRARY
    text = write_plain_text("\n\n".join(parts))
    limits = library.settings.excerpt_limit.model_copy(update={"share": share, "words": words})
    source = library.sources["courier-2024-05-02"].model_copy(update={"publish": publish})
    changed = replace(
        library,
        settings=library.settings.model_copy(update={"excerpt_limit": limits}),
        sources={**library.sources, source.id: source},
        texts={**library.texts, source.id: read_text(text)},
    )
    coverage = cover(changed, source.id, ())
    stubs = draft_stubs(changed, coverage)
    folded = fold(changed.texts[source.id].text)
    for stub in stubs.made:
        match = find(stub.phrase.quote, folded, prefix=stub.phrase.prefix, suffix=stub.phrase.suffix)
        assert isinstance(match, Found)
        assert match.parts == (stub.phrase.span,)
        assert publish == "full" or stub.phrase.words <= words
    spans = [stub.phrase.span for stub in stubs.made]
    assert spans == sorted(set(spans))
    room = words_left(changed, coverage)
    assert room is None or sum(stub.phrase.words for stub in stubs.made) <= room
    covered = {s.line for s in coverage.sentences if any(x.start < s.span.end and s.span.start < x.end for x in spans)}
    assert {s.line for s in coverage.sentences} - covered <= {*stubs.crowded, *stubs.unquotable}


def _library() -> Any:
    checked = pipeline.check(CASES_SITE, today=TODAY)
    assert checked.library is not None
    assert find_passages(checked.library)
    return checked.library


LIBRARY = _library()


# --- the show: half of the real claims, and drafts for the article ---

Records = dict[str, Any]


@dataclass
class Typed:
    """The real content as plain data, file by file, from which records can be taken out."""

    root: Path
    data: dict[Path, Records]

    @classmethod
    def read(cls, root: Path) -> Typed:
        """Read what refers to claims."""
        paths = [
            *(
                path
                for kind in ("claims", "events", "topics")
                for path in sorted((root / "content" / kind).rglob("*.yml"))
            ),
            root / "content/corrections.yml",
        ]
        return cls(root, {path: yaml.load(path.read_text("utf-8"), yaml.CBaseLoader) for path in paths})  # noqa: S506 - it makes texts, lists and mappings

    def records(self, kind: str) -> Iterator[tuple[Path, str, Records]]:
        """Every record of a folder with its file and id."""
        for path, data in self.data.items():
            if path.parent.name == kind:
                for record in data if isinstance(data, list) else [data]:
                    yield path, record.get("id", path.stem), record

    def remove(self, kind: str, ids: set[str]) -> None:
        """Take records out, and every mention of them."""
        for path, data in self.data.items():
            if path.parent.name == kind and isinstance(data, list):
                self.data[path] = [record for record in data if record["id"] not in ids]
        names = ids | {f"{kind.removesuffix('s')}:{one}" for one in ids}
        self.data = {path: self._forget(data, kind.removesuffix("s"), names) for path, data in self.data.items()}

    def _forget(self, node: Any, kind: str, names: set[str]) -> Any:
        if isinstance(node, str):
            return re.sub(rf"\[([^\]]*)\]\({kind}:([a-z0-9-]+)\)", lambda m: m[1] if m[2] in names else m[0], node)
        if isinstance(node, list):
            kept = [one for one in node if not (isinstance(one, str) and one in names)]
            kept = [one for one in kept if not (isinstance(one, dict) and one.get("claim") in names)]
            return [self._forget(one, kind, names) for one in kept]
        if isinstance(node, dict):
            left = {k: v for k, v in node.items() if k == "id" or not (isinstance(v, str) and v in names)}
            return {k: self._forget(v, kind, names) for k, v in left.items()}
        return node

    def write(self) -> None:
        """Write every file anew, and pages without links to claims and events."""
        for path, data in self.data.items():
            path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000), "utf-8")
        for page in (self.root / "content/pages").glob("*.md"):
            page.write_text(
                re.sub(r"\[([^\]]*)\]\((?:claim|event):[a-z0-9-]+\)", r"\1", page.read_text("utf-8")), "utf-8"
            )


def blamed(checked: Checked) -> set[tuple[str, str]]:
    """Name the records in which errors stand."""
    assert checked.library is not None
    starts = sorted(
        (located.place().path, located.place().line, key) for key, located in checked.library.located.items()
    )
    found = set()
    for error in errors(checked):
        above = [key for path, line, key in starts if path == error.place.path and line <= error.place.line]
        assert above, error
        found.add(above[-1])
    return found


def halve(root: Path) -> None:
    """Take every second ten of claims out of the real content, and then whatever no longer holds, until it is sound."""
    typed = Typed.read(root)
    gone = {
        "claims": {one for number, (_, one, _) in enumerate(typed.records("claims")) if not number // 10 % 2},
        "events": set(),
    }
    while gone["claims"] or gone["events"]:
        for kind, ids in gone.items():
            typed.remove(kind, ids)
        bare = {
            one for _, one, event in typed.records("events") if not event.get("rests_on") and not event.get("evidence")
        }
        if bare:
            gone = {"claims": set(), "events": bare}
            continue
        typed.write()
        wrong = blamed(check(root))
        gone = {
            "claims": {one for kind, one in wrong if kind == "claim"},
            "events": {one for kind, one in wrong if kind == "event"},
        }
        assert {kind for kind, _ in wrong} <= {"claim", "event"}
    typed.write()


@pytest.fixture(scope="module")
def half(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = lay_out(tmp_path_factory.mktemp("half") / "real")
    halve(root)
    return root


def test_half_of_the_real_content_is_sound_and_leaves_sentences_unaccounted(half: Path) -> None:
    whole, left = check(ROOT), check(half)
    assert whole.library is not None
    assert left.library is not None
    assert errors(left) == []
    assert 0.2 < len(left.library.claims) / len(whole.library.claims) <= 0.5
    assert len(unaccounted(left)) > 3


def test_drafts_leave_only_unchecked_to_judge(half: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(half, tmp_path / "half"))
    before = check(root)
    result = run(root, "claims", "--from", FLGA, "--topic", "exchange-1000")
    after = check(root)
    assert (result.exit_code, result.stdout) == (0, f"content/claims/{FLGA}-unchecked.yml\n")
    assert errors(after) == []
    assert unaccounted(after) == []
    new = [one.code for one in set(after.diagnostics) - set(before.diagnostics)]
    assert new == ["draft-unfinished"] * len(unaccounted(before))
    assert {one.code for one in set(before.diagnostics) - set(after.diagnostics)} == {"sentence-unaccounted"}
    drafts = drafts_of(root, FLGA)
    assert len(drafts) == len(unaccounted(before))
    assert after.library is not None
    assert before.library is not None
    folded = fold(after.library.texts[FLGA].text)
    for draft in drafts:
        assert isinstance(find(draft["seen"][0]["quote"], folded), Found)
        assert draft["says"] == f"The text says: “{draft['seen'][0]['quote']}”"
        assert (draft["verdict"], draft["kind"], draft["seen"][0]["chain"]) == ("unchecked", "fact", "untraced")
    assert after.library.claims.keys() - before.library.claims.keys() == {draft["id"] for draft in drafts}
    checked = subprocess.run(
        [sys.executable, "-m", "generator", "check", "--root", str(root)],
        capture_output=True, encoding="utf-8", check=False, cwd=ROOT, env=Tree(root).environment(),
    )  # fmt: skip
    assert (checked.returncode, "sentence-unaccounted" in checked.stdout) == (0, False)


def test_drafts_for_the_article_alone_keep_to_the_limit(half: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(half, tmp_path / "bare"))
    typed = Typed.read(root)
    cites = {one for _, one, claim in typed.records("claims") if FLGA in str(claim.get("seen"))}
    typed.remove("claims", cites)
    typed.write()
    for _ in range(5):
        wrong = blamed(check(root))
        for kind in ("claim", "event"):
            typed.remove(f"{kind}s", {one for of, one in wrong if of == kind})
        typed.write()
    run(root, "claims", "--from", FLGA)
    checked = check(root)
    assert checked.views is not None
    assert errors(checked) == []
    assert (len(drafts_of(root, FLGA)), unaccounted(checked)) == (18, [])
    assert 0.3 < checked.views.coverage[FLGA].share <= 0.6


def test_a_build_with_drafts_lets_nothing_out_that_no_draft_quotes(half: Path, tmp_path: Path) -> None:
    tree = copy_inputs(ROOT, half, to=tmp_path / "tree")
    shutil.copytree(ROOT / "templates", tree.root / "templates", dirs_exist_ok=True)
    run(tree.root, "claims", "--from", FLGA)
    assert errors(pipeline.build(tree.root, today=TODAY)) == []
