"""Ids become an immutable library with back-references."""

from generator.link.library import Library, Reference, Rival
from generator.link.resolve import link

__all__ = ["Library", "Reference", "Rival", "link"]
