"""The trustees' pages with a server behind them that keeps what it is sent, for browser tests."""

import hashlib
import io
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric import ec
from flask import Blueprint, Response, jsonify, render_template_string, request, send_file

from dialog.core.ballots import batch, peeling, recovery, sealing, trial
from dialog.core.ballots.encoding import decode, encode
from dialog.surveys.trustees.page_content import KeyPage, OpeningPage
from tests.browser.conftest import Live

ROUND = UUID("6f1c1b1e-5d0a-4a6e-9a43-0000000000a7")
LENGTH = 300  # bytes of a plaintext
TITLE = "Samtalsklimatet hösten 2026"
PAGE = """{% extends "web/base.html" %}
{% block title %}{{ heading }}{% endblock %}
{% block page_class %}page-narrow{% endblock %}
{% block head %}<link rel="stylesheet" href="{{ static_url('trustee.css') }}">{% endblock %}
{% block content %}<h1>{{ heading }}</h1>{% include template %}{% endblock %}"""


@dataclass
class TrusteeServer:
    """One round with two trustees, of whom the outermost (layer 2) is the one who looks."""

    live: Live
    layer: int = 2
    is_deputy: bool = False
    registered: bytes = b""
    own_tested: bool = False
    deputy_tested: bool = False
    tests: dict[str, str] = field(default_factory=dict)
    batch: bytes = b""
    handed_in: list[tuple[bytes, str]] = field(default_factory=list)
    failures: int = 0  # so many of the next uploads are refused by a broken server
    count: int | None = None  # of ballots, when it is to be another than the batch's

    @property
    def key_address(self) -> str:
        return f"{self.live.base}/nyckel/{ROUND}"

    @property
    def opening_address(self) -> str:
        return f"{self.live.base}/oppning/{ROUND}"

    def start(self) -> "TrusteeServer":
        bp = Blueprint("trustee_pages", __name__)
        address, opening = f"/nyckel/{ROUND}", f"/oppning/{ROUND}"
        bp.add_url_rule(address, view_func=self.key_page)
        bp.add_url_rule(f"{address}/registrera", view_func=self.register, methods=["POST"])
        bp.add_url_rule(f"{address}/prov", view_func=self.make_test, methods=["POST"])
        bp.add_url_rule(f"{address}/prov/<test>", view_func=self.check_test, methods=["POST"])
        bp.add_url_rule(f"{address}/prov/svar", view_func=self.check_any, methods=["POST"])
        bp.add_url_rule(opening, view_func=self.opening_page)
        bp.add_url_rule(f"{opening}/batch", view_func=self.fetch)
        bp.add_url_rule(f"{opening}/batch", view_func=self.take, methods=["POST"])
        self.live.app.register_blueprint(bp)
        # Protection reads the form, and so refuses a large body before the view can allow it.
        self.live.app.extensions["csrf"].exempt(f"{__name__}.take")
        return self

    def key_page(self) -> str:
        page = KeyPage(
            round_id=ROUND,
            round_title=TITLE,
            layer=self.layer,
            places=2,
            registered=encode(self.registered),
            check_code=recovery.check_code(self.registered) if self.registered else "",
            is_deputy=self.is_deputy,
            deputy="Berit Ahl",
            own_tested=self.own_tested,
            deputy_tested=self.deputy_tested,
            is_approved=False,
        )
        return render_template_string(
            PAGE, page=page, heading="Din nyckel", template="surveys/trustees/key.html"
        )

    def register(self) -> Response:
        point = decode(request.get_json()["public"])
        sealing.public_key(point)
        self.registered, self.own_tested, self.deputy_tested = point, False, False
        return Response("{}", status=201, mimetype="application/json")

    def make_test(self) -> Response:
        sealed, answer = trial.make(self.registered, round_id=ROUND, layer=self.layer)
        name = uuid4().hex
        self.tests[name] = answer
        return jsonify(test=name, sealed=encode(sealed))

    def check_test(self, test: str) -> Response:
        if self.tests.pop(test, None) != request.get_json()["answer"]:
            answer = jsonify(error="Kopian öppnade inte provsvaret.")
            answer.status_code = 422
            return answer
        if self.is_deputy:
            self.deputy_tested = True
        else:
            self.own_tested = True
        return jsonify({})

    def check_any(self) -> Response:
        given = request.get_json()["answer"]
        found = (test for test, answer in self.tests.items() if answer == given)
        return self.check_test(next(found, ""))

    def opening_page(self) -> str:
        came = batch.read(self.batch)
        page = OpeningPage(
            round_id=ROUND,
            round_title=TITLE,
            layer=self.layer,
            places=2,
            public=encode(self.registered),
            check_code=recovery.check_code(self.registered),
            ballots=came.ballots if self.count is None else self.count,
            length=came.length,
            next_holder="Carl Ek",
        )
        return render_template_string(
            PAGE, page=page, heading="Öppna svaren", template="surveys/trustees/opening.html"
        )

    def fetch(self) -> Response:
        return send_file(io.BytesIO(self.batch), mimetype="application/octet-stream")

    def take(self) -> tuple[str, int]:
        request.max_content_length = 1 << 30
        self.live.app.extensions["csrf"].protect()
        data = request.get_data()
        if self.failures:
            self.failures -= 1
            return "<h1>Bad gateway</h1>", 502
        self.handed_in.append((data, request.headers["X-Record"]))
        return "{}", 201


def sealed_batch(
    key: ec.EllipticCurvePrivateKey, number: int, *, length: int = LENGTH, broken: int = 0
) -> tuple[bytes, dict[bytes, int]]:
    """A batch of `number` ballots in one seal of layer 2, around what layer 1 would open; and the
    places in it by content. `broken` more do not open.
    """
    public = sealing.public_key(sealing.public_bytes(key.public_key()))
    info = sealing.info(ROUND, 2)
    size = length + 2 * sealing.OVERHEAD
    inside = [b"%06d" % i + bytes(size - 6) for i in range(number)]
    ballots = [sealing.SUITE.encrypt(content, public, info=info) for content in inside]
    ballots += [bytes([1 + i]) * (size + sealing.OVERHEAD) for i in range(broken)]
    ballots.sort(key=lambda ballot: hashlib.sha256(ballot).digest())
    first = batch.header(ROUND, ballots=len(ballots), length=len(ballots[0]), layers=3)
    return first + b"".join(ballots), {content: at for at, content in enumerate(inside)}


def peeled_by_command(data: bytes, key: ec.EllipticCurvePrivateKey) -> tuple[bytes, bytes]:
    """What the command makes of the batch, and its record."""
    came = batch.read(data)
    peeled = peeling.peel(came, key, layer=2)
    left = b"".join(peeling.parts(peeled, key))
    record = peeling.record(peeled, out_sha256=hashlib.sha256(left).hexdigest())
    return left, peeling.dump(record)
