"""Downloads, checks and removals off the GUI thread, against hubs on loopback."""

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from desktop import paths
from desktop.engine.qwen.weights import Preset, find_preset
from desktop.model_offer import offer_download
from desktop.model_thread import ModelThread
from desktop.model_work import ModelWork, Stage, Verb
from desktop.settings import Settings
from tests.engine.qwen.hub_server import FIRST, SECOND, Fault, HubServer
from tests.threads import python_threads

SLOW = Fault(pause_s=0.03)
WRONG = Fault(body=bytes(3 << 20), ignore_range=True)


@pytest.fixture
def preset() -> Preset:
    found = find_preset("3b")
    assert found
    return found


@pytest.fixture
def thread(qtbot: QtBot) -> Iterator[ModelThread]:
    """A thread that does nothing yet; it ends with the test."""
    thread = ModelThread()
    yield thread
    assert thread.stop(60_000)


@pytest.fixture
def do(thread: ModelThread, preset: Preset, qtbot: QtBot) -> Callable[[Verb], list[ModelWork]]:
    """Does one thing with the model; everything that was said of it."""

    def do(verb: Verb) -> list[ModelWork]:
        said: list[ModelWork] = []
        thread.changed.connect(said.append)
        thread.begin(ModelWork(verb, preset.id, preset.name), Settings())
        qtbot.waitUntil(lambda: not thread.work.running)
        thread.changed.disconnect(said.append)
        return said

    return do


def test_a_model_comes_is_checked_and_goes(
    server: HubServer, preset: Preset, do: Callable[[Verb], list[ModelWork]]
) -> None:
    """Each with progress and last words; what is damaged is found and brought again."""
    came = do("download")
    assert came[0].title == f"Downloading {preset.name}"
    assert [work.share for work in came] == sorted(work.share for work in came)
    assert (came[-1].stage, came[-1].share) == (Stage.DONE, 1.0)
    assert not any(".safetensors" in work.words for work in came)
    assert preset.installed(paths.models())
    assert do("verify")[-1].stage is Stage.DONE
    shard = preset.folder(paths.models()) / SECOND
    shard.write_bytes(bytes(len(server.files[SECOND])))
    found = do("verify")[-1]
    assert (found.stage, found.words.partition(" ")[0]) == (Stage.ENDED, "1")
    assert do("download")[-1].stage is Stage.DONE
    assert shard.read_bytes() == server.files[SECOND]
    assert do("remove")[-1].stage is Stage.DONE
    assert not preset.folder(paths.models()).exists()


def test_works_are_told_on_the_gui_thread(
    server: HubServer, thread: ModelThread, do: Callable[[Verb], list[ModelWork]]
) -> None:
    where: list[QThread] = []
    thread.changed.connect(lambda _work: where.append(QThread.currentThread()))
    do("download")
    assert set(where) == {QThread.currentThread()}


def test_a_download_stops_and_goes_on(
    server: HubServer, thread: ModelThread, preset: Preset, qtbot: QtBot, do: Callable[[Verb], list[ModelWork]]
) -> None:
    """Stopping waits for no silent hub and keeps what came; going on asks for the rest alone."""
    server.faults["*", FIRST] = [Fault(action=server.stall, after=3 << 19)]
    part = preset.folder(paths.models()) / f"{FIRST}.part"
    thread.begin(offer_download(preset, Settings()), Settings())
    qtbot.waitUntil(lambda: part.exists() and part.stat().st_size > 1 << 20)
    thread.halt()
    qtbot.waitUntil(lambda: not thread.work.running)
    assert not server.open.is_set()
    assert (thread.work.stage, thread.work.agree) == (Stage.ENDED, "Go on")
    assert "what came is kept" in thread.work.words
    assert 0 < thread.work.share < 1
    kept = part.stat().st_size
    server.served.clear()
    assert do("download")[-1].stage is Stage.DONE
    assert [served.start for served in server.served_of(FIRST)] == [kept]


@pytest.mark.parametrize(
    ("name", "fault", "words"),
    [
        (FIRST, WRONG, "sends wrong bytes for"),
        ("list", Fault(status=404), "answers 404"),
        (FIRST, Fault(headers={"Content-Length": "9999999"}), "sends something other than"),
    ],
)
def test_what_hubs_do_wrong_is_one_sentence(
    server: HubServer, do: Callable[[Verb], list[ModelWork]], name: str, fault: Fault, words: str
) -> None:
    """And the user may go on once they do better."""
    server.faults["*", name] = [fault] * 4
    failed = do("download")[-1]
    assert (failed.stage, failed.agree) == (Stage.ENDED, "Go on")
    assert f"Hugging Face {words}" in failed.words
    assert f"ModelScope {words}" in failed.words
    server.faults.clear()
    assert do("download")[-1].stage is Stage.DONE


def test_a_dropped_connection_is_taken_up_again(server: HubServer, do: Callable[[Verb], list[ModelWork]]) -> None:
    server.faults["*", FIRST] = [Fault(drop=True, after=2 << 20)]
    said = do("download")
    assert said[-1].stage is Stage.DONE
    assert any("trying again in" in work.words for work in said)
    assert len(server.served_of(FIRST)) == 2


def test_one_work_at_a_time(server: HubServer, thread: ModelThread, preset: Preset, qtbot: QtBot) -> None:
    """What is begun meanwhile does not happen."""
    server.faults["*", FIRST] = [SLOW]
    thread.begin(offer_download(preset, Settings()), Settings())
    thread.begin(ModelWork("remove", preset.id, preset.name), Settings())
    assert thread.work.verb == "download"


def test_stop_ends_a_download_in_time_and_leaves_no_thread(
    server: HubServer, thread: ModelThread, preset: Preset, qtbot: QtBot
) -> None:
    """Also where the hub is silent."""
    before = python_threads()
    reached = threading.Event()

    def stall() -> None:
        reached.set()
        server.stall()

    server.faults["*", FIRST] = [Fault(action=stall, after=1 << 20)]
    thread.begin(offer_download(preset, Settings()), Settings())
    qtbot.waitUntil(reached.is_set)
    assert thread.stop(20_000)  # a hub may be silent for longer than that
    server.open.set()
    qtbot.waitUntil(lambda: python_threads() <= before)


def test_what_the_disk_does_wrong_is_said(preset: Preset, do: Callable[[Verb], list[ModelWork]]) -> None:
    """Here a file stands where the model's folder should."""
    folder = preset.folder(paths.models())
    folder.parent.mkdir(parents=True)
    folder.write_text("in the way")
    verbs: tuple[Verb, ...] = ("download", "verify", "remove")
    for verb in verbs:
        ended = do(verb)[-1]
        assert ended.stage is Stage.ENDED
        assert str(folder) in ended.words
