"""The 120 made pictures: thirty for each of four tasks, the same bytes every time on the same Pillow."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from desktop import paths
from desktop.bench.pictures.designs import draw_administration, draw_log_in, draw_prices, draw_shop, draw_start_page
from desktop.bench.pictures.drawing import Drawer, Thing
from desktop.bench.pictures.furniture import draw_desk, draw_shelves
from desktop.bench.pictures.papers import draw_invoice, draw_note, draw_scan
from desktop.bench.pictures.phones import draw_phone
from desktop.bench.pictures.rooms import draw_room
from desktop.bench.pictures.scenes import draw_harbour, draw_mountains, draw_shapes, draw_street
from desktop.engine.tasks import read_tasks
from desktop.job import Shot, Task

EACH = 30
DRAWERS: dict[str, tuple[Drawer, ...]] = {
    "text": (draw_invoice, draw_note, draw_phone, draw_scan),
    "describe": (draw_mountains, draw_harbour, draw_street, draw_room, draw_shapes),
    "detect": (draw_shelves, draw_desk),
    "code": (draw_start_page, draw_log_in, draw_prices, draw_shop, draw_administration),
}
SIZES = (
    (1280, 720), (1366, 768), (1024, 768), (1280, 800), (960, 540), (1440, 900), (1280, 720), (800, 600), (1600, 900),
    (1180, 660), (1920, 1080), (640, 480), (1280, 720), (400, 300), (900, 1100),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MadePicture:
    """A picture, the id of the task that it is for, and for detection every thing that is in it."""

    name: str
    task_id: str
    shot: Shot
    things: tuple[Thing, ...] = ()


def made_pictures(task_id: str, count: int = EACH) -> Iterator[MadePicture]:
    """The first pictures of a task."""
    drawers = DRAWERS[task_id]
    sizes = Random(task_id).sample(SIZES * 2, EACH)  # noqa: S311 - they shall repeat
    for number, (width, height) in enumerate(sizes[:count]):
        name = f"{task_id} {number + 1}"
        drawing = drawers[number % len(drawers)](Random(name), width, height)  # noqa: S311 - likewise
        yield MadePicture(name, task_id, Shot(width, height, drawing.image.tobytes(), source=name), drawing.things)


def bench_tasks() -> dict[str, Task]:
    """The tasks that ship with the program, by their ids; greedy."""
    tasks, _problems = read_tasks([paths.resources() / "tasks"])
    return {task.id: replace(task, temperature=0.0) for task in tasks}
