"""Why a page could not be drawn stands in the sentence."""

from pathlib import Path

import pytest

from desktop.bench.pages import draw, pages
from desktop.errors import UserError


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("#!/bin/sh\necho starting >&2\necho no room left >&2\nexit 3\n", "exit code 3: no room left"),
        ("#!/bin/sh\nexit 3\n", "exit code 3"),
        ("#!/bin/sh\nkill -9 $$\n", "signal 9"),
        ("#!/bin/sh\n", "page.png is not there"),
        ("no program", "Exec format error"),
    ],
)
def test_a_browser_that_fails_is_told_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, reason: str
) -> None:
    """What it said last, how it ended, or why it did not begin."""
    browser = tmp_path / "chromium"
    browser.write_text(program)
    browser.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UserError) as failed:
        draw(pages(("form",))[0])
    assert str(failed.value) == (
        f"Chromium could not draw the page form ({reason}); try again, or run {browser} by hand."
    )


def test_without_a_browser_the_cure_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """None of the known ones is there."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UserError, match="not installed; install it"):
        draw(pages(("form",))[0])
