"""What OpenAI's published schema lets a client ask of chat completions; anything else is refused."""

import io
from base64 import b64decode
from typing import Annotated, Literal

from PIL import Image
from pydantic import BaseModel, ConfigDict, Field, model_validator

_MIME = {"PNG": "image/png", "JPEG": "image/jpeg"}


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class ImageUrl(Strict):
    url: str
    detail: Literal["auto", "low", "high"] | None = None

    def picture(self) -> Image.Image:
        """The picture in the data URL, decoded whole; raises where anything is wrong with it."""
        head, comma, data = self.url.partition(",")
        assert comma
        with Image.open(io.BytesIO(b64decode(data, validate=True))) as picture:
            assert head == f"data:{_MIME[picture.format or '']};base64"
            picture.load()
            return picture.copy()


class ImagePart(Strict):
    type: Literal["image_url"]
    image_url: ImageUrl


class TextPart(Strict):
    type: Literal["text"]
    text: str = Field(min_length=1)


class SystemMessage(Strict):
    role: Literal["system"]
    content: str


class UserMessage(Strict):
    role: Literal["user"]
    content: str | list[Annotated[ImagePart | TextPart, Field(discriminator="type")]]


class AssistantMessage(Strict):
    role: Literal["assistant"]
    content: str


class StreamOptions(Strict):
    include_usage: bool


Message = Annotated[SystemMessage | UserMessage | AssistantMessage, Field(discriminator="role")]


class ChatRequest(Strict):
    model: str
    messages: list[Message] = Field(min_length=1)
    stream: Literal[True]
    stream_options: StreamOptions
    max_tokens: int = Field(gt=0)
    temperature: float = Field(ge=0, le=2)
    top_p: float = Field(1.0, gt=0, le=1)
    seed: int | None = None
    stop: list[str] = Field([], max_length=4)

    @model_validator(mode="after")
    def picture_first(self) -> "ChatRequest":
        """A system message, then user and assistant in turn; the one picture before all words."""
        roles = [message.role for message in self.messages]
        turns = roles[1:]
        if roles[0] != "system" or turns != (["user", "assistant"] * len(turns))[: len(turns)] or len(turns) % 2 == 0:
            raise ValueError(f"roles {roles}")
        parts = [part for m in self.messages if isinstance(m.content, list) for part in m.content]
        first = self.messages[1].content
        if not isinstance(first, list) or [part.type for part in parts] != ["image_url", "text"]:
            raise ValueError("one picture, then words")
        self.picture()
        return self

    def picture(self) -> Image.Image:
        """The picture of the request."""
        part = self.messages[1].content[0]
        assert isinstance(part, ImagePart)
        return part.image_url.picture()
