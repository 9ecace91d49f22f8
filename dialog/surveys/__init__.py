"""(replaced by the feature) The URL map of surveys."""

from flask import Blueprint

bp = Blueprint("surveys", __name__, template_folder="templates")
