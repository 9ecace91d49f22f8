"""Pages and buttons of a questionnaire's sections."""

from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from dialog.core.questionnaire import Section
from dialog.people.signing_in import permitted
from dialog.surveys.building import editing
from dialog.surveys.building.conditions import asked_before, offer_tests
from dialog.surveys.building.forms import SectionForm, section_data, section_from
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
from dialog.surveys.building.saving import Change
from dialog.surveys.building.steps import take_step
from dialog.web.i18n import language


@permitted("survey.edit")
def new_section(survey_id: UUID) -> ResponseReturnValue:
    return _section_page(open_survey(survey_id), SectionForm(), None)


@permitted("survey.edit")
def edit_section(survey_id: UUID, name: str) -> ResponseReturnValue:
    opened = open_survey(survey_id)
    section = part_or_404(editing.section_named, opened.questionnaire, name)
    return _section_page(opened, SectionForm(data=section_data(section)), section)


def _section_page(
    opened: Opened, form: SectionForm, existing: Section | None
) -> ResponseReturnValue:
    name = existing.name if existing else ""
    form.taken = opened.names() - {name}
    step = step_pressed()
    focus = take_step(form, step) if step else ""
    known = asked_before(opened.questionnaire, name)
    offer_tests(form, opened.questionnaire, known, language())
    saved = not step and form.validate_on_submit()
    if saved and keep(form, lambda: _save(opened, form, existing)):
        return to_outline(opened.survey.id, f"avsnitt-{form.name.data or ''}")
    return form_page("surveys/building/section.html", form, opened, existing=existing, focus=focus)


def _save(opened: Opened, form: SectionForm, existing: Section | None) -> None:
    section = section_from(form, existing)
    form.name.data = section.name
    if existing is None:
        changed = editing.add_section(opened.questionnaire, section)
    else:
        changed = editing.replace_section(opened.questionnaire, existing.name, section)
    change = Change.CHANGED if existing else Change.ADDED
    opened.save(version_of(form.version), changed, change, section.title.sv)


@permitted("survey.edit")
def move_section(survey_id: UUID, name: str) -> ResponseReturnValue:
    opened = open_survey(survey_id)
    section = part_or_404(editing.section_named, opened.questionnaire, name)
    if "to" in request.form:
        to = request.form.get("to", 0, int)
        changed = editing.move_section(opened.questionnaire, name, to=to)
    else:
        step = request.form.get("step", 0, int)
        changed = editing.shift_section(opened.questionnaire, name, step=step)
    return change_outline(opened, changed, Change.MOVED, section.title.sv, anchor=f"avsnitt-{name}")


@permitted("survey.edit")
def remove_section(survey_id: UUID, name: str) -> ResponseReturnValue:
    opened = open_survey(survey_id)
    section = part_or_404(editing.section_named, opened.questionnaire, name)
    changed = editing.remove_section(opened.questionnaire, name)
    return change_outline(opened, changed, Change.REMOVED, section.title.sv)
