"""The names that files use for a kommun, resolved to its code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from lagesbild.taxonomy.names import fold

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_SUFFIX = re.compile(r"\s+(kommun|stad)$")
_PREFIX = re.compile(r"^(kommun|region)\s+")
_CODE = re.compile(r"^(\d{4})\b\s*")
_PARENTHESIS = re.compile(r"\s*\([^)]*\)")
#: Names that older files use for a kommun that is called something else today.
_FORMER = {"malung": "malung-sälen"}


def plain(name: str) -> str:
    """The name without code, prefix, suffix, remark in parentheses, odd dashes and spaces; case folded.

    >>> plain("Tranås kommun "), plain("Malung–Sälens kommun"), plain("0980 Region Gotland")
    ('tranås', 'malung-sälens', 'gotland')
    """
    text = unicodedata.normalize("NFC", name).translate(_DASHES).strip()
    text = " ".join(_PARENTHESIS.sub(" ", _CODE.sub("", text)).split()).casefold()
    return _SUFFIX.sub("", _PREFIX.sub("", text)).strip()


@dataclass(frozen=True)
class KommunNames:
    """Base name ("Mariestad") -> kommunkod, and every other form of the name."""

    codes: Mapping[str, str]

    @cached_property
    def _exact(self) -> dict[str, str]:
        return {plain(base): code for base, code in self.codes.items()}

    @cached_property
    def _loose(self) -> dict[str, set[str]]:
        loose: dict[str, set[str]] = {}
        for base, code in self._exact.items():
            loose.setdefault(fold(base), set()).add(code)
        return loose

    def code(self, name: str) -> str | None:
        """The kommun's code for its name in any form that files use; None where no kommun is called so.

        Accepted: base form, with " kommun" or " stad", genitive ("Mariestads kommun"), any case, any dash, spaces around, a
        remark in parentheses, the code itself or before the name, and a name without its diacritics where that leaves one
        kommun only ("Malmo"; but "Habo" is Habo, never Håbo). A code that contradicts the name after it gives None.
        """
        text = plain(name)
        code = _CODE.match(name.strip())
        if code:
            stated = code.group(1) if code.group(1) in self.codes.values() else None
            return stated if not text or self._named(text) == stated else None
        return self._named(text)

    def _named(self, text: str) -> str | None:
        for form in (text, _FORMER.get(text, ""), text.removesuffix("s")):
            if form in self._exact:
                return self._exact[form]
        for form in (fold(text), fold(text).removesuffix("s")):
            if len(self._loose.get(form, ())) == 1:
                return next(iter(self._loose[form]))
        return None
