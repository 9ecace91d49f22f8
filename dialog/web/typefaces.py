"""The typefaces of what is drawn and printed here: Source Sans 3, with its licence beside it."""

from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "fonts"
