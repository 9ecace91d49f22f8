"""`python -m tests.submissions.registrar`: an application that registers until it is killed.

See tests.documents.uploader. The argument is a session's token, of a registrar; the address of each
letter that was acknowledged is written down.
"""

import re
import sys
from pathlib import Path
from typing import Final

from flask import Flask

from tests.documents.uploader import serve

INCOMING: Final = "/inkomna-skrivelser"
FACTS: Final = {
    "where": "nytt", "matter_subject": "Bemanning", "subject": "Skrivelse om bemanning",
    "correspondent": "Förbundet Exempel",
}  # fmt: skip


def register(app: Flask, token: str, acknowledged: Path) -> None:
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    waiting = client.get(INCOMING).text.partition('id="att-registrera"')[2].partition("</section>")
    with acknowledged.open("a") as file:
        for address in re.findall(rf'href="({INCOMING}/[0-9a-f-]+)"', waiting[0]):
            answer = client.post(f"{address}/diariefor", data=FACTS)
            assert answer.status_code == 302, answer.text
            file.write(f"{address}\n")
            file.flush()


if __name__ == "__main__":
    serve(lambda app, acknowledged: register(app, sys.argv[1], acknowledged))
