"""A page as tagged PDF/UA-1, set by typst from a template of ours and words that go in as data."""

import json
from pathlib import Path
from typing import Any, Final

from dialog.web import typefaces

ROOT: Final = Path(__file__).parent.parent  # of the package


def pdf(template: Path, data: dict[str, Any]) -> bytes:
    """The same bytes for the same input. Nothing in `data` is ever read as markup: the template has
    it as JSON in `sys.inputs.data`, and may import others of ours: "/minutes/blocks.typ".
    """
    import typst  # noqa: PLC0415 - heavy

    made: bytes = typst.compile(
        str(template),
        root=str(ROOT),
        font_paths=[str(typefaces.FOLDER)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards="ua-1",
        format="pdf",
    )
    return made
