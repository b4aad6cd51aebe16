"""The shape of the house: who may import whom, how large a part may grow, and who may touch the outer programs."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "vnreport_ocr"
MODULES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES = 400
MOST_PARAMETERS = 8

LAYERS = {
    "errors": 0,
    "collector": 0,
    "columns": 0,
    "jsonvalues": 0,
    "looks": 0,
    "reasons": 0,
    "pagelist": 0,
    "plurals": 0,
    "raised": 0,
    "tickmarks": 0,
    "model": 0,
    "tuned": 0,
    "databases": 1,
    "delivery": 1,
    "options": 1,
    "spans": 1,
    "native": 1,
    "vietnamese": 1,
    "attention": 2,
    "language": 2,
    "sources": 3,
    "repair": 3,
    "reading": 4,
    "figures": 4,
    "structure": 4,
    "document": 5,
    "pipeline": 5,
    "inspection": 5,
    "evaluate": 5,
    "outputs": 5,
    "review": 5,
    "jobs": 6,
    "ocrmypdf_plugin": 6,
    "search": 6,
    "archive": 7,
    "export": 8,
    "serve": 8,
    "integrations": 9,
    "cli": 9,
    "__main__": 9,
    "__init__": 9,
}
"""The rooms and their floors; docs/architecture.md shows the same table."""

INNER_LAYERS = {
    "sources": {"": 0, "text": 1, "picture": 1, "pdf": 2, "word": 2, "engine": 2, "ocr": 3},
}
"""Rooms within rooms, "" being the modules that lie in the room itself; docs/architecture.md shows the same table."""

NEVER_EACH_OTHER = (("sources", "repair"), ("repair", "sources"))
ONLY_THERE = {
    "pdf2image": "sources/pdf/render.py",
    "pytesseract": "sources/engine/tesseract.py",
    "tesserocr": "sources/engine/inprocess.py",
    "trueocr": "sources/engine/linemodels.py",
    "onnxruntime": "sources/engine/linemodels.py",
    "ocrmypdf": "ocrmypdf_plugin.py",
}
NO_READING_OR_WRITING = {"os", "io", "pathlib", "shutil", "tempfile", "subprocess", "socket", "sqlite3", "urllib"}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(path: Path) -> Iterator[str]:
    """Every module that a file imports, also inside functions, by its full name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_imported(path: Path) -> Iterator[str]:
    """The rooms of our own package that a file imports from."""
    for name in imports_of(path):
        parts = name.split(".")
        # The package itself is loaded before any of its modules; that only its version is read is tested below.
        if parts[0] == "vnreport_ocr" and name not in ("vnreport_ocr", "vnreport_ocr.__version__"):
            yield parts[1] if len(parts) > 1 and parts[1] in LAYERS else "__init__"


def module_id(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", MODULES, ids=module_id)
def test_every_module_lives_in_a_room(path: Path) -> None:
    assert room_of(path) in LAYERS, "name its room and floor in LAYERS and in docs/architecture.md"


@pytest.mark.parametrize("path", MODULES, ids=module_id)
def test_imports_point_downwards(path: Path) -> None:
    here = room_of(path)
    upwards = [there for there in rooms_imported(path) if there != here and LAYERS[there] > LAYERS[here]]
    assert not upwards, f"{module_id(path)} stands on floor {LAYERS[here]} and imports {upwards}"


def inner_room(parts: tuple[str, ...] | list[str]) -> str:
    """The room within a room that a dotted name below the package belongs to."""
    rooms = INNER_LAYERS[parts[0]]
    return parts[1] if len(parts) > 1 and parts[1] in rooms else ""


INNER_MODULES = [path for path in MODULES if room_of(path) in INNER_LAYERS]


@pytest.mark.parametrize("path", INNER_MODULES, ids=module_id)
def test_imports_point_downwards_within_a_room(path: Path) -> None:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    assert len(parts) == 2 or parts[1] in INNER_LAYERS[parts[0]], "name its inner room in INNER_LAYERS"
    floors, here = INNER_LAYERS[parts[0]], inner_room(parts)
    names = [name.split(".")[1:] for name in imports_of(path) if name.startswith(f"vnreport_ocr.{parts[0]}.")]
    wrong = {there for name in names if (there := inner_room(name)) != here and floors[there] >= floors[here]}
    assert not wrong, f"{module_id(path)} lies in {here!r} and imports from {wrong}"


@pytest.mark.parametrize("path", MODULES, ids=module_id)
def test_nothing_shipped_imports_a_tool(path: Path) -> None:
    assert not [name for name in imports_of(path) if name.split(".")[0] in ("tools", "tests", "scripts", "samples")]


@pytest.mark.parametrize("path", [p for p in MODULES if LAYERS.get(room_of(p), 0) < 9], ids=module_id)
def test_lower_floors_read_nothing_of_the_package_but_its_version(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "vnreport_ocr":
            assert node.attr == "__version__"


@pytest.mark.parametrize("path", MODULES, ids=module_id)
def test_sources_and_repair_do_not_know_each_other(path: Path) -> None:
    here = room_of(path)
    assert not [there for there in rooms_imported(path) if (here, there) in NEVER_EACH_OTHER]


@pytest.mark.parametrize("path", MODULES, ids=module_id)
def test_no_module_is_too_long(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    excused = f"`{module_id(path)}`" in (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert lines <= MOST_LINES or excused, f"{lines} lines: divide it, or give the reason in docs/architecture.md"


@pytest.mark.parametrize("path", MODULES, ids=module_id)
def test_no_function_takes_too_much(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            count = len([a for a in arguments if a.arg not in ("self", "cls")])
            assert count <= MOST_PARAMETERS, f"{node.name} takes {count} parameters"


def test_a_public_class_has_a_name_of_its_own() -> None:
    homes: dict[str, list[str]] = {}
    for path in MODULES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            # Groups of tuned numbers are named after their modules, in each room.
            if isinstance(node, ast.ClassDef) and node.name[0] != "_" and not node.name.endswith("Numbers"):
                homes.setdefault(node.name, []).append(module_id(path))
    assert not {name: places for name, places in homes.items() if len(places) > 1}


@pytest.mark.parametrize("path", MODULES, ids=module_id)
def test_nothing_is_read_that_could_be_code(path: Path) -> None:
    assert not {name.split(".")[0] for name in imports_of(path)} & {"pickle", "marshal", "shelve", "dill"}


@pytest.mark.parametrize(("library", "home"), ONLY_THERE.items())
def test_outer_programs_have_one_door(library: str, home: str) -> None:
    users = {module_id(path) for path in MODULES if any(name.split(".")[0] == library for name in imports_of(path))}
    assert users <= {home}


@pytest.mark.parametrize("path", [p for p in MODULES if room_of(p) == "vietnamese"], ids=module_id)
def test_vietnamese_neither_reads_nor_writes(path: Path) -> None:
    assert not {name.split(".")[0] for name in imports_of(path)} & NO_READING_OR_WRITING
    calls = [
        n.func.id
        for n in ast.walk(ast.parse(path.read_text()))
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
    ]
    assert not {"open", "print", "input"} & set(calls)


def test_the_floors_are_documented() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    documented = dict(re.findall(r"^\| `([a-z_]+?)(?:\.py|/)?` \| (\d) \|", text, re.MULTILINE))
    assert {room: int(floor) for room, floor in documented.items()} == LAYERS
