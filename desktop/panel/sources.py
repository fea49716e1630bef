"""Pictures that are dropped on a panel or pasted into it."""

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage


def pictures_in(mime: QMimeData) -> list[Path | QImage]:
    """The files, or else the picture, that were dropped or pasted; empty where there is neither."""
    files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    if files:
        return list(files)
    image = QImage(mime.imageData()) if mime.hasImage() else QImage()
    return [] if image.isNull() else [image]
