"""What llama.cpp's server says (build 11434), byte for byte but for long values that nothing reads, and its outcome."""

import json
import threading
from dataclasses import replace

import pytest

from desktop.engine.api import EngineError
from desktop.engine.remote.request import SHORTEST
from desktop.job import AnswerKind, Job, State, Task
from tests.engine.qwen.checkpoints import random_shot
from tests.engine.remote.asked import DESCRIBE, NO_PROGRESS, SHOT, SOON, ask, engine_for
from tests.engine.remote.openai_schema import ChatRequest
from tests.engine.remote.openai_server import WORDS, Fault, OpenAIServer, event, piece_of
from tests.engine.sessions import RunningSession

MODEL = """{"models":[{"name":"qv","model":"qv","modified_at":"","size":"","digest":"","type":"model","description":"",\
"tags":[""],"capabilities":["completion","multimodal"],"parameters":"","details":{"parent_model":"","format":"gguf",\
"family":"","families":[""],"parameter_size":"","quantization_level":""}}],"object":"list","data":[{"id":"qv","aliases":\
["qv","qwen2.5-vl"],"tags":[],"object":"model","architecture":{"input_modalities":["text","image","video"],\
"output_modalities":["text"]},"created":1795976012,"owned_by":"llamacpp","meta":{"vocab_type":2,"n_vocab":414,\
"n_ctx":4352,"n_ctx_train":8192,"n_embd":64,"n_params":127296,"size":255744,"ftype":"F16"}}]}"""
FOLDER = """{"data":[{"id":"alpha","aliases":[],"tags":[],"object":"model","owned_by":"llamacpp","created":1795976062,\
"status":{"value":"unloaded"},"architecture":{"input_modalities":["text"],"output_modalities":["text"]},"source":\
"models_dir","can_remove":false},{"id":"qwen-mm","aliases":[],"tags":[],"object":"model","owned_by":"llamacpp","created":\
1795976062,"status":{"value":"unloaded"},"architecture":{"input_modalities":["text","image"],"output_modalities":\
["text"]},"source":"models_dir","can_remove":false}],"object":"list"}"""
LOADING = '{"error":{"message":"Loading model","type":"unavailable_error","code":503}}'
TOO_LONG = (
    '{"error":{"code":400,"message":"request (4132 tokens) exceeds the available context size (4096 tokens), try '
    'increasing it","type":"exceed_context_size_error","n_prompt_tokens":4132,"n_ctx":4096}}'
)
NO_ROOM = b'data: {"error":{"code":500,"message":"failed to process mtmd chunk","type":"server_error"}}\n\n'
ROOM_GONE = b'data: {"error":{"code":500,"message":"Context size has been exceeded.","type":"server_error"}}\n\n'
ROLE = b"""data: {"choices":[{"finish_reason":null,"index":0,"delta":{"role":"assistant","content":null}}],"created":\
1795975752,"id":"chatcmpl-nV7tkeFamZo8PgB07Vy4DHLLmWJLFTzo","model":"tiny.gguf","system_fingerprint":"b11434-unknown",\
"object":"chat.completion.chunk"}\n\n"""
LAST = b"""data: {"choices":[{"finish_reason":"length","index":0,"delta":{}}],"created":1795975752,"id":\
"chatcmpl-nV7tkeFamZo8PgB07Vy4DHLLmWJLFTzo","model":"tiny.gguf","system_fingerprint":"b11434-unknown","object":\
"chat.completion.chunk"}\n\ndata: {"choices":[],"created":1795975752,"id":"chatcmpl-nV7tkeFamZo8PgB07Vy4DHLLmWJLFTzo",\
"model":"tiny.gguf","system_fingerprint":"b11434-unknown","object":"chat.completion.chunk","usage":{"completion_tokens":\
4,"prompt_tokens":150,"total_tokens":154,"prompt_tokens_details":{"cached_tokens":34}},"timings":{"cache_n":34,\
"prompt_n":116,"prompt_ms":787.483,"predicted_n":4,"predicted_ms":10.229}}\n\ndata: [DONE]\n\n"""


@pytest.fixture
def llama(openai: OpenAIServer) -> OpenAIServer:
    """A server with one model that sees pictures."""
    openai.models = json.loads(MODEL)
    return openai


def test_an_answer_is_read(llama: OpenAIServer) -> None:
    """Its first piece holds null, and its last one the times."""
    llama.faults = [Fault(stream=ROLE + event(piece_of("A fox.")) + LAST)]
    with RunningSession(engine_for(llama)) as session:
        done = ask(session)
    assert (done.state, done.text) == (State.DONE, "A fox.")
    assert "150 tokens asked, 4 said" in done.details


def test_a_model_may_be_asked_by_another_name(llama: OpenAIServer) -> None:
    with RunningSession(engine_for(llama, server_model="qwen2.5-vl")) as session:
        assert ask(session).text == WORDS
    assert [asked.request.model for asked in llama.asked] == ["qwen2.5-vl"]


