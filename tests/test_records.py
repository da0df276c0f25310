"""Whatever is typed is read or refused at its place; nothing that is typed can stop the build with a traceback."""

from __future__ import annotations

import json
import string
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from test_cases import SITE, TODAY

from generator import checks, load
from generator.decode import decode
from generator.derive import derive
from generator.documents import Document, parse, write_scalar
from generator.documents.nodes import CONTROL
from generator.link import link
from generator.records import FOLDERS, KINDS, Claim, Topic
from generator.records.fields import fields_of

if TYPE_CHECKING:
    from generator.diagnostics import Diagnostic
    from generator.documents import Extent, Loc, Node

PIECES = (
    *(
        "says",
        "kind",
        "fact",
        "when",
        "2025-02-30",
        "seen",
        "in",
        "chain",
        "own",
        "id",
        "a-b",
        "Ключ",
        "𝄞",
        "0",
        "~",
        "no",
    ),
    *(
        ": ",
        ":",
        "\n",
        "\n",
        "\n  ",
        "\n- ",
        "\n  - ",
        "- ",
        "  ",
        " ",
        "\t",
        "[",
        "]",
        "{",
        "}",
        ", ",
        ",",
        "'",
        '"',
        "\\",
    ),
    *(
        "#",
        " # x",
        "|",
        ">",
        "|2-\n",
        "&a ",
        "*a",
        "!t ",
        "? ",
        "---\n",
        "...\n",
        "%",
        "@",
        "`",
        "\r\n",
        "\ufeff",
        "\x85",
        "\x00",
    ),
)
YAMLISH = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
NAMES = st.sampled_from(
    ["claims/a.yml", "sources/a.md", "sources/a.yml", "corrections.yml", "settings.yml", "pages/a.md"]
)


@cache
def _site() -> tuple[Document, ...]:
    return load.read(SITE)[0]


def _check(*changed: Document) -> tuple[Diagnostic, ...]:
    """Put documents in the place of those of the sound site, and check everything."""
    paths = {one.path for one in changed}
    records, undecoded = decode((*(one for one in _site() if one.path not in paths), *changed))
    library, unlinked = link(records)
    ruled = checks.run(library, derive(library, TODAY)) if library is not None else ()
    return (*undecoded, *unlinked, *ruled)


def _spots(text: str, problems: tuple[Diagnostic, ...]) -> list[Diagnostic]:
    """The problems that lie outside of a text."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [
        one
        for one in problems
        if one.place.line > len(lines) or (one.place.line and one.place.column > len(lines[one.place.line - 1]) + 2)
    ]


# --- whatever is typed ---


@given(st.binary(max_size=300), NAMES)
@example(b"\xff\xfe", "claims/a.yml")
@example(b"---\n---", "sources/a.md")
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    document, problems = parse(f"content/{name}", data)
    assert problems or document is not None
    if document is not None:
        assert all(one.message and one.code for one in _check(document))


@settings(max_examples=400)
@given(YAMLISH, NAMES)
@example("a: {b: c, d}", "claims/a.yml")
@example("- *a", "claims/a.yml")
@example('a: "\\ud800"', "claims/a.yml")
@example('says: "\\0"\nkind: fact', "claims/a.yml")
def test_any_text_is_read_or_refused_at_a_place_that_exists(text: str, name: str) -> None:
    shown = f"---\n{text}\n---\n" if name.endswith(".md") else text
    document, problems = parse(f"content/{name}", shown.encode())
    assert problems or document is not None
    found = (*problems, *(_check(document) if document is not None else ()))
    assert (
        _spots(shown.removeprefix("\ufeff"), tuple(one for one in found if one.place.path == f"content/{name}")) == []
    )


def _is_at(lines: list[str], spot: Extent, value: str) -> bool:
    """Whether a text begins there; behind quotation marks, block signs and tags it may look different."""
    rest = lines[spot[0] - 1][spot[1] - 1 :]
    return rest[:1] in ("'", '"', "|", ">", "&", "!") or rest.startswith(
        value.split(maxsplit=1)[0] if value.split() else ""
    )


@settings(max_examples=400)
@given(YAMLISH)
@example("\ufeff\ufeffsays")
@example("first: x\nsecond:\n  - {in: y, Ключ: 𝄞 a}\n")
def test_positions_point_at_what_was_typed(text: str) -> None:
    document, problems = parse("content/claims/a.yml", text.encode())
    if document is None:
        return
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    keys = {loc: spot for loc, spot in document.keys.items() if not _is_at(lines, spot, str(loc[-1]))}
    assert keys == {}
    split = {one.place.line for one in problems}  # a text that commas have split is put together again
    wrong = {
        loc: spot
        for loc, spot in document.values.items()
        if isinstance(value := _value(document.data, loc), str)
        and spot[0] not in split
        and not _is_at(lines, spot, value)
    }
    assert wrong == {}


def _value(node: Node, loc: Loc) -> Node:
    for step in loc:
        if isinstance(node, dict) and isinstance(step, str):
            node = node.get(step)
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            node = node[step]
        else:
            return None
    return node


# --- whatever is typed into fields that exist ---

ENTITIES = (
    "lower-brook",
    "upper-brook",
    "anna-reed",
    "jonas-hill",
    "valley-wire",
    "brook-courier",
    "mill-bridge",
    "a",
    "nobody",
)
SOURCES = ("courier-2024-05-02", "post-2024-05-03", "wire-2024-05-02", "inspection-2024-04-30", "nowhere")
CLAIMS = ("bridge-closed", "twelve-rotten", "reed-on-planks", "hill-on-planks", "repair-cost", "a", "none-such")
DATES = ("2024-05-02", "2024-05", "2024~", "2024-05-01/..", "../2024", "2024-05-02T10:00+02:00")
TEXTS = (
    *(
        "closed the Mill Bridge to carts",
        "at least 12 planks are rotten",
        "The council [...] planks are rotten",
        "the bridge",
    ),
    *(
        "12 of the 60 planks",
        "about 1,000 crowns",
        "[x](claim:bridge-closed)",
        "[x](javascript:y)",
        "П’ять\u200f",
        "[" * 500,
    ),
)
SUMS = ("12 + 48 = 60", "12 / 0 = 1", "12 / 60 * 100 = 20", "((", "1 = 2")

entity, source, claim = st.sampled_from(ENTITIES), st.sampled_from(SOURCES), st.sampled_from(CLAIMS)
when, text, day = st.sampled_from(DATES), st.sampled_from(TEXTS), st.sampled_from(["2024-05-02", "2030-01-01"])


def _some(of: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(of, max_size=3)


def _these(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Fields by name; those that end in an underscore may be left out."""
    optional = {name.rstrip("_"): of for name, of in fields.items() if name.endswith("_")}
    return st.fixed_dictionaries({name: of for name, of in fields.items() if not name.endswith("_")}, optional=optional)


