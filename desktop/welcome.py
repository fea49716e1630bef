"""The window of the first start: the shortcut, what works now, and the model that fits this computer."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QColor, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.engine.choose import fitting_presets, least_gpu_gb
from desktop.gpu import wanted_gpu
from desktop.language import tr, tr_later
from desktop.model_offer import offer_best
from desktop.model_work import ModelWork
from desktop.permission import Permission
from desktop.permission_line import PermissionLine
from desktop.preferences.autostart_switch import AutostartSwitch
from desktop.preferences.shortcuts_page import ShortcutEdit
from desktop.settings import Settings
from desktop.theme import ACCENT, draw_pixmap
from desktop.tray import NO_TRAY
from desktop.work_strip import WorkStrip

READS = tr_later(
    "Text and QR codes are read at once, by the OCR inside: no download, no network. "
    "The answer floats beside the region, and text is on the clipboard."
)
NO_GPU = tr_later(
    "Describing, asking, translating and rebuilding designs need the Qwen2.5-VL model and {gpu} with {size} GB or "
    "more of free memory, which this computer does not have. Everything else works without."
)
MODEL = tr_later("With this model Shotglass also describes, answers questions, translates and rebuilds designs:")
READY = tr_later("The Qwen2.5-VL model is on this computer: every task works.")


class Welcome(QWidget):
    """Blocks nothing: the hotkey works while it is open. `tried` asks for a capture, `typed` brings a new shortcut."""

    tried = Signal()
    typed = Signal(str)
    recording = Signal(bool)
    agreed = Signal(ModelWork)
    halted = Signal()
    closed = Signal()

    def __init__(
        self, keys: str, settings: Settings, has_model: bool, has_tray: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        self.setWindowTitle(tr("Welcome to Shotglass"))
        self.keys, self.problem, self.strip = ShortcutEdit(), QLabel(wordWrap=True), WorkStrip()
        self.keys.setMaximumSequenceLength(1)
        self.keys.setKeySequence(QKeySequence(keys))
        self.keys.setMaximumWidth(180)
        self.keys.setAccessibleName(tr("Shortcut of a capture"))
        self.problem.setObjectName("problem")
        self.problem.hide()
        self.shortcuts = PermissionLine(tr("Shortcuts"), tr("Allow shortcuts…"))
        self.pictures = PermissionLine(tr("Pictures of the screen"), tr("Allow pictures of the screen…"))
        self.try_it, self.later = QPushButton(tr("Try it now")), QPushButton(tr("Close"))
        self.try_it.setObjectName("primary")
        self._build(tr(READS), _about_model(has_model), "" if has_tray else tr(NO_TRAY))
        self._connect()
        self.resize(520, 0)
        if not has_model and fitting_presets():
            self.strip.expect()
            self.strip.show_work(offer_best(settings))
        self.try_it.setFocus()

    def show_refusals(self, refused: Mapping[str, str]) -> None:
        """Say why the shortcut was refused."""
        self.problem.setText(refused.get("text", ""))
        self.problem.setVisible(bool(self.problem.text()))
        self._fit()

    def show_permission(self, line: PermissionLine, permission: Permission | None) -> None:
        """Say how the system's leave stands."""
        line.show_permission(permission)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Have room for every sentence."""
        super().showEvent(event)
        self._fit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Give the hotkeys back."""
        self.recording.emit(False)
        super().closeEvent(event)
        self.closed.emit()

    def _build(self, *sentences: str) -> None:
        picture, name = QLabel(), QLabel(tr("Welcome to Shotglass"))
        picture.setPixmap(draw_pixmap("shotglass", QColor(ACCENT), 40))
        name.setObjectName("title")
        press = QHBoxLayout()
        before, _keys, after = tr("Press {keys} and drag over a piece of the screen.").partition("{keys}")
        for widget in (QLabel(before.strip()), self.keys, QLabel(after.strip())):
            press.addWidget(widget)
        press.addStretch()
        head, buttons = QHBoxLayout(), QHBoxLayout()
        head.addWidget(picture)
        head.addWidget(name, 1)
        buttons.addStretch()
        buttons.addWidget(self.later)
        buttons.addWidget(self.try_it)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 20)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addLayout(press)
        asked: tuple[QWidget, ...] = (self.problem, self.shortcuts, self.pictures)
        for part in (*asked, *(QLabel(sentence, wordWrap=True) for sentence in filter(None, sentences)), self.strip):
            layout.addWidget(part)
        layout.addWidget(AutostartSwitch())
        layout.addStretch()
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.keys.recording.connect(self.recording)
        self.keys.editingFinished.connect(lambda: self.typed.emit(self.keys.keySequence().toString()))
        self.strip.agreed.connect(self.agreed)
        self.strip.halted.connect(self.halted)
        self.later.clicked.connect(self.close)
        self.try_it.clicked.connect(self._try)
        QShortcut(QKeySequence("Esc"), self, self.close)

    def _fit(self) -> None:
        layout = self.layout()
        needed = layout.totalHeightForWidth(self.width()) if layout else 0
        self.resize(self.width(), max(self.height(), needed))

    def _try(self) -> None:
        self.close()
        self.tried.emit()


def _about_model(has_model: bool) -> str:
    if has_model:
        return tr(READY)
    if fitting_presets():
        return tr(MODEL)
    return tr(NO_GPU, gpu=tr(wanted_gpu().name), size=least_gpu_gb())
