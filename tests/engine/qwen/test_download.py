"""Downloads from a server that drops, lies, stalls and refuses."""

import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop import paths
from desktop.download.download import Download, DownloadStopped
from desktop.download.folder_lock import FolderLock
from desktop.download.manifest import read_manifest
from desktop.download.part import Part
from desktop.engine.api import EngineError
from desktop.engine.qwen.download import download_of
from desktop.engine.qwen.weights import Flaw, Preset, verify
from tests.command_line import one_sentence
from tests.engine.qwen.conftest import HASTE
from tests.engine.qwen.downloaded import NEEDLESS, check, quiet
from tests.engine.qwen.hub_server import FIRST, SECOND, Fault, HubServer
from tests.xserver import wait_until


def test_a_model_comes_whole(download: Download, server: HubServer, folder: Path, preset: Preset) -> None:
    """Only the needed files, each asked for once, with progress that grows to the end."""
    told: list[tuple[float, str]] = []
    assert download.run(lambda share, words: told.append((share, words))) == folder
    check(folder, server)
    assert preset.installed(paths.models())
    assert preset.state(paths.models()) == "on this disk"
    shares = [share for share, _words in told]
    assert shares == sorted(shares)
    assert told[-1] == (1.0, f"{preset.name} is on this disk")
    assert len(server.served) == 1 + len(server.files) - len(NEEDLESS)
    assert {served.hub for served in server.served} == {"huggingface"}


def test_a_model_that_is_here_is_not_asked_for(download: Download, server: HubServer) -> None:
    """The second call does not even reach out."""
    download.run(quiet)
    server.served.clear()
    download.run(quiet)
    assert server.served == []


def test_progress_tells_speed_and_time(download: Download, server: HubServer) -> None:
    """Words name file, amount, bytes a second and the time left."""
    server.faults["*", FIRST] = [Fault(pause_s=0.02)]
    told: list[str] = []
    download.run(lambda _share, words: told.append(words))
    assert any(f"{FIRST}: " in words and "MB/s, " in words and words.endswith(" s left") for words in told)


@pytest.mark.parametrize("chunked", [False, True])
def test_a_dropped_connection_goes_on_where_it_ended(
    download: Download, server: HubServer, folder: Path, chunked: bool
) -> None:
    """Every byte of the file is sent about once, although the line fails twice."""
    server.faults["*", FIRST] = [Fault(drop=True, after=1_000_000, chunked=chunked), Fault(drop=True, after=900_000)]
    download.run(quiet)
    check(folder, server)
    first, second, third = server.served_of(FIRST)
    assert (first.start, first.count) == (0, 1_000_000)
    assert 0 < second.start <= 1_000_000
    assert third.start > second.start
    assert third.start + third.count == len(server.files[FIRST])


def test_a_line_that_always_drops_but_moves_is_borne(download: Download, server: HubServer, folder: Path) -> None:
    """More drops than tries, with 1 MiB between them, are no reason to give up."""
    server.files[FIRST] *= 3
    server.faults["huggingface", FIRST] = [Fault(drop=True, after=(1 << 20) + 1000)] * 6
    download.run(quiet)
    check(folder, server)
    assert len(server.served_of(FIRST, "huggingface")) == 7


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=429, headers={"Retry-After": "0"}),
        Fault(status=429, headers={"Retry-After": "Fri, 31 Dec 1999 23:59:59 GMT"}),
        Fault(status=500),
        Fault(status=503),
        Fault(drop=True),
    ],
)
def test_a_busy_hub_is_asked_again(download: Download, server: HubServer, folder: Path, fault: Fault) -> None:
    """Its list and its files; twice is borne."""
    for name in ("list", "config.json", FIRST):
        server.faults["huggingface", name] = [fault, fault]
    download.run(quiet)
    check(folder, server)
    assert {served.hub for served in server.served} == {"huggingface"}


@pytest.mark.parametrize("name", ["list", "config.json", SECOND])
@pytest.mark.parametrize("status", [404, 403, 503])
def test_the_other_hub_steps_in(download: Download, server: HubServer, folder: Path, name: str, status: int) -> None:
    """What came from the first stays and is not fetched again; a refusal is not repeated."""
    server.faults["huggingface", name] = [Fault(status=status)] * 5
    told: list[str] = []
    download.run(lambda _share, words: told.append(words))
    check(folder, server)
    assert any(f"Hugging Face answers {status}; asking ModelScope" in words for words in told)
    assert len(server.served_of(name, "huggingface")) == (3 if status == 503 else 1)
    if name == SECOND:
        assert server.served_of(FIRST, "modelscope") == []


