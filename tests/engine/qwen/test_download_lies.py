"""Downloads from a server that sends what it does not list, and lists what it must not."""

from pathlib import Path
from typing import Any

import pytest

from desktop.download.download import Download
from desktop.engine.api import EngineError
from tests.engine.qwen.downloaded import check, quiet
from tests.engine.qwen.hub_server import FIRST, SECOND, Fault, HubServer


def test_wrong_bytes_are_thrown_away_and_asked_for_again(download: Download, server: HubServer, folder: Path) -> None:
    """Once from the same hub, then from the other; small files are checked by their git name."""
    for name in ("config.json", FIRST):
        lie = Fault(body=bytes(len(server.files[name])))
        server.faults["huggingface", name] = [lie, lie]
    server.faults["huggingface", SECOND] = [Fault(body=bytes(1 << 20))]
    download.run(quiet)
    check(folder, server)
    assert [served.hub for served in server.served_of("config.json")] == ["huggingface", "huggingface", "modelscope"]


def test_wrong_bytes_everywhere_leave_none(download: Download, server: HubServer, folder: Path) -> None:
    """One sentence, and no wrong byte on the disk."""
    server.faults["*", FIRST] = [Fault(body=bytes(3 << 20))] * 4
    with pytest.raises(EngineError, match=f"sends wrong bytes for {FIRST} and ModelScope sends wrong bytes"):
        download.run(quiet)
    assert not (folder / FIRST).exists()
    assert (folder / f"{FIRST}.part").stat().st_size == 0


@pytest.mark.parametrize(
    "fault",
    [
        Fault(body=bytes(100)),
        Fault(body=bytes(4 << 20)),
        Fault(body=bytes(4 << 20), chunked=True),
        Fault(body=bytes(100), chunked=True),
        Fault(status=206, headers={"Content-Range": "bytes 5-9/10"}),
        Fault(status=206),
        Fault(status=416),
    ],
    ids=["short", "long", "long without a length", "short without a length", "another range", "no range", "416"],
)
def test_a_lie_about_the_size_is_found(download: Download, server: HubServer, folder: Path, fault: Fault) -> None:
    """By what the answer says of itself, or by the first byte too many."""
    server.faults["huggingface", FIRST] = [fault]
    download.run(quiet)
    check(folder, server)
    assert server.served_of(FIRST)[0].count <= (3 << 20) + (2 << 20)


def test_a_server_that_ignores_ranges_starts_the_file_over(download: Download, server: HubServer, folder: Path) -> None:
    """The part is not doubled."""
    server.faults["*", FIRST] = [Fault(drop=True, after=1_000_000), Fault(ignore_range=True)]
    download.run(quiet)
    check(folder, server)
    assert [served.start for served in server.served_of(FIRST)] == [0, 0]


@pytest.mark.parametrize(
    "page",
    [
        Fault(body=b"<html>sign in</html>", ignore_range=True),
        Fault(body=b"<html>sign in</html>", ignore_range=True, chunked=True),
        Fault(status=206, headers={"Content-Range": "bytes 0-19/20"}),
        Fault(status=416),
    ],
    ids=["a page", "a page without a length", "another range", "416"],
)
def test_an_answer_that_is_not_the_file_costs_nothing_of_it(
    download: Download, server: HubServer, folder: Path, page: Fault
) -> None:
    """A line drops into a network that wants a sign-in: gigabytes that came stay, and the other hub goes on there."""
    server.faults["*", FIRST] = [Fault(drop=True, after=2_000_000), page]
    download.run(quiet)
    check(folder, server)
    first, _page, last = server.served_of(FIRST)
    assert 0 < last.start <= first.count
    assert last.start + last.count == len(server.files[FIRST])


@pytest.mark.parametrize("left", [b"x" * 5000, bytes(3 << 20), bytes(4 << 20)], ids=["foreign", "full", "too long"])
def test_a_part_of_something_else_is_thrown_away(
    download: Download, server: HubServer, folder: Path, left: bytes
) -> None:
    """It costs one attempt, no more."""
    folder.mkdir(parents=True)
    (folder / f"{FIRST}.part").write_bytes(left)
    download.run(quiet)
    check(folder, server)
    assert {served.hub for served in server.served} == {"huggingface"}


PATHS = ["../../evil.safetensors", "/tmp/evil.safetensors", "..\\evil.safetensors", "a/../../config.json"]


@pytest.mark.parametrize("path", PATHS)
def test_no_name_leaves_the_folder(
    download: Download, server: HubServer, folder: Path, tmp_path: Path, path: str
) -> None:
    """A hub that names such a file is not trusted with any other."""

    def add(entries: Any) -> Any:
        return [*entries, {**entries[-1], "path": path}]

    server.files[path] = b"evil"
    server.listed["huggingface"] = add
    with pytest.raises(EngineError, match="lists a file outside of the model's folder and ModelScope lists"):
        download.run(quiet)
    assert [served.name for served in server.served] == ["list", "list"]
    assert not list(tmp_path.rglob("*evil*"))


@pytest.mark.parametrize(
    "name", ["con fig.safetensors", "a:b.safetensors", ".safetensors", "sub/x.safetensors", "\u202e.safetensors"]
)
def test_odd_names_are_left_out(download: Download, server: HubServer, folder: Path, name: str) -> None:
    """Plain letters only; the engine needs no other."""
    server.files[name] = b"odd"
    download.run(quiet)
    del server.files[name]
    check(folder, server)
