"""`shotglass text FOLDER --out FOLDER`: everything is read, what is done stays done, also after a kill."""

import json
import subprocess
import sys
from functools import partial
from pathlib import Path

from desktop.engine.fake import SENTENCE
from tests.batch.pictures import make_folder, make_pdf
from tests.command_line import SAMPLE, make_picture, shotglass
from tests.xserver import wait_until


def answers(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones too."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def has_answers(folder: Path, count: int) -> bool:
    """Tell whether so many are there."""
    return len(list(folder.glob("*.txt"))) >= count


def test_a_folder_is_read_once(tmp_path: Path) -> None:
    """One bad picture is told at the end and stops nobody; the next run asks for it alone, --again for all."""
    scans, out = make_folder(tmp_path / "scans"), tmp_path / "out"
    (scans / "Bad.png").write_bytes(b"no picture")
    done = shotglass("text", "--engine", "fake", scans, "--out", out)
    bad, summary = done.stderr.splitlines()
    assert bad.startswith(f"{scans / 'Bad.png'} is not a picture")
    assert (done.returncode, done.stdout, summary) == (1, "", "5 of 6 answered, 1 failed.")
    kept = answers(out)
    assert set(kept) == {
        "A.png.text.txt", "b.png.text.txt", "paper.pdf.page-1.text.txt", "paper.pdf.page-2.text.txt",
        "sub/c.JPG.text.txt",
    }  # fmt: skip
    assert set(kept.values()) == {f"{SENTENCE}\n".encode()}
    (out / "A.png.text.txt").write_text("mine")
    second = shotglass("text", "--engine", "fake", scans, "--out", out)
    assert second.stderr.splitlines()[-1] == "5 of 6 answered (5 of them before), 1 failed."
    assert (out / "A.png.text.txt").read_text() == "mine"
    make_picture(scans / "b.png")  # newer than its answer
    third = shotglass("text", "--engine", "fake", scans, "--out", out)
    assert third.stderr.splitlines()[-1] == "5 of 6 answered (4 of them before), 1 failed."
    shotglass("text", "--engine", "fake", scans, "--out", out, "--again")
    assert answers(out) == kept


def test_another_task_is_another_answer(tmp_path: Path) -> None:
    scans, out = make_folder(tmp_path / "scans"), tmp_path / "out"
    for task in ("text", "describe"):
        done = shotglass(task, "--engine", "fake", scans, "--out", out)
        assert (done.returncode, done.stderr) == (0, "5 of 5 answered.\n")
    assert (out / "A.png.text.txt").exists()
    assert (out / "A.png.describe.md").exists()


def test_json_lines_name_pages(tmp_path: Path) -> None:
    """Without a folder to write to, a line a picture."""
    done = shotglass("text", "--engine", "fake", "--json", make_pdf(tmp_path / "two.pdf", 2))
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(line["page"], line["text"]) for line in told] == [(1, SENTENCE), (2, SENTENCE)]
    assert {line["file"] for line in told} == {str(tmp_path / "two.pdf")}


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    done = shotglass("text", "--engine", "fake", tmp_path, "--out", tmp_path / "out")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("There is no picture in ")
    assert done.stderr.count("\n") == 1


def test_a_kill_leaves_whole_answers_and_the_next_run_goes_on(tmp_path: Path) -> None:
    """The real engine, killed in the middle three times; what it wrote is whole, and nothing is read twice."""
    scans, out = tmp_path / "scans", tmp_path / "out"
    scans.mkdir()
    for number in range(8):
        (scans / f"{number}.png").write_bytes(SAMPLE.read_bytes())
    command = [sys.executable, "-m", "desktop", "text", "--engine", "ocr", str(scans), "--out", str(out)]
    for count in (1, 3, 5):
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            wait_until(partial(has_answers, out, count), "some answers")
            process.kill()
    times = {path.name: path.stat().st_mtime_ns for path in out.glob("*.txt")}
    assert len(times) >= 5
    done = shotglass("text", "--engine", "ocr", scans, "--out", out)
    assert done.returncode == 0
    assert f"8 of 8 answered ({len(times)} of them before)." in done.stderr
    texts = {path.read_text() for path in out.glob("*.txt")}
    assert len(texts) == 1, "every answer is whole"
    assert len(texts.pop()) > 100
    assert all((out / name).stat().st_mtime_ns == time for name, time in times.items())
