"""A site whose every text is hostile: nothing of it runs, becomes an element, an address or a template, or gets lost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import yaml
from conftest import ROOT, Tree, copy_inputs, serve
from test_cases import SITE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

PROSE = (
    "CANARY <script>canary(1)</script><img src=x onerror=canary(2)> {onclick=canary(3)} {{ 7*6 }} {% include 'x' %} "
    '::: details x `{as=script}` ``` ~~~ <!-- --> --- </title></textarea></script> " \' onmouseover=canary(4) x=" &lt;b&gt; | a | ]] [[ '
    "&#60;script&#62;canary(5)&#60;/script&#62; {#id .class style=x} *a _b \\"
)
"""For prose, in which a link to a script is refused already."""

LINE = f"{PROSE} [x](javascript:canary(6)) ![x](https://evil.example/x.png) <javascript:canary(7)> [a]: javascript:canary(8)"[
    :299
]
BREAKS = "CANARY\n---\ntemplate: main.html\nhtml: <script>canary(9)</script>\n---\n\n::: script\n\n# heading\n\n```verdict-bar\n<script>: 1\n```\n"
"""Ends a line where one would not: front matter, headings, containers and fences begin at the start of a line."""

# Links that the rule `prose-link` refuses are written so that they are none; the rule itself has its case file.
BODY = f"""{PROSE}

<script>canary(10)</script>

<iframe srcdoc="<script>parent.canary(11)</script>"></iframe>

# heading {{onclick=canary(12) #top}}

[link] (javascript:canary(13)) and [other] (data:text/html,<script>canary(14)</script>) and ![x](javascript:canary(15))

::: script
canary(16)
:::

```verdict-bar
<script>canary(17)</script>: 1
```

| a {{onclick=canary(18)}} | b |
|---|---|
| {LINE} | c |

