"""Batches in the app: from files that are dropped to answers on the disk, in the real window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop import paths
from desktop.batch.run import Outlet
from desktop.batch_window import BatchWindow
from desktop.batches import Batches
from desktop.engine.api import Engine
from desktop.engine.fake import SENTENCE, FakeEngine
from desktop.engine.tasks import read_tasks
from desktop.engine_thread import EngineThread
from desktop.history_desk import HistoryDesk
from desktop.panel.manner import Manner
from desktop.settings import Settings
from tests.batch.held import Held
from tests.batch.pictures import make_folder
from tests.command_line import make_picture
from tests.engine.sessions import make_job
from tests.patient_bot import wait_exposed


class Desk:
    """Batches joined with an engine's thread as the app joins them."""

    def __init__(self, history: Path, engine: Engine | None = None, has_model: bool = True) -> None:
        tasks, _problems = read_tasks([paths.resources() / "tasks"])
        self.thread = EngineThread(engine or FakeEngine())
        outlet = Outlet(self.thread.submit, self.thread.cancel, lambda: self.thread.capabilities)
        self.history = HistoryDesk(history / "history.sqlite", tasks)
        self.batches = Batches(outlet, lambda: Manner(tasks, has_model), Settings, self.history.keep_of_batch)
        self.thread.updated.connect(self.batches.take)
        self.thread.start()
        self.history.start()

    @property
    def window(self) -> BatchWindow:
        return self.batches.window

    def stop(self) -> None:
        assert self.batches.stop(60_000)
        assert self.thread.stop(60_000)
        assert self.history.stop()
        self.window.close()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An engine that answers at once."""
    desk = Desk(tmp_path_factory.mktemp("data"))
    yield desk
    desk.stop()


@pytest.fixture
def engine(held: range) -> Held:
    """One that keeps some of the pictures at work."""
    return Held(held)


@pytest.fixture
def slow(engine: Held, qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with that engine."""
    desk = Desk(tmp_path_factory.mktemp("data"), engine)
    yield desk
    desk.stop()


