"""`shotglass models …` as a user runs it, in processes of its own."""

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import paths
from desktop.engine.qwen.weights import find_preset
from tests.command_line import one_sentence, shotglass
from tests.engine.qwen.hub_server import FIRST, SECOND, Fault, HubServer
from tests.xserver import wait_until

COMMAND = [sys.executable, "-m", "desktop", "models"]


@pytest.fixture
def folder() -> Path:
    preset = find_preset("3b")
    assert preset
    return preset.folder(paths.models())


def wait_for_part(folder: Path, size: int) -> Path:
    """The part of the first shard once it has grown to a size."""
    part = folder / f"{FIRST}.part"
    wait_until(lambda: part.exists() and part.stat().st_size >= size, "the first bytes")
    return part


def test_a_model_lives_and_goes(server: HubServer, folder: Path) -> None:
    """Download, list, verify, a flipped byte, download again, remove."""
    done = shotglass("models", "download", "3b", "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    assert "about 7.5 GB" in done.stdout
    assert str(folder) in done.stdout
    assert "100 %  Qwen2.5-VL-3B-Instruct is on this disk" in done.stdout
    assert "is already on this disk" in shotglass("models", "download", "3b").stdout
    assert shotglass("models", "verify", "3b").stdout.endswith("is whole: every byte is as it came.\n")
    data = bytearray(server.files[SECOND])
    data[-1] ^= 1
    (folder / SECOND).write_bytes(data)
    found = shotglass("models", "verify", "3b")
    assert (found.returncode, found.stdout) == (1, f"{SECOND}: wrong bytes\n")
    assert one_sentence(found.stderr)
    assert "damaged" in shotglass("models", "list", "--json").stdout
    assert shotglass("models", "download", "3b", "--yes").returncode == 0
    gone = shotglass("models", "remove", "3b", "--yes")
    assert (gone.returncode, gone.stderr) == (0, "")
    assert not folder.exists()


@pytest.mark.parametrize("command", ["download", "remove"])
def test_nothing_happens_without_a_yes(server: HubServer, folder: Path, command: str) -> None:
    """Where nobody can be asked, the answer is no; no hub hears of it."""
    if command == "remove":
        folder.mkdir(parents=True)
    done = shotglass("models", command, "3b", stdin=b"y\n")
    assert done.returncode == 1
    assert one_sentence(done.stderr)
    assert "add --yes" in done.stderr
    assert server.served == []
    assert folder.exists() == (command == "remove")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("verify", "3b"), 1), (("remove", "3b"), 1), (("verify", "9b"), 2), (("download", "../3b"), 2), (("remove",), 2)],
)
def test_what_is_not_there_is_said(arguments: tuple[str, ...], code: int) -> None:
    done = shotglass("models", *arguments)
    assert done.returncode == code
    assert done.stderr
    assert code == 2 or one_sentence(done.stderr)


def test_hubs_that_fail_are_said_in_one_sentence(server: HubServer, folder: Path) -> None:
    server.faults["*", "list"] = [Fault(status=404)] * 2
    done = shotglass("models", "download", "3b", "--yes")
    assert done.returncode == 1
    assert one_sentence(done.stderr)
    assert "Hugging Face answers 404 and ModelScope answers 404" in done.stderr


def test_after_a_kill_only_the_rest_is_fetched(server: HubServer, folder: Path) -> None:
    """kill -9 in the middle of a file; the second run asks for what is missing of it, to the byte."""
    server.faults["*", FIRST] = [Fault(action=server.stall, after=3 << 19)]
    with subprocess.Popen([*COMMAND, "download", "3b", "--yes"], stdout=subprocess.DEVNULL) as running:
        part = wait_for_part(folder, 1 << 20)
        running.kill()
    kept = part.stat().st_size
    assert "% downloaded" in shotglass("models", "list", "--json").stdout
    server.served.clear()
    assert shotglass("models", "download", "3b", "--yes").returncode == 0
    assert [(s.start, s.count) for s in server.served_of(FIRST)] == [(kept, len(server.files[FIRST]) - kept)]
    assert [s.name for s in server.served] == ["list", FIRST, SECOND]
    assert (folder / FIRST).read_bytes() == server.files[FIRST]


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """It reaches what is started here, also where whoever started the tests in the background turned it off."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_keeps_the_part(server: HubServer, folder: Path) -> None:
    """And says how to go on."""
    server.faults["*", FIRST] = [Fault(action=server.stall, after=1 << 20)]
    command = [*COMMAND, "download", "3b", "--yes"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as running:
        part = wait_for_part(folder, 1_000_000)  # the last bytes may be on their way
        running.send_signal(signal.SIGINT)
        _out, said = running.communicate(timeout=60)
    assert running.returncode == 1
    assert said.decode() == "Stopped; go on with `shotglass models download 3b`, what came is kept.\n"
    assert 1_000_000 <= part.stat().st_size <= 1 << 20
    assert server.files[FIRST].startswith(part.read_bytes())


@pytest.mark.parametrize("answer", ["y", "n"])
def test_a_terminal_is_asked(server: HubServer, folder: Path, answer: str) -> None:
    """With size, source and folder; then a bar shows how far it is."""
    leader, follower = pty.openpty()
    environment = os.environ | {"COLUMNS": "200", "TERM": "xterm"}
    with subprocess.Popen(
        [*COMMAND, "download", "3b"], stdin=follower, stdout=follower, stderr=follower, env=environment
    ) as running:
        os.close(follower)
        os.write(leader, f"{answer}\n".encode())
        shown = b""
        try:
            while piece := os.read(leader, 65536):
                shown += piece
        except OSError:  # how a terminal ends
            os.close(leader)
    words = shown.decode()
    assert "Download it? [y/N]" in words
    assert server.address in words
    assert str(folder) in words
    assert running.returncode == (0 if answer == "y" else 1)
    assert ("100%" in words) == (answer == "y")
    assert ("Nothing was done." in words) == (answer == "n")
    assert folder.exists() == (answer == "y")
