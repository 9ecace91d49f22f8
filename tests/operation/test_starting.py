"""What every process of the staff side loads before it does anything."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["dialog.application", "dialog.worker"])
def test_libraries_that_few_pages_need_are_not_loaded_at_the_start(module: str) -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", f"import sys, {module}; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    slow = {"pyxform", "openpyxl", "polars", "pyreadstat", "scipy", "matplotlib"}
    assert slow & set(loaded) == set()
    assert "sqlalchemy" in loaded
