"""The switches of the command line: the saved settings are their defaults, and a wrong value is wrong usage."""

import json
import os
import pty
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from desktop import paths
from desktop.cli import run
from desktop.engine.fake import SENTENCE
from desktop.engine.remote.keys import VARIABLE
from desktop.job import AnswerKind, Task
from desktop.settings import Sampling, Settings, SettingsFile
from desktop.switches import Switches
from tests.command_line import SAMPLE, make_picture, one_sentence, shotglass
from tests.engine.remote.openai_server import MODEL, WORDS, OpenAIServer

CODE = Task("code", "Code", "Use {stack}.", AnswerKind.HTML, options={"stack": ("plain CSS", "Tailwind CSS")})


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    return make_picture(tmp_path / "one.png")


def test_what_is_not_said_is_as_it_was_saved() -> None:
    """A switch changes its own value alone, and sampling that of the asked task alone."""
    saved = Settings(model="3b", dtype="float32", sampling={"code": Sampling(seed=7, top_p=0.5)}, theme="dark")
    assert Switches().settings(saved, "code").adjust(CODE) == saved.adjust(CODE)
    said = Switches(engine="qwen", picture_limit="640x480", memory_cap_gib=8, top_p=0.9, stop=["END", "FIN"])
    settings = said.settings(saved, "code")
    assert (settings.engine, settings.model, settings.dtype, settings.theme) == ("qwen", "3b", "float32", "dark")
    assert (settings.largest_picture, settings.memory_cap_gib) == ((640, 480), 8)
    task = settings.adjust(CODE)
    assert (task.seed, task.top_p, task.stop, task.max_tokens) == (7, 0.9, ("END", "FIN"), CODE.max_tokens)
    assert said.settings(saved, "text").sampling["code"] == saved.sampling["code"]


def test_a_server_that_is_named_is_asked() -> None:
    """It makes its engine the one that answers, and `model` then is the name that the server knows."""
    saved = Settings(model="3b", server_model="saved", servers=("saved.lan",))
    said = Switches(servers=["a.lan", "b.lan"], model="qwen").settings(saved, "text")
    assert (said.engine, said.servers, said.server_model, said.model) == ("remote", ("a.lan", "b.lan"), "qwen", "3b")
    assert Switches(engine="remote").settings(saved, "text").servers == ("saved.lan",)
    assert Switches(servers=["a.lan"], engine="auto").settings(saved, "text").engine == "auto"
    assert Switches(model="7b").settings(saved, "text").server_model == "saved"


def test_options_are_chosen_by_name() -> None:
    """Any text may be chosen, also one with an equals sign."""
    assert Switches().chosen(CODE) == {}
    assert Switches(choose=["stack=Bootstrap 5"]).chosen(CODE) == {"stack": "Bootstrap 5"}
    assert Switches(choose=["stack=a=b"]).chosen(CODE) == {"stack": "a=b"}


