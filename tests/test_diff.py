"""`diff`: what a change does to the published site, in real repositories."""

from __future__ import annotations

import html as html_module
import json
import re
import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest
from conftest import SAMPLE, SAMPLE_DATE_EPOCH
from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from repositories import ROOT, Repository, make_repository

from generator import pipeline
from generator.compare import Comparison, write_json, write_markdown
from generator.compare.comparison import Named, PageChange, Problems, RecordChange, VerdictMove
from generator.compare.escaping import escape, write_message
from generator.dialect.escaping import tidy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TODAY = date(2031, 7, 3)
CLAIMS = "content/claims/bridge.yml"
_TWIN = """\
says: The old bridge is shut.
kind: fact
seen: [{in: marn-courier-2031-04-03, quote: Clerk Petra Holm put the repair, chain: own}]
"""


@pytest.fixture
def desk(tmp_path: Path) -> Repository:
    """The sample site in a repository."""
    return make_repository(tmp_path / "desk", SAMPLE / "content", ROOT / "templates", ROOT / "mkdocs.yml")


def compare(desk: Repository, revision: str = "HEAD") -> Comparison:
    return pipeline.compare_with(desk.root, pipeline.read_base(desk.root, revision), today=TODAY)


def list_sections(markdown: str) -> list[str]:
    """The headings and the summaries of folded lists, in their order."""
    return re.findall(r"^(?:#### |<details><summary>)(.+?)(?:</summary>)?$", markdown, re.MULTILINE)


# --- one change, and nothing unrelated ---

_MOVE = (
    ("  verdict: needs-context\n  why: Its piers", "  verdict: supported\n  why: The archive says so. Its piers"),
    (
        'An hour later we read of the flood."}\n',
        'An hour later we read of the flood."}\n    - {on: 2031-07-03, verdict: supported, note: Found.}\n',
    ),
)


def test_a_verdict_that_moves_is_all_that_is_told_of_it(desk: Repository) -> None:
    desk.edit(CLAIMS, ("  verdict: needs-context\n", "  verdict: not-enough-evidence\n  unknown: [Its age.]\n"))
    desk.edit(CLAIMS, ('of the flood."}\n', 'of the flood."}\n    - {on: 2031-07-03, verdict: not-enough-evidence}\n'))
    desk.commit()
    markdown = write_markdown(compare(desk, "HEAD~1"))
    told, counted, folded = markdown.partition("#### 15 pages differ\n")
    assert told == (
        "### What this change does to the site\n\n"
        "#### Verdicts that move\n\n"
        "- [The Mill Bridge is the oldest bridge in the valley.](https://bridge.example/claims/oldest-bridge/) "
        "(`oldest-bridge`): **Needs context** → **Not enough evidence**\n"
        "  - why: Its piers are the oldest; what people walk on is not.\n"
        "  - also changed: `unknown`\n\n"
    )
    assert counted
    outside = re.sub(r"<details>.*?</details>\n*", "", folded, flags=re.DOTALL)
    assert outside.strip() == ""


def test_the_verdict_of_a_claim_that_is_merged_into_another_is_told(desk: Repository) -> None:
    text = (desk.root / CLAIMS).read_text("utf-8")
    start = text.index("- id: repair-costs-65000\n")
    desk.write("content/claims/twin.yml", _TWIN).commit()
    desk.write("content/claims/twin.yml", f"was: [repair-costs-65000]\n{_TWIN}")
    desk.write(CLAIMS, text[:start] + text[text.index("\n- id: ", start) + 1 :])
    (move,) = compare(desk).verdicts
    assert (move.claim.id, move.before, move.now) == ("twin", "Conflicting accounts", "Not checked yet")
    (words,) = compare(desk).reworded
    assert words.now == "The old bridge is shut."


def test_another_word_for_a_verdict_moves_every_claim_that_has_it(desk: Repository) -> None:
    desk.edit("content/vocabulary.yml", ("label: Conflicting accounts", "label: Refuted"))
    moves = compare(desk).verdicts
    assert {one.claim.id for one in moves} >= {"repair-costs-40000", "repair-costs-65000"}
    assert {(one.before, one.now) for one in moves} == {("Conflicting accounts", "Refuted")}


