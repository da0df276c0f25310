"""The benchmark itself: what it gives the others to build, how it reckons, what it reports."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from bench.cases import TARGETS, Case, Target, compare, find_all, find_growth, find_memory, list_missed
from bench.machine import Machine
from bench.plain import to_hugo, to_plain
from bench.plot import write_plot
from bench.reports import Results, write_json, write_markdown
from bench.rivals import write_sites
from bench.runs import Run, RunError, measure, read_memory

GOLDEN = Path(__file__).parent / "golden"  # the generated pages of the sample
GENERATED = """\
---
title: Who says what
description: Left out.
kind: claim
crumbs:
- title: Claims
  url: claims/
---

{.kicker data-pagefind-ignore="all"}
Claim · [Fact](../method/index.md#kinds)

# Who says *what*? {#claim}

{.facts}
- [When]{.label} 7 July
- { data-key="a" data-type="person"}
  [Anna](anna.md) [Named \\[once\\] in `[x]{.y}`.]{.note}

```verdict-bar
title: 48 claims by verdict
```

::: details 4 more {.count}

> [[[words]{as=mark data-number=1}]{#q1}]{#q2}[[](#note-1){data-number=1}]{as=sup} \\{kept\\}

[#](#seen-1){.permalink} [Table](claims.csv){download=""}, [next](#seen-2), [web](https://a.example/#b){.where}

:::

```text
::: [kept]{as typed}
```

```bibtex
@misc{a}
```

| a | b |
|---|---|
| [c]{.d} | e |
"""
PLAIN = """\
---
title: Who says what
---

Claim · [Fact](../method/index.md)

# Who says *what*?

- When 7 July
- [Anna](anna.md) Named \\[once\\] in `[x]{.y}`.

4 more

> words \\{kept\\}

 Table, next, [web](https://a.example/#b)

```
::: [kept]{as typed}
```

```
@misc{a}
```

| a | b |
|---|---|
| c | e |
"""


def test_a_generated_page_becomes_plain_commonmark_with_its_words_links_and_tables() -> None:
    assert to_plain(GENERATED) == PLAIN


@pytest.mark.parametrize(
    ("path", "link", "address"),
    [
        ("claims/a.md", "[b](b.md)", "[b](/claims/b/)"),
        ("claims/a.md", "[b](../topics/b/as-of/2025.md)", "[b](/topics/b/as-of/2025/)"),
        ("claims/a.md", "[all](index.md)", "[all](/claims/)"),
        ("claims/a.md", "[home](../index.md)", "[home](/)"),
        ("index.md", "[b](claims/b.md)", "[b](/claims/b/)"),
        ("index.md", "[web](https://a.example/b.md)", "[web](https://a.example/b.md)"),
    ],
)
def test_hugo_is_given_the_addresses_that_it_gives_its_pages(path: str, link: str, address: str) -> None:
    assert to_hugo(path, link) == address


def test_every_link_between_the_pages_of_a_site_leads_to_a_page_of_the_rivals(tmp_path: Path) -> None:
    count = write_sites(GOLDEN, tmp_path)
    plain, hugo = tmp_path / "plain", tmp_path / "hugo" / "content"
    assert count == len(list(plain.rglob("*.md"))) == len(list(hugo.rglob("*.md"))) == len(list(GOLDEN.rglob("*.md")))
    links = [
        page.parent / link
        for page in plain.rglob("*.md")
        for link in re.findall(r"\]\(([^():\s]+)\)", page.read_text("utf-8"))
    ]
    assert len(links) > count
    assert [link for link in links if not link.is_file()] == []
    addresses = {
        address for page in hugo.rglob("*.md") for address in re.findall(r"\]\(/([^():\s]*)\)", page.read_text("utf-8"))
    }
    assert [
        address
        for address in addresses
        if not (hugo / f"{address.rstrip('/')}.md").is_file() and not (hugo / address / "_index.md").is_file()
    ] == []


def test_no_mark_of_ours_is_left_in_the_pages_of_the_rivals(tmp_path: Path) -> None:
    write_sites(GOLDEN, tmp_path)
    texts = [page.read_text("utf-8") for page in (tmp_path / "plain").rglob("*.md")]
    without_code = [re.sub(r"^( *```+)\n.*?^\1$|`[^`\n]+`", "", text, flags=re.DOTALL | re.MULTILINE) for text in texts]
    assert [
        line for text in without_code for line in text.splitlines() if re.search(r"^\s*:::|(?<!\\)\{|```", line)
    ] == []


# --- one process ---


def test_a_run_tells_its_phases_and_what_it_cost(tmp_path: Path) -> None:
    program = "import sys; print('read\t0.25', 'write\t1', 'read\t0.5', 'done in\tno time', sep='\\n', file=sys.stderr)"
    run = measure([sys.executable, "-c", program], tmp_path, {})
    assert run.phases == {"read": 0.75, "write": 1.0}
    assert run.cpu > 0
    assert run.seconds > 0
    assert run.max_rss > 1_000_000


def test_a_process_that_fails_stops_the_benchmark_with_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"ended with 3:\nno such claim"):
        measure([sys.executable, "-c", "import sys; print('no such claim'); sys.exit(3)"], tmp_path, {})


def test_memory_is_that_of_all_processes_of_a_tree(tmp_path: Path) -> None:
    named = tmp_path / "pagefind"
    named.symlink_to(sys.executable)
    child = "held = bytearray(b'x') * 50_000_000; print('ready', flush=True); input()"
    parent = f"import subprocess; subprocess.run([{str(named)!r}, '-c', {child!r}])"
    with subprocess.Popen([sys.executable, "-c", parent], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        held, held_own = read_memory(process.pid, "pagefind")
        process.communicate(b"\n")
    assert held - held_own > 50_000_000
    assert 0 < held_own < 50_000_000


# --- reckoning ---


def took(*seconds: float, own: int = 0) -> list[Run]:
    """Runs that took so long, with twice the processor time."""
    return [Run(seconds=one, cpu=2 * one, peak=3 * own, peak_own=own, max_rss=own) for one in seconds]


MEASURED = {
    Case.CHECK_COLD: took(4.0, 2.0, 3.0),
    Case.CLEAN: took(20.0, 12.0, 14.0, own=200_000_000),
    Case.CLEAN_SEARCH: took(40.0, own=310_000_000),
    Case.HUGO: took(10.0, 8.0, 12.0),
    Case.PAGEFIND: took(20.0, 24.0, 22.0),
    Case.MATERIAL: took(84.0),
}


def test_a_ratio_is_that_of_the_medians_between_the_least_and_the_most_of_the_runs() -> None:
    finding = compare(MEASURED, Target("ours / Hugo", (Case.CLEAN,), (Case.HUGO,), 1.5))
    assert finding
    assert (finding.value, finding.low, finding.high, finding.cpu) == (14 / 10, 12 / 12, 20 / 8, 14 / 10)
    assert finding.met


def test_cases_that_follow_each_other_are_added_up_round_by_round() -> None:
    finding = compare(MEASURED, Target("both", (Case.HUGO, Case.PAGEFIND), (Case.CHECK_COLD,), 10))
    assert finding
    assert (finding.value, finding.low, finding.high) == (32 / 3, 30 / 4, 34 / 2)
    assert not finding.met


def test_a_lower_bound_is_met_from_above() -> None:
    target = Target("Material / ours", (Case.MATERIAL,), (Case.CLEAN,), 5, at_least=True)
    finding = compare(MEASURED, target)
    assert finding
    assert finding.value == 6
    assert finding.met
    slower = compare({**MEASURED, Case.CLEAN: took(28.0)}, target)
    assert slower
    assert not slower.met


def test_what_was_not_measured_is_not_compared() -> None:
    assert compare({Case.CLEAN: took(1.0)}, TARGETS[0]) is None
    assert find_all({1_000: {Case.HUGO: took(1.0)}}) == {1_000: []}


def test_memory_is_the_most_of_all_our_cases_without_pagefind() -> None:
    finding = find_memory(MEASURED)
    assert finding
    assert (finding.value, finding.met) == (310.0, False)


def test_growth_is_the_cost_of_a_record_in_the_largest_corpus_over_that_in_the_smallest() -> None:
    sizes = {1_000: {Case.CLEAN: took(2.0)}, 10_000: {}, 30_000: {Case.CLEAN: took(66.0, 69.0, 81.0)}}
    (finding,) = find_growth(sizes)
    assert [finding.value, finding.low, finding.high] == pytest.approx([1.15, 1.1, 1.35])
    assert finding.met
    assert finding.judged
    assert find_growth({1_000: sizes[1_000]}) == []


def test_targets_are_judged_at_the_size_that_they_are_for() -> None:
    found = find_all({1_000: MEASURED, 10_000: MEASURED})
    missed = ["clean build with search / Hugo + Pagefind", "peak memory of our own processes"]
    assert [one.what for one in found[1_000] if not one.met] == missed
    assert [one.what for one in list_missed(found)] == missed
    assert list_missed(find_all({1_000: MEASURED})) == []


# --- reports ---

RESULTS = Results(
    Machine("2026-11-23", 2, "A processor", 16_000_000_000, {"Python": "3.11", "hugo": "0.168"}),
    {1_000: {Case.CLEAN: [Run(1.5, 2.0, phases={"plan": 0.25, "render": 1.0})]}, 10_000: MEASURED},
    {1_000: {"claims": 700}, 10_000: {"claims": 7_000}},
    {1_000: 0.25, 10_000: 3.0},
)


def test_the_table_has_a_row_for_each_ratio_each_case_and_each_phase() -> None:
    rows = write_markdown(RESULTS).splitlines()
    for row in (
        "| 10,000 | clean build without search / Hugo | 1.4x | 1 to 2.5 | 1.4x | ≤ 1.5x | met |",
        "| 10,000 | MkDocs-Material / clean build without search | 6x | 4.2 to 7 | 6x | ≥ 5x | met |",
        "| 10,000 | peak memory of our own processes | 310 MB | 0 to 310 |  | ≤ 300 MB | **missed** |",
        "| clean build without search | 14.0 (12.0 to 20.0) | 28.0 | 600 | 200 | 200 |",
        "| MkDocs-Material, without search | 84.0 (once) | 168 | 0 | 0 | 0 |",
        "| clean build without search | plan 0.25, render 1 |",
    ):
        assert row in rows
    assert "Load of the machine: 0.2 before 1,000 records, 3.0 before 10,000 records." in write_markdown(RESULTS)


def test_the_data_have_every_run_and_every_finding() -> None:
    data = json.loads(write_json(RESULTS))
    assert data["machine"]["cores"] == 2
    size = data["sizes"]["10000"]
    assert [run["seconds"] for run in size["cases"]["Hugo, clean build"]] == [10.0, 8.0, 12.0]
    assert [(one["value"], one["met"]) for one in size["findings"] if "Hugo + Pagefind" in one["what"]] == [
        (1.25, False)
    ]


def test_the_plot_has_a_line_for_each_case_and_the_slower_one_stands_higher() -> None:
    plot = ET.fromstring(write_plot({1_000: MEASURED, 10_000: MEASURED}))  # noqa: S314 - our own
    labels = {text.text: float(text.get("y", "")) for text in plot.iter("{http://www.w3.org/2000/svg}text")}
    told = sorted(
        (label for label in labels if label and ", " in label and label.endswith(" s")), key=labels.__getitem__
    )
    assert told == [
        "MkDocs-Material, 84 s",
        "clean build with search, 40 s",
        "Hugo + Pagefind, 32 s",
        "clean build, 14 s",
        "Hugo, 10 s",
        "check, cold, 3 s",
    ]
    assert ET.fromstring(write_plot({})).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314
