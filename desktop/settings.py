"""The user's settings: typed, checked value by value, saved whole or not at all."""

import json
import logging
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError

from desktop.choices import Attention, KeyPlace, LogLevel, MathSigns, Precision, Weights
from desktop.engine.api import EngineName
from desktop.files import write_atomically
from desktop.job import Task
from desktop.language import tr, tr_later

log = logging.getLogger(__name__)

_UNREADABLE = tr_later("The settings file {file} could not be read ({reason}); the defaults are used{kept}.")
_DAMAGED = tr_later("The settings file {file} is damaged; the defaults are used{kept}.")
_UNKNOWN = tr_later('The settings file {file} has a value that cannot be used: "{name}" is unknown and ignored{kept}.')
_INVALID = tr_later(
    'The settings file {file} has a value that cannot be used: "{name}" is not valid and the default is used{kept}.'
)

_SIZE = r"^[1-9]\d{2,3}x[1-9]\d{2,3}$"

MOST_TOKENS = 32768  # what the model was trained for in all
ENGINE_SETTINGS = {"engine", "model", "attention", "dtype", "weights", "picture_limit", "memory_cap_gib", "drafts"}
SERVER_SETTINGS = {"servers", "server_model", "server_key", "server_jobs"}


class Sampling(BaseModel):
    """What the user sets of one task's answers; what is None stays as the task says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    temperature: float | None = Field(None, ge=0, le=2)
    top_p: float | None = Field(None, gt=0, le=1)
    max_tokens: int | None = Field(None, gt=0, le=MOST_TOKENS)
    seed: int | None = Field(None, ge=-(2**63), lt=2**63)
    stop: tuple[Annotated[str, Field(min_length=1)], ...] | None = None


class Settings(BaseModel):
    """What the user may choose; every value has a good default."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    engine: EngineName = Field("auto", title=tr_later("Engine"))
    model: str = Field(
        "", title=tr_later("Model of the engine Qwen2.5-VL: a preset or a folder; empty is the best that fits")
    )
    servers: tuple[str, ...] = Field((), title="Addresses: of OpenAI-compatible servers; the least busy one is asked")
    server_model: str = Field("", title="Model of the servers; empty is the first that sees pictures")
    server_key: KeyPlace = Field("none", title="Where the key is kept")
    server_jobs: int = Field(6, ge=1, le=64, title="Pictures asked at once; the others wait here")
    hotkeys: dict[str, str] = Field({}, title="Shortcut of each task; an empty one switches it off")
    keyboard_hook: bool = Field(
        False, title=tr_later("Listen to the keyboard for shortcuts that Windows refuses; other programs lose them")
    )
    choices: dict[str, dict[str, str]] = Field({}, title="What was picked last of each task's options")
    habits: dict[str, bool] = Field({}, title="What was switched on or off last in the views of answers")
    auto_copy: bool = Field(True, title=tr_later("Copy the text by itself when it is complete"))
    math_signs: MathSigns = Field("$$", title=tr_later("Signs around LaTeX that is copied"))
    keep_selection: bool = Field(False, title=tr_later("Keep the selection for adjusting until Enter"))
    pin_panels: bool = Field(False, title=tr_later("Keep panels open when another picture is taken"))
    language: Literal["system", "en", "zh_CN"] = Field("system", title=tr_later("Language"))
    theme: Literal["system", "light", "dark"] = Field("system", title=tr_later("Colours"))
    hub: Literal["auto", "huggingface", "modelscope"] = Field(
        "auto", title=tr_later("Where models are downloaded from first")
    )
    runtime_index: str = Field("", title="Package index that the GPU runtime of packages comes from first")
    attention: Attention = Field("auto", title=tr_later("Attention"))
    dtype: Precision = Field("auto", title=tr_later("Precision of the model"))
    weights: Weights = Field("auto", title=tr_later("Weights of a bf16 model; int8 ones take less of the GPU's memory"))
    picture_limit: str = Field("2560x1440", pattern=_SIZE, title=tr_later("Largest picture the model is given"))
    memory_cap_gib: FiniteFloat = Field(
        0, ge=0, title=tr_later("Most GPU memory to use, in GiB; 0 is all that is free")
    )
    drafts: bool = Field(
        True, title=tr_later("Let the embedded OCR foretell what the model copies; its answer stays the same")
    )
    idle_unload_minutes: int = Field(
        0, ge=0, title=tr_later("Minutes without work until the GPU is freed; 0 keeps the model")
    )
    sampling: dict[str, Sampling] = Field({}, title="How each task's answers are sampled")
    private: bool = Field(False, title=tr_later("Keep no history (private)"))
    history_count: int = Field(
        10_000, ge=0, title=tr_later("Most entries to keep in the history; favourites always stay")
    )
    history_days: int = Field(365, ge=0, title=tr_later("Days to keep an entry; favourites always stay"))
    history_mb: int = Field(
        1000, ge=0, title=tr_later("Most megabytes of pictures and texts to keep; favourites always stay")
    )
    update_address: str = Field("", title="Where a list of versions lies; it is asked by `shotglass updates` alone")
    update_key: str = Field("", title="The minisign key that this list is signed with")
    log_level: LogLevel = Field("INFO", title=tr_later("Log level"))

    @property
    def largest_picture(self) -> tuple[int, int]:
        """The picture limit as width and height."""
        width, _, height = self.picture_limit.partition("x")
        return int(width), int(height)

    def engine_values(self) -> dict[str, object]:
        """What an engine is built with: where any of it changes, another engine is needed."""
        return self.model_dump(include=ENGINE_SETTINGS | SERVER_SETTINGS)

    def adjust(self, task: Task) -> Task:
        """The task with the user's sampling."""
        chosen = self.sampling.get(task.id, Sampling()).model_dump(exclude_none=True)
        return replace(task, **chosen)


