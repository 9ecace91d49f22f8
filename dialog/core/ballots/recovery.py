"""A key on paper: 32 bytes as letters and digits that can be typed back from a printed sheet.

Base32 of Douglas Crockford (https://www.crockford.com/base32.html): no I, L, O or U. Each line ends
with his check symbol modulo 37, here over the line and its number, so that a mistyped line is named
and two lines that changed places are found.
"""

import hashlib

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECKS = ALPHABET + "*~$=U"
LENGTH = 32  # bytes
LINE = 16  # characters, in groups of four
CHARACTERS = 52  # 260 bits: the last four are zero
LINES = -(-CHARACTERS // LINE)
_SAME = str.maketrans({"O": "0", "I": "1", "L": "1", " ": "", "-": "", "\t": "", "\u00a0": ""})


class MistypedError(ValueError):
    """What was typed is not a sheet; `line` is the first line at fault, from 1, or 0 for all."""

    def __init__(self, reason: str, *, line: int = 0) -> None:
        super().__init__(reason)
        self.line = line


def check_code(public: bytes) -> str:
    """Eight digits of the SHA-256 of a public key in two groups: names the key, tells nothing."""
    digest = hashlib.sha256(public).hexdigest()
    return f"{digest[:4]} {digest[4:8]}"


def sheet(secret: bytes) -> tuple[str, ...]:
    """The lines of the sheet for 32 bytes, such as "7ZQ4 0H1B 22KM X9TC 5": four lines, the last
    with one group.
    """
    number = int.from_bytes(secret, "big") << (CHARACTERS * 5 - LENGTH * 8)
    text = "".join(ALPHABET[number >> 5 * at & 31] for at in reversed(range(CHARACTERS)))
    lines = (text[at : at + LINE] for at in range(0, CHARACTERS, LINE))
    return tuple(
        " ".join([*(line[at : at + 4] for at in range(0, len(line), 4)), _check(line, number)])
        for number, line in enumerate(lines, start=1)
    )


def read_line(typed: str, *, number: int) -> str:
    """The characters of line `number` (from 1) without its check symbol. Lower case, spaces and
    hyphens do not matter, nor O for 0, I and L for 1. Raises MistypedError.
    """
    line = typed.upper().translate(_SAME)
    content, check = line[:-1], line[-1:]
    wanted = LINE if number < LINES else CHARACTERS - LINE * (LINES - 1)
    if len(content) != wanted:
        raise MistypedError("the line has another length", line=number)
    if any(character not in ALPHABET for character in content):
        raise MistypedError("the line has a character that no sheet has", line=number)
    if _check(content, number) != check:
        raise MistypedError("the line is mistyped", line=number)
    return content


def read_sheet(typed: str) -> bytes:
    """The 32 bytes of a sheet that was typed line by line. Raises MistypedError."""
    lines = [line for line in typed.splitlines() if line.translate(_SAME)]
    if len(lines) != LINES:
        raise MistypedError("a sheet has four lines")
    content = "".join(read_line(line, number=at) for at, line in enumerate(lines, start=1))
    number = _value(content)
    spare = CHARACTERS * 5 - LENGTH * 8
    if number & (1 << spare) - 1:
        raise MistypedError("the line is mistyped", line=LINES)
    return (number >> spare).to_bytes(LENGTH, "big")


def _check(line: str, number: int) -> str:
    return CHECKS[(_value(line) + number) % len(CHECKS)]


def _value(line: str) -> int:
    """A line's characters as one number in base 32."""
    value = 0
    for character in line:
        value = value << 5 | ALPHABET.index(character)
    return value
