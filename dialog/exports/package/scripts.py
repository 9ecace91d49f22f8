"""Short scripts that load the data with their labels, one for each program."""

from dialog.exports.package.about import About
from dialog.exports.package.variables import Dataset, Form

_SAID = {
    "sv": ("Läser {title}.", "Kör från den mapp där filerna ligger."),
    "en": ("Loads {title}.", "Run it from the folder where the files are."),
}


def write_scripts(dataset: Dataset, about: About) -> dict[str, bytes]:
    """File name → script."""
    title = " ".join(about.say(about.title).split())
    said = [line.format(title=title) for line in _SAID[about.language]]
    texts = {
        "load.R": _r(said, dataset, about),
        "load.do": _stata(said),
        "load.sps": _spss(said),
        "load.py": _python(said),
    }
    return {name: text.encode() for name, text in texts.items()}


def _r(said: list[str], dataset: Dataset, about: About) -> str:
    """With haven where it is installed, else with nothing but R itself."""
    lines = [*(f"# {line}" for line in said)]
    lines += [
        'if (requireNamespace("haven", quietly = TRUE)) {',
        '  data <- haven::read_sav("data.sav", user_na = TRUE)',
        "} else {",
        '  data <- read.csv("data.csv", fileEncoding = "UTF-8", na.strings = "")',
    ]
    for variable in dataset.variables:
        if variable.form is Form.CODED:
            codes = ", ".join(str(category.code) for category in variable.categories)
            words = ", ".join(_quoted(about.say(category.text)) for category in variable.categories)
            lines.append(f"  data${variable.name} <- factor(data${variable.name},")
            lines.append(f"    levels = c({codes}),")
            lines.append(f"    labels = make.unique(c({words})))")
    return "\n".join([*lines, "}", "str(data)", ""])


def _quoted(text: str) -> str:
    """A string of R: what is not a letter, digit or space of ASCII is written by its number."""
    signs = (
        sign if sign.isascii() and (sign.isalnum() or sign in " .,-:()?") else _escaped(sign)
        for sign in text
    )
    return f'"{"".join(signs)}"'


def _escaped(sign: str) -> str:
    return f"\\U{{{ord(sign):X}}}"


def _stata(said: list[str]) -> str:
    return "\n".join([*(f"* {line}" for line in said), 'use "data.dta", clear', "describe", ""])


def _spss(said: list[str]) -> str:
    # A comment of SPSS ends at the first line that ends with a full stop.
    comments = [f"* {line.rstrip('.').replace('.', ',')}." for line in said]
    return "\n".join([*comments, "GET FILE='data.sav'.", "DISPLAY DICTIONARY.", ""])


def _python(said: list[str]) -> str:
    lines = [
        *(f"# {line}" for line in said),
        "# pip install pyreadstat polars",
        "import pyreadstat",
        "",
        'data, meta = pyreadstat.read_sav("data.sav", user_missing=True, output_format="polars")',
        "print(data)",
        "print(meta.column_names_to_labels)",
        "print(meta.variable_value_labels)",
        "",
    ]
    return "\n".join(lines)
