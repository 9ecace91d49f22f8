"""Receipts: a number and a code by which somebody who may be unknown follows what they sent."""

from flask import Blueprint

from dialog.receipts import views

bp = Blueprint("receipts", __name__, template_folder="templates")

bp.add_url_rule("/kvittens", "open", views.open_, methods=["GET", "POST"])
