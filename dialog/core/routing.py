"""Which tests decide whether somebody is asked a question: of the level, or of other answers."""

from collections.abc import Collection

from dialog.core.conditions import tests_of
from dialog.core.questionnaire import Questionnaire, Test, items_of

Gates = frozenset[Test]


def deciding(form: Questionnaire) -> dict[str, tuple[Test, ...]]:
    """For each question that is shown on a condition, its own or its section's: the tests in it."""
    found: dict[str, tuple[Test, ...]] = {}
    for section in form.sections:
        for question in section.questions:
            conditions = [part for part in (section.show_if, question.show_if) if part is not None]
            tests = [test for part in conditions for test in tests_of(part)]
            if tests:
                found[question.name] = tuple(dict.fromkeys(tests))
    return found


def gates(form: Questionnaire, of: Collection[str]) -> dict[str, Gates]:
    """For each item that not all are asked: the tests `of` these (items, or LEVEL) that decide it.
    A question that follows from another's answer is asked of none but those who were asked that.
    """
    tests, found = deciding(form), dict[str, Gates]()
    for section in form.sections:
        for question in section.questions:
            asked = tests.get(question.name, ())
            own = {test for test in asked if test.item in of}
            gate = own.union(*(found.get(test.item, frozenset()) for test in asked))
            for item in items_of(question):
                found[item.name] = frozenset(gate)
    return {name: gate for name, gate in found.items() if gate}