def test_a_hub_that_cannot_be_reached_is_passed_over(server: HubServer, preset: Preset, folder: Path) -> None:
    """Nobody listens there."""
    away, here = HubServer(), server.hubs[1]
    hub = away.hubs[0]
    away._server.server_close()
    download_of(preset, paths.models(), [hub, here], HASTE).run(quiet)
    check(folder, server)


def test_both_hubs_fail_in_one_sentence(download: Download, server: HubServer, folder: Path) -> None:
    """Each with its reason; nothing is left of a download that never began."""
    server.faults["huggingface", "list"] = [Fault(status=404)]
    server.faults["modelscope", "list"] = [Fault(body=b"<html>sign in</html>")]
    with pytest.raises(EngineError) as error:
        download.run(quiet)
    words = str(error.value)
    assert "Hugging Face answers 404 and ModelScope sends a list of files that Shotglass cannot read" in words
    assert one_sentence(f"{words}\n")
    assert not folder.exists()


def test_files_that_are_here_are_not_fetched(download: Download, server: HubServer, folder: Path) -> None:
    """A file that somebody copied there counts once its bytes are right; another of that size does not."""
    folder.mkdir(parents=True)
    (folder / FIRST).write_bytes(server.files[FIRST])
    (folder / SECOND).write_bytes(bytes(len(server.files[SECOND])))
    download.run(quiet)
    check(folder, server)
    assert server.served_of(FIRST) == []
    assert len(server.served_of(SECOND)) == 1


def test_a_silent_hub_is_not_waited_for_for_ever(server: HubServer, preset: Preset, folder: Path) -> None:
    """Silence in the middle of a file is a dropped connection."""
    server.faults["*", FIRST] = [Fault(action=server.stall, after=500_000)]
    download_of(preset, paths.models(), server.hubs, replace(HASTE, silence_s=0.5, tries=9)).run(quiet)
    check(folder, server)
    assert server.served_of(FIRST)[1].start > 0


def test_too_little_space_is_said_before_the_first_byte(server: HubServer, preset: Preset, folder: Path) -> None:
    """With both amounts, and nothing is left behind."""
    free = shutil.disk_usage("/").total * 2
    with pytest.raises(EngineError, match=r"needs .* GB more on the disk of .*, where .* are free; free some space"):
        download_of(preset, paths.models(), server.hubs, HASTE, margin_bytes=free).run(quiet)
    assert [served.name for served in server.served] == ["list"]
    assert not folder.exists()


