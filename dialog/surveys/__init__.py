"""The URL map of surveys."""

from flask import Blueprint

from dialog.surveys.answering import check_page, code_entry, page
from dialog.surveys.answering import views as answering_views
from dialog.surveys.building import file_views as files
from dialog.surveys.building import list_views
from dialog.surveys.building import new_views as beginning
from dialog.surveys.building import question_views as questions
from dialog.surveys.building import scale_views as scales
from dialog.surveys.building import section_views as sections
from dialog.surveys.building import views as builder
from dialog.surveys.building.translation_views import translation
from dialog.surveys.rounds import dev_mail_views, group_views, plan_views, stack_views, step_views
from dialog.surveys.rounds import views as round_views
from dialog.surveys.trustees import guide, key_views, opening_views

bp = Blueprint("surveys", __name__, template_folder="templates")

# Answering: the page is the same for everybody, what it needs comes by these.
bp.add_url_rule("/enkat/<uuid:round_id>", "answer", page.answer_page)
bp.add_url_rule("/enkat/skript/<digest>.js", "answer_script", page.script)
bp.add_url_rule("/kod", "enter_code", code_entry.enter_code, methods=["GET", "POST"])
bp.add_url_rule("/enkat/<uuid:round_id>/manifest.json", view_func=answering_views.manifest)
bp.add_url_rule("/enkat/<uuid:round_id>/form.json", view_func=answering_views.form)
bp.add_url_rule("/enkat/<uuid:round_id>/units.json", view_func=answering_views.units)
bp.add_url_rule("/enkat/<uuid:round_id>/place", view_func=answering_views.place, methods=["POST"])
bp.add_url_rule("/enkat/<uuid:round_id>/issue", view_func=answering_views.issue, methods=["POST"])
bp.record_once(answering_views.use_answering)
bp.record_once(page.use_pages)

# Checking a round: anybody may, and needs no account.
bp.add_url_rule("/kontroll/<uuid:round_id>", "check_round", check_page.check)
bp.add_url_rule("/kontroll/<uuid:round_id>/kvitton.txt", "receipts", check_page.receipt_list)
bp.add_url_rule("/kontroll/<uuid:round_id>/anslag", "check_notice", check_page.notice)

# Questionnaires: the list, the ways to begin, the builder.
_pages = ["GET", "POST"]
_survey = "/enkater/<uuid:survey_id>"
bp.add_url_rule("/enkater", view_func=list_views.surveys)
bp.add_url_rule("/enkater/ny", view_func=list_views.new_survey)
bp.add_url_rule("/enkater/ny/tom", view_func=list_views.create_empty, methods=["POST"])
bp.add_url_rule("/enkater/ny/kopia", view_func=beginning.create_copy, methods=["POST"])
bp.add_url_rule(
    "/enkater/ny/instrument", view_func=beginning.create_from_instrument, methods=["POST"]
)
bp.add_url_rule("/enkater/ny/fil", view_func=beginning.read_file, methods=["POST"])
bp.add_url_rule("/enkater/ny/fran-fil", view_func=beginning.create_from_file, methods=["POST"])
bp.add_url_rule(_survey, view_func=builder.survey)
bp.add_url_rule(f"{_survey}/uppgifter", view_func=builder.survey_details, methods=_pages)
bp.add_url_rule(f"{_survey}/angra", view_func=builder.undo, methods=["POST"])
bp.add_url_rule(f"{_survey}/arkivera", view_func=builder.archive, methods=["POST"])
bp.add_url_rule(f"{_survey}/oversattning", view_func=translation, methods=_pages)
bp.add_url_rule(f"{_survey}/forhandsgranska", view_func=files.preview)
bp.add_url_rule(f"{_survey}/forhandsgranska/sida", view_func=files.preview_page)
bp.add_url_rule(f"{_survey}/enkat.json", view_func=files.export_json)
bp.add_url_rule(f"{_survey}/enkat.xlsx", view_func=files.export_xlsform)
bp.add_url_rule(f"{_survey}/nytt-avsnitt", view_func=sections.new_section, methods=_pages)
bp.add_url_rule(f"{_survey}/avsnitt/<name>", view_func=sections.edit_section, methods=_pages)
bp.add_url_rule(
    f"{_survey}/avsnitt/<name>/flytta", view_func=sections.move_section, methods=["POST"]
)
bp.add_url_rule(
    f"{_survey}/avsnitt/<name>/ta-bort", view_func=sections.remove_section, methods=["POST"]
)
bp.add_url_rule(f"{_survey}/ny-fraga", view_func=questions.new_question, methods=_pages)
bp.add_url_rule(f"{_survey}/fragor/<name>", view_func=questions.edit_question, methods=_pages)
bp.add_url_rule(
    f"{_survey}/fragor/<name>/flytta", view_func=questions.move_question, methods=["POST"]
)
bp.add_url_rule(
    f"{_survey}/fragor/<name>/kopiera", view_func=questions.copy_question, methods=["POST"]
)
bp.add_url_rule(
    f"{_survey}/fragor/<name>/ta-bort", view_func=questions.remove_question, methods=["POST"]
)
bp.add_url_rule(f"{_survey}/ny-skala", view_func=scales.new_scale, methods=_pages)
bp.add_url_rule(f"{_survey}/skalor/<name>", view_func=scales.edit_scale, methods=_pages)
bp.add_url_rule(f"{_survey}/skalor/<name>/flytta", view_func=scales.move_scale, methods=["POST"])
bp.add_url_rule(f"{_survey}/skalor/<name>/ta-bort", view_func=scales.remove_scale, methods=["POST"])

