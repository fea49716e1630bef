"""The embedded engine: text and codes by the PP-OCR models inside the rapidocr wheel; CPU, no download."""

import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from desktop.engine.api import Capabilities, EngineError, Progress
from desktop.engine.codes import find_codes
from desktop.job import Job, Line, Shot, State, Update
from desktop.language import tr, tr_later

if TYPE_CHECKING:
    from desktop.engine.network import Stop
    from desktop.engine.page_reader import PageReader

NOTHING = tr_later("No text found in this picture.")
NOT_LOADED = tr_later("The embedded OCR engine is not loaded; choose it again in the tray menu.")
UPDATE_INTERVAL_S = 0.05
WRITING_SHARE = 8  # a long page is set anew so seldom that setting it stays a small part of the work


class OcrEngine:
    """Answers the Text task. A Word is one ideograph with the signs after it, or what stands between two spaces."""

    def __init__(self) -> None:
        self.capabilities = Capabilities("ocr", tr("Embedded OCR"), model=False, parallel_jobs=4)
        self._reader: PageReader | None = None
        self._stops: WeakValueDictionary[str, Stop] = WeakValueDictionary()
        self._guard = threading.Lock()

    def load(self, progress: Progress) -> None:
        """Read both networks and run each once, since a first run is slow. Raises EngineError."""
        if self._reader is not None:
            return
        progress(0.0, tr("Loading the OCR models"))
        from desktop.engine.page_reader import PageReader

        reader = PageReader()
        progress(0.5, tr("Warming up"))
        reader.warm_up()
        self._reader = reader
        progress(1.0, tr("Ready"))

    def prepare(self, _shot: Shot) -> Iterator[None]:
        """Nothing: a picture may never be asked about, and reading it takes the whole processor."""
        return iter(())

    def submit(self, job: Job) -> Iterator[Update]:
        """Read a Shot line by line. Raises EngineError where the engine is not loaded."""
        if self._reader is None:
            raise EngineError(tr(NOT_LOADED))
        from desktop.engine.network import Stop

        stop = Stop()
        with self._guard:
            self._stops[job.id] = stop
        return self._answer(job, self._reader, stop)

    def cancel(self, job_id: str) -> None:
        """End the job's run, even in the middle of the detection."""
        with self._guard:
            stop = self._stops.get(job_id)
        if stop is not None:
            stop.set()

    def close(self) -> None:
        """Give the networks back."""
        self._reader = None

    def _answer(self, job: Job, reader: "PageReader", stop: "Stop") -> Iterator[Update]:
        from desktop.engine.network import Cancelled
        from desktop.engine.transcript import write

        update = Update(job.id, State.RUNNING)
        try:
            said: list[Line] | None = None
            for lines in self._lines(job.shot, reader, stop):
                if lines is not said:
                    said, update = lines, Update(job.id, State.RUNNING, write(lines), tuple(lines))
                yield update
        except Cancelled:
            yield Update(job.id, State.CANCELLED, update.text, update.lines)
            return
        note = "" if update.lines else tr(NOTHING)
        yield Update(job.id, State.DONE, update.text, update.lines, note=note)

    def _lines(self, shot: Shot, reader: "PageReader", stop: "Stop") -> Iterator[list[Line]]:
        """All lines so far, after every step."""
        from desktop.engine.transcript import Transcript

        picture = reader.picture(shot)
        codes = [Line(c.text, c.box, code=c.code, paragraph=i) for i, c in enumerate(find_codes(picture))]
        yield codes
        places = []
        for found in reader.find(picture, shot.scale, stop):
            places = found or []
            yield codes
        transcript = Transcript([reader.box(place, picture) for place in places])
        written, rest = time.monotonic(), UPDATE_INTERVAL_S
        lines = codes
        for index in transcript.order:
            transcript.add(index, reader.read(picture, places[index], stop))
            if (start := time.monotonic()) - written > rest:
                lines = codes + transcript.lines(len(codes))
                written = time.monotonic()
                rest = max(UPDATE_INTERVAL_S, WRITING_SHARE * (written - start))
            yield lines
        yield codes + transcript.lines(len(codes))
