"""Forms of meetings: the plan, series, items of the agenda, answers, and steps."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import URL, DataRequired, InputRequired, Length, NumberRange, Optional

from dialog.core.meetings.hours import NoSuchTimeError, span
from dialog.meetings import audience
from dialog.meetings.agenda import Line
from dialog.meetings.audience import Asked
from dialog.meetings.item_states import KIND_WORDS
from dialog.meetings.models import Answer, ItemKind, Meeting, Post
from dialog.meetings.planning import Plan
from dialog.meetings.registering import NEEDS
from dialog.organisation.forms import AudienceField
from dialog.organisation.queries import Node
from dialog.storage.clock import STOCKHOLM, now
from dialog.unions.models import UnionBody
from dialog.web.forms import ClockField, DayField, MultiCheckboxField, refuse, written

NONE: Final = ""
MOST_MINUTES: Final = 600


def _name(label: Any, missing: Any) -> StringField:
    return StringField(label, [DataRequired(missing), Length(max=200)])


def _words(label: Any) -> TextAreaField:
    return TextAreaField(label, [Length(max=4000)], render_kw={"rows": "4"})


def _addresses(label: Any) -> TextAreaField:
    return TextAreaField(label, render_kw={"rows": "3"})


class PlanForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    title = _name(_l("Mötets namn"), _l("Skriv vad mötet heter."))
    series = SelectField(_l("Serie"), choices=[])
    day = DayField(_l("Dag"))
    begins = ClockField(_l("Börjar"), [Optional()])
    ends = ClockField(_l("Slutar"), [Optional()])
    place = StringField(_l("Plats"), [Length(max=300)])
    capacity = IntegerField(
        _l("Platser i rummet"),
        [Optional(), NumberRange(min=1, max=100_000, message=_l("Skriv ett antal från 1."))],
    )
    video_link = StringField(
        _l("Länk till videomötet"),
        [
            Optional(),
            Length(max=500),
            URL(require_tld=False, message=_l("Skriv hela länken, från https://.")),
        ],
    )
    about = _words(_l("Vad mötet är till för"))
    guests = BooleanField(_l("Låt gäster vara med utan att logga in"))
    asks_after = BooleanField(_l("Ställ tre frågor efter mötet"))
    body = SelectField(_l("Möte med facket"), choices=[], default=NONE)

    def offer(self, series: list[tuple[UUID, str]], bodies: Sequence[UnionBody] = ()) -> None:
        self.body.choices = [SelectChoice(NONE, _l("Nej, ett vanligt möte"))] + [
            SelectChoice(str(each.id), each.name) for each in bodies
        ]
        self.series.choices = [SelectChoice(NONE, _l("Ingen serie"))] + [
            SelectChoice(str(key), title) for key, title in series
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if self.day.data is None:
            if self.begins.data or self.ends.data:
                refuse(self.day, _l("Skriv vilken dag mötet är, eller ta bort klockslagen."))
            return not self.errors
        for clock in (self.begins, self.ends):
            if clock.data is None:
                refuse(clock, _l("Skriv ett klockslag, till exempel 13:00."))
        if not self.errors:
            try:
                starts, _ends = self.hours()
            except NoSuchTimeError:
                refuse(
                    self.begins,
                    _l("Den timmen finns inte den dagen: klockan ställs fram. Välj en annan tid."),
                )
            else:
                if starts is not None and starts < now():
                    refuse(self.day, _l("Tiden har passerat. Välj en dag och tid som kommer."))
        return not self.errors

    def validate_guests(self, field: BooleanField) -> None:
        if field.data and self.body.data:
            raise ValidationError(_("Ett möte med facket kan inte ha gäster som inte loggar in."))

    def validate_asks_after(self, field: BooleanField) -> None:
        if field.data and self.body.data:
            raise ValidationError(_("Efter ett möte med facket ställs inga frågor i en enkät."))

    def hours(self) -> tuple[datetime | None, datetime | None]:
        if self.day.data is None or self.begins.data is None or self.ends.data is None:
            return None, None
        return span(self.day.data, self.begins.data, self.ends.data, zone=STOCKHOLM)

    def plan(self) -> Plan:
        starts, ends = self.hours()
        return Plan(
            title=written(self.title).strip(),
            about=written(self.about).strip(),
            starts_at=starts,
            ends_at=ends,
            place=written(self.place).strip(),
            video_link=written(self.video_link).strip(),
            capacity=self.capacity.data,
            series_id=UUID(self.series.data) if self.series.data else None,
            guests=bool(self.guests.data),
            asks_after=self.asks_after.data,
        )


def filled(meeting: Meeting) -> dict[str, Any]:
    """What the form of a plan begins with."""
    starts, ends = (
        each.astimezone(STOCKHOLM) if each else None
        for each in (meeting.starts_at, meeting.ends_at)
    )
    return {
        "title": meeting.title,
        "series": str(meeting.series_id or NONE),
        "day": starts.date() if starts else None,
        "begins": starts.time() if starts else None,
        "ends": ends.time() if ends else None,
        "place": meeting.place,
        "capacity": meeting.capacity,
        "video_link": meeting.video_link,
        "about": meeting.about,
        "guests": meeting.guests,
        "asks_after": meeting.asks_after,
    }


class AudienceForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    bodies = MultiCheckboxField(_l("Fackliga grupper"), choices=[])
    audience = AudienceField(_l("Vilka som kallas"))

    @staticmethod
    def of(meeting: Meeting) -> "AudienceForm":
        """As it was chosen; of a body's meeting that body, where nothing was chosen yet."""
        own = (meeting.body_id,) if meeting.body_id else ()
        asked = audience.of(meeting) or Asked(bodies=own)
        bodies = [str(body) for body in asked.bodies]
        return AudienceForm(data={"audience": asked.staff, "bodies": bodies})

    def offer(self, bodies: list[UnionBody], units: list[Node]) -> None:
        self.bodies.choices = [SelectChoice(str(each.id), each.name) for each in bodies]
        self.audience.offer(units)


class PostsForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """E-mail addresses of those who run the meeting, one on each line."""

    chair = _addresses(_l("Ordförande"))
    secretary = _addresses(_l("Sekreterare"))
    facilitator = _addresses(_l("Mötesledare"))

    def posts(self) -> dict[Post, list[str]]:
        return {post: written(self[post.value]).split() for post in Post}


class SeriesForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    title = _name(_l("Seriens namn"), _l("Skriv vad serien heter."))
    purpose = _words(_l("Vad serien är till för"))
    asks_after = BooleanField(_l("Ställ tre frågor efter varje nytt möte i serien"))
    shows_after = BooleanField(_l("De som är kallade får se svaren på de tre frågorna"))


class ItemForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    title = _name(_l("Punkt"), _l("Skriv vad punkten heter."))
    kind = RadioField(
        _l("Slag"), choices=[SelectChoice(kind.value, text) for kind, text in KIND_WORDS.items()]
    )
    minutes = IntegerField(
        _l("Minuter"),
        [
            Optional(),
            NumberRange(min=0, max=MOST_MINUTES, message=_l("Skriv ett antal minuter, högst 600.")),
        ],
    )
    responsible = StringField(_l("Den som håller i punkten"), [Length(max=200)])
    about = TextAreaField(_l("Beskrivning"), [Length(max=10_000)], render_kw={"rows": "4"})

    def line(self) -> Line:
        return Line(
            title=written(self.title).strip(),
            kind=ItemKind(self.kind.data),
            about=written(self.about).strip(),
            minutes=self.minutes.data or 0,
            responsible=written(self.responsible).strip(),
        )


class AnswerForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    given = RadioField(
        _l("Kommer du?"),
        [InputRequired(_l("Välj om du kommer."))],
        choices=[
            SelectChoice(Answer.YES.value, _l("Ja, jag kommer")),
            SelectChoice(Answer.REMOTE.value, _l("Jag är med på distans")),
            SelectChoice(Answer.NO.value, _l("Nej, jag kommer inte")),
        ],
    )
    needs = MultiCheckboxField(
        _l("Behöver du något av det här?"),
        choices=[SelectChoice(name, text) for name, text in NEEDS.items()],
    )
    needs_words = StringField(_l("Något annat vi ska ordna"), [Length(max=500)])


class FormatForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    title = _name(_l("Formens namn"), _l("Skriv vad formen heter."))
    description = _words(_l("När den passar"))
    follow_up = _words(_l("Uppföljning efter mötet"))


class StepForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    def given(self) -> dict[str, Any]:
        """What the step is taken with."""
        return {}


class ReasonForm(StepForm):
    reason = TextAreaField(
        _l("Varför"),
        [InputRequired(_l("Skriv varför. Det står i mejlet till dem som är kallade."))],
        render_kw={"rows": "4"},
    )

    def given(self) -> dict[str, Any]:
        return {"reason": written(self.reason)}


def words_of(answer: Answer) -> str:
    """What is said after an answer was given."""
    return {
        Answer.YES: str(_("Tack. Du är anmäld.")),
        Answer.REMOTE: str(_("Tack. Du är anmäld på distans.")),
        Answer.NO: str(_("Tack för beskedet. Du är inte anmäld.")),
    }[answer]