class SettingsFile:
    """Reads and writes the settings at one path."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def load(self) -> tuple[Settings, list[str]]:
        """The settings, and a sentence for everything in the file that could not be used.

        A file with any such thing is kept beside it as `.bak` before it can be written over.
        """
        try:
            values = json.loads(self.path.read_text("utf-8"))
            if not isinstance(values, dict):
                raise ValueError("it holds no settings")
        except FileNotFoundError:
            return Settings(), []
        except OSError as error:
            return Settings(), [self._report(_UNREADABLE, self._keep_copy(), reason=error.strerror)]
        except (ValueError, RecursionError):
            return Settings(), [self._report(_DAMAGED, self._keep_copy())]
        good, bad = _sort_out(values)
        kept = self._keep_copy() if bad else ""
        return Settings(**good), [self._report(problem, kept, name=name) for name, problem in bad.items()]

    def save(self, settings: Settings) -> None:
        """Write what differs from the defaults; raises UserError where the disk does not let it."""
        text = json.dumps(settings.model_dump(mode="json", exclude_defaults=True), indent=2, ensure_ascii=False)
        write_atomically(self.path, f"{text}\n".encode())

    def _keep_copy(self) -> str:
        copy = self.path.with_suffix(".json.bak")
        try:
            shutil.copy2(self.path, copy)
        except OSError:
            return self._move_to(copy)
        return tr(" (the old file is kept as {copy})", copy=copy.name)

    def _move_to(self, copy: Path) -> str:
        """Keep a file that cannot be read, so that the next change does not replace it."""
        try:
            self.path.replace(copy)
        except OSError as error:
            return tr(" (no copy could be kept: {reason})", reason=error.strerror)
        return tr(" (it is kept as {copy})", copy=copy.name)

    def _report(self, problem: str, kept: str, **fields: object) -> str:
        log.warning(problem.format(file=self.path, kept=kept, **fields))
        return tr(problem, file=self.path, kept=kept, **fields)


def _sort_out(values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The values that can be used, and by name what is wrong with the others."""
    good = dict(values)
    bad: dict[str, str] = {}
    try:
        Settings(**values)
    except ValidationError as error:
        for problem in error.errors():
            name = str(problem["loc"][0])
            good.pop(name, None)
            bad[name] = _INVALID if name in Settings.model_fields else _UNKNOWN
    return good, bad
