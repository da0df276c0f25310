"""Every regular expression of the generator and of the theme's scripts, found in the source and not by hand."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PROJECT = Path(__file__).parents[3]
_CALLS = frozenset({"compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn"})
_ANCHORED = frozenset({"match", "fullmatch"})
_ANYWHERE = frozenset({"search"})
_LITERAL = re.compile(
    r"(?<=[(=,:&|!?;\[])\s*/(?![*/])(?P<body>(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+)/(?P<flags>[dgimsuvy]*)(?=\s*[).,;\]:&|]|$)",
    re.MULTILINE,
)


MADE: Mapping[str, tuple[str, ...]] = {
    "generator/documents/encodings.py": ("[А-яЁёІіЇїЄєҐґЎў]{3}", "[À-ÿ‘’“”–—…€]{3}"),
    "generator/edits/mentions.py": (r"(?<![\w-])(?i:claim):(?P<id>a\-b)(?![\w-])",),
    "generator/importers/article/html_tokens.py": (r"</script(?=[ \t\n/>])",),
    "generator/importers/files.py": (r"content/claims/imported/file-(\d{3,9})\.yml",),
    "generator/publish/indexing.py": (r"en_[0-9a-f]+",),
    "generator/reports/excerpt.py": (r"(?<!\w)the\s+words\s+of\s+it(?!\w)",),
}
"""Files in which expressions are made from words while the program runs, with what becomes of them."""


BOUNDED: Mapping[str, tuple[int, str]] = {
    "generator/dates/advice.py": (100, "longer texts are refused first"),
    "generator/dates/mending.py": (100, "longer texts are refused first"),
    "generator/reports/excerpt.py": (200, "a line is cut to its width first"),
    "generator/figures/reading.py": (30, "what is searched is cut to that"),
    "generator/dialect/attribute_lists.py": (200, "the whole list was matched before, so each entry is found at once"),
    "generator/publish/searched.py": (200, "our own pages; the search begins where the element does"),
}
"""Files with expressions whose time may grow with the square of a text, with the most characters that they meet, and why."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression as it is written and used.

    Attributes:
        place: file and line.
        text: the expression.
        flags: as for `re.compile`.
        methods: what it is used for: `match`, `fullmatch`, or `search` for all that tries it at each place of a text.
    """

    place: str
    text: str
    flags: int
    methods: frozenset[str]


@dataclass(frozen=True, slots=True)
class Found:
    """All that were found.

    Attributes:
        patterns: those whose text is known.
        unknown: places of those whose text is made while the program runs, from something that is no constant.
    """

    patterns: tuple[Pattern, ...]
    unknown: tuple[str, ...]


def find_patterns() -> Found:
    """Find all regular expressions."""
    patterns: list[Pattern] = []
    unknown: list[str] = []
    for path in sorted((PROJECT / "generator").rglob("*.py")):
        _read_module(path, patterns, unknown)
    for path in sorted((PROJECT / "templates").rglob("*.js")):
        patterns += _read_script(path)
    return Found(tuple(patterns), tuple(unknown))


def _read_module(path: Path, patterns: list[Pattern], unknown: list[str]) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_call(node)]
    if not calls:
        return
    name = ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")
    known = vars(import_module(name))
    used = _list_uses(tree)
    names = {
        id(node.value): target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for call in calls:
        place = f"{path.relative_to(PROJECT)}:{call.lineno}"
        text = _evaluate(call.args[0], known)
        if isinstance(text, re.Pattern):
            continue  # it is one that was compiled
        text = text.decode("latin-1") if isinstance(text, bytes) else text
        made = [text] if isinstance(text, str) else MADE.get(place.partition(":")[0], ())
        methods = used.get(names.get(id(call), ""), set())
        patterns += [_make_pattern(place, one, call, known, methods) for one in made]
        if not isinstance(text, str) and place.partition(":")[0] not in MADE:
            unknown.append(place)


def _make_pattern(place: str, text: str, call: ast.Call, known: Mapping[str, Any], used: set[str]) -> Pattern:
    method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    methods = ({method} if method != "compile" else used) & (_CALLS - {"compile"})
    return Pattern(
        place,
        text,
        _flags(call, known),
        frozenset(one if one in _ANCHORED else "search" for one in methods) or _ANYWHERE,
    )


def _is_call(call: ast.Call) -> bool:
    method = call.func
    if not (isinstance(method, ast.Attribute) and method.attr in _CALLS and call.args):
        return False
    return isinstance(method.value, ast.Name) and method.value.id == "re"


def _list_uses(tree: ast.AST) -> Mapping[str, set[str]]:
    """List which methods are called on each name; a name that goes elsewhere may be searched with."""
    used: dict[str, set[str]] = {}
    owned = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            used.setdefault(node.value.id, set()).add(node.attr)
            owned.add(id(node.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in owned:
            used.setdefault(node.id, set()).add("search")
    return used


def _evaluate(expression: ast.expr, known: Mapping[str, Any]) -> object:
    try:
        return eval(compile(ast.Expression(expression), "pattern", "eval"), dict(known))  # noqa: S307 - our own source
    except Exception:  # noqa: BLE001 - it needs what only a function knows
        return None


def _flags(call: ast.Call, known: Mapping[str, Any]) -> int:
    at = 1 if isinstance(call.func, ast.Attribute) and call.func.attr == "compile" else 2
    given = [word.value for word in call.keywords if word.arg == "flags"] + call.args[at : at + 1]
    found = [_evaluate(one, known) for one in given]
    return next((int(one) for one in found if isinstance(one, int)), 0)


def _read_script(path: Path) -> Iterator[Pattern]:
    """Find the literals of a script, in Python's way of writing them."""
    text = path.read_text("utf-8")
    for found in _LITERAL.finditer(text):
        line = text.count("\n", 0, found.start("body")) + 1
        body = (
            re.sub(r"\\P\{[A-Za-z_=]+\}", r"\\W", re.sub(r"\\p\{[A-Za-z_=]+\}", r"\\w", found["body"]))
            .replace("(?<", "(?P<")
            .replace("(?P<=", "(?<=")
            .replace("(?P<!", "(?<!")
        )
        body = re.sub(r"\\u\{([0-9a-fA-F]+)\}", lambda code: re.escape(chr(int(code[1], 16))), body).replace(r"\/", "/")
        flags = (re.IGNORECASE if "i" in found["flags"] else 0) | (re.MULTILINE if "m" in found["flags"] else 0)
        yield Pattern(f"{path.relative_to(PROJECT)}:{line}", body, int(flags), _ANYWHERE)
