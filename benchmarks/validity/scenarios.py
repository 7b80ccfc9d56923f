"""Every scenario of the laboratory, and the worlds of one."""

from __future__ import annotations

from benchmarks.validity.scenario import Recode, Scenario
from benchmarks.validity.worlds import worlds

__all__ = ["SCENARIOS", "Recode", "Scenario", "worlds"]

_ALL = (
    Scenario("base", "24 000 inhabitants, eight peers, five years, every source, biases as declared."),
    Scenario(
        "base_no_change",
        "As base, but every true incidence is constant; how much is reported, noticed and answered still drifts as declared.",
        is_null=True,
    ),
    Scenario("steady", "As base_no_change, and reporting does not drift either.", is_null=True, has_drift=False),
    Scenario("small", "A kommun of 6 000 inhabitants.", population=6_000),
    Scenario("large", "A kommun of 60 000 inhabitants.", population=60_000),
    Scenario("three_years", "Three years of every source.", n_years=3),
    Scenario("missing_40", "40 % of what the areas' sources could tell is missing at random, whole sources too.", missing=0.4),
    Scenario("biases_double", "Biases with twice the declared standard deviations.", bias_factor=2.0),
    Scenario("biases_half", "Biases with half the declared standard deviations.", bias_factor=0.5),
    Scenario("heavy_tails", "Biases with the declared standard deviations and heavy tails (t, 3 degrees).", tail="heavy"),
    Scenario(
        "reversed_reported",
        "Of each area the reports show what is true of the area at the mirrored place in the order.",
        reversed_source="reported",
    ),
    Scenario("reversed_est", "As reversed_reported, for EST.", reversed_source="est"),
    Scenario("reversed_survey", "As reversed_reported, for the residents' surveys.", reversed_source="survey"),
    Scenario(
        "partly_reversed",
        "EST turns round the order of the areas that show out of doors, and sees the others as they are.",
        reversed_source="est",
        reversed_visibility="ute",
    ),
    Scenario(
        "recode",
        "From 2024 the codes of sexual offences take in twice as much everywhere (a break that the taxonomy declares).",
        is_null=True,
        recode=Recode("sexualbrott", 2024, 2.0),
    ),
    Scenario(
        "recode_undeclared",
        "From 2024 the codes of vandalism take in twice as much everywhere, and nobody has said so.",
        is_null=True,
        recode=Recode("skadegorelse", 2024, 2.0),
    ),
    Scenario(
        "campaign_police",
        "The police triple their narcotics reports in four months of the last year; monthly figures.",
        is_null=True,
        campaign_months=4,
        is_monthly=True,
    ),
    Scenario(
        "campaign_est",
        "For eight weeks of the last year the EST reporters look for one category.",
        is_null=True,
        est_campaign_weeks=8,
    ),
    Scenario("organisation_stops", "One EST organisation reports nothing the last year.", is_null=True, is_stopping=True),
    Scenario(
        "series",
        "400 reports in one case, within two months of the last year; monthly figures.",
        is_null=True,
        series=400,
        is_monthly=True,
    ),
    Scenario(
        "series_yearly",
        "400 reports in one case, within two months of the last year; yearly figures.",
        is_null=True,
        series=400,
    ),
)
#: Every scenario by name.
SCENARIOS: dict[str, Scenario] = {scenario.name: scenario for scenario in _ALL}
