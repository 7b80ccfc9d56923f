"""The streams of an OLE container (.xls): enough to find the workbook in it, whatever its chains say."""

from __future__ import annotations

import struct

from lagesbild.sources import container
from lagesbild.sources.sheet import UnreadableError

_HEADER, _ENTRY, _LAST_SECTOR = 512, 128, 0xFFFFFFFA
_SMALL_STREAM, _SMALL_SECTOR = 4096, 64
_ROOT, _STREAM = 5, 2


def stream(data: bytes, names: tuple[str, ...]) -> bytes:
    """The first stream of any of the names. Raises UnreadableError where there is none or a chain goes in circles."""
    try:
        return _stream(data, names)
    except (struct.error, IndexError, ValueError) as error:
        raise UnreadableError(container.DAMAGED) from error


def _stream(data: bytes, names: tuple[str, ...]) -> bytes:
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        raise ValueError("no sector size")
    n_tables, directory_at = struct.unpack_from("<II", data, 44)
    small_at, _, more_at, n_more = struct.unpack_from("<IIII", data, 60)
    tables = [sector for sector in struct.unpack_from("<109I", data, 76) if sector < _LAST_SECTOR]
    size = 1 << shift

    def sector(number: int) -> bytes:
        start = (number + 1) << shift
        if start >= len(data):
            raise ValueError("a sector outside the file")
        return data[start : start + size].ljust(size, b"\0")

    for _ in range(min(n_more, len(data) >> shift)):
        if more_at >= _LAST_SECTOR:
            break
        *numbers, more_at = struct.unpack(f"<{size // 4}I", sector(more_at))
        tables += [number for number in numbers if number < _LAST_SECTOR]
    after: list[int] = []
    for table in tables[: min(n_tables, 1 + (len(data) >> shift))]:
        after += struct.unpack(f"<{size // 4}I", sector(table))

    def chain(number: int, links: list[int]) -> list[int]:
        found: list[int] = []
        while number < _LAST_SECTOR:
            if len(found) > len(links):
                raise ValueError("a chain in circles")
            found.append(number)
            number = links[number]
        return found

    directory = b"".join(map(sector, chain(directory_at, after)))
    entries = [directory[at : at + _ENTRY] for at in range(0, len(directory), _ENTRY)]
    named = {_name(entry): entry for entry in reversed(entries) if len(entry) == _ENTRY and entry[66] in (_STREAM, _ROOT)}
    entry = next((named[name] for name in names if name in named), None)
    if entry is None:
        raise ValueError("no such stream")
    start, n_bytes = _place(entry)
    if n_bytes >= _SMALL_STREAM:
        return b"".join(map(sector, chain(start, after)))[:n_bytes]
    root = next(entry for entry in entries if len(entry) == _ENTRY and entry[66] == _ROOT)
    small = b"".join(map(sector, chain(_place(root)[0], after)))
    links = [link for number in chain(small_at, after) for link in struct.unpack(f"<{size // 4}I", sector(number))]
    numbers = chain(start, links)
    return b"".join(small[number * _SMALL_SECTOR : (number + 1) * _SMALL_SECTOR] for number in numbers)[:n_bytes]


def _name(entry: bytes) -> str:
    n_bytes = struct.unpack_from("<H", entry, 64)[0]
    return entry[: max(0, min(n_bytes, 64) - 2)].decode("utf-16-le", "replace")


def _place(entry: bytes) -> tuple[int, int]:
    start, n_bytes = struct.unpack_from("<II", entry, 116)
    return start, n_bytes
