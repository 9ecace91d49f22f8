"""One step in a form with lists (add, remove, move a row …), made by the server: it works without
script, and the script only puts the answer into the page.
"""

from typing import Any

from dialog.core.questionnaire import Kind, Option
from dialog.surveys.building.fields import MOST_IN_A_LIST, drop_blank
from dialog.surveys.building.presets import PRESETS

CHOICES = (Kind.SINGLE, Kind.MULTIPLE, Kind.MATRIX)
BLANK_ROWS = 3  # of a list that begins empty
FIRST_FIELD = {"options": "sv", "rows": "sv", "tests": "item"}


def take_step(form: Any, step: str) -> str:
    """Change `form` as the pressed button says: "add:options", "remove:rows:2", "up:options:1",
    "down:…", "preset", "paste", "kind", "refresh". Gives the id of the element to be in focus.
    """
    verb, _colon, rest = step.partition(":")
    name, _colon, index = rest.partition(":")
    if verb in {"add", "remove", "up", "down"} and name in FIRST_FIELD and name in form:
        return _list_step(form[name], verb, name, int(index) if index.isdigit() else 0)
    if verb == "preset":
        return use_preset(form, form.preset.data)
    if verb == "paste":
        return _paste(form)
    if verb == "kind" and form.new_kind.data in set(Kind):
        form.kind.data = form.new_kind.data
        begin_lists(form)
        return "new_kind"
    return str(rest)


def begin_lists(form: Any) -> None:
    """Give a question of this kind rows to write in."""
    kind = Kind(form.kind.data)
    if kind is Kind.MATRIX and not form.rows.entries:
        _blank(form.rows)
        if not form.options.entries:
            use_preset(form, "agreement")
    elif kind in CHOICES and not form.options.entries:
        _blank(form.options)


def use_preset(form: Any, name: str) -> str:
    """Replace the options by ready-made ones."""
    while form.options.entries:
        form.options.pop_entry()
    for option in PRESETS.get(name, ()):
        form.options.append_entry(option_data(option))
    return "options-0-sv"


def option_data(option: Option, *, was: str = "") -> dict[str, Any]:
    """What an option's row in the form holds. `was` is its name as it is saved."""
    return {
        "sv": option.text.sv,
        "en": option.text.en,
        "value": option.value,
        "name": option.name,
        "was": was,
    }


def _blank(field: Any) -> None:
    for _number in range(BLANK_ROWS):
        field.append_entry()


def _paste(form: Any) -> str:
    """One option for each line."""
    drop_blank(form.options)
    lines = [line.strip() for line in form.paste.data.splitlines()]
    first = len(form.options.entries)
    for line in filter(None, lines[: MOST_IN_A_LIST - first]):
        form.options.append_entry({"sv": line[:500]})
    form.paste.data = ""
    return f"options-{first}-sv"


def _list_step(field: Any, verb: str, name: str, index: int) -> str:
    if verb == "add":
        if len(field.entries) < MOST_IN_A_LIST:
            field.append_entry()
        return f"{name}-{len(field.entries) - 1}-{FIRST_FIELD[name]}"
    if not 0 <= index < len(field.entries):
        return f"add-{name}"
    moved = field.pop_entry(index).data
    if verb == "remove":
        near = min(index, len(field.entries) - 1)
        return f"{name}-{near}-{FIRST_FIELD[name]}" if field.entries else f"add-{name}"
    to = index - 1 if verb == "up" else index + 1
    to = min(max(to, 0), len(field.entries))
    field.insert_entry(to, moved)
    return _button_after_move(verb, name, to, len(field.entries) - 1)


def _button_after_move(verb: str, name: str, to: int, last: int) -> str:
    """The same button, or the other one where a row has come to an end."""
    if to == 0:
        verb = "down"
    elif to == last:
        verb = "up"
    return f"{verb}-{name}-{to}"
