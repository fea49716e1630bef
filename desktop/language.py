"""The texts that people read, in their language: `tr` where a text is shown or raised, `tr_later` where it only stands.

English is the source. The other languages are Qt Linguist files, `resources/translations/LANGUAGE.ts`, which
`python3 -m installer.translations` brings up to date. The command line and what a model is told stay English, and so
does the log, but for sentences that people were shown.
"""

from collections.abc import Mapping

LANGUAGES: Mapping[str, str] = {"en": "English", "zh_CN": "简体中文"}

VARIABLE = "SHOTGLASS_LANGUAGE"
"""In the environment of a command that the app starts for its windows: what to speak there."""

_texts: Mapping[str, str] = {}
_spoken = "en"


def tr(text: str, /, **fields: object) -> str:
    """A text in the language that is spoken, with its `{fields}` filled in; English where no translation is known."""
    said = _texts.get(text, text)
    return said.format(**fields) if fields else said


def tr_later(text: str, /) -> str:
    """The text itself: it stands here, and goes through `tr` where it is shown."""
    return text


def in_a_row(*sentences: str) -> str:
    """Sentences one after another, parted as the language wants it; those that are '' are left out."""
    said = ""
    for sentence in filter(None, sentences):
        said = tr("{said} {sentence}", said=said, sentence=sentence) if said else sentence
    return said


def speak(language: str) -> None:
    """Use a language of LANGUAGES from now on, in every thread."""
    global _texts, _spoken  # noqa: PLW0603 - one language is spoken at a time, as one locale is set in a process
    _spoken = language
    _texts = {} if language == "en" else _read(language)


def spoken() -> str:
    """The language of LANGUAGES that is spoken."""
    return _spoken


def nearest(wanted: list[str]) -> str:
    """The language of LANGUAGES that serves somebody best who wants these, such as `zh-Hans-CN`, first ones first."""
    for name in wanted:
        first, *parts = name.replace("_", "-").lower().split("-")
        if first == "en":
            return "en"
        if first == "zh" and not {"hant", "tw", "hk", "mo"} & set(parts):
            return "zh_CN"
    return "en"


def _read(language: str) -> dict[str, str]:
    from xml.etree import ElementTree

    from desktop import paths

    tree = ElementTree.parse(paths.resources() / "translations" / f"{language}.ts")  # noqa: S314 - our own file
    found = ((m.findtext("source", ""), m.findtext("translation", "")) for m in tree.iter("message"))
    return {source: translation for source, translation in found if translation}
