"""The calibration page: what was aimed at, what was found, over which trips, and every table behind it."""

from __future__ import annotations

from collections.abc import Sequence

from corridor.analysis.calibration import CountryComparison, is_parameter
from corridor.analysis.calibration_summary import CalibrationSummary, Target
from corridor.analysis.observed import TripComparison
from corridor.evidence import Evidence
from corridor.evidence.calibration_trips import CalibrationTrip
from corridor.evidence.held_out import HeldOut
from corridor.report.numerals import counted, joined
from corridor.report.sections import Section

TITLE = "Calibration"
INTRODUCTION = """What the model says beside what other people have measured: speeds, hours at border posts and cost by
country (CAREC's CPMM, `data/cpmm.csv`), trips (`data/observed_trips.csv`) and distances
(`data/snapshot/city_pairs.csv`). This page is written by
`corridor calibration -o docs/calibration.md --summary data/calibration.json`; a test holds it to what the model says
now. The model runs at mean inputs, with the truck and cargo of `scenarios/base.yaml`.

Nothing was changed in the model to bring it nearer to what is held out. Changed after a look at results, on 25 November
2026: the season of Astara and Samur, which the source of their queues gives, was put in; a post that nobody has timed
takes the average that CPMM measured in its country before a judgement; an entry side behind a queue that is known no
longer gets the estimate for all posts, which holds a queue as well; the trips beside CPMM are those of CAREC's
corridors in place of the named corridors, and the mean speed of CPMM's countries is set on them too; a wait of 45 hours
or more counts as a weekly rest; and the days of held-out trips are P50, with rest planned anew in each future. Trips
are few and no sample: most are first trips of a new service, reported because they went well. CPMM's years 2020 to 2022
are pandemic years, and its figures are means over the trips that its associations report, not over a country."""


def summary_sections(summary: CalibrationSummary) -> tuple[Section, Section]:
    """What was aimed at and found, and the scores of trips."""
    rows = [(target.what, target.aim, target.found, _met(target), target.misses or "-") for target in summary.targets]
    return (
        Section("In short", "", ("what", "aim", "found", "met", "misses"), tuple(rows)),
        score_section(summary),
    )


def _met(target: Target) -> str:
    return "yes" if target.is_met else "no"


def score_section(summary: CalibrationSummary) -> Section:
    """Errors of the model and of the naive rival on the held-out trips."""
    rows = [
        (
            who,
            str(score.n),
            f"{score.bias_share:+.1%}",
            f"{score.mape_share:.1%}",
            f"{score.mdape_share:.1%}",
            f"{score.log_rmse:.2f}",
        )
        for who, score in (("model", summary.model), (f"naive rival: {summary.naive_rule}", summary.naive))
    ]
    low, high = summary.coverage_bounds
    return Section(
        "Scores of held-out trips",
        f"Days of the {counted(summary.model.n, 'held-out trip', 'held-out trips')} that can be run. Bias is "
        "exp(mean ln(model / observed)) - 1, MAPE the mean and MdAPE the median of |model - observed| / observed, log "
        f"RMSE the root of the mean squared ln(model / observed). Skill, 1 - MAPE of the model over MAPE of the rival: "
        f"{summary.skill_share:+.0%}. Between P10 and P90 of the model, which should hold four in five, lie "
        f"{summary.covered} of {summary.model.n}; {low} to {high} would agree with it, so few trips say little. The "
        f"band is {summary.band_share:.0%} of P50 wide on average. Days of the model are P50.",
        ("days by", "n", "bias", "MAPE", "MdAPE", "log RMSE"),
        tuple(rows),
    )


def trips_section(trips: Sequence[tuple[CalibrationTrip, float]]) -> Section:
    """Over which trips the model is averaged: each with its km."""
    rows = [
        (
            trip.id,
            f"{trip.origin} - {trip.destination}",
            trip.plate,
            " > ".join(trip.via),
            f"{length_km:,.0f}",
            trip.note,
        )
        for trip, length_km in trips
    ]
    return Section(
        "Over which trips",
        "From `data/calibration_trips.csv`, each there and back: the corridors of CAREC, over which CPMM's trips go, "
        "as far as the network has their roads, closed posts as if open. A country's figures are sums over its part "
        "of these ways.",
        ("trip", "from - to", "plate", "through", "km", "note"),
        tuple(rows),
    )


def fit_section(evidence: Evidence) -> Section:
    """Which figures of others are numbers of the model, from the tables."""
    rows = [
        (f"`{name}`", ", ".join(scopes), str(len(scopes)), years)
        for name, (scopes, years) in sorted(_fitted_parameters(evidence).items())
    ]
    used = sum(row.use == "yes" for row in evidence.measured_times)
    records = sum(is_parameter(record, evidence) for record in evidence.cpmm)
    return Section(
        "What is fitted",
        f"{records} of the {len(evidence.cpmm)} figures of `cpmm.csv` are parameters as they stand. Hours and fees of "
        f"posts come from {used} rows of `crossing_times.csv`. Parameters that name CPMM or CNR as their source:",
        ("parameter", "for", "rows", "years"),
        tuple(rows),
    )


def _fitted_parameters(evidence: Evidence) -> dict[str, tuple[list[str], str]]:
    """Name -> scopes and years of the rows that rest on CPMM or CNR."""
    rows = [row for row in evidence.parameters.values() if any(key.startswith(("cpmm-", "cnr-")) for key in row.source)]
    found = {}
    for name in sorted({row.name for row in rows}):
        own = [row for row in rows if row.name == name]
        years = sorted({row.year for row in own if row.year})
        found[name] = ([row.scope for row in own], f"{years[0]}-{years[-1]}" if len(years) > 1 else str(years[0]))
    return found


def held_out_section(held_out: HeldOut, scored: Sequence[TripComparison]) -> Section:
    """What may not set a number of the model."""
    rows = [
        (
            "trips",
            str(len(held_out.trips)),
            f"{len(scored)} can be run and are scored: {joined([c.trip.id for c in scored])}",
        ),
        ("city pairs", str(len(held_out.city_pairs)), "the pairs marked `check` in `city_pairs.csv`"),
        ("items of CPMM", str(len(held_out.cpmm_items)), joined(held_out.cpmm_items)),
        (
            "trips shown, not scored",
            str(len(held_out.shown)),
            "best cases, quotes, hours instead of days, rail and sea",
        ),
    ]
    return Section(
        "What is held out",
        f"Frozen in `data/held_out.toml` on {held_out.frozen_on.isoformat()}, sha256 {held_out.digest[:16]}. How "
        "the model does on some of these trips was known before that day.",
        ("records", "n", "which"),
        tuple(rows),
    )


def names_of(evidence: Evidence) -> dict[str, str]:
    """Code of a country or id of a post -> its name."""
    countries = {code: country.name for code, country in evidence.countries.items()}
    return countries | {key: crossing.name for key, crossing in evidence.crossings.items()}


def outside(countries: Sequence[CountryComparison], measure: str) -> list[str]:
    """Codes of the countries in which a measure lies outside the years published."""
    found = [row.measures.get(measure) for row in countries]
    return [comparison.country for comparison in found if comparison and not comparison.is_inside]
