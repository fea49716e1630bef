"""The benchmark of the flow runs for real, on a few captures."""

import json
import subprocess
import sys

from tests.xserver import XServer


def test_bench_ui(xserver: XServer) -> None:
    """Every figure is measured; times are positive and in their order."""
    command = [sys.executable, "-m", "desktop", "bench", "ui", "--captures", "3", "--idle", "1", "--json"]
    done = subprocess.run(command, env=xserver.environment, capture_output=True, text=True, timeout=250, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    figures = {figure["name"]: figure["value"] for figure in json.loads(done.stdout)}
    assert 0 < figures["release to panel, p50"] < figures["release to full text, p50"]
    assert 0 < figures["hotkey to overlay, p50"] <= figures["hotkey to overlay, p95"]
    assert 0 < figures["memory without an engine"] < figures["memory with the embedded engine"]
