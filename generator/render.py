"""Planned pages become Markdown: front matter that we write ourselves, and a body from a template."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import yaml
from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.meta import find_referenced_templates

from generator.diagnostics import Diagnostic, Place
from generator.filters import FILTERS, PAGE, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping

    from jinja2 import BytecodeCache

    from generator.pages import PlannedPage

# Text that stands in YAML as it is, or between single quotation marks: PyYAML takes a hundred times longer to see that.
_SAFE_LINE = re.compile(
    "(?:[1-9][0-9,]* [a-z]|[A-Za-z\xa1-\u2027\u2030-\ud7ff])[ -~\xa0-\u2027\u202a-\ud7ff]{0,2000}(?<! )"
)
_NEEDS_MARKS = re.compile(": | #|:\\Z")
_NO_TEXT = frozenset({"yes", "no", "on", "off", "true", "false", "null"})


class Renderer:
    """Writes planned pages; each template is compiled once, when it is first needed.

    Args:
        templates: the text of each template by its path below `templates/`, such as `pages/claim.md.jinja`.
        compiled: where compiled templates are kept from one build to the next, if anywhere.
    """

    def __init__(self, templates: Mapping[str, str], compiled: BytecodeCache | None = None) -> None:
        self._templates = templates
        self._environment = _environment(templates)
        self._environment.bytecode_cache = compiled

    def render_one(self, page: PlannedPage) -> str | Diagnostic:
        """Write one page as Markdown, or tell what is wrong with its template."""
        try:
            body = self._environment.get_template(page.template).render({**page.context, PAGE: page.path})
        except (TemplateError, TypeError) as error:
            return _explain(error, page.template, self._templates)
        return _front_matter(page.meta) + _tidy(body)


def render(
    planned: Iterable[PlannedPage], templates: Mapping[str, str]
) -> tuple[Mapping[str, str], tuple[Diagnostic, ...]]:
    """Write every planned page as Markdown.

    Args:
        planned: the pages.
        templates: the text of each template; see `Renderer`.

    Returns:
        The Markdown by path, and one error for each template that cannot be used.
    """
    renderer = Renderer(templates)
    texts: dict[str, str] = {}
    problems: dict[Diagnostic, None] = {}
    for page in planned:
        text = renderer.render_one(page)
        if isinstance(text, Diagnostic):
            problems[text] = None
        else:
            texts[page.path] = text
    return texts, tuple(problems)


def templates_of(name: str, templates: Mapping[str, str]) -> frozenset[str]:
    """List the templates that a template reads: itself and all that it includes, and what these include.

    A name that is computed while the page is made may be any of them, so then all are listed. A name that leads nowhere
    is listed too, since a template of that name would be read; one that cannot be parsed reads only itself.

    Args:
        name: a path below `templates/`, such as `pages/claim.md.jinja`.
        templates: the text of each template; see `Renderer`.
    """
    environment = _environment(templates)
    found: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one in found:
            continue
        found.add(one)
        try:
            read = list(find_referenced_templates(environment.parse(templates.get(one, ""))))
        except TemplateSyntaxError:
            continue
        waiting += templates if None in read else filter(None, read)
    return frozenset(found)


class _Plain(Environment):
    """Templates know the page and the filters, and no functions: Jinja would copy those for each template it includes."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {} if d is None else d


def _environment(templates: Mapping[str, str]) -> Environment:
    """Set up Jinja: no undefined variable is overlooked, and every printed value goes through `write`."""

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        return (templates[name], name, lambda: True) if name in templates else None

    environment = _Plain(
        loader=FunctionLoader(load),
        undefined=StrictUndefined,
        autoescape=False,  # the output is Markdown; `finalize` escapes every value for it
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
    environment.globals.clear()
    return environment


def _front_matter(meta: Mapping[str, Any]) -> str:
    """Write front matter as PyYAML does: block style, in the order given, each text on one line."""
    return "".join(("---\n", *_write_mapping(meta, ""), "---\n\n"))


def _write_mapping(mapping: Mapping[str, Any], indent: str) -> Iterator[str]:
    for name, value in mapping.items():
        yield f"{indent}{_write_scalar(name)}:"
        if isinstance(value, dict) and value:
            yield "\n"
            yield from _write_mapping(value, f"{indent}  ")
        elif isinstance(value, list) and value:
            yield "\n"
            yield from _write_list(value, indent)
        else:
            yield f" {_write_scalar(value) if isinstance(value, str) else _dump(value)}\n"


def _write_list(items: list[Any], indent: str) -> Iterator[str]:
    for item in items:
        if isinstance(item, dict) and item:
            yield f"{indent}- {''.join(_write_mapping(item, f'{indent}  ')).lstrip(' ')}"
        else:
            yield f"{indent}- {_write_scalar(item) if isinstance(item, str) else _dump(item)}\n"


@lru_cache(maxsize=1 << 12)  # facets and the pages above a page stand on many pages
def _write_scalar(text: str) -> str:
    if _SAFE_LINE.fullmatch(text) and text.lower() not in _NO_TEXT:
        return "'{}'".format(text.replace("'", "''")) if _NEEDS_MARKS.search(text) else text
    plain = _dump(text)
    return plain if len(plain.splitlines()) == 1 else _dump(text, '"')


def _dump(value: object, style: str | None = None) -> str:
    """Let PyYAML write a value on one line."""
    written: str = yaml.safe_dump(
        value, allow_unicode=True, width=float("inf"), default_flow_style=True, default_style=style
    )
    return written.removesuffix("\n").removesuffix("\n...")


def _tidy(text: str) -> str:
    """Leave one blank line between blocks and none at the ends, and no blank at the end of a line."""
    trimmed = text.rstrip(" \t")
    if " \n" in text or "\t" in text:
        trimmed = "\n".join([line.rstrip(" \t") for line in trimmed.split("\n")])
    while "\n\n\n" in trimmed:
        trimmed = trimmed.replace("\n\n\n", "\n\n")
    return trimmed.strip("\n") + "\n"


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
