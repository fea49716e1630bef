"""The desktop's leave for a window to come to the front, given with a key press or by the starter of a program."""

import os

_NAME = "XDG_ACTIVATION_TOKEN"


def own_token() -> str:
    """The token this process was started with, or ''."""
    return os.environ.get(_NAME, "")


def use_token(token: str) -> None:
    """Let the next window that asks for it come to the front: Qt takes the token from the environment, once."""
    if token:
        os.environ[_NAME] = token
