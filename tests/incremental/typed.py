"""The typed content of a project: records as YAML gives them, every scalar a text, and back to files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from pathlib import Path

    from incremental.project import Project

KINDS = {"source": "sources", "entity": "entities", "claim": "claims", "event": "events", "topic": "topics"}

Record = dict[str, Any]


@dataclass(slots=True)
class Sheet:
    """A file of records.

    Attributes:
        kind: the kind of its records.
        path: where it stands, below the project's folder.
        records: its records, each with its id.
        alone: whether the file is one record and its name the id.
        body: the stored text of a source.
    """

    kind: str
    path: str
    records: list[Record]
    alone: bool = False
    body: str | None = None

    def write(self) -> str:
        """Give the file's text."""
        if not self.alone:
            return dump(self.records)
        fields = dump({name: value for name, value in self.records[0].items() if name != "id"})
        return fields if self.body is None else f"---\n{fields}---\n{self.body}"


def dump(data: object) -> str:
    """Write YAML whose scalars are read as the texts they are."""
    return yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=1000)


def parse(text: str) -> Any:
    """Read YAML, every scalar as a text."""
    return yaml.load(text, yaml.CBaseLoader)  # noqa: S506 - it makes texts, lists and mappings


@dataclass(slots=True)
class Typed:
    """The records of a project as they stand in its files.

    Attributes:
        project: where they stand.
        sheets: the files.
    """

    project: Project
    sheets: list[Sheet] = field(default_factory=list)

    @classmethod
    def read(cls, project: Project) -> Typed:
        """Read the records that can be read; a file that cannot is passed over."""
        typed = cls(project)
        for kind, folder in KINDS.items():
            for path in sorted((project.root / "content" / folder).rglob("*")):
                sheet = _read_sheet(kind, path, project.root) if path.suffix in (".yml", ".md") else None
                if sheet is not None:
                    typed.sheets.append(sheet)
        return typed

    def of(self, kind: str) -> list[tuple[Sheet, Record]]:
        """List the records of a kind with their files."""
        return [(sheet, record) for sheet in self.sheets if sheet.kind == kind for record in sheet.records]

    def ids(self, kind: str) -> list[str]:
        """List the ids of a kind."""
        return [str(record["id"]) for _, record in self.of(kind)]

    def save(self, *sheets: Sheet) -> None:
        """Write files; one without records is deleted."""
        for sheet in sheets:
            path = self.project.root / sheet.path
            if sheet.records:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(sheet.write(), "utf-8")
            elif path.exists():
                self.project.remove(sheet.path)


def _read_sheet(kind: str, path: Path, root: Path) -> Sheet | None:
    shown = path.relative_to(root).as_posix()
    try:
        text = path.read_text("utf-8")
        if path.suffix == ".md":
            _, fields, body = text.split("---\n", 2)
            return Sheet(kind, shown, [{"id": path.stem, **parse(fields)}], alone=True, body=body)
        data = parse(text)
    except (ValueError, TypeError, yaml.YAMLError):
        return None
    if isinstance(data, list):
        return Sheet(kind, shown, data) if all(isinstance(one, dict) and "id" in one for one in data) else None
    return Sheet(kind, shown, [{"id": path.stem, **data}], alone=True) if isinstance(data, dict) else None
