"""The jail: whatever a page tries, a real server hears nothing of it, and what was blocked is counted."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.panel.html.jail import ASIDE, PAGE, Jail
from tests.patient_bot import wait_exposed


class Listener:
    """A server that notes every connection, also those that ask for nothing."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _peer = self._socket.accept()
            except OSError:
                return
            with connection:
                self.heard.append(b"nothing was asked")
                connection.settimeout(5)
                with contextlib.suppress(OSError):
                    self.heard[-1] = connection.recv(500)

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    """Hears nothing in all these tests but in the one that shows that it can."""
    listener = Listener()
    yield listener
    listener.close()


@pytest.fixture
def view(qtbot: QtBot) -> QWebEngineView:
    """A jail in a window of its own."""
    view = QWebEngineView()
    view.setPage(Jail(view))
    view.resize(300, 200)
    qtbot.addWidget(view)
    view.show()
    wait_exposed(view)
    return view


def show(view: QWebEngineView, html: str, qtbot: QtBot, least: int = 0) -> int:
    """Draw a page, wait for the `least` number of blocked requests, and a moment more; how many there were."""
    jail = view.page()
    assert isinstance(jail, Jail)
    counts: list[int] = []
    jail.drawn.connect(counts.append)
    with qtbot.waitSignal(jail.drawn):
        jail.show_page(html)
    qtbot.waitUntil(lambda: counts[-1] >= least)
    qtbot.wait(250)
    jail.drawn.disconnect(counts.append)
    return counts[-1]


