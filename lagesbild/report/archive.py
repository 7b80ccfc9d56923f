"""An office file (a zip archive of XML) with one date on everything in it, so that the clock leaves no trace."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

#: The first date a zip archive can hold.
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_PROPERTIES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def fixed_dates(data: bytes, moment: datetime) -> bytes:
    """The same archive with ``ZIP_DATE`` on every entry and ``moment`` as the document's dates: same content, same bytes."""
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _PROPERTIES.sub(rb"\g<1>" + stamp + rb"\g<3>", content)
            stored = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            new.writestr(zipfile.ZipInfo(name, ZIP_DATE), content, stored)
    return buffer.getvalue()
