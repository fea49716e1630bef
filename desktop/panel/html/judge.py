"""Judges how alike a page and its picture are, beside the GUI thread."""

import logging
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop.job import Shot
from desktop.panel.html.photographer import Photographer, Sitting
from desktop.panel.manner import ReadTexts

if TYPE_CHECKING:
    from desktop.webpage.likeness.score import Likeness

log = logging.getLogger(__name__)


class Judge(QObject):
    """`judged` brings a page and how alike it is. What was judged once of a Shot is not judged again."""

    judged = Signal(str, object)
    _found = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.read_texts: ReadTexts | None = None
        self._shot: Shot | None = None
        self._wanted = ""
        self._known: dict[str, Likeness] = {}
        self._thread: threading.Thread | None = None
        self._shot_text: list[str] | None = None
        self._photographer = Photographer(self)
        self._photographer.taken.connect(self._begin)
        self._found.connect(self._keep)

    def judge(self, shot: Shot, page: str) -> None:
        """Say how alike they are, some seconds later; what was asked for before is given up."""
        if shot is not self._shot:
            self.forget()
            self._shot = shot
        if page in self._known:
            self._wanted = page
            self.judged.emit(page, self._known[page])
        elif page != self._wanted:
            self._wanted = page
            self._photograph()

    def forget(self) -> None:
        """Hold nothing of the Shot, and say no more about it."""
        self.rest()
        self._shot, self._shot_text = None, None
        self._known = {}

    def rest(self) -> None:
        """Begin nothing more."""
        self._wanted = ""
        self._photographer.stop()

    def _photograph(self) -> None:
        if self._shot is not None and self._wanted and self._thread is None:
            width, height = (max(1, round(side / self._shot.scale)) for side in (self._shot.width, self._shot.height))
            self._photographer.take(Sitting(self._wanted, width, height))

    def _begin(self, picture: QImage, sitting: Sitting) -> None:
        if self._shot is None or sitting.html != self._wanted or self._thread is not None:
            return
        self._photographer.stop()
        drawn = _to_shot(picture)
        work = _Work(self._shot, drawn, sitting.html, self._shot_text, self.read_texts)
        # It may be in the middle of a network's run when the program ends, and is not waited for.
        self._thread = threading.Thread(target=self._run, args=(work,), daemon=True)
        self._thread.start()

    def _run(self, work: "_Work") -> None:
        try:
            likeness = work.do()
        except Exception:
            log.exception("a page could not be judged")
            likeness = None
        try:
            self._found.emit(work, likeness)
        except RuntimeError:
            log.debug("the view of the page is gone")

    def _keep(self, work: "_Work", likeness: "Likeness | None") -> None:
        self._thread = None
        if work.shot is self._shot and likeness is not None:
            self._known[work.page] = likeness
            self._shot_text = work.shot_text
            if work.page == self._wanted:
                self.judged.emit(work.page, likeness)
        if self._wanted and self._wanted not in self._known and self._wanted != work.page:
            self._photograph()


class _Work:
    """What one thread does."""

    def __init__(
        self, shot: Shot, drawn: Shot, page: str, shot_text: list[str] | None, read_texts: ReadTexts | None
    ) -> None:
        self.shot, self.page, self.shot_text = shot, page, shot_text
        self._drawn, self._read_texts = drawn, read_texts

    def do(self) -> "Likeness":
        """Read both and compare them."""
        import numpy as np

        from desktop.webpage.likeness.score import compare

        page_text = None
        if self._read_texts is not None:
            page_text, *rest = self._read_texts(
                [self._drawn] if self.shot_text is not None else [self._drawn, self.shot]
            )
            self.shot_text = rest[0] if rest else self.shot_text
        ours, theirs = (
            np.frombuffer(one.rgb, np.uint8).reshape(one.height, one.width, 3) for one in (self._drawn, self.shot)
        )
        return compare(ours, theirs, page_text, self.shot_text)


def _to_shot(picture: QImage) -> Shot:
    """The picture of a page as a Shot; rows of a QImage may be padded."""
    width, height = picture.width(), picture.height()
    rows, step = bytes(picture.constBits()), picture.bytesPerLine()
    rgb = b"".join(rows[y * step : y * step + width * 3] for y in range(height))
    return Shot(width, height, rgb, scale=picture.devicePixelRatio(), source="page")
