"""Names of persons: after words that announce one, and from lists of common names.

Three strengths of evidence. A given name with a capital that is hardly ever anything else counts wherever it stands in running
text; one that is also a month, a place or a word ("Nora", "Sten", "Per") counts beside a surname, an initial, an age or another
name; any word counts after "pojken heter" or "herr". What is the name of a place or a firm does not: "Sara Lidmans väg",
"Erik Dahlbergsgatan", "S:t Olofs skola", a kommun, a given name that fills a cell by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from lagesbild import taxonomy
from lagesbild.privacy.hit import APART, Hit, Kind, after, before
from lagesbild.privacy.words import WORDS, listed

_LISTS = WORDS["names"]
GIVEN, SURNAMES = listed("given_names.txt"), listed("surnames.txt")
_AMBIGUOUS = frozenset(_LISTS["ambiguous"])
_PLAIN_SURNAMES = frozenset(_LISTS["plain_surnames"])
_CLEAR = GIVEN - _AMBIGUOUS
_SMALL = _CLEAR - frozenset(_LISTS["only_with_capital"])
_NO_NAMES, _THINGS = frozenset(_LISTS["no_names"]), frozenset(_LISTS["things"])
_PLACE_NOUNS, _PLACE_LEADS = frozenset(_LISTS["place_nouns"]), frozenset(_LISTS["place_leads"])
_PLACE_ENDINGS = tuple(_LISTS["place_endings"])
_FIRMS = tuple(_LISTS["firms"])
_NAMING, _HONORIFICS = frozenset(_LISTS["naming"]), frozenset(_LISTS["honorifics"])
_PERSONS, _TITLES = frozenset(_LISTS["persons"]), frozenset(_LISTS["titles"])
_CUES = _NAMING | _HONORIFICS | _PERSONS | _TITLES

_MARKS = ".,;:!?()\"'”-/"
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_CHAIN = re.compile(r"(?: {1,2}|-)(?:(?:von|af|de|al|el|bin|van|da)[ -])?(?P<word>[A-ZÅÄÖÉÜČĆŠŽÇ][^\W\d_]*(?:[-'’][^\W\d_]+)*)")
_NEXT = re.compile(r"[ ]{1,2}(?P<word>[^\W\d_]+)")
_INITIAL = re.compile(r"[ ][A-ZÅÄÖ](?:\.|:s)?(?![\w:.-])")
_AGE = re.compile(r",?[ ]\(?(?:[1-9]?[0-9])[ ]?(?:år|åring|åringen)\b")
_COORDINATED = re.compile(r"[ ]?(?:,|&|och|o|samt)[ ](?P<word>[^\W\d_]+)")
_QUOTED = r"[\"'”“‘’«»(]?(?P<name>[^\W\d_]+(?:[-'’][^\W\d_]+)*)"
_AFTER_NAMING = re.compile(rf"[\s:;=,.(]{{1,3}}(?:(?:sig|för|är|som)[\s:]{{1,2}}){{0,2}}{_QUOTED}")
_AFTER_PERSON = re.compile(rf"[\s:;=,.(]{{1,3}}(?:(?:till|är)[\s:]{{1,2}})?{_QUOTED}")
_LEAD = re.compile(r"(?P<word>[^\W\d_]+(?::[^\W\d_]+)?)[.\s]{1,2}$")
_SURNAME_BEFORE = re.compile(r"(?:(?<!\w)[A-ZÅÄÖ]\.? ?|(?P<word>[A-ZÅÄÖÉ][^\W\d_]+) )$")
_SON = re.compile(r"[a-zåäöé]{2,}sson(?:s|en)?", re.IGNORECASE)


def find(text: str) -> Iterator[Hit]:
    """Every name in a text, or in many texts joined by ``APART``; a hit may cover the given name or surname alone."""
    hot: dict[str, bool] = {}
    for found in _WORD.finditer(text):
        word = found.group()
        if word not in hot:
            hot[word] = _is_hot(word)
        if hot[word] and (hit := _name_at(text, found)) and not _is_known_place(text, hit):
            yield hit


def worth_searching(texts: list[str]) -> list[str]:
    """The texts in which any word may begin a name or announce one; ``find`` finds nothing in the others."""
    parts = set(" ".join(texts).split())
    words = {part: part.strip(_MARKS) for part in parts}
    hot = {
        part for part, word in words.items() if (_is_hot(word) if word.isalpha() else any(map(_is_hot, _WORD.findall(word))))
    }
    return [text for text in texts if not hot.isdisjoint(text.split())]


def _is_hot(word: str) -> bool:
    """Whether a word may begin a name or announce one."""
    small = word.lower()
    if small in _CUES:
        return True
    if small in _NO_NAMES:
        return False
    if word[0].islower():
        return _is_given(small, _SMALL)
    return _is_given(small, GIVEN) or _is_surname(small, SURNAMES)


def _is_given(small: str, names: frozenset[str]) -> bool:
    """Whether a word is one of the names, or a double name of them."""
    return small in names or ("-" in small and small.partition("-")[0] in GIVEN and small.partition("-")[2] in GIVEN)


def _is_surname(small: str, names: frozenset[str]) -> bool:
    return small in names or small.removesuffix("s") in names or _SON.fullmatch(small) is not None or _base(small) in GIVEN


def _base(small: str) -> str:
    """The word without the s of its genitive."""
    return small.removesuffix("s").removesuffix("'").removesuffix("’") if len(small) > 3 else small


def _name_at(text: str, found: re.Match[str]) -> Hit | None:
    """The name that the word begins or announces, if it does."""
    word, small = found.group(), found.group().lower()
    if small in _CUES and not (word[0].isupper() and small in GIVEN):
        return _announced(text, found)
    if word[0].islower():
        return Hit("namn", found.start(), found.end())
    start, end = found.span()
    chain, end = _chain(text, end, word)
    if _is_place(text, start, end, chain):
        return None
    is_person = _is_person(text, start, found.end(), chain)
    if not is_person:
        return None
    if not _is_given(_base(small), GIVEN) and (lead := _SURNAME_BEFORE.search(before(text, start, 25))):
        start -= len(lead.group())
    initial = _INITIAL.match(text, end)
    return Hit("namn", start, initial.end() if initial else end)


def _is_person(text: str, start: int, end: int, chain: list[str]) -> bool:
    """Whether a word with a capital, first of a chain of such words, is a person's name."""
    small = chain[0].lower()
    given = small if _is_given(small, GIVEN) else _base(small)
    has_surname = len(chain) > 1 and any(_is_name(link.lower()) for link in chain[1:])
    if _is_given(given, GIVEN):
        if given not in _AMBIGUOUS and given not in _places():
            return not chain[0].isupper() or len(chain[0]) > 3 or has_surname
        rest = after(text, end, 30)
        if has_surname or _INITIAL.match(rest) or _AGE.match(rest):
            return True
        other = _COORDINATED.match(rest)
        return other is not None and other["word"][0].isupper() and other["word"].lower() in _CLEAR
    if _SON.fullmatch(small) and small.removesuffix("s") not in _PLAIN_SURNAMES:
        return True
    lead = _SURNAME_BEFORE.search(before(text, start, 25))
    bare = small if small in SURNAMES else small.removesuffix("s")
    if lead is None or bare in _PLAIN_SURNAMES:
        return False
    first = lead["word"]
    return first is None or (first.lower() not in _NO_NAMES | _PLACE_LEADS and not first.lower().endswith(_PLACE_ENDINGS))


