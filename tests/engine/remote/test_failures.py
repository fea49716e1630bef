"""Servers that refuse, break and lie: one clear sentence each, and another try only where it costs nothing."""

import asyncio
import json
import socket
import subprocess
import time
from dataclasses import replace
from email.utils import formatdate
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from desktop.engine.api import EngineError
from desktop.engine.remote.examine import IN_THE_CLEAR, look_at_servers
from desktop.engine.remote.keys import VARIABLE
from desktop.engine.remote.patience import Patience
from desktop.job import AnswerKind, Job, Shot, State, Task
from desktop.settings import Settings
from tests.engine.qwen.checkpoints import random_shot
from tests.engine.remote.asked import DESCRIBE, HASTY, NO_PROGRESS, SHOT, SOON, ask, engine_for
from tests.engine.remote.openai_schema import ChatRequest
from tests.engine.remote.openai_server import MODEL, WORDS, Fault, OpenAIServer, event, stream_of
from tests.engine.sessions import RunningSession
from tests.xserver import wait_until

STREAM = stream_of(WORDS)
CUT = STREAM.index(b"fox")


def complaint(message: str) -> str:
    """An error as vLLM and OpenAI write it."""
    return json.dumps({"error": {"message": message, "type": "BadRequestError", "code": 400}})


REFUSALS = {
    "500": (Fault(500, complaint("CUDA error.")), "failed (500: CUDA error); try again, or let this computer answer."),
    "500 without words": (Fault(500), "failed (500); try again, or let this computer answer."),
    "SGLang": (Fault(400, '{"object": "error", "message": "bad seed"}'), "failed (400: bad seed); try again, or"),
    "FastAPI": (Fault(422, '{"detail": "no field"}'), "failed (422: no field); try again, or let this computer"),
    "502": (Fault(502, "<html>Bad Gateway</html>"), "does not answer (502); check that the server runs, or let this"),
    "403": (Fault(403, "no"), "wants a key; enter it in the preferences (Server), or set SHOTGLASS_SERVER_KEY."),
    "wrong model": (
        Fault(404, complaint(f"The model `{MODEL}` does not exist.")),
        f"does not have the model {MODEL}; choose another one in the preferences (Server).",
    ),
    "no chat": (
        Fault(404, "Not Found"),
        "has no OpenAI-compatible chat; check its address in the preferences (Server).",
    ),
    "redirect": (
        Fault(307, headers={"Location": "http://elsewhere.example/v1"}),
        "points to another address; enter that one in the preferences (Server) if you trust it.",
    ),
    "vLLM is blind": (Fault(400, complaint("Q is not a multimodal model")), "sees no pictures; choose another one in"),
    "vLLM of old": (Fault(400, complaint("At most 0 image(s) may be provided in one request.")), "sees no pictures; "),
    "llama.cpp": (
        Fault(
            500, '{"error":{"code":500,"message":"image input is not supported - hint: mmproj","type":"server_error"}}'
        ),
        "sees no pictures; choose another one in the preferences (Server), or let this computer answer.",
    ),
    "Ollama": (Fault(500, complaint("this model is missing data required for image input")), "sees no pictures; "),
    "nonsense": (
        Fault(headers={"Content-Type": "text/html"}, stream=b"<html>"),
        "sends answers that make no sense here",
    ),
    "bad JSON": (Fault(stream=b"data: {broken\n\n"), "sends answers that make no sense here; check that it is an"),
    "no choices": (Fault(stream=event({"id": "c"})), "sends answers that make no sense here; check that it is an"),
    "wrong types": (Fault(stream=event({"choices": "none"})), "sends answers that make no sense here; check that"),
    "an event without an end": (Fault(stream=b"data: " + b"x" * (5 << 20)), "sends answers that make no sense here"),
    "error in the stream": (
        Fault(stream=event({"error": {"message": "Out of memory"}})),
        "failed (Out of memory); try",
    ),
    "error event": (Fault(stream=b'event: error\ndata: {"message": "Oops"}\n\n'), "failed (Oops); try again, or let"),
    "hang up": (Fault(hang_up=True), "drops the connection; try again, or let this computer answer."),
    "silence": (
        Fault(cut_after=1, pieces=1, hold=True),
        "went silent for 0 s; try again, or let this computer answer.",
    ),
}


