"""A row of what an answer names: a click opens a page or a letter and copies everything else."""

from collections.abc import Sequence

from PySide6.QtCore import QUrl
from PySide6.QtGui import QCursor, QDesktopServices
from PySide6.QtWidgets import QToolTip, QWidget

from desktop.job import Line
from desktop.language import tr, tr_later
from desktop.panel.actions import copy_text
from desktop.panel.chip_row import Chip, ChipRow
from desktop.panel.findings import Finding, find_all

OPEN, COPY = tr_later("Open"), tr_later("Copy")


class FindingChips(ChipRow):
    """Hidden where there is nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._searched: tuple[str, Sequence[Line]] = ("", ())
        self._found: dict[str, Finding] = {}
        self.picked.connect(self._do)
        self.hide()

    def show_answer(self, text: str, lines: Sequence[Line], final: bool) -> None:
        """Look through an answer; while it grows its last line may yet change and is left out."""
        known = text if final else text[: text.rfind("\n") + 1]
        if self._searched == (known, lines):
            return
        self._searched = known, lines
        self._found = {finding.text: finding for finding in find_all(known, lines)}
        self.show_chips([_chip(finding) for finding in self._found.values()])
        self.setVisible(bool(self._found))

    def _do(self, text: str, deed: str) -> None:
        if deed == OPEN:
            QDesktopServices.openUrl(QUrl(self._found[text].link))
        else:
            copy_text(text)
            QToolTip.showText(QCursor.pos(), tr("Copied"), self)


def _chip(finding: Finding) -> Chip:
    plain = finding.text.removeprefix("https://").removeprefix("http://")
    title = f"{finding.code}: {plain}" if finding.code else plain
    deeds = (OPEN, COPY) if finding.link else (COPY,)
    tip = tr("Open {what}", what=finding.link) if finding.link else tr("Copy {what}", what=finding.text)
    return Chip(finding.text, " ".join(title.split()), tip, deeds)
