"""What a file is by its first bytes and its parts, and why a file of another kind cannot be read.

Nothing is unpacked here without a limit: a compressed part is followed through to its end, counted, and held against what its
archive says about it, before any library gets to open the file.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from lagesbild import swedish
from lagesbild.sources.files.sheet import UnreadableError

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
#: A file is refused by its size alone above these; unpacked, a workbook may hold so much, in all and per compressed byte.
MOST_TEXT, MOST_WORKBOOK, MOST_UNPACKED = 400 * 2**20, 100 * 2**20, 500 * 2**20
MOST_PER_BYTE, SMALL_PART = 250, 10 * 2**20
MOST_PARTS = 5_000
_PIECE = 2**20

_SAVE_AS = "Be avsändaren om samma uppgifter som Excel eller CSV."
DAMAGED = "filen ser ut som Excel men går inte att öppna. Den är skadad eller avklippt."
_OTHER_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "filen är en PDF. PDF går inte att läsa."),
    (b"{\\rtf", "filen är ett textdokument (RTF)."),
    (b"\x89PNG", "filen är en bild."),
    (b"\xff\xd8\xff", "filen är en bild."),
    (b"GIF8", "filen är en bild."),
    (b"II*\0", "filen är en bild."),
    (b"SQLite format 3\0", "filen är en databas."),
    (b"PAR1", "filen är i formatet Parquet, som programmet inte läser."),
    (b"\x1f\x8b", "filen är ett packat arkiv (gzip)."),
    (b"7z\xbc\xaf", "filen är ett packat arkiv (7z)."),
    (b"Rar!", "filen är ett packat arkiv (rar)."),
)
_UNPACK = "Packa upp arkivet och lägg filerna i mappen."
_PAGES = (b"<!doctype html", b"<html", b"<?mso-application", b"mime-version:")
_DOCUMENTS = (("word/", "ett Word-dokument"), ("ppt/", "en Powerpoint-presentation"), ("visio/", "en Visio-ritning"))
_STREAMS = (
    ("WordDocument", "filen är ett Word-dokument."),
    ("PowerPoint Document", "filen är en Powerpoint-presentation."),
    ("__substg1.0_", "filen är ett e-postmeddelande. Spara bilagan för sig."),
)


def refuse(data: bytes) -> UnreadableError | None:
    """Why the bytes are neither text nor a workbook; None if they may be either."""
    if not data.strip(b" \t\r\n\f\v\0"):
        return UnreadableError("filen är tom.")
    for magic, what in _OTHER_KINDS:
        if data.startswith(magic):
            return UnreadableError(what, _UNPACK if "arkiv" in what else _SAVE_AS)
    if data.startswith(b"PK\x05\x06"):
        return UnreadableError("filen är ett tomt arkiv.")
    start = data[:2000].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(_PAGES) or b"<?mso-application" in start:
        return UnreadableError("filen är en webbsida (HTML eller XML), även om den kan öppnas i Excel.", _RESAVE)
    return None


_RESAVE = "Öppna den i Excel och spara den som Excel-arbetsbok (.xlsx)."


def by_size(n_bytes: int, start: bytes) -> UnreadableError | None:
    """Why a file of this size, whose first bytes are start, is too large to be read; None if it is not."""
    is_workbook = start.startswith((ZIP, OLE))
    most = MOST_WORKBOOK if is_workbook else MOST_TEXT
    if n_bytes <= most:
        return None
    how = (
        "arbetsböcker, till exempel en per år"
        if is_workbook
        else "filer, till exempel en per år, med rubrikraden överst i varje"
    )
    return UnreadableError(
        f"filen är {_megabytes(n_bytes)} stor. Programmet läser högst {_megabytes(most)}.", f"Dela upp den i flera {how}."
    )


def _megabytes(n_bytes: int) -> str:
    return f"{swedish.number(n_bytes / 2**20)}{swedish.NBSP}MB"


def ole_trouble(data: bytes) -> UnreadableError | None:
    """Why an OLE file is no spreadsheet: protected, a letter, a presentation; None if it may be one."""
    if _wide("Workbook") in data:
        return None
    if _wide("EncryptedPackage") in data or _wide("DataSpaces") in data:
        return UnreadableError(PROTECTED, UNPROTECT)
    return next((UnreadableError(what, _SAVE_AS) for name, what in _STREAMS if _wide(name) in data), None)


PROTECTED = "arbetsboken är skyddad med lösenord."
UNPROTECT = "Öppna den i Excel, ta bort lösenordet (Arkiv, Info, Skydda arbetsbok) och spara."


def _wide(name: str) -> bytes:
    return name.encode("utf-16-le")


def open_zip(data: bytes) -> tuple[zipfile.ZipFile, str]:
    """The archive of a workbook and whether it is xlsx, xlsb or ods. Raises UnreadableError for anything else and for bombs."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError, UnicodeError) as error:
        raise UnreadableError(DAMAGED) from error
    names = [part.filename for part in parts]
    kind = _kind(archive, names)
    if any(part.flag_bits & 1 for part in parts) or (kind == "ods" and b"encryption-data" in _manifest(archive, names)):
        raise UnreadableError(PROTECTED, UNPROTECT)
    if len({name.lower() for name in names}) != len(names) or len(names) > MOST_PARTS:
        raise UnreadableError(DAMAGED)
    _hold_to_limits(parts)
    return archive, kind


