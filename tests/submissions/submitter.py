"""`python -m tests.submissions.submitter`: an application that submits letters until it is killed.

See tests.documents.uploader. The arguments are the board's id and a session's token, in which
somebody acts for a union; the address of each letter that was acknowledged is written down.
"""

import io
import sys
from pathlib import Path

from flask import Flask

from dialog.unions.acting import MARK
from tests.documents.uploader import serve


def submit(app: Flask, board: str, token: str, acknowledged: Path) -> None:
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"], cookie[MARK] = token, True, True
    with acknowledged.open("a") as file:
        for number in range(1_000):
            subject = f"{acknowledged.stem} {number}"
            said = {"authority": board, "heading": subject}
            address = client.post("/skrivelser/ny", data=said).location.removesuffix("/skriv")
            version = client.get(f"{address}/skriv").text.partition('name="version" value="')[2]
            text = {**said, "text": subject, "version": version.partition('"')[0]}
            assert client.post(f"{address}/skriv", data=text).status_code == 302
            enclosed = {"file": (io.BytesIO(f"Bilaga {subject}".encode()), "Bilaga.txt")}
            place = address.replace("/skrivelser", "/handlingar/till/submission")
            assert client.post(place, data=enclosed).status_code == 302
            answer = client.post(f"{address}/lamna-in", data={"revision": 3})
            assert answer.status_code == 302, answer.text
            file.write(f"{address}\n")
            file.flush()


if __name__ == "__main__":
    serve(lambda app, acknowledged: submit(app, sys.argv[1], sys.argv[2], acknowledged))
