"""The language of every window, Qt's own among them."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from desktop.language import nearest, speak


class Translator:
    """Makes the application speak a language; follows the system where that is the choice.

    What is open keeps its words until it is made anew, which `App.renew` does for the tray and the preferences.
    """

    def __init__(self, application: QApplication, choice: str = "system") -> None:
        self._application = application
        self._qt = QTranslator()
        self._spoken = "en"
        self.choose(choice)

    def choose(self, choice: str) -> bool:
        """Speak a language of `desktop.language.LANGUAGES`, or "system"; True where that is another one than before."""
        language = nearest(QLocale.system().uiLanguages()) if choice == "system" else choice
        if language == self._spoken:
            return False
        self._spoken = language
        speak(language)
        QLocale.setDefault(QLocale.system() if choice == "system" else QLocale(language))
        self._application.removeTranslator(self._qt)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if language != "en" and self._qt.load(QLocale(language), "qtbase", "_", folder):
            self._application.installTranslator(self._qt)
        return True
