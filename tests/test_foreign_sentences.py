"""In another language: what pictures, files, batches, tasks, models, the history and the doctor say."""

import platform
import sqlite3
import sys
from collections.abc import Callable, Sequence
from dataclasses import astuple, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from threading import Event

import pytest
import typer
from PySide6.QtWidgets import QApplication

from desktop import cli, desktop_entry, desktop_findings, doctor, language, paths
from desktop.amounts import size_in_words, time_in_words
from desktop.batch.sources import find_sources
from desktop.batch.tally import Tally
from desktop.command import Command, send
from desktop.download.meter import Meter
from desktop.engine.ocr import OcrEngine
from desktop.engine.qwen.weights import PRESETS, locate, verify
from desktop.engine.task_files import TaskFiles
from desktop.engine.tasks import fill, read_tasks
from desktop.errors import UserError, words_for
from desktop.files import write_atomically
from desktop.history.database import sentence_for
from desktop.history.export import export
from desktop.history.reader import Reader
from desktop.history.record import conversation_of
from desktop.history.schema import migrate
from desktop.job import AnswerKind, Job, Shot, Task
from desktop.model_list import HEADINGS, list_models
from desktop.model_offer import offer_download, offer_removal
from desktop.model_work import ModelWork, Stage
from desktop.picture import decode_picture, read_picture
from desktop.settings import Settings, SettingsFile
from tests.batch.pictures import make_pdf
from tests.test_picture import REFUSED
from tests.untranslated import unmarked

ASK = Task("ask", "Ask", "{question}", AnswerKind.MARKDOWN)
BAD_TASKS = {
    "no TOML": b"title = ",
    "not UTF-8": b"\xff",
    "an unknown entry": b'title = "x"\nprompt = "x"\nanswer = "text"\ncolour = 1',
    "an empty title": b'title = ""\nprompt = "x"\nanswer = "text"',
    "no kind": b'title = "x"\nprompt = "x"\nanswer = "song"',
    "too hot": b'title = "x"\nprompt = "x"\nanswer = "text"\ntemperature = 9',
    "an option without a place": b'title = "x"\nprompt = "x"\nanswer = "text"\noptions.tone = ["x"]',
}


def refusal(call: Callable[[], object]) -> list[str]:
    """What a call says instead of doing its work."""
    with pytest.raises(UserError) as refused:
        call()
    return [str(refused.value)]


def bad_tasks(folder: Path) -> list[str]:
    for name, content in BAD_TASKS.items():
        (folder / f"{name}.toml").write_bytes(content)
    _tasks, problems = read_tasks([folder])
    assert len(problems) == len(BAD_TASKS)
    return problems


def pictures(folder: Path) -> list[str]:
    said = [refusal(partial(decode_picture, make(), "x"))[0] for make, _words in REFUSED.values()]
    return said + [refusal(partial(read_picture, path))[0] for path in (folder / "nothing", folder, Path("x" * 300))]


def batches(folder: Path) -> list[str]:
    (folder / "bad.pdf").write_text("no PDF")
    empty = folder / "empty"
    empty.mkdir()
    (source,) = find_sources([str(folder / "bad.pdf")])
    pages = find_sources([str(make_pdf(folder / "two.pdf", 2, (72, 36)))])
    (folder / "two.pdf").unlink()
    tally = Tally(9, 2, 3, ("x",), 20.0)
    return [
        *refusal(source.read),
        *refusal(pages[1].read),
        *refusal(lambda: find_sources([str(empty), str(empty)])),
        str(pages[1]),
        tally.words,
        replace(tally, skipped=0, failures=(), seconds_left=9000.0).words,
    ]


def saving(folder: Path) -> list[str]:
    (folder / "file").touch()
    places = (folder, folder / "file" / "below", folder / ("x" * 300))
    return [refusal(partial(write_atomically, path, b""))[0] for path in places]


def histories(folder: Path) -> list[str]:
    (folder / "full").mkdir()
    (folder / "full" / "x").touch()
    shot = Shot(4, 4, bytes(48))
    newer = sqlite3.connect(":memory:")
    newer.execute("PRAGMA user_version = 1000")
    said = [sentence_for(PermissionError(13, "Permission denied"), folder), sentence_for(ValueError(), folder)]
    for code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_READONLY):
        error = sqlite3.OperationalError()
        error.sqlite_errorcode = code
        said.append(sentence_for(error, folder))
    reader = Reader(folder / "none.sqlite")
    return [
        *said,
        *refusal(lambda: migrate(newer)),
        *refusal(lambda: conversation_of("key", shot, [], "{}")),
        *refusal(lambda: reader.shot(1)),
        *refusal(lambda: export(reader, [], folder / "full", lambda _done: None, Event())),
        *refusal(lambda: export(reader, [], folder / "full" / "x" / "y", lambda _done: None, Event())),
    ]


