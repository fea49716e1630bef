"""The one kind of error whose words are shown to the user; every other kind is a bug, logged with its traceback."""


class UserError(Exception):
    """One sentence that says what went wrong and what to do about it."""
