"""What is asked of a server: a chat completion with the picture first, in the words of OpenAI's schema."""

from typing import Any

from desktop.engine.remote.picture import SentPicture
from desktop.engine.smart_resize import FACTOR, MAX_PIXELS, MIN_PIXELS
from desktop.engine.tasks import SYSTEM, put_into_words
from desktop.job import Job, Task

SHORTEST = 1024  # tokens that are left to the answer; where there is no room for them the picture is made smaller
_DENSE, _USUAL = 2, 4  # bytes of a token: as few as in any language, and as many as in most
MOST_STOPS = 4  # the schema takes no more; the others end the answer here


def write_request(job: Job, model: str, picture: SentPicture, context: int) -> dict[str, Any]:
    """The body of a request for a streamed answer; raises UserError where the task lacks its question.

    `context` is the most tokens of picture, words and answer, 0 where the server does not tell.
    """
    task = job.task
    messages = _messages(job, picture.url)
    room = context - picture.width * picture.height // FACTOR**2 - _tokens_of(messages, _DENSE)
    body: dict[str, Any] = {
        "model": model,
        "messages": messages,
        "stream": True,
        "stream_options": {"include_usage": True},
        "max_tokens": min(task.max_tokens, max(_shortest(task, context), room)) if context else task.max_tokens,
        "temperature": task.temperature,
    }
    if task.temperature > 0:
        body |= {"top_p": task.top_p, "seed": task.seed}
    if task.stop:
        body["stop"] = list(task.stop[:MOST_STOPS])
    return body


def most_pixels(job: Job, context: int) -> int:
    """The most pixels that leave words and answer their room, which llama.cpp does not ask for: it cuts the answer."""
    room = context - _tokens_of(_messages(job, ""), _USUAL) - _shortest(job.task, context)
    return max(MIN_PIXELS, room * FACTOR**2) if context else MAX_PIXELS


def _shortest(task: Task, context: int) -> int:
    return min(task.max_tokens, SHORTEST, context // 2)


def _messages(job: Job, picture_url: str) -> list[dict[str, Any]]:
    said, now = put_into_words(job)
    asked = [*(words for words, _answer in said), now]
    picture = {"type": "image_url", "image_url": {"url": picture_url}}
    messages: list[dict[str, Any]] = [
        {"role": "system", "content": SYSTEM},
        {"role": "user", "content": [picture, {"type": "text", "text": asked[0]}]},
    ]
    for (_words, answer), question in zip(said, asked[1:], strict=True):
        messages.append({"role": "assistant", "content": answer})
        messages.append({"role": "user", "content": question})
    return messages


def _tokens_of(messages: list[dict[str, Any]], each: int) -> int:
    """About as many as the words take, at so many bytes each, with what stands between messages."""
    words = [message["content"] for message in messages]
    texts = [words if isinstance(words, str) else words[-1]["text"] for words in words]
    return sum(len(text.encode()) // each + 16 for text in texts)
