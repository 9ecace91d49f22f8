"""A register on paper: what was registered in a period, as tagged PDF/UA-1 by typst."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.diary import numbering, words
from dialog.diary.models import DiaryAuthority, DiaryLine, DiaryMatter
from dialog.storage.clock import STOCKHOLM
from dialog.web import typesetting
from dialog.web.i18n import day, language

TEMPLATE: Final = Path(__file__).parent / "register.typ"
MOST: Final = 2_000  # rows on paper; set in about a second


@dataclass(frozen=True)
class Period:
    """Days of registration of an authority, the last one included."""

    authority: DiaryAuthority
    first: date
    last: date


def pdf(session: Session, *, period: Period, keeps: bool) -> bytes:
    """Matters by their numbers, each with the documents that were registered in the period. What is
    withheld stands there only for who `keeps` the diary. Raises RefusedError.
    """
    rows = _rows(session, period)
    if len(rows) > MOST:
        raise RefusedError(
            _("Perioden har fler än %(most)s rader. Välj en kortare period.", most=MOST)
        )
    return typesetting.pdf(TEMPLATE, _data(period, rows, keeps=keeps))


def _rows(session: Session, period: Period) -> list[tuple[DiaryLine, DiaryMatter]]:
    after = datetime.combine(period.first, time.min, STOCKHOLM)
    before = datetime.combine(period.last + timedelta(days=1), time.min, STOCKHOLM)
    query = (
        select(DiaryLine, DiaryMatter)
        .join(DiaryMatter, col(DiaryMatter.id) == col(DiaryLine.matter_id))
        .where(DiaryLine.authority_id == period.authority.id)
        .where(col(DiaryLine.registered_at) >= after, col(DiaryLine.registered_at) < before)
        .order_by(col(DiaryMatter.year), col(DiaryMatter.serial), col(DiaryLine.document))
        .limit(MOST + 1)
    )
    return list(session.exec(query))


def _data(
    period: Period, rows: Sequence[tuple[DiaryLine, DiaryMatter]], *, keeps: bool
) -> dict[str, Any]:
    return {
        "language": language(),
        "title": _("Diarieförteckning"),
        "authority": period.authority.name,
        "period": _(
            "Registrerat från och med %(first)s till och med %(last)s",
            first=day(period.first), last=day(period.last),
        ),
        "note": _("Här står även det som inte visas öppet. Lämna inte ut listan utan prövning.")
        if keeps
        else "",
        "empty": _("Inget registrerades i perioden."),
        "head": [
            _("Nummer"), _("Dag"), _("Slag"), _("Avsändare eller mottagare"), _("Vad det rör"),
        ],
        "rows": [_cells(period.authority, line, of, keeps=keeps) for line, of in rows],
    }  # fmt: skip


def _cells(
    authority: DiaryAuthority, line: DiaryLine, of: DiaryMatter, *, keeps: bool
) -> dict[str, Any]:
    shown = _shown(keeps=keeps)
    kind = words.DIRECTIONS[line.direction] if line.direction else _("Hela ärendet")
    return {
        "matter": not line.document,
        "cells": [
            str(numbering.number_of(authority, of, line.document)),
            line.arrived_on.isoformat(),
            str(kind),
            shown(line.correspondent, line.public_correspondent),
            shown(line.subject, line.public_subject),
        ],
    }


def _shown(*, keeps: bool) -> Any:
    withheld = _("Visas inte öppet")
    if keeps:
        return lambda every, public: f"{every} ({withheld})" if public is None else every
    return lambda _every, public: withheld if public is None else public
