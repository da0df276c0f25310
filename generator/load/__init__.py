"""The reading edge: content files, templates, git and the day of the build. Nothing else reads the project's folder."""

from generator.load.content import read, read_texts
from generator.load.templates import read_templates
from generator.load.today import read_today

__all__ = ["read", "read_templates", "read_texts", "read_today"]
