"""The streams of an OLE container (.xls): the workbook is found in it, whatever its chains say, and put into a sound one."""

from __future__ import annotations

import struct

from lagesbild.sources.files import container
from lagesbild.sources.files.sheet import UnreadableError

_HEADER, _ENTRY, _LAST_SECTOR = 512, 128, 0xFFFFFFFA
_SMALL_STREAM, _SMALL_SECTOR = 4096, 64
_ROOT, _STREAM = 5, 2
#: What the stream of a workbook is called, in Excel 97 and later, and before.
NAMES = ("Workbook", "Book")
_MAGIC, _SECTOR, _PER_TABLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 512, 128
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def rebuilt(book: bytes, name: str) -> bytes:
    """A container with this one stream, for a library that trusts every chain of the container it is given."""
    book = book.ljust(_SMALL_STREAM, b"\0")
    n_sectors = -(-len(book) // _SECTOR)
    n_tables = 1
    while n_tables * _PER_TABLE < n_sectors + n_tables + 1 + _n_more(n_tables):
        n_tables += 1
    n_more = _n_more(n_tables)
    first_more = n_sectors + 1 + n_tables
    links = [*range(1, n_sectors), _END, _END, *[_TABLE] * n_tables, *[_TABLE - 1] * n_more]
    links += [_FREE] * (n_tables * _PER_TABLE - len(links))
    tables = list(range(n_sectors + 1, first_more))
    more_at = first_more if n_more else _END
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        _MAGIC,
        62,
        3,
        0xFFFE,
        9,
        6,
        0,
        n_tables,
        n_sectors,
        0,
        _SMALL_STREAM,
        _END,
        0,
        more_at,
        n_more,
    )
    header += struct.pack("<109I", *(tables + [_FREE] * 109)[:109])
    more = b""
    for at in range(n_more):
        part = (tables[109 + at * (_PER_TABLE - 1) :] + [_FREE] * _PER_TABLE)[: _PER_TABLE - 1]
        more += struct.pack(f"<{_PER_TABLE}I", *part, first_more + at + 1 if at + 1 < n_more else _END)
    directory = _entry("Root Entry", _ROOT, 1, _END, 0) + _entry(name, _STREAM, _FREE, 0, len(book))
    return b"".join(
        [
            header,
            book.ljust(n_sectors * _SECTOR, b"\0"),
            directory.ljust(_SECTOR, b"\0"),
            struct.pack(f"<{len(links)}I", *links),
            more,
        ]
    )


def _n_more(n_tables: int) -> int:
    return -(-max(0, n_tables - 109) // (_PER_TABLE - 1))


def _entry(name: str, kind: int, child: int, start: int, n_bytes: int) -> bytes:
    letters = (name + "\0").encode("utf-16-le")
    head = letters.ljust(64, b"\0") + struct.pack("<HBBIII", len(letters), kind, 1, _FREE, _FREE, child)
    return head + bytes(36) + struct.pack("<IQ", start, n_bytes)


def stream(data: bytes, names: tuple[str, ...]) -> bytes:
    """The first stream of any of the names. Raises UnreadableError where there is none or a chain goes in circles."""
    try:
        return _stream(data, names)
    except (struct.error, IndexError, ValueError) as error:
        raise UnreadableError(container.DAMAGED) from error


def sound(data: bytes) -> bytes:
    """The old workbook in a container that nothing is wrong with. Raises UnreadableError where there is none."""
    for name in NAMES[:-1]:
        try:
            return rebuilt(stream(data, (name,)), name)
        except UnreadableError:
            continue
    return rebuilt(stream(data, NAMES[-1:]), NAMES[-1])


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
