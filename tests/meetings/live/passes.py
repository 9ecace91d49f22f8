"""A pass of a meeting, got and spent as a browser does."""

import hashlib
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.serialization import load_der_public_key
from flask import Flask
from flask.testing import FlaskClient

from dialog.core.ballots import blind
from dialog.meetings.models import Meeting


@dataclass
class Pass:
    """What a browser holds; `spend` sends it as the browser does, without a cookie."""

    app: Flask
    meeting: UUID
    pass_: bytes
    signature: bytes

    def spend(self, address: str, **more: Any) -> Any:
        body = {
            "pass": b64encode(self.pass_).decode(),
            "signature": b64encode(self.signature).decode(),
            **more,
        }
        return self.app.test_client().post(f"/moten/{self.meeting}/{address}", json=body)


def pass_of(app: Flask, client: FlaskClient, meeting: Meeting, slip: str = "") -> Pass:
    address = f"/moten/{meeting.id}/pass"
    key: Any = load_der_public_key(b64decode(client.post(address, json={}).get_json()["key"]))
    prepared = blind.prepare(hashlib.sha256(str(id(client)).encode()).digest())
    blinded, inverse = blind.blind(key, prepared)
    asked = {"blinded": b64encode(blinded).decode(), "slip": slip}
    answer = client.post(address, json=asked).get_json()
    signature = blind.finalize(key, prepared, b64decode(answer["signature"]), inverse)
    again = client.post(address, json=asked).get_json()
    assert again == answer  # a lost answer can be asked for again
    return Pass(app, meeting.id, prepared, signature)
