"""Both applications on ports of their own, on either database, and a cast for meetings."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import Session

from dialog.settings import Settings, from_environment
from tests.browser.conftest import serve
from tests.followups.cast import Cast
from tests.ports import free_ports


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """As in all tests, with addresses that can be served; answers go over HTTP."""
    staff, box = free_ports(2)
    return from_environment(
        DIALOG_INSTANCE=str(tmp_path),
        DIALOG_DATABASE_URL=database_url,
        DIALOG_DEMO="0",
        DIALOG_BASE_URL=f"http://localhost:{staff}",
        DIALOG_BOX_URL=f"http://127.0.0.1:{box}",
    )


@pytest.fixture
def cast(app: Flask, db: Session) -> Cast:
    return Cast(app, db)


@pytest.fixture
def served(app: Flask, box: Flask, settings: Settings) -> Iterator[Flask]:
    """The ballot box; it and the staff application listen until the test ends."""
    ports = [int(url.rsplit(":", 1)[1]) for url in (settings.base_url, settings.box_url)]
    servers = [serve(each, port) for each, port in zip((app, box), ports, strict=True)]
    yield box
    for server in servers:
        server.shutdown()
