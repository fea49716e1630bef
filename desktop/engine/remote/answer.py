"""One job's text in the making: loops and stop words end it, boxes are brought to pixels of the Shot."""

import time
from dataclasses import dataclass, field, replace

from desktop.amounts import size_in_words
from desktop.engine.answers import stop_place
from desktop.engine.notes import CUT, FULL, REDUCED, REPEATED
from desktop.engine.remote.picture import SentPicture
from desktop.engine.remote.reply import Reply
from desktop.engine.repetition import LineGuard, PieceGuard
from desktop.engine.reply import Shaper
from desktop.job import Job, State, Update
from desktop.language import in_a_row, tr


@dataclass(slots=True)
class Answer:
    """`ended` is True once no text follows; `note` says why it ended early, `error` is what kept the rest away."""

    job: Job
    reply: Reply
    text: str = ""
    note: str = ""
    ended: bool = False
    error: Exception | None = None
    _pieces: PieceGuard = field(default_factory=PieceGuard)
    _lines: LineGuard = field(default_factory=LineGuard)
    _shaper: Shaper = field(init=False)

    def __post_init__(self) -> None:
        self._shaper = Shaper(self.job)

    def show(self) -> None:
        """Take what came into the text."""
        over = self.reply.ended
        new = self.reply.drain()
        for start in range(0, len(new), 64):  # a long piece may hold many copies of a loop
            piece = new[start : start + 64]
            self.text += piece
            loop = self._pieces.feed(piece) or self._lines.feed(piece)
            if loop:
                self.text, self.note, self.ended = self.text[: loop.end], tr(REPEATED), True
                return
        if (place := stop_place(self.text, self.job.task.stop)) is not None:
            self.text, self.ended = self.text[:place], True
        elif over:
            self.ended, self.error = True, self.reply.error
            if self.reply.finish == "length":
                most, usage = self.job.task.max_tokens, self.reply.usage
                said = usage.completion_tokens if usage else most
                self.note = tr(FULL if said < most else CUT, tokens=f"{said:,}")

    def update(self, state: State) -> Update:
        """What there is to say now."""
        picture, shot = self.reply.picture, self.job.shot
        seen = (picture.width, picture.height) if picture else (shot.width, shot.height)
        text, lines = self._shaper.shape(self.text, seen, whole=self.ended or state.final)
        details = self._details(picture) if picture else ""
        update = Update(self.job.id, state, text, lines, words=self.text, details=details, place=self.reply.place)
        reduced = ""
        if picture is not None and picture.is_less_than(shot):
            share = seen[0] * seen[1] / (shot.width * shot.height)
            reduced = tr(REDUCED, width=seen[0], height=seen[1], share=round(share * 100))
        more = bool(reduced) and not self.job.full_size
        return replace(update, note=in_a_row(self.note, reduced), reduced=more)

    def _details(self, picture: SentPicture) -> str:
        reply, usage = self.reply, self.reply.usage
        first = reply.first - reply.begun
        seconds = time.monotonic() - reply.first
        said = usage.completion_tokens if usage else 0
        asked = usage.prompt_tokens if usage else 0
        details = (
            tr("{model} at {host}", model=reply.model, host=reply.host),
            tr(
                "sent as {kind} of {width} × {height} pixels, {size}",
                kind=picture.kind,
                width=picture.width,
                height=picture.height,
                size=size_in_words(picture.size),
            ),
            tr("{asked} tokens asked, {said} said", asked=f"{asked:,}", said=f"{said:,}") if usage else "",
            tr("first word {seconds} s", seconds=f"{first:.2f}") if reply.first else "",
            tr("{rate} tokens/s", rate=round(said / seconds)) if reply.first and said > 1 and seconds > 0 else "",
        )
        return " · ".join(filter(None, details))
