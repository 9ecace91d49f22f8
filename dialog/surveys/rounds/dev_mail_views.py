"""Reading mail in the browser while no mail server is set: for development and the demo."""

import base64
from typing import Any

from flask import abort, render_template, request

from dialog.people.signing_in import permit
from dialog.settings import Settings
from dialog.storage.mail_folder import open_mail, page_of_mail
from dialog.surveys.rounds.page import settings


def dev_mail() -> Any:
    search = request.args.get("sok", "").strip()
    where, page = _readable(), request.args.get("sida", 1, int)
    found = page_of_mail(where.mail, search=search, page=page, private=where.demo)
    return render_template("surveys/rounds/dev_mail.html", found=found, search=search)


def dev_letter(name: str) -> Any:
    where = _readable()
    letter = open_mail(where.mail, name=name, private=where.demo) or abort(404)
    image = base64.b64encode(letter.image).decode() if letter.image else ""
    return render_template("surveys/rounds/dev_letter.html", letter=letter, image=image)


def _readable() -> Settings:
    found = settings()
    if found.smtp_url:
        abort(404)  # mail has left the house; nobody reads it here
    permit("mail.read", found)
    return found


# Which action a view needs, for the test that walks all addresses as every role.
dev_mail.action = dev_letter.action = "mail.read"  # type: ignore[attr-defined]
