"""Templates that are compiled once in a run of tests: half of the time that a small build takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import Environment

if TYPE_CHECKING:
    import pytest


def remember_compiled(patch: pytest.MonkeyPatch) -> None:
    """Let Jinja give the same code again for the same template under the same settings."""
    compile_template = Environment.compile
    known: dict[tuple[object, ...], Any] = {}

    def remember(
        self: Environment, source: Any, name: str | None = None, filename: str | None = None, **options: Any
    ) -> Any:
        settings = (self.autoescape, self.finalize is None, self.undefined, self.trim_blocks, self.lstrip_blocks)
        key = (source, name, filename, *settings, *sorted(self.filters), *sorted(self.tests), *options.items())
        if key not in known:
            known[key] = compile_template(self, source, name, filename, **options)
        return known[key]

    patch.setattr(Environment, "compile", remember)
