"""Groups within a meeting: come into, written in by several, and taken into the minutes."""

import re
from collections import Counter
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.meetings import agenda, documenting, step_views, steps
from dialog.meetings.groups import closing, working
from dialog.meetings.groups.models import (
    Dealing,
    MeetingGroup,
    MeetingGroupMember,
    MeetingGroupWork,
)
from dialog.meetings.models import Meeting
from dialog.meetings.states import Action
from dialog.minutes import queries, writing
from dialog.minutes.models import Minutes, MinutesSection
from tests.conftest import sign_in
from tests.meetings.cast import Cast

JSON = {"Accept": "application/json"}


@pytest.fixture
def cast(app: Flask, db: Session) -> Cast:
    return Cast(app, db, people=6)


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    meeting = cast.invited()
    agenda.add(cast.db, meeting=meeting, line=agenda.Line("Läget"), by=cast.secretary.id)
    steps.take(cast.db, meeting=meeting, action=Action.BEGIN, by=cast.secretary.id)
    cast.db.commit()
    return meeting


def begin(
    cast: Cast, meeting: Meeting, *, how: Dealing = Dealing.DEALT, item: bool = True
) -> MeetingGroupWork:
    on = agenda.items_of(cast.db, meeting=meeting)[0] if item else None
    work = working.begin(
        cast.db, meeting=meeting, item=on, task="Vad gör vi först?", number=3, how=how, minutes=10
    )
    cast.db.commit()
    return work


def as_(cast: Cast, number: int | None = None) -> FlaskClient:
    person = cast.secretary if number is None else cast.people[number]
    client = sign_in(cast.app.test_client(), cast.db, person)
    cast.db.commit()
    return client


def rows(db: Session, table: Any) -> list[Any]:
    found = list(db.exec(select(table).execution_options(populate_existing=True)))
    db.commit()
    return found


def join(client: FlaskClient, meeting: Meeting, group: UUID | None = None) -> str:
    """Come into a group; its address."""
    data = {"group": str(group)} if group else {}
    return str(client.post(f"/moten/{meeting.id}/grupper/med", data=data).headers["Location"])


def write(client: FlaskClient, address: str, text: str, version: int) -> Any:
    return client.post(address, data={"text": text, "version": str(version)}, headers=JSON)


def groups(db: Session) -> list[MeetingGroup]:
    return sorted(rows(db, MeetingGroup), key=lambda group: group.number)


def test_people_are_dealt_into_groups_that_are_as_large_as_each_other(
    db: Session, cast: Cast, meeting: Meeting
) -> None:
    begin(cast, meeting)
    before = rows(db, Meeting)[0].events
    for number in range(6):
        client = as_(cast, number)
        assert join(client, meeting) == join(client, meeting)  # again: the same
    sizes = Counter(row.group_id for row in rows(db, MeetingGroupMember))
    assert sorted(sizes.values()) == [2, 2, 2]
    assert rows(db, Meeting)[0].events == before


def test_where_people_choose_they_can_choose_again(
    db: Session, cast: Cast, meeting: Meeting
) -> None:
    begin(cast, meeting, how=Dealing.CHOSEN)
    first, second, _third = groups(db)
    client = as_(cast, 0)
    assert join(client, meeting).endswith("/grupper")  # none chosen
    assert join(client, meeting, first.id).endswith(str(first.id))
    assert str(first.id) in client.get(f"/moten/{meeting.id}/grupper").headers["Location"]
    join(client, meeting, second.id)
    assert [row.group_id for row in rows(db, MeetingGroupMember)] == [second.id]
    assert client.get(f"/moten/{meeting.id}/grupper/{first.id}").status_code == 404
    assert client.get(f"/moten/{meeting.id}/grupper/{second.id}").status_code == 200
    assert as_(cast).get(f"/moten/{meeting.id}/grupper/{first.id}").status_code == 200


