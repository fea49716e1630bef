"""How long a server is waited for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """In seconds: for a connection, for an answer to begin, and for more of it.

    Before the second try of a request `pause_s` pass, and twice as long before each further one; a server that wants to
    be left alone for longer than `longest_s` is not tried again.
    """

    connect_s: float = 5.0
    first_s: float = 300.0
    silence_s: float = 120.0
    pause_s: float = 0.5
    longest_s: float = 20.0


PATIENCE = Patience()
