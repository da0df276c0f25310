"""`factsheet rename`: one id changes everywhere, and nothing else anywhere."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import cache
from inspect import get_annotations
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from conftest import ROOT, SAMPLE, SAMPLE_DATE_EPOCH
from pydantic import BaseModel

from generator import load, pipeline
from generator.cli import main
from generator.edits import Content, Request, apply_renaming, find_differences, plan_renaming, read_request, read_typed
from generator.edits.order import _models
from generator.exports import export_all
from generator.link.references import references
from generator.pages import plan
from generator.records import FOLDERS, KINDS
from generator.render import render

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result

    from generator.link import Library

TODAY = date(2031, 7, 3)
FRESH = "zz-fresh-id"


@dataclass(frozen=True, slots=True)
class Desk:
    """A copy of some content, and the command that is tried on it."""

    root: Path

    def rename(self, *arguments: str) -> Result:
        """Run the command."""
        return CliRunner(env={"SOURCE_DATE_EPOCH": SAMPLE_DATE_EPOCH}).invoke(
            main, ["rename", "--root", str(self.root), *arguments]
        )

    def files(self) -> dict[str, bytes]:
        """Every file with its bytes."""
        return {
            p.relative_to(self.root).as_posix(): p.read_bytes() for p in sorted(self.root.rglob("*")) if p.is_file()
        }

    def write(self, path: str, text: str) -> None:
        """Write a file as it is given, line ends included."""
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_bytes(text.encode())

    def read(self, path: str) -> str:
        """Read a file with its line ends."""
        return (self.root / path).read_bytes().decode()

    def check(self) -> pipeline.Checked:
        """Check the content on the day of the sample."""
        return pipeline.check(self.root, today=TODAY)

    def library(self) -> Library:
        """Read the records."""
        library = self.check().library
        assert library
        return library


def lay_out(folder: Path, content: Path) -> Desk:
    shutil.copytree(content / "content", folder / "content", dirs_exist_ok=True)
    (folder / "mkdocs.yml").write_text("site_name: x\n", "utf-8")
    return Desk(folder)


@pytest.fixture
def sample(tmp_path: Path) -> Desk:
    return lay_out(tmp_path, SAMPLE)


@cache
def ids_of(content: Path) -> tuple[tuple[str, str], ...]:
    library = pipeline.check(content, today=TODAY).library
    assert library
    return tuple(library.located)


def exported(checked: pipeline.Checked) -> dict[str, Any]:
    """The published data."""
    assert checked.library
    assert checked.views
    found: dict[str, Any] = json.loads(export_all(checked.library, checked.views).files["data/records.json"])
    return found


def in_order(data: dict[str, Any]) -> dict[str, Any]:
    return {
        k: sorted(v, key=lambda record: record.get("id", "")) if isinstance(v, list) else v for k, v in data.items()
    }


# --- the law, for every record ---


def changed_lines(before: bytes, after: bytes) -> tuple[list[tuple[str, str]], list[str]]:
    """Pairs of lines that changed, and lines that are new."""
    old, new = before.decode().splitlines(), after.decode().splitlines()
    pairs, added = [], []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        pairs += list(zip(old[i:j], new[k:m], strict=False))
        added += new[k + (j - i) : m]
        assert m - k >= j - i, f"a line is gone: {old[i:j]}"
    return pairs, added


@pytest.mark.parametrize(("kind", "one"), ids_of(SAMPLE), ids=[":".join(key) for key in ids_of(SAMPLE)])
def test_every_record_can_be_renamed_and_nothing_else_changes(sample: Desk, kind: str, one: str) -> None:
    files, before, fresh = sample.files(), sample.check(), f"{one}-x"  # it keeps its place where ids are put in order
    result = sample.rename(f"{kind}:{one}", fresh)
    assert result.exit_code == 0, result.output
    assert f"Renamed {kind} {one} to {fresh}: " in result.output
    after, now = sample.check(), sample.files()

    moved = {path.replace(f"/{fresh}.", f"/{one}."): path for path in now}
    assert set(moved) == set(files), "at most the record's own file is moved"
    notes = []
    for path, data in files.items():
        pairs, added = changed_lines(data, now[moved[path]])
        notes += added
        for old, new in pairs:
            assert new.replace(fresh, one) == old or new.strip().startswith("was: ["), f"{path}: {old} -> {new}"
        notes += [new for _, new in pairs if new.strip().startswith("was: [")]
    assert len(notes) == 1, "one line keeps the earlier id"
    assert one in notes[0]

    assert sorted(d.code for d in after.diagnostics) == sorted(d.code for d in before.diagnostics)
    assert after.library
    assert after.library.redirects[kind, one] == fresh
    was, is_now = exported(before), exported(after)
    folder = FOLDERS[kind]
    renamed = next(record for record in is_now[folder] if record["id"] == fresh)
    original = next(record for record in was[folder] if record["id"] == one)
    assert renamed.pop("was") == [*original.pop("was", []), one]
    assert in_order(json.loads(json.dumps(is_now).replace(fresh, one))) == in_order(was)


@pytest.mark.parametrize("key", ["claim:repair-costs-40000", "event:bridge-closes", "entity:petra-holm"])
def test_the_pages_are_the_same_but_for_the_address(sample: Desk, key: str) -> None:
    def pages() -> dict[str, str]:
        checked = sample.check()
        assert checked.library
        assert checked.views
        return dict(render(plan(checked.library, checked.views), load.read_templates(ROOT))[0])

    kind, one = key.split(":")
    before = pages()
    fresh = f"{one}-x"
    assert sample.rename(f"{kind}:{one}", fresh).exit_code == 0
    after = pages()
    moved = after.pop(f"{FOLDERS[kind]}/{one}.md")
    assert f"({fresh}.md)" in moved
    assert {path.replace(fresh, one): text.replace(fresh, one) for path, text in after.items()} == before


def test_records_of_the_real_content_can_be_renamed(tmp_path: Path) -> None:
    library = pipeline.check(ROOT, today=TODAY).library
    assert library
    for kind in KINDS:
        desk = lay_out(tmp_path / kind, ROOT)
        one = max((key for key in library.cited_by if key[0] == kind), key=lambda key: len(library.cited_by[key]))[1]
        result = desk.rename(f"{kind}:{one}", FRESH)
        assert result.exit_code == 0, result.output
        assert desk.library().redirects[kind, one] == FRESH


def test_renaming_back_swaps_the_ids(sample: Desk) -> None:
    before = sample.files()
    assert sample.rename("petra-holm", "clerk").exit_code == 0
    assert sample.rename("clerk", "petra-holm").exit_code == 0
    after = sample.files()
    pairs = [changed_lines(before[path], after[path]) for path in before]
    assert [(p, added) for p, added in pairs if p or added] == [([], ["  was: [clerk]"])]
    assert sample.library().redirects["entity", "clerk"] == "petra-holm"


def test_a_dry_run_shows_what_would_change_and_writes_nothing(sample: Desk) -> None:
    before = sample.files()
    result = sample.rename("--dry-run", "topic:mill-bridge-repair", "bridge-file")
    assert sample.files() == before
    assert result.exit_code == 0
    assert "+  topics: [bridge-file]\n" in result.output
    assert "\n+was: [mill-bridge-repair]\n" in result.output
    assert "rename content/topics/mill-bridge-repair.yml => content/topics/bridge-file.yml\n" in result.output
    assert result.output.splitlines()[-1].startswith("Would rename topic mill-bridge-repair to bridge-file: ")


# --- how an earlier id is kept ---

EARLIER = {
    # an entity as typed -> the same, renamed from `ida` to `new`
    "no earlier id": ("- id: ida # her\n  type: person\n", "- id: new # her\n  was: [ida]\n  type: person\n"),
    "not first": ("- type: person\n  id: ida\n", "- type: person\n  id: new\n  was: [ida]\n"),
    "in brackets": ("- {id: ida, type: person}\n", "- {id: new, was: [ida], type: person}\n"),
    "quoted": ("- id: \"ida\"\n  type: 'person'\n", "- id: \"new\"\n  was: [ida]\n  type: 'person'\n"),
    "a list": ("- id: ida\n  was: [ada]\n  type: person\n", "- id: new\n  was: [ada, ida]\n  type: person\n"),
    "one": ("- id: ida\n  was: ada # so\n  type: person\n", "- id: new\n  was: [ada, ida] # so\n  type: person\n"),
    "an empty list": ("- id: ida\n  was: []\n  type: person\n", "- id: new\n  was: [ida]\n  type: person\n"),
    "blank": ("- id: ida\n  was: # none\n  type: person\n", "- id: new\n  was: [ida] # none\n  type: person\n"),
    "a list line by line": (
        "- id: ida\n  was:\n    - ada # first\n\n  type: person\n",
        "- id: new\n  was:\n    - ada # first\n    - ida\n\n  type: person\n",
    ),
    "a list without indent, at the end": (
        "- type: person\n  id: ida\n  was:\n  - ada",
        "- type: person\n  id: new\n  was:\n  - ada\n  - ida",
    ),
    "other line ends": ("- id: ida\r\n  type: person\r\n", "- id: new\r\n  was: [ida]\r\n  type: person\r\n"),
    "byte-order mark": ("\ufeff- id: ida\n  type: person\n", "\ufeff- id: new\n  was: [ida]\n  type: person\n"),
    "the hyphen above": ("-\n  id: ida\n  type: person\n", "-\n  id: new\n  was: [ida]\n  type: person\n"),
}


@pytest.mark.parametrize(("before", "after"), EARLIER.values(), ids=EARLIER.keys())
def test_the_earlier_id_is_kept_in_the_form_that_is_there(sample: Desk, before: str, after: str) -> None:
    def named(text: str) -> str:
        if "{" in text:
            return text.replace("type: person", "type: person, name: Ida")
        end = "\r\n" if "\r" in text else "\n"
        return text.replace("type: ", f"name: Ida{end}  type: ", 1)

    sample.write("content/entities/some.yml", named(before))
    result = sample.rename("ida", "new")
    assert result.exit_code == 0, result.output
    assert sample.read("content/entities/some.yml") == named(after)


def test_a_record_of_its_own_file_gets_a_line_and_the_file_its_name(sample: Desk) -> None:
    sample.write("content/entities/deep/ida.yml", "# Asked.\ntype: person\nname: Ida\n")
    sample.write("content/entities/deep/ben.yml", "type: person\nname: Ben\nspeaks_for: [{who: ida, from: 2001}]\n")
    result = sample.rename("ida", "new")
    assert "Its file is content/entities/deep/new.yml now." in result.output
    assert sample.read("content/entities/deep/new.yml") == "# Asked.\nwas: [ida]\ntype: person\nname: Ida\n"
    assert sample.read("content/entities/deep/ben.yml").endswith("speaks_for: [{who: new, from: 2001}]\n")
    assert not (sample.root / "content/entities/deep/ida.yml").exists()


def test_the_text_of_a_source_that_is_kept_elsewhere_is_moved_too(sample: Desk) -> None:
    for path in ("content/sources/council-minutes-2031-04-01.md",):
        _, head, body = sample.read(path).split("---\n", 2)
        sample.write(path, f"---\n{head}---\n")
        sample.write("texts/council-minutes-2031-04-01.md", body)
    sample.write("content/settings.yml", sample.read("content/settings.yml") + "text_dir: texts\n")
    body = sample.read("texts/council-minutes-2031-04-01.md")
    result = sample.rename("council-minutes-2031-04-01", "minutes")
    assert result.exit_code == 0, result.output
    assert sample.read("texts/minutes.md") == body
    assert "minutes" in sample.library().texts
    assert not (sample.root / "texts/council-minutes-2031-04-01.md").exists()


# --- where an id stands, and where it only seems to ---


def test_links_are_led_to_the_new_id_and_words_stay(sample: Desk) -> None:
    note = "As [this](claim:bridge-closed) has it,"
    claims = sample.read("content/claims/bridge.yml")
    claims = claims.replace(
        "was: {why: Only the Courier reports it.}", "was: {why: '[Only](claim:bridge-closed) one.'}"
    )
    claims = claims.replace(
        "  why: Two newsrooms heard him.\n", f"  why: >-\n    {note}\n    [again](claim:bridge-closed)\n"
    )
    sample.write("content/claims/bridge.yml", claims)
    page = "---\ntitle: P\n---\n\n[a](claim:bridge-closed) [b][1] <claim:bridge-closed> `claim:bridge-closed`\n\n    claim:bridge-closed\n\n[1]: claim:bridge-closed\n"
    sample.write("content/pages/p.md", page)
    settings = sample.read("content/settings.yml")
    sample.write("content/settings.yml", settings.replace("the valley", "[the valley](claim:bridge-closed)"))
    result = sample.rename("bridge-closed", "shut")
    assert result.exit_code == 0, result.output
    after = sample.read("content/claims/bridge.yml")
    assert "was: {why: '[Only](claim:shut) one.'}" in after
    assert "As [this](claim:shut) has it," in after
    assert "    [again](claim:shut)\n" in after
    for link in ("({})", "<{}>", "[1]: {}"):
        page = page.replace(link.format("claim:bridge-closed"), link.format("claim:shut"))
    assert sample.read("content/pages/p.md") == page
    assert "`claim:bridge-closed`\n\n    claim:bridge-closed\n" in page
    assert "[the valley](claim:shut)" in sample.read("content/settings.yml")


CHAINS = {
    # a chain as typed -> the same, with radio renamed to `new`
    "chain: radio": "chain: new",
    "chain: [petra-holm, radio]": "chain: [petra-holm, new]",
    "chain: [{claimed: radio}]": "chain: [{claimed: new}]",
    "chain: [{who: 'radio', on: 2031-04-02}]": "chain: [{who: 'new', on: 2031-04-02}]",
    "chains: [[petra-holm, radio], [{unnamed: radio}, radio]]": "chains: [[petra-holm, new], [{unnamed: radio}, new]]",
}


@pytest.mark.parametrize(("before", "after"), CHAINS.items())
def test_voices_in_chains_are_renamed(sample: Desk, before: str, after: str) -> None:
    sample.write("content/entities/more.yml", "- {id: radio, type: outlet, name: Some radio}\n")
    claim = "- id: c\n  says: It rains.\n  kind: fact\n  when: 2031-04\n  topics: [mill-bridge-repair]\n  seen:\n"
    claim += "    - in: valley-radio-2031-04-03\n      finding: It says so.\n      "
    sample.write("content/claims/more.yml", f"{claim}{before}\n")
    result = sample.rename("radio", "new")
    assert result.exit_code == 0, result.output
    assert sample.read("content/claims/more.yml") == f"{claim}{after}\n"


def test_records_of_other_kinds_with_the_same_id_keep_it(sample: Desk) -> None:
    sample.write("content/entities/more.yml", "- {id: bridge-closed, type: place, name: The closed bridge}\n")
    events = sample.read("content/events/bridge.yml")
    assert "involves: [" in events
    sample.write("content/events/bridge.yml", events.replace("involves: [", "involves: [bridge-closed, ", 1))
    corrections = sample.read("content/corrections.yml").rstrip("\n")
    extra = "\n\n- on: 2031-07-02\n  records: [bridge-closed, bridge-reopened]\n  kind: error\n  why: Both.\n"
    sample.write("content/corrections.yml", corrections + extra)
    result = sample.rename("bridge-closed", "shut")
    assert result.exit_code == 2
    assert (
        "Several records have the id `bridge-closed`. Write `entity:bridge-closed` or `claim:bridge-closed`."
        in result.output
    )
    assert sample.rename("claim:bridge-closed", "shut").exit_code == 0
    assert "involves: [bridge-closed, " in sample.read("content/events/bridge.yml")
    assert "records: [bridge-closed, bridge-reopened]" in sample.read("content/corrections.yml"), "it still means both"


def test_a_correction_never_comes_to_mean_another_record(sample: Desk) -> None:
    sample.write("content/entities/more.yml", "- {id: shut, type: place, name: The closed bridge}\n")
    corrections = sample.read("content/corrections.yml").rstrip("\n")
    extra = "\n\n- on: 2031-07-02\n  records: [bridge-closed, shut]\n  kind: error\n  why: Both.\n"
    sample.write("content/corrections.yml", corrections + extra)
    assert sample.rename("bridge-closed", "shut").exit_code == 0
    assert "records: [claim:shut, entity:shut]" in sample.read("content/corrections.yml")


# --- what is refused ---

REFUSED = {
    # arguments -> exit code, what is said
    "unknown": (("petra-hol", "x"), 2, "There is no record with the id `petra-hol`. Did you mean `petra-holm`?"),
    "unknown of a kind": (("claim:petra-holm", "x"), 2, "There is no claim with the id `petra-holm`."),
    "no kind": (("page:about", "x"), 2, "`page` is no kind of record; there are source, entity, claim, event, topic."),
    "earlier": (("bridge-shut", "x"), 2, "`bridge-shut` is an earlier id; it is now the claim `bridge-closed`."),
    "taken": (("bridge-closed", "bridge-is-safe"), 2, "There is a claim `bridge-is-safe` already, in content/claims/bridge.yml, line"),
    "used before": (("bridge-is-safe", "bridge-shut"), 2, "`bridge-shut` is an earlier id of the claim `bridge-closed`, and an id is never used again."),
    "no id": (("bridge-closed", "Bridge Closed"), 2, "`Bridge Closed` cannot be an id: write a-z, 0-9 and single hyphens"),
    "a path": (("bridge-closed", "../x"), 2, "`../x` cannot be an id"),
    "too long": (("bridge-closed", "a" * 81), 2, "80 characters at most"),
    "the same": (("bridge-closed", "bridge-closed"), 2, "The claim `bridge-closed` is called that already."),
    "another kind": (("bridge-closed", "event:x"), 2, "`bridge-closed` is a claim and stays one: write the new id alone, `x`."),
    "a chain would read otherwise": (("petra-holm", "own"), 1, "Nothing was changed."),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "code", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    sample: Desk, arguments: tuple[str, str], code: int, said: str
) -> None:
    before = sample.files()
    result = sample.rename(*arguments)
    assert said in result.output
    assert result.exit_code == code
    assert sample.files() == before


def test_content_with_errors_is_left_alone(sample: Desk) -> None:
    sample.write("content/claims/more.yml", "- id: bad\n")
    before = sample.files()
    result = sample.rename("petra-holm", "clerk")
    assert (result.exit_code, sample.files()) == (1, before)
    assert "The content has errors, so nothing is renamed." in result.output


def test_an_address_typed_with_escapes_is_no_silent_loss(sample: Desk) -> None:
    claims = sample.read("content/claims/bridge.yml")
    typed = claims.replace("why: Two newsrooms heard him.", 'why: "[Two](claim:bridge\\u002dclosed) heard him."')
    assert typed != claims
    sample.write("content/claims/bridge.yml", typed)
    before = sample.files()
    result = sample.rename("bridge-closed", "shut")
    assert (result.exit_code, sample.files()) == (1, before)
    assert "Afterwards this would be wrong in content/claims/bridge.yml:" in result.output


def test_no_file_is_written_over(sample: Desk) -> None:
    sample.write("content/entities/ida.yml", "type: person\nname: Ida\n")
    sample.write("content/entities/new.yml", "- {id: other, type: person, name: Else}\n")
    before = sample.files()
    result = sample.rename("ida", "new")
    assert (result.exit_code, sample.files()) == (1, before)
    assert "There is a file content/entities/new.yml already." in result.output


# --- the proof ---

TAMPERED = {
    # file, words in it, other words -> what the proof says of it
    "a text": ("claims/bridge.yml", "Two newsrooms heard him.", "Three newsrooms heard him.", "the claim `lind-says-safe`"),
    "a reference": ("claims/bridge.yml", "speaker: otto-lind", "speaker: clerk", "the claim `lind-says-safe`"),
    "an earlier id": ("claims/bridge.yml", "was: [bridge-shut]", "was: [bridge-shut, x]", "the claim `bridge-closed`"),
    "an address": ("claims/bridge.yml", "was: [bridge-shut]", "was: [x]", "the earlier addresses"),
    "an order": ("topics/mill-bridge-repair.yml", "[bridge-reopened, bridge-closed]", "[bridge-closed, bridge-reopened]", "the topic `mill-bridge-repair`"),
    "a record": ("claims/bridge.yml", "- id: lind-says-safe", "- id: lind-says-so", "the records"),
    "a correction": ("corrections.yml", "entity:clerk", "entity:otto-lind", "the corrections"),
    "words of a correction": ("corrections.yml", "we had misread an initial", "we misread it", "the corrections"),
    "a page": ("pages/about.md", "title: ", "title: The ", "the pages"),
    "the settings": ("settings.yml", "share: 60", "share: 61", "the settings"),
    "a stored text": ("sources/council-minutes-2031-04-01.md", "Present", "Absent", "the stored texts"),
}  # fmt: skip


@pytest.mark.parametrize(("path", "words", "others", "said"), TAMPERED.values(), ids=TAMPERED.keys())
def test_the_proof_sees_whatever_else_changes(sample: Desk, path: str, words: str, others: str, said: str) -> None:
    before, request = sample.library(), Request("entity", "petra-holm", "clerk")
    assert sample.rename("petra-holm", "clerk").exit_code == 0
    assert find_differences(before, sample.library(), request) == ()
    text = sample.read(f"content/{path}")
    assert words in text
    sample.write(f"content/{path}", text.replace(words, others, 1))
    assert said in find_differences(before, sample.library(), request)


def test_what_is_checked_is_what_will_be_read(sample: Desk) -> None:
    for path in ("ida.yml", "a/ida.yml", "z/other.yml", "zz.yml"):
        sample.write(f"content/entities/{path}", f"type: person\nname: {path}\n")
    sample.write("content/entities/a/ida.yml", "- {id: ben, type: person, name: Ben}\n")
    documents, _ = load.read(sample.root)
    library = sample.library()
    content = Content(documents, {}, library)
    typed = {one.path: read_typed((sample.root / one.path).read_bytes()) for one in documents}
    for old, new in (("ida", "zzz"), ("mill-bridge-repair", "a"), ("council-minutes-2031-04-01", "zz")):
        planned, _ = apply_renaming(content, plan_renaming(content, typed, read_request(library, old, new)))
        copy = Desk(sample.root.parent / f"{sample.root.name}-{old}")
        shutil.copytree(sample.root, copy.root)
        assert copy.rename(old, new).exit_code == 0
        assert load.read(copy.root) == (planned, ())


# --- references are complete ---


def prose_fields(model: type[BaseModel]) -> set[tuple[str, str]]:
    """Every field of a record, or of a part of it, that is declared as prose."""
    found = set()
    for name, info in model.model_fields.items():
        owner = next(c for c in model.__mro__ if name in get_annotations(c))
        if "Prose" in str(owner.__annotations__[name]):
            found.add((model.__name__, name))
        for part in _models(info.annotation):
            found |= prose_fields(part)
    return found


def marked_fields(node: object) -> Iterator[tuple[str, str]]:
    """Every field of a record, or of a part of it, whose text holds the link below."""
    if isinstance(node, BaseModel):
        for name in type(node).model_fields:
            value = getattr(node, name)
            for item in value if isinstance(value, tuple) else (value,):
                if isinstance(item, str) and LINK in item:
                    yield type(node).__name__, name
                yield from marked_fields(item)


LINK = "[x](claim:here)"
CITED = {"in": "s", "finding": LINK, "chain": "own"}
EVIDENCE = {**CITED, "stance": "supports", "basis": "act"}
FULL: dict[str, dict[str, object]] = {
    "claim": {
        "says": LINK, "kind": "fact", "seen": [CITED], "evidence": [EVIDENCE], "why": LINK, "missing": [LINK],
        "unknown": [LINK], "contradicts": [{"claim": "c", "why": LINK}],
        "log": [{"on": "2031-04-05", "verdict": "supported", "note": LINK, "was": {"says": LINK, "why": LINK}}],
    },
    "source": {
        "outlet": "o", "accessed": "2031-04-05", "language": "en", "genre": "news", "stored": "none", "publish": "none",
        "summary": LINK,
    },
    "entity": {"type": "person", "name": "A", "description": LINK},
    "event": {"title": "A", "when": "2031", "phase": "done", "summary": LINK, "evidence": [EVIDENCE]},
    "topic": {"title": "A", "question": "B?", "answer": LINK},
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_links_in_every_field_of_prose_are_references(kind: str) -> None:
    record = KINDS[kind].model_validate({"id": "a", **FULL[kind]})
    marked = list(marked_fields(record))
    assert set(marked) == prose_fields(KINDS[kind]), "the example has a link in every field of prose"
    found = [one for one in references(record) if one.role == "text"]
    assert {(one.kind, one.id) for one in found} == {("claim", "here")}
    assert len({one.path for one in found}) == len(found) == len(marked)
