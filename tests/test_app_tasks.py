"""Tasks that change while the app runs: everywhere at once, without a restart."""

import pytest

from desktop.settings import Settings
from tests.app_process import AppProcess
from tests.xserver import XServer, wait_until

POEM = 'title = "Poem"\nprompt = "Rhyme."\nanswer = "markdown"\nhotkey = "Ctrl+Alt+P"\n'


@pytest.mark.parametrize("way", ["command", "hotkey"])
def test_an_own_task_is_there_at_once(xserver: XServer, way: str) -> None:
    """By command and by its shortcut; once it is gone it is refused again."""
    with AppProcess(xserver, Settings(engine="fake")) as app:
        app.program = ["-m", "tests.driven_app"]
        app.start()
        app.program = ["-m", "desktop"]
        assert "There is no task called poem" in app.command("capture", "--task", "poem").stderr
        file = app.home / "config" / "shotglass" / "tasks" / "poem.toml"
        file.parent.mkdir()
        file.write_text(POEM)
        app.say("tasks")
        wait_until(lambda: app.command("capture", "--task", "poem").returncode == 0, "the task to be known")
        app.wait_for_overlay()
        app.press("Escape")
        wait_until(lambda: not app.overlays(), "the overlay to go")
        if way == "hotkey":
            app.press("ctrl+alt+p")
            app.wait_for_overlay()
            app.drag_over_page()
            wait_until(app.panel_up, "the panel")
        file.unlink()
        app.say("tasks")
        wait_until(lambda: app.command("capture", "--task", "poem").returncode == 1, "the task to be gone")
