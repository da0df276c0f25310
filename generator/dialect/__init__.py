"""One safe Markdown dialect for record prose, stored texts and generated pages; HTML is off everywhere.

- Writing: `escape`, `escape_attribute`, `escape_address` make hostile data literal in a generated page.
- Reading stored texts: `read_text`.
- Reading and writing prose fields: `prose_links`, `prose_problems`, `prose_plain`, `prose_markdown`.
- Hand-written pages: `body_markdown` writes somebody's Markdown again without any of the page dialect's powers.
- Rendering generated pages: `render_page`; pictures are fenced blocks, see `fences`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.dialect.escaping import escape, escape_address, escape_attribute
from generator.dialect.prose import (
    ProseLink,
    body_links,
    link_problem,
    prose_links,
    prose_markdown,
    prose_plain,
    prose_problems,
)
from generator.dialect.stored import Block, StoredText, read_text

if TYPE_CHECKING:
    from generator.dialect.body import body_markdown
    from generator.dialect.fences import FENCES
    from generator.dialect.page import Heading, RenderedPage, render_page

__all__ = [
    "FENCES",
    "Block",
    "Heading",
    "ProseLink",
    "RenderedPage",
    "StoredText",
    "body_links",
    "body_markdown",
    "escape",
    "escape_address",
    "escape_attribute",
    "link_problem",
    "prose_links",
    "prose_markdown",
    "prose_plain",
    "prose_problems",
    "read_text",
    "render_page",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Import what only pages need when it is asked for (PEP 562): reading and checking do without."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from generator.dialect import body, fences, page  # noqa: PLC0415

        return next(getattr(module, name) for module in (body, fences, page) if hasattr(module, name))
