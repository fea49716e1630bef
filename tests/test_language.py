"""The languages: every text has a translation with the same fields, and the catalogue is up to date."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from desktop import language, paths
from desktop.language import LANGUAGES, in_a_row, nearest, speak, tr, tr_later
from installer.translations import update

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = paths.resources() / "translations"
FIELDS = re.compile(r"\{(\w*)\}")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    speak("en")


def messages(name: str) -> list[tuple[str, ElementTree.Element]]:
    """Every source text of a language's file with its translation."""
    tree = ElementTree.parse(TRANSLATIONS / f"{name}.ts")
    return [
        (m.findtext("source", ""), found) for m in tree.iter("message") if (found := m.find("translation")) is not None
    ]


def test_english_fills_in_the_fields() -> None:
    assert tr("The file {name} is missing.", name="a{b}") == "The file a{b} is missing."
    assert tr("Braces {stay}") == tr_later("Braces {stay}") == "Braces {stay}"


def test_a_language_is_spoken_and_left_again() -> None:
    speak("zh_CN")
    assert tr("Text") == "文本"
    assert tr("Nobody has translated {this}", this="that") == "Nobody has translated that"
    speak("en")
    assert tr("Text") == "Text"


@pytest.mark.parametrize(
    ("wanted", "spoken"),
    [
        (["zh-Hans-CN", "zh", "en"], "zh_CN"),
        (["zh_CN"], "zh_CN"),
        (["zh-SG"], "zh_CN"),
        (["zh-Hant-TW"], "en"),
        (["zh_HK"], "en"),
        (["de-DE", "zh-CN"], "zh_CN"),
        (["en-GB", "zh-CN"], "en"),
        (["fr"], "en"),
        ([], "en"),
    ],
)
def test_the_nearest_language_is_spoken(wanted: list[str], spoken: str) -> None:
    assert nearest(wanted) == spoken


def test_there_is_a_file_for_each_language() -> None:
    assert {path.stem for path in TRANSLATIONS.glob("*.ts")} == set(LANGUAGES) - {"en"}


@pytest.mark.parametrize("name", sorted(set(LANGUAGES) - {"en"}))
def test_no_translation_is_missing(name: str) -> None:
    assert [source for source, said in messages(name) if said.get("type") or not (said.text or "").strip()] == []


@pytest.mark.parametrize("name", sorted(set(LANGUAGES) - {"en"}))
def test_translations_keep_the_fields_and_the_ends(name: str) -> None:
    """A field that is lost says nothing, one that is invented raises; commands in backticks are typed as they are."""

    def bones(text: str) -> tuple[list[str], list[str], list[str]]:
        return sorted(FIELDS.findall(text)), re.findall(r"<[^>]+>", text), re.findall(r"`[^`]+`", text)

    changed = [s for s, said in messages(name) if bones(s) != bones(said.text or "")]
    assert changed == []


def test_the_catalogue_is_up_to_date(tmp_path: Path) -> None:
    """Where this fails, run `python3 -m installer.translations` and translate what is new."""
    shutil.copytree(TRANSLATIONS, tmp_path, dirs_exist_ok=True)
    update(tmp_path)
    for path in TRANSLATIONS.glob("*.ts"):
        assert (tmp_path / path.name).read_text("utf-8") == path.read_text("utf-8")


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call of `tr` and `tr_later`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("tr", "tr_later"):
            yield node


def test_lupdate_finds_every_text() -> None:
    """It cannot see into an f-string, and no text that is put together at run time is ever translated."""
    known = {source for source, _said in messages("zh_CN")}
    lost = []
    for path in sorted((ROOT / "desktop").rglob("*.py")):
        for call in calls(ast.parse(path.read_text("utf-8"))):
            text = call.args[0]
            if isinstance(text, ast.JoinedStr) or (isinstance(text, ast.Constant) and text.value not in known):
                lost.append(f"{path.relative_to(ROOT)}:{call.lineno}")
    assert lost == []


def test_the_language_module_looks_up_while_another_is_spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_texts", {"{n} of {m}": "{m} 中的 {n}"})
    assert tr("{n} of {m}", n=1, m=2) == "2 中的 1"


def test_sentences_in_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chinese puts no space behind a full stop."""
    assert in_a_row("One.", "", "Two.", "Three.") == "One. Two. Three."
    assert (in_a_row(), in_a_row("", "One.")) == ("", "One.")
    monkeypatch.setattr(language, "_texts", {"{said} {sentence}": "{said}{sentence}"})
    assert in_a_row("一。", "二。", "{三}。") == "一。二。{三}。"


def test_the_engine_s_side_stays_small() -> None:
    """A model speaks on a machine that has neither Qt nor the package which finds folders."""
    lines = (
        "import sys, desktop.engine.qwen.engine, desktop.language",
        "assert not {'PySide6', 'platformdirs', 'xml'} & set(sys.modules), sorted(sys.modules)",
    )
    subprocess.run([sys.executable, "-c", "\n".join(lines)], check=True)
