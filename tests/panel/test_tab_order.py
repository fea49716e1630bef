"""The order of Tab, where windows are laid out oddly."""

from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.panel.tab_order import stops


def test_one_without_height_comes_in_its_turn(qtbot: QtBot) -> None:
    """While a view is exchanged for another one, a part may have none for a moment."""
    window = QWidget()
    qtbot.addWidget(window)
    above, flat, below = (QPushButton(name, window) for name in ("above", "flat", "below"))
    above.setGeometry(0, 0, 80, 20)
    flat.setGeometry(0, 30, 80, 0)
    below.setGeometry(0, 40, 80, 20)
    window.show()
    assert list(stops(window)) == [above, flat, below]