@pytest.mark.parametrize(("fault", "sentence"), REFUSALS.values(), ids=REFUSALS)
def test_what_a_server_does_wrong_is_told_in_one_sentence(openai: OpenAIServer, fault: Fault, sentence: str) -> None:
    """Asked once, and the next job is answered as if nothing had been."""
    openai.faults = [fault]
    with RunningSession(engine_for(openai, patience=HASTY if fault.hold else SOON)) as session:
        failed = ask(session)
        assert (failed.state, failed.text) == (State.FAILED, "")
        assert sentence in failed.error
        assert f"127.0.0.1:{openai.port}" in failed.error
        assert failed.error.endswith(".")
        assert ". " not in failed.error
        assert len(openai.asked) == 1
        if fault.hold:
            wait_until(lambda: ask(session).text == WORDS, "an answer that is not taken for silence")
        else:
            assert ask(session).text == WORDS


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (Fault(stream=STREAM[:CUT]), "broke off in the middle of its answer; try again"),
        (Fault(cut_after=CUT, pieces=CUT), "broke off in the middle of its answer; try again"),
        (Fault(cut_after=CUT, pieces=CUT, reset=True), "broke off in the middle of its answer; try again"),
        (Fault(cut_after=CUT, pieces=CUT, hold=True), "went silent for 0 s; try again"),
        (Fault(stream=STREAM[:CUT] + b"\n\n" + event({"error": "gone"})), "make no sense here"),
    ],
    ids=["ended", "cut", "reset", "held", "broken"],
)
def test_what_came_before_a_failure_stays(openai: OpenAIServer, fault: Fault, sentence: str) -> None:
    """The text so far is kept, and nothing is asked again by itself once a word has come."""
    with RunningSession(engine_for(openai, patience=HASTY if fault.hold else SOON)) as session:
        seen = partial(wait_until, lambda: any(update.text for update in session.updates), "the first words")
        openai.faults = [replace(fault, after=CUT, action=seen)]
        failed = ask(session)
    assert (failed.state, failed.text) == (State.FAILED, "The quick brown")
    assert sentence in failed.error
    assert len(openai.asked) == 1


