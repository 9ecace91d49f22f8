"""The URL map of requests to read documents: asking, reading the answer, handling."""

from flask import Blueprint

from dialog.requests import ask_views, copy_views, read_views, step_views, work_views

bp = Blueprint("requests", __name__, template_folder="templates")
_pages, _post = ["GET", "POST"], ["POST"]

# For everybody: asking, and how long it takes.
_public = "/begar-ut"
bp.add_url_rule(_public, view_func=ask_views.ask, methods=_pages)
bp.add_url_rule(f"{_public}/tider", view_func=ask_views.times)

# With the number and the code, which are sent along each time. Reading begins at /kvittens.
bp.add_url_rule(f"{_public}/svara", view_func=read_views.explain, methods=_post)
bp.add_url_rule(f"{_public}/beslut", view_func=read_views.contest, methods=_post)
bp.add_url_rule(f"{_public}/handling", "file", read_views.file_, methods=_post)

# The work: those that wait, one, its documents, its steps.
_work = "/begaran"
bp.add_url_rule(_work, view_func=work_views.requests)
_request = f"{_work}/<uuid:request_id>"
bp.add_url_rule(_request, view_func=work_views.request_)
bp.add_url_rule(f"{_request}/handlingar", view_func=work_views.locate, methods=_pages)
_part = f"{_request}/handlingar/<uuid:part_id>"
bp.add_url_rule(_part, view_func=work_views.assess, methods=_pages)
_copy = f"{_part}/kopia"
bp.add_url_rule(_copy, view_func=copy_views.hand_in, methods=_pages)
bp.add_url_rule(f"{_copy}/<uuid:copy_id>", view_func=copy_views.copy)
bp.add_url_rule(f"{_part}/ta-bort", view_func=work_views.drop, methods=_post)
bp.add_url_rule(f"{_request}/<slug>", view_func=step_views.step, methods=_pages)
