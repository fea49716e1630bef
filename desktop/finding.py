"""One line of what `shotglass doctor` says."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it is ("ok", "note", "bad"), and what to do where it is not well."""

    about: str
    state: str
    detail: str
    cure: str = ""