def test_a_busy_server_is_asked_again_when_it_says(openai: OpenAIServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """In seconds or as a date; without either, soon and then later and later."""
    waited: list[float] = []
    sleep = asyncio.sleep

    async def note(delay_s: float) -> None:
        waited.append(delay_s)
        await sleep(delay_s)

    monkeypatch.setattr(asyncio, "sleep", note)
    openai.faults = [Fault(429, headers={"Retry-After": "1"}), Fault(503), Fault(429, headers={"Retry-After": "soon"})]
    with RunningSession(engine_for(openai)) as session:
        assert ask(session).text == WORDS
    told, soon, later = filter(None, waited)
    assert told == 1
    assert 0.015 < soon < 0.025 < later < 0.05
    assert len(openai.asked) == 4


def test_a_server_that_stays_busy_is_left_alone(openai: OpenAIServer) -> None:
    """After four tries; one that wants more time than anybody waits is not tried again at all."""
    openai.faults = [Fault(503)] * 4 + [Fault(429, headers={"Retry-After": formatdate(time.time() + 90, usegmt=True)})]
    with RunningSession(engine_for(openai)) as session:
        tired, later = ask(session), ask(session)
    assert "has too much to do; try again in 1 s, or let this computer answer." in tired.error
    assert any(f"try again in {seconds} s" in later.error for seconds in range(30, 91))
    assert len(openai.asked) == 5


def test_cancel_ends_the_wait_for_a_busy_server(openai: OpenAIServer) -> None:
    openai.faults = [Fault(429, headers={"Retry-After": "60"})]
    with RunningSession(engine_for(openai, patience=replace(SOON, longest_s=60))) as session:
        job = Job(SHOT, DESCRIBE)
        session.session.submit(job)
        while not openai.asked:
            time.sleep(0.005)
        session.session.cancel(job.id)
        assert session.finish(job.id).state is State.CANCELLED
        assert ask(session).text == WORDS
    assert len(openai.asked) == 2


def test_another_server_takes_what_a_busy_one_refuses(openai: OpenAIServer) -> None:
    """At once; and the busy one rests, so the next job does not begin with it."""
    openai.faults = [Fault(503, headers={"Retry-After": "60"})]
    with OpenAIServer() as other, RunningSession(engine_for(openai, other)) as session:
        assert [ask(session).text for _try in range(3)] == [WORDS] * 3
        assert (len(openai.asked), len(other.asked)) == (1, 3)


def test_a_server_away_is_tried_again_and_then_told(openai: OpenAIServer) -> None:
    """Nothing had been sent, so trying costs nothing."""
    with RunningSession(engine_for(openai)) as session:
        assert ask(session).text == WORDS
        openai.go_away()
        failed = ask(session)
    assert "cannot be reached; check that the server runs, and its address, or let this computer" in failed.error


def load_error(*servers: OpenAIServer, patience: Patience = SOON, **more: object) -> str:
    """Why an engine cannot be loaded."""
    engine = engine_for(*servers, patience=patience, **more)
    with pytest.raises(EngineError) as failed:
        engine.load(NO_PROGRESS)
    engine.close()
    return str(failed.value)


def test_loading_tells_what_is_wrong(openai: OpenAIServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Key, model, list and address, each with its cure."""
    openai.key = "right"
    assert "wants a key; enter it in the preferences (Server)" in load_error(openai)
    monkeypatch.setenv(VARIABLE, "wrong")
    assert "refuses the key; enter another one in the preferences (Server)" in load_error(openai)
    monkeypatch.setenv(VARIABLE, "schlüssel")
    assert "holds signs that no key has; enter it again" in load_error(openai)
    monkeypatch.setenv(VARIABLE, "right")
    assert f"has no model 7b; it has {MODEL} (preferences, Server)." in load_error(openai, server_model="7b")
    openai.models = {"data": []}
    assert "has no model at all; it has none" in load_error(openai)
    openai.models = ["x"]
    assert "sends answers that make no sense here" in load_error(openai)
    assert load_error(servers=("http://127.0.0.1:1",)).startswith("127.0.0.1:1 cannot be reached; check that the")
    assert load_error(servers=("http://no.such.invalid",)).startswith("no.such.invalid cannot be reached")


def test_the_key_goes_with_every_request(openai: OpenAIServer, monkeypatch: pytest.MonkeyPatch) -> None:
    openai.key = "right"
    monkeypatch.setenv(VARIABLE, "right")
    with RunningSession(engine_for(openai)) as session:
        assert ask(session).text == WORDS
    assert openai.asked[0].authorization == "Bearer right"


def test_the_first_model_that_sees_is_asked(openai: OpenAIServer) -> None:
    """Ollama lists all that it has; one that was chosen comes before."""
    names = ("llama3.2:3b", "qwen2.5vl:7b", "qwen2.5vl:3b")
    openai.models = {"object": "list", "data": [{"id": name, "owned_by": "library"} for name in names]}
    with RunningSession(engine_for(openai)) as session:
        ask(session)
    with RunningSession(engine_for(openai, server_model="llama3.2:3b")) as session:
        ask(session)
    assert [asked.request.model for asked in openai.asked] == ["qwen2.5vl:7b", "llama3.2:3b"]


def test_one_server_of_two_is_enough(openai: OpenAIServer) -> None:
    """The other is left out until the engine is loaded again."""
    with (
        OpenAIServer(model="another") as other,
        RunningSession(engine_for(other, openai, server_model=MODEL)) as session,
    ):
        assert ask(session).text == WORDS
        assert other.asked == []


def test_a_picture_that_is_too_large_a_file_is_sent_smaller(openai: OpenAIServer) -> None:
    """413, as proxies say it: what was found to pass is used from the start next time."""
    openai.refuse = lambda request: Fault(413) if size_of(request) > 1_000_000 else None
    shot = Shot(700, 700, np.random.default_rng(1).integers(0, 256, 700 * 700 * 3, np.uint8).tobytes())
    with RunningSession(engine_for(openai)) as session:
        updates = [ask(session, Job(shot, DESCRIBE)) for _try in range(2)]
    assert [update.text for update in updates] == [WORDS] * 2
    sizes = [size_of(asked.request) for asked in openai.asked]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] == sizes[-2] < sizes[0]
    assert len([size for size in sizes if size <= 1_000_000]) == 2


def test_a_picture_that_is_too_long_for_the_model_is_sent_smaller(openai: OpenAIServer) -> None:
    """It says so, offers full size, and boxes are scaled by the size that passed."""
    openai.answer = lambda request: json.dumps([{"bbox_2d": [0, 0, *request.picture().size], "label": "all"}])
    openai.refuse = lambda request: (
        Fault(400, complaint("This model's maximum context length is 1024 tokens."))
        if pixels_of(request) > 300_000
        else None
    )
    shot = random_shot(1400, 700)
    detect = Task("detect", "Detect", "Detect it.", AnswerKind.BOXES)
    with RunningSession(engine_for(openai)) as session:
        done = ask(session, Job(shot, detect))
        assert ask(session, Job(shot, detect, full_size=True)).state is State.DONE
        ask(session, Job(shot, detect))
    assert tuple(done.lines[0].box) == (0, 0, 1400, 700)
    assert done.reduced
    assert "% of its size" in done.note
    sizes = [pixels_of(asked.request) for asked in openai.asked]
    assert sizes[:3] == sorted(sizes[:3], reverse=True)
    assert sizes == sizes[:3] * 3


def test_a_server_that_takes_no_size_is_not_asked_for_ever(openai: OpenAIServer) -> None:
    openai.faults = [Fault(400, complaint("prompt is too long"))] * 20
    with RunningSession(engine_for(openai)) as session:
        failed = ask(session)
    assert "Picture and words are too much for the model" in failed.error
    assert len(openai.asked) <= 6


def test_an_unknown_certificate_is_refused(
    openai: OpenAIServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And one that this computer was told to trust is not."""
    pem = make_certificate(tmp_path)
    with OpenAIServer() as server:
        server.encrypt(str(pem))
        address = f"https://localhost:{server.port}"
        sentence = "shows a certificate that this computer does not trust; have it corrected or trusted, or let"
        assert sentence in load_error(servers=(address,))
        monkeypatch.setenv("SSL_CERT_FILE", str(pem))
        with RunningSession(engine_for(servers=(address,))) as session:
            assert ask(session).text == WORDS


def test_a_server_that_takes_no_connection_is_given_up_soon() -> None:
    """A socket whose queue is full answers nothing at all."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        port = listener.getsockname()[1]
        waiting = [socket.socket() for _number in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", port))
        start = time.monotonic()
        error = load_error(servers=(f"127.0.0.1:{port}",), patience=Patience(connect_s=0.5))
        assert "does not answer; check that the server runs" in error
        assert time.monotonic() - start < 60  # the system itself would try for two minutes
        for one in waiting:
            one.close()


def test_what_the_doctor_sees(openai: OpenAIServer) -> None:
    """Every server by itself, with what is to be thought of."""
    with OpenAIServer("0.0.0.0") as other:
        openai.models_status = 503
        looked = list(look_at_servers(Settings(servers=(openai.address, other.address, "ftp://x")), SOON))
    assert [bool(one.trouble) for one in looked] == [True, False, True]
    assert f"0.0.0.0:{other.port} answers in " in looked[1].words
    assert looked[1].words.endswith(f" ms with {MODEL}")
    assert (looked[1].models, looked[1].warning) == ((MODEL,), IN_THE_CLEAR)
    assert "has too much to do" in looked[0].words


def size_of(request: ChatRequest) -> int:
    """The length of the request's picture as text."""
    return len(request.model_dump_json())


def pixels_of(request: ChatRequest) -> int:
    """The pixels of the request's picture."""
    wide, high = request.picture().size
    return wide * high


def make_certificate(folder: Path) -> Path:
    """A certificate for localhost with its key, signed by itself."""
    pem = folder / "server.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", pem, "-out", folder / "certificate",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2"],
        check=True, capture_output=True,
    )  # fmt: skip
    pem.write_bytes(pem.read_bytes() + (folder / "certificate").read_bytes())
    return pem
