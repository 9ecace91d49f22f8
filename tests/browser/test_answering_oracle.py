"""The script's blinding against another implementation, where there is a Node to run it."""

import shutil
import subprocess
from pathlib import Path

import pytest

FRONTEND = Path(__file__).parents[2] / "frontend"
READY = shutil.which("node") and (FRONTEND / "node_modules/@cloudflare/blindrsa-ts").exists()


@pytest.mark.skipif(
    not READY,
    reason="NO NODE OR node_modules: the script's blinding was not tried against another library"
    " (npm ci in frontend/ makes them; the numbers of RFC 9474 were tried anyway).",
)
def test_the_script_and_another_library_understand_each_other() -> None:
    run = subprocess.run(
        ["node", "oracle.mjs"], cwd=FRONTEND, capture_output=True, text=True, check=False
    )
    assert run.stdout.strip() == "agreed", run.stderr
