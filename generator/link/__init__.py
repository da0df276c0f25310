"""Ids become an immutable library with back-references."""

from generator.link.library import Library, Reference, Rival
from generator.link.resolve import link, list_links
from generator.link.rivals import find_rivals
from generator.link.watched import watch

__all__ = ["Library", "Reference", "Rival", "find_rivals", "link", "list_links", "watch"]
