"""The model of the engine: the best that fits, one that stands on this disk, or any folder."""

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox

from desktop import paths
from desktop.engine.qwen.weights import PRESETS, find_preset
from desktop.file_dialog import ask_for_folder
from desktop.language import tr, tr_later

_BEST = tr_later("the best that fits")
_OTHER = tr_later("Other folder…")


class ModelChoice(QComboBox):
    """`picked` brings the id of a preset, a folder, or "" for the best."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._value = ""
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(20)
        self.currentIndexChanged.connect(self._pick)

    def put(self, value: str) -> None:
        """Show a value, among what stands on this disk now."""
        preset = find_preset(value)
        self._value = preset.id if preset else value
        here = [p for p in PRESETS if p.installed(paths.models()) or p == preset]
        with QSignalBlocker(self):
            self.clear()
            self.addItem(tr(_BEST), "")
            for p in here:
                missing = "" if p.installed(paths.models()) else f" ({p.state(paths.models())})"
                self.addItem(f"{p.name}{missing}", p.id)
            if self._value and not preset:
                self.addItem(self._value, self._value)
            self.addItem(tr(_OTHER))
            self.setCurrentIndex(self.findData(self._value))

    def refresh(self) -> None:
        """Look at the disk anew."""
        self.put(self._value)

    def _pick(self) -> None:
        if self.currentData() is None:  # the last one
            self.refresh()
            self._ask_for_folder()
        else:
            self._take(self.currentData())

    def _take(self, value: str) -> None:
        self.put(value)
        self.picked.emit(self._value)

    def _ask_for_folder(self) -> None:
        ask_for_folder(self, tr("Folder of a Qwen2.5-VL checkpoint"), self._take, str(Path.home()))