def _is_name(small: str) -> bool:
    return small in SURNAMES or small in GIVEN or _is_surname(small, SURNAMES)


def _is_place(text: str, start: int, end: int, chain: list[str]) -> bool:
    """Whether a chain of capitals names a place, a firm, a storm or a saint."""
    words = [word.lower() for word in chain]
    if any(word.endswith(_PLACE_ENDINGS) and not _is_name(word) for word in words):
        return True
    if any(word in _PLACE_NOUNS and word not in SURNAMES for word in words[1:]):
        return True
    if " ".join(words).startswith(_FIRMS):
        return True
    lead = _LEAD.search(before(text, start, 20))
    if lead and lead["word"].lower() in _PLACE_LEADS:
        return True
    following = _NEXT.match(text, end)
    if following and following["word"].lower() in _PLACE_NOUNS:
        return len(chain) == 1 or words[-1].endswith("s")
    return False


def _announced(text: str, cue: re.Match[str]) -> Hit | None:
    """The name after a word that announces one."""
    small = cue.group().lower()
    found = (_AFTER_NAMING if small in _NAMING else _AFTER_PERSON).match(text, cue.end())
    if found is None:
        return None
    name, word = found["name"], found["name"].lower()
    chain, end = _chain(text, found.end("name"), name)
    is_listed = _is_given(word, GIVEN) or _is_surname(word, SURNAMES)
    is_capital = name[0].isupper()
    if word in _NO_NAMES or (is_capital and (_is_place(text, found.start("name"), end, chain) or word in _places())):
        return None
    if small in _NAMING:
        is_thing = _is_about_thing(text, cue.start()) or (small.startswith("namn") and text[cue.end()] not in ":=")
        is_said = is_capital or (is_listed and word not in _AMBIGUOUS) or (small == "heter" and _is_about_person(text, cue))
        is_name = is_said and (is_listed or not is_thing) and not _is_about_thing(text, cue.start())
    elif small in _HONORIFICS:
        is_name = is_capital
    elif small in _PERSONS:
        is_name = is_capital and (is_listed or text[cue.end()] == " ")
    else:
        is_name = is_capital and is_listed and word not in _AMBIGUOUS
    return Hit("namn", found.start("name"), end) if is_name else None


