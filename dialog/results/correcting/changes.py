"""What a correction changes in how the same answers are counted and shown."""

from collections.abc import Iterable, Sequence

from dialog.core.columns import TABULATED
from dialog.core.questionnaire import Item, Questionnaire, Scale, items
from dialog.core.scoring import bounds

Turn = Sequence[str]  # a scale and an item of it


def withholdable(form: Questionnaire) -> list[Item]:
    """Questions that have figures."""
    return [item for item in items(form) if item.kind in TABULATED]


def turnable(form: Questionnaire) -> list[tuple[Scale, Item, bool]]:
    """Questions of scales with a score, and whether they are turned round in it."""
    known = {item.name: item for item in items(form)}
    return [
        (scale, known[name], name in scale.reversed)
        for scale in form.scales
        if scale.report == "score"
        for name in scale.items
        if bounds(known[name]) is not None
    ]


def turned(form: Questionnaire, turns: Iterable[Turn]) -> Questionnaire:
    """The form with some questions turned round in their scales, or no longer so."""
    wanted = {(scale, item) for scale, item in turns}
    return form.model_copy(update={"scales": tuple(_turned(s, wanted) for s in form.scales)})


def _turned(scale: Scale, wanted: set[tuple[str, str]]) -> Scale:
    now = tuple(
        name
        for name in scale.items
        if (name in scale.reversed) is not ((scale.name, name) in wanted)
    )
    return scale.model_copy(update={"reversed": now})
