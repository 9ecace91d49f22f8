"""A real open round for browser tests: a small region, a questionnaire of every kind, invitations."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from dialog.core import questionnaire
from dialog.core.levels import Level
from dialog.core.questionnaire import (
    Condition,
    Kind,
    MatrixRow,
    Option,
    Question,
    Questionnaire,
    Section,
    Test,
    Text,
)
from dialog.organisation.models import Unit
from dialog.people.models import Person
from dialog.storage.clock import now
from dialog.surveys import exchange, keys, sealing, secrets
from dialog.surveys.models import Access, Invitation, Round, RoundState, Survey
from tests import makers
from tests.browser.conftest import Live


def text(sv: str, en: str = "") -> Text:
    return Text(sv=sv, en=en)


AGREEMENT = tuple(
    Option(name=str(value), text=text(sv, en), value=value)
    for value, (sv, en) in enumerate(
        (
            ("Stämmer inte alls", "Do not agree at all"),
            ("Stämmer ganska dåligt", "Rather disagree"),
            ("Varken eller", "Neither"),
            ("Stämmer ganska bra", "Rather agree"),
            ("Stämmer helt", "Agree completely"),
        ),
        start=1,
    )
)
YES_NO = (Option(name="yes", text=text("Ja", "Yes")), Option(name="no", text=text("Nej", "No")))

EVERYTHING = Questionnaire(
    title=text("Samtalsklimat", "The climate of conversation"),
    description=text(
        "Vi vill veta hur det är att säga vad man tycker på din arbetsplats.",
        "We want to know what it is like to speak up where you work.",
    ),
    languages=("sv", "en"),
    sections=(
        Section(
            name="safety",
            title=text("Trygghet", "Safety"),
            intro=text("Tänk på de senaste sex månaderna.", "Think of the last six months."),
            questions=(
                Question(
                    name="trust",
                    kind=Kind.MATRIX,
                    text=text("Hur väl stämmer det här?", "How well does this fit?"),
                    options=AGREEMENT,
                    rows=(
                        MatrixRow(
                            name="mistakes",
                            text=text(
                                "Jag kan berätta om egna misstag utan att det används mot mig.",
                                "I can tell of my own mistakes without it being used against me.",
                            ),
                        ),
                        MatrixRow(
                            name="help", text=text("Det är lätt att be om hjälp här.", "Help is easy")
                        ),
                    ),
                    unknown=True,
                    declined=True,
                ),
            ),
        ),
        Section(
            name="silence",
            title=text("Tystnad", "Silence"),
            questions=(
                Question(
                    name="silent",
                    kind=Kind.SINGLE,
                    text=text(
                        "Har du låtit bli att ta upp något viktigt?",
                        "Have you held back something important?",
                    ),
                    options=YES_NO,
                    required=True,
                    declined=True,
                ),
                Question(
                    name="why",
                    kind=Kind.MULTIPLE,
                    text=text("Varför lät du bli?", "Why?"),
                    options=(
                        Option(name="fear", text=text("Jag befarade följder", "I feared it")),
                        Option(name="time", text=text("Det fanns inte tid", "No time")),
                    ),
                    declined=True,
                    show_if=Condition(parts=(Test(item="silent", values=("yes",)),)),
                ),
            ),
        ),
        Section(
            name="managers",
            title=text("För chefer", "For managers"),
            show_if=Condition(parts=(Test(item="@level", values=("manager-1", "manager-2")),)),
            questions=(
                Question(
                    name="upwards",
                    kind=Kind.SINGLE,
                    text=text("Når dåliga nyheter nästa nivå?", "Do bad news travel up?"),
                    options=YES_NO,
                ),
            ),
        ),
        Section(
            name="more",
            title=text("Mer om dig och din arbetsplats", "More"),
            questions=(
                Question(
                    name="mood",
                    kind=Kind.SCALE,
                    text=text("Hur är det på det hela taget?", "How is it on the whole?"),
                    low_text=text("Mycket dåligt", "Very bad"),
                    high_text=text("Mycket bra", "Very good"),
                    declined=True,
                ),
                Question(
                    name="years",
                    kind=Kind.NUMBER,
                    text=text("Hur många år har du arbetat här?", "Years here?"),
                    low=0,
                    high=60,
                    unknown=True,
                ),
                Question(name="when", kind=Kind.DATE, text=text("När hände det?", "When?")),
                Question(name="word", kind=Kind.SHORT, text=text("Beskriv med ett ord", "One word")),
                Question(
                    name="story",
                    kind=Kind.LONG,
                    text=text("Vad vill du berätta?", "What do you want to tell us?"),
                    help=text("Skriv inga namn och inget om patienter.", "No names, no patients."),
                    max_length=400,
                ),
            ),
        ),
    ),
)


@dataclass
class OpenRound:
    """A round that is open, and how people get in."""

    live: Live
    round: Round
    units: list[Unit]
    links: list[str] = field(default_factory=list)  # whole addresses with the secret
    codes: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"{self.live.base}/enkat/{self.round.id}"

    def change(self, state: RoundState, **values: Any) -> None:
        """Set the round's state, and tell both applications at once."""
        with self.live.session() as db:
            row = db.get_one(Round, self.round.id)
            row.state = state
            for name, value in values.items():
                setattr(row, name, value)
            db.add(row)
            db.commit()
            exchange.announce(row, self.live.app.extensions["settings"])
            self.round = row
        self.live.app.extensions["answering"].forget()

    def invite(self, level: Level = Level.STAFF, person: Person | None = None) -> str:
        """One more invitation to the first unit; gives its link."""
        key = keys.link_key(self.live.app.extensions["settings"])
        number = secrets.random_number()
        with self.live.session() as db:
            db.add(
                Invitation(
                    round_id=self.round.id,
                    number=number,
                    unit_id=self.units[2].id,
                    level=level.value,
                    person_id=person.id if person else None,
                )
            )
            db.commit()
        secret = secrets.link_secret(key, round_id=self.round.id, number=number)
        self.links.append(f"{self.address}#{secret}")
        self.codes.append(secrets.code(key, round_id=self.round.id, number=number))
        return self.links[-1]


def open_round(
    live: Live, form: Questionnaire = EVERYTHING, *, access: Access = Access.INVITED
) -> OpenRound:
    """A region of four units and an open round with `form`."""
    settings = live.app.extensions["settings"]
    with live.session() as db:
        region = makers.unit(db, "R", name="Regionen")
        care = makers.unit(db, "N", region, name="Närhälsan")
        units = [
            region,
            care,
            makers.unit(db, "N1", care, name="Vårdcentralen Norr"),
            makers.unit(db, "N2", care, name="Vårdcentralen Söder"),
        ]
        survey = Survey(
            author_id=makers.analyst(db).id,
            title="Klimat",
            questionnaire=questionnaire.dump(form).decode(),
        )
        db.add(survey)
        db.flush()
        today = date(2026, 10, 23)
        round_ = Round(
            survey_id=survey.id,
            author_id=survey.author_id,
            title="Hösten",
            sender="Koncernkontoret",
            state=RoundState.OPEN,
            access=access,
            questionnaire=survey.questionnaire,
            closes_at=now() + timedelta(days=7),
            keep_list_until=today + timedelta(days=90),
            keep_rows_until=today + timedelta(days=720),
        )
        db.add(round_)
        db.flush()
        sealing.prepare(db, round_=round_, settings=settings)
        db.commit()
        exchange.announce(round_, settings)
    opened = OpenRound(live, round_, units)
    opened.invite()
    return opened
