"""What is asked of a server: a chat completion with the picture first, in the words of OpenAI's schema."""

from typing import Any

from desktop.engine.tasks import fill
from desktop.job import Job

SYSTEM = "You are a helpful assistant."
MOST_STOPS = 4  # the schema takes no more; the others end the answer here


def write_request(job: Job, model: str, picture_url: str) -> dict[str, Any]:
    """The body of a request for a streamed answer; raises UserError where the task lacks its question."""
    task = job.task
    body: dict[str, Any] = {
        "model": model,
        "messages": _messages(job, picture_url),
        "stream": True,
        "stream_options": {"include_usage": True},
        "max_tokens": task.max_tokens,
        "temperature": task.temperature,
    }
    if task.temperature > 0:
        body |= {"top_p": task.top_p, "seed": task.seed}
    if task.stop:
        body["stop"] = list(task.stop[:MOST_STOPS])
    return body


def _messages(job: Job, picture_url: str) -> list[dict[str, Any]]:
    said = [(fill(turn.task, turn.question, **turn.chosen), turn.answer) for turn in job.earlier]
    asked = [words for words, _answer in said] + [fill(job.task, job.question, **job.chosen)]
    picture = {"type": "image_url", "image_url": {"url": picture_url}}
    messages: list[dict[str, Any]] = [
        {"role": "system", "content": SYSTEM},
        {"role": "user", "content": [picture, {"type": "text", "text": asked[0]}]},
    ]
    for (_words, answer), question in zip(said, asked[1:], strict=True):
        messages.append({"role": "assistant", "content": answer})
        messages.append({"role": "user", "content": question})
    return messages
