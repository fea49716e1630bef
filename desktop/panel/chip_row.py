"""One row of small buttons, each with a menu of its own; those without room stand behind the last one."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QIcon, QKeySequence, QPainter, QPen, QPixmap, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from desktop.language import tr
from desktop.panel import keys

LONGEST = 24
GAP = 4
SWATCH = 10


class Chip(NamedTuple):
    """A button: what it stands for, what it says, and what can be done with it, of which a click does the first.

    Its deeds go through `tr` where they are shown.
    `on` is None for one that is no switch. `colour` (#rrggbb) is shown beside its words.
    """

    key: str
    title: str
    tip: str
    deeds: tuple[str, ...]
    on: bool | None = None
    colour: str = ""


class ChipRow(QWidget):
    """`picked` brings a chip's key and the deed that was picked of it."""

    picked = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._chips: tuple[Chip, ...] = ()
        self._buttons: list[QToolButton] = []
        self._more = self._button()
        self._more.setAccessibleName(tr("More"))
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setMenu(QMenu(self._more))
        self._more.menu().aboutToShow.connect(self._fill_menu)
        self._shown = 0
        menu = QShortcut(QKeySequence(keys.CHIP_MENU.keys[0]), self, self._open_by_key)
        menu.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def show_chips(self, chips: Sequence[Chip]) -> None:
        """Show these chips; a button that is there is used again."""
        if tuple(chips) == self._chips:
            return
        self._chips = tuple(chips)
        while len(self._buttons) < len(chips):
            self._buttons.append(self._make(len(self._buttons)))
        while len(self._buttons) > len(chips):
            button = self._buttons.pop()
            button.hide()
            button.deleteLater()
        for button, chip in zip(self._buttons, chips, strict=True):
            _dress(button, chip)
        self.updateGeometry()
        self._arrange()

    def sizeHint(self) -> QSize:
        """As wide as all chips, as high as one."""
        hints = [button.sizeHint() for button in (*self._buttons, self._more)]
        return QSize(sum(hint.width() + GAP for hint in hints), max(hint.height() for hint in hints))

    def minimumSizeHint(self) -> QSize:
        """Room for the button that leads to all of them."""
        return self._more.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many as have room now."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Set out the chips from the left while there is room, also for what leads to the rest."""
        widths = [min(button.sizeHint().width(), self.width()) for button in self._buttons]
        self._shown = len(widths)
        if sum(widths) + GAP * len(widths) - GAP > self.width():
            self._more.setText(f"+{len(widths)}")
            room = self.width() - self._more.sizeHint().width()
            while self._shown and sum(widths[: self._shown]) + GAP * self._shown > room:
                self._shown -= 1
        left = 0
        for index, (button, width) in enumerate(zip(self._buttons, widths, strict=True)):
            button.setGeometry(left, 0, width, self.height())
            button.setVisible(index < self._shown)
            left += (width + GAP) * (index < self._shown)
        hidden = len(widths) - self._shown
        self._more.setVisible(hidden > 0)
        self._more.setText(f"+{hidden}")
        self._more.setGeometry(left, 0, self._more.sizeHint().width(), self.height())

    def _fill_menu(self) -> None:
        """Offer the chips that have no room, each with its deeds."""
        menu = self._more.menu()
        menu.clear()
        for chip in self._chips[self._shown :]:
            inner = menu.addMenu(_swatch(chip.colour, hollow=chip.on is False), _short(chip.title))
            inner.setToolTip(chip.tip)
            self._offer(inner, chip)

    def _offer(self, menu: QMenu, chip: Chip) -> None:
        for deed in chip.deeds:
            action = QAction(tr(deed), menu)
            action.triggered.connect(lambda _checked, deed=deed: self.picked.emit(chip.key, deed))
            menu.addAction(action)

    def _make(self, index: int) -> QToolButton:
        button = self._button()
        button.clicked.connect(lambda: self.picked.emit(self._chips[index].key, self._chips[index].deeds[0]))
        button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        button.customContextMenuRequested.connect(lambda at: self._open_menu(index, button.mapToGlobal(at)))
        return button

    def _open_by_key(self) -> None:
        """Open the menu of the chip that has the keyboard, below it."""
        index = next((index for index, button in enumerate(self._buttons) if button.hasFocus()), None)
        if index is not None:
            self._open_menu(index, self._buttons[index].mapToGlobal(self._buttons[index].rect().bottomLeft()))

    def _open_menu(self, index: int, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._offer(menu, self._chips[index])
        menu.popup(at)

    def _button(self) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("chip", True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIconSize(QSize(SWATCH, SWATCH))
        return button


def _dress(button: QToolButton, chip: Chip) -> None:
    button.setText(_short(chip.title))
    button.setIcon(_swatch(chip.colour, hollow=chip.on is False))
    button.setToolTip(chip.tip)
    button.setAccessibleName(chip.title)
    button.setAccessibleDescription(tr(chip.deeds[0]))
    button.setCheckable(chip.on is not None)
    button.setChecked(bool(chip.on))


def _short(title: str) -> str:
    """A title that leaves room for others, as buttons and menus take it; the end tells addresses of one site apart."""
    short = title if len(title) <= LONGEST else f"{title[: LONGEST - 10]}…{title[-9:]}"
    return short.replace("&", "&&")


def _swatch(colour: str, hollow: bool) -> QIcon:
    """A dot or a ring of the colour; nothing without one."""
    if not colour:
        return QIcon()
    pixmap = QPixmap(4 * SWATCH, 4 * SWATCH)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), SWATCH / 2))
    painter.setBrush(Qt.BrushStyle.NoBrush if hollow else QColor(colour))
    edge = SWATCH // 2
    painter.drawEllipse(pixmap.rect().adjusted(edge, edge, -edge, -edge))
    painter.end()
    return QIcon(pixmap)
