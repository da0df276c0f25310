"""What the last sound build knew, kept beside it: records as they were typed, and what each page and each rule had read.

It is a cache and is treated as one: data (SQLite and JSON), tied to the program and the settings that wrote it, and thrown
away whole as soon as anything about it is odd. Nothing here decides what is true.
"""

from generator.state.connection import StateError
from generator.state.database import FORMAT, State
from generator.state.rows import FileRow, PageRow, RecordRow, Unit, UnitName, read_seen, write_seen
from generator.state.signature import sign, signature

__all__ = [
    "FORMAT",
    "FileRow",
    "PageRow",
    "RecordRow",
    "State",
    "StateError",
    "Unit",
    "UnitName",
    "read_seen",
    "sign",
    "signature",
    "write_seen",
]
