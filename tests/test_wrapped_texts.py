"""No text is shown or raised as it stands in the source: every one goes through `tr`."""

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

DESKTOP = Path(__file__).resolve().parent.parent / "desktop"
COMMAND_LINE = {"cli.py", "headless.py", "switches.py", "models_command.py"}
"""What speaks to a terminal alone, in English; so does `desktop/bench`."""
STATES = {"ok", "note", "bad"}
"""Of a Finding; no text."""
LATER = {"HubError", "_Busy", "progress", "_progress", "say", "_say", "note"}
"""What is given a text that is translated there, or one in words that were: a constant is right."""
SHOWN = {
    "QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QMenu", "QMessageBox",
    "setText", "setToolTip", "setStatusTip", "setWindowTitle", "setTitle", "setPlaceholderText", "setPlainText",
    "setAccessibleName", "setAccessibleDescription", "setInformativeText", "setLabelText", "setSuffix", "setPrefix",
    "addItem", "addItems", "addAction", "addMenu", "addSection", "addTab", "addRow", "addButton", "insertItem",
    "setTabText", "setItemText", "setHorizontalHeaderLabels", "showMessage",
}  # fmt: skip
KEYWORDS = {
    "note", "error", "lack", "words", "agree", "trouble", "warning", "details", "cure", "text", "toolTip",
    "placeholderText", "accessibleName", "windowTitle", "title",
}  # fmt: skip
"""Arguments by name that people read."""
WORDED = {"Update", "Status", "Capabilities", "ModelWork", "Progress", "Source", "Looked"}
"""Values of which only some arguments are read by people."""
EXCUSED: dict[str, set[str]] = {
    "capture/sources.py": {"spectacle wrote no picture", "{} does not work here ({})", "what came is no picture"},
    "computer_findings.py": {"_TORCH", "_GPU", "{}, {} GiB", "NVIDIA {}"},
    "doctor.py": {"shotglass {}, {}, {}"},
    "engine/fake.py": {"ready"},
    "hotkey/mac.py": {"Carbon cannot be loaded"},
    "hotkey/windows.py": {"this is not Windows"},
    "preferences/task_form.py": {'"END", "\\n\\n"'},
}
"""Names, examples, and what only the log and developers see."""
_QT_CLASS = re.compile(r"Q[A-Z]\w+")
_WORD = re.compile(r"[^\W\d_]{2}")
_NO_WORD = re.compile(r"<[^>]*>|&\w+;|\{\}|Shotglass")


def errors_of_users(trees: Sequence[ast.Module]) -> set[str]:
    """UserError, and every class that is one."""
    found = {"UserError"}
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    while more := {c.name for c in classes if {ast.unparse(b) for b in c.bases} & found} - found:
        found |= more
    return found


def bare(node: ast.expr) -> Iterator[str]:
    """The texts with words that an expression gives as they are; an f-string's fields are `{}`."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr():
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        case ast.Name(id=name) if name.strip("_").isupper():
            yield name
        case ast.IfExp(body=one, orelse=other):
            yield from (*bare(one), *bare(other))
        case ast.BoolOp(values=values):
            yield from (text for value in values for text in bare(value))
        case ast.BinOp(left=one, right=other):
            yield from (*bare(one), *bare(other))
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            yield from (text for part in parts for text in bare(part))
        case ast.Call(func=ast.Attribute(value=text, attr="format")):
            yield from bare(text)


def name_of(call: ast.Call) -> str:
    """What is called, without what it belongs to."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def read_by_people(call: ast.Call, errors: set[str]) -> Iterator[ast.expr]:
    """The arguments of a call that people read."""
    name = name_of(call)
    shown = name in errors | SHOWN | {"Finding"}
    if shown or name in LATER:
        yield from (argument for argument in call.args if shown or not isinstance(argument, ast.Name))
    if shown or name in WORDED or _QT_CLASS.fullmatch(name):
        yield from (keyword.value for keyword in call.keywords if keyword.arg in KEYWORDS)


def unwrapped(tree: ast.Module, errors: set[str]) -> Iterator[tuple[int, str]]:
    """The lines of a module and the texts in them that go to people without `tr`."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        for text in (text for argument in read_by_people(call, errors) for text in bare(argument)):
            if _WORD.search(_NO_WORD.sub("", text)) and not (name_of(call) == "Finding" and text in STATES):
                yield call.lineno, text


def test_every_text_goes_through_tr() -> None:
    """Where this fails, put the text into `tr`; a constant stands in `tr_later` and goes through `tr` later."""
    paths = [path for path in sorted(DESKTOP.rglob("*.py")) if "bench" not in path.relative_to(DESKTOP).parts]
    trees = {str(path.relative_to(DESKTOP)): ast.parse(path.read_text("utf-8")) for path in paths}
    errors = errors_of_users(list(trees.values()))
    assert {"EngineError", "PictureError", "ServerError", "PortalRefusedError"} <= errors
    found = [
        f"{name}:{line}: {text}"
        for name, tree in trees.items()
        if name not in COMMAND_LINE
        for line, text in unwrapped(tree, errors)
        if text not in EXCUSED.get(name, set())
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        'raise UserError("The file is gone.")',
        'raise UserError(f"{path} is gone.")',
        "raise EngineError(NOT_LOADED) from error",
        'raise EngineError(NOT_LOADED if late else tr("Too early."))',
        'progress(0.5, "Warming up")',
        'Update(job.id, state, text, note="It was cut.")',
        'Finding(tr("tray"), "ok", "this desktop shows tray icons")',
        'QLabel(reason or "Nothing here")',
        'button.setToolTip("Copy" + keys)',
        'menu.addAction(icon, "Copy")',
        'QLineEdit(placeholderText="Search")',
        'self.setText("{} left".format(count))',
        'combo.addItems(["Light", tr("Dark")])',
    ],
)
def test_a_text_as_it_stands_is_found(line: str) -> None:
    assert list(unwrapped(ast.parse(line), {"UserError", "EngineError"}))


@pytest.mark.parametrize(
    "line",
    [
        'raise UserError(tr("The file {path} is gone.", path=path))',
        "raise EngineError(tr(NOT_LOADED))",
        "raise UserError(str(error))",
        "Update(job.id, State.DONE, text, note=self.note)",
        'label.setText("…")',
        'label.setText(f"{count} / {total}")',
        'QLabel(f"<b>{title}</b>")',
        'log.warning("%s failed", name)',
        'raise ValueError("no such row")',
    ],
)
def test_what_is_no_text_for_people_is_let_be(line: str) -> None:
    assert list(unwrapped(ast.parse(line), {"UserError", "EngineError"})) == []
