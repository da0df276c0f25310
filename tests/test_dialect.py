"""The safe Markdown dialect: hostile text stays text, and what is written means what was meant."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator import dialect
from generator.dialect.attributes import ATTRIBUTES
from generator.dialect.escaping import tidy
from generator.dialect.fences.verdict_bar import draw_verdict_bar
from generator.dialect.inline import prose_parser
from generator.dialect.limits import MAX_NESTING

# Everything that means something in Markdown, HTML, attribute lists, containers and tables, often.
MEANINGFUL = st.sampled_from(
    [*list("\\`*_{}[]<>()#+-.!|~:=&\"'%^$@/ \n\t\r1a9"), "](javascript:alert(1))", "![", "[x](", "](//e.org)", "{.c #i}", "{as=script}", ":::", "::: details x", "```\n", "~~~", "    ", "1. ", "- ", "# ", "> ", "***", "---", "===", "&amp;", "&#60;", "&lt;script&gt;", "<script>", "<!--", "-->", "<https://e.org>", "| a | b |\n|---|---|\n", "[a]: http://e.org\n", "[^1]", "\\\n", "  \n", "\xa0", "\u2028", "\x00", "\x1b[31m", "\u202e", "é", "Ж", "漢", "🙂", "```verdict-bar\n", "{onclick=x}", "data-picture", "claim:x", "--", "&copy;"]
)  # fmt: skip
HOSTILE = st.one_of(
    st.lists(MEANINGFUL, max_size=30).map("".join),
    st.text(max_size=60),
    st.text(st.characters(), max_size=30),
)

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](  JaVaScRiPt:alert(1))",
    "[a](java&#115;cript:alert(1))",
    "[a](data:text/html;base64,AAAA)",
    "[a](vbscript:x)",
    "[a](//evil.example/x)",
    "[a](/\\evil.example)",
    "[a](\\\\evil.example)",
    "[a](https://user:pass@evil.example/)",
    "<javascript:alert(1)>",
    "![a](https://evil.example/x.png)",
    "![a](//evil.example/x.png)",
    "![a](data:image/svg+xml;base64,AAAA)",
    "[a]: javascript:alert(1)\n\n[a]",
    "[a](x){onclick=alert(1)}",
    '[a](x){href="javascript:alert(1)"}',
    "[a]{as=script}",
    '[a]{as=iframe src="https://evil.example"}',
    '{style="background:url(//evil.example)"}\nb',
    '{srcdoc="<script>"}\nb',
    "::: script\nalert(1)\n:::",
    '::: iframe {src="//evil.example"}\n:::',
    '<div data-picture="0"></div>',
    "[x]{data-picture=0}",
    '```verdict-bar\ntitle: <script>\nsupported"><script>: 1\n```',
    '| a {style="x" onclick="y"} |\n|---|\n| b |',
    "# h {onmouseover=alert(1) #i}",
    '" onmouseover="alert(1)',
)  # fmt: skip


class Collector(HTMLParser):
    """Reads HTML back: its tags, attributes and text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.text += data


def render(markdown: str) -> Collector:
    return Collector(dialect.render_page(markdown).html)


def resolve(scheme: str, target: str) -> str | None:
    return None if target == "nowhere" else f"../{scheme}s/{target}.md"


# --- escape ---


@given(HOSTILE)
@example("1. a")
@example("C #")
@example("!")
@example("a\\")
@example("&")
@settings(max_examples=500)
def test_escaped_text_renders_as_itself_in_one_paragraph(text: str) -> None:
    page = render(dialect.escape(text))
    assert page.text.removesuffix("\n") == tidy(text)
    assert page.tags == (["p"] if tidy(text) else [])


