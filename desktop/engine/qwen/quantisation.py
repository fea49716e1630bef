"""What a checkpoint's config.json says of quantised weights, checked before anything is read; no torch."""

from pathlib import Path
from typing import Any, Literal

from desktop.engine.api import EngineError
from desktop.language import tr, tr_later

Kind = Literal["dense", "awq", "int8"]
GROUP = 128  # inputs that share a scale and a zero
_AWQ: dict[str, object] = {"bits": 4, "group_size": GROUP, "zero_point": True, "version": "gemm"}
_DEFAULTS = {"version": "gemm"}  # what files leave out
FOREIGN = tr_later(
    "{folder} holds weights quantised by {method}, which Shotglass does not read; use a bf16 or an AWQ checkpoint."
)
UNLIKE = tr_later(
    "{folder} holds AWQ weights with {entry} {value}, and Shotglass reads {entry} {wanted}; "
    "use the official AWQ checkpoint."
)


def read_kind(raw: dict[str, Any], folder: Path) -> Kind:
    """How the projections of the language model are stored; raises EngineError that names what cannot be read."""
    if "quantization_config" not in raw:
        return "dense"
    found = raw["quantization_config"]
    if not isinstance(found, dict):
        found = {}
    method = str(found.get("quant_method", tr("nothing that is named"))).lower()
    if method != "awq":
        raise EngineError(tr(FOREIGN, folder=folder, method=method))
    for name, wanted in _AWQ.items():
        value = found.get(name, _DEFAULTS.get(name))
        same = value.lower() == wanted if isinstance(value, str) else value == wanted and type(value) is type(wanted)
        if not same:
            raise EngineError(tr(UNLIKE, folder=folder, entry=name, value=value, wanted=wanted))
    return "awq"
