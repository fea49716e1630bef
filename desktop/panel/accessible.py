"""What screen readers are told: what painted widgets are, and what happened while they read elsewhere."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_Politeness = QAccessible.AnnouncementPoliteness

_pictures: dict[int, QAccessibleWidget] = {}
"""What stands for each painted widget; Qt deletes it with the widget, before it is taken out of here."""


def be_picture(widget: QWidget) -> None:
    """Let a widget that paints what it shows pass for a picture; Qt would call it a part of a window.

    A factory for classes would be asked about objects of the browser engine, too, which Python cannot hold. Qt knows
    it by the widget's class as it is now: methods of that class that become slots later must be marked as such.
    """
    picture = QAccessibleWidget(widget, QAccessible.Role.Graphic)
    number = id(picture)
    _pictures[number] = picture
    QAccessible.registerAccessibleInterface(picture)
    widget.destroyed.connect(lambda _widget: _pictures.pop(number))


def announce(widget: QWidget, words: str, urgent: bool = False) -> None:
    """Have a screen reader say something about a widget: when it has time, or at once. Without one nothing is done."""
    event = QAccessibleAnnouncementEvent(widget, words)
    event.setPoliteness(_Politeness.Assertive if urgent else _Politeness.Polite)
    QAccessible.updateAccessibility(event)
