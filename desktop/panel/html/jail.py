"""A browser page that draws what a model wrote and reaches nothing: no network, no files, no scripts, no other page."""

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QElapsedTimer, QIODevice, QObject, QUrl, Signal
from PySide6.QtWebEngineCore import (
    QWebEngineDownloadRequest,
    QWebEnginePage,
    QWebEnginePermission,
    QWebEngineProfile,
    QWebEngineScript,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
    QWebEngineUrlRequestJob,
    QWebEngineUrlScheme,
    QWebEngineUrlSchemeHandler,
)

from desktop.motion import still
from desktop.webpage.frameworks import FRAMEWORKS, content, localize

SCHEME = b"shotglass"
PAGE = QUrl("shotglass:page")
_FILES = {f"shotglass:{one.file}": one for one in FRAMEWORKS}
_REFUSED = "Not allowed to load local resource: "
# What is important in a layer wins over what is important without one.
_REST = """<style>@layer rest { *, *::before, *::after {
 animation: none !important; transition: none !important; scroll-behavior: auto !important } }</style>"""
_PATIENCE_MS = 5000
_TRIES = 2  # more for a page whose loading was ended
_Attribute = QWebEngineSettings.WebAttribute
_SWITCHES = {
    _Attribute.JavascriptEnabled: False,
    _Attribute.JavascriptCanOpenWindows: False,
    _Attribute.JavascriptCanAccessClipboard: False,
    _Attribute.LocalStorageEnabled: False,
    _Attribute.LocalContentCanAccessRemoteUrls: False,
    _Attribute.LocalContentCanAccessFileUrls: False,
    _Attribute.PluginsEnabled: False,
    _Attribute.PdfViewerEnabled: False,
    _Attribute.HyperlinkAuditingEnabled: False,
    _Attribute.FullScreenSupportEnabled: False,
    _Attribute.ScreenCaptureEnabled: False,
    _Attribute.WebGLEnabled: False,
    _Attribute.AutoLoadIconsForPage: False,
    _Attribute.DnsPrefetchEnabled: False,
    _Attribute.NavigateOnDropEnabled: False,
    _Attribute.ErrorPageEnabled: False,
    _Attribute.ForceDarkMode: False,
}


class Jail(QWebEnginePage):
    """`drawn` comes when a page stands, with the number of requests of it that were blocked.

    Requests that come later than that bring `drawn` again.
    """

    drawn = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        _register_scheme()
        # Without a name it keeps nothing. It must outlive the page, which its own parent deletes.
        self._profile = QWebEngineProfile(QCoreApplication.instance())
        super().__init__(self._profile, parent)
        self.destroyed.connect(self._profile.deleteLater)
        self._profile.setHttpCacheType(QWebEngineProfile.HttpCacheType.NoCache)
        self._profile.setPersistentCookiesPolicy(QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies)
        self._profile.setSpellCheckEnabled(False)
        self._profile.downloadRequested.connect(_refuse_download)
        self._server = _Server(self._profile)
        self._profile.installUrlSchemeHandler(SCHEME, self._server)
        self._guard = _Guard(self._profile)
        self._guard.blocked.connect(self._count)
        self._profile.setUrlRequestInterceptor(self._guard)
        for name, on in _SWITCHES.items():
            self.settings().setAttribute(name, on)
        self.permissionRequested.connect(QWebEnginePermission.deny)
        self.loadFinished.connect(self._finish)
        self._blocked: set[str] = set()
        self._html, self._due, self._again = "", False, 0
        self._began = QElapsedTimer()
        self._stands = False
        self._loading = False

    def show_page(self, html: str) -> None:
        """Draw a page anew; where one stood, the place that is in sight stays."""
        self._html, self._due, self._again = html, True, _TRIES
        if self._stands or not self._began.isValid() or self._began.hasExpired(_PATIENCE_MS):
            self._draw()

    def acceptNavigationRequest(  # noqa: N802 - Qt calls it by name
        self, url: QUrl | str, _kind: QWebEnginePage.NavigationType, is_main_frame: bool
    ) -> bool:
        """Go nowhere but to the page, when it was asked for by `show_page`."""
        wanted, self._loading = self._loading, False
        if wanted and is_main_frame and QUrl(url) == PAGE:
            return True
        self._loading = wanted and not is_main_frame
        self._count(QUrl(url).toString())
        return False

    def createWindow(self, _kind: QWebEnginePage.WebWindowType) -> QWebEnginePage:  # noqa: N802 - Qt calls it by name
        """Open no other page."""
        return None  # type: ignore[return-value]  # Qt's way to refuse

    def javaScriptConsoleMessage(  # noqa: N802 - Qt calls it by name
        self, _level: QWebEnginePage.JavaScriptConsoleMessageLevel, message: str, _line: int, _source: str
    ) -> None:
        """Keep what pages say out of the log; files that the engine refused by itself are counted as well."""
        if message.startswith(_REFUSED):
            self._count(message.removeprefix(_REFUSED))

    def _count(self, address: str) -> None:
        """Remember what was refused; addresses of pictures may be long, and one that is asked for twice is one."""
        self._blocked.add(address[:500])
        if self._stands:
            self.drawn.emit(len(self._blocked))

    def _draw(self) -> None:
        """Load the newest page. One that is still loading is waited for: the engine reloads none that is."""
        reloads = self._stands
        self._began.start()
        self._server.page, _used = localize(self._html, "shotglass:")
        self._server.page += _REST if still() else ""
        self._due = False
        self._blocked.clear()
        self._stands, self._loading = False, True
        if reloads:
            self.triggerAction(QWebEnginePage.WebAction.Reload)
        else:
            self.load(PAGE)

    def _finish(self, ok: bool) -> None:
        """Go on with what is due; a page that tried to lead away may have put an end to the loading of the newest."""
        self._stands = True
        self.drawn.emit(len(self._blocked))
        if not (ok or self._due) and self._again:
            self._again -= 1
            self._due = True
        if self._due:
            self._draw()


