"""What lies under the text of an answer: the ground of code, the bar beside a quote."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPalette, QTextBlock
from PySide6.QtWidgets import QTextBrowser

from desktop.panel.piece_writer import BAR, CODE, NATURE, QUOTE

_ROUND = 4
_OUT = 10
_BAR = 3


def paint_grounds(browser: QTextBrowser, painter: QPainter) -> None:
    """Paint the grounds that can be seen, in the coordinates of the viewport."""
    block = browser.cursorForPosition(browser.viewport().rect().topLeft()).block()
    while _nature(block.previous()) and _nature(block.previous()) == _nature(block):
        block = block.previous()
    top, bottom = browser.verticalScrollBar().value(), browser.viewport().height()
    painter.translate(-browser.horizontalScrollBar().value(), -top)
    painter.setPen(Qt.PenStyle.NoPen)
    while block.isValid() and _rect(browser, block).top() < top + bottom:
        nature, first = _nature(block), block
        if nature:
            while _nature(block.next()) == nature and not _is_bar(block.next()):
                block = block.next()
            _paint(browser, painter, first, block)
        block = block.next()


def _paint(browser: QTextBrowser, painter: QPainter, first: QTextBlock, last: QTextBlock) -> None:
    """The ground from one block to another."""
    area = _rect(browser, first).united(_rect(browser, last))
    left = first.blockFormat().leftMargin() + browser.document().documentMargin() - _OUT
    palette = browser.palette()
    if _nature(first) == QUOTE:
        painter.setBrush(palette.color(QPalette.ColorRole.Mid))
        painter.drawRoundedRect(QRectF(left, area.top(), _BAR, area.height()), 1, 1)
    else:
        right = browser.document().size().width() - browser.document().documentMargin()
        painter.setBrush(palette.color(QPalette.ColorRole.AlternateBase))
        painter.drawRoundedRect(QRectF(left, area.top() - 3, right - left, area.height() + 6), _ROUND, _ROUND)


def _nature(block: QTextBlock) -> int:
    """CODE for code and the bar above it, QUOTE, or 0."""
    nature = block.blockFormat().intProperty(NATURE) if block.isValid() else 0
    return CODE if nature == BAR else nature


def _is_bar(block: QTextBlock) -> bool:
    return block.blockFormat().intProperty(NATURE) == BAR


def _rect(browser: QTextBrowser, block: QTextBlock) -> QRectF:
    return browser.document().documentLayout().blockBoundingRect(block)
