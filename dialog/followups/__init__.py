"""The URL map of what is asked after meetings: plans, and what was answered."""

from flask import Blueprint

from dialog.followups import plan_views, step_views, views
from dialog.results.reading import template_words

bp = Blueprint("followups", __name__, template_folder="templates")
bp.context_processor(template_words.words)
_pages = ["GET", "POST"]

# Plans that are approved once for many meetings.
_plan = "/uppfoljning/<uuid:plan_id>"
bp.add_url_rule("/uppfoljning", view_func=plan_views.plans)
bp.add_url_rule("/uppfoljning/ny", view_func=plan_views.new_plan, methods=["POST"])
bp.add_url_rule(_plan, view_func=plan_views.plan)
bp.add_url_rule(f"{_plan}/andra", view_func=plan_views.edit_plan, methods=_pages)
bp.add_url_rule(f"{_plan}/<slug>", view_func=step_views.step, methods=_pages)

# What was answered after a meeting, over a series, and over a form.
for _what, _key, _view, _chart in (
    ("moten", "meeting_id", views.meeting, views.meeting_chart),
    ("serier", "series_id", views.series, views.series_chart),
    ("former", "format_id", views.form, views.form_chart),
):
    bp.add_url_rule(f"/uppfoljning/{_what}/<uuid:{_key}>", view_func=_view)
    bp.add_url_rule(f"/uppfoljning/{_what}/<uuid:{_key}>/diagram.svg", view_func=_chart)