def test_the_second_of_two_who_write_sees_both_texts_and_loses_neither(
    db: Session, cast: Cast, meeting: Meeting
) -> None:
    begin(cast, meeting, how=Dealing.CHOSEN)
    group = groups(db)[0]
    one, two = as_(cast, 0), as_(cast, 1)
    address = join(one, meeting, group.id)
    join(two, meeting, group.id)
    before = rows(db, Meeting)[0].events
    assert write(one, address, "Schemat", 0).get_json() == {"version": 1}
    assert write(one, address, "Schemat", 0).get_json() == {"version": 1}  # the same again
    refused = write(two, address, "Lönen", 0)
    assert refused.status_code == 409
    assert refused.get_json()["text"] == "Schemat"
    page = two.post(address, data={"text": "Lönen", "version": "0"})
    assert page.status_code == 409
    assert "Schemat" in page.text
    assert "Lönen" in page.text
    assert two.get(f"{address}/nu").get_json() == {"version": 1, "text": "Schemat"}
    assert as_(cast).get(f"/moten/{meeting.id}/rum/leda/nu").get_json()[str(group.id)] == "Schemat"
    assert rows(db, Meeting)[0].events == before
    assert write(one, address, "19121212-1212", 1).status_code == 422
    assert write(one, address, "x" * 3_001, 1).status_code == 422
    assert groups(db)[0].note == "Schemat"
    assert as_(cast, 2).get(f"{address}/nu").status_code == 404


def test_notes_go_below_what_stands_in_the_items_section_and_an_open_editor_sees_both(
    db: Session, cast: Cast, meeting: Meeting
) -> None:
    begin(cast, meeting)
    room, address = meeting.id, join(as_(cast, 0), meeting)
    writer = as_(cast, 0)
    write(writer, address, "- Schemat\n- Lokalerna", 0)
    lead = as_(cast)
    lead.post(f"/moten/{meeting.id}/anteckningar")
    section = section_of(db, "Läget")
    save(db, cast, section, "Ordföranden berättade.", section.version)
    held = section_of(db, "Läget").version
    assert lead.post(f"/moten/{meeting.id}/grupper/klara").status_code == 302
    text = section_of(db, "Läget").text
    assert text.startswith("Ordföranden berättade.\n\n> Vad gör vi först?\n\n**Grupp ")
    assert text.endswith("**\n\n- Schemat\n- Lokalerna")
    with pytest.raises(writing.OutdatedError):
        save(db, cast, section, "Ordföranden berättade mer.", held)
    db.rollback()
    db.expunge_all()
    lead.post(f"/moten/{room}/grupper/klara")  # again: once
    assert section_of(db, "Läget").text == text
    late = write(writer, address, "Ett till", 1)
    assert late.status_code == 422
    assert "Grupperna är avslutade" in late.get_json()["sentence"]


def test_groups_that_wrote_nothing_do_not_disturb_whoever_writes_the_minutes(
    db: Session, cast: Cast, meeting: Meeting
) -> None:
    begin(cast, meeting)
    lead = as_(cast)
    lead.post(f"/moten/{meeting.id}/anteckningar")
    before = section_of(db, "Läget").version
    lead.post(f"/moten/{meeting.id}/grupper/klara")
    assert section_of(db, "Läget").version == before


def test_notes_that_do_not_fit_below_the_section_go_into_one_of_their_own(
    db: Session, cast: Cast, meeting: Meeting
) -> None:
    begin(cast, meeting)
    write(as_(cast, 0), join(as_(cast, 0), meeting), "Schemat", 0)
    lead = as_(cast)
    lead.post(f"/moten/{meeting.id}/anteckningar")
    section = section_of(db, "Läget")
    save(db, cast, section, "x" * writing.LONGEST, section.version)
    assert lead.post(f"/moten/{meeting.id}/grupper/klara").status_code == 302
    kept, own = (
        row.text
        for row in sorted(rows(db, MinutesSection), key=lambda row: row.position)
        if row.heading == "Läget"
    )
    assert kept == "x" * writing.LONGEST
    assert own.endswith("Schemat")


