"""The inputs of one task: what it is called, what it asks, how it is answered."""

import json
from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from desktop import paths
from desktop.errors import UserError
from desktop.job import AnswerKind, Task
from desktop.language import tr, tr_later
from desktop.preferences.icon_names import ICON_NAMES
from desktop.preferences.line_height import make_even
from desktop.theme import draw_icon

_KINDS = {
    AnswerKind.TEXT: tr_later("plain text"),
    AnswerKind.MARKDOWN: tr_later("formatted text"),
    AnswerKind.FIELDS: tr_later("fields"),
    AnswerKind.TABLE: tr_later("table"),
    AnswerKind.BOXES: tr_later("boxes"),
    AnswerKind.HTML: tr_later("web page"),
    AnswerKind.FORMULA: tr_later("formula"),
}
_BETWEEN = " | "
OPTIONS_HINT = tr_later("language: English | German | French\nEach stands as {language} in the prompt.")


class TaskForm(QWidget):
    """Shows a task and what the user makes of it; `edited` comes with every change by hand."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._task: Task | None = None
        self.title, self.prompt, self.options = QLineEdit(), QPlainTextEdit(), QPlainTextEdit()
        self.answer, self.icon = QComboBox(), QComboBox()
        self.needs_model, self.verbatim = QCheckBox(), QCheckBox()
        self.temperature, self.top_p = QDoubleSpinBox(), QDoubleSpinBox()
        self.max_tokens, self.order = QSpinBox(), QSpinBox()
        self.seed, self.stop = QLineEdit(), QLineEdit()
        self.needs_model.setText(tr("Needs the model"))
        self.verbatim.setText(tr("Copies text from the picture"))
        self._fill()
        self._build()
        self._connect()

    def show_task(self, task: Task) -> None:
        """Show a task; nothing is told."""
        self._task = task
        with QSignalBlocker(self):
            self.title.setText(task.title)
            self.prompt.setPlainText(task.prompt)
            self.options.setPlainText("\n".join(f"{n}: {_BETWEEN.join(o)}" for n, o in task.options.items()))
            self.answer.setCurrentIndex(self.answer.findData(task.answer.value))
            self.icon.setCurrentIndex(max(self.icon.findData(task.icon), 0))
            self.needs_model.setChecked(task.needs_model)
            self.verbatim.setChecked(task.verbatim)
            self.temperature.setValue(task.temperature)
            self.top_p.setValue(task.top_p)
            self.max_tokens.setValue(task.max_tokens)
            self.order.setValue(task.order)
            self.seed.setText(str(task.seed))
            self.stop.setText(", ".join(json.dumps(text, ensure_ascii=False) for text in task.stop))

    def edited_task(self) -> Task | None:
        """The task as it stands in the inputs, None before one is shown; raises UserError for what has no sense."""
        if self._task is None:
            return None
        return replace(
            self._task,
            title=self.title.text().strip(),
            prompt=self.prompt.toPlainText(),
            options=_read_options(self.options.toPlainText()),
            answer=AnswerKind(self.answer.currentData()),
            icon=self.icon.currentData(),
            needs_model=self.needs_model.isChecked(),
            verbatim=self.verbatim.isChecked(),
            temperature=self.temperature.value(),
            top_p=self.top_p.value(),
            max_tokens=self.max_tokens.value(),
            order=self.order.value(),
            seed=_read_seed(self.seed.text()),
            stop=_read_stop(self.stop.text()),
        )

    def _fill(self) -> None:
        """Give the inputs what they offer."""
        for kind, words in _KINDS.items():
            self.answer.addItem(tr(words), kind.value)
        self.icon.addItem(tr("none"), "")
        for path in sorted((paths.resources() / "icons").glob("*.svg")):
            self.icon.addItem(draw_icon(path.stem), tr(ICON_NAMES.get(path.stem, path.stem)), path.stem)
        self.temperature.setRange(0, 2)
        self.temperature.setSingleStep(0.1)
        self.temperature.setToolTip(tr("0 says the likeliest words, more varies them"))
        self.top_p.setRange(0.01, 1)
        self.top_p.setSingleStep(0.05)
        self.top_p.setToolTip(tr("Words are chosen among the likeliest of this share"))
        self.max_tokens.setRange(1, 1_000_000)
        self.max_tokens.setToolTip(tr("The longest answer, in tokens of about four letters"))
        self.order.setRange(-100_000, 100_000)
        self.order.setToolTip(tr("Tasks stand from the smallest number to the largest"))
        self.stop.setPlaceholderText('"END", "\\n\\n"')
        self.stop.setToolTip(tr("The answer ends before any of these texts, each in quotes"))
        self.options.setPlaceholderText(tr(OPTIONS_HINT))
        self.options.setToolTip(tr("One a line: its name, a colon, and what is offered, the usual one first"))

    def _build(self) -> None:
        make_even(self.temperature, self.top_p, self.max_tokens, self.order)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 8, 0)
        form.addRow(tr("Title"), self.title)
        form.addRow(tr("Prompt"), self.prompt)
        form.addRow(tr("Options"), self.options)
        form.addRow(tr("Answer"), _row(self.answer, (tr("Icon"), self.icon), (tr("Place"), self.order)))
        form.addRow("", _row(self.needs_model, self.verbatim))
        form.addRow(
            tr("Temperature"), _row(self.temperature, (tr("Top p"), self.top_p), (tr("Longest"), self.max_tokens))
        )
        form.addRow(tr("Stop before"), _row(self.stop, (tr("Seed"), self.seed)))
        self.prompt.setFixedHeight(112)
        self.options.setFixedHeight(56)
        self.seed.setMaximumWidth(110)
        for part in (self.prompt, self.options):
            part.setTabChangesFocus(True)

    def _connect(self) -> None:
        for changed in (
            self.title.textChanged,
            self.prompt.textChanged,
            self.options.textChanged,
            self.answer.currentIndexChanged,
            self.icon.currentIndexChanged,
            self.needs_model.toggled,
            self.verbatim.toggled,
            self.temperature.valueChanged,
            self.top_p.valueChanged,
            self.max_tokens.valueChanged,
            self.order.valueChanged,
            self.seed.textChanged,
            self.stop.textChanged,
        ):
            changed.connect(self.edited)  # not told while the form's own signals are blocked


def _row(*parts: QWidget | tuple[str, QWidget]) -> QHBoxLayout:
    """Inputs in a row, some with a name before them."""
    row = QHBoxLayout()
    for part in parts:
        name, widget = part if isinstance(part, tuple) else ("", part)
        if name:
            label = QLabel(name)
            label.setBuddy(widget)
            row.addWidget(label)
        row.addWidget(widget)
    row.addStretch()
    return row


def _read_options(text: str) -> Mapping[str, tuple[str, ...]]:
    options: dict[str, tuple[str, ...]] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        name, colon, offered = line.partition(":")
        choices = tuple(filter(None, map(str.strip, offered.split(_BETWEEN.strip()))))
        if not (colon and name.strip() and choices):
            raise UserError(tr("The option “{line}” offers nothing; write it as “name: first | second”.", line=line))
        options[name.strip()] = choices
    return options


def _read_seed(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise UserError(tr("The seed “{text}” is no whole number; 0 is the usual one.", text=text)) from None


def _read_stop(text: str) -> tuple[str, ...]:
    try:
        texts = json.loads(f"[{text}]")
    except ValueError:
        texts = [None]
    if not all(isinstance(one, str) for one in texts):
        raise UserError(tr('Write each text to stop before in quotes, such as "END", "\\n\\n".'))
    return tuple(texts)
