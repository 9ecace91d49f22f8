"""Everything in one zip, the same bytes for the same input."""

import io
import zipfile
from collections.abc import Mapping
from hashlib import sha256

from dialog.exports.package.about import About
from dialog.exports.package.codebook import write_codebook
from dialog.exports.package.datapackage import write_datapackage
from dialog.exports.package.ddi import write_ddi
from dialog.exports.package.plain_files import write_csv, write_parquet
from dialog.exports.package.scripts import write_scripts
from dialog.exports.package.statistical_files import write_dta, write_sav
from dialog.exports.package.variables import Dataset

CHECKSUMS = "SHA256SUMS"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first time that a zip can hold: no file tells when
_READ_ME = {
    "sv": """{title}

data.csv, data.parquet   uppgifterna, koder för svar (UTF-8)
data.sav, data.dta       detsamma för SPSS och Stata, med etiketter
codebook.pdf             kodbok att läsa
ddi.xml                  kodbok för arkiv (DDI-Codebook 2.5)
datapackage.json         kodbok för program (Frictionless)
load.R .do .sps .py      läser in uppgifterna i R, Stata, SPSS och Python
SHA256SUMS               kontrollsummor: sha256sum -c SHA256SUMS
{more}
Så skyddas de som svarat
{protection}

Villkor
{conditions}

Så hänvisar du
{citation}
""",
    "en": """{title}

data.csv, data.parquet   the data, codes for answers (UTF-8)
data.sav, data.dta       the same for SPSS and Stata, with labels
codebook.pdf             codebook for reading
ddi.xml                  codebook for archives (DDI-Codebook 2.5)
datapackage.json         codebook for programs (Frictionless)
load.R .do .sps .py      load the data in R, Stata, SPSS and Python
SHA256SUMS               checksums: sha256sum -c SHA256SUMS
{more}
How those who answered are protected
{protection}

Conditions
{conditions}

How to cite
{citation}
""",
}


def build_package(dataset: Dataset, about: About, more: Mapping[str, bytes]) -> bytes:
    """The zip. `more` are further files by name: the report, the questionnaire."""
    return pack(about.name, build_files(dataset, about, more))


def build_files(dataset: Dataset, about: About, more: Mapping[str, bytes]) -> dict[str, bytes]:
    """All files by name, checksums last."""
    title, csv = about.say(about.title), write_csv(dataset)
    files = {
        "data.csv": csv,
        "data.parquet": write_parquet(dataset),
        "data.sav": write_sav(dataset, title=title, language=about.language, dated=about.dated),
        "data.dta": write_dta(dataset, title=title, language=about.language, dated=about.dated),
        "codebook.pdf": write_codebook(dataset, about),
        "ddi.xml": write_ddi(dataset, about),
        "datapackage.json": write_datapackage(dataset, about, csv),
        "citation.txt": f"{about.citation}\n".encode(),
        **write_scripts(dataset, about),
        **more,
    }
    files["README.txt"] = _read_me(about, more)
    files[CHECKSUMS] = "".join(
        f"{sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items())
    ).encode()
    return files


def _read_me(about: About, more: Mapping[str, bytes]) -> bytes:
    text = _READ_ME[about.language].format(
        title=about.say(about.title),
        more="".join(f"{name}\n" for name in sorted(more)),
        protection=about.say(about.protection),
        conditions=about.say(about.conditions),
        citation=about.citation,
    )
    return text.encode()


def pack(name: str, files: Mapping[str, bytes]) -> bytes:
    """A zip with one folder; no times, no owners, names in order."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for path in sorted(files):
            info = zipfile.ZipInfo(f"{name}/{path}", _LONG_AGO)
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, files[path], zipfile.ZIP_DEFLATED, 6)
    return made.getvalue()
