"""Kommunikationsuppföljning: three questions after any message or meeting."""

from typing import Final

from dialog.core.questionnaire import Questionnaire, Section
from dialog.surveys.building.instruments.parts import NOT_VALIDATED, matrix, rows, text
from dialog.surveys.building.presets import AGREEMENT

# Informed, understood, involved: asked in the same words wherever they are asked.
THREE: Final = matrix(
    "fragor_kommunikation",
    text("Hur väl stämmer det här?", "How well does this fit?"),
    AGREEMENT,
    rows(
        "kommunikation",
        (
            "Jag har fått den information jag behöver.",
            "I have received the information I need.",
        ),
        (
            "Jag förstår vad det innebär för mig.",
            "I understand what it means for me.",
        ),
        ("Jag känner mig delaktig.", "I feel involved."),
    ),
)
COMMUNICATION = Questionnaire(
    title=text("Kommunikationsuppföljning", "Communication follow-up"),
    description=NOT_VALIDATED,
    languages=("sv", "en"),
    sections=(
        Section(
            name="del_kommunikation",
            title=text("Om informationen", "About the information"),
            questions=(THREE,),
        ),
    ),
)
