"""Local times as people say them, in their language."""

from datetime import datetime, timedelta

from PySide6.QtCore import QDate, QLocale

from desktop.language import tr


def say_when(when: datetime, now: datetime) -> str:
    """As short as it is clear."""
    time = f"{when:%H:%M}"
    if when.date() == now.date():
        return time
    if when.date() == now.date() - timedelta(days=1):
        return tr("Yesterday {time}", time=time)
    return _written(when, tr("d MMM") if when.year == now.year else tr("d MMM yyyy"))


def say_fully(when: datetime) -> str:
    """With the day of the week."""
    return tr("{day}, {time}", day=_written(when, tr("dddd d MMMM yyyy")), time=f"{when:%H:%M}")


def _written(when: datetime, pattern: str) -> str:
    return QLocale().toString(QDate(when.year, when.month, when.day), pattern)
