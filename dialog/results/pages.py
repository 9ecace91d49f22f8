"""What a result's page says, put together from published groups; no figure is made here."""

from dataclasses import dataclass, field
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.published import PublishedGroup
from dialog.core.questionnaire import Item, Questionnaire, Scale
from dialog.results import queries, wording
from dialog.results.blocks import Block, Style
from dialog.results.comparing import Compared, answered, form, outline, shown_scales
from dialog.results.models import Release


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

    @property
    def group(self) -> PublishedGroup:
        return self.compared.group

    @property
    def scales(self) -> list[Scale]:
        """Those that have a score here or in what it is compared with."""
        if self.group.protected:
            return []
        return shown_scales(self.form, (self.group, *self.compared.others))

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
    deepest: int | None = None,
) -> GroupPage | None:
    """The page of a unit, at one level or at all; None if it is not in the release. Parts below
    the depth `deepest` are left out.
    """
    group = queries.group(session, release_id=release.id, unit=unit, level=level)
    if group is None:
        return None
    line = queries.line(session, release_id=release.id, of=group)
    found = form(release.questionnaire)
    sections, hidden = _sections(outline(release.questionnaire), group)
    ends_here = deepest is not None and group.depth >= deepest
    below = [] if level or ends_here else queries.parts(session, release_id=release.id, of=unit)
    levels = [] if level else queries.levels(session, release_id=release.id, of=unit)
    return GroupPage(
        release=release,
        form=found,
        compared=Compared(group, _beside(session, release.id, group, line)),
        line=line,
        parts=below,
        levels=levels,
        sections=sections,
        hidden=hidden,
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