def test_the_saved_engine_answers_unless_another_is_named(picture: Path) -> None:
    """The preferences hold on the command line too."""
    SettingsFile(paths.settings_file()).save(Settings(engine="fake"))
    assert shotglass("text", picture).stdout == f"{SENTENCE}\n"
    assert "orders" in shotglass("text", SAMPLE, "--engine", "ocr").stdout.lower()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--temperature", "3"], "--temperature must be from 0 to 2."),
        (["--temperature", "nan"], "--temperature must be from 0 to 2."),
        (["--top-p", "0"], "--top-p must be above 0 and at most 1."),
        (["--max-tokens", "0"], "--max-tokens must be from 1 to 32,768."),
        (["--picture-limit", "huge"], "--picture-limit must be width x height, each from 100 to 9999"),
        (["--picture-limit", "0000x0000"], "--picture-limit must be width x height, each from 100 to 9999"),
        (["--picture-limit", "10x99999"], "--picture-limit must be width x height, each from 100 to 9999"),
        (["--memory-cap", "-1"], "--memory-cap must be 0 or more GiB."),
        (["--memory-cap", "inf"], "--memory-cap must be 0 or more GiB."),
        (["--stop", "x", "--stop", ""], "--stop must not be empty."),
        (["--seed", "9" * 20], "--seed must be a whole number of at most 18 digits."),
        (["--seed", "x"], "Invalid value for '--seed'"),
        (["--dtype", "int4"], "'int4' is not one of 'auto', 'bfloat16', 'float32'."),
        (["--choose", "colour=red"], "'colour' is no option of this task; choose stack=plain CSS."),
        (["--choose", "stack"], "'stack' is no option of this task; choose stack=plain CSS."),
    ],
)
def test_a_wrong_value_is_wrong_usage(
    picture: Path,
    arguments: list[str],
    reason: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Exit code 2, and one line that says what may stand there."""
    monkeypatch.setenv("COLUMNS", "160")
    assert run(["code", str(picture), "--engine", "fake", *arguments]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert reason in said.err


def test_wrong_usage_ends_the_process_with_2(picture: Path) -> None:
    """As a script meets it."""
    done = shotglass("code", picture, "--engine", "fake", "--temperature", "3", extra={"COLUMNS": "160"})
    assert (done.returncode, done.stdout) == (2, "")
    assert "--temperature must be from 0 to 2." in done.stderr


def test_the_help_offers_no_engine_of_the_tests() -> None:
    assert "auto|qwen|ocr|remote " in shotglass("text", "--help").stdout


def test_right_values_are_taken(picture: Path) -> None:
    """Every switch at once."""
    arguments = ["--attention", "sdpa", "--dtype", "float32", "--picture-limit", "1280x720", "--memory-cap", "12.5"]
    arguments += ["--temperature", "0.7", "--top-p", "0.9", "--max-tokens", "100", "--seed", "3", "--stop", "END"]
    arguments += ["--choose", "stack=Bootstrap 5"]
    done = shotglass("--log-level", "debug", "code", picture, "--engine", "fake", *arguments)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{SENTENCE}\n", "")


def test_an_answer_to_a_question_goes_where_the_others_do(picture: Path, tmp_path: Path) -> None:
    """`ask` takes --out like every other task."""
    done = shotglass("ask", picture, "What is it?", "--engine", "fake", "--json", "--out", tmp_path / "answer.json")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert SENTENCE in (tmp_path / "answer.json").read_text()


def test_a_model_that_cannot_be_loaded_leaves_text_to_the_ocr(tmp_path: Path) -> None:
    """`auto` reads with the embedded OCR and says why; what only the model can do is refused with that reason."""
    checkpoint = tmp_path / "checkpoint"
    checkpoint.mkdir()
    for name in ("config.json", "model.safetensors"):
        (checkpoint / name).write_text("{}")
    text = shotglass("text", SAMPLE, "--model", checkpoint)
    assert text.returncode == 0
    assert "orders" in text.stdout.lower()
    assert text.stderr.count("\n") == 1
    assert "the embedded OCR answers" in text.stderr
    described = shotglass("describe", SAMPLE, "--model", checkpoint)
    assert (described.returncode, described.stdout, described.stderr) == (1, "", text.stderr)
    forced = shotglass("text", SAMPLE, "--model", checkpoint, "--engine", "qwen")
    assert forced.returncode == 1
    assert one_sentence(forced.stderr)


def test_a_terminal_shows_how_far_it_is_and_a_file_gets_the_text_alone(picture: Path) -> None:
    """The line of progress is on standard error while that is a terminal, and it is gone at the end."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "desktop", "text", "--engine", "fake", str(picture), str(picture)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, check=True, timeout=60, text=True)
    seen = os.read(ours, 1 << 16).decode()
    os.close(ours)
    os.close(theirs)
    assert done.stdout == f"==> {picture} <==\n{SENTENCE}\n" * 2
    assert "100%  ready" in seen
    assert "1 of 2 answered" in seen
    assert seen.split("\r")[-2].strip() == ""


def test_files_are_answered_through_a_server(picture: Path) -> None:
    """Several at once; what is wrong with the server is one sentence."""
    with OpenAIServer(key="secret") as server:
        three = threading.Barrier(3, timeout=60)
        server.answer = lambda _request: WORDS if three.wait() >= 0 else ""
        files = [picture] * 3
        done = shotglass("describe", *files, "--server", server.address, "--json", extra={VARIABLE: "secret"})
        assert (done.returncode, done.stderr) == (0, "")
        assert [json.loads(line)["text"] for line in done.stdout.splitlines()] == [WORDS] * 3
        assert server.most_running == 3
        assert {asked.request.model for asked in server.asked} == {MODEL}
        refused = shotglass("describe", picture, "--server", server.address, without=(VARIABLE,))
    assert refused.returncode == 1
    assert one_sentence(refused.stderr)
    assert "wants a key" in refused.stderr
    nowhere = shotglass("text", picture, "--engine", "remote")
    assert (nowhere.returncode, nowhere.stdout) == (1, "")
    assert nowhere.stderr.startswith("No server is entered; enter its address in the preferences (Server), or give it")
