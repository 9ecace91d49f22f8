import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session

from dialog.application import create_app
from dialog.ballotbox.models import BoxRow
from dialog.core.levels import Level
from dialog.home import operation
from dialog.people.models import Role
from dialog.settings import Settings, from_environment
from dialog.storage import heartbeat
from dialog.storage.rows import Row
from dialog.surveys.models import RoundState
from tests import makers
from tests.conftest import sign_in
from tests.home.test_front import invite, round_

PAGES = ["/om", "/om/anonymitet", "/om/behorigheter", "/tillganglighet"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_information_is_there_for_everybody_in_both_languages(
    client: FlaskClient, path: str, language: str
) -> None:
    answer = client.get(path, headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text


def test_what_is_protected_is_said_in_eight_sentences_without_promising_too_much(
    client: FlaskClient,
) -> None:
    page = client.get("/om/anonymitet").text
    sentences = page.partition("<ol")[2].partition("</ol>")[0]
    assert sentences.count("<li>") == 8
    assert "har bara plattformen en nyckel kan den som sköter servern" in sentences
    for promise in ("aldrig kan se", "ingen kan se", "helt anonym", "100 procent"):
        assert promise not in page.lower()


def test_complaints_go_to_the_contact_that_is_set(client: FlaskClient, settings: Settings) -> None:
    assert "den som driver Dialog" in client.get("/tillganglighet").text
    app = create_app(
        from_environment(DIALOG_INSTANCE=str(settings.instance), DIALOG_CONTACT="hjalp@example.org")
    )
    page = app.test_client().get("/tillganglighet").text
    assert '<a href="mailto:hjalp@example.org">' in page
    app.extensions["engine"].dispose()


def test_the_choice_of_language_is_also_that_of_mail(client: FlaskClient, db: Session) -> None:
    anna = makers.person(db)
    sign_in(client, db, anna)
    client.get("/sprak/en")
    db.refresh(anna)
    assert anna.language == "en"


def test_one_sees_everything_that_is_stored_about_oneself_and_nothing_of_others(
    client: FlaskClient, db: Session
) -> None:
    boss = makers.administrator(db)
    anna = makers.person(db, "Anna Almgren", Role.ANALYST)
    other = makers.person(db, "Bo Berg")
    place = makers.unit(db, "V1", name="Mottagningen")
    makers.post(db, anna, place, Level.MANAGER_1)
    invite(db, round_(db, anna, "Besvarad enkät", RoundState.OPEN), anna, place, issued=True)
    invite(db, round_(db, boss, "Obesvarad enkät", RoundState.OPEN), anna, place)
    invite(db, round_(db, boss, "Andras enkät", RoundState.OPEN), other, place)
    page = sign_in(client, db, anna).get("/konto/om-mig").text
    for word in (anna.name, anna.email, "Mottagningen", "Analytiker", "Obesvarad enkät"):
        assert word in page
    assert "Du har svarat." in page.partition("Besvarad enkät")[2].partition("</li>")[0]
    assert "Du har inte svarat." in page.partition("Obesvarad enkät")[2].partition("</li>")[0]
    assert "Andras enkät" not in page
    assert "Bo Berg" not in page


def test_no_column_that_points_at_a_person_is_forgotten_there() -> None:
    told = {
        "account.person_id",
        "agenda_item.proposer_id",
        "application_step.person_id",
        "calendar_feed.person_id",
        "ceremony_step.person_id",
        "commitment.owner_id",
        "commitment.recorder_id",
        "commitment.to_person_id",
        "commitment_step.person_id",
        "correction.author_id",
        "correction.decided_by_id",
        "data_application.author_id",
        "data_fetch.person_id",
        "disclosure_request.handler_id",
        "disposal_confirmation.person_id",
        "disposal_run.author_id",
        "disposal_run.withdrawn_by",
        "document.author_id",
        "document.removed_by",
        "document_version.author_id",
        "invitation.person_id",
        "letter_batch.person_id",
        "mandate.person_id",
        "mandate_step.by_id",
        "mbl_acknowledgement.person_id",
        "mbl_reservation.person_id",
        "mbl_sending.person_id",
        "matter_retention.author_id",
        "mbl_step.person_id",
        "meeting.author_id",
        "meeting_format.author_id",
        "meeting_group_member.person_id",
        "meeting_invitation.person_id",
        "followup.approver_id",
        "followup.author_id",
        "followup_holder.deputy_id",
        "followup_holder.person_id",
        "followup_step.person_id",
        "meeting_pass.person_id",
        "meeting_post.person_id",
        "meeting_question.asker_id",
        "meeting_question.claimed_by",
        "meeting_series.author_id",
        "meeting_speech.person_id",
        "meeting_step.person_id",
        "minutes.author_id",
        "minutes_addendum.author_id",
        "minutes_attestation.person_id",
        "minutes_attester.added_by",
        "minutes_attester.person_id",
        "minutes_attester.replaced_by",
        "minutes_proposal.author_id",
        "minutes_proposal.decided_by",
        "minutes_section.changed_by",
        "minutes_step.person_id",
        "minutes_version.made_by",
        "post.person_id",
        "programme.author_id",
        "progress_report.person_id",
        "programme_person.added_by",
        "programme_person.person_id",
        "review_person.person_id",
        "retention_decision.author_id",
        "role_grant.granted_by",
        "role_grant.person_id",
        "roster_draft.person_id",
        "round.author_id",
        "round_data.author_id",
        "request_step.person_id",
        "round_step.person_id",
        "sign_in.person_id",
        "submission.author_id",
        "submission.handler_id",
        "submission_step.person_id",
        "submission_reply.approved_by",
        "submission_reply_writer.person_id",
        "submission_question.asked_by",
        "trustee.deputy_id",
        "trustee.person_id",
        "survey.author_id",
        "union_body.secretary_id",
        "text_decision.decided_by",
    }
    pointing = {
        f"{table.name}.{column.name}"
        for table in Row.metadata.sorted_tables
        for column in table.columns
        if any(key.column.table.name == "person" for key in column.foreign_keys)
    }
    assert pointing == told, "home.about_me must tell of every one"


def test_the_ballot_box_keeps_what_is_told_of_it_there_and_nothing_else(
    client: FlaskClient, db: Session
) -> None:
    held = {column.name for column in BoxRow.metadata.tables["sealed_ballot"].columns}
    assert held == {"round_id", "ballot", "digest", "token_hash"}, "about_me.html tells of each"
    assert set(BoxRow.metadata.tables) == {"sealed_ballot", "box_round"}
    page = sign_in(client, db, makers.person(db, "Anna Alm")).get("/konto/om-mig").text
    for told in ("vilken enkät", "det krypterade svaret", "svarets kvitto", "underskriften"):
        assert told in page


def test_health_says_what_a_monitor_needs_and_no_more(
    client: FlaskClient, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operation, "_version", lambda _session: operation._head())
    answer = client.get("/health")
    assert answer.status_code == 200
    silent = {"seen": None, "at_work": False}
    assert answer.json == {"ok": True, "database": True, "migrations": True, "worker": silent}
    heartbeat.beat(db, name=operation.WORKER)
    db.commit()
    answer = client.get("/health")
    assert answer.json is not None
    assert answer.json["worker"]["at_work"] is True


def test_health_is_bad_when_the_database_is_not_at_the_latest_migration(
    app: Flask, client: FlaskClient
) -> None:
    answer = client.get("/health")  # the tests' tables were made without migrations
    assert answer.status_code == 503
    assert answer.json is not None
    assert answer.json["ok"] is False


def test_the_head_of_the_migrations_is_found() -> None:
    assert operation._head()
