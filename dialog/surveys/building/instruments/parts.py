"""The parts that the built-in questionnaires are put together from."""

from collections.abc import Sequence
from typing import Final

from dialog.core.levels import Level
from dialog.core.questionnaire import (
    LEVEL,
    Condition,
    Kind,
    MatrixRow,
    Option,
    Question,
    Test,
    Text,
)

NOT_VALIDATED: Final = Text(
    sv="Frågorna är Dialogs egna. De är inte vetenskapligt prövade (validerade). Pröva dem på en "
    "mindre grupp innan de används på allvar.",
    en="The questions are Dialog's own. They have not been validated. Pilot them with a small "
    "group before they are used in earnest.",
)


def text(sv: str, en: str) -> Text:
    return Text(sv=sv, en=en)


def for_levels(*levels: Level) -> Condition:
    """Shown to people on these levels only."""
    values = tuple(str(level) for level in levels)
    return Condition(parts=(Test(item=LEVEL, op="is", values=values),))


def rows(prefix: str, *texts: tuple[str, str]) -> tuple[MatrixRow, ...]:
    """Rows named prefix_1, prefix_2 …, each (Swedish, English)."""
    return tuple(
        MatrixRow(name=f"{prefix}_{number}", text=text(*words))
        for number, words in enumerate(texts, start=1)
    )


def options(*choices: tuple[str, str, str]) -> tuple[Option, ...]:
    """Options without a number, each (name, Swedish, English)."""
    return tuple(Option(name=name, text=text(sv, en)) for name, sv, en in choices)


def matrix(
    name: str,
    words: Text,
    answers: Sequence[Option],
    lines: Sequence[MatrixRow],
    *,
    sensitive: bool = False,
    show_if: Condition | None = None,
) -> Question:
    """Rows that share their answers, with "vet ej" and "vill inte svara"."""
    return Question(
        name=name,
        kind=Kind.MATRIX,
        text=words,
        options=tuple(answers),
        rows=tuple(lines),
        unknown=True,
        declined=True,
        sensitive=sensitive,
        show_if=show_if,
    )


def choice(
    name: str,
    words: Text,
    answers: Sequence[Option],
    *,
    several: bool = False,
    help_: Text | None = None,
) -> Question:
    """One choice, or several, with "vet ej" and "vill inte svara"."""
    return Question(
        name=name,
        kind=Kind.MULTIPLE if several else Kind.SINGLE,
        text=words,
        help=help_ or Text(),
        options=tuple(answers),
        unknown=True,
        declined=True,
    )


def free_text(name: str, words: Text, *, help_: Text, max_length: int) -> Question:
    return Question(name=name, kind=Kind.LONG, text=words, help=help_, max_length=max_length)