def models(folder: Path) -> list[str]:
    preset = PRESETS[0]
    works = [ModelWork(verb, "7b", "7B", stage) for verb in ("download", "verify", "remove") for stage in Stage]
    offers = [offer_download(preset, Settings()), offer_removal(preset)]
    told: list[str] = []
    meter = Meter(lambda _share, words: told.append(words), 10_000)
    meter.add(500)
    assert told, "the meter said nothing"
    return [
        *refusal(lambda: locate("7b", paths.models())),
        *refusal(lambda: locate("no such folder", folder)),
        *refusal(lambda: locate(str(folder), folder)),
        *refusal(lambda: verify(folder, lambda _share, _words: None)),
        preset.state(paths.models()),
        *(work.title for work in works if work.stage in (Stage.OFFERED, Stage.RUNNING)),
        *(text for offer in offers for text in (offer.title, offer.words, offer.agree)),
        size_in_words(5),
        *(time_in_words(seconds) for seconds in (5, 500, 50_000)),
        *told,
    ]


def rows(_folder: Path) -> list[str]:
    data = ("ocr", "float32", "bfloat16", *(text for p in PRESETS for text in (p.id, p.name, f"{p.gigabytes} GB")))
    texts = [text for row in list_models() for text in astuple(row)]
    return [language.tr(heading) for heading in HEADINGS] + [text for text in texts if text not in data]


def engines(_folder: Path) -> list[str]:
    ocr = OcrEngine()
    return [
        *refusal(lambda: ocr.submit(Job(Shot(4, 4, bytes(48)), ASK))),
        ocr.capabilities.title,
        ocr.capabilities.refusal(ASK),
        *refusal(lambda: fill(ASK)),
        words_for(ValueError("a bug")),
    ]


def programs(folder: Path) -> list[str]:
    (desktop_entry.entry_file() / "below").mkdir(parents=True)
    return [
        *refusal(desktop_entry.remove),
        *refusal(lambda: send(Command(), folder / ("x" * 200))),
        *refusal(lambda: TaskFiles(folder, folder).save(replace(ASK, title=""))),
    ]


SAYINGS: dict[str, Callable[[Path], Sequence[str]]] = {
    made.__name__: made for made in (bad_tasks, pictures, batches, saving, histories, models, rows, engines, programs)
}


@pytest.mark.parametrize("part", SAYINGS)
def test_every_sentence_is_in_the_language_that_is_spoken(part: str, foreign: None, tmp_path: Path) -> None:
    """Nothing but file names and numbers stands outside of what was translated."""
    said = SAYINGS[part](tmp_path)
    assert {sentence: left for sentence in said if (left := unmarked(sentence, "model.safetensors"))} == {}


def test_the_doctor_speaks_it(foreign: None, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names of parts of this computer, and what they are called by, stay as they are."""
    SettingsFile(paths.settings_file()).save(Settings(engine="fake"))
    paths.user_tasks().mkdir(parents=True)
    (paths.user_tasks() / "bad.toml").write_text("title = ")
    looks = (desktop_findings._look_at_tray, desktop_findings._look_at_clipboard, desktop_findings._look_at_capture)
    found = [*(look() for look in looks), *desktop_findings._look_at_hotkeys(Settings())]
    monkeypatch.delenv("DISPLAY")
    found += doctor.examine()
    names = (
        "shotglass",
        "Python",
        sys.platform,
        "Fake engine",
        "GPU",
        "CPU",
        "float32",
        "sdpa",
        "XGrabKey",
        "XEmbed",
        "Qt",
    )
    system = (platform.freedesktop_os_release()["PRETTY_NAME"], platform.system(), platform.release())
    data = (
        f"torch {version('torch')}",
        "torch",
        *names,
        *system,
        platform.machine(),
        *(task.id for task in TaskFiles().read()[0]),
    )
    left = {text: unmarked(text, *data) for one in found for text in (one.about, one.detail, one.cure) if text}
    assert {text: words for text, words in left.items() if words and not Path(text).is_absolute()} == {}


def test_the_doctor_is_told_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the window that starts it; the command alone speaks English."""
    monkeypatch.setattr(doctor, "examine", list)
    for value, spoken in (("", "en"), ("zh_CN", "zh_CN"), ("no language", "en")):
        monkeypatch.setenv(language.VARIABLE, value)
        with pytest.raises(typer.Exit):
            cli.doctor(json=True)
        assert language.spoken() == spoken