def test_a_claim_that_is_added_is_told_with_its_verdict(desk: Repository) -> None:
    text = (desk.root / CLAIMS).read_text("utf-8")
    desk.write(
        CLAIMS,
        f"""{text.rstrip()}

- id: lamp-broken
  says: A lamp on the bridge is broken.
  kind: fact
  seen:
    - {{in: valley-radio-2031-04-03, finding: A lamp is dark., chain: own}}
""",
    )
    comparison = compare(desk)
    assert [(one.record.id, one.fate, one.verdict) for one in comparison.records] == [
        ("lamp-broken", "added", "Not checked yet")
    ]
    markdown = write_markdown(comparison)
    assert "#### Claims added\n\n- A lamp on the bridge is broken. (`lamp-broken`): **Not checked yet**\n" in markdown
    assert {page.path for page in comparison.pages or () if page.fate == "added"} == {"claims/lamp-broken.md"}
    assert [title for title in list_sections(markdown) if "differ" not in title and ":" not in title] == [
        "Claims added"
    ]


def test_an_event_that_is_added_is_told(desk: Repository) -> None:
    desk.write(
        "content/events/feast.yml",
        "title: The feast of the bridge\nwhen: 2031-06-21\nphase: done\nrests_on: [bridge-reopened]\n",
    )
    comparison = compare(desk)
    assert [(one.record.kind, one.record.id, one.fate) for one in comparison.records] == [("event", "feast", "added")]
    assert "#### Events added\n\n- The feast of the bridge (`feast`)\n" in write_markdown(comparison)


def test_a_claim_that_says_something_else_is_told_with_both_words(desk: Repository) -> None:
    desk.edit(
        CLAIMS,
        ("says: The bridge is safe to walk on.", "says: One can walk on the [bridge](claim:bridge-closed)."),
    )
    comparison = compare(desk)
    assert [(one.claim.id, one.before, one.now) for one in comparison.reworded] == [
        ("bridge-is-safe", "The bridge is safe to walk on.", "One can walk on the bridge.")
    ]
    assert comparison.records == ()
    assert comparison.verdicts == ()
    markdown = write_markdown(comparison)
    assert markdown.split("\n")[2] == "#### 1 error: this cannot be published until it is mended"
    assert "`silent-edit`" in markdown
    assert (
        "- `bridge-is-safe`\n  - before: The bridge is safe to walk on.\n  - now: One can walk on the bridge.\n"
        in markdown
    )
    assert comparison.pages


def test_a_new_id_is_a_new_address_and_no_other_change(desk: Repository) -> None:
    for path in ("claims/bridge.yml", "topics/mill-bridge-repair.yml", "events/bridge.yml", "corrections.yml"):
        text = (desk.root / "content" / path).read_text("utf-8")
        desk.write(f"content/{path}", re.sub(r"\bbridge-reopened\b", "bridge-open-again", text))
    desk.edit(CLAIMS, ("- id: bridge-open-again\n", "- id: bridge-open-again\n  was: [bridge-reopened]\n"))
    comparison = compare(desk)
    assert comparison.problems == Problems()
    assert [(one.before, one.record.id) for one in comparison.renamed] == [("bridge-reopened", "bridge-open-again")]
    told = (comparison.verdicts, comparison.reworded, comparison.records, comparison.corrections, comparison.origins)
    assert not any((*told, comparison.flags, comparison.coverage, comparison.site))
    fates = {(page.path, page.fate) for page in comparison.pages or () if page.fate != "changed"}
    assert fates == {("claims/bridge-open-again.md", "added"), ("claims/bridge-reopened.md", "redirected")}


def _respace(desk: Repository) -> object:
    text = (desk.root / CLAIMS).read_text("utf-8")
    folded = text.replace("  says: 120 villagers signed", "  says: >-\n    120 villagers\n    signed")
    return desk.write(CLAIMS, f"# {folded}".replace("\n- id: ", "\n\n\n- id:   ").replace("# - id", "-  id", 1))


