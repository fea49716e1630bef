"""The embedded OCR drafts what the model copies: real OCR, and no answer changes for it."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from desktop.engine.fake import FakeEngine
from desktop.engine.ocr import OcrEngine
from desktop.engine.qwen.engine import QwenEngine
from desktop.engine.qwen.reader import Reader
from desktop.engine.qwen.request import Request
from desktop.job import Job, Shot, Update
from desktop.settings import Settings
from tests.engine.qwen.asked import job

LINES = ["The first line of a page", "and the second one", "42 apples, 17 pears"]


@pytest.fixture(scope="module")
def page() -> Shot:
    """Three lines of black text."""
    picture = Image.new("RGB", (420, 130), "white")
    font = ImageFont.truetype("DejaVuSans.ttf", 20)
    for number, line in enumerate(LINES):
        ImageDraw.Draw(picture).text((12, 10 + 38 * number), line, "black", font)
    return Shot(*picture.size, picture.tobytes())


@pytest.fixture
def reader() -> Iterator[Reader]:
    """One with the embedded OCR."""
    reader = Reader(OcrEngine())
    yield reader
    reader.close()


def test_the_text_comes_as_it_is_read(reader: Reader, page: Shot) -> None:
    """Every offer begins as the one before; the last one is the whole text."""
    texts: list[str] = []
    whole = threading.Event()

    def offer(text: str) -> None:
        texts.append(text)
        if text == "\n".join(LINES):
            whole.set()

    reader.read(Job(page, job("text").task), offer)
    assert whole.wait(60)
    assert all("\n".join(LINES).startswith(text.rstrip("\n")) for text in texts)


def test_what_is_forgotten_is_not_read(page: Shot) -> None:
    """A job that is over ends its reading; the next one is read."""
    begun, go_on, done = threading.Event(), threading.Event(), threading.Event()

    class Held(FakeEngine):
        def submit(self, job: Job) -> Iterator[Update]:
            for update in super().submit(job):
                yield update
                assert go_on.wait(60)

    reader = Reader(Held(lambda _job: "one two three"))
    first, second = (Job(page, job("text").task) for _ in range(2))
    heard: dict[str, list[str]] = {first.id: [], second.id: []}

    def hear_first(text: str) -> None:
        heard[first.id].append(text)
        begun.set()

    def hear_second(text: str) -> None:
        heard[second.id].append(text)
        if text == "one two three":
            done.set()

    reader.read(first, hear_first)
    reader.read(second, hear_second)
    assert begun.wait(60)
    reader.forget(first.id)
    go_on.set()
    assert done.wait(60)
    assert heard[first.id][-1] != "one two three"
    reader.close()


def last(engine: QwenEngine, one: Job) -> Update:
    """The last Update of a job alone."""
    return list(engine.submit(one))[-1]


def test_answers_stay_the_same(engine: QwenEngine, checkpoint: Path, page: Shot) -> None:
    """With the real OCR beside it the model says what it says alone."""
    helped = QwenEngine(checkpoint, reader=OcrEngine())
    helped.load(lambda _share, _words: None)
    for name in ("text", "fields", "table", "describe"):
        one = Job(page, replace(job(name).task, max_tokens=200))
        assert last(helped, one).text == last(engine, one).text
    helped.close()


def test_what_was_foretold_is_told(
    engine: QwenEngine, checkpoint: Path, page: Shot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that says just what the model says, before it does; without drafts nobody reads."""
    one = Job(page, replace(job("text").task, max_tokens=200))
    alone = last(engine, one)
    assert "foretold" not in alone.details
    helped = QwenEngine(checkpoint, reader=FakeEngine(lambda _job: alone.words))
    helped.load(lambda _share, _words: None)
    model = helped._model
    assert model is not None
    read, offer, step = threading.Event(), model.offer, model.step

    def hear(request: Request, text: str) -> None:
        offer(request, text)
        if text.strip() == alone.words.strip():
            read.set()

    def wait_and_step() -> None:
        assert read.wait(60)
        step()

    monkeypatch.setattr(model, "offer", hear)
    monkeypatch.setattr(model, "step", wait_and_step)
    answer = last(helped, one)
    assert answer.text == alone.text
    assert "foretold by a draft" in answer.details
    helped.close()
    assert QwenEngine(checkpoint, Settings(drafts=False), FakeEngine())._reader is None


def test_a_reader_that_cannot_begin_leaves_nothing_behind(
    engine: QwenEngine, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The prompt that was queued already would be computed for nobody."""

    def fail(_pool: object, *_arguments: object) -> None:
        raise RuntimeError("can't start new thread")

    engine._reader = reader
    monkeypatch.setattr("concurrent.futures.ThreadPoolExecutor.submit", fail)
    with pytest.raises(RuntimeError, match="new thread"):
        list(engine.submit(job("text")))
    assert engine._model is not None
    assert not engine._model.scheduler._waiting
    assert not reader._wanted
