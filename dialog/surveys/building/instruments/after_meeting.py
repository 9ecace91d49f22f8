"""Efter mötet: the three questions of the communication follow-up, put after a meeting."""

from dialog.core.questionnaire import Questionnaire, Section
from dialog.surveys.building.instruments.communication import THREE
from dialog.surveys.building.instruments.parts import text

AFTER_MEETING = Questionnaire(
    title=text("Tre frågor efter mötet", "Three questions after the meeting"),
    description=text(
        "Var du inte med kan du ändå svara. Passar en fråga inte dig väljer du ”Vet ej / inte"
        " aktuellt”.",
        "If you were not there you can still answer. Where a question does not fit you, choose"
        " “Don't know / not applicable”.",
    ),
    languages=("sv", "en"),
    sections=(
        Section(
            name="del_kommunikation",
            title=text("Efter mötet", "After the meeting"),
            questions=(THREE,),
        ),
    ),
)
