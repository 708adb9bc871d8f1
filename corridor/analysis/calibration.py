"""Options of the model beside what CPMM measured: speeds, hours at posts, cost per 500 km (model.md 14)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from types import MappingProxyType

from corridor.analysis.assessment import Option
from corridor.analysis.country_totals import CountryTotals, country_totals
from corridor.evidence import CpmmRecord, Evidence


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that the model and CPMM both have.

    Parameters
    ----------
    item : of CPMM; decimals : to which CPMM prints it, and to which the two are compared
    """

    name: str
    item: str
    decimals: int
    of: Callable[[CountryTotals], float | None]


MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        "swod": Measure("SWOD, km/h", "swod_km_per_h", 1, lambda totals: totals.swod_km_per_h),
        "swd_stops": Measure("SWD with stops, km/h", "swd_km_per_h", 1, lambda totals: totals.swd_stops_km_per_h),
        "side_h": Measure("hours a side", "tfi1_h", 1, lambda totals: totals.side_h),
        "exit_side_h": Measure("hours a side, out", "tfi1_out_h", 1, lambda totals: totals.exit_side_h),
        "entry_side_h": Measure("hours a side, in", "tfi1_in_h", 1, lambda totals: totals.entry_side_h),
        "side_fee": Measure("fees a side, USD", "tfi2_usd", 0, lambda totals: totals.side_fee_usd),
        "tfi3": Measure("USD per 500 km and 20 t", "tfi3_usd", 0, lambda totals: totals.usd_per_500_km_20_t),
        "tfi3_haul": Measure(
            "the same without border fees", "tfi3_usd", 0, lambda totals: totals.haul_usd_per_500_km_20_t
        ),
        "tfi3_loaded": Measure(
            "nor the empty way back", "tfi3_usd", 0, lambda totals: totals.loaded_haul_usd_per_500_km_20_t
        ),
    }
)
"""Key -> measure, in the order in which they are printed."""


@dataclass(frozen=True, slots=True)
class CpmmComparison:
    """A measure of the model in one country beside all that CPMM published of it.

    Parameters
    ----------
    modelled : ratio of the sums over all options; mean_of_options : mean of the options' own ratios
    published : by year, in order
    fitted : ``yes`` a number of the model is taken from it, ``posts`` those of the country's posts are, ``no``
    """

    measure: Measure
    country: str
    modelled: float
    mean_of_options: float
    published: tuple[CpmmRecord, ...]
    fitted: str

    @property
    def latest(self) -> CpmmRecord:
        """The latest year published."""
        return self.published[-1]

    @property
    def low(self) -> float:
        """Least of the years published."""
        return min(record.value for record in self.published)

    @property
    def high(self) -> float:
        """Greatest of the years published."""
        return max(record.value for record in self.published)

    @property
    def off_share(self) -> float:
        """Model over the latest year, less 1."""
        return self.modelled / self.latest.value - 1

    @property
    def is_inside(self) -> bool:
        """Whether the model lies within the years published, to the decimals that CPMM prints."""
        return self.low <= round(self.modelled, self.measure.decimals) <= self.high

    @property
    def verdict(self) -> str:
        """``inside`` or ``outside``."""
        return "inside" if self.is_inside else "outside"


@dataclass(frozen=True, slots=True)
class CountryComparison:
    """One country: what the options add up to there, beside CPMM.

    Parameters
    ----------
    measures : by key of `MEASURES`, those that both have
    """

    country: str
    totals: CountryTotals
    measures: Mapping[str, CpmmComparison]

    @property
    def swd_with_published_hours(self) -> float | None:
        """Speed with stops, in km/h, if every side took the hours that CPMM published last; None without any."""
        sides = self.measures.get("side_h")
        return self.totals.swd_stops_at(sides.latest.value) if sides else None


def compare_countries(options: Sequence[Option], evidence: Evidence, *, mass_t: float) -> list[CountryComparison]:
    """Every country that CPMM covers and the options pass, by its code."""
    published = published_by_country(evidence)
    covered = {country for country, _ in published}
    by_option = [country_totals([option], mass_t=mass_t) for option in options]
    return [
        CountryComparison(
            country=country,
            totals=totals,
            measures=_compare(totals, [sums[country] for sums in by_option if country in sums], published, evidence),
        )
        for country, totals in country_totals(options, mass_t=mass_t).items()
        if country in covered
    ]


def _compare(
    totals: CountryTotals,
    of_options: Sequence[CountryTotals],
    published: Mapping[tuple[str, str], tuple[CpmmRecord, ...]],
    evidence: Evidence,
) -> dict[str, CpmmComparison]:
    """Measures of one country that both CPMM and the options have."""
    found = {}
    for key, measure in MEASURES.items():
        records, modelled = published.get((totals.country, measure.item)), measure.of(totals)
        if records and modelled is not None:
            own = [value for sums in of_options if (value := measure.of(sums)) is not None]
            fitted = _fitted(records, evidence)
            found[key] = CpmmComparison(measure, totals.country, modelled, fmean(own), records, fitted)
    return found


def published_by_country(evidence: Evidence) -> dict[tuple[str, str], tuple[CpmmRecord, ...]]:
    """(country, item) -> what CPMM published, in order of years."""
    ordered = sorted(evidence.cpmm, key=lambda record: (record.country, record.item, record.year))
    keys = dict.fromkeys((record.country, record.item) for record in ordered)
    return {key: tuple(record for record in ordered if (record.country, record.item) == key) for key in keys}


PARAMETERS_OF_ITEMS = MappingProxyType(
    {
        "swod_km_per_h": ("swod_km_per_h", ""),
        "tfi1_out_h": ("tfi1_h", ":out"),
        "tfi1_in_h": ("tfi1_h", ":in"),
        "tfi2_out_usd": ("tfi2_usd", ":out"),
        "tfi2_in_usd": ("tfi2_usd", ":in"),
    }
)
"""Item of CPMM -> the parameter that takes it, and what follows the country in its scope."""


def _fitted(records: Sequence[CpmmRecord], evidence: Evidence) -> str:
    """Whether the model was set to these figures, or to those of the country's posts."""
    if any(is_parameter(record, evidence) for record in records):
        return "yes"
    of_posts = records[0].item.startswith(("tfi1", "tfi2"))
    is_measured = any(row.use == "yes" and row.side == records[0].country for row in evidence.measured_times)
    return "posts" if of_posts and is_measured else "no"


def is_parameter(record: CpmmRecord, evidence: Evidence) -> bool:
    """Whether a figure of CPMM is a number of the model."""
    if record.item not in PARAMETERS_OF_ITEMS:
        return False
    name, movement = PARAMETERS_OF_ITEMS[record.item]
    parameter = evidence.parameters.get((name, f"{record.country}{movement}"))
    return parameter is not None and parameter.value == record.value
