"""What a result's page says, put together from published groups; no figure is made here."""

from dataclasses import dataclass, field
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.disclosure.suppression import CROSSED_DEPTH
from dialog.core.published import PublishedGroup
from dialog.core.questionnaire import LEVEL, Item, Questionnaire, Scale, items
from dialog.core.routing import gates
from dialog.results import joined, queries, spreads, wording
from dialog.results.blocks import Block, Style
from dialog.results.comparing import Compared, answered, form, outline, shown_scales
from dialog.results.contrasts import Contrast, between_levels, between_rounds
from dialog.results.models import Release
from dialog.results.reading import earlier
from dialog.results.reading.reach import Reach
from dialog.reviewing.models import ApprovedText
from dialog.reviewing.queries import approved


@dataclass(frozen=True)
class BlockPart:
    """A picture with its finding and its table."""

    block: Block
    finding: str
    drawn: bool


@dataclass(frozen=True)
class SectionPart:
    title: str
    blocks: list[BlockPart] = field(default_factory=list)


@dataclass(frozen=True)
class GroupPage:
    """A unit's page: itself, what is above, beside and below it, and its questions."""

    release: Release
    form: Questionnaire
    compared: Compared
    line: list[PublishedGroup]
    parts: list[PublishedGroup]
    levels: list[PublishedGroup]
    sections: list[SectionPart]
    hidden: list[Item]
    gap: list[Contrast] = field(default_factory=list)  # managers against staff
    before: Release | None = None  # the release before, and what has changed since
    change: list[Contrast] = field(default_factory=list)
    corrected_by: Release | None = None
    stands: Release | None = None  # the last that corrects it, and the one that holds
    together: list[str] = field(default_factory=list)  # names of the units in its result group
    few_asked: bool = False  # so few that there could never be a result

    @property
    def group(self) -> PublishedGroup:
        return self.compared.group

    @property
    def some_asked(self) -> bool:
        """Whether some questions were for some levels only."""
        return bool(gates(self.form, {LEVEL}))

    @property
    def scales(self) -> list[Scale]:
        """Those that have a score here or in what it is compared with."""
        if self.group.protected:
            return []
        return shown_scales(self.form, (self.group, *self.compared.others))

    @property
    def is_joined(self) -> bool:
        """Whether this is a result group, and no unit."""
        return self.group.unit in joined.groups_of(self.release)

    @property
    def result_group(self) -> PublishedGroup | None:
        """The result group that this unit lies in."""
        groups = joined.groups_of(self.release)
        return next((above for above in self.line if above.unit in groups), None)

    @property
    def nearest(self) -> PublishedGroup | None:
        """The nearest group above that is published."""
        above = [*self.line, self.compared.others[0]] if self.group.level else self.line
        return next((group for group in reversed(above) if not group.protected), None)

    def shown_parts(self) -> list[PublishedGroup]:
        return [part for part in self.parts if not part.protected]

    def shown_levels(self) -> list[PublishedGroup]:
        return [level for level in self.levels if not level.protected]

    def scales_of(self, rows: list[PublishedGroup]) -> list[Scale]:
        return shown_scales(self.form, rows)


def group_page(
    session: Session,
    *,
    release: Release,
    unit: str,
    level: str = "",
    reach: Reach,
) -> GroupPage | None:
    """The page of a unit, at one level or at all; None if it is not in the release, or not for the
    reader. Parts that are not for the reader are left out.
    """
    group = queries.group(session, release_id=release.id, unit=unit, level=level)
    if group is None:
        return None
    line = queries.line(session, release_id=release.id, of=group)
    groups = joined.groups_of(release)
    reach = reach.with_groups(groups)
    if not reach.sees_group(group, line):
        return None
    found = form(release.questionnaire)
    sections, hidden = _sections(outline(release.questionnaire), group)
    below = [] if level else queries.parts(session, release_id=release.id, of=unit)
    levels = [] if level else queries.levels(session, release_id=release.id, of=unit)
    told = spreads.of(release)
    before, change = _change(session, release, found, group)
    corrected_by = queries.corrected_by(session, release=release)
    return GroupPage(
        release=release,
        form=found,
        compared=Compared(group, _beside(session, release.id, group, line), told),
        line=line,
        parts=[part for part in below if reach.sees_group(part, [*line, group])],
        levels=levels,
        sections=sections,
        hidden=hidden,
        gap=between_levels(found, levels, told),
        before=before,
        change=change,
        corrected_by=corrected_by,
        stands=corrected_by and queries.last(session, round_id=release.round_id),
        together=_together(session, release, group, line),
        few_asked=group.protected
        and not level
        and joined.few_asked(session, release=release, unit=unit),
    )


def _together(
    session: Session, release: Release, group: PublishedGroup, line: list[PublishedGroup]
) -> list[str]:
    """Names of the units that are published as one, here or in the group that this lies in."""
    groups = joined.groups_of(release)
    around = next((each for each in (group, *line) if each.unit in groups), None)
    if around is None:
        return []
    return joined.names(session, release=release, units=groups[around.unit])


def texts(session: Session, page: GroupPage) -> list[tuple[Item, list[ApprovedText]]]:
    """The approved texts of the unit by question; never below verksamhet, never of a level."""
    group = page.group
    if group.protected or group.level or group.depth > CROSSED_DEPTH:
        return []
    found = approved(session, round_id=page.release.round_id, unit=group.unit)
    by_item = [(item, [one for one in found if one.item == item.name]) for item in items(page.form)]
    return [(item, written) for item, written in by_item if written]


def _change(
    session: Session, release: Release, form_now: Questionnaire, group: PublishedGroup
) -> tuple[Release | None, list[Contrast]]:
    """The release before this one, and how the same unit has changed since."""
    before = None if group.protected else earlier.release_before(session, release=release)
    if before is None:
        return None, []
    then = queries.group(session, release_id=before.id, unit=group.unit, level=group.level)
    same = joined.alike(release, before, unit=group.unit)
    if then is None or then.protected or not same:
        return before, []
    return before, between_rounds(
        (form_now, group, spreads.of(release)),
        (form(before.questionnaire), then, spreads.of(before)),
    )


def _beside(
    session: Session, release_id: UUID, group: PublishedGroup, line: list[PublishedGroup]
) -> tuple[PublishedGroup, ...]:
    """The whole unit for one of its levels; else the parent, then the whole."""
    if group.level:
        found = queries.group(session, release_id=release_id, unit=group.unit)
        return (found,) if found else ()
    if len(line) < 2:  # noqa: PLR2004 - the parent is the whole
        return tuple(line)
    return (line[-1], line[0])


def _sections(
    blocks: tuple[Block, ...], group: PublishedGroup
) -> tuple[list[SectionPart], list[Item]]:
    """The blocks with figures by section, and the items that have none here."""
    sections: list[SectionPart] = []
    hidden: list[Item] = []
    for block in blocks:
        found = answered(block, group)
        hidden += [item for item in block.items if item.name not in group.items]
        if not found:
            continue
        title = wording.said(block.section) or _("Frågor")
        if not sections or sections[-1].title != title:
            sections.append(SectionPart(title))
        drawn = block.style is not Style.NUMBER
        sections[-1].blocks.append(BlockPart(block, wording.finding(block, found), drawn))
    return sections, hidden
