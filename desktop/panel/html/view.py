"""The view of pages rebuilt from a design: drawn and as source, while they are written and after."""

from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTemporaryDir, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from desktop.files import write_atomically
from desktop.panel.conversation import Conversation
from desktop.panel.html.find_bar import FindBar
from desktop.panel.html.lack import preview_lack
from desktop.panel.html.page_bar import PageBar
from desktop.panel.html.source import Source
from desktop.panel.view import Clipping, Format, View
from desktop.webpage.bundle import zip_page

if TYPE_CHECKING:
    from desktop.panel.html.compare import Compare
    from desktop.panel.html.preview import Preview

PHONE_PX = 390


class Way(IntEnum):
    """How a page is shown."""

    PAGE = 0
    SOURCE = 1
    COMPARE = 2


class HtmlView(View):
    """A page as a browser draws it and as source; follow-up requests change the page."""

    shows_all = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._talk: Conversation | None = None
        self._folder: QTemporaryDir | None = None
        self.source = Source()
        self.finder = FindBar(self.source)
        self.bar = PageBar()
        self.notice = QLabel()
        self.notice.setObjectName("status")
        self.notice.setWordWrap(True)
        self._lack = preview_lack()
        self.preview = None if self._lack else _make_preview()
        self.compare = None if self._lack else _make_compare()
        self._build()
        self.turn_to(Way.PAGE if self.preview else Way.SOURCE)
        self._say("")

    @property
    def page(self) -> str:
        """The page as it stands."""
        return self._talk.exchanges[0].answer if self._talk else ""

    def show_conversation(self, talk: Conversation | None) -> None:
        """See View; while it is not seen, it only takes note."""
        self._talk = talk
        if talk is None or self.isVisible():
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what came meanwhile."""
        super().showEvent(event)
        self._show()

    def clipping(self) -> Clipping:
        """See View."""
        return Clipping(self.source.selected_text() or self.page)

    def formats(self) -> Sequence[Format]:
        """See View."""
        return [
            Format("Web page", ".html", f"{self.page}\n".encode),
            Format("Web page with its style sheets", ".zip", lambda: zip_page(self.page)),
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
        path = Path(self._folder.filePath("page.html"))
        write_atomically(path, self.page.encode(errors="replace"))
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def look_for(self) -> None:
        """Look for words in the source."""
        self.turn_to(Way.SOURCE)
        self.finder.ask()

    def _show(self) -> None:
        """Bring what is seen up to date."""
        if self._stack.currentIndex() == Way.SOURCE or not self.page:
            self.source.show_source(self.page)
        if self.preview:
            self.preview.set_page_width(self._page_width())
            self.preview.show_page(self.page)
        if self.compare:
            shot = self._talk.job.shot if self._talk else None
            self.compare.show_page(shot, self.page, self._page_width())
        if not self.page:
            self._say("")

    def _page_width(self) -> int:
        """How wide the page is laid out, in its own pixels."""
        if self.phone.isChecked() or self._talk is None:
            return PHONE_PX
        shot = self._talk.job.shot
        return round(shot.width / shot.scale)

    def _build(self) -> None:
        source = QWidget()
        column = QVBoxLayout(source)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.source)
        column.addWidget(self.finder)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.preview or QWidget())
        self._stack.addWidget(source)
        self._stack.addWidget(self.compare or QWidget())
        self.bar.add_way(Way.PAGE, "Page", "The page as a browser draws it").setVisible(self.preview is not None)
        self.bar.add_way(Way.SOURCE, "Source", "The page as it is written")
        self.bar.add_way(Way.COMPARE, "Compare", "The page and the picture").setVisible(self.compare is not None)
        self.bar.turned.connect(lambda number: self.turn_to(Way(number)))
        self.phone = self.bar.add_tool("phone", "Lay the page out for a phone, 390 pixels wide")
        self.phone.setCheckable(True)
        self.phone.setVisible(self.preview is not None)
        self.phone.toggled.connect(lambda _on: self._show())
        wrap = self.bar.add_action("Wrap long lines", lambda: self.source.wrap(wrap.isChecked()))
        wrap.setCheckable(True)
        self.bar.add_action("Find…", self.look_for, "Ctrl+F")
        self.bar.add_action("Open in the browser", self.open_in_browser)
        QShortcut(QKeySequence("Ctrl+F"), self, self.look_for)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.bar)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.notice)
        if self.preview:
            self.preview.drawn.connect(self._tell_blocked)

    def _tell_blocked(self, count: int) -> None:
        self._say(f"{count} request{'s' if count > 1 else ''} blocked: a preview reaches no network." if count else "")

    def _say(self, words: str) -> None:
        words = self._lack or words
        self.notice.setText(words)
        self.notice.setVisible(bool(words))


def _make_preview() -> "Preview":
    from desktop.panel.html.preview import Preview

    return Preview()


def _make_compare() -> "Compare":
    from desktop.panel.html.compare import Compare

    return Compare()
