"""The records as tables: CSV files, their description as a Data Package, and one SQLite file with what Datasette says of it."""

from generator.exports.tables.database import DATABASE
from generator.exports.tables.datasette import METADATA
from generator.exports.tables.package import DATA_PACKAGE
from generator.exports.tables.pieces import TABLES

__all__ = ["DATABASE", "DATA_PACKAGE", "METADATA", "TABLES"]
