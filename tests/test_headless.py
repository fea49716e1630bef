"""`shotglass text …` as scripts use it: output, files, exit codes, one line of stderr; mostly with the fake engine."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from desktop import __version__, paths
from desktop.engine.fake import SENTENCE
from tests.command_line import SAMPLE, make_picture, one_sentence, shotglass

_LISTS_MODULES = """
import sys
from desktop.cli import run
code = run(["text", "--engine", "ocr", sys.argv[1]])
heavy = {"PySide6", "shiboken6", "torch", "transformers", "torchvision"} & set(sys.modules)
print(code, sorted(heavy), file=sys.stderr)
"""
C_LOCALE = {"LC_ALL": "C", "PYTHONUTF8": "0"}


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A picture that the fake engine is asked about."""
    return make_picture(tmp_path / "文字 one.png")


def test_the_embedded_engine_reads_a_file_without_qt_or_torch() -> None:
    """The text comes out line by line, and nothing heavy was imported for it."""
    done = subprocess.run(
        [sys.executable, "-c", _LISTS_MODULES, SAMPLE], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stderr == "0 []\n"
    assert "orders" in done.stdout.lower()


def test_chinese_from_standard_input_survives_a_locale_without_it(tmp_path: Path) -> None:
    """JSON stays whole and valid where the terminal knows ASCII only."""
    image = Image.new("RGB", (420, 90), "white")
    find = ["fc-match", "--format=%{file}", "Noto Sans CJK SC"]
    font = subprocess.run(find, capture_output=True, text=True, check=True).stdout
    ImageDraw.Draw(image).text((20, 15), "你好世界今天", "black", ImageFont.truetype(font, 40))
    image.save(tmp_path / "chinese.png")
    data = (tmp_path / "chinese.png").read_bytes()
    done = shotglass(
        "text", "-", "--engine", "ocr", "--json", stdin=data, without=("PYTHONIOENCODING",), extra=C_LOCALE
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["text"] == "你好世界今天"


def test_one_file_is_printed_bare(picture: Path) -> None:
    """No heading, no decoration: the text and a line break."""
    done = shotglass("text", "--engine", "fake", picture)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{SENTENCE}\n", "")


def test_standard_input_is_a_dash(picture: Path) -> None:
    """A picture can come through a pipe; an empty pipe is told."""
    done = shotglass("text", "--engine", "fake", "-", stdin=picture.read_bytes())
    assert (done.returncode, done.stdout) == (0, f"{SENTENCE}\n")
    empty = shotglass("text", "--engine", "fake", "-")
    assert (empty.returncode, empty.stdout) == (1, "")
    assert one_sentence(empty.stderr)
    assert empty.stderr.startswith("standard input is empty")


def test_several_files_have_headings_and_a_bad_one_stops_nobody(picture: Path, tmp_path: Path) -> None:
    """Each answer stands below its file's name; the bad file is one line on stderr and makes the exit code 1."""
    bad, second = tmp_path / "bad.png", make_picture(tmp_path / "two.png")
    bad.write_bytes(b"not a picture")
    done = shotglass("text", "--engine", "fake", picture, bad, second)
    assert done.stdout == f"==> {picture} <==\n{SENTENCE}\n==> {second} <==\n{SENTENCE}\n"
    assert one_sentence(done.stderr)
    assert done.stderr.startswith(f"{bad} is not a picture")
    assert done.returncode == 1


def test_json_is_one_object_a_file(picture: Path, tmp_path: Path) -> None:
    """Every line parses, errors too, in the order of the files."""
    done = shotglass("text", "--engine", "fake", "--json", picture, tmp_path / "missing.png", picture)
    good, bad, again = map(json.loads, done.stdout.splitlines())
    assert good.pop("seconds") >= 0
    assert good == {
        "file": str(picture), "width": 64, "height": 32, "engine": "fake", "text": SENTENCE, "lines": []
    }  # fmt: skip
    assert bad == {"file": str(tmp_path / "missing.png"), "error": done.stderr.strip()}
    assert again["text"] == SENTENCE
    assert one_sentence(done.stderr)
    assert done.returncode == 1


def test_out_writes_one_file(picture: Path, tmp_path: Path) -> None:
    """A file that does not exist is made with its folder; nothing is printed."""
    target = tmp_path / "new" / "answer.txt"
    done = shotglass("text", "--engine", "fake", picture, "--out", target)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert target.read_text("utf-8") == f"{SENTENCE}\n"


def test_out_fills_a_folder_and_writes_over_no_answer(tmp_path: Path) -> None:
    """Several pictures get a file each, also where two have the same name."""
    first, second = make_picture(tmp_path / "a" / "x.png"), make_picture(tmp_path / "b" / "x.png")
    out = tmp_path / "answers"
    done = shotglass("text", "--engine", "fake", first, second, "-", "--out", out, "--json", stdin=first.read_bytes())
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    answers = {path.name: json.loads(path.read_text("utf-8"))["file"] for path in out.iterdir()}
    assert answers == {"x.png.text.json": str(first), "x.png-2.text.json": str(second), "stdin.text.json": "-"}
    single = shotglass("text", "--engine", "fake", first, "--out", out)
    assert single.returncode == 0
    assert (out / "x.png.text.txt").read_text() == f"{SENTENCE}\n"


def test_out_that_cannot_be_written_is_told(picture: Path, tmp_path: Path) -> None:
    """The disk's answer is one sentence and exit code 1."""
    folder = shotglass("text", "--engine", "fake", picture, picture, "--out", picture)
    assert folder.returncode == 1
    assert folder.stderr.count("part of that path is a file; choose another folder.\n") == 2
    below_file = shotglass("text", "--engine", "fake", picture, "--out", picture / "answer.txt")
    assert below_file.returncode == 1
    assert one_sentence(below_file.stderr)


def test_a_name_that_is_no_text_is_answered(tmp_path: Path) -> None:
    """Names of files are bytes on Linux: such a name is printed escaped and its JSON is valid."""
    name = os.fsencode(tmp_path) + b"/\xff\xe4.png"
    make_picture(Path(os.fsdecode(name)))
    target = tmp_path / "answer.json"
    done = shotglass("text", "--engine", "fake", "--json", Path(os.fsdecode(name)), "--out", target)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(target.read_text())["text"] == SENTENCE


@pytest.mark.parametrize("name", ["文字.png", "😀.png"])
def test_names_of_any_language_survive_a_locale_without_them(tmp_path: Path, name: str) -> None:
    """In the C locale nothing crashes, in plain output, JSON or an error."""
    path = make_picture(tmp_path / name)
    missing = tmp_path / f"no {name}"
    plain = shotglass("text", "--engine", "fake", path, missing, without=("PYTHONIOENCODING",), extra=C_LOCALE)
    assert (plain.returncode, plain.stdout.count(SENTENCE)) == (1, 1)
    assert one_sentence(plain.stderr)
    as_json = shotglass(
        "text", "--engine", "fake", "--json", path, missing, without=("PYTHONIOENCODING",), extra=C_LOCALE
    )
    good, bad = map(json.loads, as_json.stdout.splitlines())
    assert (good["text"], "error" in bad) == (SENTENCE, True)


def test_an_unknown_engine_is_told_with_the_choices(picture: Path) -> None:
    """One sentence names what there is."""
    done = shotglass("text", "--engine", "abacus", picture)
    assert done.returncode == 2
    assert all(name in done.stderr for name in ("abacus", "auto", "qwen", "ocr"))


@pytest.mark.parametrize("arguments", [["text"], ["text", "--nonsense", "x.png"], ["frobnicate"], ["models", "eat"]])
def test_wrong_usage_is_exit_code_two(arguments: list[str]) -> None:
    """Usage errors are told on stderr, nothing on stdout, and no traceback."""
    done = shotglass(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Usage" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_goes_away_is_no_error(picture: Path) -> None:
    """`shotglass … | head` ends without a word."""
    command = [sys.executable, "-m", "desktop", "text", "--engine", "fake", *[str(picture)] * 3]
    read_end, write_end = os.pipe()
    os.close(read_end)
    done = subprocess.run(command, stdout=write_end, stderr=subprocess.PIPE, check=False, timeout=60)
    os.close(write_end)
    assert (done.returncode, done.stderr) == (1, b"")


def test_the_version_is_told() -> None:
    """One line, for scripts and reports."""
    done = shotglass("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"shotglass {__version__}\n", "")


def test_models_are_listed_as_json() -> None:
    """The list of models is for programs too."""
    done = shotglass("models", "list", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)[0]["id"] == "ocr"


@pytest.mark.parametrize("command", [[], ["capture"]])
def test_without_a_desktop_the_app_says_so(command: list[str]) -> None:
    """No DISPLAY, or one that does not exist: one sentence and exit code 1, no abort."""
    none = shotglass(*command, without=("DISPLAY", "WAYLAND_DISPLAY"))
    assert none.returncode == 1
    assert one_sentence(none.stderr)
    assert none.stderr.startswith("There is no desktop here")
    wrong = shotglass(*command, without=("WAYLAND_DISPLAY",), extra={"DISPLAY": ":987"})
    assert wrong.returncode == 1
    assert one_sentence(wrong.stderr)
    assert wrong.stderr.startswith("The X server :987 cannot be reached")


def test_a_broken_home_does_not_stop_the_answer(picture: Path, tmp_path: Path) -> None:
    """Where neither log nor settings can be written, the text is still read."""
    (tmp_path / "file").write_bytes(b"")
    places = {f"XDG_{name}_HOME": str(tmp_path / "file" / "x") for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    done = shotglass("text", "--engine", "fake", picture, extra=places)
    assert (done.returncode, done.stdout) == (0, f"{SENTENCE}\n")
    assert not paths.log_file().exists()


def test_the_embedded_ocr_reports_to_nobody(tmp_path: Path) -> None:
    """onnxruntime keeps a number for this computer and reports to its makers unless it is told not to."""
    cache = tmp_path / "cache"
    done = shotglass("text", SAMPLE, "--engine", "ocr", without=("CI",), extra={"XDG_CACHE_HOME": str(cache)})
    assert done.returncode == 0
    assert not cache.exists()
