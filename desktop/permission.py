"""What a system lets a program do only once it has asked its user."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Permission:
    """How that stands; `trouble` says why the answer was no, and what to do."""

    allowed: bool = False
    trouble: str = ""
