"""Every test runs on a real X server of its own session and in an empty home."""

import os
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import shiboken6
from hypothesis import HealthCheck, settings
from PySide6.QtCore import QEvent
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from desktop import language
from desktop.portal.portal import Portal
from desktop.theme import Choice, Theme
from tests.engine.qwen.hub_server import HubServer
from tests.patient_bot import PatientBot
from tests.portal.backend import CALM
from tests.portal.desktop import PortalDesktop
from tests.untranslated import Foreign
from tests.xserver import XServer

# A busy computer makes examples slow, not wrong; the same examples come every time, so that a change fails by itself.
settings.register_profile(
    "shotglass", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("shotglass")

# What tests start would compile all of torch's modules anew each time, for seconds.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# On busy cores several threads wait longer for each other than models as small as those of tests compute.
os.environ["OMP_NUM_THREADS"] = "1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what is long first; processes that have run out of tests take those that stand last from another."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session", autouse=True)
def xserver() -> Iterator[XServer]:
    """The X server that this process draws on; it goes as well where the tests are told to end."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with XServer() as server:
        os.environ["DISPLAY"] = server.display
        os.environ["XDG_SESSION_TYPE"] = "x11"
        os.environ.pop("WAYLAND_DISPLAY", None)
        os.environ.pop("QT_QPA_PLATFORM", None)
        yield server


@pytest.fixture(scope="session")
def runtimes() -> Iterator[Path]:
    """Holds the runtime folder of each test, and what programs that end late write there; its path is short."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield Path(folder)
        left = [process for process in psutil.process_iter() if _runs_in(process, folder)]
        for process in left:
            process.terminate()
        psutil.wait_procs(left, timeout=10)


def _runs_in(process: psutil.Process, folder: str) -> bool:
    """Tell whether a program was started by a test, as the session bus is that Qt starts where there is none."""
    try:
        return process.environ().get("XDG_RUNTIME_DIR", "").startswith(folder)
    except psutil.Error:
        return False


@pytest.fixture(autouse=True)
def home(tmp_path: Path, runtimes: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, so that no test reads or writes the user's files."""
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        folder = tmp_path / name.lower()
        folder.mkdir(mode=0o700)
        monkeypatch.setenv(name, str(folder))
    # A socket's path must be shorter than tmp_path may be.
    monkeypatch.setenv("XDG_RUNTIME_DIR", tempfile.mkdtemp(dir=runtimes))
    return tmp_path / "home"


@pytest.fixture
def foreign(monkeypatch: pytest.MonkeyPatch) -> None:
    """A language is spoken that marks every text: see tests/untranslated.py."""
    monkeypatch.setattr(language, "_texts", Foreign())


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[PatientBot]:
    """The bot of pytest-qt with other limits; no window stays: it would be in the way, and change with every theme."""
    yield PatientBot(request)
    for window in QApplication.topLevelWidgets():
        window.hide()
        if window.parent() is None and shiboken6.createdByPython(window):
            window.deleteLater()
    qapp.processEvents()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(params=["light", "dark"])
def palette(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[QPalette]:
    """The colours of a theme as the application has them."""
    before = qapp.palette()
    choice: Choice = request.param
    Theme(qapp, choice)
    yield qapp.palette()
    qapp.setStyleSheet("")
    qapp.setPalette(before)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    """Both hubs, where the app and its commands look for them."""
    with HubServer() as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        yield server


@pytest.fixture(scope="session")
def running_desktop() -> Iterator[PortalDesktop]:
    """Started once, since that takes a second."""
    with PortalDesktop() as desktop:
        yield desktop


@pytest.fixture
def portals(running_desktop: PortalDesktop, monkeypatch: pytest.MonkeyPatch) -> PortalDesktop:
    """The desktop as it is before anything was asked of it, and its bus in the environment."""
    running_desktop.do(**CALM, forget=True)
    running_desktop.forget_permissions()
    running_desktop.said.clear()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", running_desktop.environment["DBUS_SESSION_BUS_ADDRESS"])
    return running_desktop


@pytest.fixture
def portal(portals: PortalDesktop) -> Iterator[Portal]:
    """A Portal that leaves the bus after the test."""
    portal = Portal()
    yield portal
    portal.stop()
