"""What moves, what it carries, and the rules its driver keeps."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A type of truck: gross mass and payload in t, length and height in m."""

    id: str
    name: str
    gross_mass_t: float
    payload_t: float
    axles: int
    length_m: float
    height_m: float
    emission_class: str
    source: tuple[str, ...]
    grade: str
    note: str


@dataclass(frozen=True, slots=True)
class CargoKind:
    """A kind of cargo and what a day in transit takes off its value.

    Parameters
    ----------
    vot_share_per_day : share of the cargo's value lost per day, 0 to 1
    low, high : 10th and 90th percentile of it; None where nobody said
    """

    id: str
    name: str
    vot_share_per_day: float
    low: float | None
    high: float | None
    source: tuple[str, ...]
    grade: str
    note: str


@dataclass(frozen=True, slots=True)
class DriverRules:
    """Drivers' hours of one rule set and crew; all in hours.

    Parameters
    ----------
    gap_h, break_h : a break of `break_h` after at most `gap_h` of driving; None where none is needed
    day_h, span_h, rest_h : driving per day, clock from rest to rest, and the daily rest
    week_h, fortnight_h, week_clock_h, weekly_rest_h : driving per week and per fortnight, clock between two weekly
        rests, and the weekly rest; None where there is no weekly limit
    split_first_h, split_rest_h, split_span_h : a daily rest in two parts, and the clock from rest to rest with it;
        None where rests may not be split
    """

    id: str
    crew: int
    gap_h: float | None
    break_h: float | None
    day_h: float
    span_h: float
    rest_h: float
    week_h: float | None
    fortnight_h: float | None
    week_clock_h: float | None
    weekly_rest_h: float | None
    split_first_h: float | None
    split_rest_h: float | None
    split_span_h: float | None
    source: tuple[str, ...]
    grade: str
    note: str
