"""What a server says: its models, the pieces of an answer, its errors; all else in them is left out."""

from typing import Any

from pydantic import AliasChoices, AliasPath, BaseModel, Field, ValidationError


class Model(BaseModel):
    """One model; `owned_by` tells which program serves it, `context` the most tokens of prompt and answer.

    `takes` are the kinds of input, None where the server does not tell; llama.cpp does, and it has `aliases`.
    """

    id: str
    aliases: list[str] | None = None
    owned_by: str | None = ""
    context: int | None = Field(0, validation_alias=AliasChoices("max_model_len", AliasPath("meta", "n_ctx")))
    takes: list[str] | None = Field(None, validation_alias=AliasPath("architecture", "input_modalities"))

    @property
    def may_see(self) -> bool:
        """False where the server tells that it takes no pictures."""
        return self.takes is None or "image" in self.takes

    @property
    def names(self) -> list[str]:
        """What it may be asked by."""
        return [self.id, *(self.aliases or ())]


class Models(BaseModel):
    """The answer of `/v1/models`."""

    data: list[Model]


class Delta(BaseModel):
    """What is new of a message."""

    content: str | None = None


class Choice(BaseModel):
    """A piece of one answer; `finish_reason` comes with the last one."""

    delta: Delta = Delta()
    finish_reason: str | None = None


class Usage(BaseModel):
    """What a whole answer took."""

    prompt_tokens: int = 0
    completion_tokens: int = 0


class Chunk(BaseModel):
    """The data of one event of a streamed chat completion."""

    choices: list[Choice]
    usage: Usage | None = None


def read_complaint(body: str) -> str:
    """The message of an error as any of the servers writes it, '' where the body holds none."""
    try:
        said = _Complaint.model_validate_json(body)
    except ValidationError:
        return ""
    error = said.error or said.detail or said.message
    if isinstance(error, dict):
        error = error.get("message") or error.get("type") or ""
    return str(error or "")


class _Complaint(BaseModel):
    error: Any = None
    detail: Any = None
    message: Any = None
