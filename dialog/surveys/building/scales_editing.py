"""Changes to a questionnaire's scales: each gives a new questionnaire."""

from dialog.core.questionnaire import Item, Kind, Questionnaire, Scale, items
from dialog.surveys.building.editing import MissingPartError, inserted, moved


def scale_named(questionnaire: Questionnaire, name: str) -> Scale:
    return questionnaire.scales[_place(questionnaire, name)]


def add_scale(questionnaire: Questionnaire, scale: Scale) -> Questionnaire:
    return _with(questionnaire, inserted(questionnaire.scales, scale, None))


def replace_scale(questionnaire: Questionnaire, name: str, scale: Scale) -> Questionnaire:
    changed = list(questionnaire.scales)
    changed[_place(questionnaire, name)] = scale
    return _with(questionnaire, changed)


def remove_scale(questionnaire: Questionnaire, name: str) -> Questionnaire:
    scale = scale_named(questionnaire, name)
    return _with(questionnaire, [other for other in questionnaire.scales if other is not scale])


def shift_scale(questionnaire: Questionnaire, name: str, *, step: int) -> Questionnaire:
    place = _place(questionnaire, name)
    return _with(questionnaire, moved(questionnaire.scales, place, max(0, place + step)))


def countable(questionnaire: Questionnaire) -> tuple[Item, ...]:
    """The items that can stand in a scale: single choices and numbers."""
    kinds = (Kind.SINGLE, Kind.SCALE, Kind.NUMBER)
    return tuple(item for item in items(questionnaire) if item.kind in kinds)


def _place(questionnaire: Questionnaire, name: str) -> int:
    for place, scale in enumerate(questionnaire.scales):
        if scale.name == name:
            return place
    raise MissingPartError(name)


def _with(questionnaire: Questionnaire, scales: list[Scale]) -> Questionnaire:
    return questionnaire.model_copy(update={"scales": tuple(scales)})
