"""One floating answer: the picture, its task, the text as it streams, and what can be done with it."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.job import Box, Job, Shot, State, Update
from desktop.language import tr
from desktop.model_work import ModelWork
from desktop.panel import keys
from desktop.panel.accessible import announce
from desktop.panel.actions import copy_text
from desktop.panel.answer_text import PLACEHOLDER
from desktop.panel.buttons import Buttons
from desktop.panel.conversation import Conversation
from desktop.panel.deeds import Deeds
from desktop.panel.header import Header
from desktop.panel.key_sheet import KeySheet
from desktop.panel.manner import Manner
from desktop.panel.message import AGAIN_LINK, FULL_SIZE_LINK, GET_MODEL_LINK, Message
from desktop.panel.placement import place
from desktop.panel.question_box import QuestionBox
from desktop.panel.room import Room
from desktop.panel.sources import pictures_in
from desktop.panel.splitter import Border
from desktop.panel.stacking import ABOVE, Stacking
from desktop.panel.tab_order import step
from desktop.panel.talks import Talks
from desktop.panel.task_row import TaskRow
from desktop.panel.view import View
from desktop.panel.views import Views
from desktop.work_strip import WorkStrip

SIZE = (480, 420)


class Panel(QWidget):
    """Floats on top until it is closed. `asked` brings the Jobs started in it, `given` pictures dropped or pasted.

    Every task has its own conversation about the Shot: picking another task leads to that task's, and picking the same
    one again begins anew. `chosen` brings a task's id and what was picked of its options, `switched` a habit and how
    it is now. `awaited` brings a Shot whose task waits for the user's question.
    """

    asked = Signal(Job)
    awaited = Signal(Shot)
    stopped = Signal(str)
    given = Signal(list)
    chosen = Signal(str, dict)
    switched = Signal(str, bool)
    link_clicked = Signal(str)
    history_asked = Signal()
    dismissed = Signal()

    def __init__(self, manner: Manner, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | ABOVE)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("Shotglass")
        self.talks: Talks | None = None
        self._manner = manner
        self.header = Header(self)
        self.message = Message(self)
        self.strip = WorkStrip(self)
        self.views = Views(manner, self)
        self.deeds = Deeds(self.views, self)
        self.question = QuestionBox(self)
        self.tasks = TaskRow(manner.tasks, self)
        self.buttons = Buttons(self)
        self.room = Room(self)
        self.setAcceptDrops(True)
        Stacking(self)
        self._build()
        self._connect()
        self.set_manner(manner)
        self.resize(*SIZE)

    @property
    def view(self) -> View:
        """The view that is shown."""
        return self.views.current

    @property
    def shot(self) -> Shot | None:
        """The picture it is about, if any."""
        return self.talks.shot if self.talks else None

    @property
    def shown(self) -> Conversation | None:
        """The conversation that is shown; None before the first question."""
        return self.talks.shown if self.talks else None

    @property
    def busy(self) -> bool:
        """True while more of an answer may come."""
        return self.talks is not None and self.talks.busy

    @property
    def pinned(self) -> bool:
        """True where the user wants it to stay when another picture is taken."""
        return self.header.pin.isChecked()

    @property
    def asking(self) -> bool:
        """True while one of its dialogs waits for the user."""
        return any(dialog.isVisible() for dialog in self.findChildren(QDialog))

    def set_manner(self, manner: Manner) -> None:
        """Behave in that manner from now on; the model that was got for an answer here gives it."""
        awaited = manner.has_model and not self._manner.has_model and self._awaits_model()
        self._manner = manner
        self.views.set_manner(manner)
        if self.talks is not None:
            self.talks.manner = manner
        self.tasks.offer(manner.tasks)
        self.tasks.dim(manner.has_model)
        self.tasks.mark(self.talks.task.id if self.talks else "")
        self._show_state()
        if awaited:
            self.strip.dismiss()
            self._ask_again()

    def clear(self) -> None:
        """Be as new, to be used again."""
        self.talks = None
        self.header.clear()
        self.tasks.mark("")
        self.question.clear()
        self.views.clear()
        self.room.make(self.views, self.view.comfort())
        self.message.say("")
        self.strip.dismiss()
        self._show_state()

    def ask(self, shot: Shot, task_id: str) -> None:
        """Show the Shot and start a task on it, or wait for the question that the task needs."""
        task = self._manner.task(task_id)
        if task is None:
            return
        talks = Talks(shot, task, self._manner)
        self._begin(talks)
        self._go_on(talks.begin())

    def reopen(self, talks: Sequence[Conversation]) -> None:
        """Show the first of conversations about one Shot that were kept; the others are where their tasks are."""
        first = talks[0]
        self._begin(Talks(first.job.shot, self._manner.task(first.task.id) or first.task, self._manner, talks))
        self._go_on(None)

    def show_update(self, update: Update) -> Conversation | None:
        """Take in what the engine says about one of this panel's jobs; its conversation, None where it is another's."""
        shown = self.talks is not None and self.talks.take(update)
        talk = self.talks.find(update.job_id) if self.talks else None
        if shown:
            self._show()
            if update.state is State.DONE:
                announce(self.views, tr("The answer is complete."))
            if talk and update.state is State.DONE and self._manner.copies(talk.job.task, update.text):
                copy_text(self.view.as_shown(update.text))
                self.header.status.setText(tr("{status} · copied", status=self.header.status.text()))
        return talk

    def show_work(self, work: ModelWork) -> None:
        """Show what is being done with a model, where none answers here."""
        if not (self._manner.has_model and self.strip.isHidden()):
            self.strip.show_work(work)

    def welcome(self, sentence: str, link: str = "") -> None:
        """Be a panel without a picture, which says how to take one, below what it says already."""
        self.header.title.setText("Shotglass")
        self.views.invite(tr(PLACEHOLDER))
        place = self._manner.place
        here = tr("local, private, on your own computer")
        self.header.status.setText(tr("pictures are sent to {host}", host=place) if place else here)
        self.message.add(sentence, link)

    def show_beside(
        self, region: Box | None, screens: Sequence[Box], pointer: tuple[int, int], taken: Sequence[Box] = ()
    ) -> None:
        """Come up beside the region, with the keyboard; where there is room also beside what is `taken`."""
        self.ensurePolished()  # before it is shown it does not know yet how much room its own parts need
        size = self.size().expandedTo(self.minimumSizeHint())
        box = place((size.width(), size.height()), region, screens, pointer, taken)
        self.setGeometry(box.left, box.top, box.width, box.height)
        self.show()
        self.raise_()
        self.activateWindow()
        (self.question if self._waits() else self.views).setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what still runs."""
        self.stop()
        self.dismissed.emit()
        super().closeEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt calls it by this name
        """Go to what stands next, also where that was made later."""
        return step(self, forward)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and pictures."""
        if pictures_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand on what was dropped."""
        event.acceptProposedAction()
        self.given.emit(pictures_in(event.mimeData()))

    def stop(self) -> None:
        """End the running job; what it said so far stays."""
        if self.shown and self.busy:
            self.stopped.emit(self.shown.job.id)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.setSpacing(8)
        for part in (self.header, self.message, self.strip, self.views, self.question, self.tasks, self.buttons):
            layout.addWidget(part)
        layout.setStretchFactor(self.views, 1)

    def _connect(self) -> None:
        self.header.close_clicked.connect(self.close)
        self.tasks.picked.connect(self._pick)
        self.question.sent.connect(self._send)
        self.views.sent.connect(self._send)
        self.views.switched.connect(self._switch)
        self.views.reported.connect(self._report)
        self.header.options.changed.connect(self._choose)
        self.message.linkActivated.connect(self._follow_link)
        self.buttons.stop.clicked.connect(self.stop)
        self.deeds.reported.connect(self._report)
        self.deeds.refused.connect(self.message.say)
        self.deeds.given.connect(self.given)
        self.buttons.copy.clicked.connect(self.deeds.copy)
        self.buttons.paragraph.clicked.connect(self.deeds.copy_paragraph)
        self.buttons.save.clicked.connect(self.deeds.save)
        self.buttons.again.triggered.connect(self._ask_again)
        self.buttons.clear.triggered.connect(self._forget_talk)
        self.buttons.sheet.triggered.connect(self._show_keys)
        deeds: Mapping[keys.Key, Callable[[], object]] = {
            keys.ESCAPE: self._escape,
            keys.CLOSE: self.close,
            keys.COPY: self.buttons.copy.click,  # a button that is disabled does nothing
            keys.PARAGRAPH: self.buttons.paragraph.click,
            keys.SAVE: self.buttons.save.click,
            keys.PASTE: self.deeds.paste,
            keys.OPEN: self.deeds.open,
            keys.HISTORY: self.history_asked.emit,
        }
        keys.bind(self, deeds)

    def _report(self, words: str) -> None:
        """Tell what was done, and no longer what was refused before."""
        self.message.show_update(self.shown.latest if self.shown else None)
        self.header.status.setText(words)
        announce(self.header.status, words)

    def _begin(self, talks: Talks) -> None:
        """Be about another Shot."""
        self.talks = talks
        self.views.invite("")
        self.header.show_picture(talks.shot)

    def _show_keys(self) -> None:
        """Open the sheet of keys that work now."""
        has_border = any(border.isVisible() for border in self.findChildren(Border))
        mine = [(tr("Panel"), keys.PANEL)]
        others = [
            (tr("Tasks"), self.tasks.shortcuts),
            (self.header.title.text(), self.view.shortcuts),
            (tr("Border between two parts (Tab)"), keys.BORDER if has_border else ()),
        ]
        KeySheet(mine, others, self).open()

    def _escape(self) -> None:
        """Stop first, then close."""
        if self.busy:
            self.stop()
        else:
            self.close()

    def _pick(self, task_id: str) -> None:
        """Go to what was said of a task."""
        task = self._manner.task(task_id)
        if self.talks is None or task is None:
            self.tasks.mark("")
            return
        self.stop()
        self._go_on(self.talks.pick(task))

    def _send(self, question: str) -> None:
        if self.talks is not None:
            self._go_on(self.talks.send(question))

    def _choose(self, chosen: dict[str, str]) -> None:
        """Keep what was chosen of the task's options, and ask anew."""
        if self.talks is not None:
            self.stop()
            self.chosen.emit(self.talks.task.id, chosen)
            self._go_on(self.talks.begin())

    def _switch(self, habit: str, on: bool) -> None:
        """Show the same otherwise."""
        self.views.show_conversation(self.shown)
        self._make_room()
        self.switched.emit(habit, on)

    def _follow_link(self, link: str) -> None:
        """Ask again where a link offers that; the others lead out of the panel."""
        if link == GET_MODEL_LINK:
            self.strip.expect()
        if self.talks is None or link not in (AGAIN_LINK, FULL_SIZE_LINK):
            self.link_clicked.emit(link)
            return
        self.stop()
        self._go_on(self.talks.again(full_size=link == FULL_SIZE_LINK))

    def _ask_again(self) -> None:
        """Ask for the newest answer anew."""
        if self.talks is not None and self.shown is not None:
            self.stop()
            self._go_on(self.talks.again(self.shown.job.full_size))

    def _forget_talk(self) -> None:
        """Forget what was said of this task."""
        if self.talks is not None:
            self.stop()
            self.talks.forget()
            self._go_on(None)

    def _go_on(self, job: Job | None) -> None:
        """Show the task as it stands, and have its job done, if any."""
        if self.talks is None:
            return
        task = self.talks.task
        self.tasks.mark(task.id)
        self.views.turn_to(task.answer)
        self.header.title.setText(tr(task.title))
        self.header.show_options(task.options, self.talks.chosen)
        self.header.show_tools(self.view.tools)
        self._show()
        if self._waits():
            self.question.setFocus()
            self.awaited.emit(self.talks.shot)
        if job is not None:
            self.asked.emit(job)

    def _show(self) -> None:
        """Show the conversation as it stands."""
        latest = self.shown.latest if self.shown else None
        self.views.show_conversation(self.shown)
        self.header.show_update(latest)
        self.message.show_update(latest)
        self._show_state()
        self._make_room()

    def _make_room(self) -> None:
        """Let what is shown be seen well, unless it can only say what it lacks."""
        can_answer = self.talks is not None and self._manner.can_ask(self.talks.task)
        self.room.make(self.views, self.view.comfort() if can_answer else QSize())

    def _awaits_model(self) -> bool:
        """Tell whether the model is being got here, for an answer that failed without it."""
        if self.talks is None or self.strip.isHidden() or self._manner.can_ask(self.talks.task):
            return False
        return self.shown is not None and self.shown.latest.state is State.FAILED

    def _waits(self) -> bool:
        """Tell whether the user's question is waited for."""
        return self.talks is not None and self.talks.shown is None and self.talks.takes_question

    def _show_state(self) -> None:
        """Offer what can be done now, and tell whether the picture leaves this computer."""
        latest = self.shown.latest if self.shown else None
        self.header.badge.show_place(latest, self._manner.place if self.talks else "")
        self.buttons.show_state(self.busy, self.shown is not None, bool(self.shown and self.shown.newest_answer))
        self.question.held = self.busy
        self.question.invite(bool(self.shown and self.talks and self.talks.task.edit_prompt))
        takes_question = self.talks is not None and self.talks.takes_question
        if self.question.hasFocus() and not takes_question:
            self.views.setFocus()
        self.question.setVisible(takes_question)
