"""What every process of the staff side loads before it does anything."""

import gc
import subprocess
import sys

import pytest

from dialog.loading import to_stay


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


def test_what_is_loaded_to_stay_is_passed_over_when_python_looks_for_garbage() -> None:
    before = gc.get_freeze_count()
    with to_stay():
        loaded = [[number] for number in range(1000)]
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() >= before + len(loaded)
