"""What people enter as an address."""

import pytest

from desktop.engine.api import EngineError
from desktop.engine.remote.address import Address, read_address


@pytest.mark.parametrize(
    ("entered", "base", "host", "place"),
    [
        ("https://gpu.example.org", "https://gpu.example.org", "gpu.example.org", "gpu.example.org"),
        ("gpu.example.org:8443/v1/", "https://gpu.example.org:8443", "gpu.example.org:8443", "gpu.example.org:8443"),
        (" http://GPU.lan:8000/v1/chat/completions ", "http://gpu.lan:8000", "gpu.lan:8000", "gpu.lan:8000"),
        ("https://gate.example.org/llm/v1", "https://gate.example.org/llm", "gate.example.org", "gate.example.org"),
        ("localhost:11434", "http://localhost:11434", "localhost:11434", ""),
        ("127.0.0.1:8000/v1", "http://127.0.0.1:8000", "127.0.0.1:8000", ""),
        ("[::1]:8000", "http://[::1]:8000", "[::1]:8000", ""),
        ("http://10.0.0.7:30000", "http://10.0.0.7:30000", "10.0.0.7:30000", "10.0.0.7:30000"),
    ],
)
def test_addresses(entered: str, base: str, host: str, place: str) -> None:
    """With or without scheme, version and ending; https unless it is this computer or said otherwise."""
    address = read_address(entered)
    assert (address.base, address.host, address.place) == (base, host, place)
    assert read_address(address.base) == address


def test_what_can_be_read_on_its_way() -> None:
    assert [read_address(text).encrypted for text in ("http://gpu.lan", "https://gpu.lan", "localhost:80")] == [
        False, True, True
    ]  # fmt: skip
    assert not Address("http://gpu.lan", "gpu.lan", here=False).encrypted


@pytest.mark.parametrize(
    "entered",
    ["", "https://", "ftp://gpu.lan", "gpu lan", "http://gpu.lan:port", "http://gpu.lan?key=1", "[::1", "a\\b"],
)
def test_what_is_no_address_is_refused(entered: str) -> None:
    with pytest.raises(EngineError, match="is no address of a server; enter one such as https://"):
        read_address(entered)


def test_a_password_does_not_belong_into_an_address() -> None:
    """It would stand in the settings and in the log."""
    with pytest.raises(EngineError, match="without a name and a password") as refused:
        read_address("https://me:secret@gpu.lan")
    assert "secret" not in str(refused.value)
