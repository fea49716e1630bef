"""Shotglass: hotkey -> capture -> engine -> panel; `job` is what travels, `app` joins them."""

__version__ = "0.1.0"