def test_the_page_of_a_group_that_has_finished_does_not_show_what_the_next_ones_do(
    db: Session, cast: Cast, meeting: Meeting
) -> None:
    begin(cast, meeting)
    old = join(as_(cast, 0), meeting)
    closing.close(db, meeting=db.get_one(Meeting, meeting.id), by=cast.secretary.id)
    db.commit()
    as_(cast).post(f"/moten/{meeting.id}/grupper/nya", data=given())
    new = join(as_(cast, 0), meeting)
    hidden = r"data-{}[^>]* hidden>"
    for address, shown, gone in ((old, "finished", "work"), (new, "work", "finished")):
        page = as_(cast, 0).get(address).text
        assert re.search(hidden.format(gone), page)
        assert not re.search(hidden.format(shown), page)


def section_of(db: Session, heading: str) -> MinutesSection:
    found: list[MinutesSection] = rows(db, MinutesSection)
    return next(row for row in found if row.heading == heading)


def save(db: Session, cast: Cast, section: MinutesSection, text: str, version: int) -> None:
    writing.save(
        db, minutes=db.get_one(Minutes, section.minutes_id), section_id=section.id,
        version=version, heading=section.heading, text=text, by=cast.secretary.id,
    )  # fmt: skip
    db.commit()


@pytest.mark.parametrize("item", [True, False])
def test_minutes_that_are_begun_later_begin_with_the_notes_once(
    db: Session, cast: Cast, meeting: Meeting, *, item: bool
) -> None:
    begin(cast, meeting, item=item)
    write(as_(cast, 0), join(as_(cast, 0), meeting), "Schemat", 0)
    begin_again = as_(cast).post(f"/moten/{meeting.id}/grupper/nya", data=given())
    assert "Mötet är redan i grupper" in begin_again.text
    closing.close(db, meeting=meeting, by=cast.secretary.id)
    db.commit()
    lead = as_(cast)
    lead.post(f"/moten/{meeting.id}/anteckningar")
    minutes = rows(db, Minutes)[0]
    lead.post(f"/anteckningar/{minutes.id}/hamta")
    texts = [row.text for row in queries.sections_of(db, minutes=minutes)]
    db.commit()
    assert sum("Schemat" in text for text in texts) == 1
    assert "Schemat" in section_of(db, "Läget" if item else "I grupper").text


def given(**more: str) -> dict[str, str]:
    return {"task": "Mer", "item": "", "number": "2", "how": "dealt", "minutes": "0", **more}


def test_when_the_meeting_ends_groups_finish_and_who_was_in_them_is_gone(
    db: Session, cast: Cast, meeting: Meeting
) -> None:
    begin(cast, meeting)
    write(as_(cast, 0), join(as_(cast, 0), meeting), "Schemat", 0)
    meeting = db.get_one(Meeting, meeting.id, populate_existing=True)
    step_views._end(db, meeting=meeting, by=cast.secretary.id)
    db.commit()
    assert rows(db, MeetingGroupMember) == []
    assert [work.open for work in rows(db, MeetingGroupWork)] == [False]
    lines = documenting.lines(db, meeting.id)
    db.commit()
    assert any("Schemat" in line.text for line in lines)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"task": ""}, "Skriv vad grupperna ska göra."),
        ({"task": "Ring 19121212-1212"}, "ett personnummer"),
        ({"number": "1"}, "Skriv ett antal från 2 till 30."),
        ({"minutes": "999"}, "Skriv ett antal minuter"),
    ],
)
def test_what_is_wrong_with_groups_is_a_sentence(
    cast: Cast, meeting: Meeting, wrong: dict[str, str], sentence: str
) -> None:
    page = as_(cast).post(f"/moten/{meeting.id}/grupper/nya", data=given(**wrong))
    assert page.status_code == 422
    assert sentence in page.text


def test_only_whoever_leads_makes_groups_and_finishes_them(
    db: Session, cast: Cast, meeting: Meeting
) -> None:
    assert as_(cast, 0).post(f"/moten/{meeting.id}/grupper/nya", data=given()).status_code == 404
    assert as_(cast).post(f"/moten/{meeting.id}/grupper/nya", data=given()).status_code == 302
    assert as_(cast, 0).post(f"/moten/{meeting.id}/grupper/klara").status_code == 404
    assert [work.open for work in rows(db, MeetingGroupWork)] == [True]
