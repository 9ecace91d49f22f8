"""The form where it is said that a round belongs to a review, to which part, and since when its
result may be published.
"""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from dialog.core.review import SubStudy
from dialog.surveys.models import Round
from dialog.surveys.programme_models import Programme
from dialog.surveys.sub_study_words import SUB_STUDIES
from dialog.web.forms import DayField, refuse

NO_REVIEW: Final = ""


class ReviewForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    programme = RadioField(_l("Hör omgången till en oberoende granskning?"))
    sub_study = RadioField(
        _l("Delstudie"),
        choices=[SelectChoice(each.value, words) for each, words in SUB_STUDIES.items()],
        validate_choice=False,
    )
    released_from = DayField(_l("Första dag då resultat får publiceras"))

    def offer(self, programmes: Sequence[Programme]) -> None:
        self.programme.choices = [
            SelectChoice(NO_REVIEW, _l("Nej")),
            *(SelectChoice(str(each.id), each.name) for each in programmes),
        ]

    @staticmethod
    def initial(round_: Round) -> dict[str, Any]:
        return {
            "programme": str(round_.programme_id or NO_REVIEW),
            "sub_study": round_.sub_study.value if round_.sub_study else None,
            "released_from": round_.released_from,
        }

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        if self.programme.data and self.sub_study.data not in set(SubStudy):
            refuse(self.sub_study, _l("Välj vilken delstudie omgången hör till."))
            return False
        return fine

    def values(self) -> dict[str, Any]:
        """What `planning.change` takes: without a programme, nothing of it."""
        if not self.programme.data:
            return {"programme_id": None, "sub_study": None, "released_from": None}
        return {
            "programme_id": UUID(self.programme.data),
            "sub_study": SubStudy(self.sub_study.data),
            "released_from": self.released_from.data,
        }
