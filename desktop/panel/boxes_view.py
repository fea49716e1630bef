"""The view of boxes: the picture with them, their list, and a filter by label."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.exports.boxes import EXPORTS, boxes_as_json
from desktop.job import Line
from desktop.language import tr, tr_later
from desktop.panel import keys
from desktop.panel.answer_text import AnswerText
from desktop.panel.box_look import colours_of
from desktop.panel.box_painter import annotated_png
from desktop.panel.boxes_model import BoxesModel, LabelFilter
from desktop.panel.boxes_picture import BoxesPicture
from desktop.panel.boxes_table import BoxesTable
from desktop.panel.chip_row import Chip, ChipRow
from desktop.panel.conversation import Conversation, Exchange
from desktop.panel.splitter import Splitter
from desktop.panel.view import Clipping, Format, View

LIST_HEIGHT, LIST_SHARE = 215, 0.5
NOTHING = tr_later("Nothing of that kind was found in this picture.")
HIDE, SHOW, ONLY, ALL = tr_later("Hide"), tr_later("Show"), tr_later("Only this one"), tr_later("Show all")
_EMPTY = re.compile(r"(?:```(?:json)?|[\[\]{}\s])*")


class BoxesView(View):
    """What is pointed at in the picture or in the list is brought out in both; a label's chip hides its boxes."""

    shortcuts = keys.BOXES

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first = Exchange("", "")
        self._hidden: frozenset[str] = frozenset()
        self._model = BoxesModel()
        self._shown = LabelFilter(self._model)
        self.picture = BoxesPicture()
        self.labels = ChipRow()
        self.table = BoxesTable(self._model, self._shown)
        self.words = AnswerText()
        self._list = QStackedWidget()
        self._list.addWidget(self.table)
        self._list.addWidget(self.words)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.labels)
        column.addWidget(self._list)
        self._split = Splitter(Qt.Orientation.Vertical, self.picture, below)
        self._split.splitterMoved.connect(self._leave_split)
        self._split_by_user = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._split)
        self.setFocusProxy(self.table)
        self._connect()

    def show_conversation(self, talk: Conversation | None) -> None:
        """See View."""
        first = self._first = talk.exchanges[0] if talk else Exchange("", "")
        shot = talk.job.shot if talk else None
        if shot is not self.picture.shot:
            self.picture.show_shot(shot)
            self.table.clear_order()
        if not first.lines:
            self._hidden = frozenset()
        self._model.show_boxes(first.lines, colours_of(line.text for line in first.lines))
        self._show_filtered()
        final = talk is not None and (bool(talk.before) or talk.latest.state.final)
        self._show_words(first.answer if final and not first.lines else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the picture what the list does not need, until the user parts them otherwise."""
        super().resizeEvent(event)
        if not self._split_by_user:
            listed = min(LIST_HEIGHT, round(self.height() * LIST_SHARE))
            self._split.setSizes([self.height() - listed, listed])

    def comfort(self) -> QSize:
        """See View."""
        picture = self.picture.comfort()
        return picture + QSize(0, LIST_HEIGHT) if picture.isValid() else picture

    def clipping(self) -> Clipping:
        """See View: the rows that are selected, else all that the filter shows."""
        if not self._first.lines:
            return Clipping(self.words.selected_text() or self._first.answer)
        text = boxes_as_json([self._first.lines[number] for number in self.table.selected] or self._boxes())
        return Clipping(text, {"application/json": text.encode()})

    def formats(self) -> Sequence[Format]:
        """See View: of what the filter shows."""
        shot = self.picture.shot
        if shot is None:
            return []
        boxes = self._boxes()
        files = [Format(export.title, export.suffix, partial(export.write, shot, boxes)) for export in EXPORTS]
        return [*files, Format(tr_later("Picture with the boxes"), ".png", partial(annotated_png, shot, boxes))]

    def _connect(self) -> None:
        for source in (self.picture, self.table):
            source.pointed.connect(self._model.set_lively)
            source.pointed.connect(self.picture.set_lively)
        self.picture.clicked.connect(self.table.choose)
        self.table.reached.connect(lambda number: self.picture.reveal(self._first.lines[number].box))
        self.table.chosen.connect(self.picture.set_chosen)
        self._model.modelReset.connect(lambda: self.picture.set_chosen(()))  # which takes the selection silently
        self.labels.picked.connect(self._filter)

    def _leave_split(self) -> None:
        self._split_by_user = True

    def _boxes(self) -> list[Line]:
        """What the filter shows."""
        return list(self._shown.shown.values())

    def _filter(self, label: str, deed: str) -> None:
        """Do what was picked of a label's chip."""
        others = frozenset(line.text for line in self._first.lines) - {label}
        self._hidden = {HIDE: self._hidden | {label}, SHOW: self._hidden - {label}, ONLY: others}.get(deed, frozenset())
        self._show_filtered()

    def _show_filtered(self) -> None:
        """Show the boxes and the chips as the filter is now."""
        counts = Counter(line.text for line in self._first.lines)
        colours = colours_of(counts)
        self._shown.hide_labels(self._hidden)
        self.picture.show_boxes(self._shown.shown, colours)
        self.labels.show_chips([self._chip(label, count, colours[label]) for label, count in counts.items()])

    def _chip(self, label: str, count: int, colour: str) -> Chip:
        on = label not in self._hidden
        name = " ".join(label.split()) or tr("(no label)")
        title = f"{name} {count}"
        tip = tr("Hide {label}", label=title) if on else tr("Show {label}", label=title)
        return Chip(label, title, tip, (HIDE if on else SHOW, ONLY, ALL), on, colour)

    def _show_words(self, answer: str) -> None:
        """Show what was said in place of boxes; the list where there is nothing to be said."""
        said = tr(NOTHING) if answer and _EMPTY.fullmatch(answer) else answer
        self.words.show_exchanges([Exchange("", said)] if said else [])
        self._list.setCurrentWidget(self.words if said else self.table)
