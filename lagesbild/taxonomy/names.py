"""Names as people write them, matched without regard to case, spacing, dashes or diacritics."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_SUFFIX = re.compile(r"\s+(kommun|stad)$")
_PREFIX = re.compile(r"^(kommun|region)\s+")
_CODE = re.compile(r"^(\d{4})\b\s*")
_PARENTHESIS = re.compile(r"\s*\([^)]*\)")
#: Names that older files use for a kommun that is called something else today.
_FORMER = {"malung": "malung-sälen"}


def fold(text: str) -> str:
    """The text as a key: lower case, no diacritics, every run of other signs as one space.

    >>> fold(" Buskörning / A–traktor "), fold("0-rapport")
    ('buskorning a traktor', '0 rapport')
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"[a-z0-9]+", "".join(sign for sign in plain if not unicodedata.combining(sign))))


def nearest(text: str, options: Iterable[str], n: int = 3) -> tuple[str, ...]:
    """Up to ``n`` of the options that are spelt most like the text, best first; none that is merely unlike.

    >>> nearest("Skadegörelsse", ["Narkotika", "Skadegörelse"])
    ('Skadegörelse',)
    """
    by_key: dict[str, str] = {}
    for option in sorted(set(options)):
        by_key.setdefault(fold(option), option)
    return tuple(by_key[key] for key in difflib.get_close_matches(fold(text), sorted(by_key), n=n, cutoff=0.6))


def lookup(synonyms: Mapping[str, str], text: str) -> str | None:
    """What the folded text stands for in a table of folded synonyms; None where it is unknown or empty."""
    key = fold(text)
    return synonyms.get(key) if key else None


def _plain(name: str) -> str:
    """The kommun's name without suffix, prefix, code, remark in parentheses, odd dashes and spaces; case folded."""
    text = unicodedata.normalize("NFC", name).replace("\xa0", " ").translate(_DASHES)
    text = " ".join(_PARENTHESIS.sub(" ", _CODE.sub("", text.strip())).split()).casefold()
    return _SUFFIX.sub("", _PREFIX.sub("", text)).strip()


def kommunkod(codes: Mapping[str, str], name: str) -> str | None:
    """The kommun's code for its name in any of the forms that files use; None where no kommun is called so.

    codes: base name ("Mariestad") -> kommunkod. Accepted: base form, with " kommun" or " stad", genitive ("Mariestads kommun"),
    any case, any dash, spaces around, a remark in parentheses, the code itself or before the name, and a name without its
    diacritics where that leaves one kommun only ("Malmo"; but "Habo" is Habo, never Håbo).
    """
    code = _CODE.match(name.strip())
    if code and code.group(1) in codes.values():
        return code.group(1)
    exact = {_plain(base): found for base, found in codes.items()}
    loose: dict[str, set[str]] = {}
    for base, found in exact.items():
        loose.setdefault(fold(base), set()).add(found)
    text = _plain(name)
    for form in (text, _FORMER.get(text, ""), text.removesuffix("s")):
        if form in exact:
            return exact[form]
    for form in (fold(text), fold(text).removesuffix("s")):
        if len(loose.get(form, ())) == 1:
            return next(iter(loose[form]))
    return None
