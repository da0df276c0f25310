"""The shape of the generator: imports go one way, the middle is pure, modules stay small."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]

# From the edges down to the ground. A module imports only from rows below its own, or from its own folder.
LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"__main__"}),
    frozenset({"cli", "plugin"}),
    frozenset({"pipeline"}),
    frozenset({"load", "publish", "render"}),
    frozenset({"write", "workers"}),
    frozenset({"state"}),
    frozenset({"importers"}),
    frozenset({"pages", "filters", "exports", "reports", "scaffold", "edits", "compare"}),
    frozenset({"paths", "checks"}),
    frozenset({"derive"}),
    frozenset({"link"}),
    frozenset({"decode"}),
    frozenset({"settings"}),
    frozenset({"records"}),
    frozenset({"vocabulary"}),
    frozenset({"documents"}),
    frozenset({"dialect", "quotations", "dates", "figures", "diagnostics", "faults"}),
    frozenset({"reads", "verify"}),
    frozenset({"__init__"}),
)
EDGES = frozenset(
    {"__main__", "cli", "plugin", "pipeline", "load", "write", "publish", "render", "state", "workers", "verify"}
)

# What a pure module may not touch: files, clock, environment, randomness, processes, the network.
IMPURE_IMPORTS = frozenset(
    {
        "os", "io", "glob", "shutil", "tempfile", "subprocess", "socket", "urllib.request", "http", "random", "secrets",
        "time", "locale", "logging", "threading", "multiprocessing", "concurrent", "asyncio", "warnings", "atexit",
    },
)  # fmt: skip
IMPURE_CALLS = frozenset({"open", "print", "input", "hash"})
IMPURE_METHODS = frozenset(
    {
        "read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "rglob", "mkdir", "unlink", "touch",
        "resolve", "is_file", "is_dir", "exists", "stat", "expanduser", "cwd", "home", "now", "utcnow", "today",
        "uuid1", "uuid4",
    },
)  # fmt: skip
IMPURE_ATTRIBUTES = frozenset({"sys.argv", "sys.stdin", "sys.stdout", "sys.stderr", "sys.exit", "sys.path"})

# Nowhere: caches are data, content is never code, imports are what they seem.
FORBIDDEN_IMPORTS = frozenset({"pickle", "marshal", "shelve", "dill", "requests", "httpx", "imp"})
FORBIDDEN_CALLS = frozenset({"eval", "exec", "compile", "__import__", "import_module"})
VAGUE_NAMES = frozenset({"utils", "util", "helpers", "helper", "base", "manager", "common", "misc"})
MAX_LINES = 300


@dataclass(frozen=True, slots=True)
class Module:
    """A parsed module: dotted name (a package by its folder's name), path, source lines, syntax tree."""

    name: str
    path: Path
    lines: int
    tree: ast.Module

    @property
    def top(self) -> str:
        """The part of the map that it belongs to: the name after `generator.`."""
        return self.name.split(".")[1] if "." in self.name else "__init__"

    @property
    def is_package(self) -> bool:
        """Whether it is a folder's `__init__.py`."""
        return self.path.name == "__init__.py"


@dataclass(frozen=True, slots=True)
class Import:
    """One import as written: the importing module, the imported dotted name, the line."""

    by: str
    of: str
    line: int


def read_modules(root: Path) -> dict[str, Module]:
    modules = {}
    for path in sorted((root / "generator").rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        source = path.read_text("utf-8")
        modules[name] = Module(name, path, source.count("\n"), ast.parse(source))
    return modules


def find_imports(module: Module) -> Iterator[Import]:
    """Every imported name, absolute: `from generator.dates import parse` gives `generator.dates.parse`."""
    package = module.name if module.is_package else module.name.rpartition(".")[0]
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(module.name, alias.name, node.lineno)
        elif isinstance(node, ast.ImportFrom):
            source = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                source = ".".join([*above, *filter(None, [source])])
            for alias in node.names:
                yield Import(module.name, f"{source}.{alias.name}", node.lineno)


def target(name: str, modules: dict[str, Module]) -> str | None:
    """The module that an imported name comes from, or None if it is not ours."""
    while name:
        if name in modules:
            return name
        name = name.rpartition(".")[0]
    return None


def rank(top: str) -> int | None:
    return next((row for row, names in enumerate(LAYERS) if top in names), None)


def breaches_of_direction(modules: dict[str, Module]) -> list[str]:
    found = []
    for module in modules.values():
        for imported in find_imports(module):
            name = target(imported.of, modules)
            if name is None or name == module.name:
                continue
            other = modules[name]
            if other.top == module.top:
                continue
            above, below = rank(module.top), rank(other.top)
            if above is not None and below is not None and below <= above:
                why = "of the same layer" if above == below else "of a layer above it"
                found.append(f"{module.path.name}:{imported.line}: {module.name} imports {name}, {why}")
    return found


def find_cycle(modules: dict[str, Module]) -> list[str]:
    """One circle of imports, as the names along it; empty if there is none."""
    graph = {
        name: sorted({t for i in find_imports(module) if (t := target(i.of, modules)) and t != name})
        for name, module in modules.items()
    }
    done: set[str] = set()

    def walk(name: str, trail: list[str]) -> list[str]:
        if name in trail:
            return [*trail[trail.index(name) :], name]
        if name in done:
            return []
        for following in graph[name]:
            if circle := walk(following, [*trail, name]):
                return circle
        done.add(name)
        return []

    return next((circle for name in graph if (circle := walk(name, []))), [])


def dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else "?"


def is_or_is_in(name: str, names: frozenset[str]) -> bool:
    return any(name == other or name.startswith(f"{other}.") for other in names)


def impurities(module: Module) -> list[str]:
    """Where a module touches the world outside its arguments."""
    found = [
        (i.line, f"imports {i.of}")
        for i in find_imports(module)
        if is_or_is_in(i.of, IMPURE_IMPORTS) or i.of == "pathlib.Path"
    ]
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in IMPURE_CALLS:
            found.append((node.lineno, f"calls {node.func.id}()"))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in IMPURE_METHODS:
            found.append((node.lineno, f"calls .{node.func.attr}()"))
        if isinstance(node, ast.Attribute) and dotted(node) in IMPURE_ATTRIBUTES:
            found.append((node.lineno, f"uses {dotted(node)}"))
    return [f"{module.name}:{line}: {what}" for line, what in sorted(found)]


MODULES = read_modules(ROOT)


def test_every_module_has_a_place_in_the_map() -> None:
    placed = frozenset().union(*LAYERS)
    assert {module.top for module in MODULES.values()} <= placed, "give a new module its row in LAYERS"


def test_imports_go_one_way() -> None:
    assert breaches_of_direction(MODULES) == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert find_cycle(MODULES) == []


def test_the_middle_touches_no_file_clock_environment_or_chance() -> None:
    assert [line for m in MODULES.values() if m.top not in EDGES for line in impurities(m)] == []


def test_nothing_unpickles_evaluates_or_imports_by_a_computed_name() -> None:
    imports = [
        f"{i.by}:{i.line}: {i.of}"
        for m in MODULES.values()
        for i in find_imports(m)
        if is_or_is_in(i.of, FORBIDDEN_IMPORTS)
    ]
    calls = [
        f"{m.name}:{node.lineno}: {name}()"
        for m in MODULES.values()
        for node in ast.walk(m.tree)
        if isinstance(node, ast.Call) and (name := dotted(node.func)).removeprefix("importlib.") in FORBIDDEN_CALLS
    ]
    assert imports + calls == []


def test_no_global_is_rebound() -> None:
    assert [
        f"{m.name}:{node.lineno}: global {', '.join(node.names)}"
        for m in MODULES.values()
        for node in ast.walk(m.tree)
        if isinstance(node, ast.Global)
    ] == []


def test_modules_are_small_explained_and_named_for_an_idea() -> None:
    assert [f"{m.name} has {m.lines} lines: split it by idea" for m in MODULES.values() if m.lines > MAX_LINES] == []
    assert [m.name for m in MODULES.values() if not ast.get_docstring(m.tree)] == []
    assert [m.name for m in MODULES.values() if VAGUE_NAMES & set(m.name.split("."))] == []


BREACHES = {
    # a file of generator/ -> what is written there -> what the tests above must say of it
    "upwards": (
        "dates.py",
        "from generator.records import Claim\n",
        "dates.py:1: generator.dates imports generator.records, of a layer above it",
    ),
    "sideways": (
        "dates.py",
        "import generator.diagnostics\n",
        "dates.py:1: generator.dates imports generator.diagnostics, of the same layer",
    ),
    "relative": (
        "link/edges.py",
        "\nfrom ..derive import origins\n",
        "edges.py:2: generator.link.edges imports generator.derive, of a layer above it",
    ),
    "within a function": (
        "records.py",
        "def f() -> None:\n    from generator import cli\n",
        "records.py:2: generator.records imports generator.cli, of a layer above it",
    ),
    "clock": ("dates.py", "import datetime\nx = datetime.date.today()\n", "generator.dates:2: calls .today()"),
    "environment": ("derive.py", "from os import environ\n", "generator.derive:1: imports os.environ"),
    "file": ("link/edges.py", "open('x')\n", "generator.link.edges:1: calls open()"),
    "hash seed": ("derive.py", "x = hash('x')\n", "generator.derive:1: calls hash()"),
    "standard output": ("derive.py", "import sys\nsys.stdout.flush()\n", "generator.derive:2: uses sys.stdout"),
}


@pytest.mark.parametrize(("path", "source", "said"), BREACHES.values(), ids=BREACHES.keys())
def test_a_planted_breach_is_seen(tmp_path: Path, path: str, source: str, said: str) -> None:
    package = tmp_path / "generator"
    (package / "link").mkdir(parents=True)
    for name in ("__init__", "cli", "records", "diagnostics", "derive", "link/__init__", path.removesuffix(".py")):
        (package / f"{name}.py").write_text("", "utf-8")
    (package / path).write_text(source, "utf-8")
    modules = read_modules(tmp_path)
    found = breaches_of_direction(modules) + [line for m in modules.values() for line in impurities(m)]
    assert found == [said]


def test_a_planted_circle_is_seen(tmp_path: Path) -> None:
    package = tmp_path / "generator"
    (package / "link").mkdir(parents=True)
    (package / "__init__.py").write_text("", "utf-8")
    (package / "link/__init__.py").write_text("from generator.link.one import x\n", "utf-8")
    (package / "link/one.py").write_text("from .two import y\n", "utf-8")
    (package / "link/two.py").write_text("from generator.link.one import x\n", "utf-8")
    assert find_cycle(read_modules(tmp_path)) == ["generator.link.one", "generator.link.two", "generator.link.one"]
