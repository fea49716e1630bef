"""The view of pages rebuilt from a design: drawn and as source, while they are written and after."""

from collections.abc import Callable, Sequence
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, QTemporaryDir, QUrl
from PySide6.QtGui import QDesktopServices, QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from desktop.files import write_atomically
from desktop.job import Shot, State
from desktop.language import in_a_row, tr, tr_later
from desktop.panel import keys
from desktop.panel.conversation import Conversation
from desktop.panel.html.change_bar import ChangeBar
from desktop.panel.html.changes import Changes
from desktop.panel.html.found_source import FoundSource
from desktop.panel.html.lack import preview_lack
from desktop.panel.html.page_bar import PageBar
from desktop.panel.html.story import Story
from desktop.panel.pace import Pace
from desktop.panel.rich_text import RichText
from desktop.panel.view import Clipping, Format, View
from desktop.webpage.bundle import zip_page

if TYPE_CHECKING:
    from desktop.panel.html.compare import Compare
    from desktop.panel.html.judge import Judge
    from desktop.panel.html.preview import Preview
    from desktop.panel.html.source import Source
    from desktop.webpage.likeness.score import Likeness

PHONE_PX = 390
_WORDS_PX = 110
_SOURCE_MS = 33
_SPACING = 6
_AT_EASE = QSize(680, 420)


class Way(IntEnum):
    """How a page is shown."""

    PAGE = 0
    SOURCE = 1
    COMPARE = 2
    CHANGES = 3


