"""Every check of the project, run one after the other and all reported."""

import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from installer import guard, machine, system
from installer.environment import Environment
from installer.pip import SetupError

EXTRAS = frozenset({"preview", "test"})
"""What the tests need; torch, of which a CPU build is enough, is among it."""

# What comes after a branch for another system is never reached there, and no fault.
_ELSEWHERE = ("mypy", "--no-warn-unreachable", "-p", "desktop", "-p", "installer")
CHECKS: Mapping[str, Sequence[str]] = {
    "ruff check": ("ruff", "check", "."),
    "ruff format": ("ruff", "format", "--check", "."),
    "mypy": ("mypy",),
    "mypy for Windows": (*_ELSEWHERE, "--platform", "win32", "--cache-dir", ".mypy_cache/win32"),
    "mypy for macOS": (*_ELSEWHERE, "--platform", "darwin", "--cache-dir", ".mypy_cache/darwin"),
    "lint-imports": ("lint-imports", "--no-logo"),
    "pytest": ("pytest",),
}


@dataclass(frozen=True)
class Outcome:
    """How a step ended."""

    name: str
    passed: bool
    seconds: float


def check(pytest_arguments: Sequence[str], environment: Environment | None = None) -> int:
    """Install what is missing and run all checks; 1 if anything failed."""
    machine.accept_any_console()
    environment = environment or Environment()
    outcomes = [_timed("system packages", system.provide)]
    # Only now: on Debian the packages bring what Python needs to make an environment.
    guard.refuse(guard.check_modules())
    outcomes.append(_timed("environment", lambda: _fill(environment)))
    if outcomes[-1].passed:
        outcomes += [_run(name, command, environment, pytest_arguments) for name, command in CHECKS.items()]
    print(table(outcomes), flush=True)
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def table(outcomes: Sequence[Outcome]) -> str:
    """One line for each step."""
    rows = [f"{o.name:<16} {'ok' if o.passed else 'FAILED':<7} {o.seconds:6.1f} s" for o in outcomes]
    return "\n".join(["", *rows])


def _timed(name: str, step: Callable[[], bool]) -> Outcome:
    started = time.monotonic()
    passed = step()
    return Outcome(name, passed, time.monotonic() - started)


def _fill(environment: Environment) -> bool:
    try:
        environment.ensure(EXTRAS)
    except SetupError as error:
        print(error, file=sys.stderr, flush=True)
        return False
    return True


def _run(name: str, command: Sequence[str], environment: Environment, pytest_arguments: Sequence[str]) -> Outcome:
    print(f"\n{name}", flush=True)
    program = [str(environment.program(command[0])), *command[1:], *(pytest_arguments if name == "pytest" else ())]
    return _timed(name, lambda: subprocess.run(program, cwd=environment.root, check=False).returncode == 0)
