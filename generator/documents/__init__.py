"""Content files as nodes with positions: strict YAML, and Markdown with YAML front matter.

Every scalar stays the text that was typed; the record field, not YAML, decides what it means.
"""

from generator.documents.front_matter import parse, parse_text
from generator.documents.nodes import LIMITS, Document, Extent, Limits, Loc, Node, Spot
from generator.documents.scalars import write_scalar

__all__ = [
    "LIMITS",
    "Document",
    "Extent",
    "Limits",
    "Loc",
    "Node",
    "Spot",
    "parse",
    "parse_text",
    "write_scalar",
]
