"""The places that offer weights, Hugging Face and ModelScope: two rows of addresses and how their lists are read."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Any

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from desktop.download.source import HubError, Read, RemoteFile
from desktop.language import tr_later

NEEDED = (
    "config.json",
    "generation_config.json",
    "*.safetensors",
    "*.safetensors.index.json",
    "tokenizer*.json",
    "vocab.json",
    "merges.txt",
    "added_tokens.json",
    "special_tokens_map.json",
    "preprocessor_config.json",
    "chat_template*.json",
    "chat_template*.jinja",
)
_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Hub:
    """One place; `listing` and `file` are addresses below `address`, `read` turns its list into files."""

    id: str
    title: str
    address: str
    listing: str
    file: str
    read: Callable[[bytes], list[RemoteFile]]

    def listing_address(self, repository: str) -> str:
        """Where the list of a repository's files is asked for."""
        return self.address + self.listing.format(repository=repository)

    def file_address(self, repository: str, name: str) -> str:
        """Where a file's bytes are."""
        return self.address + self.file.format(repository=repository, name=name)

    def needed_files(self, answer: bytes) -> list[RemoteFile]:
        """The files of a list that the engine needs, small ones first; raises HubError where it cannot be used."""
        try:
            listed = self.read(answer)
        except ValidationError as error:
            raise HubError(tr_later("{hub} sends a list of files that Shotglass cannot read")) from error
        files = [file for file in listed if _needed(file.name)]
        if len({file.name.lower() for file in files}) < len(files):
            raise HubError(tr_later("{hub} lists a file twice"))
        for file in files:
            if not (_SHA256.fullmatch(file.sha256) or file.git_sha1):
                raise HubError(tr_later("{hub} gives no checksum for {file}"), file=file.name)
        names = {file.name for file in files}
        if "config.json" not in names or not any(name.endswith(".safetensors") for name in names):
            raise HubError(tr_later("{hub} does not list the files of a model"))
        return sorted(files, key=lambda file: (file.name.endswith(".safetensors"), file.name))


@dataclass(frozen=True, slots=True)
class Repository:
    """One model on a hub, as a Source."""

    hub: Hub
    name: str

    @property
    def id(self) -> str:
        """See Source."""
        return self.hub.id

    @property
    def title(self) -> str:
        """See Source."""
        return self.hub.title

    async def find(self, read: Read) -> Sequence[tuple[RemoteFile, str]]:
        """See Source."""
        files = self.hub.needed_files(await read(self.hub.listing_address(self.name)))
        return [(file, self.hub.file_address(self.name, file.name)) for file in files]


def _needed(path: str) -> bool:
    """Tell whether a listed path is a file of the model; raises HubError for one that would leave the folder."""
    if ".." in re.split(r"[/\\]", path) or path.startswith(("/", "\\")):
        raise HubError(tr_later("{hub} lists a file outside of the model's folder"))
    if not any(fnmatchcase(PurePosixPath(path).name, pattern) for pattern in NEEDED):
        return False
    return _SAFE_NAME.fullmatch(path) is not None


class _Large(BaseModel):
    oid: str


class _HuggingFaceEntry(BaseModel):
    type: str
    path: str
    size: int = Field(0, ge=0)
    oid: str = ""
    lfs: _Large | None = None


class _ModelScopeEntry(BaseModel):
    type: str = Field("blob", alias="Type")
    path: str = Field(alias="Path")
    size: int = Field(0, ge=0, alias="Size")
    sha256: str | None = Field(None, alias="Sha256")


class _ModelScopeData(BaseModel):
    files: list[_ModelScopeEntry] = Field(alias="Files")


class _ModelScopeList(BaseModel):
    data: _ModelScopeData = Field(alias="Data")


_HUGGING_FACE_LIST: TypeAdapter[list[_HuggingFaceEntry]] = TypeAdapter(list[_HuggingFaceEntry])


def _read_hugging_face(answer: bytes) -> list[RemoteFile]:
    """Large files carry a SHA-256, small ones the name that git gives them."""
    entries = _HUGGING_FACE_LIST.validate_json(answer)
    return [
        RemoteFile(e.path, e.size, e.lfs.oid.removeprefix("sha256:") if e.lfs else "", "" if e.lfs else e.oid)
        for e in entries
        if e.type == "file"
    ]


def _read_model_scope(answer: bytes) -> list[RemoteFile]:
    """Every file carries a SHA-256."""
    entries = _ModelScopeList.model_validate_json(answer).data.files
    return [RemoteFile(e.path, e.size, (e.sha256 or "").lower()) for e in entries if e.type == "blob"]


def hugging_face(address: str = "https://huggingface.co") -> Hub:
    """Hugging Face, or a mirror of it."""
    return Hub(
        "huggingface",
        "Hugging Face",
        _complete(address),
        "/api/models/{repository}/tree/main?recursive=true",
        "/{repository}/resolve/main/{name}",
        _read_hugging_face,
    )


def model_scope(address: str = "https://www.modelscope.cn") -> Hub:
    """ModelScope."""
    return Hub(
        "modelscope",
        "ModelScope",
        _complete(address),
        "/api/v1/models/{repository}/repo/files?Revision=master&Recursive=True",
        "/models/{repository}/resolve/master/{name}",
        _read_model_scope,
    )


_ROWS: tuple[tuple[str, Callable[..., Any]], ...] = (
    ("HF_ENDPOINT", hugging_face),
    ("MODELSCOPE_DOMAIN", model_scope),
)


def choose_hubs(first: str, environment: Mapping[str, str]) -> list[Hub]:
    """Both hubs, the one with the id `first` in front; "auto" begins with Hugging Face.

    HF_ENDPOINT and MODELSCOPE_DOMAIN, the variables of the hubs' own programs, name other addresses.
    """
    hubs: list[Hub] = [row(environment[name]) if environment.get(name) else row() for name, row in _ROWS]
    return sorted(hubs, key=lambda hub: hub.id != first)


def _complete(address: str) -> str:
    """An address with its scheme and without a slash at its end."""
    return (address if "://" in address else f"https://{address}").rstrip("/")
