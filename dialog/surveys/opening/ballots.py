"""Reading sealed ballots: each is unsealed, checked against the form, and kept small in memory."""

import json
import zlib
from collections import Counter
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from dialog.core.answers import WrongAnswerError, check
from dialog.core.ballots.batch import Batch
from dialog.core.ballots.sealing import SealError, unseal
from dialog.core.levels import Level
from dialog.core.questionnaire import DECLINED, UNKNOWN, Kind, Questionnaire, items, load
from dialog.surveys import result_tables
from dialog.surveys.models import Round

Place = tuple[str, str]  # unit code, level
SMALL = 200  # bytes below which packing saves nothing
_LEVELS = {"", *Level}
_VERSION = 1


class InvalidBallotError(ValueError):
    """A ballot that counts for nothing; `reason` is one of a few words and holds nothing of it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Ballots:
    """The readable ballots of a round, and the others counted by reason. Free texts stand apart
    from the closed answers that they came with. Only memory ever holds them.
    """

    def __init__(self) -> None:
        self.places: Counter[Place] = Counter()
        self.invalid: Counter[str] = Counter()
        self.texts: list[tuple[Place, str, bytes]] = []
        self._closed: list[tuple[Place, bytes]] = []
        self._known: dict[Place, Place] = {}

    def __len__(self) -> int:
        return len(self._closed)

    def add(self, place: Place, answers: Mapping[str, Any], texts: Mapping[str, str]) -> None:
        closed = json.dumps(answers, separators=(",", ":"), ensure_ascii=False)
        place = self._known.setdefault(place, place)  # one object for equal places
        self.places[place] += 1
        self._closed.append((place, _packed(closed)))
        self.texts += [(place, item, _packed(text)) for item, text in texts.items()]

    def closed(self, index: int) -> tuple[Place, str]:
        """Place and closed answers (JSON) of one ballot."""
        place, packed = self._closed[index]
        return place, _unpacked(packed)

    def text(self, index: int) -> tuple[Place, str, str]:
        """Place, item and words of one free text."""
        place, item, packed = self.texts[index]
        return place, item, _unpacked(packed)


def read_ballots(
    batch: Batch,
    *,
    key: ec.EllipticCurvePrivateKey,
    round_: Round,
    units: Mapping[str, Any],
) -> Ballots:
    """Unseal and check every ballot of `batch`; `units` are the codes that may be answered for."""
    form = load(round_.questionnaire)
    whole = result_tables.is_whole(round_.tables)
    free = {item.name for item in items(form) if item.kind in {Kind.SHORT, Kind.LONG}}
    found = Ballots()
    for sealed in batch:
        try:
            plain = unseal(sealed, key, round_id=round_.id)
            place, answers = _read(plain, form, units)
        except SealError:
            found.invalid["seal"] += 1
        except InvalidBallotError as invalid:
            found.invalid[invalid.reason] += 1
        except WrongAnswerError as wrong:
            found.invalid[wrong.reason] += 1
        else:
            texts = {
                name: value
                for name, value in answers.items()
                if name in free and value not in (UNKNOWN, DECLINED)
            }
            closed = {name: value for name, value in answers.items() if name not in texts}
            # Where no place is asked for, nobody's own script can give one either.
            found.add((place[0], "") if whole else place, closed, texts)
    return found


def _read(
    plain: bytes, form: Questionnaire, units: Mapping[str, Any]
) -> tuple[Place, Mapping[str, Any]]:
    try:
        content = json.loads(plain)
    except (ValueError, RecursionError):
        raise InvalidBallotError("format") from None
    if not isinstance(content, dict) or content.get("v") != _VERSION:
        raise InvalidBallotError("format")
    unit, level, answers = content.get("unit"), content.get("level"), content.get("answers")
    if not isinstance(unit, str) or unit not in units:
        raise InvalidBallotError("unit")
    if not isinstance(level, str) or level not in _LEVELS:
        raise InvalidBallotError("level")
    if not isinstance(answers, dict):
        raise InvalidBallotError("format")
    return (unit, level), check(form, answers, level)


def _packed(text: str) -> bytes:
    data = text.encode()
    return b"z" + zlib.compress(data, 1) if len(data) > SMALL else b"-" + data


def _unpacked(data: bytes) -> str:
    return (zlib.decompress(data[1:]) if data[:1] == b"z" else data[1:]).decode()