@pytest.mark.parametrize(
    ("place", "tags"),
    [
        ("## {}", ["h2"]),
        ("- {}", ["ul", "li"]),
        ("> {}", ["blockquote", "p"]),
        ("[{}](x.md)", ["p", "a"]),
        ("[{}]{{as=mark .m}}", ["p", "mark"]),
        ("| h |\n|---|\n| {} |", ["table", "thead", "tr", "th", "tbody", "tr", "td"]),
        ("before\n{}", ["p"]),
        ("::: details {}\n:::", ["details", "summary"]),
        ("a {}[b](x.md)", ["p", "a"]),
    ],
)
@given(text=HOSTILE)
@example(text=" #")
@example(text=" | y")
@example(text="!")
@settings(max_examples=150)
def test_escaped_text_stays_in_its_place(place: str, tags: list[str], text: str) -> None:
    page = render(place.format(dialect.escape("x" + text)))
    assert page.tags == tags
    assert re.sub(r"\s+", " ", tidy("x" + text)) in re.sub(r"\s+", " ", page.text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Plain words, a comma: (and) brackets - 1,000 / 5%?", "Plain words, a comma: (and) brackets - 1,000 / 5%?"),
        ("# no heading", "\\# no heading"),
        ("1. no list", "1\\. no list"),
        ("- no list", "\\- no list"),
        ("::: no container", "\\::: no container"),
        ("a | b", "a \\| b"),
        ("R&D &amp; x", "R\\&D \\&amp; x"),
        ("two\n\nlines", "two lines"),
        ("a\x00b\x1bc", "a\ufffdb\ufffdc"),
    ],
)
def test_escaping_touches_only_what_could_mean_something(text: str, written: str) -> None:
    assert dialect.escape(text) == written


@given(HOSTILE)
@settings(max_examples=300)
def test_an_escaped_attribute_value_is_read_back(value: str) -> None:
    for markdown in (
        f'[x]{{title="{dialect.escape_attribute(value)}"}}',
        f'## x {{title="{dialect.escape_attribute(value)}"}}',
        f'| x {{title="{dialect.escape_attribute(value)}"}} |\n|---|\n| y |',
        f'{{title="{dialect.escape_attribute(value)}"}}\nx',
    ):
        titles = [content for _, name, content in render(markdown).attributes if name == "title"]
        assert titles == [tidy(value)]


@given(HOSTILE)
@settings(max_examples=200)
def test_an_escaped_address_ends_where_it_should(address: str) -> None:
    page = render(f"[x](https://e.org/?{dialect.escape_address(address)})y")
    assert page.tags == ["p", "a"]
    assert page.text == "xy\n"


# --- pages ---


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_gets_through_a_page(payload: str) -> None:
    """Even where a template forgot to escape."""
    try:
        page = render(payload)
    except ValueError:  # a picture that cannot be drawn
        return
    assert {"script", "iframe", "object", "style"}.isdisjoint(page.tags)
    assert [a for a in page.attributes if a[1].startswith("on") or a[1] in ("style", "srcdoc", "data-picture")] == []
    addresses = [value for _, name, value in page.attributes if name in ("href", "src")]
    assert [
        a for a in addresses if re.match(r"\s*(?:javascript|data|vbscript):|[/\\]|https?://[^/]*@", a, re.IGNORECASE)
    ] == []
    assert [a for tag, name, a in page.attributes if tag == "img" and name == "src" and ":" in a] == []


@given(HOSTILE)
@settings(max_examples=300)
def test_a_page_holds_only_allowed_attributes(markdown: str) -> None:
    try:
        page = render(markdown)
    except ValueError:
        return
    assert {name for _, name, _ in page.attributes} <= ATTRIBUTES | {
        "href", "src", "alt", "viewbox", "x", "y", "preserveaspectratio", "focusable"
    }  # fmt: skip


CASES = [
    ("## Known {#known .k}", ('<div class="heading"><h2 id="known" class="k">Known</h2>'
     '<a class="permalink" href="#known" aria-label="Link to this section: Known" data-pagefind-ignore="all">#</a></div>')),
    ("# Title {#top}", '<h1 id="top">Title</h1>'),
    ("[words]{as=mark #m .a data-verdict=supported}",
     '<p><mark id="m" data-verdict="supported" class="a">words</mark></p>'),
    ("[words]{as=blink}", "<p><span>words</span></p>"),
    ("::: card {#c .wide}\ntext\n:::", '<div id="c" class="card wide">\n<p>text</p>\n</div>'),
    ("::: section {.known}\n::: aside\ninner\n:::\nouter\n:::",
     '<section class="known">\n<aside>\n<p>inner</p>\n</aside>\n<p>outer</p>\n</section>'),
    ("::: details How *this* was counted\ntext\n:::",
     "<details>\n<summary>How <em>this</em> was counted</summary>\n<p>text</p>\n</details>"),
    ("::: figure A caption\ntext\n:::", "<figure>\n<p>text</p>\n<figcaption>A caption</figcaption>\n</figure>"),
    ("::: card\n```\n:::\n```\nstill inside\n:::",
     '<div class="card">\n<pre><code>:::\n</code></pre>\n<p>still inside</p>\n</div>'),
    ("- {.e data-year=2025}\n  one\n- two", '<ul>\n<li data-year="2025" class="e">one</li>\n<li>two</li>\n</ul>'),
    ("{.wide}\n| {.r} a {scope=row} | b |\n|---|--:|\n| {.s} c {scope=row} | d |",
     ('<table class="wide">\n<thead>\n<tr class="r">\n<th scope="row">a</th>\n<th class="align-right" scope="col">b</th>\n'
     '</tr>\n</thead>\n<tbody>\n<tr class="s">\n<th scope="row">c</th>\n<td class="align-right">d</td>\n</tr>\n</tbody>\n</table>')),
    ("[a](https://e.org/)", '<p><a href="https://e.org/" rel="external">a</a></p>'),
    ("~~a~~ https://e.org <b>", "<p>~~a~~ https://e.org &lt;b&gt;</p>"),
    ("```python\na < b\n```", "<pre><code>a &lt; b\n</code></pre>"),
    ('[a]{title="&quot;&#123;x&#125;&quot;"}', '<p><span title="&quot;{x}&quot;">a</span></p>'),
]  # fmt: skip


