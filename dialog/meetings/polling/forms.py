"""Forms of polls: a new one, and the words of one that are not to be shown."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, Length

from dialog.core.meetings.word_clouds import Word
from dialog.meetings.live_models import MeetingPoll, PollKind
from dialog.web.forms import MultiCheckboxField, written


class PollForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    question = StringField(
        _l("Fråga"), [DataRequired(_l("Skriv vad ni röstar om.")), Length(max=300)]
    )
    kind = RadioField(
        _l("Slag"),
        choices=[
            SelectChoice(PollKind.SINGLE.value, _l("Ett svar")),
            SelectChoice(PollKind.SEVERAL.value, _l("Flera svar")),
            SelectChoice(PollKind.SCALE.value, _l("Skala från 1 till 5")),
            SelectChoice(PollKind.WORDS.value, _l("Ordmoln: egna ord, ett till tre")),
        ],
    )
    options = TextAreaField(_l("Svarsalternativ"), [Length(max=1_000)], render_kw={"rows": "5"})

    def chosen(self) -> list[str]:
        """The options, one on each line; of a scale and of words none are written."""
        return [line.strip()[:100] for line in written(self.options).splitlines() if line.strip()]


class WordsForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    hidden = MultiCheckboxField(_l("Ord som inte ska visas"))

    def offer(self, words: Sequence[Word], poll: MeetingPoll) -> None:
        self.hidden.choices = [
            SelectChoice(word.key, _("%(word)s (%(number)s)", word=word.text, number=word.number))
            for word in words
        ]
        if not self.is_submitted():
            self.hidden.data = list(poll.hidden)
