"""The rows of `survey` as a tree: groups hold questions and groups."""

from dataclasses import dataclass, field

from pyxform import aliases, constants
from pyxform.xls2json import RE_BEGIN_CONTROL, RE_END_CONTROL, RE_SELECT

from dialog.surveys.building.xlsform.lines import Line
from dialog.surveys.building.xlsform.reasons import COMMENT, DISABLED


@dataclass(frozen=True)
class Select:
    """A choice: of one or several, from a list, perhaps with "other"."""

    several: bool
    list_name: str
    other: bool


@dataclass
class Element:
    """A question or a group. `kind` is the XLSForm type in lower case."""

    line: Line
    kind: str
    select: Select | None = None
    children: "list[Element] | None" = None
    end: Line | None = None
    repeated: bool = field(default=False)

    def close(self) -> None:
        """Use the row that ends the group; what else stands there is left."""
        if self.end:
            self.end.use("type")
            if self.end.peek("name") == self.name:
                self.end.use("name")

    @property
    def name(self) -> str:
        return self.line.peek("name")


def tree(lines: list[Line]) -> list[Element]:
    """The top of the tree. The form has passed `validating`, so that its groups are closed."""
    top: list[Element] = []
    open_groups: list[Element] = []
    inside = [top]  # the list that the next row goes into is the last
    for line in lines:
        kind = " ".join(line.peek("type").split())
        if aliases.yes_no.get(line.peek("disabled")):
            line.leave_all(DISABLED)
        elif not kind:
            line.leave_all(COMMENT)
        elif RE_END_CONTROL.search(kind):
            open_groups.pop().end = line
            inside.pop()
        elif begin := RE_BEGIN_CONTROL.search(kind):
            repeated = aliases.control[begin["type"]] != constants.GROUP
            children: list[Element] = []
            group = Element(line, kind, children=children, repeated=repeated)
            inside[-1].append(group)
            open_groups.append(group)
            inside.append(children)
        else:
            inside[-1].append(Element(line, kind, _select(kind)))
    return top


def _select(kind: str) -> Select | None:
    found = RE_SELECT.search(kind)
    if not found:
        return None
    command = aliases.select[found["select_command"]]
    ours = {constants.SELECT_ONE: False, constants.SELECT_ALL_THAT_APPLY: True}
    if command not in ours or found["select_command"] in aliases.select_from_file:
        return None
    return Select(ours[command], found["list_name"], found["specify_other"] is not None)
