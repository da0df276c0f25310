"""“Cite this”: the same reference as plain text, BibTeX and CSL-JSON, side by side with what it was made from."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from datetime import date
from itertools import accumulate
from typing import Any

import jsonschema
import pytest
from conftest import ROOT, SAMPLE
from hypothesis import given
from hypothesis import strategies as st

from generator import dates, load
from generator.decode import decode
from generator.derive import derive
from generator.derive.citing import Reference
from generator.dialect import render_page
from generator.link import link
from generator.pages import PlannedPage, open_site, plan
from generator.pages.cite import Cite, cite_claim, cite_event, cite_source, cite_topic, write_reference
from generator.records import Check
from generator.render import render
from generator.vocabulary import Term

LIBRARY, _ = link(decode(load.read(SAMPLE)[0])[0])
assert LIBRARY is not None
SITE = open_site(LIBRARY, derive(LIBRARY, date(2031, 7, 3)))
TEMPLATES = load.read_templates(ROOT)

# The schema of the Citation Style Language itself; it allows no other fields.
CSL: dict[str, Any] = json.loads((ROOT / "tests/schemas/csl-data.json").read_text("utf-8"))

CHECKED = Check.model_validate({"on": "2031-04-05", "by": "Ida"})
CLAIM = SITE.library.claims["repair-costs-40000"].model_copy(update={"checked": CHECKED, "verdict": "conflicting"})
WRITTEN = (
    "“The repair costs 40,000 crowns”. Conflicting accounts, judged on 5 April 2031. The Mill Bridge file, The reading circle of Lower Marn. https://bridge.example/claims/repair-costs-40000/",
    """@misc{claim-repair-costs-40000,
  title = {{The repair costs 40,000 crowns}},
  howpublished = {The Mill Bridge file, The reading circle of Lower Marn},
  year = {2031},
  month = apr,
  note = {Conflicting accounts, judged on 5 April 2031},
  url = {https://bridge.example/claims/repair-costs-40000/},
}""",
    """[{
  "id": "claim-repair-costs-40000",
  "type": "webpage",
  "title": "The repair costs 40,000 crowns",
  "container-title": "The Mill Bridge file",
  "publisher": "The reading circle of Lower Marn",
  "issued": {"date-parts": [[2031, 4, 5]]},
  "URL": "https://bridge.example/claims/repair-costs-40000/",
  "note": "Conflicting accounts, judged on 5 April 2031",
  "language": "en"
}]""",
)


def test_a_claim_is_cited_with_its_verdict_and_the_day_of_its_last_check() -> None:
    (written,) = cite_claim(SITE, CLAIM)
    assert (written.plain, written.bibtex, written.csl) == WRITTEN


def test_a_claim_that_nobody_checked_is_cited_without_a_date() -> None:
    claim = CLAIM.model_copy(update={"checked": None, "verdict": "unchecked"})
    assert cite_claim(SITE, claim)[0].plain == (
        "“The repair costs 40,000 crowns”. Not checked yet. The Mill Bridge file, The reading circle of Lower Marn. "
        "https://bridge.example/claims/repair-costs-40000/"
    )


def test_a_source_is_cited_itself_and_then_the_page_about_it() -> None:
    read, about = cite_source(SITE, SITE.library.sources["marn-courier-2031-04-03"])
    assert (read.label, about.label) == ("The source itself", "This page")
    assert read.plain == (
        "Ida Berg. “Mill Bridge shut without notice”. Marn Courier, 3 April 2031. Read on 5 April 2031. "
        "https://courier.example/mill-bridge-shut, archived at https://archive.example/courier/mill-bridge-shut"
    )
    assert json.loads(read.csl)[0]["accessed"] == {"date-parts": [[2031, 4, 5]]}
    assert about.plain.endswith("Lower Marn, 5 April 2031. https://bridge.example/sources/marn-courier-2031-04-03/")
    assert keys_of(read, about) == ["marn-courier-2031-04-03", "source-marn-courier-2031-04-03"]


@pytest.mark.parametrize(
    ("genre", "csl"),
    [
        *(("news", "article-newspaper"), ("wire", "article-newspaper"), ("statement", "document")),
        *(("document", "document"), ("transcript", "speech"), ("dataset", "dataset"), ("post", "post")),
        *(("reference", "entry-encyclopedia"), ("leaflet", "webpage")),
    ],
)
def test_a_source_is_of_the_type_that_its_genre_is_called_there_and_its_page_a_web_page(genre: str, csl: str) -> None:
    words = SITE.library.vocabulary
    genres = {**words.genres, "leaflet": Term(label="Leaflet", definition="A sheet of paper.")}
    site = replace(SITE, library=replace(SITE.library, vocabulary=words.model_copy(update={"genres": genres})))
    source = SITE.library.sources["valley-radio-2031-04-03"].model_copy(update={"genre": genre})
    assert [json.loads(one.csl)[0]["type"] for one in cite_source(site, source)] == [csl, "webpage"]


def test_a_source_without_a_title_is_cited_by_its_kind() -> None:
    source = SITE.library.sources["valley-radio-2031-04-03"].model_copy(update={"title": None})
    assert "“[News report]”. Valley Radio" in cite_source(SITE, source)[0].plain


def test_a_source_without_a_date_is_cited_as_undated() -> None:
    source = SITE.library.sources["valley-radio-2031-04-03"].model_copy(update={"published": None, "written": None})
    assert ", undated. Read on " in cite_source(SITE, source)[0].plain


def test_an_event_is_cited_as_of_the_last_check_of_its_claims() -> None:
    event = SITE.library.events["bridge-closes"].model_copy(update={"rests_on": ("bridge-closed",)})
    checked = SITE.library.claims["bridge-closed"].checked
    assert checked is not None
    issued = json.loads(cite_event(SITE, event)[0].csl)[0]["issued"]
    assert issued == {"date-parts": [[checked.on.year, checked.on.month, checked.on.day]]}
    assert "issued" not in cite_event(SITE, event.model_copy(update={"rests_on": ()}))[0].csl


def test_a_fact_sheet_and_an_event_are_cited_by_their_titles() -> None:
    topic, event = SITE.library.topics["mill-bridge-repair"], next(iter(SITE.library.events.values()))
    assert cite_topic(SITE, topic, date(2031, 7, 2))[0].plain == (
        f"“{topic.title}”. The Mill Bridge file, The reading circle of Lower Marn, 2 July 2031. "
        "https://bridge.example/topics/mill-bridge-repair/"
    )
    assert cite_event(SITE, event)[0].bibtex.startswith(f"@misc{{event-{event.id},\n  title = {{{{{event.title}}}}},\n")


def keys_of(*written: Cite) -> list[str]:
    keys = [one.bibtex.split("{", 1)[1].split(",", 1)[0] for one in written]
    assert keys == [json.loads(one.csl)[0]["id"] for one in written]
    return keys


@pytest.mark.parametrize(
    ("typed", "plain", "bibtex", "csl"),
    [
        ("2025-05-22", "22 May 2025", ["year = {2025}", "month = may"], {"date-parts": [[2025, 5, 22]]}),
        ("2025-05-22T13:33", "22 May 2025, 13:33", ["year = {2025}", "month = may"], {"date-parts": [[2025, 5, 22]]}),
        ("2025-12", "December 2025", ["year = {2025}", "month = dec"], {"date-parts": [[2025, 12]]}),
        ("0987", "987", ["year = {0987}"], {"date-parts": [[987]]}),
        ("2025~", "about 2025", ["year = {about 2025}"], {"literal": "about 2025"}),
        ("2025-05/2025-06", "May–June 2025", ["year = {May–June 2025}"], {"literal": "May–June 2025"}),
        ("../2025-05-22", "until 22 May 2025", ["year = {until 22 May 2025}"], {"literal": "until 22 May 2025"}),
        (None, "", [], None),
    ],
)
def test_a_date_is_never_more_exact_than_it_was_typed(
    typed: str | None, plain: str, bibtex: list[str], csl: dict[str, Any] | None
) -> None:
    written = write_reference(Reference("k", "T", "C", "", issued=dates.parse(typed) if typed else None))
    assert written.plain == f"“T”. C{', ' * bool(plain)}{plain}."
    assert re.findall(r"(?:year|month) = [^,\n]+", written.bibtex) == bibtex
    assert json.loads(written.csl)[0].get("issued") == csl


@pytest.mark.parametrize(
    ("title", "tex"),
    [
        ("100 % of $5 & #1_x", r"100 \% of \$5 \& \#1\_x"),
        (
            "{curly} \\input{x}",
            r"\textbraceleft{}curly\textbraceright{} \textbackslash{}input\textbraceleft{}x\textbraceright{}",
        ),
        ("a~b^c <d> |e|", r"a\textasciitilde{}b\textasciicircum{}c \textless{}d\textgreater{} \textbar{}e\textbar{}"),
        ("Россия и Украина", "Россия и Украина"),
        ("two\nlines\u2028three", "two lines three"),
    ],
)
def test_what_tex_would_read_as_a_command_is_escaped(title: str, tex: str) -> None:
    assert f"  title = {{{{{tex}}}}}," in write_reference(Reference("k", title, "C", "")).bibtex.split("\n")


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
REFERENCES = st.builds(
    Reference,
    st.just("some-key"),
    WORDS,
    WORDS,
    st.just("https://x.example/?a=1&b=%20#c_d"),
    st.sampled_from(["", "https://archive.example/x_y"]),
    authors=st.lists(WORDS, max_size=3).map(tuple),
    publisher=WORDS,
    issued=st.sampled_from(["2025-05-22", "2025", "2024/2025", "2025?"]).map(dates.parse),
    accessed=st.dates(),
    note=WORDS,
    language=st.sampled_from(["en", "uk", "zh-Hant"]),
)


@given(REFERENCES)
def test_any_reference_is_sound_in_all_three_forms(reference: Reference) -> None:
    written = write_reference(reference)
    assert "\n" not in written.plain
    jsonschema.validate(json.loads(written.csl), CSL)
    entry, *fields, end = written.bibtex.split("\n")
    assert (entry, end) == ("@misc{some-key,", "}")
    for field in fields:
        assert re.fullmatch(r"  [a-z]+ = (\{.*\}|[a-z]{3}),", field)
        depths = [*accumulate({"{": 1, "}": -1}.get(letter, 0) for letter in field)]
        assert min(depths) == 0 == depths[-1], "BibTeX counts braces"
        assert "{" not in field or 0 not in depths[field.index("{") : -2], "a value ends before its end"


@given(REFERENCES)
def test_what_stands_on_the_page_is_what_is_cited(reference: Reference) -> None:
    written = replace(write_reference(reference), label="`<b>`")
    texts, problems = render([PlannedPage("x.md", "parts/cite.md.jinja", {}, {"cites": (written,)})], TEMPLATES)
    assert problems == ()
    page = render_page(texts["x.md"].split("\n---\n", 1)[1]).html
    blocks = [html.unescape(block) for block in re.findall(r"<pre><code>(.*?)\n</code></pre>", page, re.DOTALL)]
    assert [squeeze(block) for block in blocks] == [
        squeeze(text) for text in (written.plain, written.bibtex, written.csl)
    ]
    assert page.count("<summary>") == 2
    assert "<b>" not in page


def squeeze(text: str) -> list[str]:
    """The lines of a text, their indentation kept, other white space as single blanks."""
    return [line[: len(line) - len(line.lstrip(" "))] + " ".join(line.split()) for line in text.split("\n")]


def test_the_page_of_a_claim_says_how_to_cite_it() -> None:
    texts, problems = render(plan(SITE.library, SITE.views), TEMPLATES)
    assert problems == ()
    (written,) = cite_claim(SITE, SITE.library.claims["repair-costs-40000"])
    claim = texts["claims/repair-costs-40000.md"]
    assert "## Cite this {#cite}" in claim
    for form, text in (("text", written.plain), ("bibtex", written.bibtex), ("csl-json", written.csl)):
        assert f"```{form}\n{text}\n```" in claim
