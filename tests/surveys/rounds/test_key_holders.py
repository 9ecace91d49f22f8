from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session

from dialog.core.ballots import manifest, trial
from dialog.core.ballots.sealing import public_bytes
from dialog.core.errors import RefusedError
from dialog.people.models import Person, Role
from dialog.settings import Settings
from dialog.storage.clock import now, today
from dialog.surveys.holders import trustees_of
from dialog.surveys.models import KeyHolder, Round
from dialog.surveys.rounds import approving, checklist, inviting, planning, steps
from dialog.surveys.rounds.choosing import Place, choose
from dialog.surveys.trustees import registering, trying
from tests import makers
from tests.conftest import sign_in
from tests.surveys.rounds.cast import Cast
from tests.trustees import FUNCTIONS, Held, pair


@pytest.fixture
def cast(db: Session) -> Cast:
    return Cast(db)


def places(db: Session, number: int = 2) -> list[Place]:
    chosen = [pair(db, place) for place in range(1, number + 1)]
    return [
        Place(function, person.id, deputy.id)
        for function, (person, deputy) in zip(FUNCTIONS, chosen, strict=False)
    ]


def chosen(cast: Cast, number: int = 2) -> Round:
    """A draft whose keys trustees are to hold."""
    round_ = cast.plan()
    later = today() + timedelta(days=300)
    planning.change(
        cast.db,
        round_=round_,
        by=cast.analyst.id,
        keep_rows_until=later,
        keep_unit_until=later,
        keep_texts_until=later,
    )
    choose(
        cast.db,
        round_=round_,
        by=cast.analyst.id,
        key_holder=KeyHolder.TRUSTEES,
        places=places(cast.db, number),
    )
    cast.db.commit()
    return round_


def make_key(db: Session, held: Held) -> None:
    """What trustee and deputy do before approval."""
    trustee, public = held.trustee, public_bytes(held.private.public_key())
    registering.register(db, trustee=trustee, public=public, by=trustee.person_id)
    for who in (trustee.person_id, trustee.deputy_id):
        try_copy(db, held, who)
    db.commit()


def try_copy(db: Session, held: Held, who: Any) -> None:
    test, sealed = trying.give(db, trustee=held.trustee, by=who)
    answer = trial.answer(
        sealed, held.private, round_id=held.trustee.round_id, layer=held.trustee.place
    )
    trying.answer(db, trustee=held.trustee, by=who, given=answer, test_id=test.id)


def held(db: Session, round_: Round) -> list[Held]:
    return [
        Held(
            each,
            db.get_one(Person, each.person_id),
            db.get_one(Person, each.deputy_id),
            ec.generate_private_key(ec.SECP256R1()),
        )
        for each in trustees_of(db, round_id=round_.id)
    ]


