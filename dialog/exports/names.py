"""Column names on the command line: between commas, or semicolons as in the files of ARX."""

import click


class Names(click.ParamType[tuple[str, ...]]):
    name = "a,b,c"

    def convert(
        self,
        value: str | tuple[str, ...],
        param: click.Parameter | None,  # noqa: ARG002 - click's signature
        ctx: click.Context | None,  # noqa: ARG002 - click's signature
    ) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        sign = "," if "," in value or ";" not in value else ";"
        return tuple(name for part in value.split(sign) if (name := part.strip()))
