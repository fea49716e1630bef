"""A real session asks a real server on loopback: every request keeps the schema, every answer comes whole."""

import json
import re
import threading
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from desktop.engine.api import EngineError, Phase
from desktop.engine.choose import choose_engine
from desktop.engine.fallback import FallbackEngine
from desktop.engine.remote.engine import RemoteEngine
from desktop.engine.remote.patience import Patience
from desktop.job import AnswerKind, Box, Job, State, Task, Turn
from desktop.settings import Settings
from tests.engine.qwen.checkpoints import random_shot
from tests.engine.remote.asked import DESCRIBE, DETECT, NO_PROGRESS, SHOT, ask, engine_for
from tests.engine.remote.openai_schema import ChatRequest
from tests.engine.remote.openai_server import MODEL, WORDS, Fault, OpenAIServer, event, piece_of, stream_of
from tests.engine.sessions import RunningSession
from tests.xserver import wait_until

LONG = Patience(silence_s=600)


def test_an_answer_streams(openai: OpenAIServer) -> None:
    """Word by word, with the model's name, and how it came about at its end; the rest waits for the first words."""
    with RunningSession(engine_for(openai)) as session:
        seen = partial(wait_until, lambda: any(update.text for update in session.updates), "the first words")
        openai.faults = [Fault(pieces=100, after=900, action=seen)]
        done = ask(session)
        texts = [update.text for update in session.updates if update.text]
    assert (done.state, done.text, done.words, done.error, done.note) == (State.DONE, WORDS, WORDS, "", "")
    assert done.engine == f"Qwen2.5-VL-7B-Instruct at 127.0.0.1:{openai.port}"
    assert 0 < len(texts[0]) < len(WORDS)
    assert all(WORDS.startswith(text) for text in texts)
    assert re.search(r"sent as PNG of 308 × 196 pixels, \d+ kB ·", done.details)
    assert "30 tokens asked, 9 said" in done.details


def test_a_server_does_not_fall_asleep(openai: OpenAIServer) -> None:
    """Its GPU is not ours to free, so what the user wants of an idle one does not concern it."""
    with RunningSession(engine_for(openai)) as session:
        session.session.free_after(0.1)
        session.wait_for_phase(Phase.READY)
        time.sleep(0.5)
        assert Phase.UNLOADED not in session.phases()
        assert ask(session).state is State.DONE


def test_what_is_asked(openai: OpenAIServer) -> None:
    """The picture resized and first, the model, and nothing that greedy sampling does not need."""
    with RunningSession(engine_for(openai)) as session:
        ask(session)
    (asked,) = openai.asked
    request = asked.request
    assert request.picture().size == (308, 196)
    assert (request.model, request.max_tokens, request.temperature) == (MODEL, 64, 0.0)
    assert request.model_fields_set.isdisjoint({"top_p", "seed", "stop"})
    content = request.model_dump(exclude_unset=True)["messages"][1]["content"]
    assert [{**part, "image_url": None} if "image_url" in part else part for part in content] == [
        {"type": "image_url", "image_url": None}, {"type": "text", "text": "Describe this picture."}
    ]  # fmt: skip
    assert asked.authorization is None


def test_sampling_and_stop_words_of_the_task(openai: OpenAIServer) -> None:
    """More stop words than the schema takes end the answer here."""
    stops = ("aa", "bb", "cc", "dd", " fox")
    task = Task("t", "T", "Say.", AnswerKind.TEXT, temperature=0.7, top_p=0.9, seed=7, stop=stops)
    with RunningSession(engine_for(openai)) as session:
        done = ask(session, Job(SHOT, task))
    request = openai.asked[0].request
    assert (request.temperature, request.top_p, request.seed, request.stop) == (0.7, 0.9, 7, list(stops[:4]))
    assert (done.state, done.text) == (State.DONE, "The quick brown")


