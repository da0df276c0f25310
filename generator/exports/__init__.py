"""What the records and their models give to others: open data, schemas for text editors, tables for the guide."""

from generator.exports.editor_schemas import editor_schemas
from generator.exports.guide import UnknownRegionError, fill_guide
from generator.exports.open_data import export_record, export_records, export_schema, join_records

__all__ = [
    "UnknownRegionError",
    "editor_schemas",
    "export_record",
    "export_records",
    "export_schema",
    "fill_guide",
    "join_records",
]
