"""Ready-made answers: agreement, frequency and yes or no, as the instruments use them."""

from collections.abc import Mapping
from typing import Final

from dialog.core.questionnaire import Option, Text


def _points(*points: tuple[str, str, str]) -> tuple[Option, ...]:
    """Options with the values 1, 2, 3 …, each (name, Swedish, English)."""
    return tuple(
        Option(name=name, text=Text(sv=swedish, en=english), value=value)
        for value, (name, swedish, english) in enumerate(points, start=1)
    )


AGREEMENT: Final = _points(
    ("1", "Stämmer inte alls", "Do not agree at all"),
    ("2", "Stämmer ganska dåligt", "Mostly disagree"),
    ("3", "Stämmer delvis", "Agree in part"),
    ("4", "Stämmer ganska bra", "Mostly agree"),
    ("5", "Stämmer helt", "Agree completely"),
)
FREQUENCY: Final = _points(
    ("1", "Aldrig", "Never"),
    ("2", "Sällan", "Seldom"),
    ("3", "Ibland", "Sometimes"),
    ("4", "Ofta", "Often"),
    ("5", "Mycket ofta", "Very often"),
)
YES_NO: Final = (
    Option(name="ja", text=Text(sv="Ja", en="Yes")),
    Option(name="nej", text=Text(sv="Nej", en="No")),
)
PRESETS: Final[Mapping[str, tuple[Option, ...]]] = {
    "agreement": AGREEMENT,
    "frequency": FREQUENCY,
    "yes-no": YES_NO,
}
