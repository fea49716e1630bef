"""The rules that the tree keeps: sizes, names, docstrings, imports; and that each of them fires when it is broken."""

import ast
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("desktop", "installer", "tests")
FILE_LINES = 400
FUNCTION_LINES = 60
BANNED_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "common"}
HEAVY = {
    "PySide6",
    "cv2",
    "markdown_it",
    "mathra",
    "math_core",
    "numpy",
    "onnxruntime",
    "pypdfium2",
    "rapidocr",
    "torch",
    "torchvision",
    "transformers",
}
QT_FREE = (
    "desktop.download",
    "desktop.runtime",
    "desktop.engine",
    "desktop.job",
    "desktop.errors",
    "desktop.picture",
    "desktop.settings",
    "desktop.paths",
    "desktop.history",
    "desktop.exports",
    "desktop.capture.geometry",
    "desktop.panel.box_look",
    "desktop.panel.conversation",
    "desktop.panel.findings",
    "desktop.panel.manner",
    "desktop.panel.page",
    "desktop.panel.placement",
    "desktop.panel.talks",
    "desktop.portal",
    "desktop.activation",
    "desktop.desktop_entry",
    "desktop.finding",
    "desktop.panel.pieces",
    "desktop.panel.run",
    "desktop.panel.code_colours",
    "desktop.exports",
)
Rule = Callable[[Path, ast.Module], Iterator[str]]


def modules() -> list[Path]:
    return [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]


def sizes(path: Path, tree: ast.Module) -> Iterator[str]:
    """Files of at most 400 lines, functions of at most 60."""
    if (lines := len(path.read_text(encoding="utf-8").splitlines())) > FILE_LINES:
        yield f"{lines} lines; {FILE_LINES} are the most"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            if length > FUNCTION_LINES:
                yield f"{node.name} has {length} lines; {FUNCTION_LINES} are the most"


def names(path: Path, _tree: ast.Module) -> Iterator[str]:
    """Modules and packages are named after what they hold."""
    for part in (*path.parent.parts, path.stem):
        if part in BANNED_NAMES:
            yield f"the name {part} says nothing"


def docstrings(path: Path, tree: ast.Module) -> Iterator[str]:
    """A module opens with one line that says what it is for; only an __init__ may be empty."""
    if path.name == "__init__.py" and not tree.body:
        return
    purpose = (ast.get_docstring(tree) or "").partition("\n")[0]
    if len(purpose.split()) < 3 or not purpose.endswith((".", "`")):
        yield "does not open with a line that says what it is for"
    if len(tree.body) < 2:
        yield "is an empty stub"


def swallowed_errors(_path: Path, tree: ast.Module) -> Iterator[str]:
    """No error vanishes: `contextlib.suppress` says what is expected, the log says the rest."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and all(
            isinstance(statement, ast.Pass)
            or (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant))
            for statement in node.body
        ):
            yield f"line {node.lineno} swallows an error"


def lost_groups(_path: Path, tree: ast.Module) -> Iterator[str]:
    """No group of a pattern is atomic or repeated possessively: Python before 3.11.5 loses groups around it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and re.search(r"\)[*+?][+]\)|\([?]>", str(node.value)):
            yield f"line {node.lineno} has a pattern that Debian 12's Python reads wrongly (python/cpython#101955)"


RULES: tuple[Rule, ...] = (sizes, names, docstrings, swallowed_errors, lost_groups)


@pytest.mark.parametrize("rule", RULES)
def test_every_module_keeps_the_rule(rule: Rule) -> None:
    broken = []
    for path in modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        broken += [f"{path.relative_to(ROOT)}: {said}" for said in rule(path.relative_to(ROOT), tree)]
    assert broken == []


OPENING = '"""Says what this is for."""\n'
OFFENCES: tuple[tuple[Rule, str, str, str], ...] = (
    (sizes, "long.py", OPENING + "a = 1\n" * FILE_LINES, "401 lines"),
    (sizes, "deep.py", f"{OPENING}def walk():\n" + "    a = 1\n" * FUNCTION_LINES, "walk has 61 lines"),
    (names, "utils.py", OPENING + "a = 1\n", "utils says nothing"),
    (names, "common/a.py", OPENING + "a = 1\n", "common says nothing"),
    (docstrings, "silent.py", "a = 1\nb = 2\n", "does not open"),
    (docstrings, "stub.py", OPENING, "empty stub"),
    (swallowed_errors, "quiet.py", f"{OPENING}try:\n    a = 1\nexcept OSError:\n    pass\n", "line 4 swallows"),
    (swallowed_errors, "quiet.py", f"{OPENING}try:\n    a = 1\nexcept OSError:\n    ...\n", "line 4 swallows"),
    (lost_groups, "greedy.py", f'{OPENING}a = r"((?:b|c){"*+"})"\n', "line 2 has a pattern"),
)


