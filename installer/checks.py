"""Every check of the project, all of them run and all reported."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
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
}
"""Those that read the code, all at once."""

PROCESSES = min((os.cpu_count() or 1) + 1, 5)
"""One more than there are processors, since tests wait for programs; each takes 1.5 GB and an X server."""

TESTS: Sequence[str] = ("pytest", "--numprocesses", str(PROCESSES), "--dist", "worksteal")


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
        with ThreadPoolExecutor(len(CHECKS)) as pool:
            outcomes += pool.map(lambda name: _timed(name, lambda: _read(environment, name)), CHECKS)
        print("\npytest", flush=True)
        outcomes.append(_timed("pytest", lambda: _run(environment, [*TESTS, *pytest_arguments])))
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


def _run(environment: Environment, command: Sequence[str]) -> bool:
    return subprocess.run(_program(environment, command), cwd=environment.root, check=False).returncode == 0


def _read(environment: Environment, name: str) -> bool:
    """Run a check beside others, and print what it said in one piece."""
    done = subprocess.run(
        _program(environment, CHECKS[name]),
        cwd=environment.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    print(f"\n{name}\n{done.stdout}", end="", flush=True)
    return done.returncode == 0


def _program(environment: Environment, command: Sequence[str]) -> Sequence[str]:
    return [str(environment.program(command[0])), *command[1:]]
