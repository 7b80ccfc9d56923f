"""The shipped fonts, as small as a page in Swedish needs them."""

from __future__ import annotations

import base64
import io
from functools import cache

from fontTools import subset

from lagesbild.charts import theme

#: Latin with every accent of European languages, and the punctuation and signs of Swedish text.
_LETTERS = [*range(0x20, 0x7F), *range(0xA0, 0x180), *map(ord, "–—‘’“”„†•…‰−±×≈≤≥√Σ\u2009\u202f")]


@cache
def face(weight: int) -> str:
    """The font of that weight as a data address for CSS; the same bytes each time."""
    options = subset.Options(
        hinting=False, notdef_outline=True, layout_features=["kern"], layout_scripts=["latn"], layout_closure=False
    )
    options.drop_tables += ["DSIG", "GSUB", "meta"]
    path = theme.FONTS / theme.FONT_FILES[weight]
    with subset.load_font(path, options) as font:
        font.recalcTimestamp = False
        chosen = subset.Subsetter(options)
        chosen.populate(unicodes=_LETTERS)
        chosen.subset(font)
        written = io.BytesIO()
        font.save(written)
    return f"data:font/ttf;base64,{base64.b64encode(written.getvalue()).decode()}"
