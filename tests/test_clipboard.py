"""The clipboard of a command that has ended, read by another program of the same desktop."""

import os
import subprocess
import sys
from pathlib import Path

from desktop.engine.fake import SENTENCE
from tests.command_line import make_picture, one_sentence, shotglass
from tests.xserver import XServer, wait_until

PASTE = ("xclip", "-out", "-selection", "clipboard")


def hold(xserver: XServer, text: str) -> "subprocess.Popen[bytes]":
    """Start the process that holds a text and wait until it says that it does."""
    holder = subprocess.Popen(
        [sys.executable, "-m", "desktop", "hold-clipboard"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=xserver.environment,
    )
    assert holder.stdin is not None
    assert holder.stdout is not None
    holder.stdin.write(text.encode())
    holder.stdin.close()
    assert holder.stdout.readline() == b"ready\n"
    return holder


def test_a_copied_answer_outlives_its_command(xserver: XServer, tmp_path: Path) -> None:
    """Without the app, `--copy` leaves the texts of all files on the clipboard after the command has ended."""
    one, two = make_picture(tmp_path / "one.png"), make_picture(tmp_path / "two.png")
    xserver.copy("old")
    done = shotglass("text", "--engine", "fake", "--copy", one, two)
    assert (done.returncode, done.stderr) == (0, "")
    assert xserver.run(*PASTE) == f"{SENTENCE}\n{SENTENCE}"
    xserver.copy("new")  # which also ends the process that held it
    assert xserver.run(*PASTE) == "new"


def test_the_holder_ends_when_another_program_copies(xserver: XServer) -> None:
    """No process stays once its text is not on the clipboard any more."""
    holder = hold(xserver, "文字 😀")
    assert xserver.run(*PASTE) == "文字 😀"
    assert holder.poll() is None
    xserver.copy("new")
    assert holder.wait(60) == 0
    assert holder.stdout is not None
    holder.stdout.close()


def test_a_large_text_is_held_whole(xserver: XServer) -> None:
    """A text that does not fit into one X request is pasted in parts."""
    text = "".join(f"line {number}\n" for number in range(100_000))
    holder = hold(xserver, text)
    assert xserver.run(*PASTE) == text
    xserver.copy("new")
    assert holder.wait(60) == 0
    assert holder.stdout is not None
    holder.stdout.close()


def test_the_holder_ends_with_its_display() -> None:
    """Nothing is left behind when the desktop goes."""
    with XServer(bare=True) as server:
        holder = hold(server, "text")
        server.kill()
        wait_until(lambda: holder.poll() is not None, "the holder to end")
        assert holder.stdout is not None
        holder.stdout.close()


def test_copying_without_a_desktop_is_told_after_the_answer(tmp_path: Path) -> None:
    """The text is printed; that it could not be copied is one sentence and exit code 1."""
    picture = make_picture(tmp_path / "one.png")
    done = shotglass("text", "--engine", "fake", "--copy", picture, without=("DISPLAY", "WAYLAND_DISPLAY"))
    assert (done.returncode, done.stdout) == (1, f"{SENTENCE}\n")
    assert one_sentence(done.stderr)
    assert "no desktop here" in done.stderr


def test_nothing_is_copied_when_every_file_failed(xserver: XServer, tmp_path: Path) -> None:
    """What was on the clipboard stays there."""
    xserver.copy("precious")
    done = shotglass("text", "--engine", "fake", "--copy", tmp_path / "missing.png")
    assert done.returncode == 1
    assert xserver.run(*PASTE) == "precious"
    assert os.environ["DISPLAY"] == xserver.display
