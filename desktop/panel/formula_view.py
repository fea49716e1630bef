"""The view of formulas: as they look, and their LaTeX to work on."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontDatabase, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import UserError
from desktop.exports.formula import draw, set_off, to_mathml
from desktop.language import tr, tr_later
from desktop.panel.actions import copy
from desktop.panel.conversation import Conversation
from desktop.panel.formula_picture import INK, FormulaPicture, to_png
from desktop.panel.keys import leave
from desktop.panel.pace import Pace
from desktop.panel.splitter import Splitter
from desktop.panel.view import Clipping, Format, View

_UPDATE_MS = 200
_PROBLEM = tr_later("This LaTeX cannot be drawn as it stands ({reason}); the picture shows the last that could.")
_MATHML = "application/mathml+xml"
_WINDOWS = 'application/x-qt-windows-mime;value="MathML"'
"""As Word on Windows looks for formulas on the clipboard."""


class FormulaView(View):
    """The picture follows the LaTeX at most five times a second; what cannot be drawn leaves the last one standing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pace = Pace(_UPDATE_MS, self)
        self._kept: dict[str, tuple[str, str]] = {}
        self._task_id = ""
        self._growing = False
        self.picture = FormulaPicture()
        self.problem = QLabel()
        self.problem.setObjectName("quiet")
        self.problem.setWordWrap(True)
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.hide()
        self.latex = LatexBox()
        self.latex.textChanged.connect(self._take)
        self.mathml = QPushButton(tr("Copy as MathML"))
        self.mathml.setToolTip(tr("Paste it into Word or a web page as a formula"))
        self.mathml.setAutoDefault(True)  # Enter presses it where it has the keyboard
        self.mathml.clicked.connect(self._copy_mathml)
        self.setFocusProxy(self.latex)
        self._build()

    def show_conversation(self, talk: Conversation | None) -> None:
        """See View; what the user made of an answer stays until it is asked for anew."""
        if talk is None:
            self._kept.clear()
            self._put("", "", growing=False)
            return
        self._task_id = talk.task.id
        answer = talk.exchanges[0].answer
        growing = not talk.before and not talk.latest.state.final
        known, text = self._kept.get(self._task_id, ("", ""))
        self._put(answer, text if answer == known and not growing else answer, growing)

    def clipping(self) -> Clipping:
        """See View; all of the LaTeX comes between the signs of the settings, a selection as it is."""
        if selected := self.latex.textCursor().selection().toPlainText():
            return Clipping(selected)
        latex = self._source()
        return Clipping(set_off(latex, self.manner.math_signs if self.manner else "none") if latex else "")

    def formats(self) -> Sequence[Format]:
        """See View."""
        return [
            Format(tr_later("PNG picture"), ".png", lambda: to_png(draw(self._source()))),
            Format(tr_later("SVG picture"), ".svg", lambda: draw(self._source()).inked(INK)),
            Format("LaTeX", ".tex", f"{self._source()}\n".encode),
            Format("MathML", ".mml", lambda: to_mathml(self._source()).encode()),
        ]

    def _build(self) -> None:
        area = QScrollArea()
        area.setObjectName("paper")
        area.setWidgetResizable(True)
        area.setWidget(self.picture)
        area.setAccessibleName(tr("Formula"))
        below = QWidget()
        foot = QHBoxLayout()
        foot.addWidget(self.problem, 1)
        foot.addStretch()
        foot.addWidget(self.mathml, 0, Qt.AlignmentFlag.AlignTop)
        inside = QVBoxLayout(below)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.latex, 1)
        inside.addLayout(foot)
        parts = Splitter(Qt.Orientation.Vertical, area, below)
        parts.setStretchFactor(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(parts)

    def _source(self) -> str:
        return self.latex.toPlainText().strip()

    def _put(self, answer: str, text: str, growing: bool) -> None:
        """Hold an answer and what is made of it."""
        ended, self._growing = self._growing and not growing, growing
        self.latex.setReadOnly(growing)
        if self._task_id:
            self._kept[self._task_id] = (answer, text)
        changed = self.latex.put(text)
        if ended:
            self.latex.document().clearUndoRedoStacks()
        if changed or ended:
            (self._pace.soon if growing else self._pace.now)(self._draw)

    def _take(self) -> None:
        """Keep what the user types, and draw it."""
        if not self._growing and self._task_id in self._kept:
            answer, before = self._kept[self._task_id]
            if (text := self.latex.toPlainText()) != before:
                self._kept[self._task_id] = (answer, text)
                self._pace.soon(self._draw)

    def _draw(self) -> None:
        source = self._source()
        drawing = draw(source, self._growing) if source else None
        if drawing is None or not drawing.problem:
            self.picture.show_drawing(drawing)
        elif self.picture.drawing is None and not self._growing:
            self.picture.show_drawing(drawing)  # what can be drawn of it, where nothing stands
        wrong = drawing.problem if drawing and not self._growing else ""
        self.problem.setText(tr(_PROBLEM, reason=wrong))
        self.problem.setVisible(bool(wrong))
        self.mathml.setEnabled(bool(source))

    def _copy_mathml(self) -> None:
        try:
            mathml = to_mathml(self._source())
        except UserError as error:
            self.problem.setText(str(error))
            self.problem.show()
        else:
            copy(Clipping(mathml, {_MATHML: mathml.encode(), _WINDOWS: mathml.encode()}))
            self.reported.emit(tr("Copied as MathML"))


class LatexBox(QPlainTextEdit):
    """LaTeX in a fixed-width font."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("LaTeX"))
        self.setPlaceholderText(tr("LaTeX"))
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setTabChangesFocus(True)

    def event(self, event: QEvent) -> bool:
        """Leave to the panel what the box has no use for: copying without a selection, pasting a picture."""
        return not leave(event, self._is_for_panel) and super().event(event)

    def _is_for_panel(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Copy):
            return not self.textCursor().hasSelection()
        return event.matches(QKeySequence.StandardKey.Paste) and not self.canPaste()

    def sizeHint(self) -> QSize:
        """Room for three lines."""
        return QSize(super().sizeHint().width(), 3 * self.fontMetrics().lineSpacing() + 20)

    def put(self, text: str) -> bool:
        """Hold a text, adding to what is there where it grew so that a selection stays; True where it is another."""
        before = self.toPlainText()
        if text == before:
            return False
        if before and text.startswith(before):
            end = self.textCursor()
            end.movePosition(end.MoveOperation.End)
            end.insertText(text[len(before) :])
        else:
            self.setPlainText(text)
        return True
