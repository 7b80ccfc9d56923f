"""The register of pledges and their follow-up as two tables of the workbook."""

from __future__ import annotations

import pandas as pd

from lagesbild.pledges.indicator import Indicator
from lagesbild.pledges.ratio import Ratio
from lagesbild.pledges.result import FollowUp, Level
from lagesbild.report.content import pledges as content
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import pledges as said
from lagesbild.report.workbook import Sheet


def pledge_sheets(lagesbild: Lagesbild) -> list[Sheet]:
    """Löften with a row per activity and Uppföljning with a row per pledge; none where no register was delivered."""
    followed = lagesbild.pledges.found
    if not followed:
        return []
    source = f"Registret över löften, {lagesbild.title}"
    return [
        Sheet("Löften", "Vad parterna lovade och vad som är genomfört", "Antal gånger", source, _register(lagesbild)),
        Sheet(
            "Uppföljning",
            "Löftenas indikatorer före och efter",
            "Kvot: efter delat med före, 1 är ingen förändring; intervall 95 %, väntat intervall 80 %",
            f"Beräkning, {lagesbild.title}",
            _numeric(pd.DataFrame([_row(lagesbild, one) for one in followed])),
        ),
    ]


def _register(lagesbild: Lagesbild) -> pd.DataFrame:
    rows = [
        {
            "Löfte": one.pledge.pledge_id,
            "Text": one.pledge.text,
            "Problemområde": content.area_name(lagesbild.taxonomy, one.pledge.problem_area),
            "Första dag": f"{one.pledge.start}",
            "Sista dag": f"{one.pledge.end}",
            "Aktivitet": act.activity if act else "ingen aktivitet angiven",
            "Ansvarig": (act.responsible if act else "") or "uppgift saknas",
            "Planerat": act.planned if act else None,
            "Genomfört": act.done if act else None,
        }
        for one in lagesbild.pledges.found
        for act in (one.pledge.activities or (None,))
    ]
    return pd.DataFrame(rows).astype({"Planerat": "float64", "Genomfört": "float64"})


def _numeric(table: pd.DataFrame) -> pd.DataFrame:
    """The table with every column of numbers as such, also where no pledge has the number."""
    texts = {name for name in table.columns if any(isinstance(value, str) for value in table[name])}
    return table.astype({name: "str" if name in texts else "float64" for name in table.columns})


def _row(lagesbild: Lagesbild, one: FollowUp) -> dict[str, object]:
    taxonomy, others, meant = lagesbild.taxonomy, one.compared, one.indicator
    why = [said.why_not(remark.kind, content.spoken(taxonomy, remark), remark.years) for remark in one.reasons]
    why += [said.reservation(r.kind, content.spoken(taxonomy, r), r.years) for r in content.remarks(one)]
    fewer = (others.fewer if others else None) or (None, None, None)
    expected = one.expected
    return {
        "Löfte": one.pledge.pledge_id,
        "Problemområde": content.area_name(taxonomy, one.pledge.problem_area),
        "Indikator": one.pledge.indicator or "uppgift saknas",
        "Mått": content.what(lagesbild, meant) if isinstance(meant, Indicator) else "går inte att avgöra",
        "Utfall": one.outcome,
        **_level("före", one.before),
        **_level("efter", one.after),
        **_ratio("Kvot", one.own),
        "Jämfört med": "ingen" if others is None else "jämförbara kommuner" if others.relative else others.who,
        "Antal kommuner": others.n if others and others.n else None,
        **_ratio("Kvot, andra", others.ratio if others else None),
        **_ratio("Kvot mot andra", others.relative if others else None),
        "Plats bland kommunerna, mest minskat först": others.rank if others and others.rank else None,
        "Fler (+) eller färre anmälningar än om kommunen följt de andra": fewer[0],
        "Fler eller färre, nedre gräns": fewer[1],
        "Fler eller färre, övre gräns": fewer[2],
        "Väntat antal": expected.value if expected else None,
        "Väntat antal, nedre gräns (80 %)": expected.lower if expected else None,
        "Väntat antal, övre gräns (80 %)": expected.upper if expected else None,
        "Förbehåll": " ".join(why) or "inga",
    }


def _level(when: str, level: Level | None) -> dict[str, object]:
    return {
        f"År {when}": said.covered(level.years) if level else "saknas",
        f"Värde {when}": level.value if level else None,
        f"Värde {when}, nedre gräns": level.lower if level else None,
        f"Värde {when}, övre gräns": level.upper if level else None,
        f"Antal {when}": level.count if level else None,
    }


def _ratio(name: str, ratio: Ratio | None) -> dict[str, object]:
    return {
        name: ratio.value if ratio else None,
        f"{name}, nedre gräns": ratio.lower if ratio else None,
        f"{name}, övre gräns": ratio.upper if ratio else None,
    }
