"""Edits of all that people write but records: corrections, pages, settings, words, templates; the day; files as the system sees them."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING

from incremental.fields import Draw
from incremental.typed import KINDS, Typed, dump, parse

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from incremental.project import Project


# --- other content ---


def edit_corrections(random: Random, project: Project) -> str:
    """Add, drop, change or reorder corrections, or delete the file."""
    path = project.root / "content" / "corrections.yml"
    typed = Typed.read(project)
    found = parse(path.read_text("utf-8")) if path.exists() else []
    draw = Draw(random, typed, "claim", {})
    kind = random.choice(list(KINDS))
    new = {
        "on": draw.one("2031-05-20", "2031-07-02", "2030-12-31"), "records": [f"{kind}:{draw.id(kind)}"],
        "kind": draw.one("error", "update", "clarification", "retraction"), "was": draw.prose(), "now": draw.prose(), "why": draw.prose(),
    }  # fmt: skip
    match random.randrange(6):
        case 0 | 1:
            found.insert(random.randint(0, len(found)), new)
        case 2 if found:
            found.pop(random.randrange(len(found)))
        case 3 if found:
            random.choice(found)["why"] = draw.prose()
        case 4 if found:
            random.choice(found)["on"] = draw.one("2031-05-20", "2030-12-31")
        case _:
            found = []
    if found:
        path.write_text(dump(found), "utf-8")
    else:
        path.unlink(missing_ok=True)
    return f"corrections: {found!r}"


def edit_page(random: Random, project: Project) -> str:
    """Change, add or delete a page written by hand."""
    folder = project.root / "content" / "pages"
    draw = Draw(random, Typed.read(project), "claim", {})
    pages = sorted(folder.rglob("*.md"))
    match random.randrange(4):
        case 0:
            path = folder / random.choice(["", "more/"]) / f"page-{random.randrange(9)}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"---\ntitle: {random.choice(['Words', 'Слова'])}\n---\n\n{draw.prose()}\n", "utf-8")
        case 1 if pages:
            path = random.choice(pages)
            project.remove(path.relative_to(project.root).as_posix())
        case 2 if pages:
            path = random.choice(pages)
            path.write_text(path.read_text("utf-8").replace("title: ", "title: Once more: ", 1), "utf-8")
        case _ if pages:
            path = random.choice(pages)
            old = random.choice(["claim:bridge-shut", "topic:the-ferry", "page:method", "page:nowhere"])
            path.write_text(f"{path.read_text('utf-8')}\n{draw.prose()} [Older]({old}).\n", "utf-8")
        case _:
            return ""
    return f"page {path.name}: {path.read_text('utf-8') if path.exists() else 'gone'!r}"


def edit_settings(random: Random, project: Project) -> str:
    """Change a setting."""
    path = project.root / "content" / "settings.yml"
    settings = parse(path.read_text("utf-8"))
    name, value = random.choice(
        [
            ("title", "Another title"), ("publisher", "Others"), ("languages", ["en", "uk"]), ("languages", ["en"]),
            ("description", "Another *description*."), ("time_zone", "Europe/Kyiv"), ("address", "https://other.example/sub/"),
            ("review_after_days", "30"), ("review_after_days", "900"), ("excerpt_limit", {"words": "12", "share": "60"}),
            ("excerpt_limit", {"words": "40", "share": "20"}), ("reading_note", "Read twice."), ("text_dir", "texts"), ("nonsense", "1"),
        ]
    )  # fmt: skip
    if settings.get(name) == value:
        return ""
    settings[name] = value
    path.write_text(dump(settings), "utf-8")
    return f"settings: {name} = {value!r}"


def edit_vocabulary(random: Random, project: Project) -> str:
    """Give a word another label, or take one out."""
    path = project.root / "content" / "vocabulary.yml"
    words = parse(path.read_text("utf-8"))
    group = random.choice(list(words))
    word = random.choice(list(words[group]))
    if random.random() < 0.2:
        del words[group][word]
    else:
        words[group][word]["label"] += "!"
    path.write_text(dump(words), "utf-8")
    return f"vocabulary: {group} {word}"


def edit_kept_text(random: Random, project: Project) -> str:
    """Put a text into the folder of texts that are kept elsewhere, change it, or take it away."""
    folder = project.root / "texts"
    folder.mkdir(exist_ok=True)
    path = folder / f"{random.choice(['unread-almanac', 'valley-radio-2031-06-20', 'nobody'])}.md"
    if path.exists() and random.random() < 0.3:
        project.remove(f"texts/{path.name}")
        return f"kept text {path.name} gone"
    path.write_text(f"The fair is on the meadow in August. Word {random.randrange(99)}.\n", "utf-8")
    return f"kept text {path.name}"


# --- how the site is made ---


def _change_file(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    path.write_text(text.replace(old, new, 1) if old in text else f"{text}{new}", "utf-8")


def edit_template(random: Random, project: Project) -> str:
    """Change a template of a page, of a part or of the theme, the style, or a file of the theme; add one; or break one."""
    templates = project.root / "templates"
    pages, parts = sorted((templates / "pages").glob("*.jinja")), sorted((templates / "parts").glob("*.jinja"))
    theme = [path for path in (templates / "theme").rglob("*") if path.suffix in (".html", ".css", ".js")]
    path = random.choice(random.choice([pages, parts, sorted(theme)]))
    if random.random() < 0.1:
        path = templates / "theme" / "assets" / "new.txt"
        path.write_text(str(random.randrange(99)), "utf-8")
    else:
        mark = str(random.randrange(999))
        words = {
            ".jinja": f"\nWords {mark}.\n",
            ".html": f"<!-- {mark} -->\n",
            ".css": f"\n/* {mark} */\n",
            ".js": f"\n// {mark}\n",
        }
        with path.open("a", encoding="utf-8") as file:
            file.write("{% broken" if path.suffix == ".jinja" and random.random() < 0.15 else words[path.suffix])
    return f"template {path.relative_to(templates)}"


def edit_configuration(random: Random, project: Project) -> str:
    """Change mkdocs.yml."""
    path = project.root / "mkdocs.yml"
    old, new = random.choice(
        [
            ("Timeline:", "Times:"),
            ("  - Method: method/index.md\n", ""),
            ("site_name: Fact sheets", "site_name: Others"),
        ]
    )
    if old not in path.read_text("utf-8"):
        return ""
    _change_file(path, old, new)
    return f"mkdocs.yml: {old!r} is {new!r}"


# --- time, and files as the system sees them ---


def another_day(random: Random, project: Project) -> str:
    """Build on another day, later or earlier."""
    project.today += timedelta(days=random.choice([-400, -30, -3, -1, 1, 1, 2, 5, 8, 20, 400]))
    return f"today is {project.today}"


def touch_files(random: Random, project: Project) -> str:
    """Touch some files without changing them."""
    paths = [path for path in (project.root / "content").rglob("*") if path.is_file()]
    for path in random.sample(paths, 3):
        path.touch()
    return "touch"


def do_nothing(random: Random, project: Project) -> str:  # noqa: ARG001
    """Build again."""
    return "nothing"


def edit_unseen(random: Random, project: Project) -> str:
    """Change a letter, and leave size and time of the file as they were."""
    paths = sorted((project.root / "content" / "claims").rglob("*.yml"))
    path = random.choice(paths)
    status, text = path.stat(), path.read_text("utf-8")
    places = [place for place in range(len(text)) if text.startswith("why: ", place)]
    if not places:
        return ""
    place = random.choice(places) + len("why: ") + 3
    path.write_text(f"{text[:place]}{random.choice('abcdef')}{text[place + 1 :]}", "utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    return f"a letter of {path.name} at {place}"


def add_comment(random: Random, project: Project) -> str:
    """Move the records of a file down by a line."""
    typed = Typed.read(project)
    sheet = random.choice([sheet for sheet in typed.sheets if not sheet.alone])
    path = project.root / sheet.path
    path.write_text(f"# a remark\n{path.read_text('utf-8')}", "utf-8")
    return f"a remark in {sheet.path}"


def break_file(random: Random, project: Project) -> str:
    """Write something that is no content."""
    kind = random.choice(list(KINDS.values()))
    path = project.root / "content" / kind / random.choice(["broken.yml", "broken.txt", "sub.md"])
    path.write_text(random.choice(["- id: [", "- {id: x, nonsense: 1}\n", "\tno", ""]), "utf-8")
    return f"broken {path.name} in {kind}: {path.read_text('utf-8')!r}"
