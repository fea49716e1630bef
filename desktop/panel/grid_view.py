"""The views of tables and of fields with their values."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from desktop.exports.delimited import to_csv, to_pasted_text, to_tsv
from desktop.exports.field_lines import split_fields
from desktop.exports.grid import Grid
from desktop.exports.html_table import to_page
from desktop.exports.json_table import fields_to_json, to_json
from desktop.exports.markdown_table import to_markdown
from desktop.exports.table import Rows, from_tsv, read_table
from desktop.exports.workbook import to_xlsx
from desktop.language import tr, tr_later
from desktop.panel import keys
from desktop.panel.answer_text import AnswerText
from desktop.panel.conversation import Conversation, Exchange
from desktop.panel.grid_model import GridModel
from desktop.panel.grid_table import GridTable
from desktop.panel.pace import Pace
from desktop.panel.view import Clipping, Format, View

_UPDATE_MS = 33
_MARKUP = ("<", "`", "{", "[", "|")


@dataclass(slots=True)
class Kept:
    """The table of one task and of what answer it was made; the user's changes are in the table."""

    cells: GridModel
    answer: str = ""
    growing: bool = True


class GridView(View):
    """A table that can be edited once it is complete; below it how large it is.

    Where the answer holds no table its words are shown instead.
    """

    headed: ClassVar[bool]
    shortcuts = keys.GRID
    titles: ClassVar[Sequence[str]] = ()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = GridTable()
        self.said = AnswerText()
        self.measures = QLabel()
        self.measures.setObjectName("quiet")
        self.header_row = QCheckBox(tr("First row is a header"))
        self.header_row.setVisible(self.headed)
        self.header_row.clicked.connect(self._set_headed)
        self.setFocusProxy(self.table)
        self._pace = Pace(_UPDATE_MS, self)
        self._kept: dict[str, Kept] = {}
        self._shown = self._empty()
        self._build()

    def show_conversation(self, talk: Conversation | None) -> None:
        """See View."""
        if talk is None:
            self._pace.now(self._forget)
        elif talk.latest.state.final:
            self._pace.now(lambda: self._show(talk))
        else:
            self._pace.soon(lambda: self._show(talk))

    def clipping(self) -> Clipping:
        """See View; tab-separated, as HTML and as Markdown, so that each program pastes it right."""
        selected = self.table.selected()
        grid = selected if selected.rows else self._shown.cells.grid
        if not grid.rows:
            return Clipping(self.said.selected_text() or self._shown.answer)
        others = {"text/html": to_page(grid), "text/markdown": to_markdown(grid).encode()}
        return Clipping(to_pasted_text(grid.rows), others)

    def formats(self) -> Sequence[Format]:
        """See View."""
        grid, answer = self._shown.cells.grid, self._shown.answer
        if not grid.rows:
            return [Format(tr_later("Text"), ".txt", f"{answer}\n".encode)]
        return [
            Format(tr_later("Comma-separated, for Excel"), ".csv", lambda: to_csv(grid)),
            Format(tr_later("Excel workbook"), ".xlsx", lambda: to_xlsx(grid)),
            Format(tr_later("Tab-separated"), ".tsv", lambda: to_tsv(grid)),
            Format("JSON", ".json", lambda: self.json(grid)),
            Format("Markdown", ".md", f"{to_markdown(grid)}\n".encode),
            Format("HTML", ".html", lambda: to_page(grid)),
        ]

    def rows(self, answer: str, words: str, growing: bool) -> Rows:
        """The rows of an answer, as far as it goes; `words` are the model's own, or ''."""
        raise NotImplementedError

    def json(self, grid: Grid) -> bytes:
        """The table as JSON."""
        raise NotImplementedError

    def _build(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self.measures)
        foot.addStretch()
        foot.addWidget(self.header_row)
        grid = QWidget()
        inside = QVBoxLayout(grid)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        inside.addWidget(self.table, 1)
        inside.addLayout(foot)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(grid)
        self._stack.addWidget(self.said)

    def _show(self, talk: Conversation) -> None:
        answer = talk.exchanges[0].answer
        growing = not talk.before and not talk.latest.state.final
        if talk.task.id not in self._kept:
            taken = any(kept is self._shown for kept in self._kept.values())
            self._kept[talk.task.id] = self._empty() if taken else self._shown
        kept = self._kept[talk.task.id]
        words = "" if talk.before else talk.latest.words
        begins = growing and words.startswith(answer) and answer.lstrip().startswith(_MARKUP)
        if (answer, growing) != (kept.answer, kept.growing):
            if growing:
                kept.cells.steps.clear()
            kept.answer, kept.growing = answer, growing
            kept.cells.show_rows(() if begins else self.rows(answer, words, growing))
        kept.cells.editable = not growing
        self.said.show_exchanges([] if begins or kept.cells.rowCount() else [Exchange("", answer)])
        self._turn_to(kept)

    def _turn_to(self, kept: Kept) -> None:
        self._shown = kept
        self.table.show_model(kept.cells)
        self._stack.setCurrentIndex(0 if kept.cells.rowCount() or not kept.answer else 1)
        self.header_row.setEnabled(kept.cells.editable)
        self._measure()

    def _measure(self) -> None:
        cells = self._shown.cells
        rows, columns = cells.rowCount(), cells.columnCount()
        self.measures.setText(f"{rows} × {columns}" if rows else "")
        self.measures.setToolTip(
            tr("{rows} rows, {columns} columns; double-click a cell to edit it", rows=rows, columns=columns)
        )
        self.header_row.setChecked(cells.headed)

    def _set_headed(self, headed: bool) -> None:
        self._shown.cells.set_headed(headed)

    def _forget(self) -> None:
        gone, self._kept = {id(kept): kept for kept in (*self._kept.values(), self._shown)}, {}
        self.said.show_exchanges([])
        self._turn_to(self._empty())
        for kept in gone.values():
            kept.cells.deleteLater()

    def _empty(self) -> Kept:
        """A table of nothing yet, of which every change is told."""
        cells = GridModel(self.headed, self.titles, self)
        changes = (cells.rowsInserted, cells.rowsRemoved, cells.columnsInserted, cells.columnsRemoved)
        for change in (*changes, cells.dataChanged, cells.modelReset):
            change.connect(self._measure)
        return Kept(cells)


class TableView(GridView):
    """A table, whose first row may name the columns."""

    headed = True

    def rows(self, answer: str, words: str, growing: bool) -> Rows:
        """See GridView; the model's own words know of line breaks inside cells, and of answers that are no table."""
        if growing:
            return read_table(answer) if words.startswith(answer) else from_tsv(answer)
        return read_table(words) if words else from_tsv(answer)

    def json(self, grid: Grid) -> bytes:
        """See GridView."""
        return to_json(grid)


class FieldsView(GridView):
    """Names and values."""

    headed = False
    titles = (tr_later("Name"), tr_later("Value"))

    def rows(self, answer: str, _words: str, _growing: bool) -> Rows:
        """See GridView; lines of which none has a name are no fields."""
        rows = split_fields(answer)
        return rows if any(name for name, _value in rows) else ()

    def json(self, grid: Grid) -> bytes:
        """See GridView."""
        return fields_to_json(grid.rows)
