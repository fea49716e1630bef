"""The tokens of the captured steps beside those of the same steps as they are: several thousand of them."""

import statistics

from desktop.bench.effort import Effort, size_name
from desktop.bench.machine import describe_machine
from desktop.bench.random_model import made_shot
from desktop.bench.record import Record
from desktop.bench.report import Figure
from desktop.bench.rig import Question, Rig
from desktop.bench.subject import Subject
from desktop.settings import Settings


def compare_with_eager(subject: Subject, settings: Settings, effort: Effort) -> Record:
    """How many tokens are identical, and where an answer first differs; without a GPU both are the same steps.

    Raises UserError where the subject cannot be measured here.
    """
    rig = Rig(subject.load(settings))
    questions = [
        Question(made_shot(*size, seed=seed), rig.tasks["text"], effort.foretold)
        for seed, size in enumerate(effort.peer_sizes)
    ]
    captured = _answers(rig, questions)
    rig.model.scheduler.graphs.drop()
    eager = _answers(rig, questions)
    figures = [Figure("tokens identical to eager steps", "%", 100 * _same(captured, eager), samples=len(questions))]
    for question, (one, other) in zip(questions, zip(captured, eager, strict=True), strict=True):
        first = [*(left == right for left, right in zip(one, other, strict=True)), False].index(False)
        name = f"first to differ, {size_name((question.shot.width, question.shot.height))}"
        figures.append(Figure(name, f"of {question.tokens}", first, digits=0))
    machine = describe_machine(subject.title, rig.model.device, rig.model.attention.name) | {"against": "eager steps"}
    return Record("against", machine, {"Against eager steps": figures})


def _answers(rig: Rig, questions: list[Question]) -> list[list[int]]:
    """One after the other, each with nothing kept from before."""
    out = []
    for question in questions:
        rig.forget()
        out.append(rig.ask(question).answer.request.produced)
    return out


def _same(one: list[list[int]], other: list[list[int]]) -> float:
    pairs = [pair for left, right in zip(one, other, strict=True) for pair in zip(left, right, strict=True)]
    return statistics.mean(left == right for left, right in pairs)