def _kind(archive: zipfile.ZipFile, names: list[str]) -> str:
    known = {name.lower() for name in names}
    if "xl/workbook.xml" in known:
        return "xlsx"
    if "xl/workbook.bin" in known:
        return "xlsb"
    if "content.xml" in known and "mimetype" in known:
        kind = b"".join(unpacked(archive, archive.getinfo(next(name for name in names if name.lower() == "mimetype"))))
        if b"spreadsheet" in kind:
            return "ods"
        raise UnreadableError("filen är ett dokument, inte ett kalkylblad.", _SAVE_AS)
    for folder, what in _DOCUMENTS:
        if any(name.startswith(folder) for name in known):
            raise UnreadableError(f"filen är {what}.", _SAVE_AS)
    if "index/document.iwa" in known:
        raise UnreadableError("filen är gjord i Numbers.", "Exportera den som Excel eller CSV.")
    raise UnreadableError("filen är ett packat arkiv (zip).", _UNPACK)


def _manifest(archive: zipfile.ZipFile, names: list[str]) -> bytes:
    name = "META-INF/manifest.xml"
    return b"".join(unpacked(archive, archive.getinfo(name))) if name in names else b""


def _hold_to_limits(parts: list[zipfile.ZipInfo]) -> None:
    """Raises UnreadableError where the parts say that they unpack to more than a workbook can be."""
    n_bytes = sum(part.file_size for part in parts)
    swollen = [part for part in parts if part.file_size > max(SMALL_PART, MOST_PER_BYTE * part.compress_size)]
    if n_bytes > MOST_UNPACKED or swollen:
        what = (
            f"arbetsboken är {_megabytes(n_bytes)} stor när den packas upp. Programmet läser högst {_megabytes(MOST_UNPACKED)}"
        )
        what += f", och högst {MOST_PER_BYTE} gånger så mycket som filen tar." if swollen else "."
        action = "Radera tomma rader och kolumner under och till höger om tabellerna, eller dela upp filen i flera."
        raise UnreadableError(what, action)


def unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part in pieces of at most 8 MB. Raises UnreadableError where it is damaged or longer than it says.

    The archive's own reader stops at the length that the archive states; this one sees what comes after it, too.
    """
    raw = archive.fp
    if raw is None or part.header_offset < 0 or part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UnreadableError(DAMAGED)
    raw.seek(part.header_offset)
    header = raw.read(30)
    if len(header) < 30 or not header.startswith(ZIP):
        raise UnreadableError(DAMAGED)
    raw.seek(part.header_offset + 30 + sum(struct.unpack("<HH", header[26:30])))
    packed = raw.read(part.compress_size)
    n_bytes = checksum = 0
    for piece in _inflated(packed) if part.compress_type == zipfile.ZIP_DEFLATED else iter([packed]):
        n_bytes += len(piece)
        if n_bytes > part.file_size:
            raise UnreadableError(DAMAGED)
        checksum = zlib.crc32(piece, checksum)
        yield piece
    if n_bytes != part.file_size or checksum != part.CRC:
        raise UnreadableError(DAMAGED)


def _inflated(packed: bytes) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-15)
    try:
        for start in range(0, len(packed), _PIECE):
            block = packed[start : start + _PIECE]
            while block and not inflater.eof:
                yield inflater.decompress(block, 8 * _PIECE)
                block = inflater.unconsumed_tail
    except zlib.error as error:
        raise UnreadableError(DAMAGED) from error
