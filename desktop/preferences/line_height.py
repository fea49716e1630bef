"""Fields for numbers as high as the choices beside them, in which words of any script have room."""

from PySide6.QtWidgets import QAbstractSpinBox, QComboBox


def make_even(*fields: QAbstractSpinBox) -> None:
    """Let them be no lower than a choice."""
    height = QComboBox().sizeHint().height()
    for field in fields:
        field.setMinimumHeight(height)
