"""How the answers were opened is published with the result: functions and numbers, no names."""

import json

from flask import Flask
from sqlmodel import Session

from dialog.results.publishing import releases
from dialog.results.release_files import FILES
from tests.conftest import sign_in
from tests.pipeline import Pipeline


def test_the_record_of_the_opening_is_part_of_the_release(
    app: Flask, box: Flask, db: Session
) -> None:
    pipeline = Pipeline(app, box, db, trustees=2)
    pipeline.everybody_answers()
    pipeline.close()
    pipeline.open()
    release = releases.publish(db, round_=pipeline.round, by=pipeline.author.id)
    db.commit()
    lines = json.loads(b"".join(FILES["opening.json"](db, release)))
    assert [(line["place"], line["function"]) for line in lines] == [
        (3, ""),
        (2, "forskare"),
        (1, "skyddsombud"),
        (0, ""),
    ]
    assert all(line["in"] == line["out"] == 12 for line in lines)
    names = [who.name for each in pipeline.held for who in (each.person, each.deputy)]
    address = f"/resultat/{release.id}"
    db.rollback()
    page = app.test_client().get(address).text
    assert "Så öppnades svaren" in page
    assert "Nyckelhållare 2 (forskare) öppnade sitt lås." in page
    assert lines[1]["out_sha256"] in page
    assert not any(name in page or name in json.dumps(lines) for name in names)
    english = app.test_client().get(f"{address}?lang=en").text
    assert "How the answers were opened" in english
    member = sign_in(app.test_client(), db, pipeline.author)
    with member.get(f"{address}/filer/opening.json") as answer:
        assert answer.get_json() == lines


def test_a_round_that_the_platform_opened_alone_has_no_such_record(pipeline: Pipeline) -> None:
    pipeline.everybody_answers()
    pipeline.close()
    pipeline.open()
    release = releases.publish(pipeline.db, round_=pipeline.round, by=pipeline.author.id)
    pipeline.db.commit()
    assert release.opening == []
    assert "Så öppnades svaren" not in pipeline.staff.get(f"/resultat/{release.id}").text