@pytest.mark.parametrize(("markdown", "html"), CASES, ids=[markdown.split("\n")[0] for markdown, _ in CASES])
def test_the_page_dialect(markdown: str, html: str) -> None:
    assert dialect.render_page(markdown).html.strip() == html


def test_a_page_tells_its_headings_and_anchors() -> None:
    page = dialect.render_page("# A *b* {#a}\n\n## Привіт {#c}\n\n[x]{#d}\n\n::: card {#e}\n:::\n")
    assert page.headings == (dialect.Heading(1, "a", "A b"), dialect.Heading(2, "c", "Привіт"))
    assert page.anchors == {"a", "c", "d", "e"}


def test_relative_addresses_are_resolved_and_others_left() -> None:
    html = dialect.render_page(
        "[a](b.md#c) [d](https://e.org/) ![i](i.svg)", resolve=lambda address: f"R/{address}"
    ).html
    assert re.findall(r'(?:href|src)="([^"]*)"', html) == ["R/b.md#c", "https://e.org/", "R/i.svg"]


def test_a_verdict_bar_is_drawn_with_its_figures_in_words() -> None:
    html = dialect.render_page(
        "```verdict-bar\ntitle: Verdicts <b>\nsupported: 3\nrefuted: 1 Refuted & done\nunchecked: 0\n```"
    ).html
    assert html.strip() == (
        '<figure class="verdict-bar"><figcaption>Verdicts &lt;b&gt;</figcaption>'
        '<svg viewBox="0 0 600 24" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect class="verdict-supported" x="0" y="0" width="448.5" height="24"></rect>'
        '<rect class="verdict-refuted" x="450.5" y="0" width="149.5" height="24"></rect></svg>'
        '<ul><li class="verdict-supported" data-verdict="supported"><b>3</b> supported</li>'
        '<li class="verdict-refuted" data-verdict="refuted"><b>1</b> Refuted &amp; done</li></ul></figure>'
    )


@pytest.mark.parametrize("payload", ["supported: many", "supported: -1", "supported", "supported: ²"])
def test_a_verdict_bar_refuses_a_count_that_is_none(payload: str) -> None:
    with pytest.raises(ValueError, match=r"no whole number|not a `key"):
        draw_verdict_bar(payload)


# --- stored texts ---

STORED = """\
# Head *x*

Para one
line [two](http://x "t") `a  b`\\
three <b>raw</b> &amp; ![alt *x*](i.png)

> quote
> more

- item a
- item b

  second

```
code

x
```
"""


def test_a_stored_text_is_what_a_reader_sees() -> None:
    stored = dialect.read_text(STORED, 10)
    assert [(b.kind, stored.text[b.start : b.end], stored.line_at(b.start)) for b in stored.blocks] == [
        ("heading", "Head x", 10),
        ("paragraph", "Para one line two a  b\nthree <b>raw</b> & alt x", 12),
        ("quote", "quote more", 16),
        ("item", "item a", 19),
        ("item", "item b", 20),
        ("item", "second", 22),
        ("code", "code\n\nx", 24 + 1),
    ]
    assert "\n\n".join(stored.text[b.start : b.end] for b in stored.blocks) == stored.text
    assert [stored.line_at(stored.text.rindex(word)) for word in ("two", "three", "more", "x")] == [13, 14, 17, 27]


def test_a_stored_text_does_not_turn_its_direction() -> None:
    assert dialect.read_text("not &#x202e;si&#x202c; so\n\n    code \u2066x").text == "not si so\n\ncode x"


