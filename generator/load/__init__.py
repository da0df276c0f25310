"""The reading edge: content files, templates, git and the day of the build. Nothing else reads the project's folder."""

from typing import TYPE_CHECKING

from generator.load.names import Entry, select
from generator.load.survey import Survey, survey
from generator.load.today import read_today

if TYPE_CHECKING:
    from generator.load.content import read, read_texts
    from generator.load.lines import read_lines
    from generator.load.revision import Revision, RevisionError, read_revision, read_revision_texts
    from generator.load.templates import read_templates

__all__ = [
    "Entry",
    "Revision",
    "RevisionError",
    "Survey",
    "read",
    "read_lines",
    "read_revision",
    "read_revision_texts",
    "read_templates",
    "read_texts",
    "read_today",
    "select",
    "survey",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Import what reads files when it is asked for (PEP 562): to see that nothing has changed, nothing is read."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from generator.load import content, lines, revision, templates  # noqa: PLC0415

        modules = (content, lines, revision, templates)
        return next(getattr(module, name) for module in modules if hasattr(module, name))
