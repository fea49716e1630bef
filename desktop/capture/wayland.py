"""Photographs the screens of a Wayland desktop, which hands pictures out some time after it was asked."""

from concurrent.futures import CancelledError, Future
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop.capture.division import divide, picture_of, qt_screens
from desktop.capture.geometry import Screen
from desktop.capture.screens import NO_DISPLAY, Picture
from desktop.capture.sources import Look, Sight, look_at_screen
from desktop.errors import UserError, words_for
from desktop.foreign_window import ForeignWindow, name_active_window
from desktop.language import tr
from desktop.portal.errors import PortalDismissedError
from desktop.portal.portal import Portal


class WaylandCamera(QObject):
    """One picture at a time: exactly one of the signals follows `photograph`, unless it is `cancel`led.

    `photographed` brings the Pictures of all screens, `picked` the image of an area that the user picked in the
    desktop's own way, `refused` a sentence; `dismissed` says that the user closed the desktop's dialog. `way` names
    what brought the last picture.
    """

    photographed = Signal(list)
    picked = Signal(QImage)
    refused = Signal(str)
    dismissed = Signal()
    _arrived = Signal(object)

    def __init__(self, portal: Portal, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._portal = portal
        self.way = ""
        self._pending: Future[Sight] | None = None
        self._parent: ForeignWindow | None = None
        self._arrived.connect(self._receive)

    def screens(self) -> list[Screen]:
        """The screens as they are now."""
        return qt_screens()

    def photograph(self, pick: bool) -> None:
        """Ask for a picture; with `pick` the desktop may let the user pick an area by itself."""
        self.cancel()
        screens = qt_screens()
        if not screens:
            self.refused.emit(tr(NO_DISPLAY))
            return
        self._parent = name_active_window()
        parent = self._parent.handle if self._parent else ""
        look = Look(tuple(s.name for s in screens), len({s.scale for s in screens}) > 1, pick, parent)
        self._pending = self._portal.submit(partial(look_at_screen, look=look, first=self.way))
        self._pending.add_done_callback(self._arrived.emit)

    def cancel(self) -> None:
        """Let go of what was asked for."""
        if self._pending:
            self._pending.cancel()
        self._settle()

    def _receive(self, done: Future[Sight]) -> None:
        """In the GUI's thread: hand on what came, unless nobody waits for it any more."""
        if done is not self._pending:
            return
        self._settle()
        try:
            sight = done.result()
        except (PortalDismissedError, CancelledError):
            self.dismissed.emit()
        except Exception as error:  # noqa: BLE001 - the log has it, the user gets the calm sentence
            self.refused.emit(words_for(error))
        else:
            self.way = sight.way
            if sight.picked:
                self.picked.emit(sight.picked)
            else:
                self._develop(sight)

    def _settle(self) -> None:
        """Nothing is waited for any more, and no dialog needs a window of ours."""
        self._pending = None
        if self._parent:
            self._parent.close()
        self._parent = None

    def _develop(self, sight: Sight) -> None:
        """Pictures of the screens that are there now; one that came or went meanwhile makes them useless."""
        screens = qt_screens()
        try:
            pictures = pictures_of(sight, screens)
        except UserError as error:
            self.refused.emit(str(error))
        else:
            self.photographed.emit(pictures)


def pictures_of(sight: Sight, screens: list[Screen]) -> list[Picture]:
    """The Picture of every screen; UserError where the screens are not those that were seen."""
    if "" in sight.images:
        return divide(sight.images[""], screens)
    if set(sight.images) != {screen.name for screen in screens}:
        raise UserError(tr("The screens changed during the capture: please capture again."))
    return [picture_of(sight.images[screen.name], screen) for screen in screens]
