"""Two unions whose representatives act, a board, and everybody who is not to see a draft."""

import io
from typing import Any
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.diary.models import DiaryAuthority
from dialog.people.models import Person, Role
from dialog.submissions.models import Submission
from tests import makers
from tests.conftest import sign_in
from tests.documents import samples
from tests.documents.cast import Browser
from tests.unions.cast import Cast as Unions

TEXT = "Vi vill att **bemanningen** ses över.\n\n- på natten\n- i helgen"


class Cast(Unions):
    """Vera acts for the first union, Ture for the second."""

    def __init__(self, app: Flask, db: Session) -> None:
        super().__init__(app, db)
        app.test_client_class = Browser
        self.board = DiaryAuthority(name="Regionstyrelsen", letters="RS")
        db.add(self.board)
        db.commit()
        self.mandates = [self.mandate(self.vera), self.mandate(self.ture, union=1)]
        self.everything = makers.person(db, "Alla Roller", *Role)
        self._browsers: dict[UUID, FlaskClient] = {}

    def as_(self, person: Person) -> FlaskClient:
        """A browser of somebody's own; of who represents, acting."""
        if person.id not in self._browsers:
            client = sign_in(self.app.test_client(), self.db, person)
            for mandate in self.mandates:
                if mandate.person_id == person.id:
                    client.post(f"/mina-uppdrag/{mandate.id}/foretrad")
            self._browsers[person.id] = client
        return self._browsers[person.id]

    def begun(self, subject: str = "Bemanningen på natten") -> Submission:
        """A draft of the first union, without a text."""
        data = {"authority": self.board.id, "heading": subject}
        answer = self.as_(self.vera).post("/skrivelser/ny", data=data)
        assert answer.status_code == 302, answer.text
        return self.letter(UUID(answer.location.split("/")[2]))

    def write(self, letter: Submission, text: str = TEXT, **more: Any) -> Any:
        """Save the text, as the script does."""
        data = {
            "authority": letter.authority_id, "heading": letter.subject, "text": text,
            "version": self.version(letter), **more,
        }  # fmt: skip
        headers = {"Accept": "application/json"}
        return self.as_(self.vera).post(self.page(letter, "skriv"), data=data, headers=headers)

    def version(self, letter: Submission) -> str:
        page = self.as_(self.vera).get(self.page(letter, "skriv")).text
        return page.partition('name="version" value="')[2].partition('"')[0]

    def written(self) -> Submission:
        letter = self.begun()
        assert self.write(letter).status_code == 200
        return self.letter(letter.id)

    def enclose(
        self, letter: Submission, name: str = "Schema.txt", about: str = "submission"
    ) -> Any:
        content = samples.pdf() if name.endswith(".pdf") else f"{name}: schema".encode()
        data = {"file": (io.BytesIO(content), name)}
        return self.as_(self.vera).post(f"/handlingar/till/{about}/{letter.id}", data=data)

    def answer(self, letter: Submission, answer: str = "ja", revision: int = 0) -> Any:
        """The second union's."""
        data = {"revision": revision or letter.revision, "answer": answer}
        return self.as_(self.ture).post(self.page(letter, "underteckna"), data=data)

    def submit(self, letter: Submission, revision: int = 0) -> Any:
        data = {"revision": revision or self.letter(letter.id).revision}
        return self.as_(self.vera).post(self.page(letter, "lamna-in"), data=data)

    def page(self, letter: Submission, rest: str = "") -> str:
        return f"/skrivelser/{letter.id}/{rest}".rstrip("/")

    def letter(self, id_: UUID) -> Submission:
        """As it is now; an open transaction would lock the application out."""
        (found,) = self.rows(select(Submission).where(Submission.id == id_))
        assert isinstance(found, Submission)
        return found

    def rows(self, query: Any) -> list[Any]:
        found = list(self.db.exec(query.execution_options(populate_existing=True)))
        self.db.commit()
        return found
