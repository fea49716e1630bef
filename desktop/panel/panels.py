"""All panels that are open: new ones for new pictures, Updates to the panel that asked."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QImage

from desktop.batch.sources import are_many
from desktop.errors import UserError
from desktop.job import Box, Job, Shot, Task, Update
from desktop.language import in_a_row
from desktop.model_work import ModelWork
from desktop.panel.conversation import Conversation
from desktop.panel.manner import Manner
from desktop.panel.panel import Panel
from desktop.picture import read_picture


class Panels(QObject):
    """Opens and closes panels. `asked` brings the Jobs started in any of them, `answered` the Conversation of one that
    ended with an answer, whole or as far as it came.

    `many_given` brings files and folders that are more than a panel is made for.
    `awaited` brings the Shots whose task waits for the user's question. `chosen` brings what was picked of all tasks'
    options, `switched` all habits, both as a Manner holds them.
    `to_shot` makes a Shot of a picture that was pasted. A panel that is neither pinned nor busy makes room when the
    next picture is taken. The last one that was closed is kept: `open_last` shows it again, the next picture uses it.
    """

    asked = Signal(Job)
    awaited = Signal(Shot)
    answered = Signal(Conversation)
    chosen = Signal(dict)
    switched = Signal(dict)
    stopped = Signal(str)
    many_given = Signal(list)
    link_clicked = Signal(str)
    history_asked = Signal()
    work_agreed = Signal(ModelWork)
    work_halted = Signal()
    shown = Signal()

    def __init__(self, manner: Manner, to_shot: Callable[[QImage], Shot], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.manner = manner
        self.keep_open = False
        self._to_shot = to_shot
        self._open: list[Panel] = []
        self._last: Panel | None = None
        self._outdated: list[Panel] = []
        self._work = ModelWork()

    @property
    def any_open(self) -> bool:
        """True while a panel stands on the screen."""
        return bool(self._open)

    def set_auto_copy(self, wanted: bool) -> None:
        """Copy texts by themselves, or not."""
        self._set_manner(replace(self.manner, auto_copy=wanted))

    def set_math_signs(self, signs: str) -> None:
        """Copy LaTeX between these signs, as the settings name them."""
        self._set_manner(replace(self.manner, math_signs=signs))

    def set_has_model(self, has_model: bool) -> None:
        """Show at once which tasks can be asked, and whether questions can."""
        self._set_manner(replace(self.manner, has_model=has_model))

    def set_place(self, place: str) -> None:
        """Show at once which host pictures leave this computer for, '' for none."""
        self._set_manner(replace(self.manner, place=place))

    def set_tasks(self, tasks: Sequence[Task]) -> None:
        """Offer these tasks at once."""
        self._set_manner(replace(self.manner, tasks=tasks))

    def open_shot(self, shot: Shot, task_id: str, at_pointer: bool = False) -> None:
        """Open a panel beside the Shot's region, or beside the pointer, and start the task in it."""
        self._make_room()
        panel = self._add()
        panel.ask(shot, task_id)
        self._show(panel, _at_pointer() if at_pointer else shot.region)

    def reopen(self, talks: Sequence[Conversation]) -> None:
        """Open a panel beside the pointer with conversations about one Shot that were kept, the first in front."""
        panel = next((panel for panel in self._open if panel.talks and panel.talks.holds(talks[0].key)), None)
        if panel is None:
            self._make_room()
            panel = self._add()
            panel.reopen(talks)
        self._show(panel, _at_pointer())

    def open_pictures(self, pictures: list[Path | QImage]) -> None:
        """Open a panel for the picture that was given, with the first task; say what cannot be read."""
        files = [picture for picture in pictures if isinstance(picture, Path)]
        if are_many(map(str, files)):
            self.many_given.emit(files)
            return
        problems = []
        for picture in pictures:
            try:
                shot = read_picture(picture) if isinstance(picture, Path) else self._to_shot(picture)
            except UserError as error:
                problems.append(str(error))
            else:
                self.open_shot(shot, self.manner.tasks[0].id)
        if problems:  # said last, or the next picture's panel would take the sentence's place
            self.say(in_a_row(*problems))

    def show_update(self, update: Update) -> None:
        """Hand an Update to the panel that asked."""
        for panel in self._all():
            talk = panel.show_update(update)
            if talk is not None and update.state.final and update.text:
                self.answered.emit(talk)

    def show_work(self, work: ModelWork) -> None:
        """Show what is being done with a model in every panel without one; later panels show it while it runs."""
        self._work = work
        for panel in self._all():
            panel.show_work(work)

    def say(self, sentence: str, link: str = "") -> None:
        """Show a sentence in a panel of its own, or below those in the one that says such things already."""
        panel = next((panel for panel in self._open if panel.shot is None), None) or self._add()
        panel.welcome(sentence, link)
        self._show(panel, None)

    def open_last(self, sentence: str) -> None:
        """Show the newest panel again, or one that says `sentence` where there is none."""
        panel = self._open[-1] if self._open else self._last
        if panel is None:
            self.say(sentence)
            return
        if panel is self._last:
            self._last = None
            self._open.append(panel)
        self._show(panel, panel.shot.region if panel.shot else None)

    def renew(self) -> None:
        """Use none of the present panels for another picture: they speak the language of before."""
        self._outdated = self._all()

    def close_all(self) -> None:
        """Close every panel; what runs in them is stopped."""
        for panel in list(self._open):
            panel.close()

    def _all(self) -> list[Panel]:
        return [*self._open, self._last] if self._last else list(self._open)

    def _set_manner(self, manner: Manner) -> None:
        if manner != self.manner:
            self.manner = manner
            for panel in self._all():
                panel.set_manner(manner)

    def _keep_choice(self, task_id: str, chosen: dict[str, str]) -> None:
        """Ask a task in every panel as it was chosen in one."""
        self._set_manner(replace(self.manner, choices={**self.manner.choices, task_id: chosen}))
        self.chosen.emit(self.manner.choices)

    def _keep_habit(self, habit: str, on: bool) -> None:
        """Show later pictures as one is shown now."""
        self._set_manner(replace(self.manner, habits={**self.manner.habits, habit: on}))
        self.switched.emit(self.manner.habits)

    def _add(self) -> Panel:
        """A panel to be filled: the last one that was closed, or a new one where none is."""
        if self._last in self._outdated:
            self._forget_last()
        panel = self._last or self._make()
        self._last = None
        panel.clear()
        if self._work.running:
            panel.show_work(self._work)
        self._open.append(panel)
        return panel

    def _make(self) -> Panel:
        panel = Panel(self.manner)
        panel.asked.connect(self.asked)
        panel.awaited.connect(self.awaited)
        panel.chosen.connect(self._keep_choice)
        panel.switched.connect(self._keep_habit)
        panel.stopped.connect(self.stopped)
        panel.link_clicked.connect(self.link_clicked)
        panel.history_asked.connect(self.history_asked)
        panel.strip.agreed.connect(self.work_agreed)
        panel.strip.halted.connect(self.work_halted)
        panel.given.connect(self.open_pictures)
        panel.dismissed.connect(lambda: self._put_away(panel))
        return panel

    def _show(self, panel: Panel, region: Box | None) -> None:
        screens = [_box(screen.availableGeometry()) for screen in QGuiApplication.screens()]
        taken = [_box(other.geometry()) for other in self._open if other is not panel]
        panel.show_beside(region, screens, QCursor.pos().toTuple(), taken)
        self.shown.emit()

    def _make_room(self) -> None:
        for panel in list(self._open):
            if not (self.keep_open or panel.pinned or panel.busy or panel.asking):
                panel.close()

    def _put_away(self, panel: Panel) -> None:
        """Keep a closed panel as the last one; the one before it is forgotten."""
        if panel not in self._open:
            return
        self._open.remove(panel)
        self._forget_last()
        self._last = panel

    def _forget_last(self) -> None:
        if self._last is not None:
            self._outdated = [panel for panel in self._outdated if panel is not self._last]
            self._last.deleteLater()
            self._last = None


def _at_pointer() -> Box:
    x, y = QCursor.pos().toTuple()
    return Box(x, y, x + 1, y + 1)


def _box(area: QRect) -> Box:
    return Box(area.x(), area.y(), area.x() + area.width(), area.y() + area.height())