def test_a_follow_up_is_a_conversation_about_the_same_picture(
    openai: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first message is the same byte for byte, so that the server's prefix cache knows it."""
    monkeypatch.setattr("desktop.engine.remote.server._DRAIN_S", 60.0)  # on busy cores the end may come late
    question = Task("ask", "Ask", "{question}", AnswerKind.MARKDOWN)
    turns = (Turn(DESCRIBE, "", {}, "A fox."), Turn(question, "Colour?", {}, "Brown."))
    with RunningSession(engine_for(openai)) as session:
        ask(session)
        ask(session, Job(SHOT, question, question="And the dog?", earlier=turns))
    first, second = (asked.request.messages for asked in openai.asked)
    assert second[:2] == first
    assert [(m.role, m.content) for m in second[2:]] == [
        ("assistant", "A fox."), ("user", "Colour?"), ("assistant", "Brown."), ("user", "And the dog?"),
    ]  # fmt: skip
    assert openai.asked[0].connection == openai.asked[1].connection


def test_boxes_come_back_in_pixels_of_the_shot(openai: OpenAIServer) -> None:
    """The model names them in the pixels it was sent, at least 1,024 tokens of them, whatever the Shot has."""
    shot = random_shot(400, 200)

    def whole(request: object) -> str:
        wide, high = openai.asked[-1].request.picture().size
        return json.dumps([{"bbox_2d": [wide // 2, 0, wide, high], "label": "right half"}])

    openai.answer = whole
    with RunningSession(engine_for(openai)) as session:
        done = ask(session, Job(shot, DETECT))
    wide, high = openai.asked[0].request.picture().size
    assert wide * high >= 1024 * 28 * 28
    assert [(line.text, line.box) for line in done.lines] == [("right half", Box(200, 0, 400, 200))]
    assert json.loads(done.text)["boxes"] == [[200, 0, 200, 200]]


@pytest.mark.parametrize(
    ("owner", "most"),
    [("vllm", 4_000_000), ("library", 2 << 20), ("llamacpp", 4096 * 784)],
    ids=["vllm", "ollama", "llama"],
)
def test_pictures_keep_the_limits_that_a_server_does_not_tell(owner: str, most: int) -> None:
    """What the program behind the models shrinks by itself would put boxes into the wrong place."""
    with OpenAIServer(owner=owner) as server, RunningSession(engine_for(server, picture_limit="4000x1000")) as session:
        done = ask(session, Job(random_shot(2400, 2400), DETECT))
        wide, high = server.asked[0].request.picture().size
    assert 0.95 * most < wide * high <= most
    assert f"The picture was read at {wide} × {high} pixels" in done.note
    assert done.reduced


def test_several_jobs_run_at_once_and_no_more_than_is_set(openai: OpenAIServer) -> None:
    """The others wait in the session's queue; each gets its own answer, always three of them together."""
    three = threading.Barrier(3, timeout=60)

    def answer(request: ChatRequest) -> str:
        three.wait()
        return f"It is {request.picture().size[0]} wide."

    openai.answer = answer
    with RunningSession(engine_for(openai, server_jobs=3)) as session:
        jobs = [Job(random_shot(280 + 28 * number, 280), DESCRIBE) for number in range(9)]
        for job in jobs:
            session.session.submit(job)
        said = [session.finish(job.id).text for job in jobs]
    assert said == [f"It is {280 + 28 * number} wide." for number in range(9)]
    assert openai.most_running == 3


def test_the_least_busy_server_is_asked(openai: OpenAIServer) -> None:
    """Four jobs at once on two servers are two each; all go on while one is away."""

    def both(two: threading.Barrier, _request: ChatRequest) -> str:
        two.wait()
        return WORDS

    with OpenAIServer() as other, RunningSession(engine_for(openai, other, server_jobs=4)) as session:
        for server in (openai, other):
            server.answer = partial(both, threading.Barrier(2, timeout=60))
        jobs = [Job(SHOT, DESCRIBE) for _number in range(4)]
        for job in jobs:
            session.session.submit(job)
        assert {session.finish(job.id).state for job in jobs} == {State.DONE}
        assert (openai.most_running, other.most_running) == (2, 2)
        other.answer = lambda _request: WORDS
        openai.go_away()
        assert [ask(session).state for _try in range(3)] == [State.DONE] * 3


@pytest.mark.parametrize("cut_after", [0, 900], ids=["before its first word", "in the middle of it"])
def test_cancel_closes_the_connection_at_once(openai: OpenAIServer, cut_after: int) -> None:
    """The server sees it go while it has more to say; the others go on."""
    openai.faults = [Fault(cut_after=cut_after, pieces=100, hold=True)]
    with RunningSession(engine_for(openai, patience=LONG)) as session:
        job = Job(SHOT, DESCRIBE)
        session.session.submit(job)
        wait_until(lambda: openai.running == 1, "the server to be asked")
        wait_until(lambda: not cut_after or any(update.text for update in session.of(job.id)), "some words")
        session.session.cancel(job.id)
        stopped = session.finish(job.id)
        assert stopped.state is State.CANCELLED
        assert ("first word" in stopped.details) == bool(cut_after), "what is known of it"
        wait_until(lambda: openai.asked[0].closed, "the connection to be closed")
        assert ask(session).text == WORDS


def test_free_and_close_leave_nothing_behind(openai: OpenAIServer) -> None:
    """No thread, no connection; the next job connects again."""
    openai.faults = [Fault(cut_after=900, pieces=100, hold=True)]
    with RunningSession(engine_for(openai, patience=LONG)) as session:
        job = Job(SHOT, DESCRIBE)
        session.session.submit(job)
        wait_until(lambda: len(openai.asked) == 1, "the server to be asked")
        session.session.free()
        session.wait_for_phase(Phase.UNLOADED)
        wait_until(lambda: openai.asked[0].closed, "the connection to be closed")
        assert not any(thread.name == "remote" for thread in threading.enumerate())
        assert ask(session).state is State.DONE
    assert not any(thread.name == "remote" for thread in threading.enumerate())
    assert openai.looked == 2


def test_a_loop_is_found_and_cut(openai: OpenAIServer) -> None:
    """As with the model here: one copy stays, and the connection is closed before the server has said it all."""
    openai.answer = lambda _request: "It begins. " + "and on and so " * 4000
    with RunningSession(engine_for(openai)) as session:
        done = ask(session)
    assert done.state is State.DONE
    assert done.text.startswith("It begins. and on and so")
    assert len(done.text) < 200
    assert "began to repeat itself" in done.note


@pytest.mark.parametrize(
    ("most", "note"),
    [
        (9, "cut at 9 tokens, the most it may have; ask for"),
        (64, "cut at 9 tokens, where the server's context was full;"),
    ],
    ids=["at the most", "before"],
)
def test_an_answer_that_is_cut_says_so(openai: OpenAIServer, most: int, note: str) -> None:
    """And why: more tokens than it may have help as little where the context is full as a larger context elsewhere."""
    openai.faults = [Fault(finish="length")]
    with RunningSession(engine_for(openai)) as session:
        done = ask(session, Job(SHOT, replace(DESCRIBE, max_tokens=most)))
    assert done.text == WORDS
    assert note in done.note


def test_the_answer_leaves_room_for_the_picture(openai: OpenAIServer) -> None:
    """Where the server tells its context, an answer that is too long for it is asked for shorter, not the picture."""
    openai.models["data"][0]["max_model_len"] = 4096
    task = Task("code", "Code", "Rebuild it.", AnswerKind.HTML, max_tokens=4096)
    with RunningSession(engine_for(openai)) as session:
        done = ask(session, Job(random_shot(1400, 1120), task))
    request = openai.asked[0].request
    assert request.picture().size == (1400, 1120)
    assert 1900 < request.max_tokens <= 4096 - 2000 - 20
    assert done.state is State.DONE


STREAM = stream_of(WORDS)
ODD = {
    "byte by byte": Fault(pieces=1),
    "in sevens": Fault(pieces=7),
    "CRLF": Fault(stream=STREAM.replace(b"\n", b"\r\n"), pieces=13),
    "CR": Fault(stream=STREAM.replace(b"\n", b"\r"), pieces=11),
    "keep-alive comments": Fault(stream=b": ping\n\n" + STREAM.replace(b"\n\n", b"\n\n: OPENROUTER PROCESSING\n\n")),
    "no end": Fault(stream=STREAM.replace(b"data: [DONE]\n\n", b"")),
    "no usage, no role": Fault(stream=event(piece_of(WORDS)) + event(piece_of("", "stop")) + b"data: [DONE]\n\n"),
    "no empty line behind it": Fault(stream=STREAM.removesuffix(b"\n\n")),
    "said after the end": Fault(stream=STREAM + event({"nonsense": 1})),
}


@pytest.mark.parametrize("fault", ODD.values(), ids=ODD)
def test_odd_streams_are_read(openai: OpenAIServer, fault: Fault) -> None:
    """Whatever servers and proxies make of the format."""
    openai.faults = [fault]
    with RunningSession(engine_for(openai)) as session:
        done = ask(session)
    assert (done.state, done.text) == (State.DONE, WORDS)


def test_nothing_is_sent_before_a_task_is_asked(openai: OpenAIServer) -> None:
    """A picture that is only prepared stays here; loading asks for the models alone."""
    with RunningSession(engine_for(openai)) as session:
        session.wait_for_phase(Phase.READY)
        session.session.prepare(SHOT)
        time.sleep(0.2)
        assert (openai.looked, openai.asked) == (1, [])


def test_a_job_whose_first_step_is_never_asked_for_sends_nothing(openai: OpenAIServer) -> None:
    """Nor does one that was cancelled before it; neither is kept."""
    engine = engine_for(openai)
    engine.load(NO_PROGRESS)
    job = Job(SHOT, DESCRIBE)
    steps = engine.submit(job)
    engine.cancel(job.id)
    assert [update.state for update in steps] == [State.CANCELLED]
    steps = engine.submit(job)
    del steps
    time.sleep(0.1)
    assert (openai.asked, dict(engine._running)) == ([], {})
    engine.close()


@pytest.mark.parametrize(("host", "place"), [("127.0.0.1", ""), ("0.0.0.0", "0.0.0.0:{}")], ids=["here", "elsewhere"])
def test_where_the_picture_went(host: str, place: str) -> None:
    """A server on this computer is no other place; any other is told by the engine, and with each answer."""
    with OpenAIServer(host) as server, RunningSession(engine_for(server)) as session:
        server.faults = [Fault(), Fault(status=500)]
        place = place.format(server.port)
        assert session.wait_for_phase(Phase.READY).place == place
        assert session.session.capabilities.place == place
        updates = [ask(session), ask(session)]
        assert [(update.state, update.place) for update in updates] == [(State.DONE, place), (State.FAILED, place)]


def test_a_picture_that_was_never_sent_is_not_said_to_have_been() -> None:
    """Where nothing listens any more, nothing left."""
    with OpenAIServer("0.0.0.0") as server, RunningSession(engine_for(server)) as session:
        session.wait_for_phase(Phase.READY)
        server.go_away()
        failed = ask(session)
        assert (failed.state, failed.place) == (State.FAILED, "")


def test_auto_asks_a_server_only_where_one_was_entered(openai: OpenAIServer, tmp_path: Path) -> None:
    """Behind a model of this computer, before the embedded OCR, which answers where the server is away."""
    assert choose_engine(Settings()).capabilities.name == "ocr"
    engine = choose_engine(Settings(servers=(openai.address,)))
    engine.load(NO_PROGRESS)
    assert (engine.capabilities.name, engine.capabilities.lack) == ("remote", "")
    engine.close()
    openai.models_status = 500
    engine.load(NO_PROGRESS)
    assert isinstance(engine, FallbackEngine)
    assert engine.capabilities.name == "ocr"
    assert "failed (500" in engine.capabilities.lack
    assert "Until then the embedded OCR answers" in engine.capabilities.lack
    engine.close()
    (tmp_path / "config.json").write_text("{")
    (tmp_path / "model.safetensors").write_bytes(b"")
    with_model = choose_engine(Settings(servers=(openai.address,), model=str(tmp_path)))
    assert with_model.capabilities.name == "qwen"
    openai.models_status = 200
    with_model.load(NO_PROGRESS)
    assert with_model.capabilities.name == "remote"
    assert with_model.capabilities.lack.endswith(
        f"Until then Qwen2.5-VL-7B-Instruct at 127.0.0.1:{openai.port} answers; Load the model (tray menu) tries again."
    )
    with_model.close()


def test_without_an_address_there_is_no_server() -> None:
    with pytest.raises(EngineError, match="No server is entered; enter its address in the preferences"):
        choose_engine(Settings(engine="remote"))
    with pytest.raises(EngineError, match="is not connected"):
        RemoteEngine(Settings(servers=("localhost",))).submit(Job(SHOT, DESCRIBE))
