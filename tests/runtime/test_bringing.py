"""The runtime comes whole or not at all, whatever line, index, disk or user do meanwhile."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.download.download import DownloadStopped
from desktop.download.folder_lock import FolderLock
from desktop.engine.api import EngineError
from desktop.runtime.bringing import bring
from desktop.runtime.index import sources_of
from desktop.runtime.runtime import Runtime
from tests.engine.qwen.conftest import HASTE
from tests.engine.qwen.downloaded import quiet
from tests.engine.qwen.hub_server import Fault
from tests.runtime.index_server import PART, TORCH, IndexServer, make_wheel

Come = Callable[[], None]


def test_it_comes_whole(runtime: Runtime, models: Path, index: IndexServer) -> None:
    """What is imported lies in one folder, tools can be run, scripts are left out, the wheels are gone."""
    told: list[float] = []
    bring(runtime, models, index.sources, lambda share, _words: told.append(share), patience=HASTE)
    place = runtime.place(models)
    assert list(runtime.folder(models).iterdir()) == [place]
    assert {path.name for path in place.iterdir()} == {
        *("torch", "functorch.py", "part_of_torch", "torch-9.9.0+made.dist-info")
    }
    assert (place / "torch/bin/tool").stat().st_mode & 0o111
    assert not (place / "torch/__init__.py").stat().st_mode & 0o111
    assert sys.path[-1] == str(place)
    assert told == sorted(told)
    assert (runtime.state(models), runtime.bytes_here(models)) == ("on this disk", runtime.wheels.unpacked)


def test_once_it_is_here_nobody_is_asked(come: Come, index: IndexServer) -> None:
    come()
    index.served.clear()
    come()
    assert index.served == []


def test_a_dropped_connection_goes_on_where_it_ended(come: Come, index: IndexServer) -> None:
    index.faults["index", TORCH] = [Fault(drop=True, after=1_000_000)]
    come()
    first, second = index.served_of(TORCH)
    assert 0 < second.start <= first.count


@pytest.mark.parametrize(
    "lie", [Fault(body=bytes(100)), Fault(body=bytes(4 << 20), chunked=True)], ids=["short", "long"]
)
def test_a_lie_about_the_size_is_borne_once(index: IndexServer, runtime: Runtime, models: Path, lie: Fault) -> None:
    """Another index, or the same one again, then gives what it should."""
    index.faults["index", TORCH] = [lie]
    bring(runtime, models, [*index.sources, *index.sources], quiet, patience=HASTE)
    assert runtime.installed(models)


def test_wrong_bytes_are_never_unpacked(come: Come, index: IndexServer, runtime: Runtime, models: Path) -> None:
    """Another wheel of that name and size, as a stranger would serve it."""
    index.faults["index", TORCH] = [Fault(body=bytes(len(index.files[TORCH])))] * 2
    with pytest.raises(EngineError, match="sends wrong bytes for torch"):
        come()
    assert not runtime.installed(models)
    assert str(runtime.place(models)) not in sys.path
    come()
    assert runtime.installed(models)


def test_an_index_that_does_not_hold_it_is_left_for_the_next(
    index: IndexServer, runtime: Runtime, models: Path
) -> None:
    """The user's own comes first; what it lacks the public one has."""
    mine, public = sources_of(runtime.wheels, f"{index.address}/mirror/simple")
    assert (mine.addresses, public.addresses) == ([f"{index.address}/mirror/simple"], (index.index,))
    bring(runtime, models, [mine, public], quiet, patience=HASTE)
    assert runtime.installed(models)


def test_what_no_index_holds_is_said(come: Come, index: IndexServer) -> None:
    index.files.pop(PART)
    with pytest.raises(EngineError, match=r"^GPU runtime \(torch 9.9.0\) could not be downloaded because .* 404"):
        come()


@pytest.mark.parametrize("phase", ["unpacking", TORCH])
def test_a_stop_ends_it_and_the_next_goes_on(
    index: IndexServer, runtime: Runtime, models: Path, come: Come, phase: str
) -> None:
    """While it is downloaded or unpacked."""
    stop = threading.Event()
    index.faults["index", TORCH] = [Fault(pause_s=0.01)]

    def progress(_share: float, words: str) -> None:
        if phase in words:
            stop.set()

    with pytest.raises(DownloadStopped, match="what came is kept"):
        bring(runtime, models, index.sources, progress, stop, patience=HASTE)
    assert not runtime.installed(models)
    assert runtime.state(models).endswith(" % downloaded")
    assert runtime.bytes_here(models) > 0
    come()
    assert runtime.installed(models)


def test_two_at_once_are_refused(come: Come, runtime: Runtime, models: Path) -> None:
    with FolderLock(runtime.folder(models)), pytest.raises(EngineError, match="Another Shotglass is working on"):
        come()


def test_a_wheel_that_would_write_elsewhere_writes_nothing(index: IndexServer, models: Path) -> None:
    """Even where the list pins it."""
    index.files[PART] = make_wheel({"../../outside.py": b"1"})
    with pytest.raises(EngineError, match="holds a package that cannot be unpacked"):
        bring(index.runtime, models, index.sources, quiet, patience=HASTE)
    assert not index.runtime.installed(models)
    assert not list(models.rglob("outside.py"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 8 MiB."""
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", place], capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"this user may not mount a small disk: {done.stderr.decode().strip()}")
    yield place
    subprocess.run(["umount", place], check=True)


def test_room_is_looked_at_before_the_first_byte(index: IndexServer, runtime: Runtime, small_disk: Path) -> None:
    """For what is downloaded and for what is unpacked beside it."""
    with pytest.raises(EngineError, match=r"needs 275 MB more on the disk of .*, where 8 MB are free"):
        bring(runtime, small_disk, index.sources, quiet, patience=HASTE)
    assert index.served_of(TORCH) == []


def test_a_disk_that_fills_up_while_unpacking_keeps_what_came(
    index: IndexServer, runtime: Runtime, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing half-imported stays; once there is room nothing is downloaded again."""
    monkeypatch.setattr("desktop.runtime.bringing.MARGIN_BYTES", 0)
    ballast = small_disk / "ballast"

    def fill(_share: float, words: str) -> None:
        if "unpacking" in words and not ballast.exists():
            with ballast.open("wb", buffering=0) as file:
                file.write(bytes(8 << 20))

    with pytest.raises(EngineError, match=r"^The disk of .* is full; free some space"):
        bring(runtime, small_disk, index.sources, fill, patience=HASTE)
    assert not runtime.installed(small_disk)
    assert not list(small_disk.rglob("unpacked"))
    ballast.unlink()
    index.served.clear()
    bring(runtime, small_disk, index.sources, quiet, patience=HASTE)
    assert index.served == []
    assert runtime.installed(small_disk)


def test_a_new_list_takes_the_place_of_the_old(come: Come, index: IndexServer, runtime: Runtime, models: Path) -> None:
    """The older runtime goes once the newer one is here."""
    come()
    index.files[PART] = make_wheel({"part_of_torch/__init__.py": b"ALL = 2\n"})
    newer = index.runtime
    assert newer.wheels.id != runtime.wheels.id
    bring(newer, models, index.sources, quiet, patience=HASTE)
    assert list(newer.folder(models).iterdir()) == [newer.place(models)]
