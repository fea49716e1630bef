"""The program's icon as the files that Windows and macOS want, drawn from its SVG."""

import sys
from pathlib import Path

SUFFIXES = {"win32": ".ico", "darwin": ".icns"}
SIZE = 256


def draw_icon(root: Path, folder: Path, platform: str = sys.platform) -> str | None:
    """The file of the icon for that system, written into the folder; None where programs carry no icon."""
    suffix = SUFFIXES.get(platform)
    if suffix is None:
        return None
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(SIZE, SIZE, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(root / "resources" / "icons" / "shotglass.svg")).render(painter)
    painter.end()
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"shotglass{suffix}"
    if not image.save(str(file)):
        raise SystemExit(f"The icon {file} could not be written.")
    return str(file)
