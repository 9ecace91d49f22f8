"""Rounds whose keys trustees hold: closed, and opened."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlmodel import Session

from dialog.ballotbox.handing_over import hand_over_due
from dialog.ballotbox.models import SealedBallot
from dialog.core.ballots import manifest
from dialog.core.ballots.sealing import pad, seal
from dialog.people.models import Person
from dialog.results.models import Release
from dialog.results.publishing import releases
from dialog.settings import Settings
from dialog.storage.clock import now, today
from dialog.surveys.models import Round
from dialog.surveys.opening import exchange
from dialog.surveys.rounds import inviting, opening_duties, steps
from tests.browser.conftest import Live
from tests.surveys.rounds.cast import Cast, desk_of
from tests.trustees import Held, appoint, take_turn

ANSWERS: Final = 12


@dataclass(frozen=True)
class Guarding:
    """Makes rounds that three trustees hold the keys of, in both applications."""

    live: Live
    db: Session
    cast: Cast
    pairs: Sequence[tuple[Person, Person]]

    @property
    def settings(self) -> Settings:
        found: Settings = self.live.app.extensions["settings"]
        return found

    def closed(self) -> tuple[Round, list[Held]]:
        """A closed round that the trustees are to open."""
        round_ = self.cast.plan(keep_unit_until=today() + timedelta(days=150))
        held = appoint(self.db, round_, number=3, people=self.pairs)
        self.cast.approve(round_)
        inviting.start(self.db, round_=round_, by=self.cast.analyst.id, settings=self.settings)
        self.db.commit()
        exchange.announce(round_, self.settings)
        self._post(manifest.load(round_.manifest), round_.id)
        steps.close(self.db, round_=round_, by=self.cast.analyst.id)
        exchange.announce(round_, replace(self.settings, posting_grace=0))
        self.db.commit()
        box = self.live.box_app.extensions
        known = box["announcements"]
        hand_over_due(box["engine"], side=known.side, announcements=known, now=now())
        opening_duties.open_due(desk_of(self.live.app))
        self.db.refresh(round_)
        self.db.commit()
        return round_, held

    def _post(self, told: manifest.Manifest, round_id: UUID) -> None:
        """Ballots, put straight into the ballot box."""
        plain = pad(b'{"v":1,"unit":"E111","level":"staff","answers":{"calm":"1"}}', told.length)
        with Session(self.live.box_app.extensions["engine"]) as box:
            for index in range(ANSWERS):
                ballot = seal(plain, told.holders, round_id=round_id)
                box.add(
                    SealedBallot(
                        round_id=round_id,
                        token_hash=hashlib.sha256(round_id.bytes + bytes([index])).digest(),
                        digest=hashlib.sha256(ballot).digest(),
                        ballot=ballot,
                    )
                )
            box.commit()

    def open(self, round_: Round, held: list[Held]) -> Release:
        """Each in turn, and what came of it published."""
        for each in reversed(held):
            take_turn(self.db, self.settings, round_, each)
        opening_duties.open_due(desk_of(self.live.app))
        self.db.refresh(round_)
        made = releases.publish(self.db, round_=round_, by=self.cast.analyst.id)
        self.db.commit()
        return made