hop = st.one_of(
    entity, _these(who=entity, on_=when, source_=source), _these(unnamed=text), _these(claimed=entity, on_=when)
)
chain = st.one_of(st.sampled_from(["own", "untraced"]), st.lists(hop, min_size=1, max_size=3))
words = st.one_of(
    _these(quote=text, prefix_=text, suffix_=text, all_=st.sampled_from(["true", "no"])), _these(finding=text)
)
paths = st.one_of(_these(chain=chain), _these(chains=st.lists(chain, min_size=1, max_size=2)))
weight = _these(
    stance=st.sampled_from(["supports", "refutes", "context"]),
    basis=st.sampled_from(["document", "act", "witness", "hearsay"]),
    discount_=text,
)
seen = st.builds(lambda one, *more: {"in": one} | {k: v for d in more for k, v in d.items()}, source, words, paths)
evidence = st.builds(lambda one, more: one | more, seen, weight)
verdict = st.sampled_from(
    ["unchecked", "supported", "needs-context", "conflicting", "refuted", "not-enough-evidence", "not-checkable"]
)
affiliation = st.one_of(entity, _these(who=entity, from_=when, until_=when))

NEARLY_SOUND: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "claim": _these(
        says=text,
        kind=st.sampled_from(["fact", "number", "absence", "statement", "forecast", "opinion"]),
        verdict=verdict,
        topics_=st.just(["mill-bridge"]),
        about_=_some(entity),
        when_=when,
        after_=_some(claim),
        speaker_=entity,
        content_=claim,
        seen_=_some(seen),
        evidence_=_some(evidence),
        computed_=_some(st.sampled_from(SUMS)),
        searched_=_these(where=text, terms=text, until=day),
        contradicts_=_some(claim),
        superseded_by_=claim,
        checked_=_these(on=day, by=st.lists(text, min_size=1, max_size=2)),
        unknown_=_some(text),
        log_=_some(_these(on=day, verdict=verdict, note_=text)),
    ),
    "source": _these(
        outlet=entity,
        accessed=day,
        language=st.sampled_from(["en", "uk", "x-klingon", "zh-Hans"]),
        genre=st.sampled_from(["news", "document"]),
        stored=st.sampled_from(["whole", "none"]),
        publish=st.sampled_from(["full", "excerpts", "none"]),
        published_=when,
        written_=when,
        reprints_=_some(source),
        skipped_=_some(_these(quote=text, why=text)),
        summary_=text,
    ),
    "entity": _these(
        type=st.sampled_from(["person", "place", "outlet"]),
        name=text,
        description_=text,
        speaks_for_=_some(affiliation),
        owned_by_=affiliation,
        part_of_=affiliation,
    ),
    "event": _these(
        title=text,
        when=when,
        phase=st.sampled_from(["planned", "done"]),
        as_stated_=text,
        where_=entity,
        rests_on_=_some(claim),
        evidence_=_some(evidence),
    ),
    "topic": _these(
        title=text,
        question=text,
        answer=text,
        lead_=_some(claim),
        parties_=_some(entity),
        questions_=_some(_these(id=st.sampled_from(["a", "b"]), text=text, claims=_some(claim))),
    ),
}
FIELDS = st.sampled_from(sorted({name for model in KINDS.values() for name in fields_of(model)}))
JUNK = st.dictionaries(
    FIELDS,
    st.recursive(
        st.one_of(text, entity, when, st.none(), st.just("")),
        lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(FIELDS, inner, max_size=3)),
        max_leaves=6,
    ),
    max_size=3,
)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_values_in_fields_that_exist_are_read_or_refused(kind: str, data: st.DataObject) -> None:
    sound = NEARLY_SOUND[kind]
    typed = data.draw(st.one_of(sound, sound, st.builds(lambda one, more: one | more, sound, JUNK), JUNK))
    path = f"content/{FOLDERS[kind]}/a.{'md' if kind == 'source' else 'yml'}"
    fields = json.dumps(typed, ensure_ascii=False)
    body = data.draw(st.sampled_from(["", "The bridge. At least 12 planks are rotten, the council says.\n"]))
    document, problems = parse(path, (f"---\n{fields}\n---\n{body}" if kind == "source" else fields).encode())
    assert document is not None, problems
    assert all(one.message and one.place.path for one in _check(document))


