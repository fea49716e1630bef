"""The servers that may answer in place of this computer: their addresses, model and key, and whether they answer."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.engine.remote.examine import Looked
from desktop.language import tr, tr_later
from desktop.preferences.line_height import make_even
from desktop.server_thread import ServerQuestion
from desktop.settings import Settings

HINT = tr_later(
    "Pictures that a server answers leave this computer; the panel and the tray say so each time. The engine “the best "
    "that works here” asks it where this computer has no model, the engine “a server” always (page Engine)."
)
ASK_FOR_FILE = tr_later(
    "The key will stand in a plain file in your settings folder that only your account can read. "
    "Whoever can read your files can use it. Keep it there?"
)
_PLACES = (
    ("none", tr_later("none is needed, or SHOTGLASS_SERVER_KEY is set")),
    ("keyring", tr_later("in the system's keyring")),
    ("file", tr_later("in a file")),
)
_ASKING = tr_later("Asking…")
_FIRST = tr_later("the first that sees pictures")


class ServerPage(QWidget):
    """`changed` brings the name of a setting and its new value, `asked` what is to be kept and looked at."""

    changed = Signal(str, object)
    asked = Signal(ServerQuestion)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.addresses, self.key = QLineEdit(), QLineEdit()
        self.model, self.place, self.jobs = QComboBox(editable=True), QComboBox(), QSpinBox()
        self.try_it = QPushButton(tr("Keep and try"))
        self.answer = QLabel(wordWrap=True)
        self._settings = settings
        self._build()
        self._connect()
        self.show_settings(settings)

    def show_settings(self, settings: Settings) -> None:
        """Show these values; nothing is told."""
        self._settings = settings
        parts = (self.addresses, self.model, self.place, self.jobs)
        blockers = [QSignalBlocker(part) for part in parts]
        if self._typed() != settings.servers:
            self.addresses.setText(", ".join(settings.servers))
        if self.model.currentText() != settings.server_model:
            self.model.setCurrentText(settings.server_model)
        self.place.setCurrentIndex(self.place.findData(settings.server_key))
        self.jobs.setValue(settings.server_jobs)
        del blockers
        self._show_state()

    def show_answer(self, looked: list[Looked]) -> None:
        """Show how the servers are, and offer their models."""
        self.answer.setText("\n".join(map(_in_words, looked)))
        with QSignalBlocker(self.model):
            chosen = self.model.currentText()
            self.model.clear()
            self.model.addItems(list(dict.fromkeys(name for one in looked for name in one.models)))
            self.model.setCurrentText(chosen)
        self._show_state()

    def _build(self) -> None:
        self.addresses.setObjectName("servers")
        self.addresses.setPlaceholderText(tr("https://gpu.example.org, or localhost:8000; several with commas"))
        self.model.setObjectName("server_model")
        self.model.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        editor = self.model.lineEdit()
        if editor is not None:
            editor.setPlaceholderText(tr(_FIRST))
        for place, words in _PLACES:
            self.place.addItem(tr(words), place)
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.jobs.setRange(1, 64)
        make_even(self.jobs)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(tr("Addresses"), self.addresses)
        form.addRow(tr("Model"), self.model)
        form.addRow(tr("Key"), self.place)
        form.addRow("", self.key)
        form.addRow(tr("Pictures at once"), self.jobs)
        row = QHBoxLayout()
        row.addWidget(self.try_it, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.answer, 1)
        layout = QVBoxLayout(self)
        layout.addWidget(QLabel(tr(HINT), wordWrap=True))
        layout.addLayout(form)
        layout.addLayout(row)
        layout.addStretch()

    def _connect(self) -> None:
        self.addresses.editingFinished.connect(lambda: self._tell("servers", self._typed()))
        self.model.currentTextChanged.connect(lambda _text: self._show_state())
        self.model.activated.connect(lambda _row: self._tell("server_model", self.model.currentText()))
        editor = self.model.lineEdit()
        if editor is not None:
            editor.editingFinished.connect(lambda: self._tell("server_model", self.model.currentText().strip()))
        self.place.activated.connect(lambda _row: self._choose_place())
        self.jobs.editingFinished.connect(lambda: self._tell("server_jobs", self.jobs.value()))
        self.addresses.textChanged.connect(lambda _text: self._show_state())
        self.try_it.clicked.connect(self._try)

    def _typed(self) -> tuple[str, ...]:
        return tuple(filter(None, (part.strip() for part in self.addresses.text().replace(";", ",").split(","))))

    def _tell(self, name: str, value: object) -> None:
        if getattr(self._settings, name) != value:
            self._settings = self._settings.model_copy(update={name: value})
            self.changed.emit(name, value)

    def _choose_place(self) -> None:
        """Keep where the key is; a file only after the user's yes."""
        place = self.place.currentData()
        if place == "file" != self._settings.server_key:
            self.place.setCurrentIndex(self.place.findData(self._settings.server_key))
            self._ask_for_file()
        else:
            self._take_place(place)

    def _take_place(self, place: str) -> None:
        self.place.setCurrentIndex(self.place.findData(place))
        self._tell("server_key", place)
        self._show_state()

    def _ask_for_file(self) -> None:
        buttons = QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No
        title, question = tr("Keep the key in a file"), tr(ASK_FOR_FILE)
        dialog = QMessageBox(QMessageBox.Icon.Question, title, question, buttons, self)
        dialog.setDefaultButton(QMessageBox.StandardButton.No)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.button(QMessageBox.StandardButton.Yes).clicked.connect(lambda: self._take_place("file"))
        dialog.open()

    def _try(self) -> None:
        """Keep the key that was typed, if any, and look at the servers."""
        self._tell("servers", self._typed())
        key = self.key.text().strip() or None
        self.key.clear()
        self.answer.setText(tr(_ASKING))
        self._show_state()
        self.asked.emit(ServerQuestion(self._settings, key))

    def _show_state(self) -> None:
        """Offer what can be done now."""
        kept = self.place.currentData() in ("keyring", "file")
        self.key.setEnabled(kept)
        self.key.setPlaceholderText(tr("type it here to keep it") if kept else "")
        self.try_it.setEnabled(bool(self._typed()) and self.answer.text() != tr(_ASKING))


def _in_words(looked: Looked) -> str:
    """How a server is, as a sentence."""
    words = looked.words.rstrip(".。")
    if looked.warning:
        return tr("{words}; {warning}.", words=words, warning=looked.warning.rstrip(".。"))
    return tr("{words}.", words=words)
