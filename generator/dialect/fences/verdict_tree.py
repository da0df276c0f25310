"""`verdict-tree`: which questions lead to which verdict."""

from __future__ import annotations

from typing import Any

from generator.dialect.fences.markup import element, read_json_lines, text

_OTHER = {"Yes": "No", "No": "Yes"}


def draw_verdict_tree(payload: str) -> str:
    """Draw the tree.

    It is an ordered list that the theme lays out as a tree: questions down the trunk, verdicts as its branches. So it is
    its own text equivalent, and verdicts with other labels fit as well.

    Args:
        payload: JSON lines. First `title`; then for each question `ask`, `way` (`Yes` or `No`: the answer that leads to
            the verdicts), `verdicts` (pairs of sign and word) and `needs` (pairs of words and the code of the rule that
            holds the verdict to it). The last one has an empty `ask`: what is left.

    Returns:
        A `<figure class="verdict-tree">` with a caption and the list.

    Raises:
        ValueError: an answer is neither yes nor no, or a question leads nowhere.
    """
    head, *branches = read_json_lines(payload) or [{}]
    items = [_branch(branch, is_last=branch is branches[-1]) for branch in branches]
    caption = element("figcaption", text(head.get("title", "")))
    return element("figure", caption, element("ol", *items), class_="verdict-tree")


def _branch(branch: dict[str, Any], *, is_last: bool) -> str:
    if not branch["verdicts"] or bool(branch["ask"]) is is_last:
        raise ValueError(f"a branch that leads nowhere: {branch!r}")
    if branch["ask"] and branch["way"] not in _OTHER:
        raise ValueError(f"neither yes nor no: {branch['way']!r}")
    badges = [element("span", text(word), class_=f"verdict verdict-{sign}") for sign, word in branch["verdicts"]]
    needs = "; ".join(element("a", text(words), href=f"#rule-{code}") for words, code in branch["needs"])
    leaf = element(
        "div",
        element("p", " or ".join(badges)),
        element("p", "It needs ", needs, ".", class_="needs") if needs else "",
        class_="leaf",
    )
    if not branch["ask"]:
        return element("li", element("p", "Otherwise", class_="ask"), leaf, class_="left")
    way = element("p", branch["way"], class_="way")
    on = element("p", _OTHER[branch["way"]], class_="on")
    return element("li", element("p", text(branch["ask"]), class_="ask"), way, leaf, on)
