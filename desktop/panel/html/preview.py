"""A page as a browser draws it, live while it is written."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication, QRhiWidget, QVBoxLayout, QWidget

from desktop.language import tr
from desktop.panel.html.jail import ASIDE, Jail

REDRAW_MS = 200
# These run aside from the page, whose own scripts never do. The mark is a sheet, since a style would stand in the HTML
# of the element and of all that it is in.
_UNMARK = "document.querySelectorAll('[data-picked]').forEach(it => it.removeAttribute('data-picked'))"
_MARK = """
    {unmark};
    if (!it || it === document.documentElement) return "";
    const html = it.outerHTML.length > 1500 ? it.cloneNode(false).outerHTML : it.outerHTML;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("[data-picked] {{ outline: 2px solid #2f7cf6 !important }}");
    document.adoptedStyleSheets = [sheet];
    it.setAttribute("data-picked", "");
    it.scrollIntoView({{block: "nearest"}});
    return it.localName + [...it.classList].slice(0, 2).map(name => "." + name).join("") + "\\n" + html;
"""
_AT_POINT = "(() => {{ const it = document.elementFromPoint({x}, {y}); " + _MARK + "}})()"
_BESIDE = (
    """(() => {{
    const all = [...document.body.querySelectorAll("*")].filter(it => it.getClientRects().length);
    const at = all.findIndex(it => it.hasAttribute("data-picked"));
    const it = all[at < 0 && {by} < 0 ? all.length - 1 : (at + {by} + all.length) % all.length];
"""
    + _MARK
    + "}})()"
)
_SMALLEST, _LARGEST = 0.25, 1.0


class Preview(QWidget):
    """Draws at most five times a second, and only while it is seen. `drawn` is as in Jail.

    `picked` brings the name and the HTML of the element that was clicked with Ctrl, or gone to by key.
    `width_px` is how wide the page believes its window to be; 0 is as wide as it is here.
    """

    drawn = Signal(int)
    picked = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._html = ""
        self._drawn_html = ""
        self._width_px = 0
        self._view: QWebEngineView | None = None
        self._jail: Jail | None = None
        self._pause = QTimer(self, singleShot=True, interval=REDRAW_MS)
        self._pause.timeout.connect(self._draw)
        # The engine must not see the application end before its pages.
        application = QApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self._end)
        # A window that is to hold a browser is made anew when that comes, unless it is of the kind from the start.
        QRhiWidget(self).hide()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def show_page(self, html: str) -> None:
        """Show this page; '' lets go of all that drew the one before."""
        self._html = html
        if not html:
            self._end()
        elif not self._pause.isActive():
            self._draw()

    def set_page_width(self, width_px: int) -> None:
        """Lay the page out for a window of that width, shrunk to fit; what room is left stays beside it."""
        self._width_px = width_px
        self._fit()

    def sizeHint(self) -> QSize:
        """Whatever the panel has."""
        return QSize(400, 240)

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what came meanwhile."""
        super().showEvent(event)
        self._draw()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest; with its whole window gone, let go of the page as well."""
        super().hideEvent(event)
        self._pause.stop()
        if not self.window().isVisible():
            self._end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the page's own width."""
        super().resizeEvent(event)
        self._fit()

    def _draw(self) -> None:
        if not self.isVisible() or self._html == self._drawn_html:
            return
        self._drawn_html = self._html
        self._page().show_page(self._html)
        self._pause.start()

    def _page(self) -> Jail:
        """The page; it is made for the first picture and let go of after it."""
        if self._jail is None:
            self._view = QWebEngineView(self)
            self._view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
            self._view.setAccessibleName(tr("Preview of the page"))
            self._jail = Jail(self._view)
            self._jail.drawn.connect(self.drawn)
            self._jail.loadFinished.connect(lambda _ok: self._watch_mouse())
            self._view.setPage(self._jail)
            self._layout.addWidget(self._view)
            self._fit()
        return self._jail

    def _watch_mouse(self) -> None:
        """See what the mouse does first; which widget gets it may change with a page."""
        target = self._view.focusProxy() if self._view else None
        if target is not None:
            target.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Pick an element where it is clicked with Ctrl."""
        clicks = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick)
        if not isinstance(event, QMouseEvent) or event.type() not in clicks:
            return False
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if event.type() is QEvent.Type.MouseButtonPress and self._view is not None:
            place = event.position() / self._view.zoomFactor()
            script = _AT_POINT.format(x=round(place.x()), y=round(place.y()), unmark=_UNMARK)
            self._view.page().runJavaScript(script, ASIDE, self._tell_picked)
        return True

    def pick_beside(self, by: int) -> None:
        """Pick the element that comes so many behind the picked one in the page, the first or last where none is."""
        if self._view is not None:
            self._view.page().runJavaScript(_BESIDE.format(by=by, unmark=_UNMARK), ASIDE, self._tell_picked)

    def selected_text(self) -> str:
        """The selection, or ''."""
        return self._view.selectedText() if self._view is not None else ""

    def let_go(self) -> None:
        """Mark no element any more."""
        if self._view is not None:
            self._view.page().runJavaScript(_UNMARK, ASIDE)

    def _tell_picked(self, found: object) -> None:
        if isinstance(found, str) and found:
            name, _break, html = found.partition("\n")
            self.picked.emit(name, html)

    def _fit(self) -> None:
        if self._view is not None:
            self._view.setMaximumWidth(self._width_px or self.maximumWidth())
            share = self.width() / self._width_px if self._width_px else 1.0
            self._view.setZoomFactor(min(max(share, _SMALLEST), _LARGEST))

    def _end(self) -> None:
        self._pause.stop()
        self._drawn_html = ""
        if self._view is not None:
            self._layout.removeWidget(self._view)
            self._view.hide()
            self._view.deleteLater()
            self._view = self._jail = None
