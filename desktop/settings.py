"""The user's settings: typed, checked value by value, saved whole or not at all."""

import json
import logging
import shutil
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from desktop.files import write_atomically

log = logging.getLogger(__name__)


class Settings(BaseModel):
    """What the user may choose; every value has a good default."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    engine: Literal["auto", "qwen", "ocr", "fake"] = Field("auto", title="Engine")
    model: str = Field("", title="Model of the engine qwen: a preset or a folder; empty is the best that fits")
    hotkeys: dict[str, str] = Field({}, title="Shortcut of each task; an empty one switches it off")
    auto_copy: bool = Field(True, title="Copy the text by itself when it is complete")
    keep_selection: bool = Field(False, title="Keep the selection for adjusting until Enter")
    pin_panels: bool = Field(False, title="Keep panels open when another picture is taken")
    theme: Literal["system", "light", "dark"] = Field("system", title="Colours")
    hub: Literal["auto", "huggingface", "modelscope"] = Field("auto", title="Where models are downloaded from first")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", title="Log level")


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
            return Settings(), [
                self._report(f"could not be read ({error.strerror}); the defaults are used{self._keep_copy()}")
            ]
        except (ValueError, RecursionError):
            return Settings(), [self._report("is damaged; the defaults are used" + self._keep_copy())]
        good, bad = _sort_out(values)
        kept = self._keep_copy() if bad else ""
        return Settings(**good), [self._report(f"{problem}{kept}") for problem in bad]

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
        return f" (the old file is kept as {copy.name})"

    def _move_to(self, copy: Path) -> str:
        """Keep a file that cannot be read, so that the next change does not replace it."""
        try:
            self.path.replace(copy)
        except OSError as error:
            return f" (no copy could be kept: {error.strerror})"
        return f" (it is kept as {copy.name})"

    def _report(self, problem: str) -> str:
        sentence = f"The settings file {self.path} {problem}."
        log.warning(sentence)
        return sentence


def _sort_out(values: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The values that can be used, and what is wrong with the others."""
    good = dict(values)
    bad: list[str] = []
    try:
        Settings(**values)
    except ValidationError as error:
        for problem in error.errors():
            name = str(problem["loc"][0])
            good.pop(name, None)
            what = (
                "is unknown and ignored"
                if name not in Settings.model_fields
                else "is not valid and the default is used"
            )
            bad.append(f'has a value that cannot be used: "{name}" {what}')
    return good, list(dict.fromkeys(bad))
