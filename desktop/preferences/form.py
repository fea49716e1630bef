"""A page of settings: the input of each one is made from its field."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, cast, get_args

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QFormLayout, QLabel, QWidget

from desktop.language import LANGUAGES, tr, tr_later
from desktop.preferences.line_height import make_even
from desktop.preferences.model_choice import ModelChoice
from desktop.settings import Settings

_OFFERED = {
    "engine": ("auto", "qwen", "ocr", "remote"),
    "picture_limit": ("1280x720", "1920x1080", "2560x1440", "3840x2160"),
}
_NAMES: Mapping[str, Mapping[str, str]] = {
    "engine": {"qwen": "Qwen2.5-VL"},
    "math_signs": {"$$": "$$ … $$", "$": "$ … $", "\\[": "\\[ … \\]", "\\(": "\\( … \\)"},
    "hub": {"huggingface": "Hugging Face", "modelscope": "ModelScope"},
    "language": LANGUAGES,
}
"""What values are called in every language."""
_WORDS: Mapping[str, Mapping[str, str]] = {
    "engine": {
        "auto": tr_later("the best that works here"),
        "ocr": tr_later("embedded OCR"),
        "remote": tr_later("a server"),
    },
    "language": {"system": tr_later("as the system")},
    "theme": {"system": tr_later("as the system"), "light": tr_later("light"), "dark": tr_later("dark")},
    "math_signs": {"none": tr_later("nothing")},
    "hub": {"auto": tr_later("the first that works")},
    "attention": {"auto": tr_later("the fastest that works here")},
    "dtype": {"auto": tr_later("what suits this computer")},
    "weights": {"auto": tr_later("as they are"), "int8": tr_later("int8, less memory")},
    "log_level": {
        "DEBUG": tr_later("everything"),
        "INFO": tr_later("what happens"),
        "WARNING": tr_later("warnings and errors"),
        "ERROR": tr_later("errors alone"),
    },
}
"""What values are called in the language that is spoken."""
_AT_ZERO = {
    "memory_cap_gib": tr_later("all that is free"),
    "idle_unload_minutes": tr_later("never"),
    "history_count": tr_later("no limit"),
    "history_days": tr_later("for ever"),
    "history_mb": tr_later("no limit"),
}


class SettingsForm(QWidget):
    """`changed` brings the name of a setting and its new value."""

    changed = Signal(str, object)

    def __init__(self, names: Iterable[str], settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inputs = {name: _make_input(name) for name in names}
        self._form = form = QFormLayout(self)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, part in self._inputs.items():
            title = tr(Settings.model_fields[name].title or name)
            heading = re.split("[:;：；]", title)[0]
            part.setObjectName(name)
            part.setToolTip(title)
            part.picked.connect(lambda value, name=name: self.changed.emit(name, value))
            if isinstance(part, Switch):
                part.setText(heading)
                form.addRow(part)
            else:
                form.addRow(heading, part)
        self.show_settings(settings)

    def add_switch(self, part: QWidget) -> None:
        """Have a switch at the top that is no setting."""
        self._form.insertRow(0, part)

    def add_line(self, name: str, heading: str) -> QLabel:
        """Have a line of words below a setting."""
        row, _role = cast("tuple[int, object]", self._form.getWidgetPosition(self._inputs[name]))
        line = QLabel()
        self._form.insertRow(row + 1, heading, line)
        return line

    def show_settings(self, settings: Settings) -> None:
        """Show these values; nothing is told."""
        for name, part in self._inputs.items():
            with QSignalBlocker(part):
                part.put(getattr(settings, name))


class Switch(QCheckBox):
    """Yes or no."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.toggled.connect(self.picked.emit)

    def put(self, value: bool) -> None:
        """Show a value."""
        self.setChecked(value)


class Choice(QComboBox):
    """One of a few values, each shown as its words; a value that is not among them is added once it is set."""

    picked = Signal(object)

    def __init__(self, values: Iterable[str], words: Mapping[str, str]) -> None:
        super().__init__()
        for value in values:
            self.addItem(words.get(value, value), value)
        self.currentIndexChanged.connect(lambda: self.picked.emit(self.currentData()))

    def put(self, value: str) -> None:
        """Show a value."""
        if self.findData(value) < 0:
            self.addItem(value, value)
        self.setCurrentIndex(self.findData(value))


class Number(QDoubleSpinBox):
    """A number from 0 on, told once it is typed in full; 0 is shown as `at_zero`."""

    picked = Signal(object)

    def __init__(self, kind: Any, at_zero: str) -> None:
        super().__init__()
        self.setRange(0, 999_999)
        self.setGroupSeparatorShown(True)
        self.setDecimals(0 if kind is int else 1)
        self.setSpecialValueText(at_zero)
        make_even(self)
        self._kind = kind
        self._told = 0.0
        self.editingFinished.connect(self._tell)

    def put(self, value: float) -> None:
        """Show a value."""
        self._told = value
        self.setValue(value)

    def _tell(self) -> None:
        if self.value() != self._told:
            self._told = self.value()
            self.picked.emit(self._kind(self._told))


_Input = Switch | Choice | Number | ModelChoice


def _make_input(name: str) -> _Input:
    kind = Settings.model_fields[name].annotation
    if name == "model":
        return ModelChoice()
    if kind is bool:
        return Switch()
    if kind in (int, float):
        return Number(kind, tr(_AT_ZERO[name]))
    words = {value: tr(said) for value, said in _WORDS.get(name, {}).items()}
    return Choice(_OFFERED.get(name) or get_args(kind), {**_NAMES.get(name, {}), **words})
