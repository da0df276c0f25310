"""Edits of records: fields, whole records, files of them, stored texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from incremental.fields import change_field
from incremental.typed import KINDS, Sheet, Typed

if TYPE_CHECKING:
    from random import Random

    from incremental.project import Project


def edit_field(random: Random, project: Project) -> str:
    """Type another value in a field."""
    return change_field(random, Typed.read(project))


def add_record(random: Random, project: Project) -> str:
    """Add a record: a copy of another one under a new id, in its file or in a new one."""
    typed = Typed.read(project)
    kind = random.choice(list(KINDS))
    sheet, record = random.choice(typed.of(kind))
    new = {**record, "id": f"{record['id']}-{random.randrange(99)}"[:80]}
    new.pop("was", None)
    if kind == "source":
        new |= {"stored": "none", "publish": "none", "summary": "It says the same."}
        new.pop("skipped", None)
    if random.random() < 0.5 and not sheet.alone:
        sheet.records.insert(random.randint(0, len(sheet.records)), new)
        typed.save(sheet)
        return f"add {kind} {new['id']} to {sheet.path}"
    alone = random.random() < 0.5
    name = new["id"] if alone else f"new-{random.randrange(99)}"
    path = f"content/{KINDS[kind]}/{random.choice(['', 'more/'])}{name}.yml"
    typed.save(Sheet(kind, path, [new], alone=alone))
    return f"add {kind} {new['id']} as {path}"


def remove_record(random: Random, project: Project) -> str:
    """Take a record out, and perhaps all that names it."""
    typed = Typed.read(project)
    kind = random.choice(list(KINDS))
    sheet, record = random.choice(typed.of(kind))
    sheet.records.remove(record)
    typed.save(sheet)
    if random.random() < 0.7:
        for other in typed.sheets:
            if other is not sheet and any(_strike(one, record["id"]) for one in other.records):
                typed.save(other)
        if any(_strike(one, record["id"]) for one in sheet.records):
            typed.save(sheet)
    return f"remove {kind} {record['id']}"


def _strike(value: Any, one: str) -> bool:
    """Take every mention of an id out of lists and single fields; tell whether there was one."""
    found = False
    if isinstance(value, dict):
        for name, inner in list(value.items()):
            if name != "id" and inner == one:
                del value[name]
                found = True
            else:
                found |= _strike(inner, one)
                if name != "id" and inner == []:
                    del value[name]
    elif isinstance(value, list):
        for inner in list(value):
            if inner == one or (
                isinstance(inner, dict) and one in (inner.get("in"), inner.get("claim"), inner.get("who"))
            ):
                value.remove(inner)
                found = True
            else:
                found |= _strike(inner, one)
    return found


def move_record(random: Random, project: Project) -> str:
    """Move a record to another file of its kind."""
    typed = Typed.read(project)
    kind = random.choice(list(KINDS))
    lists = [sheet for sheet in typed.sheets if sheet.kind == kind and not sheet.alone]
    if not lists:
        return ""
    sheet = random.choice(lists)
    record = random.choice(sheet.records)
    others = [other for other in lists if other is not sheet]
    new = Sheet(kind, f"content/{KINDS[kind]}/moved-{random.randrange(9)}.yml", [])
    target = random.choice([*others, new])
    if target is new and (project.root / new.path).exists():
        return ""
    sheet.records.remove(record)
    target.records.insert(random.randint(0, len(target.records)), record)
    typed.save(sheet, target)
    return f"move {kind} {record['id']} from {sheet.path} to {target.path}"


def reorder_records(random: Random, project: Project) -> str:
    """Put the records of a file in another order."""
    typed = Typed.read(project)
    sheet = random.choice([sheet for sheet in typed.sheets if not sheet.alone])
    random.shuffle(sheet.records)
    typed.save(sheet)
    return f"reorder {sheet.path}"


def rename_file(random: Random, project: Project) -> str:
    """Give a file of records another name or folder; one that is its record's id would rename the record."""
    typed = Typed.read(project)
    sheet = random.choice([sheet for sheet in typed.sheets if not sheet.alone])
    path = (
        f"content/{KINDS[sheet.kind]}/{random.choice(['', 'a/', 'z/'])}{random.choice('amz')}{random.randrange(9)}.yml"
    )
    if (project.root / path).exists():
        return ""
    old = project.root / sheet.path
    (project.root / path).parent.mkdir(parents=True, exist_ok=True)
    old.rename(project.root / path)
    return f"rename {sheet.path} to {path}"


def rename_record(random: Random, project: Project) -> str:
    """Give a record another id, keep the old one in `was`, and mend what names it."""
    typed = Typed.read(project)
    kind = random.choice(list(KINDS))
    sheet, record = random.choice(typed.of(kind))
    old, new = record["id"], f"{record['id']}-called-{random.randrange(9)}"[:80]
    if random.random() < 0.8:
        record["was"] = [*record.get("was", []), old]
    for other in typed.sheets:
        for one in other.records:
            _rename(one, kind, old, new)
    if sheet.alone:
        (project.root / sheet.path).unlink()
        sheet.path = sheet.path.replace(f"/{old}.", f"/{new}.")
    typed.save(*typed.sheets)
    if random.random() < 0.9:
        for path in (*(project.root / "content" / "pages").glob("*.md"), project.root / "content" / "corrections.yml"):
            if path.is_file():
                text = path.read_text("utf-8")
                path.write_text(
                    text.replace(f"{kind}:{old})", f"{kind}:{new})")
                    .replace(f"{kind}:{old}\n", f"{kind}:{new}\n")
                    .replace(f"{kind}:{old}]", f"{kind}:{new}]")
                    .replace(f"{kind}:{old},", f"{kind}:{new},"),
                    "utf-8",
                )
    return f"rename {kind} {old} to {new}"


def _rename(value: Any, kind: str, old: str, new: str) -> None:
    """Put another id in the place of one, but in `was`."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "was":
                continue
            if inner == old:
                value[name] = new
            elif isinstance(inner, str):
                value[name] = inner.replace(f"({kind}:{old})", f"({kind}:{new})")
            else:
                _rename(inner, kind, old, new)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            if inner == old:
                value[place] = new
            elif isinstance(inner, str):
                value[place] = inner.replace(f"({kind}:{old})", f"({kind}:{new})")
            else:
                _rename(inner, kind, old, new)


def edit_text(random: Random, project: Project) -> str:
    """Change a stored text: words that nobody quotes, or words that somebody does."""
    typed = Typed.read(project)
    sheets = [sheet for sheet in typed.sheets if sheet.body is not None]
    if not sheets:
        return ""
    sheet = random.choice(sheets)
    body = sheet.body or ""
    match random.randrange(5):
        case 0:
            sheet.body = f"{body}\nAnother paragraph tells of the weather, the hay and the price of eggs.\n"
        case 1:
            sheet.body = f"\n\n{body}"
        case 2:
            sheet.body = body.replace("The council", "The parish", 1)
        case 3:
            paragraphs = body.split("\n\n")
            random.shuffle(paragraphs)
            sheet.body = "\n\n".join(part.strip("\n") for part in paragraphs) + "\n"
        case _:
            sheet.body = body.replace(". ", ". Well. ", 1)
    if sheet.body == body:
        return ""
    typed.save(sheet)
    return f"text of {sheet.path}: {sheet.body!r}"
