"""What a survey's values rest on: shares in percent, printed limits, and the number of answers, wherever it stands."""

from __future__ import annotations

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.sources.files.file import RawFile

PLACE = ["geography_level", "geography"]
#: What a value is about; two values of the same key are the same figure.
KEY = ["item", "group", *PLACE, "year"]


def in_percent(file: RawFile, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Doubt]]:
    """Shares written as 0.24 (as a spreadsheet keeps 24 %) in percent, decided column by column."""
    is_share = frame["unit"].eq("percent") & frame["statistic"].isin(["value", "lower", "upper"]) & ~frame["is_text"]
    column = [frame["sheet"], frame["heading"]]
    highest = frame["value"].where(is_share).groupby(column, observed=True).transform("max")
    is_fraction = is_share & highest.le(1) & highest.gt(0)
    doubts = []
    if is_fraction.any():
        headings = [text or "utan rubrik" for text in frame.loc[is_fraction, "heading"].unique()]
        what = (
            f"andelarna står som bråk (0,24) och inte som procent (24) i {swedish.plural(len(headings), 'kolumn', 'kolumner')}."
        )
        doubts.append(Doubt("andel_som_brak", file.name, what, "De är räknade om till procent.", int(is_fraction.sum())))
    is_small = is_share & ~is_fraction & frame["value"].gt(0) & frame["value"].lt(1)
    if is_small.any():
        rows = [int(row) for row in frame.loc[is_small, "row"]]
        what = f"{swedish.plural(len(rows), 'värde är', 'värden är')} under 1 procent bland värden som är större."
        action = "Är det andelar skrivna som bråk ska de rättas. De används som de står."
        doubts.append(Doubt("blandad_skala", file.where(rows=rows), what, action, len(rows)))
    return frame.assign(value=frame["value"].mask(is_fraction, frame["value"] * 100)), doubts


def with_limits(values: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """The values with lower and upper, where the file prints limits for them."""
    result = values
    for side in ("lower", "upper"):
        limits = frame.loc[frame["statistic"].eq(side), [*KEY, "value"]].drop_duplicates(KEY)
        result = result.merge(limits.rename(columns={"value": side}), on=KEY, how="left", validate="many_to_one")
    return result


def with_answers(values: pd.DataFrame, frame: pd.DataFrame) -> tuple[pd.DataFrame, set[tuple[str, int]]]:
    """The values with n, and the rows of answers that were used.

    n is printed in a heading ("n = 420"), in the value's own row, in a row of answers for the area and year on the same sheet
    or another, or, for an area with one year only, in a row of answers without a year.
    """
    answers = frame[frame["statistic"].eq("n") & frame["value"].gt(0)]
    answers = answers.assign(at=pd.Series(list(map(tuple, answers[["sheet", "row"]].to_numpy())), answers.index, "object"))
    has_values = answers["at"].isin(set(zip(values["sheet"], values["row"], strict=True)))
    of_areas = answers[~has_values]
    undated = of_areas[of_areas["year"].eq(0)]
    has_one_year = values.groupby(PLACE, observed=True)["year"].transform("nunique").eq(1)
    anywhere = pd.Series(True, index=values.index)
    n = pd.to_numeric(values["n_printed"].str.replace(r"\D", "", regex=True), errors="coerce").astype("float64")
    used: set[tuple[str, int]] = set()
    for keys, rows, allowed in (
        (["sheet", "row", *PLACE, "year", "group"], answers[has_values], anywhere),
        (["sheet", *PLACE, "year", "group"], of_areas, anywhere),
        ([*PLACE, "year", "group"], of_areas, anywhere),
        ([*PLACE, "group"], undated, has_one_year),
    ):
        one = rows.drop_duplicates(keys)[[*keys, "value", "at"]].rename(columns={"value": "found"})
        joined = values[keys].merge(one, on=keys, how="left", validate="many_to_one").set_axis(values.index)
        is_new = n.isna() & joined["found"].notna() & allowed
        n = n.mask(is_new, joined["found"])
        used |= set(joined.loc[is_new, "at"])
    return values.assign(n=n.round().astype("Int64")), used
