"""A small questionnaire, and what the tests of its pages ask of it."""

from sqlmodel import Session, col, select

from dialog.core.questionnaire import (
    Kind,
    Option,
    Question,
    Questionnaire,
    Scale,
    Section,
    Text,
    load,
    questions,
)
from dialog.surveys.models import Survey

YES_NO = (
    Option(name="ja", text=Text(sv="Ja", en="Yes")),
    Option(name="nej", text=Text(sv="Nej", en="No")),
)


def small() -> Questionnaire:
    filters = Question(name="tyst", kind=Kind.SINGLE, text=Text(sv="Har du tigit?"), options=YES_NO)
    why = Question(name="skal", kind=Kind.LONG, text=Text(sv="Varför?"))
    return Questionnaire(
        title=Text(sv="Liten enkät"),
        sections=(
            Section(name="del_1", title=Text(sv="Första"), questions=(filters, why)),
            Section(name="del_2", title=Text(sv="Andra")),
        ),
        scales=(Scale(name="skala", title=Text(sv="Skala"), items=("tyst",), report="items"),),
    )


def now_saved(db: Session, survey: Survey) -> Questionnaire:
    text = db.exec(select(Survey.questionnaire).where(col(Survey.id) == survey.id)).one()
    db.rollback()
    return load(text)


def names(questionnaire: Questionnaire) -> list[str]:
    return [question.name for question in questions(questionnaire)]


def question_form(survey: Survey, **more: str) -> dict[str, str]:
    return {
        "version": str(survey.version),
        "kind": "single",
        "section": "del_1",
        "text_sv": "Vem är du?",
        "options-0-sv": "Chef",
        "options-1-sv": "Medarbetare",
        "do": "save",
        **more,
    }
