"""The URL map of surveys."""

from flask import Blueprint

from dialog.surveys import answering_views as answering
from dialog.surveys import code_entry, page

bp = Blueprint("surveys", __name__, template_folder="templates")

# Answering: the page is the same for everybody, what it needs comes by these.
bp.add_url_rule("/enkat/<uuid:round_id>", "answer", page.answer_page)
bp.add_url_rule("/enkat/skript/<digest>.js", "answer_script", page.script)
bp.add_url_rule("/kod", "enter_code", code_entry.enter_code, methods=["GET", "POST"])
bp.add_url_rule("/enkat/<uuid:round_id>/manifest.json", view_func=answering.manifest)
bp.add_url_rule("/enkat/<uuid:round_id>/form.json", view_func=answering.form)
bp.add_url_rule("/enkat/<uuid:round_id>/units.json", view_func=answering.units)
bp.add_url_rule("/enkat/<uuid:round_id>/place", view_func=answering.place, methods=["POST"])
bp.add_url_rule("/enkat/<uuid:round_id>/issue", view_func=answering.issue, methods=["POST"])
bp.record_once(answering.use_answering)
bp.record_once(page.use_pages)
