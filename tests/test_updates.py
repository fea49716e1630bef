"""The check for a newer version, against a list on loopback that is signed, or not."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import minisign
import pytest

from desktop import __version__, paths
from desktop.errors import UserError
from desktop.settings import Settings, SettingsFile
from desktop.updates import MOST_BYTES, Release, find_update
from tests.command_line import shotglass

NEWER = {"name": "shotglass", "version": "99.1", "page": "https://example.org/shotglass/99.1"}


class Place(ThreadingHTTPServer):
    """Serves `files` by their paths, and keeps what was asked for."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.files: dict[str, bytes] = {}
        self.asked: list[tuple[str, str]] = []
        self.key = minisign.KeyPair.generate()

    @property
    def settings(self) -> Settings:
        """Of somebody who entered this place."""
        key = self.key.public_key.to_base64().decode()
        return Settings(engine="fake", update_address=f"http://127.0.0.1:{self.server_port}/list", update_key=key)

    def publish(self, content: bytes) -> None:
        """Lay down a list and its signature."""
        self.files = {"/list": content, "/list.minisig": bytes(self.key.secret_key.sign(content))}


class Answer(BaseHTTPRequestHandler):
    server: Place

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers["User-Agent"]))
        content = self.server.files.get(self.path)
        self.send_response(404 if content is None else 200)
        self.end_headers()
        self.wfile.write(content or b"")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        del format, args


@pytest.fixture
def place() -> Iterator[Place]:
    with Place() as place:
        thread = threading.Thread(target=place.serve_forever, args=(0.02,))
        thread.start()
        yield place
        place.shutdown()
        thread.join()


def test_a_newer_version_is_told(place: Place) -> None:
    """With its page; the request names neither this version nor anything else of this computer."""
    place.publish(json.dumps(NEWER).encode())
    SettingsFile(paths.settings_file()).save(place.settings)
    done = shotglass("updates")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Shotglass 99.1 is out: https://example.org/shotglass/99.1\n"
    assert place.asked == [("/list", "Shotglass"), ("/list.minisig", "Shotglass")]


@pytest.mark.parametrize("version", [__version__, "0.0.9", "0"])
def test_this_is_the_newest(place: Place, version: str) -> None:
    """An old list, laid down again, changes nothing."""
    place.publish(json.dumps(NEWER | {"version": version}).encode())
    assert find_update(place.settings) is None


def test_what_is_not_signed_is_not_believed(place: Place) -> None:
    """Nor what was changed, was signed by another key, has no signature, or something else in its place."""
    content = json.dumps(NEWER).encode()
    place.publish(content)
    signature = place.files["/list.minisig"]
    forged = bytes(minisign.KeyPair.generate().secret_key.sign(content))
    comment = signature.replace(b"trusted comment: timestamp", b"trusted comment: timestamq")
    for files in (
        {"/list": content.replace(b"99.1", b"99.2"), "/list.minisig": signature},
        {"/list": content, "/list.minisig": forged},
        {"/list": content, "/list.minisig": comment},
        {"/list": content, "/list.minisig": b""},
        {"/list": content, "/list.minisig": b"\xff\xfe\x00" * 40},
        {"/list": content, "/list.minisig": content},
    ):
        place.files = files
        with pytest.raises(UserError, match="not signed with the key"):
            find_update(place.settings)
    place.publish(content)
    with pytest.raises(UserError, match="not signed with the key"):
        find_update(place.settings.model_copy(update={"update_key": "no key"}))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        json.dumps(NEWER | {"name": "another"}).encode(),
        json.dumps(NEWER | {"version": "newest"}).encode(),
        json.dumps(NEWER | {"page": "file:///etc/passwd"}).encode(),
        json.dumps(NEWER | {"page": "https://x\ny"}).encode(),
        b" " * (MOST_BYTES + 1),
    ],
    ids=["nothing", "list", "empty", "other program", "no version", "no page", "two lines", "endless"],
)
def test_what_is_signed_but_no_list_is_told(place: Place, content: bytes) -> None:
    """The same key may sign other files, too."""
    place.publish(content)
    with pytest.raises(UserError, match="sent no list of Shotglass"):
        find_update(place.settings)


def test_trouble_on_the_way_is_told(place: Place) -> None:
    """What is missing, who is away, and where others could listen."""
    with pytest.raises(UserError, match="cannot be reached \\(404\\)"):
        find_update(place.settings)
    for address in ("http://127.0.0.1:1/list", "https://127.0.0.1:1/list"):
        with pytest.raises(UserError, match="cannot be reached"):
            find_update(place.settings.model_copy(update={"update_address": address}))
    for address in ("http://example.org/list", "ftp://127.0.0.1/list", "list"):
        with pytest.raises(UserError, match="must begin with https://"):
            find_update(place.settings.model_copy(update={"update_address": address}))


def test_nobody_is_asked_unless_the_user_entered_whom(place: Place) -> None:
    """It is off as it comes, and half of it is not enough."""
    for settings in (Settings(), place.settings.model_copy(update={"update_key": ""})):
        with pytest.raises(UserError, match="No address for updates is entered"):
            find_update(settings)
    assert place.asked == []
    SettingsFile(paths.settings_file()).save(Settings(engine="fake"))
    done = shotglass("updates")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("No address for updates is entered")


@pytest.mark.parametrize(
    ("one", "other", "newer"),
    [("0.10", "0.9.9", True), ("1.0", "1", False), ("1", "1.0.0", False), ("1.0.1", "1.0", True), ("2", "10", False)],
)
def test_versions_are_compared_by_their_numbers(one: str, other: str, newer: bool) -> None:
    assert Release(name="shotglass", version=one, page="https://example.org").newer_than(other) is newer
