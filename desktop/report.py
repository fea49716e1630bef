"""The doctor's findings as one text that can be pasted anywhere: whose computer it is cannot be read from it."""

import getpass
import re
import socket
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from desktop import paths
from desktop.engine.task_files import TaskFiles
from desktop.finding import Finding
from desktop.language import tr
from desktop.settings import Settings

SHORTEST_NAME = 3
"""Names of fewer characters would be found inside of other words, and say nothing of anybody."""

_PATH = re.compile(r"""<home>[^\s"'”,;)]*|(?:(?<![\w./<>+])~?/|\b[A-Za-z]:[\\/]|\\\\)[^\s"'”,;)]+""")
_ADDRESS = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")


class Veil:
    """Puts stand-ins in the place of private words; `words` has the stand-in of each."""

    def __init__(self, words: Mapping[str, str]) -> None:
        found = sorted((word for word in words if len(word) >= SHORTEST_NAME), key=len, reverse=True)
        self._stand_ins = {word.casefold(): words[word] for word in found}
        edged = (rf"(?<!\w){re.escape(word)}(?!\w)" for word in found)
        self._known = re.compile("|".join(edged) or r"(?!)", re.IGNORECASE)

    def over(self, text: str) -> str:
        """The text without those words, without paths, and without addresses of computers."""
        known = self._known.sub(lambda match: self._stand_ins[match[0].casefold()], text)
        return _ADDRESS.sub("<address>", _PATH.sub("<path>", known))


def veil_of(settings: Settings) -> Veil:
    """What hides this user, this computer, their folders, own tasks and servers."""
    files = TaskFiles()
    own = [path.stem for path in paths.user_tasks().glob("*.toml") if not files.is_shipped(path.stem)]
    words = dict.fromkeys(own, "<own task>")
    with suppress(OSError, KeyError):  # somebody without a name
        words[getpass.getuser()] = "<user>"
    words.pop("root", None)  # nobody's name
    host = socket.gethostname()
    words |= {host: "<host>", host.partition(".")[0]: "<host>"}
    words |= dict.fromkeys(map(_host_of, settings.servers), "<server>")
    if Path(settings.model).is_absolute():
        words[settings.model] = "<path>"
    words[str(Path.home())] = "<home>"
    return Veil(words)


def report_of(findings: Iterable[Finding], veil: Veil) -> str:
    """One line a finding, as a list that forums and trackers show as one."""
    lines = []
    for finding in findings:
        cure = f" ({finding.cure})" if finding.cure else ""
        lines.append(f"- {finding.about}, {tr(finding.state)}: {veil.over(f'{finding.detail}{cure}')}")
    return "\n".join(lines)


def _host_of(server: str) -> str:
    """The name of a server's computer, '' where what was entered has none."""
    with suppress(ValueError):
        return urlsplit(server if "//" in server else f"//{server}").hostname or ""
    return ""
