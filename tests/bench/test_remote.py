"""The benchmark of servers, through the command line, on a server of loopback."""

import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.bench.remote import read_counts
from desktop.errors import UserError
from tests.command_line import one_sentence, shotglass
from tests.engine.remote.openai_schema import ChatRequest
from tests.engine.remote.openai_server import Fault, OpenAIServer

PLAIN = {"NO_PROXY": "*", "SHOTGLASS_SERVER_KEY": ""}


@pytest.fixture
def openai() -> Iterator[OpenAIServer]:
    with OpenAIServer() as server:
        yield server


def picture_of(request: ChatRequest) -> str:
    """The data URL of a request's picture."""
    content = request.messages[1].content
    assert not isinstance(content, str)
    return next(part.image_url.url for part in content if part.type == "image_url")


def test_every_picture_is_asked_about_at_each_number_together(openai: OpenAIServer, tmp_path: Path) -> None:
    four = threading.Barrier(4, timeout=30)

    def answer(_request: ChatRequest) -> str:
        if len(openai.asked) > 4 + 8:
            four.wait()  # breaks, and fails the test, where fewer than four are asked at once
        return "A short answer."

    openai.answer = answer
    done = shotglass(
        "bench", "remote", "--server", openai.address, "--pictures", "2", "--together", "1,4", "--out", tmp_path,
        extra=PLAIN,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads((tmp_path / "remote.json").read_text("utf-8"))
    assert [(level["crowd"]["together"], level["crowd"]["samples"]) for level in told["together"]] == [(1, 8), (4, 8)]
    for crowd in (level["crowd"] for level in told["together"]):
        assert 0 < crowd["first_s"] <= crowd["whole_s"]
        assert (crowd["errors"], crowd["rate"] > 0) == ([], True)
    kinds = [(kind["task_id"], kind["together"], kind["pictures"]) for kind in told["pictures"]]
    assert kinds == [(task, n, 2) for n in (1, 4) for task in ("text", "describe", "detect", "code")]
    assert openai.most_running == 4
    assert len(openai.asked) == 4 + 2 * 8
    seen = Counter(picture_of(asked.request) for asked in openai.asked)
    assert set(seen.values()) == {1}, "a server could know a picture from before"
    assert {asked.request.max_tokens for asked in openai.asked} == {48}
    page = (tmp_path / "remote.md").read_text("utf-8")
    assert "### What happened together" in page
    assert "Peak memory" not in page
    assert (tmp_path / "remote.png").read_bytes().startswith(b"\x89PNG")


def test_what_fails_is_counted_and_told(openai: OpenAIServer) -> None:
    openai.faults = [Fault()] * 4 + [Fault(status=400, body='{"error": {"message": "no pictures here"}}')]
    done = shotglass(
        "bench", "remote", "--server", openai.address, "--pictures", "1", "--together", "1", "--json", extra=PLAIN
    )
    assert (done.returncode, done.stderr) == (0, "")
    (level,) = json.loads(done.stdout)["together"]
    assert level["crowd"]["samples"] == 3
    (error,) = level["crowd"]["errors"]
    assert "no pictures here" in error


def test_a_server_that_is_away_is_one_sentence() -> None:
    done = shotglass("bench", "remote", "--server", "127.0.0.1:9", extra=PLAIN)
    assert done.returncode == 1
    assert one_sentence(done.stderr)
    assert "127.0.0.1:9" in done.stderr


@pytest.mark.parametrize("text", ["", "0", "1,x", "-3"])
def test_numbers_that_are_none(text: str) -> None:
    with pytest.raises(UserError, match="write for example 1,3,6"):
        read_counts(text)


def test_it_needs_no_torch() -> None:
    look = "import desktop.bench.remote, sys; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", look], check=False).returncode == 0
