"""The URL map of commitments: what everybody can see, following by mail, and the work itself."""

from flask import Blueprint

from dialog.commitments import follow_views, public_views, step_views, views

bp = Blueprint("commitments", __name__, template_folder="templates")
bp.record_once(follow_views.use_one_click)
_pages = ["GET", "POST"]

# For everybody: what was said, and what came of it.
_public = "/ni-sa-vi-gjorde"
bp.add_url_rule(_public, view_func=public_views.public_list)
bp.add_url_rule(f"{_public}/<uuid:commitment_id>", view_func=public_views.public_commitment)

# Following by mail.
_follow = f"{_public}/folj"
bp.add_url_rule(_follow, view_func=follow_views.follow, methods=_pages)
bp.add_url_rule(f"{_follow}/skickat", view_func=follow_views.follow_sent)
bp.add_url_rule(f"{_follow}/avslutat", view_func=follow_views.left)
bp.add_url_rule(f"{_follow}/<secret>", view_func=follow_views.following_page, methods=_pages)
bp.add_url_rule(f"{_follow}/<secret>/avsluta", view_func=follow_views.leave, methods=["POST"])

# The work: a list, a new one, one as it stands, its steps.
_work = "/ataganden"
bp.add_url_rule(_work, view_func=views.commitments)
bp.add_url_rule(f"{_work}/nytt", view_func=views.new_commitment, methods=_pages)
bp.add_url_rule(f"{_work}/<uuid:commitment_id>", view_func=views.commitment)
bp.add_url_rule(f"{_work}/<uuid:commitment_id>/<slug>", view_func=step_views.step, methods=_pages)
