"""Colours and icons of every window, light and dark."""

from typing import Literal

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from desktop import paths

Choice = Literal["system", "light", "dark"]
Role = QPalette.ColorRole

ACCENT = "#2f7cf6"
"""For lines and shapes; words stand on its darker Highlight."""
NEUTRAL = "#7d8794"
HIGHLIGHT = "#1f68dd"
_COLOURS: dict[bool, dict[Role, str]] = {
    False: {
        Role.Window: "#f6f7f9",
        Role.WindowText: "#1c2026",
        Role.Base: "#ffffff",
        Role.AlternateBase: "#f0f2f5",
        Role.Text: "#1c2026",
        Role.Button: "#ffffff",
        Role.ButtonText: "#1c2026",
        Role.PlaceholderText: "#5f6773",
        Role.Mid: "#d3d8df",
        Role.Midlight: "#e8ebef",
        Role.Light: "#ffffff",
        Role.Dark: "#a9b0ba",
        Role.Shadow: "#8a919b",
        Role.ToolTipBase: "#1c2026",
        Role.ToolTipText: "#ffffff",
        Role.Link: "#1d63d6",
        Role.BrightText: "#c62828",
    },
    True: {
        Role.Window: "#1f2227",
        Role.WindowText: "#e6e9ee",
        Role.Base: "#17191d",
        Role.AlternateBase: "#22262b",
        Role.Text: "#e6e9ee",
        Role.Button: "#2b2f36",
        Role.ButtonText: "#e6e9ee",
        Role.PlaceholderText: "#9aa2ae",
        Role.Mid: "#3b414a",
        Role.Midlight: "#30353d",
        Role.Light: "#4a515c",
        Role.Dark: "#121417",
        Role.Shadow: "#000000",
        Role.ToolTipBase: "#e6e9ee",
        Role.ToolTipText: "#1c2026",
        Role.Link: "#6aa5ff",
        Role.BrightText: "#ff8078",
    },
}


class Theme:
    """Dresses the application; follows the system where that is the choice."""

    def __init__(self, application: QApplication, choice: Choice = "system") -> None:
        self._application = application
        self._choice: Choice = choice
        application.setStyle("Fusion")
        sheet = (paths.resources() / "styles" / "shotglass.qss").read_text("utf-8")
        self._sheet = sheet.replace("{resources}", paths.resources().as_posix())
        application.styleHints().colorSchemeChanged.connect(lambda _scheme: self.choose(self._choice))
        self.choose(choice)

    def choose(self, choice: Choice) -> None:
        """Use the light or the dark colours, or those of the system."""
        self._choice = choice
        system_dark = self._application.styleHints().colorScheme() is Qt.ColorScheme.Dark
        dark = choice == "dark" or (choice == "system" and system_dark)
        palette = QPalette()
        for role, colour in _COLOURS[dark].items():
            palette.setColor(role, QColor(colour))
        for role in (Role.WindowText, Role.Text, Role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(_COLOURS[dark][Role.PlaceholderText]))
        palette.setColor(Role.Highlight, QColor(HIGHLIGHT))
        palette.setColor(Role.Accent, QColor(ACCENT))
        palette.setColor(Role.HighlightedText, QColor("#ffffff"))
        self._application.setPalette(palette)
        self._application.setStyleSheet("")  # a sheet keeps the colours of the palette it was set under
        self._application.setStyleSheet(self._sheet)


def draw_icon(name: str) -> QIcon:
    """The icon `resources/icons/NAME.svg`, in a colour that can be seen on light and on dark."""
    return QIcon(draw_pixmap(name, QColor(NEUTRAL), 64))


def draw_pixmap(name: str, colour: QColor, side: int) -> QPixmap:
    """The icon as a transparent picture of `side` x `side` pixels; empty where there is no such file."""
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    path = paths.resources() / "icons" / f"{name}.svg"
    if path.is_file():
        svg = path.read_text("utf-8").replace("currentColor", colour.name())
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(svg.encode())).render(painter)
        painter.end()
    return pixmap
