"""The settings file: what is read, what is refused, and what a crash or a full disk leaves behind."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.settings import Settings, SettingsFile


@pytest.fixture
def file(tmp_path: Path) -> SettingsFile:
    """Settings in a folder that does not exist yet."""
    return SettingsFile(tmp_path / "new folder" / "settings.json")


def write(file: SettingsFile, text: str | bytes) -> None:
    """Put anything where the settings belong."""
    file.path.parent.mkdir(exist_ok=True)
    file.path.write_bytes(text if isinstance(text, bytes) else text.encode())


def test_without_a_file_the_defaults_hold(file: SettingsFile) -> None:
    """A first start is no problem worth a word."""
    assert file.load() == (Settings(), [])
    assert not file.path.exists()


def test_what_is_saved_comes_back(file: SettingsFile) -> None:
    """A round trip keeps every value, and the file holds only what differs from the defaults."""
    chosen = Settings(engine="ocr", hotkeys={"text": "", "code": "Ctrl+Alt+K"}, auto_copy=False, theme="dark")
    file.save(chosen)
    assert file.load() == (chosen, [])
    assert set(json.loads(file.path.read_text())) == {"engine", "hotkeys", "auto_copy", "theme"}
    file.save(Settings())
    assert json.loads(file.path.read_text()) == {}


def test_an_unknown_entry_is_named_and_the_rest_is_used(file: SettingsFile) -> None:
    """A setting of another version costs nothing but itself, and the old file is kept."""
    write(file, '{"colour": "red", "theme": "dark"}')
    settings, problems = file.load()
    assert settings == Settings(theme="dark")
    assert len(problems) == 1
    assert '"colour" is unknown and ignored' in problems[0]
    assert file.path.with_suffix(".json.bak").read_text() == '{"colour": "red", "theme": "dark"}'


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "purple"),
        ("auto_copy", "perhaps"),
        ("hotkeys", {"text": 5}),
        ("log_level", None),
        ("memory_cap_gib", float("inf")),
        ("picture_limit", "0000x0000"),
        ("sampling", {"text": {"seed": 10**20}}),
    ],
)
def test_a_broken_value_falls_back_alone(file: SettingsFile, name: str, value: object) -> None:
    """The default replaces the broken value only; the sentence names file and entry."""
    write(file, json.dumps({name: value, "pin_panels": True}))
    settings, problems = file.load()
    assert settings == Settings(pin_panels=True)
    assert len(problems) == 1
    assert str(file.path) in problems[0]
    assert f'"{name}" is not valid and the default is used' in problems[0]
    assert "settings.json.bak" in problems[0]


@pytest.mark.parametrize(
    "damaged",
    [b'{"theme": "da', b"", b"\xff\xfe\x00", b"[1, 2]", b'"text"', b"null", b"[" * 100_000],
    ids=["cut off", "empty", "not UTF-8", "a list", "a text", "null", "too deep"],
)
def test_a_damaged_file_is_kept_and_the_defaults_hold(file: SettingsFile, damaged: bytes) -> None:
    """Whatever is no settings is told in one sentence and kept as `.bak` before it is written over."""
    write(file, damaged)
    settings, problems = file.load()
    assert settings == Settings()
    assert len(problems) == 1
    assert "is damaged; the defaults are used" in problems[0]
    file.save(Settings(theme="light"))
    assert file.path.with_suffix(".json.bak").read_bytes() == damaged
    assert file.load() == (Settings(theme="light"), [])


def test_what_cannot_be_read_is_told_and_kept(file: SettingsFile) -> None:
    """A folder in its place neither stops the program nor is lost when the settings are saved."""
    file.path.mkdir(parents=True)
    (file.path / "note.txt").write_text("mine")
    settings, problems = file.load()
    assert settings == Settings()
    sentence = "could not be read (Is a directory); the defaults are used (it is kept as settings.json.bak)"
    assert problems == [f"The settings file {file.path} {sentence}."]
    file.save(Settings(theme="dark"))
    assert (file.path.with_suffix(".json.bak") / "note.txt").read_text() == "mine"
    assert file.load() == (Settings(theme="dark"), [])


@given(
    st.dictionaries(
        st.sampled_from([*Settings.model_fields, "other", ""]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
            max_leaves=5,
        ),
    )
)
def test_any_values_give_settings(tmp_path_factory: pytest.TempPathFactory, values: dict[str, object]) -> None:
    """Whatever the file holds, there are settings, and what they are is what is saved and read again."""
    file = SettingsFile(tmp_path_factory.getbasetemp() / "any" / "settings.json")
    write(file, json.dumps(values))
    settings, problems = file.load()
    assert all(problem.count("\n") == 0 and problem.endswith(".") for problem in problems)
    file.save(settings)
    assert file.load() == (settings, [])
