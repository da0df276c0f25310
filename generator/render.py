"""Planned pages become Markdown: front matter that we write ourselves, and a body from a template."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml
from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError

from generator.diagnostics import Diagnostic, Place
from generator.filters import FILTERS, PAGE, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from generator.pages import PlannedPage

_BLANK_LINES = re.compile(r"[ \t]*\n(?:[ \t]*\n){2,}")
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)


def _environment(templates: Mapping[str, str]) -> Environment:
    """Set up Jinja: no undefined variable is overlooked, and every printed value goes through `write`."""

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        return (templates[name], name, lambda: True) if name in templates else None

    environment = Environment(
        loader=FunctionLoader(load),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - the output is Markdown; `finalize` escapes every value for it
        finalize=write,
        comment_start_string="{/*",  # `{#` begins the id in an attribute list
        comment_end_string="*/}",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.filters.update(FILTERS)
    return environment


def _front_matter(meta: Mapping[str, Any]) -> str:
    return f"---\n{yaml.safe_dump(dict(meta), allow_unicode=True, sort_keys=False, width=10_000)}---\n\n"


def _tidy(text: str) -> str:
    """Leave one blank line between blocks and none at the ends."""
    return _BLANK_LINES.sub("\n\n", _TRAILING.sub("", text)).strip("\n") + "\n"


def _find(error: Exception, template: str, templates: Mapping[str, str]) -> Place:
    """Find the line of the template, or of the one it includes, on which an error arose."""
    if isinstance(error, TemplateSyntaxError):
        return Place(f"templates/{error.name or template}", error.lineno)
    name, line = template, 0
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in templates:
            name, line = trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    return Place(f"templates/{name}", line)


def _explain(error: Exception, template: str, templates: Mapping[str, str]) -> Diagnostic:
    reason = f"there is no template {error}" if isinstance(error, TemplateNotFound) else str(error)
    return Diagnostic(
        _find(error, template, templates),
        "template",
        f"This template cannot be used: {reason.rstrip('.')}.",
        "Templates are described in ARCHITECTURE.md; undo the last change to see the page again.",
    )


def render(
    planned: Iterable[PlannedPage], templates: Mapping[str, str]
) -> tuple[Mapping[str, str], tuple[Diagnostic, ...]]:
    """Write every planned page as Markdown.

    Args:
        planned: the pages.
        templates: the text of each template by its path below `templates/`, such as `pages/claim.md.jinja`.

    Returns:
        The Markdown by path, and one error for each template that cannot be used.
    """
    environment = _environment(templates)
    texts: dict[str, str] = {}
    problems: dict[Diagnostic, None] = {}
    for page in planned:
        try:
            body = environment.get_template(page.template).render({**page.context, PAGE: page.path})
        except (TemplateError, TypeError) as error:
            problems[_explain(error, page.template, templates)] = None
        else:
            texts[page.path] = _front_matter(page.meta) + _tidy(body)
    return texts, tuple(problems)
