"""The URL map of research: applications for data, packages, and what has been released."""

from flask import Blueprint

from dialog.research import data_views, part_views, prepare_views, public_views, step_views, views

bp = Blueprint("research", __name__, template_folder="templates")
_pages = ["GET", "POST"]

# Everything that was ever released: for everybody.
bp.add_url_rule("/forskning/uttag", view_func=public_views.exports)
bp.add_url_rule("/forskning/uttag/<uuid:round_id>", view_func=public_views.exports_of_round)

# A round made ready for researchers, by an analyst.
_round = "/forskning/omgang/<uuid:round_id>"
bp.add_url_rule(_round, view_func=prepare_views.prepare, methods=_pages)
bp.add_url_rule(f"{_round}/hierarkier/<name>.csv", view_func=prepare_views.hierarchy)

# Applications: the list, a new one, its parts, its data, its steps.
_application = "/forskning/<uuid:application_id>"
bp.add_url_rule("/forskning", view_func=views.applications)
bp.add_url_rule("/forskning/ny", view_func=views.new_application, methods=_pages)
bp.add_url_rule(_application, view_func=views.application)
bp.add_url_rule(f"{_application}/del/<slug>", view_func=part_views.part, methods=_pages)
bp.add_url_rule(
    f"{_application}/variabler/<uuid:round_id>", view_func=part_views.variables, methods=_pages
)
bp.add_url_rule(
    f"{_application}/syntetiskt/<uuid:round_id>", "synthetic", data_views.synthetic_package
)
bp.add_url_rule(
    f"{_application}/paket/<uuid:export_id>", "fetch", data_views.fetch, methods=["POST"]
)
bp.add_url_rule(f"{_application}/<slug>", view_func=step_views.step, methods=_pages)