def refusal(call: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(RefusedError) as refused:
        call(*args, **kwargs)
    return refused.value.sentence


def test_trustees_are_approved_when_every_copy_is_tested_and_lie_around_the_platform(
    cast: Cast, db: Session, settings: Settings
) -> None:
    round_ = chosen(cast, 3)
    planning.submit(db, round_=round_, by=cast.analyst.id)
    db.commit()
    every = held(db, round_)
    for each in every:
        said = refusal(
            approving.approve, db, round_=round_, by=cast.approver.id, settings=cast.settings
        )
        db.rollback()
        assert f"Nyckelhållare {each.trustee.place}" in said
        make_key(db, each)
    approving.approve(db, round_=round_, by=cast.approver.id, settings=cast.settings)
    inviting.start(db, round_=round_, by=cast.analyst.id, settings=settings)
    db.commit()
    frozen = manifest.load(round_.manifest)
    assert len(frozen.holders) == 4
    assert list(frozen.holders[1:]) == [public_bytes(each.private.public_key()) for each in every]


def test_what_lacks_is_said_for_each_copy(cast: Cast, db: Session) -> None:
    round_ = chosen(cast)
    planning.submit(db, round_=round_, by=cast.analyst.id)
    first, second = held(db, round_)
    make_key(db, second)
    registering.register(
        db,
        trustee=first.trustee,
        public=public_bytes(first.private.public_key()),
        by=first.person.id,
    )
    said = refusal(
        approving.approve, db, round_=round_, by=cast.approver.id, settings=cast.settings
    )
    assert "den egna kopian är inte provad" in said
    try_copy(db, first, first.person.id)
    said = refusal(
        approving.approve, db, round_=round_, by=cast.approver.id, settings=cast.settings
    )
    assert "ersättaren har inte provat sin kopia" in said


def test_a_test_is_for_one_copy_and_one_key(cast: Cast, db: Session) -> None:
    round_ = chosen(cast)
    first, second = held(db, round_)
    make_key(db, first)
    test, _sealed = trying.give(db, trustee=first.trustee, by=first.person.id)
    args = {"trustee": first.trustee, "given": test.answer}
    refusal(trying.answer, db, by=first.deputy.id, **args)
    refusal(trying.answer, db, by=first.person.id, trustee=first.trustee, given="00" * 32)
    refusal(trying.answer, db, by=second.person.id, trustee=second.trustee, given=test.answer)
    public = public_bytes(second.private.public_key())
    registering.register(db, trustee=first.trustee, public=public, by=first.person.id)
    assert first.trustee.own_tested_at is None
    assert first.trustee.deputy_tested_at is None
    refusal(trying.answer, db, by=first.person.id, **args)


def test_a_key_is_registered_by_its_trustee_once_and_is_frozen_by_approval(
    cast: Cast, db: Session
) -> None:
    round_ = chosen(cast)
    every = held(db, round_)
    first = every[0]
    public = public_bytes(first.private.public_key())
    assert "Det är nyckelhållaren" in refusal(
        registering.register, db, trustee=first.trustee, public=public, by=first.deputy.id
    )
    assert registering.register(db, trustee=first.trustee, public=public, by=first.person.id)
    assert not registering.register(db, trustee=first.trustee, public=public, by=first.person.id)
    refusal(
        registering.register, db, trustee=first.trustee, public=b"\x04" * 65, by=first.person.id
    )
    refusal(
        registering.register, db, trustee=every[1].trustee, public=public, by=every[1].person.id
    )
    planning.submit(db, round_=round_, by=cast.analyst.id)
    for each in every:
        make_key(db, each)
    approving.approve(db, round_=round_, by=cast.approver.id, settings=cast.settings)
    another = public_bytes(held(db, round_)[0].private.public_key())
    assert "godkänd" in refusal(
        registering.register, db, trustee=first.trustee, public=another, by=first.person.id
    )
    assert first.trustee.public_key == public
    assert not registering.register(db, trustee=first.trustee, public=public, by=first.person.id)


def test_a_person_holds_one_place_and_no_author_holds_any(cast: Cast, db: Session) -> None:
    round_ = cast.plan()
    first, second = places(db)
    by: dict[str, Any] = {
        "round_": round_,
        "by": cast.analyst.id,
        "key_holder": KeyHolder.TRUSTEES,
    }
    twice = Place("forskare", first.deputy_id, second.deputy_id)
    assert "en plats" in refusal(choose, db, places=[first, twice], **by)
    assert "två eller tre" in refusal(choose, db, places=[first], **by)
    same = Place("Skyddsombud", second.person_id, second.deputy_id)
    assert "olika funktioner" in refusal(choose, db, places=[first, same], **by)
    outsider = Place("forskare", cast.people[0].id, second.deputy_id)
    assert "rollen nyckelhållare" in refusal(choose, db, places=[first, outsider], **by)
    planner = makers.person(db, "Plan Persson", Role.ANALYST, Role.TRUSTEE)
    planning.change(db, round_=round_, by=planner.id, sender="Direktören")
    author = Place("forskare", planner.id, second.deputy_id)
    assert "har arbetat med omgången" in refusal(choose, db, places=[first, author], **by)


def test_who_works_on_the_plan_after_being_chosen_stops_the_review(cast: Cast, db: Session) -> None:
    round_ = chosen(cast)
    chosen_one = trustees_of(db, round_id=round_.id)[0].person_id
    planning.change(db, round_=round_, by=chosen_one, sender="Direktören")
    said = refusal(planning.submit, db, round_=round_, by=cast.analyst.id)
    assert "har arbetat med omgången" in said


def test_who_holds_a_key_cannot_approve(cast: Cast, db: Session) -> None:
    round_ = chosen(cast)
    planning.submit(db, round_=round_, by=cast.analyst.id)
    for each in held(db, round_):
        make_key(db, each)
        for who in (each.person, each.deputy):
            said = refusal(approving.approve, db, round_=round_, by=who.id, settings=cast.settings)
            assert "håller en nyckel" in said


def test_somebody_who_has_left_must_be_replaced(cast: Cast, db: Session) -> None:
    round_ = chosen(cast)
    gone = db.get_one(Person, trustees_of(db, round_id=round_.id)[1].deputy_id)
    gone.active = False
    db.add(gone)
    db.flush()
    parts = [each.sentence for each in checklist.missing(db, round_=round_)]
    assert parts == [f"{gone.name} har slutat. Välj någon annan som nyckelhållare eller ersättare."]


def test_a_key_stays_while_its_holder_does(cast: Cast, db: Session) -> None:
    round_ = chosen(cast)
    for each in held(db, round_):
        make_key(db, each)
    before = [each.public_key for each in trustees_of(db, round_id=round_.id)]
    first, second = (
        Place(each.function, each.person_id, each.deputy_id)
        for each in trustees_of(db, round_id=round_.id)
    )
    new_person, new_deputy = pair(db, 3)
    by: dict[str, Any] = {
        "round_": round_,
        "by": cast.analyst.id,
        "key_holder": KeyHolder.TRUSTEES,
    }
    choose(db, places=[Place("läkare", first.person_id, new_deputy.id), second], **by)
    kept = trustees_of(db, round_id=round_.id)[0]
    assert (kept.function, kept.public_key, kept.deputy_tested_at) == ("läkare", before[0], None)
    assert kept.own_tested_at is not None
    choose(db, places=[Place("läkare", new_person.id, first.deputy_id), second], **by)
    assert [each.public_key for each in trustees_of(db, round_id=round_.id)] == [b"", before[1]]
    choose(db, round_=round_, by=cast.analyst.id, key_holder=KeyHolder.PLATFORM, places=[])
    assert trustees_of(db, round_id=round_.id) == []


def test_answers_are_kept_as_long_as_trustees_may_still_open(cast: Cast, db: Session) -> None:
    round_ = chosen(cast)
    closes = round_.closes_at
    assert closes is not None
    planning.change(
        db, round_=round_, by=cast.analyst.id, keep_unopened_until=today() + timedelta(days=20)
    )
    parts = [each.sentence for each in checklist.missing(db, round_=round_)]
    assert any("Oöppnade svar kan inte gallras före" in sentence for sentence in parts)
    planning.change(
        db,
        round_=round_,
        by=cast.analyst.id,
        keep_unopened_until=today() + timedelta(days=60),
        keep_texts_until=today() + timedelta(days=50),
    )
    parts = [each.sentence for each in checklist.missing(db, round_=round_)]
    assert any("fritexterna kan inte gallras före det" in sentence for sentence in parts)


def test_the_deadline_cannot_be_moved_so_that_trustees_have_no_time(
    cast: Cast, db: Session, settings: Settings
) -> None:
    round_ = cast.approved(keep_unopened_until=today() + timedelta(days=40))
    inviting.start(db, round_=round_, by=cast.analyst.id, settings=settings)
    said = refusal(
        steps.extend, db, round_=round_, by=cast.analyst.id, closes_at=now() + timedelta(days=30)
    )
    assert "två veckor" in said
    steps.extend(db, round_=round_, by=cast.analyst.id, closes_at=now() + timedelta(days=20))


def test_the_form_saves_whom_it_offers_and_says_what_lacks(
    cast: Cast, db: Session, client: FlaskClient, app: Flask
) -> None:
    round_ = cast.plan()
    sign_in(client, db, cast.analyst)
    address = f"/omgangar/{round_.id}/plan/nycklar"
    assert "Ingen har rollen nyckelhållare" in client.get(address).text
    (first, first_deputy), (second, second_deputy) = pair(db, 1), pair(db, 2)
    page = client.get(address).text
    assert first.email in page
    assert cast.people[0].email not in page
    nobody = {f"{what}_{place}": "" for what in ("person", "deputy") for place in (1, 2, 3)}
    given = {"key_holder": "trustees", "function_1": "skyddsombud", **nobody}
    answer = client.post(address, data=given)
    assert answer.status_code == 422
    assert "Välj en nyckelhållare." in answer.text
    assert trustees_of(db, round_id=round_.id) == []
    data = {
        **nobody,
        "key_holder": "trustees",
        "function_1": "skyddsombud",
        "person_1": str(first.id),
        "deputy_1": str(first_deputy.id),
        "function_2": "forskare",
        "person_2": str(second.id),
        "deputy_2": str(first.id),
    }
    corrected = {**data, "deputy_2": str(second_deputy.id)}
    db.rollback()  # nothing is asked of the database from here on, so that the page can write
    answer = client.post(address, data=data)
    assert answer.status_code == 422
    assert "Varje person kan ha en plats" in answer.text
    answer = client.post(address, data=corrected)
    assert answer.status_code == 302
    db.rollback()
    assert [each.function for each in trustees_of(db, round_id=round_.id)] == [
        "skyddsombud",
        "forskare",
    ]
    db.rollback()
    assert 'value="skyddsombud"' in client.get(address).text


def test_who_answers_reads_which_functions_hold_keys_and_no_names(
    cast: Cast, db: Session, client: FlaskClient, settings: Settings
) -> None:
    round_ = chosen(cast)
    planning.submit(db, round_=round_, by=cast.analyst.id)
    for each in held(db, round_):
        make_key(db, each)
    approving.approve(db, round_=round_, by=cast.approver.id, settings=cast.settings)
    inviting.start(db, round_=round_, by=cast.analyst.id, settings=settings)
    db.commit()
    page = client.get(f"/enkat/{round_.id}").text
    assert "Svaren låses med 3 nycklar. En har plattformen, och de andra har" in page
    assert "skyddsombud och forskare" in page
    assert "Nyckel Nord" not in page
    english = client.get(f"/enkat/{round_.id}?lang=en").text
    assert "3 keys" in english
