"""Skips, with the reason, where no headless Wayland desktop can run."""

import pytest

from tests.wayland.session import lacking


@pytest.fixture(scope="session", autouse=True)
def possible() -> None:
    """A container without user namespaces cannot run sway as root."""
    if reason := lacking():
        pytest.skip(reason)
