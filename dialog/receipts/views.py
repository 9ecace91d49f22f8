"""The page where a number and a code open what was sent."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from flask import abort, render_template
from flask_babel import gettext as _

from dialog.receipts import opening
from dialog.receipts.forms import OpenForm
from dialog.receipts.models import Receipt
from dialog.receipts.places import Key, page_of
from dialog.receipts.untraced import untraced
from dialog.web.forms import refuse, status


@untraced("receipt.open")
def open_() -> Any:
    """The answer to the form is what was sent, and no address leads there without the code."""
    form = OpenForm()
    if form.validate_on_submit() and (receipt := receipt_of(form)):
        return (page_of(receipt.letter) or abort(404))(receipt.id, form.key)
    return render_template("receipts/open.html", form=form), status(form)


def with_key(action: str, letter: str) -> Callable[[Callable[[UUID, Key], Any]], Callable[[], Any]]:
    """A view of a further step with something of this letter, which needs `action`: it gets the
    thing's id, and the key to send along. Without the right number and code the form for these is
    the answer.
    """

    def decorate(view: Callable[[UUID, Key], Any]) -> Callable[[], Any]:
        @untraced(action)
        @wraps(view)
        def keyed() -> Any:
            form = OpenForm()
            receipt = receipt_of(form) if form.validate_on_submit() else None
            if receipt is None or receipt.letter != letter:
                return render_template("receipts/open.html", form=form), 422
            return view(receipt.id, form.key)

        return keyed

    return decorate


def receipt_of(form: OpenForm) -> Receipt | None:
    """What a validated form opens; None if nothing, and the form says so."""
    number, code = form.given()
    receipt = opening.opened(number=number, code=code)
    if receipt is None:
        refuse(form.code, _("Numret och koden hör inte ihop. Se efter vad du har skrivit upp."))
    return receipt
