"""The reading edge: content files, templates, git and the day of the build. Nothing else reads the project's folder."""

from generator.load.content import read, read_texts
from generator.load.entries import Entry, select
from generator.load.lines import read_lines
from generator.load.revision import Revision, RevisionError, read_revision, read_revision_texts
from generator.load.templates import read_templates
from generator.load.today import read_today

__all__ = [
    "Entry",
    "Revision",
    "RevisionError",
    "read",
    "read_lines",
    "read_revision",
    "read_revision_texts",
    "read_templates",
    "read_texts",
    "read_today",
    "select",
]
