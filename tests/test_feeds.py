"""The feeds of changes: valid Atom and JSON Feed that say the same, and ids that nothing renews."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
from conftest import ROOT, SAMPLE
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from generator import load
from generator.decode import decode
from generator.derive import derive
from generator.diagnostics import Place
from generator.dialect import render_page
from generator.dialect.escaping import tidy
from generator.exports.feeds import ATOM, FEEDS, JSON_FEED, MOST
from generator.link import link
from generator.pages import plan
from generator.paths import page_url
from generator.records import Correction, LogEntry
from generator.render import render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from generator.exports.published import LeafFile
    from generator.link import Library

DAY = date(2031, 7, 3)
SCHEMAS = ROOT / "tests/schemas"
SCHEMA = Draft202012Validator(json.loads((SCHEMAS / "json-feed.json").read_text("utf-8")))
NAME = "{http://www.w3.org/2005/Atom}"
BOTH = pytest.mark.parametrize("root", [ROOT, SAMPLE], ids=["real", "sample"])


@cache
def read(root: Path) -> Library:
    library, _ = link(decode(load.read(root)[0])[0])
    assert library is not None
    return library


def make(library: Library, today: date = DAY) -> dict[str, LeafFile]:
    files = {file.path: file for file in FEEDS.make(library, derive(library, today), "")}
    assert {*files} == {ATOM, JSON_FEED}
    return files


def atom(library: Library) -> str:
    return make(library)[ATOM].text


def items(library: Library) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(make(library)[JSON_FEED].text)["items"]
    return found


def with_corrections(library: Library, corrections: Iterable[Correction]) -> Library:
    """A library with these corrections, in the order in which linking puts them."""
    placed = [(one, Place("content/corrections.yml")) for one in corrections]
    return replace(library, corrections=tuple(sorted(placed, key=lambda pair: pair[0].on)))


def with_claim(library: Library, one: str, **changes: object) -> Library:
    return replace(library, claims={**library.claims, one: library.claims[one].model_copy(update=changes)})


# --- what is wrong with a feed ---


def ask_jing(vnu: tuple[str, ...], *paths: Path) -> list[str]:
    """What the grammar says of some feeds; jing, which knows RELAX NG, comes with the checker of HTML."""
    java, *options, _, jar = vnu
    driver = "nu.validator.vendor.thaiopensource.relaxng.util.Driver"
    command = [java, *options, "-cp", jar, driver, "-c", str(SCHEMAS / "atom.rnc"), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=False)
    lines = f"{done.stdout}{done.stderr}".splitlines()
    assert (done.returncode == 0) == (not lines), lines
    return lines


def faults_of(text: str) -> list[str]:
    """What RFC 4287 asks of a feed and a grammar cannot say."""
    feed = ET.fromstring(text)  # noqa: S314 - what we wrote ourselves
    rels = [link.get("rel") for link in feed.findall(f"{NAME}link")]
    found = [f"{rels.count(rel)} links of the kind {rel}" for rel in ("self", "alternate") if rels.count(rel) != 1]
    entries = feed.findall(f"{NAME}entry")
    ids = [feed.findtext(f"{NAME}id"), *(entry.findtext(f"{NAME}id") for entry in entries)]
    found += [f"{one} stands there twice" for one in {*ids} if ids.count(one) > 1]
    if feed.find(f"{NAME}author/{NAME}name") is None:
        found.append("no author")
    updated = [entry.findtext(f"{NAME}updated") or "" for entry in entries]
    moments = []
    for said in (feed.findtext(f"{NAME}updated") or "", *updated):
        try:
            moments.append(datetime.strptime(said, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC))
        except ValueError:
            return [*found, f"“{said}” is no moment"]
    if moments[1:] != sorted(moments[1:], reverse=True):
        found.append("the latest entry does not stand first")
    if entries and moments[0] != max(moments[1:]):
        found.append("the feed was updated at another moment than its latest entry")
    tag = re.compile(r"tag:[a-z0-9.-]+,[0-9]{4}-[0-9]{2}-[0-9]{2}:/[A-Za-z0-9/%._~!$&'()*+,;=:@-]+")
    found += [f"“{one}” is no tag" for one in ids[1:] if not tag.fullmatch(one or "")]
    if re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]", text):
        found.append("a control character")
    return found


def breaches_of(text: str) -> list[str]:
    """What is wrong with a JSON feed."""
    feed = json.loads(text)
    found = [f"{'/'.join(map(str, one.absolute_path))}: {one.message}" for one in SCHEMA.iter_errors(feed)]
    ids = [item.get("id") for item in feed["items"]]
    found += [f"{one} stands there twice" for one in {*ids} if ids.count(one) > 1]
    days = [item.get("date_published") for item in feed["items"]]
    return found + ["the latest item does not stand first"] * (days != sorted(days, key=str, reverse=True))


# --- both sites ---


@BOTH
def test_the_atom_feed_is_valid(vnu: tuple[str, ...], tmp_path: Path, root: Path) -> None:
    text = atom(read(root))
    (tmp_path / "changes.atom").write_text(text, "utf-8")
    assert ask_jing(vnu, tmp_path / "changes.atom") == []
    assert faults_of(text) == []


@BOTH
def test_the_json_feed_is_valid(root: Path) -> None:
    assert breaches_of(make(read(root))[JSON_FEED].text) == []


@BOTH
def test_a_feed_reader_finds_in_the_atom_feed_what_the_json_feed_says(root: Path) -> None:
    library = read(root)
    feed, told = feedparser.parse(atom(library).encode()), items(library)
    assert not feed.bozo
    assert (feed.version, feed.feed.author, feed.feed.language) == ("atom10", library.settings.publisher, "en")
    assert [
        {
            "id": entry.id,
            "url": entry.link,
            "title": entry.title,
            "content_text": entry.content[0].value,
            "date_published": entry.updated,
            "tags": [tag.term for tag in entry.tags],
        }
        for entry in feed.entries
    ] == told
    assert told
    assert {entry.content[0].type for entry in feed.entries} == {"text/plain"}


@BOTH
def test_every_entry_leads_to_its_place_on_a_page(root: Path) -> None:
    library = read(root)
    texts, problems = render(plan(library, derive(library, DAY)), load.read_templates(ROOT))
    assert problems == ()
    pages = {page_url(path): text.split("\n---\n", 1)[1] for path, text in texts.items()}
    for item in items(library):
        address, _, anchor = item["url"].removeprefix(library.settings.address).partition("#")
        assert anchor in render_page(pages[address]).anchors, item["url"]


def test_the_changes_of_the_sample_are_told_the_latest_first() -> None:
    told = items(read(SAMPLE))
    assert [item["id"].removeprefix("tag:bridge.example,") for item in told[:7]] == [
        "2031-07-02:/corrections/mill-bridge-repair/1",
        "2031-07-02:/corrections/repair-costs-40000/1",
        "2031-07-02:/claims/bridge-shut/log/2",  # the id under which the claim was first published
        "2031-07-02:/claims/bridge-reopened/log/1",
        "2031-05-20:/corrections/closure-a-disgrace/1",
        "2031-05-03:/claims/repair-costs-40000/log/2",
        "2031-05-03:/claims/petition-unanswered/log/2",
    ]
    assert len(told) == sum(len(claim.log) for claim in read(SAMPLE).claims.values()) + 3


def test_the_sorts_of_change_read_as_expected() -> None:
    told = {item["id"].partition(":/")[2]: item for item in items(read(SAMPLE))}
    at = "https://bridge.example/"
    expected = {
        "claims/bridge-reopened/log/1": (
            "judged",
            f"{at}claims/bridge-reopened/#history",
            "First judged “Supported”: The Mill Bridge was opened again on 20 June 2031.",
            "Verdict: Supported.\nFirst judged.",
        ),
        "claims/bridge-shut/log/2": (
            "judged-again",
            f"{at}claims/bridge-closed/#history",
            "From “Not enough evidence” to “Supported”: The Mill Bridge was closed on 2 April 2031.",
            (
                "Verdict: Supported. Before: Not enough evidence.\nThe minutes were found.\n"
                "The reason given before: “Only the Courier reports it.”"
            ),
        ),
        "claims/repair-costs-40000/log/2": (
            "judged-again",
            f"{at}claims/repair-costs-40000/#history",
            "Judged again, “Conflicting accounts” as before: The repair costs 40,000 crowns.",
            (
                "Verdict: Conflicting accounts, as before.\nWorded as the minutes have it.\n"
                "Before, it said: “The repair costs some 40,000 crowns.”"
            ),
        ),
        "claims/repair-costs-40000/log/1": (  # in the words of its day
            "judged",
            f"{at}claims/repair-costs-40000/#history",
            "First judged “Conflicting accounts”: The repair costs some 40,000 crowns.",
            "Verdict: Conflicting accounts.\nFirst judged.",
        ),
        "corrections/repair-costs-40000/1": (
            "corrected",
            f"{at}corrections/2031/#c-2031-07-02-repair-costs-40000",
            "Correction (error): The repair costs 40,000 crowns and 1 other",
            (
                "Corrected: Error. The minutes name her; we had misread an initial.\n"
                "Before: The estimate was credited to Otto Lind.\nNow: It is credited to Petra Holm.\n"
                "Concerns: The repair costs 40,000 crowns; Petra Holm"
            ),
        ),
        "corrections/mill-bridge-repair/1": (  # a link within the prose is its words alone
            "corrected",
            f"{at}corrections/2031/#c-2031-07-02-mill-bridge-repair",
            "Correction (update): The repair of the Mill Bridge",
            (
                "Corrected: Update. Carts cross the bridge since 20 June.\n"
                "Before: The answer ended with the dispute about the price.\nNow: It says that the bridge is open again.\n"
                "Concerns: The repair of the Mill Bridge"
            ),
        ),
    }
    assert {
        one: (told[one]["tags"][0], told[one]["url"], told[one]["title"], told[one]["content_text"]) for one in expected
    } == expected


def test_an_entry_of_the_atom_feed_is_written_as_expected() -> None:
    text = atom(read(SAMPLE))
    assert text.startswith("""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
 <id>https://bridge.example/data/changes.atom</id>
 <title>The Mill Bridge file: what changed</title>
 <subtitle>What was judged, judged again and corrected, the latest first.</subtitle>
 <updated>2031-07-02T00:00:00Z</updated>
 <author><name>The reading circle of Lower Marn</name><uri>https://bridge.example/</uri></author>
 <rights>Creative Commons Attribution 4.0</rights>
 <link rel="self" type="application/atom+xml" href="https://bridge.example/data/changes.atom"/>
 <link rel="alternate" type="text/html" href="https://bridge.example/"/>
 <link rel="license" href="https://creativecommons.org/licenses/by/4.0/"/>
 <entry>
  <id>tag:bridge.example,2031-07-02:/corrections/mill-bridge-repair/1</id>
  <title>Correction (update): The repair of the Mill Bridge</title>
  <published>2031-07-02T00:00:00Z</published>
  <updated>2031-07-02T00:00:00Z</updated>
  <link rel="alternate" type="text/html" href="https://bridge.example/corrections/2031/#c-2031-07-02-mill-bridge-repair"/>
  <category term="corrected" label="Correction"/>
  <content type="text">Corrected: Update. Carts cross the bridge since 20 June.
