"""Outlook's files, made by hand: a compound file ([MS-CFB], version 3) with the streams of a mail
([MS-OXMSG]).
"""

import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise

SECTOR, SMALL, CUTOFF = 512, 64, 4096
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
STORAGE, STREAM, ROOT = 1, 2, 5
TEXT, BINARY, NUMBER, MOMENT = 0x001F, 0x0102, 0x0003, 0x0040
EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


@dataclass
class Node:
    name: str
    data: bytes | None = None  # None: a storage
    children: list["Node"] = field(default_factory=list)
    number: int = 0
    after: int = 0xFFFFFFFF  # the sibling that comes next


def mail(
    *, sender: str, subject: str, text: str, at: datetime, attached: dict[str, bytes]
) -> bytes:
    """A `.msg` file."""
    sent = int((at - EPOCH).total_seconds() * 10_000_000)
    header = struct.pack("<8sIIII8s", b"", 0, len(attached), 0, len(attached), b"")
    strings = {0x0037: subject, 0x1000: text, 0x0C1A: sender, 0x5D01: sender, 0x001A: "IPM.Note"}
    root = Node("Root Entry")
    root.children = [_text(tag, said) for tag, said in strings.items()]
    entries = [_fixed(0x0039, MOMENT, struct.pack("<Q", sent))]
    entries += [
        _sized(tag, TEXT, len(said.encode("utf-16-le")) + 2) for tag, said in strings.items()
    ]
    root.children.append(Node("__properties_version1.0", header + b"".join(entries)))
    for number, (name, content) in enumerate(attached.items()):
        root.children.append(_attachment(number, name, content))
    return compound(root)


def _attachment(number: int, name: str, content: bytes) -> Node:
    entries = [
        _fixed(0x3705, NUMBER, struct.pack("<II", 1, 0)),
        _sized(0x3707, TEXT, len(name.encode("utf-16-le")) + 2),
        _sized(0x3701, BINARY, len(content)),
    ]
    return Node(
        f"__attach_version1.0_#{number:08X}",
        children=[
            _text(0x3707, name),
            Node("__substg1.0_37010102", content),
            Node("__properties_version1.0", bytes(8) + b"".join(entries)),
        ],
    )


def _text(tag: int, said: str) -> Node:
    return Node(f"__substg1.0_{tag:04X}{TEXT:04X}", said.encode("utf-16-le"))


def _fixed(tag: int, kind: int, value: bytes) -> bytes:
    return struct.pack("<HHI8s", kind, tag, 6, value)


def _sized(tag: int, kind: int, size: int) -> bytes:
    return struct.pack("<HHIII", kind, tag, 6, size, 0)


def compound(root: Node) -> bytes:
    """The tree as a compound file."""
    nodes = _numbered(root)
    small, small_table = b"", list[int]()
    sectors, table = list[bytes](), list[int]()
    starts: dict[int, int] = {}
    for node in nodes:
        if not node.data:
            continue
        if len(node.data) < CUTOFF:
            starts[node.number] = len(small_table)
            pieces = -(-len(node.data) // SMALL)
            small += node.data.ljust(pieces * SMALL, b"\0")
            _chain(small_table, pieces)
        else:
            starts[node.number] = _put(sectors, table, node.data)
    starts[0] = _put(sectors, table, small) if small else END
    small_at = _put(sectors, table, b"".join(struct.pack("<I", each) for each in small_table), FREE)
    directory = b"".join(_entry(node, starts, len(small)) for node in nodes)
    directory_at = _put(sectors, table, directory.ljust(-(-len(directory) // 512) * 512, b"\0"))
    fat_sectors = 1
    while (len(table) + fat_sectors) * 4 > fat_sectors * SECTOR:
        fat_sectors += 1
    fat_at = len(table)
    table += [FAT] * fat_sectors
    table += [FREE] * (fat_sectors * SECTOR // 4 - len(table))
    fat = b"".join(struct.pack("<I", each) for each in table)
    sectors += [fat[at : at + SECTOR] for at in range(0, len(fat), SECTOR)]
    places = [fat_at + each for each in range(fat_sectors)]
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6, bytes(6),
        0, fat_sectors, directory_at, 0, CUTOFF, small_at, -(-len(small_table) * 4 // SECTOR),
        END, 0,
    )  # fmt: skip
    header += b"".join(struct.pack("<I", each) for each in places)
    return header.ljust(SECTOR, b"\xff") + b"".join(sectors)


def _numbered(root: Node) -> list[Node]:
    found = [root]
    for node in found:
        found.extend(node.children)
    for number, node in enumerate(found):
        node.number = number
    for node in found:
        for one, after in pairwise(_ordered(node.children)):
            one.after = after.number
    return found


def _chain(table: list[int], pieces: int) -> None:
    start = len(table)
    table += [*range(start + 1, start + pieces), END]


def _put(sectors: list[bytes], table: list[int], data: bytes, fill: int = 0) -> int:
    start, pieces = len(sectors), max(1, -(-len(data) // SECTOR))
    data = data.ljust(pieces * SECTOR, b"\xff" if fill else b"\0")
    sectors += [data[at * SECTOR : (at + 1) * SECTOR] for at in range(pieces)]
    _chain(table, pieces)
    return start


def _entry(node: Node, starts: dict[int, int], small: int) -> bytes:
    """Siblings hang on each other to the right, in the order that the format asks for."""
    name = node.name.encode("utf-16-le") + b"\0\0"
    kind = ROOT if node.number == 0 else STORAGE if node.data is None else STREAM
    size = small if node.number == 0 else len(node.data or b"")
    child = _ordered(node.children)[0].number if node.children else FREE
    return struct.pack(
        "<64sHBBIII16sIQQIQ",
        name, len(name), kind, 1, FREE, node.after, child, bytes(16), 0, 0, 0,
        starts.get(node.number, END if node.data is not None or node.number == 0 else 0), size,
    )  # fmt: skip


def _ordered(children: list[Node]) -> list[Node]:
    return sorted(children, key=lambda each: (len(each.name), each.name.upper()))
