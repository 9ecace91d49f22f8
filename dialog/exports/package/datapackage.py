"""The package for programs: datapackage.json of the Data Package standard (Frictionless)."""

import json
from hashlib import sha256
from typing import Any

from dialog.exports.package.about import About
from dialog.exports.package.variables import Dataset, Form, Variable


def write_datapackage(dataset: Dataset, about: About, csv: bytes) -> bytes:
    """`csv` are the bytes of data.csv, which it describes."""
    described = {
        "profile": "tabular-data-package",
        "name": about.name,
        "title": about.say(about.title),
        "description": about.say(about.description),
        "created": f"{about.dated.isoformat()}T00:00:00Z",
        "contributors": [{"title": about.producer, "role": "publisher"}],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": "data",
                "path": "data.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(csv),
                "hash": f"sha256:{sha256(csv).hexdigest()}",
                "schema": {
                    "fields": [_field(variable, about) for variable in dataset.variables],
                    "missingValues": [""],
                },
            }
        ],
    }
    return (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode()


def _field(variable: Variable, about: About) -> dict[str, Any]:
    types = {Form.CODED: "integer", Form.TEXT: "string"}
    number = "integer" if variable.whole else "number"
    field: dict[str, Any] = {
        "name": variable.name,
        "type": types.get(variable.form, number),
        "title": about.say(variable.label),
    }
    if variable.question:
        field["description"] = about.say(variable.question)
    if variable.form is Form.CODED:
        field["constraints"] = {"enum": [category.code for category in variable.categories]}
    if variable.categories:
        # "categories" and "missingValues" of version 2; older readers pass them by.
        field["categories"] = [
            {"value": category.code, "label": about.say(category.text)}
            for category in variable.categories
        ]
        field["userMissing"] = [category.code for category in variable.missing]
    return field
