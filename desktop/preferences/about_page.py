"""What this program is, where it keeps its files, and what the doctor says of this computer."""

import os
from collections.abc import Callable, Mapping
from importlib import metadata
from pathlib import Path

from PySide6.QtCore import QProcess, QProcessEnvironment, QUrl
from PySide6.QtGui import QDesktopServices, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desktop import __version__, paths
from desktop.autostart.api import own_command, own_folder
from desktop.language import VARIABLE, spoken, tr, tr_later

PLACES: Mapping[str, Callable[[], Path]] = {
    tr_later("Settings"): paths.settings_file,
    tr_later("Own tasks"): paths.user_tasks,
    tr_later("History"): paths.history_file,
    tr_later("Log"): paths.log_file,
    tr_later("Models"): paths.models,
}
_PARTS = ("PySide6-Essentials", "onnxruntime", "rapidocr", "opencv-python-headless", "pypdfium2", "Pillow", "torch")
LICENCES = tr_later(
    "Shotglass is free software under the Apache License 2.0; so are the models of its embedded OCR (PP-OCR). "
    "Qt is used under the LGPL 3. Weights of Qwen2.5-VL are downloaded only when you ask for them and have "
    "their own licence: read it on the page of the model, since the smaller one may not be used for business."
)
LOOKING = tr_later("Looking; this takes some seconds…")


class AboutPage(QWidget):
    """Asks nothing of the disk, of this computer or the network before it is told to.

    `updates` says that the user entered where to ask for newer versions.
    """

    def __init__(self, updates: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._doctor: QProcess | None = None
        self.report = QPlainTextEdit(readOnly=True)
        self.look, self.copy = QPushButton(tr("Look at this computer")), QPushButton(tr("Copy report"))
        self.ask = QPushButton(tr("Look for a newer version"))
        if not updates:
            self.ask.hide()
        self.report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.report.setPlaceholderText(
            tr("What works here and what does not, to paste anywhere: without names, paths and addresses.")
        )
        self.report.setAccessibleName(tr("Report on this computer"))
        self.copy.setEnabled(False)
        title = QLabel(f"<b>Shotglass {__version__}</b>")
        licences = QLabel(tr(LICENCES), wordWrap=True)
        licences.setToolTip("\n".join(_parts()))
        buttons = QHBoxLayout()
        for button in (self.look, self.copy, self.ask):
            buttons.addWidget(button)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.addWidget(title)
        layout.addWidget(licences)
        layout.addLayout(_places())
        layout.addLayout(buttons)
        layout.addWidget(self.report, 1)
        self.look.clicked.connect(lambda: self._run("doctor", "--report"))
        self.ask.clicked.connect(lambda: self._run("updates"))
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.report.toPlainText()))

    def stop(self) -> None:
        """End the doctor where one is at work."""
        if self._doctor is not None:
            self._doctor.kill()
            self._doctor.waitForFinished(1000)

    def _run(self, *command: str) -> None:
        """Let a command look in a process of its own: the doctor opens a display and loads an engine."""
        self._doctor = doctor = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert(VARIABLE, spoken())
        environment.insert("PYTHONPATH", os.pathsep.join(filter(None, [str(own_folder()), os.getenv("PYTHONPATH")])))
        doctor.setProcessEnvironment(environment)
        doctor.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        doctor.finished.connect(self._show_report)
        doctor.errorOccurred.connect(lambda _error: self._show_report())
        program, *arguments = own_command()
        doctor.start(program, [*arguments, *command])
        for button in (self.look, self.ask):
            button.setEnabled(False)
        self.report.setPlainText(tr(LOOKING))

    def _show_report(self) -> None:
        doctor, self._doctor = self._doctor, None
        if doctor is None:
            return
        said = bytes(doctor.readAll().data()).decode(errors="replace").strip()
        failed = tr("The report could not be made; run `shotglass doctor` in a terminal.")
        self.report.setPlainText(said or failed)
        for button in (self.look, self.ask):
            button.setEnabled(True)
        self.copy.setEnabled(bool(said))
        doctor.deleteLater()


def _places() -> QGridLayout:
    """Where things lie, each with a button that shows it."""
    grid = QGridLayout()
    for row, (name, find) in enumerate(PLACES.items()):
        path = QLabel(str(find()))
        path.setTextInteractionFlags(path.textInteractionFlags().TextSelectableByMouse)
        show = QPushButton(tr("Open folder"))
        show.setObjectName(f"open-{name}")
        show.clicked.connect(lambda _checked, find=find: open_folder(find()))
        grid.addWidget(QLabel(tr(name)), row, 0)
        grid.addWidget(path, row, 1)
        grid.addWidget(show, row, 2)
    grid.setColumnStretch(1, 1)
    return grid


def open_folder(path: Path) -> None:
    """Show a folder, or that of a file, in the desktop's own program; the nearest one that exists."""
    there = next(folder for folder in (path, *path.parents) if folder.is_dir())
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(there)))


def _parts() -> list[str]:
    """The largest parts that are installed, with their versions and licences."""
    said = []
    for name in _PARTS:
        try:
            about = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        field = "License-Expression" if "License-Expression" in about else "License"
        licence = about[field].partition("\n")[0][:60] if field in about else tr("see its page")
        said.append(f"{name} {about['Version']}: {licence}")
    return said