# Rounds: planned part by part, approved, run; see rounds/step_views for the steps.
_round = "/omgangar/<uuid:round_id>"
bp.add_url_rule(f"{_survey}/ny-omgang", view_func=round_views.new_round, methods=_pages)
bp.add_url_rule("/omgangar", view_func=round_views.rounds)
bp.add_url_rule(_round, "round", round_views.round_)
_groups = f"{_round}/plan/grupper"
bp.add_url_rule(_groups, view_func=group_views.round_groups)
bp.add_url_rule(f"{_groups}/forslag", view_func=group_views.accept_groups, methods=["POST"])
bp.add_url_rule(f"{_groups}/ta-bort", view_func=group_views.drop_groups, methods=["POST"])
bp.add_url_rule(f"{_groups}/ny", view_func=group_views.new_group, methods=_pages)
bp.add_url_rule(f"{_groups}/andra/<code>", view_func=group_views.edit_group, methods=_pages)
bp.add_url_rule(f"{_round}/plan/<slug>", view_func=plan_views.round_part, methods=_pages)
bp.add_url_rule(f"{_round}/mejl", view_func=round_views.round_mail)
bp.add_url_rule(f"{_round}/fragor", view_func=round_views.round_form)
bp.add_url_rule(f"{_round}/fragor/sida", view_func=round_views.round_form_page)
bp.add_url_rule(f"{_round}/affisch", view_func=round_views.round_poster)
bp.add_url_rule(f"{_round}/koder", view_func=stack_views.round_codes, methods=_pages)
bp.add_url_rule(f"{_round}/koder/<uuid:stack_id>/lappar.pdf", view_func=stack_views.code_sheets)
bp.add_url_rule(
    f"{_round}/koder/<uuid:stack_id>/dra-tillbaka",
    view_func=stack_views.withdraw_codes,
    methods=_pages,
)
bp.add_url_rule(f"{_round}/pappersformular", view_func=stack_views.paper_form)
bp.add_url_rule(
    f"{_round}/bekrafta-fragorna", view_func=step_views.confirm_questions, methods=["POST"]
)
bp.add_url_rule(f"{_round}/granska", view_func=step_views.round_review)
bp.add_url_rule(f"{_round}/<slug>", view_func=step_views.round_step, methods=_pages)
# Trustees: the guide, each one's key, and the opening.
bp.add_url_rule("/nyckelhallare", view_func=guide.key_guide)
_key, _opening = "/nyckel/<uuid:round_id>", "/oppning/<uuid:round_id>"
bp.url_value_preprocessor(opening_views.allow_a_batch)
bp.add_url_rule(_key, view_func=key_views.key)
bp.add_url_rule(f"{_key}/registrera", "register_key", key_views.register, methods=["POST"])
bp.add_url_rule(f"{_key}/prov", "give_key_test", key_views.give_test, methods=["POST"])
bp.add_url_rule(
    f"{_key}/prov/<uuid:test_id>", "answer_key_test", key_views.answer_test, methods=["POST"]
)
bp.add_url_rule(
    f"{_key}/prov/svar", "answer_some_key_test", key_views.answer_test, methods=["POST"]
)
bp.add_url_rule(f"{_key}/forlorad", "key_lost", key_views.lost, methods=["POST"])
bp.add_url_rule(_opening, view_func=opening_views.opening)
bp.add_url_rule(f"{_opening}/batch", "batch", opening_views.batch)
bp.add_url_rule(f"{_opening}/batch", "hand_in", opening_views.hand_in, methods=["POST"])
bp.add_url_rule(f"{_opening}/klart", "key_destroyed", key_views.destroyed, methods=["POST"])
bp.add_url_rule("/mejl-som-inte-kom-fram", view_func=round_views.bounces)
bp.add_url_rule("/utvecklingspost", view_func=dev_mail_views.dev_mail)
bp.add_url_rule("/utvecklingspost/<name>", view_func=dev_mail_views.dev_letter)
