"""New names for questions, rows and options, followed wherever a condition or a scale has them."""

from collections.abc import Callable, Mapping

from dialog.core.questionnaire import Condition, Questionnaire, Scale, Section, Test

Change = Callable[[Test], Test]


def rename_items(questionnaire: Questionnaire, names: Mapping[str, str]) -> Questionnaire:
    """Let conditions and scales speak of `names[old]` where they spoke of `old`. The questions
    themselves are not touched.
    """
    if all(old == new for old, new in names.items()):
        return questionnaire
    changed = _tests(
        questionnaire,
        lambda test: test.model_copy(update={"item": names.get(test.item, test.item)}),
    )
    scales = tuple(_scale(scale, names) for scale in questionnaire.scales)
    return changed.model_copy(update={"scales": scales})


def rename_options(
    questionnaire: Questionnaire, items: frozenset[str], names: Mapping[str, str]
) -> Questionnaire:
    """Let conditions on `items` ask for the option `names[old]` where they asked for `old`."""
    if all(old == new for old, new in names.items()):
        return questionnaire

    def change(test: Test) -> Test:
        if test.item not in items:
            return test
        return test.model_copy(update={"values": tuple(names.get(v, v) for v in test.values)})

    return _tests(questionnaire, change)


def _scale(scale: Scale, names: Mapping[str, str]) -> Scale:
    return scale.model_copy(
        update={
            "items": tuple(names.get(name, name) for name in scale.items),
            "reversed": tuple(names.get(name, name) for name in scale.reversed),
        }
    )


def _tests(questionnaire: Questionnaire, change: Change) -> Questionnaire:
    sections = tuple(_section(section, change) for section in questionnaire.sections)
    return questionnaire.model_copy(update={"sections": sections})


def _section(section: Section, change: Change) -> Section:
    questions = tuple(
        question.model_copy(update={"show_if": _condition(question.show_if, change)})
        for question in section.questions
    )
    return section.model_copy(
        update={"show_if": _condition(section.show_if, change), "questions": questions}
    )


def _condition(condition: Condition | None, change: Change) -> Condition | None:
    if condition is None:
        return None
    parts = tuple(
        change(part) if isinstance(part, Test) else _condition(part, change)
        for part in condition.parts
    )
    return condition.model_copy(update={"parts": parts})
