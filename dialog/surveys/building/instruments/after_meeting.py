"""Efter mötet: the three questions of the communication follow-up, put after a meeting."""

from dialog.core.questionnaire import Questionnaire, Section
from dialog.surveys.building.instruments.communication import THREE
from dialog.surveys.building.instruments.parts import NOT_VALIDATED, text

AFTER_MEETING = Questionnaire(
    title=text("Tre frågor efter mötet", "Three questions after the meeting"),
    description=NOT_VALIDATED,
    languages=("sv", "en"),
    sections=(
        Section(
            name="del_kommunikation",
            title=text("Efter mötet", "After the meeting"),
            questions=(THREE,),
        ),
    ),
)
