"""The list of what is inside a package, as CycloneDX: every package of Python with version, licence and origin."""

import json
import platform
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from installer.environment import ROOT
from installer.frozen import Frozen


def write_bom(frozen: Frozen, out: Path, tools: Path) -> Path:
    """Write the list into the folder `out`, by the Python that has cyclonedx-bom; its file."""
    project = str(ROOT / "pyproject.toml")
    command = [str(tools), "-m", "cyclonedx_py", "environment", "--output-reproducible", "--pyproject", project]
    said = subprocess.run([*command, sys.executable], stdout=subprocess.PIPE, text=True, check=True).stdout
    bom = of_these(json.loads(said), {canonical(part.name) for part in frozen.parts()})
    bom["metadata"]["component"]["version"] = frozen.version
    system = {"win32": "windows", "darwin": "macos"}.get(sys.platform, sys.platform)
    file = out / f"shotglass-{frozen.version}-{system}-{platform.machine().lower()}.cdx.json"
    file.write_text(json.dumps(bom, indent=1, sort_keys=True), encoding="utf-8")
    return file


def of_these(bom: dict[str, Any], names: set[str]) -> dict[str, Any]:
    """The list without the packages that built the program and are not inside it."""
    inside = [component for component in bom["components"] if canonical(component["name"]) in names]
    refs = {component["bom-ref"] for component in inside} | {bom["metadata"]["component"]["bom-ref"]}
    links = [
        {**link, "dependsOn": [ref for ref in link.get("dependsOn", []) if ref in refs]}
        for link in bom["dependencies"]
        if link["ref"] in refs
    ]
    return {**bom, "components": inside, "dependencies": links}


def canonical(name: str) -> str:
    """A package's name as all spellings of it agree on."""
    return re.sub(r"[-_.]+", "-", name).lower()
