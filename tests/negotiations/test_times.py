"""The times that go for a body, and the planner that counts with them."""

from flask import Flask
from sqlmodel import Session

from tests.negotiations.cast import Cast
from tests.unions.cast import days_ago


def test_times_go_for_what_is_asked_for_from_their_day_on_and_the_planner_counts_with_them(
    app: Flask, db: Session
) -> None:
    cast = Cast(app, db)
    before = cast.matter(day=days_ago(10))
    negotiator, vera = cast.browser(cast.negotiator), cast.browser(cast.vera)
    of_body = f"/facklig-samverkan/{cast.body.id}/forhandlingar"
    said = {
        "name": "Kollektivavtal RS", "from_day": days_ago(5).isoformat(), "meet_weeks": "1",
        "central_days": "10", "central_weeks": "2", "call_days": "5", "attestation_days": "3",
        "documents_days": "14",
    }  # fmt: skip
    assert vera.post(f"{of_body}/tider", data=said).status_code == 404
    assert negotiator.post(f"{of_body}/tider", data=said).status_code == 302
    assert negotiator.post(f"{of_body}/tider", data=said).status_code == 422  # that day is taken
    assert "Kollektivavtal RS" in vera.get(f"{of_body}/tider").text
    after = cast.matter(day=days_ago(4))
    assert "Kollektivavtal RS" not in vera.get(f"/forhandlingar/{before}").text
    assert "Kollektivavtal RS" in vera.get(f"/forhandlingar/{after}").text
    for other in ("central_days", "meet_weeks"):  # a matter under way keeps its times
        earlier = {**said, "from_day": days_ago(4).isoformat(), other: "8"}
        assert negotiator.post(f"{of_body}/tider", data=earlier).status_code == 422
    ancient = {**said, "from_day": "0001-01-01"}
    assert negotiator.post(f"{of_body}/tider", data=ancient).status_code == 422
    asked = f"{of_body}/planera?paragraf=11&dag=2027-03-16&centralt=y"
    for client in (vera, negotiator):
        shown = client.get(asked).text
        for day in ("16 mars", "2 mars", "26 februari", "12 februari", "2 februari"):
            assert shown.count(f"<td>{day} 2027") == shown.count(f">{day} 2027</tspan>") > 0, day
    for wrong in ("snart", "9999-12-31", "0001-01-02"):
        assert client.get(f"{of_body}/planera?paragraf=11&dag={wrong}").status_code == 422
    assert client.get(f"{of_body}/planera").status_code == 200
