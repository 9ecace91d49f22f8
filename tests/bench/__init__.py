"""Measures the figures of docs/benchmarks.md: CPU seconds, ratios, memory; never a timed test."""

from typing import NamedTuple


class Figure(NamedTuple):
    """One measured value. `budget` is what it may be at the most, None where nothing is asked."""

    name: str
    value: float
    unit: str
    budget: float | None = None