NOTHING: dict[str, Callable[[Repository], object]] = {
    "nothing at all": lambda desk: desk,
    "white space": lambda desk: desk.edit(
        CLAIMS, ("  why: Two newsrooms heard him.", "  why: Two   newsrooms\n    heard  him.")
    ),
    "a remark": lambda desk: desk.edit(CLAIMS, ("- id: bridge-closed\n", "# The first one.\n- id: bridge-closed\n")),
    "the order of fields": lambda desk: desk.edit(
        CLAIMS,
        ("  kind: fact\n  topics: [mill-bridge-repair]\n", "  topics: [mill-bridge-repair]\n  kind: fact\n"),
    ),
    "the name of a file": lambda desk: desk.move("content/events/bridge.yml", "content/events/all.yml"),
    "a template": lambda desk: desk.edit("templates/pages/claim.md.jinja", ("\n", "\nAnother line.\n")),
}


@pytest.mark.parametrize("change", NOTHING.values(), ids=NOTHING.keys())
def test_what_no_reader_sees_changes_nothing(desk: Repository, change: Callable[[Repository], object]) -> None:
    change(desk)
    comparison = compare(desk)
    assert comparison.changes_nothing
    assert write_markdown(comparison) == "### What this change does to the site\n\nIt changes nothing on the site.\n"


# --- what follows from the records ---


def test_origins_flags_coverage_and_quotations_are_told_before_and_after(desk: Repository) -> None:
    more = """\
    - in: marn-courier-2031-04-03
      quote: 120 villagers are said to have signed
      chain: [petra-holm]
"""
    desk.edit(
        CLAIMS,
        (
            "      chain: untraced\n  searched:",
            f"      chain: [otto-lind]\n{more}  searched:",
        ),
    )
    comparison = compare(desk)
    (origins,) = comparison.origins
    assert origins.claim.id == "oldest-bridge"
    assert origins.said == ("Untraced", "Relayed, 1 hop")
    assert origins.reports == (
        "1 report, no origin given.",
        "1 report, 2 independent origins: Otto Lind and Petra Holm.",
    )
    assert origins.against is None
    assert comparison.quotations == (15, 16)
    assert [(one.claim.id, one.new, one.gone) for one in comparison.flags] == [
        ("oldest-bridge", (), ("No source found",))
    ]
    markdown = write_markdown(comparison)
    assert "  - was it said?: Untraced → Relayed, 1 hop\n" in markdown
    assert "no longer *No source found*" in markdown
    assert "#### Quotations checked\n\n- 15 → 16\n" in markdown


def test_sentences_cited_and_records_that_are_gone_are_told(desk: Repository) -> None:
    text = (desk.root / CLAIMS).read_text("utf-8")
    kept, _, _ = text.partition("- id: petition-signed")
    quote = "    - {in: marn-courier-2031-04-03, quote: Nobody was seen at the toll house, chain: own}\n"
    desk.write(CLAIMS, kept.replace("  seen:\n", f"  seen:\n{quote}", 1))
    desk.edit("content/events/bridge.yml", ("rests_on: [petition-signed]", "rests_on: [bridge-closed]"))
    comparison = compare(desk)
    (coverage,) = comparison.coverage
    assert (coverage.source.id, coverage.before, coverage.now) == ("marn-courier-2031-04-03", (6, 10), (7, 10))
    markdown = write_markdown(comparison)
    assert "(`marn-courier-2031-04-03`): 6 → 7 of 10\n" in markdown
    assert [one.record.id for one in comparison.records if one.fate == "gone"] == ["petition-signed"]
    assert (
        "#### Claims gone\n\n- [120 villagers signed the petition.](https://bridge.example/claims/petition-signed/)"
        in markdown
    )
    assert ("claims/petition-signed.md", "gone") in {(page.path, page.fate) for page in comparison.pages or ()}
    assert [one.code for one in comparison.problems.errors] == ["removed-id"]


