"""The URL map of negotiations under medbestämmandelagen."""

from flask import Blueprint

from dialog.negotiations import (
    agenda_views,
    agreement_views,
    claim_views,
    informing_views,
    matter_views,
    minutes_views,
    planner_views,
    reserving_views,
    step_views,
    views,
)

bp = Blueprint("negotiations", __name__, template_folder="templates")
_pages = ["GET", "POST"]
_post = ["POST"]

# Those of a body.
_of_body = "/facklig-samverkan/<uuid:body_id>/forhandlingar"
bp.add_url_rule(_of_body, view_func=views.matters)
bp.add_url_rule(f"{_of_body}/ny", view_func=matter_views.new_matter, methods=_pages)
bp.add_url_rule(f"{_of_body}/begar", "request_", matter_views.ask, methods=_pages)
bp.add_url_rule(f"{_of_body}/dagordning", "agenda", agenda_views.agenda, methods=_pages)
bp.add_url_rule(f"{_of_body}/planera", view_func=planner_views.plan)
bp.add_url_rule(f"{_of_body}/tider", view_func=agreement_views.times, methods=_pages)

# One matter.
_matter = "/forhandlingar/<uuid:matter_id>"
bp.add_url_rule(_matter, view_func=views.matter)
bp.add_url_rule(f"{_matter}/andra", view_func=matter_views.edit_matter, methods=_pages)
_claims = f"{_matter}/yrkanden"
bp.add_url_rule(f"{_claims}/nytt", view_func=claim_views.new_claim, methods=_pages)
_claim = f"{_claims}/<uuid:claim_id>"
bp.add_url_rule(_claim, view_func=claim_views.claim, methods=_pages)
bp.add_url_rule(f"{_claim}/<what>", "claim_act", claim_views.act, methods=_post)
_sending = f"{_matter}/utskick/<uuid:sending_id>"
bp.add_url_rule(f"{_matter}/skicka", view_func=informing_views.send, methods=_pages)
bp.add_url_rule(_sending, view_func=informing_views.sending)
bp.add_url_rule(f"{_sending}/notera", view_func=informing_views.note, methods=_post)
bp.add_url_rule(f"{_matter}/forbehall", view_func=reserving_views.reserve, methods=_pages)
bp.add_url_rule(
    "/forhandlingar/forbehall/<uuid:document_id>",
    view_func=reserving_views.acknowledge,
    methods=_pages,
)
bp.add_url_rule(f"{_matter}/protokoll", view_func=minutes_views.minutes, methods=_pages)
bp.add_url_rule(f"{_matter}/<slug>", view_func=step_views.step, methods=_pages)