# --- ids ---


def is_id(text: str) -> bool:
    """The definition, in other words than the pattern: words of a-z and 0-9 between single hyphens, 80 at most."""
    words = text.split("-")
    return len(text) <= 80 and all(word and set(word) <= set(string.ascii_lowercase + string.digits) for word in words)


@settings(max_examples=500)
@given(st.text("ab9-", max_size=8) | st.text("aZ_-./ \n\u0430٣é", max_size=6) | st.text(max_size=6))
@example("a" * 80)
@example("a" * 81)
@example("a\n")
@example("../a")
@example("")
def test_an_id_is_accepted_if_and_only_if_it_is_one(text: str) -> None:
    try:
        accepted = Topic(id=text, title="x", question="x", answer="x").id == text
    except ValidationError:
        accepted = False
    assert accepted == is_id(text)


# --- blanks ---


def _claim(**fields: Any) -> Claim:
    return Claim.model_validate({"id": "a", **fields})


def test_a_field_left_blank_is_a_field_left_out() -> None:
    plain = {"says": "x", "kind": "fact", "checked": {"on": "2024-05-02", "by": "Mia"}}
    assert _claim(**plain, why=None, topics=None, seen=None) == _claim(**plain)


def test_one_value_may_stand_for_a_list_of_one() -> None:
    one = _claim(says="x", kind="fact", topics="a", unknown="How?", contradicts="b", computed="1 + 1 = 2")
    many = _claim(
        says="x", kind="fact", topics=["a"], unknown=["How?"], contradicts=[{"claim": "b"}], computed=["1 + 1 = 2"]
    )
    assert one == many


def test_words_that_yaml_would_guess_at_stay_as_typed() -> None:
    text = "no: NO\non: on\nhalf past: 12:30\nold: 010\nyear: 2023\npart: 1.10\nnothing: ~\nblank:\n"
    document, problems = parse("content/claims/a.yml", text.encode())
    assert problems == ()
    assert document is not None
    assert document.data == {
        "no": "NO",
        "on": "on",
        "half past": "12:30",
        "old": "010",
        "year": "2023",
        "part": "1.10",
        "nothing": "~",
        "blank": None,
    }


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), min_size=1, max_size=80))
@example("- a")
@example("a: b")
@example("a #b")
@example('say "no", she said')
@example("it's [a]")
@example("---")
@example("a:")
def test_a_text_written_as_yaml_reads_back_as_the_same_text(text: str) -> None:
    assume(not CONTROL.search(text))
    for shown in (f"says: {write_scalar(text)}\n", f"seen:\n  - {{in: x, finding: {write_scalar(text, flow=True)}}}\n"):
        document, problems = parse("content/claims/a.yml", shown.encode())
        assert problems == ()
        assert document is not None
        typed = document.data["says"] if "says" in shown[:5] else document.data["seen"][0]["finding"]  # type: ignore[index,call-overload]
        assert typed == text


@settings(max_examples=200)
@given(YAMLISH)
@example("a: {b: [c, 'd'], e: f}\n")
def test_what_stands_between_the_ends_of_a_value_is_that_value(text: str) -> None:
    document, problems = parse("content/claims/a.yml", text.encode())
    if document is None or problems:
        return
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for loc, (line, column, end_line, end_column) in document.values.items():
        value = _value(document.data, loc)
        if not end_line or lines[line - 1][column - 1 : column] in "|>":
            continue
        between = "\n".join(lines[line - 1 : end_line])
        cut = between[column - 1 : len(between) - len(lines[end_line - 1]) + end_column - 1]
        if cut[:1] in ("[", "{", '"', "'"):
            assert cut[-1] == {"[": "]", "{": "}"}.get(cut[0], cut[0]), (loc, cut)
        elif isinstance(value, str):
            assert cut.split() == value.split(), (loc, cut)
