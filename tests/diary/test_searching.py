"""Finding in the diary: Swedish forms, å ä ö, numbers, phrases; and nothing that is withheld."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlmodel import Session

from dialog.diary import indexing, numbering, registering, searching
from dialog.diary.models import DiaryAuthority, DiaryMatter, Direction, Scope
from dialog.diary.searching import Wanted
from tests.diary.test_registering import AT, LETTER

SUBJECTS = (
    "Skrivelse om bemanningen på förlossningen",
    "Svar om åtgärder för bemanning 2026–2028",
    "Ömsesidig information om ÅTGÄRDER 100%",
    "Bemanning om natten och om dagen",
)


@pytest.fixture
def authority(app: Flask, db: Session) -> DiaryAuthority:
    db.expire_on_commit = False
    made = DiaryAuthority(name="Regionstyrelsen", letters="RS")
    db.add(made)
    matter = registering.open_matter(
        db, authority=made, subject="Ärende", public_subject="Ärende", at=AT, by=None
    )
    for number, subject in enumerate(SUBJECTS):
        facts = replace(LETTER, subject=subject, public_subject=subject)
        if number == 3:
            facts = replace(facts, public_subject=None, public_correspondent=None)
        registering.register(
            db, authority=made, matter=matter, facts=facts, by=None,
            at=AT + timedelta(minutes=number + 1),
        )  # fmt: skip
    db.commit()
    return made


def found(db: Session, text: str, scope: Scope = Scope.PUBLIC, **more: object) -> list[int]:
    """The numbers of the documents that a search finds, in its order."""
    wanted = Wanted(text=text, **more)  # type: ignore[arg-type]  # as told
    hits = searching.search(db, wanted=wanted, scope=scope)
    db.commit()
    assert hits.number == len(hits.lines)
    return [line.document for line, _matter in hits.lines]


@pytest.mark.usefixtures("authority")
def test_a_word_is_found_in_any_form_with_its_own_letters_the_latest_first(db: Session) -> None:
    assert found(db, "bemanning") == [2, 1]
    assert found(db, "BEMANNINGARNA") == [2, 1]
    assert found(db, "åtgärd") == [3, 2]
    assert found(db, "atgard") == []
    assert found(db, "åtgärder bemanning") == [2]
    assert found(db, "bemanning finns-inte") == []
    assert found(db, "") == [4, 3, 2, 1, 0]
    assert found(db, "!!") == found(db, "😀", year=2026) == []
    assert found(db, "bemanning " * 12 + "finns inte") == []


@pytest.mark.usefixtures("authority")
def test_the_words_of_a_phrase_are_found_as_they_are_written_whatever_stands_between(
    db: Session,
) -> None:
    assert found(db, '"om bemanningen"') == [1]
    assert found(db, "”om åtgärder”") == [3, 2]
    assert found(db, '"100%"') == [3]
    assert found(db, '"om%  bemanningen"') == [1]
    assert found(db, '"om bemanningen på förlossningen"') == [1]
    assert found(db, '"åtgärder för natten"', Scope.ALL) == []
    assert found(db, '"natten och om dagen"', Scope.ALL) == [4]
    assert found(db, '"bemanning om dagen"', Scope.ALL) == []  # each two of its words are there
    assert found(db, '"bemanning"') == [2]
    assert found(db, '"bemanningen om"') == []
    assert found(db, '"åtgärder för bemanning" svaret') == [2]


@pytest.mark.usefixtures("authority")
def test_what_is_withheld_is_found_only_by_who_keeps_the_diary(db: Session) -> None:
    assert found(db, "natten") == []
    assert found(db, "natten", Scope.ALL) == [4]
    assert 4 not in found(db, "Exempel")
    assert 4 in found(db, "Exempel", Scope.ALL)


def test_a_number_finds_its_matter_or_its_document(db: Session, authority: DiaryAuthority) -> None:
    assert sorted(found(db, "rs 2026-1")) == [0, 1, 2, 3, 4]
    assert found(db, "RS 2026-00001-2") == [2]
    assert found(db, "RS 2026-00002") == []
    assert found(db, "svar 2026–2028") == [2]  # looks like a number, and is none
    assert len(found(db, "", authority_id=authority.id, year=2026)) == 5
    assert found(db, "", year=2025) == []
    assert len(found(db, "", direction=Direction.IN)) == 4
    assert found(db, "bemanning", direction=Direction.IN, year=2026) == [2, 1]
    assert found(db, "bemanning", direction=Direction.OUT) == []


def test_after_a_correction_the_new_words_are_found_and_the_old_are_not(
    db: Session, authority: DiaryAuthority
) -> None:
    hits = searching.search(db, wanted=Wanted("RS 2026-00001-1"), scope=Scope.ALL)
    line, matter = hits.lines[0]
    # What an earlier version of the stemmer would have kept goes too.
    indexing.change(db, line, old=indexing.NONE, new=frozenset({(Scope.PUBLIC, "förlossningsv")}))
    facts = replace(LETTER, subject="Ventilation", public_subject="Ventilation")
    registering.correct(db, line=line, facts=facts, why="Fel", seen=line.latest, at=AT, by=None)
    db.commit()
    assert found(db, "förlossningen") == found(db, "förlossningsv") == []
    assert found(db, "ventilationen") == [1]
    assert isinstance(matter, DiaryMatter)
    assert str(numbering.number_of(authority, matter)) == "RS 2026-00001"


@pytest.mark.usefixtures("authority")
def test_pages_follow_each_other_without_a_line_twice(
    db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "PAGE", 2)
    pages = [
        searching.search(db, wanted=Wanted(), scope=Scope.ALL, page=page) for page in (1, 2, 3, 9)
    ]
    db.commit()
    assert [page.page for page in pages] == [1, 2, 3, 3]
    shown = [line.document for page in pages[:3] for line, _matter in page.lines]
    assert sorted(shown) == [0, 1, 2, 3, 4]


def test_lines_of_several_boards_come_in_the_order_of_time(
    db: Session, authority: DiaryAuthority
) -> None:
    other = DiaryAuthority(name="Nämnden", letters="HSN")
    db.add(other)
    made = registering.open_matter(
        db, authority=other, subject="Bemanning", public_subject="Bemanning",
        at=AT + timedelta(seconds=90), by=None,
    )  # fmt: skip
    db.commit()
    assert found(db, "bemanning") == [2, 0, 1]
    assert found(db, "bemanning", authority_id=authority.id) == [2, 1]
    assert found(db, "", authority_id=made.authority_id) == [0]
