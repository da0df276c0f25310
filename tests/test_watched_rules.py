"""Rules that are watched find what they find unwatched, in every case there is (see tests/cases/README.md)."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from test_cases import _FENCE, _SECTION, CASES, TODAY, Block, lay_out, show

from generator import checks, load
from generator.decode import decode
from generator.derive import derive
from generator.diagnostics import sort
from generator.link import link, watch
from generator.link.facts import parts_of
from generator.pipeline.watching import RULE, run_rules
from generator.reads import Reads

if TYPE_CHECKING:
    from generator.link import Library
    from generator.state import Unit

CODES = [rule.code for rule in checks.RULES if rule.code not in checks.COMPARING | {checks.LEAK.code}]


def libraries(code: str) -> list[Library]:
    """Link the records of every case of a rule that breaks it."""
    found = []
    for section in _SECTION.finditer((CASES / f"{code}.md").read_text("utf-8")):
        fences = [fence for fence in _FENCE.finditer(section["body"]) if fence["how"] != "expect"]
        blocks = [Block(fence["how"], fence["path"], fence["text"]) for fence in fences]
        if section["verdict"] == "wrong":
            found.append(read(blocks))
    return found


def read(blocks: list[Block]) -> Library:
    """Link the records of the sound site with some files put over it."""
    with tempfile.TemporaryDirectory() as folder:
        root = lay_out(Path(folder, "site"), blocks)
        records = decode(load.read(root)[0])[0]
        texts = load.read_texts(root, records.settings.text_dir if records.settings else None)[0]
        library = link(records, texts)[0]
    assert library is not None
    return library


def watched(library: Library) -> tuple[Unit, ...]:
    """Check all records of a library with somebody watching."""
    reads = Reads()
    library = watch(library, reads)
    return run_rules(library, derive(library, TODAY), reads, tuple(library.located))


@pytest.mark.parametrize("code", CODES)
def test_a_rule_finds_the_same_whether_or_not_somebody_watches(code: str) -> None:
    for library in libraries(code):
        unwatched = checks.run(library, derive(library, TODAY))
        assert code in {one.code for one in unwatched}
        assert show(sort(one for unit in watched(library) for one in unit.outcome[0])) == show(sort(unwatched))


def test_what_is_found_of_a_record_stands_with_the_record() -> None:
    link_to_nowhere = Block("yaml", "content/claims/a.yml", "says: The [mill](ftp:mill) stands.\nkind: fact\n")
    found = {unit.name: [one.code for one in unit.outcome[0]] for unit in watched(read([link_to_nowhere]))}
    assert {name: codes for name, codes in found.items() if codes} == {("check claim", "a"): ["prose-link"]}


def test_records_leave_a_note_of_each_field_that_is_read_and_no_other() -> None:
    reads = Reads()
    library = watch(read([]), reads)
    claim = next(iter(library.claims.values()))
    with reads.apart() as seen:
        assert (claim.says, claim.cited, claim.model_dump()["id"]) == (claim.says, claim.cited, claim.id)
    noted = [name for name, part in parts_of("claim").items() if seen["claim", claim.id] & part]
    assert noted == ["id", "says", "seen", "evidence"]


def test_no_rule_reads_every_quotation_where_all_texts_are_at_hand() -> None:
    whole = {unit.name[1]: unit.seen for unit in watched(read([])) if unit.name[0] == RULE}
    assert whole["text-absent"] == {}


def test_a_rule_leaves_no_note_of_what_it_reads_of_the_record_it_is_about() -> None:
    library = read([])
    says = parts_of("claim")["says"]
    seen = {unit.name[1]: unit.seen for unit in watched(library) if unit.name[0] == "check claim"}
    assert seen.keys() == library.claims.keys()
    assert not any(notes["claim", one] & says for one, notes in seen.items())