@pytest.mark.parametrize("offence", OFFENCES, ids=lambda offence: str(offence[3]))
def test_each_rule_fires(offence: tuple[Rule, str, str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rule, name, source, said = offence
    monkeypatch.chdir(tmp_path)
    path = Path(name)
    path.parent.mkdir(exist_ok=True)
    path.write_text(source, encoding="utf-8")
    (complaint,) = rule(path, ast.parse(source))
    assert said in complaint


def test_limits_themselves_are_allowed(tmp_path: Path) -> None:
    source = f"{OPENING}def walk():\n" + "    a = 1\n" * (FUNCTION_LINES - 1) + "b = 2\n" * (FILE_LINES - 61)
    path = tmp_path / "full.py"
    path.write_text(source, encoding="utf-8")
    assert len(source.splitlines()) == FILE_LINES
    assert list(sizes(path, ast.parse(source))) == []


def test_version_stands_in_one_place() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["hatch"]["version"]["path"] == "desktop/__init__.py"
    defining = [
        str(path.relative_to(ROOT))
        for path in modules()
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign)
        and any(isinstance(target, ast.Name) and target.id == "__version__" for target in node.targets)
    ]
    assert defining == ["desktop/__init__.py"]


def loaded_by(*names: str) -> set[str]:
    """The top-level packages in memory after a fresh Python imported these modules."""
    program = (
        f"import sys, json, {', '.join(names)}; print(json.dumps(sorted({{m.split('.')[0] for m in sys.modules}})))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout))


def existing(names: tuple[str, ...]) -> list[str]:
    """The modules of the list that are there, and everything inside the packages among them."""
    found = []
    for name in names:
        path = ROOT.joinpath(*name.split("."))
        inside = sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]
        found += [".".join(p.relative_to(ROOT).with_suffix("").parts) for p in inside if p.exists()]
    return [name.removesuffix(".__init__") for name in found]


def test_the_command_line_imports_nothing_heavy() -> None:
    assert loaded_by("desktop.cli") & HEAVY == set()


def test_only_wayland_desktops_load_the_portals() -> None:
    assert "jeepney" not in loaded_by("desktop.app", "desktop.doctor")


def test_only_their_own_system_loads_its_parts() -> None:
    """Nor does anybody load what asks for newer versions before it is told to."""
    hotkeys = ("hotkey.windows", "hotkey.mac", "hotkey.keyboard_hook", "hotkey.registered")
    others = (*hotkeys, "native", "pipe", "identity", "capture.own_windows", "capture.permission", "updates", "report")
    program = "import sys, desktop.start; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert {f"desktop.{name}" for name in others} & set(done.stdout.split()) == set()


def test_the_app_loads_nothing_for_answers_that_nobody_asked_for() -> None:
    """What draws, marks up, exports and keeps answers is loaded with the first of them."""
    assert loaded_by("desktop.app") & {"markdown_it", "mathra", "math_core", "openpyxl", "PIL"} == set()


def test_the_app_loads_nothing_for_a_network_that_nobody_asked_for() -> None:
    """What speaks to servers and hubs takes 15 MB, and is loaded when the first one is asked."""
    assert loaded_by("desktop.app") & {"httpx", "asyncio", "ssl"} == set()


def test_the_engine_side_loads_no_qt() -> None:
    light = [name for name in existing(QT_FREE) if not name.startswith("desktop.engine.qwen")]
    assert "desktop.engine.session" in light
    assert loaded_by(*light) & {"PySide6", "shiboken6"} == set()


def contract(name: str) -> dict[str, list[str]]:
    """A contract of pyproject.toml by its id."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (found,) = (c for c in project["tool"]["importlinter"]["contracts"] if c["id"] == name)
    return dict(found)


def test_the_contract_names_every_part_without_qt() -> None:
    named = {name.replace("*", "desktop", 1) for name in contract("no-qt")["source_modules"]}
    assert set(QT_FREE) <= named


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what import-linter reads, for breaking."""
    copy = tmp_path_factory.mktemp("tree")
    shutil.copytree(ROOT / "desktop", copy / "desktop", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    (copy / "desktop" / "app.py").touch()
    return copy


def lint(tree: Path) -> tuple[int, set[str]]:
    """The exit code of lint-imports in that tree, and the names of the contracts that it reports broken."""
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [program, "--no-logo", "--no-cache"], cwd=tree, capture_output=True, text=True, check=False, timeout=60
    )
    broken = {line.partition(" BROKEN")[0].strip() for line in done.stdout.splitlines() if " BROKEN" in line}
    return done.returncode, broken


IMPORTS = (
    ("no-qt", "desktop/engine/offence.py", "from PySide6.QtCore import QObject"),
    ("no-qt", "desktop/engine/offence.py", "from desktop.engine_thread import EngineThread"),
    ("no-qt", "desktop/history/store.py", "import shiboken6"),
    ("no-qt", "desktop/panel/placement.py", "from PySide6.QtCore import QRect"),
    ("torch", "desktop/offence.py", "import torch.nn"),
    ("torch", "desktop/engine/offence.py", "from transformers import AutoTokenizer"),
    ("parts", "desktop/panel/offence.py", "from desktop.engine.api import Engine"),
    ("parts", "desktop/hotkey/offence.py", "import desktop.capture"),
    ("parts", "desktop/capture/offence.py", "from desktop.engine_thread import EngineThread"),
    ("root", "desktop/panel/offence.py", "from desktop.cli import run"),
    ("root", "desktop/offence.py", "import desktop.app"),
    ("root", "desktop/engine/offence.py", "import desktop.bench"),
)


def test_the_copied_tree_keeps_every_contract(tree: Path) -> None:
    assert lint(tree) == (0, set())


@pytest.mark.parametrize(("broken", "path", "line"), IMPORTS)
def test_each_contract_fires(broken: str, path: str, line: str, tree: Path) -> None:
    offence = tree / path
    before = offence.read_bytes() if offence.exists() else b""
    offence.write_bytes(line.encode() + b"\n" + before)
    try:
        code, reported = lint(tree)
    finally:
        offence.write_bytes(before)
    assert code == 1
    assert str(contract(broken)["name"]) in reported


@pytest.mark.parametrize("path", ["desktop/engine/qwen/offence.py", "desktop/bench/offence.py"])
def test_torch_is_allowed_where_it_belongs(path: str, tree: Path) -> None:
    offence = tree / path
    offence.write_text("import torch\n", encoding="utf-8")
    try:
        assert lint(tree) == (0, set())
    finally:
        offence.unlink()
