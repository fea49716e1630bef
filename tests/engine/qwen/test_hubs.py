"""The lists of both hubs, and which hub is asked first."""

import json

import pytest

from desktop.download.source import HubError, RemoteFile
from desktop.engine.qwen.hubs import choose_hubs, hugging_face, model_scope

SHA = "a" * 64
CONFIG = {"type": "file", "path": "config.json", "size": 5, "oid": "b" * 40}
LARGE = {"type": "file", "path": "model.safetensors", "size": 9, "oid": "c" * 40, "lfs": {"oid": SHA, "size": 9}}


def test_hugging_face_lists_two_kinds_of_checksums() -> None:
    """Small files first, so that a model that does not fit is known early."""
    files = hugging_face().needed_files(json.dumps([LARGE, CONFIG, {**CONFIG, "path": "README.md"}]).encode())
    assert files == [RemoteFile("config.json", 5, git_sha1="b" * 40), RemoteFile("model.safetensors", 9, SHA)]


def test_model_scope_lists_sha256() -> None:
    rows = [{"Path": name, "Size": 5, "Type": "blob", "Sha256": SHA} for name in ("config.json", "x.safetensors")]
    files = model_scope().needed_files(json.dumps({"Code": 200, "Data": {"Files": rows}}).encode())
    assert [(file.name, file.sha256) for file in files] == [("config.json", SHA), ("x.safetensors", SHA)]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("nonsense", "cannot read"),
        ('{"error": "gone"}', "cannot read"),
        ("[]", "does not list the files of a model"),
        (json.dumps([CONFIG]), "does not list the files of a model"),
        (json.dumps([CONFIG, CONFIG, LARGE]), "lists a file twice"),
        (json.dumps([CONFIG, {**LARGE, "lfs": {"oid": "short", "size": 9}}]), "gives no checksum"),
        (json.dumps([CONFIG, {**LARGE, "size": -1}]), "cannot read"),
        (json.dumps([CONFIG, {**LARGE, "size": "much"}]), "cannot read"),
        (json.dumps([{**CONFIG, "path": "/etc/config.json"}, LARGE]), "outside"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused(answer: str, reason: str) -> None:
    with pytest.raises(HubError, match=reason):
        hugging_face().needed_files(answer.encode())


def test_the_setting_says_who_is_asked_first() -> None:
    assert [hub.id for hub in choose_hubs("auto", {})] == ["huggingface", "modelscope"]
    assert [hub.id for hub in choose_hubs("modelscope", {})] == ["modelscope", "huggingface"]


def test_other_addresses_are_honoured() -> None:
    """With or without a scheme, with or without a slash."""
    first, second = choose_hubs("auto", {"HF_ENDPOINT": "http://mirror.example/", "MODELSCOPE_DOMAIN": "www.example"})
    assert first.file_address("a/b", "c") == "http://mirror.example/a/b/resolve/main/c"
    assert second.listing_address("a/b").startswith("https://www.example/api/v1/models/a/b/repo/files?")
    assert choose_hubs("auto", {"HF_ENDPOINT": ""})[0].address == "https://huggingface.co"
