"""One line of JSON, as the payloads of fenced blocks and CSL-JSON have it: letters of any script stand as they are."""

from __future__ import annotations

import json
from typing import Final

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False)  # `json.dumps` would make a new one for each line


def write_json(value: object) -> str:
    """Write a value as JSON on one line."""
    return _ENCODER.encode(value)
