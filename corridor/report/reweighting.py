"""The ranking under other weights and border hours: the sum that the sliders of the page do again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, fsum

from corridor.analysis.assessment import Assessment, Option
from corridor.costs.fees import long_stay_usd, vignette_usd
from corridor.costs.stay_fees import SLACK_DAYS
from corridor.costs.tariff import Tariff
from corridor.report.numerals import HOURS_PER_DAY, KG_PER_T
from corridor.report.profile import BORDER_TIME, border_hours

CLOCK_COSTS = ("driver", "vehicle", "overhead")
"""Components of money that each clock hour costs."""

BORDER_TIMES_MAX = 3.0
"""The most that hours at posts can be multiplied by."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What a reader can set.

    Parameters
    ----------
    cargo_usd_per_day : value of the cargo's time
    border_times : hours at border posts as a multiple of the scenario's, waits for a ferry included
    premium_usd_per_h : what an hour at posts is worth avoiding beyond the time and money that it costs
    """

    cargo_usd_per_day: float
    carbon_usd_per_t: float
    border_times: float = 1.0
    premium_usd_per_h: float = 0.0


@dataclass(frozen=True, slots=True)
class Stay:
    """All that one tractor does in one country that asks for more the longer it stays.

    Parameters
    ----------
    other_h, border_h : hours on the road, and at posts as in the scenario
    fees_usd : what a stay of 0, 1, 2, ... begun days costs, up to the most border hours
    """

    other_h: float
    border_h: float
    fees_usd: tuple[float, ...]

    def usd(self, border_times: float) -> float:
        """The fee with so many times the border hours."""
        return self.fees_usd[begun_days(self.other_h + border_times * self.border_h)]


@dataclass(frozen=True, slots=True)
class Parts:
    """What the weighed cost of an option is made of, as in the scenario.

    Parameters
    ----------
    money_usd, time_h, co2e_kg : totals of the ledger
    clock_usd : driver, vehicle and overhead of the hours at posts, once
    idle_usd, idle_kg : fuel burnt in queues
    return_usd : charge for the empty way back; return_share : share of each cost in it
    """

    label: str
    money_usd: float
    time_h: float
    co2e_kg: float
    border_h: float
    clock_usd: float
    idle_usd: float
    idle_kg: float
    return_usd: float
    return_share: float
    stays: tuple[Stay, ...]


@dataclass(frozen=True, slots=True)
class Reweighted:
    """An option under other weights; `generalised_cost_usd` holds the premium, `money_usd` does not."""

    label: str
    money_usd: float
    time_h: float
    border_h: float
    co2e_kg: float
    generalised_cost_usd: float


def reweight(parts: Parts, weights: Weights) -> Reweighted:
    """Money, hours, CO2e and generalised cost of an option under other weights.

    Notes
    -----
    Money changes by (times - 1) * (clock + idle) + fees by length of stay, and the way back by its share of clock
    and fees, down to 0. Where return loads pay the whole way back, it stays paid.
    """
    more = weights.border_times - 1
    stay_usd = fsum(stay.usd(weights.border_times) - stay.usd(1.0) for stay in parts.stays)
    again_usd = more * parts.clock_usd + stay_usd
    return_usd = max(0.0, parts.return_usd + parts.return_share * again_usd) if parts.return_usd else 0.0
    money_usd = parts.money_usd + again_usd + more * parts.idle_usd + return_usd - parts.return_usd
    border_h = weights.border_times * parts.border_h
    time_h = parts.time_h + more * parts.border_h
    co2e_kg = parts.co2e_kg + more * parts.idle_kg
    cargo_usd = weights.cargo_usd_per_day / HOURS_PER_DAY * time_h
    carbon_usd = weights.carbon_usd_per_t / KG_PER_T * co2e_kg
    weighed_usd = money_usd + cargo_usd + carbon_usd + weights.premium_usd_per_h * border_h
    return Reweighted(parts.label, money_usd, time_h, border_h, co2e_kg, weighed_usd)


def rank(options: Sequence[Parts], weights: Weights) -> list[Reweighted]:
    """All options under other weights, least generalised cost first."""
    return sorted((reweight(parts, weights) for parts in options), key=lambda option: option.generalised_cost_usd)


def begun_days(hours: float) -> int:
    """Begun days of 24 h."""
    return ceil(hours / HOURS_PER_DAY - SLACK_DAYS)


def neutral_weights(assessment: Assessment) -> Weights:
    """The scenario's own weights, which give the ranking of the report."""
    best = assessment.options[0]
    return Weights(
        best.cargo_time_usd / best.ledger.time_h * HOURS_PER_DAY, assessment.scenario.criteria.carbon_usd_per_t
    )


def build_parts(assessment: Assessment) -> list[Parts]:
    """The open options as they can be weighed again."""
    return [_option_parts(option, assessment) for option in assessment.options]


def _option_parts(option: Option, assessment: Assessment) -> Parts:
    ledger = option.ledger
    posts = {number for number, stage in enumerate(option.stages) if stage.kind == "post"}
    return Parts(
        label=option.label,
        money_usd=ledger.money_usd,
        time_h=ledger.time_h,
        co2e_kg=ledger.co2e_wtw_kg,
        border_h=border_hours(option),
        clock_usd=_clock_usd(option),
        idle_usd=fsum(row.usd or 0.0 for row in ledger.money if row.stage in posts and row.component == "fuel"),
        idle_kg=fsum(row.wtw_kg for row in ledger.carbon if row.stage in posts),
        return_usd=fsum(row.usd or 0.0 for row in ledger.money if row.component == "empty_return"),
        return_share=assessment.scenario.vehicle.empty_return_share,
        stays=tuple(_stays(option, assessment)),
    )


def _clock_usd(option: Option) -> float:
    """What the hours at posts cost; all hours of a stage cost the same, since one tractor spends them."""
    hours = option.ledger.hours_by(lambda row: row.stage)
    clock = {
        stage: fsum(
            row.usd or 0.0 for row in option.ledger.money if row.stage == stage and row.component in CLOCK_COSTS
        )
        for stage in hours
    }
    at_posts = [row for row in option.ledger.time if row.component in BORDER_TIME and row.hours]
    return fsum(row.hours * clock[row.stage] / hours[row.stage] for row in at_posts)


def _stays(option: Option, assessment: Assessment) -> list[Stay]:
    """Stays whose fee depends on their length."""
    plates = _plates(option)
    driven = {(plates[n], country) for n, stage in enumerate(option.stages) for country in stage.length_km_by_country}
    stays = [_stay(option, plates, stay, assessment) for stay in sorted(driven)]
    return [stay for stay in stays if any(stay.fees_usd)]


def _plates(option: Option) -> list[str]:
    """Whose tractor is on the way at each stage."""
    return [[plate for first, plate in option.plates if first <= number][-1] for number in range(len(option.stages))]


def _stay(option: Option, plates: Sequence[str], key: tuple[str, str], assessment: Assessment) -> Stay:
    plate, country = key
    rows = [row for row in option.ledger.time if (plates[row.stage], row.country) == key]
    border_h = fsum(row.hours for row in rows if row.component in BORDER_TIME)
    other_h = fsum(row.hours for row in rows if row.component not in BORDER_TIME)
    tariff = Tariff(assessment.evidence, assessment.scenario, plate)
    most_days = begun_days(other_h + BORDER_TIMES_MAX * border_h)
    fees = [
        vignette_usd(tariff, country, n).known + long_stay_usd(tariff, country, n).known for n in range(most_days + 1)
    ]
    return Stay(other_h, border_h, tuple(fees))
