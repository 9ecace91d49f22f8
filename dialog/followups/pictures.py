"""From what is told of meetings to the picture of it, and to the finding in words."""

from flask_babel import gettext as _

from dialog.followups.comparing import HIGHEST, LOWEST, Comparison
from dialog.followups.drawings import Row, lines
from dialog.results.wording import decimal, said
from dialog.web.i18n import day


def of_comparison(found: Comparison, *, wide: bool) -> bytes:
    rows = [
        Row(
            said(question.text),
            tuple(_written(each.means[place]) for each in found.told),
        )
        for place, question in enumerate(found.questions)
    ]
    gap = _("Visas inte. Orsaken står i tabellen.")
    names = [str(each.number) for each in found.told]
    return lines(rows, names, (LOWEST, HIGHEST), gap, wide=wide)


def _written(mean: float | None) -> tuple[float, str] | None:
    return None if mean is None else (mean, decimal(mean))


def finding(found: Comparison) -> str:
    """What was answered after the last meeting that is shown, and nothing of why."""
    last = found.shown[-1]
    means = {
        said(question.text): mean
        for question, mean in zip(found.questions, last.means, strict=True)
        if mean is not None
    }
    high, low = max(means, key=lambda text: means[text]), min(means, key=lambda text: means[text])
    words = {
        "title": last.meeting.title,
        "day": day(last.meeting.starts_at) if last.meeting.starts_at else "",
        "high": high,
        "highest": decimal(means[high]),
        "low": low,
        "lowest": decimal(means[low]),
    }
    if means[high] == means[low]:
        return (
            str(
                _("Senast, efter ”%(title)s” %(day)s, fick frågorna samma medelvärde: %(highest)s.")
            )
            % words
        )
    return (
        str(
            _(
                "Senast, efter ”%(title)s” %(day)s, var medelvärdet högst för ”%(high)s”"
                " (%(highest)s) och lägst för ”%(low)s” (%(lowest)s)."
            )
        )
        % words
    )