{BREAKS}
"""

QUOTE = '<iframe srcdoc="<script>parent.canary(11)</script>"></iframe>'


def _write(folder: Path, path: str, record: object, body: str | None = None) -> None:
    """Write a record as YAML (every JSON text is one) or as front matter before a body."""
    text = json.dumps(record, ensure_ascii=False)
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text if body is None else f"---\n{text}\n---\n{body}", "utf-8")


def _lay_out(content: Path) -> None:
    """Add to the site of the cases one record of each kind with hostile text wherever text may stand."""
    for sound in (content / "sources").glob("*.md"):  # whose claims may repeat its words
        sound.write_text(sound.read_text("utf-8").replace("publish: excerpts", "publish: full"), "utf-8")
    day = {"on": "2026-01-01", "verdict": "supported", "note": PROSE, "was": {"says": PROSE, "why": PROSE}}
    told = {"in": "x-none", "finding": PROSE, "chain": [{"unnamed": LINE}, "x-entity"]}
    evidence = {"stance": "supports", "basis": "witness"}
    _write(content, "entities/x.yml", [
        {"id": "x-entity", "type": "person", "name": LINE, "names": {"uk": LINE, "de": BREAKS}, "description": PROSE},
        {"id": "x-outlet", "type": "outlet", "name": BREAKS, "description": BREAKS},
        {"id": "x-place", "type": "place", "name": "{{ config }} <b>"},
    ])  # fmt: skip
    source = {
        "title": LINE,
        "outlet": "x-outlet",
        "authors": [LINE, BREAKS],
        "accessed": "2026-01-01",
        "language": "en",
    }
    source |= {"genre": "news", "url": "https://e.example/?a=b&c=%22'()*", "summary": PROSE, "published": "2026-01-01"}
    skipped = [{"quote": "parent.canary(11)", "why": LINE}]
    _write(content, "sources/x-none.yml", {**source, "stored": "none", "publish": "none", "title": BREAKS})
    for publish in ("full", "excerpts"):
        _write(
            content,
            f"sources/x-{publish}.md",
            {**source, "stored": "excerpt", "publish": publish, "skipped": skipped},
            BODY,
        )
    cited = [{"in": f"x-{publish}", "quote": QUOTE, "chain": "own"} for publish in ("full", "excerpts")]
    _write(content, "claims/x.yml", [
        {
            "id": "x-claim", "says": PROSE, "kind": "fact", "about": ["x-entity"], "when": "2026-01-01", "topics": ["x-topic"],
            "seen": [*cited, told], "computed": "7 * 6 = 42",
            "evidence": [
                {**told, **evidence, "chain": "own"},
                {**cited[0], **evidence, "chain": ["x-entity"]},
                {**told, **evidence, "stance": "refutes", "discount": LINE},
            ],
            "searched": {"where": LINE, "terms": [LINE, BREAKS], "until": "2026-01-01"},
            "contradicts": [{"claim": "x-other", "as": "different-count", "why": PROSE}],
            "verdict": "supported", "why": PROSE, "missing": [PROSE], "unknown": [BREAKS],
            "checked": {"on": "2026-01-01", "by": [LINE, BREAKS]}, "log": [day],
        },
        {"id": "x-other", "says": BREAKS, "kind": "opinion", "seen": [{**told, "finding": BREAKS}]},
    ])  # fmt: skip
    event = {"title": LINE, "when": "2026-01-01", "phase": "planned", "where": "x-place", "involves": ["x-entity"]}
    _write(content, "events/x.yml", {**event, "rests_on": ["x-claim"], "topics": ["x-topic"], "summary": PROSE})
    question = {"id": "row", "text": LINE, "claims": ["x-claim"]}
    topic = {"title": LINE, "question": BREAKS, "answer": PROSE, "lead": ["x-claim"], "parties": ["x-entity"]}
    _write(content, "topics/x-topic.yml", {**topic, "questions": [question]})
    _write(content, "pages/x-page.md", {"title": LINE, "description": BREAKS}, BODY)
    correction = {
        "on": "2026-01-01",
        "records": ["x-claim"],
        "kind": "error",
        "was": PROSE,
        "now": BREAKS,
        "why": PROSE,
    }
    _write(content, "corrections.yml", [correction])


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    tree = copy_inputs(ROOT, SITE, to=tmp_path_factory.mktemp("hostile") / "tree")
    _lay_out(tree.content)
    tree.build()
    return tree


@pytest.fixture(scope="module")
def hostile_address(hostile_site: Tree) -> Iterator[str]:
    with serve(hostile_site.site) as address:
        yield address


RUNNABLE = """() => [...document.querySelectorAll('*')].flatMap(element => [
    ...[...element.attributes].filter(one => one.name.startsWith('on') || one.name === 'style' || one.name === 'srcdoc'
        || /^\\s*(javascript|data|vbscript):/i.test(one.value)).map(one => `${element.tagName} ${one.name}=${one.value}`),
    ...(element.tagName === 'SCRIPT' && !element.src && !/json/.test(element.type) ? [element.outerHTML] : []),
    ...(['IFRAME', 'OBJECT', 'EMBED', 'BASE'].includes(element.tagName) ? [element.outerHTML] : []),
])"""


def test_nothing_of_a_hostile_text_runs_even_without_the_security_policy(
    browser: Browser, hostile_site: Tree, hostile_address: str
) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.add_init_script("window.fired = []; window.canary = number => window.fired.push(number)")
    foreign: list[str] = []
    page.on(
        "request", lambda request: foreign.append(request.url) if not request.url.startswith(hostile_address) else None
    )
    shown = 0
    for path in sorted(hostile_site.site.rglob("*.html")):
        page.goto(f"{hostile_address}/{path.relative_to(hostile_site.site).as_posix()}", wait_until="load")
        where = path.relative_to(hostile_site.site).as_posix()
        assert (where, page.evaluate("() => window.fired")) == (where, [])
        assert (where, page.evaluate(RUNNABLE)) == (where, [])
        words = page.locator("body").inner_text()
        assert (where, "CANARY 42" in words) == (where, False)
        shown += "CANARY <script>canary(1)</script><img src=x onerror=canary(2)> {onclick=canary(3)} {{ 7*6 }}" in words
    assert foreign == []
    assert shown >= len(["claim", "event", "topic", "entity", "source", "source", "page", "corrections"])
    context.close()


def test_a_hostile_title_adds_nothing_to_the_front_matter(hostile_site: Tree) -> None:
    known = {"title", "description", "kind", "crumbs", "search", "scripts", "sign", "moved_to"}
    pages = sorted((hostile_site.root / "build" / "pages").rglob("*.md"))
    heads = [yaml.safe_load(page.read_text("utf-8").removeprefix("---\n").split("\n---\n")[0]) for page in pages]
    assert heads
    assert {field for head in heads for field in head} - known == set()
    scripts = {path.stem for path in (hostile_site.site / "assets").glob("*.js")}
    assert {script for head in heads for script in head.get("scripts", ())} <= scripts
