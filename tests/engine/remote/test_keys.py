"""Keys in the environment, a real keyring backend and a private file."""

import stat
from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

from desktop import paths
from desktop.engine.api import EngineError
from desktop.engine.remote.address import read_address
from desktop.engine.remote.keys import SERVICE, VARIABLE, find_key, keep_key

GPU, OTHER = read_address("https://gpu.lan"), read_address("https://other.lan")


class MemoryKeyring(KeyringBackend):
    """Keeps passwords while the test runs."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise PasswordDeleteError("not there")
        del self.kept[service, username]


@pytest.fixture
def ring() -> Iterator[MemoryKeyring]:
    before = keyring.get_keyring()
    ring = MemoryKeyring()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def test_the_keyring_keeps_a_key_for_each_server(ring: MemoryKeyring) -> None:
    keep_key("keyring", GPU, "one")
    keep_key("keyring", OTHER, "two")
    assert ring.kept == {(SERVICE, "https://gpu.lan"): "one", (SERVICE, "https://other.lan"): "two"}
    assert [find_key("keyring", address) for address in (GPU, OTHER)] == ["one", "two"]
    keep_key("keyring", GPU, "")
    keep_key("keyring", GPU, "")
    assert find_key("keyring", GPU) == ""
    assert find_key("none", OTHER) == ""


def test_a_system_without_a_keyring_says_what_else_there_is() -> None:
    """The library's own backend for such systems."""
    from keyring.backends.fail import Keyring

    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())  # type: ignore[no-untyped-call]
    try:
        for act in (lambda: find_key("keyring", GPU), lambda: keep_key("keyring", GPU, "one")):
            with pytest.raises(EngineError, match=f"keyring cannot be used .*in a file .*or set {VARIABLE}"):
                act()
    finally:
        keyring.set_keyring(before)


def test_a_file_is_private_and_holds_a_key_for_each_server() -> None:
    keep_key("file", GPU, "one")
    keep_key("file", OTHER, "two")
    assert stat.S_IMODE(paths.server_keys().stat().st_mode) == 0o600
    keep_key("file", GPU, "")
    assert [find_key("file", address) for address in (GPU, OTHER)] == ["", "two"]
    paths.server_keys().chmod(0o644)
    with pytest.raises(EngineError, match="may be read by others, so the key in it is not used; run `chmod 600"):
        find_key("file", OTHER)


@pytest.mark.parametrize("text", ["{", "[]", '{"https://gpu.lan": 1}'])
def test_a_damaged_file_is_told(text: str) -> None:
    paths.server_keys().parent.mkdir(parents=True, exist_ok=True)
    paths.server_keys().write_text(text)
    paths.server_keys().chmod(0o600)
    with pytest.raises(EngineError, match="is damaged; delete it and enter the key again"):
        find_key("file", GPU)


def test_the_environment_comes_first(ring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing else is looked at then."""
    keep_key("keyring", GPU, "kept")
    monkeypatch.setenv(VARIABLE, " said \n")
    assert find_key("keyring", GPU) == find_key("none", OTHER) == "said"
