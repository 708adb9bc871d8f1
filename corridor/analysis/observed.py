"""Trips that people have reported beside the model's own option along the same posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corridor.analysis.assessment import Option
from corridor.analysis.trip_scores import Score, naive_days, score
from corridor.evidence import Evidence, ObservedTrip

HOURS_PER_DAY = 24


@dataclass(frozen=True, slots=True)
class TripComparison:
    """A trip beside the cheapest option of the model along the same posts.

    Parameters
    ----------
    naive_days : what the naive rival says of the same way
    p10_days, p50_days, p90_days : of the futures of the model
    """

    trip: ObservedTrip
    option: Option
    naive_days: float
    p10_days: float
    p50_days: float
    p90_days: float

    @property
    def days(self) -> float:
        """Days of the model from door to door at mean inputs."""
        return self.option.ledger.time_h / HOURS_PER_DAY

    @property
    def distance_error_share(self) -> float | None:
        """Model over published distance, less 1."""
        published_km = self.trip.distance_km
        return None if published_km is None else self.option.length_km / published_km - 1

    @property
    def days_error_share(self) -> float | None:
        """Model over the nearer end of the published range of days, less 1; 0 inside it."""
        low, high = self.trip.days_low, self.trip.days_high
        if low is None or high is None:
            return None
        return self.days / low - 1 if self.days < low else max(0.0, self.days / high - 1)

    @property
    def observed_days(self) -> float | None:
        """Middle of the published range of days."""
        low, high = self.trip.days_low, self.trip.days_high
        return None if low is None or high is None else (low + high) / 2

    @property
    def is_covered(self) -> bool:
        """Whether the middle of what was published lies between P10 and P90."""
        return self.observed_days is not None and self.p10_days <= self.observed_days <= self.p90_days

    @property
    def band_share(self) -> float:
        """Width of P10 to P90 over P50."""
        return (self.p90_days - self.p10_days) / self.p50_days

    def hours(self, *components: str) -> float:
        """Hours of the model in some components of time."""
        return sum(row.hours for row in self.option.ledger.time if row.component in components)


def compare_trip(
    trip: ObservedTrip, option: Option, evidence: Evidence, *, band_days: tuple[float, float, float]
) -> TripComparison:
    """A trip beside an option of the model with its P10, P50 and P90, and beside the naive rival on the same way."""
    naive = naive_days(
        option.length_km,
        len(option.chain),
        km_per_day=evidence.parameter("naive_km_per_day", "*").value,
        days_per_post=evidence.parameter("naive_days_per_post", "*").value,
    )
    return TripComparison(trip, option, naive, *band_days)


def score_days(comparisons: Sequence[TripComparison]) -> tuple[Score, Score]:
    """Errors in days of the model's P50, and of the naive rival, to the middle of what was published."""
    timed = [(c, c.observed_days) for c in comparisons]
    pairs = [(c, days) for c, days in timed if days is not None]
    observed = [days for _, days in pairs]
    return score([c.p50_days for c, _ in pairs], observed), score([c.naive_days for c, _ in pairs], observed)