def test_of_a_folder_of_models_the_one_that_sees_is_asked(openai: OpenAIServer) -> None:
    """The list tells what each takes, whatever its name; of several that see, one that is named so."""
    openai.models = json.loads(FOLDER)
    with RunningSession(engine_for(openai)) as session:
        assert ask(session).text == WORDS
    openai.models["data"] += [{**openai.models["data"][1], "id": "qwen2.5-vl"}]
    with RunningSession(engine_for(openai)) as session:
        assert ask(session).text == WORDS
    assert [asked.request.model for asked in openai.asked] == ["qwen-mm", "qwen2.5-vl"]


def test_what_it_tells_may_be_anything_elsewhere(openai: OpenAIServer) -> None:
    """No other server has to keep to its list."""
    openai.models["data"][0] |= {"aliases": None, "meta": "none", "architecture": "qwen"}
    with RunningSession(engine_for(openai)) as session:
        assert ask(session).text == WORDS


def test_a_server_that_still_loads_says_so(llama: OpenAIServer) -> None:
    """When it is connected, and in the middle of its time, where it is asked a few times more."""
    llama.models_status, llama.models = 503, json.loads(LOADING)
    engine = engine_for(llama)
    with pytest.raises(EngineError, match="is still loading its model; try again in a moment, or let this computer"):
        engine.load(NO_PROGRESS)
    llama.models_status, llama.models = 200, json.loads(MODEL)
    llama.faults = [Fault(503, LOADING)] * 5
    with RunningSession(engine_for(llama)) as session:
        assert "is still loading its model; try again in a moment" in ask(session).error
        assert ask(session).text == WORDS


def test_the_picture_leaves_room_for_the_answer(llama: OpenAIServer) -> None:
    """llama.cpp takes a picture that fills its context and cuts the answer; one that is refused is sent smaller."""
    code = Task("code", "Code", "Rebuild it.", AnswerKind.HTML, max_tokens=4096)
    llama.faults = [Fault(), Fault(400, TOO_LONG)]
    with RunningSession(engine_for(llama)) as session:
        done = ask(session, Job(random_shot(1920, 1680), code))
        ask(session, Job(random_shot(1920, 1680), code))
        ask(session, Job(random_shot(1920, 1680), replace(code, max_tokens=100)))
    taken = [tokens_of(asked.request) for asked in llama.asked]
    assert 4352 - SHORTEST - 150 < taken[0] < 4352 - SHORTEST - 20
    assert llama.asked[0].request.max_tokens >= SHORTEST
    assert "The picture was read at" in done.note
    assert taken[1] == taken[0] > 2 * taken[2] - 50
    assert taken[3] > 4352 - 100 - 300


def test_a_small_context_is_shared(llama: OpenAIServer) -> None:
    """Half of it is for the answer."""
    llama.models["data"][0]["meta"]["n_ctx"] = 1024
    with RunningSession(engine_for(llama)) as session:
        ask(session, Job(random_shot(1400, 1400), replace(DESCRIBE, max_tokens=2048)))
    request = llama.asked[0].request
    assert 400 < tokens_of(request) < 512 <= request.max_tokens


def test_pictures_that_have_no_room_together_wait_for_each_other(llama: OpenAIServer) -> None:
    """Its answers share one context: it breaks off what does not fit, which is asked again once others have ended."""
    refused = threading.Event()

    def refuse(_request: ChatRequest) -> Fault | None:
        if llama.running < 2:
            return None
        refused.set()
        return Fault(stream=NO_ROOM)

    def answer(_request: ChatRequest) -> str:
        assert refused.wait(60)
        return WORDS

    llama.refuse, llama.answer = refuse, answer
    with RunningSession(engine_for(llama, server_jobs=4)) as session:
        jobs = [Job(SHOT, DESCRIBE) for _number in range(8)]
        for job in jobs:
            session.session.submit(job)
        updates = [session.finish(job.id) for job in jobs]
    assert [(update.state, update.text, update.note) for update in updates] == [(State.DONE, WORDS, "")] * 8
    assert 8 < len(llama.asked) < 16
    assert len({tokens_of(asked.request) for asked in llama.asked}) == 1


def test_a_picture_that_has_no_room_alone_is_sent_smaller(llama: OpenAIServer) -> None:
    """Others than those of this computer may be asking."""
    llama.refuse = lambda request: Fault(stream=NO_ROOM) if tokens_of(request) > 1000 else None
    with RunningSession(engine_for(llama)) as session:
        done = ask(session, Job(random_shot(1400, 1120), DESCRIBE))
    assert (done.state, done.text) == (State.DONE, WORDS)
    assert [tokens_of(asked.request) > 1000 for asked in llama.asked] == [True, True, False]
    assert done.reduced


def test_an_answer_that_others_left_no_room_for_says_so(llama: OpenAIServer) -> None:
    """What came of it stays, and nothing is asked again by itself."""
    llama.faults = [Fault(stream=ROLE + event(piece_of("The quick")) + ROOM_GONE)]
    with RunningSession(engine_for(llama, patience=SOON)) as session:
        failed = ask(session)
    assert (failed.state, failed.text) == (State.FAILED, "The quick")
    assert "ran out of room for all that it was asked at once; ask for fewer pictures at once in the" in failed.error
    assert len(llama.asked) == 1


def tokens_of(request: ChatRequest) -> int:
    """What the request's picture takes of the context."""
    wide, high = request.picture().size
    return wide * high // 28**2