def test_a_folder_is_read(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    """Offered, begun by Enter, read, and said; what failed is listed; the folder can be opened."""
    scans = make_folder(tmp_path / "scans")
    (scans / "bad.png").write_bytes(b"no picture")
    desk.batches.open([scans])
    wait_exposed(desk.window)
    assert desk.window.what.text() == "All pictures in scans"
    assert desk.window.folder.text() == str(tmp_path / "scans answers")
    assert not desk.window.open_folder.isEnabled()
    qtbot.waitUntil(desk.window.start.hasFocus)
    QTest.keyClick(desk.window.start, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: desk.window.words.text() == "Done: 5 of 6 answered, 1 failed.")
    assert desk.window.failures.toPlainText().count("\n") == 0
    assert "bad.png is not a picture" in desk.window.failures.toPlainText()
    assert desk.window.open_folder.isEnabled()
    assert (tmp_path / "scans answers" / "sub" / "c.JPG.text.txt").read_text() == f"{SENTENCE}\n"
    QTest.mouseClick(desk.window.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.window.words.text() == "Done: 5 of 6 answered (5 of them before), 1 failed.")


@pytest.mark.parametrize("private", [False, True])
def test_the_history_finds_what_was_read(private: bool, desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    """Each picture by its text and its name, one entry each; the list of what was asked stays as it was."""
    desk.history.use(Settings(private=private))
    scans = make_folder(tmp_path / "scans")
    desk.batches.open([scans])
    desk.window.start.click()
    qtbot.waitUntil(lambda: desk.window.words.text() == "Done: 5 of 5 answered.")
    if private:
        assert desk.history.totals.count == 0
        return
    qtbot.waitUntil(lambda: desk.history.totals.count == 5)
    desk.history.open()
    window = desk.history.window
    assert window.entries.rowCount() == 0
    assert "read from many files" in window._reason.text()
    assert window.status.text().endswith("5 of them, read from many files, come up in a search")
    window.filters.words.setText("paper.pdf quick")
    qtbot.waitUntil(lambda: window.entries.rowCount() == 2)
    assert window.status.text().startswith("5 entries")
    assert "come up" not in window.status.text()
    window.close()


def test_files_are_dropped_and_asked_otherwise(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    """Another task with another choice, which stands in the names of the answers."""
    files = [make_picture(tmp_path / name) for name in ("a.png", "b.png")]
    desk.batches.open([])
    assert not desk.window.start.isEnabled()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    action, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    desk.window.dropEvent(QDropEvent(QPoint(5, 5), action, mime, buttons, Qt.KeyboardModifier.NoModifier))
    assert desk.window.what.text() == "a.png and 1 more"
    desk.window.task.setCurrentIndex(desk.window.task.findData("code"))
    desk.window.options.offer(desk.window._manner.task("code").options, {"stack": "Bootstrap 5"})  # type: ignore[union-attr]
    desk.window._choose({"stack": "Bootstrap 5"})
    desk.window.start.click()
    qtbot.waitUntil(lambda: desk.window.words.text() == "Done: 2 of 2 answered.")
    assert sorted(path.name for path in (tmp_path / "answers").iterdir()) == [
        "a.png.code-Bootstrap-5.html", "b.png.code-Bootstrap-5.html"
    ]  # fmt: skip


@pytest.mark.parametrize("held", [range(3, 6)])
def test_stop_and_go_on(slow: Desk, engine: Held, qtbot: QtBot, tmp_path: Path) -> None:
    """Time left is shown, Stop stops, Start goes on; meanwhile nothing can be changed."""
    for number in range(12):
        make_picture(tmp_path / "in" / f"{number:02}.png")
    slow.batches.open([tmp_path / "in"])
    slow.window.start.click()
    qtbot.waitUntil(lambda: " left. What you capture" in slow.window.words.text())
    assert slow.window.bar.isVisible()
    assert not slow.window.folder.isEnabled()
    slow.window.stop.click()
    qtbot.waitUntil(lambda: slow.window.words.text().startswith("Stopped: "))
    count = len(list((tmp_path / "in answers").iterdir()))
    assert 0 < count <= 3
    qtbot.waitUntil(lambda: not slow.batches._thread.isRunning())
    engine.open.set()
    slow.window.start.click()
    qtbot.waitUntil(lambda: slow.window.words.text() == f"Done: 12 of 12 answered ({count} of them before).")


@pytest.mark.parametrize("held", [range(1, 4)])
def test_a_picture_of_ones_own_comes_first(slow: Desk, engine: Held, qtbot: QtBot, tmp_path: Path) -> None:
    """It does not wait for the pictures at work, and nothing more is begun before it."""
    for number in range(8):
        make_picture(tmp_path / "in" / f"{number}.png")
    slow.batches.open([tmp_path / "in"])
    slow.window.start.click()
    out = tmp_path / "in answers"
    qtbot.waitUntil(lambda: out.exists() and len(list(out.iterdir())) > 0 and engine.begun == 4)
    job = make_job()
    ended: list[str] = []
    slow.thread.updated.connect(lambda update: ended.append(update.job_id) if update.state.final else None)
    slow.batches.give_way(job.id)
    slow.thread.submit(job)
    qtbot.waitUntil(lambda: job.id in ended)
    assert (ended, engine.begun) == ([job.id], 5)
    engine.open.set()
    qtbot.waitUntil(lambda: slow.window.words.text() == "Done: 8 of 8 answered.")


def test_without_a_model_only_what_works_is_offered(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(tmp_path, has_model=False)
    desk.batches.open_files()
    (dialog,) = desk.window.findChildren(QFileDialog)
    dialog.reject()
    assert [desk.window.task.itemText(i) for i in range(desk.window.task.count())] == ["Text"]
    desk.stop()


def test_the_path_of_a_folder_is_typed_fast(desk: Desk, tmp_path: Path) -> None:
    """Qt's own dialog then names what it had found on the way, too."""
    folder = make_folder(tmp_path / "down")
    desk.batches.open([tmp_path])
    desk.window.ask_for_folder()
    (dialog,) = desk.window.findChildren(QFileDialog)
    dialog.filesSelected.emit([str(tmp_path), str(folder)])
    dialog.reject()
    assert desk.window.what.text() == "All pictures in down"


def test_a_folder_without_pictures_is_said(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.batches.open([tmp_path])
    desk.window.start.click()
    qtbot.waitUntil(lambda: "There is no picture in" in desk.window.words.text())
    assert desk.window.start.isVisible()
