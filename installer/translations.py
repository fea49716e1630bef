"""Brings the Qt Linguist files up to date with the texts of the program: `python3 -m installer.translations`."""

import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"


def update(folder: Path = FOLDER) -> str:
    """Add new texts to every file of the folder, drop those that are gone; what lupdate said. Raises SystemExit."""
    lupdate = Path(sys.executable).with_name("pyside6-lupdate")
    with tempfile.TemporaryDirectory() as made:
        tasks = Path(made, "tasks.py")
        tasks.write_text("".join(f"tr_later({text!r})\n" for text in task_texts()), "utf-8")
        sources = sorted(str(path) for path in (ROOT / "desktop").rglob("*.py"))
        listed = Path(made, "sources.lst")
        listed.write_text("\n".join([*sources, str(tasks)]), "utf-8")
        files = sorted(str(path) for path in folder.glob("*.ts"))
        options = [
            "-no-obsolete",
            "-sort-messages",
            "-locations",
            "none",
            "-tr-function-alias",
            "tr+=tr_later",
        ]
        done = subprocess.run(
            [lupdate, *options, f"@{listed}", "-ts", *files], capture_output=True, text=True, check=False
        )
    if done.returncode or done.stderr:
        raise SystemExit(f"lupdate failed: {done.stderr or done.stdout}")
    return done.stdout


def task_texts() -> Iterator[str]:
    """What people read in the task definitions, which lupdate cannot read: titles, and what the options offer."""
    for path in sorted((ROOT / "resources" / "tasks").glob("*.toml")):
        task = tomllib.loads(path.read_text("utf-8"))
        yield task["title"]
        for name, offered in task.get("options", {}).items():
            yield from (name.capitalize(), *offered)


if __name__ == "__main__":
    print(update())
