"""The language of the settings reaches our texts and Qt's own."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from desktop.language import speak, tr
from desktop.translator import Translator


@pytest.fixture
def translator(qapp: QApplication) -> Iterator[Translator]:
    translator = Translator(qapp, "en")
    yield translator
    translator.choose("en")
    speak("en")
    QLocale.setDefault(QLocale.system())


def cancel(qtbot: QtBot) -> str:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    return box.button(QDialogButtonBox.StandardButton.Cancel).text()


def test_a_language_reaches_our_texts_and_those_of_qt(qtbot: QtBot, translator: Translator) -> None:
    translator.choose("zh_CN")
    assert (tr("Text"), cancel(qtbot), QLocale().language()) == ("文本", "取消", QLocale.Language.Chinese)
    translator.choose("en")
    assert (tr("Text"), cancel(qtbot).replace("&", "")) == ("Text", "Cancel")


def test_the_system_is_followed(translator: Translator) -> None:
    translator.choose("zh_CN")
    translator.choose("system")  # the tests' own locale is not Chinese
    assert tr("Text") == "Text"
