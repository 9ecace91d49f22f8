from html.parser import HTMLParser

from flask import Flask, render_template_string
from flask_wtf import FlaskForm
from sqlmodel import Session
from werkzeug.datastructures import MultiDict

from dialog.core.levels import Level
from dialog.organisation import queries
from dialog.organisation.audiences import Audience
from dialog.organisation.forms import AudienceField
from tests import makers

TEMPLATE = (
    '{% from "organisation/audience.html" import audience_field with context %}'
    "{{ audience_field(form.audience) }}"
)


class Form(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    audience = AudienceField()


class Outline(HTMLParser):
    """How deep each box lies, and whether every list and item is closed in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.boxes: dict[str, int] = {}
        self.checked: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"ul", "li", "details"}:
            self.open.append(tag)
        given = dict(attrs)
        if tag == "input" and given.get("type") == "checkbox":
            self.boxes[str(given["value"])] = self.open.count("ul")
            if "checked" in given:
                self.checked.add(str(given["value"]))

    def handle_endtag(self, tag: str) -> None:
        if tag in {"ul", "li", "details"}:
            assert self.open.pop() == tag


def made(app: Flask, db: Session, *, sent: list[str] | None = None) -> Form:
    form = Form(formdata=MultiDict([("audience", value) for value in sent or []]))
    form.audience.offer(queries.nodes(db))
    return form


def test_every_unit_is_a_box_as_deep_as_it_lies(app: Flask, db: Session) -> None:
    root = makers.unit(db, "R")
    first = makers.unit(db, "F1", root)
    makers.unit(db, "V1", makers.unit(db, "U1", first))
    makers.unit(db, "F2", root)
    with app.test_request_context():
        form = made(app, db)
        form.audience.data = Audience(("F2",), (Level.STAFF,))
        outline = Outline()
        outline.feed(render_template_string(TEMPLATE, form=form))
    assert outline.open == []
    assert {key: deep for key, deep in outline.boxes.items() if key.startswith("unit:")} == {
        "unit:R": 1,
        "unit:F1": 2,
        "unit:U1": 3,
        "unit:V1": 4,
        "unit:F2": 2,
    }  # fmt: skip - a tree is short
    assert outline.checked == {"unit:F2", "level:staff"}


def test_ticked_boxes_become_an_audience(app: Flask, db: Session) -> None:
    makers.unit(db, "A:1", makers.unit(db, "R"))
    with app.test_request_context(method="POST"):
        form = made(app, db, sent=["unit:A:1", "level:staff", "level:director"])
        assert form.validate()
        assert form.audience.data == Audience(("A:1",), (Level.DIRECTOR, Level.STAFF))


def test_no_box_is_everybody(app: Flask, db: Session) -> None:
    with app.test_request_context(method="POST"):
        assert made(app, db, sent=[]).audience.data == Audience()


def test_a_unit_that_is_gone_is_pointed_out(app: Flask, db: Session) -> None:
    makers.unit(db, "R")
    with app.test_request_context(method="POST"):
        form = made(app, db, sent=["unit:F9"])
        assert not form.validate()
        assert "finns inte längre" in str(form.audience.errors)


def test_a_level_that_is_not_one_is_pointed_out(app: Flask, db: Session) -> None:
    with app.test_request_context(method="POST"):
        assert not made(app, db, sent=["level:boss"]).validate()
