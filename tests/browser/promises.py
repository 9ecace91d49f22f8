"""Commitments in the states that have pages of their own, for the walk over every page."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session, select

from dialog.commitments import answering, following, owning, proposing, secret_links, subjects
from dialog.commitments.models import Commitment, CommitmentFollower
from dialog.commitments.proposing import Owner, Recipient
from dialog.organisation.models import Unit
from dialog.people.models import Person, Role
from dialog.settings import Settings
from dialog.storage.clock import today

KEEPER, OWNER, PROMISED = Role.SECRETARY, "signed in", "holder"
# slug: (which commitment it is a step of, who takes it)
STEPS = {
    "anta": ("proposed", OWNER), "beratta": ("late", OWNER), "klart": ("late", OWNER),
    "ny-dag": ("late", OWNER), "avbryt": ("late", OWNER), "godta-dagen": ("asked", KEEPER),
    "neka-dagen": ("asked", KEEPER), "lamna-over": ("asked", KEEPER),
    "avsluta": ("disputed", KEEPER), "svara": ("done", PROMISED),
}  # fmt: skip


@dataclass(frozen=True)
class Promises:
    """`made` by their states; `secret` is of a subscription that is not confirmed."""

    made: dict[str, UUID]
    secret: str

    @property
    def public(self) -> list[UUID]:
        return [found for name, found in self.made.items() if name != "proposed"]


def promise(
    db: Session, settings: Settings, *, keeper: Person, owner: Person, to: Person, unit: Unit
) -> Promises:
    names = ("proposed", "late", "asked", "done", "disputed")
    made = {name: _one(db, name, keeper, owner, to=to, unit=unit) for name in names}
    for name in ("late", "asked", "done", "disputed"):
        day = today() + timedelta(days=-3 if name == "late" else 20)
        owning.accept(db, commitment=made[name], by=owner.id, due=day)
    owning.ask_for_date(
        db,
        commitment=made["asked"],
        by=owner.id,
        due=today() + timedelta(days=60),
        reason="Leveransen är försenad.",
    )
    for name in ("done", "disputed"):
        owning.report(db, commitment=made[name], by=owner.id, text="Det är ordnat.", done=True)
    answering.answer(
        db,
        commitment=made["disputed"],
        by=to.id,
        confirms=False,
        words="Vi har inte sett något.",
        key=answering.voice_key(settings.keys),
    )
    key = secret_links.follow_key(settings.keys)
    following.ask(db, email="vem@example.org", what=subjects.ALL, language="sv", key=key)
    db.commit()
    secret = secret_links.secret_of(db.exec(select(CommitmentFollower)).one(), key=key)
    return Promises({name: each.id for name, each in made.items()}, secret)


def _one(
    db: Session, name: str, keeper: Person, owner: Person, *, to: Person, unit: Unit
) -> Commitment:
    alone = name in {"done", "disputed"}
    return proposing.propose(
        db,
        by=keeper.id,
        title=f"Fler datorer på avdelning {name}",
        question="Vi står i kö för att skriva journal.",
        promise="Varje avdelning får två datorer till.",
        owner=Owner(owner.id, "Vårddirektören", unit.id),
        recipient=Recipient("Skyddsombudet", person_id=to.id)
        if alone
        else Recipient("Barnmorskorna", unit_id=unit.id),
        said_on=today() - timedelta(days=30),
        series="Ledningen möter vården",
    )
