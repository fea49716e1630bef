"""`shotglass doctor`: what it finds on a good computer, on a bare one and in a broken home."""

import json
import sys
from pathlib import Path

import pytest

from desktop import __version__, paths
from desktop.autostart.choose import choose_autostart
from desktop.autostart.files import EntryFile
from desktop.settings import Settings, SettingsFile
from tests.command_line import shotglass
from tests.engine.remote.openai_server import MODEL, OpenAIServer


def use_fake_engine() -> None:
    """Spare a test the loading of the models."""
    SettingsFile(paths.settings_file()).save(Settings(engine="fake"))


def findings(output: str) -> dict[str, list[dict[str, str]]]:
    """The printed JSON, by what was looked at."""
    about: dict[str, list[dict[str, str]]] = {}
    for finding in json.loads(output):
        assert set(finding) == {"about", "state", "detail", "cure"}
        about.setdefault(finding["about"], []).append(finding)
    return about


def test_a_good_computer_has_nothing_bad() -> None:
    """Program, folders, tasks, engine, display, tray, shortcuts and capture are found well."""
    done = shotglass("doctor", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    found = findings(done.stdout)
    assert f"shotglass {__version__}" in found["program"][0]["detail"]
    assert "Embedded OCR, loaded in" in found["engine"][0]["detail"]
    assert found["display"][0]["detail"].startswith("xcb, 1 screen")
    assert found["shortcuts"][0]["detail"] == "Ctrl+Alt+G for text"
    assert found["capture"][0]["detail"].startswith("1920 × 1080 in ")
    assert found["tray"][0]["detail"] == "this desktop shows tray icons, by XEmbed"
    assert found["hotkeys"][0]["detail"] == "registered by XGrabKey"
    assert found["weights"][0]["detail"] == "none downloaded; the embedded OCR needs none"
    wanted = {"settings", "settings folder", "log", "socket folder", "tasks", "engine", "display", "tray", "capture"}
    wanted |= {"system", "weights", "desktop", "clipboard", "hotkeys"}
    assert {about for about in wanted if found[about][0]["state"] != "ok"} == set()
    assert "attention sdpa" in found["torch"][0]["detail"]
    assert "slow" in found["torch"][0]["detail"]


def test_without_a_desktop_the_rest_is_looked_at() -> None:
    """A server without a display is a note, not a failure."""
    use_fake_engine()
    done = shotglass("doctor", "--json", without=("DISPLAY", "WAYLAND_DISPLAY"))
    assert done.returncode == 0
    found = findings(done.stdout)
    assert found["display"][0]["state"] == "note"
    assert "capture" not in found
    assert found["engine"][0]["state"] == "ok"


def test_an_autostart_of_a_program_that_is_gone_is_told() -> None:
    """As after the removal of a package, which leaves alone what is the users' own."""
    use_fake_engine()
    autostart = choose_autostart()
    assert isinstance(autostart, EntryFile)
    autostart.turn(True)
    (found,) = findings(shotglass("doctor", "--json").stdout)["autostart"]
    assert (found["state"], found["detail"]) == ("ok", "on")
    entry = autostart.path.read_text()
    autostart.path.write_text(entry.replace(f"TryExec={sys.executable}", "TryExec=/usr/lib/gone/shotglass"))
    (found,) = findings(shotglass("doctor", "--json").stdout)["autostart"]
    assert (found["state"], found["detail"]) == ("note", "an entry starts /usr/lib/gone/shotglass, which is gone")
    assert "preferences" in found["cure"]


def test_a_gpu_that_is_too_old_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is there, and the model does not run on it."""
    use_fake_engine()
    driver = tmp_path / "nvidia-smi"
    driver.write_text("#!/bin/sh\necho 'NVIDIA T4, 15360, 15000, 7.5'\n")
    driver.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    (gpu,) = findings(shotglass("doctor", "--json", without=("DISPLAY",)).stdout)["GPU"]
    assert (gpu["state"], gpu["detail"]) == ("note", "NVIDIA T4, 15 GiB")
    assert "needs bfloat16" in gpu["cure"]


def test_the_driver_is_told_beside_its_gpu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As nvidia-smi answers either question."""
    use_fake_engine()
    driver = tmp_path / "nvidia-smi"
    driver.write_text(
        "#!/bin/sh\ncase $1 in *driver_version*) echo 580.95.05 ;; *) echo 'NVIDIA L4, 23034, 22000, 8.9' ;; esac\n"
    )
    driver.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    found = findings(shotglass("doctor", "--json", without=("DISPLAY",)).stdout)
    assert found["GPU"][0]["detail"] == "NVIDIA L4, 22 GiB"
    assert found["driver"][0]["detail"] == "NVIDIA 580.95.05"


def test_a_model_that_does_not_load_is_told_with_its_own_cure(tmp_path: Path) -> None:
    """Shotglass itself is not to blame for a broken checkpoint."""
    (tmp_path / "config.json").write_text("{")
    (tmp_path / "model.safetensors").write_bytes(b"")
    SettingsFile(paths.settings_file()).save(Settings(engine="qwen", model=str(tmp_path)))
    done = shotglass("doctor", "--json", without=("DISPLAY",))
    assert done.returncode == 1
    told = f"{tmp_path / 'config.json'} cannot be read; download the model again."
    assert findings(done.stdout)["engine"] == [{"about": "engine", "state": "bad", "detail": told, "cure": ""}]


def test_every_fault_is_named_with_its_cure(tmp_path: Path) -> None:
    """A broken setting, broken tasks with odd names and a folder that is a file are told, as a table too."""
    use_fake_engine()
    paths.settings_file().write_text('{"engine": "fake", "colour": "red"}')
    paths.user_tasks().mkdir()
    (paths.user_tasks() / "[red]odd.toml").write_text('"[/bold]" = 1\n')
    (tmp_path / "file").write_bytes(b"")
    broken = {"XDG_STATE_HOME": str(tmp_path / "file" / "state")}
    as_json = shotglass("doctor", "--json", without=("DISPLAY",), extra=broken)
    assert as_json.returncode == 1
    found = findings(as_json.stdout)
    assert '"colour" is unknown' in found["settings"][0]["detail"]
    assert found["settings"][0]["cure"]
    assert [task["state"] for task in found["tasks"]] == ["ok", "bad"]
    assert "[red]odd.toml" in found["tasks"][1]["detail"]
    assert found["log"][0]["state"] == "bad"
    table = shotglass("doctor", without=("DISPLAY",), extra=broken | {"COLUMNS": "500"})
    assert table.returncode == 1
    assert "[red]odd.toml" in table.stdout
    assert "[/bold]" in table.stdout


def test_servers_that_are_entered_are_asked() -> None:
    """One that answers is well, one that does not is told with its cure, one that can be overheard is a note."""
    with OpenAIServer() as here, OpenAIServer("0.0.0.0") as there:
        servers = (here.address, there.address, "http://127.0.0.1:1")
        SettingsFile(paths.settings_file()).save(Settings(engine="fake", servers=servers))
        done = shotglass("doctor", "--json", without=("DISPLAY",), extra={"NO_PROXY": "*"})
        assert (here.asked, there.asked) == ([], [])
    assert done.returncode == 1
    found = findings(done.stdout)["server"]
    assert [finding["state"] for finding in found] == ["ok", "note", "bad"]
    assert found[0]["detail"].endswith(f"ms with {MODEL}")
    assert "use an https address" in found[1]["cure"]
    assert found[2]["detail"].startswith("127.0.0.1:1 cannot be reached; check that the server runs")