@given(HOSTILE, st.integers(1, 500))
@settings(max_examples=300)
def test_lines_of_a_stored_text_lie_within_it_and_never_run_back(markdown: str, first: int) -> None:
    stored = dialect.read_text(markdown, first)
    lines = [stored.line_at(offset) for offset in range(len(stored.text) + 1)]
    assert lines == sorted(lines)
    assert first <= lines[0]
    assert lines[-1] <= first + len(re.split("\r\n|\r|\n", markdown)) - 1


@given(st.lists(st.from_regex(r"\A[A-Za-z][a-z ]{0,20}[a-z]\Z"), min_size=1, max_size=20))
def test_every_line_of_plain_paragraphs_is_found_again(lines: list[str]) -> None:
    numbered = [f"{line} q{number}q" for number, line in enumerate(lines, 1)]
    stored = dialect.read_text("\n".join(numbered))
    assert [stored.line_at(stored.text.index(f"q{n}q")) for n in range(1, len(lines) + 1)] == list(
        range(1, len(lines) + 1)
    )


@pytest.mark.parametrize(
    ("markdown", "problem"),
    [
        ("> " * 30 + "deep", "has a line that opens twenty or more quotations or lists at once"),
        ("\n".join("  " * level + "- deep" for level in range(40)), "nests quotations and lists too deeply"),
        ("[" * 5001 + "deep", "holds more than 5,000 opening square brackets"),
        ("deep " * 400_001, "is 2,000,005 characters long; 2,000,000 is the most"),
    ],
    ids=["markers", "levels", "brackets", "length"],
)
def test_a_text_too_hard_to_parse_is_kept_whole_as_plain_text(markdown: str, problem: str) -> None:
    stored = dialect.read_text(markdown)
    assert stored.problem == problem
    assert stored.text.count("deep") == markdown.count("deep")


# --- prose ---

PROSE = [
    # typed, written
    ("Plain.", "Plain."),
    ("*a* and **b**", "*a* and **b**"),
    ("_a_ *(b)* **c***d*", "*a* [(b)]{as=em} [c]{as=strong}[d]{as=em}"),
    ("*a _b_ c*", "[a *b* c]{as=em}"),
    ("[handed over](claim:list-handed-over)", "[handed over](../claims/list-handed-over.md)"),
    ("[gone](claim:nowhere)", "gone"),
    ("[x](javascript:alert(1))", "x"),
    ("<https://e.org/a?b=1&c=2>", "[https://e.org/a?b=1\\&c=2](https://e.org/a?b=1&c=2)"),
    ("<b>bold</b>", "\\<b\\>bold\\</b\\>"),
    ("![alt](x.png)!", "alt\\!"),
    ("`code` `a|b`", "`code` [a\\|b]{as=code}"),
    ("# not a heading", "\\# not a heading"),
    ("two\nlines", "two lines"),
    ("[x](source:a){.b onclick=c}", "[x](../sources/a.md)\\{.b onclick=c\\}"),
    ("x ::: y", "x ::: y"),
]


@pytest.mark.parametrize(("typed", "written"), PROSE)
def test_prose_is_written_again_as_safe_markdown(typed: str, written: str) -> None:
    assert dialect.prose_markdown(typed, resolve) == written


@given(HOSTILE)
@settings(max_examples=500)
def test_prose_means_the_same_on_the_page_and_cannot_leave_its_paragraph(typed: str) -> None:
    page = render(dialect.prose_markdown(typed, resolve))
    assert tidy(page.text) == dialect.prose_plain(typed)
    assert page.tags == [] or page.tags[0] == "p"
    assert set(page.tags) <= {"p", "em", "strong", "code", "a"}
    assert page.tags.count("p") <= 1
    assert {name for _, name, _ in page.attributes} <= {"href", "rel"}


@given(HOSTILE)
@example("<a:b>")
@example("![](a)")
@example("*a _b " * 12 + "c_ d* " * 12)
def test_prose_has_the_links_images_and_depth_that_the_parser_finds(typed: str) -> None:
    tokens = [child for token in prose_parser().parseInline(typed) for child in token.children or ()]
    problems = " ".join(dialect.prose_problems(typed))
    assert len(dialect.prose_links(typed)) == sum(token.type == "link_open" for token in tokens)
    assert ("Images" in problems) == any(token.type == "image" for token in tokens)
    assert ("too deeply" in problems) == any(token.level >= MAX_NESTING - 2 for token in tokens)