def test_corrections_settings_and_hand_pages_are_told(desk: Repository) -> None:
    text = (desk.root / "content/corrections.yml").read_text("utf-8")
    more = '- on: 2031-07-03\n  records: [claim:bridge-closed]\n  kind: error\n  was: "<b>One</b>"\n  now: Two\n  why: "@all read #1."\n'
    desk.write("content/corrections.yml", f"{text}\n{more}")
    desk.edit("content/settings.yml", ("title: ", "title: New "))
    desk.write("content/pages/thanks.md", "---\ntitle: Thanks\n---\nTo all.\n")
    comparison = compare(desk)
    assert [one.why for one in comparison.corrections] == ["@all read #1."]
    assert comparison.site == ("settings.title",)
    assert [(one.record.kind, one.record.id, one.fate) for one in comparison.records] == [("page", "thanks", "added")]
    assert (
        "- 2031-07-03, error (`bridge-closed`): @\u2060all read #\u20601.\n"
        "  - was: \\<b\\>One\\</b\\>\n  - now: Two\n" in write_markdown(comparison)
    )


# --- errors, now and then ---


def test_errors_come_first_and_the_records_are_compared_all_the_same(desk: Repository) -> None:
    desk.edit(CLAIMS, ("quote: perfectly safe to walk on", "quote: perfectly safe to dance on"))
    comparison = compare(desk)
    assert comparison.pages is None
    markdown = write_markdown(comparison)
    assert list_sections(markdown)[0] == "1 error: this cannot be published until it is mended"
    assert "The pages could not be made on both sides" in markdown
    assert "#### Claims changed in other fields" in markdown
    assert "nothing on the site" not in markdown


def test_content_that_cannot_be_used_at_all_is_said_so(desk: Repository) -> None:
    desk.write("content/settings.yml", "title: [\n")
    comparison = compare(desk)
    assert not comparison.is_whole
    assert not comparison.changes_nothing
    assert "The settings or the vocabulary cannot be used now" in write_markdown(comparison)


def test_a_published_state_that_breaks_a_newer_rule_is_still_shown(desk: Repository) -> None:
    desk.edit(CLAIMS, ("  missing: [The deck was built anew after a flood.]\n", ""))
    desk.commit()
    desk.edit(CLAIMS, ("  verdict: needs-context\n", "  verdict: needs-context\n  missing: [The flood.]\n"))
    comparison = compare(desk)
    assert comparison.problems.errors_before == 1
    assert comparison.problems.errors == ()
    assert {page.path for page in comparison.pages or ()} >= {"claims/oldest-bridge.md"}


def test_a_published_state_with_dangling_ids_is_compared_without_pages(desk: Repository) -> None:
    desk.edit(CLAIMS, ("superseded_by: bridge-reopened", "superseded_by: bridge-mended"))
    desk.commit()
    desk.edit(CLAIMS, ("superseded_by: bridge-mended", "superseded_by: bridge-reopened"))
    comparison = compare(desk)
    assert comparison.pages is None
    assert [one.record.id for one in comparison.records] == ["bridge-is-safe"]


def test_where_nothing_was_published_everything_is_new(desk: Repository) -> None:
    desk.move("content", "kept").commit()
    shutil.copytree(desk.root / "kept", desk.root / "content")
    markdown = write_markdown(compare(desk))
    assert "Nothing had been published before, so everything is new: 5 sources, 8 names, 11 claims" in markdown
    assert list_sections(markdown) == []


# --- the command ---


def test_the_command_writes_markdown_or_json_and_names_what_is_not_there(desk: Repository) -> None:
    done = desk.run("diff", "main", SOURCE_DATE_EPOCH=SAMPLE_DATE_EPOCH)
    assert (done.returncode, done.stdout.count("\n")) == (0, 3)
    done = desk.run("diff", "main", "--format", "json", SOURCE_DATE_EPOCH=SAMPLE_DATE_EPOCH)
    assert json.loads(done.stdout)["changes_nothing"] is True
    done = desk.run("diff", "mian")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "Error: There is no revision `mian` here. Did you mean `main`?\n"


