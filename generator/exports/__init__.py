"""What the records and their models give to others: open data, schemas for text editors, tables for the guide.

`published` says in which forms data are published, `catalogue` lists all of it. The schemas for editors and the guide, which no
build needs, stand in `editor_schemas` and `guide` alone.
"""

from generator.exports.assembling import Ledger, assemble, frame_of, take_apart
from generator.exports.catalogue import COLLECTIONS, DIGESTS, FILES, GROUPS, LEAVES
from generator.exports.exporting import Everything, Exporter, export_all, list_ids, list_leaves
from generator.exports.open_data import RECORD_FILE
from generator.exports.published import Offer

__all__ = [
    "COLLECTIONS",
    "DIGESTS",
    "FILES",
    "GROUPS",
    "LEAVES",
    "RECORD_FILE",
    "Everything",
    "Exporter",
    "Ledger",
    "Offer",
    "assemble",
    "export_all",
    "frame_of",
    "list_ids",
    "list_leaves",
    "take_apart",
]