@given(HOSTILE)
@settings(max_examples=300)
def test_sound_prose_keeps_its_emphasis_and_links(typed: str) -> None:
    before = f"x *{dialect.escape('e' + typed)}* [l](claim:a) **s** y"
    page = render(dialect.prose_markdown(before, resolve))
    assert (page.tags[-2:], ("a", "href", "../claims/a.md") in page.attributes) == (["a", "strong"], True)


def test_links_in_prose_are_found_with_their_places() -> None:
    typed = "See [the *list*](claim:a), <https://e.org/> and [b](relative.md)."
    links = dialect.prose_links(typed)
    assert links == (
        dialect.ProseLink("claim", "a", "the list", 4),
        dialect.ProseLink("https", "//e.org/", "https://e.org/", 27),
        dialect.ProseLink("", "relative.md", "b", 48),
    )
    assert [typed[link.start] for link in links] == ["[", "<", "["]


_ADDRESSES = (
    "an address begins with https://, http:// or mailto:, "
    "a record or page of this site with one of claim:, entity:, event:, page:, source:, topic:."
)


@pytest.mark.parametrize(
    ("typed", "problems"),
    [
        ("[a](claim:b) [c](https://e.org) [d](mailto:a@e.org) <b> # x", ()),
        ("[a](javascript:b)", (f"The link “javascript:b” is not allowed: {_ADDRESSES}",)),
        ("[a](//e.org)", (f"The link “//e.org” is not allowed: {_ADDRESSES}",)),
        ("[a](b.md)", (f"The link “b.md” is not allowed: {_ADDRESSES}",)),
        ("[a](https://x@e.org)", (f"The link “https://x@e.org” is not allowed: {_ADDRESSES}",)),
        ("[a](claim:)", ("The link “claim:” names no record.",)),
        ("![a](b.png)", ("Images have no place in a text field; write a link instead.",)),
        ("a" * 20_001, ("This text is 20,001 characters long; 20,000 is the most.",)),
        ("[" * 401, ("This text holds more than 400 opening square brackets.",)),
    ],
)
def test_what_is_wrong_with_prose_is_said(typed: str, problems: tuple[str, ...]) -> None:
    assert dialect.prose_problems(typed) == problems


# --- hand-written pages ---

BODY = """\
About
=====

Some *words*, a [claim](claim:a) and <b>.

1. one
2. two
   - inner

- loose

- items

* another list

> quoted
>
> twice

    indented ``` code

::: details no container
:::

## About {.x}

***

```verdict-bar
supported: 1
```
"""

BODY_WRITTEN = """\
## About {#about}

Some *words*, a [claim](../claims/a.md) and \\<b\\>.

1. one
2. two
   - inner

- loose

- items

* another list

> quoted
>
> twice

````
indented ``` code
````

\\::: details no container :::

### About \\{.x\\} {#about-x}

***

```
supported: 1
```
"""


def test_a_hand_written_page_is_written_again_without_the_dialects_powers() -> None:
    assert dialect.body_markdown(BODY, resolve, shift=1) == BODY_WRITTEN


def test_the_highest_headings_of_a_hand_written_page_come_just_below_its_title() -> None:
    assert dialect.body_markdown("## Two\n\n### Three\n", resolve, shift=1) == "## Two {#two}\n\n### Three {#three}\n"


@given(HOSTILE)
@settings(max_examples=300)
def test_a_hand_written_page_gains_no_powers(typed: str) -> None:
    page = render(dialect.body_markdown(typed, resolve))
    assert set(page.tags) <= {
        "p", "em", "strong", "code", "a", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "hr"
    }  # fmt: skip
    assert {(tag, name) for tag, name, _ in page.attributes} <= {
        ("a", "href"), ("a", "rel"), ("a", "class"), ("a", "aria-label"), ("a", "data-pagefind-ignore"), ("div", "class"),
        ("ol", "start"), *((f"h{level}", "id") for level in range(1, 7)),
    }  # fmt: skip
    assert {value for tag, name, value in page.attributes if name == "class"} <= {"heading", "permalink"}


@given(st.lists(HOSTILE.filter(tidy), min_size=1, max_size=5))
def test_a_hand_written_page_keeps_its_paragraphs(texts: list[str]) -> None:
    page = render(dialect.body_markdown("\n\n".join(map(dialect.escape, texts)), resolve))
    assert page.text == "".join(f"{tidy(text)}\n" for text in texts)
    assert page.tags == ["p"] * len(texts)
