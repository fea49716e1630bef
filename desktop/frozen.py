"""Whether this program came as a package, which has no Python of its own that others could install into."""

import sys

from desktop.language import tr_later

NO_TORCH = tr_later(
    "The Qwen2.5-VL engine needs torch, which this package does not hold; start Shotglass from its source "
    "(`python3 installer/run.py`), or enter a server in the preferences."
)
NO_RUNTIME = tr_later(
    "The Qwen2.5-VL engine needs the GPU runtime; it comes with a model (preferences, Models), or by "
    "`shotglass models download runtime`."
)
NO_PREVIEW = tr_later("This package of Shotglass draws no pages; the menu (…) opens them in your browser.")


def is_frozen() -> bool:
    """True in what `build.spec` made."""
    return bool(getattr(sys, "frozen", False))
