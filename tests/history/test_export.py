"""Entries leave the history as pictures, texts and JSON, all or none."""

import io
import json
import threading
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.history.export import export
from desktop.history.reader import Reader
from desktop.picture import decode_picture
from tests.history.kept import NOW, asked_on, opened, picture, reading, talk_of
from tests.webpage.test_edits import PAGE, block

NAMES = ["2026-11-24-153000-text", "2026-11-24-153000-text-2", "2026-11-24-153100-ask"]


@pytest.fixture
def reader(path: Path) -> Reader:
    """Three entries, two of the same second."""
    with opened(path) as store:
        store.keep(asked_on(talk_of("Grüße 你好", shot=picture(1)), "Why?", "So."), NOW)
        store.keep(talk_of("second", shot=picture(2)), NOW)
        store.keep(talk_of("seven", "ask", picture(3)), NOW + timedelta(minutes=1))
    with reading(path) as reader:
        reader.reopen()
    reader.reopen()
    return reader


def run(reader: Reader, to: Path, entries: tuple[int, ...] = (1, 2, 3)) -> list[int]:
    told: list[int] = []
    export(reader, entries, to, told.append, threading.Event())
    reader.close()
    return told


@pytest.mark.parametrize("name", ["out", "out.zip", "new/folder/out.ZIP"])
def test_three_files_an_entry(name: str, reader: Reader, tmp_path: Path) -> None:
    """In a folder or in an archive, whose folder is made where there is none."""
    to = tmp_path / name
    assert run(reader, to) == [1, 2, 3]
    if to.is_dir():
        files = {file.name: file.read_bytes() for file in to.iterdir()}
    else:
        with zipfile.ZipFile(to) as archive:
            assert archive.testzip() is None
            files = {name: archive.read(name) for name in archive.namelist()}
    assert sorted(files) == sorted(f"{stem}{end}" for stem in NAMES for end in (".json", ".png", ".txt"))
    assert files[f"{NAMES[0]}.txt"].decode() == "Grüße 你好\n\n› Why?\nSo.\n"
    shot = decode_picture(files[f"{NAMES[1]}.png"], "exported")
    assert (shot.width, shot.height, shot.rgb) == (40, 20, picture(2).rgb)
    said = json.loads(files[f"{NAMES[0]}.json"])
    assert said["picture"] == {"file": f"{NAMES[0]}.png", "width": 40, "height": 20, "source": "screen"}
    assert (said["task"], said["created"], said["engine"]) == ("text", NOW.isoformat(timespec="seconds"), "Test engine")
    assert [exchange["answer"] for exchange in said["exchanges"]] == ["Grüße 你好", "So."]
    line = {"text": "Grüße 你好", "x": 1, "y": 2, "width": 29, "height": 2, "code": ""}
    assert said["exchanges"][0]["lines"] == [line]
    assert list(tmp_path.rglob(".shotglass-*")) == []


def test_entries_that_are_gone_are_left_out(reader: Reader, tmp_path: Path) -> None:
    assert run(reader, tmp_path / "out", (1, 99)) == [1, 2]
    assert len(list((tmp_path / "out").iterdir())) == 3


def test_an_archive_is_replaced_and_an_empty_folder_filled(reader: Reader, tmp_path: Path) -> None:
    """The dialog asked about the archive."""
    (tmp_path / "out.zip").write_bytes(b"old")
    (tmp_path / "out").mkdir()
    export(reader, [1], tmp_path / "out.zip", lambda _done: None, threading.Event())
    run(reader, tmp_path / "out", (1,))
    assert zipfile.is_zipfile(io.BytesIO((tmp_path / "out.zip").read_bytes()))
    assert len(list((tmp_path / "out").iterdir())) == 3


def test_a_page_is_exported_as_it_was_changed_last(path: Path, tmp_path: Path) -> None:
    with opened(path) as store:
        store.keep(asked_on(talk_of(PAGE, "code"), "number it", block("One", "1")), NOW)
        store.keep(talk_of("I see no design.", "code", picture(2)), NOW)
    with reading(path) as reader:
        reader.reopen()
        run(reader, tmp_path / "out", (1, 2))
    (page,) = (tmp_path / "out").glob("*.html")
    assert page.read_text("utf-8") == PAGE.replace("One", "1") + "\n"


def test_a_folder_with_files_is_left_alone(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").write_bytes(b"")
    with pytest.raises(UserError, match="is there already; choose another name"):
        run(reader, tmp_path / "out")
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["mine"]


def test_what_cannot_be_written_is_said(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UserError, match=r"Could not export to .*; choose another place"):
        run(reader, tmp_path / "file" / "out")


def test_halted_it_leaves_nothing(reader: Reader, tmp_path: Path) -> None:
    """Also what was there before stays."""
    (tmp_path / "out.zip").write_bytes(b"old")
    halted = threading.Event()
    with pytest.raises(UserError, match="was stopped"):
        export(reader, [1, 2, 3], tmp_path / "out.zip", lambda _done: halted.set(), halted)
    assert (tmp_path / "out.zip").read_bytes() == b"old"
    assert list(tmp_path.rglob(".shotglass-*")) == []
