"""`python -m tests.documents.uploader`: an application that hands in files until it is killed.

Each line on standard input begins a process that uploads for the item named in the arguments, and
writes the number of each upload that was acknowledged to the file that the line names.
"""

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

from flask import Flask

from dialog.application import create_app
from dialog.documents import keeping
from dialog.settings import from_environment
from tests.documents import samples


def upload(app: Flask, address: str, token: str, acknowledged: Path) -> None:
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    made = acknowledged.stem
    with acknowledged.open("a") as file:
        for number in range(1_000):
            words, name = f"{made} {number}", f"{made} {number}.txt"
            content: bytes = words.encode() * 2_000
            if number % 5 == 4:
                content, name = samples.picture(size=(10 + number, 30)), f"{made} {number}.png"
            data = {"file": (io.BytesIO(content), name)}
            answer = client.post(address, data=data)
            assert answer.status_code == 302, answer.text
            file.write(f"{name}\n")
            file.flush()


def serve(work: Callable[[Flask, Path], None]) -> None:
    """A process for each line on standard input, which works until it is killed."""
    app = create_app(from_environment())  # it has not spoken to the database before it is forked
    app.config["WTF_CSRF_ENABLED"] = False
    print("ready", flush=True)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os.setsid()
            work(app, Path(line.strip()))
            os._exit(0)
        print(child, flush=True)


def main() -> None:
    address, token = sys.argv[1:]
    keeping.MOST = 10_000
    serve(lambda app, acknowledged: upload(app, address, token, acknowledged))


if __name__ == "__main__":
    main()
