"""Turns a request for a picture into a Shot: at once, after a delay, or once the user has dragged over a region."""

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage, QScreen

from desktop.capture.geometry import Screen, clamp
from desktop.capture.picker import Picker
from desktop.capture.screens import Camera, Picture, asks_first
from desktop.capture.shot import packed, shot_of
from desktop.errors import UserError
from desktop.job import Box, Shot
from desktop.language import tr, tr_later
from desktop.memory import give_back

if TYPE_CHECKING:
    from desktop.capture.wayland import WaylandCamera

log = logging.getLogger(__name__)

NO_LAST = tr_later(
    "Nothing has been captured yet: drag over a region once, then the last region can be captured again."
)
LAST_GONE = tr_later("The screen of the last region is gone or has changed: drag over the region again.")
SCREENS_CHANGED = tr_later("The screens changed during the capture: please capture again.")


class Capture(QObject):
    """The only way the app takes pictures. One capture at a time.

    `shown` says that every overlay stands on the screen; then exactly one of `taken`, `cancelled` and `failed` ends a
    capture. `taken` carries the Shot and the id of the task it is for, `failed` one sentence for the user. Before
    that, where it was asked for, `kept` brings the Shot of a region that stays for adjustment at each release, and
    `given_up` the last of them where the capture then ends without a picture.
    """

    shown = Signal()
    kept = Signal(Shot)
    given_up = Signal(Shot)
    taken = Signal(Shot, str)
    cancelled = Signal()
    failed = Signal(str)

    def __init__(
        self, parent: QObject | None = None, display: str | None = None, wayland: "WaylandCamera | None" = None
    ) -> None:
        """`display` names another X server than the environment does; `wayland` is the camera where there is none."""
        super().__init__(parent)
        self._camera = Camera(display)
        self._wayland = wayland
        if wayland:
            wayland.photographed.connect(self._use)
            wayland.picked.connect(self._take_picked)
            wayland.refused.connect(self._fail)
            wayland.dismissed.connect(self._abandon)
        self._picker = Picker(self)
        self._picker.shown.connect(self.shown)
        self._picker.kept.connect(self._keep)
        self._picker.picked.connect(self._finish)
        self._picker.dismissed.connect(self._abandon)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.timeout.connect(self._start)
        self._busy = False
        self._task_id = ""
        self._last = False
        self._keep_selection = False
        self._tell_kept = False
        self._pictures: Sequence[Picture] = ()
        self._cropped: tuple[str, Box, Shot] | None = None
        self._last_region: tuple[str, Box] | None = None
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenAdded.connect(self._react_to_screens)
            application.screenRemoved.connect(self._react_to_screens)

    @property
    def busy(self) -> bool:
        """True from `begin` until the capture ends."""
        return self._busy

    def begin(self, task_id: str, last: bool = False, delay_s: float = 0) -> None:
        """Capture for a task: a region the user drags, or the `last` region again.

        While a capture is under way no second one starts: it only goes to this task from now on.
        """
        self._task_id = task_id
        if self._busy:
            return
        self._busy, self._last = True, last
        if delay_s > 0:
            self._delay.start(round(delay_s * 1000))
        else:
            self._start()

    def cancel(self) -> None:
        """End a capture that is under way, during its delay too."""
        if self._busy:
            self._abandon()

    def warm_up(self) -> None:
        """Open what the first capture needs, so that it is as fast as the others; failures show at the capture."""
        if self._wayland:
            self._picker.prepare(self._wayland.screens())
            return
        if asks_first():
            return
        try:
            pictures = self._camera.photograph()
        except UserError as error:
            log.info("no capture yet: %s", error)
            return
        self._picker.prepare([picture.screen for picture in pictures])
        self._picker.rehearse(pictures)

    def set_keep_selection(self, keep: bool) -> None:
        """Whether a drag stays for adjustment until Enter, as it does with Ctrl; from the next capture on."""
        self._keep_selection = keep

    def set_tell_kept(self, wanted: bool) -> None:
        """Whether `kept` is said: its crop takes milliseconds, which only a model gains by."""
        self._tell_kept = wanted

    def close(self) -> None:
        """Destroy the overlays and let go of the screen."""
        self._reset()
        self._picker.discard()
        self._camera.close()

    def _start(self) -> None:
        try:
            name = self._last_screen() if self._last else None
            if self._wayland:
                self._wayland.photograph(pick=not self._last)
            else:
                self._use(self._camera.photograph(name))
        except UserError as error:
            self._fail(str(error))

    def _last_screen(self) -> str:
        """The name of the screen with the last region; raises UserError where there is none."""
        if self._last_region is None:
            raise UserError(tr(NO_LAST))
        found = self._last_of((self._wayland or self._camera).screens())
        if found is None:
            raise UserError(tr(LAST_GONE))
        return found[0].name

    def _use(self, pictures: Sequence[Picture]) -> None:
        """Go on with the pictures: the last region is cut out, else the user picks one."""
        self._pictures = pictures
        found = self._last_of(self._screens())
        if not self._last:
            self._picker.pick(pictures, self._keep_selection, found)
        elif found:
            self._finish(*found)
        else:
            self._fail(tr(LAST_GONE))

    def _take_picked(self, image: QImage) -> None:
        """End with what the user picked in the desktop's own way, of which nobody says where it was."""
        task_id = self._task_id
        self._reset()
        self.taken.emit(Shot(image.width(), image.height(), packed(image)), task_id)

    def _finish(self, screen: Screen, region: Box) -> None:
        shot, task_id = self._crop(screen, region), self._task_id
        if shot is None:
            self._fail(tr(SCREENS_CHANGED))
            return
        self._last_region = screen.name, region
        self._reset()
        self.taken.emit(shot, task_id)

    def _keep(self, screen: Screen, region: Box) -> None:
        if self._tell_kept and (shot := self._crop(screen, region)):
            self.kept.emit(shot)

    def _crop(self, screen: Screen, region: Box) -> Shot | None:
        """The Shot of a region, the same one while that does not change; None where its screen has gone."""
        if self._cropped and self._cropped[:2] == (screen.name, region):
            return self._cropped[2]
        picture = next((p for p in self._pictures if p.screen.name == screen.name), None)
        if picture is None:
            return None
        shot = shot_of(picture, region)
        self._cropped = screen.name, region, shot
        return shot

    def _abandon(self) -> None:
        self._give_up()
        self.cancelled.emit()

    def _fail(self, sentence: str) -> None:
        self._give_up()
        self.failed.emit(sentence)

    def _give_up(self) -> None:
        cropped = self._cropped
        self._reset()
        if cropped is not None:
            self.given_up.emit(cropped[2])

    def _reset(self) -> None:
        """Back to rest before anyone hears of the end: who hears may begin anew."""
        self._delay.stop()
        if self._wayland:
            self._wayland.cancel()
        self._picker.dismiss()
        self._pictures, self._cropped = (), None
        self._busy = False
        QTimer.singleShot(0, give_back)

    def _screens(self) -> list[Screen]:
        return [picture.screen for picture in self._pictures]

    def _last_of(self, screens: Sequence[Screen]) -> tuple[Screen, Box] | None:
        """The last region and its screen as it is now; None where the region no longer lies on it."""
        if self._last_region is None:
            return None
        name, region = self._last_region
        screen = next((screen for screen in screens if screen.name == name), None)
        fits = screen is not None and clamp(region, screen.logical) == region
        return (screen, region) if screen and fits else None

    def _react_to_screens(self, screen: QScreen) -> None:  # noqa: ARG002
        """Overlays over screens that came or went cannot be trusted."""
        if self._pictures:
            self._fail(tr(SCREENS_CHANGED))
