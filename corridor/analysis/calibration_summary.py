"""The few figures of a calibration that every report repeats, in a small file that says what it was made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corridor.analysis.calibration import CountryComparison
from corridor.analysis.observed import TripComparison, score_days
from corridor.analysis.trip_scores import Score, coverage_bounds, skill_share
from corridor.errors import DataError
from corridor.evidence import Evidence
from corridor.network.check import DistanceCheck

SPEED_GOAL_SHARE = 0.05
COUNTRIES_GOAL = 8
COST_GOAL = 6
DISTANCE_GOAL_SHARE = 0.05
"""Aims set before the first comparison: error of SWOD, countries inside the published years, error of a distance."""

NOT_A_COST = ("AZE",)
"""Countries whose TFI3 is implausible: transit samples only."""

COMMAND = "corridor calibration -o docs/calibration.md --summary data/calibration.json"


@dataclass(frozen=True, slots=True)
class Target:
    """Something aimed at, what was found, and where it was missed."""

    what: str
    aim: str
    found: str
    is_met: bool
    misses: str


@dataclass(frozen=True, slots=True)
class CalibrationSummary:
    """Aims, and scores of the held-out trips.

    Parameters
    ----------
    made_from : digest of the tables and the network that the figures were made from, see `tables_digest`
    naive_rule : what the naive rival does
    covered : trips whose observed days lie between P10 and P90; band_share : mean width of the band over P50
    """

    made_from: str
    naive_rule: str
    targets: tuple[Target, ...]
    model: Score
    naive: Score
    covered: int
    band_share: float

    @property
    def skill_share(self) -> float:
        """1 - MAPE of the model over that of the naive rival."""
        return skill_share(self.model, self.naive)

    @property
    def coverage_bounds(self) -> tuple[int, int]:
        """How many of the trips inside their 80 % interval would agree with it."""
        return coverage_bounds(self.model.n)


def summarise_calibration(
    countries: Sequence[CountryComparison],
    scored: Sequence[TripComparison],
    distances: Sequence[DistanceCheck],
    evidence: Evidence,
    *,
    made_from: str,
) -> CalibrationSummary:
    """Aims and scores.

    Parameters
    ----------
    scored : held-out trips; distances : held-out known distances
    """
    model, naive = score_days(scored)
    covered = sum(trip.is_covered for trip in scored)
    targets = (
        *_country_targets(countries),
        _skill_target(model, naive),
        _coverage_target(covered, len(scored)),
        _distance_target(distances),
    )
    band_share = sum(trip.band_share for trip in scored) / len(scored)
    return CalibrationSummary(made_from, _naive_rule(evidence), targets, model, naive, covered, band_share)


def _naive_rule(evidence: Evidence) -> str:
    km = evidence.parameter("naive_km_per_day", "*").value
    days = evidence.parameter("naive_days_per_post", "*").value
    return f"{km:g} km a day and {days:g} {'day' if days == 1 else 'days'} at every post"


def _country_targets(countries: Sequence[CountryComparison]) -> tuple[Target, ...]:
    speeds = [row.measures["swod"] for row in countries if "swod" in row.measures]
    far = [speed.country for speed in speeds if abs(speed.off_share) > SPEED_GOAL_SHARE]
    return (
        _target(f"SWOD within {SPEED_GOAL_SHARE:.0%} of the latest year", len(speeds), far, goal=len(speeds)),
        _inside(countries, "swd_stops", "SWD with stops inside the years published", goal=COUNTRIES_GOAL),
        _inside(countries, "side_h", "hours a side inside the years published", goal=COUNTRIES_GOAL),
        _cost(countries, "tfi3", "with border fees"),
        _cost(countries, "tfi3_haul", "without border fees"),
    )


def _cost(countries: Sequence[CountryComparison], measure: str, how: str) -> Target:
    plausible = [row for row in countries if row.country not in NOT_A_COST]
    what = f"USD per 500 km and 20 t {how} inside the years published, without {', '.join(NOT_A_COST)}"
    return _inside(plausible, measure, what, goal=COST_GOAL)


def _inside(countries: Sequence[CountryComparison], measure: str, what: str, *, goal: int) -> Target:
    found = [row.measures[measure] for row in countries if measure in row.measures]
    return _target(what, len(found), [one.country for one in found if not one.is_inside], goal=goal)


def _target(what: str, n: int, misses: Sequence[str], *, goal: int) -> Target:
    hits = n - len(misses)
    return Target(what, f"{goal} of {n} countries", f"{hits} of {n}", hits >= goal, ", ".join(misses))


def _skill_target(model: Score, naive: Score) -> Target:
    skill = skill_share(model, naive)
    found = f"skill {skill:+.0%} by MAPE (n = {model.n})"
    worse = "by log RMSE the rival is better" if model.log_rmse > naive.log_rmse else ""
    return Target("days of held-out trips better than the naive rival", "skill above 0", found, skill > 0, worse)


def _coverage_target(covered: int, n: int) -> Target:
    low, high = coverage_bounds(n)
    aim = f"{low} to {high} of {n} trips"
    return Target("days of held-out trips between P10 and P90", aim, f"{covered} of {n}", low <= covered <= high, "")


def _distance_target(distances: Sequence[DistanceCheck]) -> Target:
    errors = [abs(check.error_share) for check in distances]
    mean, far = sum(errors) / len(errors), [c.name for c in distances if abs(c.error_share) > DISTANCE_GOAL_SHARE]
    found = f"{mean:.1%}; {len(errors) - len(far)} of {len(errors)} within {DISTANCE_GOAL_SHARE:.0%}"
    aim = f"mean error at most {DISTANCE_GOAL_SHARE:.0%}"
    return Target("known distances kept out of the fit", aim, found, mean <= DISTANCE_GOAL_SHARE, ", ".join(far))


@dataclass(frozen=True, slots=True)
class ShippedCalibration:
    """The summary as it was last written, and whether the tables are still those that it was made from."""

    summary: CalibrationSummary
    is_current: bool


# the file ---------------------------------------------------------------------------------------------
def tables_digest(folder: Path) -> str:
    """Sha256 of the evidence tables of a folder, and of what its network and its known distances are."""
    paths = [
        *folder.glob("*.csv"),
        *folder.glob("*.toml"),
        folder / "network" / "embedded" / "network.json",
        folder / "snapshot" / "city_pairs.csv",
    ]
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def summary_json(summary: CalibrationSummary) -> str:
    """The file's text."""
    document = {"made_by": COMMAND, **asdict(summary)}
    return json.dumps(_rounded(document), indent=2) + "\n"


def _rounded(value: Any) -> Any:
    """Floats to six decimals, so that the last bits of a sum do not change the file."""
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, Mapping):
        return {key: _rounded(part) for key, part in value.items()}
    return [_rounded(part) for part in value] if isinstance(value, list | tuple) else value


def read_calibration_summary(path: Path) -> CalibrationSummary:
    """The summary as last written.

    Raises
    ------
    DataError
        The file is missing or not a summary.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        return CalibrationSummary(
            made_from=document["made_from"],
            naive_rule=document["naive_rule"],
            targets=tuple(Target(**target) for target in document["targets"]),
            model=Score(**document["model"]),
            naive=Score(**document["naive"]),
            covered=document["covered"],
            band_share=document["band_share"],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path}: cannot be read ({error}). Make it again: {COMMAND}") from error


def read_shipped_calibration(folder: Path) -> ShippedCalibration:
    """The summary in a folder of tables, held against those tables.

    Raises
    ------
    DataError
        The file is missing or not a summary.
    """
    summary = read_calibration_summary(folder / "calibration.json")
    return ShippedCalibration(summary, is_current=summary.made_from == tables_digest(folder))