def ask(view: QWebEngineView, script: str, qtbot: QtBot) -> object:
    """What a script of the app, which runs aside from the page, finds there."""
    answers: list[object] = []
    view.page().runJavaScript(script, ASIDE, answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    return answers[0]


ATTEMPTS = {
    "picture": ("<img src='{0}/a.png'>", 1),
    "pictures of a set": ("<img srcset='{0}/a.png 1x, {0}/b.png 2x' src='{0}/c.png'>", 1),
    "style sheet": ("<link rel='stylesheet' href='{0}/a.css'>", 1),
    "import": ("<style>@import url('{0}/a.css');</style>", 1),
    "font": ("<style>@font-face {{ font-family: F; src: url('{0}/f.woff2') }} p {{ font-family: F }}</style><p>a", 1),
    "background": ("<body style='background: url({0}/a.png)'>", 1),
    "exfiltration by a style": (
        "<style>input[value^='s'] {{ background: url('{0}/starts-with-s') }}</style><input value='secret'>",
        1,
    ),
    "three of them": ("<img src='{0}/a'><img src='{0}/b'><link rel='stylesheet' href='{0}/c'>", 3),
    "icon": ("<link rel='icon' href='{0}/icon.png'>", None),
    "prefetch": ("<link rel='prefetch' href='{0}/next'>", 1),
    "preload": ("<link rel='preload' as='image' href='{0}/next.png'>", 1),
    "connection beforehand": ("<link rel='preconnect' href='{0}'><link rel='dns-prefetch' href='{0}'>", 0),
    "frame": ("<iframe src='{0}/frame'></iframe>", 1),
    "picture in a frame": ("<iframe srcdoc='<img src={0}/a.png>'></iframe>", None),
    "object": ("<object data='{0}/a.svg'></object><embed src='{0}/a.pdf'>", None),
    "video": ("<video src='{0}/a.mp4' poster='{0}/a.png' autoplay></video><audio src='{0}/a.mp3'></audio>", None),
    "vector picture": ("<svg><image href='{0}/a.png'/><use href='{0}/a.svg#b'/></svg>", None),
    "refresh": ("<meta http-equiv='refresh' content='0; url={0}/next'>", 1),
    "base": ("<base href='{0}/'><img src='a.png'>", 1),
    "script": ("<script src='{0}/a.js'></script><script>fetch('{0}/b'); new Image().src = '{0}/c'</script>", 0),
    "script of an event": ("<body onload=\"location = '{0}/next'\"><img src='x:' onerror=\"fetch('{0}/a')\">", None),
    "socket": ("<script>new WebSocket('{0}'.replace('http', 'ws'))</script>", 0),
    "manifest": ("<link rel='manifest' href='{0}/app.json'>", None),
}  # fmt: skip


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_nothing_is_heard(attempt: str, listener: Listener, view: QWebEngineView, qtbot: QtBot) -> None:
    html, blocked = ATTEMPTS[attempt]
    count = show(view, "<!DOCTYPE html>" + html.format(listener.address), qtbot, blocked or 0)
    assert blocked in (None, count)
    assert view.page().url() == PAGE
    assert listener.heard == []


CLICKS = {
    "link": "<a id=it href='{0}/next'>go</a>",
    "link to a window": "<a id=it href='{0}/next' target='_blank'>go</a>",
    "link that pings": "<a id=it href='#here' ping='{0}/ping'>go</a>",
    "download": "<a id=it href='{0}/file' download>go</a>",
    "download of data": "<a id=it href='data:text/plain,hello' download='hello.txt'>go</a>",
    "form": "<form action='{0}/send' method='post'><input name=a value=b><button id=it>go</button></form>",
    "form by its address": "<form action='{0}/send'><input name=a value=b><button id=it>go</button></form>",
    "form to itself": "<form method='post'><input name=a value=b><button id=it>go</button></form>",
    "script": "<a id=it href=\"javascript:location='{0}/next'\">go</a>",
    "file": "<a id=it href='file:///etc/passwd'>go</a>",
    "page of the engine": "<a id=it href='chrome://version'>go</a>",
}


@pytest.mark.parametrize("click", CLICKS)
def test_a_click_leads_nowhere(click: str, listener: Listener, view: QWebEngineView, qtbot: QtBot, home: Path) -> None:
    style = "<style>#it { position: fixed; inset: 0; display: block; width: 100%; height: 100% }</style>"
    show(view, f"<!DOCTYPE html>{style}{CLICKS[click].format(listener.address)}<p id=mark>here", qtbot)
    before = list(home.rglob("*"))
    target = view.focusProxy()
    assert target is not None
    for button in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
        QTest.mouseClick(target, button, pos=view.rect().center())
        qtbot.wait(200)
    assert ask(view, "document.getElementById('mark').textContent", qtbot) == "here"
    assert view.page().url().toString().partition("#")[0] == PAGE.toString()
    assert listener.heard == []
    assert [path for path in home.rglob("*") if path not in before] == []


def test_files_are_not_read(view: QWebEngineView, qtbot: QtBot, tmp_path: Path) -> None:
    sheet = tmp_path / "style.css"
    sheet.write_text("p { color: rgb(1, 2, 3) }", encoding="utf-8")
    picture = Path("resources/screenshots/panel.png").resolve()
    count = show(
        view,
        f"<!DOCTYPE html><link rel='stylesheet' href='{sheet.as_uri()}'><img id=i src='{picture.as_uri()}'><p id=p>a"
        f"<iframe src='file:///etc/passwd'></iframe>",
        qtbot,
        2,
    )
    assert ask(view, "getComputedStyle(document.getElementById('p')).color", qtbot) == "rgb(0, 0, 0)"
    assert ask(view, "document.getElementById('i').naturalWidth", qtbot) == 0
    assert count >= 2


@pytest.mark.parametrize("name", ["../README.md", "page", "frameworks/README.md", "tailwind.css?x", "tailwind.css/.."])
def test_the_app_serves_nothing_but_style_sheets(name: str, view: QWebEngineView, qtbot: QtBot) -> None:
    assert show(view, f"<!DOCTYPE html><link rel='stylesheet' href='shotglass:{name}'><p>a", qtbot, 1) == 1


def test_frameworks_are_there_without_a_network(view: QWebEngineView, qtbot: QtBot) -> None:
    page = (
        "<!DOCTYPE html><script src='https://cdn.tailwindcss.com'></script>"
        "<link rel='stylesheet' href='https://cdn.jsdelivr.net/npm/bootstrap@5.3.3/dist/css/bootstrap.min.css'>"
        "<p id=t class='bg-blue-600 w-[123px]'>a<p id=b class='btn btn-danger'>b"
    )
    assert show(view, page, qtbot) == 0
    style = "getComputedStyle(document.getElementById('{}')).{}"
    assert ask(view, style.format("t", "backgroundColor"), qtbot) == "rgb(37, 99, 235)"
    assert ask(view, style.format("t", "width"), qtbot) == "123px"
    assert ask(view, style.format("b", "backgroundColor"), qtbot) == "rgb(220, 53, 69)"


def test_pictures_inside_the_page_are_drawn(view: QWebEngineView, qtbot: QtBot) -> None:
    dot = "data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs="
    assert show(view, f"<!DOCTYPE html><img id=i src='{dot}'>", qtbot) == 0
    assert ask(view, "document.getElementById('i').naturalWidth", qtbot) == 1


def test_scripts_do_not_run(view: QWebEngineView, qtbot: QtBot) -> None:
    show(view, "<!DOCTYPE html><title>a</title><script>document.title = 'b'</script><noscript><p id=n>off", qtbot)
    assert ask(view, "document.title", qtbot) == "a"
    assert ask(view, "document.getElementById('n') !== null", qtbot) is True
    answers: list[object] = []
    view.page().runJavaScript("1 + 1", 0, answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers[0] != 2


def test_nothing_is_kept(view: QWebEngineView) -> None:
    profile = view.page().profile()
    assert profile.isOffTheRecord()
    assert profile.persistentCookiesPolicy() is profile.PersistentCookiesPolicy.NoPersistentCookies


def test_place_stays_when_the_page_is_drawn_anew(view: QWebEngineView, qtbot: QtBot) -> None:
    show(view, "<!DOCTYPE html>" + "<p>line" * 100, qtbot)
    ask(view, "scrollTo(0, 400)", qtbot)
    show(view, "<!DOCTYPE html>" + "<p>line" * 120, qtbot)
    qtbot.waitUntil(lambda: ask(view, "scrollY", qtbot) == 400)


def test_the_newest_of_many_pages_is_drawn(view: QWebEngineView, qtbot: QtBot) -> None:
    """Pages come while others still load; each of these also tries to lead away."""
    jail = view.page()
    assert isinstance(jail, Jail)
    for number in range(30):
        for step in range(1 + number % 5):
            jail.show_page(
                f"<!DOCTYPE html><link rel='stylesheet' href='shotglass:tailwind.css'>"
                f"<meta http-equiv='refresh' content='0; url=http://127.0.0.1:9/'><p id=p>{number} {step}"
            )
            qtbot.wait((0, 3, 20)[(number + step) % 3])
        newest = f"{number} {number % 5}"

        def stands(newest: str = newest) -> bool:
            return ask(view, "document.getElementById('p')?.textContent", qtbot) == newest

        qtbot.waitUntil(stands)


def test_the_listener_hears_an_engine_without_the_jail(listener: Listener, qtbot: QtBot) -> None:
    """These tests could fail: only the addresses that the engine cannot find keep this page from the server."""
    with socket.create_connection(("127.0.0.1", int(listener.address.rpartition(":")[2]))) as connection:
        connection.sendall(b"hello")
    qtbot.waitUntil(lambda: listener.heard == [b"hello"])
    listener.heard.clear()
    page = QWebEnginePage()
    with qtbot.waitSignal(page.loadFinished) as loaded:
        page.load(QUrl(f"{listener.address}/page"))
    assert loaded.args == [False]
    assert listener.heard == []


@pytest.mark.parametrize("rest", [False, True])
def test_pages_are_still_where_the_user_wants_rest(view: QWebEngineView, rest: bool, qtbot: QtBot) -> None:
    """However strongly they say otherwise."""
    QApplication.instance().setProperty("still", rest)  # type: ignore[union-attr]
    page = (
        "<style>@keyframes round { to { rotate: 1turn } } p { animation: round 1s infinite !important }</style><p>Wait"
    )
    try:
        show(view, page, qtbot)
        running = ask(view, "document.getAnimations().length", qtbot)
    finally:
        QApplication.instance().setProperty("still", None)  # type: ignore[union-attr]
    assert running == (0 if rest else 1)
