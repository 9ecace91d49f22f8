"""Swedish personal identity numbers in text: they are never stored.

The rules are those of Skatteverket (SKV 704): date of birth, a number, and a check digit by the
Luhn formula; a coordination number adds 60 to the day. The respondent's page has the same rules
in frontend/answer/texts.ts.
"""

import re
from collections.abc import Iterator
from typing import Final

# Years with or without a century, parts set off by spaces, points or dashes in any way.
_NUMBER: Final = re.compile(
    r"(?<!\d)(?:(?:18|19|20)[\s-]?)?(\d\d)[\s.-]?(\d\d)[\s.-]?(\d\d)"
    r"(?:\s?[-+\u2013\u2014\u2212]\s?|\s)?(\d{4})(?!\d)"
)


def has_identity_number(text: str) -> bool:
    """Whether `text` holds a personal identity number or a coordination number."""
    return next(identity_numbers(text), None) is not None


def identity_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Where each personal identity number begins and ends in `text`."""
    for found in _NUMBER.finditer(text):
        year, month, day, end = found.groups()
        born = int(day) - 60 if int(day) > 60 else int(day)  # noqa: PLR2004 - see above
        is_date = 1 <= int(month) <= 12 and 1 <= born <= 31  # noqa: PLR2004 - months and days
        if is_date and _passes_luhn(year + month + day + end):
            yield found.span()


def _passes_luhn(digits: str) -> bool:
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return sum(product - 9 * (product > 9) for product in doubled) % 10 == 0  # noqa: PLR2004
