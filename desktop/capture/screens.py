"""Photographs every screen before any window of ours shows."""

import logging
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

import mss
from mss.exception import ScreenShotError
from PySide6.QtGui import QGuiApplication, QImage, QScreen

from desktop.capture.geometry import Screen
from desktop.errors import UserError
from desktop.job import Box
from desktop.language import tr, tr_later

log = logging.getLogger(__name__)

_Seen = TypeVar("_Seen")

NO_DISPLAY = tr_later("There is no screen to photograph: start Shotglass inside a desktop session.")
WAYLAND = tr_later(
    "Wayland lets no program photograph the screen: use the desktop's own screenshot key, then paste the picture."
)
REFUSED = tr_later(
    "The screen could not be photographed: try again, or use the desktop's own screenshot key and paste the picture."
)

# mss asserts that a broken connection answers; without assertions it follows a null pointer, which is a ValueError.
UNREADABLE = (ScreenShotError, OSError, AssertionError, ValueError)


@dataclass(frozen=True, slots=True)
class Picture:
    """The frozen picture of one screen: `image` is RGB32 in device pixels and reads the memory of `raw`."""

    screen: Screen
    image: QImage
    raw: bytearray = field(repr=False)


class Camera:
    """Holds the connection to the screen, since opening it costs more than a picture.

    `display` names another X server than the one of the environment.
    """

    def __init__(self, display: str | None = None) -> None:
        self._display = display
        self._grabber: mss.MSS | None = None
        self._layout: tuple[object, ...] = ()

    def screens(self) -> list[Screen]:
        """The screens as they are now; UserError where there are none that can be photographed."""
        return self._twice(lambda: [screen for screen, _ in self._matched()])

    def photograph(self, only: str | None = None) -> list[Picture]:
        """The pictures of all screens, or of the one named `only`.

        UserError where the system does not hand them out.
        """
        with _without_own_windows():
            return self._twice(lambda: self._photograph(only))

    def close(self) -> None:
        """Let go of the screen; the next picture opens it again."""
        grabber, self._grabber = self._grabber, None
        if grabber:
            with suppress(*UNREADABLE):
                grabber.close()

    def _twice(self, look: Callable[[], list[_Seen]]) -> list[_Seen]:
        """Look, and look again through a new connection, since one goes stale as screens change."""
        for last in (False, True):
            try:
                return look()
            except UNREADABLE as error:
                log.info("the screen could not be read: %s", error)
                self.close()
                if last:
                    raise UserError(tr(REFUSED)) from error
        return []

    def _photograph(self, only: str | None) -> list[Picture]:
        grabber = self._opened()
        pictures = []
        for screen, monitor in self._matched():
            if only is not None and screen.name != only:
                continue
            grab = grabber.grab(monitor)
            image = QImage(grab.raw, grab.width, grab.height, grab.width * 4, QImage.Format.Format_RGB32)
            pictures.append(Picture(_measured(screen, grab.width, grab.height), image, grab.raw))
        return pictures

    def _matched(self) -> list[tuple[Screen, dict[str, Any]]]:
        monitors = _single(self._opened().monitors)
        pairs = [_match(screen, monitors) for screen in QGuiApplication.screens()]
        found = [pair for pair in pairs if pair]
        if not found:
            raise ScreenShotError("no monitor stands where Qt has a screen")
        return found

    def _opened(self) -> mss.MSS:
        """The connection, opened again where the screens are no longer those it knew: it never asks twice."""
        _check_session(self._display)
        layout = tuple(_key(screen) for screen in QGuiApplication.screens())
        if layout != self._layout:
            self.close()
        if self._grabber is None:
            if sys.platform == "darwin":
                _want_every_pixel()
            self._grabber = mss.MSS(display=self._display) if self._display else mss.MSS()
            self._layout = layout
        return self._grabber


def _without_own_windows() -> AbstractContextManager[None]:
    """On Windows the system can leave our windows out of pictures while the user sees them on."""
    if sys.platform == "win32":
        from desktop.capture.own_windows import left_out

        return left_out()
    return nullcontext()


def _check_session(display: str | None) -> None:
    """Raise UserError where no program may photograph the screen."""
    if sys.platform == "darwin":
        from desktop.capture.permission import check_permission

        check_permission()
    if not sys.platform.startswith("linux"):
        return
    if QGuiApplication.platformName().startswith("wayland") or os.environ.get("WAYLAND_DISPLAY"):
        raise UserError(tr(WAYLAND))
    if not (display or os.environ.get("DISPLAY")):
        raise UserError(tr(NO_DISPLAY))


def asks_first() -> bool:
    """Whether the system would ask the user before it handed out a picture now."""
    if sys.platform == "darwin":
        from desktop.capture.permission import is_allowed

        return not is_allowed()
    return False


def _want_every_pixel() -> None:
    """Have mss take pictures of macOS at the resolution of the screen, not at one pixel a point."""
    from mss import darwin

    darwin.IMAGE_OPTIONS &= ~darwin.kCGWindowImageNominalResolution


def _key(screen: QScreen) -> tuple[object, ...]:
    return screen.name(), screen.geometry().getRect(), screen.devicePixelRatio()


def _single(monitors: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    """The monitors without the leading entry that stands for all of them, unless it is the only one."""
    return monitors[1:] or monitors


def _match(screen: QScreen, monitors: Sequence[dict[str, Any]]) -> tuple[Screen, dict[str, Any]] | None:
    """The monitor of a Qt screen, and the screen with both its places.

    Names agree nowhere and the orders differ, but Qt leaves the origins of screens native. Sizes only choose among
    monitors with one origin: under mirroring, and on macOS, where monitors are measured in logical pixels.
    """
    place, ratio = screen.geometry(), screen.devicePixelRatio()
    here = [m for m in monitors if abs(m["left"] - place.x()) <= 1 and abs(m["top"] - place.y()) <= 1]
    if not here:
        return None
    wanted = place.width() * ratio, place.height() * ratio
    monitor = min(here, key=lambda m: abs(m["width"] - wanted[0]) + abs(m["height"] - wanted[1]))
    left, top = monitor["left"], monitor["top"]
    logical = Box(place.x(), place.y(), place.x() + place.width(), place.y() + place.height())
    device = Box(left, top, left + monitor["width"], top + monitor["height"])
    return Screen(screen.name(), logical, ratio, device), monitor


def _measured(screen: Screen, width: int, height: int) -> Screen:
    """The screen with the size and the scale that its picture really has: on macOS either may be another one."""
    left, top = screen.device.left, screen.device.top
    told = abs(width - screen.logical.width * screen.scale) <= screen.scale  # logical sizes are rounded
    scale = screen.scale if told else width / screen.logical.width
    return Screen(screen.name, screen.logical, scale, Box(left, top, left + width, top + height))
