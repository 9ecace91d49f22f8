"""From published groups to pictures: which figures and words each one holds."""

from collections.abc import Sequence

from flask_babel import gettext as _

from dialog.core.published import PublishedGroup
from dialog.core.questionnaire import Item, Questionnaire
from dialog.core.scoring import ends
from dialog.core.statistics.means import Interval
from dialog.results.blocks import Block, Style
from dialog.results.comparing import Compared, score_of, shown_scales
from dialog.results.contrasts import Contrast
from dialog.results.drawing.contrast_drawings import Row, forest
from dialog.results.drawing.drawings import Line, Words, answer_bars, bars, columns
from dialog.results.drawing.score_drawings import HeatRow, Score, dots, heat
from dialog.results.wording import answer_names, decimal, level, said, share, signed


def of_block(block: Block, group: PublishedGroup, *, wide: bool) -> bytes:
    """The distribution of each of the block's questions."""
    lines = [_line(item, group, alone=len(block.items) == 1) for item in block.items]
    words = Words(
        answers=answer_names(block.items[0]),
        protected=_("Visas inte: för få svar"),
        mean=_("Medel") if any(line.mean for line in lines) else "",
    )
    if block.style is Style.COLUMNS:
        return columns(lines[0], words, ends=(said(block.ends[0]), said(block.ends[1])), wide=wide)
    if block.style is Style.BARS:
        return answer_bars(lines[0], words, wide=wide)
    return bars(lines, words, style=block.style, wide=wide)


def _line(item: Item, group: PublishedGroup, *, alone: bool) -> Line:
    """A question that stands alone has its text above the picture."""
    text, shown = "" if alone else said(item.text), group.items.get(item.name)
    if shown is None:
        return Line(text, None)
    shares = tuple(share(category) for category in shown.categories)
    return Line(text, shown, shares, decimal(shown.mean))


def of_scores(questionnaire: Questionnaire, compared: Compared, *, wide: bool) -> bytes:
    """The group's scores on their scales, beside those it is compared with."""
    scales = shown_scales(questionnaire, (compared.group, *compared.others))
    scores = [
        Score(
            said(scale.title),
            ends(questionnaire, scale),
            compared.score(scale.name),
            decimal(compared.score(scale.name)),
            compared.other_scores(scale.name)[:2],
            _ends_of(compared.interval(scale.name)),
        )
        for scale in scales
    ]
    names = [compared_name(group) for group in (compared.group, *compared.others[:2])]
    return dots(scores, names, _("Visas inte"), wide=wide)


def _ends_of(interval: Interval | None) -> tuple[float, float] | None:
    return None if interval is None else (interval.low, interval.high)


def of_contrasts(contrasts: Sequence[Contrast], sides: tuple[str, str], *, wide: bool) -> bytes:
    """Differences on each scale; `sides` name what lies below and above none."""
    rows = [
        Row(
            said(one.scale.title),
            one.difference.estimate,
            one.difference.interval.low,
            one.difference.interval.high,
            signed(one.difference.estimate),
            one.difference.certain,
        )
        for one in contrasts
    ]
    return forest(rows, sides, signed, wide=wide)


def of_groups(
    questionnaire: Questionnaire,
    first: PublishedGroup,
    rows: Sequence[PublishedGroup],
    *,
    wide: bool,
) -> bytes:
    """The scores of several groups, below those of what they are parts of."""
    scales = shown_scales(questionnaire, (first, *rows))
    listed = [
        HeatRow(
            compared_name(group) if group is first else level(group) or group.name,
            tuple(score_of(group, scale.name) for scale in scales),
            tuple(decimal(score_of(group, scale.name)) for scale in scales),
            strong=group is first,
        )
        for group in (first, *rows)
    ]
    return heat([said(scale.title) for scale in scales], listed, wide=wide)


def compared_name(group: PublishedGroup) -> str:
    """A group's name beside others: with its level if it is of one."""
    return f"{group.name}, {level(group).lower()}" if group.level else group.name
