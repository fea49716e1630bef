"""The switches of every command that answers pictures: declared once, each with its type and its help."""

import dataclasses
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

from typer import BadParameter, Option

from desktop.choices import Attention, Precision, Weights
from desktop.engine.api import EngineName

if TYPE_CHECKING:
    from desktop.job import Task
    from desktop.settings import Settings

_output = partial(Option, rich_help_panel="Output")
_engine = partial(Option, rich_help_panel="Engine, where not as in the preferences")
_answer = partial(Option, rich_help_panel="Answer, where not as the task says")
_MUST = {
    "picture_limit": "must be width x height, each from 100 to 9999, such as 1920x1080",
    "memory_cap_gib": "must be 0 or more GiB",
    "temperature": "must be from 0 to 2",
    "top_p": "must be above 0 and at most 1",
    "max_tokens": "must be from 1 to 32,768",
    "seed": "must be a whole number of at most 18 digits",
    "stop": "must not be empty",
}


@dataclass(frozen=True, slots=True)
class Switches:
    """What the user said on the command line; what is None stays as the saved settings say."""

    json: Annotated[bool, _output("--json", help="Print JSON instead of text.")] = False
    copy: Annotated[bool, _output("--copy", help="Also put the answer on the clipboard.")] = False
    out: Annotated[Path | None, _output(help="Write to this file; a folder gets one file a picture.")] = None
    again: Annotated[
        bool, _output("--again", help="Also answer pictures whose answers in the folder are newer than they are.")
    ] = False

    engine: Annotated[
        EngineName | None,
        _engine(metavar="auto|qwen|ocr|remote", help="qwen is the model, ocr the embedded OCR, remote a server."),
    ] = None
    servers: Annotated[
        list[str] | None,
        _engine("--server", metavar="URL", help="Ask this OpenAI-compatible server; may be repeated."),
    ] = None
    model: Annotated[
        str | None,
        _engine(help="The model of the engine qwen, a preset or a folder; with a server the name it has there."),
    ] = None
    attention: Annotated[Attention | None, _engine(help="How attention is computed.")] = None
    dtype: Annotated[Precision | None, _engine(help="The precision of the model.")] = None
    weights: Annotated[Weights | None, _engine(help="int8 lets a bf16 model take about six tenths of the memory.")] = (
        None
    )
    picture_limit: Annotated[str | None, _engine(metavar="WxH", help="The largest picture the model is given.")] = None
    memory_cap_gib: Annotated[
        float | None, _engine("--memory-cap", metavar="GIB", help="The most GPU memory to use; 0 is all that is free.")
    ] = None

    temperature: Annotated[float | None, _answer(help="0 says the likeliest words, more varies them.")] = None
    top_p: Annotated[float | None, _answer(help="Choose among the likeliest words of this share.")] = None
    max_tokens: Annotated[int | None, _answer(help="The longest answer.")] = None
    seed: Annotated[int | None, _answer(help="Another seed varies the words another way.")] = None
    stop: Annotated[list[str] | None, _answer(help="End the answer before this text; may be repeated.")] = None
    choose: Annotated[
        list[str] | None,
        _answer(metavar="NAME=VALUE", help="One of the task's options, such as stack=Bootstrap; may be repeated."),
    ] = None

    def settings(self, saved: "Settings", task_id: str) -> "Settings":
        """The saved settings with what was said here; raises BadParameter for a value that cannot be."""
        from pydantic import ValidationError

        from desktop.settings import ENGINE_SETTINGS, SERVER_SETTINGS, Sampling, Settings

        said = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        given = {name: value for name, value in said.items() if value is not None and value != []}
        if "servers" in given:
            given.setdefault("engine", "remote")
        if given.get("engine", saved.engine) == "remote" and "model" in given:
            given["server_model"] = given.pop("model")
        known = ENGINE_SETTINGS | SERVER_SETTINGS
        values = saved.model_dump() | {name: given[name] for name in given.keys() & known}
        sampling = {name: given[name] for name in given.keys() & Sampling.model_fields.keys()}
        values["sampling"][task_id] = values["sampling"].get(task_id, {}) | sampling
        try:
            return Settings(**values)
        except ValidationError as error:
            wrong = next(str(part) for part in error.errors()[0]["loc"] if part in given)
            flag = f"--{wrong.removesuffix('_gib').replace('_', '-')}"
            raise BadParameter(f"{flag} {_MUST[wrong]}.") from error

    def chosen(self, task: "Task") -> dict[str, str]:
        """What was picked of the task's options; raises BadParameter for one that the task does not have."""
        pairs = [choice.partition("=") for choice in self.choose or ()]
        known = " or ".join(f"{name}={offered[0]}" for name, offered in task.options.items())
        for name, equals, _value in pairs:
            if not equals or name not in task.options:
                offer = f"choose {known}" if known else f"{task.title} has nothing to choose"
                raise BadParameter(f"{name!r} is no option of this task; {offer}.")
        return {name: value for name, _, value in pairs}


_NOTHING = Switches()


def with_switches(command: Callable[..., None]) -> Callable[..., None]:
    """The command with every switch as an option of its own; it gets them all as its argument `switches`."""
    kinds = get_type_hints(Switches, include_extras=True)
    options = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=getattr(_NOTHING, name), annotation=kind)
        for name, kind in kinds.items()
    ]
    own = [parameter for name, parameter in inspect.signature(command).parameters.items() if name != "switches"]

    @wraps(command)
    def run(**given: Any) -> None:
        command(switches=Switches(**{option.name: given.pop(option.name) for option in options}), **given)

    run.__signature__ = inspect.Signature([*own, *options])  # type: ignore[attr-defined]  # typer reads it
    return run
