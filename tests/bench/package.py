"""The researchers' package of 60,000 responses with 60 variables: from answers to the zip."""

import resource
import time

import numpy as np

from dialog.core.disclosure.microdata.demands import Demands
from dialog.core.disclosure.microdata.hierarchy import read_hierarchy
from dialog.core.questionnaire import Text
from dialog.exports.anonymising import Wish
from dialog.exports.package.coding import code_answers
from dialog.exports.package.mastering import derive, protect
from dialog.exports.package.packing import build_package
from tests.bench import Figure, region
from tests.bench.microdata_region import QUASI, draw, hierarchies
from tests.exports.researchers import ABOUT

ROWS, VARIABLES, SECONDS = 60_000, 60, 30.0


def run() -> list[Figure]:
    questions = VARIABLES - len(QUASI)
    form = region.questionnaire(questions + 3)  # in matrices of five; what is too much is not drawn
    chance = np.random.default_rng(3)
    values = chance.integers(1, 6, (ROWS, questions))
    answers = ({f"q{at + 1}": str(v) for at, v in enumerate(row)} for row in values)
    columns = draw(ROWS, seed=1)
    background = {name: (Text(sv=name), columns[name]) for name in QUASI}
    trees = {
        name: found
        for name, lines in hierarchies().items()
        if (found := read_hierarchy(name, enumerate(lines, 1))[0]) is not None
    }
    started, clock = time.process_time(), time.perf_counter()
    rows = code_answers(form, answers, background)
    master, faults = protect(rows, trees, Wish(QUASI, (), Demands(10)))
    assert master is not None, faults
    protected = time.process_time()
    export = derive(master, rows.names[:VARIABLES])
    package = build_package(export, ABOUT, {})
    return [
        Figure("package, answers to master: CPU", protected - started, "s"),
        Figure(
            "package, 60,000 x 60, answers to zip: CPU", time.process_time() - started, "s", SECONDS
        ),
        Figure("package, by the clock", time.perf_counter() - clock, "s"),
        Figure("package, memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB"),
        Figure("package, size of the zip", len(package) / 1e6, "MB"),
    ]
