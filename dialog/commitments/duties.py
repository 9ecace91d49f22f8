"""What the worker does for commitments: mail, reminders, and what the date brings."""

from collections.abc import Callable, Mapping
from typing import Final

from dialog.commitments import answering, following, letters, news, reminding
from dialog.desk import Desk, Handler

HANDLERS: Final[Mapping[str, Handler]] = {
    letters.KIND: letters.send,
    news.HAPPENED: news.spread,
    news.KIND: news.send,
    following.KIND: following.send,
}
# What is looked at every so many seconds.
DATED: Final[Mapping[Callable[[Desk], None], float]] = {
    reminding.remind_due: 300,
    answering.settle_due: 300,
    following.forget_unconfirmed: 3600,
}
