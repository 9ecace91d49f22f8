"""Settings as frozen dataclasses: read from DIALOG_* variables, each documented where it stands."""

import dataclasses
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
_TRUE = {"1", "true", "yes", "on", "ja"}
_FALSE = {"0", "false", "no", "off", "nej"}


class WrongSettingError(ValueError):
    """A variable holds something that cannot be read; the message names it."""


def setting(doc: str, *, default: Any, name: str, secret: bool = False) -> Any:
    """Describe one setting: `name` is the environment variable, `default` a value or a function
    of the settings read so far (a dict by field name).
    """
    return dataclasses.field(
        default=None, metadata={"doc": doc, "default": default, "name": name, "secret": secret}
    )


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


def read(cls: type[T], environ: Mapping[str, str]) -> T:
    """Fill the dataclass `cls` from `environ`.

    Raises WrongSettingError with a sentence for the operator.
    """
    values: dict[str, Any] = {}
    for field in dataclasses.fields(cls):  # type: ignore[arg-type]  # every caller passes a dataclass
        name, default = field.metadata["name"], field.metadata["default"]
        if name in environ and environ[name] != "":
            values[field.name] = _convert(name, field.type, environ[name])
        elif isinstance(default, Callable):  # type: ignore[arg-type]  # mypy: Callable as a class
            values[field.name] = default(values)
        else:
            values[field.name] = default
    return cls(**values)