def _chain(text: str, end: int, first: str) -> tuple[list[str], int]:
    """The words with a capital that follow the first one, at most three, and where they end."""
    chain = [first]
    while first[0].isupper() and len(chain) < 4 and (link := _CHAIN.match(text, end)):
        chain.append(link["word"])
        end = link.end()
    return chain, end


def _is_about_thing(text: str, place: int) -> bool:
    """Whether one of the four words before a cue is a thing that may be called something."""
    return any(word.lower() in _THINGS for word in _WORD.findall(before(text, place, 40))[-4:])


def _is_about_person(text: str, cue: re.Match[str]) -> bool:
    words = [word.lower() for word in _WORD.findall(before(text, cue.start(), 30))[-3:]]
    return any(word in _PERSONS or word in {"han", "hon", "hen"} for word in words)


def _is_known_place(text: str, hit: Hit) -> bool:
    """Whether the hit's whole cell is a kommun, or one given name and nothing else: in a short cell that may be a place."""
    start = text.rfind(APART, 0, hit.start) + 1
    end = text.find(APART, hit.end)
    cell = text[start : len(text) if end < 0 else end].strip().casefold()
    return cell in _places() or (cell in GIVEN or _base(cell) in GIVEN)


@cache
def _places() -> frozenset[str]:
    """Names of kommuner, as a cell or a word may hold them."""
    names = taxonomy.load().kommuner["name"].str.casefold()
    return frozenset(names) | frozenset(names + " kommun") | frozenset(names + "s kommun") | frozenset(names + " stad")


def is_lone(cell: str) -> bool:
    """Whether a cell is one given name and nothing else: no word or month, no kommun.

    >>> is_lone("Gunvor "), is_lone("Nora"), is_lone("Maria kyrka")
    (True, False, False)
    """
    small = cell.strip().casefold()
    return _is_given(small, _CLEAR) and cell.strip()[0].isupper() and small not in _places()


def is_whole(name: str) -> bool:
    """Whether a hit is a given name with a surname, and no part of it is a kommun.

    >>> is_whole("Anna Lindqvist"), is_whole("Anna"), is_whole("Östersund Norberg")
    (True, False, False)
    """
    words = name.casefold().split()
    return len(words) > 1 and _is_given(_base(words[0]), GIVEN) and _places().isdisjoint(words)


_HEADINGS: dict[str, Kind] = {
    **dict.fromkeys(_LISTS["identity_headings"], "personnummer"),
    **dict.fromkeys(_LISTS["phone_headings"], "telefonnummer"),
    **dict.fromkeys((*_LISTS["name_headings"], *_LISTS["text_headings"]), "namn"),
}
_DATE_OR_NUMBER = re.compile(r"(?:1[89]|20)?[0-9]{2}[-. /]?(?:0[1-9]|1[0-2])[-. /]?[0-3689][0-9](?:[-+ ]?[0-9X*]{4})?")
_NINE = re.compile(r"0{0,2}7[02369][0-9]{7}")


def heading_kind(heading: str) -> Kind | None:
    """What kind of personal data the cells below a heading are likely to be; None for most headings."""
    return _HEADINGS.get(" ".join(heading.replace(".", " ").replace("_", " ").split()).casefold().strip(" :*"))


def is_told_by_heading(cell: str, kind: Kind) -> bool:
    """Whether a cell is of the kind that its heading says, where the cell alone would not tell.

    >>> is_told_by_heading("Maria", "namn"), is_told_by_heading("Centrum", "namn"), is_told_by_heading("850709", "personnummer")
    (True, False, True)
    """
    cell = cell.strip()
    if kind == "personnummer":
        return _DATE_OR_NUMBER.fullmatch(cell) is not None
    if kind == "telefonnummer":
        return _NINE.fullmatch(cell) is not None or (
            7 <= sum(map(str.isdigit, cell)) <= 12 and not re.search(r"[^\W\d_]", cell)
        )
    first = _WORD.match(cell) if cell[:1].isalpha() else None
    if first is None or not _is_name(first.group().lower()):
        return False
    words = [word.lower() for word in _WORD.findall(cell)]
    if len(words) > 4 or cell.casefold() in _places():
        return False
    return words[0] in _CLEAR or (len(words) > 1 and _is_name(words[-1]))
