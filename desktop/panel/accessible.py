"""What screen readers are told: what painted widgets are, and what happened while they read elsewhere."""

from collections.abc import Mapping
from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_Role = QAccessible.Role
_Politeness = QAccessible.AnnouncementPoliteness

ROLES: Mapping[str, QAccessible.Role] = {
    "PictureView": _Role.Graphic,
    "FormulaPicture": _Role.Graphic,
    "Both": _Role.Graphic,
}
"""Classes of widgets that paint what they show; Qt would call each of them a part of a window."""


@cache
def tell_roles() -> None:
    """Let every widget of these classes say what it is; asked once, for as long as the program runs."""
    QAccessible.installFactory(_interface)


def announce(widget: QWidget, words: str, urgent: bool = False) -> None:
    """Have a screen reader say something about a widget: when it has time, or at once. Without one nothing is done."""
    event = QAccessibleAnnouncementEvent(widget, words)
    event.setPoliteness(_Politeness.Assertive if urgent else _Politeness.Polite)
    QAccessible.updateAccessibility(event)


def _interface(name: str, one: QObject) -> QAccessibleWidget | None:
    """Qt asks for each class of an object, its own first."""
    role = ROLES.get(name)
    return QAccessibleWidget(one, role) if role and isinstance(one, QWidget) else None
