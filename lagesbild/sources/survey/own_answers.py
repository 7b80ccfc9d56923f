"""The answers of one question: codes become the words of the code list, steps of a scale become yes or no, free text goes."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from lagesbild.sources.survey import own_columns
from lagesbild.taxonomy.answer_words import meaning

#: What stands in place of an answer that is none of the known: it may be free text, which is never kept.
UNKNOWN = "(okänt svar)"
#: An unknown text is an answer to choose, and may be shown, when so many gave it word for word.
_CHOSEN_BY, _LONGEST_CHOICE = 5, 40
_CODE = re.compile(r"[0-9]{1,2}")


def decoded(cells: pd.Series, heading: str, codes: Mapping[str, str]) -> pd.Series | None:
    """The answers as words; None for bare codes that neither a code list nor the heading explains.

    cells: texts, "" where there is no answer. A step of a scale whose ends are told becomes "Ja (4 på skalan 1–5)": the two
    steps nearest the end that means yes count (one of three, three of more than six).
    """
    told = cells[cells.ne("")]
    known = {code: answer for code, answer in codes.items() if meaning(answer) is not None}
    answers = {text: codes.get(text, text) for text in told.unique()}
    bare = {text for text in answers if _CODE.fullmatch(text) and meaning(codes.get(text, "")) is None}
    if not bare <= {"0", "1"} or (bare and known):
        scale = {int(code): answer for code, answer in known.items() if _CODE.fullmatch(code)} or own_columns.anchors(heading)
        steps = _steps(scale)
        if not bare <= set(steps):
            return None
        answers |= {text: steps[text] for text in bare}
    return cells.map(answers).where(cells.ne(""), "").fillna("").astype("str")


def _steps(scale: Mapping[int, str]) -> dict[str, str]:
    """Code -> "Ja (…)" or "Nej (…)" for every step of a scale whose ends mean yes and no; {} where they do not."""
    if len(scale) < 2:
        return {}
    low, high = min(scale), max(scale)
    ends = meaning(scale[low]), meaning(scale[high])
    if set(ends) != {0.0, 1.0}:
        return {}
    n_steps = high - low + 1
    n_yes = 1 if n_steps <= 3 else 2 if n_steps <= 6 else 3
    yes = range(high - n_yes + 1, high + 1) if ends[1] == 1.0 else range(low, low + n_yes)
    return {str(step): f"{'Ja' if step in yes else 'Nej'} ({step} på skalan {low}–{high})" for step in range(low, high + 1)}


def without_free_text(answers: pd.Series) -> tuple[pd.Series, list[str]]:
    """The answers with every unknown text replaced, and the unknown ones that so many gave that they are choices."""
    counts = answers[answers.ne("")].value_counts()
    unknown = [str(text) for text in counts.index if meaning(str(text)) is None]
    chosen = [text for text in unknown if counts[text] >= _CHOSEN_BY and len(text) <= _LONGEST_CHOICE and "(" not in text]
    return answers.mask(answers.isin(unknown), UNKNOWN), chosen


def is_readable(texts: pd.Series) -> bool:
    """Whether most of the answers given are words that are known, or single digits."""
    told = texts[texts.ne("")]
    n_known = sum(meaning(str(text)) is not None or _CODE.fullmatch(str(text)) is not None for text in told)
    return len(told) > 0 and n_known * 2 > len(told)
