"""Pages and buttons of a questionnaire's questions."""

from uuid import UUID

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from dialog.core.questionnaire import LONG_LENGTH, SHORT_LENGTH, Kind, Question
from dialog.people.signing_in import permitted
from dialog.surveys.building import editing
from dialog.surveys.building.page import (
    Opened,
    change_outline,
    form_page,
    keep,
    open_survey,
    part_or_404,
    step_pressed,
    to_outline,
    version_of,
)
from dialog.surveys.building.question_forms import QuestionForm, blank_data, offer
from dialog.surveys.building.reading import put_question, question_data
from dialog.surveys.building.saving import Change
from dialog.surveys.building.steps import begin_lists, take_step
from dialog.surveys.building.words import KINDS
from dialog.web.i18n import language


@permitted("survey.edit")
def new_question(survey_id: UUID) -> ResponseReturnValue:
    """A question of the kind `typ`, in the section `avsnitt`, after the question `efter`."""
    opened = open_survey(survey_id)
    form = QuestionForm(data=blank_data(opened.questionnaire, request.args))
    return _question_page(opened, form, None)


@permitted("survey.edit")
def edit_question(survey_id: UUID, name: str) -> ResponseReturnValue:
    opened = open_survey(survey_id)
    if request.method == "POST" and name not in opened.names():
        # Somebody has removed it meanwhile: what was typed is kept, and can be saved as new.
        return _question_page(opened, QuestionForm(), None)
    section, place = part_or_404(editing.place_of, opened.questionnaire, name)
    question = section.questions[place]
    form = QuestionForm(data={**question_data(question), "section": section.name})
    return _question_page(opened, form, question)


def _question_page(
    opened: Opened, form: QuestionForm, existing: Question | None
) -> ResponseReturnValue:
    if form.kind.data not in set(Kind):
        abort(400)
    step = step_pressed()
    focus = take_step(form, step) if step else ""
    offer(form, opened.questionnaire, existing, language())
    saved = not step and form.validate_on_submit()
    if saved and keep(form, lambda: _save(opened, form, existing)):
        return _onwards(opened, form)
    begin_lists(form)
    kind = Kind(form.kind.data or "")
    return form_page(
        "surveys/building/question.html",
        form,
        opened,
        existing=existing,
        focus=focus,
        kind=kind,
        words=KINDS[kind],
        longest=SHORT_LENGTH if kind is Kind.SHORT else LONG_LENGTH,
    )


def _save(opened: Opened, form: QuestionForm, existing: Question | None) -> None:
    after = request.args.get("efter", "")
    changed, question = put_question(opened.questionnaire, form, existing=existing, after=after)
    form.name.data = question.name
    change = Change.CHANGED if existing else Change.ADDED
    opened.save(version_of(form.version), changed, change, question.text.sv)


def _onwards(opened: Opened, form: QuestionForm) -> ResponseReturnValue:
    name = form.name.data
    if request.form.get("do") != "save-more":
        return to_outline(opened.survey.id, f"fraga-{name}")
    place = {"typ": form.kind.data, "avsnitt": form.section.data, "efter": name}
    return redirect(url_for("surveys.new_question", survey_id=opened.survey.id, **place), 303)


@permitted("survey.edit")
def move_question(survey_id: UUID, name: str) -> ResponseReturnValue:
    """One `step` up or down, or to the place `to` of a `section`."""
    opened = open_survey(survey_id)
    question = part_or_404(editing.question_named, opened.questionnaire, name)
    if section := request.form.get("section"):
        part_or_404(editing.section_named, opened.questionnaire, section)
        to = request.form.get("to", None, int)
        changed = editing.move_question(opened.questionnaire, name, section=section, to=to)
    else:
        step = request.form.get("step", 0, int)
        changed = editing.shift_question(opened.questionnaire, name, step=step)
    return change_outline(opened, changed, Change.MOVED, question.text.sv, anchor=f"fraga-{name}")


@permitted("survey.edit")
def copy_question(survey_id: UUID, name: str) -> ResponseReturnValue:
    opened = open_survey(survey_id)
    question = part_or_404(editing.question_named, opened.questionnaire, name)
    changed, copy = editing.copy_question(opened.questionnaire, name)
    return change_outline(
        opened, changed, Change.COPIED, question.text.sv, anchor=f"fraga-{copy.name}"
    )


@permitted("survey.edit")
def remove_question(survey_id: UUID, name: str) -> ResponseReturnValue:
    opened = open_survey(survey_id)
    question = part_or_404(editing.question_named, opened.questionnaire, name)
    changed = editing.remove_question(opened.questionnaire, name)
    return change_outline(opened, changed, Change.REMOVED, question.text.sv)
