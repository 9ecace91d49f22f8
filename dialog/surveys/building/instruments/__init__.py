"""The questionnaires that come with Dialog: own wording, not validated, to be piloted first."""

from dialog.core.questionnaire import Questionnaire
from dialog.surveys.building.instruments.after_meeting import AFTER_MEETING
from dialog.surveys.building.instruments.communication import COMMUNICATION
from dialog.surveys.building.instruments.experiences import EXPERIENCES
from dialog.surveys.building.instruments.speech_climate import SPEECH_CLIMATE


def all_instruments() -> dict[str, Questionnaire]:
    """Every built-in questionnaire by its key, in the order in which to offer them."""
    return {
        "samtalsklimat": SPEECH_CLIMATE,
        "erfarenhetsinsamling": EXPERIENCES,
        "kommunikationsuppfoljning": COMMUNICATION,
        "efter-motet": AFTER_MEETING,
    }