class _Server(QWebEngineUrlSchemeHandler):
    """Serves the page and the files of frameworks."""

    page = ""

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:  # noqa: N802 - Qt calls it by name
        """Answer a request that the guard let through."""
        address = job.requestUrl().toString()
        if file := _FILES.get(address):
            _reply(job, file.mime, content(file.file))
        elif job.requestUrl() == PAGE and job.requestMethod() == b"GET":
            _reply(job, "text/html; charset=utf-8", self.page.encode(errors="replace"))
        else:
            job.fail(QWebEngineUrlRequestJob.Error.RequestDenied)


class _Guard(QWebEngineUrlRequestInterceptor):
    """Blocks every request but the page and the frameworks' style sheets, and brings the address of each."""

    blocked = Signal(str)

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:  # noqa: N802 - Qt calls it by name
        """Let it pass, or not."""
        kinds = QWebEngineUrlRequestInfo.ResourceType
        url, kind = info.requestUrl(), info.resourceType()
        wanted = (
            (kind is kinds.ResourceTypeMainFrame and url == PAGE)
            or (kind is kinds.ResourceTypeStylesheet and url.toString() in _FILES)
            or url.scheme() == "data"  # it is part of the page
        )
        if not wanted:
            info.block(True)
            self.blocked.emit(url.toString())


def _reply(job: QWebEngineUrlRequestJob, mime: str, data: bytes) -> None:
    body = QBuffer(job)
    body.setData(QByteArray(data))
    body.open(QIODevice.OpenModeFlag.ReadOnly)
    job.reply(QByteArray(mime.encode()), body)


def _refuse_download(request: QWebEngineDownloadRequest) -> None:
    request.cancel()


def _register_scheme() -> None:
    """Tell the engine what the app's own addresses look like; that is possible once, before it starts."""
    if not QWebEngineUrlScheme.schemeByName(SCHEME).name().isEmpty():
        return
    scheme = QWebEngineUrlScheme(SCHEME)
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Path)
    scheme.setFlags(QWebEngineUrlScheme.Flag.SecureScheme)
    QWebEngineUrlScheme.registerScheme(scheme)


ASIDE = QWebEngineScript.ScriptWorldId.ApplicationWorld
"""Where the app may run scripts of its own though the page may not."""
