"""A real accessibility bus hears what a panel announces."""

import os
import subprocess
import sys

from tests.screen_reader import ScreenReader


def test_the_end_of_an_answer_and_errors_are_announced() -> None:
    """Each once, however often it is shown; what went wrong at once, the rest when there is time."""
    with ScreenReader() as reader:
        program = subprocess.Popen(
            [sys.executable, "-m", "tests.panel.spoken_panel"], env=os.environ | reader.environment
        )
        try:
            heard = reader.hear("Copied as one paragraph")
        finally:
            code = program.wait(timeout=20)
    said = [(words.replace(" Try again", ""), urgent) for words, urgent in heard]
    assert said == [
        ("The answer is complete.", False),
        ("Copied", False),
        ("The engine stopped; ask again.", True),
        ("The answer is complete.", False),
        ("Copied as one paragraph", False),
    ]
    assert code == 0, "widgets and their roles end with the program"
