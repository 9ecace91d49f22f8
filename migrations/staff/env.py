"""Alembic's environment of the staff database: every feature's tables."""

from alembic import context

import dialog.commitments.models
import dialog.diary.models
import dialog.documents.models
import dialog.followups.models
import dialog.meetings.floor.models
import dialog.meetings.groups.models
import dialog.meetings.live_models
import dialog.meetings.models
import dialog.minutes.models
import dialog.negotiations.models
import dialog.organisation.models
import dialog.people.models
import dialog.programmes.models
import dialog.receipts.models
import dialog.requests.models
import dialog.research.models
import dialog.results.models
import dialog.retention.models
import dialog.reviewing.models
import dialog.storage.heartbeat
import dialog.storage.outbox
import dialog.submissions.handling_models
import dialog.submissions.intake.models
import dialog.submissions.models
import dialog.surveys.key_models
import dialog.surveys.models
import dialog.surveys.programme_models
import dialog.unions.models  # noqa: F401 - each import registers tables
from dialog.storage.migrating import run_environment
from dialog.storage.rows import Row

run_environment(context, Row.metadata)
