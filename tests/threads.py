"""The threads of a test's process."""

import threading


def python_threads() -> set[threading.Thread]:
    """Those that Python began. For one of Qt's that asked who it is a dummy stands, and stays when it has ended."""
    return {thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)}