Before: The answer ended with the dispute about the price.
Now: It says that the bridge is open again.
Concerns: The repair of the Mill Bridge</content>
 </entry>
""")


def test_rule_12_is_given_every_text_of_both_files() -> None:
    for file in make(read(SAMPLE)).values():
        assert file.plain == json.loads(make(read(SAMPLE))[JSON_FEED].text)


# --- what changes it, and what does not ---


@BOTH
def test_no_day_of_the_build_is_in_it(root: Path) -> None:
    one, other = make(read(root), DAY), make(read(root), DAY + timedelta(days=400))
    assert {path: file.text for path, file in one.items()} == {path: file.text for path, file in other.items()}


RECORDS = ["claim:repair-costs-40000", "entity:petra-holm", "topic:mill-bridge-repair", "bridge-closed", "bridge-shut"]
CORRECTIONS = st.builds(
    lambda on, records, kind, why: Correction.model_validate(
        {"on": on.isoformat(), "records": records, "kind": kind, "why": why}
    ),
    st.sampled_from([date(2031, 5, 20), date(2031, 7, 1), date(2031, 7, 2), date(2031, 7, 3)]),
    st.lists(st.sampled_from(RECORDS), min_size=1, max_size=2),
    st.sampled_from(["error", "update", "clarification", "retraction"]),
    st.sampled_from(["It was misread.", "The minutes name her; we had misread an initial.", "A slip."]),
)


def ids(library: Library) -> list[str]:
    return [item["id"] for item in items(library)]


@given(st.lists(CORRECTIONS, min_size=1, max_size=6), CORRECTIONS)
def test_a_correction_that_is_added_changes_no_other_id(typed: list[Correction], added: Correction) -> None:
    library = read(SAMPLE)
    before, after = with_corrections(library, typed), with_corrections(library, [*typed, added])
    told = {item["id"]: item["content_text"] for item in items(before)}
    now = {item["id"]: item["content_text"] for item in items(after)}
    assert len(told) == len(typed) + sum(len(claim.log) for claim in library.claims.values())
    assert len(now) == len(told) + 1
    assert {one: now[one] for one in told} == told
    assert faults_of(atom(after)) == []


@given(st.data())
def test_a_judgement_that_is_added_changes_no_other_id(data: st.DataObject) -> None:
    library = read(SAMPLE)
    one = data.draw(st.sampled_from([name for name, claim in library.claims.items() if claim.log]))
    log = library.claims[one].log
    on = log[-1].on + timedelta(days=data.draw(st.integers(0, 90)))
    verdict = data.draw(st.sampled_from([*library.vocabulary.verdicts]))
    was = data.draw(st.sampled_from([{}, {"was": {"says": library.claims[one].says, "why": "Once."}}]))
    entry = LogEntry.model_validate({"on": on.isoformat(), "verdict": verdict, **was})
    after = with_claim(library, one, log=(*log, entry), says="Other words." if was else library.claims[one].says)
    told = {item["id"]: item for item in items(library)}
    now = {item["id"]: item for item in items(after)}
    (added,) = {*now} - {*told}
    assert added.endswith(f",{on.isoformat()}:/claims/{(*library.claims[one].was, one)[0]}/log/{len(log) + 1}")
    of_corrections = {
        name for name, item in told.items() if item["tags"] == ["corrected"]
    }  # these name the claim of today
    assert [name for name in {*told} - of_corrections if now[name] != told[name]] == []


def test_other_words_change_no_id() -> None:
    library = read(SAMPLE)
    other = with_corrections(
        with_claim(library, "bridge-reopened", says="It is open."),
        [one.model_copy(update={"why": "Something else.", "was": None}) for one, _ in library.corrections],
    )
    assert ids(other) == ids(library)
    assert atom(other) != atom(library)


def test_two_log_entries_that_say_the_same_have_ids_of_their_own() -> None:
    library = read(SAMPLE)
    entry = library.claims["bridge-reopened"].log[0]
    twins = with_claim(library, "bridge-reopened", log=(entry, entry.model_copy(), entry.model_copy()))
    assert [one.rpartition(":/")[2] for one in ids(twins) if "/bridge-reopened/" in one] == [
        *("claims/bridge-reopened/log/2", "claims/bridge-reopened/log/3", "claims/bridge-reopened/log/1"),
    ]
    assert faults_of(atom(twins)) == []


def test_two_sites_on_one_host_share_no_id() -> None:
    library = read(SAMPLE)
    settings = library.settings.model_copy(update={"address": "https://Bücher.example:8080/ä b/".replace(" ", "")})
    found = ids(replace(library, settings=settings))
    assert found[0] == "tag:xn--bcher-kva.example,2031-07-02:/%C3%A4b/corrections/mill-bridge-repair/1"
    assert not {*found} & {*ids(library)}


def test_a_site_that_has_moved_keeps_its_ids() -> None:
    library = read(SAMPLE)
    moved = {"address": "https://new.example/", "first_address": library.settings.address}
    assert ids(replace(library, settings=library.settings.model_copy(update=moved))) == ids(library)


def test_a_first_entry_that_judges_nothing_is_no_news() -> None:
    library = read(SAMPLE)
    one, claim = next((one, claim) for one, claim in library.claims.items() if len(claim.log) == 1)
    waiting = with_claim(
        library, one, verdict="unchecked", log=(claim.log[0].model_copy(update={"verdict": "unchecked"}),)
    )
    assert {*ids(library)} - {*ids(waiting)} == {
        found for found in ids(library) if found.endswith(f"claims/{one}/log/1")
    }
    assert len(ids(library)) == len(ids(waiting)) + 1


def test_the_feed_holds_the_latest_hundred() -> None:
    library, first = read(SAMPLE), read(SAMPLE).corrections[0][0]
    days = [date(2031, 8, 1) + timedelta(days=number // 2) for number in range(MOST + 7)]
    long = with_corrections(library, (first.model_copy(update={"on": on}) for on in days))
    found = ids(long)
    assert len(found) == MOST == 100
    assert found[0] == f"tag:bridge.example,{days[-1]}:/corrections/closure-a-disgrace/1"
    assert found[-1] == f"tag:bridge.example,{days[7]}:/corrections/closure-a-disgrace/2"
    assert faults_of(atom(long)) == []


def test_a_correction_on_a_further_page_of_its_year_is_led_to_there() -> None:
    library, first = read(SAMPLE), read(SAMPLE).corrections[0][0]
    days = [date(2031, 1, 1) + timedelta(days=number) for number in range(101)]
    long = with_corrections(library, (first.model_copy(update={"on": on}) for on in days))
    urls = [item["url"] for item in items(long) if item["tags"] == ["corrected"]]
    assert urls[:2] == [
        "https://bridge.example/corrections/2031/2/#c-2031-04-11-closure-a-disgrace",
        "https://bridge.example/corrections/2031/#c-2031-04-10-closure-a-disgrace",
    ]


def test_a_site_on_which_nothing_was_judged_has_a_valid_feed(vnu: tuple[str, ...], tmp_path: Path) -> None:
    library = replace(read(SAMPLE), claims={}, corrections=())
    text = atom(library)
    (tmp_path / "empty.atom").write_text(text, "utf-8")
    assert ask_jing(vnu, tmp_path / "empty.atom") == []
    assert faults_of(text) == []
    assert items(library) == []
    assert breaches_of(make(library)[JSON_FEED].text) == []


# --- hostile content ---

HOSTILE = (
    "]]> <script>alert(1)</script> & &amp; &lt;b&gt; \"quoted\" 'single'",
    "<!-- --> <?xml?> <!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]> &e;",
    "\u202eturned, bell\x07, nul\x00, no letter\uffff, next line\x85, separator\u2028end",
    "Россия 🌉 \U0001fffe",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_words_in_both_forms(vnu: tuple[str, ...], tmp_path: Path, words: str) -> None:
    library = read(SAMPLE)
    settings = library.settings.model_copy(update={"title": words, "publisher": words, "languages": ('en" x="y',)})
    topic = library.topics["mill-bridge-repair"].model_copy(update={"title": words})
    hostile = replace(library, settings=settings, topics={topic.id: topic})
    text = atom(hostile)
    (tmp_path / "hostile.atom").write_text(text, "utf-8")
    assert ask_jing(vnu, tmp_path / "hostile.atom") == []
    assert (faults_of(text), breaches_of(make(hostile)[JSON_FEED].text)) == ([], [])
    feed = ET.fromstring(text)  # noqa: S314 - what we wrote ourselves
    assert feed.findtext(f"{NAME}author/{NAME}name") == tidy(words)
    assert feed.findtext(f"{NAME}title") == f"{tidy(words)}: what changed"
    assert (
        feed.findtext(f"{NAME}entry/{NAME}title") == f"Correction (update): {tidy(words)}" == items(hostile)[0]["title"]
    )
    assert "xml:lang" not in text


def test_an_address_that_xml_cannot_hold_breaks_nothing(vnu: tuple[str, ...], tmp_path: Path) -> None:
    library = read(SAMPLE)
    settings = library.settings.model_copy(update={"address": "https://bridge.example/a&b'c/\ufffe/"})
    text = atom(replace(library, settings=settings))
    (tmp_path / "address.atom").write_text(text, "utf-8")
    assert ask_jing(vnu, tmp_path / "address.atom") == []
    assert faults_of(text) == []
    assert (
        feedparser.parse(text.encode()).entries[0].link.startswith("https://bridge.example/a&b'c/\ufffd/corrections/")
    )


@given(st.text(st.characters(), min_size=1, max_size=40).filter(tidy))
def test_any_words_make_a_feed_that_parses_and_can_be_written(words: str) -> None:
    library = read(SAMPLE)
    why = library.corrections[0][0].model_copy(update={"why": words, "was": words, "now": words})
    hostile = with_corrections(library, [why])
    for file in make(hostile).values():
        file.text.encode("utf-8")
    assert (faults_of(atom(hostile)), breaches_of(make(hostile)[JSON_FEED].text)) == ([], [])


# --- planted faults ---

ENTRY_ID = "<id>tag:bridge.example,2031-07-02:/claims/bridge-shut/log/2</id>"
UPDATED = " <updated>2031-07-02T00:00:00Z</updated>\n"
AUTHOR = " <author><name>The reading circle of Lower Marn</name><uri>https://bridge.example/</uri></author>\n"
PLANTED: dict[str, tuple[Callable[[str], str], str]] = {
    "no entry id": (lambda text: text.replace(f"  {ENTRY_ID}\n", ""), "missing required child element “id”"),
    "no feed id": (lambda text: re.sub(r" <id>http.*\n", "", text), "missing required child element “id”"),
    "no title": (lambda text: re.sub(r" <title>.*\n", "", text, count=1), "missing required child element “title”"),
    "an empty title": (lambda text: re.sub(r"<title>.*<", "<title> <", text, count=1), "for element “title”"),
    "no moment": (lambda text: text.replace(f" {UPDATED}", "", 1), "missing required child element “updated”"),
    "a day only": (lambda text: text.replace(UPDATED, UPDATED.replace("T00:00:00Z", ""), 1), "“2031-07-02” is no moment"),
    "no such day": (lambda text: text.replace("2031-07-02T", "2031-06-31T", 1), "“2031-06-31T00:00:00Z” is no moment"),
    "no author": (lambda text: text.replace(AUTHOR, ""), "no author"),
    "one id twice": (lambda text: re.sub(r"<id>tag:.*</id>", ENTRY_ID, text), "stands there twice"),
    "no link to itself": (lambda text: re.sub(r' <link rel="self".*\n', "", text), "0 links of the kind self"),
    "no link to the page": (lambda text: re.sub(r'  <link rel="alt.*\n', "", text), "missing required child element “link”"),
    "a relative address": (lambda text: text.replace('href="https://bridge.example/c', 'href="c'), "“href”"),
    "another updated": (lambda text: text.replace(UPDATED, UPDATED.replace("-02T", "-03T"), 1), "another moment"),
    "the oldest first": (
        lambda text: re.sub(r"(?s)( <entry>.*</entry>\n)( <entry>.*?</entry>\n)(?=</feed>)", r"\2\1", text),
        "the latest entry does not stand first",
    ),
    "an address as id": (lambda text: text.replace(ENTRY_ID, "<id>https://x.example/1</id>"), "is no tag"),
    "a control character": (lambda text: text.replace("Carts", "Carts\x90"), "a control character"),
    "an element of its own": (lambda text: text.replace(UPDATED, f"{UPDATED} <pubDate/>\n", 1), "“pubDate”"),
}  # fmt: skip


def test_every_planted_fault_of_the_atom_feed_is_seen(vnu: tuple[str, ...], tmp_path: Path) -> None:
    text = atom(read(SAMPLE))
    paths = {}
    for number, (name, (plant, _)) in enumerate(PLANTED.items()):
        planted = plant(text)
        assert planted != text, name
        paths[name] = tmp_path / f"{number}.atom"
        paths[name].write_text(planted, "utf-8")
    lines = ask_jing(vnu, *paths.values())
    unseen = [
        name
        for name, (plant, said) in PLANTED.items()
        if said
        not in "\n".join([*(line for line in lines if line.startswith(f"{paths[name]}:")), *faults_of(plant(text))])
    ]
    assert unseen == []


def test_a_feed_that_is_no_xml_is_seen() -> None:
    text = atom(read(SAMPLE)).replace("Carts cross", "Carts & carriages cross")
    with pytest.raises(ET.ParseError):
        faults_of(text)
    assert feedparser.parse(text.encode()).bozo


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (lambda feed: feed.update(version="https://jsonfeed.org/version/1"), "version: "),
        (lambda feed: feed.update(author=feed.pop("authors")[0]), "'authors' is a required property"),
        (lambda feed: feed.pop("title"), "'title' is a required property"),
        (lambda feed: feed["items"][0].update(id=7), "7 is not of type 'string'"),
        (lambda feed: feed["items"][0].update(id=feed["items"][1]["id"]), "stands there twice"),
        (lambda feed: feed["items"][0].update(date_published="2031-07-02"), "items/0/date_published"),
        (lambda feed: feed["items"][0].update(url="claims/x/"), "items/0/url"),
        (lambda feed: feed["items"][0].update(content_text=""), "items/0/content_text"),
        (lambda feed: feed["items"][0].update(pubDate="x"), "'pubDate'"),
        (lambda feed: feed["items"].reverse(), "the latest item does not stand first"),
    ],
)
def test_a_planted_fault_of_the_json_feed_is_seen(plant: Callable[[dict[str, Any]], object], said: str) -> None:
    feed = json.loads(make(read(SAMPLE))[JSON_FEED].text)
    assert breaches_of(json.dumps(feed)) == []
    plant(feed)
    assert any(said in breach for breach in breaches_of(json.dumps(feed)))