class HtmlView(View):
    """A page as a browser draws it and as source; what is asked on changes it, and each change can be taken back."""

    shows_all = True
    shortcuts = keys.PAGE

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._talk: Conversation | None = None
        self._folder: QTemporaryDir | None = None
        self._lack = preview_lack()
        self._shown, self._blocked, self._likeness = "", 0, ""
        self.story = Story()
        self.preview = None if self._lack else _make_preview()
        self.compare = None if self._lack else _make_compare()
        self.judge = None if self._lack else _make_judge(self)
        self.source, self.changes = FoundSource(), Changes()
        self._pace = Pace(_SOURCE_MS, self)
        self.bar, self.change = PageBar(), ChangeBar()
        self.words, self.notice = RichText(), QLabel()
        self._stack = QStackedWidget()
        self._build()
        self._add_tools()
        self._connect()
        self.turn_to(Way.PAGE if self.preview else Way.SOURCE)

    @property
    def page(self) -> str:
        """The page as it is looked at."""
        return self.story.versions.page

    @property
    def _busy(self) -> bool:
        """True while more of an answer may come."""
        return self._talk is not None and not self._talk.latest.state.final

    def show_conversation(self, talk: Conversation | None) -> None:
        """See View; while it is not seen, nothing is drawn."""
        self._talk = talk
        self.story.follow(talk)
        if talk is None or self.isVisible():
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what came meanwhile."""
        super().showEvent(event)
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        """Judge nothing that nobody looks at."""
        super().hideEvent(event)
        if self.judge:
            self.judge.rest()

    def comfort(self) -> QSize:
        """See View: as wide as the picture was on its screen, within bounds; the same while the page grows."""
        if self._talk is None:
            return QSize()
        shot = self._talk.job.shot
        width = min(round(shot.width / shot.scale), _AT_EASE.width())
        height = min(round(width * shot.height / shot.width), _AT_EASE.height())
        return QSize(width, height + self.bar.sizeHint().height() + _SPACING)

    def clipping(self) -> Clipping:
        """See View; what is selected where nobody looks is left alone."""
        parts: dict[Way, Preview | Source | Changes | None]
        parts = {Way.PAGE: self.preview, Way.SOURCE: self.source.text, Way.CHANGES: self.changes}
        seen = parts.get(Way(self._stack.currentIndex()))
        said = self.story.said.answer if self.story.said else ""
        return Clipping(self.words.selected_text() or (seen.selected_text() if seen else "") or self.page or said)

    def formats(self) -> Sequence[Format]:
        """See View."""
        if not self.page and self.story.said:
            return [Format(tr_later("Text"), ".txt", f"{self.story.said.answer}\n".encode)]
        return [
            Format(tr_later("Web page"), ".html", f"{self.page}\n".encode),
            Format(tr_later("Web page with its style sheets"), ".zip", lambda: zip_page(self.page)),
        ]

    def turn_to(self, way: Way) -> None:
        """Show the page this way."""
        self.bar.turn_to(way)
        self._stack.setCurrentIndex(way)
        # The browser would keep keys for itself that act on the panel.
        self.setFocusProxy(self.source if way is Way.SOURCE else self.bar)
        self._show()

    def open_in_browser(self) -> None:
        """Hand the page to the user's browser, where it may reach the network as any page does."""
        if not self.page:
            return
        if self._folder is None:
            self._folder = QTemporaryDir()
            if application := QCoreApplication.instance():
                application.aboutToQuit.connect(self._folder.remove)
        path = Path(self._folder.filePath("page.html"))
        write_atomically(path, self.page.encode(errors="replace"))
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def look_for(self) -> None:
        """Look for words in the source."""
        self.turn_to(Way.SOURCE)
        self.source.finder.ask()

    def pick(self, by: int) -> None:
        """Pick the part of the page that comes so many behind the one that is picked."""
        if self.preview and self.page:
            self.turn_to(Way.PAGE)
            self.preview.pick_beside(by)

    def undo(self) -> None:
        """Look at the version before."""
        self.story.undo()
        self._show()

    def redo(self) -> None:
        """Look at the version after."""
        self.story.redo()
        self._show()

    def _show(self) -> None:
        """Bring what is seen up to date."""
        page, shot = self.page, self._talk.job.shot if self._talk else None
        width = PHONE_PX if self.phone.isChecked() or shot is None else round(shot.width / shot.scale)
        if self._stack.currentIndex() == Way.SOURCE or not page:
            (self._pace.soon if self._busy else self._pace.now)(lambda: self.source.text.show_source(page))
        if self._stack.currentIndex() == Way.CHANGES or not page:
            self.changes.show_versions(self.story.versions)
        if self.preview:
            self.preview.set_page_width(max(width, PHONE_PX))  # no page is made for less
            self.preview.show_page(page)
        if self.compare:
            self.compare.show_page(shot, page, width)
        self._judge(shot, page)
        if not page:
            self._blocked = 0
        if page != self._shown:
            self._shown = page
            self._leave_element()
        self.change.held = self._busy
        self._show_story()

    def _judge(self, shot: Shot | None, page: str) -> None:
        """Have a page that is whole judged; what is written on may soon be another one."""
        if self.judge is None:
            return
        if shot is None or not page:
            self._likeness = ""
            self.judge.forget()
        elif self._talk and self._talk.latest.state is State.DONE:
            self.judge.read_texts = self.manner.read_texts if self.manner else None
            self.judge.judge(shot, page)
        else:
            self._likeness = ""
            self.judge.rest()

    def _show_story(self) -> None:
        """Offer what can be taken back, and tell what the newest answer came to."""
        versions = self.story.versions
        for button, can in ((self.back, versions.can_undo), (self.forth, versions.can_redo)):
            button.setVisible(len(versions.all) > 1)
            button.setEnabled(can)
        changed = self.bar.way(Way.CHANGES)
        changed.setVisible(len(versions.all) > 1)
        if changed.isHidden() and self._stack.currentIndex() == Way.CHANGES:
            self.turn_to(Way.PAGE if self.preview else Way.SOURCE)
        said = self.story.said
        self.words.show_exchanges([said] if said else [], not self._busy)
        self.words.setVisible(said is not None)
        alone = said is not None and not self.page
        self.words.setMaximumHeight(self.maximumHeight() if alone else _WORDS_PX)
        self._stack.setHidden(alone)
        told = in_a_row(self._lack, self.story.problem, self._likeness, self._say_blocked())
        self.notice.setText(told)
        self.notice.setVisible(bool(told))

    def _build(self) -> None:
        self.notice.setObjectName("status")
        self.notice.setWordWrap(True)
        self.words.setAccessibleName(tr("What was said about the page"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_SPACING)
        for part in (self.bar, self._stack, self.change, self.words, self.notice):
            layout.addWidget(part)
        layout.setStretchFactor(self._stack, 1)
        ways = (
            (
                Way.PAGE,
                self.preview,
                tr("Page"),
                tr("The page as a browser draws it; Ctrl and click picks a part to change"),
            ),
            (Way.SOURCE, self.source, tr("Source"), tr("The page as it is written")),
            (Way.COMPARE, self.compare, tr("Compare"), tr("The page and the picture")),
            (Way.CHANGES, self.changes, tr("Changes"), tr("What the last change did")),
        )
        for way, widget, words, tip in ways:
            self._stack.addWidget(widget or QWidget())
            self.bar.add_way(way, words, tip).setVisible(widget is not None)

    def _add_tools(self) -> None:
        self.back = self.bar.add_tool("undo", keys.TAKE_BACK.tip)
        self.forth = self.bar.add_tool("redo", keys.MAKE_AGAIN.tip)
        self.phone = self.bar.add_tool("phone", tr("Lay the page out for a phone, 390 pixels wide"))
        self.phone.setCheckable(True)
        self.phone.setVisible(self.preview is not None)
        wrap = self.bar.add_action(tr("Wrap long lines"), lambda: self.source.text.wrap(wrap.isChecked()))
        wrap.setCheckable(True)
        self.bar.add_action(tr("Find…"), self.look_for, keys.FIND)
        if self.preview:
            self.bar.add_action(tr(keys.PICK_NEXT.words), lambda: self.pick(1), keys.PICK_NEXT)
        self.bar.add_action(tr("Open in the browser"), self.open_in_browser)

    def _connect(self) -> None:
        self.bar.turned.connect(lambda number: self.turn_to(Way(number)))
        self.back.clicked.connect(self.undo)
        self.forth.clicked.connect(self.redo)
        self.phone.toggled.connect(lambda _on: self._show())
        self.change.sent.connect(self._send_change)
        self.change.left.connect(self._leave_element)
        self.words.reported.connect(self.reported)
        if self.preview:
            self.preview.drawn.connect(self._tell_blocked)
            self.preview.picked.connect(self.change.ask)
        if self.judge:
            self.judge.judged.connect(self._tell_likeness)
        deeds: dict[keys.Key, Callable[[], object]] = {
            keys.FIND: self.look_for,
            keys.TAKE_BACK: self.back.click,
            keys.MAKE_AGAIN: self.forth.click,
            keys.PICK_NEXT: lambda: self.pick(1),
            keys.PICK_BEFORE: lambda: self.pick(-1),
        }
        keys.bind(self, deeds)

    def _say_blocked(self) -> str:
        if not self._blocked:
            return ""
        if self._blocked == 1:
            return tr("1 request blocked: a preview reaches no network.")
        return tr("{count} requests blocked: a preview reaches no network.", count=self._blocked)

    def _send_change(self, request: str) -> None:
        self._leave_element()
        self.sent.emit(request)

    def _leave_element(self) -> None:
        """Change no single element."""
        if self.change.words.hasFocus():
            self.setFocus()  # else the next one in line gets it, which may ask anew at a touch
        self.change.hide()
        if self.preview:
            self.preview.let_go()

    def _tell_blocked(self, count: int) -> None:
        self._blocked = count
        self._show_story()

    def _tell_likeness(self, page: str, likeness: "Likeness") -> None:
        if page == self.page:
            self._likeness = likeness.sentence
            self._show_story()


def _make_preview() -> "Preview":
    from desktop.panel.html.preview import Preview

    return Preview()


def _make_compare() -> "Compare":
    from desktop.panel.html.compare import Compare

    return Compare()


def _make_judge(parent: QWidget) -> "Judge":
    from desktop.panel.html.judge import Judge

    return Judge(parent)
