"""Retention: by which decision what stands in the diary is disposed of, and how that is done."""

from flask import Blueprint

from dialog.retention import run_views, views

bp = Blueprint("retention", __name__, template_folder="templates")
_pages = ["GET", "POST"]

_all = "/gallring"
bp.add_url_rule(_all, view_func=views.decisions)
bp.add_url_rule(f"{_all}/nytt", view_func=views.new_decision, methods=_pages)
_one = f"{_all}/<uuid:decision_id>"
bp.add_url_rule(_one, view_func=views.decision)
bp.add_url_rule(f"{_one}/arenden", view_func=views.put_under, methods=_pages)
bp.add_url_rule(f"{_one}/avsluta", view_func=views.end, methods=_pages)
bp.add_url_rule(f"{_one}/lista", view_func=run_views.begin, methods=["POST"])
_run = f"{_all}/lista/<uuid:run_id>"
bp.add_url_rule(_run, view_func=run_views.run)
bp.add_url_rule(f"{_run}/godkann", view_func=run_views.confirm, methods=["POST"])
bp.add_url_rule(f"{_run}/dra-tillbaka", view_func=run_views.withdraw, methods=_pages)