def test_an_enormous_list_fails_by_space_or_by_sense(download: Download, server: HubServer) -> None:
    """Sizes beyond the disk and below nothing."""
    server.listed["huggingface"] = lambda entries: [{**entry, "size": -5} for entry in entries]
    server.listed["modelscope"] = lambda answer: {
        "Data": {"Files": [{**entry, "Size": 10**18} for entry in answer["Data"]["Files"]]}
    }
    with pytest.raises(EngineError, match=r"needs .* more on the disk"):
        download.run(quiet)


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MiB."""
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=5m", "tmpfs", place], capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"this user may not mount a small disk: {done.stderr.decode().strip()}")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_disk_that_fills_up_keeps_the_part(server: HubServer, preset: Preset, tiny_disk: Path) -> None:
    """One sentence, and once there is room it goes on from there."""
    greedy = tiny_disk / "greedy"

    def fill() -> None:
        with greedy.open("wb", buffering=0) as file:
            file.write(bytes(3 << 20))

    server.faults["*", FIRST] = [Fault(action=fill, after=1 << 20, pause_s=0.002)]
    download = download_of(preset, tiny_disk, server.hubs, HASTE, margin_bytes=0)
    folder = preset.folder(tiny_disk)
    with pytest.raises(EngineError, match=r"^The disk of .* is full; free some space and start the download again"):
        download.run(quiet)
    kept = (folder / f"{FIRST}.part").stat().st_size
    assert kept > 1_000_000
    assert preset.state(tiny_disk).endswith(" % downloaded")
    greedy.unlink()
    download.run(quiet)
    check(folder, server)
    assert server.served_of(FIRST)[-1].start == kept


@pytest.mark.parametrize("when", ["stalled file", "stalled list", "flowing", "waiting"])
def test_stop_ends_it_at_once(
    server: HubServer, preset: Preset, folder: Path, when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the hub says nothing or wants to be left alone for long; what came is kept."""
    fault = {
        "stalled file": Fault(action=server.stall, after=500_000),
        "stalled list": Fault(action=server.stall),
        "flowing": Fault(pause_s=0.5),
        "waiting": Fault(status=503, headers={"Retry-After": "600"}),
    }[when]
    name = "list" if when == "stalled list" else FIRST
    server.faults["*", name] = [fault] * 3
    stop, come, append = threading.Event(), [0], Part.append

    def note(part: Part, chunk: bytes) -> None:
        append(part, chunk)
        come.append(come[-1] + len(chunk) if part.file.name == FIRST else 0)

    monkeypatch.setattr(Part, "append", note)

    def pull() -> None:
        wait_until(lambda: server.served_of(name), "the hub to be asked")
        wait_until(lambda: name == "list" or come[-1] >= fault.after, "what the hub sends")
        time.sleep(0.2)
        stop.set()

    puller = threading.Thread(target=pull)
    puller.start()
    patience = replace(HASTE, longest_wait_s=600, silence_s=600)
    with pytest.raises(DownloadStopped, match="what came is kept"):
        download_of(preset, paths.models(), server.hubs, patience).run(quiet, stop)
    puller.join()
    assert not server.open.is_set()
    if when == "stalled file":
        assert (folder / f"{FIRST}.part").stat().st_size == 500_000


def test_two_downloads_of_one_model_are_refused(download: Download, folder: Path, server: HubServer) -> None:
    """The lock belongs to the folder and goes with its holder."""
    with FolderLock(folder), pytest.raises(EngineError, match="Another Shotglass is working on"):
        download.run(quiet)
    download.run(quiet)
    check(folder, server)


def test_a_damaged_file_comes_again(download: Download, server: HubServer, folder: Path, preset: Preset) -> None:
    """`verify` finds one flipped byte and a missing file; the next download brings these two and no other."""
    download.run(quiet)
    data = bytearray(server.files[SECOND])
    data[12345] ^= 1
    (folder / SECOND).write_bytes(data)
    (folder / "vocab.json").unlink()
    (folder / "merges.txt").write_bytes(b"")
    flaws = verify(folder, quiet)
    assert set(flaws) == {
        Flaw(SECOND, "wrong bytes"),
        Flaw("vocab.json", "missing"),
        Flaw("merges.txt", "wrong size"),
    }
    assert preset.state(paths.models()) == "damaged"
    server.served.clear()
    download.run(quiet)
    check(folder, server)
    assert {served.name for served in server.served} == {"list", SECOND, "vocab.json", "merges.txt"}


def test_a_new_version_on_the_hub_keeps_the_old_until_it_is_here(
    download: Download, server: HubServer, folder: Path
) -> None:
    """A file that changed there is fetched anew and replaced at once."""
    download.run(quiet)
    (folder / "vocab.json").unlink()
    old = server.files[SECOND]
    server.files[SECOND] = bytes(reversed(old))
    server.faults["*", SECOND] = [Fault(status=404)] * 2
    with pytest.raises(EngineError):
        download.run(quiet)
    assert (folder / SECOND).read_bytes() == old
    download.run(quiet)
    check(folder, server)


def test_the_manifest_knows_what_came(download: Download, folder: Path, server: HubServer) -> None:
    """Sizes and SHA-256 of all files, also of those whose hub tells another checksum."""
    download.run(quiet)
    manifest = read_manifest(folder)
    assert manifest
    assert manifest.source == "huggingface"
    assert manifest.size == sum(len(data) for name, data in server.files.items() if name not in NEEDLESS)
    assert all(len(record.sha256) == 64 for record in manifest.files)


def test_a_proxy_that_cannot_be_used_is_said(download: Download, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a sentence that names the way out."""
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
    with pytest.raises(EngineError, match="set HTTPS_PROXY to an http:// address"):
        download.run(quiet)