def test_json_holds_all_that_was_found(desk: Repository) -> None:
    desk.edit(CLAIMS, *_MOVE)
    data = json.loads(write_json(compare(desk)))
    assert [(one["claim"]["id"], one["before"], one["now"]) for one in data["verdicts"]] == [
        ("oldest-bridge", "Needs context", "Supported")
    ]
    assert data["pages"] is None
    assert data["changes_nothing"] is False
    assert {one["code"] for one in data["errors"]} >= {"said-is-not-so"}


# --- nothing from the content is markup on GitHub, and it fits ---

_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_HOSTILE = st.text(
    st.sampled_from("ab1 \n\t`*_~[](){}<>!|#@:/.&;$\\\"'-+=^%0x\u2028\u202e") | st.characters(codec="utf-8"),
    max_size=60,
) | st.sampled_from(
    [
        "</details>",
        "<!--",
        "![x](https://e.example/p.png)",
        "@team",
        "a@b.example",
        "https://e.example",
        "www.e.example",
        "#12",
        "o/r#12",
        "GH-12",
        ":tada:",
        "```",
        "- a",
        "1. a",
        "> [!NOTE]",
        "[x]: https://e.example",
        "a|b\n-|-",
        "$$x$$",
    ],
)
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_AUTOMATIC = re.compile(r"@\w|#\d|://|\bwww\.|\bGH-\d|:[\w+-]+:", re.IGNORECASE)


@given(text=_HOSTILE)
def test_any_text_is_shown_as_itself_and_calls_nobody(text: str) -> None:
    plain = _TURNING.sub("\ufffd", tidy(text))
    assume(plain.replace("\u2060", ""))
    written = escape(text)
    assert "\n" not in written
    assert not _AUTOMATIC.search(written)
    for around in ("- {}", "{}", "#### {}", "- **{}**", "| a |\n| - |\n| {} |", "- [{}](https://site.example/)"):
        html = _MARKDOWN.render(around.format(written))
        tags = {"p", "li", "ul", "h4", "strong", "table", "thead", "tbody", "tr", "th", "td", "a"}
        assert set(re.findall(r"</?(\w+)", html)) <= tags, html
        assert html.count("<a ") == around.count("]("), html
    shown = html_module.unescape(re.sub(r"<[^>]*>", "", _MARKDOWN.render(f"a {written}")))
    assert shown.replace("\u2060", "").removeprefix("\n").removesuffix("\n") == f"a {plain}".replace("\u2060", "")


@given(text=_HOSTILE, code=_HOSTILE)
def test_a_message_is_shown_with_its_code_and_calls_nobody(text: str, code: str) -> None:
    written = write_message(f"This `{code}` is {text}")
    html = _MARKDOWN.render(written)
    assert set(re.findall(r"</?(\w+)", html)) <= {"p", "code"}, html
    assert not _AUTOMATIC.search(re.sub(r"`[^`]*`", "", written.replace("\\`", "")))


def test_a_message_keeps_its_blanks_and_its_code() -> None:
    assert write_message("The verdict is `refuted`, and `log` says <b>.") == (
        "The verdict is `refuted`, and `log` says \\<b\\>."
    )
    assert write_message("Both `a` `b`www.e.example") == "Both `a` `b`www\u2060.e.example"
    assert write_message("An odd ` here") == "An odd \\` here"


def _named(index: int) -> Named:
    return Named("claim", f"claim-{index}", "A <b>claim</b> *that* says `much` | @all " * 20, "https://site.example/x/")


def test_the_longest_comparison_fits_into_a_comment() -> None:
    comparison = Comparison(
        Problems(),
        verdicts=tuple(VerdictMove(_named(i), "Supported", "Refuted", "</details> " * 200) for i in range(3000)),
        records=tuple(RecordChange(_named(i + 5000), "added", verdict="Unchecked") for i in range(3000)),
        pages=tuple(PageChange(f"claims/{i}.md", "<script>" * 50, "claim", "changed") for i in range(9000)),
    )
    markdown = write_markdown(comparison)
    assert 1000 < len(markdown) < 60_000
    assert re.search(r"^- \.\.\. and 2,9\d\d more$", markdown, re.MULTILINE)
    assert re.findall(r"(?<!\\)<(.*?)>", markdown) == ["details", "summary", "/summary", "/details"]
