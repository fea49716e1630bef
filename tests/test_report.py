"""The report that can be pasted anywhere: nothing in it says whose computer it is."""

import getpass
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import paths
from desktop.finding import Finding
from desktop.report import Veil, report_of, veil_of
from desktop.settings import Settings, SettingsFile
from tests.command_line import shotglass


@pytest.fixture
def anna(monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Somebody with a name, a computer, a server, a task and a model of her own."""
    for module, name, value in ((getpass, "getuser", "Anna"), (socket, "gethostname", "annas-laptop.example.org")):
        monkeypatch.setattr(module, name, lambda value=value: value)
    monkeypatch.setattr(Path, "home", lambda: Path("/home/Anna Smith"))
    paths.user_tasks().mkdir(parents=True)
    (paths.user_tasks() / "divorce.toml").touch()
    (paths.user_tasks() / "text.toml").touch()
    return Settings(servers=("https://gpu.anna.lan:8000/v1", "10.1.2.3"), model="/data/my models/Secret 7B")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("ok for anna and ANNA, not for Annapurna", "ok for <user> and <user>, not for Annapurna"),
        ("annas-laptop answers as annas-laptop.example.org", "<host> answers as <host>"),
        ("gpu.anna.lan:8000 answers in 3 ms", "<server>:8000 answers in 3 ms"),
        ("10.1.2.3 and 192.168.0.17 do not", "<server> and <address> do not"),
        ("/home/Anna Smith/.config/shotglass/settings.json", "<path>"),
        ("~/notes/diary.txt is damaged", "<path> is damaged"),
        ("/data/my models/Secret 7B does not load", "<path> does not load"),
        (r"C:\Users\anna\AppData\Local\x.log; try again", "<path>; try again"),
        (r"\\fileserver\share\x.png cannot be read", "<path> cannot be read"),
        ("text, describe, divorce", "text, describe, <own task>"),
        ("divorce.toml is bad", "<own task>.toml is bad"),
        ("torch 2.13.0+cpu, CPU, float32, attention sdpa", "torch 2.13.0+cpu, CPU, float32, attention sdpa"),
        ("1920 × 1080 in 12 ms", "1920 × 1080 in 12 ms"),
        ("shotglass 0.1.0, Python 3.11.2, linux", "shotglass 0.1.0, Python 3.11.2, linux"),
        ("pip install shotglass[qwen] and/or a GPU", "pip install shotglass[qwen] and/or a GPU"),
        ("Ctrl+Alt+/ for text", "Ctrl+Alt+/ for text"),
    ],
)
def test_private_words_have_stand_ins(anna: Settings, said: str, shown: str) -> None:
    """And what helps to understand a fault stays."""
    assert veil_of(anna).over(said) == shown


def test_one_line_a_finding(anna: Settings) -> None:
    findings = [
        Finding("log", "bad", "/var/log/x cannot be written", "make /var/log yours"),
        Finding("tray", "ok", "yes"),
    ]
    assert report_of(findings, veil_of(anna)) == (
        "- log, bad: <path> cannot be written (make <path> yours)\n- tray, ok: yes"
    )


@given(st.sets(st.text(min_size=3)), st.text())
def test_any_names_can_be_hidden(names: set[str], text: str) -> None:
    """Whatever is in a name or a text, nothing breaks."""
    Veil(dict.fromkeys(names, "<name>")).over(text)


def test_the_command_prints_it(tmp_path: Path) -> None:
    """Of this very computer: its user, its folders and its name are not to be found."""
    SettingsFile(paths.settings_file()).save(Settings(engine="fake"))
    (tmp_path / "file").write_bytes(b"")
    done = shotglass(
        "doctor", "--report", without=("DISPLAY",), extra={"XDG_STATE_HOME": str(tmp_path / "file" / "state")}
    )
    assert done.returncode == 1
    assert "- log, bad: <path> cannot be written (make <path> yours: chown or chmod it)" in done.stdout
    assert "- torch, ok: torch " in done.stdout
    assert "attention sdpa" in done.stdout
    for about in ("program", "system", "disk", "weights", "GPU", "engine", "display"):
        assert f"- {about}, " in done.stdout
    private = {str(tmp_path), str(Path.home()), socket.gethostname()}
    assert {word for word in private if word in done.stdout} == set()
    assert not any(line.startswith("- ") and "/tmp" in line for line in done.stdout.splitlines())
