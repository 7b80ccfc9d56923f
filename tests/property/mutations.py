"""Ways in which a file goes wrong between its producer and the raw folder: by byte, by line, by cell."""

from __future__ import annotations

import random

from tests.property import books

#: What people and programs leave in a cell.
CELLS = (
    "", " ", "..", ".", "-", "–", "0", "-1", "1e9", "1 234,5", "1\u202f234", "#N/A", "#REF!", "=1+1", '=HYPERLINK("http://x")',
    "31/2", "2025-13-45", "2025-W54", "0000", "99999", "x" * 300, "å\ufffdä", "Ã¥", "\u202e", "😀", "NaN",
    "None", '"', ";", "\t", "Malung", "Hela landet", "2026 prel.", "2016*", "nej", "0801", "801", "3e400", "-0", "inf",
    "1" * 400, "²", "٣", "2025-00-00",
)  # fmt: skip
BYTES = (b"\x00", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\r", b"\n", b"\r\n", b";", b'"', b"\x1a", b"\xc3", b"&nbsp;", b"\t")


def mutated(sample: bytes, seed: int) -> bytes:
    """The file with one to four things wrong with it; the same seed gives the same bytes."""
    chance = random.Random(seed)
    data = sample
    for _ in range(chance.randint(1, 4)):
        data = chance.choice((_bytes, _lines, _cells, _cells))(data, chance)
    return data


def _bytes(data: bytes, chance: random.Random) -> bytes:
    """Cut, changed, doubled or foreign bytes."""
    if not data:
        return data
    at, to = sorted((chance.randrange(len(data)), chance.randrange(len(data))))
    match chance.randrange(6):
        case 0:
            return data[:at]
        case 1:
            return data[:at] + chance.choice(BYTES) + data[at:]
        case 2:
            return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
        case 3:
            return data[:at] + data[to:]
        case 4:
            return data[: to + 1] + data[at:]
        case _:
            return _recoded(data, chance)


def _recoded(data: bytes, chance: random.Random) -> bytes:
    """Saved again in another encoding or with other line ends."""
    text = data.decode("utf-8", "replace") if chance.random() < 0.5 else data.decode("latin-1")
    encoding = chance.choice(("utf-8", "utf-8-sig", "latin-1", "utf-16", "cp850", "utf-16-le"))
    return text.replace("\n", chance.choice(("\n", "\r\n", "\r"))).encode(encoding, "replace")


def _lines(data: bytes, chance: random.Random) -> bytes:
    """Rows gone, doubled, moved or strange."""
    if data.startswith(b"PK"):
        return _book(data, chance, rows=True)
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    match chance.randrange(5):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, lines[chance.randrange(len(lines))])
        case 2:
            lines.insert(at, chance.choice((b"", b";;;;", b"Summa;1", b"K\xe4lla: SCB", b"\t", b",,,,", b'"')))
        case 3:
            chance.shuffle(lines)
        case _:
            lines[at] = lines[at] * chance.randint(2, 30)
    return b"\n".join(lines)


def _cells(data: bytes, chance: random.Random) -> bytes:
    """One field of one row is something else, or the row has a field more or less."""
    if data.startswith(b"PK"):
        return _book(data, chance, rows=False)
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    mark = max((b";", b",", b"\t"), key=lines[at].count)
    fields = lines[at].split(mark)
    place = chance.randrange(len(fields))
    match chance.randrange(6):
        case 0:
            del fields[place]
        case 1:
            fields.insert(place, chance.choice(CELLS).encode())
        case _:
            fields[place] = chance.choice(CELLS).encode()
    lines[at] = mark.join(fields)
    return b"\n".join(lines)


def _book(data: bytes, chance: random.Random, *, rows: bool) -> bytes:
    """A workbook with a row or a cell that is something else; what cannot be opened any more is left as it is."""
    try:
        sheets = books.read(data)
    except Exception:  # an archive that earlier mutations broke
        return data
    name = chance.choice(list(sheets))
    content = [list(row) for row in sheets[name]] or [[""]]
    at = chance.randrange(len(content))
    if rows:
        match chance.randrange(4):
            case 0:
                del content[at]
            case 1:
                content.insert(at, list(content[chance.randrange(len(content))]))
            case 2:
                content.insert(at, [chance.choice(CELLS)])
            case _:
                chance.shuffle(content)
    elif content[at]:
        content[at][chance.randrange(len(content[at]))] = chance.choice((*CELLS, 0, -1, 1.5, 1e300, True, 45_000, 850709))
    return books.written(sheets | {name: content})
