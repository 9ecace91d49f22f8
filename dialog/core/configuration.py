"""Settings as frozen dataclasses: read from DIALOG_* variables, each documented where it stands."""

import dataclasses
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")
_TRUE = {"1", "true", "yes", "on", "ja"}
_FALSE = {"0", "false", "no", "off", "nej"}


class WrongSettingError(ValueError):
    """A variable holds something that cannot be read; the message names it."""


def setting(
    doc: str,
    *,
    default: Any,
    name: str,
    secret: bool = False,
    wrong: Callable[[Any], str] | None = None,
) -> Any:
    """Describe one setting: `name` is the environment variable, `default` a value or a function
    of the settings read so far (a dict by field name). `wrong` says what to write instead of a
    value that cannot be meant, and nothing of one that can.
    """
    return dataclasses.field(
        default=None,
        metadata={
            "doc": doc,
            "default": default,
            "name": name,
            "secret": secret,
            "wrong": wrong,
        },
    )


def no_web_address(value: str) -> str:
    """For `wrong`: an origin, without a path."""
    address = urlsplit(value)
    try:
        port_is_right = address.port != 0
    except ValueError:
        port_is_right = False
    path = address.path + address.query + address.fragment
    if address.scheme in {"http", "https"} and address.hostname and port_is_right and not path:
        return ""
    return "write https:// and a host name, without a path: https://dialog.example.org"


def not_of_scheme(*schemes: str) -> Callable[[str], str]:
    """For `wrong`: an address that begins with one of `schemes`, or nothing."""

    def wrong(value: str) -> str:
        scheme, separator, _rest = value.partition("://")
        if not value or (separator and scheme in schemes):
            return ""
        return f"write {' or '.join(f'{scheme}://…' for scheme in schemes)}"

    return wrong


def no_database_address(value: str) -> str:
    """For `wrong`: a database of a kind that we speak with, through the driver that we have."""
    return not_of_scheme("sqlite", "postgresql+psycopg")(value)


def not_one_of(*words: str) -> Callable[[str], str]:
    """For `wrong`: one of `words`, in any case."""
    return lambda value: "" if value.upper() in words else f"write {', '.join(words)}"


def negative(value: int) -> str:
    """For `wrong`: nothing below 0."""
    return "" if value >= 0 else "write 0 or more"


def _convert(name: str, kind: Any, raw: str) -> Any:
    if kind is bool:
        word = raw.strip().lower()
        if word in _TRUE | _FALSE:
            return word in _TRUE
        raise WrongSettingError(f"{name} is {raw!r}; write 1 or 0.")
    if kind is int:
        try:
            return int(raw)
        except ValueError:
            raise WrongSettingError(f"{name} is {raw!r}; write a whole number.") from None
    if kind is Path:
        return Path(raw).expanduser().absolute()
    return raw


def _look_at(field: dataclasses.Field[Any], value: Any) -> None:
    """Raise WrongSettingError for a value that cannot be meant; a secret one is not repeated."""
    wrong = field.metadata["wrong"]
    instead = wrong(value) if wrong else ""
    if instead:
        said = "cannot be used" if field.metadata["secret"] else f"is {str(value)!r}"
        raise WrongSettingError(f"{field.metadata['name']} {said}; {instead}.")


def read(cls: type[T], environ: Mapping[str, str]) -> T:
    """Fill the dataclass `cls` from `environ`.

    Raises WrongSettingError with a sentence for the operator.
    """
    values: dict[str, Any] = {}
    for field in dataclasses.fields(cls):  # type: ignore[arg-type]  # every caller passes a dataclass
        name, default = field.metadata["name"], field.metadata["default"]
        if name in environ and environ[name] != "":
            values[field.name] = _convert(name, field.type, environ[name])
            _look_at(field, values[field.name])
        elif isinstance(default, Callable):  # type: ignore[arg-type]  # mypy: Callable as a class
            values[field.name] = default(values)
        else:
            values[field.name] = default
    return cls(**values)
