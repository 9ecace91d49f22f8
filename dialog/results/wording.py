"""Results in words: numbers as they are written, and the finding of a picture in a sentence."""

from collections.abc import Sequence

from flask_babel import format_decimal, get_locale
from flask_babel import gettext as _

from dialog.core.levels import Level
from dialog.core.published import PublishedCategory, PublishedGroup, PublishedItem
from dialog.core.questionnaire import Item, Text
from dialog.organisation.wording import level_name
from dialog.results.blocks import Block, Style

Answered = Sequence[tuple[Item, PublishedItem]]


def language() -> str:
    return str(get_locale() or "sv")


def said(text: Text) -> str:
    """A questionnaire's text in the reader's language."""
    return text.in_language(language())


def whole(number: int | None) -> str:
    """1 204."""
    return "" if number is None else str(format_decimal(number))


def decimal(number: float | None) -> str:
    """3,8."""
    return "" if number is None else str(format_decimal(number, "0.0"))


def share(category: PublishedCategory) -> str:
    """62 %, or minst 90 %."""
    if category.bound.startswith(">"):
        return str(_("minst 90 %%"))
    if category.bound:
        return str(_("högst 10 %%"))
    return f"{category.share} %"


def level(group: PublishedGroup) -> str:
    return level_name(Level(group.level)) if group.level else ""


def place(group: PublishedGroup) -> str:
    """The unit, and the level if it is of one."""
    return f"{group.name}, {level(group).lower()}" if group.level else group.name


def finding(block: Block, answered: Answered) -> str:
    """What the block's picture shows, in a sentence or two; empty if there is nothing to say."""
    if block.style is Style.SPREAD:
        return _agreement(answered)
    if block.style in (Style.STACK, Style.BARS):
        return " ".join(_most_common(item, shown) for item, shown in answered)
    return " ".join(_mean(shown) for _item, shown in answered if shown.mean is not None)


def _agreement(answered: Answered) -> str:
    """Which statement most and which fewest placed themselves above the middle of."""
    upper = [(_upper(item, shown), said(item.text)) for item, shown in answered]
    known = sorted((part, text) for part, text in upper if part is not None)
    if not known:
        return ""
    (least, last), (most, first) = known[0], known[-1]
    if len(known) == 1 or first == last:
        return str(_("%(part)s %% svarar i skalans övre del.", part=most))
    return str(
        _(
            "Flest svarar i skalans övre del på ”%(first)s” (%(most)s %%), färst på ”%(last)s”"
            " (%(least)s %%).",
            first=first.rstrip("."),
            most=most,
            last=last.rstrip("."),
            least=least,
        )
    )


def _upper(item: Item, shown: PublishedItem) -> int | None:
    """Whole percent above the middle of the options' numbers."""
    values = [option.value or 0 for option in item.options]
    if shown.coarsened:
        return None
    middle = (min(values) + max(values)) / 2
    above = [
        one.n or 0 for one, value in zip(shown.categories, values, strict=True) if value > middle
    ]
    return round(100 * sum(above) / shown.n)


def _most_common(item: Item, shown: PublishedItem) -> str:
    names = [said(option.text) for option in item.options]
    most = max(range(len(names)), key=lambda at: shown.categories[at].middle)
    return str(
        _(
            "%(question)s Vanligast är ”%(answer)s” (%(share)s).",
            question=said(item.text),
            answer=names[most],
            share=share(shown.categories[most]),
        )
    )


def _mean(shown: PublishedItem) -> str:
    return str(
        _(
            "Medelvärdet är %(mean)s bland %(n)s svar.",
            mean=decimal(shown.mean),
            n=whole(shown.n),
        )
    )


def scores_sentence(titles: Sequence[str], means: Sequence[float | None]) -> str:
    """The highest and the lowest of some scores."""
    known = sorted(
        ((mean, title) for mean, title in zip(means, titles, strict=True) if mean is not None),
        key=lambda pair: pair[0],
    )
    if not known:
        return ""
    if len(known) == 1:
        (only, title) = known[0]
        return str(_("%(title)s: %(mean)s.", title=title, mean=decimal(only)))
    (low, last), (high, first) = known[0], known[-1]
    return str(
        _(
            "Högst ligger %(first)s (%(high)s) och lägst %(last)s (%(low)s).",
            first=first.lower(),
            high=decimal(high),
            last=last.lower(),
            low=decimal(low),
        )
    )


def range_sentence(title: str, means: Sequence[tuple[str, float]]) -> str:
    """Between which groups a score varies."""
    ordered = sorted(means, key=lambda pair: pair[1])
    if len(ordered) < 2 or ordered[0][1] == ordered[-1][1]:  # noqa: PLR2004 - two to compare
        return ""
    return str(
        _(
            "%(title)s varierar från %(low)s (%(last)s) till %(high)s (%(first)s).",
            title=title,
            low=decimal(ordered[0][1]),
            last=ordered[0][0],
            high=decimal(ordered[-1][1]),
            first=ordered[-1][0],
        )
    )
