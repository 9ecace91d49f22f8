"""Looks for what people answered in everything that exists before the answers are opened: as it
is, in hexadecimal, in base64, in UTF-16, backwards, packed by zlib, and packed as PostgreSQL packs.
"""

import base64
import re
import zlib
from collections.abc import Iterator

from dialog.simulate.answers import COMMENTS
from tests.attacks.haul import Haul, Stream
from tests.attacks.measures import Measure, faults
from tests.attacks.searching import SHORTEST, Needles

PACKED = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08")
PAGE = 8192
UNPACK = 2**16  # bytes tried at each place that may begin something packed
ZLIB_OR_GZIP = zlib.MAX_WBITS | 32


def run(haul: Haul) -> Iterator[Measure]:
    plain = {mark: mark.decode() for marks in haul.marks.values() for mark in marks}
    plain |= {words.encode(): words for words in COMMENTS}
    plain[b'"answers":{"'] = "the frame of an answer"
    needles = Needles({form: what for words, what in plain.items() for form in forms(words)})
    parts = Needles({piece: (mark, at) for mark in plain for at, piece in pieces(mark)})
    found, streams, size = [], 0, 0
    for stream in _before_opening(haul):
        streams, size = streams + 1, size + len(stream.data)
        found += [f"{what} in {stream.name}" for _, what in needles.find(stream.data)]
        found += [f"{what} in {stream.name}, broken" for what in broken(parts, stream.data)]
        found += [f"{what} in {stream.name}, packed" for what in packed(needles, stream.data)]
    name = "answers that can be read before opening"
    yield faults(name, found, of=streams)
    if size < haul.answered * 1000:
        yield faults("the search was of too little", [f"{size} bytes"], of=streams)


def _before_opening(haul: Haul) -> Iterator[Stream]:
    """Everything once: of each later copy what differs from the one before."""
    last: dict[str, bytes] = {}
    for look in haul.looks:
        if look.opened:
            continue
        for stream in haul.streams(look):
            parts = changed(last.get(stream.name, b""), stream.data)
            last[stream.name] = stream.data
            yield from (Stream(f"{stream.name} ({look.name})", part) for part in parts)
    for stream in haul.streams(haul.last):
        if stream.name.startswith("watched "):
            yield stream
    heard = b"\n".join(one.head + b"\n" + one.body for one in haul.heard)
    yield Stream("traffic", heard)


def changed(before: bytes, after: bytes) -> Iterator[bytes]:
    """The pages of `after` that stand otherwise in `before`, those in a row together, with a page
    before and after: something may begin in one and end in the next.
    """
    pages = range(0, len(after), PAGE)
    differs = [after[at : at + PAGE] != before[at : at + PAGE] for at in pages]
    at = 0
    while at < len(differs):
        if not differs[at]:
            at += 1
            continue
        end = at
        while end < len(differs) and differs[end]:
            end += 1
        yield after[max(0, at - 1) * PAGE : (end + 1) * PAGE]
        at = end


def forms(words: bytes) -> set[bytes]:
    """Every form of `words` that is looked for and is the same wherever it stands."""
    text = words.decode()
    found = {words, words.hex().encode(), words.hex().upper().encode(), words[::-1]}
    found |= {text.encode("utf-16-le"), text.encode("utf-16-be")}
    for before in range(3):  # where in a group of three bytes it begins
        coded = base64.b64encode(bytes(before) + words)
        inner = coded[-(-before * 8 // 6) : len(coded) // 4 * 4 - 4]
        found |= {inner, inner.replace(b"+", b"-").replace(b"/", b"_")}
    return {form for form in found if len(form) >= SHORTEST}


def pieces(mark: bytes) -> Iterator[tuple[int, bytes]]:
    """Eight bytes in a row from each place: LZ packing puts a byte between every eight."""
    for at in range(min(SHORTEST, len(mark) - SHORTEST + 1)):
        yield at, mark[at : at + SHORTEST]


def broken(parts: Needles[tuple[bytes, int]], data: bytes) -> Iterator[str]:
    for offset, (mark, at) in parts.find(data):
        before, after = mark[:at], mark[at + SHORTEST : at + 2 * SHORTEST]
        if not before and not after:
            continue
        ahead = data[max(0, offset - 1 - at) : max(0, offset - 1)]
        behind = data[offset + SHORTEST + 1 : offset + SHORTEST + 1 + len(after)]
        if ahead == before and behind == after:
            yield mark.decode()


def packed(needles: Needles[str], data: bytes) -> Iterator[str]:
    for start in PACKED.finditer(data):
        try:
            unpacked = zlib.decompressobj(ZLIB_OR_GZIP).decompress(
                data[start.start() : start.start() + UNPACK], UNPACK
            )
        except zlib.error:
            continue
        yield from (what for _, what in needles.find(unpacked))
