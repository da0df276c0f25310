"""Templates as Jinja has compiled them, kept in the state: compiling those of one page takes longer than making it.

They are code, as the files in `__pycache__` are that Python keeps of its modules. A state that somebody has touched, or that
came from another machine, is not as it was sealed, and nothing of it is read.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

    from generator.state import State


class CompiledTemplates(BytecodeCache):
    """Gives compiled templates to one environment of Jinja, which tells by their source whether they still fit.

    Args:
        name: of the environment. What is compiled depends on how that is set up, and so on the program: on what the state
            is stamped with.
        state: what the last sound build knew; None where that was made with other templates or another mkdocs.yml, which
            may set up an environment otherwise.
    """

    def __init__(self, name: str, state: State | None) -> None:
        self._prefix = f"compiled {name} "
        self._known = {} if state is None else state.list_bytes(self._prefix)
        self._fresh: dict[str, bytes] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Name a template by its name and its path, which holds half characters where the locale cannot spell it."""
        return hashlib.sha256(f"{name}|{filename}".encode("utf-8", "surrogateescape")).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put a compiled template into the bucket, if one is known."""
        code = self._known.get(self._prefix + bucket.key)
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember a template that was compiled."""
        self._fresh[self._prefix + bucket.key] = bucket.bytecode_to_string()

    def keep(self, state: State) -> None:
        """Keep what was compiled."""
        for name, code in self._fresh.items():
            state.note_bytes(name, code)
