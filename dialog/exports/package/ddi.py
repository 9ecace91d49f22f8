"""The codebook for machines: DDI-Codebook 2.5 (DDI Alliance 2012), as archives take it in."""

from xml.etree import ElementTree as ET

from dialog.exports.package.about import About, Counted, count
from dialog.exports.package.variables import Category, Dataset, Form, Variable

NAMESPACE = "ddi:codebook:2_5"
_XML = "http://www.w3.org/XML/1998/namespace"
_SCHEMA = "http://www.w3.org/2001/XMLSchema-instance"


def write_ddi(dataset: Dataset, about: About) -> bytes:
    ET.register_namespace("", NAMESPACE)
    ET.register_namespace("xsi", _SCHEMA)
    book = ET.Element(
        f"{{{NAMESPACE}}}codeBook", {"version": "2.5", f"{{{_XML}}}lang": about.language}
    )
    book.set(
        f"{{{_SCHEMA}}}schemaLocation",
        f"{NAMESPACE} https://ddialliance.org/Specification/DDI-Codebook/2.5/XMLSchema/codebook.xsd",
    )
    _study(_add(book, "stdyDscr"), about)
    _file(_add(book, "fileDscr", ID="F1"), dataset, about)
    described = _add(book, "dataDscr")
    for number, variable in enumerate(dataset.variables, 1):
        _variable(described, number, variable, count(dataset, variable), about)
    ET.indent(book)
    text: bytes = ET.tostring(book, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _add(above: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    made = ET.SubElement(above, f"{{{NAMESPACE}}}{tag}", attributes)
    made.text = text or None
    return made


def _study(study: ET.Element, about: About) -> None:
    citation = _add(study, "citation")
    title = _add(citation, "titlStmt")
    _add(title, "titl", about.say(about.title))
    _add(title, "IDNo", about.name)
    _add(_add(citation, "rspStmt"), "AuthEnty", about.producer)
    produced = _add(citation, "prodStmt")
    _add(produced, "producer", about.producer)
    _add(produced, "prodDate", about.dated.isoformat(), date=about.dated.isoformat())
    _add(citation, "biblCit", about.citation)
    info = _add(study, "stdyInfo")
    _add(info, "abstract", about.say(about.description))
    summary = _add(info, "sumDscr")
    if about.collected:
        for event, day in zip(("start", "end"), about.collected, strict=True):
            _add(summary, "collDate", day.isoformat(), event=event, date=day.isoformat())
    _add(summary, "universe", about.say(about.population))
    access = _add(study, "dataAccs")
    terms = _add(access, "useStmt")
    _add(terms, "confDec", about.say(about.protection))
    _add(terms, "conditions", about.say(about.conditions))


def _file(file: ET.Element, dataset: Dataset, about: About) -> None:
    told = _add(file, "fileTxt")
    _add(told, "fileName", "data.csv")
    _add(told, "fileCont", about.say(about.title))
    size = _add(told, "dimensns")
    _add(size, "caseQnty", str(len(dataset)))
    _add(size, "varQnty", str(len(dataset.variables)))
    _add(told, "fileType", "text/csv; charset=utf-8")


def _variable(
    above: ET.Element, number: int, variable: Variable, counted: Counted, about: About
) -> None:
    continuous = "contin" if variable.form is Form.NUMBER else "discrete"
    made = _add(above, "var", ID=f"V{number}", name=variable.name, files="F1", intrvl=continuous)
    _add(made, "labl", about.say(variable.label))
    if variable.question:
        _add(_add(made, "qstn"), "qstnLit", about.say(variable.question))
    if variable.missing:
        invalid = _add(made, "invalrng")
        for category in variable.missing:
            _add(invalid, "item", VALUE=str(category.code))
    _add(made, "sumStat", str(counted.valid), type="vald")
    _add(made, "sumStat", str(counted.missing), type="invd")
    for category in variable.categories:
        _category(made, category, counted, about)
    _add(made, "varFormat", type="character" if variable.form is Form.TEXT else "numeric")


def _category(above: ET.Element, category: Category, counted: Counted, about: About) -> None:
    made = _add(above, "catgry", missing="Y" if category.missing else "N")
    _add(made, "catValu", str(category.code))
    _add(made, "labl", about.say(category.text))
    _add(made, "catStat", str(counted.of[category.code]), type="freq")
