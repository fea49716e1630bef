"""The benchmark of the history runs for real, on few entries."""

import json
import subprocess
import sys

from tests.xserver import XServer


def test_bench_history(xserver: XServer) -> None:
    """Every figure is measured, and nothing is lost."""
    command = [sys.executable, "-m", "desktop", "bench", "history", "--rows", "1000", "--kills", "2", "--json"]
    done = subprocess.run(command, env=xserver.environment, capture_output=True, text=True, timeout=250, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    figures = {figure["name"]: figure["value"] for figure in json.loads(done.stdout)}
    assert 0 < figures["search, p50"] <= figures["search, p95"] <= figures["search, longest"]
    assert figures["window, first opening"] > 0
    assert figures["answer to durable, 1000x600 pixels, p50"] > 0
    assert figures["durable entries lost by kills"] == figures["files damaged by kills"] == 0
