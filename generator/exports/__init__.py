"""What the records and their models give to others: open data, schemas for text editors, tables for the guide.

The last two, which no build needs, stand in `editor_schemas` and `guide` alone.
"""

from generator.exports.open_data import export_record, export_records, export_schema, join_records, replace_records

__all__ = ["export_record", "export_records", "export_schema", "join_records", "replace_records"]
